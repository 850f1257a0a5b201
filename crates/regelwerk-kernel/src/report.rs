//! What is told about a message.

use std::borrow::Cow;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::lang::Lang;
use crate::unreadable::Unreadable;

/// The outcome for one message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Name of the message, if it was recognised: `JW301`.
    pub message: Option<&'static str>,
    /// Name of its release: `3.2`.
    pub release: Option<&'static str>,
    /// What it comes down to.
    pub verdict: Verdict,
    /// What is wrong, in order of place.
    pub findings: Vec<Finding>,
    /// What was not judged, and why.
    pub not_assessed: Vec<NotAssessed>,
    /// What it was judged by.
    pub receipt: Receipt,
    /// Why it could not be read, if so.
    pub unreadable: Option<Unreadable>,
}

/// What a report comes down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing is wrong in what was judged.
    Accepted,
    /// There is a finding of severity error.
    Rejected,
    /// The message could not be read or recognised.
    Unreadable,
}

impl Verdict {
    pub(crate) fn of(findings: &[Finding]) -> Self {
        let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
        if wrong { Self::Rejected } else { Self::Accepted }
    }
}

/// Rules that were not judged for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// The reason.
    pub reason: Reason,
    /// Codes of the rules, in order; none where it is the whole message.
    pub rules: Vec<&'static str>,
}

/// Why rules were not judged.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// The message could not be read.
    Unreadable(Unreadable),
    /// This level of control does not hold, and the rules build on it.
    LevelFailed(u8),
    /// The message is too large for the rule: its budget ran out.
    TooLarge,
    /// The rule is declared; its machinery is still to come.
    NotYet,
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            Self::Unreadable(unreadable) => unreadable.text(lang).into(),
            Self::LevelFailed(level) => lang
                .pick(
                    format!("controleniveau {level} klopt niet"),
                    format!("level of control {level} does not hold"),
                )
                .into(),
            Self::TooLarge => lang
                .pick("het bericht is te groot voor deze regel", "the message is too large for it")
                .into(),
            Self::NotYet => lang.pick("nog niet uitgewerkt", "not worked out yet").into(),
        }
    }
}

/// What a message was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Short name of the standard.
    pub standard: Option<&'static str>,
    /// Name of the release.
    pub release: Option<&'static str>,
    /// Name of the protocol.
    pub protocol: Option<Cow<'static, str>>,
    /// How the protocol came to be chosen.
    pub protocol_chosen_by: Option<Cow<'static, str>>,
    /// SHA-256 over the rule sources, in hexadecimal.
    pub rules_sha256: Option<&'static str>,
    /// Which program judged it.
    pub version: &'static str,
}

impl Report {
    /// The report as JSON shows it, in one language; with `redact`, without values from the
    /// message.
    #[must_use]
    pub fn view(&self, lang: Lang, redact: bool) -> ReportView<'_> {
        ReportView {
            message: self.message,
            release: self.release,
            verdict: self.verdict,
            findings: self.findings.iter().map(|it| FindingView::new(it, lang, redact)).collect(),
            not_assessed: self
                .not_assessed
                .iter()
                .map(|it| NotAssessedView::new(it, lang))
                .collect(),
            receipt: &self.receipt,
        }
    }
}

/// A [`Report`] in one language. The order of the fields is that of the keys.
#[derive(Debug, Serialize)]
pub struct ReportView<'r> {
    message: Option<&'static str>,
    release: Option<&'static str>,
    verdict: Verdict,
    findings: Vec<FindingView<'r>>,
    not_assessed: Vec<NotAssessedView<'r>>,
    receipt: &'r Receipt,
}

/// A [`Finding`] in one language.
#[derive(Debug, Serialize)]
pub struct FindingView<'r> {
    rule: &'static str,
    severity: Severity,
    level: Option<u8>,
    retourcode: Option<&'static str>,
    path: &'r str,
    related: &'r [String],
    line: u32,
    column: u32,
    found: &'r str,
    expected: &'r str,
    text: String,
    source: &'r str,
    rule_at: Option<String>,
}

impl<'r> FindingView<'r> {
    fn new(finding: &'r Finding, lang: Lang, redact: bool) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity,
            level: finding.level,
            retourcode: finding.retourcode,
            path: &finding.path,
            related: &finding.related,
            line: finding.line,
            column: finding.column,
            found: finding.found.get(lang, redact),
            expected: finding.expected(lang),
            text: finding.sentence(lang, redact),
            source: &finding.source,
            rule_at: finding.rule_at.map(|at| at.to_string()),
        }
    }
}

/// A [`NotAssessed`] in one language.
#[derive(Debug, Serialize)]
pub struct NotAssessedView<'r> {
    reason: Cow<'static, str>,
    rules: &'r [&'static str],
}

impl<'r> NotAssessedView<'r> {
    fn new(entry: &'r NotAssessed, lang: Lang) -> Self {
        Self { reason: entry.reason.text(lang), rules: &entry.rules }
    }
}
