//! How a story is told: in which language, with or without values, and what belongs to what.

use std::collections::BTreeMap;
use std::io::{self, Write};

use regelwerk::standard::Text;
use regelwerk::{ChangeKind, Date, MessageInfo, MessageNo, MetBy, Term};

use crate::day;
use crate::dossier::facts::Fact;
use crate::dossier::standing::Standing;
use crate::dossier::story::{Chapter, Story};
use crate::text::{plain, wrap};
use crate::tone::{HEAD, Tone};

/// Columns that a day takes.
pub(crate) const DAY: usize = 12;
/// Columns that a line may take before it is broken between words.
const WIDTH: usize = 100;

/// By what something came to stand otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    /// A message.
    Message(MessageNo),
    /// The facts of a kind of one day.
    Fact(&'static str, Option<Date>),
}

/// What it takes to tell a story.
pub(crate) struct Telling<'s> {
    pub(crate) story: &'s Story,
    pub(crate) tone: Tone,
    /// Whether to show no values.
    pub(crate) redact: bool,
    /// What happened outside the message traffic, in order of day.
    pub(crate) facts: Vec<&'s Fact>,
    /// Where each course of each process stands.
    pub(crate) standings: Vec<Standing>,
    /// What changed by what: places in `standings`, with the states before and after.
    steps: BTreeMap<Cause, Vec<(usize, &'static str, &'static str)>>,
    /// Messages by their number.
    files: BTreeMap<MessageNo, &'s str>,
    /// The terms, as they stand on the day that is looked from.
    pub(crate) terms: Vec<Term>,
    /// By message, the terms that it opened or ended and that were not met in time: places in
    /// `terms`.
    late: BTreeMap<MessageNo, Vec<usize>>,
    /// The pairs of parties that messages are between, each in order of name, numbered.
    pairs: BTreeMap<(&'s str, &'s str), usize>,
}

/// By message, the places of the terms that it opened or ended and that were not met in time.
fn late(terms: &[Term]) -> BTreeMap<MessageNo, Vec<usize>> {
    let mut late: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (place, term) in terms.iter().enumerate().filter(|(_, term)| term.met == Some(false)) {
        late.entry(term.message).or_default().push(place);
        if let Some(MetBy::Message(by)) = term.met_by
            && by != term.message
        {
            late.entry(by).or_default().push(place);
        }
    }
    late
}

impl<'s> Telling<'s> {
    pub(crate) fn new(story: &'s Story, tone: Tone, redact: bool) -> Self {
        let standings = Standing::all(&story.dossier, tone, redact);
        let mut steps: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (place, standing) in standings.iter().enumerate() {
            for step in &standing.history {
                let cause = match step.by {
                    MetBy::Message(number) => Cause::Message(number),
                    MetBy::Fact(kind) => Cause::Fact(kind, step.day),
                    _ => continue,
                };
                steps.entry(cause).or_default().push((place, step.from, step.to));
            }
        }
        let mut facts: Vec<_> = story.supplies.facts.iter().collect();
        facts.sort_by_key(|fact| (fact.day, &fact.kind));
        let numbers = story.chapters.iter();
        let files = numbers.filter_map(|it| Some((it.report.number?, it.file.as_str()))).collect();
        let terms = story.dossier.terms(story.as_of);
        let mut pairs = BTreeMap::new();
        for info in story.dossier.messages() {
            if let Some((one, other)) = info.sender.zip(info.receiver) {
                let number = pairs.len() + 1;
                pairs.entry((one.min(other), one.max(other))).or_insert(number);
            }
        }
        let late = late(&terms);
        Self { story, tone, redact, facts, standings, steps, files, terms, late, pairs }
    }

    /// The terms that a message opened or ended and that were not met in time.
    pub(crate) fn late_at(&self, number: MessageNo) -> impl Iterator<Item = &Term> {
        let places = self.late.get(&number).into_iter().flatten();
        places.filter_map(|&place| self.terms.get(place))
    }

