//! What can notice that a rule says something else: examples and scenarios.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_compiler::emit::{Case, Play, cases, plays};
use regelwerk_compiler::model::scenario::{Outcome, Told};
use regelwerk_compiler::model::{self, RuleKind};
use regelwerk_eval::Change;
use regelwerk_kernel::{Context, ProtocolChoice, Severity, Standard, validate};
use regelwerk_play::{context, date, misses, play};

/// The examples and scenarios of a standard, by what they look at.
pub(crate) struct Trials<'m> {
    standard: &'m model::Standard,
    cases: Vec<Case>,
    plays: Vec<Play<'m>>,
    /// The cases of each rule.
    of_rule: BTreeMap<String, Vec<usize>>,
}

impl<'m> Trials<'m> {
    /// Those of a standard.
    pub(crate) fn of(standard: &'m model::Standard) -> Self {
        let (cases, plays) = (distinct(cases(standard)), plays(standard));
        let mut of_rule: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, case) in cases.iter().enumerate() {
            of_rule.entry(case.rule.clone()).or_default().push(at);
        }
        Self { standard, cases, plays, of_rule }
    }

    /// How many scenarios there are.
    pub(crate) fn plays(&self) -> usize {
        self.plays.len()
    }

    /// Plays a scenario by a standard, if there is one with this number.
    pub(crate) fn play(&self, at: usize, by: &'static Standard) {
        if let Some(one) = self.plays.get(at) {
            let _ = play(&one.scenario.told, &one.sent, by, &context(one.scenario, by));
        }
    }

    /// The scenarios that a change of data can make a difference to.
    pub(crate) fn of_data(&self, change: &Change) -> BTreeSet<usize> {
        let tells_terms = |one: &Play<'_>| {
            let Told::Dated(dated) = &one.scenario.told else { return false };
            let outcomes = dated.moments.iter().flat_map(|moment| &moment.outcomes);
            outcomes.into_iter().any(|one| matches!(one, Outcome::Term { .. }))
        };
        let sends = |one: &Play<'_>, release: usize| match &one.scenario.told {
            Told::Single(changed, _) => changed.release == release,
            Told::Dated(dated) => {
                let sent = dated.moments.iter().filter_map(|moment| moment.sending.as_ref());
                sent.into_iter().any(|one| one.message.release == release)
            }
        };
        let is_meant = |one: &Play<'_>| match change {
            Change::Uses { release, .. } => sends(one, *release),
            _ => tells_terms(one),
        };
        let all = self.plays.iter().enumerate().filter(|(_, one)| is_meant(one));
        all.map(|(at, _)| at).collect()
    }

    /// Whether something notices a change, by the standard with that change in it. `rule` is the
    /// block that is changed, `reached` are the scenarios to which it may make a difference.
    pub(crate) fn notice(
        &self,
        (change, rule): (&Change, &str),
        reached: &BTreeSet<usize>,
        by: &'static Standard,
    ) -> bool {
        self.examples_differ(change, by)
            || self.cases(rule).any(|case| !self.is_as_told(case, by))
            || self.scenarios(reached, rule).any(|one| !is_played(one, by))
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

    /// Some scenarios, those about a rule first.
    fn scenarios(&self, of: &BTreeSet<usize>, rule: &str) -> impl Iterator<Item = &Play<'m>> {
        let all = of.iter().filter_map(|at| self.plays.get(*at));
        let (about, others): (Vec<_>, Vec<_>) =
            all.partition(|one| one.scenario.about.iter().any(|code| code == rule));
        about.into_iter().chain(others)
    }

    /// All scenarios.
    pub(crate) fn all(&self) -> &[Play<'m>] {
        &self.plays
    }

    /// The scenarios that are about a rule.
    pub(crate) fn about(&self, rule: &str) -> impl Iterator<Item = &Play<'m>> {
        self.plays.iter().filter(move |one| one.scenario.about.iter().any(|code| code == rule))
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
pub(crate) fn distinct(cases: Vec<Case>) -> Vec<Case> {
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
