//! Names in a condition to elements, at every spot at once.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::{Kind, Origin, Path};
use regelwerk_model::{Base, Content, Facet, Message, NodeId, ROOT, Release, SimpleType};
use regelwerk_syntax::ast::{PathExpr, Word};

use crate::codes::{KIND, PARAMETER, REPEATED_ELEMENT, UNKNOWN_ELEMENT};
use crate::messages::unknown_child;
use crate::places::{Spot, Spots};
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// Where names are looked up.
#[derive(Clone)]
pub(crate) struct Scope<'a> {
    pub(crate) releases: &'a [Release],
    pub(crate) spots: &'a Spots,
    /// For each spot the elements that the innermost quantifier stands at; one or more.
    pub(crate) items: Vec<Vec<NodeId>>,
    pub(crate) quantified: Quantified,
    pub(crate) words: &'a Vocabulary,
    /// The rule says that it departs from the standard: a value that cannot be is let pass.
    pub(crate) departs: bool,
}

/// What the innermost quantifier ranges over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantified {
    /// There is none.
    No,
    /// Elements below the one judged.
    Below,
    /// Elements like the one judged.
    Alike,
}

/// Whether a path may reach several elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    One,
    Several,
}

/// A path with the elements that it reaches at each spot.
pub(crate) struct Reached {
    pub(crate) path: Path,
    pub(crate) nodes: Vec<Vec<NodeId>>,
}

impl<'a> Scope<'a> {
    /// The scope at the elements judged.
    pub(crate) fn new(releases: &'a [Release], spots: &'a Spots, words: &'a Vocabulary) -> Self {
        let items = spots.list.iter().map(|spot| vec![spot.node]).collect();
        Self { releases, spots, items, quantified: Quantified::No, words, departs: false }
    }

    /// The same scope in a rule that departs from the standard, or does not.
    pub(crate) fn departing(self, departs: bool) -> Self {
        Self { departs, ..self }
    }

    /// The scope within a quantifier over `nodes`.
    pub(crate) fn within(&self, nodes: Vec<Vec<NodeId>>, quantified: Quantified) -> Self {
        Self { items: nodes, quantified, ..self.clone() }
    }

    pub(crate) fn message(&self, spot: &Spot) -> Option<&'a Message> {
        self.releases.get(spot.release)?.messages.get(spot.message)
    }

    /// Resolves a path; what is wrong is reported.
    pub(crate) fn resolve(
        &self,
        written: &PathExpr,
        reach: Reach,
        sink: &mut Sink,
    ) -> Option<Reached> {
        let (first, rest) = written.dotted.steps.split_first()?;
        let name = &first.name;
        let mut param = None;
        if name.value.starts_with(char::is_lowercase) {
            param = Some(self.parameter(name, written.this, sink)?);
        }
        let origin = match () {
            () if name.value == ROOT && !written.this => Origin::Root,
            () if written.this || self.quantified == Quantified::No => Origin::This,
            () => Origin::Item,
        };
        let names: Vec<&Word> = match (param, origin) {
            (None, Origin::Item) if rest.is_empty() && self.is_own_value(name) => Vec::new(),
            (None, Origin::This | Origin::Item) => {
                written.dotted.steps.iter().map(|step| &step.name).collect()
            }
            _ => rest.iter().map(|step| &step.name).collect(),
        };
        let mut nodes = Vec::new();
        for (spot, items) in self.spots.list.iter().zip(&self.items) {
            let starts = match origin {
                Origin::Root => vec![NodeId(0)],
                Origin::This => vec![spot.node],
                Origin::Item | Origin::Bound(_) => items.clone(),
            };
            nodes.push(self.follow(spot, &starts, param, &names, reach, sink)?);
        }
        let text: Vec<_> =
            written.dotted.steps.iter().map(|step| step.name.value.as_str()).collect();
        let path = Path {
            origin,
            param,
            steps: names.iter().map(|name| name.value.clone()).collect(),
            written: format!("{}{}", if written.this { "dit " } else { "" }, text.join(".")),
        };
        Some(Reached { path, nodes })
    }

    /// Whether `name` is the value that the quantifier stands at: `er is een Code met Code = 04`.
    fn is_own_value(&self, name: &Word) -> bool {
        let is_value = |spot: &Spot, item: &NodeId| {
            let node = self.message(spot).and_then(|message| message.node(*item));
            node.is_some_and(|node| {
                node.name == name.value && matches!(node.content, Content::Value(..))
            })
        };
        let mut all = self.spots.list.iter().zip(&self.items);
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
            let known = self.spots.params.iter().map(String::as_str).chain(elements);
            sink.unknown(PARAMETER, "naam", name, known);
            return None;
        };
        if self.quantified == Quantified::Below && !is_this {
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
                if reach == Reach::One && message.node(child)?.max > 1 {
                    sink.push(repeated(name));
                    return None;
                }
                at = child;
            }
            reached.push(at);
        }
        Some(reached)
    }

    /// The kind of the values at `nodes`: the same at every spot.
    pub(crate) fn kind(
        &self,
        reached: &Reached,
        written: &PathExpr,
        sink: &mut Sink,
    ) -> Option<Kind> {
        let mut kinds: Vec<Kind> = Vec::new();
        for (simple, _, _) in self.types(&reached.nodes) {
            let kind = kind_of(simple.base);
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        let expected: usize = reached.nodes.iter().map(Vec::len).sum();
        let span = written.dotted.span;
        match kinds.as_slice() {
            [kind] if self.types(&reached.nodes).count() == expected => Some(*kind),
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

    /// The types of the values at `nodes`, with the facets of the place and the release.
    pub(crate) fn types<'s>(
        &'s self,
        nodes: &'s [Vec<NodeId>],
    ) -> impl Iterator<Item = (&'a SimpleType, &'a [Facet], &'a Release)> + 's {
        self.spots.list.iter().zip(nodes).flat_map(move |(spot, nodes)| {
            nodes.iter().filter_map(move |node| {
                let release = self.releases.get(spot.release)?;
                let message = release.messages.get(spot.message)?;
                match &message.node(*node)?.content {
                    Content::Value(simple, extra) => {
                        Some((release.types.get(*simple)?, extra.as_slice(), release))
                    }
                    Content::Group(_) => None,
                }
            })
        })
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

fn kind_of(base: Base) -> Kind {
    match base {
        Base::Text => Kind::Text,
        Base::Integer => Kind::Number,
        Base::Date => Kind::Date,
        Base::Time => Kind::Time,
    }
}
