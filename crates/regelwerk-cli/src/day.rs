//! Days as people write them.

use std::error::Error;
use std::fmt;

use chrono::{Datelike, Local};
use regelwerk::standard::Text;
use regelwerk::{Date, Lang};

/// The day it is here.
pub(crate) fn today() -> Date {
    let day = Local::now().date_naive();
    Date::from_ymd(day.year(), day.month(), day.day())
}

/// An argument is no day.
#[derive(Debug)]
pub(crate) struct BadDay;

impl BadDay {
    /// What is expected where a day is an argument.
    pub(crate) const TEXT: Text = Text {
        nl: "verwacht een bestaande datum, JJJJ-MM-DD of DD-MM-JJJJ",
        en: "expected a day that exists, YYYY-MM-DD or DD-MM-YYYY",
    };
}

impl fmt::Display for BadDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::TEXT.nl)
    }
}

impl Error for BadDay {}

/// A day as an argument, in full: `2026-04-01` or `01-04-2026`.
pub(crate) fn argument(text: &str) -> Result<Date, BadDay> {
    Some(text).filter(|text| text.len() == 10).and_then(in_file).ok_or(BadDay)
}

/// A day in a file that a person made: `2026-04-01`, or `01-04-2026` as Dutch spreadsheets write
/// it, which leave out zeros as well.
pub(crate) fn in_file(text: &str) -> Option<Date> {
    year_first(text).or_else(|| day_first(text))
}

/// A day as it is shown in a language.
pub(crate) fn shown(day: Date, lang: Lang) -> String {
    match lang {
        Lang::Nl => format!("{:02}-{:02}-{:04}", day.day(), day.month(), day.year()),
        Lang::En => day.to_string(),
    }
}

fn year_first(text: &str) -> Option<Date> {
    let [year, month, day] = numbers(text, [4..=4, 2..=2, 2..=2])?;
    dated(year, month, day)
}

fn day_first(text: &str) -> Option<Date> {
    let [day, month, year] = numbers(text, [1..=2, 1..=2, 4..=4])?;
    dated(year, month, day)
}

/// A day that exists. There never was a year 0.
fn dated(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(year.try_into().ok()?, month, day).filter(|_| year > 0)
}

/// Three numbers with hyphens between them, each of so many digits.
fn numbers(text: &str, lengths: [std::ops::RangeInclusive<usize>; 3]) -> Option<[u32; 3]> {
    let mut parts = text.split('-');
    let mut numbers = [0; 3];
    for (number, length) in numbers.iter_mut().zip(lengths) {
        let part = parts.next().filter(|part| length.contains(&part.len()))?;
        let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
        *number = Some(part).filter(|_| is_number)?.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_in_a_file_is_written_either_way() {
        let day = Date::new(2026, 4, 1);
        for text in ["2026-04-01", "01-04-2026", "1-4-2026"] {
            assert_eq!(in_file(text), day, "{text}");
        }
        for text in [
            "",
            "2026-02-30",
            "30-02-2026",
            "2026-4-1",
            "01-04-26",
            "01/04/2026",
            "2026-04-01-",
            "+1-4-2026",
        ] {
            assert_eq!(in_file(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_as_an_argument_is_written_in_full() {
        for text in ["2026-04-01", "01-04-2026"] {
            assert_eq!(argument(text).ok(), Date::new(2026, 4, 1), "{text}");
        }
        for text in [
            "1-4-2026",
            "2026-2-3",
            " 2026-02-03",
            "2026-02-30",
            "20260-2-03",
            "0000-01-01",
            "01-01-0000",
        ] {
            assert!(argument(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_is_shown_as_people_know_it() {
        let day = Date::from_ymd(2026, 4, 1);
        assert_eq!([shown(day, Lang::Nl), shown(day, Lang::En)], ["01-04-2026", "2026-04-01"]);
    }
}
