//! Wordings as functions, and rules as people read them.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::{Interval, Rule, RuleKind, Standard, Wording};

use crate::expression::Body;

/// The family of a rule: the file that it stands in, as the name of a module.
pub(crate) fn family(rule: &Rule, sources: &Sources) -> String {
    let path = sources.path(rule.span.source);
    let stem = path.strip_suffix(".regels").unwrap_or(path);
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    format!("in_{}", stem.chars().map(word).collect::<String>())
}

/// The function of a wording: `cd041_1`.
pub(crate) fn function(code: &str, wording: usize) -> Ident {
    let code = code.to_lowercase().replace('-', "_");
    format_ident!("{code}_{}", wording + 1)
}

/// One module for each family that has wordings.
pub(crate) fn modules(standard: &Standard, sources: &Sources) -> Vec<(String, TokenStream)> {
    let mut families: BTreeMap<String, TokenStream> = BTreeMap::new();
    for rule in &standard.rules {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        let functions = wordings.iter().enumerate().map(|(at, one)| wording(rule, at, one));
        families.entry(family(rule, sources)).or_default().extend(functions);
    }
    let with_head = |functions: TokenStream| {
        quote! {
            use regelwerk_kernel::{
                Date, Judge, Pattern, Time, add, day, eleven_proof, eq, first_of_month, ge, gt,
                last_of_month, le, lt, matches, month, one_of, overlaps, shift_days, shift_months,
                shift_years, sub, year,
            };
            use regelwerk_kernel::standard::{Origin, Outcome, Path, Text};
            use super::n;
            #functions
        }
    };
    families.into_iter().map(|(name, functions)| (name, with_head(functions))).collect()
}

fn wording(rule: &Rule, number: usize, wording: &Wording) -> TokenStream {
    let name = function(&rule.code, number);
    let doc = format!(" {}: {}", rule.code, rule.title);
    let mut body = Body::default();
    let steps = body.steps(&wording.body);
    let statics = body.statics();
    quote! {
        #[doc = #doc]
        pub(crate) fn #name(judge: &mut Judge<'_, '_>) {
            #statics
            let scope = judge.scope();
            #steps
        }
    }
}

/// The table of rules.
pub(crate) fn table(standard: &Standard, sources: &Sources) -> TokenStream {
    let rules = standard.rules.iter().map(|rule| info(rule, standard, sources));
    quote! {
        use regelwerk_kernel::standard::{Rule, Status, WordingInfo};
        pub static RULES: &[Rule] = &[#(#rules),*];
    }
}

fn info(rule: &Rule, standard: &Standard, sources: &Sources) -> TokenStream {
    let Rule { code, title, sources: cited, readings, deviations, see, .. } = rule;
    let level = optional(rule.level);
    let retourcode = optional(rule.retourcode.as_deref());
    let status = match &rule.kind {
        RuleKind::Judged(_) | RuleKind::Facet(..) => quote!(Judged),
        RuleKind::NotByMachine(reason) => quote!(NotByMachine(#reason)),
        RuleKind::NotYet => quote!(NotYet),
    };
    let (file, line) = (sources.path(rule.span.source), sources.position(rule.span).line);
    let text = sources.slice(rule.span);
    let wordings = wordings(rule, standard);
    quote!(Rule {
        code: #code, title: #title, level: #level, retourcode: #retourcode,
        sources: &[#(#cited),*], readings: &[#(#readings),*], deviations: &[#(#deviations),*],
        see: &[#(#see),*], status: Status::#status, file: #file, line: #line, text: #text,
        wordings: &[#(#wordings),*],
    })
}

fn optional<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn wordings(rule: &Rule, standard: &Standard) -> Vec<TokenStream> {
    match &rule.kind {
        RuleKind::Judged(wordings) => wordings
            .iter()
            .enumerate()
            .map(|(at, wording)| {
                let interval = interval(wording.interval, standard);
                let places = places(&rule.code, at, standard);
                quote!(WordingInfo { interval: #interval, places: &[#(#places),*] })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// `vanaf release 3.0 t/m release 3.1`; empty where it covers all releases.
fn interval(interval: Interval, standard: &Standard) -> String {
    let name = |at: usize| standard.releases.get(at).map_or("", |release| release.name.as_str());
    let last = standard.releases.len().saturating_sub(1);
    let from = (interval.first > 0).then(|| format!("vanaf release {}", name(interval.first)));
    let until = (interval.last < last).then(|| format!("t/m release {}", name(interval.last)));
    [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The elements at which a wording is judged in its last release: `JW301 /Bericht/Client`.
fn places(code: &str, wording: usize, standard: &Standard) -> Vec<String> {
    let mut places = Vec::new();
    for release in standard.releases.iter().rev() {
        for message in &release.messages {
            for id in message.ids() {
                let Some(node) = message.node(id) else { continue };
                let here = node.uses.iter().any(|u| u.rule == code && u.wording == wording);
                let place = format!("{} /{}", message.name, message.path(id).join("/"));
                if here && !places.contains(&place) {
                    places.push(place);
                }
            }
        }
    }
    places.sort();
    places
}
