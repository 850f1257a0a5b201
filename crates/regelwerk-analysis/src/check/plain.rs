//! Conditions without parameters, so that the same question of two rules is one question.

use regelwerk_model::core::{Cond, Fields, Op, Over, Path, Range, Value};

/// Puts the only path of each parameter in its place.
pub(super) struct Plain<'a>(pub(super) &'a [Vec<Vec<String>>]);

impl Plain<'_> {
    fn path(&self, path: &Path) -> Path {
        let bound = path.param.and_then(|param| self.0.get(param)?.first());
        let steps = bound.into_iter().flatten().chain(&path.steps).cloned().collect();
        Path { origin: path.origin, param: None, steps, written: String::new() }
    }

    pub(super) fn fields(&self, fields: &Fields) -> Fields {
        match fields {
            Fields::Paths(paths) => {
                Fields::Paths(paths.iter().map(|path| self.path(path)).collect())
            }
            Fields::Param(param) => {
                let bound = self.0.get(*param).into_iter().flatten();
                let path = |steps: &Vec<String>| Path { steps: steps.clone(), ..Path::this() };
                Fields::Paths(bound.map(path).collect())
            }
            Fields::Key => Fields::Key,
        }
    }

    pub(super) fn cond(&self, cond: &Cond) -> Cond {
        match cond {
            Cond::True => Cond::True,
            Cond::Filled(path) => Cond::Filled(self.path(path)),
            Cond::Compare(op, left, right) => self.compare(*op, left, right),
            Cond::OneOf(value, values) => Cond::OneOf(self.value(value), self.values(values)),
            Cond::Listed(value, _, values) => Cond::OneOf(self.value(value), self.values(values)),
            Cond::Check(value, check) => Cond::Check(self.value(value), check.clone()),
            Cond::Overlap(paths) => {
                let [a, b, c, d] = paths.as_ref();
                Cond::Overlap(Box::new([a, b, c, d].map(|path| self.path(path))))
            }
            Cond::Not(inner) => opposite(self.cond(inner)),
            Cond::All(parts) => Cond::All(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Any(parts) => Cond::Any(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Exists(range, inner) => {
                Cond::Exists(self.range(range), Box::new(self.cond(inner)))
            }
            Cond::Every(range, inner) => Cond::Every(self.range(range), Box::new(self.cond(inner))),
        }
    }

    fn range(&self, range: &Range) -> Range {
        let over = match &range.over {
            Over::Path(path) => Over::Path(self.path(path)),
            other @ (Over::Other { .. } | Over::Rows(_)) => other.clone(),
        };
        Range { over, name: range.name.clone() }
    }

    /// `a <> b` is the opposite of `a = b`, and `a > b` is `b < a`.
    fn compare(&self, op: Op, left: &Value, right: &Value) -> Cond {
        let (left, right) = (self.value(left), self.value(right));
        match op {
            Op::Ne => opposite(Cond::Compare(Op::Eq, left, right)),
            Op::Gt => Cond::Compare(Op::Lt, right, left),
            Op::Ge => Cond::Compare(Op::Le, right, left),
            op => Cond::Compare(op, left, right),
        }
    }

    fn values(&self, values: &[Value]) -> Vec<Value> {
        values.iter().map(|value| self.value(value)).collect()
    }

    fn value(&self, value: &Value) -> Value {
        let boxed = |value: &Value| Box::new(self.value(value));
        match value {
            Value::Path(path, kind) => Value::Path(self.path(path), *kind),
            Value::Count(range, cond) => Value::Count(self.range(range), Box::new(self.cond(cond))),
            Value::Sum(what, range, cond) => {
                Value::Sum(boxed(what), self.range(range), Box::new(self.cond(cond)))
            }
            Value::Shift(from, by, unit) => Value::Shift(boxed(from), *by, *unit),
            Value::Part(unit, from) => Value::Part(*unit, boxed(from)),
            Value::MonthEdge(is_first, from) => Value::MonthEdge(*is_first, boxed(from)),
            Value::Add(left, is_plus, right) => Value::Add(boxed(left), *is_plus, boxed(right)),
            Value::Product(left, right) => Value::Product(boxed(left), boxed(right)),
            Value::Quotient(left, right, rounding) => {
                Value::Quotient(boxed(left), boxed(right), *rounding)
            }
            Value::Days(from, to) => Value::Days(boxed(from), boxed(to)),
            Value::Months(from, to) => Value::Months(boxed(from), boxed(to)),
            Value::Weeks(from, to) => Value::Weeks(boxed(from), boxed(to)),
            Value::Sundays(from, to) => Value::Sundays(boxed(from), boxed(to)),
            Value::Extreme(is_last, values) => Value::Extreme(*is_last, self.values(values)),
            constant @ (Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Let(..)
            | Value::Received) => constant.clone(),
        }
    }
}

/// The opposite, always in one form: that of an equality is no `<>` but a `Not`.
fn opposite(cond: Cond) -> Cond {
    match cond {
        Cond::Not(inner) => *inner,
        other => Cond::Not(Box::new(other)),
    }
}
