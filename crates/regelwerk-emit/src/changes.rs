//! What differs between two protocols, or between two releases of a standard, as data.
//!
//! [`Comparison`] pairs what both sides have. Whether a rule became stricter or looser is not told
//! from its words but by [witnesses](Witness): whoever can judge messages runs the
//! [candidates](Comparison::candidates) under both sides, and puts in what came of them.

mod applies;
mod blocks;
mod candidates;
mod elements;
mod lengths;
mod markdown;
mod meaning;
mod pairs;
mod phrases;
mod side;
mod tables;
mod told;
mod words;

use serde::Serialize;

pub use applies::Applies;
pub use candidates::{Candidate, Missing, Story, Trial};
pub use elements::{Bound, ElementChange, Holds, Limit, Said};
pub use lengths::{HowLong, Length, Than};
pub use markdown::Frame;
pub use side::{BadSides, Comparison, Side};
pub use tables::TableChange;

/// Everything that differs, in the order in which it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// What is compared.
    pub from: About,
    /// With what.
    pub to: About,
    /// Rules and terms, also those that stayed as they were.
    pub rules: Vec<RuleChange>,
    /// Processes, views, facts and questions that one of both has not, or has otherwise.
    pub blocks: Vec<BlockChange>,
    /// Tables and code lists that differ.
    pub tables: Vec<TableChange>,
    /// Messages and elements that differ; none where one of both is not known completely, and between
    /// protocols.
    pub elements: Option<Vec<ElementChange>>,
    /// Whether witnesses were looked for.
    pub is_tried: bool,
}

/// A side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// `LTA-2019`, `ijw/3.1`.
    pub name: String,
    /// Full name.
    pub title: String,
    /// Citation.
    pub source: String,
    /// First day that it holds: `2026-01-01`.
    pub from: String,
    /// Last day that it holds, if it has ended.
    pub until: Option<String>,
    /// The releases that it says something of.
    pub releases: Vec<String>,
    /// How it is recognised and what it applies to, as written; of a release nothing.
    pub scope: Vec<String>,
    /// The same in words, without the language of rule files.
    pub applies: Vec<Applies>,
    /// Whether every element of its messages is known; true of a protocol.
    pub is_complete: bool,
}

/// A rule, and what comes in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// What became of it.
    pub kind: Kind,
    /// The rules of the one side.
    pub was: Vec<Told>,
    /// The rule of the other side.
    pub becomes: Option<Told>,
    /// Both say what they demand in the same words.
    pub same_words: bool,
    /// Both judge every message alike: they mean the same, at the same places, and what they look up
    /// is the same. Of what no machine judges: they say it in the same words.
    pub same_meaning: bool,
    /// What both look up by one name, and is not the same: `tabel tarieven.code`.
    pub differs: Vec<String>,
    /// Codes of the other rules that come in the place of the same rules.
    pub beside: Vec<String>,
    /// How long its terms are.
    pub lengths: Vec<Length>,
    /// How many messages and dossiers were run under both sides.
    pub tried: usize,
    /// Why others could not be run under both, each with how many.
    pub skipped: Vec<Skipped>,
    /// What the one side accepts and the other rejects.
    pub witnesses: Vec<Witness>,
}

/// What became of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It rejects what was accepted.
    Stricter,
    /// It accepts what was rejected.
    Looser,
    /// It does both.
    Both,
    /// It was not there.
    Added,
    /// It is no longer there.
    Gone,
    /// It means something else, and no case that was run shows a difference.
    Unseen,
    /// It means something else, and nothing could be run under both.
    Incomparable,
    /// A term that got longer.
    Longer,
    /// A term that got shorter.
    Shorter,
    /// Judged in another way, remarked upon otherwise, or a term of which neither is clearly longer.
    Otherwise,
    /// The same, said in other words.
    Reworded,
    /// As it was.
    Same,
}

/// How one side tells a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `CD041`
    pub code: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// What it demands, as the rule file writes it: lines.
    pub demands: Vec<String>,
    /// The messages and elements that it is for: `JW301 / ToegewezenProduct`.
    pub places: Vec<String>,
    /// How it is judged.
    pub how: How,
    /// The codes under which findings tell of it; none where no machine judges it.
    pub judged_by: Vec<String>,
    /// The rules of the standard that judge it, of one that follows those.
    pub follows: Vec<Followed>,
    /// Breaking it is a remark, which changes no verdict.
    pub is_remark: bool,
    /// Where it departs from the standard.
    pub deviations: Vec<String>,
    /// Level of control.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<String>,
    /// Where it stands: `rules/lta/2019/protocol.regels:12`.
    pub written_at: String,
}

/// A rule that another follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Followed {
    /// `OP090`
    pub code: String,
    /// Title, in Dutch.
    pub title: String,
}

