//! Columns of rows: what a path of a row leads to, in every release.

use regelwerk_diag::Diagnostic;
use regelwerk_model::Content;
use regelwerk_model::core::{Kind, RowSource};
use regelwerk_model::dossier::{Column, Pick, RowPlace};
use regelwerk_syntax::ast::Word;

use super::{Book, Cell, RECEIVED, SENT, ancestry, kind_of};
use crate::codes::{KIND, UNKNOWN_ELEMENT, UNKNOWN_LIST};
use crate::messages::unknown_child;
use crate::paths::{Reach, repeated};
use crate::sink::Sink;

/// An element that a path of a row leads to.
struct Found {
    pick: Pick,
    place: RowPlace,
    /// Its kind; none of a group.
    kind: Option<Kind>,
}

impl Book<'_> {
    /// The column of a row that a path leads to; what is wrong is reported.
    pub(crate) fn column(
        &self,
        source: RowSource,
        names: &[&Word],
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Cell> {
        match self.below(source) {
            RowSource::Earlier(at) => self.of_message(at, names, reach, sink),
            other => self.of_declared(other, names, sink),
        }
    }

    fn of_declared(&self, source: RowSource, names: &[&Word], sink: &mut Sink) -> Option<Cell> {
        let declared = self.declared(source);
        let first = names.first()?;
        let found = declared.iter().find(|(name, _)| *name == first.value && names.len() == 1);
        let Some((name, kind)) = found else {
            let known = declared.iter().map(|(name, _)| name.as_str());
            sink.unknown(UNKNOWN_LIST, "kolom", first, known);
            return None;
        };
        Some(Cell { name: name.clone(), kind: *kind, places: Vec::new() })
    }

    fn of_message(
        &self,
        source: usize,
        names: &[&Word],
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Cell> {
        let places = self.read(|all| Some(all.sources.get(source)?.places.clone()))?;
        let written: Vec<_> = names.iter().map(|name| name.value.as_str()).collect();
        let pseudo = match written.as_slice() {
            [RECEIVED] => Some(Pick::Received),
            [SENT] => Some(Pick::Sent),
            _ => None,
        };
        if let Some(pick) = pseudo {
            let picks = vec![Some(pick); places.len()];
            let name = self.intern(source, written.join("."), Kind::Date, picks);
            return Some(Cell { name, kind: Kind::Date, places: Vec::new() });
        }
        let mut found = Vec::new();
        for place in &places {
            found.push(self.find(*place, names, sink)?);
        }
        let kind = self.kind(&places, &found, names, reach, sink)?;
        let ends = found.iter().flatten().map(|one| one.place).collect();
        let pick = |found: Found| match (found.pick, kind) {
            (Pick::Path { up, path }, None) => Pick::Filled { up, path },
            (pick, _) => pick,
        };
        let picks = found.into_iter().map(|found| found.map(pick)).collect();
        let kind = kind.unwrap_or(Kind::Text);
        let name = self.intern(source, written.join("."), kind, picks);
        Some(Cell { name, kind, places: ends })
    }

    /// The kind of a column, the same in every release; none of whether a group is filled.
    #[allow(clippy::option_option)]
    fn kind(
        &self,
        places: &[RowPlace],
        found: &[Option<Found>],
        names: &[&Word],
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Option<Kind>> {
        let (first, last) = (names.first()?, names.last()?);
        let span = first.span.to(last.span);
        let mut kinds: Vec<_> = found.iter().flatten().map(|one| one.kind).collect();
        kinds.dedup();
        match kinds.as_slice() {
            [] => {
                self.unknown(*places.last()?, names, sink);
                None
            }
            [Some(kind)] => Some(Some(*kind)),
            _ if reach == Reach::Filled => Some(None),
            kinds if kinds.contains(&None) => {
                let written: Vec<_> = names.iter().map(|name| name.value.as_str()).collect();
                let title = format!("`{}` heeft elementen, geen waarde", written.join("."));
                sink.push(
                    Diagnostic::error(KIND, title, span)
                        .help("noem een element erin, of gebruik `gevuld` of `leeg`"),
                );
                None
            }
            // Releases differ: the newest tells. What an older one has otherwise is empty.
            [.., newest] => Some(*newest),
        }
    }

    /// The element that a path of a row leads to: in the element of the row, or else in or at the
    /// nearest one around it. Outside: it could not be; inside: this release does not have it.
    #[allow(clippy::option_option)]
    fn find(&self, place: RowPlace, names: &[&Word], sink: &mut Sink) -> Option<Option<Found>> {
        let (first, rest) = names.split_first()?;
        let (release, message) = self.message(place)?;
        let start = ancestry(message, place.node).into_iter().enumerate().find_map(|(up, at)| {
            let child = message.child(at, &first.value).map(|_| (up, at, names));
            child.or_else(|| (message.name(at) == first.value).then_some((up, at, rest)))
        });
        let Some((up, mut at, steps)) = start else { return Some(None) };
        for step in steps {
            let Some(child) = message.child(at, &step.value) else { return Some(None) };
            if message.node(child)?.max > 1 {
                sink.push(repeated(step));
                return None;
            }
            at = child;
        }
        let kind = match &message.node(at)?.content {
            Content::Value(simple, _) => Some(kind_of(release.types.get(*simple)?.base)),
            Content::Group(_) => None,
        };
        let path = steps.iter().map(|step| step.value.clone()).collect();
        let place = RowPlace { node: at, ..place };
        Some(Some(Found { pick: Pick::Path { up, path }, place, kind }))
    }

    /// Says that neither the element of a row nor one around it has what a path names.
    fn unknown(&self, place: RowPlace, names: &[&Word], sink: &mut Sink) {
        let (Some((_, message)), Some((first, rest))) = (self.message(place), names.split_first())
        else {
            return;
        };
        let around = ancestry(message, place.node);
        let start = around.iter().find_map(|at| {
            let is_own = message.name(*at) == first.value;
            message.child(*at, &first.value).or(is_own.then_some(*at))
        });
        if let Some(mut at) = start {
            for step in rest {
                match message.child(at, &step.value) {
                    Some(child) => at = child,
                    None => return unknown_child(message, at, step, sink),
                }
            }
        }
        let what = format!("{}, {}: element", message.name, message.name(place.node));
        let known = around.iter().flat_map(|at| message.children(*at));
        let known: Vec<_> = known.chain(&around).map(|id| message.name(*id)).collect();
        sink.unknown(UNKNOWN_ELEMENT, &what, first, known);
    }

    /// Adds a column, unless there is one of the same values; gives its name.
    fn intern(&self, source: usize, name: String, kind: Kind, picks: Vec<Option<Pick>>) -> String {
        let mut all = self.dossier.borrow_mut();
        let Some(source) = all.sources.get_mut(source) else { return name };
        let same = |one: &&Column| one.kind == kind && one.picks == picks;
        if let Some(known) = source.columns.iter().find(same) {
            return known.name.clone();
        }
        // Whether a group is filled may be asked under the name of a value of another release.
        let is_taken = source.columns.iter().any(|one| one.name == name);
        let name = if is_taken { format!("{name} gevuld") } else { name };
        source.columns.push(Column { name: name.clone(), kind, picks });
        name
    }
}
