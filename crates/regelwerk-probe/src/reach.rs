//! What examples and scenarios exercise: each condition both ways, each requirement met and broken,
//! each row of a table, each transition, both sides of each last day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_compiler::emit::{cases, plays};
use regelwerk_compiler::model::core::Named;
use regelwerk_compiler::model::describe::{self, Text};
use regelwerk_compiler::model::{RuleKind, Standard, Within};
use regelwerk_eval::{Library, Part, Unit, Watch, What, parts};
use regelwerk_kernel::{Context, ProtocolChoice, validate};
use regelwerk_play::{context, play};

use crate::named::as_in_block;
use crate::trial::distinct;

/// Something that can be exercised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The kind of block: `regel`.
    pub block: &'static str,
    /// What it is called: `CD041`.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What kind of thing it is.
    pub aspect: Aspect,
    /// What it says.
    pub words: Text,
    /// Whether each side of it was seen. A row and a transition have one side, told twice.
    pub seen: [bool; 2],
}

/// What can be exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Aspect {
    /// A condition: it is so, it is not so.
    Condition,
    /// A requirement: it is met, it is broken.
    Outcome,
    /// A row of a table is found.
    Row,
    /// A transition is taken.
    Transition,
    /// A last day: in time, late.
    Deadline,
}

impl Reached {
    /// Whether both sides were seen.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.seen == [true, true]
    }
}

/// What was heard.
#[derive(Debug, Default)]
struct Heard {
    parts: BTreeMap<(Unit, usize), [bool; 2]>,
    rows: BTreeSet<(u16, Vec<String>)>,
    steps: BTreeSet<(usize, u8, u8)>,
}

#[derive(Debug, Default)]
struct Ear(Mutex<Heard>);

