//! `regelwerk mutants`: would anybody notice if a rule said something else?

use std::io::{self, Write};

use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_probe::{Catch, Hunt, Mutant, at_hand, caught, hunt};
use serde_json::{Value, json};

use crate::bare::Wish;
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
        help = "Alleen deze regels, termijnen, processen, beelden, voorwaarden, protocollen of kalenders"
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
    if let Some(unknown) = unknown(args, (&compilation, rules), tone) {
        streams.complain(&unknown)?;
        return Ok(Exit::Unusable);
    }
    let is_sure = crate::test::are_good((rules, &compilation), tone, streams)?;
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
    Ok(if is_good && is_sure { Exit::Good } else { Exit::Rejected })
}

/// What to say when a name is none of a block with mutants.
fn unknown(
    args: &Args,
    (compilation, rules): (&Compilation, &Rules),
    tone: Tone,
) -> Option<String> {
    let standards = 0..compilation.model.standards.len();
    let all: Vec<Mutant> =
        standards.filter_map(|number| at_hand(compilation, number)).flatten().collect();
    let known = all.iter().map(|one| one.name.as_str()).collect();
    let is_known =
        |name: &&String| all.iter().any(|one| one.name.eq_ignore_ascii_case(name.trim()));
    let name = args.names.iter().find(|name| !is_known(name))?;
    let lacks = tone.say("waarin niets te veranderen is", "in which there is nothing to change");
    let (by, folder) = ("regelwerk mutants", rules.folder());
    let wish = Wish { compilation, known: &known, lacks, by, folder };
    Some(wish.refused(name, tone))
}

fn outcome(
    args: &Args,
    compilation: &Compilation,
    number: usize,
    (is_terminal, tone): (bool, Tone),
) -> Option<Outcome> {
    let is_meant = |one: &Mutant| {
        args.names.is_empty()
            || args.names.iter().any(|name| one.name.eq_ignore_ascii_case(name.trim()))
    };
    let count = at_hand(compilation, number)?.iter().filter(|one| is_meant(one)).count();
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
        let at = tone.paint(FAINT, &place(one.at, compilation));
        writeln!(out, "{} {} {at}", tone.paint(HEAD, &one.name), one.block)?;
        writeln!(out, "  {}: {}", one.kind.nl(), one.words)?;
        writeln!(out, "  {} {}", tone.say("kenmerk:", "mark:"), one.key)?;
        let catch = caught.iter().find(|it| it.keys.contains(&one.key));
        show_catch(one, catch, compilation, tone, out)?;
        writeln!(out)?;
    }
    for waiver in &hunt.idle {
        let says = tone.say(
            "deze ontheffing is nergens voor: haal haar weg",
            "this waiver waives nothing: take it away",
        );
        writeln!(out, "{}: {says}", place(waiver.span, compilation))?;
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

/// What would notice a survivor, and where that belongs.
fn show_catch(
    one: &Mutant,
    catch: Option<&Catch>,
    compilation: &Compilation,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    match catch {
        Some(catch) if catch.keys.first() == Some(&one.key) => {
            let says = tone.say("dit zou het merken", "this would notice it");
            writeln!(out, "  {says}; {}:\n", belongs(catch, compilation, tone))?;
            // As it is to stand there: indentation says what belongs to what.
            catch.text.lines().try_for_each(|line| writeln!(out, "{line}"))
        }
        Some(catch) => {
            let says = tone.say("zo ook het voorbeeld bij", "so would that of");
            writeln!(out, "  {says} {}", catch.keys.first().map_or("", String::as_str))
        }
        None => {
            let says = tone.say(
                "schrijf een voorbeeld of scenario dat het merkt, of zet in het blok",
                "write an example or a scenario that notices it, or put into the block",
            );
            writeln!(out, "  {says} `ontheffing: mutant {}, want …`", one.key)
        }
    }
}

/// Where something that would notice a survivor is to be put. An example belongs under a rule, also
/// where it is a condition with a name that is changed.
fn belongs(catch: &Catch, compilation: &Compilation, tone: Tone) -> String {
    let at = behind(catch, compilation);
    if catch.is_scenario {
        let last = tone.say("zet dit scenario achteraan in", "put this scenario at the end of");
        return format!("{last} {at}");
    }
    let under = tone.say("zet het onder regel", "put it under regel");
    format!("{under} {}, {} {at}", catch.name, tone.say("achter", "behind"))
}

/// The line that an example is to stand behind, or the file that a scenario is for.
fn behind(catch: &Catch, compilation: &Compilation) -> String {
    let Span { source, end, .. } = catch.behind;
    match catch.is_scenario {
        true => compilation.sources.shown(source),
        false => place(Span { source, start: end.saturating_sub(1), end }, compilation),
    }
}

fn place(span: Span, compilation: &Compilation) -> String {
    let line = compilation.sources.position(span).line;
    format!("{}:{line}", compilation.sources.shown(span.source))
}

fn as_json(Outcome { hunt, caught }: &Outcome, compilation: &Compilation) -> Value {
    let told = |one: &Mutant| {
        let catch = caught.iter().find(|it| it.keys.contains(&one.key));
        json!({
            "block": one.block, "name": one.name, "place": place(one.at, compilation),
            "kind": format!("{:?}", one.kind).to_lowercase(), "words": one.words, "key": one.key,
            "catch": catch.map(|it| json!({
                "scenario": it.is_scenario, "name": it.name,
                "behind": behind(it, compilation), "text": it.text,
            })),
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
