//! What generated rules ask of earlier messages, tables and facts: [`Rows`] finds a [`Row`].

use std::collections::BTreeSet;
use std::fmt;

use crate::desk::{Desk, Horizon, Standpoint, Witness};
use crate::dossier::{DossierReason, Ledger, NONE, Record, RowId, Stored, cell, integer, number};
use crate::scope::Scope;
use crate::standard::{FactDef, Range, SourceKind};
use crate::value::{Date, Time, parse_date, parse_time};

mod found;

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
    /// `ook bij afkeur`: also rows of what was rejected.
    pub counts_void: bool,
}

/// A value by which rows are looked for. Of an absent value nothing is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key<'k> {
    /// That there is no value: rows are found in which the column is absent.
    Empty,
    /// A text.
    Text(Option<&'k str>),
    /// A number.
    Number(Option<i64>),
    /// A day.
    Date(Option<Date>),
    /// A time of day.
    Time(Option<Time>),
}

impl Key<'_> {
    /// `hetzelfde als`: the value, or where it is absent that there is none.
    #[must_use]
    pub fn or_empty(self) -> Self {
        if self.is_there() { self } else { Self::Empty }
    }

    /// Whether there is a value.
    pub(crate) fn is_there(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(value) => value.is_some(),
            Self::Number(value) => value.is_some(),
            Self::Date(value) => value.is_some(),
            Self::Time(value) => value.is_some(),
        }
    }
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

/// Which answers to a question are seen, where it was answered more than once.
#[derive(Debug, Clone, Copy)]
enum Told {
    /// The one that holds on a day; without a day the last.
    On(Option<Date>),
    /// All.
    Ever,
}

/// The questions that can be asked of earlier messages, tables and facts. It knows between which
/// parties, of which client and before which message is asked.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'s> {
    desk: &'s Desk<'s>,
    /// The number of the pair of parties.
    pair: u32,
    /// The client.
    part: Option<&'s str>,
    horizon: Horizon,
    /// Which answers to questions are seen.
    answers: Told,
    /// How many views are being asked, one within another.
    depth: u8,
}

impl<'s> Rows<'s> {
    /// The questions as the message of a row would ask them on arrival, of the row's client.
    pub(crate) fn of_row(desk: &'s Desk<'s>, row: Row<'s>) -> Self {
        let as_of = match desk.standpoint.horizon {
            Horizon::Arrival { as_of, .. } => as_of,
            Horizon::Sending { .. } => None,
        };
        let now = row.position().unwrap_or(NONE);
        let horizon = Horizon::Arrival { now, as_of };
        let pair = row.pair().unwrap_or(NONE);
        let day = if row.message().is_some() { row.sent() } else { row.date(FactDef::DATE) };
        Self { desk, pair, part: row.part(), horizon, answers: Told::On(day), depth: 0 }
    }

    /// What comes of asking something, and what it has no answer to. Nothing else of it counts. For
    /// tools that compare what rules say.
    pub fn aside<T>(self, ask: impl FnOnce() -> T) -> (T, BTreeSet<DossierReason>) {
        self.desk.aside(ask)
    }

    /// Whether it holds for any of the rows. That row is a witness.
    pub fn any(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> bool {
        self.first(find, holds).is_some()
    }

    /// Whether it holds for every one of the rows; true where there is none. One for which it does
    /// not hold is a witness.
    pub fn every(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> bool {
        !self.any(find, |row| !holds(row))
    }

    /// The first of the rows for which it holds, in the order of the index. It is a witness; what
    /// only decided about those for which it does not hold is none.
    pub fn first(self, find: &Find<'_>, holds: impl Fn(Row<'s>) -> bool) -> Option<Row<'s>> {
        let witnesses = &self.desk.witnesses;
        let mark = witnesses.borrow().len();
        let found = self.found(find).find(|&row| {
            let decided = holds(row);
            if !decided {
                witnesses.borrow_mut().truncate(mark);
            }
            decided
        });
        witnesses.borrow_mut().extend(found.and_then(Row::witness));
        found
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
        let witnesses = &self.desk.witnesses;
        let mark = witnesses.borrow().len();
        let (mut sum, mut summed) = (0_i64, Vec::new());
        for row in self.found(find).filter(|&row| holds(row)) {
            if let Some(term) = term(row) {
                sum = sum.saturating_add(term);
                summed.extend(row.witness());
            }
        }
        witnesses.borrow_mut().truncate(mark);
        witnesses.borrow_mut().extend(summed);
        sum
    }

