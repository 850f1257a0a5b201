//! `regelwerk mutants`: would anybody notice if a rule said something else?

use std::io::{self, Write};

use regelwerk_compiler::Compilation;
use regelwerk_probe::{Catch, Hunt, Mutant, caught, hunt};
use serde_json::{Value, json};

use crate::progress::Progress;
use crate::rules::Rules;
use crate::tone::{BAD, FAINT, GOOD, HEAD, Tone};
use crate::{Exit, Language, Streams};

/// Tries for each survivor to find what would notice it.
const TRIES: usize = 20;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "NAME",
        help = "Alleen deze regels, termijnen, processen, beelden, voorwaarden of kalenders"
    )]
    names: Vec<String>,
    #[arg(long, help = "Zoekt niet naar een voorbeeld of scenario dat het wel zou merken")]
    no_catch: bool,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van wat eromheen staat")]
    lang: Language,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Een object met wat overleeft, als JSON")]
    Json,
}

/// What came of it for one standard.
struct Outcome {
    hunt: Hunt,
    caught: Vec<Catch>,
}

/// Tries the mutants; one that nothing notices and no block waives is a rejection.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    if let Some(unknown) = unknown(args, &compilation, tone) {
        streams.complain(&unknown)?;
        return Ok(Exit::Unusable);
    }
    let all: Vec<_> = (0..compilation.model.standards.len())
        .filter_map(|number| {
            outcome(args, &compilation, number, (streams.screen.is_terminal, tone))
        })
        .collect();
    match args.format {
        Format::Text => {
            for one in &all {
                show(one, &compilation, tone, streams.stdout)?;
            }
        }
        Format::Json => {
            let all: Vec<_> = all.iter().map(|one| as_json(one, &compilation)).collect();
            serde_json::to_writer_pretty(&mut *streams.stdout, &all)?;
            writeln!(streams.stdout)?;
        }
    }
    let is_good = all.iter().all(|one| one.hunt.survivors.is_empty() && one.hunt.idle.is_empty());
    Ok(if is_good { Exit::Good } else { Exit::Rejected })
}

/// That a name is none of a block with mutants.
fn unknown(args: &Args, compilation: &Compilation, tone: Tone) -> Option<String> {
    let all: Vec<Mutant> =
        compilation.model.standards.iter().flat_map(regelwerk_probe::mutants).collect();
    let mut known: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let name = args.names.iter().find(|name| !known.contains(&name.as_str()))?;
    let what = tone.say(
        "geen regel, termijn, proces, beeld, kalender of gebruikte voorwaarde met iets te veranderen:",
        "no rule, term, process, view, calendar or named condition in use with anything to change:",
    );
    Some(crate::catalogue::unknown(what, name, &known, "", tone))
}

fn outcome(
    args: &Args,
    compilation: &Compilation,
    number: usize,
    (is_terminal, tone): (bool, Tone),
) -> Option<Outcome> {
    let is_meant = |one: &Mutant| args.names.is_empty() || args.names.contains(&one.name);
    let standard = compilation.model.standards.get(number)?;
    let count = regelwerk_probe::mutants(standard).iter().filter(|one| is_meant(one)).count();
    let bar = Progress::new(count, is_terminal, tone);
    let hunt = hunt(compilation, number, &is_meant, &|_, _| bar.step())?;
    drop(bar);
    let is_wanted = !args.no_catch && !hunt.survivors.is_empty();
    let caught = match is_wanted {
        true => caught(compilation, number, &hunt.survivors, TRIES, &|_, _| {}),
        false => Vec::new(),
    };
    Some(Outcome { hunt, caught })
}

fn show(
    Outcome { hunt, caught }: &Outcome,
    compilation: &Compilation,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    for one in &hunt.survivors {
        let place = place(one, compilation);
        writeln!(
            out,
            "{} {} {}",
            tone.paint(HEAD, &one.name),
            one.block,
            tone.paint(FAINT, &place)
        )?;
        writeln!(out, "  {}: {}", one.kind.nl(), one.words)?;
        writeln!(out, "  {} {}", tone.say("kenmerk:", "mark:"), one.key)?;
        match caught.iter().find(|it| it.keys.contains(&one.key)) {
            Some(catch) if catch.keys.first() == Some(&one.key) => {
                let says = tone.say("dit zou het merken:", "this would notice it:");
                writeln!(out, "  {says}\n")?;
                for line in catch.text.lines() {
                    writeln!(out, "    {line}")?;
                }
            }
            Some(catch) => {
                let says = tone.say("zo ook het voorbeeld bij", "so would that of");
                writeln!(out, "  {says} {}", catch.keys.first().map_or("", String::as_str))?;
            }
            None => {
                let says = tone.say(
                    "geen voorbeeld gevonden dat het merkt: schrijf er een, of zet in het blok",
                    "no example found that notices it: write one, or put into the block",
                );
                writeln!(out, "  {says} `ontheffing: mutant {}, want …`", one.key)?;
            }
        }
        writeln!(out)?;
    }
    for waiver in &hunt.idle {
        let (path, line) = (
            compilation.sources.shown(waiver.span.source),
            compilation.sources.position(waiver.span).line,
        );
        let says = tone.say(
            "deze ontheffing is nergens voor: haal haar weg",
            "this waiver waives nothing: take it away",
        );
        writeln!(out, "{path}:{line}: {says}")?;
    }
    let survived = hunt.survivors.len();
    let noticed = hunt.tried - survived - hunt.waived.len();
    let paint = if survived == 0 { GOOD } else { BAD };
    let told = match tone.say("nl", "en") {
        "nl" => format!(
            "{} veranderingen: {noticed} opgemerkt, {} ontheven, {survived} overleefd",
            hunt.tried,
            hunt.waived.len()
        ),
        _ => format!(
            "{} changes: {noticed} noticed, {} waived, {survived} survived",
            hunt.tried,
            hunt.waived.len()
        ),
    };
    writeln!(out, "{}", tone.paint(paint, &told))
}

fn place(one: &Mutant, compilation: &Compilation) -> String {
    let line = compilation.sources.position(one.at).line;
    format!("{}:{line}", compilation.sources.shown(one.at.source))
}

fn as_json(Outcome { hunt, caught }: &Outcome, compilation: &Compilation) -> Value {
    let told = |one: &Mutant| {
        let catch = caught.iter().find(|it| it.keys.contains(&one.key));
        json!({
            "block": one.block, "name": one.name, "place": place(one, compilation),
            "kind": format!("{:?}", one.kind).to_lowercase(), "words": one.words, "key": one.key,
            "catch": catch.map(|it| json!({ "scenario": it.is_scenario, "text": it.text })),
        })
    };
    json!({
        "tried": hunt.tried,
        "survivors": hunt.survivors.iter().map(told).collect::<Vec<_>>(),
        "waived": hunt.waived.iter().map(|(one, waiver)| {
            json!({ "key": one.key, "name": one.name, "reason": waiver.reason })
        }).collect::<Vec<_>>(),
        "idle_waivers": hunt.idle.iter().map(|one| one.name.clone()).collect::<Vec<_>>(),
    })
}
