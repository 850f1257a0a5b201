//! What generated rules ask of earlier messages, tables and facts: [`Rows`] finds a [`Row`].

use std::fmt;

use crate::scope::Scope;
use crate::standard::Range;
use crate::value::{Date, Time, parse_date, parse_integer, parse_time};

/// The position of a message in a dossier, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct MessageNo(pub u32);

impl fmt::Display for MessageNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Which rows are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Find<'k> {
    /// Of which messages, or in which view.
    pub range: Range,
    /// By which columns, of which source: an index into
    /// [`DossierDef::indexes`](crate::standard::DossierDef::indexes). For a view it is the index of
    /// the view's key or another of its source.
    pub index: u16,
    /// The value of each column of the index, in its order.
    pub key: &'k [Key<'k>],
}

/// A value by which rows are looked for. Of an absent value nothing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key<'k> {
    /// A text.
    Text(Option<&'k str>),
    /// A number.
    Number(Option<i64>),
    /// A day.
    Date(Option<Date>),
    /// A time of day.
    Time(Option<Time>),
}

impl<'k> From<Option<&'k str>> for Key<'k> {
    fn from(value: Option<&'k str>) -> Self {
        Self::Text(value)
    }
}

impl From<Option<i64>> for Key<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Number(value)
    }
}

impl From<Option<Date>> for Key<'_> {
    fn from(value: Option<Date>) -> Self {
        Self::Date(value)
    }
}

impl From<Option<Time>> for Key<'_> {
    fn from(value: Option<Time>) -> Self {
        Self::Time(value)
    }
}

/// What ended a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// The day on which it ended.
    pub on: Date,
    /// What ended it.
    pub by: EndedBy,
}

/// What can end a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedBy {
    /// A message.
    Message(MessageNo),
    /// A fact: an index into [`DossierDef::facts`](crate::standard::DossierDef::facts).
    Fact(u16),
}

impl Ended {
    /// The earliest of these; of the same day the first.
    #[must_use]
    pub fn earliest(all: impl IntoIterator<Item = Option<Self>>) -> Option<Self> {
        all.into_iter().flatten().min_by_key(|ended| ended.on)
    }
}

/// The questions that can be asked of earlier messages, tables and facts. It knows between which
/// parties, of which client and before which message is asked.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'s> {
    scope: Scope<'s>,
}

impl<'s> Rows<'s> {
    /// Whether it holds for any of the rows. That row is a witness.
    pub fn any(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> bool {
        self.first(find, holds).is_some()
    }

    /// Whether it holds for every one of the rows; true where there is none. One for which it does
    /// not hold is a witness.
    pub fn every(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> bool {
        !self.any(find, |row| !holds(row))
    }

    /// The first of the rows for which it holds, in the order of the index. It is a witness.
    pub fn first(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> Option<Row<'s>> {
        let _ = (self.scope, find.range, find.index, find.key, holds);
        None
    }

    /// For how many of the rows it holds.
    pub fn count(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> i64 {
        self.sum(find, holds, |_| Some(1))
    }

    /// The sum of the terms that there are, over the rows for which it holds; saturating. Those
    /// rows are witnesses.
    pub fn sum(
        self,
        find: &Find<'_>,
        holds: impl Fn(Row<'s>) -> bool,
        term: impl Fn(Row<'s>) -> Option<i64>,
    ) -> i64 {
        self.first(find, holds).and_then(term).unwrap_or_default()
    }

    /// What ends a term: of the rows for which it holds the one of which a day is the earliest.
    pub fn ended(
        self,
        find: &Find<'_>,
        holds: impl Fn(Row<'s>) -> bool,
        on: impl Fn(Row<'s>) -> Option<Date>,
    ) -> Option<Ended> {
        let _ = self.first(find, holds).and_then(on);
        None
    }

    /// That the reply to the message of a row ends a term, on its day of sending.
    #[must_use]
    pub fn ended_by_answer(self, row: Row<'s>) -> Option<Ended> {
        let _ = row;
        None
    }

    /// That the message of a row itself ends a term, on its day of sending.
    #[must_use]
    pub fn ended_by_itself(self, row: Row<'s>) -> Option<Ended> {
        let _ = row;
        None
    }
}

/// A row: what is kept of an element of an earlier message, or a row of a table, or a fact.
#[derive(Debug, Clone, Copy)]
pub struct Row<'s> {
    cells: &'s str,
}

impl<'s> Row<'s> {
    /// The text of a column, without white space round it; none if absent.
    #[must_use]
    pub fn text(self, column: u16) -> Option<&'s str> {
        self.cells.split('\u{1f}').nth(column.into()).filter(|text| !text.is_empty())
    }

    /// The whole number in a column, or the nearest that fits; none if there is no number.
    #[must_use]
    pub fn number(self, column: u16) -> Option<i64> {
        let number = parse_integer(self.text(column)?)?;
        Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
    }

    /// The date in a column; none if there is no date.
    #[must_use]
    pub fn date(self, column: u16) -> Option<Date> {
        parse_date(self.text(column)?)
    }

    /// The time in a column; none if there is no time.
    #[must_use]
    pub fn time(self, column: u16) -> Option<Time> {
        parse_time(self.text(column)?)
    }

    /// Whether there is a value in a column.
    #[must_use]
    pub fn filled(self, column: u16) -> bool {
        self.text(column).is_some()
    }

    /// The day on which its message was sent; none of a table or a fact.
    #[must_use]
    pub fn sent(self) -> Option<Date> {
        None
    }

    /// The day on which its message was received; none of a table or a fact.
    #[must_use]
    pub fn received(self) -> Option<Date> {
        None
    }

    /// The message that it is of; none of a table or a fact.
    #[must_use]
    pub fn message(self) -> Option<MessageNo> {
        None
    }
}

impl<'s> Scope<'s> {
    /// The questions that can be asked of earlier messages, tables and facts.
    #[must_use]
    pub fn rows(&self) -> Rows<'s> {
        Rows { scope: *self }
    }

    /// The day on which the message that is judged was received.
    #[must_use]
    pub fn received(&self) -> Option<Date> {
        None
    }
}
