//! What must be done by when, and what has become of that.

use std::io::{self, Write};

use regelwerk::{Date, Term};

use crate::dossier::telling::{Cause, DAY, Telling};

/// Most things that a term is said to be about.
const ABOUT: usize = 3;

/// How a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
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
    pub(crate) fn of(term: &Term, as_of: Date) -> Self {
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
        let mut what = format!("{} {}", term.rule, self.title(term));
        if !term.label.is_empty() {
            what = format!("{what} ({})", term.label);
        }
        self.dated(out, term.due, &what)?;
        let (by, after) = (self.tone.say("door", "by"), self.tone.say("na", "after"));
        self.line(out, DAY, &format!("{after} {}", self.opener(term)))?;
        let ran = match outcome {
            Outcome::Runs(_) => self.tone.say("loopt vanaf", "runs from"),
            _ => self.tone.say("liep vanaf", "ran from"),
        };
        let course = format!("{by} {}, {ran} {}", term.by, self.day(term.begins));
        self.line(out, DAY, &format!("{course}: {}", self.outcome(outcome, term)))
    }

    /// What a term is called: by the standard, by the protocol that the message which opened it was
    /// judged by, or else by another.
    fn title(&self, term: &Term) -> &'static str {
        let opener = self.story.chapters.iter().find(|one| one.report.number == Some(term.message));
        let asked = opener.and_then(|one| Some(&*one.report.protocol.as_ref()?.name));
        let standard = self.story.dossier.standard();
        let own = standard.protocols.iter().filter(|one| Some(one.name) == asked);
        let laid = own.chain(standard.protocols).flat_map(|one| one.rules);
        let rule = standard.rules.iter().chain(laid).find(|rule| rule.code == term.rule);
        rule.map_or("", |rule| rule.title)
    }

    /// The message that opened a term and what it is about, in words of the message:
    /// `JW307 van 15-12-2026 (28-jw307.xml); levering 4711`.
    fn opener(&self, term: &Term) -> String {
        let file = self.file(term.message);
        let Some(info) = self.story.dossier.message(term.message) else { return file.to_owned() };
        let of = self.tone.say("van", "of");
        let on = info.received.map_or_else(String::new, |day| format!(" {of} {}", self.day(day)));
        let mut parts = vec![format!("{}{on} ({file})", info.name)];
        let mut about: Vec<_> = self
            .steps(Cause::Message(term.message))
            .map(|(standing, ..)| format!("{} {}", standing.process.name, standing.shown))
            .collect();
        about.dedup();
        let others = about.len().saturating_sub(ABOUT);
        about.truncate(ABOUT);
        if others > 0 {
            let (more, end) = (self.tone.say("en nog", "and"), self.tone.say("", " more"));
            about.push(format!("{more} {others}{end}"));
        }
        parts.extend(Some(about.join(", ")).filter(|about| !about.is_empty()));
        let pair = info.sender.zip(info.receiver);
        parts.extend(pair.and_then(|(one, other)| self.pair(one, other)));
        parts.join("; ")
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
