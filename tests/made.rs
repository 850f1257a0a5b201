//! Rules with the library that was made of them: the norm, and the invented standard.

use std::path::Path;

use regelwerk::{Context, Standard};
use regelwerk_compiler::{Compilation, compile, load};

use crate::generated;
use crate::snapshot::{here, root};

/// Rules with the library that was made of them.
pub(crate) struct Made {
    pub(crate) compilation: Compilation,
    pub(crate) standards: &'static [&'static Standard],
}

pub(crate) fn made() -> [Made; 2] {
    [norm(), proef()]
}

/// The rules that are shipped.
pub(crate) fn norm() -> Made {
    of(&root().join("rules"), regelwerk::STANDARDS)
}

/// The invented standard alone.
pub(crate) fn proef() -> Made {
    of(&here().join("proef"), generated::STANDARDS)
}

fn of(rules: &Path, standards: &'static [&'static Standard]) -> Made {
    Made { compilation: compile(load(rules).unwrap()), standards }
}

impl Made {
    pub(crate) fn context(&self) -> Context {
        Context::new(self.standards.to_vec())
    }
}
