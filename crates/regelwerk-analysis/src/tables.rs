//! Tables: rows written in the block or in a CSV file beside it, and what they must add up to.

mod file;
mod whole;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime};
use regelwerk_diag::{Diagnostic, Sources};
use regelwerk_model::Table;
use regelwerk_model::core::{Kind, Value};
use regelwerk_syntax::ast::{BaseKind, Block, BlockKind, Clause, Control, Line, Spanned, Word};

use crate::codes::{BAD_TABLE, DUPLICATE, UNKNOWN_LIST};
use crate::collect::{Declarations, has_invalid, required, single, sources as citations};
use crate::condition::kind_name;
use crate::sink::Sink;

pub(crate) use file::file_rows;

/// The tables of a home, in order of name.
pub(crate) fn tables(
    declarations: &Declarations<'_>,
    sources: &Sources,
    sink: &mut Sink,
) -> Vec<Table> {
    let mut tables = Vec::new();
    for block in declarations.of(BlockKind::Table) {
        match table(block, sources, sink) {
            Some(table) => tables.push(table),
            None => sink.lose(&block.id.value),
        }
    }
    tables
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
    let mut rows = own_rows(block, columns.len(), sink)?;
    rows.extend(file_rows(block, &names, sources, sink)?);
    check_columns(columns, sink)?;
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
    whole::check(key?, &table, &rows, sink);
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
            let help = "in een bestand is een datum jjjj-mm-dd; een getal is geheel, zonder punten";
            sink.fault(BAD_TABLE, title, row.span, help);
        }
    }
}

pub(crate) type Row = Spanned<Vec<String>>;

/// Rows written in the block; none when one is not whole.
pub(crate) fn own_rows(block: &Block, columns: usize, sink: &mut Sink) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    let mut is_whole = !has_invalid(block);
    for line in &block.lines {
        let Clause::Row(row) = &line.clause else { continue };
        if row.len() == columns {
            let value = row.iter().map(|cell| cell.value.canonical()).collect();
            rows.push(Spanned { value, span: line.span });
        } else {
            let title = format!("deze rij heeft {}, niet {columns}", cells(row.len()));
            let help = "elke kolom van `kolommen:` heeft een cel; een lege is `\"\"`";
            sink.fault(BAD_TABLE, title, line.span, help);
            is_whole = false;
        }
    }
    is_whole.then_some(rows)
}

/// `1 cel`, `3 cellen`
fn cells(count: usize) -> String {
    format!("{count} {}", if count == 1 { "cel" } else { "cellen" })
}

/// No column has the name of another.
fn check_columns(columns: &[(Word, BaseKind)], sink: &mut Sink) -> Option<()> {
    for (at, (column, _)) in columns.iter().enumerate() {
        let earlier = columns.iter().take(at).find(|(known, _)| known.value == column.value);
        if let Some((first, _)) = earlier {
            let title = format!("kolom `{}` staat er twee keer", column.value);
            sink.push(
                Diagnostic::error(DUPLICATE, title, column.span)
                    .related(first.span, "hier staat de eerste")
                    .help("geef elke kolom een eigen naam"),
            );
            return None;
        }
    }
    Some(())
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
        said(&Sources::new("", files))
    }

    fn said(sources: &Sources) -> Vec<String> {
        let mut parsed = Vec::new();
        for (id, source) in sources.iter().filter(|(_, one)| one.is_rules()) {
            parsed.push((source.path.clone(), regelwerk_syntax::parse(id, &source.text).file));
        }
        let (_, found) = crate::analyze(&parsed, sources);
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
    #[test]
    fn a_file_that_is_not_there_is_told_of_by_what_there_is() {
        let title = |written: &str, beside: &str| {
            let text = HOME.replace("kleur.csv", written);
            let files = vec![Source { path: "a/a.regels".to_owned(), text }];
            let sources = Sources::new("", files).beside(vec![beside.to_owned()]);
            let text = &sources.iter().next().unwrap().1.text;
            let parsed = regelwerk_syntax::parse(regelwerk_diag::SourceId(0), text).file;
            let (_, found) = crate::analyze(&[("a/a.regels".to_owned(), parsed)], &sources);
            found.into_iter().map(|one| one.title).collect::<Vec<_>>()
        };
        assert_eq!(title("kleur.csv", "kleur.csv"), ["bestand `kleur.csv` bestaat niet"]);
        assert_eq!(title("kleur.csv", "a/kleur.csv"), ["`kleur.csv` is geen gewoon bestand"]);
        assert_eq!(title("kleur.txt", ""), ["`kleur.txt` is geen csv-bestand"]);
        for outside in ["../kleur.csv", "/etc/kleur.csv"] {
            let told = format!("`{outside}` ligt niet bij dit regelbestand");
            assert_eq!(title(outside, ""), [told]);
        }
    }

    #[test]
    fn a_sign_that_nobody_sees_does_not_stand_in_a_row() {
        assert_eq!(told("code,betekenis\nR,Ro\u{0}od\n"), ["RW315 2"]);
        assert_eq!(told("code,betekenis\nR,Ro\tod\n"), [""; 0]);
    }
}
