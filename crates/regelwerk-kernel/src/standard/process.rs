//! Processes as static data: machines with states, over the rows of a dossier.

use super::{Next, RowTest};

/// What happens one after another to what has one key, as a machine with states.
///
/// It remembers nothing but its state. States and events are numbers here; the module `processen`
/// of a standard has an enum of each, with the same numbers.
#[derive(Debug)]
pub struct ProcessDef {
    /// `levering`
    pub name: &'static str,
    /// Title, in Dutch.
    pub title: &'static str,
    /// Citations, in the order written; never empty.
    pub sources: &'static [&'static str],
    /// Readings chosen where a source can be read in more than one way.
    pub readings: &'static [&'static str],
    /// The protocol that it is of: an index into
    /// [`Standard::protocols`](super::Standard::protocols); none of a process of the standard.
    pub protocol: Option<u16>,
    /// Whether an instance has one key and no parties, so that facts can be events of it.
    pub is_across: bool,
    /// What tells one instance from another, as a rule file writes it: `ToewijzingNummer`.
    pub key: &'static [&'static str],
    /// The names of its states. A state is an index into it.
    pub states: &'static [&'static str],
    /// The state in which every instance begins.
    pub initial: u8,
    /// States that are never left.
    pub ends: &'static [u8],
    /// What can happen. An event is an index into it. Of one message events happen in this order.
    pub events: &'static [EventDef],
    /// The rows of which events happen, in order of event.
    pub triggers: &'static [Trigger],
    /// Every transition, as people read it.
    pub transitions: &'static [TransitionDef],
    /// The state after an event in a state, as `next(state, event)`; none when it changes nothing.
    pub next: Next,
    /// What becomes of it when two messages that follow each other change places: for each two
    /// events to which it matters the shortest course, in order of length.
    pub swaps: &'static [Story],
    /// What becomes of it when a message is lost: for each event to which it matters the shortest
    /// course, in order of length.
    pub losses: &'static [Story],
    /// The first of [`Self::swaps`], as a scenario in the language of the rules; empty without one.
    pub swapped: &'static str,
    /// The first of [`Self::losses`] in which something is sent all the same, as a scenario in the
    /// language of the rules; empty without one.
    pub lost: &'static str,
    /// File with its folder, with forward slashes: `rules/ijw/typen.regels`.
    pub file: &'static str,
    /// Line of its first word, from 1.
    pub line: u32,
}

/// Something that can happen in a process.
#[derive(Debug)]
pub struct EventDef {
    /// `tijdelijke-stop`
    pub name: &'static str,
    /// What it is, as a rule file says it: `JW305 / StartProduct van aanbieder als …`.
    pub says: &'static str,
    /// When it happens.
    pub moment: Moment,
    /// Whether it depends on other rows, so that not every course of events can have it.
    pub looks_around: bool,
}

/// When an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// When the message arrives, if the row counts.
    Arrival,
    /// When the message arrives, whatever comes of it.
    Sending,
    /// When the reply to the message arrives, if it does not reject the row.
    Approval,
    /// When the reply to the message arrives, if it rejects the row.
    Rejection,
}

/// The rows of which an event happens.
#[derive(Debug)]
pub struct Trigger {
    /// Index into [`ProcessDef::events`].
    pub event: u8,
    /// Index into [`DossierDef::sources`](super::DossierDef::sources).
    pub source: u16,
    /// The columns that are the key. A row in which one of them is absent belongs to no instance.
    pub key: &'static [u16],
    /// Whether it is this event that happens with a row.
    pub when: RowTest,
}

/// A step from one state to another.
#[derive(Debug)]
pub struct TransitionDef {
    /// The state that it leaves.
    pub from: u8,
    /// The event at which.
    pub event: u8,
    /// The state that it leads to.
    pub to: u8,
    /// Codes of the rules that it rests on.
    pub rules: &'static [&'static str],
}

/// What becomes of a course of events when something goes wrong with one of its messages.
#[derive(Debug)]
pub struct Story {
    /// What happens as it is meant; every event of it is taken.
    pub meant: &'static [u8],
    /// What happens instead.
    pub instead: &'static [u8],
    /// The state that was meant.
    pub meant_state: u8,
    /// The state that comes of it.
    pub state: u8,
}