    /// What ends a term: of the rows for which it holds the one of which a day is the earliest.
    pub fn ended(
        self,
        find: &Find<'_>,
        holds: impl Fn(Row<'s>) -> bool,
        on: impl Fn(Row<'s>) -> Option<Date>,
    ) -> Option<Ended> {
        let before = self.desk.take_missing();
        // Whichever answer ends it, it is ended.
        let rows = Self { answers: Told::Ever, ..self }.found(find).filter(|&row| holds(row));
        let ended = Ended::earliest(rows.map(|row| Some(Ended { on: on(row)?, by: row.ends()? })));
        // What waits for the answer to a question just goes on while there is none.
        let asked = self.question(find.index);
        let is_else = |reason: &DossierReason| match reason {
            DossierReason::NotAnswered { question } => Some(*question) != asked,
            _ => true,
        };
        let missing = self.desk.take_missing().into_iter().filter(is_else);
        missing.chain(before).for_each(|reason| self.desk.miss(reason));
        ended
    }

    /// That the reply to the message of a row ends a term, on its day of sending.
    #[must_use]
    pub fn ended_by_answer(self, row: Row<'s>) -> Option<Ended> {
        let by = row.answered_by()?;
        let answer = row.ledger()?.info(by.0.checked_sub(1)?)?;
        let as_of = self.as_of();
        let is_there = answer.received.zip(as_of).is_none_or(|(day, as_of)| day <= as_of);
        Some(Ended { on: answer.sent?, by: EndedBy::Message(by) }).filter(|_| is_there)
    }

    /// That the message of a row itself ends a term, on its day of sending.
    #[must_use]
    pub fn ended_by_itself(self, row: Row<'s>) -> Option<Ended> {
        Some(Ended { on: row.sent()?, by: row.ends()? })
    }
}

/// A row: what is kept of an element of an earlier message, or a row of a table, or a fact.
#[derive(Clone, Copy)]
pub struct Row<'s>(Held<'s>);

#[derive(Clone, Copy)]
enum Held<'s> {
    /// A row that a dossier keeps.
    Kept(&'s Ledger, RowId, &'s Stored),
    /// A row that a table has of its own, where there is no dossier.
    Own(&'static [&'static str]),
}

/// What it is of; what is in it may be personal.
impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Row").field(&self.id()).field(&self.message()).finish()
    }
}

impl<'s> Row<'s> {
    pub(crate) fn kept(ledger: &'s Ledger, id: RowId) -> Option<Self> {
        Some(Self(Held::Kept(ledger, id, ledger.row(id)?)))
    }

