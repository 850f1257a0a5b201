//! How things stand while a scenario is played: states of processes, and terms.

use std::collections::BTreeMap;

use regelwerk::{Date, Dossier, MessageNo, ProcessState, Term};
use regelwerk_compiler::model::scenario::Standing;

use super::play::date;

/// States by process and key.
pub(super) type States = BTreeMap<(&'static str, String), &'static str>;

pub(super) fn states(dossier: &Dossier) -> States {
    let states = dossier.states().into_iter();
    states.map(|one| ((one.process, one.key), one.state)).collect()
}

/// What is other than before: `levering 4711: toegewezen → gestart`.
pub(super) fn changes(before: &States, after: &States) -> Vec<String> {
    let changed = after.iter().filter(|(key, state)| before.get(key) != Some(state));
    let told = changed.map(|((process, key), state)| match before.get(&(*process, key.clone())) {
        None => format!("{process} {key}: {state}"),
        Some(from) => format!("{process} {key}: {from} → {state}"),
    });
    told.collect()
}

/// Whether something holds for one of those that are meant, and for every other something that is
/// said of them as well.
fn holds_of<T>(meant: &[T], is_so: impl Fn(&T) -> bool, is_said: impl Fn(&T) -> bool) -> bool {
    meant.iter().any(is_so) && meant.iter().all(is_said)
}

/// That not every instance is in a state: of those that a message is about, or of all with a key.
pub(super) fn no_state(
    dossier: &Dossier,
    message: Option<MessageNo>,
    (process, key, state): (&str, Option<&str>, &str),
) -> Option<String> {
    let all = match (key, message) {
        (None, Some(message)) => dossier.states_of(message),
        _ => dossier.states(),
    };
    let is_meant =
        |one: &&ProcessState| one.process == process && key.is_none_or(|it| it == one.key);
    let meant: Vec<_> = all.iter().filter(is_meant).collect();
    let is_so = |one: &&ProcessState| one.state == state;
    let is_so = holds_of(&meant, is_so, is_so);
    let found: Vec<_> = meant.iter().map(|one| format!("{} {}", one.key, one.state)).collect();
    (!is_so).then(|| format!("{process} is niet {state} maar [{}]", found.join(", ")))
}

/// That not every term that is meant stands so on a day, or as is said of them beside it; or that
/// there is one, where there must be none.
pub(super) fn no_term(
    dossier: &Dossier,
    as_of: Date,
    opener: Option<MessageNo>,
    (rule, part): (&str, Option<&str>),
    (standing, said): (Standing, &[Standing]),
) -> Option<String> {
    let is_meant = |one: &Term| {
        one.rule == rule
            && part.is_none_or(|part| part == one.label)
            && opener.is_none_or(|opener| opener == one.message)
    };
    let meant: Vec<_> = dossier.terms(as_of).into_iter().filter(is_meant).collect();
    let stands = |one: &Term, standing: Standing| match standing {
        Standing::Due(day) => one.due == Some(date(day)),
        Standing::Met => one.met == Some(true),
        Standing::Late => one.met == Some(false),
        Standing::Open => one.met.is_none(),
        Standing::Nowhere => false,
    };
    let found: Vec<_> = meant.iter().map(told).collect();
    let is_said = |one: &Term| said.iter().any(|&standing| stands(one, standing));
    let is_right = match standing {
        Standing::Nowhere => meant.is_empty(),
        _ => holds_of(&meant, |one| stands(one, standing), is_said),
    };
    (!is_right).then(|| format!("{rule} niet {standing:?} maar [{}]", found.join(", ")))
}

/// A day as scenarios write it.
fn shown(day: Date) -> String {
    let parts: Vec<_> = day.to_string().split('-').rev().map(str::to_owned).collect();
    parts.join("-")
}

/// The terms as they stand on a day.
pub(super) fn terms(dossier: &Dossier, as_of: Date) -> Vec<String> {
    dossier.terms(as_of).iter().map(told).collect()
}

/// `termijn OP090 van bericht 2 (gemeente) uiterlijk 09-04-2026: gehaald op 03-04-2026`
fn told(term: &Term) -> String {
    let Term { rule, label, message, by, .. } = term;
    let part = if label.is_empty() { String::new() } else { format!(" \"{label}\"") };
    let due = term.due.map_or("nooit".to_owned(), shown);
    let stands = match (term.met, term.ended.map(shown)) {
        (Some(true), Some(on)) => format!("gehaald op {on}"),
        (Some(false), Some(on)) => format!("te laat, op {on}"),
        (Some(false), None) => "te laat".to_owned(),
        _ => "loopt".to_owned(),
    };
    format!("termijn {rule}{part} van bericht {message} ({by}) uiterlijk {due}: {stands}")
}

#[test]
fn what_holds_of_one_does_not_hold_of_all() {
    let is_even = |number: &u32| number.is_multiple_of(2);
    let holds = |numbers: &[u32]| holds_of(numbers, is_even, is_even);
    assert!(holds(&[2, 4]) && !holds(&[2, 3]) && !holds(&[3]) && !holds(&[]));
    // What is said beside it holds of the others, and of no more.
    let is_said = |number: &u32| is_even(number) || *number == 3;
    let holds = |numbers: &[u32]| holds_of(numbers, is_even, is_said);
    assert!(holds(&[2, 3]) && !holds(&[3]) && !holds(&[2, 5]));
}
