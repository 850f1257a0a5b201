//! Rules: their head, their wordings, and where each is judged.

mod level;
mod wording;

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Interval, Placed, Release, Rule, RuleKind, ValueExample};
use regelwerk_syntax::ast::{self, Block, BlockKind, Clause, Line, PlaceOrList, Word};

use level::{is_remark, judged_at, level};
pub(crate) use wording::PAGE;
use wording::{at, has_wordings, is_stated, wordings};

use crate::codes::{BAD_EXAMPLE, MISSING_CLAUSE, NOTHING_TO_JUDGE, STRUCTURE, UNKNOWN_RULE};
use crate::collect::{Declarations, has_invalid, single, sources, texts};
use crate::demands::demands;
use crate::obligations::{self, Reader};
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;
use crate::{forms, given, intervals, places, references, types};

/// What the rules of a home are lowered against.
struct Ground<'a> {
    declarations: &'a Declarations<'a>,
    releases: &'a [Release],
    book: &'a Book<'a>,
    words: &'a Vocabulary,
    /// The releases of a protocol; a standard has all.
    within: Option<Interval>,
}

/// The elements that rules are for.
#[derive(Debug, Default)]
pub(crate) struct Placement {
    /// Where each wording is judged.
    pub(crate) judged: Vec<Placed>,
    /// What rules without wordings are for.
    pub(crate) stated: Vec<Placed>,
}

/// All rules of a standard, with the elements that they are for.
pub(crate) fn rules(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &mut Sink,
) -> (Vec<Rule>, Placement) {
    all(&Ground { declarations, releases: book.releases, book, words, within: None }, sink)
}

/// All rules of a protocol, which holds in these releases.
pub(crate) fn of_protocol(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    within: Interval,
    words: &Vocabulary,
    sink: &mut Sink,
) -> (Vec<Rule>, Placement) {
    let releases = book.releases;
    all(&Ground { declarations, releases, book, words, within: Some(within) }, sink)
}

fn all(ground: &Ground<'_>, sink: &mut Sink) -> (Vec<Rule>, Placement) {
    let mut placed = Placement::default();
    let blocks = ground.declarations.of(BlockKind::Rule);
    let rules = blocks.map(|block| rule(block, ground, &mut placed, sink)).collect();
    (rules, placed)
}

/// Enters wordings at their elements.
pub(crate) fn enter(placed: Vec<Placed>, releases: &mut [Release]) {
    for Placed { release, message, node, used } in placed {
        let message = releases.get_mut(release).and_then(|one| one.messages.get_mut(message));
        if let Some(node) = message.and_then(|message| message.nodes.get_mut(node.0)) {
            node.uses.push(used);
        }
    }
}

fn rule(block: &Block, ground: &Ground<'_>, placed: &mut Placement, sink: &mut Sink) -> Rule {
    let level = level(block, ground, sink);
    Rule {
        code: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        readings: texts(&block.lines, |clause| match clause {
            Clause::Reading(text) => Some(text),
            _ => None,
        }),
        deviations: texts(&block.lines, deviation),
        see: see(block, ground.declarations, sink),
        replaces: replaced(block),
        level: level.and_then(|one| u8::try_from(one.level.value).ok()),
        retourcode: level.and_then(|one| one.retourcode.as_ref()).map(|code| code.value.clone()),
        judged_at: level.and_then(|one| judged_at(one, sink)),
        nowhere: single(&block.lines, sink, |clause| match clause {
            Clause::Nowhere(why) => Some(why.value.clone()),
            _ => None,
        }),
        is_remark: is_remark(block, level.is_some(), sink),
        period: period(block, ground, sink),
        kind: kind(block, ground, placed, sink),
        demands: demands(&block.lines),
        span: block.span,
    }
}

/// The releases in which a rule holds that has no wordings.
fn period(block: &Block, ground: &Ground<'_>, sink: &mut Sink) -> Option<Interval> {
    let said = match is_stated(block) {
        true => single(&block.lines, sink, |clause| match clause {
            Clause::Valid(interval) => Some(interval),
            _ => None,
        }),
        false => None,
    };
    match (said, ground.within) {
        (None, Some(within)) => Some(within),
        (said, _) => intervals::resolve(said, ground.releases, sink),
    }
}

fn deviation(clause: &Clause) -> Option<&Word> {
    match clause {
        Clause::Deviation(text) => Some(text),
        _ => None,
    }
}

/// The rules that `vervangt:` names; [`references`] looks whether they are there.
fn replaced(block: &Block) -> Vec<String> {
    let named = block.lines.iter().flat_map(|line| references::replaced(&line.clause));
    named.map(|code| code.value.clone()).collect()
}

/// The rules of the standard that a rule of a protocol follows.
fn followed(block: &Block, ground: &Ground<'_>, sink: &mut Sink) -> Option<Vec<String>> {
    let codes = single(&block.lines, sink, |clause| match clause {
        Clause::Follows(codes) => Some(codes),
        _ => None,
    })?;
    if ground.within.is_none() {
        sink.push(
            Diagnostic::error(STRUCTURE, "de standaard zelf volgt geen standaard", block.id.span)
                .help("`volgt:` hoort in een protocol"),
        );
    }
    let base = ground.declarations.base();
    for code in codes {
        if base.is_some_and(|base| base.get(BlockKind::Rule, &code.value).is_none()) {
            let known = base.into_iter().flat_map(|base| base.ids(BlockKind::Rule));
            sink.unknown(UNKNOWN_RULE, "regel van de standaard", code, known);
        }
    }
    Some(codes.iter().map(|code| code.value.clone()).collect())
}

