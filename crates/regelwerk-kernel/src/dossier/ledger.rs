//! What is known of earlier messages, tables and facts: rows, and how they are found.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use crate::desk::Horizon;
use crate::position::narrow;
use crate::rows::Key;
use crate::standard::{DossierDef, Index, Range, SourceKind, Standard};
use crate::value::Date;

use super::answers::Answers;
use super::finder::Finder;
use super::names::Names;
use super::record::Record;
use super::shelf::{NONE, RowId, Stored, cell, key};

/// Rows, the messages that they are of, and how they are found. Nothing that is told of it follows
/// the order of a hash.
#[derive(Clone)]
pub(crate) struct Ledger {
    pub(crate) standard: &'static Standard,
    /// Pairs of parties; see [`super::record::pair`].
    pub(crate) pairs: Names,
    /// Clients.
    pub(crate) parts: Names,
    /// In order of arrival.
    pub(crate) messages: Vec<Record>,
    /// Rows by source, in order of arrival.
    pub(crate) shelves: Vec<Vec<Stored>>,
    /// Rows that were rejected by ourselves and by the reply.
    pub(super) rejected_by_both: BTreeSet<RowId>,
    /// By table, whether someone supplied it.
    pub(crate) supplied: Vec<bool>,
    /// By index, the rows of each key: places on the shelf of its source, in its order. One is made
    /// when it is first looked in.
    finders: Vec<OnceLock<Finder>>,
    /// Positions of messages by what they are known by.
    pub(super) marks: Finder,
    pub(crate) answers: Answers,
    hashing: RandomState,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: usize = self.shelves.iter().map(Vec::len).sum();
        let mut told = f.debug_struct("Ledger");
        told.field("messages", &self.messages.len()).field("rows", &rows).finish_non_exhaustive()
    }
}

/// The rows of an index that have one key.
#[derive(Debug)]
pub(crate) struct Group<'k> {
    pub(crate) index: u16,
    /// [`NONE`] of tables and facts.
    pub(crate) pair: u32,
    /// [`NONE`] where the index is not by client.
    pub(crate) part: u32,
    pub(crate) key: Vec<Key<'k>>,
}

/// What is seen of rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight {
    pub(crate) range: Range,
    pub(crate) horizon: Horizon,
    /// Whether rows of what was rejected are seen too.
    pub(crate) counts_void: bool,
}

impl Ledger {
    /// What is known before any message: the rows that tables have of their own.
    pub(crate) fn new(standard: &'static Standard) -> Self {
        let def = standard.dossier;
        let mut ledger = Self {
            standard,
            pairs: Names::default(),
            parts: Names::default(),
            messages: Vec::new(),
            shelves: def.sources.iter().map(|_| Vec::new()).collect(),
            rejected_by_both: BTreeSet::new(),
            supplied: vec![false; def.tables.len()],
            finders: def.indexes.iter().map(|_| OnceLock::new()).collect(),
            marks: Finder::default(),
            answers: Answers::default(),
            hashing: RandomState::new(),
        };
        for (source, it) in (0..).zip(def.sources) {
            let SourceKind::Table(table) = it.kind else { continue };
            let own = def.tables.get(usize::from(table)).map_or(&[][..], |table| table.rows);
            for row in own {
                ledger.put_outside(source, &row.join("\u{1f}"));
            }
        }
        ledger
    }

