//! What a standard is at run time: static data that generated code fills in.
//!
//! Nothing here knows iJw. A standard is a value; a caller may bring its own.

mod calendar;
mod code;
mod dossier;
mod process;
mod reply;
mod term;

use std::fmt;

use crate::pattern::Pattern;

pub use calendar::{Calendar, Holiday, HolidayDay, Moved};
pub use chrono::Weekday;
pub use code::{Check, Code, CourseOf, Next, RowTest, Test};
pub use dossier::{
    Answers, Column, DossierDef, Extract, FactDef, Filing, Index, Pick, Range, RowClass, Source,
    SourceKind, TableDef, View,
};
pub use process::{EventDef, Moment, ProcessDef, Story, TransitionDef, Trigger};
pub use reply::{Amount, Filling, Given, Reply, ReplyCase, When};
pub use term::{Course, TermDef, Within};

/// An element name, as an index into [`Standard::names`].
pub type Name = u16;

/// A standard: its releases, its rules and the words they use.
#[derive(Debug, Clone, Copy)]
pub struct Standard {
    /// Short name, as callers write it: `ijw`.
    pub name: &'static str,
    /// Full name.
    pub title: &'static str,
    /// Where the standard is published.
    pub source: &'static str,
    /// Releases, oldest first.
    pub releases: &'static [Release],
    /// Every rule, in order of code. [`Use::rule`] and [`Facet::rule`] index it.
    pub rules: &'static [Rule],
    /// Every element name in ascending byte order; a [`Name`] indexes it.
    pub names: &'static [&'static str],
    /// SHA-256 over the rule sources, in hexadecimal.
    pub rules_sha256: &'static str,
    /// Demands on the outer form of a file, whatever message it holds.
    pub forms: &'static [FormUse],
    /// Protocols that lie over this standard, in order of name.
    pub protocols: &'static [Protocol],
    /// What it keeps of earlier messages.
    pub dossier: &'static DossierDef,
}

impl Standard {
    /// The number of an element name, if any message of the standard has it.
    #[must_use]
    pub fn find_name(&self, name: &str) -> Option<Name> {
        self.names.binary_search(&name).ok()?.try_into().ok()
    }
}

/// Which message of which release of which standard.
#[derive(Clone, Copy)]
pub struct MessageKind {
    /// The standard.
    pub standard: &'static Standard,
    /// The release.
    pub release: &'static Release,
    /// The message as that release defines it.
    pub message: &'static MessageDef,
}

/// By their names.
impl PartialEq for MessageKind {
    fn eq(&self, other: &Self) -> bool {
        self.names() == other.names()
    }
}

impl Eq for MessageKind {}

/// Its names; all of a standard would be too much.
impl fmt::Debug for MessageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MessageKind").field(&self.names()).finish()
    }
}

impl MessageKind {
    /// The short names of standard, release and message.
    #[must_use]
    pub fn names(&self) -> [&'static str; 3] {
        [self.standard.name, self.release.name, self.message.name]
    }

    /// The message of this name in the release of this name, if the standard has both.
    #[must_use]
    pub fn find(standard: &'static Standard, release: &str, message: &str) -> Option<Self> {
        let release = standard.releases.iter().find(|one| one.name == release)?;
        let message = release.messages.iter().find(|one| one.name == message)?;
        Some(Self { standard, release, message })
    }

    /// The release in the standard and the message in the release, as indexes.
    pub(crate) fn indexes(&self) -> (u16, u16) {
        let releases = self.standard.releases.iter();
        let release = (0..).zip(releases).find(|(_, it)| it.name == self.release.name);
        let messages = self.release.messages.iter();
        let message = (0..).zip(messages).find(|(_, it)| it.name == self.message.name);
        (release.map_or(u16::MAX, |(at, _)| at), message.map_or(u16::MAX, |(at, _)| at))
    }

    /// The name of an element.
    pub(crate) fn name(&self, name: Name) -> &'static str {
        self.standard.names.get(usize::from(name)).copied().unwrap_or_default()
    }

    pub(crate) fn node(&self, index: u16) -> Option<&'static Node> {
        self.message.nodes.get(usize::from(index))
    }

    /// The elements that an element can hold, in their order, with their nodes.
    pub(crate) fn declared(
        &self,
        index: u16,
    ) -> impl Iterator<Item = (u16, &'static Node)> + use<> {
        let kind = *self;
        let declared = match kind.node(index).map(|node| &node.content) {
            Some(Content::Group(declared)) => *declared,
            _ => &[],
        };
        declared.iter().filter_map(move |&index| Some((index, kind.node(index)?)))
    }
}

