//! Calendars: which days are working days.

use chrono::{NaiveDate, Weekday};
use regelwerk_diag::Span;

/// `kalender`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// `werkdagen-nl`
    pub name: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations; never empty.
    pub sources: Vec<String>,
    /// Readings chosen where a source can be read in more than one way.
    pub readings: Vec<String>,
    /// Days of the week that are no working days; at most six, in the order written.
    pub weekend: Vec<Weekday>,
    /// Days of the year that are no working days, in the order written.
    pub holidays: Vec<Holiday>,
    /// What it must come to.
    pub examples: Vec<DayCount>,
    /// Where it stands.
    pub span: Span,
}

/// A day that is no working day, for as long as it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// `Tweede Paasdag`
    pub name: String,
    /// When it is.
    pub day: HolidayDay,
    /// The first year that it is a holiday, if it was not always.
    pub from: Option<i32>,
    /// The last year that it is a holiday, if it has ended.
    pub until: Option<i32>,
    /// Citations of its own.
    pub sources: Vec<String>,
    /// Readings of its own.
    pub readings: Vec<String>,
}

/// When a holiday is, in any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// So many days after Easter Sunday, or before it when negative; in the same year.
    Easter(i32),
    /// On the same day of every year.
    Fixed {
        /// Month, from 1.
        month: u8,
        /// Day of the month, from 1.
        day: u8,
        /// On this day of the week it is so many days later, or earlier when negative.
        moved: Option<(Weekday, i32)>,
    },
}

/// `02-04-2026 + 3 werkdagen = 09-04-2026`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayCount {
    /// From this day, which does not count.
    pub from: NaiveDate,
    /// So many working days.
    pub working_days: u16,
    /// To this one.
    pub to: NaiveDate,
    /// Where it stands.
    pub span: Span,
}
