//! What is kept for as long as the program runs: a standard is static data, wherever it comes from.
//!
//! Texts and patterns are kept once, so that rules that are read again and again, as while an
//! analyst edits them, cost little more than what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use regelwerk_compiler::model::translate_pattern;
use regelwerk_kernel::Pattern;

static PATTERNS: Mutex<BTreeMap<&'static str, &'static Pattern>> = Mutex::new(BTreeMap::new());
static TEXTS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());

/// A text.
pub(crate) fn text(text: &str) -> &'static str {
    let mut known = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(text) {
        return known;
    }
    let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(kept);
    kept
}

/// A pattern of XML Schema.
pub(crate) fn pattern(xsd: &str) -> &'static Pattern {
    let mut known = PATTERNS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(xsd) {
        return known;
    }
    let kept = one(Pattern::new(text(xsd), text(&translate_pattern(xsd))));
    known.insert(kept.xsd(), kept);
    kept
}

/// Texts.
pub(crate) fn texts<S: AsRef<str>>(all: impl IntoIterator<Item = S>) -> &'static [&'static str] {
    list(all.into_iter().map(|one| text(one.as_ref())))
}

/// One value.
pub(crate) fn one<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Values in a row.
pub(crate) fn list<T>(all: impl IntoIterator<Item = T>) -> &'static [T] {
    let all: Vec<T> = all.into_iter().collect();
    if all.is_empty() { &[] } else { Vec::leak(all) }
}
