//! The states that formulas can find at one place, in a message that keeps to the schema.

use regelwerk_model::{Message, NodeId};

use super::facts::can_fill;
use super::formula::{Formula, Scalar};
use super::ground::Ground;
use super::points::{Point, points};

/// More states than this are not looked at: then nothing is said.
const MOST_STATES: usize = 50_000;

/// All states of some elements and questions.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Space {
    /// Elements, those above before those within.
    slots: Vec<Slot>,
    /// For each element mentioned its slot.
    slot_of: Vec<Option<usize>>,
    /// Questions that are not looked into.
    questions: Vec<usize>,
    /// A value space could not be told.
    is_unknown: bool,
}

/// An element.
#[derive(Debug, PartialEq, Eq)]
struct Slot {
    parent: Option<usize>,
    /// It is there in every message: the element judged and those that it is in.
    is_there: bool,
    /// It is there when the element that it is in is.
    is_mandatory: bool,
    content: Content,
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    Group {
        /// Whether something that no rule mentions can be filled in it.
        can: bool,
        /// Whether such a thing is always filled when the group is there.
        must: bool,
        /// Slots of the elements in it, at any depth.
        below: Vec<usize>,
    },
    Value {
        points: Vec<Point>,
        may_be_blank: bool,
    },
}

/// What an element is in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    Absent,
    /// A group; whether something that no rule mentions is filled in it.
    Group(bool),
    Value(usize),
}

/// One way that everything can be.
#[derive(Debug)]
pub(super) struct State<'s> {
    space: &'s Space,
    choices: Vec<Choice>,
    answers: usize,
}

impl Space {
    pub(super) fn new(ground: &Ground<'_>, formulas: &[&Formula]) -> Self {
        let mut leaves = Vec::new();
        formulas.iter().for_each(|formula| formula.leaves(&mut leaves));
        let nodes = nodes(ground, &leaves);
        let values = points(ground, &leaves);
        let is_unknown = values.is_none();
        let values = values.unwrap_or_default();
        let asked: Vec<_> = leaves.iter().filter_map(|leaf| asked(ground, leaf)).collect();
        let slots = nodes.iter().map(|node| slot(ground, *node, &nodes, &asked, &values)).collect();
        let slot_of = ground.mentions.iter().map(|node| position(&nodes, *node)).collect();
        let mut questions: Vec<_> = leaves.iter().filter_map(|leaf| question(leaf)).collect();
        questions.sort_unstable();
        questions.dedup();
        Self { slots, slot_of, questions, is_unknown }
    }

    /// Whether a formula holds in some state; none when that is not known.
    pub(super) fn any(&self, formula: &Formula) -> Option<bool> {
        let answers = self.answers()?;
        let mut state = self.first();
        Some(self.walk(0, &mut state, &mut |state| {
            (0..answers).any(|answer| {
                state.answers = answer;
                formula.holds(state)
            })
        }))
    }

    /// Whether a formula holds, whatever the answers, in some state that is sure to exist.
    pub(super) fn surely(&self, formula: &Formula) -> bool {
        let Some(answers) = self.answers() else { return false };
        let mut state = self.first();
        self.walk(0, &mut state, &mut |state| {
            state.is_sure()
                && (0..answers).all(|answer| {
                    state.answers = answer;
                    formula.holds(state)
                })
        })
    }

    /// How many answers there are to all questions together; none when nothing is to be said.
    fn answers(&self) -> Option<usize> {
        let answers = 1_usize.checked_shl(u32::try_from(self.questions.len()).ok()?)?;
        let sizes = self.slots.iter().map(Slot::size);
        let total = sizes.chain([answers]).try_fold(1_usize, |total, size| {
            total.checked_mul(size).filter(|total| *total <= MOST_STATES)
        });
        total.filter(|_| !self.is_unknown)?;
        Some(answers)
    }

    fn first(&self) -> State<'_> {
        State { space: self, choices: Vec::with_capacity(self.slots.len()), answers: 0 }
    }

    /// Goes through the states that begin as this one, until one is found.
    fn walk<'s>(
        &'s self,
        at: usize,
        state: &mut State<'s>,
        found: &mut dyn FnMut(&mut State<'s>) -> bool,
    ) -> bool {
        let Some(slot) = self.slots.get(at) else { return found(state) };
        let parent = slot.parent.and_then(|parent| state.choices.get(parent));
        let has_parent = slot.parent.is_none() || parent.is_some_and(|one| *one != Choice::Absent);
        slot.choices(has_parent).into_iter().any(|choice| {
            state.choices.push(choice);
            let is_found = self.walk(at + 1, state, found);
            state.choices.pop();
            is_found
        })
    }
}

impl Slot {
    fn choices(&self, has_parent: bool) -> Vec<Choice> {
        if !has_parent && !self.is_there {
            return vec![Choice::Absent];
        }
        let mut choices = Vec::new();
        let must_be = self.is_there || self.is_mandatory;
        match &self.content {
            Content::Group { can, must, .. } => {
                choices.extend((!must_be).then_some(Choice::Absent));
                choices.extend((!must).then_some(Choice::Group(false)));
                choices.extend((*can || *must).then_some(Choice::Group(true)));
            }
            Content::Value { points, may_be_blank } => {
                choices.extend((!must_be || *may_be_blank).then_some(Choice::Absent));
                choices.extend((0..points.len()).map(Choice::Value));
            }
        }
        choices
    }

