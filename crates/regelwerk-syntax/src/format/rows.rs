//! The rows of one piece: their text and how far they are indented.

use super::cells::{Cell, Gap};
use super::print::{Columns, Place, STEP};
use super::tree::Piece;
use super::{squeezed, width};
use crate::Rule;
use crate::block::{DEEPEST, nests};
use crate::outline::Row;

/// The first row of a piece; with `until`, what precedes the column of that rule.
pub(super) fn head(piece: &Piece, place: Place, columns: &Columns, until: Option<Rule>) -> String {
    let text = piece.rows.first().map_or("", |row| row.content.value.as_str());
    let mut told = String::new();
    let mut done = 0;
    if let Some(keyword) = keyword(piece) {
        told = keyword.to_owned();
        done = keyword.len();
        let rest = text.get(done..).unwrap_or("");
        if !squeezed(rest).is_empty() {
            pad(&mut told, place.value, 1);
        }
    }
    for cell in piece.cells.iter().filter(|cell| is_column(piece, cell)) {
        told.push_str(&squeezed(text.get(done..cell.at).unwrap_or("")));
        done = cell.at;
        if until.is_some_and(|rule| cell.gap == Gap::Block(rule)) {
            return told;
        }
        let column = match cell.gap {
            Gap::Two => 0,
            Gap::Block(rule) => {
                columns.get(&rule).map_or(0, |column| column.saturating_sub(place.indent))
            }
            Gap::Run => place.run,
            Gap::Rows => place.met.saturating_sub(place.indent),
        };
        let least = if cell.gap == Gap::Rows { 1 } else { STEP };
        pad(&mut told, column, least);
    }
    told.push_str(&squeezed(text.get(done..).unwrap_or("")));
    told
}

/// A row that continues a clause.
pub(super) fn more(piece: &Piece, row: &Row, indent: usize, place: Place) -> String {
    let Some((before, after)) = at_met(piece, row) else { return squeezed(&row.content.value) };
    let mut told = squeezed(before);
    pad(&mut told, place.met.saturating_sub(indent), 1);
    told + &squeezed(after)
}

/// The column that the rows of a clause share.
pub(super) fn met(piece: &Piece, shift: &Shift) -> usize {
    let ends = piece.rows.iter().enumerate().filter_map(|(number, row)| {
        let (before, _) = at_met(piece, row)?;
        let keyword = keyword(piece).filter(|_| number == 0).unwrap_or("");
        let before = before.strip_prefix(keyword).unwrap_or(before);
        let indent = if number == 0 { shift.usual } else { shift.indent(row) };
        Some(indent + width(&squeezed(before)) + 1)
    });
    ends.max().unwrap_or(0)
}

/// A row before and from the column that it shares with the other rows of its clause; a second place
/// in one row has none.
fn at_met<'p>(piece: &Piece, row: &'p Row) -> Option<(&'p str, &'p str)> {
    let start = |row: &Row| row.content.span.start as usize;
    let before = start(row) - piece.rows.first().map_or(0, start);
    let first = piece.cells.partition_point(|cell| cell.at < before);
    let cell = piece.cells.get(first).filter(|cell| cell.gap == Gap::Rows)?;
    let parts = row.content.value.split_at_checked(cell.at - before)?;
    (!parts.0.contains(',') && !parts.1.is_empty()).then_some(parts)
}

/// Whether a column is one of the first row. Its rows share no more than one.
fn is_column(piece: &Piece, cell: &Cell) -> bool {
    let met = piece.rows.first().filter(|_| cell.gap == Gap::Rows).map(|row| at_met(piece, row));
    met.is_none_or(|met| met.is_some_and(|(before, _)| before.len() == cell.at))
}

/// The keyword of a clause that has its value in a column.
fn keyword(piece: &Piece) -> Option<&'static str> {
    piece.form.map(|form| form.keyword).filter(|word| word.ends_with(':'))
}

/// Fills up a text to a column, with so many blanks at the least.
fn pad(text: &mut String, column: usize, least: usize) {
    let blanks = column.saturating_sub(width(text)).max(least);
    text.extend(std::iter::repeat_n(' ', blanks));
}

/// How rows that continue a clause are indented.
pub(super) struct Shift {
    /// Where they begin.
    pub(super) usual: usize,
    /// Where they began.
    was: usize,
    /// Whether the author's own indentation from there on is kept, and at least how far it is then.
    kept: Option<usize>,
}

impl Shift {
    pub(super) fn of(piece: &Piece, place: Place) -> Self {
        let usual = match keyword(piece) {
            Some(word) => place.indent + place.value.max(width(word) + 1),
            None => place.indent + 2 * STEP,
        };
        let rows = piece.form.zip(piece.rows.split_first());
        let Some((form, (row, more))) = rows else { return Self { usual, was: 0, kept: None } };
        let value = row.content.value.strip_prefix(form.keyword).map_or("", str::trim_start);
        let was = row.indent + width(&row.content.value) - width(value);
        let has_value = keyword(piece).is_some() && !value.is_empty();
        let mut more = more.iter().filter(|row| !row.content.value.is_empty());
        if has_value && matches!(form.rule, Rule::clause_places | Rule::clause_carried) {
            return Self { usual, was, kept: Some(usual) };
        }
        let least = place.indent + STEP;
        match nests(form.rule) {
            true if has_value && more.all(|row| row.indent >= was) => {
                Self { usual, was, kept: Some(least) }
            }
            true => Self { usual: place.indent, was: row.indent, kept: Some(least) },
            false => Self { usual, was, kept: None },
        }
    }

    pub(super) fn indent(&self, row: &Row) -> usize {
        let kept = |least| (row.indent + self.usual).saturating_sub(self.was).max(least);
        self.kept.map_or(self.usual, kept).min(DEEPEST)
    }
}
