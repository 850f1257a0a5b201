//! `regelwerk reply`: what is to be sent back?

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use chrono::{Datelike, Local, NaiveDate};
use regelwerk::{Answer, Date, Message, NoReply, ReplyOptions, Report, validate};
use sha2::{Digest, Sha256};

use crate::output::{self, Unwritten};
use crate::text::Printer;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, input};

/// Characters of the identification that a message gives to its reply.
const IDENTIFICATION: usize = 12;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "FILE", help = "Het bericht; - is de standaardinvoer")]
    file: PathBuf,
    #[arg(
        short,
        long,
        value_name = "OUT",
        help = "Schrijft het antwoord in dit bestand; zonder, of met -, op de standaarduitvoer"
    )]
    output: Option<PathBuf>,
    #[arg(long, help = "Overschrijft een bestand dat er al is; nooit het bericht zelf")]
    force: bool,
    #[arg(
        long,
        value_name = "TEXT",
        help = "Identificatie van het antwoord; anders volgt ze uit het bericht"
    )]
    identification: Option<String>,
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        value_parser = day,
        help = "Dagtekening van het antwoord; anders vandaag"
    )]
    date: Option<NaiveDate>,
    #[arg(
        long,
        value_name = "X.Y.Z",
        help = "Versie van de gepubliceerde XSLT's, als u daarmee ook hebt gecontroleerd"
    )]
    xslt_version: Option<String>,
    #[arg(long, help = "Neemt aan dat klopt wat niet is beoordeeld")]
    accept_unassessed: bool,
    #[arg(long, value_enum, default_value_t, help = "Taal van de meldingen")]
    lang: Language,
    #[arg(long, help = "Toont in meldingen geen waarden uit het bericht")]
    redact: bool,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    // Only as it is written: chrono reads `2026-2-3` too.
    date.filter(|date| date.to_string() == text)
        .ok_or_else(|| "verwacht een bestaande datum JJJJ-MM-DD".to_owned())
}

/// Judges a message and gives its reply, or says why there is none.
pub(crate) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let context = regelwerk::context();
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let bytes = match input::read(&args.file, streams.stdin) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let report = Report::not_read(refusal, &context);
            return unreadable(args, tone, &report, streams);
        }
    };
    let Ok(message) = Message::read(&bytes, &context) else {
        return unreadable(args, tone, &validate(&bytes, &context), streams);
    };
    let report = message.validate(&context);
    match report.reply(&message, &options(args, &bytes)) {
        Ok(answer) => hand_out(args, tone, &answer, streams),
        Err(why) => explain(args, tone, (&report, &bytes), &why, streams),
    }
}

fn options(args: &Args, bytes: &[u8]) -> ReplyOptions {
    let identification = args.identification.clone().unwrap_or_else(|| identification(bytes));
    let day = args.date.unwrap_or_else(|| Local::now().date_naive());
    let date = Date::from_ymd(day.year(), day.month(), day.day());
    let options = ReplyOptions::new(identification, date).accept_unassessed(args.accept_unassessed);
    match &args.xslt_version {
        Some(version) => options.xslt_version(version.as_str()),
        None => options,
    }
}

/// The start of the SHA-256 of a message: the same message always gets a reply of the same name.
fn identification(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.truncate(IDENTIFICATION);
    text
}

/// Writes the reply where it was asked for.
fn hand_out(
    args: &Args,
    tone: Tone,
    answer: &Answer,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let bytes = answer.xml.as_bytes();
    let Some(path) = args.output.as_deref().filter(|path| !input::is_standard_stream(path)) else {
        streams.stdout.write_all(bytes)?;
        return Ok(Exit::Good);
    };
    if let Err(unwritten) = output::write(path, bytes, &args.file, args.force) {
        let why = unwritten.text().get(tone.lang);
        let why = match &unwritten {
            Unwritten::Other(error) => format!("{why}: {error}"),
            _ => why.to_owned(),
        };
        streams.complain(&format!("{}: {why}", path.display()))?;
        return Ok(Exit::Unusable);
    }
    let to = tone.say("antwoord op", "reply to");
    let line = format!("{}: {}, {to} {}", path.display(), answer.message, args.file.display());
    writeln!(streams.stdout, "{}", crate::text::plain(&line))?;
    Ok(Exit::Good)
}

/// Tells the sender's error. Standard output is for the reply alone.
fn unreadable(
    args: &Args,
    tone: Tone,
    report: &Report,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let file = args.file.display().to_string();
    let mut told = Vec::new();
    Printer { tone, redact: args.redact }.report(&mut told, &file, report, &[])?;
    let _ = streams.stderr.write_all(&told);
    Ok(Exit::Unusable)
}

/// Tells why there is no reply: with what is wrong, or with what was not assessed.
fn explain(
    args: &Args,
    tone: Tone,
    (report, bytes): (&Report, &[u8]),
    why: &NoReply,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let file = args.file.display().to_string();
    let mut told = Vec::new();
    if !matches!(why, NoReply::NotAnswered { .. } | NoReply::BadOption { .. }) {
        Printer { tone, redact: args.redact }.report(&mut told, &file, report, bytes)?;
    }
    let _ = streams.stderr.write_all(&told);
    let how = match why {
        NoReply::Unassessed(_) => {
            tone.say(" Dat doet u met --accept-unassessed.", " Use --accept-unassessed for that.")
        }
        _ => "",
    };
    streams.complain(&format!("{file}: {}{how}", why.text(tone.lang, args.redact)))?;
    Ok(match why {
        NoReply::Level(_) => Exit::Rejected,
        NoReply::Unassessed(_)
        | NoReply::NoCode { .. }
        | NoReply::TooMany { .. }
        | NoReply::Unchecked(_) => Exit::Undecided,
        _ => Exit::Unusable,
    })
}
