//! Whether what a case does makes a whole reply: every mandatory element filled, each with what
//! its type allows. Tried on the definitions, so that no message has to come by first.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::{Amount, Content, Facet, Filling, Given, Message, NodeId};

use super::Reader;
use crate::codes::BAD_REPLY;
use crate::sink::Sink;

/// Where the content of an element of the reply comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// It is made here.
    Made,
    /// It is copied from this asked element.
    Copied(NodeId),
}

/// A reply after what a case does.
pub(super) struct Sheet<'a> {
    reader: &'a Reader<'a>,
    /// By element of the reply; `None` where it can be absent.
    filled: Vec<Option<Origin>>,
    /// The asked elements that became classes.
    pub(super) classes: Vec<NodeId>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of<'f>(
        reader: &'a Reader<'a>,
        fillings: impl Iterator<Item = &'f Filling>,
    ) -> Self {
        let filled = vec![None; reader.answer.nodes.len()];
        let mut sheet = Self { reader, filled, classes: Vec::new() };
        for filling in fillings {
            sheet.fill(filling);
        }
        sheet
    }

    fn fill(&mut self, filling: &Filling) {
        match filling {
            Filling::Copy { to, from } => {
                self.make_above(*to);
                self.copy(*to, *from);
            }
            Filling::Value { at, .. } => self.make(*at),
            // Nobody has to give the version of the stylesheets.
            Filling::Given { given: Given::XsltVersion, .. } | Filling::EmptyWithoutFaults(_) => {}
            Filling::Given { at, .. } => self.make(*at),
            Filling::Empty(at) => self.clear(*at),
            Filling::Code { class, under: None, .. } | Filling::OwnCode(class) => {
                self.code(*class);
            }
            // A class that has one has another as well, or none.
            Filling::Code { .. } => {}
            Filling::OtherClasses => {
                let all = self.answer().ids().filter(|id| self.is_filled(*id));
                let classes: Vec<_> = all.collect();
                classes.into_iter().for_each(|class| self.code(class));
            }
            Filling::Balance { target: Amount { number, sign }, .. } => {
                self.make(*number);
                self.make(*sign);
            }
        }
    }

    fn answer(&self) -> &'a Message {
        self.reader.answer
    }

    fn is_filled(&self, id: NodeId) -> bool {
        self.filled.get(id.0).is_some_and(Option::is_some)
    }

    fn set(&mut self, id: NodeId, origin: Option<Origin>) {
        if let Some(place) = self.filled.get_mut(id.0) {
            *place = origin;
        }
    }

    fn make(&mut self, id: NodeId) {
        self.make_above(id);
        self.set(id, Some(Origin::Made));
    }

    /// What an element is in, is there with it.
    fn make_above(&mut self, id: NodeId) {
        let answer = self.answer();
        let parent = |id: &NodeId| answer.node(*id)?.parent;
        for above in std::iter::successors(parent(&id), parent) {
            if !self.is_filled(above) {
                self.set(above, Some(Origin::Made));
            }
        }
    }

    /// Gives a class its code; what is no class stays as it is.
    fn code(&mut self, class: NodeId) {
        if let Some(code) = self.reader.code_of(class) {
            self.make(code);
        }
    }

    fn copy(&mut self, to: NodeId, from: NodeId) {
        self.set(to, Some(Origin::Copied(from)));
        if self.reader.code_of(to).is_some() {
            self.classes.push(from);
        }
        for child in self.answer().children(to) {
            let asked = self.reader.asked;
            let Some(source) = asked.child(from, self.answer().name(*child)) else { continue };
            let min = |message: &Message, id| message.node(id).map_or(0, |node| node.min);
            if min(asked, source) >= min(self.answer(), *child) {
                self.copy(*child, source);
            }
        }
    }

    fn clear(&mut self, id: NodeId) {
        self.set(id, None);
        for child in self.answer().children(id) {
            self.clear(*child);
        }
    }

    /// Reports what a reply made like this would lack, and what it would have of the wrong type.
    pub(super) fn check(&self, span: Span, sink: &mut Sink) {
        let answer = self.answer();
        let missing: Vec<_> =
            answer.ids().filter(|id| self.is_missing(*id)).map(|id| self.told(id)).collect();
        if !missing.is_empty() {
            let title = format!("zo mist {} iets dat verplicht is", answer.name);
            let first = missing.first().map_or("", String::as_str);
            sink.push(Diagnostic::error(BAD_REPLY, title, span).help(format!(
                "vul {} ook, met `- {first}  vullen met …` of `overnemen uit …`",
                missing.join(", ")
            )));
            return;
        }
        let other: Vec<_> =
            answer.ids().filter(|id| self.is_other(*id)).map(|id| self.told(id)).collect();
        if !other.is_empty() {
            let title =
                format!("{} laat hier iets anders toe dan {}", answer.name, self.reader.asked.name);
            sink.push(
                Diagnostic::error(BAD_REPLY, title, span)
                    .help(format!("neem {} niet zo over", other.join(", "))),
            );
        }
    }

    fn told(&self, id: NodeId) -> String {
        self.answer().path(id).split_first().map_or(String::new(), |(_, rest)| rest.join("."))
    }

    /// Whether an element is mandatory and not there, in one that is.
    fn is_missing(&self, id: NodeId) -> bool {
        let Some(node) = self.answer().node(id) else { return false };
        let is_within = node.parent.is_some_and(|parent| self.is_filled(parent) || parent.0 == 0);
        node.min > 0 && is_within && !self.is_filled(id)
    }

    /// Whether a value is copied from an element that allows other values.
    fn is_other(&self, id: NodeId) -> bool {
        let Some(Some(Origin::Copied(from))) = self.filled.get(id.0) else { return false };
        let (own, asked) = (self.answer().node(id), self.reader.asked.node(*from));
        match (own.map(|node| &node.content), asked.map(|node| &node.content)) {
            (Some(Content::Value(own, facets)), Some(Content::Value(asked, others))) => {
                let is_held = |facet: &Facet| others.iter().any(|one| one.kind == facet.kind);
                own != asked || !facets.iter().all(is_held)
            }
            (Some(Content::Group(_)), Some(Content::Group(_))) => false,
            _ => true,
        }
    }
}
