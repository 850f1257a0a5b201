//! Pages: what is told of rule files though it stops nothing, each with an example and a reason.

use regelwerk_diag::{Code, Diagnostic, Span};

use crate::{check, lint, meanings, processes, protocols, register, rules};

/// A page on one thing that is told of rules that can be compiled. It stands beside the check that
/// tells it, and the tests hold the two together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The code of what is told: `RW601`.
    pub code: Code,
    /// What a waiver calls it: `ongebruikt-blok`.
    pub name: &'static str,
    /// What it is, in a sentence or two.
    pub what: &'static str,
    /// Blocks of which it is told.
    pub wrong: &'static str,
    /// The same, mended.
    pub better: &'static str,
    /// Why that is better.
    pub why: &'static str,
    /// Where the blocks stand.
    pub home: Home,
}

/// What the blocks of an example belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// A standard.
    Standard,
    /// A protocol.
    Protocol,
}

/// Every page, in order of code.
pub const PAGES: &[Page] = &[
    meanings::PAGE,
    protocols::PAGE,
    rules::PAGE,
    register::PAGE,
    check::conditions::PAGE,
    check::same::PAGE,
    processes::PAGE,
    lint::unused_block::PAGE,
    lint::unused_code::PAGE,
    lint::unused_column::PAGE,
    lint::unused_name::PAGE,
    lint::idle_example::PAGE,
    lint::repeated_example::PAGE,
    lint::untried::PAGE,
    lint::stray_scenario::PAGE,
    lint::differing_sources::PAGE,
    lint::sourceless_wording::PAGE,
    lint::bare_deviation::PAGE,
];

/// The page with this code or name, whatever the case.
#[must_use]
pub fn page(called: &str) -> Option<&'static Page> {
    let is_it = |page: &&Page| {
        page.code.0.eq_ignore_ascii_case(called) || page.name.eq_ignore_ascii_case(called)
    };
    PAGES.iter().find(is_it)
}

impl Page {
    /// That it is so, at a place.
    pub(crate) fn warning(&self, title: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::warning(self.code, title, span)
    }
}
