//! A document that is known to be a message of a standard.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::document::{Document, ElementId};
use crate::finding::Finding;
use crate::position::narrow;
use crate::schema::Fit;
use crate::standard::{
    Base, Content, MessageDef, MessageKind, Name, Namespace, Node, Release, Standard,
};

/// An element that the schema has no place for.
const NOWHERE: u16 = u16::MAX;

/// What a document turned out to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) kind: MessageKind,
    /// The one of [`MessageDef::namespaces`] that the message uses.
    pub(crate) namespace: &'static str,
}

impl Subject {
    pub(crate) fn name(&self, name: Name) -> &'static str {
        self.kind.name(name)
    }

    pub(crate) fn node(&self, index: u16) -> Option<&'static Node> {
        self.kind.node(index)
    }

    pub(crate) fn uri(&self, namespace: Namespace) -> &'static str {
        match namespace {
            Namespace::Message => self.namespace,
            Namespace::Base => self.kind.release.base_namespace,
        }
    }

    /// The names of a document as the standard numbers them, by their index in the document.
    pub(crate) fn translate(&self, document: &Document<'_>) -> Vec<Option<Name>> {
        let standard = self.kind.standard;
        document.distinct_names().map(|name| standard.find_name(name)).collect()
    }
}

/// The place in the schema of every element.
#[derive(Debug)]
pub(crate) struct Places(Vec<u16>);

impl Places {
    pub(crate) fn new(elements: usize) -> Self {
        Self(vec![NOWHERE; elements])
    }

    pub(crate) fn set(&mut self, id: ElementId, node: u16) {
        if let Some(place) = self.0.get_mut(id.index()) {
            *place = node;
        }
    }

    pub(crate) fn get(&self, id: ElementId) -> Option<u16> {
        self.0.get(id.index()).copied().filter(|&node| node != NOWHERE)
    }

    /// Elements by node, each list in document order.
    fn by_node(&self, nodes: usize) -> Vec<Vec<ElementId>> {
        let mut lists = vec![Vec::new(); nodes];
        for (index, &node) in self.0.iter().enumerate() {
            if let Some(list) = lists.get_mut(usize::from(node)) {
                list.push(ElementId(narrow(index)));
            }
        }
        lists
    }
}

/// A document, the message it is, and where in the schema each element stands.
///
/// [`Message::read`] makes one; [`Message::validate`] judges it. Nothing is certain of a message
/// but that it was recognised: it may break every demand of the schema.
#[derive(Debug)]
pub struct Message<'a> {
    document: Document<'a>,
    subject: Subject,
    names: Vec<Option<Name>>,
    places: Places,
    by_node: Vec<Vec<ElementId>>,
    misfits: Misfits,
}

/// How a message does not fit the schema.
#[derive(Debug)]
pub(crate) struct Misfits {
    /// The first findings of level 1.
    pub(crate) findings: Vec<Finding>,
    /// Whether there was more to find.
    pub(crate) has_more: bool,
    /// Elements that a release which is not complete does not know.
    pub(crate) unknown: Vec<ElementId>,
}

impl<'a> Message<'a> {
    pub(crate) fn new(document: Document<'a>, subject: Subject, fit: Fit) -> Self {
        let Fit { places, names, findings, has_more, unknown } = fit;
        let by_node = places.by_node(subject.kind.message.nodes.len());
        let misfits = Misfits { findings, has_more, unknown };
        Self { document, subject, names, places, by_node, misfits }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document<'a> {
        &self.document
    }

    /// The standard.
    #[must_use]
    pub fn standard(&self) -> &'static Standard {
        self.subject.kind.standard
    }

    /// The release.
    #[must_use]
    pub fn release(&self) -> &'static Release {
        self.subject.kind.release
    }

    /// The message as that release defines it.
    #[must_use]
    pub fn definition(&self) -> &'static MessageDef {
        self.subject.kind.message
    }

    /// Which message of which release it is.
    #[must_use]
    pub fn kind(&self) -> MessageKind {
        self.subject.kind
    }

    /// The message as it is written.
    #[must_use]
    pub fn xml(&self) -> &str {
        self.document.source()
    }

    /// Tells one message, and what it is judged by, from another. Only this program knows what the
    /// number means: it is not to be shown or kept.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.kind().names(), self.standard().rules_sha256, self.xml()).hash(&mut hasher);
        hasher.finish()
    }

    pub(crate) fn subject(&self) -> &Subject {
        &self.subject
    }

    pub(crate) fn misfits(&self) -> &Misfits {
        &self.misfits
    }

    /// The name of an element, where the standard has it.
    #[must_use]
    pub fn name(&self, id: ElementId) -> Option<Name> {
        self.names.get(self.document.name_index(id)).copied().flatten()
    }

    /// The index of the node that an element stands at; none where the schema has no place for it.
    #[must_use]
    pub fn node(&self, id: ElementId) -> Option<u16> {
        self.places.get(id)
    }

    /// The elements that stand at a node, in document order.
    #[must_use]
    pub fn elements_at(&self, node: u16) -> &[ElementId] {
        self.by_node.get(usize::from(node)).map_or(&[], Vec::as_slice)
    }

    /// The elements that stand at a node within another element, in document order.
    pub(crate) fn elements_within(&self, node: u16, within: ElementId) -> &[ElementId] {
        let all = self.elements_at(node);
        let end = self.document.end(within);
        let from = all.partition_point(|&id| id < within);
        let to = all.partition_point(|&id| id < end);
        all.get(from..to).unwrap_or_default()
    }

    /// The nearest ancestor with this name.
    pub(crate) fn ancestor(&self, id: ElementId, name: Name) -> Option<ElementId> {
        let parent = |&id: &ElementId| self.document.parent(id);
        std::iter::successors(parent(&id), parent).find(|&id| self.name(id) == Some(name))
    }

    /// The nearest ancestor whose node has a key, else the root.
    pub(crate) fn keyed_ancestor(&self, id: ElementId) -> ElementId {
        let parent = |&id: &ElementId| self.document.parent(id);
        let has_key = |&id: &ElementId| !self.key(id).is_empty();
        std::iter::successors(parent(&id), parent).find(has_key).unwrap_or(ElementId::ROOT)
    }

    /// The key of the node that an element stands at.
    pub(crate) fn key(&self, id: ElementId) -> &'static [&'static [Name]] {
        let node = self.node(id).and_then(|node| self.subject.node(node));
        node.map_or(&[], |node| node.key)
    }

    /// Whether the schema has a whole number at an element.
    pub(crate) fn is_integer(&self, id: ElementId) -> bool {
        let node = self.node(id).and_then(|node| self.subject.node(node));
        matches!(node.map(|node| &node.content),
            Some(Content::Value(kind, _)) if kind.base == Base::Integer)
    }
}
