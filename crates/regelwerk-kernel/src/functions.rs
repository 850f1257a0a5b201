//! Plain functions for generated rules. What is absent compares as false and adds up to nothing.

use crate::pattern::Pattern;
use crate::value::Date;

/// Whether both are there and equal.
#[must_use]
pub fn eq<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a == b)
}

/// Whether both are there and the first is less.
#[must_use]
pub fn lt<T: PartialOrd>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a < b)
}

/// Whether both are there and the first is not greater.
#[must_use]
pub fn le<T: PartialOrd>(a: Option<T>, b: Option<T>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a <= b)
}

/// Whether both are there and the first is greater.
#[must_use]
pub fn gt<T: PartialOrd>(a: Option<T>, b: Option<T>) -> bool {
    lt(b, a)
}

/// Whether both are there and the first is not less.
#[must_use]
pub fn ge<T: PartialOrd>(a: Option<T>, b: Option<T>) -> bool {
    le(b, a)
}

/// The values that are there, as one text; none if none is.
#[must_use]
pub fn listed(values: &[Option<String>]) -> Option<String> {
    let there: Vec<_> = values.iter().flatten().map(String::as_str).collect();
    (!there.is_empty()).then(|| there.join(", "))
}

/// Whether it is there and one of the codes.
#[must_use]
pub fn one_of(a: Option<&str>, codes: &[&str]) -> bool {
    a.is_some_and(|a| codes.contains(&a))
}

/// Whether it is there and matches as a whole.
#[must_use]
pub fn matches(v: Option<&str>, p: &Pattern) -> bool {
    v.is_some_and(|v| p.matches(v))
}

/// Whether it is a burgerservicenummer by its check digit: nine digits, the first eight weighing
/// 9 down to 2 and the last −1, with a sum that 11 divides.
#[must_use]
pub fn eleven_proof(v: Option<&str>) -> bool {
    let digits = v.map(str::as_bytes).and_then(|digits| <[u8; 9]>::try_from(digits).ok());
    digits.filter(|digits| digits.iter().all(u8::is_ascii_digit)).is_some_and(|digits| {
        let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
        let terms =
            digits.iter().zip(weights).map(|(digit, weight)| i32::from(digit - b'0') * weight);
        terms.sum::<i32>() % 11 == 0
    })
}

/// Whether two periods share a day. Both ends belong to a period; one without an end goes on for
/// ever, one without a begin overlaps with nothing.
#[must_use]
pub fn overlaps(a: (Option<Date>, Option<Date>), b: (Option<Date>, Option<Date>)) -> bool {
    let reaches = |end: Option<Date>, begin| end.is_none_or(|end| end >= begin);
    a.0.zip(b.0).is_some_and(|(a_begin, b_begin)| reaches(a.1, b_begin) && reaches(b.1, a_begin))
}

/// [`Date::plus_days`]
#[must_use]
pub fn shift_days(date: Option<Date>, days: i32) -> Option<Date> {
    date.map(|date| date.plus_days(days))
}

/// [`Date::plus_months`]
#[must_use]
pub fn shift_months(date: Option<Date>, months: i32) -> Option<Date> {
    date.map(|date| date.plus_months(months))
}

/// [`Date::plus_years`]
#[must_use]
pub fn shift_years(date: Option<Date>, years: i32) -> Option<Date> {
    date.map(|date| date.plus_years(years))
}

/// [`Date::day`]
#[must_use]
pub fn day(date: Option<Date>) -> Option<i64> {
    date.map(Date::day)
}

/// [`Date::month`]
#[must_use]
pub fn month(date: Option<Date>) -> Option<i64> {
    date.map(Date::month)
}

/// [`Date::year`]
#[must_use]
pub fn year(date: Option<Date>) -> Option<i64> {
    date.map(Date::year)
}

/// [`Date::first_of_month`]
#[must_use]
pub fn first_of_month(date: Option<Date>) -> Option<Date> {
    date.map(Date::first_of_month)
}

/// [`Date::last_of_month`]
#[must_use]
pub fn last_of_month(date: Option<Date>) -> Option<Date> {
    date.map(Date::last_of_month)
}

/// The sum, if both are there; saturating.
#[must_use]
pub fn add(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    Some(a?.saturating_add(b?))
}

/// The difference, if both are there; saturating.
#[must_use]
pub fn sub(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    Some(a?.saturating_sub(b?))
}

/// The product, if both are there; saturating.
#[must_use]
pub fn mul(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    Some(a?.saturating_mul(b?))
}

/// The quotient to the nearest whole number, a half away from zero; none when either is absent or
/// the second is 0.
#[must_use]
pub fn div_round(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    let (a, b) = (i128::from(a?), i128::from(b?));
    let twice = (2 * a.abs() + b.abs()).checked_div(2 * b.abs())?;
    whole(if (a < 0) == (b < 0) { twice } else { -twice })
}

/// The quotient, or the next whole number above it; none when either is absent or the second is 0.
#[must_use]
pub fn div_up(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    let (a, b) = (i128::from(a?), i128::from(b?));
    let down = a.checked_div_euclid(b)?;
    let is_above = b * down != a && b > 0;
    whole(down + i128::from(is_above))
}

fn whole(number: i128) -> Option<i64> {
    Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}

/// How many days a period has, both ends counted; none when an end is absent or comes first.
#[must_use]
pub fn days(from: Option<Date>, until: Option<Date>) -> Option<i64> {
    let between = until?.days_since(from?);
    (between >= 0).then_some(between + 1)
}

/// How many calendar months a period touches; none when an end is absent or comes first.
#[must_use]
pub fn months(from: Option<Date>, until: Option<Date>) -> Option<i64> {
    let (from, until) = (from?, until?);
    let number = |date: Date| date.year() * 12 + date.month();
    (from <= until).then(|| number(until) - number(from) + 1)
}

