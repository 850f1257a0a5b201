//! Judging the messages of a folder under both sides.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use regelwerk::{MessageNo, Reason, Report, Severity, validate};

use super::sides::{By, Side};
use super::{Asked, BadImpact, Impact, Judged, Standing, carry};
use crate::dossier::folder::{self, Folder};
use crate::dossier::story::Opened;
use crate::dossier::trouble::{Trouble, What};
use crate::files::{self, Entry};
use crate::input::{self, Refusal};

/// What judges.
pub(super) struct Judge<'a> {
    pub(super) sides: [Side; 2],
    pub(super) asked: &'a Asked<'a>,
}

/// A dossier under one side.
struct Course {
    side: Side,
    opened: Opened,
    /// What is said of each message, in order, with its place in the dossier if it has one.
    told: Vec<(Judged, Option<MessageNo>)>,
}

impl Judge<'_> {
    /// Judges everything in the folder.
    pub(super) fn all(&self, impact: &mut Impact) -> Result<(), BadImpact> {
        if !self.asked.is_dossier {
            return self.messages(impact);
        }
        let dossiers = self.dossiers().map_err(|trouble| self.bad([trouble]))?;
        let mut bad = Vec::new();
        for dossier in &dossiers {
            if let Err(troubles) = self.dossier(dossier, impact) {
                self.without(dossier, &troubles, impact);
                bad.extend(troubles);
            }
        }
        // Where nothing at all could be judged there is no impact to tell of.
        match impact.messages == 0 && !bad.is_empty() {
            true => Err(self.bad(bad)),
            false => Ok(()),
        }
    }

    /// Each message by itself.
    fn messages(&self, impact: &mut Impact) -> Result<(), BadImpact> {
        let folder = Folder::open(self.asked.folder).map_err(|trouble| self.bad([trouble]))?;
        for (file, entry) in folder.messages {
            let read = bytes(&entry);
            let judged = self.sides.map(|side| match self.taken(side, &read) {
                Ok(bytes) => of_report(&validate(&bytes, &side.context()), side, self.asked),
                Err(wrong) => wrong.judged(self.asked),
            });
            impact.add(file, judged);
        }
        Ok(())
    }

    /// The folders that are a dossier.
    fn dossiers(&self) -> Result<Vec<PathBuf>, Trouble> {
        let folder = self.asked.folder;
        folder::check(folder)?;
        let refused =
            |error: io::Error| Trouble::new(folder, None, What::Refused(Refusal::from(error)));
        let inside = fs::read_dir(folder).map_err(refused)?;
        let paths = inside.map(|entry| entry.map(|entry| entry.path()));
        let mut paths: Vec<_> = paths.collect::<Result<_, _>>().map_err(refused)?;
        paths.sort();
        let is_message = |path: &PathBuf| !path.is_dir() && files::is_called_a_message(path);
        let folders: Vec<_> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
        match paths.iter().any(is_message) || folders.is_empty() {
            true => Ok(vec![folder.to_owned()]),
            false => Ok(folders),
        }
    }

    /// Judges a dossier: its messages are listed and read once, for both sides.
    fn dossier(&self, folder: &Path, impact: &mut Impact) -> Result<(), Vec<Trouble>> {
        let messages = Folder::open(folder).map_err(|trouble| vec![trouble])?.messages;
        let [from, to] = self.sides;
        let mut one = Course::open(from, folder, &messages)?;
        let mut other = Course::open(to, folder, &messages)?;
        for (file, entry) in &messages {
            let read = bytes(entry);
            for course in [&mut one, &mut other] {
                self.take_in(course, file, &read);
            }
        }
        let (were, are) = (one.told(self.asked), other.told(self.asked));
        for ((file, _), judged) in messages.iter().zip(were.into_iter().zip(are)) {
            impact.add(self.within(&folder.join(file)), judged.into());
        }
        Ok(())
    }

    fn take_in(&self, course: &mut Course, file: &str, read: &Result<Vec<u8>, Refusal>) {
        let side = course.side;
        let told = match self.taken(side, read) {
            Err(wrong) => (wrong.judged(self.asked), None),
            Ok(bytes) => {
                let report = course.opened.take_in(file.to_owned(), Ok(&bytes)).report;
                (of_report(&report, side, self.asked), report.number)
            }
        };
        course.told.push(told);
    }

    /// Tells of a folder that is no dossier why that is so.
    fn without(&self, folder: &Path, troubles: &[Trouble], impact: &mut Impact) {
        let is_empty = |trouble: &Trouble| trouble.what == What::Refused(Refusal::NoMessages);
        let why = troubles.iter().map(|trouble| trouble.text(self.asked.lang, false));
        let judged = Judged {
            why: Some(why.collect::<Vec<_>>().join("; ")),
            is_unreadable: !troubles.iter().all(is_empty),
            ..Judged::default()
        };
        impact.add_folder(self.within(folder), judged);
    }

    /// What something is called from the folder that was asked about.
    fn within(&self, path: &Path) -> String {
        let within = path.strip_prefix(self.asked.folder).unwrap_or(path);
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    /// The bytes that a side judges.
    fn taken<'b>(
        &self,
        side: Side,
        read: &'b Result<Vec<u8>, Refusal>,
    ) -> Result<Cow<'b, [u8]>, Wrong> {
        let bytes = read.as_ref().map_err(|refusal| Wrong::Refused(refusal.clone()))?;
        match side.by {
            By::Protocol(_) => Ok(Cow::Borrowed(bytes)),
            By::Release(release) => {
                let carried = carry::carried(bytes, release, &side.context(), self.asked.lang);
                carried.map_err(Wrong::NotCarried)
            }
        }
    }

    fn bad(&self, troubles: impl IntoIterator<Item = Trouble>) -> BadImpact {
        let told = troubles.into_iter().map(|trouble| trouble.text(self.asked.lang, false));
        BadImpact::Folder(told.collect())
    }
}

