//! One element that must be filled and empty at once.

use std::collections::BTreeMap;

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::walk::{self, Part};
use regelwerk_model::core::{Demand, Step};
use regelwerk_model::{NodeId, Placed};

use super::facts::Facts;
use super::formula::Formula;
use super::ground::{Body, Duty, Ground};
use super::space::Space;
use super::{Judged, Situation, pairs};
use crate::codes::CONFLICT;
use crate::sink::Sink;

/// A duty that wants an element filled and one that wants it empty, with that element.
type Opposed<'b> = (&'b Duty, &'b Duty, usize);

/// Within one wording it is enough that both can be asked at once.
pub(super) fn within(situations: &[Situation<'_>], sink: &mut Sink) {
    for (ground, body) in situations {
        let forces = |duty: &Duty| duty.demand.as_ref().map(Formula::forces).unwrap_or_default();
        for (filled, empty, element) in opposed(ground, &body.duties, &body.duties, &forces) {
            let both = filled.guard.and(empty.guard.clone());
            if ground.surely(&both) || is_inescapable(ground, filled, empty) {
                sink.push(diagnostic(ground, filled, empty, element));
            }
        }
    }
}

/// Between two rules it is an error only when one can never be met: whenever it asks, the other
/// forbids. That both may ask at once makes such a message wrong, which may be what is meant.
pub(super) fn between(judged: &[Judged<'_>], facts: &Facts<'_>, sink: &mut Sink) {
    let mut seen: Seen = BTreeMap::new();
    for (one, other) in pairs(places(judged).values(), judged, sink) {
        if may_oppose(one, other) {
            pair(one, other, facts, &mut seen, sink);
        }
    }
}

/// A wording at one of its places, by its number.
type Here<'a> = (usize, &'a Judged<'a>, &'a Placed);

/// Pairs of wordings, by their numbers, as they have been looked at.
type Seen = BTreeMap<(usize, usize), Vec<(Body, Body, Space)>>;

/// What is judged at each element.
fn places<'a>(judged: &'a [Judged<'a>]) -> BTreeMap<(usize, usize, NodeId), Vec<Here<'a>>> {
    let mut places: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (number, one) in judged.iter().enumerate() {
        for place in &one.places {
            let at = (place.release, place.message, place.node);
            places.entry(at).or_default().push((number, one, *place));
        }
    }
    places
}

/// Whether one of them fills and the other leaves empty, of different rules.
fn may_oppose((_, one, _): &Here<'_>, (_, other, _): &Here<'_>) -> bool {
    let has = |judged: &Judged<'_>, demand| has(&judged.wording.body, demand);
    one.rule.code != other.rule.code
        && ((has(one, &Demand::Filled) && has(other, &Demand::Empty))
            || (has(one, &Demand::Empty) && has(other, &Demand::Filled)))
}

fn has(steps: &[Step], demand: &Demand) -> bool {
    let mut has = false;
    walk::steps(steps, 0, |part, _| has |= part == Part::Demand(demand));
    has
}

fn pair(one: &Here<'_>, other: &Here<'_>, facts: &Facts<'_>, seen: &mut Seen, sink: &mut Sink) {
    let Some(mut ground) = Ground::new(one.2, facts) else { return };
    let mut lower = |here: &Here<'_>| ground.body(&here.2.used.params, &here.1.wording.body);
    let (ours, theirs) = (lower(one), lower(other));
    if ours.has_gap || theirs.has_gap {
        return;
    }
    let claims = |duty: &Duty| duty.claim.into_iter().collect();
    let mut all = opposed(&ground, &ours.duties, &theirs.duties, &claims);
    all.extend(opposed(&ground, &theirs.duties, &ours.duties, &claims));
    if all.is_empty() {
        return;
    }
    let space = ground.space(&[&ours.fails(), &theirs.fails()]);
    let seen = seen.entry((one.0, other.0)).or_default();
    if seen.iter().any(|(a, b, known)| (a, b, known) == (&ours, &theirs, &space)) {
        return;
    }
    for (filled, empty, element) in all {
        if is_inescapable(&ground, filled, empty) {
            sink.push(diagnostic(&ground, filled, empty, element));
        }
    }
    seen.push((ours, theirs, space));
}

/// Duties of which one wants an element filled, and the other wants it or a group that it is in
/// empty.
fn opposed<'b>(
    ground: &Ground<'_>,
    ours: &'b [Duty],
    theirs: &'b [Duty],
    wants: &dyn Fn(&Duty) -> Vec<(usize, bool)>,
) -> Vec<Opposed<'b>> {
    let wanted = |duties: &'b [Duty], state: bool| {
        let all = duties.iter().flat_map(|duty| wants(duty).into_iter().map(move |it| (duty, it)));
        let all = all.filter(|(_, (_, is_filled))| *is_filled == state);
        all.map(|(duty, (element, _))| (duty, element)).collect::<Vec<_>>()
    };
    let (fills, empties) = (wanted(ours, true), wanted(theirs, false));
    let mut all = Vec::new();
    for (filled, element) in fills {
        let opposite = empties.iter().filter(|(_, group)| ground.is_within(element, *group));
        all.extend(opposite.map(|(empty, _)| (filled, *empty, element)));
    }
    all
}

/// Whether one of two duties is asked only when the other is, and can be asked.
fn is_inescapable(ground: &Ground<'_>, one: &Duty, other: &Duty) -> bool {
    let implies = |a: &Duty, b: &Duty| {
        ground.can(&a.guard) && ground.never(&a.guard.and(b.guard.clone().not()))
    };
    implies(one, other) || implies(other, one)
}

fn diagnostic(ground: &Ground<'_>, filled: &Duty, empty: &Duty, element: usize) -> Diagnostic {
    let name = ground.name(element);
    let title = format!("`{name}` moet hier gevuld en leeg zijn tegelijk");
    let told = Diagnostic::error(CONFLICT, title, empty.span).label("leeg");
    let told = if filled.span == empty.span { told } else { told.related(filled.span, "gevuld") };
    told.help("maak de voorwaarden zo dat ze niet samen gelden")
}
