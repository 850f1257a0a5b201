//! What becomes of a process when messages change places or one is lost, as a scenario in the
//! language of the rules.

use chrono::{Days, NaiveDate};
use regelwerk_diag::{Sources, Span};
use regelwerk_model::core::{Cond, Op, Origin, Path, Value};
use regelwerk_model::dossier::{Pick, Source};
use regelwerk_model::process::explore::{self, Story};
use regelwerk_model::process::{Event, Moment, Process, Trigger};
use regelwerk_model::{Content, FacetKind, Message, Release, Reply, Standard};

use crate::draft::{Draft, Maker};

/// What becomes of a process when something goes wrong with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stories {
    /// When two messages change places.
    pub swaps: Vec<Story>,
    /// When a message is lost.
    pub losses: Vec<Story>,
    /// The first of [`Self::swaps`], as a scenario in the language of the rules; or empty.
    pub swapped: String,
    /// The first of [`Self::losses`] in which something is sent all the same, as a scenario; or
    /// empty.
    pub lost: String,
}

impl Stories {
    /// Those of a process of a standard.
    #[must_use]
    pub fn of(process: &Process, standard: &Standard) -> Self {
        let (swaps, losses) = (explore::swaps(process), explore::losses(process));
        let teller = Teller { process, standard };
        let swapped = swaps.first().map(|one| teller.swapped(one)).unwrap_or_default();
        // Where nothing is sent, nothing can be told.
        let lost = losses.iter().find(|one| !one.instead.is_empty());
        let lost = lost.map(|one| teller.lost(one)).unwrap_or_default();
        Self { swaps, losses, swapped, lost }
    }
}

/// What an event is, as the rule file says it, on one line and without comments.
#[must_use]
pub fn says(span: Span, sources: &Sources) -> String {
    let rows = sources.slice(span).lines().map(|row| row.split(" #").next().unwrap_or(row));
    let words: Vec<_> = rows.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// Who tells stories of a process.
#[derive(Clone, Copy)]
struct Teller<'a> {
    process: &'a Process,
    standard: &'a Standard,
}

/// A message that an event comes with.
struct Sent<'a> {
    role: &'a str,
    /// `JW305 met StartProduct.StatusAanlevering 1`
    what: String,
    /// The first day on which it can be sent, as far as its own base message goes.
    from: Option<NaiveDate>,
}

impl<'a> Teller<'a> {
    /// The story of two events that change places, the last of its course.
    fn swapped(self, story: &Story) -> String {
        let Some((_, [second, first])) = story.instead.split_last_chunk::<2>() else {
            return String::new();
        };
        let (second, first) = (self.event(*second), self.event(*first));
        let name = format!("{}-{second}-voor-{first}", self.process.name);
        self.tell(&name, &format!("Eerst {second}, dan pas {first}"), story)
    }

    /// The story of an event that is lost.
    fn lost(self, story: &Story) -> String {
        let mut meant = story.meant.iter().enumerate();
        let lost = meant.find(|(at, event)| story.instead.get(*at) != Some(*event));
        let Some((_, lost)) = lost else { return String::new() };
        let lost = self.event(*lost);
        let name = format!("{}-zonder-{lost}", self.process.name);
        self.tell(&name, &format!("Zonder {lost}"), story)
    }

