//! What is said, said a little differently: one change at a time, over the typed core.

use std::collections::BTreeSet;

use regelwerk_compiler::model::core::map::{self, Map};
use regelwerk_compiler::model::core::{Cond, Demand, Named, Op, Origin, Requirement, Step, Value};
use regelwerk_compiler::model::describe;

use crate::Kind;

/// A change of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) kind: Kind,
    /// What it says after the change, beside what it said: `01, 02 wordt 01`.
    pub(crate) words: String,
}

/// Lists of more values than this are data: no value of them is left out.
const MOST_VALUES: usize = 40;

/// Names of the columns that say from when and until when a row holds: what `geldig op` makes of
/// them is no choice of the rule.
pub(crate) type Valid = BTreeSet<String>;

/// Every change of steps, with the steps that it gives.
pub(crate) fn of_steps(steps: &[Step], valid: &Valid) -> Vec<(Told, Vec<Step>)> {
    all(valid, |pick| map::steps(steps, 0, pick))
}

/// Every change of a condition within so many binders.
pub(crate) fn of_cond(cond: &Cond, binders: u8, valid: &Valid) -> Vec<(Told, Cond)> {
    all(valid, |pick| match cond {
        Cond::True => Cond::True,
        // A condition that is one leaf can be left out as a whole.
        leaf if !matches!(leaf, Cond::All(_) | Cond::Any(_)) => {
            let made = map::cond(leaf, binders, pick);
            let left_out = (told(Kind::Dropped, &words(leaf)), Cond::True);
            pick.offer(made, [left_out])
        }
        other => map::cond(other, binders, pick),
    })
}

/// Every change of a value within so many binders.
pub(crate) fn of_value(value: &Value, binders: u8, valid: &Valid) -> Vec<(Told, Value)> {
    all(valid, |pick| map::value(value, binders, pick))
}

/// Tries every number until there is no such change.
fn all<T>(valid: &Valid, make: impl Fn(&mut Pick<'_>) -> T) -> Vec<(Told, T)> {
    let attempts = (0..).map(|wanted| {
        let mut pick = Pick { valid, wanted, seen: 0, done: None };
        let made = make(&mut pick);
        pick.done.map(|told| (told, made))
    });
    attempts.map_while(|one| one).collect()
}

/// Makes the change with one number, and leaves all else.
struct Pick<'v> {
    valid: &'v Valid,
    wanted: usize,
    seen: usize,
    done: Option<Told>,
}

impl Pick<'_> {
    /// Whether a condition says no more than that a row holds on a day.
    fn is_validity(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Filled(path) | Cond::Compare(_, Value::Path(path, _), _) => {
                let name = path.steps.first().filter(|_| matches!(path.origin, Origin::Bound(_)));
                name.is_some_and(|name| self.valid.contains(name))
            }
            Cond::Not(inner) => self.is_validity(inner),
            Cond::Any(parts) | Cond::All(parts) => parts.iter().all(|part| self.is_validity(part)),
            _ => false,
        }
    }

    /// What a condition can be changed into, but for what is in its parts.
    fn of_cond(&self, cond: &Cond) -> Vec<(Told, Cond)> {
        let Cond::All(parts) = cond else { return of_leaf(cond) };
        let (holds, others): (Vec<_>, Vec<_>) =
            parts.iter().cloned().partition(|part| self.is_validity(part));
        let mut all = without_part(parts, Cond::All);
        all.retain(|(_, left)| match left {
            Cond::All(left) => {
                left.iter().filter(|one| self.is_validity(one)).count() == holds.len()
            }
            one => usize::from(self.is_validity(one)) == holds.len(),
        });
        if !holds.is_empty() && !others.is_empty() {
            all.push((told(Kind::Dropped, "geldig op"), joined(others)));
        }
        all
    }

    /// What stands here: one of these in its place, if it is the one that is wanted.
    fn offer<T>(&mut self, own: T, others: impl IntoIterator<Item = (Told, T)>) -> T {
        for (told, other) in others {
            self.seen += 1;
            if self.seen == self.wanted + 1 {
                self.done = Some(told);
                return other;
            }
        }
        own
    }
}

