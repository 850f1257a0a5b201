//! Names in a condition to elements and columns, at every spot at once.

mod named;
mod resolve;

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::{Kind, Path, RowSource, Value};
use regelwerk_model::dossier::RowPlace;
use regelwerk_model::{Content, Facet, Message, NodeId, Release, SimpleType};
use regelwerk_syntax::ast::{PathExpr, Word};

use crate::codes::{KIND, UNKNOWN_ELEMENT};
use crate::places::{Spot, Spots};
use crate::rows::{Book, Cell, RECEIVED, kind_of};
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

use named::Named;
pub(crate) use resolve::repeated;

/// Where names are looked up: at an element that a rule is judged at, or at a row of the dossier.
///
/// A view, a term and an event of a process are about a row: [`Scope::of_row`]. There `dit` and
/// paths without a prefix start at the row, which is binder 0; there is no message to judge. What is
/// lowered in either scope is lowered by the same functions: [`condition`](crate::condition::condition),
/// [`value`](crate::terms::value), [`select`](crate::ranges::select) and
/// [`bind`](crate::ranges::bind). Columns that they read are added to the [`Book`].
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub(crate) book: &'a Book<'a>,
    pub(crate) spots: &'a Spots,
    pub(crate) words: &'a Vocabulary,
    /// The rule says that it departs from the standard: a value that cannot be is let pass.
    pub(crate) departs: bool,
    /// It is about a row.
    is_row: bool,
    /// It is a term's, which sees what comes after its row too.
    looks_ahead: bool,
    /// Named and row binders around, from the outermost.
    binders: Vec<Binder>,
    /// Values with a name: `stel:`.
    lets: Vec<(String, Kind)>,
    /// How many quantifiers over elements are around.
    level: usize,
    /// Where a path with `dit` starts.
    home: Standing,
    /// Where a path without a prefix starts.
    at: Standing,
    /// It is in what a block `voorwaarde` says.
    named: Option<Named>,
}

/// What is bound for a while.
#[derive(Debug, Clone)]
struct Binder {
    name: Option<String>,
    of: Bound,
}

#[derive(Debug, Clone)]
enum Bound {
    Row(RowSource),
    Items(Items),
}

/// Where a path starts.
#[derive(Debug, Clone)]
enum Standing {
    /// At the element judged.
    Judged,
    /// At what a quantifier without a name stands at, so many of which are around.
    Items(Items, usize),
    /// At the binder of this number.
    Binder(usize),
}

/// The elements that a quantifier stands at.
#[derive(Debug, Clone)]
pub(crate) struct Items {
    /// For each spot; one or more.
    pub(crate) nodes: Vec<Vec<NodeId>>,
    /// They are like the element judged, not below it.
    pub(crate) are_alike: bool,
}

/// What a path is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// For its value.
    Value,
    /// For whether it is filled.
    Filled,
    /// For all elements there.
    Several,
}

/// A path with what it reaches.
#[derive(Debug, Clone)]
pub(crate) struct Reached {
    pub(crate) path: Path,
    pub(crate) of: Of,
}

/// What a path reaches.
#[derive(Debug, Clone)]
pub(crate) enum Of {
    /// Elements, for each spot.
    Nodes(Vec<Vec<NodeId>>),
    /// A column of a row.
    Cell(Cell),
}

impl<'a> Scope<'a> {
    /// The scope at the elements judged.
    pub(crate) fn new(book: &'a Book<'a>, spots: &'a Spots, words: &'a Vocabulary) -> Self {
        let (is_row, departs, looks_ahead) = (false, false, false);
        let (binders, lets, level) = (Vec::new(), Vec::new(), 0);
        let (home, at, named) = (Standing::Judged, Standing::Judged, None);
        Self {
            book,
            spots,
            words,
            departs,
            is_row,
            looks_ahead,
            binders,
            lets,
            level,
            home,
            at,
            named,
        }
    }

    /// The scope at a row, which may have a name, such as that of its view.
    pub(crate) fn of_row(
        book: &'a Book<'a>,
        words: &'a Vocabulary,
        source: RowSource,
        name: Option<&str>,
    ) -> Self {
        static NOWHERE: Spots = Spots { list: Vec::new(), params: Vec::new() };
        let scope = Self { is_row: true, ..Self::new(book, &NOWHERE, words) };
        scope.within_row(source, name.map(str::to_owned)).at_home()
    }

    /// The same scope, in which `dit` starts where paths without a prefix do.
    pub(crate) fn at_home(self) -> Self {
        Self { home: self.at.clone(), ..self }
    }

    /// The same scope in a term, which sees what comes after its row too.
    pub(crate) fn ahead(self) -> Self {
        Self { looks_ahead: true, ..self }
    }

    /// The same scope in a rule that departs from the standard, or does not.
    pub(crate) fn departing(self, departs: bool) -> Self {
        Self { departs, ..self }
    }

    /// The scope within a quantifier over elements.
    pub(crate) fn within(&self, items: Items, name: Option<String>) -> Self {
        let level = self.level + 1;
        if name.is_some() {
            return Self { level, ..self.with(Binder { name, of: Bound::Items(items) }) };
        }
        Self { at: Standing::Items(items, level), level, ..self.clone() }
    }

    /// The scope within a quantifier over rows.
    pub(crate) fn within_row(&self, source: RowSource, name: Option<String>) -> Self {
        self.with(Binder { name, of: Bound::Row(source) })
    }

    fn with(&self, binder: Binder) -> Self {
        let mut scope = self.clone();
        scope.at = Standing::Binder(scope.binders.len());
        scope.binders.push(binder);
        scope
    }

