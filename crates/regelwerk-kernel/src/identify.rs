//! Which message of which release a document is.

use crate::document::{Document, ElementId};
use crate::message::Subject;
use crate::quote::quote;
use crate::standard::{Header, MessageKind, Name, Release, Standard};
use crate::unreadable::{Unreadable, UnreadableKind};
use crate::value::trim;

/// Recognises a message by the namespace of its root, else by its header.
pub(crate) fn identify(
    document: &Document<'_>,
    standards: &[&'static Standard],
) -> Result<Subject, Unreadable> {
    if standards.is_empty() {
        return Err(UnreadableKind::NoStandard.nowhere());
    }
    let namespace = document.namespace(ElementId::ROOT);
    let by_namespace = subjects(standards)
        .filter_map(|subject| subject.in_namespace(namespace))
        .map(|subject| (subject.likeness(document), subject))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, subject)| subject);
    let by_header = || subjects(standards).find(|subject| subject.has_header(document));
    by_namespace.or_else(by_header).ok_or_else(|| unknown(document, standards))
}

fn subjects<'s>(standards: &'s [&'static Standard]) -> impl Iterator<Item = Subject> + 's {
    standards.iter().flat_map(|&standard| {
        standard.releases.iter().flat_map(move |release| {
            let kind = move |message| MessageKind { standard, release, message };
            release.messages.iter().map(move |message| Subject::new(kind(message)))
        })
    })
}

impl Subject {
    /// A message in the usual one of its namespaces.
    fn new(kind: MessageKind) -> Self {
        let namespace = kind.message.namespaces.first().copied().unwrap_or_default();
        Self { kind, namespace }
    }

    /// The message in this namespace, if it is one of its own.
    fn in_namespace(self, namespace: &str) -> Option<Self> {
        let mut own = self.kind.message.namespaces.iter().copied();
        own.find(|&own| own == namespace).map(|namespace| Self { namespace, ..self })
    }

    /// How much a document looks like this message beyond its namespace, which messages or
    /// releases may share: root, code of the message, values of the release.
    fn likeness(&self, document: &Document<'_>) -> (bool, bool, bool) {
        let root = self.node(0).map(|node| self.name(node.name));
        let root = root == Some(document.name(ElementId::ROOT));
        let forms = self.kind.release.headers.iter();
        let forms = forms.map(|form| (self.has_code(form, document), self.has(form, document)));
        let (code, values) = forms.max().unwrap_or_default();
        (root, code, values)
    }

    /// Whether a form of the header stands in a document wholly. One without values names no
    /// release.
    fn has_header(&self, document: &Document<'_>) -> bool {
        let is_whole = |form: &Header| {
            !form.values.is_empty() && self.has_code(form, document) && self.has(form, document)
        };
        self.kind.release.headers.iter().any(is_whole)
    }

    fn has_code(&self, form: &Header, document: &Document<'_>) -> bool {
        self.stands_at(document, form.code, self.kind.message.code)
    }

    fn has(&self, form: &Header, document: &Document<'_>) -> bool {
        form.values.iter().all(|(path, value)| self.stands_at(document, path, value))
    }

    fn stands_at(&self, document: &Document<'_>, path: &[Name], value: &str) -> bool {
        self.at(document, path).is_some_and(|id| trim(document.text(id)) == value)
    }

    /// The element at a path from below the root, by local names.
    pub(crate) fn at(&self, document: &Document<'_>, path: &[Name]) -> Option<ElementId> {
        let child = |parent, &name: &Name| {
            document.children(parent).find(|&child| document.name(child) == self.name(name))
        };
        path.iter().try_fold(ElementId::ROOT, child)
    }
}

fn unknown(document: &Document<'_>, standards: &[&'static Standard]) -> Unreadable {
    let root = quote(document.name(ElementId::ROOT));
    let namespace = quote(document.namespace(ElementId::ROOT));
    let releases = standards.iter().flat_map(|standard| standard.releases);
    let known = releases.map(describe).collect();
    let place = document.line_column(ElementId::ROOT);
    UnreadableKind::UnknownMessage { root, namespace, known }.at(place)
}

fn describe(release: &Release) -> String {
    let names: Vec<_> = release.messages.iter().map(|message| message.name).collect();
    format!("{}: {}", release.title, names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::PROEF;

    /// The release that a message is recognised as, and its namespace.
    fn release(xml: &str) -> Option<(&'static str, &'static str)> {
        let document = Document::read(xml.as_bytes()).unwrap();
        let subject = identify(&document, &[&PROEF]).ok()?;
        Some((subject.kind.release.name, subject.namespace))
    }

    fn message(namespace: &str, header: &str) -> String {
        format!("<Bericht xmlns='{namespace}'>{header}</Bericht>")
    }

    #[test]
    fn any_namespace_of_a_message_tells_it() {
        let header = "<Header><Code>101</Code><Release>1</Release></Header>";
        assert_eq!(release(&message("urn:pr09", "")), Some(("0.9", "urn:pr09")));
        let other = Some(("0.9", "urn:pr09/anders"));
        assert_eq!(release(&message("urn:pr09/anders", header)), other, "it wins of the header");
    }

    #[test]
    fn any_form_of_the_header_tells_a_message() {
        let told = |header| release(&message("urn:elders", header));
        let old = Some(("0.9", "urn:pr09"));
        assert_eq!(told("<Header><Code>101</Code><Release>0</Release></Header>"), old);
        assert_eq!(told("<Code>101</Code><Release>0</Release>"), old);
        let new = Some(("1.0", "urn:pr1"));
        assert_eq!(told("<Header><Code>101</Code><Release>1</Release></Header>"), new);
        // Half of one form and half of another are none.
        assert_eq!(told("<Header><Code>101</Code></Header><Release>0</Release>"), None);
        assert_eq!(told("<Code>101</Code><Release>1</Release>"), None);
    }
}
