//! Conditions over the elements and questions of one place.

use regelwerk_model::core::Op;

use super::space::State;

/// A value: a text, or a place on the line of numbers, days or seconds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scalar {
    Text(String),
    At(i64),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operand {
    /// An element, by its place among those mentioned.
    Element(usize),
    Constant(Scalar),
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Formula {
    Filled(usize),
    Compare(Op, Operand, Operand),
    OneOf(usize, Vec<Scalar>),
    /// A question that is not looked into: either answer may be.
    Opaque(usize),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Formula {
    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    pub(super) fn and(&self, other: Self) -> Self {
        match self {
            Self::All(parts) => Self::All(parts.iter().cloned().chain([other]).collect()),
            one => Self::All(vec![one.clone(), other]),
        }
    }

    /// Whether it holds.
    pub(super) fn holds(&self, state: &State<'_>) -> bool {
        match self {
            Self::Filled(element) => state.is_filled(*element),
            Self::Compare(Op::Ne, left, right) => !compare(Op::Eq, left, right, state),
            Self::Compare(op, left, right) => compare(*op, left, right, state),
            Self::OneOf(element, values) => {
                state.value(*element).is_some_and(|value| values.contains(value))
            }
            Self::Opaque(question) => state.answer(*question),
            Self::Not(inner) => !inner.holds(state),
            Self::All(parts) => parts.iter().all(|part| part.holds(state)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(state)),
        }
    }

    /// Every part that is no junction.
    pub(super) fn leaves<'f>(&'f self, found: &mut Vec<&'f Self>) {
        match self {
            Self::Not(inner) => inner.leaves(found),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.leaves(found)),
            leaf => found.push(leaf),
        }
    }

    /// The elements that it mentions.
    pub(super) fn elements(&self) -> Vec<usize> {
        match self {
            Self::Filled(element) | Self::OneOf(element, _) => vec![*element],
            Self::Compare(_, left, right) => {
                [left, right].into_iter().filter_map(Operand::element).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Elements that must be filled (true) or empty for this to hold; not all of them.
    pub(super) fn forces(&self) -> Vec<(usize, bool)> {
        match self {
            Self::Filled(element) => vec![(*element, true)],
            Self::Not(inner) => match **inner {
                Self::Filled(element) => vec![(element, false)],
                _ => Vec::new(),
            },
            Self::Compare(op, ..) if *op != Op::Ne => filled(self.elements()),
            Self::OneOf(..) => filled(self.elements()),
            Self::All(parts) => parts.iter().flat_map(Self::forces).collect(),
            _ => Vec::new(),
        }
    }
}

fn filled(elements: Vec<usize>) -> Vec<(usize, bool)> {
    elements.into_iter().map(|element| (element, true)).collect()
}

impl Operand {
    pub(super) fn element(&self) -> Option<usize> {
        match self {
            Self::Element(element) => Some(*element),
            Self::Constant(_) => None,
        }
    }

    fn value<'s>(&'s self, state: &'s State<'_>) -> Option<&'s Scalar> {
        match self {
            Self::Element(element) => state.value(*element),
            Self::Constant(value) => Some(value),
        }
    }
}

/// What is absent compares as false.
fn compare(op: Op, left: &Operand, right: &Operand, state: &State<'_>) -> bool {
    let Some((left, right)) = left.value(state).zip(right.value(state)) else { return false };
    match op {
        Op::Eq => left == right,
        Op::Ne => left != right,
        Op::Lt => left < right,
        Op::Le => left <= right,
        Op::Gt => left > right,
        Op::Ge => left >= right,
    }
}
