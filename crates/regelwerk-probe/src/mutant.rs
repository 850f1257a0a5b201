//! Mutants: rules that say a little else than they do.

use std::collections::BTreeMap;

use regelwerk_compiler::diag::Span;
use regelwerk_compiler::model::core::{Cond, Value};
use regelwerk_compiler::model::describe;
use regelwerk_compiler::model::{
    self, Course, Ending, Rule, RuleKind, Standard, TermPart, Use, Within,
};
use regelwerk_eval::Change;

use crate::named;
use crate::sphere;
use crate::variant::{self, Told, Valid};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// Required becomes forbidden, or the other way round.
    Swapped,
    /// A requirement is left out.
    NotAsked,
    /// A condition is left out.
    Dropped,
    /// Another code, or one code fewer.
    Code,
    /// A border that counts does not, or the other way round.
    Border,
    /// Another number, day or value.
    Value,
    /// A day more or less.
    Days,
    /// A holiday is left out.
    Holiday,
    /// A transition is left out.
    Transition,
    /// A wording begins or ends a release earlier or later.
    Interval,
}

impl Kind {
    /// What it is, in Dutch.
    #[must_use]
    pub fn nl(self) -> &'static str {
        match self {
            Self::Swapped => "het tegendeel wordt gevraagd",
            Self::NotAsked => "de eis is weg",
            Self::Dropped => "de voorwaarde is weg",
            Self::Code => "een code is anders",
            Self::Border => "de grens ligt anders",
            Self::Value => "de waarde is anders",
            Self::Days => "de termijn is anders",
            Self::Holiday => "de feestdag is weg",
            Self::Transition => "de overgang is weg",
            Self::Interval => "de formulering geldt in een andere release",
        }
    }
}

/// A rule, or another block, that says something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// By what a waiver names it: the same as long as the block says the same there.
    pub key: String,
    /// The kind of block: `regel`.
    pub block: &'static str,
    /// What it is called: `CD041`.
    pub name: String,
    /// Where the block stands.
    pub span: Span,
    /// Where in it the change is.
    pub at: Span,
    /// What is changed.
    pub kind: Kind,
    /// What it says now, in Dutch.
    pub words: String,
    /// The change.
    pub change: Change,
}

/// A block that is changed.
#[derive(Clone, Copy)]
struct Block<'m> {
    kind: &'static str,
    name: &'m str,
    span: Span,
}

/// Every mutant of a standard and of its protocols, in order of block.
#[must_use]
pub fn mutants(standard: &Standard) -> Vec<Mutant> {
    let columns = standard.dossier.tables.iter().filter_map(|table| table.valid.as_ref());
    let valid = columns.flatten().cloned().collect();
    let mut all = Gather { all: Vec::new(), seen: BTreeMap::new(), valid };
    for (protocol, rules) in standard.rule_lists() {
        for (number, rule) in (0_u16..).zip(rules) {
            all.rule((protocol, number), rule);
        }
    }
    let dossier = &standard.dossier;
    for (view, one) in dossier.views.iter().enumerate() {
        let block = Block { kind: "beeld", name: &one.name, span: one.span };
        for (told, cond) in variant::of_cond(&one.cond, 1, &all.valid) {
            all.add(block, one.span, told, Change::View { view, cond });
        }
    }
    for (at, one) in dossier.conditions.iter().enumerate() {
        let block = Block { kind: "voorwaarde", name: &one.name, span: one.span };
        for (told, change) in named::variants(standard, at, &all.valid) {
            all.add(block, one.demands.first().copied().unwrap_or(one.span), told, change);
        }
    }
    for (number, one) in standard.protocols.iter().enumerate() {
        let block = Block { kind: "protocol", name: &one.name, span: one.span };
        for (at, told, change) in sphere::variants(number, one, &all.valid) {
            all.add(block, at, told, change);
        }
    }
    for (process, one) in dossier.processes.iter().enumerate() {
        all.process(process, one);
    }
    for calendar in &dossier.calendars {
        all.calendar(calendar);
    }
    all.intervals(standard);
    all.all
}

struct Gather {
    valid: Valid,
    all: Vec<Mutant>,
    /// How often the same is said of a block.
    seen: BTreeMap<(String, String), usize>,
}

