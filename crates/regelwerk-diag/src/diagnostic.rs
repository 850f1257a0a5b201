//! What is wrong with a rule file: where, why, and what to do.

use crate::Span;

/// A stable code of a diagnostic. Codes are never reused with another meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rules cannot be compiled.
    Error,
    /// The rules can be compiled, but this is most likely not what is meant.
    Warning,
    /// Worth knowing.
    Note,
}

/// A place with a word on what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be said of it; may be empty.
    pub text: String,
}

/// One diagnostic: title, place, other places, help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code: `RW201`.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub title: String,
    /// Where.
    pub label: Label,
    /// Other places that belong to it.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: Code, title: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Error, code, title.into(), span)
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: Code, title: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Warning, code, title.into(), span)
    }

    /// A note at a place.
    #[must_use]
    pub fn note(code: Code, title: impl Into<String>, span: Span) -> Self {
        Self::new(Severity::Note, code, title.into(), span)
    }

    fn new(severity: Severity, code: Code, title: String, span: Span) -> Self {
        let label = Label { span, text: String::new() };
        Self { code, severity, title, label, related: Vec::new(), help: None }
    }

    /// Says something of the place itself.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label.text = text.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }
}
