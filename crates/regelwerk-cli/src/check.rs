//! `regelwerk check`: is there anything wrong with the rule files?

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use regelwerk_compiler::diag::{Diagnostic, Severity, Sources, Span};
use regelwerk_compiler::model::{Model, Reply, RuleKind, Standard};
use regelwerk_compiler::{Compilation, Loaded, Page, compile, diag, page};

use crate::rules::{self, Rules};
use crate::{Exit, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "PATH",
        help = "De map waarin alle regels staan, anders rules; of een protocol zonder zijn standaard: dat komt over de regels waarmee dit programma is gebouwd"
    )]
    path: Option<PathBuf>,
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
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let Some(path) = rules.named(args.path.as_deref(), streams)? else {
        return Ok(Exit::Unusable);
    };
    let Loaded { sources, over } = match rules::loaded(path) {
        Ok(loaded) => loaded,
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
    for page in pages(diagnostics) {
        writeln!(streams.stdout, "uitleg bij {}: regelwerk explain {}", page.code.0, page.name)?;
    }
    let mut parts: Vec<String> = over.iter().map(ToString::to_string).collect();
    if compilation.is_sound() {
        let own = over.as_ref().map(|_| &compilation.sources);
        parts.extend(contents(&compilation.model, own));
    }
    parts.push(match diagnostics.is_empty() {
        true => "geen opmerkingen".to_owned(),
        false => diag::summary(diagnostics),
    });
    for one in unfinished(&compilation) {
        writeln!(streams.stdout, "{one}")?;
    }
    writeln!(streams.stdout, "{}: {}", path.display(), parts.join(", "))?;
    Ok(if compilation.is_sound() { Exit::Good } else { Exit::Rejected })
}

/// The pages on what is told, each once, in order of code.
fn pages(diagnostics: &[Diagnostic]) -> Vec<&'static Page> {
    let only_told = diagnostics.iter().filter(|one| one.severity != Severity::Error);
    let codes: BTreeSet<_> = only_told.map(|one| one.code).collect();
    codes.iter().filter_map(|code| page(code.0)).collect()
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
/// other things only what there is. Of rules that are laid over others in `own`, what is theirs.
fn contents(model: &Model, own: Option<&Sources>) -> Vec<String> {
    let counts = |span: &Span| own.is_none_or(|sources| sources.is_own(span.source));
    let standards = || model.standards.iter();
    let protocols = || standards().flat_map(|it| &it.protocols);
    let of = |spans: &mut dyn Iterator<Item = Span>| spans.filter(counts).count();
    let rules = standards().flat_map(|it| &it.rules);
    let rules = of(&mut rules.chain(protocols().flat_map(|it| &it.rules)).map(|it| it.span));
    let tables = standards().flat_map(|it| &it.tables);
    let tables = of(&mut tables.chain(protocols().flat_map(|it| &it.tables)).map(|it| it.span));
    // Only a standard has messages, and answers to them.
    let whole = |count: fn(&Standard) -> usize| match own {
        None => standards().map(count).sum::<usize>(),
        Some(_) => 0,
    };
    let mut parts = vec![count(rules, "regel", "regels")];
    let others = [
        (whole(messages), "bericht", "berichten"),
        (of(&mut protocols().map(|it| it.span)), "protocol", "protocollen"),
        (
            of(&mut standards().flat_map(|it| &it.scenarios).map(|it| it.span)),
            "scenario",
            "scenario's",
        ),
        (tables, "tabel", "tabellen"),
        (whole(replies), "antwoord", "antwoorden"),
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

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