/// A demand on the outer form of a file. A file that does not meet it gets a remark.
#[derive(Debug)]
pub struct FormUse {
    /// Index into [`Standard::rules`].
    pub rule: u16,
    /// What is demanded.
    pub form: Form,
}

/// What can be demanded of the outer form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It is encoded as UTF-8.
    Utf8,
    /// It does not start with a byte-order mark.
    NoByteOrderMark,
    /// Its lines end in CR and LF.
    CrLf,
    /// It has at most this many bytes.
    MaxBytes(u64),
}

/// A protocol: rules that parties agree on beside a standard. Its findings have no level and no
/// retourcode, and make a verdict of their own.
#[derive(Debug)]
pub struct Protocol {
    /// `LTA-2019`
    pub name: &'static str,
    /// Full name.
    pub title: &'static str,
    /// Citation.
    pub source: &'static str,
    /// Its rules, in order of code. [`Use::rule`] of its uses indexes this.
    pub rules: &'static [Rule],
    /// Releases that it says something of: indices into [`Standard::releases`].
    pub releases: &'static [u16],
    /// Messages that it says something of.
    pub messages: &'static [ProtocolMessage],
}

/// What a protocol judges in one message of one release.
#[derive(Debug)]
pub struct ProtocolMessage {
    /// [`Release::name`]
    pub release: &'static str,
    /// [`MessageDef::name`]
    pub message: &'static str,
    /// Whether the protocol recognises a message as its own, judged at the root.
    pub recognises: Test,
    /// What is judged, in order of node and rule.
    pub uses: &'static [ProtocolUse],
    /// Values that it asks for and that the standard may not have.
    pub departures: &'static [Departure],
    /// Rules for this message whose machinery is still to come: indices into [`Protocol::rules`],
    /// with the place in [`MessageDef::nodes`] that each is for, in order of both. A rule that
    /// names no place is at the root.
    pub not_yet: &'static [(u16, u16)],
}

/// A wording of a protocol at an element.
#[derive(Debug)]
pub struct ProtocolUse {
    /// The element: an index into [`MessageDef::nodes`].
    pub node: u16,
    /// What is judged there.
    pub site: Use,
    /// What must be so for it to be judged.
    pub applies: Option<Applies>,
}

/// Values that a rule of a protocol asks for at an element, though it says itself that it departs
/// from the standard.
#[derive(Debug)]
pub struct Departure {
    /// The element: an index into [`MessageDef::nodes`].
    pub node: u16,
    /// The values.
    pub values: &'static [&'static str],
    /// Index into [`Protocol::rules`].
    pub rule: u16,
    /// What must be so for the protocol to ask for one of them.
    pub conditions: &'static [Applies],
}

/// What must be so of an element for a protocol to apply to it and to what is in it.
#[derive(Debug, Clone, Copy)]
pub struct Applies {
    /// How many elements above the one that is judged; 0 is that one itself.
    pub up: u8,
    /// Whether it is so.
    pub holds: Test,
}

/// One release of a standard.
#[derive(Debug, Clone, Copy)]
pub struct Release {
    /// `3.2`
    pub name: &'static str,
    /// `iJw 3.2`
    pub title: &'static str,
    /// Citation.
    pub source: &'static str,
    /// Namespace of the elements that messages share.
    pub base_namespace: &'static str,
    /// Whether every element is known. In a release that is not complete an element that is not
    /// known is accepted and listed as not assessed; order and namespaces are not looked at.
    pub is_complete: bool,
    /// Forms of the header by which a message names its release; the first is the usual one.
    pub headers: &'static [Header],
    /// Messages of this release, in order of name.
    pub messages: &'static [MessageDef],
    /// The rules that are published with it, in order of code; empty where no list is known.
    pub published: &'static [Published],
    /// How its messages are answered.
    pub replies: &'static [Reply],
}

