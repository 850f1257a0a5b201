//! How things stand while a scenario is played: states of processes, and terms.

use std::collections::BTreeMap;

use regelwerk::{Date, Term};
use regelwerk_play::Scene;

/// States by process and key.
pub(super) type States<'p> = BTreeMap<(&'static str, &'p str), &'static str>;

pub(super) fn states(scene: &Scene) -> States<'_> {
    scene.states.iter().map(|one| ((one.process, one.key.as_str()), one.state)).collect()
}

/// What is other than before: `levering 4711: toegewezen → gestart`.
pub(super) fn changes(before: &States<'_>, after: &States<'_>) -> Vec<String> {
    let changed = after.iter().filter(|(key, state)| before.get(key) != Some(state));
    let told = changed.map(|((process, key), state)| match before.get(&(*process, *key)) {
        None => format!("{process} {key}: {state}"),
        Some(from) => format!("{process} {key}: {from} → {state}"),
    });
    told.collect()
}

/// `termijn OP090 van bericht 2 (gemeente) uiterlijk 09-04-2026: gehaald op 03-04-2026`
pub(super) fn told(term: &Term) -> String {
    let Term { rule, label, message, by, .. } = term;
    let part = if label.is_empty() { String::new() } else { format!(" \"{label}\"") };
    let due = term.due.map_or("nooit".to_owned(), Date::written);
    let stands = match (term.met, term.ended.map(Date::written)) {
        (Some(true), Some(on)) => format!("gehaald op {on}"),
        (Some(false), Some(on)) => format!("te laat, op {on}"),
        (Some(false), None) => "te laat".to_owned(),
        _ => "loopt".to_owned(),
    };
    format!("termijn {rule}{part} van bericht {message} ({by}) uiterlijk {due}: {stands}")
}
