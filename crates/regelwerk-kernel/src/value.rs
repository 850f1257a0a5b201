//! Values as their text stands for them: whole numbers, dates and times.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use crate::markup::is_space;

/// The text without the white space round it that XML does not count.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// A day of the Gregorian calendar.
///
/// Years beyond the range of chrono, some 262,000 on either side, are taken as its first or last
/// day: no rule reaches that far, and order is kept but for ties.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Date(NaiveDate);

impl Date {
    /// The day of this year, month and day, if there is one: there is no 30 February.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// The day of this year, month and day, for values that are known to exist: what is out of
    /// range is taken as the nearest day of that month or month of that year. For what a person or
    /// a file gives, [`Date::new`].
    #[must_use]
    pub const fn from_ymd(year: i32, month: u32, day: u32) -> Self {
        let month = clamp(month, 1, 12);
        let mut day = clamp(day, 1, 31);
        while day >= 1 {
            if let Some(date) = NaiveDate::from_ymd_opt(year, month, day) {
                return Self(date);
            }
            day -= 1;
        }
        Self(if year < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    }

    /// The day so many days later, or earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        let shifted = self.0.checked_add_signed(TimeDelta::days(days.into()));
        Self(shifted.unwrap_or_else(|| edge(days)))
    }

    /// The same day so many months later, or the last of that month where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let distance = Months::new(months.unsigned_abs());
        let shifted = match months {
            0.. => self.0.checked_add_months(distance),
            _ => self.0.checked_sub_months(distance),
        };
        Self(shifted.unwrap_or_else(|| edge(months)))
    }

    /// The same day so many years later; 28 February for a 29th that the year does not have.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        self.plus_months(years.saturating_mul(12))
    }

    /// How many days it is after the Monday of its week: 0 to 6.
    #[must_use]
    pub fn days_after_monday(self) -> i32 {
        // At most 6.
        i32::try_from(self.0.weekday().num_days_from_monday()).unwrap_or_default()
    }

    /// How many days it is after another day; negative when before.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.0.signed_duration_since(other.0).num_days()
    }

    /// As people write it: `01-04-2026`.
    #[must_use]
    pub fn written(self) -> String {
        format!("{:02}-{:02}-{:04}", self.day(), self.month(), self.year())
    }

    /// Day of the month, from 1.
    #[must_use]
    pub fn day(self) -> i64 {
        self.0.day().into()
    }

    /// Month of the year, from 1.
    #[must_use]
    pub fn month(self) -> i64 {
        self.0.month().into()
    }

    /// Year.
    #[must_use]
    pub fn year(self) -> i64 {
        self.0.year().into()
    }

    /// Day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self::from_ymd(self.0.year(), self.0.month(), 1)
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        Self::from_ymd(self.0.year(), self.0.month(), 31)
    }
}

/// As in ISO 8601: `2026-04-01`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `Ord::clamp` is not const.
const fn clamp(number: u32, low: u32, high: u32) -> u32 {
    if number < low {
        low
    } else if number > high {
        high
    } else {
        number
    }
}

fn edge(direction: i32) -> NaiveDate {
    if direction < 0 { NaiveDate::MIN } else { NaiveDate::MAX }
}

/// A time of day, in nanoseconds since midnight; `24:00:00` is the same as `00:00:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u64);

impl Time {
    /// The time at these hours, minutes and seconds; what is beyond a clock is its last.
    #[must_use]
    pub const fn from_hms(hour: u32, minute: u32, second: u32) -> Self {
        let (hour, minute, second) =
            (clamp(hour, 0, 23), clamp(minute, 0, 59), clamp(second, 0, 59));
        let seconds = (hour * 3600 + minute * 60 + second) as u64;
        Self(seconds * 1_000_000_000)
    }
}

/// As in ISO 8601: `12:30:00`, with what there is of a fraction.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanos) = (self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        write!(f, "{hours:02}:{minutes:02}:{:02}", seconds % 60)?;
        match format!("{nanos:09}").trim_end_matches('0') {
            "" => Ok(()),
            fraction => write!(f, ".{fraction}"),
        }
    }
}

/// `xs:integer`: an optional sign and digits. Beyond 128 bits the outermost number stands in,
/// which no bound of a schema can tell from the real one.
pub(crate) fn parse_integer(text: &str) -> Option<i128> {
    let text = trim(text);
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    are_digits(digits).then_some(())?;
    let outermost = if text.starts_with('-') { i128::MIN } else { i128::MAX };
    Some(text.parse().unwrap_or(outermost))
}

/// `xs:date`: a day that exists, with or without a time zone, which is not looked at further.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let text = trim(text);
    let (unsigned, negative) = text.strip_prefix('-').map_or((text, false), |rest| (rest, true));
    let (year, rest) = unsigned.split_once('-')?;
    let (month, rest) = rest.split_once('-')?;
    let (day, zone) = rest.split_at_checked(2)?;
    is_zone(zone).then_some(())?;
    let (year, month, day) = (parse_year(year, negative)?, two_digits(month)?, two_digits(day)?);
    let exists = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
    exists.then(|| Date::from_ymd(year, month, day))
}

/// Four digits or more, without needless zeros. Of a year too far away for the calendar only what
/// decides on leap years is kept.
fn parse_year(digits: &str, negative: bool) -> Option<i32> {
    let padded = digits.len() > 4 && digits.starts_with('0');
    (digits.len() >= 4 && are_digits(digits) && !padded && digits != "0000").then_some(())?;
    let last_four: i32 = digits.get(digits.len() - 4..)?.parse().ok()?;
    let year = if digits.len() <= 6 { digits.parse().ok()? } else { 1_000_000 + last_four };
    // There is no year 0, so the calendar counts one year less before our era.
    Some(if negative { 1 - year } else { year })
}

