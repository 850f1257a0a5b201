//! A message as a flat arena of elements, borrowed from its bytes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use crate::decode::{Encoding, Source, decode};
use crate::position::{LineIndex, narrow};
use crate::quote::quote;
use crate::read::read;
use crate::unreadable::Unreadable;

/// An element of a [`Document`], numbered in document order; 0 is the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId(pub u32);

impl ElementId {
    /// The root of every document.
    pub const ROOT: Self = Self(0);

    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

impl Span {
    pub(crate) fn new(start: usize, len: usize) -> Self {
        Self { start: narrow(start), len: narrow(len) }
    }

    pub(crate) fn of(self, text: &str) -> &str {
        let start = self.start as usize;
        text.get(start..start + self.len as usize).unwrap_or_default()
    }
}

/// What is peculiar about an element, as bits.
pub(crate) mod flag {
    /// Its text is in the side buffer, not in the source.
    pub(crate) const BUFFERED: u8 = 1;
    /// It has text as well as child elements.
    pub(crate) const MIXED: u8 = 2;
    /// It has an attribute that no standard knows.
    pub(crate) const ATTRIBUTE: u8 = 4;
    /// A sibling has the same name.
    pub(crate) const TWIN: u8 = 8;
}

/// An element: 36 bytes. Elements are in document order, so the subtree of the element numbered
/// `id` is `id..end` and the links to children and siblings need no room.
#[derive(Debug)]
pub(crate) struct Element {
    /// The start tag, in the source.
    pub(crate) tag: Span,
    /// The text, in the source or the side buffer; empty where there are child elements.
    pub(crate) text: Span,
    /// Index into [`Tree::names`].
    pub(crate) name: u32,
    /// The parent; the root is its own.
    pub(crate) parent: u32,
    /// The number after that of the last descendant.
    pub(crate) end: u32,
    /// Which of the siblings of this name it is, from 1.
    pub(crate) ordinal: u32,
    /// Index into [`Tree::namespaces`].
    pub(crate) namespace: u8,
    /// Bits of [`flag`].
    pub(crate) flags: u8,
}

/// What reading leaves behind; it borrows nothing.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) elements: Vec<Element>,
    /// Each local name once, where it is in the source.
    pub(crate) names: Vec<Span>,
    pub(crate) namespaces: Vec<String>,
    /// Attributes that no standard knows, in document order.
    pub(crate) attributes: Vec<(ElementId, Span)>,
    /// Text that is not literally in the source.
    pub(crate) buffer: String,
}

/// A well-formed XML document.
#[derive(Debug)]
pub struct Document<'a> {
    source: Source<'a>,
    tree: Tree,
    lines: OnceLock<LineIndex>,
    bare_lf: bool,
    /// How many bytes it was read from.
    byte_count: usize,
    /// What paths call the root, whatever it is called in the document.
    root: Option<&'static str>,
}

