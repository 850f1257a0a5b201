//! Which quantifiers can look their elements up by a value.

use crate::core::{Cond, Kind, Op, Origin, Path, Value};

/// A condition on an element as a text that must be equal to another, and the rest.
#[derive(Debug)]
pub struct Join<'c> {
    /// Where the text of the element stands.
    pub key: &'c Path,
    /// The text that it must be, which depends on no element of the quantifier.
    pub wanted: &'c Value,
    /// What else must be so.
    pub rest: Cond,
}

/// The join in a condition, if it has one.
#[must_use]
pub fn join(cond: &Cond) -> Option<Join<'_>> {
    let parts = match cond {
        Cond::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    let (at, (key, wanted)) =
        parts.iter().enumerate().find_map(|(at, part)| Some((at, sides(part)?)))?;
    let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
    let mut rest: Vec<Cond> = others.map(|(_, part)| part.clone()).collect();
    let rest = match rest.len() {
        0 => Cond::True,
        1 => rest.remove(0),
        _ => Cond::All(rest),
    };
    Some(Join { key, wanted, rest })
}

/// The element's own text and the text that it is compared with.
fn sides(part: &Cond) -> Option<(&Path, &Value)> {
    let Cond::Compare(Op::Eq, left, right) = part else { return None };
    side(left, right).or_else(|| side(right, left))
}

fn side<'c>(own: &'c Value, other: &'c Value) -> Option<(&'c Path, &'c Value)> {
    let Value::Path(key, Kind::Text) = own else { return None };
    let Value::Path(wanted, Kind::Text) = other else { return None };
    (key.origin == Origin::Item && wanted.origin != Origin::Item).then_some((key, other))
}
