//! Rows as they are kept.

use crate::rows::Key;
use crate::standard::{Base, Column};
use crate::value::{parse_date, parse_integer, parse_time};

/// No message, pair of parties or client.
pub(crate) const NONE: u32 = u32::MAX;

/// Stands between the values of a row. No XML document can hold it.
pub(crate) const UNIT: char = '\u{1f}';

/// A row, in one allocation beside its place on the shelf.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    /// The values of its columns, with [`UNIT`] between them; an absent value is empty.
    pub(crate) cells: Box<str>,
    /// The position of its message; [`NONE`] of tables and facts.
    pub(crate) message: u32,
    /// The number of its client, or [`NONE`].
    pub(crate) part: u32,
    /// The position of the message by which it came to be void, or [`NONE`]: its own message if it
    /// was rejected by ourselves, else a reply. Of a fact anything else says that it is replaced.
    pub(crate) void_by: u32,
}

impl Stored {
    pub(crate) fn is_void(&self) -> bool {
        self.void_by != NONE
    }
}

/// Where a row is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RowId {
    /// Its source.
    pub(crate) source: u16,
    /// Its place among the rows of the source, in order of arrival.
    pub(crate) at: u32,
}

/// The value of a column; none if absent.
pub(crate) fn cell(cells: &str, column: u16) -> Option<&str> {
    cells.split(UNIT).nth(column.into()).filter(|text| !text.is_empty())
}

/// The value that a text stands for in a column. What is not of the kind of the column is a value
/// that nothing is equal to.
pub(crate) fn key<'t>(text: Option<&'t str>, column: Option<&Column>) -> Key<'t> {
    if text.is_none() {
        return Key::Empty;
    }
    match column.map_or(Base::Text, |column| column.base) {
        Base::Text => Key::Text(text),
        Base::Integer => Key::Number(text.and_then(integer)),
        Base::Date => Key::Date(text.and_then(parse_date)),
        Base::Time => Key::Time(text.and_then(parse_time)),
    }
}

/// The whole number that a text is, or the nearest that fits.
pub(crate) fn integer(text: &str) -> Option<i64> {
    let number = parse_integer(text)?;
    Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}
