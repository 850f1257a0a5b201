//! A message in the making, and how it is written as XML.

use crate::context::Context;
use crate::document::{Document, ElementId};
use crate::message::Message;
use crate::part::Part;
use crate::rejected::Rejected;
use crate::report::{Report, Verdict};
use crate::standard::MessageKind;
use crate::unreadable::Unreadable;
use crate::write::{Unwritable, write};

/// A message in the making: which message of which release, and its elements.
///
/// Elements may be put in it in any order; [`Draft::xml`] writes them in that of the schema.
/// Whether they are right shows when the message is judged, for which [`Draft::build`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    kind: MessageKind,
    content: Part,
}

impl Draft {
    /// A message that says of what kind and release it is and by which schemas it is made, and
    /// nothing else.
    #[must_use]
    pub fn new(kind: MessageKind) -> Self {
        let root = kind.node(0).map(|node| node.name).unwrap_or_default();
        Self::with(kind, Part::new(root))
    }

    /// A message with these elements; `content` is the root. What it does not say of its kind, its
    /// release and the schemas by which it is made is filled in.
    #[must_use]
    pub fn with(kind: MessageKind, mut content: Part) -> Self {
        let header = kind.release.headers.first();
        let code = header.map(|header| (header.code, kind.message.code));
        let values = header.map_or(&[][..], |header| header.values);
        for (path, value) in values.iter().chain(kind.message.schema_version).copied().chain(code) {
            if content.get(path).is_none() {
                content.set(path, value);
            }
        }
        Self { kind, content }
    }

    /// A message with these elements and no others.
    pub(crate) fn exactly(kind: MessageKind, content: Part) -> Self {
        Self { kind, content }
    }

    /// A message that was read, with all that is in it. Outer form is no part of a draft: elements
    /// are written in the order and the namespaces of the schema, however they were read.
    ///
    /// # Errors
    ///
    /// When something in it has no place in the schema, so that a draft cannot hold it: an element,
    /// a text between elements, an attribute. The first such place is told. A release that is not
    /// complete accepts what it does not know; a draft of it is refused all the same.
    pub fn of(message: &Message<'_>) -> Result<Self, Unwritable> {
        Ok(Self { kind: message.kind(), content: Part::of(message, ElementId::ROOT)? })
    }

    /// Which message of which release it is.
    #[must_use]
    pub fn kind(&self) -> MessageKind {
        self.kind
    }

    /// The root element.
    #[must_use]
    pub fn content(&self) -> &Part {
        &self.content
    }

    /// The root element, to change.
    pub fn content_mut(&mut self) -> &mut Part {
        &mut self.content
    }

    /// The message as XML: UTF-8 without byte-order mark, lines that end in CR and LF, tabs for
    /// depth, the elements in the order of the schema. The same draft always gives the same text.
    ///
    /// # Errors
    ///
    /// When an element has no place in the schema or a text where the schema has elements, or when
    /// a text holds a character that XML cannot.
    pub fn xml(&self) -> Result<String, Unwritable> {
        write(self.kind, &self.content)
    }

    /// The message, written, read back and judged.
    ///
    /// # Errors
    ///
    /// The report of what is wrong, when the standard or the protocol of `context` rejects the
    /// message, or when it cannot be written at all. What was not assessed is no reason to refuse;
    /// [`Message::validate`] tells of it.
    pub fn build(&self, context: &Context) -> Result<Message<'static>, Rejected> {
        let unreadable = |fault| Rejected::new(Report::unreadable(fault, context));
        let message = self.read_back(context).map_err(unreadable)?;
        let report = message.validate(context);
        match report.verdict == Verdict::Accepted && !report.rejects() {
            true => Ok(message),
            false => Err(Rejected::new(report)),
        }
    }

    fn read_back(&self, context: &Context) -> Result<Message<'static>, Unreadable> {
        let xml = self.xml()?;
        Message::recognise(Document::of_text(xml)?, context)
    }
}

#[cfg(test)]
mod tests;
