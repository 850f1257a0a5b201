//! What is looked up in the dossier: sources and their columns, gathered from use.
//!
//! Who lowers a condition that asks for rows writes down here which elements it asks for and what
//! it reads of them. A source has exactly the columns that something reads.

mod columns;

use std::cell::{self, RefCell};
use std::collections::BTreeMap;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Cond, Kind, RowSource, walk};
use regelwerk_model::dossier::{Dossier, Fact, List, RowClass, RowPlace, Source};
use regelwerk_model::{Base, Interval, Message, NodeId, Release, Table};
use regelwerk_syntax::ast::{Place, RowElement, Spanned, Word};

use crate::codes::{DUPLICATE, MISSING_CLAUSE, STRUCTURE, UNKNOWN_LIST};
use crate::paths::Reach;
use crate::places;
use crate::sink::Sink;

/// The day on which the message of a row was received.
pub(crate) const RECEIVED: &str = "ontvangst";
/// The day on which the message of a row was sent.
pub(crate) const SENT: &str = "verzending";

/// Parts of named conditions, over all places where they are used, at the most: some tens of times
/// what the rules here come to.
const MOST_WRITTEN_OUT: usize = 20_000;

/// The dossier as it is being gathered.
pub(crate) struct Book<'a> {
    pub(crate) releases: &'a [Release],
    /// The tables of the standard.
    pub(crate) tables: &'a [Table],
    dossier: RefCell<Dossier>,
    /// Parts of named conditions that may still be written out.
    left: cell::Cell<usize>,
    /// Whether it has been told that there is no more.
    is_told: cell::Cell<bool>,
    /// There is a block `dossier` that could not be read, which has been reported.
    is_broken: bool,
}

/// A column as something reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    /// As the source declares it.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// The elements that it comes from, in every release.
    pub(crate) places: Vec<RowPlace>,
}

impl<'a> Book<'a> {
    pub(crate) fn new(releases: &'a [Release], tables: &'a [Table], dossier: Dossier) -> Self {
        let left = cell::Cell::new(MOST_WRITTEN_OUT);
        let is_told = cell::Cell::new(false);
        Self { releases, tables, dossier: RefCell::new(dossier), left, is_told, is_broken: false }
    }

    /// The same, of a standard whose block `dossier` could not be read.
    pub(crate) fn broken(self, is_broken: bool) -> Self {
        Self { is_broken, ..self }
    }

    /// Counts what a named condition comes to where it is used.
    pub(crate) fn write_out(&self, cond: &Cond) {
        let mut parts = 0;
        walk::cond(cond, 0, |_, _| parts += 1);
        self.left.set(self.left.get().saturating_sub(parts));
    }

    /// Whether named conditions may be written out no further: what one line says may be used in a
    /// great many places.
    pub(crate) fn is_full(&self) -> bool {
        self.left.get() == 0
    }

    /// Whether that is to be told: the first time that it is asked.
    pub(crate) fn tells_full(&self) -> bool {
        !self.is_told.replace(true)
    }

    pub(crate) fn into_dossier(self) -> Dossier {
        self.dossier.into_inner()
    }

    /// Reads what has been gathered so far.
    pub(crate) fn read<T>(&self, ask: impl FnOnce(&Dossier) -> T) -> T {
        ask(&self.dossier.borrow())
    }

    pub(crate) fn write(&self, change: impl FnOnce(&mut Dossier)) {
        change(&mut self.dossier.borrow_mut());
    }

    /// `eerder M / E`: the source of these elements, as an index into [`Dossier::sources`].
    pub(crate) fn earlier(&self, of: &RowElement, sink: &mut Sink) -> Option<usize> {
        let places = self.places(of, sink)?;
        if !self.is_filed(&of.message.value) {
            sink.push(
                Diagnostic::error(
                    MISSING_CLAUSE,
                    format!("{} wordt niet bewaard", of.message.value),
                    of.message.span,
                )
                .help("een blok `dossier` zegt wat er van eerdere berichten wordt bewaard"),
            );
            return None;
        }
        let known = |all: &Dossier| {
            let same = |one: &Source| one.message == of.message.value && one.places == places;
            all.sources.iter().position(same)
        };
        if let Some(known) = self.read(known) {
            return Some(known);
        }
        let names: Vec<_> = of.element.steps.iter().map(|step| step.name.value.as_str()).collect();
        self.write(|all| {
            all.sources.push(Source {
                message: of.message.value.clone(),
                element: names.join("."),
                places,
                columns: Vec::new(),
                classes: Vec::new(),
            });
        });
        let at = self.read(|all| all.sources.len()).checked_sub(1)?;
        self.keep_keys(at);
        Some(at)
    }

