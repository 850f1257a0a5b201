//! The releases of a standard, oldest first.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::{Field, Header, Release};
use regelwerk_syntax::ast::{Assignment, Block, BlockKind, Bound, Clause, Dotted, Interval, Line};

use crate::codes::{BAD_INTERVAL, DUPLICATE, MISSING_CLAUSE};
use crate::collect::{Declarations, has_invalid, required, single, sources, texts};
use crate::sink::Sink;

/// Releases without types and messages yet.
pub(crate) fn releases(declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<Release> {
    let mut releases = Vec::new();
    for block in declarations.of(BlockKind::Release) {
        match release(block, sink) {
            Some(release) => releases.push(release),
            None => sink.lose(&block.id.value),
        }
    }
    tell_apart(declarations, sink);
    releases.sort_by_key(|release| release.from);
    let standard = declarations.home;
    if releases.is_empty() && declarations.of(BlockKind::Release).next().is_none() {
        let title = format!("standaard `{}` heeft geen release", standard.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, standard.id.span)
                .help("voeg een blok `release` toe"),
        );
    }
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
    let is_complete = single(&block.lines, sink, |clause| match clause {
        Clause::Complete(is_complete) => Some(*is_complete),
        _ => None,
    });
    let has_schema_version =
        block.lines.iter().any(|line| matches!(line.clause, Clause::SchemaVersion(_)));
    let headers = headers(block, sink);
    let (from, until) = days(valid?, sink)?;
    Some(Release {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: sources(block).join("; "),
        from,
        until,
        base_namespace: base?,
        is_complete: is_complete.unwrap_or(true),
        headers,
        types: Vec::new(),
        code_lists: Vec::new(),
        messages: Vec::new(),
        published: Vec::new(),
        has_schema_version,
        replies: Vec::new(),
    })
}

/// Each `kop:` with the `code:` that follows it.
fn headers(block: &Block, sink: &mut Sink) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for line in &block.lines {
        match (&line.clause, headers.last_mut()) {
            (Clause::Header(fields), _) => headers
                .push(Header { values: fields.iter().map(field).collect(), code: Vec::new() }),
            (Clause::CodePath(path), Some(header)) => header.code = names(path),
            _ => {}
        }
    }
    if headers.is_empty() || headers.iter().any(|header| header.code.is_empty()) {
        let title = format!("`{}` zegt niet hoe een bericht zijn release noemt", block.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                .help("voeg `kop:` toe met de elementen van de release, en daaronder `code:`"),
        );
    }
    headers
}

/// Two releases whose messages have a namespace and a header in common: nothing shows which of the
/// two a message is of.
fn tell_apart(declarations: &Declarations<'_>, sink: &mut Sink) {
    let blocks: Vec<_> = declarations.of(BlockKind::Release).collect();
    for (at, later) in blocks.iter().enumerate() {
        for earlier in blocks.iter().take(at).filter(|one| shares_namespace(one, later)) {
            let Some((first, second)) = shared_header(earlier, later) else { continue };
            let title = format!(
                "een bericht van release {} is niet te onderscheiden van een van release {}",
                later.id.value, earlier.id.value
            );
            sink.push(
                Diagnostic::error(DUPLICATE, title, second)
                    .related(first, "deze heeft dezelfde `naamruimte:` en dezelfde `kop:`")
                    .help("geef bij een van beide een andere `naamruimte:`, of bij `kop:` de waarde die haar eigen is"),
            );
        }
    }
}

fn shares_namespace(one: &Block, other: &Block) -> bool {
    let all = |block: &Block| {
        texts(&block.lines, |clause| match clause {
            Clause::Namespace(text) => Some(text),
            _ => None,
        })
    };
    let others = all(other);
    all(one).iter().any(|name| others.contains(name))
}

/// Where each of two releases says the same of its header.
fn shared_header(one: &Block, other: &Block) -> Option<(Span, Span)> {
    let forms = |block: &Block| -> Vec<(Vec<Field>, Span)> {
        let form = |line: &Line| match &line.clause {
            Clause::Header(fields) => Some((fields.iter().map(field).collect(), line.span)),
            _ => None,
        };
        block.lines.iter().filter_map(form).collect()
    };
    let others = forms(other);
    forms(one).into_iter().find_map(|(values, first)| {
        let same = others.iter().find(|(known, _)| *known == values);
        same.map(|(_, second)| (first, *second))
    })
}

fn names(path: &Dotted) -> Vec<String> {
    path.steps.iter().map(|step| step.name.value.clone()).collect()
}

fn days(
    interval: &Interval,
    sink: &mut Sink,
) -> Option<(chrono::NaiveDate, Option<chrono::NaiveDate>)> {
    let Some(Bound::Date(from)) = &interval.from else {
        let title = "een release is geldig vanaf een datum";
        sink.fault(BAD_INTERVAL, title, interval.span, "schrijf `geldig: vanaf 01-04-2023`");
        return None;
    };
    match &interval.until {
        Some(Bound::Date(until)) if until.value >= from.value => {
            Some((from.value, Some(until.value)))
        }
        Some(_) => {
            let title = "een release is geldig tot en met een datum na haar begin";
            sink.fault(BAD_INTERVAL, title, interval.span, "draai de datums om, of laat `t/m` weg");
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

/// The namespaces of messages, with `{bericht}` still open; at least one.
pub(crate) fn namespaces(block: &Block, sink: &mut Sink) -> Vec<String> {
    let all = texts(&block.lines, |clause| match clause {
        Clause::Namespace(text) => Some(text),
        _ => None,
    });
    if all.is_empty() && !has_invalid(block) {
        let title = format!("`{}` heeft geen `naamruimte:`", block.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                .help("voeg een regel `naamruimte:` toe"),
        );
    }
    all
}
