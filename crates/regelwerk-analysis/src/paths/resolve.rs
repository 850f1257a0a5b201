//! Where a path starts, and what it reaches from there.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Origin, Path, RowSource};
use regelwerk_model::{Content, NodeId, ROOT};
use regelwerk_syntax::ast::{PathExpr, Word};

use super::{Bound, Items, Of, Reach, Reached, Scope, Standing};
use crate::codes::{KIND, PARAMETER, REPEATED_ELEMENT, STRUCTURE};
use crate::messages::unknown_child;
use crate::places::Spot;
use crate::sink::Sink;

/// Where a path starts, and how many of its names lead there.
pub(super) struct Start<'s> {
    pub(super) origin: Origin,
    param: Option<usize>,
    from: From<'s>,
    pub(super) skip: usize,
}

enum From<'s> {
    Root,
    This,
    Items(&'s Items),
    Row(RowSource),
}

impl<'a> Scope<'a> {
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
            written: format!("{}{}", self.lead(written, &start), text.join(".")),
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
        if name.value.starts_with(char::is_lowercase) {
            return self.small(name, written.this, rest.is_empty(), sink);
        }
        let start = |origin, from, skip| Some(Start { origin, param: None, from, skip });
        if name.value == ROOT && self.is_row {
            sink.push(no_message(name));
            return None;
        }
        match self.standing(written.this) {
            _ if name.value == ROOT && !written.this => start(Origin::Root, From::Root, 1),
            Standing::Judged => start(Origin::This, From::This, 0),
            Standing::Items(items, level) if *level == self.level => {
                start(Origin::Item, From::Items(items), 0)
            }
            Standing::Items(..) => {
                sink.push(out_of_sight(written.dotted.span));
                None
            }
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
        if let Some((at, source)) = self.standing_row(is_this) {
            let is_table = matches!(source, RowSource::Table(_) | RowSource::Fact(_));
            let is_param = self.params().contains(&name.value);
            if self.book.has_small(source, &name.value) || (is_table && is_whole && !is_param) {
                return self.binder_start(at, 0);
            }
        }
        let param = Some(self.parameter(name, is_this, sink)?);
        let (origin, from) = match &self.at {
            Standing::Items(items, _) if !is_this => (Origin::Item, From::Items(items)),
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
        let found = self.params().iter().position(|param| *param == name.value);
        let Some(at) = found else {
            // A name without its capital is an element more often than a parameter.
            let spot = self.spots.list.first();
            let message = spot.and_then(|spot| Some((self.message(spot)?, spot.node)));
            let elements = message.into_iter().flat_map(|(message, node)| {
                message.children(node).iter().map(|child| message.name(*child))
            });
            let params = self.params().iter().map(String::as_str);
            let binders = self.names();
            let lets = self.lets.iter().map(|(name, _)| name.as_str());
            let known = params.chain(binders).chain(lets).chain(elements);
            sink.unknown(PARAMETER, "naam", name, known);
            return None;
        };
        let is_quantified = match &self.at {
            Standing::Judged => false,
            Standing::Items(items, _) => !items.are_alike,
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

/// `dit` in a quantifier over elements, where `dit` is itself one that is gone through.
pub(super) fn out_of_sight(span: Span) -> Diagnostic {
    Diagnostic::error(STRUCTURE, "wat `dit` is, is hier niet meer te zien", span)
        .help("zeg dit buiten `er is`, `voor elke`, `aantal` en `som`")
}

/// Where no message is judged.
fn no_message(name: &Word) -> Diagnostic {
    let title = format!("`{}` kan hier niet: er wordt geen bericht beoordeeld", name.value);
    Diagnostic::error(STRUCTURE, title, name.span).help(
        "een pad begint hier bij de rij: eerst in het element zelf, dan in wat eromheen staat",
    )
}
