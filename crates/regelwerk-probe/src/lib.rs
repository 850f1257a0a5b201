//! Tests the tests of rules.
//!
//! [`mutants`] says a rule a little differently, in every way it knows; [`hunt`] looks whether an
//! example or a scenario then comes out otherwise than it tells. What survives is said nowhere but in
//! the rule itself, so that nobody would notice if it were wrong. [`reach`] tells which conditions,
//! requirements, rows, transitions and last days examples and scenarios come by.

mod alter;
mod catch;
mod hunt;
mod mutant;
mod named;
mod reach;
mod sphere;
mod tell;
mod trial;
mod variant;

pub use catch::Catch;
pub use hunt::{Hunt, at_hand, caught, hunt};
pub use mutant::{Kind, Mutant, mutants};
pub use reach::{Aspect, Reached, reach};
