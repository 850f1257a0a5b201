//! What a block `termijn` says: what must follow within a time, and who must see to it.

use chrono::NaiveDate;

use super::{Cond, RowElement, Spanned, Term, Word};

/// A clause of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TermClause {
    /// `deel "eerste antwoord":` what holds for the part is in the body.
    Part(Word),
    /// `ook bij afkeur`
    CountsRejected,
    /// `begint:` the day of the event.
    Begins(Term),
    /// `eindigt:` the first of these.
    Ends(Vec<Spanned<Ending>>),
    /// `binnen:`
    Within(Spanned<u64>, Length),
    /// `uiterlijk:` the last day, where that is not so many days after the event.
    Due(Term),
    /// `door:`
    By(Party),
    /// `voorbeeld: begin 02-04-2026 dan uiterlijk 09-04-2026`
    Example(Spanned<NaiveDate>, Spanned<NaiveDate>),
}

/// What ends a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// `antwoord`: the reply to the message, on the day that it was sent.
    Answer,
    /// `dit bericht`: the message itself, on the day that it was sent.
    Itself,
    /// `verzending van JW301 / ToegewezenProduct met …`
    Message(EndDay, RowElement, Option<Cond>),
    /// `betaling met …`: a fact or a question, on the day of which it tells.
    Fact(Word, Option<Cond>),
}

/// The day of a message that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndDay {
    /// `verzending`
    Sent,
    /// `ontvangst`
    Received,
}

/// What the length of a term is counted in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// `werkdagen volgens werkdagen-nl`
    WorkingDays(Word),
    /// `dagen`
    Days,
    /// `weken`
    Weeks,
    /// `maanden`
    Months,
}

/// A party to the message that opens a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Party {
    /// `afzender`
    Sender,
    /// `ontvanger`
    Receiver,
}
