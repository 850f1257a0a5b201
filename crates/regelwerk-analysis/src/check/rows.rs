//! Conditions of rows: whether they can hold, of what the schema lets stand in a message.

use std::collections::BTreeMap;

use regelwerk_model::core::Cond;
use regelwerk_model::dossier::{Column, Pick, RowPlace, Source};
use regelwerk_model::{Message, NodeId};

use super::facts::Facts;
use super::ground::Ground;
use crate::rows::Book;

/// Whether a condition of a row can hold, of an element in some release: the row is binder 0. None
/// when that is not known. What it asks of other rows may be so or not.
pub(crate) fn can_hold(cond: &Cond, source: &Source, book: &Book<'_>) -> Option<bool> {
    let (facts, releases) = (Facts::new(book), book.releases);
    let mut is_known = true;
    for (at, place) in source.places.iter().enumerate() {
        let held = releases.get(place.release).and_then(|release| {
            let message = release.messages.get(place.message)?;
            let named = source.columns.iter().filter_map(|column| {
                Some((column.name.as_str(), element(column, at, place, message)?))
            });
            let columns: BTreeMap<_, _> = named.collect();
            let mut ground = Ground::of_row(&facts, (release, message), place.node, columns);
            let formula = ground.formula(cond);
            ground.space(&[&formula]).any(&formula)
        });
        if held == Some(true) {
            return held;
        }
        is_known &= held == Some(false);
    }
    is_known.then_some(false)
}

/// The element that a column comes from at one of the places of its source.
fn element(column: &Column, at: usize, place: &RowPlace, message: &Message) -> Option<NodeId> {
    let (up, path) = match column.picks.get(at)?.as_ref()? {
        Pick::Path { up, path } | Pick::Filled { up, path } => (*up, path),
        Pick::Sent | Pick::Received => return None,
    };
    let above = |id: &NodeId| message.node(*id)?.parent;
    let start = std::iter::successors(Some(place.node), above).nth(up)?;
    path.iter().try_fold(start, |at, name| message.child(at, name))
}
