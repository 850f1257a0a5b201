//! What can be run by itself, and be watched or replaced while it is.

/// Something that is judged as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A wording of a rule.
    Wording {
        /// The protocol of the rule, by number; none of a rule of the standard.
        protocol: Option<u16>,
        /// The rule, by number.
        rule: u16,
        /// The wording, by number.
        wording: usize,
    },
    /// The course of a term.
    Course {
        /// The protocol of the term, by number; none of a term of the standard.
        protocol: Option<u16>,
        /// The term as a rule, by number.
        rule: u16,
        /// The course, by number over all parts.
        course: usize,
    },
    /// Whether the latest row of a view counts.
    View(usize),
    /// Whether an event of a process happens with a row.
    Trigger {
        /// The process, by number.
        process: usize,
        /// The trigger, by number over all events.
        trigger: usize,
    },
    /// The transitions of a process.
    Next(usize),
    /// Whether a protocol recognises a message at a place.
    Recognition {
        /// The protocol, by number.
        protocol: usize,
        /// Which of its recognitions, by number.
        at: usize,
    },
    /// Whether the rules of a protocol apply at an element.
    Application {
        /// The protocol, by number.
        protocol: usize,
        /// Which of its applications, by number.
        at: usize,
    },
}

/// Hears what comes of parts while they are judged.
///
/// A part has a number: that of a condition as `parts` numbers it.
pub trait Watch: Sync + Send {
    /// A unit begins, at the element at this path; of a row there is none.
    fn begins(&self, unit: Unit, path: Option<&dyn Fn() -> String>);

    /// What came of a part, and what the values in it came to, in order; of what must be filled or
    /// empty the text that is there. Of quantifiers, and of a requirement with parts of its own,
    /// there are none.
    fn part(&self, unit: Unit, part: usize, holds: bool, values: &dyn Fn() -> Vec<Option<String>>);

    /// A row of a table is one that is looked for: the table by number, and its cells.
    fn row(&self, table: u16, cells: &dyn Fn() -> Vec<Option<String>>) {
        let _ = (table, cells);
    }

    /// A process went from one state to another at an event, by their numbers.
    fn step(&self, process: usize, state: u8, event: u8) {
        let _ = (process, state, event);
    }
}
