//! Wordings at one place: names to elements, conditions to formulas.

use std::collections::BTreeMap;

use chrono::{Datelike, Timelike};
use regelwerk_diag::Span;
use regelwerk_model::core::walk;
use regelwerk_model::core::{Cond, Demand, Fields, Op, Origin, Path, Requirement, Step, Value};
use regelwerk_model::{Content, Message, NodeId, Placed, Release};

use super::facts::Facts;
use super::formula::{Formula, Operand, Scalar};
use super::plain::Names;
use super::space::Space;

/// The element that rules are judged at, with what they mention of its message.
pub(super) struct Ground<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) release: &'a Release,
    pub(super) message: &'a Message,
    pub(super) node: NodeId,
    /// Of a row, the element that each of its columns comes from.
    columns: BTreeMap<&'a str, NodeId>,
    /// The elements mentioned, in order.
    pub(super) mentions: Vec<NodeId>,
    /// Questions that are not looked into.
    questions: Vec<Question>,
    /// Values that are too large to be put in the place of their names.
    values: Vec<Value>,
}

/// Of so many parts a value may be that is put in the place of its name.
const LARGEST: usize = 200;

/// A question that is not looked into.
#[derive(Debug, PartialEq, Eq)]
enum Question {
    Cond(Cond),
    Unique(Fields, String),
}

/// What a wording says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) branches: Vec<Branch>,
    pub(super) duties: Vec<Duty>,
    /// A part could not be lowered; what is wrong with it has been reported.
    pub(super) has_gap: bool,
}

/// An `als`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Branch {
    /// When it is asked.
    pub(super) guard: Formula,
    pub(super) cond: Formula,
    pub(super) span: Span,
    /// Whether something stands under its `anders`.
    pub(super) has_else: bool,
}

/// A requirement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Duty {
    /// When it is asked.
    pub(super) guard: Formula,
    /// What must hold; `mag gevuld worden` has nothing.
    pub(super) demand: Option<Formula>,
    /// `verplicht vullen` (true) or `leeg laten`, and of what.
    pub(super) claim: Option<(usize, bool)>,
    pub(super) span: Span,
}

impl Body {
    /// When the wording is broken.
    pub(super) fn fails(&self) -> Formula {
        Formula::Any(self.duties.iter().filter_map(Duty::fails).collect())
    }
}

impl Duty {
    /// When the requirement is broken.
    pub(super) fn fails(&self) -> Option<Formula> {
        Some(self.guard.and(self.demand.clone()?.not()))
    }
}

impl<'a> Ground<'a> {
    pub(super) fn new(placed: &Placed, facts: &'a Facts<'a>) -> Option<Self> {
        let release = facts.releases.get(placed.release)?;
        let message = release.messages.get(placed.message)?;
        Some(Self::of_row(facts, (release, message), placed.node, BTreeMap::new()))
    }

    /// The element of a row, which is binder 0, with the element that each column comes from.
    pub(super) fn of_row(
        facts: &'a Facts<'a>,
        (release, message): (&'a Release, &'a Message),
        node: NodeId,
        columns: BTreeMap<&'a str, NodeId>,
    ) -> Self {
        let (mentions, questions, values) = (Vec::new(), Vec::new(), Vec::new());
        Self { facts, release, message, node, columns, mentions, questions, values }
    }

    /// Lowers a condition of a row.
    pub(super) fn formula(&mut self, cond: &Cond) -> Formula {
        self.cond(cond, &Names::new(&[], self.facts, 1))
    }

    /// Lowers a wording.
    pub(super) fn body(&mut self, params: &[Vec<Vec<String>>], steps: &[Step]) -> Body {
        let mut body = Body { has_gap: steps.is_empty(), ..Body::default() };
        self.steps(steps, &Names::new(params, self.facts, 0), &Formula::All(Vec::new()), &mut body);
        body
    }

    /// The states that these formulas can find.
    pub(super) fn space(&self, formulas: &[&Formula]) -> Space {
        Space::new(self, formulas)
    }

    /// Whether a formula is false in every state.
    pub(super) fn never(&self, formula: &Formula) -> bool {
        self.space(&[formula]).any(formula) == Some(false)
    }

    /// Whether a formula is true in some state, as far as is known.
    pub(super) fn can(&self, formula: &Formula) -> bool {
        self.space(&[formula]).any(formula) == Some(true)
    }

