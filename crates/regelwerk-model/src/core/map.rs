//! One way to make another core of a core: each part after the parts in it.

use super::{Cond, Demand, Fields, Named, Over, Path, Range, Requirement, Step, Value};

/// What becomes of each part; what is not said stays as it is.
///
/// A part comes after what is in it was made anew. The number that goes with it is the one that
/// [`Origin::Bound`](super::Origin::Bound) gives to a binder that stands there.
pub trait Map {
    /// What becomes of a path.
    fn path(&mut self, path: &Path, _binders: u8) -> Path {
        path.clone()
    }

    /// What becomes of a range.
    fn range(&mut self, range: Range, _binders: u8) -> Range {
        range
    }

    /// What becomes of a value.
    fn value(&mut self, value: Value, _binders: u8) -> Value {
        value
    }

    /// What becomes of a condition.
    fn cond(&mut self, cond: Cond, _binders: u8) -> Cond {
        cond
    }

    /// Whether what is in a condition that has a name is made anew too.
    fn enters(&mut self, _named: &Named) -> bool {
        true
    }

    /// What becomes of a demand.
    fn demand(&mut self, demand: Demand, _binders: u8) -> Demand {
        demand
    }

    /// What becomes of a step. It must not bind a row where it did not, or the other way round.
    fn step(&mut self, step: Step, _binders: u8) -> Step {
        step
    }
}

/// Makes steps anew, within so many binders.
pub fn steps(steps: &[Step], binders: u8, with: &mut dyn Map) -> Vec<Step> {
    let mut around = binders;
    let mut made = Vec::new();
    for one in steps {
        made.push(step(one, around, with));
        if let Step::Bind { range, .. } = one {
            around = range.binders_within(around);
        }
    }
    made
}

fn step(step: &Step, binders: u8, with: &mut dyn Map) -> Step {
    let made = match step {
        Step::If { cond: test, then, otherwise, span } => Step::If {
            cond: cond(test, binders, with),
            then: steps(then, binders, with),
            otherwise: steps(otherwise, binders, with),
            span: *span,
        },
        Step::Require(Requirement { target, demand: demanded, span }) => {
            Step::Require(Requirement {
                target: with.path(target, binders),
                demand: demand(demanded, binders, with),
                span: *span,
            })
        }
        Step::Let { name, value: what } => {
            Step::Let { name: name.clone(), value: value(what, binders, with) }
        }
        Step::Bind { range, cond, span } => {
            let (range, cond) = selection(range, cond, binders, with);
            Step::Bind { range, cond, span: *span }
        }
    };
    with.step(made, binders)
}

/// Makes a demand anew, within so many binders.
pub fn demand(demand: &Demand, binders: u8, with: &mut dyn Map) -> Demand {
    let made = match demand {
        Demand::Filled => Demand::Filled,
        Demand::Empty => Demand::Empty,
        Demand::Allowed => Demand::Allowed,
        Demand::OneOf(left, right) => {
            Demand::OneOf(value(left, binders, with), values(right, binders, with))
        }
        Demand::NoneOf(left, right) => {
            Demand::NoneOf(value(left, binders, with), values(right, binders, with))
        }
        Demand::Ordered(op, left, right) => {
            Demand::Ordered(*op, value(left, binders, with), value(right, binders, with))
        }
        Demand::Check(left, check) => Demand::Check(value(left, binders, with), check.clone()),
        Demand::Unique(Fields::Paths(paths), within) => {
            let paths = paths.iter().map(|path| with.path(path, binders)).collect();
            Demand::Unique(Fields::Paths(paths), within.clone())
        }
        Demand::Unique(fields @ (Fields::Param(_) | Fields::Key), within) => {
            Demand::Unique(fields.clone(), within.clone())
        }
        Demand::Holds(inner) => Demand::Holds(cond(inner, binders, with)),
    };
    with.demand(made, binders)
}

