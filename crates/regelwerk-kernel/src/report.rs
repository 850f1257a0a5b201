//! What is told about a message.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::context::Context;
use crate::document::{Document, ElementId};
use crate::dossier::{Change, ChangeView, DossierReason};
use crate::finding::{Finding, MAX_FINDINGS, Phrase, Severity};
use crate::lang::Lang;
use crate::protocol::ProtocolReport;
use crate::rows::MessageNo;
use crate::unreadable::{Unreadable, UnreadableKind};

/// Most paths that a reason lists.
const LISTED: usize = 10;

/// The outcome for one message. Reports on messages that differ are never equal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Name of the message, if it was recognised: `JW301`.
    pub message: Option<&'static str>,
    /// Name of its release: `3.2`.
    pub release: Option<&'static str>,
    /// What it comes down to by the standard, whatever a protocol says.
    pub verdict: Verdict,
    /// What a protocol says, if one was asked for or recognised the message.
    pub protocol: Option<ProtocolReport>,
    /// What is wrong by the standard and the protocol, in order of place.
    pub findings: Vec<Finding>,
    /// What was not judged, and why.
    pub not_assessed: Vec<NotAssessed>,
    /// Codes of the rules beyond level 1 that asked something of an element, in order: those without
    /// a finding here found nothing wrong. The others had nothing to ask, or were not assessed.
    pub asked: Vec<&'static str>,
    /// What it was judged by.
    pub receipt: Receipt,
    /// Why it could not be read, if so.
    pub unreadable: Option<Unreadable>,
    /// Its position in the dossier that received it.
    pub number: Option<MessageNo>,
    /// Earlier messages whose outcome it changes, in order of arrival.
    pub changes: Vec<Change>,
    /// Whether it is rejected only because it arrived in another order than it was sent.
    pub order_only: bool,
    /// [`Message::fingerprint`](crate::Message::fingerprint) of what was judged, if it was.
    pub(crate) judged: Option<u64>,
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
    /// What findings come down to.
    pub(crate) fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let wrong = findings.into_iter().any(|finding| finding.severity == Severity::Error);
        if wrong { Self::Rejected } else { Self::Accepted }
    }
}

/// Rules that were not judged for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAssessed {
    /// The reason.
    pub reason: Reason,
    /// Codes of the rules, in order; none where it is not about rules.
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
    /// There are more findings at level 1 than are told.
    MoreAtLevel1,
    /// There are more findings of the rule than are told.
    MoreOfRule,
    /// The release is not known completely, so not all elements were looked at.
    Incomplete {
        /// Name of the release.
        release: &'static str,
        /// Paths of elements that are not known, without numbers; at most 10.
        paths: Vec<String>,
        /// How many more paths there are.
        others: usize,
    },
    /// A protocol recognised the message, but was not asked for.
    ProtocolNotApplied {
        /// Name of the protocol.
        protocol: &'static str,
    },
    /// The standard has no protocol of the name that was asked for.
    ProtocolUnknown {
        /// The name.
        protocol: String,
        /// Short name of the standard.
        standard: &'static str,
    },
    /// The protocol says nothing of the release.
    ProtocolNotForRelease {
        /// Name of the protocol.
        protocol: &'static str,
        /// Name of the release.
        release: &'static str,
    },
    /// No element that the protocol speaks of is in the message.
    ProtocolFoundNothing {
        /// Name of the protocol.
        protocol: &'static str,
    },
    /// What the rules are for lies outside what the protocol applies to.
    ProtocolOutside {
        /// Name of the protocol.
        protocol: &'static str,
    },
    /// The protocol says something of the release, but not of this message.
    ProtocolNotForMessage {
        /// Name of the protocol.
        protocol: &'static str,
        /// Name of the message.
        message: &'static str,
    },
    /// The rule is declared; its machinery is still to come.
    NotYet,
    /// Something of a dossier: earlier messages, or data from outside.
    Dossier(DossierReason),
}

