//! Writing XML.

use std::fmt::Write as _;

use crate::finding::Phrase;
use crate::lang::Lang;
use crate::markup::illegal_character;
use crate::part::Part;
use crate::standard::{Content, Kind, Name, Namespace, Node};
use crate::unreadable::{Unreadable, UnreadableKind};

/// The end of a line, as the standards ask for it.
const END: &str = "\r\n";

/// Why a message cannot be written, and at which element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    /// The element, as in a finding: `/Bericht/Client[2]/Bsn`.
    pub path: String,
    /// Why.
    pub kind: UnwritableKind,
}

/// Why an element cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnwritableKind {
    /// Its text holds a character that XML does not allow, by its code point.
    Character(u32),
    /// The schema has no place for it.
    NoPlace,
    /// It has a text, where the schema has elements.
    Text,
}

impl Unwritable {
    /// What is wrong, where, and what to do about it.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let path = &self.path;
        match self.kind {
            UnwritableKind::Character(code) => lang.pick(
                format!("{path} bevat teken U+{code:04X}, dat niet in XML kan. Haal het weg."),
                format!("{path} has character U+{code:04X}, which XML cannot hold. Remove it."),
            ),
            UnwritableKind::NoPlace => lang.pick(
                format!("{path} heeft geen plaats in dit bericht. Haal het weg."),
                format!("{path} has no place in this message. Remove it."),
            ),
            UnwritableKind::Text => lang.pick(
                format!("{path} heeft een tekst, maar hoort elementen te hebben. Haal hem weg."),
                format!("{path} has a text where elements belong. Remove it."),
            ),
        }
    }
}

impl std::fmt::Display for Unwritable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::default()))
    }
}

impl std::error::Error for Unwritable {}

impl From<Unwritable> for Unreadable {
    fn from(fault: Unwritable) -> Self {
        let told = Phrase::composed(fault.text(Lang::Nl), fault.text(Lang::En));
        UnreadableKind::NotRead(told).nowhere()
    }
}

/// The root of a message and all in it, as XML.
pub(crate) fn write(kind: Kind, root: &Part) -> Result<String, Unwritable> {
    let mut writer =
        Writer { kind, prefixes: Prefixes::of(kind), xml: String::new(), path: vec![] };
    writer.root(root)?;
    Ok(writer.xml)
}

/// An element with its node and the index of that.
pub(crate) type Arranged<'p> = (u16, &'static Node, &'p Part);

/// What does not fit the schema: an element in another, or the text of that other.
pub(crate) struct Misfit {
    pub(crate) part: Option<Name>,
    pub(crate) kind: UnwritableKind,
}

/// What is in the element at a node, in the order of the schema.
pub(crate) fn arrange(kind: Kind, node: u16, part: &Part) -> Result<Vec<Arranged<'_>>, Misfit> {
    let is_group = matches!(kind.node(node).map(|node| &node.content), Some(Content::Group(_)));
    if is_group && !part.text().is_empty() {
        return Err(Misfit { part: None, kind: UnwritableKind::Text });
    }
    let declared: Vec<_> = kind.declared(node).collect();
    let place = |part| {
        let named = |(_, node): &&(u16, &Node)| node.name == Part::name(part);
        let missing = Misfit { part: Some(part.name()), kind: UnwritableKind::NoPlace };
        let (index, node) = *declared.iter().find(named).ok_or(missing)?;
        Ok((index, node, part))
    };
    let mut arranged = part.parts().iter().map(place).collect::<Result<Vec<_>, _>>()?;
    let position = |index| declared.iter().position(|(declared, _)| *declared == index);
    arranged.sort_by_cached_key(|(index, ..)| position(*index));
    Ok(arranged)
}

/// What stands before the names of elements.
struct Prefixes {
    message: String,
    base: String,
}

impl Prefixes {
    /// The usual ones: names of the message and of the standard.
    fn of(kind: Kind) -> Self {
        let (message, base) = (kind.message.name.to_lowercase(), kind.standard.name);
        let base = if message == base { format!("{base}-basis") } else { base.to_owned() };
        Self { message, base }
    }
}

