//! What is not as a scenario tells it.

use std::collections::BTreeSet;

use regelwerk_kernel::{
    ChangeKind, Finding, MessageNo, ProcessState, Report, Severity, Term, Unreadable,
};
use regelwerk_model::Scenario;
use regelwerk_model::scenario::{Expected, Outcome, Standing, Told};

use crate::day::date;
use crate::{Played, Refused, Scene, Unmade};

/// Something that did not come out as a scenario tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The moment, as an index; none of what the scenario brings from outside.
    pub moment: Option<usize>,
    /// What it is.
    pub kind: MissKind,
}

/// What did not come out as told.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissKind {
    /// A table or a fact was not taken in.
    Refused(Refused),
    /// What is sent could not be made.
    Unmade(Unmade),
    /// Something is expected of a message where none is sent.
    NothingSent,
    /// Other rules reject the message than those told.
    Verdict {
        /// Codes of the rules that are told.
        expected: Vec<String>,
        /// Every error, with its path.
        found: Vec<Expected>,
        /// Why the message could not be read, if so.
        unreadable: Option<Unreadable>,
    },
    /// A rule rejects the message, but at other elements.
    Elsewhere {
        /// The rule, and the end of the path.
        expected: Expected,
        /// The paths where it does.
        found: Vec<String>,
    },
    /// A rule was assessed all the same.
    Assessed(String),
    /// A rule makes no remark there.
    NoRemark(Expected),
    /// A rule makes a remark that is not told.
    Remark(Expected),
    /// What was sent at an earlier moment did not turn out to be right.
    NotMended(usize),
    /// A message turned out to be right, and that is not told.
    Mended(MessageNo),
    /// A process is in another state, for some key or for all.
    State {
        /// The process.
        process: String,
        /// The state that is told.
        expected: String,
        /// The instances that are meant.
        found: Vec<ProcessState>,
    },
    /// A term stands otherwise.
    Term {
        /// The rule.
        rule: String,
        /// How it stands, as told.
        expected: Standing,
        /// The terms that are meant.
        found: Vec<Term>,
    },
}

/// What did not come out as a scenario tells it, in order.
#[must_use]
pub fn misses(scenario: &Scenario, played: &Played) -> Vec<Miss> {
    let refused = played.refused.iter().cloned().map(MissKind::Refused);
    let mut misses: Vec<_> = refused.map(|kind| Miss { moment: None, kind }).collect();
    for (at, scene) in played.scenes.iter().enumerate() {
        let kinds = match &scenario.told {
            Told::Single(_, expected) => {
                at_scene(&[Outcome::Verdict(expected.clone())], scene, played)
            }
            Told::Dated(dated) => {
                let outcomes = dated.moments.get(at).map(|moment| moment.outcomes.as_slice());
                at_scene(outcomes.unwrap_or_default(), scene, played)
            }
        };
        misses.extend(kinds.into_iter().map(|kind| Miss { moment: Some(at), kind }));
    }
    misses
}

fn at_scene(told: &[Outcome], scene: &Scene, played: &Played) -> Vec<MissKind> {
    if let Some(Err(why)) = &scene.sent {
        return vec![MissKind::Unmade((**why).clone())];
    }
    let moment = Moment { told, scene, played };
    let wrong = told.iter().flat_map(|outcome| moment.wrong(outcome));
    wrong.chain(moment.unasked()).collect()
}

/// A moment that is held against what is told of it.
#[derive(Clone, Copy)]
struct Moment<'p> {
    told: &'p [Outcome],
    scene: &'p Scene,
    played: &'p Played,
}