impl Reason {
    /// The reason in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> Cow<'static, str> {
        let composed = match self {
            Self::Dossier(reason) => return reason.text(lang),
            Self::TooLarge => {
                let (nl, en) =
                    ("het bericht is te groot voor deze regel", "the message is too large for it");
                return lang.pick(nl, en).into();
            }
            Self::NotYet => return lang.pick("nog niet uitgewerkt", "not worked out yet").into(),
            Self::MoreAtLevel1 => lang.pick(
                format!(
                    "niveau 1: alleen de eerste {MAX_FINDINGS} fouten zijn vermeld; \
                     de rest is niet beoordeeld"
                ),
                format!(
                    "level 1: only the first {MAX_FINDINGS} errors are told; \
                     the rest was not assessed"
                ),
            ),
            Self::MoreOfRule => lang.pick(
                format!(
                    "per regel zijn alleen de eerste {MAX_FINDINGS} fouten vermeld; \
                     de rest is niet beoordeeld"
                ),
                format!(
                    "of each rule only the first {MAX_FINDINGS} errors are told; \
                     the rest was not assessed"
                ),
            ),
            Self::Unreadable(unreadable) => unreadable.text(lang),
            Self::LevelFailed(level) => lang.pick(
                format!("controleniveau {level} klopt niet"),
                format!("level of control {level} does not hold"),
            ),
            Self::Incomplete { release, paths, others } => {
                incomplete(release, paths, *others, lang)
            }
            Self::ProtocolNotApplied { protocol } => lang.pick(
                format!(
                    "protocol {protocol} herkend maar niet toegepast; vraag erom met `--protocol {protocol}`"
                ),
                format!(
                    "protocol {protocol} recognised but not applied; ask for it with `--protocol {protocol}`"
                ),
            ),
            Self::ProtocolUnknown { protocol, standard } => lang.pick(
                format!("protocol {protocol} is niet bekend bij {standard}"),
                format!("protocol {protocol} is not known to {standard}"),
            ),
            Self::ProtocolNotForRelease { protocol, release } => lang.pick(
                format!("protocol {protocol} geldt niet voor release {release}"),
                format!("protocol {protocol} does not cover release {release}"),
            ),
            Self::ProtocolFoundNothing { protocol } => lang.pick(
                format!("geen element waarover protocol {protocol} iets zegt is gevonden"),
                format!("no element that protocol {protocol} speaks of was found"),
            ),
            Self::ProtocolOutside { protocol } => lang.pick(
                format!("valt buiten waarop protocol {protocol} van toepassing is"),
                format!("outside what protocol {protocol} applies to"),
            ),
            Self::ProtocolNotForMessage { protocol, message } => lang.pick(
                format!("protocol {protocol} stelt aan {message} zelf geen eisen"),
                format!("protocol {protocol} demands nothing of {message} itself"),
            ),
        };
        composed.into()
    }

    /// Whether it is about a protocol, and not about the standard.
    pub(crate) fn is_of_protocol(&self) -> bool {
        matches!(
            self,
            Self::ProtocolNotApplied { .. }
                | Self::ProtocolUnknown { .. }
                | Self::ProtocolNotForRelease { .. }
                | Self::ProtocolFoundNothing { .. }
                | Self::ProtocolOutside { .. }
                | Self::ProtocolNotForMessage { .. }
        )
    }

    /// That these elements are not known, if there are any.
    pub(crate) fn incomplete(
        document: &Document<'_>,
        release: &'static str,
        unknown: &[ElementId],
    ) -> Option<Self> {
        let listed = unknown.get(..LISTED).unwrap_or(unknown);
        let paths = listed.iter().map(|&id| document.plain_path(id)).collect();
        let others = unknown.len() - listed.len();
        (!listed.is_empty()).then_some(Self::Incomplete { release, paths, others })
    }
}

fn incomplete(release: &str, paths: &[String], others: usize, lang: Lang) -> String {
    let paths = paths.join(", ");
    let text = lang.pick(
        format!("release {release} is niet volledig vastgelegd; niet beoordeeld: {paths}"),
        format!("release {release} is not known completely; not assessed: {paths}"),
    );
    match others {
        0 => text,
        1 => text + lang.pick(" (en 1 ander)", " (and 1 other)"),
        _ => text + &lang.pick(format!(" (en {others} andere)"), format!(" (and {others} others)")),
    }
}

/// What was not judged, gathered by reason, beside what was.
#[derive(Debug, Default)]
pub(crate) struct Skipped {
    reasons: BTreeMap<Reason, BTreeSet<&'static str>>,
    /// The rules that asked something of an element.
    pub(crate) asked: BTreeSet<&'static str>,
}

impl Skipped {
    /// Rules that were not judged, if there are any.
    pub(crate) fn rules(&mut self, reason: Reason, codes: impl IntoIterator<Item = &'static str>) {
        let mut codes = codes.into_iter().peekable();
        if codes.peek().is_some() {
            self.whole(reason, codes);
        }
    }

