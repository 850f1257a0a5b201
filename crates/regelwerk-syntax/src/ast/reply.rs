//! What a block `antwoord` says: how a reply to a message is composed.

use super::{Dotted, Literal, Spanned, Word};

/// A clause of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyClause {
    /// `op: JW301 met JW302, …`: each message with its reply.
    Pairs(Vec<(Word, Word)>),
    /// `klassen:`
    Classes(Classes),
    /// `goed:` retourcodes that do not reject.
    Fine(Vec<Spanned<Literal>>),
    /// `afkeur: per klasse`
    ByClass,
    /// `buiten klassen:` the class that a fault outside every class belongs to.
    Outside(Dotted),
    /// `tekens:`
    Signs(Signs),
    /// `altijd:`, `bij …:`; what is done then is in the body.
    Case(Case),
    /// `geen antwoord`
    Nothing,
    /// `- Header  overnemen`
    Filling(Targets, Spanned<Filling>),
    /// `- elke andere klasse  krijgt haar retourcode`
    OtherClasses,
}

/// `met RetourCodes.RetourCode, zonder fouten 0200, niet beoordeeld 0233`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classes {
    /// Where the retourcode stands in a class.
    pub code: Dotted,
    /// The code of a class without faults.
    pub good: Spanned<Literal>,
    /// The code of a class that was not judged.
    pub unassessed: Spanned<Literal>,
}

/// `DebetCredit "D" bij, "C" af`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// The element that tells the sign of an amount.
    pub element: Word,
    /// Its value for an amount of zero or more.
    pub plus: Spanned<Literal>,
    /// Its value for an amount below zero.
    pub minus: Spanned<Literal>,
}

/// When something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case {
    /// `altijd`: in every reply.
    Always,
    /// `bij afkeur op niveau 2`
    Level(u64),
    /// `bij afkeur van Header`: a fault in one of these classes.
    In(Vec<Dotted>),
    /// `bij afkeur`: any fault.
    Rejected,
    /// `bij goedkeuring`
    Accepted,
}

/// The elements that a filling is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Targets {
    /// `Client, Prestatie`: each of them.
    Each(Vec<Dotted>),
    /// `Client of Antwoord`: the one that the message has.
    Either(Vec<Dotted>),
}

/// What is done with an element of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// `overnemen`, `overnemen uit Declaratie`
    Copy(Option<Dotted>),
    /// `vullen met 0`
    Value(Literal),
    /// `vullen met identificatie`
    Given(Given),
    /// `vullen met A min som van B`
    Balance(Dotted, Dotted),
    /// `leeg laten`
    Empty,
    /// `leeg laten zonder fouten`
    EmptyWithoutFaults,
    /// `krijgt 0200`, `krijgt 0233 bij afkeur van Client`
    Code(Literal, Option<Dotted>),
    /// `krijgt haar retourcode`
    OwnCode,
}

/// A value that is no part of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// `identificatie`: of the reply, from whoever makes it.
    Identification,
    /// `dagtekening`: the day of the reply.
    Date,
    /// `xslt-versie`: of the stylesheets that were used, if any.
    XsltVersion,
    /// `xsd-versie`: of the schemas of the release.
    XsdVersion,
    /// `berichtcode`: the code of the reply message.
    MessageCode,
}