    pub(crate) fn def(&self) -> &'static DossierDef {
        self.standard.dossier
    }

    pub(crate) fn row(&self, id: RowId) -> Option<&Stored> {
        self.shelves.get(usize::from(id.source))?.get(id.at as usize)
    }

    /// The rows of a source, in order of arrival.
    pub(crate) fn shelf(&self, source: u16) -> impl Iterator<Item = RowId> + use<> {
        let rows = self.shelves.get(usize::from(source)).map_or(0, Vec::len);
        (0..narrow(rows)).map(move |at| RowId { source, at })
    }

    /// Whether the reply to its message rejects a row, whatever we find of it ourselves.
    pub(crate) fn is_rejected_by_answer(&self, id: RowId) -> bool {
        let Some(row) = self.row(id).filter(|row| row.is_void()) else { return false };
        let by = self.record(row.message).map_or(NONE, |record| record.answered_by);
        row.void_by == by || self.rejected_by_both.contains(&id)
    }

    /// The rows that a message gave.
    pub(crate) fn rows_of(&self, message: u32) -> impl Iterator<Item = RowId> {
        (0..).zip(&self.shelves).flat_map(move |(source, shelf)| {
            let from = shelf.partition_point(|row| row.message < message);
            let to = shelf.partition_point(|row| row.message <= message);
            (narrow(from)..narrow(to)).map(move |at| RowId { source, at })
        })
    }

    /// Keeps a row of a table or a fact.
    pub(super) fn put_outside(&mut self, source: u16, cells: &str) {
        let row = Stored { cells: cells.into(), message: NONE, part: NONE, void_by: NONE };
        self.put(source, row);
    }

    /// Keeps a row. Those of one source come in order of arrival of their messages.
    pub(super) fn put(&mut self, source: u16, row: Stored) {
        let Some(shelf) = self.shelves.get_mut(usize::from(source)) else { return };
        let id = RowId { source, at: narrow(shelf.len()) };
        shelf.push(row);
        let indexes = (0..).zip(self.def().indexes);
        for (number, index) in indexes.filter(|(_, index)| index.source == source) {
            let finder = self.finders.get_mut(usize::from(number)).and_then(OnceLock::take);
            let Some(mut finder) = finder else { continue };
            self.enter(&mut finder, id, number, index);
            if let Some(place) = self.finders.get_mut(usize::from(number)) {
                *place = OnceLock::from(finder);
            }
        }
    }

    /// Makes that a row is found no more. Nobody ever looks for an answer that is replaced.
    pub(super) fn lose(&mut self, id: RowId) {
        let indexes = (0..).zip(self.def().indexes);
        for (number, _) in indexes.filter(|(_, index)| index.source == id.source) {
            let hash = self.group_of(id, number).map(|group| self.hash(&group));
            let Some(hash) = hash else { continue };
            let finder = self.finders.get_mut(usize::from(number));
            if let Some(finder) = finder.and_then(OnceLock::get_mut) {
                finder.remove(hash, id.at);
            }
        }
    }

    /// Takes away all rows of a source.
    pub(super) fn clear(&mut self, source: u16) {
        for (index, finder) in self.def().indexes.iter().zip(&mut self.finders) {
            if index.source == source {
                finder.take();
            }
        }
        if let Some(shelf) = self.shelves.get_mut(usize::from(source)) {
            shelf.clear();
        }
    }

    /// How the rows of an index are found; made anew where nobody has looked since it was cleared.
    fn finder(&self, number: u16) -> Option<(&Finder, &'static Index)> {
        let index = self.def().indexes.get(usize::from(number))?;
        let made = || {
            let mut finder = Finder::default();
            self.shelf(index.source).for_each(|id| self.enter(&mut finder, id, number, index));
            finder
        };
        Some((self.finders.get(usize::from(number))?.get_or_init(made), index))
    }

    /// Makes that a row is found by an index, after those before it in the order of the index; an
    /// answer that was replaced is not.
    fn enter(&self, finder: &mut Finder, id: RowId, number: u16, index: &Index) {
        if self.row(id).is_none_or(|row| row.message == NONE && row.is_void()) {
            return;
        }
        let Some(hash) = self.group_of(id, number).map(|group| self.hash(&group)) else { return };
        let rows = finder.get(hash);
        let order = |at: u32| self.order(RowId { at, ..id }, index);
        let own = order(id.at);
        let place = match rows.last() {
            Some(&last) if order(last) > own => rows.partition_point(|&at| order(at) <= own),
            _ => rows.len(),
        };
        finder.insert(hash, place, id.at);
    }

    /// What orders a row among those of its key, before the order of arrival.
    fn order(&self, id: RowId, index: &Index) -> Vec<Key<'_>> {
        index.order.iter().map(|&column| self.value(id, column)).collect()
    }

    /// The value of a row in a column, as its kind compares.
    fn value(&self, id: RowId, column: u16) -> Key<'_> {
        let source = self.def().sources.get(usize::from(id.source));
        let column_of = source.and_then(|source| source.columns.get(usize::from(column)));
        key(self.row(id).and_then(|row| cell(&row.cells, column)), column_of)
    }

    /// The group of an index that a row is in; none where it is of no client and the index is by
    /// client. An absent value is a value here.
    pub(crate) fn group_of(&self, id: RowId, number: u16) -> Option<Group<'_>> {
        let index = self.def().indexes.get(usize::from(number))?;
        let row = self.row(id)?;
        let key: Vec<_> = index.columns.iter().map(|&column| self.value(id, column)).collect();
        let part = if index.by_part { row.part } else { NONE };
        (!index.by_part || part != NONE).then(|| Group {
            index: number,
            pair: self.pair_of(row),
            part,
            key,
        })
    }

    /// The number of the pair of parties that a row is between.
    pub(crate) fn pair_of(&self, row: &Stored) -> u32 {
        self.record(row.message).map_or(NONE, |record| record.pair)
    }

    fn hash(&self, group: &Group<'_>) -> u64 {
        self.hashing.hash_one((group.index, group.pair, group.part, &group.key))
    }

    /// The number of what a message from one party to another is known by, with its day or on
    /// whatever day.
    pub(super) fn hash_mark(&self, sides: (&str, &str), mark: &str, day: Option<Date>) -> u64 {
        self.hashing.hash_one((sides, mark, day))
    }

    /// The rows of a group, in the order of its index; from either end.
    pub(crate) fn rows_in<'s>(
        &'s self,
        group: &Group<'_>,
    ) -> impl DoubleEndedIterator<Item = RowId> + use<'s> {
        let found = self.finder(group.index);
        let rows = found.map_or(&[][..], |(finder, _)| finder.get(self.hash(group)));
        let source = found.map_or(0, |(_, index)| index.source);
        rows.iter().map(move |&at| RowId { source, at })
    }

    /// Whether a row is of a group, and not only of one with the same hash.
    pub(crate) fn is_in(&self, id: RowId, group: &Group<'_>) -> bool {
        self.group_of(id, group.index).is_some_and(|own| {
            (own.pair, own.part) == (group.pair, group.part) && own.key == group.key
        })
    }

    /// Whether a row is there for who asks.
    pub(crate) fn sees(&self, row: &Stored, sight: Sight) -> bool {
        let Sight { range, horizon, counts_void } = sight;
        if row.message == NONE {
            return !row.is_void();
        }
        match horizon {
            Horizon::Arrival { now, as_of } => {
                let in_range = match range {
                    Range::Later => self.follows(row.message, now),
                    Range::Earlier | Range::View(_) => row.message < now,
                };
                let bound = if range == Range::Later { NONE } else { now };
                let is_void = row.void_by < bound && self.was_received(row.void_by, as_of);
                in_range && self.was_received(row.message, as_of) && (counts_void || !is_void)
            }
            Horizon::Sending { until, apart } => {
                let own = self.record(row.message);
                let is_spared =
                    row.void_by == row.message && own.is_some_and(|it| it.is_order_only);
                let is_void = row.is_void() && self.was_sent(row.void_by, until) && !is_spared;
                let is_apart = row.message == apart || range == Range::Later;
                !is_apart && self.was_sent(row.message, until) && (counts_void || !is_void)
            }
        }
    }

    /// Whether a message is another, and was not sent before it. Where that is not known, whether
    /// it arrived after it.
    fn follows(&self, message: u32, other: u32) -> bool {
        let sent = |position| self.record(position).and_then(|record| record.sent);
        let is_after = match sent(message).zip(sent(other)) {
            Some((day, other)) => day >= other,
            None => message > other,
        };
        message != other && is_after
    }

    fn was_received(&self, message: u32, as_of: Option<Date>) -> bool {
        let day = self.record(message).and_then(|record| record.received);
        day.zip(as_of).is_none_or(|(day, as_of)| day <= as_of)
    }

    fn was_sent(&self, message: u32, until: Option<Date>) -> bool {
        let day = self.record(message).and_then(|record| record.sent);
        day.zip(until).is_none_or(|(day, until)| day <= until)
    }

    /// The latest row of a group that is there for who asks, and how many rows were looked at.
    pub(crate) fn latest(&self, group: &Group<'_>, sight: Sight) -> (Option<RowId>, u64) {
        let mut looked = 0;
        let mut rows = self.rows_in(group).rev().filter(|&id| {
            looked += 1;
            self.row(id).is_some_and(|row| self.sees(row, sight)) && self.is_in(id, group)
        });
        let last = rows.next();
        let latest = match sight.horizon {
            Horizon::Arrival { .. } => last,
            Horizon::Sending { .. } => last.map(|last| self.last_sent(last, rows, group.index)),
        };
        (latest, looked)
    }

    /// Of the last of some rows and of those before it that are in no order but that of arrival,
    /// which does not count here, the one that was sent last.
    fn last_sent(&self, last: RowId, before: impl Iterator<Item = RowId>, index: u16) -> RowId {
        let Some(index) = self.def().indexes.get(usize::from(index)) else { return last };
        let own = self.order(last, index);
        let sent = |id: RowId| self.row(id).and_then(|row| self.record(row.message)?.sent);
        let alike = before.take_while(|&id| self.order(id, index) == own);
        alike.fold(last, |best, id| if sent(id) > sent(best) { id } else { best })
    }
}
