//! An element with what is in it, owned and free of any message.

use crate::document::{Document, ElementId};
use crate::message::Message;
use crate::standard::{Content, Name};
use crate::value::trim;
use crate::write::{Unwritable, UnwritableKind};

/// An element in the making: a name, and either a text or other elements.
///
/// It knows nothing of a schema. A [`Draft`](crate::Draft) does: it puts elements in their order
/// and refuses those that have no place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    name: Name,
    text: String,
    parts: Vec<Self>,
}

impl Part {
    /// An element with nothing in it.
    #[must_use]
    pub const fn new(name: Name) -> Self {
        Self { name, text: String::new(), parts: Vec::new() }
    }

    /// An element with a text, as it stands in a message but for XML's way of writing it.
    #[must_use]
    pub fn value(name: Name, text: impl Into<String>) -> Self {
        Self { name, text: text.into(), parts: Vec::new() }
    }

    /// An element of a message with all that is in it.
    ///
    /// # Errors
    ///
    /// When something in it has no place in the schema: an element, a text between elements, an
    /// attribute. The first such place is told.
    pub fn of(message: &Message<'_>, id: ElementId) -> Result<Self, Unwritable> {
        let document = message.document();
        let fault = |kind| Unwritable { path: document.path(id), kind };
        let node = message.node(id).and_then(|index| message.kind().node(index));
        let node = node.ok_or_else(|| fault(UnwritableKind::NoPlace))?;
        if document.unexpected_attributes(id).next().is_some() {
            return Err(fault(UnwritableKind::Attribute));
        }
        let text = match node.content {
            Content::Value(..) => document.text(id),
            Content::Group(_) if has_text(document, id) => return Err(fault(UnwritableKind::Text)),
            Content::Group(_) => "",
        };
        // No deeper than the schema: an element without a place has none in it with one.
        let parts = document.children(id).map(|child| Self::of(message, child));
        let parts = parts.collect::<Result<_, _>>()?;
        Ok(Self { name: node.name, text: text.to_owned(), parts })
    }

    /// Its name, as an index into [`Standard::names`](crate::Standard::names).
    #[must_use]
    pub fn name(&self) -> Name {
        self.name
    }

    /// Its text; empty where it holds elements.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The elements in it, in the order they were put there.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        &self.parts
    }

    /// The elements in it that have this name.
    pub fn all(&self, name: Name) -> impl Iterator<Item = &Self> {
        self.parts.iter().filter(move |part| part.name == name)
    }

    /// The element at the end of a path, each step the first so called.
    #[must_use]
    pub fn get(&self, path: &[Name]) -> Option<&Self> {
        path.iter().try_fold(self, |part, &name| part.all(name).next())
    }

    /// The element at the end of a path, to change.
    pub fn get_mut(&mut self, path: &[Name]) -> Option<&mut Self> {
        path.iter().try_fold(self, |part, &name| part.first_mut(name))
    }

    fn first_mut(&mut self, name: Name) -> Option<&mut Self> {
        self.parts.iter_mut().find(|part| part.name == name)
    }

    /// Gives the element at the end of a path a text; what is not there yet is made.
    pub fn set(&mut self, path: &[Name], text: impl Into<String>) {
        let Some((&name, rest)) = path.split_first() else {
            self.text = text.into();
            return;
        };
        match self.first_mut(name) {
            Some(part) => part.set(rest, text),
            None => {
                let mut part = Self::new(name);
                part.set(rest, text);
                self.parts.push(part);
            }
        }
    }

    /// The same element under another name.
    #[must_use]
    pub fn named(self, name: Name) -> Self {
        Self { name, ..self }
    }

    /// With this element in the place of those of its name.
    #[must_use]
    pub fn with(mut self, part: Self) -> Self {
        self.put(part);
        self
    }

    /// With these elements, each after others of its name.
    #[must_use]
    pub fn and(mut self, parts: impl IntoIterator<Item = Self>) -> Self {
        self.parts.extend(parts);
        self
    }

    /// Adds an element, after others of its name.
    pub fn push(&mut self, part: Self) {
        self.parts.push(part);
    }

    /// Puts an element in the place of those of its name.
    pub fn put(&mut self, part: Self) {
        self.remove(part.name);
        self.parts.push(part);
    }

    /// Takes away the elements of a name.
    pub fn remove(&mut self, name: Name) {
        self.parts.retain(|part| part.name != name);
    }
}

/// Whether an element has text that is more than white space between elements.
pub(crate) fn has_text(document: &Document<'_>, id: ElementId) -> bool {
    document.is_mixed(id) || !trim(document.text(id)).is_empty()
}
