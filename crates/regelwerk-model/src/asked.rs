//! What a wording asks of the dossier.

use crate::core::{Cond, Demand, Over, Range, Requirement, Rows, Step, Value};

/// The rows that something looks into, and whether it asks for the day of receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'c> {
    /// The rows, in the order written.
    pub rows: Vec<&'c Rows>,
    /// It asks on which day the message judged was received.
    pub received: bool,
}

impl<'c> Asked<'c> {
    /// What a wording asks.
    #[must_use]
    pub fn by_steps(steps: &'c [Step]) -> Self {
        let mut asked = Self::default();
        asked.steps(steps);
        asked
    }

    /// What a condition asks.
    #[must_use]
    pub fn by_cond(cond: &'c Cond) -> Self {
        let mut asked = Self::default();
        asked.cond(cond);
        asked
    }

    /// What a value asks.
    #[must_use]
    pub fn by_value(value: &'c Value) -> Self {
        let mut asked = Self::default();
        asked.value(value);
        asked
    }

    /// Whether all it needs is the message itself.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && !self.received
    }

    fn steps(&mut self, steps: &'c [Step]) {
        for step in steps {
            match step {
                Step::If { cond, then, otherwise, .. } => {
                    self.cond(cond);
                    self.steps(then);
                    self.steps(otherwise);
                }
                Step::Let { value, .. } => self.value(value),
                Step::Require(Requirement { demand, .. }) => self.demand(demand),
                Step::Bind { range, cond, .. } => self.selection(range, cond),
            }
        }
    }

    fn demand(&mut self, demand: &'c Demand) {
        match demand {
            Demand::Filled | Demand::Empty | Demand::Allowed | Demand::Unique(..) => {}
            Demand::OneOf(value, values) | Demand::NoneOf(value, values) => {
                self.value(value);
                self.values(values);
            }
            Demand::Ordered(_, left, right) => {
                self.value(left);
                self.value(right);
            }
            Demand::Check(value, _) => self.value(value),
            Demand::Holds(cond) => self.cond(cond),
        }
    }

    fn cond(&mut self, cond: &'c Cond) {
        match cond {
            Cond::True | Cond::Filled(_) | Cond::Overlap(_) => {}
            Cond::Compare(_, left, right) => {
                self.value(left);
                self.value(right);
            }
            Cond::OneOf(value, values) | Cond::Listed(value, _, values) => {
                self.value(value);
                self.values(values);
            }
            Cond::Check(value, _) => self.value(value),
            Cond::Not(inner) => self.cond(inner),
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.cond(part)),
            Cond::Exists(range, inner) | Cond::Every(range, inner) => self.selection(range, inner),
        }
    }

    fn selection(&mut self, range: &'c Range, cond: &'c Cond) {
        if let Over::Rows(rows) = &range.over {
            self.rows.push(rows);
        }
        self.cond(cond);
    }

    fn values(&mut self, values: &'c [Value]) {
        values.iter().for_each(|value| self.value(value));
    }

    fn value(&mut self, value: &'c Value) {
        match value {
            Value::Path(..)
            | Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Let(..) => {}
            Value::Received => self.received = true,
            Value::Count(range, cond) => self.selection(range, cond),
            Value::Sum(what, range, cond) => {
                self.selection(range, cond);
                self.value(what);
            }
            Value::Shift(inner, ..) | Value::Part(_, inner) | Value::MonthEdge(_, inner) => {
                self.value(inner);
            }
            Value::Add(left, _, right)
            | Value::Product(left, right)
            | Value::Quotient(left, right, _)
            | Value::Days(left, right)
            | Value::Months(left, right)
            | Value::Weeks(left, right)
            | Value::Sundays(left, right) => {
                self.value(left);
                self.value(right);
            }
            Value::Extreme(_, values) => self.values(values),
        }
    }
}
