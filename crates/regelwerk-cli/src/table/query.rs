//! Which rows are asked for, and which there are.

use std::collections::BTreeSet;

use regelwerk::Lang;
use regelwerk_compiler::model::Table;
use regelwerk_compiler::model::core::Kind;

use super::{Found, OPTIONS};
use crate::tone::Tone;
use crate::{catalogue, day};

/// More values of a column than this are not listed.
const LISTED: usize = 20;

/// A column with the values that a row may have in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    column: String,
    values: Vec<String>,
}

/// What `--KOLOM WAARDE` asks of tables. Values for one column are alternatives; every column must
/// hold.
///
/// # Errors
///
/// When it cannot be read, or a table has no such column: what to say then.
pub(super) fn conditions(
    written: &[String],
    tables: &[Found<'_>],
    tone: Tone,
) -> Result<Vec<Wanted>, String> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for (name, value) in pairs(written, tone)? {
        let mut column = name.clone();
        for found in tables {
            column = resolve(&name, found.table, tone)?;
        }
        match wanted.iter_mut().find(|one| one.column == column) {
            Some(one) => one.values.push(value),
            None => wanted.push(Wanted { column, values: vec![value] }),
        }
    }
    Ok(wanted)
}

/// Columns as they were typed, with their values.
fn pairs(written: &[String], tone: Tone) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    let mut written = written.iter();
    while let Some(arg) = written.next() {
        let Some(named) = arg.strip_prefix("--").filter(|named| !named.is_empty()) else {
            let told = tone.say("hier hoort --KOLOM WAARDE, niet", "expected --COLUMN VALUE, not");
            return Err(format!("{told} {arg}"));
        };
        let pair = match named.split_once('=') {
            Some((name, value)) => Some((name, value)),
            None => written.as_slice().first().filter(|next| !next.starts_with("--")).map(|next| {
                written.next();
                (named, next.as_str())
            }),
        };
        let Some((name, value)) = pair else {
            return Err(match tone.lang {
                Lang::Nl => format!("bij --{named} hoort een waarde"),
                Lang::En => format!("--{named} needs a value"),
            });
        };
        pairs.push((name.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

/// The column that is meant, whatever its case and with either kind of dash.
fn resolve(asked: &str, table: &Table, tone: Tone) -> Result<String, String> {
    let same = |name: &str| name.to_lowercase().replace('-', "_");
    let found = table.columns.iter().find(|column| same(column) == same(asked));
    found.cloned().ok_or_else(|| {
        let columns: Vec<_> = table.columns.iter().map(String::as_str).collect();
        let what = tone.say("onbekende kolom", "unknown column");
        let told = catalogue::unknown(what, asked, &columns, &columns.join(", "), tone);
        // It may have been meant as an option.
        let options = OPTIONS.iter().map(|(option, _)| *option);
        let near = catalogue::near(asked, columns.iter().copied().chain(options));
        match near.filter(|near| !columns.contains(near)) {
            None => format!("{}: {told}", table.name),
            Some(option) => format!("{}: {told}; {} --{option}", table.name, tone.say("of", "or")),
        }
    })
}

/// The rows that are asked for, in the order of the table.
pub(super) fn rows<'t>(table: &'t Table, wanted: &[Wanted]) -> Vec<&'t [String]> {
    let tests: Vec<_> = wanted.iter().map(|one| Test::new(table, one)).collect();
    let rows = table.rows.iter().map(Vec::as_slice);
    rows.filter(|row| tests.iter().all(|test| test.holds(row))).collect()
}

/// What a row must have in one column.
struct Test {
    at: Option<usize>,
    exact: Vec<String>,
    /// Values that no cell has as they were typed, without case and accents.
    loose: Vec<String>,
}

impl Test {
    fn new(table: &Table, wanted: &Wanted) -> Self {
        let at = table.columns.iter().position(|column| *column == wanted.column);
        let kind = at.and_then(|at| table.kinds.get(at)).copied().unwrap_or(Kind::Text);
        let is_there = |value: &String| cells(table, at).any(|cell| cell == value);
        let values = wanted.values.iter().map(|value| written(value, kind));
        let (exact, loose): (Vec<_>, Vec<_>) = values.partition(is_there);
        Self { at, exact, loose: loose.iter().map(|value| folded(value)).collect() }
    }

    fn holds(&self, row: &[String]) -> bool {
        let Some(cell) = self.at.and_then(|at| row.get(at)) else { return false };
        self.exact.contains(cell) || (!self.loose.is_empty() && self.loose.contains(&folded(cell)))
    }
}

fn cells(table: &Table, at: Option<usize>) -> impl Iterator<Item = &String> {
    table.rows.iter().filter_map(move |row| row.get(at?))
}

/// A value as a table has it: a day may be typed either way.
fn written(value: &str, kind: Kind) -> String {
    let value = value.trim();
    let day = Some(value).filter(|_| kind == Kind::Date).and_then(day::in_file);
    day.map_or_else(|| value.to_owned(), |day| day.to_string())
}

/// A text without case and without accents.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(bare).collect()
}

