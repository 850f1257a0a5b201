//! The dossier: what is kept of earlier messages, and what rules look up in it.
//!
//! Everything is rows. A source says which elements give rows, with the columns that rules read; a
//! view has of the rows with one key the latest; tables and facts come from outside.

use regelwerk_diag::Span;

use crate::core::{Cond, Kind, Listed, RowSource, Rows, Value};
use crate::process::Process;
use crate::{Calendar, NodeId, Table};

/// What a standard, with its protocols, asks of earlier messages and of data from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dossier {
    /// How messages are filed, in order of release and message; empty without a block `dossier`.
    pub filings: Vec<Filing>,
    /// Elements of messages that are looked up, in order of first use.
    pub sources: Vec<Source>,
    /// Views, in order of name.
    pub views: Vec<View>,
    /// Tables that are looked into row by row, in order of first use, of protocols too.
    pub tables: Vec<Table>,
    /// Facts and questions, in order of name.
    pub facts: Vec<Fact>,
    /// Conditions that have a name, those of protocols after those of the standard.
    pub conditions: Vec<Condition>,
    /// Values that rules call by one name, in order of first use, of protocols too.
    pub lists: Vec<List>,
    /// Calendars of working days, in order of name.
    pub calendars: Vec<Calendar>,
    /// Processes, in order of name.
    pub processes: Vec<Process>,
    /// `overnemen:` what a scenario does not say again, the most telling first.
    pub carried: Vec<Carried>,
}

/// Something that messages of a scenario take over from each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The ends of the paths of the elements that say it.
    pub ends: Vec<Vec<String>>,
    /// The ends of the paths of the elements that only take it over.
    pub takers: Vec<Vec<String>>,
    /// It is the day on which the message is sent, and nothing earlier.
    pub is_sent: bool,
}

/// How one message of one release is filed. Paths are from below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index into those of the release.
    pub message: usize,
    /// Where its sender and its receiver stand.
    pub parties: [Vec<String>; 2],
    /// It repeats the header of what it answers: its sender is who stands as receiver.
    pub is_reversed: bool,
    /// The value by which the dossier of two parties is parted, such as the number of a client.
    pub part: Vec<NodeId>,
    /// What it is known by.
    pub mark: Vec<String>,
    /// The day on which it was sent.
    pub sent: Vec<String>,
    /// What it answers, of a reply.
    pub answers: Option<Answers>,
}

/// What a reply answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Name of the message.
    pub message: String,
    /// Where the reply says what that message is known by.
    pub mark: Vec<String>,
    /// Where it says on which day that message was sent, if it does.
    pub sent: Option<Vec<String>>,
}

/// Elements of a message that give rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the message.
    pub message: String,
    /// The end of the path of the elements, joined by dots: `ToegewezenProduct`.
    pub element: String,
    /// The elements, in order of release and place.
    pub places: Vec<RowPlace>,
    /// What is kept of each, in order of first use: what something reads, and the keys.
    pub columns: Vec<Column>,
    /// The element and those around it that have a key, the innermost first; only where a reply to
    /// the message rejects by class.
    pub classes: Vec<RowClass>,
}

/// An element of a message of a release that gives rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index into those of the release.
    pub message: usize,
    /// The element.
    pub node: NodeId,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// As a rule writes it: `Declaratie.DeclaratieNummer`, `ontvangst`.
    pub name: String,
    /// Its kind. Whether a group is filled is the text `1`, or empty.
    pub kind: Kind,
    /// Where it comes from, for each of [`Source::places`]; `None` where there is no such element.
    pub picks: Vec<Option<Pick>>,
}

/// Where the value of a column comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// The value at a path from the element so many above the element of the row.
    Path {
        /// How many above.
        up: usize,
        /// From there.
        path: Vec<String>,
    },
    /// Whether something is filled there: `1`, or empty.
    Filled {
        /// How many above.
        up: usize,
        /// From there.
        path: Vec<String>,
    },
    /// `verzending`: the day on which the message was sent.
    Sent,
    /// `ontvangst`: the day on which the message was received.
    Received,
}

/// An element with a key at or around the element of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowClass {
    /// Its name.
    pub element: String,
    /// The columns that are its key.
    pub key: Vec<usize>,
}

/// `beeld`: of the rows with one key the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// `toewijzing`
    pub name: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// Readings chosen where a source can be read in more than one way.
    pub readings: Vec<String>,
    /// The rows, as an index into [`Dossier::sources`].
    pub source: usize,
    /// The part of the dossier belongs to the key: `sleutel: deel, …`.
    pub by_part: bool,
    /// Columns that are the key.
    pub key: Vec<usize>,
    /// Columns by which the latest is told, before the order of arrival.
    pub order: Vec<usize>,
    /// What the latest must be to count; the row is binder 0.
    pub cond: Cond,
    /// The protocol that it is of; none of a view of the standard.
    pub protocol: Option<String>,
    /// Its clauses that say which rows it has, in the order written.
    pub demands: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

/// `voorwaarde`: a condition that has a name. Where it is used, it stands in full
/// ([`Cond::Named`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// `lta-zorg`
    pub name: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// The protocol that it is of; none of one of the standard.
    pub protocol: Option<String>,
    /// Its clause that says what it is.
    pub demands: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

/// `feit` or `vraag`: what someone tells, with the columns `datum`, `sleutel` and `waarde`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `betaling`
    pub name: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// It is a question that someone must answer.
    pub is_question: bool,
    /// The values that can be told; empty where that can be any.
    pub values: Vec<String>,
    /// The protocol that it is of; none of what the standard asks.
    pub protocol: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// Values that rules call by one name: the codes of a `lijst`, or the cells of a column of a `tabel`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The column, of a table.
    pub column: Option<String>,
    /// The values, all of one kind.
    pub values: Vec<Value>,
    /// Where the block that declares them stands.
    pub span: Span,
}

impl Dossier {
    /// What is called by one name.
    #[must_use]
    pub fn listed(&self, of: &Listed) -> &[Value] {
        self.lists.get(of.list).map_or(&[], |list| &list.values)
    }

    /// Whether rows are the answers to a question: where there are none nothing is judged.
    #[must_use]
    pub fn is_question(&self, rows: &Rows) -> bool {
        let RowSource::Fact(at) = rows.source else { return false };
        self.facts.get(at).is_some_and(|fact| fact.is_question)
    }
}

impl Fact {
    /// The column with what it is told of.
    pub const KEY: &'static str = "sleutel";
    /// Its columns.
    pub const COLUMNS: [(&'static str, Kind); 3] =
        [("datum", Kind::Date), (Self::KEY, Kind::Text), ("waarde", Kind::Text)];
}
