//! Reading XML: quick-xml finds the markup, this makes sure that it is well-formed.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;

use crate::decode::Encoding;
use crate::document::{Element, ElementId, Span, Tree, flag};
use crate::markup::{
    Attribute, Attributes, attribute_value, declaration, illegal_character, is_blank, is_name,
    is_space, resolve, split_name,
};
use crate::namespaces::{Namespaces, XSI};
use crate::position::{narrow, place};
use crate::quote::quote;
use crate::unreadable::{Fault, Unreadable, UnreadableKind};

/// Deepest nesting of elements.
pub const MAX_DEPTH: usize = 200;
/// Most elements in a message.
pub const MAX_ELEMENTS: usize = 4_000_000;

/// Most attributes in a message.
pub const MAX_ATTRIBUTES: usize = 1_000_000;
/// Most attributes in a tag.
const MAX_IN_TAG: usize = 256;

/// No element.
const NOBODY: u32 = u32::MAX;

/// Reads the elements of a text.
pub(crate) fn read(text: &str, encoding: Encoding) -> Result<Tree, Unreadable> {
    let builder = Builder::new(text, encoding);
    builder.run().map_err(|halt| halt.kind.at(place(text.as_bytes(), halt.offset)))
}

/// Why reading stopped, and at which byte.
struct Halt {
    kind: UnreadableKind,
    offset: usize,
}

impl Halt {
    fn fault(fault: Fault, offset: usize) -> Self {
        Self { kind: UnreadableKind::NotXml(fault), offset }
    }
}

/// A piece of the source and where it starts.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Piece<'t> {
    /// What is between two delimiters.
    fn within(self, open: &str, close: &str) -> Self {
        let text = self.text.strip_prefix(open).unwrap_or(self.text);
        let text = text.strip_suffix(close).unwrap_or(text);
        Self { text, offset: self.offset + open.len() }
    }

    fn fault(self, fault: Fault) -> Halt {
        Halt::fault(fault, self.offset)
    }

    fn halt(self, kind: UnreadableKind) -> Halt {
        Halt { kind, offset: self.offset }
    }
}

/// An element that is not closed yet.
struct Open {
    id: ElementId,
    /// Declarations in force outside it.
    bindings: usize,
}

/// A name that was met before.
#[derive(Clone, Copy)]
struct Known<'t> {
    prefix: &'t str,
    /// Index of the local name into [`Tree::names`].
    name: u32,
}

