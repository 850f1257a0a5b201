//! Tables and facts that someone brings from outside.

mod whole;

use std::fmt;

use crate::lang::Lang;
use crate::position::narrow;
use crate::quote::quote;
use crate::standard::{Base, FactDef, Source, SourceKind};
use crate::value::{Date, parse_date, parse_integer, parse_time, trim};

use super::Dossier;
use super::ledger::Ledger;
use super::shelf::{RowId, Stored, UNIT, cell};

/// Why what someone brings cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSupply {
    /// What is wrong.
    pub kind: BadSupplyKind,
    /// The line at fault, from 1; that of the header is 1. None where it is about the whole.
    pub line: Option<usize>,
    /// The column at fault, from 1.
    pub column: Option<usize>,
}

/// What is wrong with what someone brings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadSupplyKind {
    /// The standard knows no such table that may be supplied.
    UnknownTable {
        /// The name that was given.
        name: String,
        /// The tables that may be supplied.
        known: Vec<&'static str>,
    },
    /// The standard knows no such fact or question.
    UnknownFact {
        /// The name that was given.
        name: String,
        /// The facts and questions there are.
        known: Vec<&'static str>,
    },
    /// The header lacks a column.
    NoColumn {
        /// Its name.
        column: &'static str,
    },
    /// A row has more or fewer values than the header has columns.
    BadWidth {
        /// How many the header has.
        expected: usize,
        /// How many the row has.
        found: usize,
    },
    /// A value is not of the kind of its column.
    BadValue {
        /// The name of the column.
        column: &'static str,
        /// The value, at most 100 characters of it.
        value: String,
        /// The kind.
        expected: Base,
    },
    /// A row has the same key as an earlier one.
    SameKey {
        /// The columns that tell rows apart.
        columns: Vec<&'static str>,
        /// The line of the earlier row; that of the header is 1.
        first: usize,
    },
    /// The last day of a row comes before its first.
    EndsBeforeBegin {
        /// The columns with the first and the last day.
        columns: [&'static str; 2],
    },
    /// A value has a character that no message can have.
    BadCharacter,
    /// A fact says not of what it is told.
    NoKey,
    /// That cannot be told of a fact, or answered to a question.
    NoSuchValue {
        /// The name of the fact or the question.
        name: &'static str,
        /// What was told, at most 100 characters of it.
        value: String,
        /// What can be.
        known: &'static [&'static str],
    },
}

impl BadSupplyKind {
    fn nowhere(self) -> BadSupply {
        BadSupply { kind: self, line: None, column: None }
    }
}

impl BadSupply {
    /// What is wrong, as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let what = self.kind.text(lang);
        let (line, column) = (self.line, self.column);
        match (line, column) {
            (Some(line), Some(column)) => lang.pick(
                format!("Regel {line}, kolom {column}: {what}"),
                format!("Line {line}, column {column}: {what}"),
            ),
            (Some(line), None) => {
                lang.pick(format!("Regel {line}: {what}"), format!("Line {line}: {what}"))
            }
            (None, _) => what,
        }
    }

    /// The same without what was given and is at fault.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        match &mut self.kind {
            BadSupplyKind::BadValue { value: given, .. }
            | BadSupplyKind::NoSuchValue { value: given, .. }
            | BadSupplyKind::UnknownFact { name: given, .. }
            | BadSupplyKind::UnknownTable { name: given, .. } => "…".clone_into(given),
            BadSupplyKind::NoColumn { .. }
            | BadSupplyKind::BadWidth { .. }
            | BadSupplyKind::SameKey { .. }
            | BadSupplyKind::EndsBeforeBegin { .. }
            | BadSupplyKind::BadCharacter
            | BadSupplyKind::NoKey => {}
        }
        self
    }
}

/// In Dutch.
impl fmt::Display for BadSupply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text(Lang::Nl).fmt(f)
    }
}

impl std::error::Error for BadSupply {}

impl BadSupplyKind {
    fn text(&self, lang: Lang) -> String {
        match self {
            Self::UnknownTable { name, known } => {
                let known = listed(known, lang);
                lang.pick(
                    format!("tabel {name} kan niet worden aangeleverd; wel: {known}."),
                    format!("table {name} cannot be supplied; these can: {known}."),
                )
            }
            Self::UnknownFact { name, known } => {
                let known = listed(known, lang);
                lang.pick(
                    format!("feit of vraag {name} is niet bekend; wel: {known}."),
                    format!("fact or question {name} is not known; these are: {known}."),
                )
            }
            Self::NoColumn { column } => lang.pick(
                format!("kolom {column} ontbreekt; zet haar in de eerste regel."),
                format!("column {column} is missing; put it in the first line."),
            ),
            Self::BadWidth { expected, found } => lang.pick(
                format!("{found} waarden bij {expected} kolommen; geef elke kolom een waarde of laat haar leeg."),
                format!("{found} values for {expected} columns; give each column a value or leave it empty."),
            ),
            Self::BadValue { column, value, expected } => {
                let (nl, en) = kind(*expected);
                lang.pick(
                    format!("{column} is \"{value}\"; verwacht {nl}."),
                    format!("{column} is \"{value}\"; expected {en}."),
                )
            }
            Self::SameKey { columns, first } => {
                let columns = columns.join(", ");
                lang.pick(
                    format!("{columns}: hier staat hetzelfde als op regel {first}; haal een van beide weg, of verbeter er een."),
                    format!("{columns}: the same is here as on line {first}; take one of them away, or mend one."),
                )
            }
            Self::EndsBeforeBegin { columns: [from, until] } => lang.pick(
                format!("{until} ligt voor {from}; verbeter een van beide."),
                format!("{until} comes before {from}; mend one of them."),
            ),
            Self::BadCharacter => lang
                .pick("een waarde heeft een stuurteken; haal het weg.", "a value has a control character; remove it.")
                .to_owned(),
            Self::NoSuchValue { name, value, known } => {
                let known = known.join(", ");
                lang.pick(
                    format!("{name} is \"{value}\"; verwacht een van: {known}."),
                    format!("{name} is \"{value}\"; expected one of: {known}."),
                )
            }
            Self::NoKey => lang
                .pick("de sleutel is leeg; zeg waarover het feit gaat.", "the key is empty; say what the fact is about.")
                .to_owned(),
        }
    }
}

