//! Conditions that say at which elements something is: whether they can hold there, and can fail.

use regelwerk_diag::Span;
use regelwerk_model::core::{Cond, Step};
use regelwerk_model::{Placed, Use};

use super::facts::Facts;
use super::ground::Ground;
use crate::places::{Spot, Spots};
use crate::rows::Book;

/// What a condition comes down to at every one of its places: always true, or never. None when it is
/// neither, or when that is not known.
pub(crate) fn verdict(cond: &Cond, span: Span, spots: &Spots, book: &Book<'_>) -> Option<bool> {
    let facts = Facts::new(book);
    let (then, otherwise) = (Vec::new(), Vec::new());
    let step = [Step::If { cond: cond.clone(), then, otherwise, span }];
    let mut found = spots.list.iter().map(|spot| at(&step, spot, &facts));
    let first = found.next()??;
    found.all(|other| other == Some(first)).then_some(first)
}

fn at(step: &[Step], spot: &Spot, facts: &Facts<'_>) -> Option<bool> {
    let used = Use { rule: String::new(), wording: 0, params: spot.params.clone() };
    let Spot { release, message, node, .. } = *spot;
    let mut ground = Ground::new(&Placed { release, message, node, used }, facts)?;
    let body = ground.body(&spot.params, step);
    let cond = &body.branches.first()?.cond;
    if ground.never(cond) {
        return Some(false);
    }
    ground.never(&cond.clone().not()).then_some(true)
}
