//! Tables: rows written in the block or in a CSV file beside it, and what they must add up to.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use regelwerk_diag::{Diagnostic, SourceId, Sources, Span};
use regelwerk_model::Table;
use regelwerk_model::core::{Kind, Value};
use regelwerk_syntax::ast::{BaseKind, Block, BlockKind, Clause, Control, Line, Spanned, Word};

use crate::codes::{BAD_TABLE, UNKNOWN_LIST};
use crate::collect::{Declarations, required, single, sources as citations};
use crate::condition::kind_name;
use crate::sink::Sink;

/// The tables of a home, in order of name.
pub(crate) fn tables(
    declarations: &Declarations<'_>,
    sources: &Sources,
    sink: &mut Sink,
) -> Vec<Table> {
    let blocks = declarations.of(BlockKind::Table);
    blocks.filter_map(|block| table(block, sources, sink)).collect()
}

fn table(block: &Block, sources: &Sources, sink: &mut Sink) -> Option<Table> {
    let supplied_as = single(&block.lines, sink, |clause| match clause {
        Clause::SuppliedAs(name) => Some(name),
        _ => None,
    });
    let as_of = as_of(block, supplied_as.is_some(), sink);
    let columns = required(block, "kolommen:", sink, |clause| match clause {
        Clause::Columns(columns) => Some(columns),
        _ => None,
    });
    let key = required(block, "sleutel:", sink, |clause| match clause {
        Clause::TableKey(key) => Some(key),
        _ => None,
    });
    let columns = columns?;
    let names: Vec<_> = columns.iter().map(|(column, _)| column.value.as_str()).collect();
    let kinds: Vec<_> = columns.iter().map(|(_, kind)| kind_of(*kind)).collect();
    let place = |column: &str| names.iter().position(|name| *name == column);
    let mut rows = own_rows(block, columns.len(), sink);
    rows.extend(file_rows(block, &names, sources, sink)?);
    check_kinds(&rows, &names, &kinds, sink);
    let has_own = |line: &Line| matches!(line.clause, Clause::Row(_) | Clause::DataFile(_));
    let table = Table {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: citations(block).join("; "),
        as_of: as_of?,
        columns: columns.iter().map(|(column, _)| column.value.clone()).collect(),
        key: key.iter().flat_map(|key| key.iter()).filter_map(|one| place(&one.value)).collect(),
        controls: block.lines.iter().filter_map(control).collect(),
        valid: valid(block, &names, &kinds, sink),
        kinds,
        has_own: supplied_as.is_none() || block.lines.iter().any(has_own),
        supplied_as: supplied_as.map(|name| name.value.clone()),
        rows: rows.iter().map(|row| row.value.clone()).collect(),
        span: block.span,
    };
    check_key(key?, &table, &rows, sink);
    for line in &block.lines {
        check_control(line, &table, sink);
    }
    Some(table)
}

/// The columns between which a row holds: two of dates.
fn valid(block: &Block, names: &[&str], kinds: &[Kind], sink: &mut Sink) -> Option<[String; 2]> {
    let (from, until) = single(&block.lines, sink, |clause| match clause {
        Clause::ValidColumns(from, until) => Some((from, until)),
        _ => None,
    })?;
    for column in [from, until] {
        let at = names.iter().position(|name| *name == column.value);
        match at.and_then(|at| kinds.get(at)) {
            None => {
                sink.unknown(UNKNOWN_LIST, "kolom", column, names.iter().copied());
                return None;
            }
            Some(Kind::Date) => {}
            Some(_) => {
                let title = format!("kolom `{}` is geen datum", column.value);
                sink.push(
                    Diagnostic::error(BAD_TABLE, title, column.span)
                        .help("zet er bij `kolommen:` `datum` achter"),
                );
                return None;
            }
        }
    }
    Some([from.value.clone(), until.value.clone()])
}

/// The day of its rows; a table that a user may supply needs none.
fn as_of(block: &Block, is_supplied: bool, sink: &mut Sink) -> Option<Option<NaiveDate>> {
    let pick = |clause: &Clause| match clause {
        Clause::AsOf(date) => Some(date.value),
        _ => None,
    };
    if is_supplied {
        return Some(single(&block.lines, sink, pick));
    }
    required(block, "peildatum:", sink, pick).map(Some)
}