    /// What was not judged for a reason that stands also where no rule does.
    pub(crate) fn whole(&mut self, reason: Reason, codes: impl IntoIterator<Item = &'static str>) {
        self.reasons.entry(reason).or_default().extend(codes);
    }

    pub(crate) fn into_entries(self) -> Vec<NotAssessed> {
        let entry = |(reason, rules): (_, BTreeSet<_>)| NotAssessed {
            reason,
            rules: rules.into_iter().collect(),
        };
        self.reasons.into_iter().map(entry).collect()
    }
}

/// What a message was judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Short name of the standard.
    pub standard: Option<&'static str>,
    /// Name of the release.
    pub release: Option<&'static str>,
    /// Name of the protocol, if one was applied.
    pub protocol: Option<Cow<'static, str>>,
    /// How the protocol came to be chosen.
    pub protocol_chosen_by: Option<Cow<'static, str>>,
    /// SHA-256 over the rule sources, in hexadecimal.
    pub rules_sha256: Option<&'static str>,
    /// Which program judged it.
    pub version: &'static str,
}

impl Report {
    /// The report on a message whose bytes could not be had, in the words of the caller.
    #[must_use]
    pub fn not_read(reason: impl Into<Phrase>, context: &Context) -> Self {
        Self::unreadable(UnreadableKind::NotRead(reason.into()).nowhere(), context)
    }

    pub(crate) fn unreadable(unreadable: Unreadable, context: &Context) -> Self {
        // With one standard there is no doubt which would have judged the message.
        let standard = match context.standards.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let reason = Reason::Unreadable(unreadable.clone());
        Self {
            message: None,
            release: None,
            verdict: Verdict::Unreadable,
            protocol: None,
            findings: Vec::new(),
            not_assessed: vec![NotAssessed { reason, rules: Vec::new() }],
            asked: Vec::new(),
            receipt: context.receipt(standard),
            unreadable: Some(unreadable),
            judged: None,
            number: None,
            changes: Vec::new(),
            order_only: false,
        }
    }

    /// Whether the standard or the protocol rejects the message.
    #[must_use]
    pub fn rejects(&self) -> bool {
        let protocol = self.protocol.as_ref().and_then(|protocol| protocol.verdict);
        [Some(self.verdict), protocol].contains(&Some(Verdict::Rejected))
    }

    /// The report as JSON shows it, in one language; with `redact`, without values from the
    /// message.
    #[must_use]
    pub fn view(&self, lang: Lang, redact: bool) -> ReportView<'_> {
        ReportView {
            message: self.message,
            release: self.release,
            verdict: self.verdict,
            protocol: self.protocol.as_ref(),
            findings: self.findings.iter().map(|it| FindingView::new(it, lang, redact)).collect(),
            not_assessed: self
                .not_assessed
                .iter()
                .map(|it| NotAssessedView::new(it, lang, redact))
                .collect(),
            number: self.number,
            order_only: self.order_only,
            changes: self.changes.iter().map(|it| ChangeView::new(it, lang)).collect(),
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
    protocol: Option<&'r ProtocolReport>,
    findings: Vec<FindingView<'r>>,
    not_assessed: Vec<NotAssessedView<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<MessageNo>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    order_only: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeView>,
    receipt: &'r Receipt,
}

/// A [`Finding`] in one language.
#[derive(Debug, Serialize)]
pub struct FindingView<'r> {
    rule: &'static str,
    severity: Severity,
    level: Option<u8>,
    retourcode: Option<&'static str>,
    path: Cow<'r, str>,
    related: &'r [String],
    line: u32,
    column: u32,
    found: &'r str,
    expected: Cow<'r, str>,
    text: String,
    source: &'r str,
    rule_at: Option<String>,
}

impl<'r> FindingView<'r> {
    /// A finding in one language; with `redact`, without values from the message.
    #[must_use]
    pub fn new(finding: &'r Finding, lang: Lang, redact: bool) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity,
            level: finding.level,
            retourcode: finding.retourcode,
            path: finding.place(redact),
            related: &finding.related,
            line: finding.line,
            column: finding.column,
            found: finding.found.get(lang, redact),
            expected: finding.wanted(lang, redact),
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
    fn new(entry: &'r NotAssessed, lang: Lang, redact: bool) -> Self {
        let mut reason = Cow::Borrowed(&entry.reason);
        if redact {
            reason.to_mut().redact();
        }
        Self { reason: reason.text(lang), rules: &entry.rules }
    }
}
