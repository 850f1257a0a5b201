//! What a rule says, as something to run.

use std::fmt;
use std::ops::Deref;

use super::Course;
use crate::rows::{Row, Rows};
use crate::scope::{Judge, Scope};

/// Something to run: a function of generated code, or whatever else judges the same.
pub struct Code<F: ?Sized + 'static>(pub &'static F);

/// A wording, judged at an element.
pub type Check = Code<dyn Fn(&mut Judge<'_, '_>) + Sync>;

/// A question that is asked of an element.
pub type Test = Code<dyn Fn(Scope<'_>) -> bool + Sync>;

/// A question that is asked of a row.
pub type RowTest = Code<dyn Fn(Rows<'_>, Row<'_>) -> bool + Sync>;

/// The course of a term that a row opens, if it does.
pub type CourseOf = Code<dyn Fn(Rows<'_>, Row<'_>) -> Option<Course> + Sync>;

/// The state after an event in a state, by their numbers; none where it changes nothing.
pub type Next = Code<dyn Fn(u8, u8) -> Option<u8> + Sync>;

impl<F: ?Sized> Clone for Code<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: ?Sized> Copy for Code<F> {}

impl<F: ?Sized> Deref for Code<F> {
    type Target = F;

    fn deref(&self) -> &F {
        self.0
    }
}

/// What it does is not to be seen.
impl<F: ?Sized> fmt::Debug for Code<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}
