//! What is wrong at one place in a message.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::document::{Document, ElementId};
use crate::lang::Lang;
use crate::quote::{cap, quote};
use crate::standard::{Rule, Text};

/// Most findings at level 1, and of each rule.
pub(crate) const MAX_FINDINGS: usize = 1000;
/// Most characters of a value that a finding repeats.
const SHOWN: usize = 200;
/// What stands for a value that is hidden, in Dutch and in English.
pub(crate) const HIDDEN: (&str, &str) = ("(verborgen)", "(hidden)");
/// Stands for what is hidden in a sentence or a path.
pub(crate) const LEFT_OUT: &str = "…";

/// Something wrong at one place in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the published rule, or `XSD` for what the schema demands without one.
    pub rule: &'static str,
    /// The protocol that the rule is of; none for a rule of the standard.
    pub protocol: Option<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Level of control, 1 to 4; none for rules outside the levels.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<&'static str>,
    /// The element where the reader must act, present or not.
    pub path: String,
    /// What else the rule looked at, without [`Finding::path`]; where the element there is absent,
    /// also the element in which it is missing.
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
    /// What that comes to in this message, where it is worked out from values in it.
    pub comes_to: Option<String>,
    /// The condition under which it should.
    pub because: Option<Phrase>,
    /// Citation.
    pub source: Citation,
    /// Where the rule is written; none for what has no rule.
    pub rule_at: Option<RuleAt>,
}

/// A citation. Findings share what is composed, so that it takes no room in each.
#[derive(Debug, Clone)]
pub enum Citation {
    /// As it stands in a standard.
    Fixed(&'static str),
    /// Composed for a message.
    Shared(Arc<str>),
}

impl Deref for Citation {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl PartialEq for Citation {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Citation {}

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
    /// File with its folder, with forward slashes: `rules/ijw/typen.regels`.
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
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A text in both languages, fixed or composed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

    /// What is written alike in both languages.
    pub(crate) const fn same(text: &'static str) -> Self {
        Self::fixed(text, text)
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
    /// The name of an element, at most 100 characters of it.
    Name(String),
    /// The name of an element that the standard does not know, at most 100 characters of it; hidden
    /// when a report is redacted, also where it ends the path.
    Unknown(String),
    /// The name of an attribute, at most 100 characters of it; hidden when a report is redacted.
    Attribute(String),
    /// A namespace from the message, after that word; hidden when a report is redacted.
    Namespace(String),
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
        Self::Value(cap(text, SHOWN))
    }

    /// The name of an element.
    pub(crate) fn name(name: &str, is_known: bool) -> Self {
        let name = quote(name);
        if is_known { Self::Name(name) } else { Self::Unknown(name) }
    }

    /// The name of an attribute.
    pub(crate) fn attribute(name: &str) -> Self {
        Self::Attribute(quote(name))
    }

    /// A namespace, or that there is none.
    pub(crate) fn namespace(uri: &str) -> Self {
        match uri {
            "" => Self::Phrase(Phrase::fixed("geen namespace", "no namespace")),
            _ => Self::Namespace(format!("namespace {}", quote(uri))),
        }
    }

    pub(crate) fn get(&self, lang: Lang, redact: bool) -> &str {
        match self {
            _ if redact && self.is_of_sender() => lang.pick(HIDDEN.0, HIDDEN.1),
            Self::Value(text)
            | Self::Name(text)
            | Self::Unknown(text)
            | Self::Attribute(text)
            | Self::Namespace(text) => text,
            Self::Phrase(phrase) => phrase.get(lang),
        }
    }

    /// Whether it is a text of whoever sent the message, which may be anything.
    pub(crate) fn is_of_sender(&self) -> bool {
        match self {
            Self::Value(_) | Self::Unknown(_) | Self::Attribute(_) | Self::Namespace(_) => true,
            Self::Name(_) | Self::Phrase(_) => false,
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

/// A value from a message, no longer than is shown of one.
pub(crate) fn shown(value: &str) -> String {
    cap(value, SHOWN)
}

impl Finding {
    /// What is there.
    #[must_use]
    pub fn found(&self, lang: Lang) -> &str {
        self.found.get(lang, false)
    }

    /// What should be there, with what that comes to.
    #[must_use]
    pub fn expected(&self, lang: Lang) -> Cow<'_, str> {
        self.wanted(lang, false)
    }

    /// What should be there; with `redact` without what that comes to.
    pub(crate) fn wanted(&self, lang: Lang, redact: bool) -> Cow<'_, str> {
        let expected = self.expected.get(lang);
        match self.comes_to.as_ref().filter(|_| !redact) {
            None => expected.into(),
            Some(value) => format!("{expected} ({value})").into(),
        }
    }

    /// The path; with `redact` without the name of an element that the standard does not know.
    pub(crate) fn place(&self, redact: bool) -> Cow<'_, str> {
        match &self.found {
            Found::Unknown(name) if redact && last_name(&self.path) == name => {
                without_last(&self.path).into()
            }
            _ => Cow::Borrowed(&self.path),
        }
    }

    /// The finding as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.sentence(lang, false)
    }

    /// The finding as a sentence, without values from the message if `redact` is set.
    pub(crate) fn sentence(&self, lang: Lang, redact: bool) -> String {
        let place = self.place(redact);
        let element = last_name(&place);
        let expected = self.wanted(lang, redact);
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

/// A path without its last name.
pub(crate) fn without_last(path: &str) -> String {
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    format!("{above}/{LEFT_OUT}")
}

fn last_name(path: &str) -> &str {
    let last = path.rsplit('/').next().unwrap_or(path);
    last.split('[').next().unwrap_or(last)
}

/// The findings of one rule, at most [`MAX_FINDINGS`].
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    /// Whether there was more to find.
    pub(crate) has_more: bool,
    /// Whether something was asked, found or not.
    pub(crate) has_asked: bool,
}

impl Findings {
    /// Takes in a finding, if there is room; only then it is made.
    pub(crate) fn add(&mut self, finding: impl FnOnce() -> Finding) {
        if self.list.len() < MAX_FINDINGS {
            self.list.push(finding());
        } else {
            self.has_more = true;
        }
    }
}

/// A place in a message, as a finding needs it.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) path: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) offset: usize,
    pub(crate) length: u32,
    /// The element in which it is missing, if it is.
    pub(crate) within: Option<String>,
}

impl Place {
    pub(crate) fn of(document: &Document<'_>, id: ElementId) -> Self {
        let (line, column) = document.line_column(id);
        let span = document.text_span(id).unwrap_or_else(|| document.tag_span(id));
        let path = document.path(id);
        Self { path, line, column, offset: span.start as usize, length: span.len, within: None }
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
        place.within = Some(place.path.clone());
        for name in missing {
            place.path.push('/');
            place.path.push_str(name);
        }
        place
    }
}
