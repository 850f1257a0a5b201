//! Terms: what had to follow within a time, and whether it did.

use crate::context::ProtocolChoice;
use crate::report::Reason;
use crate::rows::{Ended, EndedBy, MessageNo, Row};
use crate::standard::{Course, Protocol, Rule, TermDef};
use crate::value::Date;

use super::Dossier;
use super::unassessed::{self, Open};

/// A term that an element of a message has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Term {
    /// The code of its rule: `OP090`.
    pub rule: &'static str,
    /// The name of the part, of a term with parts; else empty.
    pub label: &'static str,
    /// The message that opened it.
    pub message: MessageNo,
    /// The element that opened it: `JW315 / AangevraagdProduct`. Each such element of a message
    /// opens a term of its own.
    pub element: &'static str,
    /// The role that must see to it: `gemeente`.
    pub by: &'static str,
    /// The day of the event, which does not count itself; where that took too many steps to work
    /// out, the day of receipt.
    pub begins: Date,
    /// The last day; none where the calendar ends before it, with the year 9999, and where it took
    /// more steps to work out than a rule may take.
    pub due: Option<Date>,
    /// Whether it was met on the day that is looked from: by what ended it on or before its last
    /// day. None while it runs, its last day included, and where it has no last day.
    pub met: Option<bool>,
    /// The day on which it ended, in time or not.
    pub ended: Option<Date>,
    /// What ended it.
    pub met_by: Option<MetBy>,
}

/// What ended a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetBy {
    /// A message.
    Message(MessageNo),
    /// A fact or an answer, by its name: `betaling`.
    Fact(&'static str),
}

impl Dossier {
    /// The terms that messages have opened, as they stand at the end of a day: what was received
    /// after it, and what ended after it, is not there yet. In order of the messages that opened
    /// them, and of one message in order of rule.
    #[must_use]
    pub fn terms(&self, as_of: Date) -> Vec<Term> {
        let mut terms: Vec<Term> =
            self.asked_terms().flat_map(|def| self.opened(def, as_of)).collect();
        terms.sort_by_key(|term| term.message);
        terms
    }

    /// The terms that the rows of its source open.
    fn opened(&self, def: &'static TermDef, as_of: Date) -> impl Iterator<Item = Term> {
        self.opening(def, as_of).filter_map(move |row| self.term(def, row, as_of))
    }

    /// The terms that are asked about.
    fn asked_terms(&self) -> impl Iterator<Item = &'static TermDef> {
        let defs = self.standard().dossier.terms.iter();
        defs.filter(|def| self.is_asked(def.protocol))
    }

    /// The rule of a term.
    fn rule(&self, def: &TermDef) -> Option<&'static Rule> {
        let standard = self.standard();
        let rules = self.protocol(def.protocol).map_or(standard.rules, |one| one.rules);
        rules.get(usize::from(def.rule))
    }

    /// The rows of its source that can open a term.
    fn opening(&self, def: &'static TermDef, as_of: Date) -> impl Iterator<Item = Row<'_>> {
        let there = self.rows(def.source).filter(move |row| {
            self.is_there(*row, as_of)
                && self.is_covered(def.protocol, *row)
                && is_of_one(def, *row)
        });
        there.filter(move |row| def.counts_void || !self.is_void(*row, as_of))
    }

    /// Of which rows it is not known whether they open a term.
    pub(super) fn open_terms(&self, as_of: Date) -> Open {
        let mut open = Open::new();
        for def in self.asked_terms() {
            let Some(rule) = self.rule(def) else { continue };
            for row in self.opening(def, as_of) {
                let (_, why) = self.ask(row, Some(as_of), |rows| (def.course)(rows, row));
                unassessed::add(&mut open, row, rule.code, why);
            }
        }
        open
    }

    fn term(&self, def: &'static TermDef, row: Row<'_>, as_of: Date) -> Option<Term> {
        let standard = self.standard();
        let (course, why) = self.ask(row, Some(as_of), |rows| (def.course)(rows, row));
        if why.iter().any(|reason| matches!(reason, Reason::Dossier(_))) {
            return None;
        }
        let is_known = why.is_empty();
        let course = match course {
            None if is_known => return None,
            // It may be that there is a term; that it is not known must be seen.
            None => Course { begins: row.received()?, due: None, ended: None },
            Some(course) => course,
        };
        let ended = course.ended.filter(|ended| is_known && ended.on <= as_of);
        let due = course.due.or_else(|| def.within.last_day(course.begins));
        let due = due.filter(|_| is_known);
        let rule = self.rule(def)?;
        Some(Term {
            rule: rule.code,
            label: def.label,
            message: row.message()?,
            element: standard.dossier.sources.get(usize::from(def.source))?.name,
            by: def.by,
            begins: course.begins,
            due,
            met: due.and_then(|due| met(due, ended, as_of)),
            ended: ended.map(|ended| ended.on),
            met_by: ended.and_then(|ended| self.met_by(ended)),
        })
    }

    fn protocol(&self, number: Option<u16>) -> Option<&'static Protocol> {
        self.standard().protocols.get(usize::from(number?))
    }

    /// Whether messages are judged by a protocol, as the context asks; by the standard they are.
    pub(super) fn is_asked(&self, protocol: Option<u16>) -> bool {
        let Some(protocol) = self.protocol(protocol) else { return protocol.is_none() };
        match &self.context.protocol {
            ProtocolChoice::None => false,
            ProtocolChoice::Named(name) => name == protocol.name,
            ProtocolChoice::Auto => true,
        }
    }

    /// Whether a protocol covers the release of the message of a row; of a fact it does.
    pub(super) fn is_covered(&self, protocol: Option<u16>, row: Row<'_>) -> bool {
        let Some((protocol, release)) = self.protocol(protocol).zip(row.release()) else {
            return true;
        };
        protocol.releases.contains(&release)
    }

    fn met_by(&self, ended: Ended) -> Option<MetBy> {
        Some(match ended.by {
            EndedBy::Message(number) => MetBy::Message(number),
            EndedBy::Fact(at) => {
                MetBy::Fact(self.standard().dossier.facts.get(usize::from(at))?.name)
            }
        })
    }

    /// Whether the message of a row was received on or before a day.
    fn is_there(&self, row: Row<'_>, as_of: Date) -> bool {
        row.received().is_none_or(|day| day <= as_of)
    }

    /// Whether a row was void on a day: rejected by ourselves, or by a reply that was there.
    fn is_void(&self, row: Row<'_>, as_of: Date) -> bool {
        let by = row.voided_by().and_then(|number| self.message(number));
        by.is_some_and(|by| by.received.is_none_or(|day| day <= as_of))
    }
}

/// Whether a row is of a message of a release that opens the term.
fn is_of_one(def: &TermDef, row: Row<'_>) -> bool {
    let is_in =
        |[first, last]: [u16; 2]| row.release().is_some_and(|at| (first..=last).contains(&at));
    def.releases.is_none_or(is_in)
}

/// Whether a term was met on a day; none while it runs.
fn met(due: Date, ended: Option<Ended>, as_of: Date) -> Option<bool> {
    match ended {
        Some(ended) => Some(ended.on <= due),
        None => (as_of > due).then_some(false),
    }
}
