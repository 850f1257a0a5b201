//! How one side tells a rule.

use regelwerk_model::{Rule, RuleKind};

use super::side::{Comparison, Side, Spot};
use super::{How, Told, words};

/// A rule as a side tells it, and where.
pub(super) fn told<'a>(
    comparison: &Comparison<'a>,
    side: Side<'a>,
    rule: &Rule,
    spots: &[Spot<'a>],
) -> Told {
    let mut places: Vec<_> = spots.iter().map(Spot::shown).collect();
    places.sort();
    places.dedup();
    let line = comparison.sources.position(rule.span).line;
    let how = how(rule);
    Told {
        code: rule.code.clone(),
        title: rule.title.clone(),
        sources: rule.sources.clone(),
        demands: demands(comparison, side, rule, spots),
        places,
        judged_by: judged_by(rule, &how),
        how,
        deviations: rule.deviations.clone(),
        level: rule.level,
        retourcode: rule.retourcode.clone(),
        written_at: format!("{}:{line}", comparison.sources.shown(rule.span.source)),
    }
}

fn how(rule: &Rule) -> How {
    match &rule.kind {
        RuleKind::Judged(_) | RuleKind::Facet(..) | RuleKind::Form(..) | RuleKind::Order => {
            How::Judged
        }
        RuleKind::Term(_) => How::Term,
        RuleKind::Follows(codes) => How::Follows(codes.clone()),
        RuleKind::NotByMachine(why) => How::NotByMachine(why.clone()),
        RuleKind::NotYet => How::NotYet,
    }
}

fn judged_by(rule: &Rule, how: &How) -> Vec<String> {
    match how {
        How::Judged | How::Term => vec![rule.code.clone()],
        How::Follows(codes) => codes.clone(),
        How::NotByMachine(_) | How::NotYet => Vec::new(),
    }
}

/// What it demands: between releases of one rule, only the wordings that hold.
fn demands(
    comparison: &Comparison<'_>,
    side: Side<'_>,
    rule: &Rule,
    spots: &[Spot<'_>],
) -> Vec<String> {
    match (&rule.kind, side) {
        (RuleKind::Judged(wordings), Side::Release(_)) if wordings.len() > 1 => {
            let mut held: Vec<_> =
                spots.iter().filter_map(|spot| spot.used).map(|used| used.wording).collect();
            held.sort_unstable();
            held.dedup();
            let held = held.into_iter().filter_map(|at| wordings.get(at));
            held.flat_map(|one| words::wording(one, comparison.sources)).collect()
        }
        _ => words::demands(comparison.sources.slice(rule.span)),
    }
}
