//! `regelwerk changes`: what differs between two protocols, or between two releases?

mod trial;

use std::io;

use regelwerk::{Lang, Standard};
use regelwerk_compiler::emit::changes::{BadSides, Changes, Comparison, Frame};
use regelwerk_compiler::{Compilation, hash};

use crate::rules::Rules;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, catalogue};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "FROM",
        help = "Een protocol, zoals LTA-2019, of een release, zoals ijw/3.1"
    )]
    from: String,
    #[arg(value_name = "TO", help = "Waarmee het wordt vergeleken")]
    to: String,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Markdown,
    #[value(help = "Een object in JSON, met de getuigen helemaal")]
    Json,
}

/// Tells what differs.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    let catalogue = rules.catalogue_of(&compilation);
    let changes = match compared(&compilation, catalogue.standards, &args.from, &args.to) {
        Ok(changes) => changes,
        Err(bad) => {
            streams.complain(&complaint(&bad, tone))?;
            return Ok(Exit::Unusable);
        }
    };
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut *streams.stdout, &changes)?;
        writeln!(streams.stdout)?;
        return Ok(Exit::Good);
    }
    let frame = match tone.lang {
        Lang::En => Frame::En,
        Lang::Nl => Frame::Nl,
    };
    // What rule files say stands in it: nothing of that may steer a terminal.
    for line in changes.markdown(frame).lines() {
        writeln!(streams.stdout, "{}", crate::text::plain(line))?;
    }
    Ok(Exit::Good)
}

/// What differs between what two names stand for. Where `standards` was made from these very rules,
/// each rule that a machine judges is tried under both sides, and what shows a difference is told.
///
/// # Errors
///
/// When there is nothing of one of both names, or they cannot be compared.
pub fn compared(
    compilation: &Compilation,
    standards: &[&'static Standard],
    from: &str,
    to: &str,
) -> Result<Changes, BadSides> {
    let comparison = Comparison::new(&compilation.model, &compilation.sources, from, to)?;
    let mut changes = comparison.changes();
    let rules = hash(&compilation.sources);
    let is_it = |one: &&&'static Standard| {
        one.name == comparison.standard.name && one.rules_sha256 == rules
    };
    if let Some(library) = standards.iter().find(is_it) {
        trial::fill_in(&comparison, library, &mut changes);
    }
    Ok(changes)
}

/// Why two names cannot be compared, and what to do about it.
pub(crate) fn complaint(bad: &BadSides, tone: Tone) -> String {
    match bad {
        BadSides::Unknown { asked, known } => {
            let what = tone.say("onbekend protocol of release", "unknown protocol or release");
            let names: Vec<_> = known.iter().map(String::as_str).collect();
            catalogue::unknown(what, asked, &names, &names.join(", "), tone)
        }
        BadSides::Same(name) => {
            let what = tone.say(
                "is met zichzelf niet te vergelijken; noem er twee",
                "cannot be compared with itself; name two",
            );
            format!("{name} {what}")
        }
        BadSides::Mixed => tone
            .say(
                "een protocol is niet met een release te vergelijken; noem twee protocollen of twee releases",
                "a protocol cannot be compared with a release; name two protocols or two releases",
            )
            .to_owned(),
        BadSides::Standards([one, other]) => {
            let what = tone.say(
                "beide kanten moeten van een standaard zijn; dit zijn",
                "both sides must be of one standard; these are",
            );
            format!("{what} {one} {} {other}", tone.say("en", "and"))
        }
    }
}
