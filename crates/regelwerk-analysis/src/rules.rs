//! Rules: their head, their wordings, and where each is judged.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Interval, Release, Rule, RuleKind, Use, ValueExample, Wording};
use regelwerk_syntax::ast::{self, Block, BlockKind, Clause, Line};

use crate::codes::{
    BAD_EXAMPLE, BAD_LEVEL, MISSING_CLAUSE, NOTHING_TO_JUDGE, OVERLAP, STRUCTURE, UNKNOWN_RULE,
};
use crate::collect::{Declarations, has_invalid, single, sources, texts};
use crate::paths::Scope;
use crate::places::Spots;
use crate::sink::Sink;
use crate::{body, examples, intervals, places, types};

/// All rules; each wording is entered at the elements where it is judged.
pub(crate) fn rules(
    declarations: &Declarations<'_>,
    releases: &mut [Release],
    sink: &mut Sink,
) -> Vec<Rule> {
    let blocks = declarations.of(BlockKind::Rule);
    blocks.map(|block| rule(block, declarations, releases, sink)).collect()
}

fn rule(
    block: &Block,
    declarations: &Declarations<'_>,
    releases: &mut [Release],
    sink: &mut Sink,
) -> Rule {
    let level = single(&block.lines, sink, |clause| match clause {
        Clause::Level(level, retourcode) => Some((level, retourcode)),
        _ => None,
    });
    if let Some((level, _)) = level
        && !(1..=4).contains(&level.value)
    {
        let title = format!("niveau {} bestaat niet", level.value);
        sink.push(
            Diagnostic::error(BAD_LEVEL, title, level.span).help("niveaus zijn 1 tot en met 4"),
        );
    }
    Rule {
        code: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        readings: texts(&block.lines, |clause| match clause {
            Clause::Reading(text) => Some(text),
            _ => None,
        }),
        deviations: texts(&block.lines, |clause| match clause {
            Clause::Deviation(text) => Some(text),
            _ => None,
        }),
        see: see(block, declarations, sink),
        level: level.and_then(|(level, _)| u8::try_from(level.value).ok()),
        retourcode: level.and_then(|(_, code)| code.as_ref()).map(|code| code.value.clone()),
        kind: kind(block, releases, sink),
        span: block.span,
    }
}

