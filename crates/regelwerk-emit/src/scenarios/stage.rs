//! What messages of a scenario take over from those before.
//!
//! What a message does not say is as in the last message of its kind about the same thing, or else
//! as in its base message. After that it gets what the standard says is carried along
//! (`overnemen:`), as it was last. Both look back from the last message in which what it does say
//! was so.

use std::collections::BTreeMap;

use regelwerk_model::dossier::{Carried, Filing};
use regelwerk_model::scenario::{Changed, Moment, Sending};
use regelwerk_model::{Field, Message, NodeId, Standard};

use super::answer::Answer;
use super::{Carry, Made, Replied, Sent};
use crate::draft::{Draft, Maker};
use crate::xml;

/// What was sent so far.
pub(super) struct Stage<'a> {
    standard: &'a Standard,
    /// How things stood after each message.
    records: Vec<Record>,
    /// Release and message of what was sent, by moment; without replies.
    kinds: BTreeMap<usize, (usize, usize)>,
    /// How many messages and replies were sent.
    count: usize,
}

/// How things stand after a message.
#[derive(Clone)]
struct Record {
    /// What is carried along, in the order of the standard; `None` before any message says it.
    facts: Vec<Option<Fact>>,
    /// The last message of each kind with the moment at which it was sent, by release and message.
    last: BTreeMap<(usize, usize), (usize, Draft)>,
}

/// Something that is carried along.
#[derive(Clone)]
struct Fact {
    /// `None` where it was left out.
    value: Option<String>,
    /// The moment at which it was last said, or got another value.
    from: usize,
}

/// A message to make, with how its kind is filed.
#[derive(Clone, Copy)]
struct Task<'a> {
    maker: Maker<'a>,
    filing: Option<&'a Filing>,
    carried: &'a [Carried],
    fields: &'a [Field],
    kind: (usize, usize),
    moment: (usize, &'a Moment),
}

impl<'a> Stage<'a> {
    pub(super) fn new(standard: &'a Standard) -> Self {
        let facts = vec![None; standard.dossier.carried.len()];
        let start = Record { facts, last: BTreeMap::new() };
        Self { standard, records: vec![start], kinds: BTreeMap::new(), count: 0 }
    }

    /// What is sent at a moment, if anything is.
    pub(super) fn send(&mut self, at: usize, moment: &Moment) -> Option<Sent> {
        let Sending { message, answers } = moment.sending.as_ref()?;
        self.count += 1;
        let mark = format!("B{:03}", self.count);
        if let Some(to) = *answers {
            return self.reply(to, mark, message).map(Sent::Reply);
        }
        let kind = (message.release, message.message);
        self.kinds.insert(at, kind);
        let filings = &self.standard.dossier.filings;
        let task = Task {
            maker: Maker::of(self.standard, kind.0, kind.1)?,
            filing: filings.iter().find(|filing| (filing.release, filing.message) == kind),
            carried: &self.standard.dossier.carried,
            fields: &message.fields,
            kind,
            moment: (at, moment),
        };
        let (made, record) = task.make(&mark, &self.records)?;
        self.records.push(record);
        Some(Sent::Message(made))
    }
}

impl Stage<'_> {
    fn reply(&self, to: usize, mark: String, message: &Changed) -> Option<Replied> {
        let (release, asked) = *self.kinds.get(&to)?;
        let release = self.standard.releases.get(release)?;
        let answer = Answer::of(release, asked, message.message)?;
        let (faults, fields) = answer.split(&message.fields);
        Some(Replied { to, mark, faults, fields })
    }
}