/// A letter without its accent.
fn bare(letter: char) -> char {
    const ACCENTED: [(char, &str); 7] = [
        ('a', "àáâãäå"),
        ('c', "ç"),
        ('e', "èéêë"),
        ('i', "ìíîï"),
        ('n', "ñ"),
        ('o', "òóôõöø"),
        ('u', "ùúûü"),
    ];
    let found = ACCENTED.iter().find(|(_, accented)| accented.contains(letter));
    found.map_or(letter, |(bare, _)| *bare)
}

/// What is told when no row is as asked, or when of more values for a column there is none with one.
pub(super) fn lacking(
    tables: &[Found<'_>],
    rows: &[Vec<&[String]>],
    wanted: &[Wanted],
    tone: Tone,
) -> Vec<String> {
    if wanted.is_empty() {
        return Vec::new();
    }
    if rows.iter().all(Vec::is_empty) {
        return tables.iter().map(|one| nothing(one.table, wanted, tone)).collect();
    }
    let each = wanted.iter().flat_map(|one| {
        let column = &one.column;
        one.values
            .iter()
            .map(move |value| [Wanted { column: column.clone(), values: vec![value.clone()] }])
    });
    let is_absent =
        |one: &[Wanted; 1]| tables.iter().all(|found| self::rows(found.table, one).is_empty());
    let absent: Vec<_> = each.filter(is_absent).collect();
    let told = |one: &[Wanted; 1]| tables.first().map(|found| nothing(found.table, one, tone));
    absent.iter().filter_map(told).collect()
}

/// That no row is as asked, and what may have been meant.
fn nothing(table: &Table, wanted: &[Wanted], tone: Tone) -> String {
    let asked = wanted.iter().map(|one| format!("{} {}", one.column, one.values.join(", ")));
    let asked: Vec<_> = asked.collect();
    let none = tone.say("geen rij met", "no row with");
    let told = format!("{}: {none} {}", table.name, asked.join(", "));
    if table.rows.is_empty() {
        let why = tone.say("de tabel heeft hier geen rijen", "the table has no rows here");
        let why = match &table.supplied_as {
            None => why.to_owned(),
            Some(file) => format!(
                "{why}; {} {file}",
                tone.say("wie toetst, levert ze aan als", "whoever judges supplies them as")
            ),
        };
        return format!("{told}; {why}");
    }
    let hints: Vec<_> = wanted.iter().filter_map(|one| hint(table, one, tone)).collect();
    match hints.as_slice() {
        [] => {
            format!("{told}; {}", tone.say("elk apart komt wel voor", "each does occur by itself"))
        }
        hints => format!("{told}; {}", hints.join("; ")),
    }
}

/// For a value that a column does not have: the one that is most like it, and all if they are few.
fn hint(table: &Table, wanted: &Wanted, tone: Tone) -> Option<String> {
    if !rows(table, std::slice::from_ref(wanted)).is_empty() {
        return None;
    }
    let at = table.columns.iter().position(|column| *column == wanted.column);
    let known: BTreeSet<_> =
        cells(table, at).map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let asked = wanted.values.first()?;
    // Without accents the nearest is nearer.
    let plain: Vec<_> = known.iter().map(|cell| folded(cell)).collect();
    let near = catalogue::near(&folded(asked), plain.iter().map(String::as_str));
    let near = near.and_then(|near| known.iter().find(|cell| folded(cell) == near));
    let meant = near.map(|near| format!("{} {near}?", tone.say("bedoelt u", "did you mean")));
    if known.len() > LISTED {
        let none = tone.say("die waarde komt niet voor", "there is no such value");
        return Some(meant.unwrap_or_else(|| none.to_owned()));
    }
    let all: Vec<_> = known.iter().copied().collect();
    let all = format!("{}: {}", tone.say("bekend", "known"), all.join(", "));
    Some(meant.map_or_else(|| all.clone(), |meant| format!("{meant} ({all})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(folded("Súdwest-Fryslân"), folded("SUDWEST-FRYSLAN"));
        assert_ne!(folded("04"), folded("4"));
    }

    #[test]
    fn a_day_may_be_typed_either_way_where_a_day_is_meant() {
        assert_eq!(written("1-4-2026", Kind::Date), "2026-04-01");
        assert_eq!(written("01-04-2026", Kind::Text), "01-04-2026");
    }
}
