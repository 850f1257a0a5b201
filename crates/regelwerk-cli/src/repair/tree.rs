//! A message as a tree that can be changed at any element.

use std::collections::BTreeMap;

use regelwerk::standard::{Content, Name, Node};
use regelwerk::{Draft, ElementId, Message, MessageKind, Part};

/// An element at its place in the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    name: Name,
    node: u16,
    text: String,
    parts: Vec<Self>,
}

/// The way down from the root: at each step a name, and which it is of those of that name, from 0.
pub(super) type Trail = Vec<(Name, usize)>;

/// What a tree cannot hold, for the schema has no place for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stray {
    /// An element.
    Element(String),
    /// An attribute of the element.
    Attribute(String),
    /// A text between the elements in the element.
    Text(String),
}

impl Tree {
    /// A message, and what of it has no place in the schema.
    pub(super) fn of(message: &Message<'_>) -> (Self, Vec<Stray>) {
        let mut strays = Vec::new();
        let root = message.kind().message.nodes.first().map(|node| node.name).unwrap_or_default();
        let tree = Self::element(message, ElementId::ROOT, (root, 0), &mut strays);
        (tree, strays)
    }

    fn element(
        message: &Message<'_>,
        id: ElementId,
        (name, node): (Name, u16),
        strays: &mut Vec<Stray>,
    ) -> Self {
        let document = message.document();
        if document.unexpected_attributes(id).next().is_some() {
            strays.push(Stray::Attribute(document.path(id)));
        }
        let is_value = node_of(message.kind(), node)
            .is_some_and(|node| matches!(node.content, Content::Value(..)));
        let text = if is_value { document.text(id).to_owned() } else { String::new() };
        if !is_value && (document.is_mixed(id) || !document.text(id).trim().is_empty()) {
            strays.push(Stray::Text(document.path(id)));
        }
        let mut parts = Vec::new();
        // No deeper than the schema: what has no place in it is not followed.
        for child in document.children(id) {
            match message.node(child).zip(message.name(child)) {
                Some((node, name)) => {
                    parts.push(Self::element(message, child, (name, node), strays));
                }
                None => strays.push(Stray::Element(document.path(child))),
            }
        }
        Self { name, node, text, parts }
    }

    /// The element at the end of a way down.
    pub(super) fn get(&self, trail: &[(Name, usize)]) -> Option<&Self> {
        trail.iter().try_fold(self, |tree, (name, at)| {
            tree.parts.iter().filter(|part| part.name == *name).nth(*at)
        })
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        self.text.trim()
    }

    /// The values in it, with the way down to each.
    pub(super) fn values(&self) -> Vec<(Trail, &str)> {
        let mut values = Vec::new();
        self.gather(&mut Vec::new(), &mut values);
        values
    }

    fn gather<'t>(&'t self, trail: &mut Trail, values: &mut Vec<(Trail, &'t str)>) {
        if !self.text().is_empty() {
            values.push((trail.clone(), self.text()));
        }
        let mut before: BTreeMap<Name, usize> = BTreeMap::new();
        for part in &self.parts {
            let at = before.entry(part.name).or_default();
            trail.push((part.name, *at));
            *at += 1;
            part.gather(trail, values);
            trail.pop();
        }
    }

    /// With this element at the end of a way down, in the place of what is there; what is missing
    /// on the way is made, with all that it must have.
    pub(super) fn put(
        &mut self,
        trail: &[(Name, usize)],
        element: Self,
        make: &dyn Fn(u16, Name) -> Option<Self>,
    ) -> Option<()> {
        let ((name, at), rest) = trail.split_first()?;
        let places: Vec<usize> = (0..self.parts.len())
            .filter(|it| self.parts.get(*it).is_some_and(|p| p.name == *name))
            .collect();
        match (places.get(*at), rest) {
            (Some(place), []) => *self.parts.get_mut(*place)? = element,
            (None, []) => self.parts.push(element),
            (Some(place), rest) => self.parts.get_mut(*place)?.put(rest, element, make)?,
            (None, rest) => {
                let mut made = make(self.node, *name)?;
                made.put(rest, element, make)?;
                self.parts.push(made);
            }
        }
        Some(())
    }

    /// Takes away the element at the end of a way down.
    pub(super) fn remove(&mut self, trail: &[(Name, usize)]) -> Option<()> {
        let ((name, at), above) = trail.split_last()?;
        let tree = above.iter().try_fold(self, |tree, (name, at)| {
            tree.parts.iter_mut().filter(|part| part.name == *name).nth(*at)
        })?;
        let place = tree.parts.iter().enumerate().filter(|(_, it)| it.name == *name).nth(*at)?.0;
        tree.parts.remove(place);
        Some(())
    }

    /// A value at a node.
    pub(super) fn value(name: Name, node: u16, text: &str) -> Self {
        Self { name, node, text: text.to_owned(), parts: Vec::new() }
    }

    /// A group at a node.
    pub(super) fn group(name: Name, node: u16, parts: Vec<Self>) -> Self {
        Self { name, node, text: String::new(), parts }
    }

    /// The message as XML.
    pub(super) fn xml(&self, kind: MessageKind) -> Option<String> {
        Draft::with(kind, self.part()).xml().ok()
    }

    fn part(&self) -> Part {
        Part::value(self.name, self.text.clone()).and(self.parts.iter().map(Self::part))
    }
}

/// The place in the schema with this number.
pub(super) fn node_of(kind: MessageKind, node: u16) -> Option<&'static Node> {
    kind.message.nodes.get(usize::from(node))
}

/// The elements that can be in one, with their numbers.
pub(super) fn declared(kind: MessageKind, node: u16) -> impl Iterator<Item = (u16, &'static Node)> {
    let declared = match node_of(kind, node).map(|node| &node.content) {
        Some(Content::Group(declared)) => *declared,
        _ => &[],
    };
    declared.iter().filter_map(move |index| Some((*index, node_of(kind, *index)?)))
}

/// The way down that a path tells, `/Bericht/Client[2]/Bsn`, and the place in the schema there.
pub(super) fn locate(kind: MessageKind, path: &str) -> Option<(Trail, u16)> {
    let mut steps = path.strip_prefix('/')?.split('/');
    steps.next()?;
    let (mut trail, mut node) = (Vec::new(), 0);
    for step in steps {
        let (name, number) = match step.split_once('[') {
            Some((name, number)) => (name, number.trim_end_matches(']').parse().ok()?),
            None => (step, 1_usize),
        };
        let name = kind.standard.find_name(name)?;
        node = declared(kind, node).find(|(_, it)| it.name == name)?.0;
        trail.push((name, number.checked_sub(1)?));
    }
    Some((trail, node))
}