fn kind_of(kind: BaseKind) -> Kind {
    match kind {
        BaseKind::Text => Kind::Text,
        BaseKind::Integer => Kind::Number,
        BaseKind::Date => Kind::Date,
        BaseKind::Time => Kind::Time,
    }
}

/// A cell as a value of its kind; nothing when it is empty or is none.
pub(crate) fn cell(text: &str, kind: Kind) -> Option<Value> {
    match kind {
        _ if text.is_empty() => None,
        Kind::Text => Some(Value::Text(text.to_owned())),
        Kind::Number => text.parse().ok().map(Value::Number),
        Kind::Date => NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Value::Date),
        Kind::Time => NaiveTime::parse_from_str(text, "%H:%M:%S").ok().map(Value::Time),
    }
}

/// Every cell that is filled must be of the kind of its column.
fn check_kinds(rows: &[Row], names: &[&str], kinds: &[Kind], sink: &mut Sink) {
    for row in rows {
        let columns = names.iter().zip(kinds).zip(&row.value);
        let wrong = columns
            .filter(|((_, kind), text)| !text.is_empty() && cell(text, **kind).is_none())
            .map(|((name, kind), text)| (name, kind, text));
        for (name, kind, text) in wrong {
            let title = format!("`{text}` in kolom {name} is geen {}", kind_name(*kind));
            sink.push(Diagnostic::error(BAD_TABLE, title, row.span).help(
                "in een bestand is een datum jjjj-mm-dd; een getal is geheel, zonder punten",
            ));
        }
    }
}

pub(crate) type Row = Spanned<Vec<String>>;

/// Rows written in the block.
fn own_rows(block: &Block, columns: usize, sink: &mut Sink) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in &block.lines {
        let Clause::Row(cells) = &line.clause else { continue };
        if cells.len() == columns {
            let value = cells.iter().map(|cell| cell.value.canonical()).collect();
            rows.push(Spanned { value, span: line.span });
        } else {
            let title = format!("deze rij heeft {} cellen, niet {columns}", cells.len());
            sink.error(BAD_TABLE, title, line.span);
        }
    }
    rows
}

/// Rows of the file that the block names, if it names one.
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
    let here = sources.path(block.id.span.source);
    let path = match here.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{}", file.value),
        None => file.value.clone(),
    };
    let Some((id, source)) = sources.iter().find(|(_, source)| source.path == path) else {
        let known = sources.iter().map(|(_, source)| source.path.as_str());
        let known =
            known.filter_map(|path| path.rsplit('/').next()).filter(|n| n.ends_with(".csv"));
        sink.unknown(BAD_TABLE, "bestand", file, known);
        return None;
    };
    Some(csv_rows(id, &source.text, columns, sink))
}

fn csv_rows(id: SourceId, text: &str, columns: &[&str], sink: &mut Sink) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    if headers.iter().ne(columns.iter().copied()) {
        let title = format!("de eerste regel moet zijn: {}", columns.join(","));
        sink.error(BAD_TABLE, title, line_at(id, text, 0));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else {
            sink.error(BAD_TABLE, "deze regel is niet te lezen", line_at(id, text, 0));
            continue;
        };
        let at = record.position().map_or(0, csv::Position::byte);
        let span = line_at(id, text, usize::try_from(at).unwrap_or(0));
        if record.iter().any(|cell| cell.contains('\n')) {
            sink.push(
                Diagnostic::error(BAD_TABLE, "een cel loopt door op de volgende regel", span).help(
                    "sluit het aanhalingsteken, of schrijf er twee waar er een hoort te staan",
                ),
            );
            continue;
        }
        if record.len() == columns.len() {
            let value = record.iter().map(|cell| cell.trim().to_owned()).collect();
            rows.push(Spanned { value, span });
        } else {
            let title = format!("deze rij heeft {} cellen, niet {}", record.len(), columns.len());
            sink.error(BAD_TABLE, title, span);
        }
    }
    rows
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