impl Task<'_> {
    /// The message, and how things stand after it.
    fn make(self, mark: &str, records: &[Record]) -> Option<(Made, Record)> {
        let said: Vec<_> = self.carried.iter().map(|one| self.said(one)).collect();
        let record = latest(&said, records)?;
        let (mut draft, copied) = self.start(&said, record);
        self.make_room(&mut draft);
        let carried = self.carry(&mut draft, record, copied);
        self.file(&mut draft, mark);
        self.maker.change(&mut draft, self.fields);
        let carried = carried.into_iter().filter(|one| !self.is_said(one)).collect();
        let made = Made { xml: xml::write(self.maker, &draft), copied, carried };
        Some((made, self.after(record, draft)))
    }

    /// What the scenario itself says of something that is carried along.
    fn said(self, carried: &Carried) -> Option<Option<String>> {
        let names = |field: &Field| field.path.iter().map(|(name, _)| name.clone()).collect();
        let is_it = |field: &&Field| {
            if !is_first(field) {
                return false;
            }
            let names: Vec<String> = names(field);
            carried.ends.iter().any(|end| names.ends_with(end))
        };
        self.fields.iter().find(is_it).map(|field| field.value.clone())
    }

    fn is_said(self, carry: &Carry) -> bool {
        self.fields.iter().any(|field| {
            let names = field.path.iter().map(|(name, _)| name);
            is_first(field) && names.eq(&carry.path)
        })
    }

    /// The last message of the kind, when it is about the same thing; else the base message.
    fn start(self, said: &[Option<Option<String>>], record: &Record) -> (Draft, Option<usize>) {
        let base = self.maker.base();
        let Some((moment, draft)) = record.last.get(&self.kind) else { return (base, None) };
        // What comes first in the standard, of all that is carried along, tells what it is about.
        let told =
            self.carried.iter().zip(said).zip(&record.facts).find_map(|((one, said), fact)| {
                let earlier = self.value(draft, one)?;
                let known = || fact.as_ref().map(|fact| fact.value.clone());
                Some((earlier, said.clone().or_else(known)))
            });
        match told {
            Some((earlier, now)) if Some(&earlier) == now.as_ref() => {
                (draft.clone(), Some(*moment))
            }
            _ => (base, None),
        }
    }

    /// Takes away what the scenario leaves out, and makes what it speaks of, so that what is
    /// carried along finds its place.
    fn make_room(self, draft: &mut Draft) {
        // A second element is a copy of the first as that will be.
        for field in self.fields.iter().filter(|field| is_first(field)) {
            match &field.value {
                None => self.maker.set(draft, &field.path, None),
                Some(_) => self.maker.ensure(draft, &field.path),
            }
        }
    }

    /// Fills in what is carried along. A copy takes over only what was said since.
    fn carry(self, draft: &mut Draft, record: &Record, copied: Option<usize>) -> Vec<Carry> {
        let mut carries = Vec::new();
        for (carried, fact) in self.carried.iter().zip(&record.facts) {
            let (at, moment) = self.moment;
            let (value, from) = match fact {
                _ if carried.is_sent => (Some(moment.on.to_string()), at),
                Some(fact) if copied.is_none_or(|copied| fact.from > copied) => {
                    (fact.value.clone(), fact.from)
                }
                _ => continue,
            };
            let takers = self.chains(&carried.takers);
            for chain in self.chains(&carried.ends).into_iter().chain(takers) {
                let Some(now) = here(self.maker, draft, &chain) else { continue };
                let may_lack = chain.last().and_then(|id| self.maker.message.node(*id));
                let may_lack = may_lack.is_some_and(|node| node.min == 0);
                if now == value.as_deref() || value.is_none() && !may_lack {
                    continue;
                }
                let path: Vec<_> =
                    chain.iter().map(|id| self.maker.message.name(*id).to_owned()).collect();
                let field: Vec<_> = path.iter().map(|name| (name.clone(), 1)).collect();
                self.maker.set(draft, &field, value.as_deref());
                carries.push(Carry { path, value: value.clone(), from });
            }
        }
        carries
    }

    /// Gives the message a mark of its own and its day.
    fn file(self, draft: &mut Draft, mark: &str) {
        let Some(filing) = self.filing else { return };
        let path = |names: &[String]| names.iter().map(|name| (name.clone(), 1)).collect();
        let (named, sent): (Vec<_>, Vec<_>) = (path(&filing.mark), path(&filing.sent));
        self.maker.set(draft, &named, Some(mark));
        self.maker.set(draft, &sent, Some(&self.moment.1.on.to_string()));
    }

    /// How things stand after the message.
    fn after(self, record: &Record, draft: Draft) -> Record {
        let mut record = record.clone();
        for (carried, fact) in self.carried.iter().zip(&mut record.facts) {
            let Some(value) = self.value(&draft, carried) else { continue };
            let is_new = fact.as_ref().is_none_or(|fact| fact.value != value);
            if is_new || self.said(carried).is_some() {
                *fact = Some(Fact { value, from: self.moment.0 });
            }
        }
        record.last.insert(self.kind, (self.moment.0, draft));
        record
    }

    /// What a message says of something that is carried along, if it has a place for it.
    fn value(self, draft: &Draft, carried: &Carried) -> Option<Option<String>> {
        let chains = self.chains(&carried.ends);
        let found = chains.iter().find_map(|chain| here(self.maker, draft, chain))?;
        Some(found.map(str::to_owned))
    }

    /// The elements whose path ends in one of these ways, each with those around it, from below the
    /// root.
    fn chains(self, ends: &[Vec<String>]) -> Vec<Vec<NodeId>> {
        let message = self.maker.message;
        let is_it = |id: &NodeId| {
            ends.iter().any(|end| message.ends_in(*id, end.iter().map(String::as_str)))
        };
        message.ids().filter(is_it).map(|id| chain(message, id)).collect()
    }
}

/// Whether a field is of the first element of each name.
fn is_first(field: &Field) -> bool {
    field.path.iter().all(|(_, ordinal)| *ordinal == 1)
}

/// An element and those around it, from below the root.
fn chain(message: &Message, id: NodeId) -> Vec<NodeId> {
    let above = |id: &NodeId| message.node(*id).and_then(|node| node.parent);
    let mut chain: Vec<_> = std::iter::successors(Some(id), above).collect();
    // The root comes last.
    chain.pop();
    chain.reverse();
    chain
}

/// How things stood after the last message in which something that is said now was so; what comes
/// first in the standard goes first. Without such a message, after the last of all.
fn latest<'r>(said: &[Option<Option<String>>], records: &'r [Record]) -> Option<&'r Record> {
    let known = said.iter().enumerate().find_map(|(at, said)| {
        let said = said.as_ref()?;
        records.iter().rev().find(|record| {
            let fact = record.facts.get(at).and_then(Option::as_ref);
            fact.is_some_and(|fact| fact.value == *said)
        })
    });
    known.or(records.last())
}

/// The value at the end of a chain of elements, the first of each, when there can be one without
/// another element of a kind that there may be more of.
fn here<'d>(maker: Maker<'_>, draft: &'d Draft, chain: &[NodeId]) -> Option<Option<&'d str>> {
    let mut at = Some(draft);
    for id in chain {
        let child = at.and_then(|draft| draft.children.iter().find(|child| child.node == *id));
        if child.is_none() && maker.message.node(*id).is_none_or(|node| node.max > 1) {
            return None;
        }
        at = child;
    }
    Some(at.map(|draft| draft.text.as_str()))
}