fn see(block: &Block, declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<String> {
    let mut codes = Vec::new();
    for line in &block.lines {
        let Clause::See(words) = &line.clause else { continue };
        for word in words {
            match declarations.get(BlockKind::Rule, &word.value) {
                Some(_) => codes.push(word.value.clone()),
                None => {
                    let known = declarations.ids(BlockKind::Rule);
                    sink.unknown(UNKNOWN_RULE, "regel", word, known);
                }
            }
        }
    }
    codes
}

/// How a rule is judged: exactly one of the ways.
fn kind(block: &Block, releases: &mut [Release], sink: &mut Sink) -> RuleKind {
    let lines = &block.lines;
    let reason = single(lines, sink, |clause| match clause {
        Clause::NotByMachine(reason) => Some(reason.value.clone()),
        _ => None,
    });
    let not_yet = lines.iter().any(|line| line.clause == Clause::NotYet);
    let facet = single(lines, sink, |clause| match clause {
        Clause::Facet(facet) => Some(facet),
        _ => None,
    });
    let says = lines.iter().any(|line| says_something(&line.clause));
    let ways = [reason.is_some(), not_yet, facet.is_some(), says];
    let ways = ways.into_iter().filter(|way| *way).count();
    if ways != 1 && !has_invalid(block) {
        let title = format!(
            "`{}` zegt {}",
            block.id.value,
            if ways == 0 { "niets" } else { "twee dingen" }
        );
        sink.push(
            Diagnostic::error(NOTHING_TO_JUDGE, title, block.id.span)
                .help("een regel heeft eisen, of een `facet:`, of `niet machinaal:`, of `nog niet uitgewerkt`"),
        );
    }
    match (facet, reason) {
        (Some(facet), _) => RuleKind::Facet(
            facet.as_ref().and_then(|facet| types::facet_kind(facet, releases.last(), sink)),
            values(lines, sink),
        ),
        (_, Some(reason)) => RuleKind::NotByMachine(reason),
        _ if says => RuleKind::Judged(wordings(block, releases, sink)),
        _ => RuleKind::NotYet,
    }
}

fn says_something(clause: &Clause) -> bool {
    matches!(
        clause,
        Clause::If(_)
            | Clause::Must(_)
            | Clause::Requirement(..)
            | Clause::Places(_)
            | Clause::Valid(_)
    )
}

/// The examples of a rule that stands for a facet.
fn values(lines: &[Line], sink: &mut Sink) -> Vec<ValueExample> {
    let mut examples = Vec::new();
    for line in lines {
        match &line.clause {
            Clause::Example(is_good, ast::Example::Value(value)) => examples.push(ValueExample {
                is_good: *is_good,
                value: value.value.clone(),
                span: line.span,
            }),
            Clause::Example(..) => {
                let title = "hier hoort een losse waarde tussen aanhalingstekens";
                sink.error(BAD_EXAMPLE, title, line.span);
            }
            _ => {}
        }
    }
    examples
}

/// The wordings of a rule: each `geldig:` with what is under it, or the rule itself.
fn wordings(block: &Block, releases: &mut [Release], sink: &mut Sink) -> Vec<Wording> {
    let mut wordings: Vec<Wording> = Vec::new();
    let dated: Vec<_> =
        block.lines.iter().filter(|line| matches!(line.clause, Clause::Valid(_))).collect();
    if dated.is_empty() {
        let Some(interval) = intervals::resolve(None, releases, sink) else { return wordings };
        wordings.extend(wording(block, &block.lines, interval, 0, releases, sink));
        return wordings;
    }
    check_outside(block, sink);
    for line in dated {
        let Clause::Valid(valid) = &line.clause else { continue };
        let Some(interval) = intervals::resolve(Some(valid), releases, sink) else { continue };
        if wordings.iter().any(|earlier| earlier.interval.overlaps(interval)) {
            let title = "deze tekst geldt tegelijk met een andere tekst van deze regel";
            sink.error(OVERLAP, title, line.span);
        }
        let number = wordings.len();
        wordings.extend(wording(block, &line.body, interval, number, releases, sink));
    }
    wordings
}

/// Beside dated wordings nothing may be said without a date.
fn check_outside(block: &Block, sink: &mut Sink) {
    for line in &block.lines {
        let is_part = says_something(&line.clause) || matches!(line.clause, Clause::Example(..));
        if is_part && !matches!(line.clause, Clause::Valid(_)) {
            sink.push(
                Diagnostic::error(STRUCTURE, "dit staat buiten elke `geldig:`", line.span)
                    .help("spring het in onder de `geldig:` waar het bij hoort"),
            );
        }
    }
}

fn wording(
    block: &Block,
    lines: &[Line],
    interval: Interval,
    number: usize,
    releases: &mut [Release],
    sink: &mut Sink,
) -> Option<Wording> {
    let places = single(lines, sink, |clause| match clause {
        Clause::Places(places) => Some(places),
        _ => None,
    });
    let Some(places) = places else {
        if !has_invalid(block) {
            let title = format!("`{}` zegt niet waarvoor", block.id.value);
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                    .help("voeg een regel `voor: BERICHT / Element` toe"),
            );
        }
        return None;
    };
    let spots = places::resolve(places, interval, releases, sink)?;
    let scope = Scope::new(releases, &spots);
    let body = body::steps(lines, &scope, sink);
    let examples = examples::fields(lines, releases, &spots, sink);
    enter(block, number, &spots, releases);
    Some(Wording { interval, params: spots.params, body, examples })
}

/// Enters a wording at its elements.
fn enter(block: &Block, wording: usize, spots: &Spots, releases: &mut [Release]) {
    for spot in &spots.list {
        let message =
            releases.get_mut(spot.release).and_then(|one| one.messages.get_mut(spot.message));
        if let Some(node) = message.and_then(|message| message.nodes.get_mut(spot.node.0)) {
            let rule = block.id.value.clone();
            node.uses.push(Use { rule, wording, params: spot.params.clone() });
        }
    }
}