    /// Whether messages of this name are filed, in some release.
    pub(crate) fn is_filed(&self, message: &str) -> bool {
        let name = |release: usize, at: usize| {
            Some(self.releases.get(release)?.messages.get(at)?.name.as_str())
        };
        let is_filed = self.read(|all| {
            all.filings.iter().any(|one| name(one.release, one.message) == Some(message))
        });
        is_filed || self.is_broken
    }

    /// The elements in every release.
    fn places(&self, of: &RowElement, sink: &mut Sink) -> Option<Vec<RowPlace>> {
        let place = Place {
            message: of.message.clone(),
            element: of.element.clone(),
            bindings: Vec::new(),
        };
        let all = Interval { first: 0, last: self.releases.len().checked_sub(1)? };
        let spots = places::resolve(&[place], all, self.releases, sink)?;
        let place = |spot: &places::Spot| RowPlace {
            release: spot.release,
            message: spot.message,
            node: spot.node,
        };
        Some(spots.list.iter().map(place).collect())
    }

    /// Where a reply rejects by class, a row tells the keys of the classes that it is in.
    fn keep_keys(&self, source: usize) {
        let Some(place) = self.read(|all| all.sources.get(source)?.places.last().copied()) else {
            return;
        };
        let Some((release, message)) = self.message(place) else { return };
        let is_by_class =
            release.replies.iter().any(|reply| reply.to == place.message && reply.is_by_class);
        if !is_by_class {
            return;
        }
        let nowhere = Span { source: regelwerk_diag::SourceId(0), start: 0, end: 0 };
        for (up, node) in ancestry(message, place.node).into_iter().enumerate() {
            let Some(keyed) = message.node(node).filter(|node| !node.key.is_empty()) else {
                continue;
            };
            let mut key = Vec::new();
            for path in &keyed.key {
                let own = (up > 0).then_some(&keyed.name);
                let names = own.into_iter().chain(path);
                let words: Vec<_> =
                    names.map(|name| Spanned { value: name.clone(), span: nowhere }).collect();
                let words: Vec<_> = words.iter().collect();
                let cell = self.column(
                    RowSource::Earlier(source),
                    &words,
                    Reach::Value,
                    &mut Sink::default(),
                );
                let at = cell.and_then(|cell| self.position(source, &cell.name));
                key.extend(at);
            }
            let class = RowClass { element: keyed.name.clone(), key };
            self.write(|all| {
                if let Some(source) = all.sources.get_mut(source) {
                    source.classes.push(class);
                }
            });
        }
    }

    /// Where a column stands in its source.
    pub(crate) fn position(&self, source: usize, column: &str) -> Option<usize> {
        self.read(|all| {
            let columns = &all.sources.get(source)?.columns;
            columns.iter().position(|known| known.name == column)
        })
    }

    /// Values with a name, as an index into [`Dossier::lists`].
    pub(crate) fn list(&self, list: List) -> usize {
        if let Some(known) = self.read(|all| all.lists.iter().position(|known| *known == list)) {
            return known;
        }
        self.write(|all| all.lists.push(list));
        self.read(|all| all.lists.len()).saturating_sub(1)
    }

    /// A view, fact or question by its name.
    pub(crate) fn named(&self, name: &str) -> Option<RowSource> {
        self.read(|all| {
            let view = all.views.iter().position(|view| view.name == name);
            let fact = || all.facts.iter().position(|fact| fact.name == name);
            view.map(RowSource::View).or_else(|| fact().map(RowSource::Fact))
        })
    }

    /// A block `voorwaarde` by its name, as an index into [`Dossier::conditions`].
    pub(crate) fn condition(&self, name: &str) -> Option<usize> {
        self.read(|all| all.conditions.iter().position(|one| one.name == name))
    }

