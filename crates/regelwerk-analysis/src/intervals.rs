//! `vanaf release 3.0 t/m release 3.1` as a range of releases.

use regelwerk_model::{Interval, Release};
use regelwerk_syntax::ast::{self, Bound};

use crate::codes::{BAD_INTERVAL, UNKNOWN_RELEASE};
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
