//! How one side tells a rule.

use regelwerk_model::{Rule, RuleKind, Use};

use super::markdown::Frame;
use super::side::{Comparison, Side, Spot};
use super::{Followed, How, Told, elements, phrases, words};

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
        follows: follows(comparison, &how),
        is_remark: rule.is_remark,
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

/// The rules of the standard that judge it.
fn follows(comparison: &Comparison<'_>, how: &How) -> Vec<Followed> {
    let How::Follows(codes) = how else { return Vec::new() };
    let followed = codes.iter().filter_map(|code| comparison.standard.rule(code));
    let told = |rule: &Rule| Followed { code: rule.code.clone(), title: rule.title.clone() };
    followed.map(told).collect()
}

/// What it demands: between releases of one rule, only the wordings that hold, and where each
/// message has a pattern of its own those.
fn demands(
    comparison: &Comparison<'_>,
    side: Side<'_>,
    rule: &Rule,
    spots: &[Spot<'_>],
) -> Vec<String> {
    match (&rule.kind, side) {
        (RuleKind::Judged(wordings), Side::Release(_)) if wordings.len() > 1 => {
            let used: Vec<_> = spots.iter().filter_map(|spot| spot.used).collect();
            let held = wordings.iter().enumerate();
            let held = held.filter(|(at, _)| used.iter().any(|one: &&Use| one.wording == *at));
            let mut spans: Vec<_> =
                held.flat_map(|(_, wording)| wording.demands.iter().copied()).collect();
            spans.sort_unstable();
            spans.dedup();
            words::lines(&spans, comparison.sources)
        }
        (RuleKind::Term(parts), Side::Release(_))
            if parts.iter().any(|part| part.interval.is_some()) =>
        {
            let spans: Vec<_> =
                side.parts(parts).flat_map(|part| part.demands.iter().copied()).collect();
            words::lines(&spans, comparison.sources)
        }
        (RuleKind::Facet(None, _), Side::Release(_)) => patterns(&rule.code, spots),
        _ => words::lines(&rule.demands, comparison.sources),
    }
}

/// What a rule demands that is another pattern for each message, each once.
fn patterns(code: &str, spots: &[Spot<'_>]) -> Vec<String> {
    let facets = spots.iter().flat_map(|spot| {
        let release = spot.place.maker.release;
        spot.facets(code).into_iter().map(|kind| elements::limit(release, kind))
    });
    let mut told: Vec<_> = facets.map(|limit| phrases::limit(&limit, Frame::Nl)).collect();
    told.sort();
    told.dedup();
    told
}
