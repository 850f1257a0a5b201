//! What could not be told of terms and processes, and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::Reason;
use crate::rows::{MessageNo, Row, Rows};
use crate::value::Date;

use super::Dossier;

/// What could not be told of a message: whether it opens a term, or what it does in a process.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unassessed {
    /// The message.
    pub message: MessageNo,
    /// Why.
    pub reason: Reason,
    /// The codes of the rules of the terms, or the names of the processes; in order, each once.
    pub rules: Vec<&'static str>,
}

/// What could not be told, as it is gathered: by message and reason.
pub(super) type Open = BTreeMap<(MessageNo, Reason), BTreeSet<&'static str>>;

/// Adds that something of a row could not be told, for all reasons that there are.
pub(super) fn add(open: &mut Open, row: Row<'_>, what: &'static str, why: BTreeSet<Reason>) {
    let Some(message) = row.message() else { return };
    for reason in why {
        open.entry((message, reason)).or_default().insert(what);
    }
}

impl Dossier {
    /// Of which messages it is not known whether they open a term, at the end of a day, in order
    /// of message. Such a term is not among [`Self::terms`], but for one that took more steps than
    /// a rule may take: of that the last day is not known.
    #[must_use]
    pub fn terms_not_assessed(&self, as_of: Date) -> Vec<Unassessed> {
        told(self.open_terms(as_of))
    }

    /// Of which messages it is not known what they do in a process, in order of message. In
    /// [`Self::states`] they do nothing there.
    #[must_use]
    pub fn states_not_assessed(&self) -> Vec<Unassessed> {
        told(self.open_events())
    }

    /// What a row asks, within a budget, and why that cannot be relied upon, if so.
    pub(super) fn ask<T>(
        &self,
        row: Row<'_>,
        as_of: Option<Date>,
        question: impl Fn(Rows<'_>) -> T,
    ) -> (T, BTreeSet<Reason>) {
        let fuel = self.fuel();
        let desk = self.desk(&fuel, as_of);
        let answer = question(desk.of(row));
        let missing = desk.take_missing().into_iter().map(Reason::Dossier);
        let spent = (fuel.get() == 0).then_some(Reason::TooLarge);
        (answer, missing.chain(spent).collect())
    }
}

fn told(open: Open) -> Vec<Unassessed> {
    let told = open.into_iter().map(|((message, reason), rules)| Unassessed {
        message,
        reason,
        rules: rules.into_iter().collect(),
    });
    told.collect()
}
