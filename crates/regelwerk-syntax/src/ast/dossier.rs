//! What blocks `dossier` and `beeld` say: how messages are filed, and what is seen in them.

use regelwerk_diag::Span;

use super::{Cond, Dotted, Word};

/// A clause of `dossier` or `beeld`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DossierClause {
    /// `partijen:` where sender and receiver stand.
    Parties([Dotted; 2]),
    /// `omgekeerd:` messages that repeat the header of what they answer.
    Reversed(Vec<Word>),
    /// `deel:` what the dossier of two parties is parted by.
    Part(Dotted),
    /// `kenmerk:` what a message is known by; the first that it has.
    Mark(Vec<Dotted>),
    /// `verzonden:` its day of sending; the first that it has.
    Sent(Vec<Dotted>),
    /// `antwoord noemt:` where a reply names what it answers; the first that it has.
    Names(Vec<Dotted>),
    /// `antwoord van dag:` where a reply says when that was sent; the first that it has.
    NamesDay(Vec<Dotted>),
    /// `overnemen:` what messages of a scenario take over from each other.
    Carried(Vec<CarriedPaths>),
    /// `uit:` the rows of a view.
    Of(RowElement),
    /// `sleutel:` of a view.
    Key(RowKey),
    /// `laatste:` by what the latest is told.
    Latest(Vec<Dotted>),
    /// `mits:` what the latest must be.
    Provided(Cond),
}

/// `ToegewezenProduct.Product.Code of StartProduct.Product.Code met ProductCode`,
/// `Toewijzingsdatum met verzending`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedPaths {
    /// The ends of the paths of the elements that say it.
    pub ends: Vec<Dotted>,
    /// The ends of the paths of the elements that only take it over.
    pub takers: Vec<Dotted>,
    /// It is the day of sending.
    pub is_sent: bool,
}

/// `JW301 / ToegewezenProduct`: elements that give rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowElement {
    /// The message.
    pub message: Word,
    /// The end of the path of the elements meant.
    pub element: Dotted,
}

/// `deel, ToewijzingNummer`: columns by which rows belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowKey {
    /// `deel`, and where it stands.
    pub part: Option<Span>,
    /// The columns.
    pub columns: Vec<Dotted>,
}