    /// How many choices there are at the most.
    fn size(&self) -> usize {
        self.choices(true).len().max(1)
    }
}

impl State<'_> {
    pub(super) fn is_filled(&self, element: usize) -> bool {
        let Some(slot) = self.slot(element) else { return false };
        self.has_value(slot)
            || match self.space.slots.get(slot).map(|slot| &slot.content) {
                Some(Content::Group { below, .. }) => {
                    below.iter().any(|slot| self.has_value(*slot))
                }
                _ => false,
            }
    }

    pub(super) fn value(&self, element: usize) -> Option<&Scalar> {
        self.point(self.slot(element)?).map(|point| &point.value)
    }

    pub(super) fn answer(&self, question: usize) -> bool {
        let at = self.space.questions.iter().position(|known| *known == question);
        at.is_some_and(|at| self.answers >> at & 1 == 1)
    }

    /// Whether a message like this is sure to exist.
    fn is_sure(&self) -> bool {
        let mut points = (0..self.choices.len()).filter_map(|slot| self.point(slot));
        points.all(|point| point.is_sure)
    }

    fn slot(&self, element: usize) -> Option<usize> {
        *self.space.slot_of.get(element)?
    }

    /// Whether the element itself, or something in it that no rule mentions, has a value.
    fn has_value(&self, slot: usize) -> bool {
        matches!(self.choices.get(slot), Some(Choice::Value(_) | Choice::Group(true)))
    }

    fn point(&self, slot: usize) -> Option<&Point> {
        match (self.choices.get(slot)?, &self.space.slots.get(slot)?.content) {
            (Choice::Value(at), Content::Value { points, .. }) => points.get(*at),
            _ => None,
        }
    }
}

/// The elements mentioned and all that they are in, those above first.
fn nodes(ground: &Ground<'_>, leaves: &[&Formula]) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = Vec::new();
    let mentioned = leaves.iter().flat_map(|leaf| leaf.elements());
    for node in mentioned.filter_map(|element| ground.mentions.get(element)) {
        for above in ground.ancestry(*node) {
            if !nodes.contains(&above) {
                nodes.push(above);
            }
        }
    }
    nodes.sort_by_key(|node| ground.ancestry(*node).len());
    nodes
}

fn asked(ground: &Ground<'_>, leaf: &Formula) -> Option<NodeId> {
    match leaf {
        Formula::Filled(element) => ground.mentions.get(*element).copied(),
        _ => None,
    }
}

fn question(leaf: &Formula) -> Option<usize> {
    match leaf {
        Formula::Opaque(question) => Some(*question),
        _ => None,
    }
}

fn position(nodes: &[NodeId], node: NodeId) -> Option<usize> {
    nodes.iter().position(|known| *known == node)
}

fn slot(
    ground: &Ground<'_>,
    node: NodeId,
    nodes: &[NodeId],
    asked: &[NodeId],
    values: &[(NodeId, Vec<Point>)],
) -> Slot {
    let known = ground.message.node(node);
    let content = match ground.facts.domain(ground.release, ground.message, node) {
        Some(domain) => {
            let found = values.iter().find(|(known, _)| *known == node);
            // Of an element of which only is asked whether it is filled, any value will do.
            let points = found.map_or_else(|| vec![Point::any()], |(_, points)| points.clone());
            Content::Value { points, may_be_blank: domain.may_be_blank() }
        }
        None => {
            let is_asked = ground.ancestry(node).iter().any(|above| asked.contains(above));
            let (can, must) = if is_asked { rest(ground, node, nodes) } else { (false, false) };
            let is_below =
                |other: &NodeId| *other != node && ground.ancestry(*other).contains(&node);
            let below = nodes.iter().enumerate().filter(|(_, other)| is_below(other));
            Content::Group { can, must, below: below.map(|(at, _)| at).collect() }
        }
    };
    Slot {
        parent: known.and_then(|known| position(nodes, known.parent?)),
        is_there: ground.ancestry(ground.node).contains(&node),
        is_mandatory: known.is_some_and(|known| known.min > 0),
        content,
    }
}

/// Whether something in a group that has no slot can be filled, and whether it must be.
fn rest(ground: &Ground<'_>, group: NodeId, nodes: &[NodeId]) -> (bool, bool) {
    let message: &Message = ground.message;
    let mut others = message.children(group).iter().filter(|child| !nodes.contains(child));
    let must = others.clone().any(|child| {
        message.node(*child).is_some_and(|child| child.min > 0)
            && ground.facts.must_fill(ground.release, ground.message, *child)
    });
    // In a release that is known in part there may be more elements.
    let can = !ground.release.is_complete || others.any(|child| can_fill(message, *child));
    (can, must)
}
