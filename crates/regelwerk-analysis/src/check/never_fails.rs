//! Wordings that can never find anything.

use regelwerk_diag::Diagnostic;

use super::{Judged, Situation};
use crate::codes::CANNOT_FAIL;
use crate::sink::Sink;

/// Reports a wording that keeps silent in every message that keeps to the schema.
pub(super) fn check(judged: &Judged<'_>, situations: &[Situation<'_>], sink: &mut Sink) {
    let Some((_, first)) = situations.first().filter(|_| judged.rule.deviations.is_empty()) else {
        return;
    };
    let Some(duty) = first.duties.first() else { return };
    let last = first.duties.last().map_or(duty.span, |last| last.span);
    let what = if first.duties.iter().all(|duty| duty.demand.is_none()) {
        "zegt alleen wat mag"
    } else if situations.iter().all(cannot_fail) {
        "kan nooit iets melden"
    } else {
        return;
    };
    let title = format!("`{}` {what}", judged.rule.code);
    sink.push(
        Diagnostic::error(CANNOT_FAIL, title, duty.span.to(last))
            .label("hieraan voldoet elk bericht dat aan het schema voldoet")
            .help("een regel die nooit iets meldt beoordeelt niets; verbeter de eisen of haal hem weg"),
    );
}

fn cannot_fail((ground, body): &Situation<'_>) -> bool {
    body.duties.iter().filter_map(super::ground::Duty::fails).all(|fails| ground.never(&fails))
}
