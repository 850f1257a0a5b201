//! One way to go through the core: every part of it, with how many binders stand around.
//!
//! A part comes before what is in it, and what is in it comes in the order in which it is judged: of
//! a quantifier first what it ranges over. The number that goes with it is the one that
//! [`Origin::Bound`](super::Origin::Bound) gives to a binder that stands there.

use super::{Cond, Demand, Fields, Over, Path, Range, Step, Value};

/// A part of the core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'c> {
    /// A step.
    Step(&'c Step),
    /// What a requirement demands.
    Demand(&'c Demand),
    /// A condition.
    Cond(&'c Cond),
    /// A value.
    Value(&'c Value),
    /// What is looked through.
    Range {
        /// Its elements or rows.
        range: &'c Range,
        /// What is asked of each.
        cond: &'c Cond,
        /// Looked for are those that are so or, of `voor elke`, one that is not.
        is_so: bool,
    },
    /// A path: of a condition, a value or a range, or the target of a requirement.
    Path(&'c Path),
}

/// Goes through steps, within so many binders; a row that is bound is one more for what follows.
pub fn steps<'c>(steps: &'c [Step], binders: u8, mut visit: impl FnMut(Part<'c>, u8)) {
    Walk(&mut visit).steps(steps, binders);
}

/// Goes through a demand, within so many binders.
pub fn demand<'c>(demand: &'c Demand, binders: u8, mut visit: impl FnMut(Part<'c>, u8)) {
    Walk(&mut visit).demand(demand, binders);
}

/// Goes through a condition, within so many binders.
pub fn cond<'c>(cond: &'c Cond, binders: u8, mut visit: impl FnMut(Part<'c>, u8)) {
    Walk(&mut visit).cond(cond, binders);
}

/// Goes through a value, within so many binders.
pub fn value<'c>(value: &'c Value, binders: u8, mut visit: impl FnMut(Part<'c>, u8)) {
    Walk(&mut visit).value(value, binders);
}

/// Goes through a range and what must be so of those in it, within so many binders.
pub fn selection<'c>(
    range: &'c Range,
    cond: &'c Cond,
    binders: u8,
    mut visit: impl FnMut(Part<'c>, u8),
) {
    Walk(&mut visit).selection(range, cond, true, binders);
}

struct Walk<'v, 'c>(&'v mut dyn FnMut(Part<'c>, u8));

impl<'c> Walk<'_, 'c> {
    fn steps(&mut self, steps: &'c [Step], mut binders: u8) {
        for step in steps {
            (self.0)(Part::Step(step), binders);
            match step {
                Step::If { cond, then, otherwise, .. } => {
                    self.cond(cond, binders);
                    self.steps(then, binders);
                    self.steps(otherwise, binders);
                }
                Step::Require(one) => {
                    self.path(&one.target, binders);
                    self.demand(&one.demand, binders);
                }
                Step::Let { value, .. } => self.value(value, binders),
                Step::Bind { range, cond, .. } => {
                    self.selection(range, cond, true, binders);
                    binders = range.binders_within(binders);
                }
            }
        }
    }

    fn demand(&mut self, demand: &'c Demand, binders: u8) {
        (self.0)(Part::Demand(demand), binders);
        match demand {
            Demand::Filled | Demand::Empty | Demand::Allowed => {}
            Demand::OneOf(value, values) | Demand::NoneOf(value, values) => {
                self.value(value, binders);
                self.values(values, binders);
            }
            Demand::Ordered(_, left, right) => self.two(left, right, binders),
            Demand::Check(value, _) => self.value(value, binders),
            Demand::Unique(Fields::Paths(paths), _) => self.paths(paths, binders),
            Demand::Unique(Fields::Param(_) | Fields::Key, _) => {}
            Demand::Holds(cond) => self.cond(cond, binders),
        }
    }

    fn cond(&mut self, cond: &'c Cond, binders: u8) {
        (self.0)(Part::Cond(cond), binders);
        match cond {
            Cond::True => {}
            Cond::Filled(path) => self.path(path, binders),
            Cond::Compare(_, left, right) | Cond::Same(left, right) => {
                self.two(left, right, binders);
            }
            Cond::OneOf(value, values) => {
                self.value(value, binders);
                self.values(values, binders);
            }
            Cond::Check(value, _) | Cond::Listed(value, _) => self.value(value, binders),
            Cond::Overlap(paths) => self.paths(paths.as_slice(), binders),
            Cond::Not(inner) | Cond::Named(_, inner) => self.cond(inner, binders),
            Cond::All(parts) | Cond::Any(parts) => {
                parts.iter().for_each(|part| self.cond(part, binders));
            }
            Cond::Exists(range, inner) => self.selection(range, inner, true, binders),
            Cond::Every(range, inner) => self.selection(range, inner, false, binders),
        }
    }

    fn value(&mut self, value: &'c Value, binders: u8) {
        (self.0)(Part::Value(value), binders);
        match value {
            Value::Path(path, _) => self.path(path, binders),
            Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Let(..)
            | Value::Received => {}
            Value::Count(range, cond) => self.selection(range, cond, true, binders),
            Value::Sum(what, range, cond) => {
                self.range(range, cond, true, binders);
                self.value(what, range.binders_within(binders));
                self.cond(cond, range.binders_within(binders));
            }
            Value::Shift(inner, ..) | Value::Part(_, inner) | Value::MonthEdge(_, inner) => {
                self.value(inner, binders);
            }
            Value::Add(left, _, right)
            | Value::Product(left, right)
            | Value::Quotient(left, right, _)
            | Value::Days(left, right)
            | Value::Months(left, right)
            | Value::Weeks(left, right)
            | Value::Sundays(left, right) => self.two(left, right, binders),
            Value::Extreme(_, values) => self.values(values, binders),
        }
    }

    fn selection(&mut self, range: &'c Range, cond: &'c Cond, is_so: bool, binders: u8) {
        self.range(range, cond, is_so, binders);
        self.cond(cond, range.binders_within(binders));
    }

    fn range(&mut self, range: &'c Range, cond: &'c Cond, is_so: bool, binders: u8) {
        (self.0)(Part::Range { range, cond, is_so }, binders);
        match &range.over {
            Over::Path(path) => self.path(path, binders),
            Over::Other { .. } | Over::Rows(_) => {}
        }
    }

    fn two(&mut self, left: &'c Value, right: &'c Value, binders: u8) {
        self.value(left, binders);
        self.value(right, binders);
    }

    fn values(&mut self, values: &'c [Value], binders: u8) {
        values.iter().for_each(|value| self.value(value, binders));
    }

    fn paths(&mut self, paths: &'c [Path], binders: u8) {
        paths.iter().for_each(|path| self.path(path, binders));
    }

    fn path(&mut self, path: &'c Path, binders: u8) {
        (self.0)(Part::Path(path), binders);
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{SourceId, Span};

    use super::super::{Kind, Op, Origin, Requirement, RowSource, Rows};
    use super::*;

    const SPAN: Span = Span { source: SourceId(0), start: 0, end: 0 };

    fn path(origin: Origin, name: &str) -> Path {
        Path { origin, param: None, steps: vec![name.to_owned()], written: name.to_owned() }
    }

    fn rows() -> Range {
        let (source, written) = (RowSource::Table(0), "t".to_owned());
        let rows = Rows { source, same_part: false, counts_void: false, written };
        Range { over: Over::Rows(rows), name: None }
    }

    fn paths(steps: &[Step]) -> Vec<(String, u8)> {
        let mut found = Vec::new();
        super::steps(steps, 0, |part, binders| {
            if let Part::Path(path) = part {
                found.push((path.written.clone(), binders));
            }
        });
        found
    }

    fn named(found: &[(&str, u8)]) -> Vec<(String, u8)> {
        found.iter().map(|(name, binders)| ((*name).to_owned(), *binders)).collect()
    }

    fn step(target: &str, demand: Demand) -> Step {
        Step::Require(Requirement { target: path(Origin::This, target), demand, span: SPAN })
    }

    #[test]
    fn a_row_that_is_bound_stands_around_what_follows() {
        let cond = Cond::Filled(path(Origin::Bound(0), "a"));
        let bind = Step::Bind { range: rows(), cond, span: SPAN };
        let found = paths(&[bind, step("b", Demand::Filled)]);
        assert_eq!(found, named(&[("a", 1), ("b", 1)]));
    }

    #[test]
    fn what_is_summed_stands_within_its_range_and_what_it_is_compared_with_does_not() {
        let what = Value::Path(path(Origin::Bound(0), "a"), Kind::Number);
        let cond = Cond::Filled(path(Origin::Bound(0), "b"));
        let sum = Value::Sum(Box::new(what), rows(), Box::new(cond));
        let other = Value::Path(path(Origin::This, "c"), Kind::Number);
        let found = paths(&[step("d", Demand::Ordered(Op::Le, sum, other))]);
        assert_eq!(found, named(&[("d", 0), ("a", 1), ("b", 1), ("c", 0)]));
    }

    #[test]
    fn elements_without_a_name_are_no_binder() {
        let list = |name: Option<&str>| Range {
            over: Over::Path(path(Origin::This, "list")),
            name: name.map(str::to_owned),
        };
        let inner = || Box::new(Cond::Filled(path(Origin::Item, "a")));
        let both = Cond::Any(vec![
            Cond::Exists(list(None), inner()),
            Cond::Not(Box::new(Cond::Every(list(Some("name")), inner()))),
        ]);
        let found = paths(&[step("b", Demand::Holds(both))]);
        assert_eq!(found, named(&[("b", 0), ("list", 0), ("a", 0), ("list", 0), ("a", 1)]));
    }
}
