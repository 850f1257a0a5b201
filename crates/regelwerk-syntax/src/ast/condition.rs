//! Paths, conditions and values.

use chrono::{NaiveDate, NaiveTime};
use regelwerk_diag::Span;

use super::{RowElement, Spanned, Word};

/// Names joined by dots, each possibly with an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dotted {
    /// The names.
    pub steps: Vec<Step>,
    /// The whole.
    pub span: Span,
}

/// A name in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The name.
    pub name: Word,
    /// `[2]`
    pub index: Option<Spanned<u64>>,
}

/// A path in a condition: `Product.Code`, `dit Product.Code`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathExpr {
    /// Written with `dit`: from the element that the rule is judged at.
    pub this: bool,
    /// The names.
    pub dotted: Dotted,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// `… gevuld` (true) or `… leeg`
    Filled(Term, bool),
    /// `… = …` and the like.
    Compare(Box<Term>, Spanned<Op>, Box<Term>),
    /// `… hetzelfde als …`
    Same(Box<Term>, Box<Term>),
    /// `… een van …` (true) or `… geen van …`
    OneOf(Box<Term>, Vec<Term>, bool),
    /// `… een van lijst …` (true) or `… geen van lijst …`
    OneOfList(Box<Term>, Word, bool),
    /// `… staat in tabel …` (true) or `… niet staat in tabel …`; table and column.
    InTable(Box<Term>, Spanned<(String, String)>, bool),
    /// `… volgens …`
    Check(Box<Term>, Spanned<Check>),
    /// `periode … t/m … overlapt periode … t/m …`
    Overlap(Box<[PathExpr; 4]>),
    /// `niet …`
    Not(Box<Self>),
    /// `… en …` (true) or `… of …`
    Junction(bool, Vec<Self>),
    /// `er is een …` (true) or `er is geen …`
    Exists(bool, Range, Option<Box<Self>>),
    /// `voor elke … geldt …`
    Every(Range, Box<Self>),
    /// `… geldt`: what a block `voorwaarde` says, of what has a name where it says `voor …`.
    Named(Word, Option<Word>),
}

impl Cond {
    /// The names of the blocks `voorwaarde` that it uses, but for those in a term.
    #[must_use]
    pub fn named(&self) -> Vec<&Word> {
        match self {
            Self::Named(name, _) => vec![name],
            Self::Not(inner) | Self::Every(_, inner) | Self::Exists(_, _, Some(inner)) => {
                inner.named()
            }
            Self::Junction(_, parts) => parts.iter().flat_map(Self::named).collect(),
            _ => Vec::new(),
        }
    }
}

/// What a quantifier ranges over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Over these.
    pub over: Over,
    /// `van deze cliënt`, where it stands.
    pub same_part: Option<Span>,
    /// `ook bij afkeur`, where it stands.
    pub counts_void: Option<Span>,
    /// `geldig op D`: only rows that hold on that day.
    pub valid_on: Option<Box<Term>>,
    /// `genaamd oud`
    pub name: Option<Word>,
    /// The whole.
    pub span: Span,
}

/// What is ranged over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// The elements at a path.
    Path(PathExpr),
    /// `ander X binnen Y`
    Other {
        /// The element, which must be the one that the rule is judged at.
        element: Word,
        /// The element within which others count.
        within: Word,
    },
    /// `eerder JW301 / ToegewezenProduct`
    Earlier(RowElement),
    /// `later JW319 / Antwoord`, in a term
    Later(RowElement),
    /// `toewijzing`: a view, a fact or a question.
    Named(Word),
    /// `rij in contract`
    RowIn(Word),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `op of na` of dates, `minstens` of numbers.
    Ge(Order),
    /// `op of voor`, `hoogstens`
    Le(Order),
    /// `na`, `groter dan`
    Gt(Order),
    /// `voor`, `kleiner dan`
    Lt(Order),
}

/// Whether the words of a comparison speak of dates or of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Dates.
    Dates,
    /// Numbers.
    Numbers,
}

/// `elfproef`, `patroon "…"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The eleven-proof of a BSN.
    ElevenProof,
    /// The whole value matches.
    Pattern(Word),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// An element.
    Path(PathExpr),
    /// A value as written.
    Literal(Spanned<Literal>),
    /// `1 jaar`
    Duration(Spanned<(u64, Unit)>),
    /// `aantal X met (…)`
    Count(Range, Option<Box<Cond>>, Span),
    /// `som van T over X met (…)`
    Sum(Box<Self>, Range, Option<Box<Cond>>, Span),
    /// `maand van T`
    Part(Unit, Box<Self>, Span),
    /// `eerste dag van de maand van T` (true), `laatste …`
    MonthEdge(bool, Box<Self>, Span),
    /// `T + T` (true), `T - T`
    Sum2(Box<Self>, bool, Box<Self>, Span),
    /// `T maal T`
    Product(Box<Self>, Box<Self>, Span),
    /// `T gedeeld door T afgerond`
    Quotient(Box<Self>, Box<Self>, Rounding, Span),
    /// `aantal dagen van T t/m T`
    Between(Counted, Box<Self>, Box<Self>, Span),
    /// `laatste van T, T` (true), `eerste van T, T`
    Extreme(bool, Vec<Self>, Span),
}

impl Term {
    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Path(path) => path.dotted.span,
            Self::Literal(literal) => literal.span,
            Self::Duration(duration) => duration.span,
            Self::Count(_, _, span)
            | Self::Sum(_, _, _, span)
            | Self::Part(_, _, span)
            | Self::MonthEdge(_, _, span)
            | Self::Sum2(_, _, _, span)
            | Self::Product(_, _, span)
            | Self::Quotient(_, _, _, span)
            | Self::Between(_, _, _, span)
            | Self::Extreme(_, _, span) => *span,
        }
    }
}

/// What is counted of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// `dagen`
    Days,
    /// `weken`
    Weeks,
    /// `maanden`
    Months,
    /// `zondagen`
    Sundays,
}

/// How a quotient becomes whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// `afgerond`
    HalfUp,
    /// `naar boven`
    Up,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `dag`
    Day,
    /// `maand`
    Month,
    /// `jaar`
    Year,
}

/// A value as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `31-12-2020`
    Date(NaiveDate),
    /// `12:34:56`
    Time(NaiveTime),
    /// `"NL"`
    Text(String),
    /// `04`, `45A04`, `1.0.0`: text or number, as its element says.
    Code(String),
}
