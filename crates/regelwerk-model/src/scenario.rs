//! Scenarios: messages with what must come of them.

use std::borrow::Cow;

use chrono::NaiveDate;
use regelwerk_diag::Span;

use crate::Field;

/// Messages with what must come of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// What it is called.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// Citation.
    pub source: String,
    /// Readings chosen where the source contradicts itself or the rules.
    pub readings: Vec<String>,
    /// Codes of the rules that it is about.
    pub about: Vec<String>,
    /// The protocol that it is told under.
    pub protocol: Option<String>,
    /// It is told under whichever protocol recognises a message, if one does; [`Self::protocol`] is
    /// none then.
    pub is_recognised: bool,
    /// What is sent, and what comes of it.
    pub told: Told,
    /// Where it stands.
    pub span: Span,
}

/// What a scenario tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// One message that is judged without a dossier; exactly these rules have findings, and none
    /// is approval.
    Single(Changed, Vec<Expected>),
    /// Messages over days that are judged in a dossier.
    Dated(Dated),
}

/// A message that is made by changing another, from below the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its release, as an index.
    pub release: usize,
    /// The message, as an index into those of the release.
    pub message: usize,
    /// What is changed, in order.
    pub fields: Vec<Field>,
}

/// Messages over days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dated {
    /// Tables that are supplied, in order of first row.
    pub tables: Vec<Supplied>,
    /// Facts and answers that someone tells, in the order written.
    pub facts: Vec<FactTold>,
    /// What happens, in the order of arrival.
    pub moments: Vec<Moment>,
}

/// Rows of a table that a user may supply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplied {
    /// The table.
    pub table: String,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// Rows with a cell for every column, as they stand in a file; an empty cell is unknown.
    pub rows: Vec<Vec<String>>,
}

/// A fact, or the answer to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactTold {
    /// The fact or the question.
    pub name: String,
    /// Its day.
    pub on: NaiveDate,
    /// What it is about.
    pub key: String,
    /// What is said of that; empty is nothing.
    pub value: String,
}

/// A day on which something is sent, or on which one looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// The day on which what is sent is received.
    pub received: NaiveDate,
    /// What is sent, if anything.
    pub sending: Option<Sending>,
    /// What must come of it.
    pub outcomes: Vec<Outcome>,
    /// Where it stands.
    pub span: Span,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// The message. Of a reply, what is changed in the reply that our own verdict gives.
    pub message: Changed,
    /// The moment at which was sent what this replies to, as an index into [`Dated::moments`].
    pub answers: Option<usize>,
}

/// A rule with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The code of the rule, or `XSD` for what the schema demands without one.
    pub rule: String,
    /// The end of the path of the finding.
    pub path: Option<String>,
}

/// One thing that must come of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The message has errors by exactly these rules; none is approval.
    Verdict(Vec<Expected>),
    /// Rules are not assessed.
    Unassessed(Vec<String>),
    /// A rule makes a remark.
    Remark(Expected),
    /// What was sent at an earlier moment, an index into [`Dated::moments`], turns out to have been
    /// rejected only by the order of arrival.
    Mended(usize),
    /// An instance of a process is in a state.
    State {
        /// The process.
        process: String,
        /// The key of the instance, its values joined by a space; without it, that of the message.
        key: Option<String>,
        /// The state.
        state: String,
    },
    /// A term stands so at the end of the day.
    Term {
        /// The rule.
        rule: String,
        /// The part of the term.
        part: Option<String>,
        /// The moment at which it was opened, as an index into [`Dated::moments`].
        of: Option<usize>,
        /// How it stands.
        standing: Standing,
    },
}

/// How a term stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its last day is this, whether it is met or not.
    Due(NaiveDate),
    /// It was met in time.
    Met,
    /// Its last day has gone by, or it was met later.
    Late,
    /// It is not met, and its last day has not gone by.
    Open,
    /// There is no such term.
    Nowhere,
}

impl Scenario {
    /// Everything that must come of it, in order; of a single message only its verdict.
    fn outcomes(&self) -> Vec<Cow<'_, Outcome>> {
        match &self.told {
            Told::Single(_, expected) => vec![Cow::Owned(Outcome::Verdict(expected.clone()))],
            Told::Dated(dated) => {
                let outcomes = dated.moments.iter().flat_map(|moment| &moment.outcomes);
                outcomes.map(Cow::Borrowed).collect()
            }
        }
    }

    /// Whether it shows how a rule is broken: a message is rejected for this rule and for no other
    /// that the scenario is not about, or the rule makes a remark, or it is a term that ran out.
    #[must_use]
    pub fn breaks(&self, code: &str) -> bool {
        let is_about = |one: &Expected| self.about.contains(&one.rule);
        self.outcomes().iter().any(|outcome| match &**outcome {
            Outcome::Verdict(by) => {
                by.iter().any(|one| one.rule == code) && by.iter().all(is_about)
            }
            other => other.tells(code),
        })
    }

    /// Whether it shows that a rule is kept: every message is approved of, and the rule is not
    /// broken.
    #[must_use]
    pub fn keeps(&self, code: &str) -> bool {
        self.outcomes().iter().all(|outcome| match &**outcome {
            Outcome::Verdict(by) => by.is_empty(),
            other => !other.tells(code),
        })
    }
}

impl Scenario {
    /// Whether it shows a term that is in time (true) or late; a scenario that says which day is the
    /// last shows both.
    #[must_use]
    pub fn shows_term(&self, code: &str, in_time: bool) -> bool {
        self.outcomes().iter().any(|outcome| match &**outcome {
            Outcome::Term { rule, standing, .. } if rule == code => match standing {
                Standing::Due(_) => true,
                Standing::Met | Standing::Open => in_time,
                Standing::Late => !in_time,
                Standing::Nowhere => false,
            },
            _ => false,
        })
    }
}

impl Outcome {
    /// Whether a rule is broken without rejecting anything.
    fn tells(&self, code: &str) -> bool {
        match self {
            Self::Remark(one) => one.rule == code,
            Self::Term { rule, standing: Standing::Late, .. } => rule == code,
            _ => false,
        }
    }
}
