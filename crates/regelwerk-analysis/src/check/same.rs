//! Two rules that say the same.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::Step;

use super::Subject;
use super::states::{Questions, State, met};
use crate::codes::SAME;
use crate::sink::Sink;

/// A note where two wordings find fault with exactly the same messages. Authors who refer from one
/// to the other know.
pub(super) fn check(one: &Subject<'_>, other: &Subject<'_>, sink: &mut Sink) {
    let knows = |a: &Subject<'_>, b: &Subject<'_>| a.rule.see.contains(&b.rule.code);
    if knows(one, other) || knows(other, one) {
        return;
    }
    let alone = |subject: &Subject<'_>| Questions::new([subject.body()], subject.mandatory.clone());
    let (ours, theirs) = (alone(one), alone(other));
    if !ours.is_clear() || !theirs.is_clear() || ours.paths() != theirs.paths() {
        return;
    }
    let both = Questions::new([one.body(), other.body()], one.mandatory.clone());
    let states = both.states();
    let agree = |state: &State<'_>| fails(one.body(), state) == fails(other.body(), state);
    if !states.is_empty() && states.iter().all(agree) {
        let title = format!("`{}` zegt hetzelfde als `{}`", other.rule.code, one.rule.code);
        sink.push(
            Diagnostic::note(SAME, title, other.span())
                .related(one.span(), "dit zegt hetzelfde")
                .help(format!("laat er een weg, of verwijs met `zie: {}`", one.rule.code)),
        );
    }
}

fn fails(steps: &[Step], state: &State<'_>) -> bool {
    steps.iter().any(|step| match step {
        Step::If { cond, then, otherwise, .. } => {
            fails(if state.holds(cond) { then } else { otherwise }, state)
        }
        Step::Require(requirement) => met(requirement).is_some_and(|cond| !state.holds(&cond)),
    })
}
