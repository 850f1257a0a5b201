//! Where the rule files chose: readings, and departures from a source.

use regelwerk_diag::Span;

/// A block, of whatever kind, that says how its source is read or where it departs from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The kind of block, as rule files write it: `regel`.
    pub kind: &'static str,
    /// What it is called: `CD041`.
    pub name: String,
    /// Its title, in Dutch.
    pub title: String,
    /// Citations; never empty.
    pub sources: Vec<String>,
    /// `lezing:` what was chosen where a source can be read in more than one way, and why.
    pub readings: Vec<String>,
    /// `wijkt af van:` from what it departs, and why.
    pub deviations: Vec<String>,
    /// Where it stands.
    pub span: Span,
}
