//! What a block `voorwaarde` says, said a little differently: wherever it is used, at once.

use regelwerk_compiler::model::core::map::{self, Map};
use regelwerk_compiler::model::core::{Cond, Named};
use regelwerk_compiler::model::{RuleKind, Standard};
use regelwerk_eval::Change;

use crate::variant::{self, Told, Valid};

mod block;

pub(crate) use block::as_in_block;

/// Every change of the condition with this number, in all that use it: wordings, terms, views,
/// events, and what protocols recognise and apply to.
///
/// Uses may be lowered differently. One that does not say what is changed stays as it is, and what
/// only some of them say is changed in those.
pub(crate) fn variants(standard: &Standard, at: usize, valid: &Valid) -> Vec<(Told, Change)> {
    let mut put = Put { at, valid, uses: Vec::new(), wanted: None, next: 0, hits: 0 };
    changes(standard, &mut put);
    let mut all: Vec<Part> = Vec::new();
    for (part, _) in put.uses.iter().flatten() {
        if !all.contains(part) {
            all.push(part.clone());
        }
    }
    let together = |part: Part| {
        put.wanted = Some(part.clone());
        put.next = 0;
        let changes = changes(standard, &mut put);
        (part.0, Change::Together(changes))
    };
    all.into_iter().map(together).collect()
}

/// A change, and how often the same was told before it of the same use.
type Part = (Told, usize);

/// Every change of what one use of a condition says, told as its block has it.
fn of_use(named: &Named, inner: &Cond, valid: &Valid) -> Vec<(Part, Cond)> {
    // What it says is told as in the block, but is changed as it is.
    let told = variant::of_cond(&as_in_block(named, inner), 0, valid).into_iter();
    let made = variant::of_cond(inner, 0, valid).into_iter();
    let mut all: Vec<(Part, Cond)> = Vec::new();
    for ((told, _), (_, made)) in told.zip(made) {
        let before = all.iter().filter(|((known, _), _)| *known == told).count();
        all.push(((told, before), made));
    }
    all
}

/// What becomes of each unit that uses the condition.
fn changes(standard: &Standard, put: &mut Put<'_>) -> Vec<Change> {
    let mut all = Vec::new();
    for (protocol, rules) in standard.rule_lists() {
        for (rule, one) in (0_u16..).zip(rules) {
            match &one.kind {
                RuleKind::Judged(wordings) => {
                    for (wording, own) in wordings.iter().enumerate() {
                        let body = put.anew(|put| map::steps(&own.body, 0, put));
                        let change = |body| Change::Wording { protocol, rule, wording, body };
                        all.extend(body.map(change));
                    }
                }
                RuleKind::Term(parts) => {
                    let courses = parts.iter().flat_map(|part| &part.courses);
                    for (number, own) in courses.enumerate() {
                        let course = put.anew(|put| own.map(put));
                        let change = |course| Change::Course { protocol, rule, number, course };
                        all.extend(course.map(change));
                    }
                }
                _ => {}
            }
        }
    }
    for (view, one) in standard.dossier.views.iter().enumerate() {
        let cond = put.anew(|put| map::cond(&one.cond, 1, put));
        all.extend(cond.map(|cond| Change::View { view, cond }));
    }
    for (protocol, own) in standard.protocols.iter().enumerate() {
        for (at, one) in own.recognition.iter().enumerate() {
            let cond = put.anew(|put| map::cond(&one.cond, 0, put));
            all.extend(cond.map(|cond| Change::Recognition { protocol, at, cond }));
        }
        for (at, one) in own.applications.iter().enumerate() {
            let cond = put.anew(|put| map::cond(&one.cond, 0, put));
            all.extend(cond.map(|cond| Change::Application { protocol, at, cond }));
        }
    }
    for (process, one) in standard.dossier.processes.iter().enumerate() {
        for (trigger, (_, one)) in one.triggers().enumerate() {
            let cond = put.anew(|put| map::cond(&one.cond, 1, put));
            let change = |cond| Change::Trigger { process, trigger, rows: one.rows, cond };
            all.extend(cond.map(change));
        }
    }
    all
}

/// Puts one change of a condition in the place of what it says; before one is wanted, gathers them.
struct Put<'v> {
    at: usize,
    valid: &'v Valid,
    /// The changes of each use, in the order in which they are met.
    uses: Vec<Vec<(Part, Cond)>>,
    wanted: Option<Part>,
    /// The number of the use that is met next.
    next: usize,
    hits: usize,
}

impl Put<'_> {
    /// What is made of something, if the condition in it is changed.
    fn anew<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let before = self.hits;
        let made = make(self);
        (self.hits > before).then_some(made)
    }

    /// What the use that is met says instead, if the change that is wanted is one of it.
    fn instead(&mut self, named: &Named, inner: &Cond) -> Option<Cond> {
        let Some(wanted) = &self.wanted else {
            self.uses.push(of_use(named, inner, self.valid));
            return None;
        };
        let own = self.uses.get(self.next)?;
        self.next += 1;
        let (_, other) = own.iter().find(|(part, _)| part == wanted)?;
        self.hits += 1;
        Some(other.clone())
    }
}

impl Map for Put<'_> {
    fn enters(&mut self, _: &Named) -> bool {
        false
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Named(named, inner) if named.at == self.at => {
                let other = self.instead(&named, &inner);
                Cond::Named(named, other.map_or(inner, Box::new))
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
