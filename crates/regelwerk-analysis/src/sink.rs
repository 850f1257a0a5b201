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
    /// Names that are declared, of what could not be read: why has been told.
    lost: BTreeSet<String>,
    /// Where such a name stands.
    unheard: Vec<Span>,
    /// What is wrong now only follows from what has been told.
    is_quiet: bool,
    /// Where the name stands of the condition that is being read.
    used_at: Option<Word>,
    /// Names of conditions that have been read.
    used: BTreeSet<String>,
}

impl Sink {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_quiet && self.told.insert((diagnostic.code, diagnostic.label.span)) {
            self.list.push(match &self.used_at {
                Some(name) => {
                    let what = format!("hier wordt `{}` gebruikt", name.value);
                    diagnostic.related(name.span, what)
                }
                None => diagnostic,
            });
        }
    }

    /// Reads what a name stands for. What is wrong there is told with where the name is used; who
    /// uses it is not to blame.
    pub(crate) fn used_at<T>(
        &mut self,
        name: &Word,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.used.insert(name.value.clone());
        let outer = self.used_at.replace(name.clone());
        let found = read(self);
        self.used_at = outer;
        if found.is_none() {
            self.unheard.push(name.span);
        }
        found
    }

    /// Whether what a name stands for has been read somewhere.
    pub(crate) fn is_used(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// A place for what is not to be told yet, where the same is lost.
    pub(crate) fn apart(&self) -> Self {
        Self { lost: self.lost.clone(), is_quiet: self.is_quiet, ..Self::default() }
    }

    pub(crate) fn error(&mut self, code: Code, title: impl Into<String>, span: Span) {
        self.push(Diagnostic::error(code, title, span));
    }

    /// An error with what to do about it.
    pub(crate) fn fault(
        &mut self,
        code: Code,
        title: impl Into<String>,
        span: Span,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::error(code, title, span).help(help));
    }

    /// What has this name is there, but could not be read. Whoever asks for it is not to blame.
    pub(crate) fn lose(&mut self, name: &str) {
        self.lost.insert(name.to_owned());
    }

    pub(crate) fn is_lost(&self, name: &str) -> bool {
        self.lost.contains(name)
    }

    /// From here on nothing is told, or again.
    pub(crate) fn be_quiet(&mut self, is_quiet: bool) {
        self.is_quiet = is_quiet;
    }

    /// Whether nothing within a place is wrong so far, and nothing in it names what is lost.
    pub(crate) fn is_sound(&self, span: Span) -> bool {
        let is_wrong =
            |one: &Diagnostic| one.severity == Severity::Error && is_within(one.label.span, span);
        self.hears(span) && !self.list.iter().any(is_wrong)
    }

    /// Whether nothing within a place names what is lost.
    pub(crate) fn hears(&self, span: Span) -> bool {
        !self.unheard.iter().any(|at| is_within(*at, span))
    }

    /// `word` is not one of `known`; the nearest is suggested.
    pub(crate) fn unknown<'a>(
        &mut self,
        code: Code,
        what: &str,
        word: &Word,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        if self.is_lost(&word.value) {
            self.unheard.push(word.span);
            return;
        }
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

/// Whether a place lies in another.
pub(crate) fn is_within(at: Span, place: Span) -> bool {
    at.source == place.source && place.start <= at.start && at.end <= place.end
}
