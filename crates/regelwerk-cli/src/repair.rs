//! The smallest repair of a message that is rejected: one or two fields changed, tried out.
//!
//! Nothing is reasoned about rules: what findings look at says which fields may be changed, what
//! rules, code lists and types name says into what, and the message is judged again. A repair that
//! is told was found accepted as a whole.

mod candidates;
mod change;
mod guide;
mod tree;

use std::io::{self, Write};

use regelwerk::{Context, Finding, Message, MessageKind, Report, Severity, Verdict, validate};
use serde::Serialize;

use self::candidates::Candidates;
use self::change::{Candidate, Change, ChangeView, order};
use self::tree::{Stray, Tree};
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{HEAD, Tone};

pub(crate) use guide::Guide;

/// Most messages that are tried.
const TRIED: usize = 2500;
/// Most bytes that are judged for it in all.
const JUDGED: usize = 24 * 1024 * 1024;
/// Most findings that are looked at of a message.
const LOOKED_AT: usize = 12;
/// Most repairs that are told.
const SHOWN: usize = 3;
/// Most changes of one field that are gone on from.
const ONWARD: usize = 3;

/// What came of looking for a repair.
#[derive(Debug)]
pub(crate) struct Repairs {
    /// The smallest that were found, all as small, the best first.
    pub(crate) found: Vec<Repair>,
    /// How many messages were tried.
    pub(crate) tried: usize,
    /// Whether there was more to try.
    pub(crate) is_cut: bool,
    /// Whether elements have to be put in the order and the namespaces of the schema besides.
    pub(crate) is_rearranged: bool,
}

/// A repair.
#[derive(Debug)]
pub(crate) struct Repair {
    pub(crate) changes: Vec<Change>,
    /// The message with it, as it was accepted.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tests judge it again"))]
    pub(crate) xml: String,
}

/// Looks for the smallest repair of a message that is rejected.
pub(crate) fn find(bytes: &[u8], context: &Context, guide: &Guide<'_>) -> Repairs {
    let nothing = Repairs { found: Vec::new(), tried: 0, is_cut: false, is_rearranged: false };
    let Ok(message) = Message::read(bytes, context) else { return nothing };
    let report = message.validate(context);
    let (tree, strays) = Tree::of(&message);
    // Of a release that is not complete what it does not know is accepted.
    let strays = if message.release().is_complete { strays } else { Vec::new() };
    let candidates = Candidates { kind: message.kind(), guide };
    let mut search = Search {
        kind: message.kind(),
        context,
        report: &report,
        candidates,
        tried: 0,
        bytes: 0,
        is_cut: false,
        found: Vec::new(),
    };
    let forced: Vec<Change> = strays.iter().map(Change::stray).collect();
    let is_rearranged = search.run(&tree, &strays, forced.len());
    let Search { tried, is_cut, found, .. } = search;
    Repairs { found: best(found, &forced), tried, is_cut, is_rearranged }
}

/// The smallest of what was found, for each field one.
fn best(mut found: Vec<Found>, forced: &[Change]) -> Vec<Repair> {
    found.sort_by(|a, b| order(&a.candidates, &b.candidates));
    let smallest = found.first().map_or(0, |first| first.candidates.len());
    let mut fields: Vec<Vec<String>> = Vec::new();
    let mut kept = Vec::new();
    for one in found.into_iter().filter(|one| one.candidates.len() == smallest) {
        let mut paths: Vec<_> = one.candidates.iter().map(|it| it.change.path.clone()).collect();
        paths.sort();
        if kept.len() < SHOWN && !fields.contains(&paths) {
            fields.push(paths);
            let changes = one.candidates.into_iter().map(|it| it.change);
            kept.push(Repair {
                changes: forced.iter().cloned().chain(changes).collect(),
                xml: one.xml,
            });
        }
    }
    kept
}

struct Found {
    candidates: Vec<Candidate>,
    xml: String,
}

/// A message with one change that undid what it was made for, but not all.
struct Onward {
    candidate: Candidate,
    tree: Tree,
    report: Report,
}

struct Search<'s> {
    kind: MessageKind,
    context: &'s Context,
    /// Of the message as it is.
    report: &'s Report,
    candidates: Candidates<'s>,
    tried: usize,
    bytes: usize,
    is_cut: bool,
    found: Vec<Found>,
}