fn listed(names: &[&str], lang: Lang) -> String {
    if names.is_empty() { lang.pick("geen", "none").to_owned() } else { names.join(", ") }
}

fn kind(base: Base) -> (&'static str, &'static str) {
    match base {
        Base::Text => ("een tekst", "a text"),
        Base::Integer => ("een geheel getal", "a whole number"),
        Base::Date => {
            ("een datum, zoals 2026-04-01 of 01-04-2026", "a date, like 2026-04-01 or 01-04-2026")
        }
        Base::Time => ("een tijd, zoals 12:30:00", "a time, like 12:30:00"),
    }
}

impl Dossier {
    /// Supplies a table: its rows replace those it had. The header names the columns, in any order;
    /// columns that the table does not have are passed over. Gives how many rows there are.
    ///
    /// # Errors
    ///
    /// When there is no such table to supply, a column is missing, a value is not of its kind, two
    /// rows have the same key, or a row ends before it begins. The table then stays what it was.
    pub fn supply<R: AsRef<[String]>>(
        &mut self,
        table: &str,
        header: &[String],
        rows: impl IntoIterator<Item = R>,
    ) -> Result<usize, BadSupply> {
        let (number, source) = self.ledger.table(table)?;
        let columns =
            self.ledger.def().sources.get(usize::from(source)).map_or(&[][..], |it| it.columns);
        let places = columns.iter().map(|column| {
            let at = header.iter().position(|name| trim(name) == column.name);
            at.map(|at| (at, column.name, column.base)).ok_or(BadSupply {
                kind: BadSupplyKind::NoColumn { column: column.name },
                line: Some(1),
                column: None,
            })
        });
        let places = places.collect::<Result<Vec<_>, _>>()?;
        let mut cells = Vec::new();
        for (line, row) in (2..).zip(rows) {
            cells.push(row_cells(row.as_ref(), header.len(), &places, line)?);
        }
        if let Some(def) = self.ledger.def().tables.get(usize::from(number)) {
            whole::check(&cells, def, columns)?;
        }
        self.ledger.clear(source);
        for row in &cells {
            self.ledger.put_outside(source, row);
        }
        if let Some(supplied) = self.ledger.supplied.get_mut(usize::from(number)) {
            *supplied = true;
        }
        Ok(cells.len())
    }

    /// States a fact, or answers a question: on a day, about what the key names. An answer holds
    /// for what was sent from its day on, until the next, and the first of them for what was sent
    /// before it too. Of two answers of one day the last counts.
    ///
    /// # Errors
    ///
    /// When there is no such fact, it says not about what, or it is none of the values that there
    /// are.
    pub fn state_fact(
        &mut self,
        name: &str,
        on: Date,
        key: &str,
        value: &str,
    ) -> Result<(), BadSupply> {
        let (fact, source) = self.ledger.fact(name)?;
        let (key, value) = (trim(key), trim(value));
        if key.is_empty() {
            return Err(BadSupplyKind::NoKey.nowhere());
        }
        let written = on.to_string();
        let values = [written.trim_start_matches('+'), key, value];
        if values.iter().any(|value| value.contains(char::is_control)) {
            return Err(BadSupplyKind::BadCharacter.nowhere());
        }
        if !fact.values.is_empty() && !fact.values.contains(&value) {
            let (name, value, known) = (fact.name, quote(value), fact.values);
            return Err(BadSupplyKind::NoSuchValue { name, value, known }.nowhere());
        }
        if fact.is_question {
            self.ledger.replace_answer(source, key, on);
        }
        self.ledger.put_outside(source, &values.join("\u{1f}"));
        Ok(())
    }
}

