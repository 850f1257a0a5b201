//! Messages and dossiers that may show a difference: the examples and scenarios of the rules of both
//! sides, each made for either side.

use regelwerk_model::core::RowSource;
use regelwerk_model::scenario::{Changed, Dated, Outcome, Told};
use regelwerk_model::{Asked, Example, Field, Message, NodeId, Rule, RuleKind, Scenario, Wording};
use serde::Serialize;

use super::side::{Comparison, Side, Spot};
use super::{RuleChange, words};
use crate::cases::Place;
use crate::draft::Maker;
use crate::scenarios::{Sent, sent};

/// Something to run under both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What it is, in the words of the rule file.
    pub words: String,
    /// The message and the element that it is made at, or the name of the scenario.
    pub place: String,
    /// What to run under each side.
    pub trials: [Trial; 2],
    /// The rule of this side has it as an example or as a scenario, so that it looks at it.
    pub is_own: [bool; 2],
}

/// What to run under one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trial {
    /// A message by itself.
    Message {
        /// Its release.
        release: String,
        /// As XML.
        xml: String,
    },
    /// Messages after one another.
    Story(Box<Story>),
    /// It cannot be made for this side.
    Missing(Missing),
}

/// A scenario as it goes with the releases of a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// The scenario.
    pub scenario: Scenario,
    /// What is sent at each moment.
    pub sent: Vec<Option<Sent>>,
    /// The release of what is sent at each moment.
    pub releases: Vec<String>,
}

/// Why something cannot be made for a side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// It has no such message.
    Message {
        /// The side: `ijw/3.1`.
        side: String,
        /// The message.
        message: String,
    },
    /// Its message has no such element.
    Element {
        /// The side.
        side: String,
        /// The path: `JW301/Client/Bsn`.
        element: String,
    },
    /// Its rule asks for a fact or a table that the scenario says nothing of.
    Unsaid {
        /// The side.
        side: String,
        /// The fact or the table.
        name: String,
    },
}

impl Candidate {
    /// Whether both come to the same.
    fn is_like(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.words.clone(), one.place.clone());
        what(self) == what(other) && self.trials == other.trials
    }
}