impl Search<'_> {
    /// Tries changes of a tree, no more than two with those that are forced. Gives whether the tree
    /// alone has less wrong than the message, without what has no place.
    fn run(&mut self, tree: &Tree, strays: &[Stray], forced: usize) -> bool {
        let Some((report, xml)) = self.judge(tree) else { return false };
        let is_stray = |it: &Finding| strays.iter().any(|stray| stray.path() == it.path);
        let has = |it: &Finding| {
            report.findings.iter().any(|other| (other.rule, &other.path) == (it.rule, &it.path))
        };
        let first_level = self.report.findings.iter().filter(|it| it.level == Some(1));
        let is_rearranged = first_level.into_iter().any(|it| !is_stray(it) && !has(it));
        if forced > 2 {
            return is_rearranged;
        }
        if self.accepts(&report) {
            self.found.push(Found { candidates: Vec::new(), xml });
            return is_rearranged;
        }
        let onward = if forced < 2 { self.one(tree, &report) } else { Vec::new() };
        if self.found.is_empty() && forced == 0 {
            self.two(onward);
        }
        is_rearranged
    }

    /// Tries each change of one field.
    fn one(&mut self, tree: &Tree, report: &Report) -> Vec<Onward> {
        let mut onward: Vec<Onward> = Vec::new();
        let mut known: Vec<Change> = Vec::new();
        for finding in wrong(report).take(LOOKED_AT) {
            for candidate in self.candidates.of(finding, tree) {
                if self.is_cut {
                    return onward;
                }
                if known.contains(&candidate.change) {
                    continue;
                }
                known.push(candidate.change.clone());
                let Some(made) = self.made(&candidate, tree) else { continue };
                let Some((report, xml)) = self.judge(&made) else { continue };
                if self.accepts(&report) {
                    self.found.push(Found { candidates: vec![candidate], xml });
                    continue;
                }
                let is_gone =
                    !wrong(&report).any(|it| (it.rule, &it.path) == (finding.rule, &finding.path));
                let of_field = onward
                    .iter()
                    .filter(|it| it.candidate.change.path == candidate.change.path)
                    .count();
                if is_gone && of_field < ONWARD {
                    onward.push(Onward { candidate, tree: made, report });
                }
            }
        }
        onward
    }

    /// Tries a second change after each that undid something.
    fn two(&mut self, onward: Vec<Onward>) {
        for Onward { candidate: first, tree, report } in onward {
            for finding in wrong(&report).take(LOOKED_AT) {
                for second in self.candidates.of(finding, &tree) {
                    // Enough is enough: what comes later is no smaller.
                    if self.found.len() >= SHOWN || self.is_cut {
                        return;
                    }
                    if second.trail == first.trail {
                        continue;
                    }
                    let Some(made) = self.made(&second, &tree) else { continue };
                    let Some((report, xml)) = self.judge(&made) else { continue };
                    if self.accepts(&report) {
                        self.found.push(Found { candidates: vec![first.clone(), second], xml });
                        break;
                    }
                }
            }
        }
    }

    fn made(&self, candidate: &Candidate, tree: &Tree) -> Option<Tree> {
        let candidates = self.candidates;
        candidate.apply(tree, &|above, name| candidates.make(above, name))
    }

    /// What a tree is judged to be, as long as there is room to try.
    fn judge(&mut self, tree: &Tree) -> Option<(Report, String)> {
        if self.is_cut {
            return None;
        }
        let xml = tree.xml(self.kind)?;
        if self.tried == TRIED || self.bytes + xml.len() > JUDGED {
            self.is_cut = true;
            return None;
        }
        self.tried += 1;
        self.bytes += xml.len();
        Some((validate(xml.as_bytes(), self.context), xml))
    }

    /// Whether a message is accepted as what it was, by the standard and the protocol.
    fn accepts(&self, report: &Report) -> bool {
        let is_same =
            (report.message, report.release) == (self.report.message, self.report.release);
        let was = self.report.protocol.as_ref().filter(|it| it.is_applied());
        let is = report.protocol.as_ref().filter(|it| it.is_applied());
        let judged =
            |of: Option<&regelwerk::ProtocolReport>| of.is_some_and(|it| it.verdict.is_some());
        let keeps = was.map(|it| &it.name) == is.map(|it| &it.name) && (judged(is) || !judged(was));
        is_same && keeps && report.verdict == Verdict::Accepted && !report.rejects()
    }
}

fn wrong(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|it| it.severity == Severity::Error)
}

/// A repair as JSON.
#[derive(Debug, Serialize)]
pub(crate) struct RepairView {
    tried: usize,
    cut_short: bool,
    rearrange: bool,
    repairs: Vec<Vec<ChangeView>>,
}

impl RepairView {
    pub(crate) fn of(repairs: &Repairs, redact: bool) -> Self {
        let view = |repair: &Repair| repair.changes.iter().map(|it| it.view(redact)).collect();
        Self {
            tried: repairs.tried,
            cut_short: repairs.is_cut,
            rearrange: repairs.is_rearranged,
            repairs: repairs.found.iter().map(view).collect(),
        }
    }
}

impl Repairs {
    /// Tells the repairs, or that there is none so small.
    pub(crate) fn tell(&self, tone: Tone, redact: bool, out: &mut dyn Write) -> io::Result<()> {
        let head = tone.paint(HEAD, tone.say("kleinste herstel", "smallest repair"));
        writeln!(out, "\n{head}: {}", self.outcome(tone))?;
        let or = tone.say("of ", "or ");
        for (number, repair) in self.found.iter().enumerate() {
            let changes = repair.changes.iter().map(|it| it.text(tone, redact));
            let rearranged = self.is_rearranged.then(|| {
                tone.say(
                    "zet de elementen in de volgorde en de naamruimten van het schema",
                    "put the elements in the order and the namespaces of the schema",
                )
                .to_owned()
            });
            let all: Vec<_> = changes.chain(rearranged).collect();
            let told = all.join(tone.say(" en ", " and "));
            let told = format!("{}{told}", if number > 0 { or } else { "" });
            for (at, line) in wrap(&plain(&told), WIDTH - 4).iter().enumerate() {
                writeln!(out, "{}{line}", if at == 0 { "  " } else { "    " })?;
            }
        }
        Ok(())
    }

    /// What came of looking, and how far was looked.
    fn outcome(&self, tone: Tone) -> String {
        let tried = format!("{} {}", self.tried, tone.say("geprobeerd", "tried"));
        let cut = match self.is_cut {
            true => tone.say("; er is niet verder gezocht", "; no further search was made"),
            false => "",
        };
        match self.found.is_empty() {
            true => {
                let none = tone.say(
                    "geen herstel van een of twee velden gevonden",
                    "no repair of one or two fields found",
                );
                format!("{none} ({tried}{cut})")
            }
            false => {
                let verified = tone.say("daarmee goedgekeurd", "accepted with it");
                format!("{verified} ({tried}{cut})")
            }
        }
    }
}

impl Stray {
    fn path(&self) -> &str {
        match self {
            Self::Element(path) | Self::Attribute(path) | Self::Text(path) => path,
        }
    }
}