    /// Whether a formula is true in a state that is sure to exist.
    pub(super) fn surely(&self, formula: &Formula) -> bool {
        self.space(&[formula]).surely(formula)
    }

    /// Whether one element is another or lies within it.
    pub(super) fn is_within(&self, element: usize, group: usize) -> bool {
        let (Some(element), Some(group)) = (self.mentions.get(element), self.mentions.get(group))
        else {
            return false;
        };
        self.ancestry(*element).contains(group)
    }

    /// An element and those that it is in, up to the root.
    pub(super) fn ancestry(&self, node: NodeId) -> Vec<NodeId> {
        self.message.ancestry(node).collect()
    }

    /// How the message calls an element, from the element judged on when it lies within it.
    pub(super) fn name(&self, element: usize) -> String {
        let Some(node) = self.mentions.get(element) else { return String::new() };
        let names = self.message.path(*node);
        let own = self.message.path(self.node).len();
        let is_below = *node != self.node && self.ancestry(*node).contains(&self.node);
        names.get(if is_below { own } else { 0 }..).unwrap_or_default().join(".")
    }

    fn steps(&mut self, steps: &[Step], names: &Names<'_>, guard: &Formula, body: &mut Body) {
        let (mut guard, mut names) = (guard.clone(), names.clone());
        for step in steps {
            match step {
                Step::If { cond, then, otherwise, span } => {
                    // A condition that could not be lowered is `True`.
                    body.has_gap |= *cond == Cond::True || then.is_empty();
                    let cond = self.cond(cond, &names);
                    let has_else = !otherwise.is_empty();
                    let (guard, span) = (guard.clone(), *span);
                    let (met, unmet) = (guard.and(cond.clone()), guard.and(cond.clone().not()));
                    body.branches.push(Branch { guard, cond, span, has_else });
                    self.steps(then, &names, &met, body);
                    self.steps(otherwise, &names, &unmet, body);
                }
                // What follows is asked only where there is such a row.
                Step::Bind { range, cond, .. } => {
                    let exists = Cond::Exists(range.clone(), Box::new(cond.clone()));
                    guard = guard.and(self.cond(&exists, &names));
                    names.binders = range.binders_within(names.binders);
                }
                Step::Let { name, value } => {
                    let plain = self.named(names.value(value));
                    names.give(name, plain);
                }
                Step::Require(one) => {
                    let demand = self.demand(one, &names);
                    let claim = match (&one.demand, &demand) {
                        (Demand::Filled | Demand::Empty, Some(demand)) => {
                            demand.forces().first().copied()
                        }
                        _ => None,
                    };
                    let guard = guard.clone();
                    body.duties.push(Duty { guard, demand, claim, span: one.span });
                }
            }
        }
    }

    /// What is put in the place of the name of a value: the value itself, so that whoever writes it
    /// out says the same. Values of values of values grow beyond bounds; a large one has a name that
    /// no other has.
    fn named(&mut self, plain: Value) -> Value {
        let mut size = 0;
        walk::value(&plain, 0, |_, _| size += 1);
        if size <= LARGEST {
            return plain;
        }
        let kind = plain.kind();
        Value::Let(format!("waarde {}", place_of(plain, &mut self.values)), kind)
    }

    fn demand(&mut self, one: &Requirement, names: &Names<'_>) -> Option<Formula> {
        let filled = || Cond::Filled(one.target.clone());
        let cond = match &one.demand {
            Demand::Allowed => return None,
            Demand::Filled => filled(),
            Demand::Empty => filled().negated(),
            Demand::OneOf(value, values) => Cond::OneOf(value.clone(), values.clone()),
            Demand::NoneOf(value, values) => Cond::OneOf(value.clone(), values.clone()).negated(),
            Demand::Ordered(op, left, right) => Cond::Compare(*op, left.clone(), right.clone()),
            Demand::Check(value, check) => Cond::Check(value.clone(), check.clone()),
            Demand::Holds(cond) => cond.clone(),
            Demand::Unique(fields, within) => {
                let fields = names.fields(fields);
                return Some(self.question(Question::Unique(fields, within.clone())));
            }
        };
        Some(self.cond(&cond, names))
    }

