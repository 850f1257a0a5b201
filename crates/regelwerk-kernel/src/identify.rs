//! Which message of which release a document is.

use crate::document::{Document, ElementId};
use crate::message::Subject;
use crate::standard::{MessageDef, Name, Release, Standard};
use crate::unreadable::{Unreadable, UnreadableKind};
use crate::value::trim;

/// Recognises a message by the namespace of its root, else by its header.
pub(crate) fn identify(
    document: &Document<'_>,
    standards: &[&'static Standard],
) -> Result<Subject, Unreadable> {
    let namespace = document.namespace(ElementId::ROOT);
    let by_namespace = subjects(standards)
        .filter(|subject| subject.definition.namespace == namespace)
        .map(|subject| (subject.likeness(document), subject))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, subject)| subject);
    let by_header = || subjects(standards).find(|subject| subject.has_header(document));
    by_namespace.or_else(by_header).ok_or_else(|| unknown(document, standards))
}

fn subjects<'s>(standards: &'s [&'static Standard]) -> impl Iterator<Item = Subject> + 's {
    standards.iter().flat_map(|&standard| {
        standard.releases.iter().flat_map(move |release| {
            let subject = move |definition| Subject { standard, release, definition };
            release.messages.iter().map(subject)
        })
    })
}

impl Subject {
    /// How much a document looks like this message beyond its namespace, which messages or
    /// releases may share: root, code of the message, header of the release.
    fn likeness(&self, document: &Document<'_>) -> (bool, bool, bool) {
        let root = self.node(0).map(|node| self.name(node.name));
        let root = root == Some(document.name(ElementId::ROOT));
        (root, self.has_code(document), self.has_release_header(document))
    }

    fn has_header(&self, document: &Document<'_>) -> bool {
        self.has_code(document)
            && !self.release.header.is_empty()
            && self.has_release_header(document)
    }

    fn has_code(&self, document: &Document<'_>) -> bool {
        let MessageDef { code, code_path, .. } = self.definition;
        self.stands_at(document, code_path, code)
    }

    fn has_release_header(&self, document: &Document<'_>) -> bool {
        let header = self.release.header;
        header.iter().all(|(path, value)| self.stands_at(document, path, value))
    }

    fn stands_at(&self, document: &Document<'_>, path: &[Name], value: &str) -> bool {
        let child = |parent, &name: &Name| {
            document.children(parent).find(|&child| document.name(child) == self.name(name))
        };
        let found = path.iter().try_fold(ElementId::ROOT, child);
        found.is_some_and(|id| trim(document.text(id)) == value)
    }
}

fn unknown(document: &Document<'_>, standards: &[&'static Standard]) -> Unreadable {
    let root = document.name(ElementId::ROOT).to_owned();
    let namespace = document.namespace(ElementId::ROOT).to_owned();
    let releases = standards.iter().flat_map(|standard| standard.releases);
    let known = releases.map(describe).collect();
    let place = document.line_column(ElementId::ROOT);
    UnreadableKind::UnknownMessage { root, namespace, known }.at(place)
}

fn describe(release: &Release) -> String {
    let names: Vec<_> = release.messages.iter().map(|message| message.name).collect();
    format!("{}: {}", release.title, names.join(", "))
}