impl<'a> Document<'a> {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// When the bytes are not a well-formed XML document, or one beyond the limits of size, depth
    /// or number.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        Self::of(decode(bytes)?, bytes.len())
    }

    /// The document that a text is; it borrows nothing.
    pub(crate) fn of_text(text: String) -> Result<Document<'static>, Unreadable> {
        let byte_count = text.len();
        let source = Source { text: Cow::Owned(text), encoding: Encoding::Utf8, bom: false };
        Document::of(source, byte_count)
    }

    fn of(source: Source<'a>, byte_count: usize) -> Result<Self, Unreadable> {
        let tree = read(&source.text, source.encoding)?;
        let bytes = source.text.as_bytes();
        let is_bare = |at: usize| at == 0 || bytes.get(at - 1) != Some(&b'\r');
        let bare_lf = memchr::memchr_iter(b'\n', bytes).any(is_bare);
        Ok(Self { source, tree, lines: OnceLock::new(), bare_lf, byte_count, root: None })
    }

    /// The text that offsets count in.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source.text
    }

    /// How the bytes were encoded.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// Whether a byte-order mark came first.
    #[must_use]
    pub fn has_bom(&self) -> bool {
        self.source.bom
    }

    /// Whether a line ends in a line feed alone.
    #[must_use]
    pub fn has_bare_lf(&self) -> bool {
        self.bare_lf
    }

    /// How many bytes it was read from, a byte-order mark among them.
    #[must_use]
    pub fn byte_count(&self) -> usize {
        self.byte_count
    }

    /// How many elements there are; never 0.
    #[must_use]
    pub fn element_count(&self) -> usize {
        self.tree.elements.len()
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = ElementId> + use<> {
        (0..narrow(self.element_count())).map(ElementId)
    }

    fn element(&self, id: ElementId) -> Option<&Element> {
        self.tree.elements.get(id.index())
    }

    /// The local name of an element.
    #[must_use]
    pub fn name(&self, id: ElementId) -> &str {
        self.name_of_index(self.name_index(id))
    }

    pub(crate) fn name_index(&self, id: ElementId) -> usize {
        self.element(id).map_or(usize::MAX, |element| element.name as usize)
    }

    fn name_of_index(&self, index: usize) -> &str {
        self.tree.names.get(index).map_or("", |span| span.of(self.source()))
    }

    /// Each distinct local name; [`Self::name_index`] indexes it.
    pub(crate) fn distinct_names(&self) -> impl Iterator<Item = &str> {
        self.tree.names.iter().map(|span| span.of(self.source()))
    }

    /// The namespace of an element; empty for none.
    #[must_use]
    pub fn namespace(&self, id: ElementId) -> &str {
        let index = self.element(id).map_or(0, |element| usize::from(element.namespace));
        self.tree.namespaces.get(index).map_or("", String::as_str)
    }

    /// The text in an element, as XML hands it over; empty where there are child elements.
    #[must_use]
    pub fn text(&self, id: ElementId) -> &str {
        self.element(id).map_or("", |element| match element.flags & flag::BUFFERED {
            0 => element.text.of(self.source()),
            _ => element.text.of(&self.tree.buffer),
        })
    }

    /// The parent of an element; none for the root.
    #[must_use]
    pub fn parent(&self, id: ElementId) -> Option<ElementId> {
        (id != ElementId::ROOT).then_some(())?;
        self.element(id).map(|element| ElementId(element.parent))
    }

    /// The child elements of an element, in order.
    #[must_use]
    pub fn children(&self, id: ElementId) -> Children<'_> {
        Children { elements: &self.tree.elements, next: id.0 + 1, end: self.end(id).0 }
    }

    /// Whether an element has child elements.
    #[must_use]
    pub fn is_group(&self, id: ElementId) -> bool {
        self.end(id).0 > id.0 + 1
    }

    /// The element after the last descendant of this one, in document order; it need not exist.
    pub(crate) fn end(&self, id: ElementId) -> ElementId {
        ElementId(self.element(id).map_or(0, |element| element.end))
    }

    pub(crate) fn first_child(&self, id: ElementId) -> Option<ElementId> {
        self.is_group(id).then_some(ElementId(id.0 + 1))
    }

    pub(crate) fn next_sibling(&self, id: ElementId) -> Option<ElementId> {
        let next = self.end(id);
        (next < self.end(self.parent(id)?)).then_some(next)
    }

    /// Whether an element has text as well as child elements.
    #[must_use]
    pub fn is_mixed(&self, id: ElementId) -> bool {
        self.has(id, flag::MIXED)
    }

    /// Names of the attributes of an element other than those any XML document may have.
    pub fn unexpected_attributes(&self, id: ElementId) -> impl Iterator<Item = &str> {
        let all = &self.tree.attributes;
        let mine = match self.has(id, flag::ATTRIBUTE) {
            true => all.get(all.partition_point(|(owner, _)| *owner < id)..).unwrap_or_default(),
            false => &[],
        };
        mine.iter()
            .take_while(move |(owner, _)| *owner == id)
            .map(|(_, name)| name.of(self.source()))
    }

    fn has(&self, id: ElementId, flag: u8) -> bool {
        self.element(id).is_some_and(|element| element.flags & flag != 0)
    }

    /// Line and column of the start tag of an element, from 1, in characters.
    #[must_use]
    pub fn line_column(&self, id: ElementId) -> (u32, u32) {
        let text = self.source();
        let lines = self.lines.get_or_init(|| LineIndex::new(text));
        lines.place(text, self.element(id).map_or(0, |element| element.tag.start))
    }

    /// The last element whose start tag is at or before a byte of the source.
    pub(crate) fn at(&self, offset: usize) -> ElementId {
        let is_before = |element: &Element| element.tag.start as usize <= offset;
        let after = self.tree.elements.partition_point(is_before);
        ElementId(narrow(after.saturating_sub(1)))
    }

    /// The start tag of an element in the source.
    pub(crate) fn tag_span(&self, id: ElementId) -> Span {
        self.element(id).map_or_else(Span::default, |element| element.tag)
    }

    /// The text of an element in the source, where it is there literally.
    pub(crate) fn text_span(&self, id: ElementId) -> Option<Span> {
        let element = self.element(id)?;
        (element.flags & flag::BUFFERED == 0 && element.text.len > 0).then_some(element.text)
    }

    /// The path of an element: local names from the root, with `[n]` where siblings share it. Of a
    /// name it shows 100 characters.
    #[must_use]
    pub fn path(&self, id: ElementId) -> String {
        let mut path = String::new();
        for id in self.line(id) {
            path.push('/');
            path.push_str(&quote(self.called(id)));
            if let Some(twin) = self.element(id).filter(|e| e.flags & flag::TWIN != 0) {
                // Writing to a String cannot fail.
                let _ = write!(path, "[{}]", twin.ordinal);
            }
        }
        path
    }

    /// The path of an element without numbers: alike for all that are called alike.
    pub(crate) fn plain_path(&self, id: ElementId) -> String {
        self.line(id).into_iter().flat_map(|id| ["/".to_owned(), quote(self.called(id))]).collect()
    }

    /// Makes that paths begin with the name that the schema has for the root.
    pub(crate) fn call_root(&mut self, name: &'static str) {
        self.root = Some(name);
    }

    fn called(&self, id: ElementId) -> &str {
        self.root.filter(|_| id == ElementId::ROOT).unwrap_or_else(|| self.name(id))
    }

    /// The elements from the root down to this one.
    fn line(&self, id: ElementId) -> Vec<ElementId> {
        let mut line: Vec<_> = std::iter::successors(Some(id), |&id| self.parent(id)).collect();
        line.reverse();
        line
    }
}

/// The child elements of an element.
#[derive(Debug, Clone)]
pub struct Children<'d> {
    elements: &'d [Element],
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = ElementId;

    fn next(&mut self) -> Option<ElementId> {
        (self.next < self.end).then_some(())?;
        let child = ElementId(self.next);
        self.next = self.elements.get(child.index())?.end;
        Some(child)
    }
}
