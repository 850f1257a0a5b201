//! What is judged, stated or asked where.

use std::collections::BTreeSet;

use crate::core::{Cond, Demand, Origin, Path, Requirement, Step, Value};
use crate::process::Process;
use crate::{
    Application, Interval, Message, NodeId, Placed, Protocol, ROOT, Recognition, Rule, RuleKind,
    Standard, Use,
};

impl Standard {
    /// Every element name, in byte order; its place is its number.
    #[must_use]
    pub fn element_names(&self) -> Vec<&str> {
        let messages = self.releases.iter().flat_map(|release| &release.messages);
        let names = messages.flat_map(|message| &message.nodes).map(|node| node.name.as_str());
        let headers = self.releases.iter().flat_map(|release| &release.headers);
        let headed = headers.flat_map(|header| {
            let values = header.values.iter().flat_map(|field| &field.path).map(|(name, _)| name);
            values.chain(&header.code).map(String::as_str)
        });
        let names: BTreeSet<_> = names.chain(headed).chain([ROOT]).collect();
        names.into_iter().collect()
    }

    /// `vanaf release 3.0 t/m release 3.1`; empty where it covers all releases.
    #[must_use]
    pub fn interval(&self, interval: Interval) -> String {
        let name = |at: usize| self.releases.get(at).map_or("", |release| release.name.as_str());
        let last = self.releases.len().saturating_sub(1);
        let from = (interval.first > 0).then(|| format!("vanaf release {}", name(interval.first)));
        let until = (interval.last < last).then(|| format!("t/m release {}", name(interval.last)));
        [from, until].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The protocol that a process is of, by its number.
    #[must_use]
    pub fn protocol_of(&self, process: &Process) -> Option<usize> {
        let name = process.protocol.as_ref()?;
        self.protocols.iter().position(|one| one.name == *name)
    }

    /// The rules of the standard, then those of each protocol with its number.
    pub fn rule_lists(&self) -> impl Iterator<Item = (Option<u16>, &[Rule])> {
        let laid = (0_u16..).zip(&self.protocols);
        let laid = laid.map(|(at, protocol)| (Some(at), protocol.rules.as_slice()));
        std::iter::once((None, self.rules.as_slice())).chain(laid)
    }

    /// The elements that a wording of a rule, or a rule without wordings, is for, in any release:
    /// `JW301 /Bericht/Client`. The rule is of the protocol, if one is given.
    #[must_use]
    pub fn places(&self, code: &str, wording: usize, protocol: Option<&Protocol>) -> Vec<String> {
        let here = |used: &Use| used.rule == code && used.wording == wording;
        let placed: Vec<&Placed> = match protocol {
            Some(protocol) => protocol.placed.iter().chain(&protocol.stated).collect(),
            None => self.stated.iter().collect(),
        };
        let mut places = BTreeSet::new();
        for (at, release) in self.releases.iter().enumerate() {
            for (index, message) in release.messages.iter().enumerate() {
                for id in message.ids() {
                    let own = protocol.is_none()
                        && message.node(id).is_some_and(|node| node.uses.iter().any(here));
                    let laid = |one: &Placed| {
                        (one.release, one.message, one.node) == (at, index, id) && here(&one.used)
                    };
                    if own || placed.iter().any(|one| laid(one)) {
                        places.insert(format!("{} /{}", message.name, message.path(id).join("/")));
                    }
                }
            }
        }
        places.into_iter().collect()
    }
}

/// The rules for a message whose machinery is still to come: for each the element and its number
/// among the rules. A rule that names no element is for the root of every message if `is_for_all`.
#[must_use]
pub fn not_yet(
    rules: &[Rule],
    stated: &[Placed],
    message: (usize, usize),
    is_for_all: bool,
) -> BTreeSet<(u16, u16)> {
    let mut places = BTreeSet::new();
    for (at, rule) in (0_u16..).zip(rules).filter(|(_, rule)| rule.kind == RuleKind::NotYet) {
        let mut named = stated.iter().filter(|one| one.used.rule == rule.code).peekable();
        if is_for_all && named.peek().is_none() {
            places.insert((0, at));
        }
        let here = named.filter(|one| (one.release, one.message) == message);
        let nodes = here.filter_map(|one| u16::try_from(one.node.0).ok());
        places.extend(nodes.map(|node| (node, at)));
    }
    places
}

/// A message of a release, as a protocol sees it.
#[derive(Debug, Clone, Copy)]
pub struct Covered<'m> {
    /// The standard.
    pub standard: &'m Standard,
    /// The protocol.
    pub protocol: &'m Protocol,
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index into those of the release.
    pub message: usize,
}

/// What must be so of the element so many above another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applies {
    /// `toepassing:`, by its number among those of the message.
    Application(usize),
    /// A condition of the rule itself.
    Cond(Box<Cond>),
}

/// Values that a rule of a protocol asks for though it says itself that it departs from the
/// standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure<'m> {
    /// The element.
    pub node: NodeId,
    /// The values.
    pub values: Vec<&'m str>,
    /// The rule, by its number among those of the protocol.
    pub rule: u16,
    /// What must be so for it to be asked, each so many elements above.
    pub conditions: Vec<(u8, Applies)>,
}

impl<'m> Covered<'m> {
    /// The messages of which a protocol says something, release by release.
    pub fn all(protocol: &'m Protocol, standard: &'m Standard) -> impl Iterator<Item = Self> {
        let releases = protocol.releases.iter();
        let all = releases.flat_map(move |release| {
            let messages = standard.releases.get(*release).map_or(&[][..], |one| &one.messages);
            (0..messages.len()).map(move |message| Self {
                standard,
                protocol,
                release: *release,
                message,
            })
        });
        all.filter(|one| {
            let here = (one.release, one.message);
            let said = protocol.placed.iter().any(|it| (it.release, it.message) == here);
            said || protocol.recognition.iter().any(|it| (it.release, it.message) == here)
        })
    }