/// Makes a condition anew, within so many binders.
pub fn cond(of: &Cond, binders: u8, with: &mut dyn Map) -> Cond {
    let made = match of {
        Cond::True => Cond::True,
        Cond::Filled(path) => Cond::Filled(with.path(path, binders)),
        Cond::Compare(op, left, right) => {
            Cond::Compare(*op, value(left, binders, with), value(right, binders, with))
        }
        Cond::Same(left, right) => {
            Cond::Same(value(left, binders, with), value(right, binders, with))
        }
        Cond::OneOf(left, right) => {
            Cond::OneOf(value(left, binders, with), values(right, binders, with))
        }
        Cond::Listed(left, listed) => Cond::Listed(value(left, binders, with), listed.clone()),
        Cond::Check(left, check) => Cond::Check(value(left, binders, with), check.clone()),
        Cond::Overlap(paths) => {
            let paths = paths.as_ref().each_ref().map(|path| with.path(path, binders));
            Cond::Overlap(Box::new(paths))
        }
        Cond::Not(inner) => Cond::Not(Box::new(cond(inner, binders, with))),
        Cond::All(parts) => Cond::All(conds(parts, binders, with)),
        Cond::Any(parts) => Cond::Any(conds(parts, binders, with)),
        Cond::Exists(range, inner) => {
            let (range, inner) = selection(range, inner, binders, with);
            Cond::Exists(range, Box::new(inner))
        }
        Cond::Every(range, inner) => {
            let (range, inner) = selection(range, inner, binders, with);
            Cond::Every(range, Box::new(inner))
        }
        Cond::Named(named, inner) => {
            let made = if with.enters(named) { cond(inner, binders, with) } else { *inner.clone() };
            Cond::Named(named.clone(), Box::new(made))
        }
    };
    with.cond(made, binders)
}

