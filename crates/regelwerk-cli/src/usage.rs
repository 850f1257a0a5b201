//! How the command is used: what is wrong with its arguments, and its help, in our words.

use std::error::Error as _;
use std::ffi::OsString;
use std::io;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use regelwerk::Lang;

use crate::day::BadDay;
use crate::tone::Tone;
use crate::{Exit, Streams, Style};

/// What clap calls things, and what we do.
const WORDS: [(&str, &str); 9] = [
    ("Usage:", "Gebruik:"),
    ("Options:", "Opties:"),
    ("Arguments:", "Argumenten:"),
    ("Commands:", "Opdrachten:"),
    ("Possible values:", "Mogelijke waarden:"),
    ("[possible values: ", "[mogelijke waarden: "),
    ("[default: ", "[standaard: "),
    ("[OPTIONS]", "[OPTIES]"),
    ("<COMMAND>", "<OPDRACHT>"),
];

/// The language that arguments ask for, whatever else is wrong with them.
pub(crate) fn language(args: &[OsString]) -> Lang {
    let end = args.iter().position(|one| one == "--").unwrap_or(args.len());
    let args = args.get(..end).unwrap_or(args);
    let asks = |pair: &[OsString]| matches!(pair, [flag, lang] if flag == "--lang" && lang == "en");
    match args.windows(2).any(asks) || args.iter().any(|one| one == "--lang=en") {
        true => Lang::En,
        false => Lang::Nl,
    }
}

/// Tells how the command is used: because it was asked, or because it was not understood.
pub(crate) fn tell(stopped: &Error, lang: Lang, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang, style: streams.screen.style };
    let is_help = stopped.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
    let unclear = (stopped.use_stderr() && !is_help).then(|| {
        tone.say("met deze argumenten kan het niet", "it cannot be done with these arguments")
            .into()
    });
    if let Some(wrong) = wrong(stopped, tone).or(unclear) {
        let usage = stopped.get(ContextKind::Usage).map(ToString::to_string);
        streams.complain(&format!("regelwerk: {wrong}"))?;
        for line in usage.unwrap_or_default().lines() {
            streams.complain(&match lang {
                Lang::Nl => dutch(line),
                Lang::En => line.to_owned(),
            })?;
        }
        streams.complain(tone.say("Meer uitleg geeft --help", "For more, try --help"))?;
        return Ok(Exit::Unusable);
    }
    let told = match streams.screen.style {
        Style::Plain => stopped.render().to_string(),
        Style::Colour => stopped.render().ansi().to_string(),
    };
    let told = dutch(told.trim_end()) + "\n";
    if stopped.use_stderr() {
        let _ = streams.stderr.write_all(told.as_bytes());
        return Ok(Exit::Unusable);
    }
    streams.stdout.write_all(told.as_bytes())?;
    Ok(Exit::Good)
}

/// Help with headings in the language of what it says.
fn dutch(told: &str) -> String {
    WORDS.iter().fold(told.to_owned(), |told, (from, to)| told.replace(from, to))
}

/// What is wrong with arguments, and what to do; none where clap is to say it.
fn wrong(stopped: &Error, tone: Tone) -> Option<String> {
    let all = |kind| stopped.get(kind).map(words).filter(|words| !words.is_empty());
    let one = |kind| all(kind).map(|words| words.join(", "));
    let argument = || one(ContextKind::InvalidArg);
    let value = || one(ContextKind::InvalidValue);
    let what = match stopped.kind() {
        ErrorKind::UnknownArgument => {
            format!("{} {}", tone.say("onbekend argument", "unknown argument"), argument()?)
        }
        ErrorKind::InvalidSubcommand => {
            let name = one(ContextKind::InvalidSubcommand)?;
            format!("{} {name}", tone.say("onbekende opdracht", "unknown command"))
        }
        ErrorKind::InvalidValue => match value() {
            None => {
                format!("{} {}", argument()?, tone.say("heeft een waarde nodig", "needs a value"))
            }
            Some(value) => cannot(&argument()?, &value, tone),
        },
        ErrorKind::ValueValidation => {
            let why = stopped.source()?;
            let why = match why.downcast_ref::<BadDay>() {
                Some(BadDay) => BadDay::TEXT.get(tone.lang).to_owned(),
                None => why.to_string(),
            };
            format!("{}; {why}", cannot(&argument()?, &value()?, tone))
        }
        ErrorKind::MissingRequiredArgument => {
            format!("{} {}", tone.say("er ontbreekt", "missing:"), argument()?)
        }
        ErrorKind::TooManyValues => format!(
            "{}: \"{}\" {}",
            argument()?,
            value()?,
            tone.say("is er een te veel", "is one too many")
        ),
        ErrorKind::ArgumentConflict => conflict(&argument()?, one(ContextKind::PriorArg), tone),
        ErrorKind::InvalidUtf8 => tone
            .say("een argument is geen tekst (UTF-8)", "an argument is no text (UTF-8)")
            .to_owned(),
        _ => return None,
    };
    Some(what + &known(stopped, tone))
}

fn cannot(argument: &str, value: &str, tone: Tone) -> String {
    format!("{argument}: \"{value}\" {}", tone.say("kan niet", "cannot be"))
}

fn conflict(argument: &str, other: Option<String>, tone: Tone) -> String {
    match other.filter(|other| other != argument) {
        None => format!("{argument} {}", tone.say("staat er twee keer", "is given twice")),
        Some(other) => {
            let with = tone.say("gaat niet samen met", "does not go with");
            format!("{argument} {with} {other}")
        }
    }
}

/// What is near to what was typed, or else what can be there.
fn known(stopped: &Error, tone: Tone) -> String {
    use ContextKind::{SuggestedArg, SuggestedSubcommand, SuggestedValue, ValidValue};
    let all = |kind| stopped.get(kind).map(words).unwrap_or_default();
    let kinds = [SuggestedArg, SuggestedSubcommand, SuggestedValue];
    let near: Vec<_> = kinds.into_iter().flat_map(all).collect();
    if !near.is_empty() {
        let or = tone.say(" of ", " or ");
        return format!("; {} {}?", tone.say("bedoelde u", "did you mean"), near.join(or));
    }
    match all(ValidValue).as_slice() {
        [] => String::new(),
        values => format!("; {}: {}", tone.say("kies uit", "choose from"), values.join(", ")),
    }
}

/// The words of a context of clap.
fn words(context: &ContextValue) -> Vec<String> {
    match context {
        ContextValue::String(word) if word.is_empty() => Vec::new(),
        ContextValue::Strings(words) => words.clone(),
        other => vec![other.to_string()],
    }
}