fn days_in(year: i32, month: u32) -> u32 {
    // 2000 and 2001 stand for all leap years and all others, also those beyond the calendar.
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    u32::try_from(Date::from_ymd(2001 - i32::from(leap), month, 31).day()).unwrap_or(0)
}

/// `xs:time`: `hh:mm:ss`, with or without a fraction and a time zone.
pub(crate) fn parse_time(text: &str) -> Option<Time> {
    let (clock, rest) = trim(text).split_at_checked(8)?;
    let (hour, clock) = clock.split_once(':')?;
    let (minute, second) = clock.split_once(':')?;
    let [hour, minute, second] = [two_digits(hour)?, two_digits(minute)?, two_digits(second)?];
    let (nanos, zone) = parse_fraction(rest)?;
    is_zone(zone).then_some(())?;
    let midnight = hour == 24 && minute == 0 && second == 0 && nanos == 0;
    (midnight || (hour < 24 && minute < 60 && second < 60)).then_some(())?;
    let seconds = u64::from(hour % 24) * 3600 + u64::from(minute * 60 + second);
    Some(Time(seconds * 1_000_000_000 + nanos))
}

/// A fraction of a second in nanoseconds, and what follows it; finer digits are dropped.
fn parse_fraction(text: &str) -> Option<(u64, &str)> {
    let Some(fraction) = text.strip_prefix('.') else { return Some((0, text)) };
    let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
    let (digits, zone) = fraction.split_at(end);
    (!digits.is_empty()).then_some(())?;
    let digits = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
    Some((digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')), zone))
}

/// Nothing, `Z` or an offset of at most 14 hours.
fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['-', '+']) else { return matches!(text, "" | "Z") };
    let parts = offset.split_once(':').and_then(|(h, m)| two_digits(h).zip(two_digits(m)));
    parts.is_some_and(|(hour, minute)| minute < 60 && hour * 60 + minute <= 14 * 60)
}

fn two_digits(text: &str) -> Option<u32> {
    (text.len() == 2 && are_digits(text)).then(|| text.parse().ok()).flatten()
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_a_sign_and_digits() {
        assert_eq!(parse_integer(" +007\n"), Some(7));
        assert_eq!(parse_integer("-12"), Some(-12));
        assert_eq!(parse_integer(&"9".repeat(60)), Some(i128::MAX));
        assert_eq!(parse_integer(&format!("-{}", "9".repeat(60))), Some(i128::MIN));
        for wrong in ["", "-", "1.0", "1e3", "1 2", "+-1", "٣"] {
            assert_eq!(parse_integer(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn dates_exist() {
        assert_eq!(parse_date(" 2024-02-29 "), Some(Date::from_ymd(2024, 2, 29)));
        assert_eq!(parse_date("2024-02-28+02:00"), Some(Date::from_ymd(2024, 2, 28)));
        assert_eq!(parse_date("2024-02-28Z"), Some(Date::from_ymd(2024, 2, 28)));
        assert_eq!(parse_date("12345678000-02-29"), Some(Date(NaiveDate::MAX)));
        assert_eq!(parse_date("-12345678000-01-01"), Some(Date(NaiveDate::MIN)));
        let wrong = [
            "",
            "2023-02-29",
            "2100-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-06-31",
            "0000-01-01",
            "24-01-01",
            "02024-01-01",
            "2024-1-1",
            "2024-01-01+15:00",
            "2024-01-01T00:00:00",
            "2024-01-0é",
            "12345678100-02-29",
        ];
        for wrong in wrong {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_exist() {
        assert_eq!(parse_time("00:00:01"), Some(Time(1_000_000_000)));
        assert_eq!(parse_time("00:00:00.5Z"), Some(Time(500_000_000)));
        assert_eq!(parse_time("24:00:00"), parse_time("00:00:00"));
        for text in ["00:00:00", "09:05:59", "23:59:59.5", "12:00:00.000000001"] {
            assert_eq!(parse_time(text).unwrap().to_string(), text);
        }
        assert!(parse_time("09:59:59") < parse_time("10:00:00-14:00"));
        for wrong in ["", "24:00:01", "12:60:00", "12:00", "12:00:00.", "1:00:00", "12:00:60"] {
            assert_eq!(parse_time(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_end_where_they_end() {
        const LEAP_DAY: Date = Date::from_ymd(2024, 2, 29);
        assert_eq!(LEAP_DAY.plus_years(1).to_string(), "2025-02-28");
        assert_eq!(LEAP_DAY.plus_years(4).to_string(), "2028-02-29");
        assert_eq!(Date::from_ymd(2026, 1, 31).plus_months(1).to_string(), "2026-02-28");
        assert_eq!(Date::from_ymd(2026, 1, 31).plus_months(-2).to_string(), "2025-11-30");
        assert_eq!(Date::from_ymd(2026, 1, 1).plus_days(-1).to_string(), "2025-12-31");
        assert_eq!(LEAP_DAY.first_of_month().day(), 1);
        assert_eq!(Date::from_ymd(2026, 2, 3).last_of_month().day(), 28);
        assert_eq!(Date::from_ymd(2026, 2, 30), Date::from_ymd(2026, 2, 28));
        assert_eq!(
            (Date::new(2026, 2, 30), Date::new(2026, 2, 28).map(|it| it.day())),
            (None, Some(28))
        );
        assert_eq!(LEAP_DAY.plus_years(i32::MAX), Date(NaiveDate::MAX));
        assert_eq!(LEAP_DAY.plus_months(i32::MIN), Date(NaiveDate::MIN));
    }
}
