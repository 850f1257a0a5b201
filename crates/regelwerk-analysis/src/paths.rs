//! Names in a condition to elements and columns, at every spot at once.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::{Kind, Origin, Path, RowSource, Value};
use regelwerk_model::dossier::RowPlace;
use regelwerk_model::{Content, Facet, Message, NodeId, ROOT, Release, SimpleType};
use regelwerk_syntax::ast::{PathExpr, Word};

use crate::codes::{KIND, PARAMETER, REPEATED_ELEMENT, STRUCTURE, UNKNOWN_ELEMENT};
use crate::messages::unknown_child;
use crate::places::{Spot, Spots};
use crate::rows::{Book, Cell, RECEIVED, kind_of};
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

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
    /// Named and row binders around, from the outermost.
    binders: Vec<Binder>,
    /// Values with a name: `stel:`.
    lets: Vec<(String, Kind)>,
    /// Where a path without a prefix starts.
    at: Standing,
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

/// Where a path without a prefix starts.
#[derive(Debug, Clone)]
enum Standing {
    /// At the element judged.
    Judged,
    /// At what a quantifier without a name stands at.
    Items(Items),
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

/// Where a path starts, and how many of its names lead there.
struct Start<'s> {
    origin: Origin,
    param: Option<usize>,
    from: From<'s>,
    skip: usize,
}

enum From<'s> {
    Root,
    This,
    Items(&'s Items),
    Row(RowSource),
}

impl<'a> Scope<'a> {
    /// The scope at the elements judged.
    pub(crate) fn new(book: &'a Book<'a>, spots: &'a Spots, words: &'a Vocabulary) -> Self {
        let (is_row, departs) = (false, false);
        let (binders, lets, at) = (Vec::new(), Vec::new(), Standing::Judged);
        Self { book, spots, words, departs, is_row, binders, lets, at }
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
        scope.within_row(source, name.map(str::to_owned))
    }

    /// The same scope in a rule that departs from the standard, or does not.
    pub(crate) fn departing(self, departs: bool) -> Self {
        Self { departs, ..self }
    }

    /// The scope within a quantifier over elements.
    pub(crate) fn within(&self, items: Items, name: Option<String>) -> Self {
        if name.is_some() {
            return self.with(Binder { name, of: Bound::Items(items) });
        }
        Self { at: Standing::Items(items), ..self.clone() }
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

    /// The row that the scope is about.
    pub(crate) fn own_row(&self) -> Option<RowSource> {
        match self.binders.first()?.of {
            Bound::Row(source) if self.is_row => Some(source),
            _ => None,
        }
    }

    /// The binder of this name, the innermost first.
    fn binder(&self, name: &str) -> Option<usize> {
        self.binders.iter().rposition(|binder| binder.name.as_deref() == Some(name))
    }

    /// Whether a name means something here already.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        let is_let = self.lets.iter().any(|(known, _)| known == name);
        is_let || self.binder(name).is_some() || self.spots.params.iter().any(|param| param == name)
    }

    /// The rows that paths without a prefix start at.
    fn standing_row(&self) -> Option<(usize, RowSource)> {
        let Standing::Binder(at) = self.at else { return None };
        match self.binders.get(at)?.of {
            Bound::Row(source) => Some((at, source)),
            Bound::Items(_) => None,
        }
    }

    /// Whether a path is the day on which the message judged was received.
    pub(crate) fn is_receipt(&self, written: &PathExpr) -> bool {
        let [step] = written.dotted.steps.as_slice() else { return false };
        if step.name.value != RECEIVED || self.is_row || self.is_taken(RECEIVED) {
            return false;
        }
        let is_column = |(_, source): (usize, RowSource)| self.book.has_small(source, RECEIVED);
        written.this || !self.standing_row().is_some_and(is_column)
    }