    fn cond(&mut self, cond: &Cond, names: &Names<'_>) -> Formula {
        let known = match cond {
            Cond::Filled(path) => self.element(path, names).map(Formula::Filled),
            Cond::Compare(op, left, right) => self
                .operand(left, names)
                .zip(self.operand(right, names))
                .map(|(left, right)| Formula::Compare(*op, left, right)),
            Cond::Same(left, right) => self.same(left, right, names),
            Cond::OneOf(value, values) => self.one_of(value, values, names),
            Cond::Listed(value, listed) => self.one_of(value, self.facts.listed(listed), names),
            Cond::Not(inner) => Some(self.cond(inner, names).not()),
            Cond::Named(_, inner) => Some(self.cond(inner, names)),
            Cond::All(parts) => Some(Formula::All(self.parts(parts, names))),
            Cond::Any(parts) => Some(Formula::Any(self.parts(parts, names))),
            _ => None,
        };
        known.unwrap_or_else(|| match names.cond(cond) {
            Cond::Not(inner) => self.question(Question::Cond(*inner)).not(),
            plain => self.question(Question::Cond(plain)),
        })
    }

    fn parts(&mut self, parts: &[Cond], names: &Names<'_>) -> Vec<Formula> {
        parts.iter().map(|part| self.cond(part, names)).collect()
    }

    /// Two elements that are equal, or both empty.
    fn same(&mut self, left: &Value, right: &Value, names: &Names<'_>) -> Option<Formula> {
        let both = [self.operand(left, names)?, self.operand(right, names)?];
        let is_empty = |operand: &Operand| match operand {
            Operand::Element(element) => Some(Formula::Filled(*element).not()),
            Operand::Constant(_) => None,
        };
        let empty = both.iter().map(is_empty).collect::<Option<_>>()?;
        let [left, right] = both;
        let equal = Formula::Compare(Op::Eq, left, right);
        Some(Formula::Any(vec![equal, Formula::All(empty)]))
    }

    fn one_of(&mut self, value: &Value, values: &[Value], names: &Names<'_>) -> Option<Formula> {
        let left = self.operand(value, names)?;
        let scalars: Option<Vec<_>> = values.iter().map(scalar).collect();
        if let (Operand::Element(element), Some(scalars)) = (&left, scalars) {
            return Some(Formula::OneOf(*element, scalars));
        }
        let is_one = |right| {
            let right = self.operand(right, names)?;
            Some(Formula::Compare(Op::Eq, left.clone(), right))
        };
        Some(Formula::Any(values.iter().map(is_one).collect::<Option<_>>()?))
    }

    fn operand(&mut self, value: &Value, names: &Names<'_>) -> Option<Operand> {
        match value {
            Value::Let(name, _) => self.operand(names.named(name)?, names),
            Value::Path(path, _) => {
                let element = self.element(path, names)?;
                let node = self.message.node(*self.mentions.get(element)?)?;
                matches!(node.content, Content::Value(..)).then_some(Operand::Element(element))
            }
            constant => scalar(constant).map(Operand::Constant),
        }
    }

    /// The element that a path leads to, among those mentioned; none where there may be several.
    pub(super) fn element(&mut self, path: &Path, names: &Names<'_>) -> Option<usize> {
        let mut at = match path.origin {
            Origin::This => self.node,
            Origin::Root => NodeId(0),
            Origin::Bound(0) => {
                let column = self.columns.get(path.steps.first()?.as_str())?;
                return Some(place_of(*column, &mut self.mentions));
            }
            Origin::Item | Origin::Bound(_) => return None,
        };
        let bound = match path.param {
            Some(param) => match names.params.get(param)?.as_slice() {
                [only] => only.as_slice(),
                _ => return None,
            },
            None => &[],
        };
        for name in bound.iter().chain(&path.steps) {
            at = self.message.child(at, name)?;
            if self.message.node(at)?.max > 1 {
                return None;
            }
        }
        Some(place_of(at, &mut self.mentions))
    }

    fn question(&mut self, question: Question) -> Formula {
        Formula::Opaque(place_of(question, &mut self.questions))
    }
}

/// Where something stands in a list, at the end of it if it did not.
fn place_of<T: PartialEq>(one: T, list: &mut Vec<T>) -> usize {
    list.iter().position(|known| *known == one).unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    })
}

/// A constant; days and seconds are counted.
pub(super) fn scalar(value: &Value) -> Option<Scalar> {
    match value {
        Value::Text(text) => Some(Scalar::Text(text.clone())),
        Value::Number(number) => Some(Scalar::At(*number)),
        Value::Date(date) => Some(Scalar::At(date.num_days_from_ce().into())),
        Value::Time(time) => Some(Scalar::At(time.num_seconds_from_midnight().into())),
        _ => None,
    }
}