impl Moment<'_> {
    /// What is not as it must be.
    fn wrong(self, outcome: &Outcome) -> Vec<MissKind> {
        match (outcome, self.scene.report()) {
            (Outcome::State { process, key, state }, _) => {
                self.state(process, key.as_deref(), state).into_iter().collect()
            }
            (Outcome::Term { standing, .. }, _) => {
                self.term(outcome, *standing).into_iter().collect()
            }
            (_, None) => vec![MissKind::NothingSent],
            (Outcome::Verdict(expected), Some(report)) => verdict(report, expected),
            (Outcome::Unassessed(codes), Some(report)) => {
                let is_open =
                    |code: &str| report.not_assessed.iter().any(|gap| gap.rules.contains(&code));
                let assessed = codes.iter().filter(|code| !is_open(code));
                assessed.cloned().map(MissKind::Assessed).collect()
            }
            (Outcome::Remark(expected), Some(report)) => {
                let is_there = with(report, Severity::Remark).any(|one| is_at(one, expected));
                if is_there { Vec::new() } else { vec![MissKind::NoRemark(expected.clone())] }
            }
            (Outcome::Mended(at), Some(report)) => {
                let is_mended = mended(report).any(|number| Some(number) == self.number(*at));
                if is_mended { Vec::new() } else { vec![MissKind::NotMended(*at)] }
            }
        }
    }

    /// What is told of a message and not expected, beside its errors.
    fn unasked(self) -> Vec<MissKind> {
        let Some(report) = self.scene.report() else { return Vec::new() };
        let is_told = |told: &dyn Fn(&Outcome) -> bool| self.told.iter().any(told);
        let mut wrong = Vec::new();
        for one in with(report, Severity::Remark) {
            if !is_told(&|it| matches!(it, Outcome::Remark(expected) if expected.rule == one.rule))
            {
                wrong.push(MissKind::Remark(place(one)));
            }
        }
        for number in mended(report) {
            let is_it = |at: &usize| self.number(*at) == Some(number);
            if !is_told(&|it| matches!(it, Outcome::Mended(at) if is_it(at))) {
                wrong.push(MissKind::Mended(number));
            }
        }
        wrong
    }

    /// The number in the dossier of what was sent at a moment.
    fn number(self, at: usize) -> Option<MessageNo> {
        self.played.scenes.get(at)?.number()
    }

    /// That not every instance is in a state: of those that the message is about, or of all with a
    /// key.
    fn state(self, process: &str, key: Option<&str>, state: &str) -> Option<MissKind> {
        let all = match (key, &self.scene.states_of) {
            (None, Some(own)) => own,
            _ => &self.scene.states,
        };
        let is_meant =
            |one: &&ProcessState| one.process == process && key.is_none_or(|it| it == one.key);
        let meant: Vec<_> = all.iter().filter(is_meant).cloned().collect();
        let is_so = |one: &ProcessState| one.state == state;
        let (process, expected) = (process.to_owned(), state.to_owned());
        let is_right = holds_of(&meant, is_so, is_so);
        (!is_right).then_some(MissKind::State { process, expected, found: meant })
    }

    /// That not every term that is meant stands so, or as is said of them beside it; or that there
    /// is one, where there must be none.
    fn term(self, outcome: &Outcome, expected: Standing) -> Option<MissKind> {
        let Outcome::Term { rule, part, of, .. } = outcome else { return None };
        let opener = of.map_or(self.scene.number(), |at| self.number(at));
        let is_meant = |one: &&Term| {
            one.rule == rule
                && part.as_ref().is_none_or(|part| part == one.label)
                && opener.is_none_or(|opener| opener == one.message)
        };
        let meant: Vec<_> = self.scene.terms.iter().filter(is_meant).cloned().collect();
        let said = alike(outcome, self.told);
        let is_said = |one: &Term| said.iter().any(|&standing| stands(one, standing));
        let is_right = match expected {
            Standing::Nowhere => meant.is_empty(),
            _ => holds_of(&meant, |one| stands(one, expected), is_said),
        };
        (!is_right).then(|| MissKind::Term { rule: rule.clone(), expected, found: meant })
    }
}

