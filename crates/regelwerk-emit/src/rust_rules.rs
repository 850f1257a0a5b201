//! Wordings as functions, and rules as people read them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::dossier::Dossier;
use regelwerk_model::{Asked, Protocol, Rule, RuleKind, Standard, Wording};

use crate::expression::Body;
use regelwerk_model::plan::Plan;

/// The family of a rule: the file that it stands in, as the name of a module.
pub(crate) fn family(rule: &Rule, sources: &Sources) -> String {
    let path = sources.path(rule.span.source);
    let stem = path.strip_suffix(".regels").unwrap_or(path);
    // Every character keeps a spelling of its own, so that two files never share a module.
    let word = |c: char| match c {
        'a'..='z' | '0'..='9' => c.to_string(),
        '/' => "_".to_owned(),
        '-' => "__".to_owned(),
        other => format!("_{:x}_", u32::from(other)),
    };
    format!("in_{}", stem.chars().map(word).collect::<String>())
}

/// The function of a wording: `cd041_1`.
pub(crate) fn function(code: &str, wording: usize) -> Ident {
    let code = code.to_lowercase().replace('-', "_");
    format_ident!("{code}_{}", wording + 1)
}

/// One module for each family that has wordings, of the standard and of its protocols.
pub(crate) fn modules(
    standard: &Standard,
    plan: &Plan<'_>,
    sources: &Sources,
) -> Vec<(String, TokenStream)> {
    let mut families: BTreeMap<String, TokenStream> = BTreeMap::new();
    let protocols = standard.protocols.iter().flat_map(|protocol| &protocol.rules);
    for rule in standard.rules.iter().chain(protocols) {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        let functions = wordings.iter().enumerate().map(|(at, one)| wording(rule, at, one, plan));
        families.entry(family(rule, sources)).or_default().extend(functions);
    }
    let with_head = |functions: TokenStream| {
        let head = head();
        quote!(#head #functions)
    };
    families.into_iter().map(|(name, functions)| (name, with_head(functions))).collect()
}

/// What functions over messages use.
pub(crate) fn head() -> TokenStream {
    quote! {
        use regelwerk_kernel::{
            Date, Find, Judge, Key, Pattern, Row, Rows, Time, add, day, days, div_round, div_up,
            eleven_proof, eq, first, first_of_month, ge, gt, last, last_of_month, le, listed, lt, matches,
            month, months, mul, one_of, overlaps, shift_days, shift_months, shift_years, sub, sundays, weeks, year,
        };
        use regelwerk_kernel::standard::{Origin, Outcome, Path, Range, Seen, Text};
        use super::n;
    }
}

fn wording(rule: &Rule, number: usize, wording: &Wording, plan: &Plan<'_>) -> TokenStream {
    let name = function(&rule.code, number);
    let doc = format!(" {}: {}", rule.code, rule.title);
    let mut body = Body::of(rule, plan);
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

/// The table of rules of the standard, or of one of its protocols.
pub(crate) fn table(
    standard: &Standard,
    protocol: Option<&Protocol>,
    sources: &Sources,
) -> TokenStream {
    let rules = protocol.map_or(&standard.rules, |protocol| &protocol.rules);
    let rules = rules.iter().map(|rule| info(rule, standard, protocol, sources));
    quote! {
        use regelwerk_kernel::standard::{Rule, Status, WordingInfo};
        pub static RULES: &[Rule] = &[#(#rules),*];
    }
}

fn info(
    rule: &Rule,
    standard: &Standard,
    protocol: Option<&Protocol>,
    sources: &Sources,
) -> TokenStream {
    let Rule { code, title, sources: cited, readings, deviations, see, is_remark, .. } = rule;
    let level = optional(rule.level);
    let retourcode = optional(rule.retourcode.as_deref());
    // A rule outside the levels needs a message that fits the schema.
    let stage = rule.judged_at.or(rule.level).unwrap_or(2);
    let status = match &rule.kind {
        RuleKind::Judged(_)
        | RuleKind::Facet(..)
        | RuleKind::Form(..)
        | RuleKind::Order
        | RuleKind::Term(_) => {
            quote!(Judged)
        }
        RuleKind::NotByMachine(reason) => quote!(NotByMachine(#reason)),
        RuleKind::Follows(codes) => {
            let reason = format!("de standaard beoordeelt het, met {}", codes.join(", "));
            quote!(NotByMachine(#reason))
        }
        RuleKind::NotYet => quote!(NotYet),
    };
    let looks_further = rule.looks_further();
    let nowhere = optional(rule.nowhere.as_deref());
    let [good, bad] =
        rule.examples(&standard.scenarios).map(|count| u16::try_from(count).unwrap_or(u16::MAX));
    let (file, line) = (sources.place(rule.span.source), sources.position(rule.span).line);
    let text = rule_text(rule, &standard.dossier, sources);
    let wordings = wordings(rule, standard, protocol);
    quote!(Rule {
        code: #code, title: #title, level: #level, retourcode: #retourcode, stage: #stage,
        is_remark: #is_remark, looks_further: #looks_further,
        sources: &[#(#cited),*], readings: &[#(#readings),*], deviations: &[#(#deviations),*],
        see: &[#(#see),*], status: Status::#status, nowhere: #nowhere, examples: (#good, #bad),
        file: #file, line: #line, text: #text,
        wordings: &[#(#wordings),*],
    })
}

/// A rule as it is written, with the blocks of the conditions that it calls by their name.
#[must_use]
pub fn rule_text(rule: &Rule, dossier: &Dossier, sources: &Sources) -> String {
    let named: BTreeSet<usize> = Asked::by_rule(rule).conditions.iter().map(|one| one.at).collect();
    let conditions = named.iter().filter_map(|at| dossier.conditions.get(*at));
    let spans = std::iter::once(rule.span).chain(conditions.map(|one| one.span));
    spans.map(|span| sources.slice(span)).collect::<Vec<_>>().join("\n\n")
}

/// Rules whose machinery is still to come, as numbers, each with its element.
pub(crate) fn not_yet(places: &BTreeSet<(u16, u16)>) -> TokenStream {
    let places = places.iter().map(|(node, rule)| quote!((#node, #rule)));
    quote!(&[#(#places),*])
}

pub(crate) fn optional<T: quote::ToTokens>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn wordings(rule: &Rule, standard: &Standard, protocol: Option<&Protocol>) -> Vec<TokenStream> {
    match &rule.kind {
        RuleKind::Judged(wordings) => wordings
            .iter()
            .enumerate()
            .map(|(at, wording)| {
                let interval = standard.interval(wording.interval);
                let places = standard.places(&rule.code, at, protocol);
                quote!(WordingInfo { interval: #interval, places: &[#(#places),*] })
            })
            .collect(),
        RuleKind::NotByMachine(_) | RuleKind::Follows(_) | RuleKind::NotYet | RuleKind::Term(_) => {
            let places = standard.places(&rule.code, 0, protocol);
            let places = (!places.is_empty()).then_some(places).into_iter();
            places.map(|all| quote!(WordingInfo { interval: "", places: &[#(#all),*] })).collect()
        }
        RuleKind::Facet(..) | RuleKind::Form(..) | RuleKind::Order => Vec::new(),
    }
}