impl Course {
    fn open(side: Side, folder: &Path, messages: &[(String, Entry)]) -> Result<Self, Vec<Trouble>> {
        let opened = Opened::with(folder, messages.to_vec(), None, side.context())?;
        Ok(Self { side, opened, told: Vec::new() })
    }

    /// What is said of each message, with the terms that it opened and that ran out.
    fn told(self, asked: &Asked<'_>) -> Vec<Judged> {
        let mut late: BTreeMap<MessageNo, Vec<&str>> = BTreeMap::new();
        for term in self.opened.dossier.terms(asked.as_of) {
            if term.met == Some(false) {
                late.entry(term.message).or_default().push(term.rule);
            }
        }
        let with_terms = self.told.into_iter().map(|(mut judged, number)| {
            let late = number.and_then(|number| late.get(&number));
            judged.late.extend(late.into_iter().flatten().map(|&code| code.to_owned()));
            judged
        });
        with_terms.collect()
    }
}

/// Why a side cannot judge a message.
enum Wrong {
    /// Its file was not read.
    Refused(Refusal),
    /// The release has no place for it: why.
    NotCarried(String),
}

impl Wrong {
    fn judged(self, asked: &Asked<'_>) -> Judged {
        let (why, is_unreadable) = match self {
            Self::Refused(refusal) => {
                (regelwerk::Phrase::from(refusal).get(asked.lang).to_owned(), true)
            }
            Self::NotCarried(why) => (why, false),
        };
        Judged { why: Some(why), is_unreadable, ..Judged::default() }
    }
}

fn bytes(entry: &Entry) -> Result<Vec<u8>, Refusal> {
    match &entry.refusal {
        None => input::read(&entry.path, &mut io::empty()),
        Some(refusal) => Err(refusal.clone()),
    }
}

/// What a report comes down to for a side. Of a protocol only what it says itself counts: what the
/// standard says is the same under both.
fn of_report(report: &Report, side: Side, asked: &Asked<'_>) -> Judged {
    if let Some(why) = &report.unreadable {
        let why = Some(why.text(asked.lang));
        return Judged { why, is_unreadable: true, ..Judged::default() };
    }
    let is_of_protocol = matches!(side.by, By::Protocol(_));
    if is_of_protocol && let Some(why) = unheard(report) {
        let why = Some(why.text(asked.lang).into_owned());
        return Judged { why, ..Judged::default() };
    }
    let wrong = report.findings.iter().filter(|one| one.severity == Severity::Error);
    let wrong = wrong.filter(|one| !is_of_protocol || one.protocol.is_some());
    let rejected_by: BTreeSet<_> = wrong.map(|one| one.rule.to_owned()).collect();
    let verdict = match rejected_by.is_empty() {
        true => Standing::Accepted,
        false => Standing::Rejected,
    };
    Judged { verdict: Some(verdict), rejected_by, ..Judged::default() }
}

/// Why a protocol did not come to judge a message. That it says nothing of what is in it is none:
/// then it has nothing against it.
fn unheard(report: &Report) -> Option<&Reason> {
    let is_silent = report.protocol.as_ref().is_none_or(|protocol| protocol.verdict.is_none());
    let mut reasons = report.not_assessed.iter().map(|gap| &gap.reason);
    let is_it = |reason: &&Reason| match reason {
        Reason::ProtocolNotForRelease { .. } => true,
        // Where level 1 does not hold, no protocol judges.
        Reason::LevelFailed(level) => *level == 1,
        _ => false,
    };
    reasons.find(is_it).filter(|_| is_silent)
}
