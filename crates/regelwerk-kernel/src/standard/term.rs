//! Terms: what must follow within a time.

use super::{Calendar, CourseOf};
use crate::rows::Ended;
use crate::value::Date;

/// What must follow within a time, for the rows of one source. A rule with parts, or for more than
/// one source, has more of them.
#[derive(Debug, Clone)]
pub struct TermDef {
    /// The protocol that it is of: an index into
    /// [`Standard::protocols`](super::Standard::protocols); none of a term of the standard.
    pub protocol: Option<u16>,
    /// Index into [`Standard::rules`](super::Standard::rules), or into those of its protocol.
    pub rule: u16,
    /// The name of the part, of a term with parts; else empty.
    pub label: &'static str,
    /// The first and the last release of which messages open it, as indexes into
    /// [`Standard::releases`](super::Standard::releases); none where that is every release.
    pub releases: Option<[u16; 2]>,
    /// The rows that open it: an index into [`DossierDef::sources`](super::DossierDef::sources).
    pub source: u16,
    /// Whether it opens also when the message is rejected: `ook bij afkeur`.
    pub counts_void: bool,
    /// Its course for a row; none where the row does not open it.
    pub course: CourseOf,
    /// How long it is.
    pub within: Within,
    /// The role that must act: `gemeente`.
    pub by: &'static str,
}

/// From when a term runs, and what has ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// The day of the event, which does not count itself.
    pub begins: Date,
    /// The last day, of a term that runs [`Within::Until`] it.
    pub due: Option<Date>,
    /// What ended it, the earliest if there is more.
    pub ended: Option<Ended>,
}

/// How long a term is. The day that it begins on does not count, its last day does.
#[derive(Debug, Clone, Copy)]
pub enum Within {
    /// So many working days of this calendar.
    WorkingDays(u16, &'static Calendar),
    /// So many days, whichever they are.
    Days(u16),
    /// So many calendar months, to the day of the same number or the last of a shorter month.
    Months(u16),
    /// Until the day that its course tells.
    Until,
}
