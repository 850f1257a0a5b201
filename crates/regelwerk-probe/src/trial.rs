//! What can notice that a rule says something else: examples and scenarios.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_compiler::diag::{Sources, Span};
use regelwerk_compiler::emit::{Case, Play, cases, plays};
use regelwerk_compiler::model;
use regelwerk_compiler::model::scenario::{Outcome, Told};
use regelwerk_eval::Change;
use regelwerk_kernel::Standard;
use regelwerk_play::{Example, Shows, Tried, context, examples, misses, play, reported};

/// The examples and scenarios of a standard, by what they look at.
pub(crate) struct Trials<'m> {
    standard: &'m model::Standard,
    examples: Vec<Example<'m>>,
    cases: Vec<Case>,
    plays: Vec<Play<'m>>,
    /// The cases of each rule.
    of_rule: BTreeMap<String, Vec<usize>>,
}

impl<'m> Trials<'m> {
    /// Those of a standard that are at hand: of rules that are laid over others, what those others
    /// show says nothing.
    pub(crate) fn of(standard: &'m model::Standard, sources: &Sources) -> Self {
        let is_at_hand = |span: Span| sources.is_at_hand(span.source);
        let (mut cases, mut plays) = (distinct(cases(standard)), plays(standard));
        cases.retain(|one| is_at_hand(one.span));
        plays.retain(|one| is_at_hand(one.scenario.span));
        let mut examples = examples(standard);
        examples.retain(|one| is_at_hand(one.span));
        let mut of_rule: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, case) in cases.iter().enumerate() {
            of_rule.entry(case.rule.clone()).or_default().push(at);
        }
        Self { standard, examples, cases, plays, of_rule }
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
            || self.cases(change, rule).any(|case| reported(case, by).0.is_empty() != case.is_good)
            || self.scenarios(reached, rule).any(|one| !is_played(one, by))
            || self.within(change).any(|case| reported(case, by).0.is_empty() != case.is_good)
    }

    /// The cases of protocols that apply elsewhere. There are many, and scenarios are made for it.
    fn within(&self, change: &Change) -> impl Iterator<Item = &Case> {
        let protocol = |part: &Change| {
            let Change::Application { protocol, .. } = part else { return None };
            self.standard.protocols.get(*protocol).map(|one| one.name.as_str())
        };
        let named: BTreeSet<_> = change.parts().iter().filter_map(protocol).collect();
        let is_within = move |case: &&Case| {
            case.protocol.as_deref().is_some_and(|protocol| named.contains(protocol))
        };
        self.cases.iter().filter(is_within)
    }

    /// The cases of the block that is changed, or of every rule that a change of more is in.
    fn cases(&self, change: &Change, block: &str) -> impl Iterator<Item = &Case> {
        let rule = |part: &Change| {
            let Change::Wording { protocol, rule, .. } = part else { return None };
            let (_, rules) = self.standard.rule_lists().find(|(at, _)| at == protocol)?;
            rules.get(usize::from(*rule)).map(|rule| rule.code.as_str())
        };
        let mut rules = BTreeSet::from([block]);
        rules.extend(change.parts().iter().filter_map(rule));
        let own = rules.into_iter().filter_map(|rule| self.of_rule.get(rule)).flatten();
        own.filter_map(|at| self.cases.get(*at)).collect::<Vec<_>>().into_iter()
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
        let is_meant = |one: &&Example<'_>| match change {
            Change::Within { .. } => matches!(one.shows, Shows::LastDay { .. }),
            Change::Calendar(_) => {
                matches!(one.shows, Shows::LastDay { .. } | Shows::WorkingDays(_))
            }
            Change::Process { process, .. } => {
                matches!(one.shows, Shows::Events(..)) && one.of == process.name
            }
            _ => false,
        };
        let mut meant = self.examples.iter().filter(is_meant);
        meant.any(|one| matches!(one.try_by(by), Tried::Fails(_)))
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