fn told(kind: Kind, words: &str) -> Told {
    Told { kind, words: words.to_owned() }
}

fn becomes(kind: Kind, was: &str, is: &str) -> Told {
    Told { kind, words: format!("{was} wordt {is}") }
}

fn words(cond: &Cond) -> String {
    describe::condition(cond).nl
}

fn value_words(value: &Value) -> String {
    describe::value(value).nl
}

impl Map for Pick<'_> {
    fn value(&mut self, value: Value, _: u8) -> Value {
        let was = value_words(&value);
        let other = match &value {
            Value::Number(number) => Some(Value::Number(number.saturating_add(1))),
            Value::Date(day) => day.succ_opt().map(Value::Date),
            Value::Shift(from, by, unit) => {
                Some(Value::Shift(from.clone(), by.saturating_add(1), *unit))
            }
            Value::MonthEdge(is_first, of) => Some(Value::MonthEdge(!is_first, of.clone())),
            Value::Extreme(is_last, of) if of.len() > 1 => {
                Some(Value::Extreme(!is_last, of.clone()))
            }
            Value::Add(left, is_sum, right) => {
                Some(Value::Add(left.clone(), !is_sum, right.clone()))
            }
            _ => None,
        };
        let others = other.map(|other| (becomes(Kind::Value, &was, &value_words(&other)), other));
        self.offer(value, others)
    }

    /// What is in it is changed where it is said, once for all who use it.
    fn enters(&mut self, _: &Named) -> bool {
        false
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        let others = if self.is_validity(&cond) { Vec::new() } else { self.of_cond(&cond) };
        self.offer(cond, others)
    }

    fn demand(&mut self, demand: Demand, _: u8) -> Demand {
        let others: Vec<_> = match &demand {
            Demand::OneOf(value, values) => {
                let fewer = without_one(values);
                fewer.map(|(told, left)| (told, Demand::OneOf(value.clone(), left))).collect()
            }
            Demand::NoneOf(value, values) => {
                let fewer = without_one(values);
                fewer.map(|(told, left)| (told, Demand::NoneOf(value.clone(), left))).collect()
            }
            Demand::Ordered(op, left, right) => {
                let other = beside(*op).map(|other| {
                    let as_cond = |op| words(&Cond::Compare(op, left.clone(), right.clone()));
                    let told = becomes(Kind::Border, &as_cond(*op), &as_cond(other));
                    (told, Demand::Ordered(other, left.clone(), right.clone()))
                });
                other.into_iter().collect()
            }
            _ => Vec::new(),
        };
        self.offer(demand, others)
    }

    fn step(&mut self, step: Step, _: u8) -> Step {
        let others = match &step {
            Step::Require(requirement) => of_requirement(requirement),
            Step::If { cond, then, otherwise, span } => {
                let is_leaf = !matches!(cond, Cond::All(_) | Cond::Any(_) | Cond::True);
                let left_out = Step::If {
                    cond: Cond::True,
                    then: then.clone(),
                    otherwise: otherwise.clone(),
                    span: *span,
                };
                let left_out = (told(Kind::Dropped, &words(cond)), left_out);
                is_leaf.then_some(left_out).into_iter().collect()
            }
            Step::Bind { range, cond, span } => {
                let is_leaf = !matches!(cond, Cond::All(_) | Cond::True);
                let left_out = Step::Bind { range: range.clone(), cond: Cond::True, span: *span };
                let left_out = (told(Kind::Dropped, &words(cond)), left_out);
                is_leaf.then_some(left_out).into_iter().collect()
            }
            Step::Let { .. } => Vec::new(),
        };
        self.offer(step, others)
    }
}