    /// Whether a name means rows, or a day of a row.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        matches!(name, RECEIVED | SENT) || self.named(name).is_some()
    }

    /// The names of views, facts and questions.
    pub(crate) fn names(&self) -> Vec<String> {
        self.read(|all| {
            let views = all.views.iter().map(|view| view.name.clone());
            views.chain(all.facts.iter().map(|fact| fact.name.clone())).collect()
        })
    }

    /// Where each view, fact, question and condition stands, by its name.
    pub(crate) fn places_of_names(&self) -> BTreeMap<String, Span> {
        self.read(|all| {
            let views = all.views.iter().map(|view| (view.name.clone(), view.span));
            let facts = all.facts.iter().map(|fact| (fact.name.clone(), fact.span));
            let conditions = all.conditions.iter().map(|one| (one.name.clone(), one.span));
            views.chain(facts).chain(conditions).collect()
        })
    }

    /// `rij in T`: a table of the home, or of the standard below it.
    pub(crate) fn table(&self, name: &Word, own: &[Table], sink: &mut Sink) -> Option<RowSource> {
        let all = || own.iter().chain(self.tables);
        let Some(table) = all().find(|table| table.name == name.value) else {
            let known = all().map(|table| table.name.as_str());
            sink.unknown(UNKNOWN_LIST, "tabel", name, known);
            return None;
        };
        let known = self.read(|all| {
            let mut tables = all.tables.iter().enumerate();
            tables.find(|(_, one)| one.name == table.name).map(|(at, one)| (at, one == table))
        });
        match known {
            Some((at, true)) => Some(RowSource::Table(at)),
            Some((_, false)) => {
                let title = format!("er is nog een tabel `{}`", name.value);
                sink.push(
                    Diagnostic::error(DUPLICATE, title, name.span)
                        .help("geef tabellen waarin regels rijen zoeken elk een eigen naam"),
                );
                None
            }
            None => {
                self.write(|all| all.tables.push(table.clone()));
                Some(RowSource::Table(self.read(|all| all.tables.len()).checked_sub(1)?))
            }
        }
    }

    /// The columns with the first and the last day of a row of a table, if it says so.
    pub(crate) fn validity(&self, source: RowSource) -> Option<[String; 2]> {
        let RowSource::Table(at) = source else { return None };
        self.read(|all| all.tables.get(at)?.valid.clone())
    }

    /// The source below a view, wherever in time.
    fn below(&self, source: RowSource) -> RowSource {
        match source {
            RowSource::View(at) => {
                let source = self.read(|all| all.views.get(at).map(|view| view.source));
                source.map_or(RowSource::View(at), RowSource::Earlier)
            }
            RowSource::Later(at) => RowSource::Earlier(at),
            other => other,
        }
    }

    /// Whether rows have a column that is written with a small letter.
    pub(crate) fn has_small(&self, source: RowSource, name: &str) -> bool {
        match self.below(source) {
            RowSource::Earlier(_) | RowSource::View(_) => matches!(name, RECEIVED | SENT),
            other => self.declared(other).iter().any(|(known, _)| known == name),
        }
    }

    /// The columns of a table or fact.
    fn declared(&self, source: RowSource) -> Vec<(String, Kind)> {
        self.read(|all| match source {
            RowSource::Table(at) => {
                let columns = |table: &Table| {
                    table.columns.iter().cloned().zip(table.kinds.iter().copied()).collect()
                };
                all.tables.get(at).map(columns).unwrap_or_default()
            }
            _ => Fact::COLUMNS.map(|(name, kind)| (name.to_owned(), kind)).to_vec(),
        })
    }

    pub(crate) fn message(&self, place: RowPlace) -> Option<(&'a Release, &'a Message)> {
        let release = self.releases.get(place.release)?;
        Some((release, release.messages.get(place.message)?))
    }

    /// Whether rows belong to one part of the dossier; a table and a fact do not.
    pub(crate) fn has_part(&self, source: RowSource) -> bool {
        let RowSource::Earlier(at) = self.below(source) else { return false };
        let places = self.read(|all| all.sources.get(at).map(|source| source.places.clone()));
        places.unwrap_or_default().iter().any(|place| self.is_in_part(*place))
    }

    /// Whether an element belongs to one part of the dossier: all that can be repeated on the way
    /// to the value that tells the part, is around the element.
    pub(crate) fn is_in_part(&self, place: RowPlace) -> bool {
        let part = self.read(|all| {
            let filed = |one: &&regelwerk_model::dossier::Filing| {
                (one.release, one.message) == (place.release, place.message)
            };
            Some(all.filings.iter().find(filed)?.part.clone())
        });
        let Some((parts, (_, message))) = part.zip(self.message(place)) else { return false };
        let around = ancestry(message, place.node);
        let is_repeated = |id: &NodeId| message.node(*id).is_some_and(|node| node.max > 1);
        parts.iter().any(|part| {
            ancestry(message, *part)
                .iter()
                .filter(|id| is_repeated(id))
                .all(|id| around.contains(id))
        })
    }

    /// `van deze cliënt` of rows that have no such part.
    pub(crate) fn check_part(&self, source: RowSource, span: Span, sink: &mut Sink) -> Option<()> {
        if self.has_part(source) {
            return Some(());
        }
        let title = "deze rijen horen niet bij één cliënt";
        sink.push(
            Diagnostic::error(STRUCTURE, title, span)
                .help("`deel:` in het blok `dossier` zegt waaraan een cliënt te zien is; laat dit weg bij een tabel of feit"),
        );
        None
    }
}

/// An element and those around it, up to the root.
fn ancestry(message: &Message, node: NodeId) -> Vec<NodeId> {
    message.ancestry(node).collect()
}

pub(crate) fn kind_of(base: Base) -> Kind {
    match base {
        Base::Text => Kind::Text,
        Base::Integer => Kind::Number,
        Base::Date => Kind::Date,
        Base::Time => Kind::Time,
    }
}
