//! Messages and elements that differ between two releases.

use std::collections::BTreeMap;

use regelwerk_model::{Base, Content, FacetKind, Message, NodeId, Release};
use serde::{Serialize, Serializer};

use super::markdown::Frame;
use super::phrases;
use super::side::{Comparison, Side};

/// Something of messages that differs, with everywhere that it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElementChange {
    /// What differs.
    pub what: Bound,
    /// The element, or the message.
    pub name: String,
    /// What it stands for, in the words of the glossary; may be empty.
    pub meaning: String,
    /// How it was; nothing where it was not there.
    pub was: Option<Said>,
    /// How it is; nothing where it is no longer there.
    pub becomes: Option<Said>,
    /// Paths: `JW301/Client/Bsn`.
    pub places: Vec<String>,
}

/// What is said of a message or an element; in JSON in Dutch words: `optioneel, tekst`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// The title of a message.
    Title(String),
    /// At least and at most how often it occurs.
    Occurs(u32, u32),
    /// What its value may be.
    Holds(Holds),
    /// How often it occurs, and what its value may be where it has one.
    Both((u32, u32), Option<Holds>),
}

impl Serialize for Said {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&phrases::said(self, Frame::Nl))
    }
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Holds {
    /// The kind of value.
    pub base: Base,
    /// What narrows it, each once.
    pub limits: Vec<Limit>,
}

/// What narrows a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The name of the code list that it is of.
    CodeList(String),
    /// At most this much.
    Max(i64),
    /// At most so many characters.
    MaxLength(u32),
    /// At least this much.
    Min(i64),
    /// At least so many characters.
    MinLength(u32),
    /// It matches this pattern.
    Pattern(String),
}

/// What may differ of an element, in the order in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// A message is in or out.
    Message,
    /// An element is in or out.
    Element,
    /// How often it may occur.
    Occurrence,
    /// What its value may be.
    Value,
}

/// What is told apart: alike changes at several places are one.
type Key = (Bound, String, Option<Said>, Option<Said>);

/// What is gathered: places and meaning by change.
type Found = BTreeMap<Key, (Vec<String>, String)>;

/// What differs between two releases that are known completely.
pub(super) fn changed(comparison: &Comparison<'_>) -> Option<Vec<ElementChange>> {
    let [Side::Release(from), Side::Release(to)] = comparison.sides else { return None };
    let (from, to) = (comparison.release(from)?, comparison.release(to)?);
    if !from.is_complete || !to.is_complete {
        return None;
    }
    let mut found = Found::new();
    for old in &from.messages {
        match to.messages.iter().find(|new| new.name == old.name) {
            None => message(old, true, &mut found),
            Some(new) => {
                let pair = Pair { releases: [from, to], messages: [old, new] };
                pair.compare(NodeId(0), NodeId(0), &mut found);
            }
        }
    }
    let is_new = |new: &&Message| !from.messages.iter().any(|old| old.name == new.name);
    to.messages.iter().filter(is_new).for_each(|new| message(new, false, &mut found));
    let change = |((what, name, was, becomes), (places, meaning))| ElementChange {
        what,
        name,
        meaning,
        was,
        becomes,
        places,
    };
    Some(found.into_iter().map(change).collect())
}

fn message(one: &Message, is_gone: bool, found: &mut Found) {
    let told = Some(Said::Title(one.title.clone()));
    let (was, becomes) = if is_gone { (told, None) } else { (None, told) };
    let key = (Bound::Message, one.name.clone(), was, becomes);
    found.entry(key).or_default().0.push(one.name.clone());
}

/// A message of both releases.
struct Pair<'a> {
    releases: [&'a Release; 2],
    messages: [&'a Message; 2],
}

impl Pair<'_> {
    fn compare(&self, old: NodeId, new: NodeId, found: &mut Found) {
        let [from, to] = self.messages;
        let differs = |what, was: Option<Said>, becomes: Option<Said>, found: &mut Found| {
            if was != becomes {
                self.tell(what, (old, new), was, becomes, found);
            }
        };
        let times = |message: &Message, id| {
            let (min, max) = occurrence(message, id);
            Some(Said::Occurs(min, max))
        };
        differs(Bound::Occurrence, times(from, old), times(to, new), found);
        let [before, after] = [(from, old, 0), (to, new, 1)].map(|(message, id, side)| {
            self.releases.get(side).and_then(|it| value(it, message, id)).map(Said::Holds)
        });
        differs(Bound::Value, before, after, found);
        for &child in from.children(old) {
            match to.child(new, from.name(child)) {
                Some(same) => self.compare(child, same, found),
                None => self.lone(0, child, found),
            }
        }
        for &child in to.children(new) {
            if from.child(old, to.name(child)).is_none() {
                self.lone(1, child, found);
            }
        }
    }

    /// An element of one release alone.
    fn lone(&self, side: usize, id: NodeId, found: &mut Found) {
        let (Some(message), Some(release)) = (self.messages.get(side), self.releases.get(side))
        else {
            return;
        };
        let told = Some(Said::Both(occurrence(message, id), value(release, message, id)));
        let (was, becomes) = if side == 0 { (told, None) } else { (None, told) };
        let key = (Bound::Element, message.name(id).to_owned(), was, becomes);
        let (places, meaning) = found.entry(key).or_default();
        places.push(shown(message, id));
        *meaning = message.node(id).map_or_else(String::new, |node| node.meaning.clone());
    }

    fn tell(
        &self,
        what: Bound,
        (_, new): (NodeId, NodeId),
        was: Option<Said>,
        becomes: Option<Said>,
        found: &mut Found,
    ) {
        let [_, message] = self.messages;
        let (places, meaning) =
            found.entry((what, message.name(new).to_owned(), was, becomes)).or_default();
        places.push(shown(message, new));
        *meaning = message.node(new).map_or_else(String::new, |node| node.meaning.clone());
    }
}

/// `JW301/Client/Bsn`
fn shown(message: &Message, id: NodeId) -> String {
    let path = message.path(id);
    let below = path.into_iter().skip(1);
    std::iter::once(message.name.as_str()).chain(below).collect::<Vec<_>>().join("/")
}

fn occurrence(message: &Message, id: NodeId) -> (u32, u32) {
    message.node(id).map_or((0, 0), |node| (node.min, node.max))
}

/// What the value of an element may be; of a group nothing.
fn value(release: &Release, message: &Message, id: NodeId) -> Option<Holds> {
    let Some(Content::Value(simple, extra)) = message.node(id).map(|node| &node.content) else {
        return None;
    };
    let simple = release.types.get(*simple)?;
    let mut limits: Vec<_> =
        simple.facets.iter().chain(extra).map(|one| limit(release, &one.kind)).collect();
    limits.sort();
    limits.dedup();
    Some(Holds { base: simple.base, limits })
}

/// What a facet demands.
pub(super) fn limit(release: &Release, kind: &FacetKind) -> Limit {
    match kind {
        FacetKind::MinLength(least) => Limit::MinLength(*least),
        FacetKind::MaxLength(most) => Limit::MaxLength(*most),
        FacetKind::Min(least) => Limit::Min(*least),
        FacetKind::Max(most) => Limit::Max(*most),
        FacetKind::Pattern(pattern) => Limit::Pattern(pattern.xsd().to_owned()),
        FacetKind::CodeList(at) => {
            let list = release.code_lists.get(*at);
            Limit::CodeList(list.map_or_else(String::new, |list| list.name.clone()))
        }
    }
}
