//! Rules, their wordings and their examples.

use regelwerk_diag::Span;

use crate::Asked;
use crate::core::Step;
use crate::{FacetKind, Field, Scenario, TermPart, Within};

/// A rule: an identity that keeps its meaning for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// `CD041`
    pub code: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations; never empty.
    pub sources: Vec<String>,
    /// Readings chosen where a source can be read in more than one way.
    pub readings: Vec<String>,
    /// Where and why it departs from the standard.
    pub deviations: Vec<String>,
    /// Codes of rules to read beside it.
    pub see: Vec<String>,
    /// Codes of the rules of an earlier protocol that it comes in the place of.
    pub replaces: Vec<String>,
    /// Level of control.
    pub level: Option<u8>,
    /// Code for the reply message.
    pub retourcode: Option<String>,
    /// The level that it is judged with, where that is another than its own.
    pub judged_at: Option<u8>,
    /// Why no element refers to it, where that is meant.
    pub nowhere: Option<String>,
    /// `ernst: opmerking`: breaking it is a remark, which rejects nothing. It has no level.
    pub is_remark: bool,
    /// The releases in which it holds where it has no wordings, each of which has its own: what its
    /// `geldig:` says, else every complete release, or those of its protocol.
    pub period: Option<Interval>,
    /// How it is judged.
    pub kind: RuleKind,
    /// Its clauses that demand something, those of all its wordings, in the order written; each
    /// without what stands under it.
    pub demands: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

impl Rule {
    /// Whether it looks beyond the message judged, so that scenarios are its examples.
    #[must_use]
    pub fn looks_beyond(&self) -> bool {
        self.kind == RuleKind::Order || self.looks_further()
    }

    /// Whether a wording of it asks for more than its message.
    #[must_use]
    pub fn looks_further(&self) -> bool {
        let RuleKind::Judged(wordings) = &self.kind else { return false };
        wordings.iter().any(|one| !Asked::by_steps(&one.body).is_nothing())
    }

    /// How many good and how many bad examples it has. Of a rule that looks beyond the message these
    /// are scenarios that are about it; of a term whose last day the message tells, scenarios that
    /// expect how it stands.
    #[must_use]
    pub fn examples(&self, scenarios: &[Scenario]) -> [usize; 2] {
        [true, false].map(|is_good| match &self.kind {
            _ if self.looks_beyond() => {
                let about = scenarios.iter().filter(|one| one.about.contains(&self.code));
                let is_side = |one: &&Scenario| match is_good {
                    true => one.keeps(&self.code),
                    false => one.breaks(&self.code),
                };
                about.filter(is_side).count()
            }
            RuleKind::Judged(wordings) => {
                let all = wordings.iter().flat_map(|wording| &wording.examples);
                all.filter(|example| example.is_good == is_good).count()
            }
            RuleKind::Facet(_, all) => all.iter().filter(|one| one.is_good == is_good).count(),
            RuleKind::Form(_, all) => all.iter().filter(|one| one.is_good == is_good).count(),
            RuleKind::Term(parts) if parts.iter().any(|part| part.within == Within::Until) => {
                scenarios.iter().filter(|one| one.shows_term(&self.code, is_good)).count()
            }
            // An example of a term is good on its last day, and bad a day later.
            RuleKind::Term(parts) => parts.iter().map(|part| part.examples.len()).sum(),
            RuleKind::NotByMachine(_)
            | RuleKind::Follows(_)
            | RuleKind::NotYet
            | RuleKind::Order => 0,
        })
    }
}

/// How a rule is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleKind {
    /// By its wordings.
    Judged(Vec<Wording>),
    /// At level 1, by the types that refer to it; `None` where each message has a pattern of its
    /// own.
    Facet(Option<FacetKind>, Vec<ValueExample>),
    /// On the outer form of a file; breaking it is a remark.
    Form(Vec<Form>, Vec<FormExample>),
    /// `termijn`: by what follows in the dossier, and when.
    Term(Vec<TermPart>),
    /// `volgt:` of a protocol: by these rules of the standard.
    Follows(Vec<String>),
    /// Not by a machine, for this reason.
    NotByMachine(String),
    /// `volgorde van ontvangst`: told by the kernel where only the order in which messages arrived
    /// made another rule fail; breaking it is a remark.
    Order,
    /// Its machinery is still to come.
    NotYet,
}

/// A demand on the outer form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// It is encoded as UTF-8.
    Utf8,
    /// It does not start with a byte-order mark.
    NoByteOrderMark,
    /// Its lines end in CR and LF.
    CrLf,
    /// It has at most this many bytes.
    MaxBytes(u64),
}

/// An example of a rule on the outer form of a file: a file of this form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormExample {
    /// It keeps to the rule.
    pub is_good: bool,
    /// What the file is like.
    pub file: OuterForm,
    /// Where it stands.
    pub span: Span,
}

/// The outer form of a file. What an example does not say is as the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OuterForm {
    /// It is encoded as UTF-16, not UTF-8.
    pub is_utf16: bool,
    /// It starts with a byte-order mark.
    pub has_bom: bool,
    /// Its lines end in LF alone, not in CR and LF.
    pub is_bare_lf: bool,
    /// It has at least this many bytes.
    pub bytes: u64,
}

/// One wording of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// When it holds.
    pub interval: Interval,
    /// Names of its parameters.
    pub params: Vec<String>,
    /// What it says.
    pub body: Vec<Step>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Its clauses that demand something, as [`Rule::demands`].
    pub demands: Vec<Span>,
}

/// A range of releases of one standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First release, as an index.
    pub first: usize,
    /// Last release, as an index.
    pub last: usize,
}

impl Interval {
    /// Whether a release is in it.
    #[must_use]
    pub fn has(self, release: usize) -> bool {
        (self.first..=self.last).contains(&release)
    }

    /// Whether the two share a release.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// An example of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// It keeps to the rule.
    pub is_good: bool,
    /// Fields of the element that the rule is judged at, one list for each element side by side.
    /// A path that starts with `Bericht` starts at the root; a first name in lower case is a
    /// parameter.
    pub elements: Vec<Vec<Field>>,
    /// Where it stands.
    pub span: Span,
    /// Where its fields stand, without the word that it is an example.
    pub said: Span,
}

/// An example of a rule that stands for a facet: a bare value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueExample {
    /// It keeps to the rule.
    pub is_good: bool,
    /// The value.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}
