//! Protocols as statics: what each recognises, and what it judges where.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::core::{Cond, Demand, Origin, Path, Requirement, Step, Value};
use regelwerk_model::{
    Application, Message, NodeId, Placed, Protocol, Recognition, Release, RuleKind, Standard,
};

use crate::expression::Body;
use crate::plan::{Plan, narrow};
use crate::{rust_messages, rust_rules};

/// The module of a protocol: `protocol_lta_2019`.
pub(crate) fn ident(protocol: &Protocol) -> Ident {
    format_ident!("protocol_{}", word(&protocol.name))
}

/// The module of its rules.
pub(crate) fn rules_ident(protocol: &Protocol) -> Ident {
    format_ident!("rules_{}", word(&protocol.name))
}

fn word(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    name.chars().map(plain).collect()
}

/// The module of one protocol.
pub(crate) fn module(
    protocol: &Protocol,
    standard: &Standard,
    plan: &Plan<'_>,
    sources: &Sources,
) -> TokenStream {
    let Protocol { name, title, source, .. } = protocol;
    let rules = rules_ident(protocol);
    let head = rust_rules::head();
    let mut functions = TokenStream::new();
    let mut messages = Vec::new();
    for at in &protocol.releases {
        let Some(release) = standard.releases.get(*at) else { continue };
        for (index, message) in release.messages.iter().enumerate() {
            let said = protocol.placed.iter().any(|one| (one.release, one.message) == (*at, index));
            let known =
                protocol.recognition.iter().any(|one| (one.release, one.message) == (*at, index));
            if said || known {
                let place = Place { release, message, at: *at, index };
                functions.extend(recognition(&place, protocol, plan));
                functions.extend(applications(&place, protocol, plan));
                let (tests, departures) = departures(&place, protocol, plan);
                functions.extend(tests);
                messages.push(value(&place, protocol, &departures, sources));
            }
        }
    }
    let releases = protocol.releases.iter().map(|at| narrow(*at));
    quote! {
        #head
        use regelwerk_kernel::Scope;
        use regelwerk_kernel::standard::{
            Applies, Code, Departure, Protocol, ProtocolMessage, ProtocolUse, Use,
        };
        use super::#rules as rules;
        #functions
        pub const PROTOCOL: Protocol = Protocol {
            name: #name, title: #title, source: #source, rules: rules::RULES,
            releases: &[#(#releases),*],
            messages: &[#(#messages),*],
        };
    }
}

struct Place<'a> {
    release: &'a Release,
    message: &'a Message,
    at: usize,
    index: usize,
}

impl Place<'_> {
    /// The name of a function about this message.
    fn function(&self, what: &str) -> Ident {
        format_ident!("{what}_{}_{}", word(&self.message.name), word(&self.release.name))
    }

    /// What a protocol says of its elements must be so.
    fn applications<'p>(
        &self,
        protocol: &'p Protocol,
    ) -> impl Iterator<Item = (usize, &'p Application)> + use<'p> {
        let place = (self.at, self.index);
        let here = move |one: &&Application| (one.release, one.message) == place;
        protocol.applications.iter().filter(here).enumerate()
    }

    /// Which of them decides about a node: of the nearest element around it, so many up.
    fn application(&self, node: NodeId, protocol: &Protocol) -> Option<(usize, usize)> {
        let above = self.message.ancestry(node).enumerate();
        let mut asked = above.filter_map(|(up, above)| {
            let (number, _) = self.applications(protocol).find(|(_, one)| one.node == above)?;
            Some((up, number))
        });
        asked.next()
    }
}

