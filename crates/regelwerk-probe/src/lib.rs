//! Tests the tests of rules.
//!
//! [`mutants`] says a rule a little differently, in every way it knows; [`hunt`] looks whether an
//! example or a scenario then comes out otherwise than it tells. What survives is said nowhere but in
//! the rule itself, so that nobody would notice if it were wrong.

mod hunt;
mod mutant;
mod trial;
mod variant;

pub use hunt::{Hunt, hunt};
pub use mutant::{Kind, Mutant, mutants};
