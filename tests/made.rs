//! Rules with the library that was made of them: the norm, and the invented standard.

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
    let norm = (root().join("rules"), regelwerk::STANDARDS);
    let proef = (here().join("proef"), generated::STANDARDS);
    [norm, proef]
        .map(|(rules, standards)| Made { compilation: compile(load(&rules).unwrap()), standards })
}

impl Made {
    pub(crate) fn context(&self) -> Context {
        Context::new(self.standards.to_vec())
    }
}
