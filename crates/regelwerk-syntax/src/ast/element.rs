//! Types and elements of messages.

use super::{Dotted, Interval, Spanned, Word};

/// `soort:`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseKind {
    /// `tekst`
    Text,
    /// `geheel getal`
    Integer,
    /// `datum`
    Date,
    /// `tijd`
    Time,
}

/// A facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    /// `minstens 0`; true for `tekens`
    AtLeast(u64, bool),
    /// `hoogstens 99`; true for `tekens`
    AtMost(u64, bool),
    /// `patroon "…"`
    Pattern(Word),
    /// `codelijst Eenheid`
    CodeList(Word),
}

/// A facet with the rule that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetUse {
    /// The facet.
    pub facet: Spanned<Facet>,
    /// `[RS037]`
    pub rule: Option<Word>,
    /// When it holds.
    pub interval: Option<Interval>,
}

/// How often an element occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    /// Exactly once.
    One,
    /// `optioneel`
    Optional,
    /// `een of meer`
    Many,
    /// `nul of meer`
    Any,
}

/// An element of a group or a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub name: Word,
    /// Its type or group.
    pub of: Option<Word>,
    /// How often.
    pub cardinality: Cardinality,
    /// Facets at this place.
    pub facets: Vec<FacetUse>,
    /// Its key elements.
    pub key: Vec<Dotted>,
    /// When it is there.
    pub interval: Option<Interval>,
}
