//! Tables and rows, for people and for programs.

use std::io::{self, Write};

use regelwerk::Lang;
use regelwerk::standard::Text;
use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::Table;
use regelwerk_compiler::model::core::Kind;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Found;
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{FAINT, HEAD, Tone};

/// Rows of a table that are shown with what it is.
const FIRST: usize = 5;
/// Columns between two cells.
const GAP: usize = 2;

/// One row and more.
const ROWS: (Text, Text) = (Text { nl: "rij", en: "row" }, Text { nl: "rijen", en: "rows" });

/// Each table in a line.
pub(super) fn list(tables: &[Found<'_>], tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    if tables.is_empty() {
        return writeln!(out, "{}", tone.say("er is geen tabel", "there is no table"));
    }
    let cells = tables.iter().map(|one| {
        let Table { name, title, rows, .. } = one.table;
        [name.clone(), one.home.to_owned(), rows.len().to_string(), title.clone()]
    });
    let heads = [
        tone.say("tabel", "table"),
        tone.say("van", "of"),
        ROWS.1.get(tone.lang),
        tone.say("wat", "what"),
    ];
    grid(&heads, &cells.map(Vec::from).collect::<Vec<_>>(), tone, out)
}

/// What each table is, with its first rows.
pub(super) fn heads(
    tables: &[Found<'_>],
    sources: &Sources,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (number, one) in tables.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        head(*one, sources, tone, out)?;
        let first: Vec<_> = one.table.rows.iter().take(FIRST).map(Vec::as_slice).collect();
        if !first.is_empty() {
            let title = match (first.len() == one.table.rows.len(), tone.lang) {
                (true, Lang::Nl) => "Alle rijen".to_owned(),
                (true, Lang::En) => "All rows".to_owned(),
                (false, Lang::Nl) => format!("De eerste {} rijen", first.len()),
                (false, Lang::En) => format!("The first {} rows", first.len()),
            };
            writeln!(out, "\n{}\n", tone.paint(HEAD, &title))?;
            layout(one.table, &first, tone, out)?;
        }
    }
    Ok(())
}

fn head(found: Found<'_>, sources: &Sources, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let Found { home, home_title, is_of_protocol, table } = found;
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, &table.name), plain(&table.title))?;
    let home_kind = if is_of_protocol { "protocol" } else { say("standaard", "standard") };
    tone.row(out, home_kind, &format!("{home}: {home_title}"))?;
    tone.row(out, say("bron", "source"), &table.source)?;
    if let Some(day) = day(table, tone) {
        tone.row(out, say("peildatum", "as of"), &day)?;
    }
    let columns = table.columns.iter().zip(&table.kinds);
    let columns: Vec<_> = columns.map(|(column, kind)| named(column, *kind, tone)).collect();
    tone.row(out, say("kolommen", "columns"), &columns.join(", "))?;
    tone.row(out, say("sleutel", "key"), &key_columns(table).join(", "))?;
    if let Some([from, until]) = &table.valid {
        tone.row(out, say("geldig", "valid"), &format!("{from} t/m {until}"))?;
    }
    if let Some(file) = &table.supplied_as {
        let what = say("rijen uit dit bestand gaan voor: ", "rows of this file go before: ");
        tone.row(out, say("aanlevering", "supplied as"), &format!("{what}{file}"))?;
    }
    tone.row(out, ROWS.1.get(tone.lang), &table.rows.len().to_string())?;
    tone.rows(out, say("controle", "check"), &table.controls)?;
    let line = sources.position(table.span).line;
    let at = format!("{}:{line}", sources.shown(table.span.source));
    tone.row(out, say("staat in", "written in"), &at)
}

/// The columns that tell the rows of a table apart.
fn key_columns(table: &Table) -> Vec<&str> {
    table.key.iter().filter_map(|at| table.columns.get(*at)).map(String::as_str).collect()
}

fn day(table: &Table, tone: Tone) -> Option<String> {
    let form = match tone.lang {
        Lang::Nl => "%d-%m-%Y",
        Lang::En => "%Y-%m-%d",
    };
    table.as_of.map(|day| day.format(form).to_string())
}

/// A column with its kind, where that is not text.
fn named(column: &str, kind: Kind, tone: Tone) -> String {
    let kind = match kind {
        Kind::Text => return column.to_owned(),
        Kind::Number => tone.say("getal", "number"),
        Kind::Date => tone.say("datum", "date"),
        Kind::Time => tone.say("tijd", "time"),
    };
    format!("{column} ({kind})")
}

