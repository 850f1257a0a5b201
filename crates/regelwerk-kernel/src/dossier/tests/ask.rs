//! Questions about rows, asked as a row would.

use super::super::testing::{GRANT, GRANT_BY_BEGIN, GRANT_OF_CLIENT, PAYMENT, START_OF_CLIENT};
use super::*;
use crate::rows::{Ended, EndedBy, Find, Key, Rows};
use crate::standard::{FactDef, Range};

const fn find<'k>(range: Range, index: u16, key: &'k [Key<'k>]) -> Find<'k> {
    Find { range, index, key, counts_void: false }
}

/// What happened to Anna: 1 a grant, 2 a start, 3 a grant decided before, 4 a start that is one too
/// many, 5 a reply that rejects the start, 6 a grant that takes all back.
fn sample() -> Dossier {
    let mut dossier = empty();
    let late = reply_to_start("S1", "2026-01-06", "9019");
    let all = [
        grant("T1", "2026-01-01", ANNA, (4711, "2026-01-02", 5)),
        start("S1", "2026-01-02", ANNA, 4711),
        grant("T2", "2026-01-03", ANNA, (4711, "2026-01-01", 7)),
        start("S2", "2026-01-04", ANNA, 4711),
        late,
        grant("T3", "2026-01-09", ANNA, (4711, "2026-01-09", 0)),
    ];
    assert_eq!(receive(&mut dossier, &all), ["", "", "", "TR2", "", ""]);
    dossier
}

/// Asks something as a row would on arrival: the row of a source at a place.
fn ask<T>(
    dossier: &Dossier,
    (source, at): (u16, usize),
    as_of: Option<&str>,
    question: impl Fn(Rows<'_>, Row<'_>) -> T,
) -> T {
    let fuel = dossier.fuel();
    let desk = dossier.desk(&fuel, as_of.map(day));
    let row = dossier.rows(source).nth(at).unwrap();
    question(desk.of(row), row)
}

/// The numbers of the messages whose rows are found.
fn found(rows: Rows<'_>, find: &Find<'_>) -> Vec<u32> {
    let numbers = RefCell::new(Vec::new());
    let _ = rows.any(find, |row| {
        numbers.borrow_mut().extend(row.message().map(|number| number.0));
        false
    });
    numbers.into_inner()
}

#[test]
fn what_came_before_is_not_what_comes_after() {
    let dossier = sample();
    let key = [Key::Number(Some(4711))];
    let of =
        |range, at| ask(&dossier, (0, at), None, |rows, _| found(rows, &find(range, GRANT, &key)));
    // In the order of the index, which is that of the day of decision.
    assert_eq!((of(Range::Earlier, 2), of(Range::Later, 0)), (vec![3, 1], vec![3, 6]));
    assert_eq!((of(Range::Earlier, 0), of(Range::Later, 2)), (vec![], vec![]));
    let view = |at| of(Range::View(0), at);
    assert_eq!((view(0), view(1), view(2)), (vec![], vec![1], vec![1]), "as it was then");
    let now =
        ask(&dossier, (1, 1), None, |rows, _| found(rows, &find(Range::View(0), GRANT, &key)));
    assert_eq!(now, [1]);
}

#[test]
fn a_view_is_found_by_other_columns_than_its_key_too() {
    let dossier = sample();
    let begin = [Key::Date(Some(day("2026-01-01")))];
    let of = |index, key| {
        ask(&dossier, (1, 1), None, |rows, _| found(rows, &find(Range::View(0), index, key)))
    };
    assert_eq!((of(GRANT_BY_BEGIN, &begin), of(GRANT_OF_CLIENT, &[])), (vec![1], vec![1]));
    let all = find(Range::Earlier, GRANT_OF_CLIENT, &[]);
    assert_eq!(ask(&dossier, (1, 1), None, |rows, _| found(rows, &all)), [1, 3], "by arrival");
}

#[test]
fn what_is_rejected_is_found_when_asked_for_and_until_it_was() {
    let dossier = sample();
    let key = [Key::Number(Some(4711))];
    let starts = find(Range::Earlier, START_OF_CLIENT, &key);
    let of = |at, find: &Find<'_>| ask(&dossier, (0, at), None, |rows, _| found(rows, find));
    assert_eq!((of(1, &starts), of(2, &starts)), (vec![2], vec![]), "the reply came between");
    assert_eq!(of(2, &Find { counts_void: true, ..starts }), [2, 4]);
    let later = Find { range: Range::Later, ..starts };
    let of = |as_of| ask(&dossier, (0, 0), Some(as_of), |rows, _| found(rows, &later));
    assert_eq!(of("2026-01-01"), [0; 0], "nothing was received yet");
    assert_eq!(of("2026-01-05"), [2], "the second was rejected at once");
    assert_eq!(of("2026-01-06"), [0; 0], "the reply is there");
}

#[test]
fn of_nothing_nothing_is_found_unless_nothing_is_looked_for() {
    let mut dossier = empty();
    let without = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-02", 5));
    let without = without.replace("<Nummer>4711</Nummer>", "");
    receive(&mut dossier, [&without, &start("S1", "2026-01-02", ANNA, 4711)]);
    let of = |key: Key<'_>| {
        let key = [key];
        ask(&dossier, (1, 0), None, |rows, _| found(rows, &find(Range::Earlier, GRANT, &key)))
    };
    let none: Key<'_> = Key::from(None::<i64>);
    assert_eq!((of(none), of(none.or_empty())), (vec![], vec![1]));
    assert_eq!(of(Key::Number(Some(4711)).or_empty()), [0; 0]);
    // A number is not found as a text.
    assert_eq!(of(Key::Text(Some(""))), [0; 0]);
}

