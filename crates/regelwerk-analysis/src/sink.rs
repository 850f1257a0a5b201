//! Where passes leave what is wrong.

use std::collections::BTreeSet;

use regelwerk_diag::{Code, Diagnostic, Severity, Span};
use regelwerk_syntax::ast::Word;
use regelwerk_syntax::{closest, nearest};

/// Diagnostics so far. The same finding from several releases or places is told once.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    list: Vec<Diagnostic>,
    told: BTreeSet<(Code, Span)>,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.told.insert((diagnostic.code, diagnostic.label.span)) {
            self.list.push(diagnostic);
        }
    }

    pub(crate) fn error(&mut self, code: Code, title: impl Into<String>, span: Span) {
        self.push(Diagnostic::error(code, title, span));
    }

    /// Whether nothing within a place is wrong so far.
    pub(crate) fn is_sound(&self, span: Span) -> bool {
        let within =
            |at: Span| at.source == span.source && span.start <= at.start && at.end <= span.end;
        let is_wrong = |one: &Diagnostic| one.severity == Severity::Error && within(one.label.span);
        !self.list.iter().any(is_wrong)
    }

    /// `word` is not one of `known`; the nearest is suggested.
    pub(crate) fn unknown<'a>(
        &mut self,
        code: Code,
        what: &str,
        word: &Word,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let known: BTreeSet<_> = known.into_iter().collect();
        let known: Vec<_> = known.into_iter().collect();
        let near = closest(&word.value, known.iter().copied());
        let help = match near {
            Some(near) => format!("bedoelde u `{near}`?"),
            None if known.is_empty() => "er is er nog geen".to_owned(),
            None if known.len() <= 20 => format!("bekend zijn: {}", known.join(", ")),
            None => {
                let near = nearest(&word.value, known.iter().copied()).unwrap_or_default();
                format!("er zijn er {}; het dichtst erbij komt `{near}`", known.len())
            }
        };
        let title = format!("{what} `{}` bestaat niet", word.value);
        self.push(Diagnostic::error(code, title, word.span).help(help));
    }

    /// All diagnostics, in order of place.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|one| (one.label.span, one.code));
        self.list
    }
}
