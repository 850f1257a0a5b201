//! What is done with the elements of a reply.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::{Amount, Base, Content, Field, Filling, Given, Message, NodeId};
use regelwerk_syntax::ast::{
    self, Clause, Dotted, Line, Literal, ReplyClause, Signs, Spanned, Targets,
};

use super::{Reader, element};
use crate::codes::{BAD_REPLY, BAD_VALUE, KIND, MISSING_CLAUSE, REPEATED_ELEMENT};
use crate::places;
use crate::sink::Sink;
use crate::value;

impl Reader<'_> {
    /// What the lines under a case say; what is wrong in them is reported and left out.
    pub(super) fn fillings(&self, lines: &[Line], sink: &mut Sink) -> Vec<Filling> {
        let mut all = Vec::new();
        for line in lines {
            match &line.clause {
                Clause::Reply(ReplyClause::OtherClasses) => all.push(Filling::OtherClasses),
                Clause::Reply(ReplyClause::Filling(targets, filling)) => {
                    for (path, id) in self.targets(targets, sink) {
                        all.extend(self.filling(path, id, filling, sink).unwrap_or_default());
                    }
                }
                Clause::Reply(ReplyClause::Nothing) | Clause::Invalid => {}
                _ => sink.error(BAD_REPLY, "dit hoort niet onder een `bij`", line.span),
            }
        }
        all
    }

    /// The elements of the reply that are meant.
    fn targets<'p>(&self, targets: &'p Targets, sink: &mut Sink) -> Vec<(&'p Dotted, NodeId)> {
        let found =
            |path: &'p Dotted, sink: &mut Sink| Some((path, element(path, self.answer, sink)?));
        match targets {
            Targets::Each(paths) => paths.iter().filter_map(|path| found(path, sink)).collect(),
            Targets::Either(paths) => {
                let is_there = |path: &&Dotted| !places::elements(self.answer, path).is_empty();
                let path = paths.iter().find(is_there).or(paths.last());
                path.and_then(|path| found(path, sink)).into_iter().collect()
            }
        }
    }

    fn filling(
        &self,
        path: &Dotted,
        at: NodeId,
        filling: &Spanned<ast::Filling>,
        sink: &mut Sink,
    ) -> Option<Vec<Filling>> {
        let span = filling.span;
        let one = match &filling.value {
            ast::Filling::Copy(from) => {
                let from_path = from.as_ref().unwrap_or(path);
                let from = element(from_path, self.asked, sink)?;
                self.single(self.answer, at, path, sink)?;
                self.single(self.asked, from, from_path, sink)?;
                Filling::Copy { to: at, from }
            }
            ast::Filling::Value(literal) => {
                self.single(self.answer, at, path, sink)?;
                self.check_value(at, literal, span, sink);
                Filling::Value { at, value: literal.canonical() }
            }
            ast::Filling::Given(given) => {
                self.single(self.answer, at, path, sink)?;
                return self.given(*given, at, span, sink);
            }
            ast::Filling::Balance(whole, parts) => {
                self.single(self.answer, at, path, sink)?;
                self.balance(at, whole, parts, span, sink)?
            }
            ast::Filling::Empty => Filling::Empty(at),
            ast::Filling::EmptyWithoutFaults => {
                self.class_in_reply(path, at, sink)?;
                Filling::EmptyWithoutFaults(at)
            }
            ast::Filling::Code(code, under) => {
                let place = self.class_in_reply(path, at, sink)?;
                self.check_value(place, code, span, sink);
                let under = match under {
                    Some(under) => Some(self.above(at, under, sink)?),
                    None => None,
                };
                Filling::Code { class: at, code: code.canonical(), under }
            }
            ast::Filling::OwnCode => {
                self.class_in_reply(path, at, sink)?;
                Filling::OwnCode(at)
            }
        };
        Some(vec![one])
    }

    /// An element that occurs once, so that there is no doubt which is meant.
    fn single(&self, message: &Message, id: NodeId, path: &Dotted, sink: &mut Sink) -> Option<()> {
        let mut line = std::iter::successors(Some(id), |id| message.node(*id)?.parent);
        let repeated = line.find(|id| message.node(*id).is_some_and(|node| node.max > 1));
        let Some(repeated) = repeated else { return Some(()) };
        let title = format!("`{}` kan in {} vaker voorkomen", message.name(repeated), message.name);
        sink.push(
            Diagnostic::error(REPEATED_ELEMENT, title, path.span)
                .help("neem het element over waar het in staat"),
        );
        None
    }

    fn given(
        &self,
        given: ast::Given,
        at: NodeId,
        span: Span,
        sink: &mut Sink,
    ) -> Option<Vec<Filling>> {
        let (given, base) = match given {
            ast::Given::Identification => (Given::Identification, Base::Text),
            ast::Given::Date => (Given::Date, Base::Date),
            ast::Given::XsltVersion => (Given::XsltVersion, Base::Text),
            ast::Given::XsdVersion => return self.schema_version(at, span, sink),
            ast::Given::MessageCode => {
                let code = Literal::Code(self.answer.code.clone());
                self.check_value(at, &code, span, sink);
                return Some(vec![Filling::Value { at, value: code.canonical() }]);
            }
        };
        if self.base(at) != Some(base) {
            let title = format!("`{}` is geen {}", self.answer.name(at), told(base));
            sink.fault(KIND, title, span, format!("noem een element dat een {} is", told(base)));
            return None;
        }
        Some(vec![Filling::Given { at, given }])
    }

    /// The elements that tell the version of the schemas, with the values of the release.
    fn schema_version(&self, at: NodeId, span: Span, sink: &mut Sink) -> Option<Vec<Filling>> {
        if !self.release.has_schema_version {
            let title = format!("release `{}` heeft geen `xsd-versie:`", self.release.name);
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, span)
                    .help("voeg `xsd-versie:` toe in het blok van de release"),
            );
            return None;
        }
        let filling = |field: &Field| {
            let mut line = vec![NodeId(0)];
            for (name, _) in &field.path {
                line.push(self.answer.child(*line.last()?, name)?);
            }
            let (leaf, value) = (*line.last()?, field.value.clone()?);
            line.contains(&at).then_some(Filling::Value { at: leaf, value })
        };
        let fillings: Vec<_> = self.answer.schema_version.iter().filter_map(filling).collect();
        if fillings.is_empty() {
            let title = format!("`{}` heeft niet wat `xsd-versie:` noemt", self.answer.name(at));
            sink.error(BAD_REPLY, title, span);
            return None;
        }
        Some(fillings)
    }

    /// An amount less the sum of others, all in the reply.
    fn balance(
        &self,
        at: NodeId,
        whole_path: &Dotted,
        parts: &Dotted,
        span: Span,
        sink: &mut Sink,
    ) -> Option<Filling> {
        let Some(signs) = self.signs else {
            let title = "niet bekend is wat het teken van een bedrag zegt";
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, span)
                    .help("voeg toe: tekens: DebetCredit \"D\" bij, \"C\" af"),
            );
            return None;
        };
        let whole = element(whole_path, self.answer, sink)?;
        self.single(self.answer, whole, whole_path, sink)?;
        let parts = element(parts, self.answer, sink)?;
        Some(Filling::Balance {
            target: self.amount(at, signs, span, sink)?,
            whole: self.amount(whole, signs, span, sink)?,
            parts: self.amount(parts, signs, span, sink)?,
            plus: signs.plus.value.canonical(),
            minus: signs.minus.value.canonical(),
        })
    }

    /// The number and the sign in a group that is an amount.
    fn amount(&self, id: NodeId, signs: &Signs, span: Span, sink: &mut Sink) -> Option<Amount> {
        let children = self.answer.children(id).iter().copied();
        let numbers: Vec<_> =
            children.filter(|child| self.base(*child) == Some(Base::Integer)).collect();
        let sign = self.answer.child(id, &signs.element.value);
        let ([number], Some(sign)) = (numbers.as_slice(), sign) else {
            let (name, sign) = (self.answer.name(id), &signs.element.value);
            let title = format!("`{name}` is geen bedrag: een getal met `{sign}`");
            let help =
                "noem een element met één getal erin, en bij `tekens:` het element met het teken";
            sink.fault(KIND, title, span, help);
            return None;
        };
        for value in [&signs.plus, &signs.minus] {
            self.check_value(sign, &value.value, value.span, sink);
        }
        Some(Amount { number: *number, sign })
    }

    /// Where the code of a class of the reply stands.
    fn class_in_reply(&self, path: &Dotted, id: NodeId, sink: &mut Sink) -> Option<NodeId> {
        let place = self.code_of(id);
        if place.is_none() {
            let title = format!("dit is in {} geen klasse", self.answer.name);
            let known = self.answer.ids().filter(|id| self.code_of(*id).is_some());
            let known: Vec<_> = known.map(|id| self.answer.name(id)).collect();
            sink.push(
                Diagnostic::error(BAD_REPLY, title, path.span)
                    .help(format!("klassen zijn: {}", known.join(", "))),
            );
        }
        place
    }

    /// A class of the reply that another is in.
    fn above(&self, id: NodeId, path: &Dotted, sink: &mut Sink) -> Option<NodeId> {
        let above = element(path, self.answer, sink)?;
        self.class_in_reply(path, above, sink)?;
        let parent = |id: &NodeId| self.answer.node(*id)?.parent;
        let is_in = std::iter::successors(parent(&id), parent).any(|one| one == above);
        if !is_in {
            let title = format!("`{}` ligt daar niet in", self.answer.name(id));
            sink.error(BAD_REPLY, title, path.span);
        }
        is_in.then_some(above)
    }

    fn base(&self, id: NodeId) -> Option<Base> {
        match &self.answer.node(id)?.content {
            Content::Value(simple, _) => Some(self.release.types.get(*simple)?.base),
            Content::Group(_) => None,
        }
    }

    /// Reports a value that an element of the reply cannot have.
    pub(super) fn check_value(&self, at: NodeId, literal: &Literal, span: Span, sink: &mut Sink) {
        let fault = match self.answer.node(at).map(|node| &node.content) {
            Some(Content::Value(simple, extra)) => {
                let simple = self.release.types.get(*simple);
                simple.and_then(|one| value::fault(&literal.canonical(), one, extra, self.release))
            }
            _ => Some(format!("`{}` heeft elementen, geen waarde", self.answer.name(at))),
        };
        if let Some(fault) = fault {
            sink.error(BAD_VALUE, fault, span);
        }
    }
}

fn told(base: Base) -> &'static str {
    match base {
        Base::Text => "tekst",
        Base::Integer => "geheel getal",
        Base::Date => "datum",
        Base::Time => "tijd",
    }
}
