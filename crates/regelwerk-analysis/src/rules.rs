//! Rules: their head, their wordings, and where each is judged.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{
    Asked, Example, Interval, Placed, Release, Rule, RuleKind, Use, ValueExample, Wording,
};
use regelwerk_syntax::ast::{self, Block, BlockKind, Clause, Line, PlaceOrList, Word};

use crate::codes::{
    BAD_EXAMPLE, BAD_LEVEL, MISSING_CLAUSE, NOTHING_TO_JUDGE, OVERLAP, STRUCTURE, UNKNOWN_RULE,
    UNTESTED,
};
use crate::collect::{Declarations, has_invalid, single, sources, texts};
use crate::obligations::{self, Reader};
use crate::paths::Scope;
use crate::places::Spots;
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;
use crate::{body, examples, forms, intervals, places, types};

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
        level: level.and_then(|one| u8::try_from(one.level.value).ok()),
        retourcode: level.and_then(|one| one.retourcode.as_ref()).map(|code| code.value.clone()),
        judged_at: level.and_then(|one| judged_at(one, sink)),
        nowhere: single(&block.lines, sink, |clause| match clause {
            Clause::Nowhere(why) => Some(why.value.clone()),
            _ => None,
        }),
        is_remark: is_remark(block, level.is_some(), sink),
        kind: kind(block, ground, placed, sink),
        span: block.span,
    }
}

fn deviation(clause: &Clause) -> Option<&Word> {
    match clause {
        Clause::Deviation(text) => Some(text),
        _ => None,
    }
}

/// The level and retourcode; a rule of a protocol has neither.
fn level<'b>(block: &'b Block, ground: &Ground<'_>, sink: &mut Sink) -> Option<&'b ast::Level> {
    let found = single(&block.lines, sink, |clause| match clause {
        Clause::Level(level) => Some(level),
        _ => None,
    });
    if block.kind == BlockKind::Term {
        return None;
    }
    let has_facet = block.lines.iter().any(|line| matches!(line.clause, Clause::Facet(_)));
    let is_remark = block.lines.iter().any(|line| line.clause == Clause::Remark);
    let is_judged = has_facet || (has_wordings(block) && !is_remark);
    if found.is_none() && is_judged && ground.within.is_none() && !has_invalid(block) {
        let title = format!("`{}` heeft geen `niveau:`", block.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                .help("voeg toe: `niveau: 2 met retourcode 0001`"),
        );
    }
    let found = found?;
    let ast::Level { level, retourcode, .. } = found;
    let fault = if ground.within.is_some() {
        Some(("een regel van een protocol heeft geen niveau".to_owned(), "haal `niveau:` weg"))
    } else if (1..=4).contains(&level.value) {
        None
    } else {
        Some((format!("niveau {} bestaat niet", level.value), "niveaus zijn 1 tot en met 4"))
    };
    if let Some(code) = retourcode
        && !is_retourcode(&code.value)
    {
        let title = format!("retourcode `{}` bestaat niet", code.value);
        sink.push(
            Diagnostic::error(BAD_LEVEL, title, code.span)
                .help("een retourcode is vier cijfers of hoofdletters, zoals `0001` of `S300`"),
        );
    }
    if let Some((title, help)) = fault {
        sink.push(Diagnostic::error(BAD_LEVEL, title, level.span).help(help));
    }
    Some(found)
}

/// `ernst: opmerking` is for a rule without a level.
fn is_remark(block: &Block, has_level: bool, sink: &mut Sink) -> bool {
    let found = single(&block.lines, sink, |clause| match clause {
        Clause::Remark => Some(()),
        _ => None,
    });
    let line = block.lines.iter().find(|line| line.clause == Clause::Remark);
    if let Some(line) = line.filter(|_| has_level) {
        sink.push(
            Diagnostic::error(
                BAD_LEVEL,
                "een regel met een niveau geeft geen opmerking",
                line.span,
            )
            .help("laat `ernst:` of `niveau:` weg"),
        );
    }
    found.is_some()
}

/// The level that a rule is judged with: a lower one, at which its message fits the schema.
fn judged_at(found: &ast::Level, sink: &mut Sink) -> Option<u8> {
    let at = found.judged_at.as_ref()?;
    if !(2..found.level.value).contains(&at.value) {
        let title = format!(
            "een regel van niveau {} wordt niet eerder beoordeeld op niveau {}",
            found.level.value, at.value
        );
        sink.push(
            Diagnostic::error(BAD_LEVEL, title, at.span)
                .help("noem een lager niveau, vanaf 2, of laat dit weg"),
        );
    }
    u8::try_from(at.value).ok()
}