/// How many calendar weeks, Monday to Sunday, a period touches; none when an end is absent or comes
/// first.
#[must_use]
pub fn weeks(from: Option<Date>, until: Option<Date>) -> Option<i64> {
    let (from, until) = (from?, until?);
    let weeks = |date: Date| date.plus_days(-date.days_after_monday());
    (from <= until).then(|| weeks(until).days_since(weeks(from)) / 7 + 1)
}

/// How many Sundays a period has, both ends counted; none when an end is absent or comes first.
#[must_use]
pub fn sundays(from: Option<Date>, until: Option<Date>) -> Option<i64> {
    let touched = weeks(from, until)?;
    let ends_before_sunday = until?.days_after_monday() < 6;
    Some(touched - i64::from(ends_before_sunday))
}

/// The first of those that are there.
#[must_use]
pub fn first<T: Ord, const N: usize>(values: [Option<T>; N]) -> Option<T> {
    values.into_iter().flatten().min()
}

/// The last of those that are there.
#[must_use]
pub fn last<T: Ord, const N: usize>(values: [Option<T>; N]) -> Option<T> {
    values.into_iter().flatten().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_made_whole_one_way() {
        let both = |a, b| (div_round(Some(a), Some(b)), div_up(Some(a), Some(b)));
        assert_eq!(both(7, 2), (Some(4), Some(4)));
        assert_eq!(both(9, 4), (Some(2), Some(3)));
        assert_eq!(both(8, 4), (Some(2), Some(2)));
        assert_eq!(both(-7, 2), (Some(-4), Some(-3)));
        assert_eq!(both(7, -2), (Some(-4), Some(-3)));
        assert_eq!(both(i64::MIN, -1), (Some(i64::MAX), Some(i64::MAX)));
        assert_eq!(both(1, 0), (None, None));
        assert_eq!((div_round(None, Some(1)), mul(Some(3), None)), (None, None));
        assert_eq!(mul(Some(i64::MAX), Some(2)), Some(i64::MAX));
    }

    #[test]
    fn a_period_counts_both_its_ends() {
        let day = |month, day| Some(Date::from_ymd(2026, month, day));
        assert_eq!(
            (days(day(4, 1), day(4, 30)), months(day(4, 1), day(4, 30))),
            (Some(30), Some(1))
        );
        assert_eq!(
            (days(day(4, 30), day(5, 1)), months(day(4, 30), day(5, 1))),
            (Some(2), Some(2))
        );
        assert_eq!((days(day(5, 1), day(4, 30)), months(day(5, 1), day(4, 30))), (None, None));
        // 1 April 2026 is a Wednesday.
        assert_eq!(
            (weeks(day(4, 1), day(4, 30)), sundays(day(4, 1), day(4, 30))),
            (Some(5), Some(4))
        );
        assert_eq!(
            (weeks(day(4, 5), day(4, 6)), sundays(day(4, 5), day(4, 6))),
            (Some(2), Some(1))
        );
        assert_eq!(
            (weeks(day(4, 6), day(4, 12)), sundays(day(4, 6), day(4, 12))),
            (Some(1), Some(1))
        );
        assert_eq!(
            (weeks(day(4, 6), day(4, 11)), sundays(day(4, 6), day(4, 11))),
            (Some(1), Some(0))
        );
        assert_eq!((weeks(day(4, 6), day(4, 5)), sundays(None, day(4, 5))), (None, None));
        assert_eq!((days(None, day(4, 30)), months(day(5, 1), None)), (None, None));
        assert_eq!(last([day(4, 1), None, day(5, 1)]), day(5, 1));
        assert_eq!(first([day(4, 1), None, day(5, 1)]), day(4, 1));
        assert_eq!(first::<Date, 0>([]), None);
    }

    #[test]
    fn what_is_absent_compares_as_false() {
        assert!(eq(Some(1), Some(1)) && !eq(Some(1), None) && !eq::<i64>(None, None));
        assert!(lt(Some(1), Some(2)) && !lt(Some(2), Some(2)) && !lt(None, Some(2)));
        assert!(le(Some(2), Some(2)) && !le(Some(3), Some(2)));
        assert!(gt(Some(3), Some(2)) && !gt(Some(2), Some(2)) && !gt(Some(3), None));
        assert!(ge(Some(2), Some(2)) && !ge(Some(1), Some(2)));
        assert!(one_of(Some("02"), &["01", "02"]) && !one_of(Some("2"), &["02"]));
        assert!(!one_of(None, &["01"]));
        assert_eq!((add(Some(i64::MAX), Some(1)), add(None, Some(1))), (Some(i64::MAX), None));
        assert_eq!(
            (sub(Some(i64::MIN), Some(1)), sub(Some(5), Some(2))),
            (Some(i64::MIN), Some(3))
        );
    }

    #[test]
    fn a_burgerservicenummer_has_a_check_digit() {
        assert!(eleven_proof(Some("111222333")) && eleven_proof(Some("000000000")));
        for wrong in ["111222334", "11122233", "1112223330", "11122233a", ""] {
            assert!(!eleven_proof(Some(wrong)), "{wrong}");
        }
        assert!(!eleven_proof(None));
    }

    #[test]
    fn periods_share_a_day() {
        let day = |day| Some(Date::from_ymd(2026, 1, day));
        assert!(overlaps((day(1), day(5)), (day(5), day(9))));
        assert!(!overlaps((day(1), day(4)), (day(5), day(9))));
        assert!(!overlaps((day(5), day(9)), (day(1), day(4))));
        assert!(overlaps((day(1), None), (day(9), None)));
        assert!(!overlaps((None, day(9)), (day(1), None)));
    }
}
