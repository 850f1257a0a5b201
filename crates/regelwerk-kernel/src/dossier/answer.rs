//! Replies: which message one answers, and what it rejects of it.

use crate::message::Message;
use crate::report::{NotAssessed, Reason, Report, Verdict};
use crate::value::Date;

use super::Dossier;
use super::change::ChangeKind;
use super::early::EarlyReply;
use super::envelope::{Envelope, Named};
use super::ledger::Ledger;
use super::reason::DossierReason;
use super::record::Record;
use super::rejection::Rejection;
use super::shelf::{NONE, RowId, Stored};

impl Dossier {
    /// Takes in a message as a reply, if it is one and is right itself; gives the rows that it
    /// makes void.
    pub(super) fn answer(
        &mut self,
        reply: &Message<'_>,
        envelope: &Envelope<'_>,
        position: u32,
        report: &mut Report,
    ) -> Vec<RowId> {
        let is_right = report.verdict == Verdict::Accepted;
        let Some(named) = envelope.answers.filter(|_| is_right) else { return Vec::new() };
        let answered = match self.ledger.answered(envelope, &named) {
            Ok(answered) => answered,
            Err(reason) => {
                if matches!(reason, DossierReason::AnswersNothing { .. }) {
                    self.keep_early(reply, &named, position);
                }
                let reason = Reason::Dossier(reason);
                report.not_assessed.push(NotAssessed { reason, rules: Vec::new() });
                report.not_assessed.sort_by(|a, b| a.reason.cmp(&b.reason));
                return Vec::new();
            }
        };
        self.ledger.set_answer(answered, position);
        let rejection = Rejection::of(reply, named.message);
        let voided = self.ledger.reject(answered, &rejection, position);
        let kind = match rejection {
            Rejection::Nothing => return voided,
            Rejection::Whole => ChangeKind::Rejected,
            Rejection::Classes(_) => ChangeKind::PartlyRejected,
        };
        report.changes.extend(self.change(answered, kind));
        voided
    }

    /// Keeps what a reply says of a message that is not there yet.
    fn keep_early(&mut self, reply: &Message<'_>, named: &Named<'_>, position: u32) {
        let pair = self.ledger.record(position).map_or(NONE, |record| record.pair);
        let Some(mark) = named.mark.filter(|_| pair != NONE) else { return };
        let rejection = Rejection::of(reply, named.message);
        let early = EarlyReply { pair, mark: mark.into(), sent: named.sent, rejection };
        self.early.hold(position, early);
    }

    /// Takes in the reply to a message that came before it, if there is one; gives the rows that
    /// it makes void.
    pub(super) fn answered_early(&mut self, position: u32, report: &mut Report) -> Vec<RowId> {
        let ledger = &self.ledger;
        let Some(record) = ledger.record(position).filter(|record| record.fits) else {
            return Vec::new();
        };
        let is_reply =
            |reply, said: &EarlyReply| ledger.is_reply(reply, record) && is_day(said.sent, record);
        let Some((reply, said)) = self.early.take(record.pair, &record.mark, is_reply) else {
            return Vec::new();
        };
        self.ledger.set_answer(position, reply);
        let voided = self.ledger.reject(position, &said.rejection, reply);
        let kind = match said.rejection {
            Rejection::Nothing => return voided,
            Rejection::Whole => ChangeKind::RejectedBefore,
            Rejection::Classes(_) => ChangeKind::PartlyRejectedBefore,
        };
        report.changes.extend(self.change(position, kind));
        voided
    }
}

impl Ledger {
    /// The message that a reply answers: the first with the mark that it names and of the day that
    /// it names, if it names one, from who received the reply to who sent it, that is not answered
    /// yet.
    fn answered(&mut self, reply: &Envelope<'_>, named: &Named<'_>) -> Result<u32, DossierReason> {
        let message = named.message;
        let nothing = DossierReason::AnswersNothing { message };
        let (Some(sides), Some(mark)) = (reply.receiver.zip(reply.sender), named.mark) else {
            return Err(nothing);
        };
        let hash = self.hash_mark(sides, mark, named.sent);
        let (answered, open) = self.marked(hash, named, sides);
        match open {
            Some(open) => {
                self.pass_over(hash, &answered);
                Ok(open)
            }
            None if answered.is_empty() => Err(nothing),
            None => Err(DossierReason::AnsweredBefore { message }),
        }
    }