impl Gather {
    fn add(&mut self, block: Block<'_>, at: Span, Told { kind, words }: Told, change: Change) {
        let says = format!("{} {}: {kind:?} {words}", block.kind, block.name);
        let times = self.seen.entry((block.name.to_owned(), says.clone())).or_default();
        *times += 1;
        let key = key(&format!("{says} {times}"));
        let (block, name, span) = (block.kind, block.name.to_owned(), block.span);
        self.all.push(Mutant { key, block, name, span, at, kind, words, change });
    }

    fn rule(&mut self, (protocol, number): (Option<u16>, u16), rule: &Rule) {
        match &rule.kind {
            RuleKind::Judged(wordings) => {
                let block = Block { kind: "regel", name: &rule.code, span: rule.span };
                for (wording, one) in wordings.iter().enumerate() {
                    let at = one.demands.first().copied().unwrap_or(rule.span);
                    let first = self.all.len();
                    for (told, body) in variant::of_steps(&one.body, &self.valid) {
                        let change = Change::Wording { protocol, rule: number, wording, body };
                        self.add(block, at, told, change);
                    }
                    // Only then: what a change is waived by is not to hang on the name of a parameter.
                    for mutant in self.all.iter_mut().skip(first) {
                        mutant.words = describe::with_params(&mutant.words, &one.params);
                    }
                }
            }
            RuleKind::Term(parts) => {
                let block = Block { kind: "termijn", name: &rule.code, span: rule.span };
                let mut course = 0;
                for part in parts {
                    self.within(block, (protocol, number), part);
                    for one in &part.courses {
                        let at = (protocol, number, course);
                        self.course(block, at, one);
                        course += 1;
                    }
                }
            }
            _ => {}
        }
    }

    fn within(&mut self, block: Block<'_>, (protocol, rule): (Option<u16>, u16), part: &TermPart) {
        let (was, unit) = match &part.within {
            Within::WorkingDays(days, _) => (*days, "werkdagen"),
            Within::Days(days) => (*days, "dagen"),
            Within::Months(months) => (*months, "maanden"),
            Within::Until => return,
        };
        for is in [was.checked_add(1), was.checked_sub(1)].into_iter().flatten() {
            let within = match &part.within {
                Within::WorkingDays(_, of) => Within::WorkingDays(is, of.clone()),
                Within::Days(_) => Within::Days(is),
                Within::Months(_) => Within::Months(is),
                Within::Until => Within::Until,
            };
            let part_named = match part.label.as_str() {
                "" => String::new(),
                label => format!("deel \"{label}\": "),
            };
            let words = format!("{part_named}{was} wordt {is} {unit}");
            let label = part.label.clone();
            let told = Told { kind: Kind::Days, words };
            self.add(block, block.span, told, Change::Within { protocol, rule, label, within });
        }
    }

    fn course(&mut self, block: Block<'_>, at: (Option<u16>, u16, usize), own: &Course) {
        let (protocol, rule, number) = at;
        let mut changed: Vec<(Told, Course)> = Vec::new();
        let mut binders = 1_u8;
        for (index, (range, cond)) in own.binds.iter().enumerate() {
            binders = range.binders_within(binders);
            for (told, other) in variant::of_cond(cond, binders, &self.valid) {
                let mut course = own.clone();
                if let Some((_, cond)) = course.binds.get_mut(index) {
                    *cond = other;
                }
                changed.push((told, course));
            }
        }
        for (told, cond) in variant::of_cond(&own.cond, binders, &self.valid) {
            changed.push((told, Course { cond, ..own.clone() }));
        }
        for (told, begins) in variant::of_value(&own.begins, binders, &self.valid) {
            changed.push((told, Course { begins, ..own.clone() }));
        }
        if let Some(due) = &own.due {
            let later = Value::Shift(Box::new(due.clone()), 1, model::core::Unit::Day);
            let told = Told { kind: Kind::Days, words: "een dag later".to_owned() };
            changed.push((told, Course { due: Some(later), ..own.clone() }));
            for (told, due) in variant::of_value(due, binders, &self.valid) {
                changed.push((told, Course { due: Some(due), ..own.clone() }));
            }
        }
        for (index, ending) in own.endings.iter().enumerate() {
            changed.extend(of_ending(own, (index, ending), binders, &self.valid));
        }
        for (told, course) in changed {
            self.add(block, block.span, told, Change::Course { protocol, rule, number, course });
        }
    }

