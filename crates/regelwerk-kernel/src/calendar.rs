//! Working days and last days, for any year.

use crate::standard::{Calendar, Holiday, HolidayDay, Within};
use crate::value::Date;

/// The last year that is counted in: dates of messages have four digits for it.
const LAST_YEAR: i64 = 9999;

/// Years after which Easter falls on the same days again.
const CYCLE: i32 = 5_700_000;

/// Easter Sunday of the Gregorian calendar, as the church reckons it since 1583; for any other year
/// as it would have been. After Meeus, *Astronomical Algorithms*, chapter 8.
#[must_use]
pub fn easter(year: i32) -> Date {
    let cycled = year.rem_euclid(CYCLE);
    let (century, of_century) = (cycled / 100, cycled % 100);
    let golden = cycled % 19;
    let lunar = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - lunar + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - moon - of_century % 4) % 7;
    let late = (golden + 11 * moon + 22 * to_sunday) / 451;
    let day = moon + to_sunday - 7 * late + 114;
    let number = |n: i32| u32::try_from(n).unwrap_or(1);
    Date::from_ymd(year, number(day / 31), number(day % 31 + 1))
}

impl Calendar {
    /// The holiday on this day, if it is one.
    #[must_use]
    pub fn holiday(&self, date: Date) -> Option<&'static Holiday> {
        self.holidays.iter().find(|holiday| holiday.is_on(date))
    }

    /// Whether people work on this day.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        !self.weekend.contains(&date.weekday()) && self.holiday(date).is_none()
    }

    /// The working day that is so many after this day, which does not count itself; the day itself
    /// for none. `None` after the year 9999, where the calendar ends.
    #[must_use]
    pub fn after(&self, date: Date, working_days: u16) -> Option<Date> {
        let (mut date, mut left) = (date, working_days);
        while left > 0 && date.year() <= LAST_YEAR {
            date = date.plus_days(1);
            left -= u16::from(self.is_working_day(date));
        }
        in_range(date)
    }
}

impl Holiday {
    fn is_on(&self, date: Date) -> bool {
        let year = date.year();
        let is_held = self.from.is_none_or(|from| i64::from(from) <= year)
            && self.until.is_none_or(|until| year <= i64::from(until));
        is_held && self.day.is_on(date)
    }
}

impl HolidayDay {
    fn is_on(self, date: Date) -> bool {
        let (month, day, moved) = match self {
            Self::Easter(by) => {
                let year = i32::try_from(date.year()).unwrap_or(i32::MAX);
                return easter(year).plus_days(by) == date;
            }
            Self::Fixed { month, day, moved } => (month, day, moved),
        };
        let is_its_day = |at: Date| (at.month(), at.day()) == (month.into(), day.into());
        match moved {
            None => is_its_day(date),
            Some(moved) => {
                let from = date.plus_days(-moved.by);
                let stays = is_its_day(date) && date.weekday() != moved.weekday;
                stays || is_its_day(from) && from.weekday() == moved.weekday
            }
        }
    }
}

impl Within {
    /// The last day of a term that begins on this day; `None` after the year 9999, and where only
    /// its course tells.
    #[must_use]
    pub fn last_day(self, begins: Date) -> Option<Date> {
        match self {
            Self::WorkingDays(number, calendar) => calendar.after(begins, number),
            Self::Days(number) => in_range(begins.plus_days(number.into())),
            Self::Months(number) => in_range(begins.plus_months(number.into())),
            Self::Until => None,
        }
    }
}

