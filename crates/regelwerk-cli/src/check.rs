//! `regelwerk check`: is there anything wrong with the rule files?

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use regelwerk_compiler::diag::{Sources, Span};
use regelwerk_compiler::model::{Model, Reply, RuleKind, Standard};
use regelwerk_compiler::{Compilation, compile, diag, load};

use crate::{Exit, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "PATH", default_value = "rules", help = "De map waarin alle regels staan")]
    path: PathBuf,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
}

/// The forms of output; others may come.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
}

/// Compiles the rules and tells what is wrong with them.
pub(crate) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let sources = match load(&args.path) {
        Ok(sources) => sources,
        Err(error) => {
            streams.complain(&error.to_string())?;
            return Ok(Exit::Unusable);
        }
    };
    let mut compilation = compile(sources);
    // What stops a build comes first; within that, things stay in order of place.
    compilation.diagnostics.sort_by_key(|one| one.severity);
    for one in &mut compilation.diagnostics {
        one.label.span = head(&compilation.sources, one.label.span);
    }
    let diagnostics = &compilation.diagnostics;
    match args.format {
        Format::Text => {
            let told = diag::render(&compilation.sources, diagnostics, streams.screen.style);
            streams.stdout.write_all(told.as_bytes())?;
        }
    }
    let mut parts = Vec::new();
    if compilation.is_sound() {
        parts.extend(contents(&compilation.model));
    }
    parts.push(match diagnostics.is_empty() {
        true => "geen opmerkingen".to_owned(),
        false => diag::summary(diagnostics),
    });
    for one in unfinished(&compilation) {
        writeln!(streams.stdout, "{one}")?;
    }
    writeln!(streams.stdout, "{}: {}", args.path.display(), parts.join(", "))?;
    Ok(if compilation.is_sound() { Exit::Good } else { Exit::Rejected })
}

/// The first line of what is a whole block; anything smaller as it is.
fn head(sources: &Sources, span: Span) -> Span {
    let first = sources.slice(span).lines().next().unwrap_or_default();
    let end = u32::try_from(first.len()).ok().and_then(|length| span.start.checked_add(length));
    match end {
        Some(end) if end < span.end && sources.position(span).column == 1 => Span { end, ..span },
        _ => span,
    }
}

/// How much there is: rules and messages, each message once however many releases have it; of the
/// other things only what there is.
fn contents(model: &Model) -> Vec<String> {
    let sum = |count: fn(&Standard) -> usize| model.standards.iter().map(count).sum::<usize>();
    let mut parts =
        vec![count(sum(rules), "regel", "regels"), count(sum(messages), "bericht", "berichten")];
    let others = [
        (sum(|standard| standard.protocols.len()), "protocol", "protocollen"),
        (sum(|standard| standard.scenarios.len()), "scenario", "scenario's"),
        (sum(tables), "tabel", "tabellen"),
        (sum(replies), "antwoord", "antwoorden"),
    ];
    let others = others.into_iter().filter(|(number, ..)| *number > 0);
    parts.extend(others.map(|(number, one, many)| count(number, one, many)));
    parts
}

/// Rules that are only named, and what they need.
fn unfinished(compilation: &Compilation) -> Vec<String> {
    let Compilation { model, sources, .. } = compilation;
    let laid = model.standards.iter().flat_map(|standard| &standard.protocols);
    let own = model.standards.iter().flat_map(|standard| &standard.rules);
    let rules = own.chain(laid.flat_map(|protocol| &protocol.rules));
    let named = rules.filter(|rule| rule.kind == RuleKind::NotYet);
    let told = named.map(|rule| {
        format!(
            "{} is nog niet uitgewerkt ({}:{}): geef haar `voor:`, eisen en voorbeelden",
            rule.code,
            sources.shown(rule.span.source),
            sources.position(rule.span).line
        )
    });
    told.collect()
}

fn rules(standard: &Standard) -> usize {
    let of_protocols = standard.protocols.iter().map(|protocol| protocol.rules.len());
    standard.rules.len() + of_protocols.sum::<usize>()
}

fn messages(standard: &Standard) -> usize {
    let messages = standard.releases.iter().flat_map(|release| &release.messages);
    messages.map(|message| message.name.as_str()).collect::<BTreeSet<_>>().len()
}

/// Messages that are answered, each once.
fn replies(standard: &Standard) -> usize {
    let answered = standard.releases.iter().flat_map(|release| {
        let named = |reply: &Reply| release.messages.get(reply.to).map(|one| one.name.as_str());
        release.replies.iter().filter_map(named)
    });
    answered.collect::<BTreeSet<_>>().len()
}

fn tables(standard: &Standard) -> usize {
    let of_protocols = standard.protocols.iter().map(|protocol| protocol.tables.len());
    standard.tables.len() + of_protocols.sum::<usize>()
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
