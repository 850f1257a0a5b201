//! What a message changes of the outcome of earlier messages.

use serde::Serialize;

use crate::lang::Lang;
use crate::rows::MessageNo;

/// That the outcome of an earlier message in a dossier is not what it was, or that of a message itself
/// not what is found of it, because the reply to it came before it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The position of that message.
    pub number: MessageNo,
    /// Its name: `JW305`.
    pub message: &'static str,
    /// What became of it.
    pub kind: ChangeKind,
}

/// What becomes of a message, other than what is found of it when it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// The reply to it rejects it.
    Rejected,
    /// The reply to it rejects part of it.
    PartlyRejected,
    /// The reply to it, which came before it, rejects it.
    RejectedBefore,
    /// The reply to it, which came before it, rejects part of it.
    PartlyRejectedBefore,
    /// It was rejected only because it arrived in another order than it was sent.
    OrderOnly,
}

impl Change {
    /// The change as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { number, message, kind } = self;
        let (nl, en) = match kind {
            ChangeKind::Rejected => ("is door dit antwoord afgekeurd", "is rejected by this reply"),
            ChangeKind::PartlyRejected => {
                ("is door dit antwoord voor een deel afgekeurd", "is partly rejected by this reply")
            }
            ChangeKind::RejectedBefore => (
                "is afgekeurd door een antwoord dat eerder binnenkwam",
                "is rejected by a reply that came in before it",
            ),
            ChangeKind::PartlyRejectedBefore => (
                "is voor een deel afgekeurd door een antwoord dat eerder binnenkwam",
                "is partly rejected by a reply that came in before it",
            ),
            ChangeKind::OrderOnly => (
                "was alleen door de volgorde van ontvangst afgekeurd",
                "was rejected by the order of arrival alone",
            ),
        };
        lang.pick(
            format!("Bericht {number} ({message}) {nl}."),
            format!("Message {number} ({message}) {en}."),
        )
    }
}

/// A [`Change`] in one language.
#[derive(Debug, Serialize)]
pub(crate) struct ChangeView {
    number: MessageNo,
    change: ChangeKind,
    text: String,
}

impl ChangeView {
    pub(crate) fn new(change: &Change, lang: Lang) -> Self {
        Self { number: change.number, change: change.kind, text: change.text(lang) }
    }
}
