//! Processes: state machines over the rows of messages.

pub mod explore;

use regelwerk_diag::Span;

use crate::core::{Cond, RowSource};

/// `proces`: what happens one after another to what has one key.
///
/// It remembers nothing but its state. An event without a transition in a state changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// `levering`
    pub name: String,
    /// Title, in Dutch.
    pub title: String,
    /// Citations.
    pub sources: Vec<String>,
    /// Readings chosen where a source can be read in more than one way.
    pub readings: Vec<String>,
    /// The protocol that it is of; none of a process of the standard.
    pub protocol: Option<String>,
    /// The key of an instance, as written.
    pub key: Vec<String>,
    /// `over alle partijen`: one instance for a key, whoever the messages are between.
    pub is_across: bool,
    /// Who acts in it.
    pub roles: Vec<String>,
    /// Its states, in the order written.
    pub states: Vec<State>,
    /// The state in which every instance begins, as an index.
    pub initial: usize,
    /// What can happen, in the order written. Of one message they happen in this order.
    pub events: Vec<Event>,
    /// Every transition, in the order written; no two from one state at one event.
    pub transitions: Vec<Transition>,
    /// What may never happen.
    pub never: Vec<Never>,
    /// States of which one can always still be reached, as indexes; empty when that is not said.
    pub eventually: Vec<usize>,
    /// Processes that run beside it, without waiting.
    pub beside: Vec<Beside>,
    /// Courses of events that it takes, or does not.
    pub examples: Vec<Course>,
    /// Its clauses but what is said about it and its examples, in the order written.
    pub demands: Vec<Span>,
    /// Where it stands.
    pub span: Span,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// `onderbroken`
    pub name: String,
    /// It is never left.
    pub is_end: bool,
    /// Where it stands.
    pub span: Span,
}

/// Something that can happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// `tijdelijke-stop`
    pub name: String,
    /// When it happens.
    pub moment: Moment,
    /// Who makes it happen, where that is said.
    pub role: Option<String>,
    /// The rows of which it happens.
    pub triggers: Vec<Trigger>,
    /// Whether its condition asks for other rows, so that not every course can have it.
    pub looks_around: bool,
    /// Where it stands, without its name.
    pub span: Span,
}

/// When an event happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// The message arrives and counts.
    Arrival,
    /// `verzending van`: the message arrives, whatever comes of it.
    Sending,
    /// `goedkeuring van`: its reply arrives, and does not reject the row.
    Approval,
    /// `afkeur van`: its reply arrives, and rejects the row.
    Rejection,
}

impl Moment {
    /// Whether it is that of a reply.
    #[must_use]
    pub fn is_reply(self) -> bool {
        matches!(self, Self::Approval | Self::Rejection)
    }
}

/// Rows of which an event happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// The rows: of messages, or of a fact.
    pub rows: RowSource,
    /// The columns that are the key. Of messages a column is an index into that of its source, of a
    /// fact into [`Fact::COLUMNS`](crate::dossier::Fact::COLUMNS).
    pub key: Vec<usize>,
    /// What the row must be; it is binder 0.
    pub cond: Cond,
}

impl Trigger {
    /// The rows, where they are of messages: an index into
    /// [`Dossier::sources`](crate::dossier::Dossier::sources).
    #[must_use]
    pub fn source(&self) -> Option<usize> {
        match self.rows {
            RowSource::Earlier(at) => Some(at),
            _ => None,
        }
    }
}

/// A step from one state to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The state that it leaves, as an index.
    pub from: usize,
    /// The event at which, as an index.
    pub event: usize,
    /// The state that it leads to, as an index.
    pub to: usize,
    /// Codes of the rules that it rests on.
    pub rules: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// `nooit: A, B zonder eerder C`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// Events that may not be taken, as indexes.
    pub events: Vec<usize>,
    /// Before this one has been taken, as an index.
    pub without: usize,
    /// Codes of the rules that it rests on.
    pub rules: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// `naast: declaratie`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The other process.
    pub process: String,
    /// Codes of the rules that it rests on.
    pub rules: Vec<String>,
}

/// `voorbeeld goed: A, B dan gestopt`, `voorbeeld fout: B, A`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// What happens, as indexes.
    pub events: Vec<usize>,
    /// The state that it ends in, as an index; none for a course of which an event is not taken.
    pub ends_in: Option<usize>,
    /// Where it stands.
    pub span: Span,
}

impl Process {
    /// The rows of which events happen, each with its event, in order of event.
    pub fn triggers(&self) -> impl Iterator<Item = (usize, &Trigger)> {
        let events = self.events.iter().enumerate();
        events.flat_map(|(at, event)| event.triggers.iter().map(move |trigger| (at, trigger)))
    }

    /// The transition that an event takes from a state, if there is one.
    #[must_use]
    pub fn transition(&self, state: usize, event: usize) -> Option<&Transition> {
        self.transitions.iter().find(|one| one.from == state && one.event == event)
    }

    /// The state after an event in a state; none when it changes nothing.
    #[must_use]
    pub fn next(&self, state: usize, event: usize) -> Option<usize> {
        self.transition(state, event).map(|transition| transition.to)
    }

    /// The state after a course of events from the beginning; what has no transition is passed over.
    #[must_use]
    pub fn run(&self, events: &[usize]) -> usize {
        let step = |state, event: &usize| self.next(state, *event).unwrap_or(state);
        events.iter().fold(self.initial, step)
    }

    /// The state after a course of events of which each is taken; or else the number of the first
    /// that is not.
    ///
    /// # Errors
    ///
    /// The place in `events` of the first that is not taken.
    pub fn follow(&self, events: &[usize]) -> Result<usize, usize> {
        let step = |state, (at, event): (usize, &usize)| self.next(state, *event).ok_or(at);
        events.iter().enumerate().try_fold(self.initial, step)
    }
}