fn see(block: &Block, declarations: &Declarations<'_>, sink: &mut Sink) -> Vec<String> {
    let mut codes = Vec::new();
    for line in &block.lines {
        let Clause::See(words) = &line.clause else { continue };
        for word in words {
            match declarations.get(BlockKind::Rule, &word.value) {
                Some(found) if found.span == block.span => {
                    let help = "noem een andere regel, of laat `zie:` weg";
                    sink.fault(STRUCTURE, "een regel verwijst niet naar zichzelf", word.span, help);
                }
                Some(_) => codes.push(word.value.clone()),
                // It may be of another protocol; `references` looks when all are known.
                None if declarations.base().is_some() => codes.push(word.value.clone()),
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
fn kind(block: &Block, ground: &Ground<'_>, placed: &mut Placement, sink: &mut Sink) -> RuleKind {
    if block.kind == BlockKind::Term {
        return term(block, ground, placed, sink);
    }
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
    let forms = single(lines, sink, |clause| match clause {
        Clause::Forms(forms) => Some(forms),
        _ => None,
    });
    let is_order = lines.iter().any(|line| line.clause == Clause::Order);
    let says = has_wordings(block);
    if not_yet || reason.is_some() {
        state(block, ground, placed, sink);
    }
    let follows = followed(block, ground, sink);
    let ways = [
        reason.is_some(),
        not_yet,
        is_order,
        facet.is_some(),
        forms.is_some(),
        follows.is_some(),
        says,
    ];
    let ways = ways.into_iter().filter(|way| *way).count();
    if ways != 1 && !has_invalid(block) {
        let title = format!(
            "`{}` zegt {}",
            block.id.value,
            if ways == 0 { "niets" } else { "twee dingen" }
        );
        sink.push(
            Diagnostic::error(NOTHING_TO_JUDGE, title, block.id.span)
                .help("een regel heeft eisen, of een `facet:`, of een `vorm:`, of `volgorde van ontvangst`, of `volgt:`, of `niet machinaal:`, of `nog niet uitgewerkt`"),
        );
    }
    match (facet, reason) {
        (Some(facet), _) => RuleKind::Facet(
            facet.as_ref().and_then(|facet| types::facet_kind(facet, ground.releases.last(), sink)),
            values(lines, sink),
        ),
        (_, Some(reason)) => RuleKind::NotByMachine(reason),
        _ if follows.is_some() => RuleKind::Follows(follows.unwrap_or_default()),
        _ if forms.is_some() => forms::rule(forms.map_or(&[], Vec::as_slice), lines, sink),
        _ if is_order => RuleKind::Order,
        _ if says => RuleKind::Judged(wordings(block, ground, placed, sink)),
        _ => RuleKind::NotYet,
    }
}

/// What a `termijn` says, and the elements that open it.
fn term(block: &Block, ground: &Ground<'_>, placed: &mut Placement, sink: &mut Sink) -> RuleKind {
    for (places, valid) in obligations::places(block) {
        // What is wrong with the period is told where the term itself is read.
        let quiet = &mut Sink::default();
        let all = match valid {
            Some(_) => intervals::resolve(valid, ground.releases, quiet),
            None => period(block, ground, quiet),
        };
        state_at(places, all, block, ground, placed, sink);
    }
    let Ground { declarations, book, words, .. } = *ground;
    RuleKind::Term(Reader { declarations, book, words }.parts(block, sink))
}

/// The elements that a rule without wordings is for. A rule of a level that is still to come says
/// so of the messages that it is for, and must therefore name them.
fn state(block: &Block, ground: &Ground<'_>, placed: &mut Placement, sink: &mut Sink) {
    let places = single(&block.lines, sink, |clause| match clause {
        Clause::Places(places) => Some(places),
        _ => None,
    });
    let Some(places) = places else {
        let has_level = block.lines.iter().any(|line| matches!(line.clause, Clause::Level(..)));
        if has_level && !has_invalid(block) {
            no_places(block, sink);
        }
        return;
    };
    // What is wrong with the period is told where the rule itself is read.
    let all = period(block, ground, &mut Sink::default());
    state_at(places, all, block, ground, placed, sink);
}

fn state_at(
    places: &[PlaceOrList],
    all: Option<Interval>,
    block: &Block,
    ground: &Ground<'_>,
    placed: &mut Placement,
    sink: &mut Sink,
) {
    let Some((interval, places)) = all.zip(ground.words.places(places, sink)) else { return };
    let Some(spots) = places::resolve(&places, interval, ground.releases, sink) else { return };
    placed.stated.extend(at(block, 0, &spots));
}

fn no_places(block: &Block, sink: &mut Sink) {
    let title = format!("`{}` zegt niet waarvoor", block.id.value);
    sink.push(
        Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
            .help("voeg een regel `voor: BERICHT / Element` toe"),
    );
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
                let help = "een regel van niveau 1 kijkt naar één waarde: `voorbeeld goed: \"2026-04-01\"`";
                sink.fault(BAD_EXAMPLE, title, line.span, help);
            }
            _ => {}
        }
    }
    given::twice(examples.iter().map(|one| (&one.value, one.is_good, one.span)), sink);
    examples
}
