//! Where questions about rows are asked: what is known there, and what came of asking.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::document::ElementId;
use crate::dossier::{DossierReason, Ledger, NONE, RowId};
use crate::rows::{Row, Rows};
use crate::standard::DossierDef;
use crate::value::Date;

/// Keys that one judgement remembers at the most: what it asked beyond that wakes nobody.
const MAX_ASKED: usize = 1000;

/// Which messages are seen.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Horizon {
    /// Those that arrived before another, and for what looks ahead those after it.
    Arrival {
        /// The position of that message, from 0.
        now: u32,
        /// What was received after this day is not there yet.
        as_of: Option<Date>,
    },
    /// Those that were sent on or before a day, in whatever order they arrived.
    Sending {
        /// The day.
        until: Option<Date>,
        /// The position of the message that asks, which does not see itself.
        apart: u32,
    },
}

/// From where a message is judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standpoint<'d> {
    /// What is known of earlier messages; none where a message is judged by itself.
    pub(crate) ledger: Option<&'d Ledger>,
    /// The number of the pair of parties.
    pub(crate) pair: u32,
    pub(crate) horizon: Horizon,
    /// The day on which the message was sent.
    pub(crate) sent: Option<Date>,
    /// The day on which the message was received.
    pub(crate) received: Option<Date>,
    /// Where is kept what was looked for.
    pub(crate) asked: Option<&'d RefCell<Asked>>,
}

impl Standpoint<'_> {
    /// A message by itself.
    pub(crate) const ALONE: Self = Self {
        ledger: None,
        pair: NONE,
        horizon: Horizon::Arrival { now: 0, as_of: None },
        sent: None,
        received: None,
        asked: None,
    };
}

/// The keys of groups of rows that were looked for.
#[derive(Debug, Default)]
pub(crate) struct Asked(pub(crate) BTreeSet<Box<str>>);

impl Asked {
    pub(crate) fn note(&mut self, key: impl FnOnce() -> String) {
        if self.0.len() < MAX_ASKED {
            self.0.insert(key().into());
        }
    }
}

/// What decided a quantifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Witness {
    Element(ElementId),
    Row(RowId),
}

/// Where questions are asked, within a budget.
#[derive(Debug)]
pub(crate) struct Desk<'d> {
    pub(crate) def: &'static DossierDef,
    pub(crate) standpoint: Standpoint<'d>,
    /// What is left of the budget; at 0 whoever asks is given up.
    fuel: &'d Cell<u64>,
    /// What decided quantifiers since the last requirement.
    pub(crate) witnesses: RefCell<Vec<Witness>>,
    /// Why questions had no answer.
    missing: RefCell<BTreeSet<DossierReason>>,
}

impl<'d> Desk<'d> {
    pub(crate) fn new(
        def: &'static DossierDef,
        standpoint: Standpoint<'d>,
        fuel: &'d Cell<u64>,
    ) -> Self {
        let (witnesses, missing) = (RefCell::default(), RefCell::default());
        Self { def, standpoint, fuel, witnesses, missing }
    }

    /// The questions as the message of a row would ask them on arrival, of the row's client.
    pub(crate) fn of(&'d self, row: Row<'d>) -> Rows<'d> {
        Rows::of_row(self, row)
    }

    /// Takes so much off the budget; false when it is gone.
    pub(crate) fn charge(&self, units: u64) -> bool {
        self.fuel.set(self.fuel.get().saturating_sub(units));
        self.fuel.get() > 0
    }

    /// Gives up whoever asks.
    pub(crate) fn exhaust(&self) {
        self.fuel.set(0);
    }

    /// That a question has no answer.
    pub(crate) fn miss(&self, reason: DossierReason) {
        self.missing.borrow_mut().insert(reason);
    }

    /// Why questions had no answer, since this was last asked.
    pub(crate) fn take_missing(&self) -> BTreeSet<DossierReason> {
        self.missing.take()
    }

    /// Asks something of which nothing is left: the budget is as it was, nobody is named as witness,
    /// and that a question has no answer is told to whoever asks here alone.
    pub(crate) fn aside<T>(&self, ask: impl FnOnce() -> T) -> (T, BTreeSet<DossierReason>) {
        let (fuel, witnesses) = (self.fuel.get(), self.witnesses.borrow().clone());
        let missing = self.missing.take();
        let asked = ask();
        self.fuel.set(fuel);
        self.witnesses.replace(witnesses);
        (asked, self.missing.replace(missing))
    }

    /// Remembers what was looked for, where someone wants to know.
    pub(crate) fn note(&self, key: impl FnOnce() -> String) {
        if let Some(asked) = self.standpoint.asked {
            asked.borrow_mut().note(key);
        }
    }
}
