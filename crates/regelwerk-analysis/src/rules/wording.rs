//! The wordings of a rule: each with its places, what it says and its examples.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Asked, Example, Interval, Placed, Use, Wording};
use regelwerk_syntax::ast::{self, Block, Clause, Line};

use super::{Ground, Placement, deviation, no_places};
use crate::codes::{BAD_EXAMPLE, BAD_LEVEL, STRUCTURE, UNTESTED};
use crate::collect::{has_invalid, single};
use crate::demands::demands;
use crate::page::{Home, Page};
use crate::paths::Scope;
use crate::places::{self, Spots};
use crate::sink::Sink;
use crate::{body, examples, intervals};

/// A wording at its spots.
pub(super) fn at(block: &Block, wording: usize, spots: &Spots) -> impl Iterator<Item = Placed> {
    spots.list.iter().map(move |spot| Placed {
        release: spot.release,
        message: spot.message,
        node: spot.node,
        used: Use { rule: block.id.value.clone(), wording, params: spot.params.clone() },
    })
}

/// Of every kind of block that has examples or scenarios.
pub(crate) const PAGE: Page = Page {
    code: UNTESTED,
    name: "geen-voorbeeld",
    what: "Een regel zonder goed of zonder fout voorbeeld, een proces, kalender of termijn zonder \
           voorbeeld, of een regel die verder kijkt dan het bericht en geen twee scenario's heeft: \
           een dat hem schendt, en een dat er net niet op stukloopt.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld fout: Soort 02, Eind leeg",
    better: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld fout: Soort 02, Eind leeg",
    why: "Een voorbeeld is de proef of er staat wat is bedoeld, en laat wie de regel leest zien waar \
          het om gaat. De tests van dit project falen als er een ontbreekt.",
    home: Home::Standard,
};

/// A rule without examples is a rule that nobody has tried.
fn untested(block: &Block, examples: &[Example], lines: &[Line], sink: &mut Sink) {
    let written = lines.iter().filter(|line| matches!(line.clause, Clause::Example(..))).count();
    let lacks = |is_good| !examples.iter().any(|example| example.is_good == is_good);
    let lacking: Vec<_> = [(true, "`voorbeeld goed:`"), (false, "`voorbeeld fout:`")]
        .into_iter()
        .filter_map(|(is_good, keyword)| lacks(is_good).then_some(keyword))
        .collect();
    let is_read = written == examples.len() && !has_invalid(block) && sink.hears(block.span);
    if !lacking.is_empty() && is_read {
        let title = format!("`{}` heeft geen {}", block.id.value, lacking.join(" en geen "));
        sink.push(
            PAGE.warning(title, block.id.span)
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

/// Whether a rule says in another way than by wordings what becomes of it.
pub(super) fn is_stated(block: &Block) -> bool {
    block.lines.iter().any(|line| {
        matches!(line.clause, Clause::NotYet | Clause::NotByMachine(_) | Clause::Follows(_))
    })
}

/// Whether a rule has wordings; one that only states its places and its releases has none.
pub(super) fn has_wordings(block: &Block) -> bool {
    let is_stated = is_stated(block);
    let is_head = |line: &Line| match line.clause {
        Clause::Places(_) => true,
        Clause::Valid(_) => line.body.is_empty(),
        _ => false,
    };
    let says = |line: &Line| says_something(&line.clause) && !(is_stated && is_head(line));
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

/// The wordings of a rule: each `geldig:` with what is under it, or the rule itself.
pub(super) fn wordings(
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
        for lines in by_places(&block.lines, ground, sink) {
            let number = wordings.len();
            wordings.extend(wording(block, &lines, (interval, number), ground, placed, sink));
        }
        return wordings;
    }
    check_outside(block, sink);
    let mut earlier = Vec::new();
    for line in dated {
        let Clause::Valid(valid) = &line.clause else { continue };
        let Some(interval) = intervals::resolve(Some(valid), ground.releases, sink) else {
            continue;
        };
        intervals::check_beside(&mut earlier, interval, line.span, sink);
        for lines in by_places(&line.body, ground, sink) {
            let number = wordings.len();
            wordings.extend(wording(block, &lines, (interval, number), ground, placed, sink));
        }
    }
    wordings
}

/// The texts among these lines, of a rule or of one `geldig:` in it: the lines themselves, or one for
/// each `voor:` with what is under it.
fn by_places(lines: &[Line], ground: &Ground<'_>, sink: &mut Sink) -> Vec<Vec<Line>> {
    let is_own = |line: &&Line| matches!(line.clause, Clause::Places(_)) && !line.body.is_empty();
    let own: Vec<_> = lines.iter().filter(is_own).collect();
    if own.is_empty() {
        return by_message(lines, ground);
    }
    for line in lines.iter().filter(|line| says_something(&line.clause) && !is_own(line)) {
        sink.push(
            Diagnostic::error(STRUCTURE, "dit staat buiten elke `voor:`", line.span)
                .help("spring het in onder de `voor:` waar het bij hoort"),
        );
    }
    let text = |line: &Line| {
        let places = Line { body: Vec::new(), ..line.clone() };
        let lines: Vec<_> = std::iter::once(places).chain(line.body.iter().cloned()).collect();
        by_message(&lines, ground)
    };
    own.into_iter().flat_map(text).collect()
}

/// The text for each of its places, those of lists too, where it compares a message with earlier
/// ones of its kind; else the text as it is.
fn by_message(lines: &[Line], ground: &Ground<'_>) -> Vec<Vec<Line>> {
    let places = lines.iter().find_map(|line| match &line.clause {
        Clause::Places(places) => Some(places.as_slice()),
        _ => None,
    });
    // A list that is not there is told of where the text is lowered.
    let places = places.filter(|_| compares(lines));
    let places = places.and_then(|places| ground.words.places(places, &mut Sink::default()));
    let Some(places) = places else { return vec![lines.to_vec()] };
    let text = |place: &ast::Place| {
        let place = ast::PlaceOrList::Place(place.clone());
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

/// Whether a text says `uniek binnen dossier`, under an `als` too.
fn compares(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        let is_it = matches!(&line.clause, Clause::Requirement(_, demand)
            if demand.value == ast::Demand::UniqueInDossier);
        is_it || compares(&line.body)
    })
}

/// Beside dated wordings nothing may be said without a date.
fn check_outside(block: &Block, sink: &mut Sink) {
    for line in &block.lines {
        let is_part = says_something(&line.clause) || matches!(line.clause, Clause::Example(..));
        if is_part && !matches!(line.clause, Clause::Valid(_)) {
            intervals::undated(line.span, sink);
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
    let examples = examples::fields(lines, ground.releases, (&spots, departs), sink);
    placed.judged.extend(at(block, number, &spots));
    if Asked::by_steps(&body).is_nothing() {
        untested(block, &examples, lines, sink);
    } else {
        asks(block, lines, ground, sink);
    }
    let demands = demands(lines);
    Some(Wording { interval, params: spots.params, body, examples, demands })
}
