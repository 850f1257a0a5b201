//! Where passes leave what is wrong.

use regelwerk_diag::{Code, Diagnostic, Span};
use regelwerk_syntax::ast::Word;
use regelwerk_syntax::closest;

/// Diagnostics so far. The same finding from several releases or places is told once.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    list: Vec<Diagnostic>,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        let told = |one: &Diagnostic| {
            one.code == diagnostic.code && one.label.span == diagnostic.label.span
        };
        if !self.list.iter().any(told) {
            self.list.push(diagnostic);
        }
    }

    pub(crate) fn error(&mut self, code: Code, title: impl Into<String>, span: Span) {
        self.push(Diagnostic::error(code, title, span));
    }

    /// `word` is not one of `known`; the nearest is suggested.
    pub(crate) fn unknown<'a>(
        &mut self,
        code: Code,
        what: &str,
        word: &Word,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let known: Vec<_> = known.into_iter().collect();
        let near = closest(&word.value, known.iter().copied());
        let help = match near {
            Some(near) => format!("bedoelde u `{near}`?"),
            None if known.is_empty() => "er is er nog geen".to_owned(),
            None if known.len() <= 20 => format!("bekend zijn: {}", known.join(", ")),
            None => format!("er zijn er {}; geen lijkt hierop", known.len()),
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
