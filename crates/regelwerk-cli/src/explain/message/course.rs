//! How a wording went at an element: what its conditions came to, and what it asked in the end.

use regelwerk_compiler::model::core::{Cond, Range, Requirement};
use regelwerk_eval::{Numbered, Outline};

use super::ear::Episode;

/// How a wording went at an element.
#[derive(Debug, Default)]
pub(super) struct Course<'m> {
    /// The conditions and requirements that were come to, in order.
    pub(super) steps: Vec<Step<'m>>,
    /// Why it asks nothing where it asks nothing.
    pub(super) quiet: Vec<Quiet<'m>>,
}

/// Something that was come to.
#[derive(Debug)]
pub(super) enum Step<'m> {
    /// A leaf of a condition; not looked at where others decided.
    Condition(&'m Cond, Option<Came<'m>>),
    /// A requirement, with the leaves of what it demands.
    Requirement {
        requirement: &'m Requirement,
        came: Came<'m>,
        leaves: Vec<(&'m Cond, Option<Came<'m>>)>,
    },
    /// A row that is not there.
    NoRow(&'m Range, &'m Cond),
}

/// What a part came to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Came<'m> {
    /// Whether it is so.
    pub(super) holds: bool,
    /// What the values in it came to.
    pub(super) values: &'m [Option<String>],
}

/// Why something is not asked.
#[derive(Debug)]
pub(super) enum Quiet<'m> {
    /// These leaves of a condition decided it.
    Condition(Vec<(&'m Cond, Came<'m>)>),
    /// There is no such row.
    NoRow(&'m Range, &'m Cond),
}

/// What a wording came to at an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// A requirement does not hold.
    Broken,
    /// It asked something, and that holds.
    Kept,
    /// It asked nothing.
    Quiet,
}

impl<'m> Course<'m> {
    /// How a wording went, by what was heard of it.
    pub(super) fn of(outline: &[Outline<'m>], heard: &'m Episode) -> Self {
        let mut course = Self::default();
        course.take(outline, heard);
        course
    }

    /// What it came to.
    pub(super) fn outcome(&self) -> Outcome {
        let asked = self.steps.iter().filter_map(|step| match step {
            Step::Requirement { came, .. } => Some(came.holds),
            _ => None,
        });
        match asked.reduce(|all, one| all && one) {
            None => Outcome::Quiet,
            Some(true) => Outcome::Kept,
            Some(false) => Outcome::Broken,
        }
    }

    fn take(&mut self, steps: &[Outline<'m>], heard: &'m Episode) {
        for (at, step) in steps.iter().enumerate() {
            let rest = steps.get(at + 1..).unwrap_or_default();
            match step {
                Outline::If { cond, then, otherwise, .. } => {
                    self.guard(cond, [then, otherwise], heard);
                }
                Outline::Require { part, requirement, demand } => {
                    let Some(came) = came(heard, *part) else { continue };
                    let mut leaves = Vec::new();
                    looked_at(demand, heard, &mut leaves);
                    self.steps.push(Step::Requirement { requirement, came, leaves });
                }
                Outline::Bind { range, cond, .. } if !rest.iter().any(|it| is_heard(it, heard)) => {
                    self.steps.push(Step::NoRow(range, cond));
                    self.quiet.push(Quiet::NoRow(range, cond));
                    return;
                }
                Outline::Bind { .. } | Outline::Let { .. } => {}
            }
        }
    }

    fn guard(
        &mut self,
        cond: &Numbered<'m>,
        [then, otherwise]: [&Vec<Outline<'m>>; 2],
        heard: &'m Episode,
    ) {
        let mut leaves = Vec::new();
        looked_at(cond, heard, &mut leaves);
        self.steps.extend(leaves.into_iter().map(|(cond, came)| Step::Condition(cond, came)));
        let Some(holds) = holds(cond, heard) else { return };
        let branch = if holds { then } else { otherwise };
        if branch.iter().any(demands) {
            return self.take(branch, heard);
        }
        let mut why = Vec::new();
        decided(cond, holds, heard, &mut why);
        self.quiet.push(Quiet::Condition(why));
    }
}

fn came(heard: &Episode, part: usize) -> Option<Came<'_>> {
    let (_, holds, values) = heard.part(part)?;
    Some(Came { holds: *holds, values })
}

/// Whether a step asks something, if its conditions are so.
fn demands(step: &Outline<'_>) -> bool {
    match step {
        Outline::Require { .. } => true,
        Outline::If { then, otherwise, .. } => then.iter().chain(otherwise).any(demands),
        Outline::Let { .. } | Outline::Bind { .. } => false,
    }
}

fn is_heard(step: &Outline<'_>, heard: &Episode) -> bool {
    match step {
        Outline::Require { part, .. } => heard.part(*part).is_some(),
        Outline::If { cond, then, otherwise, .. } => {
            holds(cond, heard).is_some_and(|_| *cond != Numbered::Always)
                || then.iter().chain(otherwise).any(|step| is_heard(step, heard))
        }
        Outline::Let { .. } | Outline::Bind { .. } => false,
    }
}

/// Whether a condition is so, as far as it was looked at.
fn holds(cond: &Numbered<'_>, heard: &Episode) -> Option<bool> {
    match cond {
        Numbered::Always => Some(true),
        Numbered::Leaf(part, _) => heard.part(*part).map(|(_, holds, _)| *holds),
        Numbered::Not(inner) => holds(inner, heard).map(|holds| !holds),
        Numbered::Named { said, .. } => holds(said, heard),
        Numbered::All(parts) => fold(parts, false, heard),
        Numbered::Any(parts) => fold(parts, true, heard),
    }
}

/// What the first comes to that decides by being so, or by not being so.
fn fold(parts: &[Numbered<'_>], decides: bool, heard: &Episode) -> Option<bool> {
    for part in parts {
        if holds(part, heard)? == decides {
            return Some(decides);
        }
    }
    Some(!decides)
}

/// Every leaf, with what it came to if it was looked at.
fn looked_at<'m>(
    cond: &Numbered<'m>,
    heard: &'m Episode,
    leaves: &mut Vec<(&'m Cond, Option<Came<'m>>)>,
) {
    match cond {
        Numbered::Always => {}
        Numbered::Leaf(part, leaf) => leaves.push((leaf, came(heard, *part))),
        Numbered::Not(inner) | Numbered::Named { said: inner, .. } => {
            looked_at(inner, heard, leaves);
        }
        Numbered::All(parts) | Numbered::Any(parts) => {
            parts.iter().for_each(|part| looked_at(part, heard, leaves));
        }
    }
}

/// The leaves that made a condition what it came to.
fn decided<'m>(
    cond: &Numbered<'m>,
    is: bool,
    heard: &'m Episode,
    why: &mut Vec<(&'m Cond, Came<'m>)>,
) {
    match cond {
        Numbered::Always => {}
        Numbered::Leaf(part, leaf) => why.extend(came(heard, *part).map(|came| (*leaf, came))),
        Numbered::Not(inner) => decided(inner, !is, heard, why),
        Numbered::Named { said, .. } => decided(said, is, heard, why),
        Numbered::All(parts) | Numbered::Any(parts) => {
            let decides = matches!(cond, Numbered::Any(_));
            let alone = parts.iter().find(|part| holds(part, heard) == Some(decides));
            match alone.filter(|_| is == decides) {
                Some(one) => decided(one, is, heard, why),
                None => parts.iter().for_each(|part| decided(part, is, heard, why)),
            }
        }
    }
}
