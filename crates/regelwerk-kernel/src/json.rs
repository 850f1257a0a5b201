//! Messages as JSON, and back without loss.
//! [`Draft::to_json`] tells the shape.

use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};

use crate::arrange::{Placed, arrange};
use crate::draft::Draft;
use crate::message::Message;
use crate::standard::{Base, Content as Holds, MessageKind};
use crate::write::Unwritable;

/// Keys that say which message it is, in order.
pub(crate) const KEYS: [&str; 3] = ["standard", "release", "message"];
/// The key of the elements.
pub(crate) const CONTENT: &str = "content";

/// An element and all in it.
pub(crate) struct Content<'p> {
    pub(crate) kind: MessageKind,
    pub(crate) placed: &'p Placed<'p>,
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.placed.part.text();
        match &self.placed.node.content {
            Holds::Value(simple, _) if simple.base == Base::Integer => match number(text) {
                Some(number) => serializer.serialize_i64(number),
                None => serializer.serialize_str(text),
            },
            Holds::Value(..) => serializer.serialize_str(text),
            Holds::Group(_) => self.group(serializer),
        }
    }
}

impl Content<'_> {
    fn group<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind;
        let mut map = serializer.serialize_map(None)?;
        for alike in self.placed.parts.chunk_by(|one, other| one.node.name == other.node.name) {
            let Some(Placed { node, .. }) = alike.first() else { continue };
            let name = kind.name(node.name);
            match alike {
                [placed] if node.max == 1 => {
                    map.serialize_entry(name, &Content { kind, placed })?;
                }
                _ => {
                    let all: Vec<_> = alike.iter().map(|placed| Content { kind, placed }).collect();
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
struct Whole<'p>(Content<'p>);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(KEYS.len() + 1))?;
        for (key, value) in KEYS.iter().zip(self.0.kind.names()) {
            map.serialize_entry(key, value)?;
        }
        map.serialize_entry(CONTENT, &self.0)?;
        map.end()
    }
}

impl Draft {
    /// The draft as JSON: an object with `standard`, `release`, `message` and `content`.
    ///
    /// In `content` an element with elements in it is an object with their names as keys, one that
    /// can occur more often an array, a value a text. A whole number is a number where that loses
    /// nothing. What is absent has no key; `""` and `{}` are an element that is there and empty.
    ///
    /// # Errors
    ///
    /// When an element has no place in the schema, or a text where the schema has elements.
    pub fn to_json(&self) -> Result<String, Unwritable> {
        let (kind, placed) = (self.kind(), arrange(self.kind(), 0, self.content())?);
        // It cannot fail: keys are texts, and a String takes all.
        Ok(serde_json::to_string(&Whole(Content { kind, placed: &placed })).unwrap_or_default())
    }
}

/// As [`Draft::to_json`] has it. One that has not, fails with the text of [`Unwritable`].
impl Serialize for Draft {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kind = self.kind();
        let placed = arrange(kind, 0, self.content()).map_err(S::Error::custom)?;
        Whole(Content { kind, placed: &placed }).serialize(serializer)
    }
}

/// As its [`Draft`]. One that has none fails with the text of [`Unwritable`]: JSON never holds less
/// than the message.
impl Serialize for Message<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Draft::of(self).map_err(S::Error::custom)?.serialize(serializer)
    }
}