/// What a requirement can be changed into: the opposite, or nothing.
fn of_requirement(own: &Requirement) -> Vec<(Told, Step)> {
    let says = format!("{} {}", own.target.written, describe::expectation(&own.demand).nl);
    let says = says.trim().to_owned();
    let swapped = match &own.demand {
        Demand::Filled => Some(Demand::Empty),
        Demand::Empty => Some(Demand::Filled),
        Demand::OneOf(value, values) => Some(Demand::NoneOf(value.clone(), values.clone())),
        Demand::NoneOf(value, values) => Some(Demand::OneOf(value.clone(), values.clone())),
        Demand::Allowed => return Vec::new(),
        _ => None,
    };
    let swapped = swapped.map(|demand| {
        let is = describe::expectation(&demand).nl;
        let told = becomes(Kind::Swapped, &says, &is);
        (told, Step::Require(Requirement { demand, ..own.clone() }))
    });
    let nothing = Step::Require(Requirement { demand: Demand::Allowed, ..own.clone() });
    let left_out = (told(Kind::NotAsked, &says), nothing);
    swapped.into_iter().chain([left_out]).collect()
}

/// What a condition can be changed into, but for what is in its parts.
fn of_leaf(cond: &Cond) -> Vec<(Told, Cond)> {
    match cond {
        Cond::All(parts) => without_part(parts, Cond::All),
        Cond::Any(parts) => without_part(parts, Cond::Any),
        Cond::Exists(range, inner) => alone(inner)
            .map(|told| (told, Cond::Exists(range.clone(), Box::new(Cond::True))))
            .collect(),
        Cond::Compare(op, left, right) => {
            let mut others: Vec<_> = beside(*op)
                .map(|other| Cond::Compare(other, left.clone(), right.clone()))
                .map(|other| (becomes(Kind::Border, &words(cond), &words(&other)), other))
                .into_iter()
                .collect();
            if let (Op::Eq | Op::Ne, Value::Text(code)) = (op, right) {
                let other = Value::Text(format!("{code}?"));
                let told = becomes(Kind::Code, &words(cond), "een andere code");
                others.push((told, Cond::Compare(*op, left.clone(), other)));
            }
            others
        }
        Cond::OneOf(value, values) => {
            let fewer = without_one(values);
            fewer.map(|(told, left)| (told, Cond::OneOf(value.clone(), left))).collect()
        }
        _ => Vec::new(),
    }
}

/// That the one condition of a selection is left out.
fn alone(inner: &Cond) -> impl Iterator<Item = Told> {
    let is_leaf = !matches!(inner, Cond::All(_) | Cond::Any(_) | Cond::True);
    is_leaf.then(|| told(Kind::Dropped, &words(inner))).into_iter()
}

fn joined(mut parts: Vec<Cond>) -> Cond {
    if parts.len() == 1 { parts.remove(0) } else { Cond::All(parts) }
}

fn without_part(parts: &[Cond], join: fn(Vec<Cond>) -> Cond) -> Vec<(Told, Cond)> {
    let each = parts.iter().enumerate().map(|(at, part)| {
        let mut left = parts.to_vec();
        left.remove(at);
        let left = if left.len() == 1 { left.remove(0) } else { join(left) };
        (told(Kind::Dropped, &words(part)), left)
    });
    each.collect()
}

/// Values but one. Where there is one, it becomes another.
fn without_one(values: &[Value]) -> impl Iterator<Item = (Told, Vec<Value>)> {
    let few = if values.len() > MOST_VALUES { &[] } else { values };
    let each = few.iter().enumerate().filter_map(|(at, one)| {
        let is_constant = matches!(one, Value::Text(_) | Value::Number(_) | Value::Date(_));
        let mut left = few.to_vec();
        match (left.len(), one) {
            (1, Value::Text(code)) => {
                left = vec![Value::Text(format!("{code}?"))];
                Some((becomes(Kind::Code, code, "een andere code"), left))
            }
            (1, _) => None,
            _ => {
                left.remove(at);
                let kind = if is_constant { Kind::Code } else { Kind::Value };
                Some((told(kind, &format!("zonder {}", value_words(one))), left))
            }
        }
    });
    each.collect::<Vec<_>>().into_iter()
}

/// The comparison with the border on the other side.
fn beside(op: Op) -> Option<Op> {
    match op {
        Op::Lt => Some(Op::Le),
        Op::Le => Some(Op::Lt),
        Op::Gt => Some(Op::Ge),
        Op::Ge => Some(Op::Gt),
        Op::Eq | Op::Ne => None,
    }
}
