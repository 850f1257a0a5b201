//! Which clauses of a block demand something, as places in its text.

use regelwerk_diag::Span;
use regelwerk_syntax::ast::{Clause, Line, ProcessClause, TermClause};

/// The clauses that demand something, each before those under it. What is said about a block, and
/// its examples, demand nothing.
pub(crate) fn demands(lines: &[Line]) -> Vec<Span> {
    let mut spans = Vec::new();
    gather(lines, &mut spans);
    spans
}

/// Clauses nest no deeper than the reader of rule files lets them.
fn gather(lines: &[Line], spans: &mut Vec<Span>) {
    for line in lines.iter().filter(|line| !is_about(&line.clause)) {
        spans.push(line.span);
        gather(&line.body, spans);
    }
}

fn is_about(clause: &Clause) -> bool {
    matches!(
        clause,
        Clause::Source(_)
            | Clause::Reading(_)
            | Clause::Deviation(_)
            | Clause::Waiver(_)
            | Clause::See(_)
            | Clause::Replaces(_)
            | Clause::Norms(_)
            | Clause::Level(_)
            | Clause::Example(..)
            | Clause::Term(TermClause::Example(..))
            | Clause::Process(ProcessClause::Course(_))
    )
}

/// The clauses of a protocol that say which messages it is about.
pub(crate) fn scope(lines: &[Line]) -> Vec<Span> {
    let is_it = |line: &&Line| {
        matches!(
            line.clause,
            Clause::Releases(_) | Clause::Recognition(..) | Clause::Application(..)
        )
    };
    lines.iter().filter(is_it).map(|line| line.span).collect()
}
