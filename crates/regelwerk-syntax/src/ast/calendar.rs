//! What a block `kalender` says: which days are working days.

use chrono::{NaiveDate, Weekday};

use super::{Spanned, Word};

/// A clause of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarClause {
    /// `weekend: zaterdag, zondag`
    Weekend(Vec<Spanned<Weekday>>),
    /// `- Tweede Paasdag  Pasen + 1 dag`
    Holiday(Holiday),
    /// `voorbeeld: 02-04-2026 + 3 werkdagen = 09-04-2026`
    Example(DayCount),
}

/// A holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// What it is called.
    pub name: Word,
    /// When it is.
    pub day: Spanned<HolidayDay>,
    /// `op zondag een dag eerder`
    pub moved: Vec<Spanned<Moved>>,
    /// `vanaf 2014 t/m 2030`
    pub years: Vec<Spanned<(Option<i32>, Option<i32>)>>,
    /// `bron "…"`
    pub sources: Vec<Word>,
    /// `lezing "…"`
    pub readings: Vec<Word>,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// `Pasen - 2 dagen`
    Easter(i64),
    /// `27 april`: month and day.
    Fixed(u8, u64),
}

/// `op zondag een dag eerder`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The day of the week.
    pub weekday: Weekday,
    /// So many days later, or earlier when negative.
    pub by: i64,
}

/// A day, so many working days, and the day that comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// From this day, which does not count.
    pub from: Spanned<NaiveDate>,
    /// So many working days.
    pub working_days: Spanned<u64>,
    /// To this one.
    pub to: Spanned<NaiveDate>,
}
