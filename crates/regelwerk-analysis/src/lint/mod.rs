//! Lints: what stops nothing, and is most likely not what is meant.
//!
//! They look at rules in which nothing is wrong, and at what those say, not at what comes of it: that
//! takes running them. When they are not sure they say nothing. Each is a file, with its page.

pub(crate) mod bare_deviation;
pub(crate) mod differing_sources;
pub(crate) mod idle_example;
mod looks;
pub(crate) mod repeated_example;
pub(crate) mod sourceless_wording;
pub(crate) mod stray_scenario;
#[cfg(test)]
mod tests;
pub(crate) mod untried;
pub(crate) mod unused_block;
pub(crate) mod unused_code;
pub(crate) mod unused_column;
pub(crate) mod unused_name;
mod used;
mod whole;

use regelwerk_diag::Diagnostic;
use regelwerk_model::Model;

use crate::collect::Declarations;
use crate::lint::whole::Whole;

/// All lints, in order of code.
const LINTS: [fn(&Whole<'_>, &mut Vec<Diagnostic>); 11] = [
    unused_block::check,
    unused_code::check,
    unused_column::check,
    unused_name::check,
    idle_example::check,
    repeated_example::check,
    untried::check,
    stray_scenario::check,
    differing_sources::check,
    sourceless_wording::check,
    bare_deviation::check,
];

/// What the lints tell of rules in which nothing is wrong.
pub(crate) fn check(homes: &[Declarations<'_>], model: &Model) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for standard in &model.standards {
        let whole = Whole::new(standard, homes);
        LINTS.iter().for_each(|lint| lint(&whole, &mut told));
    }
    told
}
