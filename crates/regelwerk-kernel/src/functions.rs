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

#[cfg(test)]
mod tests {
    use super::*;

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
