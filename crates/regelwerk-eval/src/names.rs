//! Element names as numbers.

use std::collections::BTreeMap;

use regelwerk_compiler::model::{Field, Standard};
use regelwerk_kernel::standard::Name;

use crate::keep;

/// The number of each element name of a standard.
#[derive(Debug)]
pub(crate) struct Names(BTreeMap<&'static str, Name>);

impl Names {
    pub(crate) fn of(standard: &Standard) -> Self {
        let names = standard.element_names().into_iter().map(keep::text);
        Self(names.zip(0..).collect())
    }

    /// Every name, in order of number.
    pub(crate) fn all(&self) -> &'static [&'static str] {
        keep::list(self.0.keys().copied())
    }

    /// The number of a name; the analysis lets only names through that there are.
    pub(crate) fn number(&self, name: &str) -> Name {
        self.0.get(name).copied().unwrap_or(Name::MAX)
    }

    pub(crate) fn path<S: AsRef<str>>(
        &self,
        steps: impl IntoIterator<Item = S>,
    ) -> &'static [Name] {
        keep::list(steps.into_iter().map(|step| self.number(step.as_ref())))
    }

    /// Paths with the value at the end of each.
    pub(crate) fn fields(&self, fields: &[Field]) -> &'static [(&'static [Name], &'static str)] {
        keep::list(fields.iter().map(|field| {
            let path = self.path(field.path.iter().map(|(name, _)| name));
            (path, keep::text(field.value.as_deref().unwrap_or_default()))
        }))
    }
}
