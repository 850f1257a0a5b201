//! What can notice that a rule says something else: examples and scenarios.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use regelwerk_compiler::Compilation;
use regelwerk_compiler::emit::{Case, Play, cases, plays};
use regelwerk_compiler::model::scenario::Told;
use regelwerk_compiler::model::{self, RuleKind};
use regelwerk_eval::{Change, Library, Unit, Watch};
use regelwerk_kernel::{Context, ProtocolChoice, Severity, Standard, validate};
use regelwerk_play::{context, date, misses, play};

/// The examples and scenarios of a standard, by what they look at.
pub(crate) struct Trials<'m> {
    standard: &'m model::Standard,
    cases: Vec<Case>,
    plays: Vec<Play<'m>>,
    /// The cases of each rule.
    of_rule: BTreeMap<String, Vec<usize>>,
    /// The scenarios in which each unit is judged.
    of_unit: BTreeMap<Unit, BTreeSet<usize>>,
}

/// Which units were judged.
#[derive(Debug, Default)]
struct Seen(Mutex<BTreeSet<Unit>>);

impl Seen {
    fn take(&self) -> BTreeSet<Unit> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn see(&self, unit: Unit) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(unit);
    }
}

impl Watch for Seen {
    fn begins(&self, unit: Unit, _: Option<&dyn Fn() -> String>) {
        self.see(unit);
    }

    fn part(&self, _: Unit, _: usize, _: bool, _: &dyn Fn() -> Vec<Option<String>>) {}

    fn step(&self, process: usize, _: u8, _: u8) {
        self.see(Unit::Next(process));
    }
}

