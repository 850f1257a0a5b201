//! What a dossier tells of a message.

use crate::report::Verdict;
use crate::rows::MessageNo;
use crate::standard::{MessageDef, Release, Standard};
use crate::value::Date;

use super::envelope::Envelope;
use super::ledger::Ledger;
use super::shelf::{NONE, UNIT};

/// What is kept of a message itself.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The release, as an index.
    pub(crate) release: u16,
    /// The message, as an index into those of the release.
    pub(crate) message: u16,
    /// The number of the pair of parties, or [`NONE`].
    pub(crate) pair: u32,
    /// Whether the sender comes first in the name of the pair.
    pub(crate) is_sender_first: bool,
    pub(crate) mark: Box<str>,
    pub(crate) sent: Option<Date>,
    pub(crate) received: Option<Date>,
    pub(crate) verdict: Verdict,
    /// Whether level 1 holds.
    pub(crate) fits: bool,
    /// Whether it was rejected only by the order of arrival.
    pub(crate) is_order_only: bool,
    /// The position of the reply to it, or [`NONE`].
    pub(crate) answered_by: u32,
    /// The position of what it is the reply to, or [`NONE`].
    pub(crate) answers: u32,
}

impl Record {
    pub(crate) fn definition(
        &self,
        standard: &'static Standard,
    ) -> Option<(&'static Release, &'static MessageDef)> {
        let release = standard.releases.get(usize::from(self.release))?;
        Some((release, release.messages.get(usize::from(self.message))?))
    }
}

/// A message in a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MessageInfo<'d> {
    /// Its position.
    pub number: MessageNo,
    /// `JW301`
    pub name: &'static str,
    /// Its release: `3.2`.
    pub release: &'static str,
    /// What it is known by; none where it does not say.
    pub mark: Option<&'d str>,
    /// Who sent it; none where it does not say, and of messages that are not filed.
    pub sender: Option<&'d str>,
    /// Who received it.
    pub receiver: Option<&'d str>,
    /// The day on which it was sent.
    pub sent: Option<Date>,
    /// The day on which it was received: the one that was given, else that of sending.
    pub received: Option<Date>,
    /// What it came down to when it was received.
    pub verdict: Verdict,
    /// Whether it was rejected only by the order of arrival.
    pub order_only: bool,
    /// The reply to it.
    pub answered_by: Option<MessageNo>,
    /// What it is the reply to.
    pub answers: Option<MessageNo>,
}

/// The number for people of a position.
pub(crate) fn number(position: u32) -> Option<MessageNo> {
    (position != NONE).then(|| MessageNo(position.saturating_add(1)))
}

/// The name of a pair of parties, the same both ways, and whether the first comes first in it.
pub(crate) fn pair(envelope: &Envelope<'_>) -> Option<(String, bool)> {
    let (sender, receiver) = envelope.sender.zip(envelope.receiver)?;
    let is_sender_first = sender <= receiver;
    let (first, second) = if is_sender_first { (sender, receiver) } else { (receiver, sender) };
    Some((format!("{first}{UNIT}{second}"), is_sender_first))
}

impl Ledger {
    pub(crate) fn record(&self, position: u32) -> Option<&Record> {
        self.messages.get(position as usize)
    }

    /// The parties of a pair, in order of name.
    pub(crate) fn parties(&self, pair: u32) -> Option<(&str, &str)> {
        self.pairs.get(pair)?.split_once(UNIT)
    }

    /// Sender and receiver of a message.
    pub(crate) fn sides(&self, record: &Record) -> Option<(&str, &str)> {
        let (first, second) = self.parties(record.pair)?;
        Some(if record.is_sender_first { (first, second) } else { (second, first) })
    }

    pub(crate) fn info(&self, position: u32) -> Option<MessageInfo<'_>> {
        let record = self.record(position)?;
        let (release, message) = record.definition(self.standard)?;
        let sides = self.sides(record);
        Some(MessageInfo {
            number: number(position)?,
            name: message.name,
            release: release.name,
            mark: Some(&*record.mark).filter(|mark| !mark.is_empty()),
            sender: sides.map(|sides| sides.0),
            receiver: sides.map(|sides| sides.1),
            sent: record.sent,
            received: record.received,
            verdict: record.verdict,
            order_only: record.is_order_only,
            answered_by: number(record.answered_by),
            answers: number(record.answers),
        })
    }
}
