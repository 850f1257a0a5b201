//! Days of scenarios.

use chrono::{Datelike, NaiveDate};
use regelwerk_kernel::Date;

/// A day of a scenario, as the kernel has days.
#[must_use]
pub fn date(day: NaiveDate) -> Date {
    Date::from_ymd(day.year(), day.month(), day.day())
}
