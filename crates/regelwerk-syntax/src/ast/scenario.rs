//! What a block `scenario` says: messages, and what must come of them.

use chrono::NaiveDate;
use regelwerk_diag::Span;

use super::{Assignment, Literal, Spanned, Step, Word};

/// A clause of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioClause {
    /// `onder:` the protocol that it is told under.
    Under(Word),
    /// `over:` the rules that it is about.
    About(Vec<Word>),
    /// `bericht:` the only message of a scenario without dates.
    Message(Telling),
    /// `verwacht:` of the only message; no codes is `goedgekeurd`.
    Expectation(Vec<Expected>),
    /// `tabel contract: 0518, …`: a row that is supplied; an empty cell is `None`.
    Row(Word, Vec<Option<Spanned<Literal>>>),
    /// `feit …`, `vraag …`
    Fact(Told),
    /// `op 01-04-2026 stuurt …`; what must come of it is in the body.
    Moment(Moment),
    /// `verwacht …` under a moment.
    Outcome(Vec<Outcome>),
}

/// Which message, and what it says: `JW315 van release 2.2 met …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The message.
    pub message: Word,
    /// Its release.
    pub release: Option<Word>,
    /// What it says.
    pub fields: Vec<Assignment>,
}

/// `feit betaling op 01-06-2026: DECL2026001 ja`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// It is the answer to a question: `vraag`.
    pub is_question: bool,
    /// The fact or the question.
    pub name: Word,
    /// Its day.
    pub on: Spanned<NaiveDate>,
    /// What it is about.
    pub key: Spanned<Literal>,
    /// What is said of that; `None` is nothing.
    pub value: Option<Spanned<Literal>>,
}

/// A day, and what is sent on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub on: Spanned<NaiveDate>,
    /// The day of receipt, where that is another.
    pub received: Option<Spanned<NaiveDate>>,
    /// What is sent; nothing where one only looks.
    pub sending: Option<Sending>,
}

/// `stuurt gemeente JW306 op JW305[2] met …`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Who sends it.
    pub role: Word,
    /// The message.
    pub telling: Telling,
    /// The message that it answers.
    pub answers: Option<Step>,
}

/// `CD041 bij ToegewezenProduct/Omvang`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The rule.
    pub rule: Word,
    /// The end of the path of the finding.
    pub path: Option<Word>,
}

/// One thing that must come of a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// `goedgekeurd`
    Accepted(Span),
    /// `afgekeurd op TR019 bij StartProduct, …`
    Rejected(Vec<Expected>),
    /// `niet beoordeeld op TR418, …`
    Unassessed(Vec<Word>),
    /// `opmerking OP080`
    Remark(Expected),
    /// `alsnog goed JW305[2]`
    Mended(Step),
    /// `levering gestopt`, `levering 4711 gestopt`
    State(StateIs),
    /// `termijn OP090 uiterlijk 09-04-2026`, `geen termijn OP090`
    Term(TermIs),
}

/// In which state an instance of a process is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateIs {
    /// The process.
    pub process: Word,
    /// The key of the instance; empty for the one that the message is about.
    pub key: Vec<Spanned<Literal>>,
    /// The state.
    pub state: Word,
}

/// How a term stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermIs {
    /// The rule.
    pub rule: Word,
    /// The part of the term: `"na onderzoek"`.
    pub part: Option<Word>,
    /// The message that opened it: `van JW305[2]`.
    pub of: Option<Step>,
    /// How it stands.
    pub standing: Standing,
}

/// How a term stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// `uiterlijk 09-04-2026`: its last day, met or not.
    Due(NaiveDate),
    /// `gehaald`
    Met,
    /// `te laat`
    Late,
    /// `loopt`
    Open,
    /// `geen termijn …`: there is none.
    Nowhere,
}
