//! Tries what rule files show of themselves: their examples and their scenarios.
//!
//! [`examples`] are of rules, terms, calendars and processes; [`Example::try_by`] says whether one is
//! as it says. A scenario is played: what is sent in it is received in a dossier.
//!
//! What comes in is plain data that the compiler makes (`regelwerk_emit::plays`) and a [`Standard`]
//! that judges; what goes out is plain data too. [`play`] does not look at what a scenario expects;
//! [`misses`] does, and looks at nothing but what came of it. So whoever holds scenarios against the
//! rules, shows what came of them or compares it under two protocols plays them alike.

mod day;
mod example;
mod miss;
mod reply;
mod stage;
mod told;
mod trial;
mod unmade;

use regelwerk_kernel::{
    BadSupply, Context, Date, MessageNo, ProcessState, ProtocolChoice, Report, Standard, Term,
};
use regelwerk_model::Scenario;
use regelwerk_model::scenario::Told;

pub use day::date;
pub use example::{Example, Shows, examples};
pub use miss::{Miss, MissKind, misses};
pub use stage::play;
pub use trial::{Place, Tried, Wrong, judge, reported};
pub use unmade::Unmade;

/// What came of a scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Played {
    /// What was not taken in of what the scenario brings from outside.
    pub refused: Vec<Refused>,
    /// What came of each moment, in order. Without dates there is one.
    pub scenes: Vec<Scene>,
}

/// A table or a fact that was not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The table or the fact.
    pub name: String,
    /// Why.
    pub why: BadSupply,
}

/// What came of a moment. Without dates there are no states and no terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// What was sent; none where one only looks.
    pub sent: Option<Result<Judged, Box<Unmade>>>,
    /// How things stand after it.
    pub states: Vec<ProcessState>,
    /// The same, of the keys that what was sent names; none where it has no number in the dossier.
    pub states_of: Option<Vec<ProcessState>>,
    /// The terms at the end of the day of receipt.
    pub terms: Vec<Term>,
}

/// A message that was sent, with what was judged of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// As XML.
    pub xml: String,
    /// The day on which it was received; none without dates.
    pub received: Option<Date>,
    /// What was judged of it.
    pub report: Report,
}

impl Scene {
    /// The message that was sent, if one was, and it could be made.
    #[must_use]
    pub fn judged(&self) -> Option<&Judged> {
        self.sent.as_ref()?.as_ref().ok()
    }

    /// What was judged of it.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        Some(&self.judged()?.report)
    }

    /// Its number in the dossier.
    #[must_use]
    pub fn number(&self) -> Option<MessageNo> {
        self.report()?.number
    }
}

/// By what a scenario is judged that is played as it is written: the protocol that it is told under,
/// and with remarks where it can expect any.
#[must_use]
pub fn context(scenario: &Scenario, library: &'static Standard) -> Context {
    let choice = match &scenario.protocol {
        _ if scenario.is_recognised => ProtocolChoice::Auto,
        Some(name) => ProtocolChoice::Named(name.clone()),
        None => ProtocolChoice::None,
    };
    let is_dated = matches!(scenario.told, Told::Dated(_));
    Context::new(vec![library]).protocol(choice).remarks(is_dated)
}
