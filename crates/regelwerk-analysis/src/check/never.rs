//! Conditions that never or always hold, and rules that cannot fail.

use std::collections::BTreeMap;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Demand, Step};

use super::Subject;
use super::states::{Questions, State, met};
use crate::codes::{ALWAYS, CANNOT_FAIL, NEVER};
use crate::sink::Sink;

/// What was seen of a condition over all states in which it is asked.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    holds: bool,
    fails: bool,
}

/// Checks one wording.
pub(super) fn check(subject: &Subject<'_>, sink: &mut Sink) {
    if demands_nothing(subject.body()) {
        return cannot_fail(subject, "zegt alleen wat mag", sink);
    }
    let questions = Questions::new([subject.body()], subject.mandatory.clone());
    let states = questions.states();
    if states.is_empty() {
        return;
    }
    let mut seen: BTreeMap<Span, Seen> = BTreeMap::new();
    let mut can_fail = false;
    for state in &states {
        can_fail |= walk(subject.body(), state, &mut seen);
    }
    let mut is_dead = false;
    for (span, seen) in seen {
        is_dead |= tell(span, seen, sink);
    }
    // A dead condition is why the rule cannot fail: one diagnostic for one mistake.
    if !can_fail && !is_dead {
        cannot_fail(subject, "kan nooit iets melden", sink);
    }
}

fn demands_nothing(steps: &[Step]) -> bool {
    steps.iter().all(|step| match step {
        Step::If { then, otherwise, .. } => demands_nothing(then) && demands_nothing(otherwise),
        Step::Require(requirement) => requirement.demand == Demand::Allowed,
    })
}

/// Whether a requirement is not met in a state; notes how each condition on the way came out.
fn walk(steps: &[Step], state: &State<'_>, seen: &mut BTreeMap<Span, Seen>) -> bool {
    let mut fails = false;
    for step in steps {
        match step {
            Step::If { cond, then, otherwise, span } => {
                let holds = state.holds(cond);
                let noted = seen.entry(*span).or_default();
                noted.holds |= holds;
                noted.fails |= !holds;
                fails |= walk(if holds { then } else { otherwise }, state, seen);
            }
            Step::Require(requirement) => {
                fails |= met(requirement).is_some_and(|cond| !state.holds(&cond));
            }
        }
    }
    fails
}

fn tell(span: Span, seen: Seen, sink: &mut Sink) -> bool {
    match (seen.holds, seen.fails) {
        (false, true) => {
            sink.push(
                Diagnostic::error(NEVER, "deze voorwaarde kan nooit waar zijn", span)
                    .help("wat eronder staat geldt nooit; verbeter de voorwaarde of haal haar weg"),
            );
            true
        }
        (true, false) => {
            sink.push(
                Diagnostic::warning(ALWAYS, "deze voorwaarde is altijd waar", span)
                    .help("laat haar weg; `anders:` eronder geldt nooit"),
            );
            false
        }
        _ => false,
    }
}

fn cannot_fail(subject: &Subject<'_>, what: &str, sink: &mut Sink) {
    let title = format!("`{}` {what}", subject.rule.code);
    sink.push(Diagnostic::error(CANNOT_FAIL, title, subject.span()).help(
        "een regel die nooit iets meldt beoordeelt niets; verbeter de eisen of haal hem weg",
    ));
}
