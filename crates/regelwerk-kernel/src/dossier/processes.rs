//! Processes: how things stand with each key, and how they came to that.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::report::Reason;
use crate::rows::{MessageNo, Row};
use crate::standard::{Base, FactDef, Moment, ProcessDef, Trigger};
use crate::value::Date;

use super::unassessed::{self, Open};
use super::{Dossier, MetBy, RowId};

/// How things stand with one key of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProcessState {
    /// The name of the process: `levering`.
    pub process: &'static str,
    /// The two parties that it is between, in order of name; none of a process over all parties.
    pub parties: Option<(String, String)>,
    /// The values of the key, joined by a space: `4711`.
    pub key: String,
    /// The name of the state.
    pub state: &'static str,
    /// How it came to that, in order.
    pub history: Vec<StateChange>,
}

/// A step of a process from one state to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StateChange {
    /// The message or the fact by which.
    pub by: MetBy,
    /// The day on which: of receipt, or the one that the fact is of.
    pub day: Option<Date>,
    /// The name of the event.
    pub event: &'static str,
    /// The name of the state before it.
    pub from: &'static str,
    /// The name of the state after it.
    pub to: &'static str,
}

/// An event that happened with a row. In order of what happened first: of messages between the same
/// parties in order of arrival; where there are facts and other parties by day, and on one day
/// facts come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Happened {
    /// The day, where that tells the order.
    day: Option<Date>,
    /// The message; none of a fact.
    message: Option<MessageNo>,
    event: u8,
    row: RowId,
}

/// What one course of a process belongs to: the parties, unless it is over all, and the values of
/// its key.
type Course<'d> = (Option<(&'d str, &'d str)>, Vec<Cow<'d, str>>);

impl Dossier {
    /// How things stand, in order of process, parties and key. Nothing of it is kept: it follows
    /// from the messages that count now. What was rejected since, was never there; where a process
    /// says so (`verzending van`), it was.
    #[must_use]
    pub fn states(&self) -> Vec<ProcessState> {
        self.processes().flat_map(|process| self.courses(process)).collect()
    }

