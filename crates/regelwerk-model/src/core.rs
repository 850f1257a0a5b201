//! The typed core that rules lower to: conditions, values, requirements.
//!
//! It is small and total. No loops, no functions of a user, no recursion; a comparison with an
//! empty element is false, and `<>` is the opposite of `=`.

pub mod map;
pub mod meaning;
pub mod walk;

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
    /// `stel:` A value with a name, for the rest of the wording.
    Let {
        /// Its name.
        name: String,
        /// What it is.
        value: Value,
    },
    /// `bij:` The first of these that is so is bound for the rest of the wording; where there is
    /// none, the rest asks nothing.
    Bind {
        /// Of what; always rows.
        range: Range,
        /// What the row must be.
        cond: Cond,
        /// Where it stands.
        span: Span,
    },
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
    /// `hetzelfde als`: they are equal, or both are empty.
    Same(Value, Value),
    /// The value is one of these.
    OneOf(Value, Vec<Value>),
    /// The value is one of a list, or of a column of a table.
    Listed(Value, Listed),
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
    Every(Range, Box<Self>),
    /// What a block `voorwaarde` says, as it is there: it means no more than what is in it.
    Named(Named, Box<Self>),
}

/// A condition that has a name, where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Which, as an index into [`Dossier::conditions`](crate::dossier::Dossier::conditions).
    pub at: usize,
    /// Its name.
    pub name: String,
    /// `voor …`: the name of the row or element that it is about, if that is no `dit`.
    pub about: Option<String>,
}

/// Values that have a name together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which, as an index into [`Dossier::lists`](crate::dossier::Dossier::lists).
    pub list: usize,
    /// How a rule calls them: `lijst X`, `tabel X.kolom`.
    pub written: String,
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

    /// Whether elements decide it that no path in it names.
    #[must_use]
    pub fn quantifies(&self) -> bool {
        match self {
            Self::Exists(..) | Self::Every(..) => true,
            Self::Not(inner) => inner.quantifies(),
            Self::All(parts) | Self::Any(parts) => parts.iter().any(Self::quantifies),
            Self::Named(_, inner) => inner.quantifies(),
            _ => false,
        }
    }

    /// Whether there is more in it to tell than itself: it has parts, or is called by a name.
    #[must_use]
    pub fn has_parts(&self) -> bool {
        matches!(self, Self::All(_) | Self::Any(_) | Self::Named(..))
    }

    /// What it says, without the name that it has.
    #[must_use]
    pub fn unnamed(&self) -> &Self {
        let mut cond = self;
        while let Self::Named(_, inner) = cond {
            cond = inner;
        }
        cond
    }
}

/// What a quantifier ranges over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// Over these.
    pub over: Over,
    /// `genaamd oud`: the name that each has in turn.
    pub name: Option<String>,
}

impl Range {
    /// Whether it is a binder that [`Origin::Bound`] counts: one of rows, or one with a name.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.name.is_some() || matches!(self.over, Over::Rows(_))
    }

    /// How many binders stand around what must be so of those in it, when so many stand around it.
    #[must_use]
    pub fn binders_within(&self, around: u8) -> u8 {
        around.saturating_add(u8::from(self.is_bound()))
    }
}

/// What is ranged over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// All elements at a path.
    Path(Path),
    /// Elements like the one judged, other than it.
    Other {
        /// Its name.
        element: String,
        /// Only those within the same element of this name.
        within: String,
    },
    /// Rows of the dossier.
    Rows(Rows),
}

/// Rows of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Where they are.
    pub source: RowSource,
    /// `van deze cliënt`: only rows of the same part of the dossier as the element judged.
    pub same_part: bool,
    /// `ook bij afkeur`: also rows of messages that were rejected.
    pub counts_void: bool,
    /// How a rule calls them: `JW301 / ToegewezenProduct`, `toewijzing`, `contract`.
    pub written: String,
}

/// Where rows are: an index into a list of [`Dossier`](crate::dossier::Dossier).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowSource {
    /// `eerder M / E`: into its sources. In order of arrival.
    Earlier(usize),
    /// `later M / E`, in a term: into its sources.
    Later(usize),
    /// A `beeld`: into its views.
    View(usize),
    /// `rij in T`: into its tables.
    Table(usize),
    /// A `feit` or `vraag`: into its facts.
    Fact(usize),
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
    /// How many in a range are so.
    Count(Range, Box<Cond>),
    /// The sum of a value over those in a range that are so.
    Sum(Box<Self>, Range, Box<Cond>),
    /// A day so much later, or earlier when negative.
    Shift(Box<Self>, i32, Unit),
    /// Day of the month, month or year of a day.
    Part(Unit, Box<Self>),
    /// First (true) or last day of the month of a day.
    MonthEdge(bool, Box<Self>),
    /// Sum (true) or difference of two numbers.
    Add(Box<Self>, bool, Box<Self>),
    /// The value that [`Step::Let`] gave this name.
    Let(String, Kind),
    /// The day on which the message judged was received; empty when that is not known.
    Received,
    /// Product of two numbers.
    Product(Box<Self>, Box<Self>),
    /// Quotient of two numbers, made whole; empty when divided by zero.
    Quotient(Box<Self>, Box<Self>, Rounding),
    /// Days from one through another, both counted; empty when the second is before the first.
    Days(Box<Self>, Box<Self>),
    /// Calendar months that a period touches, both ends counted; empty when it ends before it
    /// begins.
    Months(Box<Self>, Box<Self>),
    /// Calendar weeks, Monday to Sunday, that a period touches, both ends counted; empty when it
    /// ends before it begins.
    Weeks(Box<Self>, Box<Self>),
    /// Sundays in a period, both ends counted; empty when it ends before it begins.
    Sundays(Box<Self>, Box<Self>),
    /// The last (true) or first of those that are filled, all of one kind: dates, times or numbers.
    Extreme(bool, Vec<Self>),
}

/// How a quotient becomes whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// `afgerond`: to the nearest, a half away from zero.
    HalfUp,
    /// `naar boven`: up.
    Up,
}

impl Value {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Path(_, kind) | Self::Let(_, kind) => *kind,
            Self::Text(_) => Kind::Text,
            Self::Date(_) | Self::Shift(..) | Self::MonthEdge(..) | Self::Received => Kind::Date,
            Self::Time(_) => Kind::Time,
            Self::Number(_)
            | Self::Count(..)
            | Self::Sum(..)
            | Self::Part(..)
            | Self::Add(..)
            | Self::Product(..)
            | Self::Quotient(..)
            | Self::Days(..)
            | Self::Months(..)
            | Self::Weeks(..)
            | Self::Sundays(..) => Kind::Number,
            Self::Extreme(_, values) => values.first().map_or(Kind::Number, Self::kind),
        }
    }
}

/// Where a path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// At the element that the rule is judged at.
    This,
    /// At the element that the innermost quantifier stands at, when that has no name.
    Item,
    /// At the root.
    Root,
    /// At the n-th binder around, from the outermost: each `bij:` and each range that
    /// [is bound](Range::is_bound). In a view, a term or an event of a process, 0 is the row itself.
    /// Of a row `steps` is the name of one column; of an element it is a path.
    Bound(u8),
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
