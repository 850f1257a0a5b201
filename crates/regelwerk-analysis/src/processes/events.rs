//! Events of a process: the rows of which they happen, who makes them happen, and when.

use regelwerk_diag::Diagnostic;
use regelwerk_model::Asked;
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::dossier::{Fact, RowPlace};
use regelwerk_model::process::{Event, Moment, Trigger};
use regelwerk_syntax::ast::{self, Dotted, Place, RowElement, Word};

use crate::codes::{BAD_ROLE, PARAMETER, STRUCTURE, UNKNOWN_LIST, UNKNOWN_PART};
use crate::condition::condition;
use crate::dossier::columns;
use crate::paths::Scope;
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// What an event is read with.
pub(super) struct Ground<'a> {
    pub(super) key: &'a [Dotted],
    pub(super) roles: &'a [Word],
    pub(super) is_across: bool,
    pub(super) book: &'a Book<'a>,
    pub(super) words: &'a Vocabulary,
}

impl Ground<'_> {
    pub(super) fn event(&self, said: &ast::Event, sink: &mut Sink) -> Option<Event> {
        let moment = moment(said.moment);
        let mut triggers: Vec<_> =
            said.places.iter().map(|place| self.trigger(place, said, moment, sink)).collect();
        triggers.extend(said.facts.iter().map(|fact| self.told(fact, said, sink)));
        let triggers: Vec<Trigger> = triggers.into_iter().collect::<Option<_>>()?;
        let looks_around =
            triggers.iter().any(|trigger| !Asked::by_cond(&trigger.cond).rows.is_empty());
        Some(Event {
            name: said.name.value.clone(),
            moment,
            role: said.role.as_ref().map(|role| role.value.clone()),
            triggers,
            looks_around,
            span: said.span,
        })
    }

    fn trigger(
        &self,
        place: &Place,
        said: &ast::Event,
        moment: Moment,
        sink: &mut Sink,
    ) -> Option<Trigger> {
        let Place { message, element, .. } = place;
        let of = RowElement { message: message.clone(), element: element.clone() };
        let source = self.book.earlier(&of, sink)?;
        let key = columns(&self.key_at(place, sink)?, source, self.book, sink);
        let scope = Scope::of_row(self.book, self.words, RowSource::Earlier(source), None);
        let cond = match &said.cond {
            Some(cond) => condition(cond, &scope, sink),
            None => Some(Cond::True),
        };
        self.check_sender(place, source, said, moment, sink)?;
        Some(Trigger { rows: RowSource::Earlier(source), key: key?, cond: cond? })
    }

    /// A fact or an answer by which an event happens. It is between no two parties, and its key is
    /// that of the process.
    fn told(&self, name: &Word, said: &ast::Event, sink: &mut Sink) -> Option<Trigger> {
        let Some(rows @ RowSource::Fact(_)) = self.book.named(&name.value) else {
            let known = self
                .book
                .read(|all| all.facts.iter().map(|fact| fact.name.clone()).collect::<Vec<_>>());
            sink.unknown(UNKNOWN_LIST, "feit", name, known.iter().map(String::as_str));
            return None;
        };
        let fault = match (self.is_across, self.key.len(), said.moment) {
            (false, ..) => Some((
                "een feit hoort niet bij twee partijen",
                "zet `over alle partijen` in het proces",
            )),
            (_, 1, ast::EventMoment::Arrival) => None,
            (_, 1, _) => {
                Some(("een feit wordt niet verzonden of beantwoord", "noem alleen het feit"))
            }
            _ => {
                Some(("een feit heeft één sleutel, dit proces meer", "geef het proces één sleutel"))
            }
        };
        if let Some((title, help)) = fault {
            sink.push(Diagnostic::error(STRUCTURE, title, name.span).help(help));
            return None;
        }
        let scope = Scope::of_row(self.book, self.words, rows, None);
        let cond = match &said.cond {
            Some(cond) => condition(cond, &scope, sink),
            None => Some(Cond::True),
        };
        let key = Fact::COLUMNS.iter().position(|(column, _)| *column == Fact::KEY)?;
        Some(Trigger { rows, key: vec![key], cond: cond? })
    }

    /// The key as it is called at a place: `met nummer = ToewijzingNummer`.
    fn key_at(&self, place: &Place, sink: &mut Sink) -> Option<Vec<Dotted>> {
        let first = |path: &Dotted| path.steps.first().map(|step| step.name.value.clone());
        for binding in &place.bindings {
            let is_it = |path: &&Dotted| first(path).as_ref() == Some(&binding.name.value);
            if !self.key.iter().any(|path| is_it(&path)) || binding.paths.len() != 1 {
                let title = format!("`{}` is geen naam uit `sleutel:`", binding.name.value);
                sink.push(
                    Diagnostic::error(PARAMETER, title, binding.name.span)
                        .help("`met naam = Element` zegt hoe een deel van de sleutel hier heet"),
                );
                return None;
            }
        }
        let bound = |path: &Dotted| {
            let mut bindings = place.bindings.iter();
            let binding = bindings.find(|one| Some(&one.name.value) == first(path).as_ref());
            binding.and_then(|one| one.paths.first()).unwrap_or(path).clone()
        };
        Some(self.key.iter().map(bound).collect())
    }

    /// Who makes an event happen must be who sends the message, or the reply to it.
    fn check_sender(
        &self,
        place: &Place,
        source: usize,
        said: &ast::Event,
        moment: Moment,
        sink: &mut Sink,
    ) -> Option<()> {
        let places = self.book.read(|all| Some(all.sources.get(source)?.places.clone()))?;
        let mut senders: Vec<String> = Vec::new();
        for place in places {
            senders.extend(self.senders(place, moment));
        }
        let message = &place.message;
        if senders.is_empty() {
            let title = format!("op {} volgt geen antwoord", message.value);
            sink.push(
                Diagnostic::error(BAD_ROLE, title, message.span)
                    .help("een blok `antwoord` zegt met `op:` welk bericht het antwoord is"),
            );
            return None;
        }
        let Some(role) = &said.role else { return Some(()) };
        if !self.roles.iter().any(|known| known.value == role.value) {
            let known = self.roles.iter().map(|role| role.value.as_str());
            sink.unknown(UNKNOWN_PART, "rol", role, known);
            return None;
        }
        if let Some(sender) = senders.iter().find(|sender| **sender != role.value) {
            let what = if moment.is_reply() { "het antwoord op " } else { "" };
            let title = format!("`{}` verzendt {what}{} niet", role.value, message.value);
            sink.push(
                Diagnostic::error(BAD_ROLE, title, role.span).help(format!("dat doet `{sender}`")),
            );
            return None;
        }
        Some(())
    }

    /// Who sends the message of a place, or who may send the reply to it.
    fn senders(&self, place: RowPlace, moment: Moment) -> Vec<String> {
        let Some((release, message)) = self.book.message(place) else { return Vec::new() };
        if !moment.is_reply() {
            return vec![message.sender.clone()];
        }
        let replies = release.replies.iter().filter(|reply| reply.to == place.message);
        let replies = replies.filter_map(|reply| release.messages.get(reply.with));
        replies.map(|reply| reply.sender.clone()).collect()
    }
}

fn moment(moment: ast::EventMoment) -> Moment {
    match moment {
        ast::EventMoment::Arrival => Moment::Arrival,
        ast::EventMoment::Sending => Moment::Sending,
        ast::EventMoment::Approval => Moment::Approval,
        ast::EventMoment::Rejection => Moment::Rejection,
    }
}
