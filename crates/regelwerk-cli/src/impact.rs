//! `regelwerk impact`: what would other rules have said of an archive?

mod carry;
mod judge;
mod sides;
mod telling;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use regelwerk::{Date, Standard};
use regelwerk_compiler::emit::changes::BadSides;
use serde::Serialize;

use crate::changes::complaint;
use crate::rules::Rules;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, day};

use judge::Judge;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "DIR", help = "Map met berichten (*.xml), ook in mappen daarin")]
    folder: PathBuf,
    #[arg(
        long,
        value_name = "NAME",
        help = "Een protocol, zoals LTA-2019, of een release, zoals ijw/3.1"
    )]
    from: String,
    #[arg(long, value_name = "NAME", help = "Waarmee het wordt vergeleken")]
    to: String,
    #[arg(
        long,
        help = "DIR is een dossier; staan er geen berichten in DIR zelf, dan is elke map erin een dossier"
    )]
    dossier: bool,
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        value_parser = day::argument,
        requires = "dossier",
        help = "De dag waarop naar termijnen wordt gekeken; anders vandaag"
    )]
    as_of: Option<Date>,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Een object in JSON")]
    Json,
}

/// What is asked of an archive.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The folder with messages.
    pub folder: &'a Path,
    /// The protocol or the release of the one side: `ijw/3.1`.
    pub from: &'a str,
    /// That of the other.
    pub to: &'a str,
    /// The folder is a dossier, or each folder in it is.
    pub is_dossier: bool,
    /// The day on which terms are looked at.
    pub as_of: Date,
    /// The language of reasons.
    pub lang: regelwerk::Lang,
}

/// What came of an archive under both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// The one side.
    pub from: String,
    /// The other.
    pub to: String,
    /// How many messages.
    pub messages: usize,
    /// How many have one verdict under both sides.
    pub same: usize,
    /// What is not the same.
    pub changed: Vec<Line>,
    /// What cannot be compared, with why: messages, and folders that are no dossier.
    pub incomparable: Vec<Line>,
    /// For each rule how many messages it made change.
    pub rules: BTreeMap<String, RuleImpact>,
    /// Whether something could not be read.
    pub has_unreadable: bool,
}

/// How many messages changed by a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RuleImpact {
    /// Are rejected by it, or late, under the other side and were in order.
    pub now_rejects: usize,
    /// Were rejected by it, or late, under the one side and are in order.
    pub no_longer_rejects: usize,
}

/// A message under both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its file, from the folder.
    pub file: String,
    /// Under the one side.
    pub was: Judged,
    /// Under the other.
    pub becomes: Judged,
    /// What the other side has against it that the one has not, or the reverse; none where that
    /// makes no difference.
    pub change: Option<Direction>,
}

/// Which side has more against a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The other side rejects it, or says that a term has run out.
    Stricter,
    /// The one side did, and the other does not.
    Looser,
}

/// What one side says of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// What it comes down to; none where it says nothing, or cannot.
    pub verdict: Option<Standing>,
    /// Why it says nothing.
    pub why: Option<String>,
    /// Codes of the rules that reject it.
    pub rejected_by: BTreeSet<String>,
    /// Codes of terms that it opened and that ran out.
    pub late: BTreeSet<String>,
    /// It could not be read.
    #[serde(skip)]
    pub is_unreadable: bool,
}

/// What it comes down to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is wrong in what was judged.
    Accepted,
    /// Something is wrong.
    Rejected,
}

/// Why an archive cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadImpact {
    /// The sides.
    Sides(BadSides),
    /// What was supplied: what is wrong with it.
    Folder(Vec<String>),
}

impl From<BadSides> for BadImpact {
    fn from(bad: BadSides) -> Self {
        Self::Sides(bad)
    }
}

