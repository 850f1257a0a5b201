//! Writing XML.

use crate::arrange::{Placed, Trail, arrange};
use crate::finding::Phrase;
use crate::lang::Lang;
use crate::markup::illegal_character;
use crate::part::Part;
use crate::standard::{MessageKind, Namespace, Node};
use crate::unreadable::{Unreadable, UnreadableKind};

/// The end of a line, as the standards ask for it.
const END: &str = "\r\n";

/// Why a message cannot be written, or cannot be a draft, and at which element.
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
    /// It has an attribute, which no standard knows.
    Attribute,
}

impl Unwritable {
    /// What is wrong, where, and what to do about it; with `redact`, without the name of an element
    /// that has no place, which may be anything.
    #[must_use]
    pub fn text(&self, lang: Lang, redact: bool) -> String {
        let above = self.path.rsplit_once('/').map_or("", |(above, _)| above);
        let path = match redact && self.kind == UnwritableKind::NoPlace {
            true => format!("{above}/…"),
            false => self.path.clone(),
        };
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
            UnwritableKind::Attribute => lang.pick(
                format!("{path} heeft een attribuut, maar hoort er geen te hebben. Haal het weg."),
                format!("{path} has an attribute where none belongs. Remove it."),
            ),
        }
    }
}

impl std::fmt::Display for Unwritable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Lang::default(), false))
    }
}

impl std::error::Error for Unwritable {}

impl From<Unwritable> for Unreadable {
    fn from(fault: Unwritable) -> Self {
        let told = Phrase::composed(fault.text(Lang::Nl, false), fault.text(Lang::En, false));
        UnreadableKind::NotRead(told).nowhere()
    }
}

/// The root of a message and all in it, as XML.
pub(crate) fn write(kind: MessageKind, root: &Part) -> Result<String, Unwritable> {
    let placed = arrange(kind, 0, root)?;
    let mut writer =
        Writer { kind, prefixes: Prefixes::of(kind), xml: String::new(), trail: Trail::default() };
    writer.xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    writer.xml.push_str(END);
    writer.element(&placed)?;
    Ok(writer.xml)
}

/// What stands before the names of elements.
struct Prefixes {
    message: String,
    base: String,
}

impl Prefixes {
    /// The usual ones: names of the message and of the standard.
    fn of(kind: MessageKind) -> Self {
        let (message, base) = (kind.message.name.to_lowercase(), kind.standard.name);
        let base = if message == base { format!("{base}-basis") } else { base.to_owned() };
        Self { message, base }
    }
}

struct Writer {
    kind: MessageKind,
    prefixes: Prefixes,
    xml: String,
    /// Down to the element that is being written.
    trail: Trail,
}

impl Writer {
    /// Writes an element; no deeper than the schema.
    fn element(&mut self, placed: &Placed<'_>) -> Result<(), Unwritable> {
        self.trail.push(placed.node.name, placed.ordinal);
        let name = self.qualified(placed.node);
        self.indent();
        self.xml.push('<');
        self.xml.push_str(&name);
        self.declarations();
        if placed.part.text().is_empty() && placed.parts.is_empty() {
            self.xml.push_str("/>");
        } else {
            self.xml.push('>');
            self.content(placed)?;
            self.xml.push_str("</");
            self.xml.push_str(&name);
            self.xml.push('>');
        }
        self.xml.push_str(END);
        self.trail.pop();
        Ok(())
    }

    fn content(&mut self, placed: &Placed<'_>) -> Result<(), Unwritable> {
        self.text(placed.part.text())?;
        if placed.parts.is_empty() {
            return Ok(());
        }
        self.xml.push_str(END);
        for part in &placed.parts {
            self.element(part)?;
        }
        self.indent();
        Ok(())
    }

    fn indent(&mut self) {
        self.xml.extend(std::iter::repeat_n('\t', self.trail.len() - 1));
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
        if self.trail.len() > 1 {
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
            return Err(self.trail.fault(self.kind, UnwritableKind::Character(character.into())));
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
}
