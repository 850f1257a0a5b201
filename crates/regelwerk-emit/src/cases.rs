//! Examples of rules as messages to judge.

use regelwerk_diag::Span;
use regelwerk_model::{
    Content, Example, Facet, Field, NodeId, Placed, ROOT, Rule, RuleKind, SimpleType, Standard,
    Use, ValueExample,
};

use crate::draft::{Draft, Maker};
use crate::xml;

/// An example at one element of one message of one release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The rule that it is an example of.
    pub rule: String,
    /// The release of its message.
    pub release: String,
    /// Its message.
    pub message: String,
    /// The protocol that the rule is of.
    pub protocol: Option<String>,
    /// The element that it was made for: `/Bericht/Client/Bsn`.
    pub element: String,
    /// The rule must have no finding; otherwise it must have one.
    pub is_good: bool,
    /// Where the example stands.
    pub span: Span,
    /// The message as XML.
    pub xml: String,
}

/// Every example of a standard and of its protocols, at every place of its wording.
#[must_use]
pub fn cases(standard: &Standard) -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, release) in standard.releases.iter().enumerate() {
        for (index, message) in release.messages.iter().enumerate() {
            for id in message.ids() {
                let place = Place { maker: Maker { release, message }, id };
                let uses = message.node(id).map_or(&[][..], |node| &node.uses);
                for rule in &standard.rules {
                    place.cases(rule, uses.iter(), &mut cases);
                }
                for protocol in &standard.protocols {
                    let laid = protocol.placed.iter();
                    let laid =
                        laid.filter(|one| (one.release, one.message, one.node) == (at, index, id));
                    let first = cases.len();
                    for rule in &protocol.rules {
                        place.cases(rule, laid.clone().map(|one| &one.used), &mut cases);
                    }
                    for case in cases.iter_mut().skip(first) {
                        case.protocol = Some(protocol.name.clone());
                    }
                }
            }
        }
    }
    cases
}

/// What an example of a wording is at an element of a message of a release, as XML.
#[must_use]
pub fn example(
    standard: &Standard,
    placed: &Placed,
    params: &[String],
    example: &Example,
) -> Option<String> {
    let maker = Maker::of(standard, placed.release, placed.message)?;
    let place = Place { maker, id: placed.node };
    Some(place.with_fields(maker.base(), &placed.used, params, example))
}

/// What an example of a wording changes in the base message at an element, from below the root.
#[must_use]
pub fn example_fields(
    standard: &Standard,
    placed: &Placed,
    params: &[String],
    example: &Example,
) -> Vec<Field> {
    let Some(maker) = Maker::of(standard, placed.release, placed.message) else {
        return Vec::new();
    };
    let place = Place { maker, id: placed.node };
    let elements = (1..).zip(&example.elements);
    let fields =
        elements.flat_map(|(ordinal, fields)| fields.iter().map(move |field| (ordinal, field)));
    let path = |(ordinal, field): (usize, &Field)| Field {
        path: place.place(field, &placed.used, params, ordinal),
        value: field.value.clone(),
    };
    fields.map(path).collect()
}

/// An element of a message of a release at which an example is made.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) maker: Maker<'a>,
    pub(crate) id: NodeId,
}

