//! The values of an element that matter: those that rules name, and some beside them.

use std::collections::BTreeSet;

use regelwerk_model::{Base, FacetKind, NodeId};

use super::facts::Domain;
use super::formula::{Formula, Operand, Scalar};
use super::ground::Ground;

/// A value that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) value: Scalar,
    /// Whether the element is sure to be able to have it.
    pub(super) is_sure: bool,
}

impl Point {
    /// A value of which nothing is asked.
    pub(super) fn any() -> Self {
        Self { value: Scalar::At(0), is_sure: true }
    }
}

/// Texts to try as one that no rule names.
const TRIES: [&str; 4] = ["x", "Xy", "7", "12345678"];

/// An element whose value is compared.
struct Member<'a> {
    node: NodeId,
    domain: Domain<'a>,
}

/// Elements that are compared with each other, directly or not, and the values named beside them.
#[derive(Default)]
struct Family<'a> {
    members: Vec<Member<'a>>,
    sets: Vec<Vec<Scalar>>,
}

/// For every element whose value is compared the values that matter; none when they cannot be
/// told.
pub(super) fn points(
    ground: &Ground<'_>,
    leaves: &[&Formula],
) -> Option<Vec<(NodeId, Vec<Point>)>> {
    let mut all = Vec::new();
    for elements in families(leaves) {
        let family = family(ground, &elements, leaves)?;
        let is_text = family.members.iter().any(|member| member.domain.base == Base::Text);
        let found = if is_text { texts(&family)? } else { marks(&family) };
        all.extend(found);
    }
    all.iter().all(|(_, points)| !points.is_empty()).then_some(all)
}

/// Sets of elements that are compared with each other.
fn families(leaves: &[&Formula]) -> Vec<BTreeSet<usize>> {
    let mut families: Vec<BTreeSet<usize>> = Vec::new();
    for leaf in leaves.iter().filter(|leaf| !matches!(leaf, Formula::Filled(_))) {
        let mut joined: BTreeSet<_> = leaf.elements().into_iter().collect();
        if joined.is_empty() {
            continue;
        }
        families.retain(|family| {
            let is_apart = family.is_disjoint(&joined);
            if !is_apart {
                joined.extend(family);
            }
            is_apart
        });
        families.push(joined);
    }
    families
}

fn family<'a>(
    ground: &Ground<'a>,
    elements: &BTreeSet<usize>,
    leaves: &[&Formula],
) -> Option<Family<'a>> {
    let mut family = Family::default();
    for element in elements {
        let node = *ground.mentions.get(*element)?;
        let domain = ground.facts.domain(ground.release, ground.message, node)?;
        family.members.push(Member { node, domain });
    }
    let own = |element: &usize| elements.contains(element);
    for leaf in leaves {
        match leaf {
            Formula::OneOf(element, values) if own(element) => family.sets.push(values.clone()),
            Formula::Compare(_, Operand::Element(element), Operand::Constant(value))
            | Formula::Compare(_, Operand::Constant(value), Operand::Element(element))
                if own(element) =>
            {
                family.sets.push(vec![value.clone()]);
            }
            _ => {}
        }
    }
    Some(family)
}

/// Texts: of those that no condition tells apart, as many as there are elements. None where code
/// lists of many elements would have to be matched.
fn texts(family: &Family<'_>) -> Option<Vec<(NodeId, Vec<Point>)>> {
    let room = family.members.len();
    if room > 2 && family.members.iter().any(|member| !member.domain.lists.is_empty()) {
        return None;
    }
    // A rule sees a text without the white space round it, and a blank one as empty.
    let is_plain = |text: &str| !text.is_empty() && text.trim() == text;
    let fits = |text: &str, member: &Member<'_>| is_plain(text) && member.domain.fits(text);
    let mut chosen: Vec<&str> = Vec::new();
    for class in classes(family) {
        let for_all = class.iter().filter(|text| family.members.iter().all(|one| fits(text, one)));
        chosen.extend(for_all.take(room));
        for member in &family.members {
            chosen.extend(class.iter().filter(|text| fits(text, member)).take(room));
        }
    }
    let chosen: BTreeSet<_> = chosen.into_iter().collect();
    let of_member = |member: &Member<'_>| {
        let fitting = chosen.iter().filter(|text| fits(text, member));
        let mut points: Vec<_> = fitting
            .map(|text| Point { value: Scalar::Text((*text).to_owned()), is_sure: true })
            .collect();
        let named = |point: &Point| family.sets.iter().any(|set| set.contains(&point.value));
        let has_other = room == 1 && !points.iter().all(named);
        if member.domain.lists.is_empty() && !has_other {
            // Some other text; whether the type allows one is not known.
            points.extend(
                (0..room)
                    .map(|n| Point { value: Scalar::Text(format!("\u{0}{n}")), is_sure: false }),
            );
        }
        (member.node, points)
    };
    Some(family.members.iter().map(of_member).collect())
}