/// Four digits or capitals: most codes look like a number, not all do (`S300`).
fn is_retourcode(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
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
    let ways = [reason.is_some(), not_yet, is_order, facet.is_some(), forms.is_some(), says];
    let ways = ways.into_iter().filter(|way| *way).count();
    if ways != 1 && !has_invalid(block) {
        let title = format!(
            "`{}` zegt {}",
            block.id.value,
            if ways == 0 { "niets" } else { "twee dingen" }
        );
        sink.push(
            Diagnostic::error(NOTHING_TO_JUDGE, title, block.id.span)
                .help("een regel heeft eisen, of een `facet:`, of een `vorm:`, of `volgorde van ontvangst`, of `niet machinaal:`, of `nog niet uitgewerkt`"),
        );
    }
    match (facet, reason) {
        (Some(facet), _) => RuleKind::Facet(
            facet.as_ref().and_then(|facet| types::facet_kind(facet, ground.releases.last(), sink)),
            values(lines, sink),
        ),
        (_, Some(reason)) => RuleKind::NotByMachine(reason),
        _ if forms.is_some() => forms::rule(forms.map_or(&[], Vec::as_slice), lines, sink),
        _ if is_order => RuleKind::Order,
        _ if says => RuleKind::Judged(wordings(block, ground, placed, sink)),
        _ => RuleKind::NotYet,
    }
}

