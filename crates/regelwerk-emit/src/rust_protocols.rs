//! Protocols as statics: what each recognises, and what it judges where.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::core::Cond;
use regelwerk_model::plan::{Plan, narrow};
use regelwerk_model::{Applies, Covered, NodeId, Protocol, Standard, not_yet};

use crate::expression::Body;
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
    for covered in Covered::all(protocol, standard) {
        let place = Place { covered, plan };
        functions.extend(place.recognition());
        functions.extend(place.applications());
        let (tests, departures) = place.departures();
        functions.extend(tests);
        messages.push(place.value(&departures, sources));
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

/// A message of a release that a protocol says something of.
struct Place<'a> {
    covered: Covered<'a>,
    plan: &'a Plan<'a>,
}

impl Place<'_> {
    /// The names of the release and the message.
    fn names(&self) -> [&str; 2] {
        let release = self.covered.standard.releases.get(self.covered.release);
        let message = self.covered.definition();
        [release.map_or("", |one| &one.name), message.map_or("", |one| &one.name)]
    }

    /// The name of a function about this message.
    fn function(&self, what: &str) -> Ident {
        let [release, message] = self.names();
        format_ident!("{what}_{}_{}", word(message), word(release))
    }

    fn application(&self, number: usize) -> Ident {
        self.function(&format!("applies_{number}"))
    }

    /// For each element of `toepassing:` at which a rule is judged the function that asks it.
    fn applications(&self) -> TokenStream {
        let asked = self.covered.asked();
        let all = self.covered.applications().map(|(_, one)| one).enumerate();
        let functions = all
            .filter(|(number, _)| asked.contains(number))
            .map(|(number, one)| test(&self.application(number), &one.cond, self.plan));
        quote!(#(#functions)*)
    }

    /// Where it is asked whether the rules at a node apply: so many elements above it.
    fn applies(&self, node: NodeId) -> Option<TokenStream> {
        let (up, number) = self.covered.application(node)?;
        let name = self.application(number);
        Some(quote!(Applies { up: #up, holds: Code(&#name) }))
    }

    fn recognition(&self) -> TokenStream {
        let name = self.function("recognises");
        let mut body = Body::new(self.plan);
        let lists = self.covered.recognition();
        let tests: Vec<_> = lists.map(|(_, one)| body.cond(&one.exists())).collect();
        let test = if tests.is_empty() { quote!(false) } else { quote!(#(#tests)||*) };
        let statics = body.statics();
        quote! {
            fn #name(scope: Scope<'_>) -> bool {
                #statics
                #test
            }
        }
    }

    fn value(&self, departures: &[TokenStream], sources: &Sources) -> TokenStream {
        let recognises = self.function("recognises");
        let protocol = self.covered.protocol;
        let uses = self.covered.placed().into_iter().filter_map(|one| {
            let node = u16::try_from(one.node.0).ok()?;
            let used = rust_messages::used(&one.used, &protocol.rules, sources)?;
            let applies = rust_rules::optional(self.applies(one.node));
            Some(quote!(ProtocolUse { node: #node, site: #used, applies: #applies }))
        });
        let here = (self.covered.release, self.covered.message);
        let not_yet = not_yet(&protocol.rules, &protocol.stated, here, true);
        let not_yet = rust_rules::not_yet(&not_yet);
        let [release, message] = self.names();
        quote!(ProtocolMessage {
            release: #release, message: #message, recognises: Code(&#recognises), uses: &[#(#uses),*],
            departures: &[#(#departures),*], not_yet: #not_yet,
        })
    }

    /// Where its rules depart from the standard, and the functions that ask under what.
    fn departures(&self) -> (TokenStream, Vec<TokenStream>) {
        let mut functions = TokenStream::new();
        let all = self.covered.departures().into_iter().enumerate();
        let told = all.map(|(number, one)| {
            let conditions = one.conditions.iter().map(|(up, applies)| {
                let name = match applies {
                    Applies::Application(number) => self.application(*number),
                    Applies::Cond(cond) => {
                        let name = self.function(&format!("departs_{number}"));
                        functions.extend(test(&name, cond, self.plan));
                        name
                    }
                };
                quote!(Applies { up: #up, holds: Code(&#name) })
            });
            let conditions: Vec<_> = conditions.collect();
            let (node, values, rule) = (narrow(one.node.0), &one.values, one.rule);
            quote!(Departure {
                node: #node, values: &[#(#values),*], rule: #rule, conditions: &[#(#conditions),*],
            })
        });
        let told = told.collect();
        (functions, told)
    }
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

/// `&[…]` with the protocols of a standard.
pub(crate) fn list(standard: &Standard) -> TokenStream {
    let modules = standard.protocols.iter().map(ident);
    quote!(&[#(#modules::PROTOCOL),*])
}
