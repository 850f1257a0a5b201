//! Releases, messages and types, with everything resolved.

use chrono::NaiveDate;

use crate::{Pattern, Reply};

/// A release of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// `3.2`
    pub name: String,
    /// `iJw 3.2`
    pub title: String,
    /// Citation.
    pub source: String,
    /// First day of use.
    pub from: NaiveDate,
    /// Last day of use, if it has ended.
    pub until: Option<NaiveDate>,
    /// Namespace of the elements that messages share.
    pub base_namespace: String,
    /// Whether every element of its messages is known.
    pub is_complete: bool,
    /// Forms of the header by which a message names its release; the first is the usual one.
    pub headers: Vec<Header>,
    /// Simple types, in order of name.
    pub types: Vec<SimpleType>,
    /// Code lists, in order of name.
    pub code_lists: Vec<CodeList>,
    /// Messages, in order of name.
    pub messages: Vec<Message>,
    /// Whether it tells the versions of its schemas.
    pub has_schema_version: bool,
    /// How messages are answered, in order of the message that is.
    pub replies: Vec<Reply>,
    /// The rules that are published with the release, in order of code.
    pub published: Vec<Published>,
}

/// A rule as its publisher lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// `CD041`
    pub code: String,
    /// Its kind, in the words of the publisher: `conditie`.
    pub kind: String,
    /// Level of control.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<String>,
}

/// A form of the header by which a message names its release and its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Elements, from below the root, with the value each has in the release.
    pub values: Vec<Field>,
    /// The element that holds the code of the message, from below the root.
    pub code: Vec<String>,
}

/// A simple type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimpleType {
    /// `LDT_BurgerServicenummer`
    pub name: String,
    /// What it stands for.
    pub title: String,
    /// Citation.
    pub source: String,
    /// Its value space.
    pub base: Base,
    /// What narrows it.
    pub facets: Vec<Facet>,
    /// A value of it, as it stands in a message.
    pub sample: String,
    /// What its values count: `eurocent`.
    pub unit: Option<String>,
}

/// A value space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A day.
    Date,
    /// A time of day.
    Time,
}

/// A facet with the code of the rule that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What it demands.
    pub kind: FacetKind,
    /// `RS037`
    pub rule: Option<String>,
}

/// What a facet demands. Lengths are in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FacetKind {
    /// At least so many characters.
    MinLength(u32),
    /// At most so many characters.
    MaxLength(u32),
    /// At least this number.
    Min(i64),
    /// At most this number.
    Max(i64),
    /// The whole value matches this pattern of XML Schema.
    Pattern(Pattern),
    /// The value is in this list: an index into [`Release::code_lists`].
    CodeList(usize),
}

/// A code list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// `RedenWijziging`
    pub name: String,
    /// What its codes say.
    pub title: String,
    /// Citation.
    pub source: String,
    /// Codes with meaning, in order of code.
    pub codes: Vec<(String, String)>,
}

impl CodeList {
    /// Whether the list has this code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.codes.binary_search_by(|(known, _)| known.as_str().cmp(code)).is_ok()
    }
}

/// A group of elements that messages share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// `CDT_Omvang`
    pub name: String,
    /// What it stands for.
    pub title: String,
    /// Citation.
    pub source: String,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// `JW301`
    pub name: String,
    /// What it is for.
    pub title: String,
    /// Citation.
    pub source: String,
    /// `436`
    pub code: String,
    /// Who sends it.
    pub sender: String,
    /// Who receives it.
    pub receiver: String,
    /// Namespaces of its own elements; the first is the usual one.
    pub namespaces: Vec<String>,
    /// Its elements; the root is the first.
    pub nodes: Vec<Node>,
    /// What its base message has beside the mandatory elements.
    pub base: Vec<Field>,
    /// What says by which schemas it is made, from below the root.
    pub schema_version: Vec<Field>,
}

/// An element of a message, by its place in [`Message::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// The name that every root has.
pub const ROOT: &str = "Bericht";

/// An element at one place in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: Namespace,
    /// How often at the least.
    pub min: u32,
    /// How often at the most; `u32::MAX` is without bound.
    pub max: u32,
    /// What it stands for, in the words of the glossary; of the root, the title of its message.
    /// Empty where no glossary says it.
    pub meaning: String,
    /// The element it is in; the root has none.
    pub parent: Option<NodeId>,
    /// What it holds.
    pub content: Content,
    /// The group that its elements come from, if they do: an index into
    /// [`Standard::groups`](crate::Standard::groups).
    pub group: Option<usize>,
    /// Paths of its key elements.
    pub key: Vec<Vec<String>>,
    /// What is judged here.
    pub uses: Vec<Use>,
}

/// The two namespaces of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// Of the message itself.
    Message,
    /// Shared by all messages of the release.
    Base,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A value: an index into [`Release::types`], and the facets that this place adds.
    Value(usize, Vec<Facet>),
    /// Elements in this order.
    Group(Vec<NodeId>),
}

/// A wording judged at an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Code of the rule.
    pub rule: String,
    /// Which of its wordings.
    pub wording: usize,
    /// What the parameters stand for: for each, its paths.
    pub params: Vec<Vec<Vec<String>>>,
}

/// A wording at an element of a message of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index into those of the release.
    pub message: usize,
    /// The element.
    pub node: NodeId,
    /// What is judged there.
    pub used: Use,
}

/// An element of a message with a value, or empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Names with the ordinal among siblings of that name, from 1.
    pub path: Vec<(String, usize)>,
    /// The value as it stands in a message; `None` takes the element away.
    pub value: Option<String>,
}

impl Message {
    /// The element at an id.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    /// The child of an element that has this name.
    #[must_use]
    pub fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).iter().copied().find(|child| self.name(*child) == name)
    }

    /// The elements in an element.
    #[must_use]
    pub fn children(&self, id: NodeId) -> &[NodeId] {
        match self.node(id).map(|node| &node.content) {
            Some(Content::Group(children)) => children,
            _ => &[],
        }
    }

    /// The name of an element; empty for an id of another message.
    #[must_use]
    pub fn name(&self, id: NodeId) -> &str {
        self.node(id).map_or("", |node| &node.name)
    }

    /// An element and those around it, the innermost first.
    pub fn ancestry(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |id| self.node(*id)?.parent)
    }

    /// The names from the root to an element.
    #[must_use]
    pub fn path(&self, id: NodeId) -> Vec<&str> {
        let mut names: Vec<_> = self.ancestry(id).map(|id| self.name(id)).collect();
        names.reverse();
        names
    }

    /// Whether one of an element's ancestors has this name.
    #[must_use]
    pub fn is_within(&self, id: NodeId, name: &str) -> bool {
        self.ancestry(id).skip(1).any(|id| self.name(id) == name)
    }

    /// Whether the path from below the root to an element ends in these names.
    pub fn ends_in<'n>(
        &self,
        id: NodeId,
        end: impl IntoIterator<Item = &'n str, IntoIter: DoubleEndedIterator>,
    ) -> bool {
        let mut names = self.ancestry(id).map(|id| self.name(id));
        end.into_iter().rev().all(|name| names.next() == Some(name)) && names.next().is_some()
    }

    /// All ids, the root first.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId)
    }
}
