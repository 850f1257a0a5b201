//! What a unit says, with the numbers by which its parts are heard.
//!
//! The numbers are those that [`code`](crate::code) gives when it makes a unit ready: each leaf of
//! a condition is one, each requirement, which comes before the leaves of what it demands, and each
//! use of a condition with a name, which comes before the leaves of what that says.

use regelwerk_compiler::diag::Span;
use regelwerk_compiler::model::core::{Cond, Demand, Named, Range, Requirement, Step, Value};
use regelwerk_compiler::model::{Course, Rule, RuleKind, Standard};

use crate::unit::Unit;

/// A part of a unit. [`Watch::part`](crate::Watch::part) tells what came of the one that stands at a
/// number in [`parts`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part<'m> {
    /// What it says.
    pub what: What<'m>,
    /// Where it stands; of a leaf, the condition or requirement that it is in.
    pub span: Span,
    /// Of a leaf in what a block `voorwaarde` says: which, and its number there.
    pub named: Option<(&'m Named, usize)>,
}

/// What a part says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What<'m> {
    /// A leaf of a condition `als`. Here as below, what is called by a name is told as a whole too.
    Guard(&'m Cond),
    /// A requirement.
    Requirement(&'m Requirement),
    /// A leaf of what the requirement before it demands.
    Demand(&'m Cond),
    /// A leaf of `mits`, of a term.
    Provided(&'m Cond),
    /// A leaf of what a row must be, for a view to have it or for an event to happen.
    Row(&'m Cond),
}

/// A condition, each leaf of it with its number.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbered<'m> {
    /// Always so.
    Always,
    /// A leaf.
    Leaf(usize, &'m Cond),
    /// All are so. It is judged in order, up to the first that is not.
    All(Vec<Self>),
    /// At least one is so. It is judged in order, up to the first that is.
    Any(Vec<Self>),
    /// Not so.
    Not(Box<Self>),
    /// What a block `voorwaarde` says, as it is used here.
    Named {
        /// The number of the use as a whole.
        part: usize,
        /// The use.
        cond: &'m Cond,
        /// Which condition it is.
        of: &'m Named,
        /// What that says here.
        said: Box<Self>,
    },
}

/// A step of a wording, with the numbers of its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Outline<'m> {
    /// `als … dan … anders …`
    If {
        /// The condition.
        cond: Numbered<'m>,
        /// Where it stands.
        span: Span,
        /// What holds when it does.
        then: Vec<Self>,
        /// What holds when it does not.
        otherwise: Vec<Self>,
    },
    /// A requirement.
    Require {
        /// Its number.
        part: usize,
        /// What must be so.
        requirement: &'m Requirement,
        /// The leaves of what it demands, if that has more than one.
        demand: Numbered<'m>,
    },
    /// `stel:` A value with a name.
    Let {
        /// Its name.
        name: &'m str,
        /// What it is.
        value: &'m Value,
    },
    /// `bij:` Rows of which one must be there.
    Bind {
        /// Of what.
        range: &'m Range,
        /// What the row must be.
        cond: &'m Cond,
        /// Where it stands.
        span: Span,
    },
}

/// The parts of a unit, each at its number. There are none where there is no such unit.
#[must_use]
pub fn parts(standard: &Standard, unit: Unit) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    match unit {
        Unit::Wording { wording, .. } => {
            let said = rule(standard, unit).map_or_else(Vec::new, |rule| outline(rule, wording));
            of_steps(&said, &mut parts);
        }
        Unit::Course { course, .. } => {
            let rule = rule(standard, unit);
            let of = rule.and_then(|rule| courses(rule).nth(course).map(|one| (rule, one)));
            if let Some((rule, course)) = of {
                parts.extend(leaves(&course.cond, rule.span, What::Provided));
            }
        }
        Unit::View(at) => {
            if let Some(view) = standard.dossier.views.get(at) {
                parts.extend(leaves(&view.cond, view.span, What::Row));
            }
        }
        Unit::Trigger { process, trigger } => {
            let process = standard.dossier.processes.get(process);
            let of = process.and_then(|it| it.triggers().nth(trigger).map(|one| (it, one)));
            if let Some((process, (event, trigger))) = of {
                let span = process.events.get(event).map_or(process.span, |event| event.span);
                parts.extend(leaves(&trigger.cond, span, What::Row));
            }
        }
        Unit::Next(_) | Unit::Recognition { .. } | Unit::Application { .. } => {}
    }
    parts
}

/// What a wording of a rule says, by number; nothing where it has no such wording.
#[must_use]
pub fn outline(rule: &Rule, wording: usize) -> Vec<Outline<'_>> {
    let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
    wordings.get(wording).map_or_else(Vec::new, |wording| Count(0).steps(&wording.body))
}

/// The rule that a unit is of.
fn rule(standard: &Standard, unit: Unit) -> Option<&Rule> {
    let (Unit::Wording { protocol, rule, .. } | Unit::Course { protocol, rule, .. }) = unit else {
        return None;
    };
    let (_, rules) = standard.rule_lists().find(|(at, _)| *at == protocol)?;
    rules.get(usize::from(rule))
}

fn courses(rule: &Rule) -> impl Iterator<Item = &Course> {
    let parts = if let RuleKind::Term(parts) = &rule.kind { parts.as_slice() } else { &[] };
    parts.iter().flat_map(|part| &part.courses)
}

fn leaves<'m>(cond: &'m Cond, span: Span, what: fn(&'m Cond) -> What<'m>) -> Vec<Part<'m>> {
    let mut parts = Vec::new();
    of_cond(&Count(0).cond(cond), span, what, &mut parts);
    parts
}

