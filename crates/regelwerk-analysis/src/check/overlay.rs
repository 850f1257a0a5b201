//! A rule that lies over another: whether whoever keeps to it breaks that other.

use std::collections::BTreeSet;

use regelwerk_diag::Span;
use regelwerk_model::{Placed, Wording};

use super::facts::Facts;
use super::formula::Formula;
use super::ground::{Duty, Ground};

/// A wording at one of its places.
pub(crate) type Here<'a> = (&'a Wording, &'a Placed);

/// The first demand of a wording that can be asked of a message that keeps to the whole wording, and
/// only of one that breaks another wording at the same element.
pub(crate) fn breaks(own: Here<'_>, other: Here<'_>, facts: &Facts<'_>) -> Option<Span> {
    let mut ground = Ground::new(own.1, facts)?;
    let ours = ground.body(&own.1.used.params, &own.0.body);
    let theirs = ground.body(&other.1.used.params, &other.0.body);
    if ours.has_gap || theirs.has_gap {
        return None;
    }
    let (fails, breaks) = (theirs.fails(), ours.fails());
    let only_breaks = |duty: &&Duty| {
        let kept = duty.guard.and(breaks.clone().not());
        duty.demand.is_some()
            && !elements(&kept).is_disjoint(&elements(&fails))
            && ground.can(&kept)
            && ground.never(&kept.and(fails.clone().not()))
    };
    ours.duties.iter().find(only_breaks).map(|duty| duty.span)
}

fn elements(formula: &Formula) -> BTreeSet<usize> {
    let mut leaves = Vec::new();
    formula.leaves(&mut leaves);
    leaves.iter().flat_map(|leaf| leaf.elements()).collect()
}