/// The key columns exist, and tell each row from the others.
fn check_key(key: &[Word], table: &Table, rows: &[Row], sink: &mut Sink) {
    let mut at = Vec::new();
    for column in key {
        match table.columns.iter().position(|known| *known == column.value) {
            Some(index) => at.push(index),
            None => {
                let known = table.columns.iter().map(String::as_str);
                return sink.unknown(UNKNOWN_LIST, "kolom", column, known);
            }
        }
    }
    let mut seen: BTreeSet<Vec<&String>> = BTreeSet::new();
    for row in rows {
        let cells: Vec<_> = at.iter().filter_map(|index| row.value.get(*index)).collect();
        let shown = cells.iter().map(|cell| cell.as_str()).collect::<Vec<_>>().join(", ");
        if !seen.insert(cells) {
            sink.error(BAD_TABLE, format!("sleutel `{shown}` staat er al"), row.span);
        }
    }
}

/// What a `controle:` says: `32 rijen`.
fn control(line: &Line) -> Option<String> {
    let Clause::Control(number, control) = &line.clause else { return None };
    let number = number.value;
    Some(match control {
        Control::Rows => format!("{number} rijen"),
        Control::Distinct(column) => format!("{number} verschillende {}", column.value),
        Control::With(column, value) => {
            format!("{number} keer {} = \"{}\"", column.value, value.value.canonical())
        }
    })
}

/// `controle: 32 rijen`
fn check_control(line: &Line, table: &Table, sink: &mut Sink) {
    let Clause::Control(wanted, control) = &line.clause else { return };
    let cells = |column: &Word, sink: &mut Sink| {
        let at = table.columns.iter().position(|known| *known == column.value);
        if at.is_none() {
            let known = table.columns.iter().map(String::as_str);
            sink.unknown(UNKNOWN_LIST, "kolom", column, known);
        }
        Some(table.rows.iter().filter_map(|row| row.get(at?)).collect::<Vec<_>>())
    };
    let found = match control {
        Control::Rows => Some(table.rows.len()),
        Control::Distinct(column) => cells(column, sink).map(|cells| {
            let filled = cells.into_iter().filter(|cell| !cell.is_empty());
            filled.collect::<BTreeSet<_>>().len()
        }),
        Control::With(column, value) => cells(column, sink).map(|cells| {
            let value = value.value.canonical();
            cells.into_iter().filter(|cell| **cell == value).count()
        }),
    };
    if let Some(found) = found
        && u64::try_from(found) != Ok(wanted.value)
    {
        let title = format!("de tabel telt er {found}, niet {}", wanted.value);
        sink.push(
            Diagnostic::error(BAD_TABLE, title, line.span)
                .help("verbeter de rijen, of het getal als de bron is veranderd"),
        );
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{Source, Sources};

    const HOME: &str = "standaard s \"S\"\n  bron: verzonnen\n\n\
        release 1.0 \"S 1.0\"\n  bron: verzonnen\n  geldig: vanaf 01-01-2020\n\
        \x20 naamruimte: \"urn:s\"\n  basis: \"urn:b\"\n  kop: Kop.Versie 1\n  code: Kop.Code\n\n\
        codelijst Kleur \"Kleur\"\n  bron: verzonnen\n  bestand: \"kleur.csv\"\n";

    /// What is said of a code list with these rows: codes and the lines they stand at.
    fn told(csv: &str) -> Vec<String> {
        let source =
            |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let files = vec![source("a.regels", HOME), source("kleur.csv", csv)];
        let sources = Sources::new("", files);
        let mut parsed = Vec::new();
        for (id, source) in sources.iter().filter(|(_, one)| one.path.ends_with(".regels")) {
            parsed.push((source.path.clone(), regelwerk_syntax::parse(id, &source.text).file));
        }
        let (_, found) = crate::analyze(&parsed, &sources);
        let at = |one: &regelwerk_diag::Diagnostic| sources.position(one.label.span).line;
        found.iter().map(|one| format!("{} {}", one.code.0, at(one))).collect()
    }

    #[test]
    fn rows_of_a_file_are_whole() {
        assert_eq!(told("code,betekenis\nR,Rood\nG,\"Groen, fel\"\n"), [""; 0]);
        assert_eq!(told("code,betekenis\nR,\"Rood\nG,Groen\"\nB,Blauw\n"), ["RW315 2"]);
        assert_eq!(told("code,betekenis\nR,\n"), ["RW315 2"]);
        assert_eq!(told("code,betekenis\nR,Rood\nR,Roze\n"), ["RW202 3"]);
        assert_eq!(told("code;betekenis\nR;Rood\n"), ["RW315 1"]);
        assert_eq!(told("code,betekenis\nR,Rood,fel\n"), ["RW315 2"]);
    }
}
