//! `regelwerk reply`: what is to be sent back?

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

use regelwerk::{
    Answer, Context, Date, DossierReason, Message, NoReply, Reason, ReplyOptions, Report, validate,
};
use regelwerk_compiler::obstacle;
use sha2::{Digest, Sha256};

use crate::output::{self, Unwritten};
use crate::rules::Rules;
use crate::text::Printer;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, day, dossier, input};

/// Characters of the identification that a message gives to its reply.
const IDENTIFICATION: usize = 12;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "FILE", help = "Het bericht; - is de standaardinvoer")]
    file: PathBuf,
    #[arg(
        long,
        value_name = "DIR",
        help = "Map met de berichten die er al waren, zoals voor dossier; staat FILE daarin, dan telt \
                wat ervoor komt"
    )]
    dossier: Option<PathBuf>,
    #[arg(
        long,
        value_name = "DIR",
        requires = "dossier",
        help = "Map met tabellen; een tabel hierin gaat voor een in de map van --dossier"
    )]
    tables: Option<PathBuf>,
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
        value_parser = day::argument,
        help = "Dagtekening van het antwoord; anders vandaag"
    )]
    date: Option<Date>,
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

/// Judges a message and gives its reply, or says why there is none.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let Some(catalogue) = rules.catalogue(streams)? else { return Ok(Exit::Unusable) };
    let context = catalogue.context();
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let printer = Printer::new(catalogue, tone, args.redact);
    let bytes = match input::read(&args.file, streams.stdin) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let report = Report::not_read(refusal, &context);
            return unreadable(args, &printer, &report, streams);
        }
    };
    let Ok(message) = Message::read(&bytes, &context) else {
        return unreadable(args, &printer, &validate(&bytes, &context), streams);
    };
    let Some(report) = judge(args, tone, &message, context, streams)? else {
        return Ok(Exit::Unusable);
    };
    match report.reply(&message, &options(args, &bytes)) {
        Ok(answer) => hand_out(args, tone, &answer, streams),
        Err(why) => explain(args, &printer, (&report, &bytes), &why, streams),
    }
}

/// Judges a message, with what came before it if that was given. None when that is not as it
/// should be; it has been told then.
fn judge(
    args: &Args,
    tone: Tone,
    message: &Message<'_>,
    mut context: Context,
    streams: &mut Streams<'_>,
) -> io::Result<Option<Report>> {
    let Some(folder) = &args.dossier else { return Ok(Some(message.validate(&context))) };
    let folders = (folder.as_path(), args.tables.as_deref());
    // What is of another standard has nothing to do with the message.
    context.standards = vec![message.standard()];
    let before = dossier::before(&args.file, folders, context, (tone, args.redact), streams)?;
    Ok(before.map(|(dossier, received)| dossier.judge(message, received)))
}

fn options(args: &Args, bytes: &[u8]) -> ReplyOptions {
    let identification = args.identification.clone().unwrap_or_else(|| identification(bytes));
    let date = args.date.unwrap_or_else(day::today);
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
            Unwritten::Other(error) => {
                let [nl, en] = obstacle(error.kind());
                format!("{why}: {}", tone.say(nl, en))
            }
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
    printer: &Printer,
    report: &Report,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let file = args.file.display().to_string();
    let mut told = Vec::new();
    printer.report(&mut told, &file, report, &[])?;
    let _ = streams.stderr.write_all(&told);
    Ok(Exit::Unusable)
}

/// Why something was not assessed, and what to do about it here.
fn reason(reason: &Reason, tone: Tone) -> String {
    if *reason == Reason::Dossier(DossierReason::NoDossier) {
        let what = tone.say(
            "eerdere berichten zijn niet gegeven; geef ze met --dossier DIR",
            "earlier messages are not given; give them with --dossier DIR",
        );
        return what.to_owned();
    }
    let beside = tone.say(
        "in de map van --dossier of in die van --tables",
        "in the folder of --dossier or in that of --tables",
    );
    let remedy = dossier::remedy(reason, beside, tone);
    let remedy = remedy.map(|remedy| format!("; {remedy}")).unwrap_or_default();
    crate::text::reason(reason, tone) + &remedy
}

/// Tells why there is no reply: with what is wrong, or with what was not assessed.
fn explain(
    args: &Args,
    printer: &Printer,
    (report, bytes): (&Report, &[u8]),
    why: &NoReply,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let (file, tone) = (args.file.display().to_string(), printer.tone);
    let mut told = Vec::new();
    if !matches!(why, NoReply::NotAnswered { .. } | NoReply::BadOption { .. }) {
        Printer { reason, ..*printer }.report(&mut told, &file, report, bytes)?;
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
