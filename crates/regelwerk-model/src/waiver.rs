//! What need not be told, and why not.

use regelwerk_diag::Span;

/// `ontheffing:` of a block, of whatever kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The kind of block, as rule files write it: `regel`.
    pub kind: &'static str,
    /// What it is called: `CD041`.
    pub name: String,
    /// Where the block stands.
    pub block: Span,
    /// What need not be told of it.
    pub what: Waived,
    /// Why not. Never empty where no diagnostic is an error.
    pub reason: String,
    /// Where the clause stands.
    pub span: Span,
}

/// What a waiver is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waived {
    /// What the page of this name is about: `ongebruikte-lijst`.
    Lint(String),
    /// A change of the block that no test notices, by its mark.
    Mutant(String),
}