impl<'a> Place<'a> {
    fn cases<'u>(&self, rule: &Rule, uses: impl Iterator<Item = &'u Use>, cases: &mut Vec<Case>) {
        match &rule.kind {
            RuleKind::Judged(wordings) => {
                for used in uses.filter(|used| used.rule == rule.code) {
                    let Some(wording) = wordings.get(used.wording) else { continue };
                    let made = wording.examples.iter();
                    cases.extend(made.map(|one| self.fields(rule, used, &wording.params, one)));
                }
            }
            RuleKind::Facet(_, examples) if self.has_facet(&rule.code) => {
                cases.extend(examples.iter().map(|example| self.value(rule, example)));
            }
            _ => {}
        }
    }

    /// Whether the value here has a facet that stands for this rule.
    pub(crate) fn has_facet(&self, code: &str) -> bool {
        let stands = |facet: &Facet| facet.rule.as_deref() == Some(code);
        self.value_type()
            .is_some_and(|(simple, extra)| simple.facets.iter().chain(extra).any(stands))
    }

    /// The type of the value here, with the facets that this place adds; of a group nothing.
    pub(crate) fn value_type(&self) -> Option<(&'a SimpleType, &'a [Facet])> {
        let Maker { release, message } = self.maker;
        match message.node(self.id).map(|node| &node.content) {
            Some(Content::Value(simple, extra)) => Some((release.types.get(*simple)?, extra)),
            _ => None,
        }
    }

    fn value(&self, rule: &Rule, example: &ValueExample) -> Case {
        self.case(rule, example.is_good, example.span, self.with_value(&example.value))
    }

    /// The base message with this value here, as XML.
    pub(crate) fn with_value(&self, value: &str) -> String {
        let mut draft = self.maker.base();
        self.maker.set(&mut draft, &self.path(1), Some(value));
        xml::write(self.maker, &draft)
    }

    fn fields(&self, rule: &Rule, used: &Use, params: &[String], example: &Example) -> Case {
        let xml = self.with_fields(self.maker.base(), used, params, example);
        self.case(rule, example.is_good, example.span, xml)
    }

    /// A message with the fields of an example, as XML.
    pub(crate) fn with_fields(
        &self,
        mut draft: Draft,
        used: &Use,
        params: &[String],
        example: &Example,
    ) -> String {
        // All elements are made before any is changed, so that each starts like the first.
        for (ordinal, _) in (1..).zip(&example.elements) {
            self.maker.ensure(&mut draft, &self.path(ordinal));
        }
        for (ordinal, fields) in (1..).zip(&example.elements) {
            for field in fields {
                let path = self.place(field, used, params, ordinal);
                self.maker.set(&mut draft, &path, field.value.as_deref());
            }
        }
        xml::write(self.maker, &draft)
    }

    fn case(&self, rule: &Rule, is_good: bool, span: Span, xml: String) -> Case {
        let Maker { release, message } = self.maker;
        Case {
            rule: rule.code.clone(),
            release: release.name.clone(),
            message: message.name.clone(),
            protocol: None,
            element: format!("/{}", message.path(self.id).join("/")),
            is_good,
            span,
            xml,
        }
    }

    /// The path from below the root to the element here; the ordinal falls to the nearest element
    /// that may be repeated.
    fn path(&self, ordinal: usize) -> Vec<(String, usize)> {
        let message = self.maker.message;
        let chain: Vec<_> =
            std::iter::successors(Some(self.id), |id| message.node(*id)?.parent).collect();
        let repeats = |id: &NodeId| message.node(*id).is_some_and(|node| node.max > 1);
        let repeated = chain.iter().copied().find(repeats).unwrap_or(self.id);
        let steps = chain.iter().rev().filter(|id| **id != NodeId(0));
        steps
            .map(|id| (message.name(*id).to_owned(), if *id == repeated { ordinal } else { 1 }))
            .collect()
    }

    /// The path of a field from below the root.
    pub(crate) fn place(
        &self,
        field: &Field,
        used: &Use,
        params: &[String],
        ordinal: usize,
    ) -> Vec<(String, usize)> {
        let Some((first, rest)) = field.path.split_first() else { return Vec::new() };
        if first.0 == ROOT {
            return rest.to_vec();
        }
        let mut path = self.path(ordinal);
        match params.iter().position(|param| *param == first.0) {
            Some(at) => {
                let bound = used.params.get(at).and_then(|paths| paths.first());
                path.extend(bound.into_iter().flatten().map(|name| (name.clone(), 1)));
                path.extend_from_slice(rest);
            }
            None => path.extend_from_slice(&field.path),
        }
        path
    }
}
