//! What is kept of earlier messages and asked of it, as static data that generated code fills in.
//!
//! Everything is rows. A [`Source`] says which rows there are; a message, a table and a fact give
//! them. Rows are found by an [`Index`]; a [`View`] takes of the rows with one key the latest.

use super::{Base, Calendar, Name, ProcessDef, RowTest, TermDef};

/// What a standard, with its protocols, keeps of earlier messages and of data from outside.
#[derive(Debug, Clone, Copy)]
pub struct DossierDef {
    /// Where rows come from. [`Extract::source`] and [`Index::source`] index it.
    pub sources: &'static [Source],
    /// How rows are found. [`Find::index`](crate::Find::index) and [`View::index`] index it.
    pub indexes: &'static [Index],
    /// [`Range::View`] indexes it.
    pub views: &'static [View],
    /// Tables that are looked into row by row. [`SourceKind::Table`] indexes it.
    pub tables: &'static [TableDef],
    /// Facts and questions. [`SourceKind::Fact`] indexes it.
    pub facts: &'static [FactDef],
    /// Calendars of working days, in order of name.
    pub calendars: &'static [&'static Calendar],
    /// Terms, in order of rule.
    pub terms: &'static [TermDef],
    /// Processes, in order of name.
    pub processes: &'static [ProcessDef],
    /// The rule that the order of arrival says nothing, as an index into
    /// [`Standard::rules`](super::Standard::rules). Without one the order of arrival counts.
    pub order_rule: Option<u16>,
}

impl DossierDef {
    /// Nothing is kept.
    pub const EMPTY: Self = Self {
        sources: &[],
        indexes: &[],
        views: &[],
        tables: &[],
        facts: &[],
        calendars: &[],
        terms: &[],
        processes: &[],
        order_rule: None,
    };
}

/// Where rows come from.
#[derive(Debug)]
pub struct Source {
    /// As a rule writes it: `JW301 / ToegewezenProduct`, `contract`.
    pub name: &'static str,
    /// What gives the rows.
    pub kind: SourceKind,
    /// The values of a row, in order. Of a table these are all its columns, in its order; of a
    /// fact `datum`, `sleutel` and `waarde`.
    pub columns: &'static [Column],
    /// The elements with a key at and around the element of a row, the innermost first. Only where
    /// a reply to the message rejects by class.
    pub classes: &'static [RowClass],
}

/// What gives the rows of a source. Each table and each fact has one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// Messages of this name, in any release.
    Message {
        /// `JW301`
        message: &'static str,
    },
    /// A table: an index into [`DossierDef::tables`].
    Table(u16),
    /// A fact: an index into [`DossierDef::facts`].
    Fact(u16),
}

/// A value of a row.
#[derive(Debug)]
pub struct Column {
    /// As a rule writes it: `Declaratie.DeclaratieNummer`, `ontvangst`, `tarief_cent`.
    pub name: &'static str,
    /// What is compared: text, number, date or time. Whether a group is filled is the text `1`.
    pub base: Base,
}

/// An element with a key, at or around the element of a row.
#[derive(Debug)]
pub struct RowClass {
    /// Its name.
    pub element: &'static str,
    /// The columns that are its key, in the order of [`Node::key`](super::Node::key).
    pub key: &'static [u16],
}

/// How rows of one source are found: by the values of columns, and of messages also by the pair of
/// parties.
#[derive(Debug)]
pub struct Index {
    /// Index into [`DossierDef::sources`].
    pub source: u16,
    /// Whether rows are found by [`Filing::part`] too: `van deze cliënt`, `sleutel: deel, …`.
    pub by_part: bool,
    /// The columns; none to find all rows. Of a question only its key, `sleutel`: whether
    /// it was answered must not depend on the answer.
    pub columns: &'static [u16],
    /// What orders the rows that are found, before the order of arrival: of a view, the columns of
    /// `laatste:`. An absent value comes before all others.
    pub order: &'static [u16],
}

