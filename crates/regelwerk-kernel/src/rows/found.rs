//! Finding rows: where to look, what is there for who asks, and what is not known.

use crate::desk::Horizon;
use crate::dossier::{DossierReason, Group, Ledger, NONE, RowId, Sight, asked, key};
use crate::standard::{DossierDef, FactDef, Index, Range, Source, SourceKind, TableDef};
use crate::value::Date;

use super::{Find, Key, Row, Rows, Told};

/// Views whose conditions ask for other views, at the most one within another.
const MAX_DEPTH: u8 = 8;

/// Where to look.
enum Place<'s, 'k> {
    /// Among the rows that a dossier keeps.
    Kept(&'s Ledger, Group<'k>),
    /// Among those that a table has of its own.
    Own(&'static TableDef),
}

impl<'s> Rows<'s> {
    /// The rows that are looked for, in the order of the index.
    pub(super) fn found<'k>(self, find: &Find<'k>) -> impl Iterator<Item = Row<'s>> + use<'s, 'k> {
        let (number, wanted) = (find.index, find.key);
        let (range, counts_void) = (find.range, find.counts_void);
        let sight = Sight { range, horizon: self.horizon, counts_void };
        let place = self.desk.charge(1).then(|| self.place(find)).flatten();
        let (kept, own) = match place {
            Some(Place::Kept(ledger, group)) => (Some((ledger, group)), None),
            Some(Place::Own(table)) => (None, Some(table)),
            None => (None, None),
        };
        let kept = kept.into_iter().flat_map(move |(ledger, group)| {
            // Of a view the latest is all there is, and need not be looked for.
            let only = self.is_key_of(range, number).then(|| self.latest(ledger, &group, sight));
            let (only, all) = match only {
                Some(only) => (only, None),
                None => (None, Some(ledger.rows_in(&group))),
            };
            let rows = only.into_iter().chain(all.into_iter().flatten());
            let rows = rows.filter(move |&id| ledger.is_in(id, &group));
            rows.filter_map(move |id| Row::kept(ledger, id))
        });
        let own = own.into_iter().flat_map(|table| table.rows).map(|&cells| Row::own(cells));
        let own = own.filter(move |row| self.has(*row, number, wanted));
        let all = kept.chain(own).take_while(move |_| self.desk.charge(1));
        all.filter(move |&row| self.counts(row, sight))
    }

    fn index(self, number: u16) -> Option<(&'static Index, &'static Source)> {
        let def: &'static DossierDef = self.desk.def;
        let index = def.indexes.get(usize::from(number))?;
        Some((index, def.sources.get(usize::from(index.source))?))
    }

    /// Where to look for rows; none where there can be none, or where it is not known.
    fn place<'k>(self, find: &Find<'k>) -> Option<Place<'s, 'k>> {
        let (index, source) = self.index(find.index)?;
        if !find.key.iter().all(Key::is_there) {
            return None;
        }
        match source.kind {
            SourceKind::Message { .. } => self.among_messages(find, index),
            SourceKind::Table(table) => self.in_table(find, table),
            SourceKind::Fact(_) => self.among_facts(find),
        }
    }

    fn among_messages<'k>(self, find: &Find<'k>, index: &Index) -> Option<Place<'s, 'k>> {
        let Some(ledger) = self.desk.standpoint.ledger else {
            self.desk.miss(DossierReason::NoDossier);
            return None;
        };
        let client = if index.by_part { Some(self.part?) } else { None };
        let group =
            Group { index: find.index, pair: self.pair, part: NONE, key: find.key.to_vec() };
        self.desk.note(|| asked(&group, client));
        let part = match client {
            Some(client) => ledger.parts.find(client)?,
            None => NONE,
        };
        (self.pair != NONE).then_some(Place::Kept(ledger, Group { part, ..group }))
    }

    fn in_table<'k>(self, find: &Find<'k>, number: u16) -> Option<Place<'s, 'k>> {
        let def: &'static DossierDef = self.desk.def;
        let table = def.tables.get(usize::from(number))?;
        match self.desk.standpoint.ledger {
            Some(ledger) if table.has_own || ledger.is_supplied(number) => {
                Some(outside(ledger, find))
            }
            None if table.has_own => Some(Place::Own(table)),
            _ => {
                let (table, file) = (table.name, table.supplied_as);
                self.desk.miss(DossierReason::NotSupplied { table, file });
                None
            }
        }
    }

    /// The name of the question that an index is over; none of all else.
    pub(super) fn question(self, index: u16) -> Option<&'static str> {
        let (_, source) = self.index(index)?;
        let SourceKind::Fact(fact) = source.kind else { return None };
        let def: &'static DossierDef = self.desk.def;
        let fact = def.facts.get(usize::from(fact)).filter(|fact| fact.is_question)?;
        Some(fact.name)
    }

    /// Whether any row in a place was told of.
    fn is_any_told(self, ledger: &'s Ledger, place: &Place<'_, '_>) -> bool {
        let Place::Kept(_, group) = place else { return false };
        let rows = ledger.rows_in(group).filter(|&id| ledger.is_in(id, group));
        rows.take_while(|_| self.desk.charge(1)).any(|id| {
            let row =
                Row::kept(ledger, id).filter(|row| row.stored().is_some_and(|it| !it.is_void()));
            row.is_some_and(|row| self.is_told(row))
        })
    }

    fn among_facts<'k>(self, find: &Find<'k>) -> Option<Place<'s, 'k>> {
        let place = self.desk.standpoint.ledger.map(|ledger| (ledger, outside(ledger, find)));
        if let Some(question) = self.question(find.index) {
            let is_told =
                |(ledger, place): &(&'s Ledger, Place<'_, '_>)| self.is_any_told(ledger, place);
            if !place.as_ref().is_some_and(is_told) {
                self.desk.miss(DossierReason::NotAnswered { question });
                return None;
            }
        }
        if place.is_none() {
            self.desk.miss(DossierReason::NoDossier);
        }
        place.map(|(_, place)| place)
    }

    /// Whether a row that a table has of its own has these values in the columns of an index.
    fn has(self, row: Row<'_>, number: u16, wanted: &[Key<'_>]) -> bool {
        let Some((index, source)) = self.index(number) else { return false };
        let own = index.columns.iter().map(|&column| {
            let declared = source.columns.get(usize::from(column));
            key(row.text(column), declared)
        });
        own.eq(wanted.iter().copied())
    }

    /// Whether a row is there for who asks, and in a view is the one that counts.
    fn counts(self, row: Row<'s>, sight: Sight) -> bool {
        // What a table has of its own is always there.
        let Some((ledger, stored, id)) = row.in_ledger() else { return true };
        let view = match sight.range {
            Range::View(view) => Some(view),
            Range::Earlier | Range::Later => None,
        };
        ledger.sees(stored, sight)
            && self.is_told(row)
            && view.is_none_or(|view| self.is_in_view(row, (ledger, id), (view, sight)))
    }

    /// Whether a fact was told of by the day that is looked from, and is the answer that counts if
    /// it is an answer; what is no fact always is.
    fn is_told(self, row: Row<'s>) -> bool {
        let Some((ledger, _, id)) = row.in_ledger() else { return true };
        let source = ledger.def().sources.get(usize::from(id.source));
        let Some(source) = source.filter(|it| matches!(it.kind, SourceKind::Fact(_))) else {
            return true;
        };
        let as_of = self.as_of();
        match (self.answers, row.text(FactDef::KEY)) {
            (Told::On(day), Some(about)) if ledger.is_question(source) => {
                ledger.answers.on(id.source, about, day, as_of) == Some(id.at)
            }
            _ => row.date(FactDef::DATE).zip(as_of).is_none_or(|(day, as_of)| day <= as_of),
        }
    }

    /// What was told after this day is not there yet.
    pub(super) fn as_of(self) -> Option<Date> {
        match self.horizon {
            Horizon::Arrival { as_of, .. } => as_of,
            Horizon::Sending { .. } => None,
        }
    }

    /// Whether an index is that of the key of the view that a range is over.
    fn is_key_of(self, range: Range, index: u16) -> bool {
        let Range::View(view) = range else { return false };
        self.desk.def.views.get(usize::from(view)).is_some_and(|view| view.index == index)
    }

    /// The latest row of a group, if the budget suffices to find it.
    fn latest(self, ledger: &Ledger, group: &Group<'_>, sight: Sight) -> Option<RowId> {
        let (latest, looked) = ledger.latest(group, sight);
        latest.filter(|_| self.desk.charge(looked))
    }

    fn is_in_view(
        self,
        row: Row<'s>,
        (ledger, id): (&'s Ledger, RowId),
        (view, sight): (u16, Sight),
    ) -> bool {
        let def: &'static DossierDef = self.desk.def;
        let Some(view) = def.views.get(usize::from(view)) else { return false };
        let Some(group) = ledger.group_of(id, view.index) else { return false };
        if self.depth >= MAX_DEPTH {
            self.desk.exhaust();
            return false;
        }
        if self.latest(ledger, &group, sight) != Some(id) {
            return false;
        }
        // What decided that the latest row counts is not what decides for who asks.
        let mark = self.desk.witnesses.borrow().len();
        let holds = (view.holds)(Self { part: row.part(), depth: self.depth + 1, ..self }, row);
        self.desk.witnesses.borrow_mut().truncate(mark);
        holds
    }
}

/// Where the rows of a table or a fact are kept: they are between no parties and of no client.
fn outside<'s, 'k>(ledger: &'s Ledger, find: &Find<'k>) -> Place<'s, 'k> {
    let group = Group { index: find.index, pair: NONE, part: NONE, key: find.key.to_vec() };
    Place::Kept(ledger, group)
}
