//! Which rule of the one side goes with which of the other.

use std::collections::BTreeSet;

use regelwerk_model::{Rule, RuleKind};

use super::side::{Comparison, Side, Spot};
use super::told::told;
use super::{Kind, RuleChange, lengths, words};

/// A rule of a side with where it is judged.
struct Held<'a> {
    rule: &'a Rule,
    spots: Vec<Spot<'a>>,
}

/// Every rule of both sides: those of the other side in order of code, then those without one there.
pub(super) fn pairs(comparison: &Comparison<'_>) -> Vec<RuleChange> {
    let [from, to] = comparison.sides;
    let (were, are) = (held(comparison, from), held(comparison, to));
    let related = |new: &Held<'_>| -> Vec<&Held<'_>> {
        let said: Vec<_> = were.iter().filter(|old| replaces(old.rule, new.rule)).collect();
        match said.is_empty() {
            true => were.iter().filter(|old| old.rule.code == new.rule.code).collect(),
            false => said,
        }
    };
    let mut gone: BTreeSet<_> = were.iter().map(|old| &old.rule.code).collect();
    let mut changes = Vec::new();
    for new in &are {
        let olds = related(new);
        for old in &olds {
            gone.remove(&old.rule.code);
        }
        changes.push(change(comparison, &olds, Some(new)));
    }
    let gone = were.iter().filter(|old| gone.contains(&old.rule.code));
    changes.extend(gone.map(|old| change(comparison, &[old], None)));
    changes
}

/// Whether one comes in the place of the other; which came first does not matter here.
fn replaces(one: &Rule, other: &Rule) -> bool {
    one.replaces.contains(&other.code) || other.replaces.contains(&one.code)
}

/// The rules that a side has.
fn held<'a>(comparison: &Comparison<'a>, side: Side<'a>) -> Vec<Held<'a>> {
    let rules = comparison.rules_of(side).iter();
    let held = rules.map(|rule| Held { rule, spots: comparison.spots(side, rule) });
    held.filter(|one| match side {
        Side::Protocol(_) => true,
        Side::Release(at) => {
            let published = comparison.release(at).map_or(&[][..], |one| &one.published);
            let is_everywhere = matches!(one.rule.kind, RuleKind::Form(..) | RuleKind::Order);
            is_everywhere
                || !one.spots.is_empty()
                || published.iter().any(|known| known.code == one.rule.code)
        }
    })
    .collect()
}

fn change(comparison: &Comparison<'_>, olds: &[&Held<'_>], new: Option<&Held<'_>>) -> RuleChange {
    let [from, to] = comparison.sides;
    let was: Vec<_> = olds.iter().map(|old| told(comparison, from, old.rule, &old.spots)).collect();
    let becomes = new.map(|new| told(comparison, to, new.rule, &new.spots));
    let same_words = match (olds, was.as_slice(), new, &becomes) {
        ([old], [was], Some(new), Some(becomes)) => match from {
            Side::Protocol(_) => words::are_same(&was.demands, &becomes.demands),
            Side::Release(_) => signature(old) == signature(new),
        },
        _ => false,
    };
    let rules: Vec<_> = olds.iter().map(|old| old.rule).collect();
    let lengths = lengths::lengths(comparison.standard, &rules, new.map(|new| new.rule));
    RuleChange {
        kind: Kind::Same,
        was,
        becomes,
        same_words,
        lengths,
        tried: 0,
        skipped: Vec::new(),
        witnesses: Vec::new(),
    }
}

/// Where a rule is judged in a release, and by what.
fn signature(held: &Held<'_>) -> BTreeSet<String> {
    let spots = held.spots.iter();
    let shown = spots.map(|spot| {
        let by = spot.used.map(|used| format!("{} {:?}", used.wording, used.params));
        let facets = spot.facets(&held.rule.code);
        format!(
            "{} {} {} {facets:?}",
            spot.place.maker.message.name,
            spot.path().join("/"),
            by.unwrap_or_default()
        )
    });
    shown.collect()
}

impl Spot<'_> {
    /// The facets here that a rule stands for, with what they demand.
    fn facets(&self, code: &str) -> Vec<String> {
        let Some((simple, extra)) = self.place.value_type() else { return Vec::new() };
        let stands = simple.facets.iter().chain(extra);
        let stands = stands.filter(|facet| facet.rule.as_deref() == Some(code));
        stands.map(|facet| super::elements::facet(self.place.maker.release, &facet.kind)).collect()
    }
}