    pub(crate) fn message(&self, spot: &Spot) -> Option<&'a Message> {
        self.book.releases.get(spot.release)?.messages.get(spot.message)
    }

    /// Resolves a path; what is wrong is reported.
    pub(crate) fn resolve(
        &self,
        written: &PathExpr,
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Reached> {
        let start = self.start(written, sink)?;
        let names: Vec<&Word> =
            written.dotted.steps.iter().skip(start.skip).map(|step| &step.name).collect();
        let text: Vec<_> =
            written.dotted.steps.iter().map(|step| step.name.value.as_str()).collect();
        let mut path = Path {
            origin: start.origin,
            param: start.param,
            steps: names.iter().map(|name| name.value.clone()).collect(),
            written: format!("{}{}", if written.this { "dit " } else { "" }, text.join(".")),
        };
        let (starts, names) = match start.from {
            From::Row(source) => {
                if reach == Reach::Several || names.is_empty() {
                    sink.push(not_of_a_row(written, reach));
                    return None;
                }
                let cell = self.book.column(source, &names, reach, sink)?;
                path.steps = vec![cell.name.clone()];
                return Some(Reached { path, of: Of::Cell(cell) });
            }
            From::Root => (self.spots.list.iter().map(|_| vec![NodeId(0)]).collect(), names),
            From::This => (self.spots.list.iter().map(|spot| vec![spot.node]).collect(), names),
            From::Items(items) => {
                let is_own = start.skip == 0 && self.is_own_value(items, &names);
                let names = if is_own { Vec::new() } else { names };
                path.steps = names.iter().map(|name| name.value.clone()).collect();
                (items.nodes.clone(), names)
            }
        };
        let mut nodes = Vec::new();
        for (spot, starts) in self.spots.list.iter().zip(&starts) {
            nodes.push(self.follow(spot, starts, start.param, &names, reach, sink)?);
        }
        Some(Reached { path, of: Of::Nodes(nodes) })
    }

    /// Whether a path starts at a row.
    pub(crate) fn is_of_row(&self, written: &PathExpr) -> bool {
        let start = self.start(written, &mut Sink::default());
        start.is_some_and(|start| matches!(start.from, From::Row(_)))
    }

    /// Where a path starts.
    fn start(&self, written: &PathExpr, sink: &mut Sink) -> Option<Start<'_>> {
        let (first, rest) = written.dotted.steps.split_first()?;
        let name = &first.name;
        let start = |origin, from, skip| Some(Start { origin, param: None, from, skip });
        if name.value.starts_with(char::is_lowercase) {
            return self.small(name, written.this, rest.is_empty(), sink);
        }
        if self.is_row && (written.this || name.value == ROOT) {
            if name.value == ROOT {
                sink.push(no_message(name));
                return None;
            }
            return self.binder_start(0, 0);
        }
        match &self.at {
            _ if name.value == ROOT && !written.this => start(Origin::Root, From::Root, 1),
            _ if written.this => start(Origin::This, From::This, 0),
            Standing::Judged => start(Origin::This, From::This, 0),
            Standing::Items(items) => start(Origin::Item, From::Items(items), 0),
            Standing::Binder(at) => self.binder_start(*at, 0),
        }
    }

    fn binder_start(&self, at: usize, skip: usize) -> Option<Start<'_>> {
        let from = match &self.binders.get(at)?.of {
            Bound::Row(source) => From::Row(*source),
            Bound::Items(items) => From::Items(items),
        };
        let origin = Origin::Bound(u8::try_from(at).ok()?);
        Some(Start { origin, param: None, from, skip })
    }

    /// Where a path starts that begins with a small letter: at a binder of that name, at a column,
    /// or at a parameter.
    fn small(
        &self,
        name: &Word,
        is_this: bool,
        is_whole: bool,
        sink: &mut Sink,
    ) -> Option<Start<'_>> {
        if let Some(at) = self.binder(&name.value).filter(|_| !is_this) {
            return self.binder_start(at, 1);
        }
        let row = if is_this { self.own_row().map(|own| (0, own)) } else { self.standing_row() };
        if let Some((at, source)) = row {
            let is_table = matches!(source, RowSource::Table(_) | RowSource::Fact(_));
            let is_param = self.spots.params.contains(&name.value);
            if self.book.has_small(source, &name.value) || (is_table && is_whole && !is_param) {
                return self.binder_start(at, 0);
            }
        }
        let param = Some(self.parameter(name, is_this, sink)?);
        let (origin, from) = match &self.at {
            Standing::Items(items) if !is_this => (Origin::Item, From::Items(items)),
            _ => (Origin::This, From::This),
        };
        Some(Start { origin, param, from, skip: 1 })
    }

    /// Whether `name` is the value that the quantifier stands at: `er is een Code met Code = 04`.
    fn is_own_value(&self, items: &Items, names: &[&Word]) -> bool {
        let [name] = names else { return false };
        let is_value = |spot: &Spot, item: &NodeId| {
            let node = self.message(spot).and_then(|message| message.node(*item));
            node.is_some_and(|node| {
                node.name == name.value && matches!(node.content, Content::Value(..))
            })
        };
        let mut all = self.spots.list.iter().zip(&items.nodes);
        all.all(|(spot, items)| items.iter().all(|item| is_value(spot, item)))
    }

    /// The place of a parameter in the list; it must stand for one path.
    fn parameter(&self, name: &Word, is_this: bool, sink: &mut Sink) -> Option<usize> {
        let found = self.spots.params.iter().position(|param| *param == name.value);
        let Some(at) = found else {
            // A name without its capital is an element more often than a parameter.
            let spot = self.spots.list.first();
            let message = spot.and_then(|spot| Some((self.message(spot)?, spot.node)));
            let elements = message.into_iter().flat_map(|(message, node)| {
                message.children(node).iter().map(|child| message.name(*child))
            });
            let params = self.spots.params.iter().map(String::as_str);
            let binders = self.binders.iter().filter_map(|binder| binder.name.as_deref());
            let lets = self.lets.iter().map(|(name, _)| name.as_str());
            let known = params.chain(binders).chain(lets).chain(elements);
            sink.unknown(PARAMETER, "naam", name, known);
            return None;
        };
        let is_quantified = match &self.at {
            Standing::Judged => false,
            Standing::Items(items) => !items.are_alike,
            Standing::Binder(_) => true,
        };
        if is_quantified && !is_this {
            let title = format!("`{}` hoort bij het element van de regel", name.value);
            sink.push(
                Diagnostic::error(PARAMETER, title, name.span)
                    .help(format!("schrijf `dit {}`", name.value)),
            );
            return None;
        }
        let single = |spot: &Spot| spot.params.get(at).is_some_and(|paths| paths.len() == 1);
        if !self.spots.list.iter().all(single) {
            let title = format!("`{}` staat voor meer elementen tegelijk", name.value);
            sink.push(
                Diagnostic::error(PARAMETER, title, name.span)
                    .help("zo'n naam kan alleen in `uniek binnen`"),
            );
            return None;
        }
        Some(at)
    }

    fn follow(
        &self,
        spot: &Spot,
        starts: &[NodeId],
        param: Option<usize>,
        names: &[&Word],
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Vec<NodeId>> {
        let message = self.message(spot)?;
        let mut reached = Vec::new();
        for start in starts {
            let mut at = *start;
            let bound = param.and_then(|param| spot.params.get(param)?.first());
            for step in bound.into_iter().flatten() {
                at = message.child(at, step)?;
            }
            for name in names {
                let Some(child) = message.child(at, &name.value) else {
                    unknown_child(message, at, name, sink);
                    return None;
                };
                if reach != Reach::Several && message.node(child)?.max > 1 {
                    sink.push(repeated(name));
                    return None;
                }
                at = child;
            }
            reached.push(at);
        }
        Some(reached)
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
                sink.error(KIND, title, span);
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

pub(crate) fn repeated(name: &Word) -> Diagnostic {
    let title = format!("`{}` kan vaker voorkomen", name.value);
    Diagnostic::error(REPEATED_ELEMENT, title, name.span)
        .help("gebruik `er is een … met …`, `voor elke … geldt …`, `aantal` of `som van`")
}

/// A row has values, no elements to go through.
fn not_of_a_row(written: &PathExpr, reach: Reach) -> Diagnostic {
    let text: Vec<_> = written.dotted.steps.iter().map(|step| step.name.value.as_str()).collect();
    let text = text.join(".");
    let (title, help) = match reach {
        Reach::Several => (
            format!("`{text}` is niet te doorlopen: een rij heeft alleen waarden"),
            "zoek andere rijen op met `eerder BERICHT / Element`, of schrijf `dit` voor elementen van het bericht zelf",
        ),
        Reach::Value | Reach::Filled => (
            format!("`{text}` is een rij, geen waarde"),
            "noem een element of kolom ervan, zoals `toewijzing.Ingangsdatum`",
        ),
    };
    Diagnostic::error(KIND, title, written.dotted.span).help(help)
}

/// Where no message is judged.
fn no_message(name: &Word) -> Diagnostic {
    let title = format!("`{}` kan hier niet: er wordt geen bericht beoordeeld", name.value);
    Diagnostic::error(STRUCTURE, title, name.span).help(
        "een pad begint hier bij de rij: eerst in het element zelf, dan in wat eromheen staat",
    )
}
