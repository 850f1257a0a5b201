//! Messages as JSON, and back without loss.
//! [`Draft::to_json`] tells the shape.

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};

use crate::draft::Draft;
use crate::message::Message;
use crate::part::Part;
use crate::standard::{Base, Content as Holds, Kind};
use crate::write::{Arranged, Unwritable, arrange};

/// Keys that say which message it is, in order.
pub(crate) const KEYS: [&str; 3] = ["standard", "release", "message"];
/// The key of the elements.
pub(crate) const CONTENT: &str = "content";

/// An element and all in it, at its place in the schema.
pub(crate) struct Content<'p> {
    pub(crate) kind: Kind,
    /// The index of its node.
    pub(crate) node: u16,
    pub(crate) part: &'p Part,
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let held = self.kind.node(self.node).map(|node| &node.content);
        let parts = arrange(self.kind, self.node, self.part).map_err(|misfit| {
            let at = misfit.part.unwrap_or_else(|| self.part.name());
            S::Error::custom(Unwritable { path: self.kind.name(at).to_owned(), kind: misfit.kind })
        })?;
        let text = self.part.text();
        match held {
            Some(Holds::Value(simple, _)) if simple.base == Base::Integer => match number(text) {
                Some(number) => serializer.serialize_i64(number),
                None => serializer.serialize_str(text),
            },
            Some(Holds::Value(..)) => serializer.serialize_str(text),
            _ => self.group(&parts, serializer),
        }
    }
}

impl Content<'_> {
    fn group<S: Serializer>(
        &self,
        parts: &[Arranged<'_>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for alike in parts.chunk_by(|(one, ..), (other, ..)| one == other) {
            let Some((_, node, _)) = alike.first() else { continue };
            let kind = self.kind;
            let content = |&(node, _, part)| Content { kind, node, part };
            let name = self.kind.name(node.name);
            match alike {
                [only] if node.max == 1 => map.serialize_entry(name, &content(only))?,
                _ => {
                    let all: Vec<_> = alike.iter().map(content).collect();
                    map.serialize_entry(name, &all)?;
                }
            }
        }
        map.end()
    }
}

/// The number that a text stands for, where its text can be had back from it.
fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}

/// A message with what it is: `{"standard": …, "release": …, "message": …, "content": {…}}`.
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind();
        let mut map = serializer.serialize_map(Some(KEYS.len()))?;
        for (key, value) in KEYS.iter().zip(kind.names()) {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry(CONTENT, &Content { kind, node: 0, part: self.content() })?;
        map.end()
    }
}

/// As its [`Draft`].
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Draft::of(self).serialize(serializer)
    }
}