/// Where the errors of a report are not exactly those that are expected.
fn verdict(report: &Report, expected: &[Expected]) -> Vec<MissKind> {
    let mut wrong = Vec::new();
    let errors = || with(report, Severity::Error);
    let found: BTreeSet<_> = errors().map(|one| one.rule).collect();
    let wanted: BTreeSet<_> = expected.iter().map(|one| one.rule.as_str()).collect();
    if found != wanted || report.unreadable.is_some() {
        wrong.push(MissKind::Verdict {
            expected: wanted.into_iter().map(str::to_owned).collect(),
            found: errors().map(place).collect(),
            unreadable: report.unreadable.clone(),
        });
    }
    for one in expected.iter().filter(|one| found.contains(&*one.rule)) {
        if !errors().any(|it| is_at(it, one)) {
            let others = errors().filter(|it| it.rule == one.rule);
            let found = others.map(|it| it.path.clone()).collect();
            wrong.push(MissKind::Elsewhere { expected: one.clone(), found });
        }
    }
    wrong
}

fn with(report: &Report, severity: Severity) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(move |finding| finding.severity == severity)
}

fn is_at(finding: &Finding, expected: &Expected) -> bool {
    let plain = |path: &str| path.replace("[1]", "");
    let end = expected.path.as_ref().map_or(String::new(), |path| format!("/{}", plain(path)));
    finding.rule == expected.rule && plain(&finding.path).ends_with(&end)
}

fn place(finding: &Finding) -> Expected {
    Expected { rule: finding.rule.to_owned(), path: Some(finding.path.clone()) }
}

/// The messages of which a report tells that only the order of arrival rejected them.
fn mended(report: &Report) -> impl Iterator<Item = MessageNo> {
    let changes = report.changes.iter().filter(|change| change.kind == ChangeKind::OrderOnly);
    changes.map(|change| change.number)
}

/// Whether a term stands so.
fn stands(one: &Term, standing: Standing) -> bool {
    match standing {
        Standing::Due(day) => one.due == Some(date(day)),
        Standing::Met => one.met == Some(true),
        Standing::Late => one.met == Some(false),
        Standing::Open => one.met.is_none(),
        Standing::Nowhere => false,
    }
}

/// What is said at a moment of the same terms: of the last day, or of how they stand.
fn alike(outcome: &Outcome, told: &[Outcome]) -> Vec<Standing> {
    let Outcome::Term { rule, part, of, standing } = outcome else { return Vec::new() };
    let is_due = |standing: &Standing| matches!(standing, Standing::Due(_));
    let said = told.iter().filter_map(|other| match other {
        Outcome::Term { rule: r, part: p, of: o, standing: s } => {
            let is_alike = (r, p, o, is_due(s)) == (rule, part, of, is_due(standing));
            is_alike.then_some(*s)
        }
        _ => None,
    });
    said.collect()
}

/// Whether something holds for one of those that are meant, and for every other something that is
/// said of them as well.
fn holds_of<T>(meant: &[T], is_so: impl Fn(&T) -> bool, is_said: impl Fn(&T) -> bool) -> bool {
    meant.iter().any(is_so) && meant.iter().all(is_said)
}

#[cfg(test)]
mod tests {
    use super::holds_of;

    #[test]
    fn what_holds_of_one_does_not_hold_of_all() {
        let is_even = |number: &u32| number.is_multiple_of(2);
        let holds = |numbers: &[u32]| holds_of(numbers, is_even, is_even);
        assert!(holds(&[2, 4]) && !holds(&[2, 3]) && !holds(&[3]) && !holds(&[]));
        // What is said beside it holds of the others, and of no more.
        let is_said = |number: &u32| is_even(number) || *number == 3;
        let holds = |numbers: &[u32]| holds_of(numbers, is_even, is_said);
        assert!(holds(&[2, 3]) && !holds(&[3]) && !holds(&[2, 5]));
    }
}
