//! One element that must be filled and empty at once.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Cond, Demand, Path, Step};

use super::Subject;
use super::states::{Questions, same};
use crate::codes::CONFLICT;
use crate::sink::Sink;

/// A demand that an element is filled, or is empty, under conditions.
struct Claim<'a> {
    target: &'a Path,
    is_filled: bool,
    guards: Vec<Cond>,
    span: Span,
}

/// Within one wording overlapping conditions are a conflict.
pub(super) fn within(subject: &Subject<'_>, sink: &mut Sink) {
    let claims = claims(subject.body());
    let questions = Questions::new([subject.body()], subject.mandatory.clone());
    let states = questions.states();
    for (filled, empty) in opposed(&claims, &claims) {
        let both = states
            .iter()
            .any(|state| filled.guards.iter().chain(&empty.guards).all(|cond| state.holds(cond)));
        if both {
            tell(filled, empty, sink);
        }
    }
}

/// Between two rules a conflict is that one can never be met: its condition implies the other's.
/// That both may hold at once is no mistake; it makes such a message wrong, as two rules may.
pub(super) fn between(one: &Subject<'_>, other: &Subject<'_>, sink: &mut Sink) {
    let (ours, theirs) = (claims(one.body()), claims(other.body()));
    if opposed(&ours, &theirs).chain(opposed(&theirs, &ours)).next().is_none() {
        return;
    }
    let questions = Questions::new([one.body(), other.body()], one.mandatory.clone());
    let states = questions.states();
    if states.is_empty() {
        return;
    }
    let implies = |a: &Claim<'_>, b: &Claim<'_>| {
        let all = |claim: &Claim<'_>, state| {
            let state: &super::states::State<'_> = state;
            claim.guards.iter().all(|cond| state.holds(cond))
        };
        states.iter().all(|state| !all(a, state) || all(b, state))
    };
    for (filled, empty) in opposed(&ours, &theirs).chain(opposed(&theirs, &ours)) {
        if implies(filled, empty) || implies(empty, filled) {
            tell(filled, empty, sink);
        }
    }
}

/// Pairs of which one demands filled and the other empty, of one element.
fn opposed<'c, 'a>(
    ours: &'c [Claim<'a>],
    theirs: &'c [Claim<'a>],
) -> impl Iterator<Item = (&'c Claim<'a>, &'c Claim<'a>)> {
    ours.iter().filter(|claim| claim.is_filled).flat_map(move |filled| {
        let opposite = |empty: &&Claim<'a>| !empty.is_filled && same(empty.target, filled.target);
        theirs.iter().filter(opposite).map(move |empty| (filled, empty))
    })
}

fn claims(steps: &[Step]) -> Vec<Claim<'_>> {
    let mut all = Vec::new();
    gather(steps, &mut Vec::new(), &mut all);
    all
}

fn gather<'a>(steps: &'a [Step], guards: &mut Vec<Cond>, all: &mut Vec<Claim<'a>>) {
    for step in steps {
        match step {
            Step::If { cond, then, otherwise, .. } => {
                guards.push(cond.clone());
                gather(then, guards, all);
                guards.pop();
                guards.push(cond.clone().negated());
                gather(otherwise, guards, all);
                guards.pop();
            }
            Step::Require(requirement) => {
                let is_filled = match requirement.demand {
                    Demand::Filled | Demand::OneOf(..) | Demand::Ordered(..) => true,
                    Demand::Empty => false,
                    _ => continue,
                };
                all.push(Claim {
                    target: &requirement.target,
                    is_filled,
                    guards: guards.clone(),
                    span: requirement.span,
                });
            }
        }
    }
}

fn tell(filled: &Claim<'_>, empty: &Claim<'_>, sink: &mut Sink) {
    let title = format!("`{}` moet hier gevuld en leeg zijn tegelijk", filled.target.written);
    sink.push(
        Diagnostic::error(CONFLICT, title, empty.span)
            .label("leeg")
            .related(filled.span, "gevuld")
            .help("maak de voorwaarden zo dat ze niet samen gelden"),
    );
}