    /// The message itself.
    #[must_use]
    pub fn definition(&self) -> Option<&'m Message> {
        self.standard.releases.get(self.release)?.messages.get(self.message)
    }

    /// What is judged in it, in order of element and rule.
    #[must_use]
    pub fn placed(&self) -> Vec<&'m Placed> {
        let here = (self.release, self.message);
        let all = self.protocol.placed.iter();
        let mut placed: Vec<_> = all.filter(|one| (one.release, one.message) == here).collect();
        placed.sort_by(|a, b| (a.node, &a.used.rule).cmp(&(b.node, &b.used.rule)));
        placed
    }

    /// By what the protocol recognises it, each with its number in the protocol.
    pub fn recognition(&self) -> impl Iterator<Item = (usize, &'m Recognition)> + use<'m> {
        let here = (self.release, self.message);
        let all = self.protocol.recognition.iter().enumerate();
        all.filter(move |(_, one)| (one.release, one.message) == here)
    }

    /// What the protocol says of its elements must be so, in the order written, each with its number
    /// in the protocol.
    pub fn applications(&self) -> impl Iterator<Item = (usize, &'m Application)> + use<'m> {
        let here = (self.release, self.message);
        let all = self.protocol.applications.iter().enumerate();
        all.filter(move |(_, one)| (one.release, one.message) == here)
    }

    /// Which of [`Self::applications`] decides about an element: of the nearest around it, so many
    /// up.
    #[must_use]
    pub fn application(&self, node: NodeId) -> Option<(u8, usize)> {
        let mut above = self.definition()?.ancestry(node).enumerate();
        above.find_map(|(up, above)| {
            let number = self.applications().position(|(_, one)| one.node == above)?;
            Some((u8::try_from(up).unwrap_or(u8::MAX), number))
        })
    }

    /// Those of [`Self::applications`] that decide about something that is judged, by number.
    #[must_use]
    pub fn asked(&self) -> BTreeSet<usize> {
        let here = (self.release, self.message);
        let placed = self.protocol.placed.iter().filter(|one| (one.release, one.message) == here);
        placed.filter_map(|one| Some(self.application(one.node)?.1)).collect()
    }

    /// Where its rules depart from the standard, in the order in which they are placed.
    #[must_use]
    pub fn departures(&self) -> Vec<Departure<'m>> {
        let here = (self.release, self.message);
        let placed = self.protocol.placed.iter().filter(|one| (one.release, one.message) == here);
        placed.flat_map(|one| self.departures_at(one)).collect()
    }

    fn departures_at(&self, one: &'m Placed) -> Vec<Departure<'m>> {
        let rules = (0_u16..).zip(&self.protocol.rules);
        let own = rules.filter(|(_, rule)| rule.code == one.used.rule);
        let departing = own.filter(|(_, rule)| !rule.deviations.is_empty());
        let told = departing.flat_map(|(at, rule)| {
            let wording = match &rule.kind {
                RuleKind::Judged(wordings) => wordings.get(one.used.wording),
                _ => None,
            };
            let asked = wording.map(|wording| asked(&wording.body, &Cond::True));
            asked.into_iter().flatten().filter_map(move |it| self.departure(one, at, it))
        });
        told.collect()
    }

    fn departure(&self, one: &Placed, rule: u16, asked: Asked<'m>) -> Option<Departure<'m>> {
        let message = self.definition()?;
        let Asked { path, values, when } = asked;
        let node = path.steps.iter().try_fold(one.node, |at, name| message.child(at, name))?;
        let application = self.application(node);
        let mut conditions: Vec<_> = application
            .map(|(up, number)| (up, Applies::Application(number)))
            .into_iter()
            .collect();
        if when != Cond::True {
            let up = u8::try_from(path.steps.len()).unwrap_or(u8::MAX);
            conditions.push((up, Applies::Cond(Box::new(when))));
        }
        Some(Departure { node, values, rule, conditions })
    }
}

/// Codes that are demanded of an element.
struct Asked<'r> {
    /// Its path, from the element of the rule.
    path: &'r Path,
    values: Vec<&'r str>,
    /// What must be so of the element of the rule.
    when: Cond,
}

/// The codes that are demanded, under what is so already. What comes after a row that is found
/// (`bij:`) or a value that is worked out (`stel:`) is not among them: without those nothing can be
/// said of the condition.
fn asked<'r>(steps: &'r [Step], when: &Cond) -> Vec<Asked<'r>> {
    let mut all = Vec::new();
    for step in steps {
        match step {
            Step::Bind { .. } | Step::Let { .. } => break,
            Step::If { cond, then, otherwise, .. } => {
                all.extend(asked(then, &both(when, cond.clone())));
                all.extend(asked(otherwise, &both(when, cond.clone().negated())));
            }
            Step::Require(Requirement {
                demand: Demand::OneOf(Value::Path(path, _), values),
                ..
            }) if path.origin == Origin::This && path.param.is_none() => {
                let codes = values.iter().filter_map(|value| match value {
                    Value::Text(code) => Some(code.as_str()),
                    _ => None,
                });
                all.push(Asked { path, values: codes.collect(), when: when.clone() });
            }
            _ => {}
        }
    }
    all
}

fn both(one: &Cond, other: Cond) -> Cond {
    match one {
        Cond::True => other,
        _ => Cond::All(vec![one.clone(), other]),
    }
}
