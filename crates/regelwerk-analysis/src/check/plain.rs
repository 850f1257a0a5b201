//! Conditions without parameters and names, so that the same question of two rules is one question.

use std::collections::BTreeMap;

use regelwerk_model::core::map::{self, Map};
use regelwerk_model::core::{Cond, Fields, Op, Origin, Path, Value};

use super::facts::Facts;

/// What the names in a wording stand for, at one of its places.
#[derive(Clone)]
pub(super) struct Names<'a> {
    /// The paths of each parameter.
    pub(super) params: &'a [Vec<Vec<String>>],
    facts: &'a Facts<'a>,
    /// How many binders stand around.
    pub(super) binders: u8,
    /// `stel:` values, with how many binders stand around them.
    lets: BTreeMap<String, (Value, u8)>,
}

impl<'a> Names<'a> {
    /// None but these parameters, within so many binders.
    pub(super) fn new(params: &'a [Vec<Vec<String>>], facts: &'a Facts<'a>, binders: u8) -> Self {
        Self { params, facts, binders, lets: BTreeMap::new() }
    }

    /// Gives a name to a value that is plain.
    pub(super) fn give(&mut self, name: &str, plain: Value) {
        self.lets.insert(name.to_owned(), (plain, self.binders));
    }

    /// The value that has a name.
    pub(super) fn named(&self, name: &str) -> Option<&Value> {
        self.lets.get(name).map(|(value, _)| value)
    }

    /// A condition without names.
    pub(super) fn cond(&self, cond: &Cond) -> Cond {
        map::cond(cond, self.binders, &mut Plain(self))
    }

    /// A value without names.
    pub(super) fn value(&self, value: &Value) -> Value {
        map::value(value, self.binders, &mut Plain(self))
    }

    /// Fields without parameters.
    pub(super) fn fields(&self, fields: &Fields) -> Fields {
        match fields {
            Fields::Paths(paths) => {
                Fields::Paths(paths.iter().map(|path| self.path(path)).collect())
            }
            Fields::Param(param) => {
                let bound = self.params.get(*param).into_iter().flatten();
                let path = |steps: &Vec<String>| Path { steps: steps.clone(), ..Path::this() };
                Fields::Paths(bound.map(path).collect())
            }
            Fields::Key => Fields::Key,
        }
    }

    fn path(&self, path: &Path) -> Path {
        let bound = path.param.and_then(|param| self.params.get(param)?.first());
        let steps = bound.into_iter().flatten().chain(&path.steps).cloned().collect();
        Path { origin: path.origin, param: None, steps, written: String::new() }
    }
}

/// Puts the only path of each parameter in its place, and each value in that of its name.
struct Plain<'n>(&'n Names<'n>);

impl Map for Plain<'_> {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        self.0.path(path)
    }

    fn value(&mut self, value: Value, binders: u8) -> Value {
        let Value::Let(name, _) = &value else { return value };
        match self.0.lets.get(name) {
            Some((named, around)) if *around == binders => named.clone(),
            Some((named, around)) => {
                let by = binders.saturating_sub(*around);
                map::value(named, *around, &mut Deeper { from: *around, by })
            }
            None => value,
        }
    }

    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Listed(value, listed) => {
                Cond::OneOf(value, self.0.facts.listed(&listed).to_vec())
            }
            Cond::Compare(op, left, right) => compare(op, left, right),
            Cond::Not(inner) => opposite(*inner),
            Cond::Named(_, inner) => *inner,
            other => other,
        }
    }
}

/// Puts a value within more binders than it was written in.
struct Deeper {
    /// So many binders stay around it.
    from: u8,
    /// So many come between those and its own.
    by: u8,
}

impl Map for Deeper {
    fn path(&mut self, path: &Path, _: u8) -> Path {
        let origin = match path.origin {
            Origin::Bound(at) if at >= self.from => Origin::Bound(at.saturating_add(self.by)),
            other => other,
        };
        Path { origin, ..path.clone() }
    }
}

/// `a <> b` is the opposite of `a = b`, and `a > b` is `b < a`.
fn compare(op: Op, left: Value, right: Value) -> Cond {
    match op {
        Op::Ne => opposite(Cond::Compare(Op::Eq, left, right)),
        Op::Gt => Cond::Compare(Op::Lt, right, left),
        Op::Ge => Cond::Compare(Op::Le, right, left),
        op => Cond::Compare(op, left, right),
    }
}

/// The opposite, always in one form: that of an equality is no `<>` but a `Not`.
fn opposite(cond: Cond) -> Cond {
    match cond {
        Cond::Not(inner) => *inner,
        other => Cond::Not(Box::new(other)),
    }
}
