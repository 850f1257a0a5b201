//! How long terms are, and which is longer.

use std::cmp::Ordering;

use regelwerk_model::{Rule, RuleKind, Standard, TermPart, Within};
use serde::Serialize;

/// The term of one side beside that of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Length {
    /// The part of the term; empty of one without parts.
    pub part: String,
    /// How long it was: `5 werkdagen`.
    pub was: Option<String>,
    /// How long it becomes.
    pub becomes: Option<String>,
    /// How both compare.
    pub than: Than,
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

/// The terms of rules beside those of the rule in their place, part by part.
pub(super) fn lengths(standard: &Standard, olds: &[&Rule], new: Option<&Rule>) -> Vec<Length> {
    let were: Vec<_> = olds.iter().flat_map(|old| parts(standard, old)).collect();
    let are: Vec<_> = new.into_iter().flat_map(|new| parts(standard, new)).collect();
    if let ([was], [is]) = (were.as_slice(), are.as_slice()) {
        return vec![length(Some(was), Some(is))];
    }
    let beside = |is: &&TermPart| were.iter().copied().find(|was| was.label == is.label);
    let mut lengths: Vec<_> = are.iter().map(|is| length(beside(is), Some(is))).collect();
    let gone = were.iter().filter(|was| are.iter().all(|is| is.label != was.label));
    lengths.extend(gone.map(|was| length(Some(was), None)));
    lengths
}

/// The parts of the term that a rule is, or that it follows.
fn parts<'a>(standard: &'a Standard, rule: &'a Rule) -> Vec<&'a TermPart> {
    match &rule.kind {
        RuleKind::Term(parts) => parts.iter().collect(),
        RuleKind::Follows(codes) => {
            let rules = codes.iter().filter_map(|code| standard.rule(code));
            let terms = rules.filter_map(|rule| match &rule.kind {
                RuleKind::Term(parts) => Some(parts),
                _ => None,
            });
            terms.flatten().collect()
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
    let shown = |part: &TermPart| shown(&part.within);
    Length { part: label.to_owned(), was: was.map(shown), becomes: is.map(shown), than }
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

fn shown(within: &Within) -> String {
    let counted = |count: u16, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    match within {
        Within::WorkingDays(count, _) => counted(*count, "werkdag", "werkdagen"),
        Within::Days(count) => counted(*count, "dag", "dagen"),
        Within::Months(count) => counted(*count, "maand", "maanden"),
        Within::Until => "tot een genoemde dag".to_owned(),
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