/// How a rule is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By its own demands.
    Judged,
    /// As a term.
    Term,
    /// By these rules of the standard.
    Follows(Vec<String>),
    /// Not by a machine, for this reason.
    NotByMachine(String),
    /// Its machinery is still to come.
    NotYet,
}

/// Something that could not be run under both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Why.
    pub why: Missing,
    /// How many.
    pub count: usize,
}

/// A message or dossier that one side accepts and the other rejects by the rule, as was seen by
/// running both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// The other side rejects it, so the rule is stricter; else looser.
    pub is_stricter: bool,
    /// What it is, in the words of the rule file.
    pub words: String,
    /// The message and the element that it is made at, or the name of the scenario.
    pub place: String,
    /// The codes by which the rejecting side does so; none where the difference is a remark.
    pub rejected_by: Vec<String>,
    /// The codes of these rules that remark upon it, under the one side and under the other.
    pub remarked_by: [Vec<String>; 2],
    /// The rule of the accepting side looks at what is rejected; else it asks nothing there.
    pub is_looked_at: bool,
    /// The accepting side has nothing at all against it; else other rules of it do.
    pub is_whole: bool,
    /// It lies outside what the accepting side, or its rule, applies to.
    pub is_outside: bool,
    /// Codes by which the standard itself rejects it, where the sides are protocols over it.
    pub by_standard: Vec<String>,
    /// Codes by which the accepting side rejects it all the same.
    pub others: Vec<String>,
    /// What was run, under the one side and under the other.
    pub run: [Vec<Run>; 2],
}

/// A message as it was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its release.
    pub release: String,
    /// The day of receipt, in a dossier.
    pub received: Option<String>,
    /// The message.
    pub xml: String,
    /// Codes of the rules by which it was rejected.
    pub rejected_by: Vec<String>,
}

impl Witness {
    /// Whether only a remark differs.
    #[must_use]
    pub fn is_remark(&self) -> bool {
        self.rejected_by.is_empty()
    }
}

/// A block beside the rules that one side has not, or has otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BlockChange {
    /// The kind of block, as rule files write it: `proces`.
    pub block: &'static str,
    /// What it is called.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// What became of it: added, gone or otherwise.
    pub kind: Kind,
}

impl Changes {
    /// The rules that a machine judges on either side and of which this became.
    pub fn judged(&self, kind: Kind) -> impl Iterator<Item = &RuleChange> {
        self.rules.iter().filter(move |one| one.kind == kind && one.is_judged())
    }
}

impl RuleChange {
    /// Whether a machine judges it on either side.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.was.iter().chain(&self.becomes).any(|told| !told.judged_by.is_empty())
    }

    /// The codes by which a side judges it.
    #[must_use]
    pub fn codes(&self, is_other: bool) -> Vec<&str> {
        let told: Vec<_> = match is_other {
            false => self.was.iter().collect(),
            true => self.becomes.iter().collect(),
        };
        told.into_iter().flat_map(|one| &one.judged_by).map(String::as_str).collect()
    }

    /// Tells what became of it from all that is known of it now.
    pub fn settle(&mut self) {
        self.kind = self.found();
    }

    fn found(&self) -> Kind {
        let rejecting = self.witnesses.iter().filter(|one| !one.is_remark());
        let has = |is_stricter| rejecting.clone().any(|one| one.is_stricter == is_stricter);
        if self.was.is_empty() {
            return Kind::Added;
        }
        let Some(becomes) = &self.becomes else { return Kind::Gone };
        match (has(true), has(false)) {
            (true, true) => Kind::Both,
            (true, false) => Kind::Stricter,
            (false, true) => Kind::Looser,
            (false, false) => self.unseen(becomes),
        }
    }

    /// What became of it when no message shows a difference.
    fn unseen(&self, becomes: &Told) -> Kind {
        let is = |than| self.lengths.iter().any(|one| one.than == than);
        let is_as_before = self.was.iter().all(|was| was.how.is_like(&becomes.how));
        let is_remarked = !self.witnesses.is_empty();
        match (is(Than::Longer), is(Than::Shorter)) {
            (true, false) => Kind::Longer,
            (false, true) => Kind::Shorter,
            (true, true) => Kind::Otherwise,
            _ if is_remarked || is(Than::Otherwise) => Kind::Otherwise,
            _ if self.same_meaning && self.same_words => Kind::Same,
            _ if self.same_meaning => Kind::Reworded,
            _ if self.tried > 0 => Kind::Unseen,
            _ if !is_as_before => Kind::Otherwise,
            _ => Kind::Incomparable,
        }
    }
}

impl How {
    /// Whether both are judged in one way.
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Follows(one), Self::Follows(two)) => one == two,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