    pub(crate) fn own(cells: &'static [&'static str]) -> Self {
        Self(Held::Own(cells))
    }

    /// The text of a column, without white space round it; none if absent.
    #[must_use]
    pub fn text(self, column: u16) -> Option<&'s str> {
        match self.0 {
            Held::Kept(_, _, row) => cell(&row.cells, column),
            Held::Own(cells) => cells.get(usize::from(column)).copied().filter(|it| !it.is_empty()),
        }
    }

    /// The whole number in a column, or the nearest that fits; none if there is no number.
    #[must_use]
    pub fn number(self, column: u16) -> Option<i64> {
        integer(self.text(column)?)
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
        self.record()?.sent
    }

    /// The day on which its message was received; none of a table or a fact.
    #[must_use]
    pub fn received(self) -> Option<Date> {
        self.record()?.received
    }

    /// The message that it is of; none of a table or a fact.
    #[must_use]
    pub fn message(self) -> Option<MessageNo> {
        number(self.position()?)
    }

    /// The reply to the message that it is of.
    #[must_use]
    pub fn answered_by(self) -> Option<MessageNo> {
        number(self.record()?.answered_by)
    }

    /// The message by which it came to be void: its own if that was rejected, else the reply to it.
    #[must_use]
    pub fn voided_by(self) -> Option<MessageNo> {
        number(self.stored().filter(|row| row.message != NONE)?.void_by)
    }

    /// Whether the reply to its message rejects it, whatever we find of it ourselves.
    pub(crate) fn is_rejected_by_answer(self) -> bool {
        self.in_ledger().is_some_and(|(ledger, _, id)| ledger.is_rejected_by_answer(id))
    }

    /// The two parties that it is between, in order of name; none of a table or a fact.
    #[must_use]
    pub fn parties(self) -> Option<(&'s str, &'s str)> {
        self.ledger()?.parties(self.pair()?)
    }

    /// The client that it is about; none where it is about a message as a whole.
    #[must_use]
    pub fn part(self) -> Option<&'s str> {
        self.ledger()?.parts.get(self.stored()?.part)
    }

    pub(crate) fn id(self) -> Option<RowId> {
        match self.0 {
            Held::Kept(_, id, _) => Some(id),
            Held::Own(_) => None,
        }
    }

    pub(crate) fn ledger(self) -> Option<&'s Ledger> {
        match self.0 {
            Held::Kept(ledger, ..) => Some(ledger),
            Held::Own(_) => None,
        }
    }

    fn in_ledger(self) -> Option<(&'s Ledger, &'s Stored, RowId)> {
        match self.0 {
            Held::Kept(ledger, id, row) => Some((ledger, row, id)),
            Held::Own(_) => None,
        }
    }

    pub(crate) fn stored(self) -> Option<&'s Stored> {
        match self.0 {
            Held::Kept(_, _, row) => Some(row),
            Held::Own(_) => None,
        }
    }

    fn record(self) -> Option<&'s Record> {
        self.ledger()?.record(self.stored()?.message)
    }

    /// The position of its message; none of a table or a fact.
    pub(crate) fn position(self) -> Option<u32> {
        Some(self.stored()?.message).filter(|&message| message != NONE)
    }

    /// The release of its message, as an index; none of a table or a fact.
    pub(crate) fn release(self) -> Option<u16> {
        Some(self.record()?.release)
    }

    /// The number of the pair of parties that it is between.
    pub(crate) fn pair(self) -> Option<u32> {
        Some(self.record()?.pair)
    }

    fn witness(self) -> Option<Witness> {
        self.id().map(Witness::Row)
    }

    /// That it ends a term.
    fn ends(self) -> Option<EndedBy> {
        if let Some(message) = self.message() {
            return Some(EndedBy::Message(message));
        }
        let source = self.ledger()?.def().sources.get(usize::from(self.id()?.source))?;
        match source.kind {
            SourceKind::Fact(fact) => Some(EndedBy::Fact(fact)),
            SourceKind::Message { .. } | SourceKind::Table(_) => None,
        }
    }
}

impl<'s> Scope<'s> {
    /// The questions that can be asked of earlier messages, tables and facts.
    #[must_use]
    pub fn rows(&self) -> Rows<'s> {
        let (desk, part) = self.asks();
        let Standpoint { pair, horizon, sent, .. } = desk.standpoint;
        Rows { desk, pair, part, horizon, answers: Told::On(sent), depth: 0 }
    }

    /// The day on which the message that is judged was received.
    #[must_use]
    pub fn received(&self) -> Option<Date> {
        let (desk, _) = self.asks();
        let day = desk.standpoint.received;
        if day.is_none() {
            desk.miss(DossierReason::NoReceipt);
        }
        day
    }
}