/// A rule as its publisher lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// `CD041`
    pub code: &'static str,
    /// Its kind, in the words of the publisher: `conditie`.
    pub kind: &'static str,
    /// Level of control, 1 to 4.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<&'static str>,
}

/// A form of the header by which a message names its release and its kind.
#[derive(Debug)]
pub struct Header {
    /// Elements, from below the root, with the value each has in a message of the release.
    pub values: &'static [(&'static [Name], &'static str)],
    /// Path of the element that holds [`MessageDef::code`], from below the root.
    pub code: &'static [Name],
}

/// A message as a release defines it.
#[derive(Debug, Clone, Copy)]
pub struct MessageDef {
    /// `JW301`
    pub name: &'static str,
    /// What the message is for.
    pub title: &'static str,
    /// Citation.
    pub source: &'static str,
    /// Value of the header element that names the message: `436`.
    pub code: &'static str,
    /// Who sends it and who receives it: `gemeente`, `aanbieder`.
    pub roles: [&'static str; 2],
    /// Namespaces of the root and of the message's own elements; the first is the usual one.
    pub namespaces: &'static [&'static str],
    /// The element tree; entry 0 is the root. [`Content::Group`] indexes it.
    pub nodes: &'static [Node],
    /// A message that is right in itself, as XML: what examples start from.
    pub base: &'static str,
    /// Elements that say by which schemas it is made, from below the root, with their values.
    pub schema_version: &'static [(&'static [Name], &'static str)],
    /// Rules for this message whose machinery is still to come: indices into [`Standard::rules`],
    /// with the place in [`MessageDef::nodes`] that each is for, in order of both.
    pub not_yet: &'static [(u16, u16)],
    /// How it is filed in a dossier; `None` where it is not.
    pub filing: Option<Filing>,
    /// What is kept of it, in order of source and node.
    pub rows: &'static [Extract],
}

/// An element at one place in a message.
#[derive(Debug, Clone, Copy)]
pub struct Node {
    /// Its name.
    pub name: Name,
    /// Which namespace it is in.
    pub namespace: Namespace,
    /// How often it occurs at the least.
    pub min: u32,
    /// How often it occurs at the most; `u32::MAX` is without bound.
    pub max: u32,
    /// What is in it.
    pub content: Content,
    /// Paths of the elements that tell one such element from another; empty where it has no key.
    pub key: &'static [&'static [Name]],
    /// Rules that are judged at each such element, in order of code.
    pub uses: &'static [Use],
}

/// The two namespaces of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Namespace {
    /// The first of [`MessageDef::namespaces`].
    Message,
    /// [`Release::base_namespace`]
    Base,
}

/// What an element holds.
#[derive(Debug, Clone, Copy)]
pub enum Content {
    /// A value of a simple type, with the facets that this place adds.
    Value(&'static SimpleType, &'static [Facet]),
    /// Elements, in this order; indices into [`MessageDef::nodes`].
    Group(&'static [u16]),
}

/// A simple type.
#[derive(Debug)]
pub struct SimpleType {
    /// `LDT_BurgerServicenummer`
    pub name: &'static str,
    /// What it stands for.
    pub title: &'static str,
    /// Its lexical and value space.
    pub base: Base,
    /// What narrows it.
    pub facets: &'static [Facet],
}

/// The value space of a simple type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `xs:string`: white space counts.
    Text,
    /// `xs:integer`: white space round it does not count.
    Integer,
    /// `xs:date`
    Date,
    /// `xs:time`
    Time,
}

/// One facet, with the published rule that stands for it.
#[derive(Debug)]
pub struct Facet {
    /// What it demands.
    pub kind: FacetKind,
    /// Index into [`Standard::rules`]; `None` where no code is published.
    pub rule: Option<u16>,
}

