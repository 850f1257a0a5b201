//! The resolved standard: plain data that emitters, tools and tests read.
//!
//! Everything here has been checked: a name that stands here exists, a comparison that stands here
//! compares like with like. Rules lower to the typed core in [`core`], the one meaning they have.

mod asked;
mod calendar;
pub mod core;
pub mod describe;
pub mod dossier;
mod message;
mod outcome;
mod pattern;
mod placed;
pub mod plan;
pub mod process;
mod protocol;
mod reading;
mod reply;
mod rule;
pub mod scenario;
mod term;
mod waiver;

use regelwerk_diag::Span;

pub use asked::Asked;
pub use calendar::{Calendar, DayCount, Holiday, HolidayDay};
pub use message::{
    Base, CodeList, Content, Facet, FacetKind, Field, Group, Header, Message, Namespace, Node,
    NodeId, Placed, Published, ROOT, Release, SimpleType, Use,
};
pub use outcome::{Outcome, Seen, outcome};
pub use pattern::{Pattern, translate_pattern};
pub use placed::{Applies, Covered, Departure, not_yet};
pub use protocol::{Application, Carrier, Norm, Protocol, Recognition, Table};
pub use reading::Reading;
pub use reply::{Amount, Filling, Given, Reply, ReplyCase, When};
pub use rule::{
    Example, Form, FormExample, Interval, OuterForm, Rule, RuleKind, ValueExample, Wording,
};
pub use scenario::Scenario;
pub use term::{Course, Ending, Moment, TermExample, TermPart, Within};
pub use waiver::{Waived, Waiver};

/// Everything that the rule files say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Model {
    /// The standards, in order of name.
    pub standards: Vec<Standard>,
}

/// A standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// `ijw`
    pub name: String,
    /// Full name.
    pub title: String,
    /// Where it is published.
    pub source: String,
    /// Releases, oldest first.
    pub releases: Vec<Release>,
    /// Groups of elements, in order of name.
    pub groups: Vec<Group>,
    /// Rules, in order of code.
    pub rules: Vec<Rule>,
    /// What those are for that are not judged.
    pub stated: Vec<Placed>,
    /// Tables, in order of name.
    pub tables: Vec<Table>,
    /// Protocols over this standard, in order of name.
    pub protocols: Vec<Protocol>,
    /// Scenarios of the standard and of its protocols, in order of name.
    pub scenarios: Vec<Scenario>,
    /// Its own blocks that say how a source is read, in order of kind and name.
    pub readings: Vec<Reading>,
    /// What its own blocks say that need not be told of them, in order of kind and name.
    pub waivers: Vec<Waiver>,
    /// What is kept of earlier messages.
    pub dossier: dossier::Dossier,
}

impl Standard {
    /// The rule with this code.
    #[must_use]
    pub fn rule(&self, code: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.code == code)
    }

    /// Every waiver, those of its protocols last.
    pub fn all_waivers(&self) -> impl Iterator<Item = &Waiver> {
        let of_protocols = self.protocols.iter().flat_map(|protocol| &protocol.waivers);
        self.waivers.iter().chain(of_protocols)
    }

    /// The waiver of something in the block that stands there: the span of a rule, process, view,
    /// table, calendar, protocol or scenario is that of its block.
    #[must_use]
    pub fn waiver(&self, block: Span, what: &Waived) -> Option<&Waiver> {
        self.all_waivers().find(|one| one.block == block && one.what == *what)
    }
}
