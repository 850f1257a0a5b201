//! At which elements a wording looks, by their names.

use std::collections::BTreeSet;

use regelwerk_model::core::walk::{self, Part};
use regelwerk_model::core::{Demand, Fields, Origin};
use regelwerk_model::{Field, Message, NodeId, ROOT};

use super::whole::{Judged, Spot};

/// What a wording looks at. Where it is not known, more than it does.
pub(super) struct Looks<'j, 'a> {
    judged: &'j Judged<'a>,
    names: BTreeSet<&'a str>,
    /// It looks at an element as a whole.
    at_all: bool,
}

impl<'j, 'a> Looks<'j, 'a> {
    pub(super) fn of(judged: &'j Judged<'a>) -> Self {
        let mut looks = Self { judged, names: BTreeSet::new(), at_all: judged.spots.is_empty() };
        walk::steps(&judged.wording.body, 0, |part, _| looks.enter(part));
        let params = judged.spots.iter().flat_map(|spot| &spot.used.params);
        looks.names.extend(params.flatten().flatten().map(String::as_str));
        looks
    }

    fn enter(&mut self, part: Part<'a>) {
        match part {
            Part::Path(path) => {
                self.names.extend(path.steps.iter().map(String::as_str));
                let is_row = matches!(path.origin, Origin::Bound(_));
                self.at_all |= path.steps.is_empty() && path.param.is_none() && !is_row;
            }
            Part::Demand(Demand::Unique(Fields::Key, _)) => {
                let nodes = self.judged.spots.iter().filter_map(|one| one.message.node(one.node));
                self.names.extend(nodes.flat_map(|node| &node.key).flatten().map(String::as_str));
            }
            _ => {}
        }
    }

    /// Whether the wording may come out otherwise by what a field says. One of a second element may
    /// always: there is one more.
    pub(super) fn at(&self, field: &Field) -> bool {
        self.at_all
            || field.path.iter().any(|(_, number)| *number > 1)
            || self.judged.spots.iter().any(|spot| self.at_spot(field, *spot).unwrap_or(true))
    }

    fn at_spot(&self, field: &Field, spot: Spot<'a>) -> Option<bool> {
        let (first, rest) = field.path.split_first()?;
        let rest = rest.iter().map(|(name, _)| name.as_str());
        let (start, names): (NodeId, Vec<&str>) = if first.0 == ROOT {
            (NodeId(0), rest.collect())
        } else if first.0.starts_with(char::is_lowercase) {
            let param = self.judged.wording.params.iter().position(|one| *one == first.0)?;
            let bound = spot.used.params.get(param)?.first()?.iter().map(String::as_str);
            (spot.node, bound.chain(rest).collect())
        } else {
            (spot.node, std::iter::once(first.0.as_str()).chain(rest).collect())
        };
        let at = names.iter().try_fold(start, |at, name| spot.message.child(at, name))?;
        let is_named = names.iter().any(|name| self.names.contains(name));
        Some(is_named || self.is_below(spot.message, at))
    }

    /// Whether it looks at something in an element.
    fn is_below(&self, message: &Message, at: NodeId) -> bool {
        message.children(at).iter().any(|child| {
            self.names.contains(message.name(*child)) || self.is_below(message, *child)
        })
    }
}
