//! Elements at their places in the schema.

use std::fmt::Write as _;

use crate::part::Part;
use crate::standard::{Content, MessageKind, Name, Node};
use crate::write::{Unwritable, UnwritableKind};

/// An element at its place in the schema, and those in it in the order of the schema.
pub(crate) struct Placed<'p> {
    pub(crate) node: &'static Node,
    pub(crate) part: &'p Part,
    /// Which it is of those of its name, from 1, where it can occur more often.
    pub(crate) ordinal: Option<usize>,
    pub(crate) parts: Vec<Self>,
}

/// The way down to an element: names, with the ordinal of those that repeat.
#[derive(Default)]
pub(crate) struct Trail(Vec<(Name, Option<usize>)>);

impl Trail {
    pub(crate) fn push(&mut self, name: Name, ordinal: Option<usize>) {
        self.0.push((name, ordinal));
    }

    pub(crate) fn pop(&mut self) {
        self.0.pop();
    }

    /// How many elements it leads through, the last included.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is wrong with the element that it leads to.
    pub(crate) fn fault(&self, of: MessageKind, kind: UnwritableKind) -> Unwritable {
        let mut path = String::new();
        for (name, ordinal) in &self.0 {
            // Writing to a String cannot fail.
            let _ = match ordinal {
                Some(ordinal) => write!(path, "/{}[{ordinal}]", of.name(*name)),
                None => write!(path, "/{}", of.name(*name)),
            };
        }
        Unwritable { path, kind }
    }
}

/// The element that stands at a node, with all in it; the root stands at node 0.
pub(crate) fn arrange(
    kind: MessageKind,
    index: u16,
    part: &Part,
) -> Result<Placed<'_>, Unwritable> {
    let mut arranger = Arranger { kind, trail: Trail::default() };
    arranger.trail.push(part.name(), None);
    match kind.node(index).filter(|node| node.name == part.name()) {
        Some(node) => arranger.element((index, node), None, part),
        None => Err(arranger.fault(UnwritableKind::NoPlace)),
    }
}

struct Arranger {
    kind: MessageKind,
    trail: Trail,
}

impl Arranger {
    /// No deeper than the schema, for what has no place there is refused.
    fn element<'p>(
        &mut self,
        (index, node): (u16, &'static Node),
        ordinal: Option<usize>,
        part: &'p Part,
    ) -> Result<Placed<'p>, Unwritable> {
        if matches!(node.content, Content::Group(_)) && !part.text().is_empty() {
            return Err(self.fault(UnwritableKind::Text));
        }
        let declared: Vec<_> = self.kind.declared(index).collect();
        let has_place = |part: &&Part| declared.iter().any(|(_, node)| node.name == part.name());
        if let Some(stray) = part.parts().iter().find(|part| !has_place(part)) {
            self.trail.push(stray.name(), None);
            return Err(self.fault(UnwritableKind::NoPlace));
        }
        let mut parts = Vec::with_capacity(part.parts().len());
        for (index, node) in declared {
            for (number, part) in (1..).zip(part.all(node.name)) {
                let ordinal = (node.max > 1).then_some(number);
                self.trail.push(node.name, ordinal);
                parts.push(self.element((index, node), ordinal, part)?);
                self.trail.pop();
            }
        }
        Ok(Placed { node, part, ordinal, parts })
    }

    fn fault(&self, kind: UnwritableKind) -> Unwritable {
        self.trail.fault(self.kind, kind)
    }
}
