//! How long terms are, and which is longer.

use std::cmp::Ordering;

use regelwerk_model::{Rule, RuleKind, Standard, TermPart, Within};
use serde::{Serialize, Serializer};

use super::markdown::Frame;
use super::phrases;
use super::side::{Comparison, Side};

/// The term of one side beside that of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Length {
    /// The part of the term; empty of one without parts.
    pub part: String,
    /// How long it was.
    pub was: Option<HowLong>,
    /// How long it becomes.
    pub becomes: Option<HowLong>,
    /// How both compare.
    pub than: Than,
}

/// How long a term is; in JSON in Dutch words: `5 werkdagen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HowLong(pub Within);

impl Serialize for HowLong {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&phrases::how_long(self, Frame::Nl))
    }
}

/// What a term is beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Than {
    /// Longer.
    Longer,
    /// Shorter.
    Shorter,
    /// As long.
    Same,
    /// Neither is clearly longer, or one of both is not there.
    Otherwise,
}

/// The terms of rules beside those of the rule in their place, part by part. Parts of one name go
/// together, then those that are as long, then the two that are left.
pub(super) fn lengths(
    comparison: &Comparison<'_>,
    olds: &[&Rule],
    new: Option<&Rule>,
) -> Vec<Length> {
    let (standard, [from, to]) = (comparison.standard, comparison.sides);
    // Rules that follow one term have it once.
    let mut were: Vec<&TermPart> = Vec::new();
    for part in olds.iter().flat_map(|old| parts(standard, from, old)) {
        if !were.contains(&part) {
            were.push(part);
        }
    }
    let are: Vec<_> = new.into_iter().flat_map(|new| parts(standard, to, new)).collect();
    let mut pairs = Vec::new();
    let (mut left, mut right) = (were, are);
    take(&mut left, &mut right, &mut pairs, |was, is| was.label == is.label);
    take(&mut left, &mut right, &mut pairs, |was, is| {
        order(&is.within, &was.within) == Some(Ordering::Equal)
    });
    if left.len() == 1 && right.len() == 1 {
        take(&mut left, &mut right, &mut pairs, |_, _| true);
    }
    let both = pairs.into_iter().map(|(was, is)| length(Some(was), Some(is)));
    let new = right.into_iter().map(|is| length(None, Some(is)));
    let gone = left.into_iter().map(|was| length(Some(was), None));
    both.chain(new).chain(gone).collect()
}

/// Takes out the parts that go together: each of the one side with the first such of the other.
fn take<'p>(
    were: &mut Vec<&'p TermPart>,
    are: &mut Vec<&'p TermPart>,
    pairs: &mut Vec<(&'p TermPart, &'p TermPart)>,
    is_pair: impl Fn(&TermPart, &TermPart) -> bool,
) {
    are.retain(|is| match were.iter().position(|was| is_pair(was, is)) {
        None => true,
        Some(at) => {
            pairs.push((were.remove(at), is));
            false
        }
    });
}

/// The parts of the term that a rule of a side is, or that it follows.
fn parts<'a>(standard: &'a Standard, side: Side<'_>, rule: &'a Rule) -> Vec<&'a TermPart> {
    match &rule.kind {
        RuleKind::Term(parts) => side.parts(parts).collect(),
        RuleKind::Follows(codes) => {
            let rules = codes.iter().filter_map(|code| standard.rule(code));
            let terms = rules.filter_map(|rule| match &rule.kind {
                RuleKind::Term(parts) => Some(parts),
                _ => None,
            });
            terms.flat_map(|parts| side.parts(parts)).collect()
        }
        _ => Vec::new(),
    }
}

fn length(was: Option<&TermPart>, is: Option<&TermPart>) -> Length {
    let label = is.or(was).map_or("", |part| &part.label);
    let than = match (was, is) {
        (Some(was), Some(is)) => match order(&is.within, &was.within) {
            Some(Ordering::Greater) => Than::Longer,
            Some(Ordering::Less) => Than::Shorter,
            Some(Ordering::Equal) => Than::Same,
            None => Than::Otherwise,
        },
        _ => Than::Otherwise,
    };
    let long = |part: &TermPart| HowLong(part.within.clone());
    Length { part: label.to_owned(), was: was.map(long), becomes: is.map(long), than }
}

/// Which is longer, whenever they begin; nothing where that depends on the days.
fn order(one: &Within, other: &Within) -> Option<Ordering> {
    use Within::{Days, Months, Until, WorkingDays};
    match (one, other) {
        (WorkingDays(a, calendar), WorkingDays(b, same)) if calendar == same => Some(a.cmp(b)),
        (Days(a), Days(b)) | (Months(a), Months(b)) => Some(a.cmp(b)),
        // Both run until a day that is told; which day that is, their words say.
        (Until, Until) => Some(Ordering::Equal),
        (Days(days), Months(months)) => beside_months(*days, *months),
        (Months(months), Days(days)) => beside_months(*days, *months).map(Ordering::reverse),
        // So many working days never end before so many days do.
        (WorkingDays(a, _), Days(b)) if a > b => Some(Ordering::Greater),
        (Days(a), WorkingDays(b, _)) if b > a => Some(Ordering::Less),
        _ => None,
    }
}

/// Days beside months: a month has 28 days or more, and 31 or fewer.
fn beside_months(days: u16, months: u16) -> Option<Ordering> {
    let (days, months) = (u32::from(days), u32::from(months));
    match () {
        () if days > months * 31 => Some(Ordering::Greater),
        () if days < months * 28 => Some(Ordering::Less),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_depends_on_the_days_is_not_ordered() {
        let working = |days| Within::WorkingDays(days, "k".to_owned());
        let tried = [
            (working(5), working(10), Some(Ordering::Less)),
            (Within::Days(14), Within::Days(14), Some(Ordering::Equal)),
            (Within::Months(2), Within::Days(55), Some(Ordering::Greater)),
            (Within::Days(63), Within::Months(2), Some(Ordering::Greater)),
            (Within::Days(30), Within::Months(1), None),
            (working(10), Within::Days(9), Some(Ordering::Greater)),
            (working(10), Within::Days(14), None),
            (Within::Until, Within::Days(14), None),
        ];
        for (one, other, expected) in tried {
            assert_eq!(order(&one, &other), expected, "{one:?} {other:?}");
            let reverse = expected.map(Ordering::reverse);
            assert_eq!(order(&other, &one), reverse, "{other:?} {one:?}");
        }
    }
}
