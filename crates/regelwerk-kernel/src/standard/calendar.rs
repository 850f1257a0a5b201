//! Working days: which days of the week are off, and which days of the year are holidays.

use chrono::Weekday;

/// A calendar of working days, as a rule file declares it.
#[derive(Debug)]
pub struct Calendar {
    /// `werkdagen-nl`
    pub name: &'static str,
    /// What it is for.
    pub title: &'static str,
    /// Citations, in the order written; never empty.
    pub sources: &'static [&'static str],
    /// Readings chosen where a source can be read in more than one way.
    pub readings: &'static [&'static str],
    /// Days of the week that are no working days; never all seven.
    pub weekend: &'static [Weekday],
    /// Days of the year that are no working days, in the order written.
    pub holidays: &'static [Holiday],
    /// File with its folder, with forward slashes: `rules/ijw/typen.regels`.
    pub file: &'static str,
    /// Line of its first word, from 1.
    pub line: u32,
}

/// A holiday, for as long as it is one.
#[derive(Debug)]
pub struct Holiday {
    /// `Tweede Paasdag`
    pub name: &'static str,
    /// When it is.
    pub day: HolidayDay,
    /// The first year that it is a holiday, if it was not always.
    pub from: Option<i32>,
    /// The last year that it is a holiday, if it has ended.
    pub until: Option<i32>,
    /// Citations of its own.
    pub sources: &'static [&'static str],
    /// Readings of its own.
    pub readings: &'static [&'static str],
}

/// When a holiday is, in any year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayDay {
    /// So many days after Easter Sunday, or before it when negative; always in the same year.
    Easter(i32),
    /// On the same day of every year.
    Fixed {
        /// Month, from 1.
        month: u8,
        /// Day of the month, from 1.
        day: u8,
        /// Where it goes when that day of the week is an unfit one.
        moved: Option<Moved>,
    },
}

/// On this day of the week a holiday is held on another day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The day of the week.
    pub weekday: Weekday,
    /// So many days later, or earlier when negative.
    pub by: i32,
}
