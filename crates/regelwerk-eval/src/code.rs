//! The typed core made ready to run: names are numbers, and how rows are found is settled.
//!
//! [`lower`] makes it, [`run`] runs it. It says what generated Rust says: the same questions to the
//! kernel, in the same order.

mod course;
mod lower;
mod run;
mod value;

use regelwerk_compiler::model::core::{self, Kind, Op};
use regelwerk_kernel::standard::{Name, Outcome, Path, Range};
use regelwerk_kernel::{Date, Pattern, Time};

pub(crate) use course::Course;
pub(crate) use lower::Lower;
pub(crate) use run::{Env, judge};

/// A step of a wording.
#[derive(Debug)]
pub(crate) enum Step {
    If {
        test: Test,
        /// Whether elements decide it that no path in it names.
        quantifies: bool,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    Require {
        /// Its number among the parts of its wording.
        part: usize,
        demand: Demand,
        outcome: &'static Outcome,
        /// Values that are worked out when it does not hold.
        values: Vec<Value>,
    },
    Let(Value),
    Bind(Selection),
}

#[derive(Debug)]
pub(crate) enum Demand {
    Test(Test),
    Unique(Vec<Path>, Name),
    UniqueParam(u8, Name),
    UniqueKey,
}

/// A condition.
#[derive(Debug)]
pub(crate) enum Test {
    Always,
    Filled(Get),
    Of(Relation, Vec<Value>),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Some(Box<Selection>),
    Every(Box<Selection>),
    /// A part with its number, which may be watched.
    Part(usize, Box<Test>),
    /// What a condition with a name says, with the number of this use of it, which may be watched.
    Whole(usize, Box<Test>),
}

/// What must be so of values.
#[derive(Debug)]
pub(crate) enum Relation {
    Compare(Op),
    Same,
    /// The first is one of the others.
    Among,
    Codes(Vec<&'static str>),
    Matches(&'static Pattern),
    ElevenProof,
    Overlap,
}

/// A value, which may be absent.
#[derive(Debug)]
pub(crate) enum Value {
    Get(Get, Kind),
    Text(&'static str),
    Number(i64),
    Date(Date),
    Time(Time),
    Sum(Box<Value>, Box<Selection>),
    Shift(Box<Value>, i32, core::Unit),
    Part(core::Unit, Box<Value>),
    MonthEdge(bool, Box<Value>),
    Numbers(fn(Option<i64>, Option<i64>) -> Option<i64>, Box<[Value; 2]>),
    Period(fn(Option<Date>, Option<Date>) -> Option<i64>, Box<[Value; 2]>),
    Extreme(bool, Vec<Value>),
    /// The value with this number among those that have a name.
    Let(usize),
    Received,
    /// What the language has no way to say.
    Never,
}

/// Where something stands.
#[derive(Debug)]
pub(crate) enum Get {
    Element(From, Path),
    /// A column of the row with this number among the binders.
    Cell(u8, u16),
}

/// From where a path goes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    /// The element at hand.
    Scope,
    /// The element with this number among the binders.
    Bound(u8),
}

/// Elements or rows of which something is so.
#[derive(Debug)]
pub(crate) struct Selection {
    over: Over,
    /// The number that each has in turn among the binders, if it is one.
    binder: Option<u8>,
    test: Test,
}

#[derive(Debug)]
enum Over {
    Elements(From, Path),
    /// Those whose text at a path is a value.
    Equal {
        from: From,
        list: Path,
        key: Path,
        wanted: Value,
    },
    Others(Name),
    Rows {
        range: Range,
        index: u16,
        /// For each column the value, and whether an absent one is a value too.
        key: Vec<(Value, bool)>,
        counts_void: bool,
        /// Of a table its number, and how many columns it has.
        table: Option<(u16, u16)>,
    },
}
