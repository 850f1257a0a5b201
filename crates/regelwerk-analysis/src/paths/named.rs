//! What a block `voorwaarde` says, where it is used: about the element or the row at hand, or about
//! one that has a name there.
//!
//! It means what it would if it stood there in parentheses, with its paths beginning at what it is
//! about. Names that are given outside it mean nothing in it.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::Origin;
use regelwerk_syntax::ast::{PathExpr, Word};

use super::resolve::{Start, out_of_sight};
use super::{Scope, Standing};
use crate::codes::PARAMETER;
use crate::sink::Sink;

/// What is around what a block `voorwaarde` says, where it is used.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// So many binders are not its own.
    pub(super) around: usize,
    /// What a path begins with, as a text tells it, that starts at what it is about.
    lead: String,
    /// It is about what has a name there.
    is_by_name: bool,
}

impl<'a> Scope<'a> {
    /// The scope in what a block `voorwaarde` says: about what `dit` is here, or about what has a
    /// name.
    pub(crate) fn about(&self, name: &Word, about: Option<&Word>, sink: &mut Sink) -> Option<Self> {
        let (home, lead) = match about {
            Some(about) => {
                (Standing::Binder(self.bound(about, sink)?), format!("{}.", about.value))
            }
            None if self.is_at_home() => (self.home.clone(), String::new()),
            None => (self.home.clone(), "dit ".to_owned()),
        };
        if matches!(home, Standing::Items(_, level) if level != self.level) {
            sink.push(out_of_sight(name.span));
            return None;
        }
        let named = Some(Named { around: self.binders.len(), lead, is_by_name: about.is_some() });
        Some(Self { at: home.clone(), home, lets: Vec::new(), named, ..self.clone() })
    }

    /// Whether it is in what a block `voorwaarde` says.
    pub(crate) fn is_named(&self) -> bool {
        self.named.is_some()
    }

    /// Whether it is in what a block `voorwaarde` says about something that has a name.
    pub(crate) fn is_about_another(&self) -> bool {
        self.named.as_ref().is_some_and(|named| named.is_by_name)
    }

    /// Whether `dit` is the element that is judged.
    pub(crate) fn is_of_judged(&self) -> bool {
        matches!(self.home, Standing::Judged)
    }

    /// The names of what is bound here.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let around = self.named.as_ref().map_or(0, |named| named.around);
        self.binders.iter().skip(around).filter_map(|binder| binder.name.as_deref())
    }

    /// What a path begins with, as a text tells it.
    pub(super) fn lead(&self, written: &PathExpr, start: &Start<'_>) -> &str {
        match &self.named {
            Some(named) if self.is_from_home(start) && !named.lead.is_empty() => &named.lead,
            _ if written.this => "dit ",
            _ => "",
        }
    }

    /// The binder of a row or an element that has a name.
    fn bound(&self, name: &Word, sink: &mut Sink) -> Option<usize> {
        let found = self.binder(&name.value);
        if found.is_none() && self.is_taken(&name.value) {
            let title =
                format!("`{}` is geen rij, en geen element uit `er is` of `voor elke`", name.value);
            sink.push(
                Diagnostic::error(PARAMETER, title, name.span)
                    .help("een voorwaarde geldt voor een rij of een element met een naam, of zonder `voor` voor dit element zelf"),
            );
        } else if found.is_none() {
            sink.unknown(PARAMETER, "rij of element", name, self.names());
        }
        found
    }

    /// Whether paths without a prefix start where those with `dit` do.
    fn is_at_home(&self) -> bool {
        match (&self.at, &self.home) {
            (Standing::Judged, Standing::Judged) => true,
            (Standing::Items(_, at), Standing::Items(_, home))
            | (Standing::Binder(at), Standing::Binder(home)) => at == home,
            _ => false,
        }
    }

    /// Whether a path starts where those with `dit` do, and not by a name.
    fn is_from_home(&self, start: &Start<'_>) -> bool {
        let home = match self.home {
            Standing::Judged => start.origin == Origin::This,
            Standing::Items(_, level) => start.origin == Origin::Item && level == self.level,
            Standing::Binder(at) => {
                matches!(start.origin, Origin::Bound(from) if usize::from(from) == at)
            }
        };
        home && start.skip == 0
    }
}

#[cfg(test)]
mod tests;
