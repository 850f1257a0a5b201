//! The dossier: messages taken in one after another, each judged with what came before.

mod answer;
mod answers;
mod change;
mod early;
mod envelope;
mod finder;
mod ledger;
mod names;
mod processes;
mod reason;
mod record;
mod rejection;
mod saved;
mod shelf;
mod supply;
mod terms;
mod unassessed;
mod waiting;

use std::cell::{Cell, RefCell};

use crate::context::Context;
use crate::desk::{Asked, Desk, Horizon, Standpoint};
use crate::document::Document;
use crate::form;
use crate::message::Message;
use crate::position::narrow;
use crate::report::{Report, Verdict};
use crate::rows::{MessageNo, Row};
use crate::standard::Standard;
use crate::value::Date;

pub use change::{Change, ChangeKind};
pub use processes::{ProcessState, StateChange};
pub use reason::DossierReason;
pub use record::MessageInfo;
pub use saved::{BadDossier, SavedDossier};
pub use supply::{BadSupply, BadSupplyKind};
pub use terms::{MetBy, Term};
pub use unassessed::Unassessed;

pub(crate) use change::ChangeView;
pub(crate) use ledger::{Group, Ledger, Sight};
pub(crate) use record::{Record, number};
pub(crate) use shelf::{NONE, RowId, Stored, cell, integer, key};
pub(crate) use waiting::asked;

use early::Early;
use envelope::Envelope;
use rejection::{OwnRejection, is_beyond, wrong};
use waiting::{Held, Waiting};

/// What parties know of each other: the messages between them, in order of arrival, with tables
/// and facts from outside.
///
/// Of a message it keeps what rules look up later, not the message itself; only one that was
/// rejected, and may turn out to be right when an earlier one arrives late, is kept for a while. So
/// is what a reply says of a message that is not there yet.
/// What it takes to judge a message does not grow with the messages of other clients.
#[derive(Debug, Clone)]
pub struct Dossier {
    context: Context,
    ledger: Ledger,
    waiting: Waiting,
    early: Early,
}

impl Dossier {
    /// An empty dossier of messages of a standard.
    #[must_use]
    pub fn new(standard: &'static Standard) -> Self {
        let context = Context::new(vec![standard]);
        let (waiting, early) = (Waiting::default(), Early::default());
        Self { context, ledger: Ledger::new(standard), waiting, early }
    }

    /// Sets by what messages are judged. The standard stays what it is.
    #[must_use]
    pub fn context(self, context: Context) -> Self {
        let standards = vec![self.ledger.standard];
        Self { context: Context { standards, ..context }, ..self }
    }

    /// Takes in a message: judges it with what came before, and keeps what comes later may ask of
    /// it. `received` is the day of receipt; without it the day of sending counts as such.
    ///
    /// It never fails: what cannot be read is reported as such, and has no place in the dossier.
    pub fn receive(&mut self, bytes: &[u8], received: Option<Date>) -> Report {
        match Message::read(bytes, &self.context) {
            Ok(message) => self.take(&message, received),
            Err(unreadable) => Report::unreadable(unreadable, &self.context),
        }
    }

    /// Judges a message with what came before, without taking it in; see [`Self::receive`].
    #[must_use]
    pub fn judge(&self, message: &Message<'_>, received: Option<Date>) -> Report {
        let envelope = Envelope::of(message);
        let pair = record::pair(&envelope).and_then(|(pair, _)| self.ledger.pairs.find(&pair));
        let days = (envelope.sent, received.or(envelope.sent));
        let pair = pair.unwrap_or(NONE);
        let mut report = message.judge(&self.context, self.on_arrival(pair, days));
        let horizon = Horizon::Sending { until: envelope.sent, apart: NONE };
        let by_sending = Standpoint { horizon, ..self.on_arrival(pair, days) };
        let may_turn = self.ledger.def().order_rule.is_some() && is_beyond(&report);
        if may_turn && self.is_right(message, by_sending, &wrong(&report)) {
            self.remark_order(message, &mut report);
        }
        report
    }