/// What a `termijn` says, and the elements that open it.
fn term(block: &Block, ground: &Ground<'_>, placed: &mut Placement, sink: &mut Sink) -> RuleKind {
    if ground.within.is_some() {
        sink.push(
            Diagnostic::error(STRUCTURE, "een protocol heeft geen eigen termijnen", block.id.span)
                .help("zet de termijn in de map van de standaard"),
        );
    }
    for places in obligations::places(block) {
        state_at(places, block, ground, placed, sink);
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
    state_at(places, block, ground, placed, sink);
}

fn state_at(
    places: &[PlaceOrList],
    block: &Block,
    ground: &Ground<'_>,
    placed: &mut Placement,
    sink: &mut Sink,
) {
    let all = ground.within.or_else(|| intervals::resolve(None, ground.releases, sink));
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

/// A wording at its spots.
fn at(block: &Block, wording: usize, spots: &Spots) -> impl Iterator<Item = Placed> {
    spots.list.iter().map(move |spot| Placed {
        release: spot.release,
        message: spot.message,
        node: spot.node,
        used: Use { rule: block.id.value.clone(), wording, params: spot.params.clone() },
    })
}

/// A rule without examples is a rule that nobody has tried.
fn untested(block: &Block, examples: &[Example], lines: &[Line], sink: &mut Sink) {
    let written = lines.iter().filter(|line| matches!(line.clause, Clause::Example(..))).count();
    let lacks = |is_good| !examples.iter().any(|example| example.is_good == is_good);
    let lacking: Vec<_> = [(true, "`voorbeeld goed:`"), (false, "`voorbeeld fout:`")]
        .into_iter()
        .filter_map(|(is_good, keyword)| lacks(is_good).then_some(keyword))
        .collect();
    if !lacking.is_empty() && written == examples.len() && !has_invalid(block) {
        let title = format!("`{}` heeft geen {}", block.id.value, lacking.join(" en geen "));
        sink.push(
            Diagnostic::warning(UNTESTED, title, block.id.span)
                .help("een regel is pas af als een voorbeeld goed en een voorbeeld fout is"),
        );
    }
}

/// A rule that asks for more than the message itself cannot be tried on one message, nor judged
/// before levels 1 and 2 hold.
fn asks(block: &Block, lines: &[Line], ground: &Ground<'_>, sink: &mut Sink) {
    for line in lines.iter().filter(|line| matches!(line.clause, Clause::Example(..))) {
        sink.push(
            Diagnostic::error(
                BAD_EXAMPLE,
                "deze regel kijkt verder dan het bericht zelf",
                line.span,
            )
            .help(format!("laat hem zien in een `scenario` met `over: {}`", block.id.value)),
        );
    }
    let level = block.lines.iter().find_map(|line| match &line.clause {
        Clause::Level(level) => Some(level),
        _ => None,
    });
    if let Some(ast::Level { level, judged_at, .. }) = level.filter(|_| ground.within.is_none())
        && judged_at.as_ref().unwrap_or(level).value < 3
    {
        sink.push(
            Diagnostic::error(
                BAD_LEVEL,
                "een regel van dit niveau kijkt alleen in het bericht zelf",
                level.span,
            )
            .help("eerdere berichten horen bij niveau 3, gegevens van buiten bij niveau 4"),
        );
    }
}

/// Whether a rule has wordings; one that only states its places has none.
fn has_wordings(block: &Block) -> bool {
    let is_stated = block
        .lines
        .iter()
        .any(|line| matches!(line.clause, Clause::NotYet | Clause::NotByMachine(_)));
    let says = |line: &Line| {
        says_something(&line.clause) && !(is_stated && matches!(line.clause, Clause::Places(_)))
    };
    block.lines.iter().any(says)
}

fn says_something(clause: &Clause) -> bool {
    matches!(
        clause,
        Clause::If(_)
            | Clause::Must(_)
            | Clause::MustAt(..)
            | Clause::Requirement(..)
            | Clause::Bind(..)
            | Clause::Let(..)
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
fn wordings(
    block: &Block,
    ground: &Ground<'_>,
    placed: &mut Placement,
    sink: &mut Sink,
) -> Vec<Wording> {
    let mut wordings: Vec<Wording> = Vec::new();
    let dated: Vec<_> =
        block.lines.iter().filter(|line| matches!(line.clause, Clause::Valid(_))).collect();
    if dated.is_empty() {
        let all = ground.within.or_else(|| intervals::resolve(None, ground.releases, sink));
        let Some(interval) = all else { return wordings };
        for lines in by_places(block, sink) {
            let number = wordings.len();
            wordings.extend(wording(block, &lines, (interval, number), ground, placed, sink));
        }
        return wordings;
    }
    check_outside(block, sink);
    for line in dated {
        let Clause::Valid(valid) = &line.clause else { continue };
        let Some(interval) = intervals::resolve(Some(valid), ground.releases, sink) else {
            continue;
        };
        if wordings.iter().any(|earlier| earlier.interval.overlaps(interval)) {
            let title = "deze tekst geldt tegelijk met een andere tekst van deze regel";
            sink.error(OVERLAP, title, line.span);
        }
        if let Some(before) = wordings.iter().map(|earlier| earlier.interval.last).max()
            && before + 1 < interval.first
        {
            sink.push(
                Diagnostic::error(OVERLAP, "tussen deze tekst en de vorige zit een gat", line.span)
                    .help("geef ook de releases ertussen een tekst, of `niet machinaal` als eigen regel"),
            );
        }
        let number = wordings.len();
        wordings.extend(wording(block, &line.body, (interval, number), ground, placed, sink));
    }
    wordings
}

/// The texts of a rule that has no dates: the rule itself, or one for each `voor:` with what is under
/// it.
fn by_places(block: &Block, sink: &mut Sink) -> Vec<Vec<Line>> {
    let is_own = |line: &&Line| matches!(line.clause, Clause::Places(_)) && !line.body.is_empty();
    let own: Vec<_> = block.lines.iter().filter(is_own).collect();
    if own.is_empty() {
        return by_message(&block.lines);
    }
    for line in block.lines.iter().filter(|line| says_something(&line.clause) && !is_own(line)) {
        sink.push(
            Diagnostic::error(STRUCTURE, "dit staat buiten elke `voor:`", line.span)
                .help("spring het in onder de `voor:` waar het bij hoort"),
        );
    }
    let text = |line: &Line| {
        let places = Line { body: Vec::new(), ..line.clone() };
        std::iter::once(places).chain(line.body.iter().cloned()).collect()
    };
    own.into_iter().map(text).collect()
}

/// The text for each of its places, where it compares a message with earlier ones of its kind; else
/// the text as it is.
fn by_message(lines: &[Line]) -> Vec<Vec<Line>> {
    let compares = |line: &Line| {
        matches!(&line.clause, Clause::Requirement(_, demand)
            if demand.value == ast::Demand::UniqueInDossier)
    };
    let places = lines.iter().find_map(|line| match &line.clause {
        Clause::Places(places) => Some(places.as_slice()),
        _ => None,
    });
    let Some(places) = places.filter(|_| lines.iter().any(compares)) else {
        return vec![lines.to_vec()];
    };
    let text = |place: &ast::PlaceOrList| {
        let only = |line: &Line| match line.clause {
            Clause::Places(_) => {
                Line { clause: Clause::Places(vec![place.clone()]), ..line.clone() }
            }
            _ => line.clone(),
        };
        lines.iter().map(only).collect()
    };
    places.iter().map(text).collect()
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
    (interval, number): (Interval, usize),
    ground: &Ground<'_>,
    placed: &mut Placement,
    sink: &mut Sink,
) -> Option<Wording> {
    let places = single(lines, sink, |clause| match clause {
        Clause::Places(places) => Some(places),
        _ => None,
    });
    let Some(places) = places else {
        if !has_invalid(block) {
            no_places(block, sink);
        }
        return None;
    };
    let departs = block.lines.iter().any(|line| deviation(&line.clause).is_some());
    let places = ground.words.places(places, sink)?;
    let spots = places::resolve(&places, interval, ground.releases, sink)?;
    let scope = Scope::new(ground.book, &spots, ground.words).departing(departs);
    let body = body::wording(lines, &scope, sink);
    let examples = examples::fields(lines, ground.releases, &spots, sink);
    placed.judged.extend(at(block, number, &spots));
    if Asked::by_steps(&body).is_nothing() {
        untested(block, &examples, lines, sink);
    } else {
        asks(block, lines, ground, sink);
    }
    Some(Wording { interval, params: spots.params, body, examples })
}
