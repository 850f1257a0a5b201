//! What a protocol recognises and where it applies, said a little differently: a clause at a time, at
//! every place that it names.

use std::collections::BTreeMap;

use regelwerk_compiler::diag::Span;
use regelwerk_compiler::model::Protocol;
use regelwerk_compiler::model::core::Cond;
use regelwerk_eval::Change;

use crate::variant::{self, Told, Valid};

/// Every change of the clauses `herkennen:` and `toepassing:` of the protocol with this number, with
/// where the clause stands, in order of place.
pub(crate) fn variants(
    number: usize,
    protocol: &Protocol,
    valid: &Valid,
) -> Vec<(Span, Told, Change)> {
    let recognition = protocol.recognition.iter().map(|one| (one.span, &one.cond));
    let recognised = clauses(recognition).into_iter().flat_map(|(span, (places, cond))| {
        let change = move |at, cond| Change::Recognition { protocol: number, at, cond };
        changed("herkennen", (span, places, cond), valid, change)
    });
    let applications = protocol.applications.iter().map(|one| (one.span, &one.cond));
    let applied = clauses(applications).into_iter().flat_map(|(span, (places, cond))| {
        let change = move |at, cond| Change::Application { protocol: number, at, cond };
        changed("toepassing", (span, places, cond), valid, change)
    });
    recognised.chain(applied).collect()
}

/// Each clause with the numbers of its places, at all of which it says the same.
fn clauses<'m>(
    places: impl Iterator<Item = (Span, &'m Cond)>,
) -> BTreeMap<Span, (Vec<usize>, &'m Cond)> {
    let mut clauses: BTreeMap<_, (Vec<usize>, _)> = BTreeMap::new();
    for (at, (span, cond)) in places.enumerate() {
        clauses.entry(span).or_insert_with(|| (Vec::new(), cond)).0.push(at);
    }
    clauses
}

fn changed(
    clause: &str,
    (span, places, cond): (Span, Vec<usize>, &Cond),
    valid: &Valid,
    change: impl Fn(usize, Cond) -> Change,
) -> Vec<(Span, Told, Change)> {
    let all = variant::of_cond(cond, 0, valid).into_iter();
    let told = all.map(|(Told { kind, words }, cond)| {
        let changes = places.iter().map(|at| change(*at, cond.clone())).collect();
        let words = format!("{clause}: {words}");
        (span, Told { kind, words }, Change::Together(changes))
    });
    told.collect()
}

#[cfg(test)]
mod tests;