    /// The processes of the standard, and those of protocols that messages are judged by.
    fn processes(&self) -> impl Iterator<Item = &'static ProcessDef> {
        let processes = self.standard().dossier.processes.iter();
        processes.filter(|process| self.is_asked(process.protocol))
    }

    /// How things stand with the keys that a message names, in order of process and key; of a reply
    /// those of the message that it answers. Where nothing has happened yet that is the beginning.
    #[must_use]
    pub fn states_of(&self, message: MessageNo) -> Vec<ProcessState> {
        let answered = self.message(message).and_then(|info| info.answers);
        let about = answered.unwrap_or(message);
        let of_process = self.processes().flat_map(|process| {
            let named = self.named(process, about);
            let mut happened = self.all_happened(process);
            named.into_iter().map(move |course| {
                let all = happened.remove(&course).unwrap_or_default();
                self.standing(process, &course, all)
            })
        });
        of_process.collect()
    }

    fn courses(&self, process: &'static ProcessDef) -> impl Iterator<Item = ProcessState> {
        let happened = self.all_happened(process);
        happened.into_iter().map(|(course, all)| self.standing(process, &course, all))
    }

    /// What happened in each course of a process.
    fn all_happened(&self, process: &ProcessDef) -> BTreeMap<Course<'_>, Vec<Happened>> {
        let mut courses: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for trigger in process.triggers {
            for row in self.rows(trigger.source) {
                if let Some(happened) = self.happened(process, trigger, row)
                    && self.holds(trigger, row) == Ok(true)
                    && let Some(course) = self.course(process, trigger, row)
                {
                    courses.entry(course).or_default().push(happened);
                }
            }
        }
        courses
    }

    /// The courses of a process that a message names, whether something happens in them or not.
    fn named(&self, process: &ProcessDef, message: MessageNo) -> BTreeSet<Course<'_>> {
        let Some(position) = message.0.checked_sub(1) else { return BTreeSet::new() };
        let rows = self.ledger.rows_of(position);
        let rows: Vec<_> = rows.filter_map(|id| Row::kept(&self.ledger, id)).collect();
        let triggered = process.triggers.iter().flat_map(|trigger| {
            let is_its = |row: &&Row<'_>| row.id().is_some_and(|id| id.source == trigger.source);
            rows.iter().filter(is_its).filter_map(|row| self.course(process, trigger, *row))
        });
        triggered.collect()
    }

    /// The course that a row is of; none where a part of the key is absent.
    fn course<'d>(
        &self,
        process: &ProcessDef,
        trigger: &Trigger,
        row: Row<'d>,
    ) -> Option<Course<'d>> {
        if !self.is_covered(process.protocol, row) {
            return None;
        }
        let key = trigger.key.iter().map(|&column| self.value(trigger.source, column, row));
        let parties = if process.is_across { None } else { Some(row.parties()?) };
        Some((parties, key.collect::<Option<_>>()?))
    }

    /// The event that happened with a row, if what its trigger says besides holds. What a reply says
    /// goes by the reply, whatever we find of the message ourselves; if it came before its message
    /// it was known when that came.
    fn happened(&self, process: &ProcessDef, trigger: &Trigger, row: Row<'_>) -> Option<Happened> {
        let event = process.events.get(usize::from(trigger.event))?;
        let is_rejected = row.is_rejected_by_answer();
        let by = match event.moment {
            Moment::Arrival if row.message().is_none() => {
                row.stored().filter(|row| !row.is_void())?;
                None
            }
            Moment::Arrival => Some(row.message().filter(|_| row.voided_by().is_none())?),
            Moment::Sending => Some(row.message()?),
            Moment::Approval => Some(row.answered_by().filter(|_| !is_rejected)?),
            Moment::Rejection => Some(row.answered_by().filter(|_| is_rejected)?),
        };
        let message = by.map(|by| row.message().map_or(by, |own| own.max(by)));
        let happened = Happened { day: None, message, event: trigger.event, row: row.id()? };
        let day = self.day_of(&happened).filter(|_| process.is_across);
        Some(Happened { day, ..happened })
    }

    /// The day on which something happened: of receipt, or the one that a fact is of.
    fn day_of(&self, Happened { message, row, .. }: &Happened) -> Option<Date> {
        match message {
            Some(message) => self.message(*message)?.received,
            None => Row::kept(&self.ledger, *row)?.date(FactDef::DATE),
        }
    }

    /// Whether the condition of a trigger holds of a row; why that is not known, if it is not.
    fn holds(&self, trigger: &Trigger, row: Row<'_>) -> Result<bool, BTreeSet<Reason>> {
        let (holds, why) = self.ask(row, None, |rows| (trigger.when)(rows, row));
        if why.is_empty() { Ok(holds) } else { Err(why) }
    }

    /// Of which rows it is not known what happened with them.
    pub(super) fn open_events(&self) -> Open {
        let mut open = Open::new();
        for process in self.processes() {
            for trigger in process.triggers {
                for row in self.rows(trigger.source) {
                    if self.happened(process, trigger, row).is_some()
                        && let Err(why) = self.holds(trigger, row)
                    {
                        unassessed::add(&mut open, row, process.name, why);
                    }
                }
            }
        }
        open
    }

    /// The value of a column; a number without zeros before it.
    fn value<'d>(&self, source: u16, column: u16, row: Row<'d>) -> Option<Cow<'d, str>> {
        let source = self.standard().dossier.sources.get(usize::from(source))?;
        match source.columns.get(usize::from(column))?.base {
            Base::Integer => row.number(column).map(|number| number.to_string().into()),
            Base::Text | Base::Date | Base::Time => row.text(column).map(Cow::Borrowed),
        }
    }

    /// How things stand in a course after what happened.
    fn standing(
        &self,
        process: &ProcessDef,
        (parties, key): &Course<'_>,
        mut all: Vec<Happened>,
    ) -> ProcessState {
        all.sort_unstable();
        let (state, history) =
            replay(process, &all, |source| self.fact(source), |happened| self.day_of(happened));
        let parties = parties.map(|(one, other)| (one.to_owned(), other.to_owned()));
        ProcessState { process: process.name, parties, key: key.join(" "), state, history }
    }

    /// The name of the fact that a source is of.
    fn fact(&self, source: u16) -> &'static str {
        let source = self.standard().dossier.sources.get(usize::from(source));
        source.map_or("", |source| source.name)
    }
}