/// Of the rows with one key the latest.
#[derive(Debug)]
pub struct View {
    /// `toewijzing`
    pub name: &'static str,
    /// Full name.
    pub title: &'static str,
    /// The index over its key, which orders its rows; the last row is the latest.
    pub index: u16,
    /// Whether the latest row counts; if not, nothing is there for the key.
    pub holds: RowTest,
}

/// A table that is looked into row by row.
#[derive(Debug)]
pub struct TableDef {
    /// `contract`
    pub name: &'static str,
    /// Full name.
    pub title: &'static str,
    /// The name of the file by which a user may supply it: `contract.csv`.
    pub supplied_as: Option<&'static str>,
    /// Its own rows, each with a value for each column of its source.
    pub rows: &'static [&'static [&'static str]],
    /// Whether it has rows of its own, so that nobody needs to supply it.
    pub has_own: bool,
    /// The columns that tell its rows apart: no two rows have the same in all of them.
    pub key: &'static [u16],
    /// The columns with the first and the last day of a row, of a table whose rows hold for a time.
    pub valid: Option<[u16; 2]>,
}

/// What someone tells: a day, a key and a value.
#[derive(Debug)]
pub struct FactDef {
    /// `betaling`
    pub name: &'static str,
    /// Full name.
    pub title: &'static str,
    /// Whether someone must answer it: what depends on a question without an answer is not
    /// assessed. A fact that nobody told is not there.
    pub is_question: bool,
    /// The values that can be told; empty where that can be any.
    pub values: &'static [&'static str],
}

impl FactDef {
    /// The column with the day.
    pub const DATE: u16 = 0;
    /// The column with what it is told of.
    pub const KEY: u16 = 1;
    /// The column with what is told.
    pub const VALUE: u16 = 2;
}

/// How a message is filed. Paths are from below the root.
#[derive(Debug, Clone, Copy)]
pub struct Filing {
    /// Where its sender and its receiver stand.
    pub parties: [&'static [Name]; 2],
    /// It repeats the header of what it answers: its sender is who stands as receiver.
    pub is_reversed: bool,
    /// The values that can tell the client of an element: the first such value in the nearest
    /// element around it that has one. Indices into [`MessageDef::nodes`](super::MessageDef::nodes);
    /// none where a message is of no client.
    pub part: &'static [u16],
    /// What the message is known by.
    pub mark: &'static [Name],
    /// The day on which it was sent.
    pub sent: &'static [Name],
    /// What it answers, of a reply.
    pub answers: Option<Answers>,
}

/// What a reply answers.
#[derive(Debug, Clone, Copy)]
pub struct Answers {
    /// The name of the message: `JW301`.
    pub message: &'static str,
    /// Where the reply says what that message is known by.
    pub mark: &'static [Name],
    /// Where it says on which day that message was sent, if it does.
    pub sent: Option<&'static [Name]>,
}

/// The rows that elements of a message give.
#[derive(Debug)]
pub struct Extract {
    /// Index into [`DossierDef::sources`].
    pub source: u16,
    /// The elements: an index into [`MessageDef::nodes`](super::MessageDef::nodes).
    pub node: u16,
    /// Where each column of the source comes from; `None` where there is no such element.
    pub columns: &'static [Option<Pick>],
}

/// Where the value of a column comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// The value at a path from the element so many above the element of the row.
    Path {
        /// How many above; 0 is the element itself.
        up: u8,
        /// From there.
        path: &'static [Name],
    },
    /// Whether there is a value at or below such a path: `1`, or absent.
    Filled {
        /// How many above; 0 is the element itself.
        up: u8,
        /// From there.
        path: &'static [Name],
    },
    /// The day on which the message was sent.
    Sent,
    /// The day on which the message was received.
    Received,
}

/// Which of the rows of an index are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// `eerder`: those of messages before the one that asks; of tables and facts all.
    Earlier,
    /// `later`: those of other messages that were not sent before the one that asks, in whatever
    /// order they arrived; of tables and facts all. Only terms look ahead.
    Later,
    /// Those that are the latest for their key in a view, as it was before the message that asks.
    View(u16),
}
