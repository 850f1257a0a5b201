//! What a finding says of a requirement that is not met.

use crate::core::walk::{self, Part};
use crate::core::{Cond, Demand, Op, Origin, Over, Path, Requirement, Value};
use crate::describe::{self, Text};
use crate::dossier::Dossier;

/// What a requirement demands, and how to speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<'c> {
    /// What is expected: `gevuld`, `een van 01, 02`.
    pub expected: Text,
    /// What is said to be found.
    pub found: Seen,
    /// The conditions under which it is demanded, if they can be taken in at once.
    pub because: Option<Text>,
    /// What else was looked at, in order.
    pub related: Vec<&'c Path>,
    /// Values that have to be worked out from the message: what is expected, or of a comparison
    /// what is found.
    pub worked_out: Vec<&'c Value>,
}

/// What a finding says is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The value, or that the element is filled or empty.
    Value,
    /// These words at an element that holds elements, and the value of another.
    Group(Text),
    /// These words, whatever is there.
    Words(Text),
    /// What is worked out.
    WorkedOut,
}

/// What a finding says of a requirement of the rule with this code and title, under the conditions
/// round it.
#[must_use]
pub fn outcome<'c>(
    requirement: &'c Requirement,
    guards: &'c [Cond],
    (code, title): (&str, &str),
    dossier: &Dossier,
) -> Outcome<'c> {
    let demand = &requirement.demand;
    let words = describe::expectation(demand);
    let because = match guards {
        [] => None,
        [only] => Some(describe::condition(only)),
        all => Some(describe::condition(&Cond::All(all.to_vec()))),
    };
    Outcome {
        found: seen(demand, &words, dossier),
        because: because.filter(is_short),
        related: related(requirement, guards),
        worked_out: worked_out(demand),
        expected: match is_short(&words) {
            true => words,
            // A condition that runs on is told by the title of its rule.
            false => Text { nl: format!("\"{title}\""), en: format!("the condition of {code}") },
        },
    }
}

/// What is said to be found where a demand does not hold.
fn seen(demand: &Demand, words: &Text, dossier: &Dossier) -> Seen {
    let text = |nl: &str, en: &str| Text { nl: nl.to_owned(), en: en.to_owned() };
    let exists = |cond: &Cond| matches!(cond, Cond::Exists(..)) && is_short(words);
    match demand {
        Demand::Holds(Cond::Exists(range, _)) if is_short(words) => match &range.over {
            Over::Rows(rows) if dossier.is_question(rows) => {
                Seen::Words(text("een ander antwoord", "another answer"))
            }
            _ => Seen::Words(text("geen", "none")),
        },
        Demand::Holds(Cond::Not(inner)) if exists(inner) => Seen::Words(text("er wel een", "one")),
        Demand::Holds(_) if !worked_out(demand).is_empty() => Seen::WorkedOut,
        Demand::Holds(_) => Seen::Group(text("het tegendeel", "the opposite")),
        Demand::Unique(..) => Seen::Group(text("een die er al is", "one that is there already")),
        _ => Seen::Value,
    }
}

/// Paths that a requirement and the conditions round it look at, but for the target.
fn related<'c>(requirement: &'c Requirement, guards: &'c [Cond]) -> Vec<&'c Path> {
    let mut related: Vec<&Path> = Vec::new();
    let mut see = |part| {
        let Part::Path(path) = part else { return };
        let is_own = matches!(path.origin, Origin::This | Origin::Root);
        if is_own && *path != requirement.target && !related.contains(&path) {
            related.push(path);
        }
    };
    guards.iter().for_each(|guard| walk::cond(guard, 0, |part, _| see(part)));
    walk::demand(&requirement.demand, 0, |part, _| see(part));
    related
}

/// The values of a demand that have to be worked out from the message. None of them says anything
/// where the rule is told by its title.
fn worked_out(demand: &Demand) -> Vec<&Value> {
    let values = match demand {
        Demand::Holds(_) if !is_short(&describe::expectation(demand)) => Vec::new(),
        Demand::OneOf(_, values) => values.iter().collect(),
        Demand::Ordered(_, _, value) => vec![value],
        Demand::Holds(Cond::Exists(_, inner)) => sought(inner),
        Demand::Holds(Cond::Not(not)) => match not.as_ref() {
            Cond::Exists(_, inner) => sought(inner),
            _ => Vec::new(),
        },
        Demand::Holds(cond) => compared(cond).into_iter().collect(),
        _ => Vec::new(),
    };
    let is_constant = |value: &Value| {
        matches!(value, Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Time(_))
    };
    values.into_iter().filter(|value| !is_constant(value)).collect()
}

/// The values of the message itself by which something else is sought.
fn sought(cond: &Cond) -> Vec<&Value> {
    let parts = match cond {
        Cond::All(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    let own = parts.iter().filter_map(|part| match part {
        Cond::Compare(Op::Eq, _, value @ Value::Path(path, _)) => {
            matches!(path.origin, Origin::This | Origin::Root).then_some(value)
        }
        _ => None,
    });
    own.collect()
}

/// What is counted or reckoned on the left of a comparison.
fn compared(cond: &Cond) -> Option<&Value> {
    match cond {
        Cond::Compare(_, value, _) => (!matches!(value, Value::Path(..))).then_some(value),
        _ => None,
    }
}

/// Whether a text can be taken in at once.
fn is_short(text: &Text) -> bool {
    text.nl.chars().count() <= 120
}