fn of_steps<'m>(steps: &[Outline<'m>], parts: &mut Vec<Part<'m>>) {
    for step in steps {
        match step {
            Outline::If { cond, span, then, otherwise } => {
                of_cond(cond, *span, What::Guard, parts);
                of_steps(then, parts);
                of_steps(otherwise, parts);
            }
            Outline::Require { requirement, demand, .. } => {
                let what = What::Requirement(requirement);
                parts.push(Part { what, span: requirement.span, named: None });
                of_cond(demand, requirement.span, What::Demand, parts);
            }
            Outline::Let { .. } | Outline::Bind { .. } => {}
        }
    }
}

fn of_cond<'m>(
    cond: &Numbered<'m>,
    span: Span,
    what: fn(&'m Cond) -> What<'m>,
    parts: &mut Vec<Part<'m>>,
) {
    match cond {
        Numbered::Always => {}
        Numbered::Leaf(_, leaf) => parts.push(Part { what: what(leaf), span, named: None }),
        Numbered::All(inner) | Numbered::Any(inner) => {
            inner.iter().for_each(|one| of_cond(one, span, what, parts));
        }
        Numbered::Not(inner) => of_cond(inner, span, what, parts),
        Numbered::Named { cond, of, said, .. } => {
            parts.push(Part { what: what(cond), span, named: None });
            let first = parts.len();
            of_cond(said, span, what, parts);
            for (number, part) in parts.iter_mut().skip(first).enumerate() {
                part.named = Some((*of, number));
            }
        }
    }
}

/// How many parts there were so far.
struct Count(usize);

impl Count {
    fn next(&mut self) -> usize {
        self.0 += 1;
        self.0 - 1
    }

    fn steps<'m>(&mut self, steps: &'m [Step]) -> Vec<Outline<'m>> {
        steps.iter().filter_map(|step| self.step(step)).collect()
    }

    fn step<'m>(&mut self, step: &'m Step) -> Option<Outline<'m>> {
        Some(match step {
            Step::If { cond, then, otherwise, span } => Outline::If {
                cond: self.cond(cond),
                span: *span,
                then: self.steps(then),
                otherwise: self.steps(otherwise),
            },
            Step::Require(Requirement { demand: Demand::Allowed, .. }) => return None,
            Step::Require(requirement) => Outline::Require {
                part: self.next(),
                requirement,
                demand: match &requirement.demand {
                    Demand::Holds(cond)
                        if matches!(cond.unnamed(), Cond::All(_) | Cond::Any(_)) =>
                    {
                        self.cond(cond)
                    }
                    _ => Numbered::Always,
                },
            },
            Step::Let { name, value } => Outline::Let { name, value },
            Step::Bind { range, cond, span } => Outline::Bind { range, cond, span: *span },
        })
    }

    fn cond<'m>(&mut self, cond: &'m Cond) -> Numbered<'m> {
        match cond {
            Cond::All(parts) => Numbered::All(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Any(parts) => Numbered::Any(parts.iter().map(|part| self.cond(part)).collect()),
            Cond::Not(inner) if inner.has_parts() => Numbered::Not(Box::new(self.cond(inner))),
            Cond::Named(of, inner) => {
                let part = self.next();
                Numbered::Named { part, cond, of, said: Box::new(self.cond(inner)) }
            }
            Cond::True => Numbered::Always,
            leaf => Numbered::Leaf(self.next(), leaf),
        }
    }
}

#[cfg(test)]
mod tests;