    /// Two parties, in whatever order; none where there are no others in the dossier.
    pub(crate) fn pair(&self, one: &str, other: &str) -> Option<String> {
        let (one, other) = (one.min(other), one.max(other));
        let number = self.pairs.get(&(one, other))?;
        let and = self.tone.say("en", "and");
        (self.pairs.len() > 1).then(|| match self.redact {
            true => format!("{} {number}", self.tone.say("partijen", "parties")),
            false => format!("{one} {and} {other}"),
        })
    }

    /// What a message or a fact changed: where something stands, and from which state to which it
    /// went.
    pub(crate) fn steps(
        &self,
        cause: Cause,
    ) -> impl Iterator<Item = (&Standing, &'static str, &'static str)> {
        let steps = self.steps.get(&cause).into_iter().flatten();
        steps.filter_map(|&(place, from, to)| Some((self.standings.get(place)?, from, to)))
    }

    /// The file of a message.
    pub(crate) fn file(&self, number: MessageNo) -> &'s str {
        self.files.get(&number).copied().unwrap_or_default()
    }

    /// What the dossier knows of a message, if it took it in.
    pub(crate) fn info(&self, chapter: &Chapter) -> Option<MessageInfo<'s>> {
        self.story.dossier.message(chapter.report.number?)
    }

    /// That the outcome of another message is not what it was.
    pub(crate) fn change(&self, number: MessageNo, kind: ChangeKind) -> String {
        let file = self.file(number);
        let (nl, en) = match kind {
            ChangeKind::PartlyRejected => ("keurt {} voor een deel af", "rejects part of {}"),
            ChangeKind::RejectedBefore => (
                "het antwoord op {} was er al en keurt het af",
                "the reply to {} was there already, and rejects it",
            ),
            ChangeKind::PartlyRejectedBefore => (
                "het antwoord op {} was er al en keurt er een deel van af",
                "the reply to {} was there already, and rejects part of it",
            ),
            ChangeKind::OrderOnly => (
                "blijkt: {} was alleen door de volgorde van ontvangst afgekeurd",
                "shows: {} was rejected by the order of arrival alone",
            ),
            _ => ("keurt {} af", "rejects {}"),
        };
        self.tone.say(nl, en).replace("{}", file)
    }

    /// A value from a message or a file, if it may be shown.
    pub(crate) fn value<'v>(&self, value: &'v str) -> &'v str {
        if self.redact { self.tone.say("(verborgen)", "(hidden)") } else { value }
    }

    /// A day as people write it.
    pub(crate) fn day(&self, day: Date) -> String {
        day::shown(day, self.tone.lang)
    }

    /// A number of days: `1 dag`.
    pub(crate) fn days(&self, number: i64) -> String {
        let (one, many) = (Text { nl: "dag", en: "day" }, Text { nl: "dagen", en: "days" });
        self.tone.count(usize::try_from(number).unwrap_or_default(), one, many)
    }

    /// A heading, with an empty line before what comes under it.
    pub(crate) fn heading(&self, out: &mut dyn Write, text: &str) -> io::Result<()> {
        writeln!(out, "{}\n", self.tone.paint(HEAD, &plain(text)))
    }

    /// A line that starts so many columns to the right, broken between words.
    pub(crate) fn line(&self, out: &mut dyn Write, indent: usize, text: &str) -> io::Result<()> {
        let lines = wrap(&plain(text), WIDTH.saturating_sub(indent));
        lines.iter().try_for_each(|line| writeln!(out, "{:indent$}{line}", ""))
    }

    /// A line of texts below each other's like, each in so many columns.
    pub(crate) fn columns(&self, out: &mut dyn Write, texts: &[(&str, usize)]) -> io::Result<()> {
        let cells = texts.iter().map(|&(text, width)| format!("{:width$}", plain(text)));
        writeln!(out, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end())
    }

    /// A line with a day before it.
    pub(crate) fn dated(
        &self,
        out: &mut dyn Write,
        day: Option<Date>,
        text: &str,
    ) -> io::Result<()> {
        let unknown = || self.tone.say("onbekend", "unknown").to_owned();
        let mut day = day.map_or_else(unknown, |day| self.day(day));
        for line in wrap(&plain(text), WIDTH - DAY) {
            writeln!(out, "{:DAY$}{}", std::mem::take(&mut day), self.tone.paint(HEAD, &line))?;
        }
        Ok(())
    }
}