    /// Of the messages that a reply may mean the first that is not answered yet, and those before
    /// it.
    fn marked(&self, hash: u64, named: &Named<'_>, sides: (&str, &str)) -> (Vec<u32>, Option<u32>) {
        let is_it = |record: &Record| {
            let definition = record.definition(self.standard);
            definition.is_some_and(|(_, it)| it.name == named.message)
                && Some(&*record.mark) == named.mark
                && is_day(named.sent, record)
                && self.sides(record) == Some(sides)
        };
        let mut answered = Vec::new();
        for &at in self.marks.get(hash) {
            match self.record(at).filter(|record| is_it(record)) {
                Some(record) if record.answered_by == NONE => return (answered, Some(at)),
                Some(_) => answered.push(at),
                None => {}
            }
        }
        (answered, None)
    }

    /// Makes that replies look no more at messages that are answered; another with their mark tells
    /// that they were there.
    fn pass_over(&mut self, hash: u64, answered: &[u32]) {
        answered.iter().for_each(|&at| self.marks.remove(hash, at));
    }

    /// Whether a message is a reply to messages of the kind of another, from who received that to
    /// who sent it.
    pub(super) fn is_reply(&self, reply: u32, to: &Record) -> bool {
        let Some(reply) = self.record(reply) else { return false };
        let asked = to.definition(self.standard).map(|(_, asked)| asked.name);
        let filing = reply.definition(self.standard).and_then(|(_, it)| it.filing.as_ref());
        let answers = filing.and_then(|filing| filing.answers.as_ref()).map(|it| it.message);
        let turned = self.sides(reply).map(|(sender, receiver)| (receiver, sender));
        answers.is_some() && answers == asked && turned == self.sides(to)
    }

    /// Makes that replies find a message by its mark, whether they name its day or not.
    pub(super) fn mark(&mut self, position: u32) {
        let Some(record) = self.record(position).filter(|record| !record.mark.is_empty()) else {
            return;
        };
        let Some(sides) = self.sides(record) else { return };
        let days = [None, record.sent].map(|day| self.hash_mark(sides, &record.mark, day));
        let [any, own] = days;
        self.marks.insert(any, usize::MAX, position);
        if own != any {
            self.marks.insert(own, usize::MAX, position);
        }
    }

    fn set_answer(&mut self, answered: u32, reply: u32) {
        if let Some(record) = self.messages.get_mut(answered as usize) {
            record.answered_by = reply;
        }
        if let Some(record) = self.messages.get_mut(reply as usize) {
            record.answers = answered;
        }
    }

    pub(super) fn set_order_only(&mut self, position: u32) {
        if let Some(record) = self.messages.get_mut(position as usize) {
            record.is_order_only = true;
        }
    }

    /// Makes void what a reply rejects of a message; gives those rows. Of what we rejected ourselves
    /// only that is kept that the reply does too.
    fn reject(&mut self, message: u32, rejection: &Rejection, reply: u32) -> Vec<RowId> {
        let sources = self.def().sources;
        let is_rejected = |id: &RowId| {
            let source = sources.get(usize::from(id.source));
            source.zip(self.row(*id)).is_some_and(|(source, row)| rejection.has(source, &row.cells))
        };
        let rejected = self.rows_of(message).filter(is_rejected);
        let (both, voided): (Vec<_>, Vec<_>) =
            rejected.partition(|id| self.row(*id).is_some_and(Stored::is_void));
        self.rejected_by_both.extend(both);
        for id in &voided {
            let shelf = self.shelves.get_mut(usize::from(id.source));
            if let Some(row) = shelf.and_then(|shelf| shelf.get_mut(id.at as usize)) {
                row.void_by = reply;
            }
        }
        voided
    }
}

/// Whether a message is of the day that a reply names.
fn is_day(named: Option<Date>, record: &Record) -> bool {
    named.is_none_or(|day| record.sent == Some(day))
}