impl Ear {
    fn with<R>(&self, hear: impl FnOnce(&mut Heard) -> R) -> R {
        hear(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Watch for Ear {
    fn begins(&self, _: Unit, _: Option<&dyn Fn() -> String>) {}

    fn part(&self, unit: Unit, part: usize, holds: bool, _: &dyn Fn() -> Vec<Option<String>>) {
        self.with(|heard| {
            let [is_so, is_not] = heard.parts.entry((unit, part)).or_default();
            *(if holds { is_so } else { is_not }) = true;
        });
    }

    fn row(&self, table: u16, cells: &dyn Fn() -> Vec<Option<String>>) {
        let cells = cells().into_iter().map(Option::unwrap_or_default).collect();
        self.with(|heard| heard.rows.insert((table, cells)));
    }

    fn step(&self, process: usize, state: u8, event: u8) {
        self.with(|heard| heard.steps.insert((process, state, event)));
    }
}

/// What the examples and scenarios of the standard with this number exercise of it and of its
/// protocols, in order of block; none where there is no such standard. Where rules are laid over
/// others it is about those alone.
#[must_use]
pub fn reach(compilation: &Compilation, number: usize) -> Option<Vec<Reached>> {
    let standard = compilation.model.standards.get(number)?;
    let ear = Arc::new(Ear::default());
    let library = Library::watched(compilation, ear.clone());
    let library = *library.standards.get(number)?;
    let is_at_hand = |span: Span| compilation.sources.is_at_hand(span.source);
    for case in distinct(cases(standard)).into_iter().filter(|case| is_at_hand(case.span)) {
        let choice = case.protocol.clone().map(ProtocolChoice::Named).unwrap_or_default();
        let context = Context::new(vec![library]).all_levels(true).remarks(true).protocol(choice);
        let _ = validate(case.xml.as_bytes(), &context);
    }
    let mut stood = BTreeMap::new();
    for one in plays(standard).into_iter().filter(|one| is_at_hand(one.scenario.span)) {
        let played = play(&one.scenario.told, &one.sent, library, &context(one.scenario, library));
        for term in played.scenes.iter().flat_map(|scene| &scene.terms) {
            let sides: &mut [bool; 2] =
                stood.entry((term.rule.to_owned(), term.label.to_owned())).or_default();
            if let Some(met) = term.met {
                let [in_time, late] = sides;
                *(if met { in_time } else { late }) = true;
            }
        }
    }
    let all = ear.with(|heard| {
        let mut all = Vec::new();
        said(standard, heard, &mut all);
        transitions(standard, heard, &mut all);
        rows(standard, heard, &mut all);
        deadlines(standard, &stood, &mut all);
        all.retain(|one| is_at_hand(one.span));
        all
    });
    Some(all)
}

/// The units of a standard, each with its block.
fn units(standard: &Standard) -> Vec<(Unit, &'static str, &str, Span)> {
    let mut all = Vec::new();
    for (protocol, rules) in standard.rule_lists() {
        for (number, rule) in (0_u16..).zip(rules) {
            let name = rule.code.as_str();
            match &rule.kind {
                RuleKind::Judged(wordings) => {
                    for wording in 0..wordings.len() {
                        let unit = Unit::Wording { protocol, rule: number, wording };
                        all.push((unit, "regel", name, rule.span));
                    }
                }
                RuleKind::Term(parts) => {
                    let courses = parts.iter().flat_map(|part| &part.courses).count();
                    for course in 0..courses {
                        let unit = Unit::Course { protocol, rule: number, course };
                        all.push((unit, "termijn", name, rule.span));
                    }
                }
                _ => {}
            }
        }
    }
    for (at, view) in standard.dossier.views.iter().enumerate() {
        all.push((Unit::View(at), "beeld", &view.name, view.span));
    }
    for (process, one) in standard.dossier.processes.iter().enumerate() {
        for trigger in 0..one.triggers().count() {
            let unit = Unit::Trigger { process, trigger };
            all.push((unit, "proces", &one.name, one.span));
        }
    }
    all
}

/// What units say. What a condition with a name says counts once, whoever uses it.
fn said(standard: &Standard, heard: &Heard, all: &mut Vec<Reached>) {
    let mut in_named = InNamed::default();
    for (unit, block, name, span) in units(standard) {
        for (at, Part { what, named, .. }) in parts(standard, unit).into_iter().enumerate() {
            let (aspect, words) = told(what, named.map(|(named, _)| named));
            let seen = heard.parts.get(&(unit, at)).copied().unwrap_or_default();
            let name = name.to_owned();
            let one = Reached { block, name, span, aspect, words, seen };
            let condition = named.and_then(|(of, _)| standard.dossier.conditions.get(of.at));
            let (Some((of, number)), Some(condition)) = (named, condition) else {
                all.push(one);
                continue;
            };
            let (name, span) = (condition.name.clone(), condition.span);
            in_named.add((of.at, number), Reached { block: "voorwaarde", name, span, ..one });
        }
    }
    all.extend(in_named.into_parts());
}

/// What a part says: of a condition with a name, as it stands in its block.
fn told(what: What<'_>, named: Option<&Named>) -> (Aspect, Text) {
    match what {
        What::Guard(cond) | What::Demand(cond) | What::Provided(cond) | What::Row(cond) => {
            let words = match named {
                Some(named) => describe::condition(&as_in_block(named, cond)),
                None => describe::condition(cond),
            };
            (Aspect::Condition, words)
        }
        What::Requirement(one) => {
            let target = &one.target.written;
            let Text { nl, en } = describe::expectation(&one.demand);
            let with = |words: String| format!("{target} {words}").trim().to_owned();
            (Aspect::Outcome, Text { nl: with(nl), en: with(en) })
        }
    }
}

/// The parts of conditions with a name, each once for all uses that say the same there.
#[derive(Default)]
struct InNamed {
    /// Each with its condition, and how often its condition said the same before it.
    parts: Vec<(usize, usize, Reached)>,
    /// What the use at hand said so far.
    so_far: Vec<String>,
}

impl InNamed {
    /// Adds the part with a number in a use of a condition.
    fn add(&mut self, (at, number): (usize, usize), one: Reached) {
        if number == 0 {
            self.so_far.clear();
        }
        let before = self.so_far.iter().filter(|words| **words == one.words.nl).count();
        self.so_far.push(one.words.nl.clone());
        let known = self
            .parts
            .iter_mut()
            .find(|(of, times, known)| (*of, *times, &known.words) == (at, before, &one.words));
        let Some((_, _, known)) = known else {
            self.parts.push((at, before, one));
            return;
        };
        let ([is, is_not], [so, not_so]) = (known.seen, one.seen);
        known.seen = [is || so, is_not || not_so];
    }

    /// All of them, in order of block.
    fn into_parts(mut self) -> impl Iterator<Item = Reached> {
        self.parts.sort_by_key(|(at, ..)| *at);
        self.parts.into_iter().map(|(_, _, one)| one)
    }
}

fn transitions(standard: &Standard, heard: &Heard, all: &mut Vec<Reached>) {
    for (number, process) in standard.dossier.processes.iter().enumerate() {
        let state = |at: usize| process.states.get(at).map_or("", |one| one.name.as_str());
        for one in &process.transitions {
            let event = process.events.get(one.event).map_or("", |event| event.name.as_str());
            let [from, on] = [one.from, one.event].map(|at| u8::try_from(at).unwrap_or(u8::MAX));
            let words = Text {
                nl: format!("van {} naar {} bij {event}", state(one.from), state(one.to)),
                en: format!("from {} to {} on {event}", state(one.from), state(one.to)),
            };
            let is_taken = heard.steps.contains(&(number, from, on));
            all.push(Reached {
                block: "proces",
                name: process.name.clone(),
                span: one.span,
                aspect: Aspect::Transition,
                words,
                seen: [is_taken; 2],
            });
        }
    }
}

/// Rows that a table has of its own, of a table that is looked into row by row.
fn rows(standard: &Standard, heard: &Heard, all: &mut Vec<Reached>) {
    for (number, table) in (0_u16..).zip(&standard.dossier.tables) {
        for row in &table.rows {
            let words = row.join(", ");
            all.push(Reached {
                block: "tabel",
                name: table.name.clone(),
                span: table.span,
                aspect: Aspect::Row,
                words: Text { nl: words.clone(), en: words },
                seen: [heard.rows.contains(&(number, row.clone())); 2],
            });
        }
    }
}

fn deadlines(
    standard: &Standard,
    stood: &BTreeMap<(String, String), [bool; 2]>,
    all: &mut Vec<Reached>,
) {
    for rule in standard.rule_lists().flat_map(|(_, rules)| rules) {
        let RuleKind::Term(parts) = &rule.kind else { continue };
        for part in parts {
            let key = (rule.code.clone(), part.label.clone());
            let mut seen = stood.get(&key).copied().unwrap_or_default();
            // An example tells of its last day and of the day after it.
            if part.within != Within::Until && !part.examples.is_empty() {
                seen = [true, true];
            }
            let words = match part.label.as_str() {
                "" => Text { nl: "laatste dag".to_owned(), en: "last day".to_owned() },
                label => Text {
                    nl: format!("laatste dag van deel \"{label}\""),
                    en: format!("last day of part \"{label}\""),
                },
            };
            let (name, span) = (rule.code.clone(), rule.span);
            let aspect = Aspect::Deadline;
            all.push(Reached { block: "termijn", name, span, aspect, words, seen });
        }
    }
}
