//! What examples and scenarios exercise of the rules.

use std::io::{self, Write};

use regelwerk::Lang;
use regelwerk_compiler::Compilation;
use regelwerk_compiler::model::describe::Text;
use regelwerk_probe::{Aspect, Reached, reach};
use serde_json::{Value, json};

use crate::tone::{BAD, GOOD, HEAD, Tone};

/// What is exercised of every standard of these rules.
pub(super) fn of(compilation: &Compilation) -> Vec<Reached> {
    let all = 0..compilation.model.standards.len();
    all.filter_map(|number| reach(compilation, number)).flatten().collect()
}

/// Everything that is not exercised on both sides, and the counts.
pub(super) fn show(
    all: &[Reached],
    compilation: &Compilation,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    let missing: Vec<_> = all.iter().filter(|one| !one.is_whole()).collect();
    for block in missing.chunk_by(|a, b| (a.block, &a.name) == (b.block, &b.name)) {
        show_block(block, compilation, tone, out)?;
    }
    for (aspect, many) in ASPECTS {
        let of = || all.iter().filter(|one| one.aspect == aspect);
        let (whole, total) = (of().filter(|one| one.is_whole()).count(), of().count());
        let paint = if whole == total { GOOD } else { BAD };
        let counts = tone.paint(paint, &format!("{whole}/{total}"));
        writeln!(out, "{counts} {}", said_of(many, tone))?;
    }
    Ok(())
}

/// What of one block is not exercised on both sides.
fn show_block(
    block: &[&Reached],
    compilation: &Compilation,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some(first) = block.first() {
        let place = compilation.sources.shown(first.span.source);
        let line = compilation.sources.position(first.span).line;
        writeln!(out, "{} {} {place}:{line}", first.block, tone.paint(HEAD, &first.name))?;
    }
    let is_row = |one: &&&Reached| one.aspect == Aspect::Row;
    // Of a long table the first rows tell enough.
    let told = block.iter().filter(|one| !is_row(one));
    for one in told.chain(block.iter().filter(is_row).take(ROWS)) {
        writeln!(out, "  {}: {}", missing(one, tone), said(&one.words, tone))?;
    }
    match block.iter().filter(is_row).count().saturating_sub(ROWS) {
        0 => Ok(()),
        more => writeln!(out, "  {}", more_rows(more, tone)),
    }
}

/// That more rows are not found than are told, and how to see them.
fn more_rows(more: usize, tone: Tone) -> String {
    match (tone.lang, more) {
        (Lang::Nl, 1) => "en nog 1 rij; --format json noemt ze alle".to_owned(),
        (Lang::Nl, _) => format!("en nog {more} rijen; --format json noemt ze alle"),
        (Lang::En, 1) => "and 1 more row; --format json has all of them".to_owned(),
        (Lang::En, _) => format!("and {more} more rows; --format json has all of them"),
    }
}

/// Rows of one table that are told at the most.
const ROWS: usize = 5;

const ASPECTS: [(Aspect, (&str, &str)); 5] = [
    (
        Aspect::Condition,
        ("voorwaarden zijn zo en zijn niet zo", "conditions are so and are not so"),
    ),
    (Aspect::Outcome, ("eisen zijn gehaald en geschonden", "requirements are met and broken")),
    (Aspect::Row, ("rijen van tabellen zijn gevonden", "rows of tables are found")),
    (Aspect::Transition, ("overgangen zijn gegaan", "transitions are taken")),
    (Aspect::Deadline, ("laatste dagen zijn gehaald en voorbij", "last days are met and gone by")),
];

fn said(text: &Text, tone: Tone) -> &str {
    match tone.lang {
        Lang::Nl => &text.nl,
        Lang::En => &text.en,
    }
}

fn said_of((nl, en): (&'static str, &'static str), tone: Tone) -> &'static str {
    tone.say(nl, en)
}

/// Which side was never seen.
fn missing(one: &Reached, tone: Tone) -> &'static str {
    let words = match (one.aspect, one.seen) {
        (Aspect::Condition, [false, false]) => ("nooit gevraagd", "never asked"),
        (Aspect::Condition, [false, _]) => ("nooit zo", "never so"),
        (Aspect::Condition, _) => ("altijd zo", "always so"),
        (Aspect::Outcome, [false, false]) => ("nooit geëist", "never demanded"),
        (Aspect::Outcome, [false, _]) => ("nooit gehaald", "never met"),
        (Aspect::Outcome, _) => ("nooit geschonden", "never broken"),
        (Aspect::Row, _) => ("nooit gevonden", "never found"),
        (Aspect::Transition, _) => ("nooit gegaan", "never taken"),
        (Aspect::Deadline, [false, false]) => ("nooit gelopen", "never run"),
        (Aspect::Deadline, [false, _]) => ("nooit op tijd", "never in time"),
        (Aspect::Deadline, _) => ("nooit te laat", "never late"),
        _ => ("niet gezien", "not seen"),
    };
    said_of(words, tone)
}

/// The same as data.
pub(super) fn as_json(all: &[Reached], compilation: &Compilation) -> Value {
    let told = |one: &Reached| {
        let line = compilation.sources.position(one.span).line;
        json!({
            "block": one.block, "name": one.name,
            "place": format!("{}:{line}", compilation.sources.shown(one.span.source)),
            "aspect": format!("{:?}", one.aspect).to_lowercase(), "words": one.words.nl,
            "seen": one.seen,
        })
    };
    Value::Array(all.iter().map(told).collect())
}
