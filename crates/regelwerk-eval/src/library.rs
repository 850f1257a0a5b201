//! The standards that rule files make.

use std::sync::Arc;

use regelwerk_compiler::model::plan::Plan;
use regelwerk_compiler::{Compilation, hash};
use regelwerk_kernel::Standard;

use crate::maker::Maker;
use crate::unit::Watch;

/// Standards in memory.
#[derive(Debug, Clone)]
pub struct Library {
    /// Every standard, in order of name.
    pub standards: Vec<&'static Standard>,
}

impl Library {
    /// The standards of rules that have no errors.
    #[must_use]
    pub fn of(compilation: &Compilation) -> Self {
        Self::made(compilation, None)
    }

    /// The same, of which someone hears what comes of every part.
    #[must_use]
    pub fn watched(compilation: &Compilation, watch: Arc<dyn Watch>) -> Self {
        Self::made(compilation, Some(watch))
    }

    fn made(compilation: &Compilation, watch: Option<Arc<dyn Watch>>) -> Self {
        let hash = hash(&compilation.sources);
        let standards = compilation.model.standards.iter().map(|standard| {
            let plan = Plan::new(standard);
            let maker = Maker::new(standard, &compilation.sources, plan, watch.clone());
            maker.make(&hash)
        });
        Self { standards: standards.collect() }
    }
}