#[test]
fn counts_and_sums_are_over_what_holds() {
    let dossier = sample();
    let key = [Key::Number(Some(4711))];
    let all = find(Range::Earlier, GRANT, &key);
    let of = |question: fn(Rows<'_>, &Find<'_>) -> i64| {
        ask(&dossier, (0, 2), None, |rows, _| question(rows, &all))
    };
    assert_eq!(of(|rows, find| rows.count(find, |_| true)), 2);
    assert_eq!(
        of(|rows, find| rows.sum(find, |row| row.number(3) > Some(5), |row| row.number(3))),
        7
    );
    assert_eq!(of(|rows, find| i64::from(rows.every(find, |row| row.filled(3)))), 1);
    assert_eq!(of(|rows, find| i64::from(rows.every(find, |row| row.number(3) == Some(5)))), 0);
}

#[test]
fn a_term_ends_with_the_earliest() {
    let mut dossier = sample();
    dossier.state_fact("betaling", day("2026-01-05"), "4711", "").unwrap();
    dossier.state_fact("betaling", day("2026-01-04"), "4711", "").unwrap();
    let number = [Key::Number(Some(4711))];
    let text = [Key::Text(Some("4711"))];
    let by = |on, by| Some(Ended { on: day(on), by });
    let message = |number| EndedBy::Message(MessageNo(number));
    ask(&dossier, (0, 0), None, |rows, row| {
        let grants = rows.ended(&find(Range::Later, GRANT, &number), |_| true, |row| row.date(1));
        assert_eq!(grants, by("2026-01-01", message(3)));
        let payments = find(Range::Earlier, PAYMENT, &text);
        let paid = rows.ended(&payments, |_| true, |row| row.date(FactDef::DATE));
        assert_eq!(paid, by("2026-01-04", EndedBy::Fact(0)));
        assert_eq!(Ended::earliest([paid, None, grants]), grants);
        assert_eq!(rows.ended_by_itself(row), by("2026-01-01", message(1)));
        assert_eq!(rows.ended_by_answer(row), None);
    });
    let answered = |as_of| ask(&dossier, (1, 0), as_of, |rows, row| rows.ended_by_answer(row));
    assert_eq!(answered(None), by("2026-01-06", message(5)));
    assert_eq!(answered(Some("2026-01-05")), None);
}

#[test]
fn views_in_views_without_end_are_given_up() {
    let dossier = sample();
    let fuel = dossier.fuel();
    let desk = dossier.desk(&fuel, None);
    let row = dossier.rows(0).nth(2).unwrap();
    let key = [Key::Number(Some(4711))];
    assert!(!desk.of(row).any(&find(Range::View(1), GRANT, &key), |_| true));
    assert_eq!(fuel.get(), 0, "its rule is given up");
}