    fn event(self, at: usize) -> &'a str {
        self.process.events.get(at).map_or("", |event| &event.name)
    }

    /// A story as a scenario: what is sent instead, and the state after each message. Nothing where
    /// an event comes with a fact, or a message would need a value that its condition does not name.
    fn tell(self, name: &str, title: &str, story: &Story) -> String {
        let mut triggers = story.instead.iter().filter_map(|event| self.trigger(*event));
        if triggers.any(|trigger| needs_another_value(&trigger.cond)) {
            return String::new();
        }
        // What comes with a fact is told, not sent.
        let sent: Option<Vec<_>> = story.instead.iter().map(|event| self.sent(*event)).collect();
        let Some(sent) = sent else { return String::new() };
        let start = sent.iter().filter_map(|sent| sent.from).max().unwrap_or_default();
        let process = &self.process.name;
        let mut text =
            format!("scenario {name} \"{title}\"\n  bron:  verkenning van proces {process}\n");
        let mut state = self.process.initial;
        let days = start.iter_days();
        for ((event, sent), day) in story.instead.iter().zip(&sent).zip(days) {
            let Sent { role, what, .. } = sent;
            state = self.process.next(state, *event).unwrap_or(state);
            let after = self.process.states.get(state).map_or("", |state| &state.name);
            let day = day.format("%d-%m-%Y");
            text += &format!("  op {day} stuurt {role} {what}\n    verwacht {process} {after}\n");
        }
        text
    }

    /// What an event is told to come with.
    fn trigger(self, event: usize) -> Option<&'a Trigger> {
        self.process.events.get(event)?.triggers.first()
    }

    fn sent(self, event: usize) -> Option<Sent<'a>> {
        let trigger = self.trigger(event)?;
        let event = self.process.events.get(event)?;
        let source = self.standard.dossier.sources.get(trigger.source()?)?;
        let place = source.places.iter().rfind(|place| self.holds_in(place.release))?;
        let release = self.standard.releases.get(place.release)?;
        let message = release.messages.get(place.message)?;
        match event.moment {
            Moment::Arrival | Moment::Sending => Some(Sent {
                role: &message.sender,
                what: with(&message.name, &fields(trigger, source)),
                from: self.dated((place.release, place.message), Maker { release, message }),
            }),
            Moment::Approval | Moment::Rejection => reply(event, source, release, message),
        }
    }

    /// Whether the process is there in a release: one of the standard is in all.
    fn holds_in(self, release: usize) -> bool {
        let named = |name: &String| self.standard.protocols.iter().find(|one| one.name == *name);
        let protocol = self.process.protocol.as_ref().and_then(named);
        protocol.is_none_or(|protocol| protocol.releases.contains(&release))
    }

    /// The day of sending of the base message.
    fn dated(self, place: (usize, usize), maker: Maker<'_>) -> Option<NaiveDate> {
        let mut filings = self.standard.dossier.filings.iter();
        let filed = filings.find(|one| (one.release, one.message) == place)?;
        let base = maker.base();
        let found = filed.sent.iter().try_fold(&base, |at, name| child(maker.message, at, name))?;
        NaiveDate::parse_from_str(&found.text, "%Y-%m-%d").ok()?.checked_add_days(Days::new(1))
    }
}

fn child<'d>(message: &Message, draft: &'d Draft, name: &str) -> Option<&'d Draft> {
    draft.children.iter().find(|child| message.name(child.node) == name)
}

/// The reply by which a row counts, or does not.
fn reply<'a>(
    event: &Event,
    source: &Source,
    release: &'a Release,
    asked: &'a Message,
) -> Option<Sent<'a>> {
    let is_it = |one: &&Reply| {
        release.messages.get(one.to).is_some_and(|message| message.name == asked.name)
    };
    let reply = release.replies.iter().find(is_it)?;
    let message = release.messages.get(reply.with)?;
    let code = (event.moment == Moment::Rejection).then(|| rejecting(reply, release, message));
    let element = last(&source.element);
    let path = format!("{element}.{}", reply.code.join("."));
    let fields: Vec<_> =
        code.into_iter().flatten().map(|code| (path.clone(), Some(code))).collect();
    let what = with(&format!("{} op {}", message.name, asked.name), &fields);
    Some(Sent { role: &message.sender, what, from: None })
}

