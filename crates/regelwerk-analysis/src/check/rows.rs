//! Conditions of rows: whether they can hold, of what the schema lets stand in a message.

use regelwerk_model::core::{Cond, Origin, Path, Value};
use regelwerk_model::dossier::{Column, Pick, RowPlace, Source};
use regelwerk_model::{Message, NodeId, Release};

use super::facts::Facts;
use super::ground::Ground;

/// Whether a condition of a row can hold, of an element in some release: the row is binder 0. None
/// when that is not known. What it asks of other rows may be so or not.
pub(crate) fn can_hold(cond: &Cond, source: &Source, releases: &[Release]) -> Option<bool> {
    let facts = Facts::new(releases);
    let mut is_known = true;
    for (at, place) in source.places.iter().enumerate() {
        let held = releases.get(place.release).and_then(|release| {
            let message = release.messages.get(place.message)?;
            let columns = Columns { source, at, message, place };
            let mut ground = Ground::at(&facts, release, message, place.node);
            let formula = ground.formula(&columns.cond(cond));
            ground.space(&[&formula]).any(&formula)
        });
        if held == Some(true) {
            return held;
        }
        is_known &= held == Some(false);
    }
    is_known.then_some(false)
}

/// The columns of a source at one of its elements.
struct Columns<'a> {
    source: &'a Source,
    at: usize,
    message: &'a Message,
    place: &'a RowPlace,
}

impl Columns<'_> {
    /// The condition with the element of the message in the place of each column of the row.
    /// Questions about other rows stay as they are.
    fn cond(&self, cond: &Cond) -> Cond {
        let all = |parts: &[Cond]| parts.iter().map(|part| self.cond(part)).collect();
        match cond {
            Cond::Filled(path) => Cond::Filled(self.path(path)),
            Cond::Compare(op, left, right) => {
                Cond::Compare(*op, self.value(left), self.value(right))
            }
            Cond::OneOf(value, values) => Cond::OneOf(self.value(value), self.values(values)),
            Cond::Listed(value, list, values) => {
                Cond::Listed(self.value(value), list.clone(), self.values(values))
            }
            Cond::Not(inner) => Cond::Not(Box::new(self.cond(inner))),
            Cond::All(parts) => Cond::All(all(parts)),
            Cond::Any(parts) => Cond::Any(all(parts)),
            other => other.clone(),
        }
    }

    fn values(&self, values: &[Value]) -> Vec<Value> {
        values.iter().map(|value| self.value(value)).collect()
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Path(path, kind) => Value::Path(self.path(path), *kind),
            other => other.clone(),
        }
    }

    fn path(&self, path: &Path) -> Path {
        let steps = (path.origin == Origin::Bound(0)).then(|| self.steps(path)).flatten();
        match steps {
            Some(steps) => Path { origin: Origin::Root, steps, ..path.clone() },
            None => path.clone(),
        }
    }

    /// From below the root to the element that a column comes from.
    fn steps(&self, path: &Path) -> Option<Vec<String>> {
        let name = path.steps.first()?;
        let is_it = |column: &&Column| column.name == *name;
        let column = self.source.columns.iter().find(is_it)?;
        let (up, below) = match column.picks.get(self.at)?.as_ref()? {
            Pick::Path { up, path } | Pick::Filled { up, path } => (*up, path),
            Pick::Sent | Pick::Received => return None,
        };
        let above = |id: &NodeId| self.message.node(*id)?.parent;
        let from = std::iter::successors(Some(self.place.node), above).nth(up)?;
        let names = self.message.path(from).into_iter().skip(1).map(str::to_owned);
        Some(names.chain(below.iter().cloned()).collect())
    }
}