/// The cells of a supplied row, in the order of the table.
fn row_cells(
    row: &[String],
    width: usize,
    places: &[(usize, &'static str, Base)],
    line: usize,
) -> Result<String, BadSupply> {
    let found = row.len();
    let bad = |kind, column| BadSupply { kind, line: Some(line), column };
    if found != width {
        return Err(bad(BadSupplyKind::BadWidth { expected: width, found }, None));
    }
    let mut cells = String::new();
    for (number, &(at, column, base)) in places.iter().enumerate() {
        let value = trim(row.get(at).map_or("", String::as_str));
        let text = normal(value, base).ok_or_else(|| {
            let kind = BadSupplyKind::BadValue { column, value: quote(value), expected: base };
            bad(kind, Some(at + 1))
        })?;
        if text.contains(char::is_control) {
            return Err(bad(BadSupplyKind::BadCharacter, Some(at + 1)));
        }
        if number > 0 {
            cells.push(UNIT);
        }
        cells.push_str(&text);
    }
    Ok(cells)
}

/// A value as it is kept: a date as in XML. None where it is not of its kind; an absent value is of
/// any kind.
fn normal(value: &str, base: Base) -> Option<String> {
    if value.is_empty() {
        return Some(String::new());
    }
    let is_right = match base {
        Base::Text => true,
        Base::Integer => parse_integer(value).is_some(),
        Base::Time => parse_time(value).is_some(),
        Base::Date => {
            let turned = || {
                let mut parts = value.splitn(3, '-');
                let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
                Some(format!("{year}-{month}-{day}"))
            };
            let text = if parse_date(value).is_some() { value.to_owned() } else { turned()? };
            return parse_date(&text).map(|_| text);
        }
    };
    is_right.then(|| value.to_owned())
}

impl Ledger {
    /// Whether someone supplied a table.
    pub(crate) fn is_supplied(&self, table: u16) -> bool {
        self.supplied.get(usize::from(table)).copied().unwrap_or_default()
    }

    fn source_of(&self, kind: SourceKind) -> Option<u16> {
        let at = self.def().sources.iter().position(|source| source.kind == kind)?;
        u16::try_from(at).ok()
    }

    /// The number of a table that may be supplied, and its source.
    fn table(&self, name: &str) -> Result<(u16, u16), BadSupply> {
        let tables = || (0..).zip(self.def().tables).filter(|(_, it)| it.supplied_as.is_some());
        let found = tables()
            .find(|(_, table)| table.name == name)
            .and_then(|(number, _)| Some((number, self.source_of(SourceKind::Table(number))?)));
        found.ok_or_else(|| {
            let known = tables().map(|(_, table)| table.name).collect();
            BadSupplyKind::UnknownTable { name: quote(name), known }.nowhere()
        })
    }

    fn fact(&self, name: &str) -> Result<(&'static FactDef, u16), BadSupply> {
        let facts = self.def().facts;
        let found = (0..).zip(facts).find(|(_, fact)| fact.name == name);
        let found = found
            .and_then(|(number, fact)| Some((fact, self.source_of(SourceKind::Fact(number))?)));
        found.ok_or_else(|| {
            let known = facts.iter().map(|fact| fact.name).collect();
            BadSupplyKind::UnknownFact { name: quote(name), known }.nowhere()
        })
    }

    /// Whether a source holds the answers to a question.
    pub(crate) fn is_question(&self, source: &Source) -> bool {
        let SourceKind::Fact(fact) = source.kind else { return false };
        self.def().facts.get(usize::from(fact)).is_some_and(|fact| fact.is_question)
    }

    /// Makes that the next row of a question is its answer about this from a day on, and the one of
    /// that day so far counts no more.
    fn replace_answer(&mut self, source: u16, about: &str, from: Date) {
        let shelf = self.shelves.get_mut(usize::from(source));
        let Some(shelf) = shelf else { return };
        let Some(at) = self.answers.put(source, about, from, narrow(shelf.len())) else { return };
        if let Some(row) = shelf.get_mut(at as usize) {
            row.void_by = 0;
        }
        self.lose(RowId { source, at });
    }

    /// Makes that a restored row that counts is an answer to its question; none where there is
    /// another of that day.
    pub(super) fn restore_answer(&mut self, source: u16, row: &Stored) -> Option<()> {
        let about = cell(&row.cells, FactDef::KEY)?;
        let from = parse_date(cell(&row.cells, FactDef::DATE)?)?;
        let at = narrow(self.shelves.get(usize::from(source))?.len());
        self.answers.put(source, about, from, at).is_none().then_some(())
    }

    /// What a row is of, for people: `JW301 van 01-04-2026 (bericht 3)`, `tabel contract`.
    pub(crate) fn name_row(&self, id: RowId) -> Option<String> {
        let source = self.def().sources.get(usize::from(id.source))?;
        Some(match source.kind {
            SourceKind::Message { message } => {
                let row = self.row(id)?;
                let sent = self.record(row.message)?.sent;
                let on = sent.map_or_else(String::new, |day| format!(" van {}", day.written()));
                format!("{message}{on} (bericht {})", super::number(row.message)?)
            }
            SourceKind::Table(_) => format!("tabel {}", source.name),
            SourceKind::Fact(fact) => {
                let is_question =
                    self.def().facts.get(usize::from(fact)).is_some_and(|fact| fact.is_question);
                format!("{} {}", if is_question { "vraag" } else { "feit" }, source.name)
            }
        })
    }
}
