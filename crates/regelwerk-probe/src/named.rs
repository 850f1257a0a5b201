//! What a block `voorwaarde` says, said a little differently: wherever it is used, at once.

use regelwerk_compiler::model::core::map::{self, Map};
use regelwerk_compiler::model::core::walk::{self, Part};
use regelwerk_compiler::model::core::{Cond, Named};
use regelwerk_compiler::model::{Course, Ending, RuleKind, Standard};
use regelwerk_eval::Change;

use crate::variant::{self, Told, Valid};

/// Every change of the condition with this number, in all that use it: wordings, terms, views and
/// events. What says where a protocol applies stays as it is.
pub(crate) fn variants(standard: &Standard, at: usize, valid: &Valid) -> Vec<(Told, Change)> {
    let Some(said) = said(standard, at) else { return Vec::new() };
    let all = variant::of_cond(&said, 0, valid).into_iter().enumerate();
    let together = |(number, (told, _)): (usize, (Told, Cond))| {
        let mut put = Put { at, number, told: &told, valid, hits: 0 };
        let changes = changes(standard, &mut put);
        (!changes.is_empty()).then_some((told, Change::Together(changes)))
    };
    all.filter_map(together).collect()
}

/// What a condition says where it is used: about `dit`, or else where it is used first.
fn said(standard: &Standard, at: usize) -> Option<Cond> {
    let mut found: Option<(&Named, &Cond)> = None;
    each(standard, &mut |part| {
        if let Part::Cond(Cond::Named(named, inner)) = part
            && named.at == at
            && found.is_none_or(|(known, _)| known.about.is_some() && named.about.is_none())
        {
            found = Some((named, inner));
        }
    });
    found.map(|(_, inner)| inner.clone())
}

/// Goes through all that can be changed.
fn each<'m>(standard: &'m Standard, visit: &mut dyn FnMut(Part<'m>)) {
    for rule in standard.rule_lists().flat_map(|(_, rules)| rules) {
        match &rule.kind {
            RuleKind::Judged(wordings) => {
                wordings.iter().for_each(|one| walk::steps(&one.body, 0, |part, _| visit(part)));
            }
            RuleKind::Term(parts) => {
                let courses = parts.iter().flat_map(|part| &part.courses);
                courses.for_each(|one| one.walk(|part, _| visit(part)));
            }
            _ => {}
        }
    }
    let views = standard.dossier.views.iter().map(|view| &view.cond);
    let processes = standard.dossier.processes.iter();
    let triggers = processes.flat_map(|one| one.triggers()).map(|(_, trigger)| &trigger.cond);
    views.chain(triggers).for_each(|cond| walk::cond(cond, 1, |part, _| visit(part)));
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
                        let course = put.anew(|put| course(own, put));
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
    for (process, one) in standard.dossier.processes.iter().enumerate() {
        for (trigger, (_, one)) in one.triggers().enumerate() {
            let cond = put.anew(|put| map::cond(&one.cond, 1, put));
            let change = |cond| Change::Trigger { process, trigger, rows: one.rows, cond };
            all.extend(cond.map(change));
        }
    }
    all
}

fn course(own: &Course, put: &mut Put<'_>) -> Course {
    let mut binders = 1;
    let mut binds = Vec::new();
    for (range, cond) in &own.binds {
        binds.push(map::selection(range, cond, binders, put));
        binders = range.binders_within(binders);
    }
    let endings = own.endings.iter().map(|ending| match ending {
        Ending::Row(moment, range, cond) => {
            let (range, cond) = map::selection(range, cond, binders, put);
            Ending::Row(*moment, range, Box::new(cond))
        }
        other => other.clone(),
    });
    let endings = endings.collect();
    Course {
        source: own.source,
        binds,
        cond: map::cond(&own.cond, binders, put),
        begins: map::value(&own.begins, binders, put),
        due: own.due.as_ref().map(|due| map::value(due, binders, put)),
        endings,
        by: own.by.clone(),
    }
}

/// Puts one variant of a condition in the place of what it says.
struct Put<'v> {
    at: usize,
    number: usize,
    /// What the variant changes. Where the same number changes something of another kind, what is
    /// said there stays as it is.
    told: &'v Told,
    valid: &'v Valid,
    hits: usize,
}

impl Put<'_> {
    /// What is made of something, if the condition is in it.
    fn anew<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let before = self.hits;
        let made = make(self);
        (self.hits > before).then_some(made)
    }
}

impl Map for Put<'_> {
    fn enters(&mut self, _: &Named) -> bool {
        false
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Named(named, inner) if named.at == self.at => {
                let other = variant::of_cond(&inner, 0, self.valid).into_iter().nth(self.number);
                let other = other.filter(|(told, _)| told.kind == self.told.kind);
                let Some((_, other)) = other else { return Cond::Named(named, inner) };
                self.hits += 1;
                Cond::Named(named, Box::new(other))
            }
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
