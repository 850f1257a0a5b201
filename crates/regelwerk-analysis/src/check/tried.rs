//! Whether examples try a wording: whether it asks anything in them.

use regelwerk_model::core::{Kind, Op, Origin, Path};
use regelwerk_model::{Base, Content, Example, Field, Placed, ROOT, Wording};

use super::facts::Facts;
use super::formula::{Formula, Operand};
use super::ground::{Duty, Ground, scalar};
use super::plain::Names;
use crate::tables::cell;

/// Whether a wording asks nothing in any of its good examples, whatever else stands in the message,
/// though it could be met where it does ask something.
pub(crate) fn is_untried(wording: &Wording, places: &[Placed], facts: &Facts<'_>) -> bool {
    let good: Vec<_> = wording.examples.iter().filter(|one| one.is_good).collect();
    let mut can_be_met = false;
    let is_idle = |place: &Placed| {
        let Some(mut ground) = Ground::new(place, facts) else { return false };
        let body = ground.body(&place.used.params, &wording.body);
        let asks: Vec<_> = body.duties.iter().filter(|duty| duty.demand.is_some()).collect();
        if body.has_gap || asks.is_empty() {
            return false;
        }
        can_be_met |= asks.iter().any(|duty| ground.can(&met(duty)));
        let asked = Formula::Any(asks.iter().map(|duty| duty.guard.clone()).collect());
        good.iter().all(|example| is_never(&asked, example, (wording, place), &mut ground))
    };
    !good.is_empty() && !places.is_empty() && places.iter().all(is_idle) && can_be_met
}

/// That a duty is asked and met.
fn met(duty: &Duty) -> Formula {
    let demand = duty.demand.clone().unwrap_or(Formula::All(Vec::new()));
    duty.guard.and(demand)
}

/// Whether something is never so in a message with what an example says.
fn is_never(
    asked: &Formula,
    example: &Example,
    (wording, place): (&Wording, &Placed),
    ground: &mut Ground<'_>,
) -> bool {
    // Two elements side by side are not told apart here.
    let [fields] = example.elements.as_slice() else { return false };
    let params = &place.used.params;
    let mut given = asked.clone();
    for field in fields {
        match said(field, wording, params, ground) {
            Some(fact) if concerns(&fact, asked, ground) => given = given.and(fact),
            _ => {}
        }
    }
    ground.never(&given)
}

/// What a field of an example says, where that is about the only element of its path.
fn said(
    field: &Field,
    wording: &Wording,
    params: &[Vec<Vec<String>>],
    ground: &mut Ground<'_>,
) -> Option<Formula> {
    let (first, rest) = field.path.split_first()?;
    if field.path.iter().any(|(_, number)| *number != 1) {
        return None;
    }
    let name = first.0.as_str();
    let (origin, param) = if name == ROOT {
        (Origin::Root, None)
    } else if name.starts_with(char::is_lowercase) {
        (Origin::This, Some(wording.params.iter().position(|one| one == name)?))
    } else {
        (Origin::This, None)
    };
    let is_step = origin == Origin::This && param.is_none();
    let own = is_step.then_some(first).into_iter();
    let steps = own.chain(rest).map(|(name, _)| name.clone()).collect();
    let path = Path { origin, param, steps, written: String::new() };
    let element = ground.element(&path, &Names::new(params, ground.facts, 0))?;
    let Some(value) = &field.value else { return Some(Formula::Filled(element).not()) };
    let node = ground.message.node(*ground.mentions.get(element)?)?;
    let Content::Value(simple, _) = &node.content else { return None };
    let kind = match ground.release.types.get(*simple)?.base {
        Base::Text => Kind::Text,
        Base::Integer => Kind::Number,
        Base::Date => Kind::Date,
        Base::Time => Kind::Time,
    };
    if value.trim() != value || value.is_empty() {
        return None;
    }
    let value = Operand::Constant(scalar(&cell(value, kind)?)?);
    Some(Formula::Compare(Op::Eq, Operand::Element(element), value))
}

/// Whether a formula is about an element that a fact tells of, or that is in it or around it: what
/// is not only makes more states to look at.
fn concerns(fact: &Formula, asked: &Formula, ground: &Ground<'_>) -> bool {
    let mut leaves = Vec::new();
    let mut facts = Vec::new();
    asked.leaves(&mut leaves);
    fact.leaves(&mut facts);
    let mut elements = leaves.iter().flat_map(|leaf| leaf.elements());
    let told: Vec<_> = facts.iter().flat_map(|leaf| leaf.elements()).collect();
    elements.any(|element| {
        told.iter().any(|one| ground.is_within(element, *one) || ground.is_within(*one, element))
    })
}
