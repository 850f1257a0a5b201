//! `regelwerk dossier`: what do messages come to, one after another?

mod before;
mod brief;
mod due;
mod facts;
pub(crate) mod folder;
mod gaps;
mod json;
mod listing;
mod sheet;
mod standing;
pub(crate) mod story;
mod supplies;
mod tables;
mod telling;
mod timeline;
pub(crate) mod trouble;

use std::io;
use std::path::{Path, PathBuf};

use regelwerk::{Context, Date};

use crate::catalogue::Catalogue;
use crate::day;
use crate::progress::Progress;
use crate::rules::Rules;
use crate::tally::Tally;
use crate::tone::Tone;
use crate::{Exit, Language, Streams};

pub(crate) use before::before;
pub(crate) use gaps::remedy;

use json::Messages;
use story::{Chapter, Opened, Story};
use telling::Telling;
use trouble::{Trouble, What};

/// Above where things stand: that goes by all messages, whatever their days.
const AFTER_THE_LAST: (&str, &str) =
    ("Stand van zaken na het laatste bericht", "Where things stand after the last message");
/// Most findings of one message that are told to people.
const TOLD: usize = 20;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "DIR",
        help = "Map met berichten (*.xml), in volgorde van bestandsnaam; met dossier.csv, \
                feiten.csv en tabellen als die er zijn"
    )]
    folder: PathBuf,
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        value_parser = day::argument,
        help = "De dag waarop naar termijnen wordt gekeken; anders vandaag"
    )]
    as_of: Option<Date>,
    #[arg(
        long,
        value_name = "NAME|auto",
        help = "Beoordeelt ook een protocol; met auto het protocol dat een bericht herkent"
    )]
    protocol: Option<String>,
    #[arg(
        long,
        value_name = "DIR",
        help = "Map met tabellen; een tabel hierin gaat voor een in DIR"
    )]
    tables: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
    #[arg(long, help = "Toont ook opmerkingen; die veranderen het oordeel niet")]
    remarks: bool,
    #[arg(long, help = "Toont geen waarden uit de berichten")]
    redact: bool,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Een object in JSON")]
    Json,
}

/// Takes in the messages one by one and tells what became of them.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(catalogue) = rules.catalogue(streams)? else { return Ok(Exit::Unusable) };
    let protocol = match catalogue.choose_protocol(args.protocol.as_deref(), tone) {
        Ok(protocol) => protocol,
        Err(unknown) => {
            streams.complain(&unknown)?;
            return Ok(Exit::Unusable);
        }
    };
    let context = catalogue.context().remarks(args.remarks).protocol(protocol);
    let opened = open(&args.folder, args.tables.as_deref(), context, (tone, args.redact), streams)?;
    let Some(opened) = opened else { return Ok(Exit::Unusable) };
    let (story, tally) = take_in(args, (catalogue, tone), opened, streams)?;
    warn(args, tone, &story, streams)?;
    tell(args, tone, &story, &tally, streams)?;
    Ok(tally.exit())
}

/// Opens the folder, or tells what is wrong with what was supplied.
fn open(
    folder: &Path,
    tables: Option<&Path>,
    context: Context,
    (tone, redact): (Tone, bool),
    streams: &mut Streams<'_>,
) -> io::Result<Option<Opened>> {
    match Opened::new(folder, tables, context) {
        Ok(opened) => Ok(Some(opened)),
        Err(troubles) => {
            for trouble in troubles {
                streams.complain(&trouble.text(tone.lang, redact))?;
            }
            Ok(None)
        }
    }
}

/// Takes in the messages one by one, so that no more than one is in memory.
fn take_in(
    args: &Args,
    (catalogue, tone): (Catalogue, Tone),
    mut opened: Opened,
    streams: &mut Streams<'_>,
) -> io::Result<(Story, Tally)> {
    let as_of = args.as_of.unwrap_or_else(day::today);
    let messages = std::mem::take(&mut opened.messages);
    let progress = Progress::new(messages.len(), streams.screen.is_terminal, tone);
    let mut json = (args.format == Format::Json)
        .then(|| Messages::new(tone.lang, args.redact, args.protocol.is_some()));
    if let Some(json) = &json {
        json.begin(streams.stdout, &args.folder.to_string_lossy(), as_of)?;
    }
    let (mut chapters, mut tally) = (Vec::new(), Tally::default());
    for (file, entry) in messages {
        let mut chapter = opened.receive(file, entry);
        tally.add(&chapter.report);
        if args.redact {
            chapter.report = chapter.report.redacted();
        }
        progress.without(|| unreadable(tone, &chapter, streams))?;
        if let Some(json) = &mut json {
            progress.without(|| json.write(streams.stdout, &chapter))?;
        }
        chapter.shorten(if json.is_some() { 0 } else { TOLD });
        chapters.push(chapter);
        progress.step();
    }
    let Opened { supplies, dossier, .. } = opened;
    Ok((Story { catalogue, chapters, supplies, dossier, as_of }, tally))
}

/// Tells on standard error why a message could not be judged, if so.
fn unreadable(tone: Tone, chapter: &Chapter, streams: &mut Streams<'_>) -> io::Result<()> {
    match &chapter.report.unreadable {
        Some(why) => streams.complain(&format!("{}: {}", chapter.file, why.text(tone.lang))),
        None => Ok(()),
    }
}

/// Tells on standard error what may not be as it was meant.
fn warn(args: &Args, tone: Tone, story: &Story, streams: &mut Streams<'_>) -> io::Result<()> {
    let standard = story.dossier.standard();
    let tables: Vec<_> = tables::supplied(standard).map(|(_, file, _)| file).collect();
    let own = [listing::NAME, facts::NAME];
    let folders =
        [(&args.folder, &own[..])].into_iter().chain(args.tables.iter().map(|it| (it, &[][..])));
    for (folder, own) in folders {
        let known = [own, &tables].concat();
        for stray in folder::strays(folder, &known) {
            let trouble = Trouble::new(&stray, None, What::Stray { known: known.clone() });
            streams.complain(&trouble.text(tone.lang, args.redact))?;
        }
    }
    brief::backwards(story, tone).map_or(Ok(()), |backwards| streams.complain(&backwards))
}

/// Tells what became of the messages.
fn tell(
    args: &Args,
    tone: Tone,
    story: &Story,
    tally: &Tally,
    streams: &mut Streams<'_>,
) -> io::Result<()> {
    let telling = Telling::new(story, tone, args.redact);
    let gaps = telling.gaps(&telling.terms);
    let out = &mut *streams.stdout;
    if args.format == Format::Json {
        return telling.json(out, &telling.terms, &gaps);
    }
    let on = format!("{} {}", tone.say("op", "on"), telling.day(story.as_of));
    telling.heading(out, &format!("Dossier {} {on}", args.folder.display()))?;
    telling.brief(out, tally, &gaps)?;
    telling.timeline(out)?;
    if !telling.standings.is_empty() {
        telling.heading(out, tone.say(AFTER_THE_LAST.0, AFTER_THE_LAST.1))?;
        telling.standings(out)?;
    }
    if !telling.terms.is_empty() {
        telling.heading(out, &format!("{} {on}", tone.say("Termijnen", "Terms")))?;
        telling.terms(out, &telling.terms)?;
    }
    if !gaps.is_empty() {
        telling.heading(out, tone.say("Niet beoordeeld", "Not assessed"))?;
        telling.not_assessed(out, &gaps)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", tally.text(tone))
}
