//! Judging the messages of a folder under both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use regelwerk::{MessageNo, Reason, Report, Severity, validate};

use super::sides::{By, Side};
use super::{Asked, BadImpact, Impact, Judged, Standing, carry};
use crate::dossier::folder::{self, Folder};
use crate::dossier::story::Opened;
use crate::files::Entry;
use crate::input::{self, Refusal};

/// What judges.
pub(super) struct Judge<'a> {
    pub(super) sides: [Side; 2],
    pub(super) asked: &'a Asked<'a>,
}

impl Judge<'_> {
    /// Judges everything in the folder.
    pub(super) fn all(&self, impact: &mut Impact) -> Result<(), BadImpact> {
        if !self.asked.is_dossier {
            return self.messages(impact);
        }
        for dossier in self.dossiers()? {
            self.dossier(&dossier, impact)?;
        }
        Ok(())
    }

    /// Each message by itself.
    fn messages(&self, impact: &mut Impact) -> Result<(), BadImpact> {
        let folder = Folder::open(self.asked.folder).map_err(|trouble| self.bad([trouble]))?;
        for (file, entry) in folder.messages {
            let read = bytes(&entry);
            let judged = self.sides.map(|side| {
                let taken = read.clone().map_err(Wrong::Refused);
                let taken = taken.and_then(|bytes| self.taken(side, &bytes));
                match taken {
                    Ok(bytes) => of_report(&validate(&bytes, &side.context()), side, self.asked),
                    Err(wrong) => wrong.judged(self.asked),
                }
            });
            impact.add(file, judged);
        }
        Ok(())
    }

    /// The folders that are a dossier.
    fn dossiers(&self) -> Result<Vec<PathBuf>, BadImpact> {
        let folder = self.asked.folder;
        folder::check(folder).map_err(|trouble| self.bad([trouble]))?;
        let inside = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
        let mut paths: Vec<_> = inside.map(|entry| entry.path()).collect();
        paths.sort();
        let is_message = |path: &PathBuf| {
            path.is_file() && path.extension().is_some_and(|it| it.eq_ignore_ascii_case("xml"))
        };
        let folders: Vec<_> = paths.iter().filter(|path| path.is_dir()).cloned().collect();
        match paths.iter().any(is_message) || folders.is_empty() {
            true => Ok(vec![folder.to_owned()]),
            false => Ok(folders),
        }
    }

    fn dossier(&self, folder: &Path, impact: &mut Impact) -> Result<(), BadImpact> {
        let [from, to] = self.sides;
        let (were, are) = (self.told(from, folder)?, self.told(to, folder)?);
        let within = folder.strip_prefix(self.asked.folder).unwrap_or(folder);
        for ((file, was), (_, becomes)) in were.into_iter().zip(are) {
            let file = match within.as_os_str().is_empty() {
                true => file,
                false => format!("{}/{file}", within.display()),
            };
            impact.add(file, [was, becomes]);
        }
        Ok(())
    }

    /// What a side says of each message of a dossier.
    fn told(&self, side: Side, folder: &Path) -> Result<Vec<(String, Judged)>, BadImpact> {
        let opened = Opened::new(folder, None, side.context());
        let mut opened = opened.map_err(|troubles| self.bad(troubles))?;
        let mut told: Vec<(String, Judged, Option<MessageNo>)> = Vec::new();
        for (file, entry) in std::mem::take(&mut opened.messages) {
            let taken = bytes(&entry).map_err(Wrong::Refused);
            match taken.and_then(|bytes| self.taken(side, &bytes)) {
                Err(wrong) => told.push((file, wrong.judged(self.asked), None)),
                Ok(bytes) => {
                    let report = opened.take_in(file.clone(), Ok(bytes)).report;
                    told.push((file, of_report(&report, side, self.asked), report.number));
                }
            }
        }
        let mut late: BTreeMap<MessageNo, Vec<&str>> = BTreeMap::new();
        for term in opened.dossier.terms(self.asked.as_of) {
            if term.met == Some(false) {
                late.entry(term.message).or_default().push(term.rule);
            }
        }
        let with_terms = told.into_iter().map(|(file, mut judged, number)| {
            let late = number.and_then(|number| late.get(&number));
            judged.late.extend(late.into_iter().flatten().map(|&code| code.to_owned()));
            (file, judged)
        });
        Ok(with_terms.collect())
    }

    /// The bytes that a side judges.
    fn taken(&self, side: Side, bytes: &[u8]) -> Result<Vec<u8>, Wrong> {
        match side.by {
            By::Protocol(_) => Ok(bytes.to_vec()),
            By::Release(release) => {
                let carried = carry::carried(bytes, release, &side.context(), self.asked.lang);
                carried.map_err(Wrong::NotCarried)
            }
        }
    }

    fn bad(
        &self,
        troubles: impl IntoIterator<Item = crate::dossier::trouble::Trouble>,
    ) -> BadImpact {
        let told = troubles.into_iter().map(|trouble| trouble.text(self.asked.lang, false));
        BadImpact::Folder(told.collect())
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