fn in_range(date: Date) -> Option<Date> {
    (date.year() <= LAST_YEAR).then_some(date)
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::standard::Moved;

    const fn always(name: &'static str, day: HolidayDay) -> Holiday {
        Holiday { name, day, from: None, until: None, sources: &[], readings: &[] }
    }

    const fn fixed(month: u8, day: u8) -> HolidayDay {
        HolidayDay::Fixed { month, day, moved: None }
    }

    /// A Sunday moves to the day before.
    const KING: HolidayDay = HolidayDay::Fixed {
        month: 4,
        day: 27,
        moved: Some(Moved { weekday: Weekday::Sun, by: -1 }),
    };
    /// A Sunday moves to the day after, which may be of the next year.
    const LATE: HolidayDay = HolidayDay::Fixed {
        month: 12,
        day: 31,
        moved: Some(Moved { weekday: Weekday::Sun, by: 1 }),
    };

    const NL: Calendar = Calendar {
        name: "werkdagen",
        title: "Werkdagen",
        sources: &["verzonnen"],
        readings: &[],
        file: "",
        line: 1,
        weekend: &[Weekday::Sat, Weekday::Sun],
        holidays: &[
            always("Nieuwjaarsdag", fixed(1, 1)),
            always("Goede Vrijdag", HolidayDay::Easter(-2)),
            always("Tweede Paasdag", HolidayDay::Easter(1)),
            Holiday { from: Some(2014), ..always("Koningsdag", KING) },
            always("Bevrijdingsdag", fixed(5, 5)),
            always("Hemelvaartsdag", HolidayDay::Easter(39)),
            always("Tweede Pinksterdag", HolidayDay::Easter(50)),
            always("Kerst", fixed(12, 25)),
            always("Tweede Kerstdag", fixed(12, 26)),
        ],
    };

    /// A calendar of one holiday and no weekend.
    fn only(holidays: &'static [Holiday]) -> Calendar {
        Calendar { weekend: &[], holidays, ..NL }
    }

    fn day(year: i32, month: u32, day: u32) -> Date {
        Date::new(year, month, day).unwrap()
    }

    fn after(begins: Date, days: u16) -> String {
        NL.after(begins, days).map_or("-".to_owned(), |date| date.to_string())
    }

    #[test]
    fn easter_is_where_the_tables_have_it() {
        // The earliest and the latest there can be, and the exceptions of the reckoning.
        let known = [
            (1583, 4, 10),
            (1818, 3, 22),
            (1886, 4, 25),
            (1943, 4, 25),
            (1954, 4, 18),
            (1961, 4, 2),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2018, 4, 1),
            (2019, 4, 21),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
            (2076, 4, 19),
            (2285, 3, 22),
        ];
        for (year, month, of_month) in known {
            assert_eq!(easter(year), day(year, month, of_month));
        }
    }

    #[test]
    fn easter_is_a_sunday_in_spring_in_every_year() {
        for year in -3_000..=12_000 {
            let date = easter(year);
            assert_eq!((date.year(), date.weekday()), (year.into(), Weekday::Sun), "{date}");
            assert!(date >= day(year, 3, 22) && date <= day(year, 4, 25), "{date}");
        }
        for year in [i32::MIN, -262_143, 262_142, i32::MAX] {
            let _ = easter(year);
        }
    }

    #[test]
    fn good_friday_and_liberation_day_are_holidays_every_year() {
        assert!(!NL.is_working_day(day(2026, 4, 3)));
        assert!(NL.is_working_day(day(2026, 4, 2)) && NL.is_working_day(day(2026, 4, 7)));
        // In 2020 and 2025 the country had the day off, in the years between it had not.
        for year in 2020..=2025 {
            let name = NL.holiday(day(year, 5, 5)).map(|holiday| holiday.name);
            assert_eq!(name, Some("Bevrijdingsdag"));
        }
    }

    #[test]
    fn king_s_day_is_not_on_a_sunday() {
        assert!(NL.holiday(day(2025, 4, 26)).is_some() && NL.holiday(day(2025, 4, 27)).is_none());
        assert!(NL.holiday(day(2026, 4, 27)).is_some() && NL.holiday(day(2026, 4, 26)).is_none());
        // Before there was a king.
        assert!(NL.holiday(day(2012, 4, 27)).is_none() && NL.holiday(day(2014, 4, 26)).is_some());
    }

    #[test]
    fn a_holiday_may_move_over_the_end_of_a_year_and_may_end() {
        static HOLIDAYS: &[Holiday] = &[Holiday { until: Some(2023), ..always("oud", LATE) }];
        let calendar = only(HOLIDAYS);
        // 31 December 2022 was a Saturday, 2023 a Sunday: its holiday would be in 2024.
        assert!(!calendar.is_working_day(day(2022, 12, 31)));
        assert!(calendar.is_working_day(day(2023, 12, 31)));
        assert!(calendar.is_working_day(day(2024, 1, 1)));
        assert!(!calendar.is_working_day(day(2018, 1, 1)));
    }

    #[test]
    fn the_day_itself_does_not_count_and_the_last_day_does() {
        // Good Friday, a weekend and Easter Monday lie between.
        assert_eq!(after(day(2026, 4, 2), 3), "2026-04-09");
        assert_eq!(after(day(2026, 4, 1), 3), "2026-04-08");
        // Received in a weekend: Monday is the first day that counts.
        assert_eq!(after(day(2026, 3, 7), 1), "2026-03-09");
        assert_eq!(after(day(2026, 3, 6), 1), "2026-03-09");
        assert_eq!(after(day(2026, 5, 4), 1), "2026-05-06");
        assert_eq!(after(day(2025, 12, 24), 5), "2026-01-05");
        assert_eq!(after(day(2026, 3, 7), 0), "2026-03-07");
    }

    #[test]
    fn weeks_and_months_count_every_day() {
        let begins = day(2026, 1, 31);
        assert_eq!(Within::Days(56).last_day(begins), Some(day(2026, 3, 28)));
        assert_eq!(Within::Months(1).last_day(begins), Some(day(2026, 2, 28)));
        assert_eq!(Within::WorkingDays(1, &NL).last_day(begins), Some(day(2026, 2, 2)));
    }

    #[test]
    fn after_the_year_9999_there_is_no_last_day() {
        assert_eq!(after(day(9999, 12, 27), 3), "9999-12-30");
        let last = day(9999, 12, 30);
        for within in [Within::WorkingDays(3, &NL), Within::Days(u16::MAX), Within::Months(2)] {
            assert_eq!(within.last_day(last), None);
            for far in ["999999-01-01", "-999999-01-01", "0001-01-01"] {
                let far = crate::value::parse_date(far).unwrap();
                assert_eq!(within.last_day(far).is_none(), far > last);
            }
        }
        assert_eq!(NL.after(day(1, 1, 1), u16::MAX).map(Date::year), Some(258));
    }
}
