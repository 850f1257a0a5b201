//! `regelwerk validate`: what is wrong with these messages?

use std::io::{self, Write};
use std::path::PathBuf;

use regelwerk::{Context, Report, ReportView, validate};
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::files::{self, Entry};
use crate::input;
use crate::progress::Progress;
use crate::rules::Rules;
use crate::summary::Summary;
use crate::tally::Tally;
use crate::text::Printer;
use crate::tone::Tone;
use crate::{Exit, Language, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "PATH",
        required = true,
        help = "Berichten, of mappen met berichten (*.xml); - is de standaardinvoer"
    )]
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
    #[arg(
        long,
        value_name = "NAME|auto",
        help = "Beoordeelt ook een protocol; met auto het protocol dat een bericht herkent"
    )]
    protocol: Option<String>,
    #[arg(long, help = "Toont tellingen over alle berichten in plaats van elke bevinding")]
    summary: bool,
    #[arg(long, help = "Toont ook opmerkingen; die veranderen het oordeel niet")]
    remarks: bool,
    #[arg(long, help = "Beoordeelt elk niveau, ook als een lager niveau niet klopt")]
    all_levels: bool,
    #[arg(long, help = "Toont geen waarden uit de berichten")]
    redact: bool,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Per bericht een regel JSON")]
    Json,
}

/// Judges each file and tells what came of it.
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
    let context = catalogue.context().all_levels(args.all_levels);
    let context = context.remarks(args.remarks).protocol(protocol);
    let (tally, summary) = judge_all(args, tone, (catalogue, &context), streams)?;
    let out = &mut streams.stdout;
    match (args.format, args.summary) {
        (Format::Text, false) => writeln!(out, "{}", tally.text(tone))?,
        (Format::Text, true) => {
            summary.text(out, &tally, tone)?;
            writeln!(out, "{}", tally.text(tone))?;
        }
        (Format::Json, false) => {}
        (Format::Json, true) => write_line(out, &summary.view(&tally))?,
    }
    Ok(tally.exit())
}

/// Judges the files one by one, so that no more than one is in memory.
fn judge_all(
    args: &Args,
    tone: Tone,
    (catalogue, context): (Catalogue, &Context),
    streams: &mut Streams<'_>,
) -> io::Result<(Tally, Summary)> {
    let (mut tally, mut summary) = (Tally::default(), Summary::new(catalogue));
    let printer = Printer::new(catalogue, tone, args.redact);
    let entries = files::find(&args.paths);
    let progress = Progress::new(entries.len(), streams.screen.is_terminal, tone);
    for entry in entries {
        let file = entry.path.display().to_string();
        let (report, bytes) = judge(entry, context, streams);
        tally.add(&report);
        summary.add(&report);
        if !args.summary || report.unreadable.is_some() {
            progress.without(|| tell(args, &printer, streams, &file, &report, &bytes))?;
        }
        progress.step();
    }
    Ok((tally, summary))
}

/// The report on a file, and its bytes if it could be read.
fn judge(entry: Entry, context: &Context, streams: &mut Streams<'_>) -> (Report, Vec<u8>) {
    let read = match entry.refusal {
        None => input::read(&entry.path, streams.stdin),
        Some(refusal) => Err(refusal),
    };
    match read {
        Ok(bytes) => (validate(&bytes, context), bytes),
        Err(refusal) => (Report::not_read(refusal, context), Vec::new()),
    }
}

/// Tells what came of one file, and on standard error why it could not be judged, if so.
fn tell(
    args: &Args,
    printer: &Printer,
    streams: &mut Streams<'_>,
    file: &str,
    report: &Report,
    bytes: &[u8],
) -> io::Result<()> {
    match args.format {
        _ if args.summary => {}
        Format::Text => printer.report(streams.stdout, file, report, bytes)?,
        Format::Json => {
            let report = report.view(printer.tone.lang, args.redact);
            write_line(streams.stdout, &Judged { file, report })?;
        }
    }
    if let Some(why) = printer.why_unreadable(report) {
        streams.complain(&format!("{file}: {why}"))?;
    }
    streams.stdout.flush()
}

/// A report as a line of JSON.
#[derive(Serialize)]
struct Judged<'r> {
    file: &'r str,
    #[serde(flatten)]
    report: ReportView<'r>,
}

fn write_line(out: &mut dyn Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}