/// A code by which a class of a reply is rejected: the first that its list has.
fn rejecting(reply: &Reply, release: &Release, message: &Message) -> Option<String> {
    let name = reply.code.last()?;
    let node = message.ids().find(|id| message.name(*id) == name)?;
    let Content::Value(simple, extra) = &message.node(node)?.content else { return None };
    let simple = release.types.get(*simple)?;
    let list = simple.facets.iter().chain(extra).find_map(|facet| match facet.kind {
        FacetKind::CodeList(list) => release.code_lists.get(list),
        _ => None,
    })?;
    let is_fine = |code: &String| {
        *code == reply.good || *code == reply.unassessed || reply.fine.contains(code)
    };
    list.codes.iter().map(|(code, _)| code).find(|code| !is_fine(code)).cloned()
}

/// `JW305 met StartProduct.StatusAanlevering 1`
fn with(message: &str, fields: &[(String, Option<String>)]) -> String {
    let said: Vec<_> = fields
        .iter()
        .map(|(path, value)| format!("{path} {}", value.as_deref().unwrap_or("leeg")))
        .collect();
    let said = said.join(", ");
    if said.is_empty() { message.to_owned() } else { format!("{message} met {said}") }
}

/// What a row must have for an event to happen with it, as far as a plain condition says so.
fn fields(trigger: &Trigger, source: &Source) -> Vec<(String, Option<String>)> {
    let mut fields = Vec::new();
    asked(&trigger.cond, source, &mut fields);
    fields
}

/// Whether a condition asks for a value that it does not name, from a list or table or any but one,
/// of which [`asked`] takes none: what such a message must then have is not known.
fn needs_another_value(cond: &Cond) -> bool {
    match cond {
        Cond::Listed(..) | Cond::Compare(Op::Ne, ..) => true,
        Cond::All(parts) => parts.iter().any(needs_another_value),
        Cond::Any(parts) => parts.first().is_some_and(needs_another_value),
        Cond::Named(_, inner) => needs_another_value(inner),
        _ => false,
    }
}

fn asked(cond: &Cond, source: &Source, fields: &mut Vec<(String, Option<String>)>) {
    let mut add =
        |path: &Path, value| fields.extend(written(path, source).map(|path| (path, value)));
    match cond {
        Cond::All(parts) => parts.iter().for_each(|part| asked(part, source, fields)),
        Cond::Any(parts) => parts.iter().take(1).for_each(|part| asked(part, source, fields)),
        Cond::Compare(Op::Eq, Value::Path(path, _), value) => {
            if let Some(value) = constant(value) {
                add(path, Some(value));
            }
        }
        Cond::OneOf(Value::Path(path, _), values) => {
            if let Some(value) = values.first().and_then(constant) {
                add(path, Some(value));
            }
        }
        Cond::Named(_, inner) => asked(inner, source, fields),
        Cond::Not(inner) => {
            if let Cond::Filled(path) = inner.unnamed() {
                add(path, None);
            }
        }
        _ => {}
    }
}

/// How a scenario writes a column of the row itself: by the end of its path.
fn written(path: &Path, source: &Source) -> Option<String> {
    let name = path.steps.first().filter(|_| path.origin == Origin::Bound(0))?;
    let column = source.columns.iter().find(|column| column.name == *name)?;
    match column.picks.iter().flatten().next_back()? {
        Pick::Path { up: 0, path } => Some(format!("{}.{}", last(&source.element), path.join("."))),
        Pick::Path { path, .. } => Some(path.join(".")),
        Pick::Filled { .. } | Pick::Sent | Pick::Received => None,
    }
}

fn last(element: &str) -> &str {
    element.rsplit('.').next().unwrap_or(element)
}

fn constant(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.chars().all(|c| c.is_ascii_alphanumeric()) => Some(text.clone()),
        Value::Text(text) => Some(format!("\"{text}\"")),
        Value::Number(number) => Some(number.to_string()),
        Value::Date(date) => Some(date.format("%d-%m-%Y").to_string()),
        Value::Time(time) => Some(time.format("%H:%M:%S").to_string()),
        _ => None,
    }
}