/// The state after what happened, and the steps to it.
fn replay(
    process: &ProcessDef,
    all: &[Happened],
    fact: impl Fn(u16) -> &'static str,
    day: impl Fn(&Happened) -> Option<Date>,
) -> (&'static str, Vec<StateChange>) {
    let name = |state: u8| process.states.get(usize::from(state)).copied().unwrap_or_default();
    let mut state = process.initial;
    let mut history = Vec::new();
    for happened @ Happened { message, event, row, .. } in all {
        let Some(next) = (process.next)(state, *event) else { continue };
        let told = process.events.get(usize::from(*event)).map_or("", |event| event.name);
        let by = message.map_or(MetBy::Fact(fact(row.source)), MetBy::Message);
        let (day, from, to) = (day(happened), name(state), name(next));
        history.push(StateChange { by, day, event: told, from, to });
        state = next;
    }
    (name(state), history)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::EventDef;

    const fn event(name: &'static str) -> EventDef {
        EventDef { name, says: "", moment: Moment::Arrival, looks_around: false }
    }

    use crate::standard::Code;

    /// `open` opens what is shut, `shut` shuts what is open.
    static DOOR: ProcessDef = ProcessDef {
        name: "deur",
        title: "",
        sources: &[],
        readings: &[],
        protocol: None,
        is_across: false,
        key: &["Nummer"],
        states: &["dicht", "open"],
        initial: 0,
        ends: &[],
        events: &[event("openen"), event("sluiten")],
        triggers: &[],
        transitions: &[],
        next: Code(&|state, event| (state == event).then_some(1 - state)),
        swaps: &[],
        losses: &[],
        swapped: "",
        lost: "",
        file: "",
        line: 0,
    };

    fn told(all: &[(u32, u8, u32)]) -> (&'static str, Vec<(u32, &'static str)>) {
        let happened = all.iter().map(|&(message, event, at)| Happened {
            day: None,
            message: Some(MessageNo(message)),
            event,
            row: RowId { source: 0, at },
        });
        let mut happened: Vec<_> = happened.collect();
        happened.sort_unstable();
        let (state, history) = replay(&DOOR, &happened, |_| "", |_| None);
        let number = |by| match by {
            MetBy::Message(number) => number.0,
            MetBy::Fact(_) => 0,
        };
        (state, history.into_iter().map(|one| (number(one.by), one.event)).collect())
    }

    #[test]
    fn what_happens_is_replayed_in_order_of_arrival() {
        let steps = vec![(1, "openen"), (2, "sluiten"), (3, "openen")];
        assert_eq!(told(&[(3, 0, 9), (1, 0, 1), (2, 1, 5)]), ("open", steps));
        assert_eq!(told(&[]), ("dicht", vec![]));
    }

    #[test]
    fn what_changes_nothing_is_passed_over() {
        assert_eq!(told(&[(1, 1, 1), (2, 0, 2), (3, 0, 3)]), ("open", vec![(2, "openen")]));
    }

    #[test]
    fn of_one_message_events_happen_in_the_order_in_which_they_are_written() {
        assert_eq!(told(&[(1, 1, 1), (1, 0, 2)]), ("dicht", vec![(1, "openen"), (1, "sluiten")]));
    }
}