/// For each element of `toepassing:` at which a rule is judged the function that asks it.
fn applications(place: &Place<'_>, protocol: &Protocol, plan: &Plan<'_>) -> TokenStream {
    let here = |one: &&Placed| (one.release, one.message) == (place.at, place.index);
    let placed = protocol.placed.iter().filter(here);
    let asked = placed.filter_map(|one| Some(place.application(one.node, protocol)?.1));
    let asked: BTreeSet<usize> = asked.collect();
    let all = place.applications(protocol).filter(|(number, _)| asked.contains(number));
    let functions = all
        .map(|(number, one)| test(&place.function(&format!("applies_{number}")), &one.cond, plan));
    quote!(#(#functions)*)
}

/// Where it is asked whether the rules at a node apply: so many elements above it.
fn applies(place: &Place<'_>, node: NodeId, protocol: &Protocol) -> Option<TokenStream> {
    let (up, number) = place.application(node, protocol)?;
    let name = place.function(&format!("applies_{number}"));
    let up = u8::try_from(up).unwrap_or(u8::MAX);
    Some(quote!(Applies { up: #up, holds: Code(&#name) }))
}

fn recognition(place: &Place<'_>, protocol: &Protocol, plan: &Plan<'_>) -> TokenStream {
    let name = place.function("recognises");
    let here = |one: &&Recognition| (one.release, one.message) == (place.at, place.index);
    let here = protocol.recognition.iter().filter(here);
    let mut body = Body::new(plan);
    let tests: Vec<_> = here.map(|one| body.exists(&one.list, &one.cond)).collect();
    let test = if tests.is_empty() { quote!(false) } else { quote!(#(#tests)||*) };
    let statics = body.statics();
    quote! {
        fn #name(scope: Scope<'_>) -> bool {
            #statics
            #test
        }
    }
}

fn value(
    place: &Place<'_>,
    protocol: &Protocol,
    departures: &[TokenStream],
    sources: &Sources,
) -> TokenStream {
    let recognises = place.function("recognises");
    let mut placed: Vec<_> = protocol
        .placed
        .iter()
        .filter(|one| (one.release, one.message) == (place.at, place.index))
        .collect();
    placed.sort_by(|a, b| (a.node, &a.used.rule).cmp(&(b.node, &b.used.rule)));
    let uses = placed.into_iter().filter_map(|one| {
        let node = u16::try_from(one.node.0).ok()?;
        let used = rust_messages::used(&one.used, &protocol.rules, sources)?;
        let applies = rust_rules::optional(applies(place, one.node, protocol));
        Some(quote!(ProtocolUse { node: #node, site: #used, applies: #applies }))
    });
    let here = (place.at, place.index);
    let not_yet = rust_rules::not_yet(&protocol.rules, &protocol.stated, here, true);
    let (release, message) = (&place.release.name, &place.message.name);
    quote!(ProtocolMessage {
        release: #release, message: #message, recognises: Code(&#recognises), uses: &[#(#uses),*],
        departures: &[#(#departures),*], not_yet: #not_yet,
    })
}

/// The values that rules ask for which say themselves that they depart from the standard, and the
/// functions that ask under what.
fn departures(
    place: &Place<'_>,
    protocol: &Protocol,
    plan: &Plan<'_>,
) -> (TokenStream, Vec<TokenStream>) {
    let here = (place.at, place.index);
    let (mut functions, mut told) = (TokenStream::new(), Vec::new());
    for one in protocol.placed.iter().filter(|one| (one.release, one.message) == here) {
        let rules = (0_u16..).zip(&protocol.rules);
        let own = rules.filter(|(_, rule)| rule.code == one.used.rule);
        for (at, rule) in own.filter(|(_, rule)| !rule.deviations.is_empty()) {
            let RuleKind::Judged(wordings) = &rule.kind else { continue };
            let Some(wording) = wordings.get(one.used.wording) else { continue };
            for Asked { path, values, when } in asked(&wording.body, &Cond::True) {
                let mut steps = path.steps.iter();
                let node = steps.try_fold(one.node, |at, name| place.message.child(at, name));
                let Some(node) = node else { continue };
                let mut conditions: Vec<_> = applies(place, node, protocol).into_iter().collect();
                if when != Cond::True {
                    let name = place.function(&format!("departs_{}", told.len()));
                    functions.extend(test(&name, &when, plan));
                    let up = u8::try_from(path.steps.len()).unwrap_or(u8::MAX);
                    conditions.push(quote!(Applies { up: #up, holds: Code(&#name) }));
                }
                let node = narrow(node.0);
                told.push(quote!(Departure {
                    node: #node, values: &[#(#values),*], rule: #at, conditions: &[#(#conditions),*],
                }));
            }
        }
    }
    (functions, told)
}

/// A function that asks whether something is so of an element.
fn test(name: &Ident, cond: &Cond, plan: &Plan<'_>) -> TokenStream {
    let mut body = Body::new(plan);
    let test = body.cond(cond);
    let statics = body.statics();
    quote! {
        fn #name(scope: Scope<'_>) -> bool {
            #statics
            #test
        }
    }
}

/// Codes that are demanded of an element.
struct Asked<'r> {
    /// Its path, from the element of the rule.
    path: &'r Path,
    values: Vec<&'r str>,
    /// What must be so of the element of the rule.
    when: Cond,
}

/// The codes that are demanded, under what is so already. What comes after a row that is found
/// (`bij:`) or a value that is worked out (`stel:`) is not among them: without those nothing can be
/// said of the condition.
fn asked<'r>(steps: &'r [Step], when: &Cond) -> Vec<Asked<'r>> {
    let mut all = Vec::new();
    for step in steps {
        match step {
            Step::Bind { .. } | Step::Let { .. } => break,
            Step::If { cond, then, otherwise, .. } => {
                all.extend(asked(then, &both(when, cond.clone())));
                all.extend(asked(otherwise, &both(when, cond.clone().negated())));
            }
            Step::Require(Requirement {
                demand: Demand::OneOf(Value::Path(path, _), values),
                ..
            }) if path.origin == Origin::This && path.param.is_none() => {
                let codes = values.iter().filter_map(|value| match value {
                    Value::Text(code) => Some(code.as_str()),
                    _ => None,
                });
                all.push(Asked { path, values: codes.collect(), when: when.clone() });
            }
            _ => {}
        }
    }
    all
}

fn both(one: &Cond, other: Cond) -> Cond {
    match one {
        Cond::True => other,
        _ => Cond::All(vec![one.clone(), other]),
    }
}

/// `&[…]` with the protocols of a standard.
pub(crate) fn list(standard: &Standard) -> TokenStream {
    let modules = standard.protocols.iter().map(ident);
    quote!(&[#(#modules::PROTOCOL),*])
}
