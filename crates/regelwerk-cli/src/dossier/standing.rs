//! Where each course of each process stands.

use std::collections::BTreeMap;
use std::io::{self, Write};

use regelwerk::standard::{Base, ProcessDef};
use regelwerk::{Date, Dossier, MetBy};

use crate::day;
use crate::dossier::telling::Telling;
use crate::tone::Tone;

/// Of a process with more courses than this, those that have come to an end are only counted.
const MANY: usize = 12;
/// Columns that the key of a course takes at the least.
const KEY: usize = 28;
/// Columns that a state takes.
const STATE: usize = 16;
/// Columns that the file takes since which it stands so.
const SINCE: usize = 20;

/// Where one course of a process stands.
#[derive(Debug)]
pub(crate) struct Standing {
    /// The process.
    pub(crate) process: &'static ProcessDef,
    /// The two parties that it is between; none of a process over all parties.
    pub(crate) parties: Option<(String, String)>,
    /// What tells it from another course of the process, if values may be shown.
    pub(crate) key: String,
    /// The same as people write it.
    pub(crate) shown: String,
    /// The state that it is in.
    pub(crate) state: &'static str,
    /// How it came there.
    pub(crate) history: Vec<Step>,
}

/// A step from one state to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// The message or the fact at which.
    pub(crate) by: MetBy,
    /// The day on which.
    pub(crate) day: Option<Date>,
    /// The state before.
    pub(crate) from: &'static str,
    /// The state after.
    pub(crate) to: &'static str,
}

impl Standing {
    /// Where everything in a dossier stands, in order of process and key.
    pub(crate) fn all(dossier: &Dossier, tone: Tone, redact: bool) -> Vec<Self> {
        let processes = dossier.standard().dossier.processes;
        let standings = dossier.states().into_iter().filter_map(|it| {
            let process = processes.iter().find(|process| process.name == it.process)?;
            let steps = it.history.iter();
            let history = steps.map(|it| Step { by: it.by, day: it.day, from: it.from, to: it.to });
            let shown = shown(dossier, process, &it.key, tone);
            let history = history.collect();
            let (parties, key, state) = (it.parties, it.key, it.state);
            Some(Self { process, parties, key, shown, state, history })
        });
        let mut standings: Vec<_> = standings.collect();
        if redact {
            hide(&mut standings, tone);
        }
        standings
    }

    /// Whether a state is where every course begins.
    pub(crate) fn begins(&self, state: &str) -> bool {
        self.process.states.get(usize::from(self.process.initial)) == Some(&state)
    }

    /// Whether its course has come to an end.
    fn is_over(&self) -> bool {
        let mut ends =
            self.process.ends.iter().map(|&end| self.process.states.get(usize::from(end)));
        ends.any(|end| end == Some(&self.state))
    }
}

/// Keys give way to numbers, so that one course can still be told from another.
fn hide(standings: &mut [Standing], tone: Tone) {
    let hidden = tone.say("verborgen", "hidden");
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for standing in standings {
        let number = numbers.entry(standing.process.name).or_default();
        *number += 1;
        standing.shown = format!("({hidden} {number})");
        standing.key.clone_from(&standing.shown);
    }
}

/// A key with days as people write them. One that cannot be told apart into its values is as it is.
fn shown(dossier: &Dossier, process: &ProcessDef, key: &str, tone: Tone) -> String {
    let def = dossier.standard().dossier;
    let values: Vec<_> = key.split(' ').collect();
    let Some(trigger) = process.triggers.first().filter(|it| it.key.len() == values.len()) else {
        return key.to_owned();
    };
    let columns = def.sources.get(usize::from(trigger.source)).map_or(&[][..], |it| it.columns);
    let shown = values.iter().zip(trigger.key).map(|(&value, &column)| {
        let column = columns.get(usize::from(column));
        let is_day = column.is_some_and(|column| column.base == Base::Date);
        let day = day::argument(value).ok().filter(|_| is_day);
        day.map_or_else(|| value.to_owned(), |day| day::shown(day, tone.lang))
    });
    shown.collect::<Vec<_>>().join(" ")
}

impl Telling<'_> {
    /// Tells where everything stands, process by process.
    pub(crate) fn standings(&self, out: &mut dyn Write) -> io::Result<()> {
        for process in self.standings.chunk_by(|one, other| one.process.name == other.process.name)
        {
            self.process(out, process)?;
        }
        Ok(())
    }

    fn process(&self, out: &mut dyn Write, courses: &[Standing]) -> io::Result<()> {
        let Some(first) = courses.first() else { return Ok(()) };
        self.line(out, 0, &format!("{}: {}", first.process.name, first.process.title))?;
        let is_counted = |course: &&Standing| courses.len() > MANY && course.is_over();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for course in courses.iter().filter(is_counted) {
            *counts.entry(course.state).or_default() += 1;
        }
        let width = courses.iter().map(|course| course.shown.chars().count()).max();
        for course in courses.iter().filter(|course| !is_counted(course)) {
            self.course(out, course, width.unwrap_or_default().max(KEY))?;
        }
        if !counts.is_empty() {
            let counts = counts.iter().map(|(state, number)| format!("{number} {state}"));
            let over = self.tone.say("afgerond", "ended");
            self.line(out, 2, &format!("{over}: {}", counts.collect::<Vec<_>>().join(", ")))?;
        }
        writeln!(out)
    }

    /// What a course stands at, since which message.
    fn course(&self, out: &mut dyn Write, course: &Standing, width: usize) -> io::Result<()> {
        let last = course.history.last().map(|step| step.by);
        let since = last.map_or("", |by| self.met_by(by));
        let between = course.parties.as_ref().and_then(|(one, other)| self.pair(one, other));
        let between = between.unwrap_or_default();
        let shown = (&*course.shown, width);
        self.columns(out, &[shown, (course.state, STATE), (since, SINCE), (&between, 0)])
    }
}