/// What a facet demands. Lengths are in characters.
#[derive(Debug)]
pub enum FacetKind {
    /// At least so many characters.
    MinLength(u32),
    /// At most so many characters.
    MaxLength(u32),
    /// At least this number.
    Min(i64),
    /// At most this number.
    Max(i64),
    /// The whole value matches.
    Pattern(&'static Pattern),
    /// The value is a code of the list.
    CodeList(&'static CodeList),
}

/// A code list.
#[derive(Debug)]
pub struct CodeList {
    /// `RedenWijziging`
    pub name: &'static str,
    /// What the codes say.
    pub title: &'static str,
    /// Codes with their meaning, in ascending byte order of code.
    pub codes: &'static [(&'static str, &'static str)],
}

/// A wording at an element: judge it there.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Index into [`Standard::rules`].
    pub rule: u16,
    /// The wording.
    pub check: Check,
    /// What the wording's parameters stand for at this place. A parameter is a list of paths,
    /// each from the element downwards.
    pub params: &'static [&'static [&'static [Name]]],
}

/// A published rule, as people read it.
#[derive(Debug)]
pub struct Rule {
    /// `CD041`
    pub code: &'static str,
    /// Title, in Dutch.
    pub title: &'static str,
    /// Level of control, 1 to 4; `None` for rules outside the levels.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<&'static str>,
    /// The level that it is judged with: its own, unless a rule file says otherwise; 2 for rules
    /// outside the levels.
    pub stage: u8,
    /// Whether it gives remarks, which reject nothing.
    pub is_remark: bool,
    /// Whether it looks further than the message: at earlier ones, at tables, or at the day of
    /// receipt.
    pub looks_further: bool,
    /// Citations, in the order written; never empty.
    pub sources: &'static [&'static str],
    /// Readings chosen where a source can be read in more than one way.
    pub readings: &'static [&'static str],
    /// Where and why it departs from the standard.
    pub deviations: &'static [&'static str],
    /// Codes of rules to read beside it.
    pub see: &'static [&'static str],
    /// Whether a machine judges it.
    pub status: Status,
    /// Why no element refers to it, where that is so.
    pub nowhere: Option<&'static str>,
    /// How many good and how many bad examples it has.
    pub examples: (u16, u16),
    /// File with its folder, with forward slashes: `rules/ijw/typen.regels`.
    pub file: &'static str,
    /// Line of its first word, from 1.
    pub line: u32,
    /// The block as it is written.
    pub text: &'static str,
    /// For each wording: the releases it holds for and its places, as text.
    pub wordings: &'static [WordingInfo],
}

/// A wording, as people read it.
#[derive(Debug)]
pub struct WordingInfo {
    /// `vanaf release 3.0 t/m release 3.1`; empty where it always holds.
    pub interval: &'static str,
    /// Messages it is judged in, with the elements: `JW301 /Bericht/Client/…`.
    pub places: &'static [&'static str],
}

/// Whether a machine judges a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// By generated code.
    Judged,
    /// No machine can; the reason is given.
    NotByMachine(&'static str),
    /// Declared; its machinery is still to come.
    NotYet,
}

/// Where a [`Path`] starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The element that the wording is judged at.
    This,
    /// The element that the innermost quantifier stands at; outside one, the same as `This`.
    Item,
    /// The root of the message.
    Root,
}

/// A path to an element: an origin, possibly a parameter of the use, then names.
#[derive(Debug, Clone, Copy)]
pub struct Path {
    /// Where it starts.
    pub origin: Origin,
    /// First follow the only path of this parameter of the [`Use`].
    pub param: Option<u8>,
    /// Then these names, each the first child so called.
    pub steps: &'static [Name],
}

/// A text in both languages. In the texts of an [`Outcome`], `⟦0⟧` stands for the element that the
/// first parameter of the [`Use`] is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Dutch.
    pub nl: &'static str,
    /// English.
    pub en: &'static str,
}

/// What a requirement demands and how to speak of it; made once, at build time.
#[derive(Debug)]
pub struct Outcome {
    /// The element where the reader must act.
    pub target: Path,
    /// What is expected there: `gevuld`, `een van 01, 02`.
    pub expected: Text,
    /// What is said to be found there.
    pub found: Seen,
    /// The condition under which it is, if there is one: `Product.Code is gevuld`.
    pub because: Option<Text>,
    /// What else the rule looked at.
    pub related: &'static [Path],
}

/// What a finding says is found.
#[derive(Debug, Clone, Copy)]
pub enum Seen {
    /// The value, or that the element is filled or empty.
    Value,
    /// These words at an element that holds elements, and the value of another.
    Group(Text),
    /// These words, whatever is there.
    Words(Text),
    /// What is worked out; elsewhere that is what is expected.
    WorkedOut,
}
