//! `vanaf release 3.0 t/m release 3.1` as a range of releases.

use regelwerk_diag::Span;
use regelwerk_model::{Interval, Release};
use regelwerk_syntax::ast::{self, Bound};

use crate::codes::{BAD_INTERVAL, OVERLAP, STRUCTURE, UNKNOWN_RELEASE};
use crate::sink::Sink;

/// The releases of an interval; without one, those that are complete: what is said without a date
/// is said of the standard as it is published, not of what little is known of older releases.
pub(crate) fn resolve(
    interval: Option<&ast::Interval>,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<Interval> {
    let all = Interval { first: 0, last: releases.len().checked_sub(1)? };
    let Some(interval) = interval else {
        let first = releases.iter().position(|release| release.is_complete)?;
        return Some(Interval { first, ..all });
    };
    let first = bound(interval.from.as_ref(), all.first, releases, sink)?;
    let last = bound(interval.until.as_ref(), all.last, releases, sink)?;
    if first > last {
        let title = "deze periode eindigt voor ze begint";
        let help =
            "noem eerst de eerste release en dan de laatste: `vanaf release 3.0 t/m release 3.1`";
        sink.fault(BAD_INTERVAL, title, interval.span, help);
        return None;
    }
    Some(Interval { first, last })
}

/// The releases of an element, a facet or a code: without an interval, those of the block it is in.
pub(crate) fn resolve_part(
    interval: Option<&ast::Interval>,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<Interval> {
    match interval {
        Some(interval) => resolve(Some(interval), releases, sink),
        None => Some(Interval { first: 0, last: releases.len().checked_sub(1)? }),
    }
}

/// Looks at a text that holds in an interval beside those written before it, and enters it: no two
/// hold at once, and there is no gap between them.
pub(crate) fn check_beside(
    earlier: &mut Vec<Interval>,
    interval: Interval,
    span: Span,
    sink: &mut Sink,
) {
    if earlier.iter().any(|one| one.overlaps(interval)) {
        let title = "deze tekst geldt tegelijk met een andere tekst van deze regel";
        sink.error(OVERLAP, title, span);
    }
    if let Some(before) = earlier.iter().map(|one| one.last).max()
        && before + 1 < interval.first
    {
        let title = "tussen deze tekst en de vorige zit een gat";
        let help = "geef ook de releases ertussen een tekst, of `niet machinaal` als eigen regel";
        sink.fault(OVERLAP, title, span, help);
    }
    earlier.push(interval);
}

/// Something stands beside dated texts that has no date.
pub(crate) fn undated(span: Span, sink: &mut Sink) {
    let help = "spring het in onder de `geldig:` waar het bij hoort";
    sink.fault(STRUCTURE, "dit staat buiten elke `geldig:`", span, help);
}

fn bound(
    bound: Option<&Bound>,
    default: usize,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<usize> {
    match bound {
        None => Some(default),
        Some(Bound::Release(name)) => {
            let found = releases.iter().position(|release| release.name == name.value);
            if found.is_none() {
                let known = releases.iter().map(|release| release.name.as_str());
                sink.unknown(UNKNOWN_RELEASE, "release", name, known);
            }
            found
        }
        Some(Bound::Date(date)) => {
            let title = "hier hoort een release, geen datum";
            let help = "alleen een release en een protocol zijn geldig vanaf een datum: schrijf `vanaf release 3.0`";
            sink.fault(BAD_INTERVAL, title, date.span, help);
            None
        }
    }
}
