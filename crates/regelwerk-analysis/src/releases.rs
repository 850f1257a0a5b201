//! The releases of a standard, oldest first.

use regelwerk_model::{Field, Release};
use regelwerk_syntax::ast::{Assignment, Block, BlockKind, Bound, Clause, Interval};

use crate::codes::BAD_INTERVAL;
use crate::collect::{Declarations, required, sources};
use crate::sink::Sink;

/// Releases without types and messages yet.
pub(crate) fn releases(declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<Release> {
    let blocks = declarations.of(BlockKind::Release);
    let mut releases: Vec<_> = blocks.filter_map(|block| release(block, sink)).collect();
    releases.sort_by_key(|release| release.from);
    releases
}

fn release(block: &Block, sink: &mut Sink) -> Option<Release> {
    let valid = required(block, "geldig:", sink, |clause| match clause {
        Clause::Valid(interval) => Some(interval),
        _ => None,
    });
    let base = required(block, "basis:", sink, |clause| match clause {
        Clause::BaseNamespace(text) => Some(text.value.clone()),
        _ => None,
    });
    let header = required(block, "kop:", sink, |clause| match clause {
        Clause::Header(fields) => Some(fields),
        _ => None,
    });
    let code_path = required(block, "code:", sink, |clause| match clause {
        Clause::CodePath(path) => Some(path),
        _ => None,
    });
    let (from, until) = days(valid?, sink)?;
    Some(Release {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: sources(block).join("; "),
        from,
        until,
        base_namespace: base?,
        header: header?.iter().map(field).collect(),
        code_path: code_path?.steps.iter().map(|step| step.name.value.clone()).collect(),
        types: Vec::new(),
        code_lists: Vec::new(),
        messages: Vec::new(),
    })
}

fn days(
    interval: &Interval,
    sink: &mut Sink,
) -> Option<(chrono::NaiveDate, Option<chrono::NaiveDate>)> {
    let Some(Bound::Date(from)) = &interval.from else {
        sink.error(BAD_INTERVAL, "een release is geldig vanaf een datum", interval.span);
        return None;
    };
    match &interval.until {
        Some(Bound::Date(until)) if until.value >= from.value => {
            Some((from.value, Some(until.value)))
        }
        Some(_) => {
            let title = "een release is geldig tot en met een datum na haar begin";
            sink.error(BAD_INTERVAL, title, interval.span);
            None
        }
        None => Some((from.value, None)),
    }
}

/// An assignment as it is written, not resolved.
pub(crate) fn field(assignment: &Assignment) -> Field {
    let ordinal = |index: u64| usize::try_from(index).unwrap_or(usize::MAX);
    let step = |step: &regelwerk_syntax::ast::Step| {
        let index = step.index.as_ref().map_or(1, |index| ordinal(index.value));
        (step.name.value.clone(), index)
    };
    Field {
        path: assignment.path.steps.iter().map(step).collect(),
        value: assignment.value.as_ref().map(|value| value.value.canonical()),
    }
}

/// The namespace of messages, with `{bericht}` still open.
pub(crate) fn namespace(block: &Block, sink: &mut Sink) -> Option<String> {
    required(block, "naamruimte:", sink, |clause| match clause {
        Clause::Namespace(text) => Some(text.value.clone()),
        _ => None,
    })
}
