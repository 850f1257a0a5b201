//! Rules against themselves and each other, before anyone runs them.
//!
//! Everything here is decided by going through all states; where there are too many, nothing is
//! said. A check that cries wolf is worse than none.

mod conflict;
mod never;
mod same;
mod states;

use std::collections::BTreeSet;

use regelwerk_diag::Span;
use regelwerk_model::core::{Origin, Path, Step};
use regelwerk_model::{Message, NodeId, Placed, Release, Rule, RuleKind, Wording};

use crate::sink::Sink;

/// A wording with the elements where it is judged.
pub(crate) struct Subject<'a> {
    rule: &'a Rule,
    wording: &'a Wording,
    /// Release, message and element.
    places: BTreeSet<(usize, usize, NodeId)>,
    /// What its parameters stand for, at each place.
    params: BTreeSet<&'a [Vec<Vec<String>>]>,
    /// Elements that are there at every place, in any message that keeps to the schema.
    mandatory: Vec<Path>,
}

/// All checks, over the rules of a standard or of a protocol.
pub(crate) fn check(rules: &[Rule], placed: &[Placed], releases: &[Release], sink: &mut Sink) {
    // Of a rule that is wrong already nothing is certain.
    let mut subjects = subjects(rules, placed, releases);
    subjects.retain(|subject| sink.is_sound(subject.span()));
    for subject in &subjects {
        never::check(subject, sink);
        conflict::within(subject, sink);
    }
    for (at, one) in subjects.iter().enumerate() {
        for other in subjects.iter().skip(at + 1).filter(|other| one.meets(other)) {
            conflict::between(one, other, sink);
            same::check(one, other, sink);
        }
    }
}

impl Subject<'_> {
    fn body(&self) -> &[Step] {
        &self.wording.body
    }

    fn span(&self) -> Span {
        self.rule.span
    }

    /// Whether both are judged at the same elements with the same meaning of their parameters.
    fn meets(&self, other: &Self) -> bool {
        self.places == other.places
            && (self.params == other.params || self.wording.params.is_empty())
            && self.rule.code != other.rule.code
    }
}

fn subjects<'a>(
    rules: &'a [Rule],
    placed: &'a [Placed],
    releases: &'a [Release],
) -> Vec<Subject<'a>> {
    let mut subjects = Vec::new();
    for rule in rules {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        for (number, wording) in wordings.iter().enumerate() {
            let here = |one: &&Placed| one.used.rule == rule.code && one.used.wording == number;
            let uses: Vec<_> = placed.iter().filter(here).collect();
            let mandatory = mandatory(wording, &uses, releases);
            subjects.push(Subject {
                rule,
                wording,
                places: uses.iter().map(|one| (one.release, one.message, one.node)).collect(),
                params: uses.iter().map(|one| one.used.params.as_slice()).collect(),
                mandatory,
            });
        }
    }
    subjects
}

/// The paths of a wording whose element is there at every place.
fn mandatory(wording: &Wording, uses: &[&Placed], releases: &[Release]) -> Vec<Path> {
    let questions = states::Questions::new([wording.body.as_slice()], Vec::new());
    let always = |path: &&Path| {
        uses.iter().all(|one| {
            let release = releases.get(one.release);
            let message = release.and_then(|release| release.messages.get(one.message));
            message.is_some_and(|message| is_there(path, one, message))
        })
    };
    questions.paths().into_iter().filter(always).cloned().collect()
}

fn is_there(path: &Path, placed: &Placed, message: &Message) -> bool {
    let mut at = match path.origin {
        Origin::Root => NodeId(0),
        Origin::This => placed.node,
        Origin::Item => return false,
    };
    let bound = path.param.and_then(|param| placed.used.params.get(param)?.first());
    for name in bound.into_iter().flatten().chain(&path.steps) {
        let Some(child) = message.child(at, name) else { return false };
        if message.node(child).is_none_or(|node| node.min == 0) {
            return false;
        }
        at = child;
    }
    // A mandatory group may still be empty.
    message.children(at).is_empty()
}
