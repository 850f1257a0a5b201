//! What must be done by when, and what has become of that.

use std::io::{self, Write};

use regelwerk::{Date, Term};

use crate::dossier::telling::{DAY, Telling};

/// How a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It runs, for so many days more.
    Runs(i64),
    /// It should have ended so many days ago.
    Overdue(i64),
    /// It ended so many days after its last day.
    Late(i64),
    /// It ended in time.
    Met,
    /// Its last day cannot be told.
    Endless,
}

impl Outcome {
    fn of(term: &Term, as_of: Date) -> Self {
        match (term.due, term.met, term.ended) {
            (None, ..) => Self::Endless,
            (_, Some(true), _) => Self::Met,
            (Some(due), Some(false), Some(ended)) => Self::Late(ended.days_since(due)),
            (Some(due), Some(false), None) => Self::Overdue(as_of.days_since(due)),
            (Some(due), None, _) => Self::Runs(due.days_since(as_of)),
        }
    }
}

impl Telling<'_> {
    /// Tells which terms are open, in order of last day, which were met too late, and how many in
    /// time.
    pub(crate) fn terms(&self, out: &mut dyn Write, terms: &[Term]) -> io::Result<()> {
        let outcomes = terms.iter().map(|term| (Outcome::of(term, self.story.as_of), term));
        let mut told: Vec<_> = outcomes.collect();
        told.sort_by_key(|(_, term)| term.due);
        let open = self.tone.say("open, met de laatste dag", "open, with the last day");
        self.alike(out, open, &told, |it| matches!(it, Outcome::Runs(_) | Outcome::Overdue(_)))?;
        let late =
            self.tone.say("te laat gehaald, met de laatste dag", "met late, with the last day");
        self.alike(out, late, &told, |it| matches!(it, Outcome::Late(_)))?;
        let met = told.iter().filter(|(outcome, _)| *outcome == Outcome::Met).count();
        if met == 0 {
            return Ok(());
        }
        self.line(out, 0, &format!("{}: {met}", self.tone.say("op tijd gehaald", "met in time")))?;
        writeln!(out)
    }

    /// The terms that stand alike, under what they have in common.
    fn alike(
        &self,
        out: &mut dyn Write,
        title: &str,
        told: &[(Outcome, &Term)],
        is_in: impl Fn(Outcome) -> bool,
    ) -> io::Result<()> {
        let mut group = told.iter().filter(|(outcome, _)| is_in(*outcome)).peekable();
        if group.peek().is_none() {
            return Ok(());
        }
        self.line(out, 0, title)?;
        group.try_for_each(|(outcome, term)| self.term(out, *outcome, term))?;
        writeln!(out)
    }

    /// The last day, what must be done, by whom, after which message, and how it stands.
    fn term(&self, out: &mut dyn Write, outcome: Outcome, term: &Term) -> io::Result<()> {
        let rules = self.story.dossier.standard().rules;
        let title = rules.iter().find(|rule| rule.code == term.rule).map_or("", |rule| rule.title);
        let mut what = format!("{} {title}", term.rule);
        if !term.label.is_empty() {
            what = format!("{what} ({})", term.label);
        }
        self.dated(out, term.due, &what)?;
        let (by, after) = (self.tone.say("door", "by"), self.tone.say("na", "after"));
        let opened = format!("{by} {}, {after} {}", term.by, self.file(term.message));
        self.line(out, DAY, &format!("{opened}: {}", self.outcome(outcome, term)))
    }

    fn outcome(&self, outcome: Outcome, term: &Term) -> String {
        let tone = self.tone;
        let late = tone.say("te laat", "late");
        match outcome {
            Outcome::Runs(0) => {
                tone.say("vandaag is de laatste dag", "today is the last day").to_owned()
            }
            Outcome::Runs(days) => format!("{} {}", tone.say("nog", "left:"), self.days(days)),
            Outcome::Overdue(days) => format!("{} {late}", self.days(days)).to_uppercase(),
            Outcome::Late(days) => {
                let by = term.met_by.map_or("", |by| self.met_by(by));
                let on = term.ended.map_or_else(String::new, |day| self.day(day));
                let (with, dated) = (tone.say("met", "with"), tone.say("van", "of"));
                format!("{} {late}, {with} {by} {dated} {on}", self.days(days))
            }
            Outcome::Met | Outcome::Endless => String::new(),
        }
    }
}
