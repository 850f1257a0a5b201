//! The rows of a table in a CSV file beside the rule file.

use regelwerk_diag::{Diagnostic, SourceId, Sources, Span};
use regelwerk_syntax::ast::{Block, Clause, Spanned, Word};
use regelwerk_syntax::closest;

use super::{Row, cells};
use crate::codes::BAD_TABLE;
use crate::collect::single;
use crate::sink::Sink;

/// Rows of the file that the block names, if it names one; none when it cannot be read as a whole.
pub(crate) fn file_rows(
    block: &Block,
    columns: &[&str],
    sources: &Sources,
    sink: &mut Sink,
) -> Option<Vec<Row>> {
    let file = single(&block.lines, sink, |clause| match clause {
        Clause::DataFile(file) => Some(file),
        _ => None,
    });
    let Some(file) = file else { return Some(Vec::new()) };
    let folder = sources.path(block.id.span.source).rsplit_once('/').map(|(folder, _)| folder);
    let path = folder.map_or(file.value.clone(), |folder| format!("{folder}/{}", file.value));
    let found = sources.iter().find(|(_, source)| source.path == path && !source.is_rules());
    let Some((id, source)) = found else {
        sink.push(absent(file, folder, &path, sources));
        return None;
    };
    csv_rows(id, &source.text, columns, sink)
}

/// Why there is no such file to read.
fn absent(file: &Word, folder: Option<&str>, path: &str, sources: &Sources) -> Diagnostic {
    let name = &file.value;
    let is_outside = name.starts_with('/') || name.split('/').any(|part| part == "..");
    let is_csv = name.to_lowercase().ends_with(".csv");
    let is_unread = sources.unread().any(|(_, source)| source.path == path);
    let (title, help) = match (is_outside, is_unread, is_csv) {
        (true, ..) => (
            format!("`{name}` ligt niet bij dit regelbestand"),
            "zet het in dezelfde map of in een map daaronder, en noem het vanaf hier".to_owned(),
        ),
        (_, true, _) => (
            format!("`{name}` is geen gewoon bestand"),
            "zet er een bestand met rijen neer".to_owned(),
        ),
        (.., false) => (
            format!("`{name}` is geen csv-bestand"),
            "rijen staan in een bestand dat op `.csv` eindigt, met komma's ertussen".to_owned(),
        ),
        _ => (format!("bestand `{name}` bestaat niet"), meant(name, folder, sources)),
    };
    Diagnostic::error(BAD_TABLE, title, file.span).help(help)
}

/// The file that was meant, or where to put it.
fn meant(name: &str, folder: Option<&str>, sources: &Sources) -> String {
    let below = |path| match folder {
        Some(folder) => str::strip_prefix(path, folder)?.strip_prefix('/'),
        None => Some(path),
    };
    let known = sources.iter().filter(|(_, source)| !source.is_rules());
    let known = known.filter_map(|(_, source)| below(source.path.as_str()));
    match closest(name, known) {
        Some(near) => format!("bedoelde u `{near}`?"),
        None => "zet het in de map van dit regelbestand, of verbeter de naam".to_owned(),
    }
}

fn csv_rows(id: SourceId, text: &str, columns: &[&str], sink: &mut Sink) -> Option<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    if headers.iter().ne(columns.iter().copied()) {
        let title = format!("de eerste regel moet zijn: {}", columns.join(","));
        let help = "zet de kolommen boven de rijen, in deze volgorde en met komma's ertussen";
        sink.fault(BAD_TABLE, title, line_at(id, text, 0), help);
        return None;
    }
    let mut rows = Some(Vec::new());
    for record in reader.records() {
        let read = record.ok().and_then(|record| {
            let at = record.position().map_or(0, csv::Position::byte);
            let span = line_at(id, text, usize::try_from(at).unwrap_or(0));
            row(&record, span, columns.len(), sink)
        });
        match read {
            Some(row) => rows.as_mut().into_iter().for_each(|rows| rows.push(row.clone())),
            None => rows = None,
        }
    }
    rows
}

/// A record as a row; none, after telling why, when it is not whole.
fn row(record: &csv::StringRecord, span: Span, columns: usize, sink: &mut Sink) -> Option<Row> {
    if record.iter().any(|cell| cell.contains('\n')) {
        let title = "een cel loopt door op de volgende regel";
        let help = "sluit het aanhalingsteken, of schrijf er twee waar er een hoort te staan";
        sink.fault(BAD_TABLE, title, span, help);
        return None;
    }
    if let Some(sign) = record.iter().flat_map(str::chars).find(|c| c.is_control() && *c != '\t') {
        let title = format!("hier staat een teken dat niet te zien is (U+{:04X})", u32::from(sign));
        sink.fault(BAD_TABLE, title, span, "haal het weg; typ de regel zo nodig opnieuw");
        return None;
    }
    if record.len() != columns {
        let title = format!("deze rij heeft {}, niet {columns}", cells(record.len()));
        let help = "elke kolom heeft een cel, een lege ook; een tekst met een komma erin staat tussen \
                    aanhalingstekens";
        sink.fault(BAD_TABLE, title, span, help);
        return None;
    }
    let value = record.iter().map(|cell| cell.trim().to_owned()).collect();
    Some(Spanned { value, span })
}

/// The line at a byte of a data file.
fn line_at(source: SourceId, text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let start = at + skipped;
    let length = rest.trim_start_matches(['\r', '\n']).find('\n').unwrap_or(rest.len() - skipped);
    let clamp = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: clamp(start), end: clamp(start + length) }
}
