//! Terms: what must follow within a time.

use chrono::NaiveDate;
use regelwerk_diag::Span;

use crate::Interval;
use crate::core::map::{self, Map};
use crate::core::meaning::Bare;
use crate::core::walk::{self, Part};
use crate::core::{Cond, Range, Value};

/// A part of a term; a term without parts is one part without a name. A term that is not the same in
/// every release has the parts of each of its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermPart {
    /// Its name, or empty.
    pub label: String,
    /// `geldig:` the releases of which messages open it; none where that is every release.
    pub interval: Option<Interval>,
    /// Its course from each element of `voor:`.
    pub courses: Vec<Course>,
    /// It opens also when the message is rejected.
    pub counts_void: bool,
    /// How long it is.
    pub within: Within,
    /// Its examples.
    pub examples: Vec<TermExample>,
    /// Its clauses that demand something, as [`Rule::demands`](crate::Rule::demands).
    pub demands: Vec<Span>,
}

impl TermPart {
    /// Whether messages of a release open it.
    #[must_use]
    pub fn is_in(&self, release: usize) -> bool {
        self.interval.is_none_or(|interval| interval.has(release))
    }
}

/// The course of a term that a row opens. In it the row is binder 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The rows, as an index into [`Dossier::sources`](crate::dossier::Dossier::sources).
    pub source: usize,
    /// `bij:` rows that are bound, in order; where one is not there the row opens no term.
    pub binds: Vec<(Range, Cond)>,
    /// `mits:` whether the row opens a term.
    pub cond: Cond,
    /// The day of the event.
    pub begins: Value,
    /// `uiterlijk:` the last day, of a term that runs [`Within::Until`] it.
    pub due: Option<Value>,
    /// What ends it; the first that is there.
    pub endings: Vec<Ending>,
    /// The role that must see to it: `gemeente`.
    pub by: String,
}

impl Course {
    /// Goes through all that it looks at, with how many binders stand around.
    pub fn walk<'c>(&'c self, mut visit: impl FnMut(Part<'c>, u8)) {
        let mut binders = 1;
        for (range, cond) in &self.binds {
            walk::selection(range, cond, binders, &mut visit);
            binders = range.binders_within(binders);
        }
        walk::cond(&self.cond, binders, &mut visit);
        for day in std::iter::once(&self.begins).chain(&self.due) {
            walk::value(day, binders, &mut visit);
        }
        for ending in &self.endings {
            if let Ending::Row(_, range, cond) = ending {
                walk::selection(range, cond, binders, &mut visit);
            }
        }
    }

    /// It without what is there for people.
    #[must_use]
    pub fn meaning(&self) -> Self {
        self.map(&mut Bare::default())
    }

    /// Makes all that it looks at anew.
    #[must_use]
    pub fn map(&self, with: &mut dyn Map) -> Self {
        let mut binders = 1;
        let mut binds = Vec::new();
        for (range, cond) in &self.binds {
            binds.push(map::selection(range, cond, binders, with));
            binders = range.binders_within(binders);
        }
        Self {
            source: self.source,
            binds,
            cond: map::cond(&self.cond, binders, with),
            begins: map::value(&self.begins, binders, with),
            due: self.due.as_ref().map(|due| map::value(due, binders, with)),
            endings: self.endings.iter().map(|one| one.map(binders, with)).collect(),
            by: self.by.clone(),
        }
    }
}

/// What ends a term, and on which day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// The reply to the message, on the day that it was sent.
    Answer,
    /// The message itself, on the day that it was sent.
    Itself,
    /// A row of a range that is so.
    Row(Moment, Range, Box<Cond>),
}

impl Ending {
    fn map(&self, binders: u8, with: &mut dyn Map) -> Self {
        match self {
            Self::Row(moment, range, cond) => {
                let (range, cond) = map::selection(range, cond, binders, with);
                Self::Row(*moment, range, Box::new(cond))
            }
            other @ (Self::Answer | Self::Itself) => other.clone(),
        }
    }
}

/// The day of a row that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The message was sent.
    Sent,
    /// The message was received.
    Received,
    /// A fact tells of it.
    Told,
}

/// How long a term is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Within {
    /// So many working days of the calendar with this name.
    WorkingDays(u16, String),
    /// So many days.
    Days(u16),
    /// So many calendar months.
    Months(u16),
    /// Until the day that the course tells.
    Until,
}

/// `begin 02-04-2026 dan uiterlijk 09-04-2026`: on that day it is in time, a day later it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermExample {
    /// The day of the event.
    pub begins: NaiveDate,
    /// The last day.
    pub due: NaiveDate,
    /// Where it stands.
    pub span: Span,
}