impl<'m> Trials<'m> {
    /// Those of a standard of these rules: every scenario is played once.
    pub(crate) fn of(compilation: &'m Compilation, number: usize) -> Option<Self> {
        let standard = compilation.model.standards.get(number)?;
        let seen = Arc::new(Seen::default());
        let library = Library::watched(compilation, seen.clone());
        let library = *library.standards.get(number)?;
        let (cases, plays) = (distinct(cases(standard)), plays(standard));
        let mut of_rule: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, case) in cases.iter().enumerate() {
            of_rule.entry(case.rule.clone()).or_default().push(at);
        }
        let mut of_unit: BTreeMap<Unit, BTreeSet<usize>> = BTreeMap::new();
        for (at, one) in plays.iter().enumerate() {
            let _ = play(&one.scenario.told, &one.sent, library, &context(one.scenario, library));
            for unit in seen.take() {
                of_unit.entry(unit).or_default().insert(at);
            }
        }
        Some(Self { standard, cases, plays, of_rule, of_unit })
    }

    /// Whether something notices a change, by the standard with that change in it. `rule` is the
    /// block that is changed.
    pub(crate) fn notice(&self, change: &Change, rule: &str, by: &'static Standard) -> bool {
        self.examples_differ(change, by)
            || self.cases(rule).any(|case| !self.is_as_told(case, by))
            || self.scenarios(change, rule).any(|one| !is_played(one, by))
    }

    fn cases(&self, rule: &str) -> impl Iterator<Item = &Case> {
        let own = self.of_rule.get(rule).into_iter().flatten();
        own.filter_map(|at| self.cases.get(*at))
    }

    /// Whether the rule of a case finds something if it must, and nothing if it must not.
    fn is_as_told(&self, case: &Case, by: &'static Standard) -> bool {
        let choice = case.protocol.clone().map(ProtocolChoice::Named).unwrap_or_default();
        let context = Context::new(vec![by]).all_levels(true).remarks(true).protocol(choice);
        let report = validate(case.xml.as_bytes(), &context);
        let mut rules = self.standard.rule_lists().flat_map(|(_, rules)| rules);
        let is_remark = rules.any(|rule| rule.code == case.rule && rule.is_remark);
        let is_found = report.findings.iter().any(|finding| {
            finding.rule == case.rule && (is_remark || finding.severity == Severity::Error)
        });
        is_found != case.is_good
    }

    /// The scenarios that a change can make a difference to, those about the rule first.
    fn scenarios(&self, change: &Change, rule: &str) -> impl Iterator<Item = &Play<'m>> {
        let reached = self.reached(change);
        let all = reached.into_iter().filter_map(|at| self.plays.get(at));
        let (about, others): (Vec<_>, Vec<_>) =
            all.partition(|one| one.scenario.about.iter().any(|code| code == rule));
        about.into_iter().chain(others)
    }

    fn reached(&self, change: &Change) -> BTreeSet<usize> {
        let of = |unit: Unit| self.of_unit.get(&unit).cloned().unwrap_or_default();
        match change {
            Change::Wording { protocol, rule, wording, .. } => {
                of(Unit::Wording { protocol: *protocol, rule: *rule, wording: *wording })
            }
            Change::Course { protocol, rule, number, .. } => {
                of(Unit::Course { protocol: *protocol, rule: *rule, course: *number })
            }
            Change::Within { protocol, rule, .. } => self.units(|unit| {
                matches!(unit, Unit::Course { protocol: p, rule: r, .. } if (p, r) == (protocol, rule))
            }),
            Change::View { view, .. } => of(Unit::View(*view)),
            Change::Trigger { process, trigger, .. } => {
                of(Unit::Trigger { process: *process, trigger: *trigger })
            }
            Change::Process { number, .. } => of(Unit::Next(*number)),
            Change::Calendar(_) => self.units(|unit| matches!(unit, Unit::Course { .. })),
            Change::Uses { release, .. } => self.in_release(*release),
        }
    }

    fn units(&self, is_meant: impl Fn(&Unit) -> bool) -> BTreeSet<usize> {
        let all = self.of_unit.iter().filter(|(unit, _)| is_meant(unit));
        all.flat_map(|(_, plays)| plays).copied().collect()
    }

    fn in_release(&self, release: usize) -> BTreeSet<usize> {
        let sends = |one: &Play<'_>| match &one.scenario.told {
            Told::Single(changed, _) => changed.release == release,
            Told::Dated(dated) => {
                let sent = dated.moments.iter().filter_map(|moment| moment.sending.as_ref());
                sent.into_iter().any(|one| one.message.release == release)
            }
        };
        let all = self.plays.iter().enumerate().filter(|(_, one)| sends(one));
        all.map(|(at, _)| at).collect()
    }

    /// Whether an example that needs no message comes out otherwise: of terms, calendars, processes.
    fn examples_differ(&self, change: &Change, by: &'static Standard) -> bool {
        match change {
            Change::Within { .. } => !self.terms_hold(by),
            Change::Calendar(_) => !self.days_hold(by) || !self.terms_hold(by),
            Change::Process { process, .. } => process
                .examples
                .iter()
                .any(|course| process.follow(&course.events).ok() != course.ends_in),
            _ => false,
        }
    }

    fn days_hold(&self, by: &'static Standard) -> bool {
        let told = self
            .standard
            .dossier
            .calendars
            .iter()
            .flat_map(|own| own.examples.iter().map(move |example| (&own.name, example)));
        told.into_iter().all(|(name, example)| {
            let calendar = by.dossier.calendars.iter().find(|one| one.name == name);
            let to = calendar.and_then(|one| one.after(date(example.from), example.working_days));
            to == Some(date(example.to))
        })
    }

    fn terms_hold(&self, by: &'static Standard) -> bool {
        let lists: Vec<_> = self.standard.rule_lists().collect();
        by.dossier.terms.iter().all(|term| {
            let rules = lists.iter().find(|(protocol, _)| *protocol == term.protocol);
            let rule = rules.and_then(|(_, rules)| rules.get(usize::from(term.rule)));
            let Some(RuleKind::Term(parts)) = rule.map(|rule| &rule.kind) else { return true };
            let own = parts.iter().filter(|part| part.label == term.label);
            own.flat_map(|part| &part.examples).all(|example| {
                term.within.last_day(date(example.begins)) == Some(date(example.due))
            })
        })
    }
}

/// Cases with those first that are the first of their example: most changes show in one place.
fn distinct(cases: Vec<Case>) -> Vec<Case> {
    let mut seen = BTreeSet::new();
    let (first, rest): (Vec<_>, Vec<_>) =
        cases.into_iter().partition(|case| seen.insert((case.span, case.rule.clone())));
    first.into_iter().chain(rest).collect()
}

/// Whether a scenario comes out as it tells.
fn is_played(one: &Play<'_>, by: &'static Standard) -> bool {
    let played = play(&one.scenario.told, &one.sent, by, &context(one.scenario, by));
    misses(one.scenario, &played).is_empty()
}