    fn process(&mut self, number: usize, own: &model::process::Process) {
        let block = Block { kind: "proces", name: &own.name, span: own.span };
        let name = |at: usize| own.states.get(at).map_or("", |state| state.name.as_str());
        for (at, one) in own.transitions.iter().enumerate() {
            let mut process = own.clone();
            process.transitions.remove(at);
            let event = own.events.get(one.event).map_or("", |event| event.name.as_str());
            let words = format!("van {} naar {} bij {event}", name(one.from), name(one.to));
            let told = Told { kind: Kind::Transition, words };
            self.add(block, one.span, told, Change::Process { number, process });
        }
        for (trigger, (event, one)) in own.triggers().enumerate() {
            let span = own.events.get(event).map_or(own.span, |event| event.span);
            for (told, cond) in variant::of_cond(&one.cond, 1, &self.valid) {
                let change = Change::Trigger { process: number, trigger, rows: one.rows, cond };
                self.add(block, span, told, change);
            }
        }
    }

    fn calendar(&mut self, own: &model::Calendar) {
        let block = Block { kind: "kalender", name: &own.name, span: own.span };
        for at in 0..own.holidays.len() {
            let mut other = own.clone();
            let left_out = other.holidays.remove(at);
            let told = Told { kind: Kind::Holiday, words: left_out.name };
            self.add(block, own.span, told, Change::Calendar(other));
        }
    }

    /// A wording of a rule of the standard that holds in the release beside it as well, or no
    /// longer there.
    fn intervals(&mut self, standard: &Standard) {
        for rule in &standard.rules {
            let RuleKind::Judged(wordings) = &rule.kind else { continue };
            let block = Block { kind: "regel", name: &rule.code, span: rule.span };
            for release in 1..standard.releases.len() {
                let begins = wordings.iter().any(|one| one.interval.first == release);
                let ends = wordings.iter().any(|one| one.interval.last + 1 == release);
                if !begins && !ends {
                    continue;
                }
                for (of, like) in [(release, release - 1), (release - 1, release)] {
                    let at = uses_like(standard, &rule.code, of, like);
                    if at.is_empty() {
                        continue;
                    }
                    let named =
                        |at: usize| standard.releases.get(at).map_or("", |one| one.name.as_str());
                    let words = format!("in release {} zoals in {}", named(of), named(like));
                    let told = Told { kind: Kind::Interval, words };
                    let change = Change::Uses { release: of, rule: rule.code.clone(), at };
                    self.add(block, rule.span, told, change);
                }
            }
        }
    }
}

/// The uses of a rule in the messages of a release as in those of another, where they differ.
fn uses_like(
    standard: &Standard,
    code: &str,
    of: usize,
    like: usize,
) -> Vec<(usize, model::NodeId, Vec<Use>)> {
    let (Some(own), Some(other)) = (standard.releases.get(of), standard.releases.get(like)) else {
        return Vec::new();
    };
    let uses = |message: &model::Message, id: model::NodeId| -> Vec<Use> {
        let node = message.node(id);
        let all = node.into_iter().flat_map(|node| &node.uses);
        all.filter(|one| one.rule == code).cloned().collect()
    };
    let mut changed = Vec::new();
    for (index, message) in own.messages.iter().enumerate() {
        let Some(beside) = other.messages.iter().find(|one| one.name == message.name) else {
            continue;
        };
        for id in message.ids() {
            let path = message.path(id);
            let there = beside.ids().find(|id| beside.path(*id) == path);
            let (was, is) = (uses(message, id), there.map(|id| uses(beside, id)));
            let is = is.unwrap_or_default();
            if was != is {
                changed.push((index, id, is));
            }
        }
    }
    changed
}

fn of_ending(
    own: &Course,
    (index, ending): (usize, &Ending),
    binders: u8,
    valid: &Valid,
) -> Vec<(Told, Course)> {
    let mut changed = Vec::new();
    let with = |ending: Option<Ending>| {
        let mut course = own.clone();
        match (ending, course.endings.get_mut(index)) {
            (Some(ending), Some(place)) => *place = ending,
            (None, Some(_)) => drop(course.endings.remove(index)),
            _ => {}
        }
        course
    };
    let words = format!("einde {} van {}", index + 1, own.endings.len());
    changed.push((Told { kind: Kind::Dropped, words }, with(None)));
    if let Ending::Row(moment, range, cond) = ending {
        for (told, other) in variant::of_cond(cond, range.binders_within(binders), valid) {
            let other: Box<Cond> = Box::new(other);
            changed.push((told, with(Some(Ending::Row(*moment, range.clone(), other)))));
        }
    }
    changed
}

/// Five letters and digits that stand for a text (FNV-1a).
fn key(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{:05x}", (hash >> 44) ^ (hash & 0xf_ffff))
}