    /// What is told of a message in the dossier.
    #[must_use]
    pub fn message(&self, number: MessageNo) -> Option<MessageInfo<'_>> {
        self.ledger.info(number.0.checked_sub(1)?)
    }

    /// The messages in the dossier, in order of arrival.
    pub fn messages(&self) -> impl Iterator<Item = MessageInfo<'_>> {
        (0..narrow(self.ledger.messages.len())).filter_map(|position| self.ledger.info(position))
    }

    /// The standard that messages are of.
    #[must_use]
    pub fn standard(&self) -> &'static Standard {
        self.ledger.standard
    }

    /// The rows of a source, in order of arrival, void ones too.
    pub(crate) fn rows(&self, source: u16) -> impl Iterator<Item = Row<'_>> {
        self.ledger.shelf(source).filter_map(|id| Row::kept(&self.ledger, id))
    }

    /// Where is asked about rows without a message that is judged: [`Desk::of`] gives the questions
    /// that a row asks. What was received after `as_of` is not there.
    pub(crate) fn desk<'d>(&'d self, fuel: &'d Cell<u64>, as_of: Option<Date>) -> Desk<'d> {
        let horizon = Horizon::Arrival { now: NONE, as_of };
        let standpoint = Standpoint { horizon, ..self.on_arrival(NONE, (None, None)) };
        Desk::new(self.ledger.standard.dossier, standpoint, fuel)
    }

    /// A budget of steps for one rule.
    pub(crate) fn fuel(&self) -> Cell<u64> {
        Cell::new(self.context.fuel)
    }

    /// What a message knows that arrives now, with the days of sending and of receipt.
    fn on_arrival(
        &self,
        pair: u32,
        (sent, received): (Option<Date>, Option<Date>),
    ) -> Standpoint<'_> {
        let now = narrow(self.ledger.messages.len());
        let horizon = Horizon::Arrival { now, as_of: None };
        Standpoint { ledger: Some(&self.ledger), pair, horizon, sent, received, asked: None }
    }

    fn take(&mut self, message: &Message<'_>, received: Option<Date>) -> Report {
        let envelope = Envelope::of(message);
        let received = received.or(envelope.sent);
        let position = narrow(self.ledger.messages.len());
        let (pair, is_sender_first) = match record::pair(&envelope) {
            Some((pair, is_sender_first)) => (self.ledger.pairs.number(&pair), is_sender_first),
            None => (NONE, true),
        };
        let days = (envelope.sent, received);
        let mut report = message.judge(&self.context, self.on_arrival(pair, days));
        let (release, definition) = message.kind().indexes();
        self.ledger.messages.push(Record {
            release,
            message: definition,
            pair,
            is_sender_first,
            mark: envelope.mark.unwrap_or_default().into(),
            sent: envelope.sent,
            received,
            verdict: report.verdict,
            fits: message.misfits().findings.is_empty(),
            is_order_only: false,
            answered_by: NONE,
            answers: NONE,
        });
        report.number = number(position);
        self.keep(message, &report, position);
        let mut voided = self.answered_early(position, &mut report);
        voided.extend(self.answer(message, &envelope, position, &mut report));
        if is_beyond(&report) {
            self.wait(message, position, &mut report);
        }
        let own = self.ledger.rows_of(position).filter(|&id| {
            report.order_only || self.ledger.row(id).is_some_and(|row| !row.is_void())
        });
        let changed = own.chain(voided).collect();
        self.wake(changed, position, &mut report);
        report
    }

    /// Keeps the rows that a message gives, unless it breaks level 1.
    fn keep(&mut self, message: &Message<'_>, report: &Report, position: u32) {
        let Some(record) = self.ledger.record(position).filter(|record| record.fits) else {
            return;
        };
        let (sent, received) = (record.sent, record.received);
        let rejected = OwnRejection::of(report, message);
        for row in message.extract(sent, received) {
            let part = row.part.map_or(NONE, |part| self.ledger.parts.number(part));
            let is_void = rejected.has(row.element, message);
            let void_by = if is_void { position } else { NONE };
            let stored = Stored { cells: row.cells.into(), message: position, part, void_by };
            self.ledger.put(row.source, stored);
        }
        self.ledger.mark(position);
    }

    /// Judges a message that was rejected as if what was sent before it had been there. If it is
    /// still wrong it waits for that.
    fn wait(&mut self, message: &Message<'_>, position: u32, report: &mut Report) {
        let asked = RefCell::new(Asked::default());
        let Some(standpoint) = self.by_sending(position, &asked) else { return };
        let wrong = wrong(report);
        if self.is_right(message, standpoint, &wrong) {
            self.remark_order(message, report);
            self.ledger.set_order_only(position);
        } else {
            self.waiting.hold(position, Held::new(message, wrong, asked.into_inner()));
        }
    }

    /// What a message would know if messages had arrived in the order in which they were sent; none
    /// in a standard where the order of arrival counts.
    fn by_sending<'d>(
        &'d self,
        position: u32,
        asked: &'d RefCell<Asked>,
    ) -> Option<Standpoint<'d>> {
        self.ledger.def().order_rule?;
        let record = self.ledger.record(position)?;
        Some(Standpoint {
            horizon: Horizon::Sending { until: record.sent, apart: position },
            asked: Some(asked),
            ..self.on_arrival(record.pair, (record.sent, record.received))
        })
    }

    /// Whether nothing is wrong with a message from a standpoint, and the rules that rejected it
    /// were judged.
    fn is_right(&self, message: &Message<'_>, standpoint: Standpoint<'_>, wrong: &[&str]) -> bool {
        let report = message.judge(&self.context, standpoint);
        let is_skipped =
            |code: &&str| report.not_assessed.iter().any(|entry| entry.rules.contains(code));
        report.verdict == Verdict::Accepted && !wrong.iter().any(is_skipped)
    }

    /// That a message was rejected by the order of arrival alone.
    fn remark_order(&self, message: &Message<'_>, report: &mut Report) {
        report.order_only = true;
        let rule = self.ledger.def().order_rule;
        let rule = rule.and_then(|rule| self.ledger.standard.rules.get(usize::from(rule)));
        if let Some(rule) = rule.filter(|_| self.context.remarks) {
            report.findings.insert(0, form::order_remark(message, rule));
        }
    }

    /// Judges again what waits for rows that changed, and what waits for that in turn.
    fn wake(&mut self, mut changed: Vec<RowId>, by: u32, report: &mut Report) {
        if self.waiting.is_empty() {
            return;
        }
        let sent = self.ledger.record(by).and_then(|record| record.sent);
        let mut turned = Vec::new();
        while !changed.is_empty() {
            let mut next = Vec::new();
            for position in self.waiting.for_rows(&changed, &self.ledger) {
                let until = self.ledger.record(position).and_then(|record| record.sent);
                let is_later = sent.zip(until).is_some_and(|(sent, until)| sent > until);
                if position != by && !is_later && self.turns_right(position) {
                    turned.push(position);
                    next.extend(self.ledger.rows_of(position));
                }
            }
            changed = next;
        }
        turned.sort_unstable();
        for position in turned {
            report.changes.extend(self.change(position, ChangeKind::OrderOnly));
        }
    }

    /// Whether a message that waits is right with what is there now. If so it waits no longer.
    fn turns_right(&mut self, position: u32) -> bool {
        let Some(Held { text, wrong, asked: before, tries }) = self.waiting.get(position).cloned()
        else {
            return false;
        };
        let document = Document::of_text(text.into());
        let message = document.and_then(|document| Message::recognise(document, &self.context));
        let Ok(message) = message else { return false };
        let asked = RefCell::new(Asked::default());
        let Some(standpoint) = self.by_sending(position, &asked) else { return false };
        let is_right = self.is_right(&message, standpoint, &wrong);
        if is_right {
            self.waiting.release(position);
            self.ledger.set_order_only(position);
        } else {
            // What is not judged now asks nothing, and waits for what it asked before.
            let mut asked = asked.into_inner();
            before.into_iter().for_each(|key| asked.note(|| key.into()));
            let held = Held::new(&message, wrong, asked);
            self.waiting.hold(position, Held { tries: tries.saturating_add(1), ..held });
        }
        is_right
    }

    fn change(&self, position: u32, kind: ChangeKind) -> Option<Change> {
        let info = self.ledger.info(position)?;
        Some(Change { number: info.number, message: info.name, kind })
    }
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