/// Tells which messages change.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(catalogue) = rules.catalogue(streams)? else { return Ok(Exit::Unusable) };
    let asked = Asked {
        folder: &args.folder,
        from: &args.from,
        to: &args.to,
        is_dossier: args.dossier,
        as_of: args.as_of.unwrap_or_else(day::today),
        lang: tone.lang,
    };
    let impact = match measured(catalogue.standards, &asked) {
        Ok(impact) => impact,
        Err(BadImpact::Sides(bad)) => {
            streams.complain(&complaint(&bad, tone))?;
            return Ok(Exit::Unusable);
        }
        Err(BadImpact::Folder(troubles)) => {
            for trouble in troubles {
                streams.complain(&trouble)?;
            }
            return Ok(Exit::Unusable);
        }
    };
    match args.format {
        Format::Text => telling::text(&impact, tone, streams.stdout)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *streams.stdout, &impact)?;
            writeln!(streams.stdout)?;
        }
    }
    Ok(impact.exit())
}

/// Judges the messages of a folder under both sides.
///
/// # Errors
///
/// When there is nothing of one of both names, they cannot be compared, or there are no messages.
pub fn measured(standards: &[&'static Standard], asked: &Asked<'_>) -> Result<Impact, BadImpact> {
    let sides = sides::find(standards, [asked.from, asked.to])?;
    let mut impact = Impact::new(sides.map(sides::Side::name));
    let judge = Judge { sides, asked };
    judge.all(&mut impact)?;
    Ok(impact)
}

impl Impact {
    fn new([from, to]: [String; 2]) -> Self {
        Self {
            from,
            to,
            messages: 0,
            same: 0,
            changed: Vec::new(),
            incomparable: Vec::new(),
            rules: BTreeMap::new(),
            has_unreadable: false,
        }
    }

    /// Whether nothing could be compared at all. That says nothing of what changes.
    fn is_vain(&self) -> bool {
        self.same == 0 && self.changed.is_empty() && !self.incomparable.is_empty()
    }

    fn exit(&self) -> Exit {
        match () {
            () if self.has_unreadable || self.is_vain() => Exit::Unusable,
            () if !self.changed.is_empty() => Exit::Rejected,
            () => Exit::Good,
        }
    }

    /// Tells of a folder that could not be judged; it is no message.
    fn add_folder(&mut self, folder: String, judged: Judged) {
        self.has_unreadable |= judged.is_unreadable;
        let becomes = judged.clone();
        self.incomparable.push(Line { file: folder, was: judged, becomes, change: None });
    }

    fn add(&mut self, file: String, [was, becomes]: [Judged; 2]) {
        self.messages += 1;
        self.has_unreadable |= was.is_unreadable || becomes.is_unreadable;
        let change = was.change(&becomes);
        let is_judged = was.verdict.is_some() && becomes.verdict.is_some();
        let line = Line { file, was, becomes, change };
        match change {
            _ if !is_judged => self.incomparable.push(line),
            None => self.same += 1,
            Some(direction) => {
                let Line { was, becomes, .. } = &line;
                let (more, less) = match direction {
                    Direction::Stricter => (becomes, was),
                    Direction::Looser => (was, becomes),
                };
                for code in more.beyond(less) {
                    let rule = self.rules.entry(code.clone()).or_default();
                    match direction {
                        Direction::Stricter => rule.now_rejects += 1,
                        Direction::Looser => rule.no_longer_rejects += 1,
                    }
                }
                self.changed.push(line);
            }
        }
    }
}

impl Judged {
    /// Which of both sides has more against a message, by the verdict or else by the terms that ran
    /// out. A term that ran out by one rule here and by another there is no difference.
    fn change(&self, other: &Self) -> Option<Direction> {
        match (self.verdict?, other.verdict?) {
            (Standing::Accepted, Standing::Rejected) => return Some(Direction::Stricter),
            (Standing::Rejected, Standing::Accepted) => return Some(Direction::Looser),
            _ => {}
        }
        let has_more = |one: &Self, other: &Self| one.late.difference(&other.late).next().is_some();
        match (has_more(self, other), has_more(other, self)) {
            (false, true) => Some(Direction::Stricter),
            (true, false) => Some(Direction::Looser),
            _ => None,
        }
    }

    /// Codes of what it has against a message and the other has not.
    fn beyond<'j>(&'j self, other: &'j Self) -> impl Iterator<Item = &'j String> {
        self.rejected_by.difference(&other.rejected_by).chain(self.late.difference(&other.late))
    }
}
