//! Values while they are worked out.

use regelwerk_compiler::model::core::{Kind, Op};
use regelwerk_kernel::functions::{
    self, eleven_proof, eq, ge, gt, le, lt, matches, one_of, overlaps,
};
use regelwerk_kernel::{Date, Key, Time};

use super::Relation;

/// A value of some kind, which may be absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Datum<'s> {
    Text(Option<&'s str>),
    Number(Option<i64>),
    Date(Option<Date>),
    Time(Option<Time>),
}

impl<'s> Datum<'s> {
    pub(crate) fn text(self) -> Option<&'s str> {
        if let Self::Text(value) = self { value } else { None }
    }

    pub(crate) fn number(self) -> Option<i64> {
        if let Self::Number(value) = self { value } else { None }
    }

    pub(crate) fn date(self) -> Option<Date> {
        if let Self::Date(value) = self { value } else { None }
    }

    /// The value, as it is told.
    pub(crate) fn told(self) -> Option<String> {
        match self {
            Self::Text(value) => value.map(ToString::to_string),
            Self::Number(value) => value.map(|value| value.to_string()),
            Self::Date(value) => value.map(|value| value.to_string()),
            Self::Time(value) => value.map(|value| value.to_string()),
        }
    }

    pub(crate) fn key(self) -> Key<'s> {
        match self {
            Self::Text(value) => value.into(),
            Self::Number(value) => value.into(),
            Self::Date(value) => value.into(),
            Self::Time(value) => value.into(),
        }
    }

    /// Nothing, of a kind.
    pub(crate) fn absent(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(None),
            Kind::Number => Self::Number(None),
            Kind::Date => Self::Date(None),
            Kind::Time => Self::Time(None),
        }
    }

    /// The first of those that are there, or the last.
    pub(crate) fn extreme(is_last: bool, all: &[Self]) -> Self {
        let there = all.iter().copied().filter(|one| one.told().is_some());
        let chosen = there.reduce(|best, one| {
            let is_before = compare(Op::Lt, one, best);
            let is_after = compare(Op::Ge, one, best);
            if if is_last { is_after } else { is_before } { one } else { best }
        });
        chosen.or_else(|| all.first().copied()).unwrap_or(Self::Number(None))
    }
}

/// Whether it is so of values; what is not of one kind is never.
pub(crate) fn holds(relation: &Relation, of: &[Datum<'_>]) -> bool {
    match (relation, of) {
        (Relation::Compare(op), [left, right]) => compare(*op, *left, *right),
        (Relation::Same, [left, right]) => left == right,
        (Relation::Among, [left, others @ ..]) => {
            others.iter().any(|right| compare(Op::Eq, *left, *right))
        }
        (Relation::Codes(codes), [value]) => one_of(value.text(), codes),
        (Relation::Matches(pattern), [value]) => matches(value.text(), pattern),
        (Relation::ElevenProof, [value]) => eleven_proof(value.text()),
        (Relation::Overlap, [a, b, c, d]) => overlaps((a.date(), b.date()), (c.date(), d.date())),
        _ => false,
    }
}

fn compare(op: Op, left: Datum<'_>, right: Datum<'_>) -> bool {
    match (left, right) {
        (Datum::Text(left), Datum::Text(right)) => ordered(op, left, right),
        (Datum::Number(left), Datum::Number(right)) => ordered(op, left, right),
        (Datum::Date(left), Datum::Date(right)) => ordered(op, left, right),
        (Datum::Time(left), Datum::Time(right)) => ordered(op, left, right),
        _ => false,
    }
}

fn ordered<T: PartialOrd>(op: Op, left: Option<T>, right: Option<T>) -> bool {
    match op {
        Op::Eq => eq(left, right),
        Op::Ne => !eq(left, right),
        Op::Lt => lt(left, right),
        Op::Le => le(left, right),
        Op::Gt => gt(left, right),
        Op::Ge => ge(left, right),
    }
}

/// A day moved.
pub(crate) fn shifted(
    from: Option<Date>,
    by: i32,
    unit: regelwerk_compiler::model::core::Unit,
) -> Option<Date> {
    use regelwerk_compiler::model::core::Unit;
    match unit {
        Unit::Day => functions::shift_days(from, by),
        Unit::Month => functions::shift_months(from, by),
        Unit::Year => functions::shift_years(from, by),
    }
}
