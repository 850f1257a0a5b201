//! `regelwerk table`: what does a table of the standard or of a protocol say?

mod query;
mod show;

use std::ffi::OsString;
use std::io;
use std::iter::Peekable;

use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::{Model, Table};

use crate::rules::Rules;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, catalogue};

/// The verb, as it is typed.
const VERB: &str = "table";
/// What it has besides columns, and whether a value follows.
const OPTIONS: [(&str, bool); 5] =
    [("protocol", true), ("rules", true), ("format", true), ("lang", true), ("help", false)];

/// What the verb takes.
#[derive(clap::Args)]
#[command(override_usage = "regelwerk table [NAAM] [--KOLOM WAARDE]… [OPTIES]")]
pub(crate) struct Args {
    #[arg(value_name = "NAME", help = "De tabel; zonder naam de lijst van alle tabellen")]
    name: Option<String>,
    #[arg(
        last = true,
        value_name = "--KOLOM WAARDE",
        allow_hyphen_values = true,
        help = "Alleen rijen met deze waarde in deze kolom; een kolom die heet als een optie noemt u na `--`"
    )]
    wanted: Vec<String>,
    #[arg(long, value_name = "NAME", help = "Alleen de tabel van dit protocol")]
    protocol: Option<String>,
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
    Text,
    #[value(help = "Een object per tabel, als JSON")]
    Json,
    #[value(help = "De rijen, met de kolommen op de eerste regel")]
    Csv,
}

/// A table with where it is from.
#[derive(Clone, Copy)]
pub(crate) struct Found<'m> {
    /// The standard or the protocol that has it.
    home: &'m str,
    home_title: &'m str,
    is_of_protocol: bool,
    table: &'m Table,
}

/// Arguments in the order in which they can be read: what is no option of the verb is a column, and
/// stands at the end. Arguments of other verbs are left as they are.
pub(crate) fn arranged(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut args = args.into_iter().peekable();
    let mut kept = up_to_the_verb(&mut args);
    if kept.last().is_none_or(|verb| verb != VERB) {
        kept.extend(args);
        return kept;
    }
    let mut columns = Vec::new();
    while let Some(arg) = args.next() {
        if arg == "--" {
            columns.extend(args.by_ref());
            break;
        }
        let (is_column, takes_value) = kind(&arg);
        let into = if is_column { &mut columns } else { &mut kept };
        into.push(arg);
        if takes_value && let Some(value) = args.next_if(|next| !is_flag(next)) {
            into.push(value);
        }
    }
    if !columns.is_empty() {
        kept.push("--".into());
        kept.extend(columns);
    }
    kept
}

/// The name of the program, what stands before the verb with its values, and the verb.
fn up_to_the_verb(args: &mut Peekable<impl Iterator<Item = OsString>>) -> Vec<OsString> {
    let mut kept: Vec<_> = args.by_ref().take(1).collect();
    while let Some(flag) = args.next_if(is_flag) {
        let (_, takes_value) = kind(&flag);
        kept.push(flag);
        kept.extend(takes_value.then(|| args.next()).flatten());
    }
    kept.extend(args.next());
    kept
}

/// Whether an argument names a column, and whether its value is the next argument.
fn kind(arg: &OsString) -> (bool, bool) {
    let Some(named) = arg.to_str().and_then(|arg| arg.strip_prefix("--")) else {
        return (false, false);
    };
    let (name, has_value) = match named.split_once('=') {
        Some((name, _)) => (name, true),
        None => (named, false),
    };
    let option = OPTIONS.iter().find(|(option, _)| *option == name);
    let takes_value = option.is_none_or(|(_, takes_value)| *takes_value);
    (option.is_none(), takes_value && !has_value)
}

fn is_flag(arg: &OsString) -> bool {
    arg.to_str().is_some_and(|arg| arg.starts_with("--"))
}