struct Writer {
    kind: Kind,
    prefixes: Prefixes,
    xml: String,
    /// Names down to the element that is being written, with the ordinal of those that repeat.
    path: Vec<(Name, Option<usize>)>,
}

impl Writer {
    fn root(&mut self, root: &Part) -> Result<(), Unwritable> {
        self.xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        self.xml.push_str(END);
        self.path.push((root.name(), None));
        match self.kind.node(0).filter(|node| node.name == root.name()) {
            Some(node) => self.element(root, 0, node),
            None => Err(self.fault(UnwritableKind::NoPlace)),
        }
    }

    /// Writes an element; no deeper than the schema, for what has no place there is refused.
    fn element(&mut self, part: &Part, index: u16, node: &Node) -> Result<(), Unwritable> {
        let name = self.qualified(node);
        self.indent();
        self.xml.push('<');
        self.xml.push_str(&name);
        self.declarations();
        if part.text().is_empty() && part.parts().is_empty() {
            self.xml.push_str("/>");
        } else {
            self.xml.push('>');
            self.content(part, index)?;
            self.xml.push_str("</");
            self.xml.push_str(&name);
            self.xml.push('>');
        }
        self.xml.push_str(END);
        Ok(())
    }

    fn content(&mut self, part: &Part, index: u16) -> Result<(), Unwritable> {
        self.text(part.text())?;
        if part.parts().is_empty() {
            return Ok(());
        }
        self.xml.push_str(END);
        let mut last = (index, 0);
        for (index, node, part) in self.arrange(part, index)? {
            last = if last.0 == index { (index, last.1 + 1) } else { (index, 1) };
            self.path.push((node.name, (node.max > 1).then_some(last.1)));
            self.element(part, index, node)?;
            self.path.pop();
        }
        self.indent();
        Ok(())
    }

    fn arrange<'p>(&mut self, part: &'p Part, index: u16) -> Result<Vec<Arranged<'p>>, Unwritable> {
        arrange(self.kind, index, part).map_err(|misfit| {
            self.path.extend(misfit.part.map(|name| (name, None)));
            self.fault(misfit.kind)
        })
    }

    fn indent(&mut self) {
        self.xml.extend(std::iter::repeat_n('\t', self.path.len() - 1));
    }

    fn qualified(&self, node: &Node) -> String {
        let prefix = match node.namespace {
            Namespace::Message => &self.prefixes.message,
            Namespace::Base => &self.prefixes.base,
        };
        format!("{prefix}:{}", self.kind.name(node.name))
    }

    /// The namespaces, at the root.
    fn declarations(&mut self) {
        if self.path.len() > 1 {
            return;
        }
        let own = self.kind.message.namespaces.first().copied().unwrap_or_default();
        let base = self.kind.release.base_namespace;
        let Prefixes { message, base: prefix } = &self.prefixes;
        let declared = [(prefix, base), (message, own)].map(|(prefix, uri)| {
            let uri = uri.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
            format!(" xmlns:{prefix}=\"{uri}\"")
        });
        self.xml.extend(declared);
    }

    /// Writes a text so that it is read as it is. A line feed is written as the end of a line,
    /// which is read as a line feed again.
    fn text(&mut self, text: &str) -> Result<(), Unwritable> {
        if let Some((_, character)) = illegal_character(text) {
            return Err(self.fault(UnwritableKind::Character(character.into())));
        }
        for character in text.chars() {
            match character {
                '&' => self.xml.push_str("&amp;"),
                '<' => self.xml.push_str("&lt;"),
                '>' => self.xml.push_str("&gt;"),
                '\n' => self.xml.push_str(END),
                '\r' => self.xml.push_str("&#13;"),
                _ => self.xml.push(character),
            }
        }
        Ok(())
    }

    fn fault(&self, kind: UnwritableKind) -> Unwritable {
        let mut path = String::new();
        for (name, ordinal) in &self.path {
            // Writing to a String cannot fail.
            let _ = match ordinal {
                Some(ordinal) => write!(path, "/{}[{ordinal}]", self.kind.name(*name)),
                None => write!(path, "/{}", self.kind.name(*name)),
            };
        }
        Unwritable { path, kind }
    }
}