struct Builder<'t> {
    text: &'t str,
    encoding: Encoding,
    tree: Tree,
    open: Vec<Open>,
    namespaces: Namespaces<'t>,
    /// Names with their prefixes: each is taken apart and checked once.
    known: HashMap<&'t str, Known<'t>>,
    /// Local names.
    interned: HashMap<&'t str, u32>,
    /// For each name the latest child so called of the element that is open, or [`NOBODY`].
    latest: Vec<u32>,
    /// For each element the value of `latest` that it took the place of.
    shadowed: Vec<u32>,
    /// Room for the attributes of one tag, used again and again.
    attributes: Vec<Attribute<'t>>,
    attribute_count: usize,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, encoding: Encoding) -> Self {
        Self {
            text,
            encoding,
            tree: Tree::default(),
            open: Vec::new(),
            namespaces: Namespaces::new(),
            known: HashMap::new(),
            interned: HashMap::new(),
            latest: Vec::new(),
            shadowed: Vec::new(),
            attributes: Vec::new(),
            attribute_count: 0,
        }
    }

    fn run(mut self) -> Result<Tree, Halt> {
        if let Some((offset, character)) = illegal_character(self.text) {
            return Err(Halt::fault(Fault::IllegalCharacter(character.into()), offset));
        }
        // quick-xml would skip a second byte-order mark and so shift every offset.
        if self.text.starts_with('\u{FEFF}') {
            return Err(Halt::fault(Fault::TextOutsideRoot, 0));
        }
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_comments = true;
        loop {
            let offset = position(reader.buffer_position());
            let event = reader.read_event();
            let event = event.map_err(|error| halt(error, position(reader.error_position())))?;
            let end = position(reader.buffer_position());
            let piece = Piece { text: self.text.get(offset..end).unwrap_or_default(), offset };
            match event {
                Event::Start(_) => self.start(piece.within("<", ">"), piece)?,
                Event::Empty(_) => {
                    self.start(piece.within("<", "/>"), piece)?;
                    self.close();
                }
                Event::End(_) => self.close(),
                Event::Text(_) => self.characters(piece)?,
                Event::CData(_) => self.cdata(piece)?,
                Event::GeneralRef(_) => self.reference(piece)?,
                Event::Decl(_) => self.declaration(piece)?,
                Event::PI(_) => instruction(piece)?,
                Event::DocType(_) => return Err(piece.halt(UnreadableKind::DoctypeForbidden)),
                Event::Comment(_) => {}
                Event::Eof => return self.finish(),
            }
        }
    }

    fn finish(mut self) -> Result<Tree, Halt> {
        let offset = self.text.len();
        if !self.open.is_empty() {
            return Err(Halt { kind: UnreadableKind::CutOff, offset });
        }
        if self.tree.elements.is_empty() {
            return Err(Halt::fault(Fault::NoRoot, offset));
        }
        self.tree.namespaces = self.namespaces.into_uris();
        Ok(self.tree)
    }

    fn start(&mut self, content: Piece<'t>, tag: Piece<'t>) -> Result<(), Halt> {
        self.check_room(tag)?;
        let (name, rest) = match content.text.find(is_space) {
            Some(at) => content.text.split_at(at),
            None => (content.text, ""),
        };
        let name = Piece { text: name, offset: content.offset };
        let Known { prefix, name } = self.name(name).map_err(|kind| tag.halt(kind))?;
        let bindings = self.namespaces.mark();
        self.gather(rest).map_err(|kind| tag.halt(kind))?;
        let id = ElementId(narrow(self.tree.elements.len()));
        let unexpected = self.attributes(id, tag).map_err(|kind| tag.halt(kind))?;
        let namespace = self.namespaces.resolve(prefix).map_err(|kind| tag.halt(kind))?;
        self.leave_text();
        let element = self.element(name, tag, namespace, unexpected);
        self.tree.elements.push(element);
        self.open.push(Open { id, bindings });
        Ok(())
    }

    /// Splits the attributes of a tag.
    fn gather(&mut self, text: &'t str) -> Result<(), UnreadableKind> {
        self.attributes.clear();
        for attribute in Attributes(text) {
            if self.attributes.len() >= MAX_IN_TAG || self.attribute_count >= MAX_ATTRIBUTES {
                return Err(UnreadableKind::TooManyAttributes);
            }
            self.attributes.push(attribute?);
            self.attribute_count += 1;
        }
        Ok(())
    }

    fn check_room(&self, tag: Piece<'t>) -> Result<(), Halt> {
        if self.open.is_empty() && !self.tree.elements.is_empty() {
            return Err(tag.fault(Fault::SecondRoot));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(tag.halt(UnreadableKind::TooDeep));
        }
        if self.tree.elements.len() >= MAX_ELEMENTS {
            return Err(tag.halt(UnreadableKind::TooManyElements));
        }
        Ok(())
    }

    /// Takes in the attributes of a tag; whether there is one that no standard knows.
    fn attributes(&mut self, id: ElementId, tag: Piece<'t>) -> Result<bool, UnreadableKind> {
        let mut others = Vec::new();
        let mut declared = Vec::new();
        // Declarations first: they hold for attributes that come before them as well.
        for &attribute in &self.attributes {
            if self.namespaces.declare(attribute)? {
                declared.push((Namespaces::NONE, attribute.name));
            } else {
                others.push(attribute);
            }
        }
        let mut unexpected = false;
        for attribute in others {
            let (prefix, local) = split_name(attribute.name)?;
            attribute_value(attribute.value)?;
            let namespace = match prefix {
                "" => Namespaces::NONE,
                prefix => self.namespaces.resolve(prefix)?,
            };
            declared.push((namespace, local));
            if !locates_schema(self.namespaces.uri(namespace), local) {
                let start = tag.offset + offset_within(tag.text, attribute.name);
                self.tree.attributes.push((id, Span::new(start, attribute.name.len())));
                unexpected = true;
            }
        }
        no_duplicates(declared)?;
        Ok(unexpected)
    }

    /// The text of an element that turns out to have children is not its value.
    fn leave_text(&mut self) {
        let Some(parent) = self.open.last().map(|open| open.id) else { return };
        let mixed = !is_blank(self.value(parent));
        if let Some(element) = self.tree.elements.get_mut(parent.index()) {
            element.text = Span::default();
            element.flags &= !flag::BUFFERED;
            element.flags |= if mixed { flag::MIXED } else { 0 };
        }
    }

    fn element(&mut self, name: u32, tag: Piece<'t>, namespace: u8, odd: bool) -> Element {
        let id = narrow(self.tree.elements.len());
        let parent = self.open.last().map_or(0, |open| open.id.0);
        let mut flags = if odd { flag::ATTRIBUTE } else { 0 };
        let mut ordinal = 1;
        let latest = self.latest.get_mut(name as usize);
        let before = latest.map_or(NOBODY, |latest| std::mem::replace(latest, id));
        let twin = self.tree.elements.get_mut(before as usize);
        if let Some(twin) = twin.filter(|twin| id != 0 && before != 0 && twin.parent == parent) {
            twin.flags |= flag::TWIN;
            flags |= flag::TWIN;
            ordinal = twin.ordinal + 1;
        }
        self.shadowed.push(before);
        let tag = Span::new(tag.offset, tag.text.len());
        Element { tag, text: Span::default(), name, parent, end: id + 1, ordinal, namespace, flags }
    }

    /// The parts of a name as it is written in a tag.
    fn name(&mut self, whole: Piece<'t>) -> Result<Known<'t>, UnreadableKind> {
        if let Some(&known) = self.known.get(whole.text) {
            return Ok(known);
        }
        let (prefix, local) = split_name(whole.text)?;
        let offset = whole.offset + whole.text.len() - local.len();
        let name = self.intern(Piece { text: local, offset });
        let known = Known { prefix, name };
        self.known.insert(whole.text, known);
        Ok(known)
    }

    fn intern(&mut self, local: Piece<'t>) -> u32 {
        *self.interned.entry(local.text).or_insert_with(|| {
            let name = narrow(self.tree.names.len());
            self.tree.names.push(Span::new(local.offset, local.text.len()));
            self.latest.push(NOBODY);
            name
        })
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.namespaces.leave(open.bindings);
        let end = self.tree.elements.len();
        if let Some(element) = self.tree.elements.get_mut(open.id.index()) {
            element.end = narrow(end);
        }
        self.forget_children(open.id, end);
    }

    /// Gives `latest` back to the siblings of the element that closes. In all it visits each
    /// element once, so numbering siblings takes linear time however their names alternate.
    fn forget_children(&mut self, id: ElementId, end: usize) {
        let mut child = id.index() + 1;
        while child < end {
            let Some(element) = self.tree.elements.get(child) else { return };
            let first = element.ordinal == 1;
            let before = self.shadowed.get(child).copied().filter(|_| first);
            if let Some((latest, before)) = self.latest.get_mut(element.name as usize).zip(before) {
                *latest = before;
            }
            child = element.end as usize;
        }
    }

    fn characters(&mut self, piece: Piece<'t>) -> Result<(), Halt> {
        if let Some(at) = piece.text.find("]]>") {
            return Err(Halt::fault(Fault::CdataEndInText, piece.offset + at));
        }
        if !self.open.is_empty() {
            self.append(piece);
        } else if let Some(at) = piece.text.find(|character| !is_space(character)) {
            return Err(Halt::fault(Fault::TextOutsideRoot, piece.offset + at));
        }
        Ok(())
    }

    fn cdata(&mut self, piece: Piece<'t>) -> Result<(), Halt> {
        if self.open.is_empty() {
            return Err(piece.fault(Fault::TextOutsideRoot));
        }
        self.append(piece.within("<![CDATA[", "]]>"));
        Ok(())
    }

    fn reference(&mut self, piece: Piece<'t>) -> Result<(), Halt> {
        if self.open.is_empty() {
            return Err(piece.fault(Fault::TextOutsideRoot));
        }
        let name = piece.within("&", ";").text;
        let character = resolve(name).map_err(|kind| piece.halt(kind))?;
        self.append_owned(character.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn declaration(&self, piece: Piece<'t>) -> Result<(), Halt> {
        if piece.offset != 0 {
            return Err(piece.fault(Fault::LateDeclaration));
        }
        let content = piece.within("<?xml", "?>").text;
        match declaration(content).map_err(|kind| piece.halt(kind))? {
            Some(name) if !self.encoding.is_called(name, self.text) => {
                Err(piece.halt(UnreadableKind::EncodingMismatch(quote(name))))
            }
            _ => Ok(()),
        }
    }

    fn value(&self, id: ElementId) -> &str {
        self.tree.elements.get(id.index()).map_or("", |element| {
            let buffered = element.flags & flag::BUFFERED != 0;
            element.text.of(if buffered { &self.tree.buffer } else { self.text })
        })
    }

    /// Adds literal text to the element that is open; a first piece stays where it is.
    fn append(&mut self, piece: Piece<'t>) {
        let text = match piece.text.contains('\r') {
            true => Cow::Owned(piece.text.replace("\r\n", "\n").replace('\r', "\n")),
            false => Cow::Borrowed(piece.text),
        };
        let Some(id) = self.open.last().map(|open| open.id) else { return };
        let is_leaf = self.tree.elements.len() == id.index() + 1;
        match (self.tree.elements.get_mut(id.index()), &text) {
            (Some(element), Cow::Borrowed(text))
                if is_leaf && element.text.len == 0 && element.flags & flag::BUFFERED == 0 =>
            {
                element.text = Span::new(piece.offset, text.len());
            }
            _ => self.append_owned(&text),
        }
    }

    /// Adds text that is not in the source, or not next to what is there.
    fn append_owned(&mut self, text: &str) {
        let Some(id) = self.open.last().map(|open| open.id) else { return };
        let is_leaf = self.tree.elements.len() == id.index() + 1;
        let Some(element) = self.tree.elements.get_mut(id.index()) else { return };
        if !is_leaf {
            element.flags |= if is_blank(text) { 0 } else { flag::MIXED };
            return;
        }
        let buffer = &mut self.tree.buffer;
        if element.flags & flag::BUFFERED == 0 {
            let start = buffer.len();
            buffer.push_str(element.text.of(self.text));
            element.text.start = narrow(start);
            element.flags |= flag::BUFFERED;
        }
        buffer.push_str(text);
        element.text.len = narrow(buffer.len()) - element.text.start;
    }
}

/// quick-xml counts in 64 bits; the cap on the size keeps that within a `usize`.
fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Where a part of a text starts in it.
fn offset_within(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// The two attributes that any document may carry beside namespace declarations.
fn locates_schema(namespace: &str, local: &str) -> bool {
    namespace == XSI && matches!(local, "schemaLocation" | "noNamespaceSchemaLocation")
}

/// Whether all names differ.
fn no_duplicates(mut names: Vec<(u8, &str)>) -> Result<(), UnreadableKind> {
    names.sort_unstable();
    match names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(one.1),
        _ => None,
    }) {
        None => Ok(()),
        Some(name) => Err(UnreadableKind::NotXml(Fault::DuplicateAttribute(quote(name)))),
    }
}

fn instruction(piece: Piece<'_>) -> Result<(), Halt> {
    let content = piece.within("<?", "?>").text;
    let target = content.split(is_space).next().unwrap_or_default();
    match is_name(target) && !target.eq_ignore_ascii_case("xml") {
        true => Ok(()),
        false => Err(piece.fault(Fault::BadInstruction)),
    }
}

fn halt(error: Error, offset: usize) -> Halt {
    let kind = match error {
        Error::Syntax(SyntaxError::UnclosedDoctype) => UnreadableKind::DoctypeForbidden,
        Error::Syntax(SyntaxError::InvalidBangMarkup) => UnreadableKind::NotXml(Fault::BadMarkup),
        Error::Syntax(_) => UnreadableKind::CutOff,
        Error::IllFormed(ill) => UnreadableKind::NotXml(ill_formed(ill)),
        _ => UnreadableKind::NotXml(Fault::BadMarkup),
    };
    Halt { kind, offset }
}

fn ill_formed(error: IllFormedError) -> Fault {
    match error {
        IllFormedError::MismatchedEndTag { expected, found } => {
            Fault::WrongEndTag { expected: quote(&expected), found: quote(&found) }
        }
        IllFormedError::UnmatchedEndTag(name) => Fault::StrayEndTag(quote(&name)),
        IllFormedError::DoubleHyphenInComment => Fault::HyphensInComment,
        IllFormedError::UnclosedReference => Fault::BareAmpersand,
        _ => Fault::BadMarkup,
    }
}

#[cfg(test)]
mod tests;