/// Shows tables, or the rows that are asked for; where there is none that is a rejection.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    let answered = chosen(args, &compilation.model, tone)
        .and_then(|tables| Ok((query::conditions(&args.wanted, &tables, tone)?, tables)));
    match answered {
        Ok((wanted, tables)) => answer(args, &tables, &wanted, &compilation.sources, streams),
        Err(complaint) => {
            streams.complain(&complaint)?;
            Ok(Exit::Unusable)
        }
    }
}

/// Shows what was asked of these tables.
fn answer(
    args: &Args,
    tables: &[Found<'_>],
    wanted: &[query::Wanted],
    sources: &Sources,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let rows: Vec<_> = tables.iter().map(|one| query::rows(one.table, wanted)).collect();
    let out = &mut *streams.stdout;
    match args.format {
        Format::Json => show::json(tables, &rows, out)?,
        Format::Csv => show::csv(tables, &rows, out)?,
        Format::Text if args.name.is_none() => show::list(tables, tone, out)?,
        Format::Text if wanted.is_empty() => show::heads(tables, sources, tone, out)?,
        Format::Text => show::rows(tables, &rows, tone, out)?,
    }
    let lacking = query::lacking(tables, &rows, wanted, tone);
    for told in &lacking {
        streams.complain(told)?;
    }
    Ok(if lacking.is_empty() { Exit::Good } else { Exit::Rejected })
}

/// The tables that are asked for: those of a name, of which every standard and every protocol may
/// have one; without a name all.
fn chosen<'m>(args: &Args, model: &'m Model, tone: Tone) -> Result<Vec<Found<'m>>, String> {
    let mut tables = all(model);
    if let Some(protocol) = &args.protocol {
        tables.retain(|one| one.is_of_protocol && one.home.eq_ignore_ascii_case(protocol));
        let protocols = model.standards.iter().flat_map(|standard| &standard.protocols);
        let known: Vec<_> = protocols.map(|protocol| protocol.name.as_str()).collect();
        if !known.iter().any(|known| known.eq_ignore_ascii_case(protocol)) {
            let what = tone.say("onbekend protocol", "unknown protocol");
            return Err(catalogue::unknown(what, protocol, &known, &known.join(", "), tone));
        }
    }
    let Some(name) = &args.name else {
        return match args.format {
            Format::Csv => Err(one_table(tone)),
            _ => Ok(tables),
        };
    };
    let found: Vec<_> =
        tables.iter().filter(|one| one.table.name.eq_ignore_ascii_case(name)).copied().collect();
    match found.len() {
        0 => {
            let names: Vec<_> = tables.iter().map(|one| one.table.name.as_str()).collect();
            let typed: Vec<_> = tables.iter().map(|one| one.typed(args)).collect();
            let what = tone.say("onbekende tabel", "unknown table");
            Err(catalogue::unknown(what, name, &names, &typed.join(", "), tone))
        }
        1 => Ok(found),
        _ if args.format == Format::Csv => Err(one_table(tone)),
        _ => Ok(found),
    }
}

fn one_table(tone: Tone) -> String {
    tone.say(
        "CSV is van één tabel; noem haar, en zo nodig het protocol met --protocol",
        "CSV is of one table; name it, and if need be the protocol with --protocol",
    )
    .to_owned()
}

/// Every table, with those of a standard before those of its protocols.
fn all(model: &Model) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    for standard in &model.standards {
        let own = |table| Found {
            home: &standard.name,
            home_title: &standard.title,
            is_of_protocol: false,
            table,
        };
        found.extend(standard.tables.iter().map(own));
        for protocol in &standard.protocols {
            let laid = |table| Found {
                home: &protocol.name,
                home_title: &protocol.title,
                is_of_protocol: true,
                table,
            };
            found.extend(protocol.tables.iter().map(laid));
        }
    }
    found
}

impl Found<'_> {
    /// What one types to be told of this table and of none that is called alike, beside what was
    /// typed already.
    fn typed(&self, args: &Args) -> String {
        match self.is_of_protocol && args.protocol.is_none() {
            true => format!("{} --protocol {}", self.table.name, self.home),
            false => self.table.name.clone(),
        }
    }
}
