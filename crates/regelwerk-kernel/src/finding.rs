//! What is wrong at one place in a message.

use std::borrow::Cow;
use std::fmt;

use crate::document::{Document, ElementId};
use crate::lang::Lang;
use crate::standard::{Rule, Text};

/// Most characters of a value that a finding repeats.
const SHOWN: usize = 200;

/// Something wrong at one place in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the published rule, or `XSD` for what the schema demands without one.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Level of control, 1 to 4; none for rules outside the levels.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<&'static str>,
    /// The element where the reader must act, present or not.
    pub path: String,
    /// What else the rule looked at, without [`Finding::path`].
    pub related: Vec<String>,
    /// Line of the element, or of the nearest one above it that is present; from 1.
    pub line: u32,
    /// Column of the same, in characters; from 1.
    pub column: u32,
    /// Where the part to mark starts: a byte in [`Source::text`](crate::Source::text).
    pub offset: usize,
    /// How many bytes to mark: the value where there is one, else the start tag.
    pub length: u32,
    /// What is there.
    pub found: Found,
    /// What should be there.
    pub expected: Phrase,
    /// The condition under which it should.
    pub because: Option<Phrase>,
    /// Citation.
    pub source: Cow<'static, str>,
    /// Where the rule is written; none for what has no rule.
    pub rule_at: Option<RuleAt>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The message is to be rejected.
    Error,
    /// The message may pass.
    Remark,
}

/// Where a rule is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleAt {
    /// File below `rules/`, with forward slashes.
    pub file: &'static str,
    /// Line, from 1.
    pub line: u32,
}

impl RuleAt {
    pub(crate) fn of(rule: &Rule) -> Self {
        Self { file: rule.file, line: rule.line }
    }
}

impl fmt::Display for RuleAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rules/{}:{}", self.file, self.line)
    }
}

/// A text in both languages, fixed or composed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// Dutch.
    pub nl: Cow<'static, str>,
    /// English.
    pub en: Cow<'static, str>,
}

impl Phrase {
    pub(crate) const fn fixed(nl: &'static str, en: &'static str) -> Self {
        Self { nl: Cow::Borrowed(nl), en: Cow::Borrowed(en) }
    }

    pub(crate) fn composed(nl: String, en: String) -> Self {
        Self { nl: Cow::Owned(nl), en: Cow::Owned(en) }
    }

    /// The text in a language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.nl, &self.en)
    }
}

impl From<Text> for Phrase {
    fn from(text: Text) -> Self {
        Self::fixed(text.nl, text.en)
    }
}

/// What is at the place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A value from the message, of at most 200 characters; hidden when a report is redacted.
    Value(String),
    /// A name from the message.
    Name(String),
    /// A description.
    Phrase(Phrase),
}

impl Found {
    pub(crate) const EMPTY: Self = Self::Phrase(Phrase::fixed("leeg", "empty"));
    pub(crate) const FILLED: Self = Self::Phrase(Phrase::fixed("gevuld", "filled"));

    /// A value, or that there is none.
    pub(crate) fn value(text: &str) -> Self {
        if crate::markup::is_blank(text) {
            return Self::EMPTY;
        }
        Self::Value(match text.char_indices().nth(SHOWN) {
            None => text.to_owned(),
            Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        })
    }

    pub(crate) fn get(&self, lang: Lang, redact: bool) -> &str {
        match self {
            Self::Value(_) if redact => lang.pick("(verborgen)", "(hidden)"),
            Self::Value(text) | Self::Name(text) => text,
            Self::Phrase(phrase) => phrase.get(lang),
        }
    }

    fn quoted(&self, lang: Lang, redact: bool) -> Cow<'_, str> {
        let text = self.get(lang, redact);
        match self {
            Self::Value(_) if !redact => Cow::Owned(format!("\"{text}\"")),
            _ => Cow::Borrowed(text),
        }
    }
}

impl Finding {
    /// What is there.
    #[must_use]
    pub fn found(&self, lang: Lang) -> &str {
        self.found.get(lang, false)
    }

    /// What should be there.
    #[must_use]
    pub fn expected(&self, lang: Lang) -> &str {
        self.expected.get(lang)
    }

    /// The finding as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.sentence(lang, false)
    }

    /// The finding as a sentence, without values from the message if `redact` is set.
    pub(crate) fn sentence(&self, lang: Lang, redact: bool) -> String {
        let element = last_name(&self.path);
        let expected = self.expected(lang);
        let found = self.found.quoted(lang, redact);
        let because = self.because.as_ref().map_or_else(String::new, |because| match lang {
            Lang::Nl => format!(", want {}", because.nl),
            Lang::En => format!(", because {}", because.en),
        });
        match lang {
            Lang::Nl => format!("{element}: verwacht {expected}, gevonden {found}{because}."),
            Lang::En => format!("{element}: expected {expected}, found {found}{because}."),
        }
    }
}

fn last_name(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.split('[').next().unwrap_or(last)
}

/// A place in a message, as a finding needs it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) offset: usize,
    pub(crate) length: u32,
}

impl Place {
    pub(crate) fn of(document: &Document<'_>, id: ElementId) -> Self {
        let (line, column) = document.line_column(id);
        let span = document.text_span(id).unwrap_or_else(|| document.tag_span(id));
        let path = document.path(id);
        Self { path, line, column, offset: span.start as usize, length: span.len }
    }

    /// The place of an element that is absent below this one: the start tag that should hold it.
    pub(crate) fn absent<'n>(
        document: &Document<'_>,
        above: ElementId,
        missing: impl Iterator<Item = &'n str>,
    ) -> Self {
        let span = document.tag_span(above);
        let mut place = Self::of(document, above);
        (place.offset, place.length) = (span.start as usize, span.len);
        for name in missing {
            place.path.push('/');
            place.path.push_str(name);
        }
        place
    }
}
