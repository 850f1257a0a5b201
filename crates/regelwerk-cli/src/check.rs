//! `regelwerk check`: is there anything wrong with the rule files?

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use regelwerk_compiler::model::Model;
use regelwerk_compiler::{compile, diag, load};

use crate::{Exit, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "PATH", default_value = "rules", help = "Map of bestand met regels")]
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
    let compilation = compile(sources);
    let diagnostics = &compilation.diagnostics;
    match args.format {
        Format::Text => {
            let told = diag::render(&compilation.sources, diagnostics, streams.style);
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
    writeln!(streams.stdout, "{}: {}", args.path.display(), parts.join(", "))?;
    Ok(if compilation.is_sound() { Exit::Good } else { Exit::Rejected })
}

/// How much there is: rules and messages, each message once however many releases have it.
fn contents(model: &Model) -> [String; 2] {
    let rules = model.standards.iter().map(|standard| standard.rules.len()).sum();
    let messages = model.standards.iter().map(|standard| {
        let messages = standard.releases.iter().flat_map(|release| &release.messages);
        messages.map(|message| message.name.as_str()).collect::<BTreeSet<_>>().len()
    });
    [count(rules, "regel", "regels"), count(messages.sum(), "bericht", "berichten")]
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
