//! What depends on a block: the messages that a rule is judged in, the rules that look something up.

use std::collections::BTreeSet;

use regelwerk_compiler::model::{
    Asked, Content, Facet, Message, Placed, Reading, Rule, RuleKind, Standard, TermPart,
};

use super::Document;

/// What depends on a block.
pub(super) enum Reach<'m> {
    /// A rule, judged in these messages.
    Judged(BTreeSet<&'m str>),
    /// A rule on the form of any file, or on the order of arrival.
    EveryMessage,
    /// A rule that the standard judges by these.
    Follows(&'m [String]),
    /// A rule that no machine judges, for this reason.
    NotByMachine(&'m str),
    /// A rule whose machinery is still to come.
    NotYet,
    /// A scenario about these rules.
    About(&'m [String]),
    /// Rows or values that these rules look up.
    LookedUp(BTreeSet<&'m str>),
    /// Anything else: what it says is used wherever it is named.
    Unsaid,
}

/// What depends on a block of a document.
pub(super) fn of<'m>(document: Document<'m>, reading: &Reading) -> Reach<'m> {
    let standard = document.standard;
    match reading.kind {
        "regel" | "termijn" => {
            rule(document, &reading.name).map_or(Reach::Unsaid, |rule| of_rule(document, rule))
        }
        "scenario" => {
            let is_it = |name: &str| name == reading.name;
            let found = standard.scenarios.iter().find(|one| is_it(&one.name));
            found.map_or(Reach::Unsaid, |one| Reach::About(&one.about))
        }
        "beeld" | "feit" | "vraag" | "tabel" | "lijst" | "voorwaarde" => {
            let asks = |rule: &&Rule| {
                Asked::by_rule(rule).blocks(&standard.dossier).contains(&reading.span)
            };
            let codes = every_rule(standard).filter(asks);
            Reach::LookedUp(codes.map(|rule| rule.code.as_str()).collect())
        }
        _ => Reach::Unsaid,
    }
}

fn rule<'m>(document: Document<'m>, code: &str) -> Option<&'m Rule> {
    let rules = document.protocol.map_or(&document.standard.rules, |protocol| &protocol.rules);
    rules.iter().find(|rule| rule.code == code)
}

fn every_rule(standard: &Standard) -> impl Iterator<Item = &Rule> {
    let laid = standard.protocols.iter().flat_map(|protocol| &protocol.rules);
    standard.rules.iter().chain(laid)
}

fn of_rule<'m>(document: Document<'m>, rule: &'m Rule) -> Reach<'m> {
    match &rule.kind {
        RuleKind::Form(..) | RuleKind::Order => Reach::EveryMessage,
        RuleKind::Follows(codes) => Reach::Follows(codes),
        RuleKind::NotByMachine(why) => Reach::NotByMachine(why),
        RuleKind::NotYet => Reach::NotYet,
        RuleKind::Term(parts) => Reach::Judged(opening(document.standard, parts)),
        RuleKind::Judged(_) | RuleKind::Facet(..) => Reach::Judged(match document.protocol {
            Some(protocol) => placed(document.standard, &protocol.placed, &rule.code),
            None => judged(document.standard, &rule.code),
        }),
    }
}

/// The messages that open a term.
fn opening<'m>(standard: &'m Standard, parts: &[TermPart]) -> BTreeSet<&'m str> {
    let courses = parts.iter().flat_map(|part| &part.courses);
    let source = |at: usize| standard.dossier.sources.get(at);
    courses.filter_map(|one| Some(source(one.source)?.message.as_str())).collect()
}

/// The messages in which a protocol judges a rule.
fn placed<'m>(standard: &'m Standard, placed: &[Placed], code: &str) -> BTreeSet<&'m str> {
    let message = |one: &Placed| {
        let release = standard.releases.get(one.release)?;
        release.messages.get(one.message).map(|message| message.name.as_str())
    };
    placed.iter().filter(|one| one.used.rule == code).filter_map(message).collect()
}

/// The messages in which the standard judges a rule, at an element or as a facet of a value.
fn judged<'m>(standard: &'m Standard, code: &str) -> BTreeSet<&'m str> {
    let is_it = |facet: &Facet| facet.rule.as_deref() == Some(code);
    let mut found = BTreeSet::new();
    for release in &standard.releases {
        let has_facet = |content: &Content| match content {
            Content::Group(_) => false,
            Content::Value(of, extra) => {
                let own = release.types.get(*of).map_or(&[][..], |one| &one.facets);
                own.iter().chain(extra).any(is_it)
            }
        };
        let is_judged = |message: &&Message| {
            message.nodes.iter().any(|node| {
                node.uses.iter().any(|one| one.rule == code) || has_facet(&node.content)
            })
        };
        found.extend(release.messages.iter().filter(is_judged).map(|one| one.name.as_str()));
    }
    found
}