/// Texts that may be of use, those together that are in the same sets and code lists.
fn classes<'f>(family: &'f Family<'_>) -> Vec<Vec<&'f str>> {
    let named = family.sets.iter().flatten().filter_map(|value| match value {
        Scalar::Text(text) => Some(text.as_str()),
        Scalar::At(_) => None,
    });
    let sets: Vec<BTreeSet<&Scalar>> = family.sets.iter().map(|set| set.iter().collect()).collect();
    let lists: Vec<_> =
        family.members.iter().flat_map(|member| member.domain.lists.iter().copied()).collect();
    let coded = lists.iter().flat_map(|list| list.codes.iter().map(|(code, _)| code.as_str()));
    let samples = family.members.iter().map(|member| member.domain.sample);
    let texts: BTreeSet<_> = named.chain(coded).chain(TRIES).chain(samples).collect();
    let mut classes: Vec<(Vec<bool>, Vec<&str>)> = Vec::new();
    for text in texts {
        let scalar = Scalar::Text(text.to_owned());
        let in_sets = sets.iter().map(|set| set.contains(&scalar));
        let signature: Vec<_> = in_sets.chain(lists.iter().map(|list| list.has(text))).collect();
        match classes.iter_mut().find(|(known, _)| *known == signature) {
            Some((_, class)) => class.push(text),
            None => classes.push((signature, vec![text])),
        }
    }
    classes.into_iter().map(|(_, class)| class).collect()
}

/// Numbers, days or seconds: those named, and as many round each as there are elements, so that
/// any order can be had.
fn marks(family: &Family<'_>) -> Vec<(NodeId, Vec<Point>)> {
    let room = i64::try_from(family.members.len()).unwrap_or(i64::MAX);
    let named: BTreeSet<_> = family.sets.iter().flatten().filter_map(mark).collect();
    let ends = family.members.iter().flat_map(|member| {
        let (least, most) = bounds(&member.domain);
        [least, most].into_iter().flatten()
    });
    let mut round: BTreeSet<_> = named.iter().copied().chain(ends).collect();
    if round.is_empty() {
        // Any day will do.
        round.insert(738_000);
    }
    let near = |mark: &i64| (-room..=room).map(|by| mark.saturating_add(by)).collect::<Vec<_>>();
    let line: BTreeSet<_> = round.iter().flat_map(near).collect();
    let of_member = |member: &Member<'_>| {
        let (least, most) = bounds(&member.domain);
        let has_form = member.domain.base == Base::Integer
            && member
                .domain
                .facets
                .iter()
                .any(|facet| !matches!(facet, FacetKind::Min(_) | FacetKind::Max(_)));
        let within = |mark: &&i64| {
            least.is_none_or(|least| **mark >= least) && most.is_none_or(|most| **mark <= most)
        };
        let point = |mark: &i64| Point {
            value: Scalar::At(*mark),
            is_sure: !has_form || named.contains(mark),
        };
        (member.node, line.iter().filter(within).map(point).collect())
    };
    family.members.iter().map(of_member).collect()
}

fn mark(value: &Scalar) -> Option<i64> {
    match value {
        Scalar::At(mark) => Some(*mark),
        Scalar::Text(_) => None,
    }
}

/// The least and the most that an element can have.
fn bounds(domain: &Domain<'_>) -> (Option<i64>, Option<i64>) {
    if domain.base == Base::Time {
        return (Some(0), Some(86_399));
    }
    let least = domain.facets.iter().filter_map(|facet| match facet {
        FacetKind::Min(least) => Some(*least),
        _ => None,
    });
    let most = domain.facets.iter().filter_map(|facet| match facet {
        FacetKind::Max(most) => Some(*most),
        _ => None,
    });
    (least.max(), most.min())
}
