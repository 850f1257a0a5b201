//! The typed core that rules lower to: conditions, values, requirements.
//!
//! It is small and total. No loops, no functions of a user, no recursion; a comparison with an
//! empty element is false, and `<>` is the opposite of `=`.

use chrono::{NaiveDate, NaiveTime};
use regelwerk_diag::Span;

/// What a wording says, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `als … dan … anders …`
    If {
        /// The condition.
        cond: Cond,
        /// What holds when it does.
        then: Vec<Self>,
        /// What holds when it does not.
        otherwise: Vec<Self>,
        /// Where the condition stands.
        span: Span,
    },
    /// A requirement.
    Require(Requirement),
}

/// Something that must be so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Where the reader must act when it is not.
    pub target: Path,
    /// What must be so there.
    pub demand: Demand,
    /// Where it stands.
    pub span: Span,
}

/// What a requirement demands of its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// `verplicht vullen`
    Filled,
    /// `leeg laten`
    Empty,
    /// `mag gevuld worden`: demands nothing, tells the reader that it may.
    Allowed,
    /// `vullen met`
    OneOf(Value, Vec<Value>),
    /// `niet vullen met`
    NoneOf(Value, Vec<Value>),
    /// `vullen met een datum op of na …`
    Ordered(Op, Value, Value),
    /// `vullen volgens`
    Check(Value, Check),
    /// `uniek binnen`: these fields together, among elements like the one judged, within the same
    /// element of this name; for [`Fields::Key`] the name is empty.
    Unique(Fields, String),
    /// `eis:`
    Holds(Cond),
}

/// The fields that are unique together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fields {
    /// These paths.
    Paths(Vec<Path>),
    /// All paths of a parameter.
    Param(usize),
    /// The key of the element, within the nearest element above it that has a key.
    Key,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// Always so.
    True,
    /// The element has a value, or has one in it.
    Filled(Path),
    /// A comparison of two values of one kind.
    Compare(Op, Value, Value),
    /// The value is one of these.
    OneOf(Value, Vec<Value>),
    /// The value is one of a list or of a column of a table, which has a name: `tabel X.kolom`.
    Listed(Value, String, Vec<Value>),
    /// The value passes a check.
    Check(Value, Check),
    /// Two closed periods share a day; a period without an end goes on.
    Overlap(Box<[Path; 4]>),
    /// Not so.
    Not(Box<Self>),
    /// All are so.
    All(Vec<Self>),
    /// At least one is so.
    Any(Vec<Self>),
    /// There is such an element.
    Exists(Range, Box<Self>),
    /// Every such element is so.
    Every(Path, Box<Self>),
}

impl Cond {
    /// The opposite. `<>` is the opposite of `=`, also where something is empty; of the other
    /// comparisons no other is.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            Self::Compare(Op::Eq, left, right) => Self::Compare(Op::Ne, left, right),
            Self::Compare(Op::Ne, left, right) => Self::Compare(Op::Eq, left, right),
            other => Self::Not(Box::new(other)),
        }
    }
}

/// What a quantifier ranges over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Range {
    /// All elements at a path.
    Path(Path),
    /// Elements like the one judged, other than it.
    Other {
        /// Its name.
        element: String,
        /// Only those within the same element of this name.
        within: String,
    },
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; so also when either is empty.
    Ne,
    /// Before, less than.
    Lt,
    /// Not after, at most.
    Le,
    /// After, more than.
    Gt,
    /// Not before, at least.
    Ge,
}

/// A check of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The eleven-proof of a BSN.
    ElevenProof,
    /// The whole value matches this pattern of XML Schema.
    Pattern(String),
}

/// The kinds of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text and codes.
    Text,
    /// Whole numbers; money in eurocents.
    Number,
    /// Days.
    Date,
    /// Times of day.
    Time,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Day,
    /// Calendar months; a day that does not exist becomes the last of the month.
    Month,
    /// Calendar years; 29 February becomes 28 where there is none.
    Year,
}

/// A value, which may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Of an element.
    Path(Path, Kind),
    /// A text or code.
    Text(String),
    /// A number.
    Number(i64),
    /// A day.
    Date(NaiveDate),
    /// A time.
    Time(NaiveTime),
    /// How many elements at a path are so.
    Count(Path, Box<Cond>),
    /// The sum of a value over the elements at a path that are so.
    Sum(Box<Self>, Path, Box<Cond>),
    /// A day so much later, or earlier when negative.
    Shift(Box<Self>, i32, Unit),
    /// Day of the month, month or year of a day.
    Part(Unit, Box<Self>),
    /// First (true) or last day of the month of a day.
    MonthEdge(bool, Box<Self>),
    /// Sum (true) or difference of two numbers.
    Add(Box<Self>, bool, Box<Self>),
}

impl Value {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Path(_, kind) => *kind,
            Self::Text(_) => Kind::Text,
            Self::Date(_) | Self::Shift(..) | Self::MonthEdge(..) => Kind::Date,
            Self::Time(_) => Kind::Time,
            Self::Number(_) | Self::Count(..) | Self::Sum(..) | Self::Part(..) | Self::Add(..) => {
                Kind::Number
            }
        }
    }
}

/// Where a path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// At the element that the rule is judged at.
    This,
    /// At the element that the innermost quantifier stands at.
    Item,
    /// At the root.
    Root,
}

/// A path to an element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// Where it starts.
    pub origin: Origin,
    /// First along the only path of this parameter.
    pub param: Option<usize>,
    /// Then along these names.
    pub steps: Vec<String>,
    /// How the rule writes it, for texts.
    pub written: String,
}

impl Path {
    /// The element that the rule is judged at.
    #[must_use]
    pub fn this() -> Self {
        Self { origin: Origin::This, param: None, steps: Vec::new(), written: String::new() }
    }
}
