//! Which paths a condition or a demand looks at.

use regelwerk_model::core::walk::{self, Part};
use regelwerk_model::core::{Cond, Demand, Path};

/// Whether elements decide a condition that a path does not name.
pub(crate) fn quantifies(cond: &Cond) -> bool {
    match cond {
        Cond::Exists(..) | Cond::Every(..) => true,
        Cond::Not(inner) => quantifies(inner),
        Cond::All(parts) | Cond::Any(parts) => parts.iter().any(quantifies),
        _ => false,
    }
}

/// The paths in conditions, and then those in a demand.
pub(crate) fn looked_at<'c>(guards: &'c [Cond], demand: &'c Demand) -> Vec<&'c Path> {
    let mut seen = Vec::new();
    let mut see = |part| {
        if let Part::Path(path) = part {
            seen.push(path);
        }
    };
    guards.iter().for_each(|guard| walk::cond(guard, 0, |part, _| see(part)));
    walk::demand(demand, 0, |part, _| see(part));
    seen
}