    /// This scope with the binders of another that was made within it: paths without a prefix start
    /// where they did.
    pub(crate) fn keeping(&self, inner: Self) -> Self {
        Self { at: self.at.clone(), ..inner }
    }

    /// The scope in which a value has a name.
    pub(crate) fn letting(mut self, name: &str, kind: Kind) -> Self {
        self.lets.push((name.to_owned(), kind));
        self
    }

    /// The value that a name stands for.
    pub(crate) fn named_value(&self, written: &PathExpr) -> Option<Value> {
        let [step] = written.dotted.steps.as_slice() else { return None };
        let named = self.lets.iter().find(|(name, _)| *name == step.name.value);
        named.filter(|_| !written.this).map(|(name, kind)| Value::Let(name.clone(), *kind))
    }

    /// How many named and row binders there are around.
    pub(crate) fn depth(&self) -> usize {
        self.binders.len()
    }

    /// Whether it is about a row, not about a message.
    pub(crate) fn is_row(&self) -> bool {
        self.is_row
    }

    /// Whether it sees what comes after its row.
    pub(crate) fn looks_ahead(&self) -> bool {
        self.looks_ahead
    }

    /// The row that the scope is about.
    pub(crate) fn own_row(&self) -> Option<RowSource> {
        match self.binders.first()?.of {
            Bound::Row(source) if self.is_row => Some(source),
            _ => None,
        }
    }

    /// The binder of this name, the innermost first.
    fn binder(&self, name: &str) -> Option<usize> {
        let found = self.binders.iter().rposition(|one| one.name.as_deref() == Some(name));
        found.filter(|at| *at >= self.named.as_ref().map_or(0, |named| named.around))
    }

    /// The names that the places give to elements, where they can be used.
    fn params(&self) -> &[String] {
        if self.named.is_some() { &[] } else { &self.spots.params }
    }

    /// Whether a name means something here already.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        let is_let = self.lets.iter().any(|(known, _)| known == name);
        is_let || self.binder(name).is_some() || self.params().iter().any(|param| param == name)
    }

    /// The rows that a path starts at, with `dit` or without.
    fn standing_row(&self, is_this: bool) -> Option<(usize, RowSource)> {
        let Standing::Binder(at) = *self.standing(is_this) else { return None };
        match self.binders.get(at)?.of {
            Bound::Row(source) => Some((at, source)),
            Bound::Items(_) => None,
        }
    }

    /// Where a path starts, with `dit` or without.
    fn standing(&self, is_this: bool) -> &Standing {
        if is_this { &self.home } else { &self.at }
    }

    /// Whether a path is the day on which the message judged was received.
    pub(crate) fn is_receipt(&self, written: &PathExpr) -> bool {
        let [step] = written.dotted.steps.as_slice() else { return false };
        if step.name.value != RECEIVED || self.is_row || self.is_taken(RECEIVED) {
            return false;
        }
        let is_column = |(_, source): (usize, RowSource)| self.book.has_small(source, RECEIVED);
        !self.standing_row(written.this).is_some_and(is_column)
    }

    pub(crate) fn message(&self, spot: &Spot) -> Option<&'a Message> {
        self.book.releases.get(spot.release)?.messages.get(spot.message)
    }

    /// The kind of the values that a path reaches: the same everywhere.
    pub(crate) fn kind(
        &self,
        reached: &Reached,
        written: &PathExpr,
        sink: &mut Sink,
    ) -> Option<Kind> {
        let nodes = match &reached.of {
            Of::Cell(cell) => return Some(cell.kind),
            Of::Nodes(nodes) => nodes,
        };
        let types = self.types(&reached.of);
        let mut kinds: Vec<Kind> = Vec::new();
        for (simple, _, _) in &types {
            let kind = kind_of(simple.base);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let expected: usize = nodes.iter().map(Vec::len).sum();
        let span = written.dotted.span;
        match kinds.as_slice() {
            [kind] if types.len() == expected => Some(*kind),
            [_, _, ..] => {
                let title = "dit element is niet overal van dezelfde soort";
                let help = "geef elke plaats of release een eigen tekst, met een eigen `voor:` of `geldig:`";
                sink.fault(KIND, title, span, help);
                None
            }
            _ => {
                let title = format!("`{}` heeft elementen, geen waarde", reached.path.written);
                sink.push(
                    Diagnostic::error(KIND, title, span)
                        .help("noem een element erin, of gebruik `gevuld` of `leeg`"),
                );
                None
            }
        }
    }

    /// The types of the values that a path reaches, with the facets of the place and the release.
    pub(crate) fn types(&self, of: &Of) -> Vec<(&'a SimpleType, &'a [Facet], &'a Release)> {
        let places: Vec<RowPlace> = match of {
            Of::Cell(cell) => cell.places.clone(),
            Of::Nodes(nodes) => {
                let all = self.spots.list.iter().zip(nodes);
                all.flat_map(|(spot, nodes)| nodes.iter().map(|node| spot.place(*node))).collect()
            }
        };
        let simple = |place: RowPlace| {
            let (release, message) = self.book.message(place)?;
            match &message.node(place.node)?.content {
                Content::Value(simple, extra) => {
                    Some((release.types.get(*simple)?, extra.as_slice(), release))
                }
                Content::Group(_) => None,
            }
        };
        places.into_iter().filter_map(simple).collect()
    }

    /// Whether `name` is an element that every spot lies within.
    pub(crate) fn check_within(&self, name: &Word, sink: &mut Sink) -> Option<String> {
        for spot in &self.spots.list {
            let message = self.message(spot)?;
            if !message.is_within(spot.node, &name.value) {
                let known = message.path(spot.node);
                sink.unknown(UNKNOWN_ELEMENT, "omvattend element", name, known);
                return None;
            }
        }
        Some(name.value.clone())
    }
}
