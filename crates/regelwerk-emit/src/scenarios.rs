//! Scenarios as messages to judge, in order.

mod answer;
mod stage;

use regelwerk_model::scenario::Told;
use regelwerk_model::{Field, Scenario, Standard};

use crate::draft::Maker;
use crate::xml;
use stage::Stage;

/// A scenario with what is sent in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Play<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What is sent at each moment; nothing where one only looks. Without dates there is one.
    pub sent: Vec<Option<Sent>>,
}

impl<'a> Play<'a> {
    /// A scenario of a standard, with its messages.
    #[must_use]
    pub fn of(standard: &Standard, scenario: &'a Scenario) -> Self {
        Self { scenario, sent: sent(standard, scenario) }
    }
}

/// What is sent at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// A message.
    Message(Made),
    /// A reply, as whoever judges the asked message composes it.
    Reply(Replied),
}

/// A reply of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replied {
    /// The moment at which was sent what it answers.
    pub to: usize,
    /// What it is known by.
    pub mark: String,
    /// The faults that whoever replies has found; without them those of our own verdict.
    pub faults: Option<Vec<Fault>>,
    /// What is changed in it beside that, from below the root.
    pub fields: Vec<Field>,
}

/// A fault that whoever replies has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The class of the message that is answered, from below the root.
    pub class: Vec<(String, usize)>,
    /// Its retourcode.
    pub code: String,
    /// The level at which it is found.
    pub level: u8,
}

/// A message of a scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// As XML.
    pub xml: String,
    /// The moment of the earlier message that it is a changed copy of; else it is made from the
    /// base message.
    pub copied: Option<usize>,
    /// What it takes over beside that, unless it says it itself.
    pub carried: Vec<Carry>,
}

/// A value that is taken over from an earlier message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carry {
    /// The element, from below the root.
    pub path: Vec<String>,
    /// The value; `None` where it is left out.
    pub value: Option<String>,
    /// The moment at which it was last said.
    pub from: usize,
}

/// The scenarios of a standard and of its protocols, each with its messages.
#[must_use]
pub fn plays(standard: &Standard) -> Vec<Play<'_>> {
    standard.scenarios.iter().map(|scenario| Play::of(standard, scenario)).collect()
}

/// What is sent at each moment of a scenario.
#[must_use]
pub fn sent(standard: &Standard, scenario: &Scenario) -> Vec<Option<Sent>> {
    match &scenario.told {
        Told::Single(changed, _) => {
            let made = Maker::of(standard, changed.release, changed.message).map(|maker| {
                let mut draft = maker.base();
                maker.change(&mut draft, &changed.fields);
                Made { xml: xml::write(maker, &draft), ..Made::default() }
            });
            vec![made.map(Sent::Message)]
        }
        Told::Dated(dated) => {
            let mut stage = Stage::new(standard);
            let moments = dated.moments.iter().enumerate();
            moments.map(|(at, moment)| stage.send(at, moment)).collect()
        }
    }
}