/// The rows that were asked for, of each table that has some.
pub(super) fn rows(
    tables: &[Found<'_>],
    rows: &[Vec<&[String]>],
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (one, rows) in tables.iter().zip(rows).filter(|(_, rows)| !rows.is_empty()) {
        let Table { name, title, .. } = one.table;
        writeln!(out, "{}  {}", tone.paint(HEAD, name), plain(title))?;
        let as_of = day(one.table, tone);
        let as_of = as_of.map(|day| format!(", {} {day}", tone.say("peildatum", "as of")));
        writeln!(out, "  {}{}\n", one.home, as_of.unwrap_or_default())?;
        layout(one.table, rows, tone, out)?;
        writeln!(out, "\n{}", tone.count(rows.len(), ROWS.0, ROWS.1))?;
    }
    Ok(())
}

/// Rows below each other where they fit, and otherwise each row as a list of its cells.
fn layout(table: &Table, rows: &[&[String]], tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let heads: Vec<_> = table.columns.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
    let width: usize = widths(&heads, &rows).iter().map(|width| width + GAP).sum();
    if rows.len() > 1 && width <= WIDTH {
        return grid(&heads, &rows, tone, out);
    }
    let label = heads.iter().map(|head| head.chars().count()).max().unwrap_or_default() + GAP;
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        for (head, cell) in heads.iter().zip(row) {
            let mut head = tone.paint(FAINT, &format!("{head:label$}"));
            for line in wrap(&plain(cell), WIDTH - label - GAP) {
                writeln!(out, "{}", format!("  {head}{line}").trim_end())?;
                head = " ".repeat(label);
            }
        }
    }
    Ok(())
}

/// How wide each column is.
fn widths(heads: &[&str], rows: &[Vec<String>]) -> Vec<usize> {
    let cell = |row: &Vec<String>, at: usize| row.get(at).map_or(0, |cell| cell.chars().count());
    let heads = heads.iter().enumerate();
    let width = |(at, head): (usize, &&str)| {
        let longest = rows.iter().map(|row| cell(row, at)).max().unwrap_or_default();
        longest.max(head.chars().count())
    };
    heads.map(width).collect()
}

fn grid(heads: &[&str], rows: &[Vec<String>], tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let widths = widths(heads, rows);
    let line = |cells: &[&str]| {
        let cells = cells.iter().zip(&widths);
        let cells: String =
            cells.map(|(cell, width)| format!("  {:width$}", plain(cell))).collect();
        cells.trim_end().to_owned()
    };
    writeln!(out, "{}", tone.paint(FAINT, &line(heads)))?;
    for row in rows {
        let cells: Vec<_> = row.iter().map(String::as_str).collect();
        writeln!(out, "{}", line(&cells))?;
    }
    Ok(())
}

/// The rows as CSV, of one table.
pub(super) fn csv(
    tables: &[Found<'_>],
    rows: &[Vec<&[String]>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for (one, rows) in tables.iter().zip(rows) {
        writer.write_record(&one.table.columns)?;
        for row in rows {
            writer.write_record(*row)?;
        }
    }
    writer.flush()
}

/// Tables with their rows as JSON.
pub(super) fn json(
    tables: &[Found<'_>],
    rows: &[Vec<&[String]>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let shown = tables.iter().zip(rows).map(|(one, rows)| shown(*one, rows));
    serde_json::to_writer_pretty(&mut *out, &shown.collect::<Vec<_>>())?;
    writeln!(out)
}

#[derive(Serialize)]
struct Shown<'m> {
    table: &'m str,
    title: &'m str,
    /// The standard or the protocol that has it.
    of: &'m str,
    source: &'m str,
    as_of: Option<String>,
    columns: Vec<ShownColumn<'m>>,
    key: Vec<&'m str>,
    valid: Option<&'m [String; 2]>,
    supplied_as: Option<&'m str>,
    checks: &'m [String],
    rows: Vec<ShownRow<'m>>,
}

#[derive(Serialize)]
struct ShownColumn<'m> {
    name: &'m str,
    kind: &'static str,
}

fn shown<'m>(found: Found<'m>, rows: &[&'m [String]]) -> Shown<'m> {
    let table = found.table;
    let column = |(name, kind): (&'m String, &Kind)| ShownColumn { name, kind: key(*kind) };
    Shown {
        table: &table.name,
        title: &table.title,
        of: found.home,
        source: &table.source,
        as_of: table.as_of.map(|day| day.to_string()),
        columns: table.columns.iter().zip(&table.kinds).map(column).collect(),
        key: key_columns(table),
        valid: table.valid.as_ref(),
        supplied_as: table.supplied_as.as_deref(),
        checks: &table.controls,
        rows: rows.iter().map(|cells| ShownRow { table, cells }).collect(),
    }
}

fn key(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Time => "time",
    }
}

/// A row as an object, with its columns in their order; an empty cell is null.
struct ShownRow<'m> {
    table: &'m Table,
    cells: &'m [String],
}

impl Serialize for ShownRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        let columns = self.table.columns.iter().zip(&self.table.kinds);
        for ((column, kind), cell) in columns.zip(self.cells) {
            match (kind, cell.parse::<i64>()) {
                _ if cell.is_empty() => map.serialize_entry(column, &None::<&str>)?,
                (Kind::Number, Ok(number)) => map.serialize_entry(column, &number)?,
                _ => map.serialize_entry(column, cell)?,
            }
        }
        map.end()
    }
}