impl Comparison<'_> {
    /// What may show that a rule became stricter or looser; the same thing but once.
    #[must_use]
    pub fn candidates(&self, change: &RuleChange) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for (at, side) in self.sides.into_iter().enumerate() {
            for rule in self.rules_of(side) {
                let told = if at == 0 { change.was.as_slice() } else { change.becomes.as_slice() };
                if told.iter().any(|one| one.code == rule.code) {
                    candidates.extend(self.examples(at, rule));
                }
            }
        }
        candidates.extend(self.stories(change));
        let mut known: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            match known.iter_mut().find(|one| one.is_like(&candidate)) {
                Some(one) => one.is_own.iter_mut().zip(candidate.is_own).for_each(|(a, b)| *a |= b),
                None => known.push(candidate),
            }
        }
        known
    }

    fn examples(&self, at: usize, rule: &Rule) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let Some(&side) = self.sides.get(at) else { return candidates };
        for spot in self.spots(side, rule) {
            match &rule.kind {
                RuleKind::Judged(wordings) => {
                    let wording = spot.used.and_then(|used| wordings.get(used.wording));
                    let examples = wording.map_or(&[][..], |wording| &wording.examples);
                    let made = examples.iter().zip(wording.into_iter().cycle());
                    candidates.extend(made.map(|(one, wording)| self.fields(spot, wording, one)));
                }
                RuleKind::Facet(kind, examples) => {
                    let values = examples.iter().map(|one| one.value.as_str());
                    // Where each message has a pattern of its own, its base message tells a value.
                    let own = spot.place.value_type().filter(|_| kind.is_none());
                    let values = values.chain(own.map(|(simple, _)| simple.sample.as_str()));
                    candidates.extend(values.map(|value| self.value(spot, value)));
                }
                _ => {}
            }
        }
        for candidate in &mut candidates {
            candidate.is_own = [at == 0, at == 1];
        }
        candidates
    }

    fn fields(&self, spot: Spot<'_>, wording: &Wording, example: &Example) -> Candidate {
        let trials = self.sides.map(|side| self.made(side, spot, Some((wording, example)), None));
        let words = words::phrase(example.said, self.sources);
        Candidate { words, place: spot.shown(), trials, is_own: [false; 2] }
    }

    fn value(&self, spot: Spot<'_>, value: &str) -> Candidate {
        let trials = self.sides.map(|side| self.made(side, spot, None, Some(value)));
        let words = format!("\"{value}\"");
        Candidate { words, place: spot.shown(), trials, is_own: [false; 2] }
    }

    /// An example made for a side.
    fn made(
        &self,
        side: Side<'_>,
        spot: Spot<'_>,
        example: Option<(&Wording, &Example)>,
        value: Option<&str>,
    ) -> Trial {
        let made = self.place(side, spot).and_then(|place| {
            let used = spot.used;
            let xml = match (example, used, value) {
                (Some((wording, example)), Some(used), _) => {
                    for (ordinal, fields) in (1..).zip(&example.elements) {
                        let at = fields.iter().map(|field| {
                            (place.place(field, used, &wording.params, ordinal), field)
                        });
                        self.check(side, place.maker.message, at)?;
                    }
                    place.with_fields(place.maker.base(), used, &wording.params, example)
                }
                (.., value) => place.with_value(value.unwrap_or_default()),
            };
            Ok(Trial::Message { release: place.maker.release.name.clone(), xml })
        });
        made.unwrap_or_else(Trial::Missing)
    }

    /// The same place on a side.
    fn place<'s>(&'s self, side: Side<'_>, spot: Spot<'s>) -> Result<Place<'s>, Missing> {
        let name = &spot.place.maker.message.name;
        let missing = || Missing::Message { side: side.name(self.standard), message: name.clone() };
        let (release, message) = self.counterpart(side, spot.release, name).ok_or_else(missing)?;
        let maker = Maker::of(self.standard, release, message).ok_or_else(missing)?;
        let mut id = NodeId(0);
        for step in spot.path().into_iter().skip(1) {
            id = maker.message.child(id, step).ok_or_else(|| Missing::Element {
                side: side.name(self.standard),
                element: joined(name, spot.path().into_iter().skip(1)),
            })?;
        }
        Ok(Place { maker, id })
    }

    /// That a message has every element that is filled.
    fn check<'f>(
        &self,
        side: Side<'_>,
        message: &Message,
        fields: impl Iterator<Item = (Vec<(String, usize)>, &'f Field)>,
    ) -> Result<(), Missing> {
        for (path, field) in fields {
            let mut names = path.iter().map(|(name, _)| name.as_str());
            let end = names.try_fold(NodeId(0), |id, name| message.child(id, name));
            if end.is_none() && field.value.is_some() {
                let names = path.iter().map(|(name, _)| name.as_str());
                return Err(Missing::Element {
                    side: side.name(self.standard),
                    element: joined(&message.name, names),
                });
            }
        }
        Ok(())
    }

    /// The scenarios that are about the rules of a change.
    fn stories(&self, change: &RuleChange) -> Vec<Candidate> {
        let codes: Vec<_> = [false, true]
            .into_iter()
            .flat_map(|is_other| change.codes(is_other))
            .chain(change.was.iter().chain(&change.becomes).map(|told| told.code.as_str()))
            .collect();
        let about = self.standard.scenarios.iter().filter(|one| {
            let is_about = |code: &&str| speaks_of(one, code);
            codes.iter().any(is_about) && self.is_of_sides(one)
        });
        let made = about.map(|scenario| Candidate {
            words: scenario.title.clone(),
            place: scenario.name.clone(),
            trials: [0, 1].map(|at| self.story(at, scenario, change)),
            is_own: [0, 1].map(|at| self.is_own(at, scenario, change)),
        });
        made.collect()
    }

    /// Whether a scenario is told under a side, about its rules.
    fn is_own(&self, at: usize, scenario: &Scenario, change: &RuleChange) -> bool {
        let told = if at == 0 { change.was.as_slice() } else { change.becomes.as_slice() };
        let mut codes = told.iter().flat_map(|one| one.judged_by.iter().chain([&one.code]));
        let is_of_side =
            self.sides.get(at).is_some_and(|side| side.protocol() == scenario.protocol.as_deref());
        is_of_side && codes.any(|code| speaks_of(scenario, code))
    }

    /// Whether a scenario is told under one of both sides: of two protocols those of the standard say
    /// nothing, as their messages need not be of either; nor does one that is told under whichever
    /// protocol recognises a message.
    fn is_of_sides(&self, scenario: &Scenario) -> bool {
        !scenario.is_recognised
            && self.sides.iter().any(|side| side.protocol() == scenario.protocol.as_deref())
    }

    fn story(&self, at: usize, scenario: &Scenario, change: &RuleChange) -> Trial {
        let Some(&side) = self.sides.get(at) else { return self.nowhere(scenario) };
        match self.moved(side, scenario).and_then(|moved| {
            self.is_said(at, side, scenario, change)?;
            Ok(moved)
        }) {
            Err(missing) => Trial::Missing(missing),
            Ok(scenario) => {
                let sent = sent(self.standard, &scenario);
                let releases = self.releases_of(&scenario);
                Trial::Story(Box::new(Story { scenario, sent, releases }))
            }
        }
    }

    fn nowhere(&self, scenario: &Scenario) -> Trial {
        let side = String::new();
        Trial::Missing(Missing::Message { side, message: scenario.name.clone() })
    }

    fn releases_of(&self, scenario: &Scenario) -> Vec<String> {
        let name = |changed: &Changed| {
            self.release(changed.release).map_or_else(String::new, |one| one.name.clone())
        };
        match &scenario.told {
            Told::Single(changed, _) => vec![name(changed)],
            Told::Dated(dated) => {
                let sent = dated.moments.iter().map(|moment| moment.sending.as_ref());
                sent.map(|one| one.map_or_else(String::new, |one| name(&one.message))).collect()
            }
        }
    }

    /// The scenario with messages of the releases of a side.
    fn moved(&self, side: Side<'_>, scenario: &Scenario) -> Result<Scenario, Missing> {
        let mut moved = scenario.clone();
        match &mut moved.told {
            Told::Single(changed, _) => self.shift(side, changed)?,
            Told::Dated(dated) => {
                for sending in dated.moments.iter_mut().filter_map(|one| one.sending.as_mut()) {
                    self.shift(side, &mut sending.message)?;
                }
            }
        }
        Ok(moved)
    }

    fn shift(&self, side: Side<'_>, changed: &mut Changed) -> Result<(), Missing> {
        let name = self.message(changed.release, changed.message).map(|one| one.name.clone());
        let name = name.unwrap_or_default();
        let there = self.counterpart(side, changed.release, &name);
        let missing = || Missing::Message { side: side.name(self.standard), message: name.clone() };
        let (release, message) = there.ok_or_else(missing)?;
        if let Some(there) = self.message(release, message) {
            let fields = changed.fields.iter().map(|field| (field.path.clone(), field));
            self.check(side, there, fields)?;
        }
        (changed.release, changed.message) = (release, message);
        Ok(())
    }

    /// That a scenario tells what the rules of a side ask from outside, as far as no rule of the other
    /// side asks for the same.
    fn is_said(
        &self,
        at: usize,
        side: Side<'_>,
        scenario: &Scenario,
        change: &RuleChange,
    ) -> Result<(), Missing> {
        let Told::Dated(dated) = &scenario.told else { return Ok(()) };
        let is_own = scenario.protocol.is_none() || side.protocol() == scenario.protocol.as_deref();
        let told = if at == 0 { change.was.as_slice() } else { change.becomes.as_slice() };
        let rules = self.rules_of(side).iter();
        let rules = rules.filter(|rule| told.iter().any(|one| one.code == rule.code));
        let asked: Vec<_> = rules.flat_map(|rule| self.asked(rule)).collect();
        match asked.into_iter().find(|name| !is_own && !tells(dated, name)) {
            None => Ok(()),
            Some(name) => {
                Err(Missing::Unsaid { side: side.name(self.standard), name: name.to_owned() })
            }
        }
    }

    /// The facts, and the tables without rows of their own, that a rule asks for.
    fn asked(&self, rule: &Rule) -> Vec<&str> {
        let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
        let rows = wordings.iter().flat_map(|one| Asked::by_steps(&one.body).rows);
        let dossier = &self.standard.dossier;
        let named = rows.filter_map(|rows| match rows.source {
            RowSource::Fact(at) => Some(dossier.facts.get(at)?.name.as_str()),
            RowSource::Table(at) => {
                let table = dossier.tables.get(at)?;
                (!table.has_own).then_some(table.name.as_str())
            }
            _ => None,
        });
        named.collect()
    }
}

/// Whether a scenario tells a fact, or supplies a table.
fn tells(dated: &Dated, name: &str) -> bool {
    dated.facts.iter().any(|fact| fact.name == name)
        || dated.tables.iter().any(|table| table.table == name)
}

/// Whether a scenario is about a rule, or says how a term of it stands.
fn speaks_of(scenario: &Scenario, code: &str) -> bool {
    let is_term = |outcome: &Outcome| matches!(outcome, Outcome::Term { rule, .. } if rule == code);
    scenario.about.iter().any(|about| about == code)
        || match &scenario.told {
            Told::Single(..) => false,
            Told::Dated(dated) => {
                dated.moments.iter().flat_map(|moment| &moment.outcomes).any(is_term)
            }
        }
}

fn joined<'n>(message: &'n str, names: impl Iterator<Item = &'n str>) -> String {
    std::iter::once(message).chain(names).collect::<Vec<_>>().join("/")
}