/// Makes a value anew, within so many binders.
pub fn value(of: &Value, binders: u8, with: &mut dyn Map) -> Value {
    let mut inner = |value: &Value| boxed(value, binders, with);
    let made = match of {
        Value::Path(path, kind) => Value::Path(with.path(path, binders), *kind),
        leaf @ (Value::Text(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Let(..)
        | Value::Received) => leaf.clone(),
        Value::Count(over, is_so) => {
            let (over, is_so) = selection(over, is_so, binders, with);
            Value::Count(over, Box::new(is_so))
        }
        Value::Sum(what, over, is_so) => {
            let within = over.binders_within(binders);
            let over = range(over, binders, with);
            let what = boxed(what, within, with);
            Value::Sum(what, over, Box::new(cond(is_so, within, with)))
        }
        Value::Shift(from, by, unit) => Value::Shift(inner(from), *by, *unit),
        Value::Part(unit, from) => Value::Part(*unit, inner(from)),
        Value::MonthEdge(is_first, from) => Value::MonthEdge(*is_first, inner(from)),
        Value::Add(left, is_plus, right) => Value::Add(inner(left), *is_plus, inner(right)),
        Value::Product(left, right) => Value::Product(inner(left), inner(right)),
        Value::Quotient(left, right, rounding) => {
            Value::Quotient(inner(left), inner(right), *rounding)
        }
        Value::Days(from, to) => Value::Days(inner(from), inner(to)),
        Value::Months(from, to) => Value::Months(inner(from), inner(to)),
        Value::Weeks(from, to) => Value::Weeks(inner(from), inner(to)),
        Value::Sundays(from, to) => Value::Sundays(inner(from), inner(to)),
        Value::Extreme(is_last, all) => Value::Extreme(*is_last, values(all, binders, with)),
    };
    with.value(made, binders)
}

/// Makes a range and what must be so of those in it anew, within so many binders.
pub fn selection(over: &Range, inner: &Cond, binders: u8, with: &mut dyn Map) -> (Range, Cond) {
    let within = over.binders_within(binders);
    (range(over, binders, with), cond(inner, within, with))
}

fn range(range: &Range, binders: u8, with: &mut dyn Map) -> Range {
    let over = match &range.over {
        Over::Path(path) => Over::Path(with.path(path, binders)),
        other @ (Over::Other { .. } | Over::Rows(_)) => other.clone(),
    };
    with.range(Range { over, name: range.name.clone() }, binders)
}

fn boxed(of: &Value, binders: u8, with: &mut dyn Map) -> Box<Value> {
    Box::new(value(of, binders, with))
}

fn values(all: &[Value], binders: u8, with: &mut dyn Map) -> Vec<Value> {
    all.iter().map(|one| value(one, binders, with)).collect()
}

fn conds(all: &[Cond], binders: u8, with: &mut dyn Map) -> Vec<Cond> {
    all.iter().map(|one| cond(one, binders, with)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Kind, Listed, Named, Op, Origin, Rounding, Unit, walk};
    use super::*;
    use crate::core::walk::Part;

    fn path(origin: Origin) -> Path {
        Path { origin, ..Path::this() }
    }

    /// Every kind of value, each with paths in it.
    fn values() -> Vec<Value> {
        let at = || Box::new(Value::Path(path(Origin::Bound(1)), Kind::Number));
        let over =
            || Range { over: Over::Path(path(Origin::Bound(1))), name: Some("n".to_owned()) };
        let is_so = || Box::new(Cond::Filled(path(Origin::Bound(2))));
        vec![
            Value::Let("a".to_owned(), Kind::Number),
            Value::Received,
            Value::Number(1),
            Value::Count(over(), is_so()),
            Value::Sum(at(), over(), is_so()),
            Value::Shift(at(), 1, Unit::Day),
            Value::Part(Unit::Month, at()),
            Value::MonthEdge(true, at()),
            Value::Add(at(), false, at()),
            Value::Product(at(), at()),
            Value::Quotient(at(), at(), Rounding::Up),
            Value::Days(at(), at()),
            Value::Months(at(), at()),
            Value::Weeks(at(), at()),
            Value::Sundays(at(), at()),
            Value::Extreme(true, vec![*at(), *at()]),
        ]
    }

    fn named() -> Named {
        Named { at: 0, name: "a".to_owned(), about: None }
    }

    fn conds() -> Vec<Cond> {
        let over = || Range { over: Over::Path(path(Origin::This)), name: None };
        let at = || path(Origin::Bound(1));
        let listed = Listed { list: 0, written: "lijst a".to_owned() };
        let mut all = vec![
            Cond::True,
            Cond::Overlap(Box::new([at(), at(), at(), at()])),
            Cond::Exists(over(), Box::new(Cond::Filled(at()))),
            Cond::Not(Box::new(Cond::Every(over(), Box::new(Cond::Filled(at()))))),
            Cond::Listed(Value::Path(at(), Kind::Text), listed),
            Cond::OneOf(Value::Received, values()),
            Cond::Named(named(), Box::new(Cond::Filled(at()))),
            Cond::Same(Value::Path(at(), Kind::Text), Value::Path(at(), Kind::Text)),
        ];
        let compared = values().into_iter();
        all.extend(compared.map(|one| Cond::Compare(Op::Lt, one.clone(), one)));
        vec![Cond::Any(vec![Cond::All(all)])]
    }

    struct Same;
    impl Map for Same {}

    /// Remembers within how many binders each path stands.
    #[derive(Default)]
    struct Seen(Vec<(Path, u8)>);
    impl Map for Seen {
        fn path(&mut self, path: &Path, binders: u8) -> Path {
            self.0.push((path.clone(), binders));
            path.clone()
        }
    }

    #[test]
    fn what_nothing_is_said_of_stays_as_it_is() {
        for one in conds() {
            assert_eq!(cond(&one, 0, &mut Same), one);
        }
    }

    #[test]
    fn every_path_is_met_where_a_walk_meets_it() {
        for one in conds() {
            let (mut seen, mut walked) = (Seen::default(), Vec::new());
            cond(&one, 1, &mut seen);
            walk::cond(&one, 1, |part, binders| {
                if let Part::Path(path) = part {
                    walked.push((path.clone(), binders));
                }
            });
            assert!(walked.len() > 40);
            assert_eq!(seen.0, walked);
        }
    }

    #[test]
    fn what_has_a_name_is_entered_only_where_that_is_asked() {
        struct Opposite(bool);
        impl Map for Opposite {
            fn cond(&mut self, cond: Cond, _: u8) -> Cond {
                if matches!(cond, Cond::Named(..)) { cond } else { cond.negated() }
            }
            fn enters(&mut self, _: &Named) -> bool {
                self.0
            }
        }
        let filled = Cond::Filled(Path::this());
        let of = |inner: Cond| Cond::Named(named(), Box::new(inner));
        assert_eq!(cond(&of(filled.clone()), 0, &mut Opposite(false)), of(filled.clone()));
        assert_eq!(cond(&of(filled.clone()), 0, &mut Opposite(true)), of(filled.negated()));
    }

    #[test]
    fn a_part_comes_after_what_is_in_it() {
        struct Opposite;
        impl Map for Opposite {
            fn cond(&mut self, cond: Cond, _: u8) -> Cond {
                cond.negated()
            }
        }
        let filled = Cond::Filled(Path::this());
        let twice = Cond::Not(Box::new(filled.clone()));
        assert_eq!(cond(&twice, 0, &mut Opposite), filled.negated());
    }
}
