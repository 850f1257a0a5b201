//! Rules against themselves and each other, before anyone runs them.
//!
//! The typed core is finite once only what rules ask of a value counts, so everything here is
//! decided by going through all states. Where there are too many, or where something cannot be
//! known, nothing is said: a check that cries wolf is worse than none.

pub(crate) mod conditions;
mod conflict;
pub(crate) mod facts;
mod formula;
mod ground;
mod never_fails;
pub(crate) mod overlay;
pub(crate) mod places;
mod plain;
mod points;
pub(crate) mod rows;
pub(crate) mod same;
mod space;
#[cfg(test)]
mod tests;
pub(crate) mod tried;

use std::collections::BTreeMap;

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Placed, Rule, RuleKind, Wording};

use crate::check::facts::Facts;
use crate::check::ground::{Body, Ground};
use crate::check::space::Space;
use crate::codes::NOT_COMPARED;
use crate::rows::Book;
use crate::sink::Sink;

/// A wording with the elements where it is judged.
struct Judged<'a> {
    rule: &'a Rule,
    wording: &'a Wording,
    places: Vec<&'a Placed>,
}

/// A wording at one of its places, lowered.
type Situation<'a> = (Ground<'a>, Body);

/// So many pairs of wordings are looked at. That is far more than a standard has at its elements, and
/// goes fast enough for rules that no one would write.
const MOST_PAIRS: usize = 50_000;

/// Every two of each list, in order; when there are too many, the first of them and a warning.
fn pairs<'g, T: 'g, L>(
    lists: L,
    judged: &[Judged<'_>],
    sink: &mut Sink,
) -> impl Iterator<Item = (&'g T, &'g T)> + use<'g, T, L>
where
    L: Iterator<Item = &'g Vec<T>> + Clone,
{
    let count = |list: &Vec<T>| list.len() * list.len().saturating_sub(1) / 2;
    let is_cut = lists.clone().map(count).sum::<usize>() > MOST_PAIRS;
    if let Some(first) = judged.first().filter(|_| is_cut) {
        let title = format!("er zijn meer dan {MOST_PAIRS} paren van regels om te vergelijken");
        sink.push(
            Diagnostic::warning(NOT_COMPARED, title, first.rule.span)
                .help("de rest is niet vergeleken; noem bij elke regel alleen de elementen waar hij over gaat"),
        );
    }
    lists.flat_map(|list| every_two(list)).take(MOST_PAIRS)
}

fn every_two<T>(list: &[T]) -> impl Iterator<Item = (&T, &T)> {
    let after = |at| list.iter().skip(at + 1);
    list.iter().enumerate().flat_map(move |(at, one)| after(at).map(move |other| (one, other)))
}

/// All checks, over the rules of a standard or of a protocol.
pub(crate) fn check(rules: &[Rule], placed: &[Placed], book: &Book<'_>, sink: &mut Sink) {
    let facts = Facts::new(book);
    let mut judged = judged(rules, placed);
    // What is wrong with a rule comes first; what is left of it is not judged.
    judged.retain(|one| sink.is_sound(one.rule.span));
    for one in &judged {
        let situations = situations(one, &facts);
        conflict::within(&situations, sink);
        let has_dead = conditions::check(one, &situations, sink);
        if !has_dead {
            never_fails::check(one, &situations, sink);
        }
    }
    conflict::between(&judged, &facts, sink);
    same::check(&judged, &facts, sink);
}

fn judged<'a>(rules: &'a [Rule], placed: &'a [Placed]) -> Vec<Judged<'a>> {
    let mut places: BTreeMap<(&str, usize), Vec<&Placed>> = BTreeMap::new();
    for one in placed {
        places.entry((&one.used.rule, one.used.wording)).or_default().push(one);
    }
    let mut all = Vec::new();
    for rule in rules {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        for (number, wording) in wordings.iter().enumerate() {
            if let Some(places) = places.remove(&(rule.code.as_str(), number)) {
                all.push(Judged { rule, wording, places });
            }
        }
    }
    all
}

/// The situations of a wording that differ; none when a part of it could not be lowered.
fn situations<'a>(judged: &Judged<'_>, facts: &'a Facts<'a>) -> Vec<Situation<'a>> {
    let mut situations: Vec<(Situation<'a>, Space)> = Vec::new();
    for place in &judged.places {
        let Some(mut ground) = Ground::new(place, facts) else { return Vec::new() };
        let body = ground.body(&place.used.params, &judged.wording.body);
        if body.has_gap {
            return Vec::new();
        }
        let space = ground.space(&[&body.fails()]);
        if !situations.iter().any(|((_, known), other)| *known == body && *other == space) {
            situations.push(((ground, body), space));
        }
    }
    situations.into_iter().map(|(situation, _)| situation).collect()
}
