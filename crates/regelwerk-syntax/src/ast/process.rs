//! What a block `proces` says: a state machine over the rows of messages.

use regelwerk_diag::Span;

use super::{Cond, Dotted, Place, Spanned, Word};

/// A clause of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcessClause {
    /// `sleutel: ToewijzingNummer`: what tells one instance from another.
    Key(Vec<Dotted>),
    /// `over alle partijen`: one instance for a key, whoever the messages are between.
    Across,
    /// `rollen: gemeente, aanbieder`
    Roles(Vec<Word>),
    /// `toestanden: geen (begin), gestopt, verwijderd (eind)`
    States(Vec<State>),
    /// `gebeurtenis start: …`
    Event(Box<Event>),
    /// `van A, B naar C bij E [TR326]`
    Transition(Transition),
    /// `nooit: A, B zonder eerder C [OP072]`
    Never(Never),
    /// `uiteindelijk: A of B`
    Eventually(Vec<Word>),
    /// `naast: declaratie [OP364]`
    Beside(Word, Vec<Word>),
    /// `voorbeeld goed: A, B dan C`, `voorbeeld fout: B, A`
    Course(Course),
}

/// A state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What it is called.
    pub name: Word,
    /// `(begin)` or `(eind)`.
    pub mark: Option<Spanned<StateMark>>,
}

/// What is special about a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateMark {
    /// `begin`: where every instance begins.
    Initial,
    /// `eind`: it is never left.
    End,
}

/// `start: JW305 / StartProduct van aanbieder als StatusAanlevering = 1`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is called.
    pub name: Word,
    /// When it happens.
    pub moment: EventMoment,
    /// The elements at which it happens.
    pub places: Vec<Place>,
    /// The facts and answers that are told when it happens.
    pub facts: Vec<Word>,
    /// `van aanbieder`: who makes it happen.
    pub role: Option<Word>,
    /// What the element must be.
    pub cond: Option<Cond>,
    /// All of it but the name.
    pub span: Span,
}

/// When an event happens to an element of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventMoment {
    /// The message arrives and counts.
    Arrival,
    /// `verzending van`: the message arrives, whatever comes of it.
    Sending,
    /// `goedkeuring van`: its reply arrives, and it counts.
    Approval,
    /// `afkeur van`: its reply arrives, and it does not count.
    Rejection,
}

/// `van A, B naar C bij E [TR326]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// The states that it leaves.
    pub from: Vec<Word>,
    /// The state that it leads to.
    pub to: Word,
    /// The event at which.
    pub event: Word,
    /// The rules that it rests on.
    pub rules: Vec<Word>,
}

/// `A, B dan C`, or `B, A` that is not to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// `voorbeeld goed:`
    pub is_good: bool,
    /// What happens.
    pub events: Vec<Word>,
    /// The state after it, of a good one.
    pub state: Option<Word>,
}

/// `A, B zonder eerder C [OP072]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// Events that are not to be taken.
    pub events: Vec<Word>,
    /// Before this one has been.
    pub without: Word,
    /// The rules that it rests on.
    pub rules: Vec<Word>,
}
