//! Which rule of the one side goes with which of the other.

use std::collections::BTreeSet;

use regelwerk_model::{Rule, RuleKind, Standard};

use super::meaning::meaning;
use super::side::{Comparison, Side, Spot};
use super::told::told;
use super::{Kind, RuleChange, Told, lengths, words};

/// A rule of a side with where it is judged.
struct Held<'a> {
    side: Side<'a>,
    rule: &'a Rule,
    spots: Vec<Spot<'a>>,
}

/// Every rule of both sides: those of the other side in order of code, then those without one there.
pub(super) fn pairs(comparison: &Comparison<'_>) -> Vec<RuleChange> {
    let [from, to] = comparison.sides;
    let (were, are) = (held(comparison, from), held(comparison, to));
    let olds: Vec<_> = are.iter().map(|new| related(&were, new)).collect();
    let mut gone: BTreeSet<_> = were.iter().map(|old| &old.rule.code).collect();
    let mut changes = Vec::new();
    for (new, own) in are.iter().zip(&olds) {
        for old in own {
            gone.remove(&old.rule.code);
        }
        let others = are.iter().zip(&olds).filter(|(other, _)| other.rule.code != new.rule.code);
        let beside = others.filter(|(_, its)| has_one_of(its, own));
        let mut change = change(comparison, own, Some(new));
        change.beside = beside.map(|(other, _)| other.rule.code.clone()).collect();
        changes.push(change);
    }
    let gone = were.iter().filter(|old| gone.contains(&old.rule.code));
    changes.extend(gone.map(|old| change(comparison, &[old], None)));
    changes
}

/// The rules that one comes in the place of: those that are said, else that of its code.
fn related<'h, 'a>(were: &'h [Held<'a>], new: &Held<'a>) -> Vec<&'h Held<'a>> {
    let said: Vec<_> = were.iter().filter(|old| replaces(old.rule, new.rule)).collect();
    match said.is_empty() {
        true => were.iter().filter(|old| old.rule.code == new.rule.code).collect(),
        false => said,
    }
}

fn has_one_of(some: &[&Held<'_>], others: &[&Held<'_>]) -> bool {
    some.iter().any(|one| others.iter().any(|other| one.rule.code == other.rule.code))
}

/// Whether one comes in the place of the other; which came first does not matter here.
fn replaces(one: &Rule, other: &Rule) -> bool {
    one.replaces.contains(&other.code) || other.replaces.contains(&one.code)
}

/// The rules that a side has.
fn held<'a>(comparison: &Comparison<'a>, side: Side<'a>) -> Vec<Held<'a>> {
    let rules = comparison.rules_of(side).iter();
    let held = rules.map(|rule| Held { side, rule, spots: comparison.spots(side, rule) });
    held.filter(|one| match side {
        Side::Protocol(_) => true,
        Side::Release(at) => one.is_in(at),
    })
    .collect()
}

impl<'a> Held<'a> {
    /// Where it is compared with the other side. What a value may be is that of its element: one that
    /// the other side has not is told by itself.
    fn shared(&self, comparison: &Comparison<'a>, other: Side<'a>) -> Vec<Spot<'a>> {
        let is_facet = matches!(self.rule.kind, RuleKind::Facet(..));
        let spots = self.spots.iter().copied();
        spots.filter(|spot| !is_facet || comparison.has_element(other, spot)).collect()
    }

    /// Whether a release has the rule: where it has wordings or facets it shows by its elements, and
    /// else by the period that it says.
    fn is_in(&self, release: usize) -> bool {
        let is_in_period = self.rule.period.is_some_and(|period| period.has(release));
        match &self.rule.kind {
            RuleKind::Form(..) | RuleKind::Order => true,
            RuleKind::Judged(_) | RuleKind::Term(_) => !self.spots.is_empty(),
            RuleKind::Facet(..) => {
                !self.spots.is_empty() || (self.rule.nowhere.is_some() && is_in_period)
            }
            RuleKind::Follows(_) | RuleKind::NotByMachine(_) | RuleKind::NotYet => is_in_period,
        }
    }
}

fn change(comparison: &Comparison<'_>, olds: &[&Held<'_>], new: Option<&Held<'_>>) -> RuleChange {
    let [from, to] = comparison.sides;
    let mut was: Vec<_> =
        olds.iter().map(|old| told(comparison, from, old.rule, &old.spots)).collect();
    let mut becomes = new.map(|new| told(comparison, to, new.rule, &new.spots));
    let rules: Vec<_> = olds.iter().map(|old| old.rule).collect();
    let new_rule = new.map(|new| new.rule);
    let lengths = lengths::lengths(comparison, &rules, new_rule);
    if let (Some(new), Some(becomes)) = (new_rule, &mut becomes) {
        narrow(comparison.standard, (&rules, &mut was), (new, becomes));
    }
    let same_words = becomes.as_ref().is_some_and(|becomes| {
        let is_same = |was: &Told| words::are_same(&was.demands, &becomes.demands);
        was.len() == 1 && was.iter().all(is_same)
    });
    let (same_meaning, differs) = compared(comparison, olds, new, same_words);
    RuleChange {
        kind: Kind::Same,
        was,
        becomes,
        same_words,
        same_meaning,
        differs,
        beside: Vec::new(),
        lengths,
        tried: 0,
        skipped: Vec::new(),
        witnesses: Vec::new(),
    }
}

/// Whether every old rule means what the new one does, and what they look up by one name that is not
/// the same. Of what no machine judges only the words can be compared.
fn compared(
    comparison: &Comparison<'_>,
    olds: &[&Held<'_>],
    new: Option<&Held<'_>>,
    same_words: bool,
) -> (bool, Vec<String>) {
    let Some(new) = new.filter(|_| !olds.is_empty()) else { return (false, Vec::new()) };
    let [from, to] = comparison.sides;
    let of = |held: &Held<'_>, other| {
        let spots = held.shared(comparison, other);
        meaning(comparison.standard, held.side, held.rule, &spots)
    };
    let is = of(new, from);
    let were: Vec<_> = olds.iter().map(|old| of(old, to)).collect();
    let is_like = were.iter().all(|was| match (was, &is) {
        (Some(was), Some(is)) => was.is_like(is),
        (None, None) => same_words,
        _ => false,
    });
    let differs = were.iter().flatten().zip(&is).flat_map(|(was, is)| was.differing(is));
    (is_like, differs.collect())
}

/// A term is compared with the terms of the standard that stand beside it, and not with what else is
/// followed there.
fn narrow(
    standard: &Standard,
    (olds, was): (&[&Rule], &mut [Told]),
    (new, is): (&Rule, &mut Told),
) {
    if !olds.is_empty() && olds.iter().all(|old| is_term(standard, old)) {
        keep_terms(standard, is);
    }
    if is_term(standard, new) {
        was.iter_mut().for_each(|was| keep_terms(standard, was));
    }
}

/// Whether a rule is a term, or follows nothing else.
fn is_term(standard: &Standard, rule: &Rule) -> bool {
    match &rule.kind {
        RuleKind::Term(_) => true,
        RuleKind::Follows(codes) => codes.iter().all(|code| is_term_of(standard, code)),
        _ => false,
    }
}

fn is_term_of(standard: &Standard, code: &str) -> bool {
    standard.rule(code).is_some_and(|rule| matches!(rule.kind, RuleKind::Term(_)))
}

fn keep_terms(standard: &Standard, told: &mut Told) {
    if told.judged_by.iter().any(|code| is_term_of(standard, code)) {
        let own = told.code.clone();
        told.judged_by.retain(|code| *code == own || is_term_of(standard, code));
    }
}
