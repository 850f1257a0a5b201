//! What a wording asks of the dossier.

use crate::core::walk::{self, Part};
use crate::core::{Cond, Over, Rows, Step, Value};

/// The rows that something looks into, and whether it asks for the day of receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'c> {
    /// The rows, in the order in which they are looked into.
    pub rows: Vec<&'c Rows>,
    /// It asks on which day the message judged was received.
    pub received: bool,
}

impl<'c> Asked<'c> {
    /// What a wording asks.
    #[must_use]
    pub fn by_steps(steps: &'c [Step]) -> Self {
        let mut asked = Self::default();
        walk::steps(steps, 0, |part, _| asked.enter(part));
        asked
    }

    /// What a condition asks.
    #[must_use]
    pub fn by_cond(cond: &'c Cond) -> Self {
        let mut asked = Self::default();
        walk::cond(cond, 0, |part, _| asked.enter(part));
        asked
    }

    /// What a value asks.
    #[must_use]
    pub fn by_value(value: &'c Value) -> Self {
        let mut asked = Self::default();
        walk::value(value, 0, |part, _| asked.enter(part));
        asked
    }

    /// Whether all it needs is the message itself.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && !self.received
    }

    fn enter(&mut self, part: Part<'c>) {
        match part {
            Part::Range { range, .. } => self.rows.extend(match &range.over {
                Over::Rows(rows) => Some(rows),
                Over::Path(_) | Over::Other { .. } => None,
            }),
            Part::Value(Value::Received) => self.received = true,
            _ => {}
        }
    }
}
