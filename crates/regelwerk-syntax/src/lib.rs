//! Rule text to syntax tree. Parsing never fails: it gives a tree and diagnostics.
//!
//! This crate knows no meaning: names, codes and types are words with a place.

pub mod ast;
mod block;
pub mod codes;
mod convert;
mod data;
mod explain;
mod expression;
mod outline;
mod suggest;
mod table;

use regelwerk_diag::{Diagnostic, SourceId};

use grammar::{Grammar, Rule};

pub use suggest::closest;

/// What pest makes of the one grammar; its items cannot carry documentation.
#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar.pest"]
    pub(crate) struct Grammar;
}

/// A tree with what is wrong in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    /// What could be read; a clause that could not is [`ast::Clause::Invalid`].
    pub file: ast::File,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one file.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parse {
    block::parse_file(source, text)
}
