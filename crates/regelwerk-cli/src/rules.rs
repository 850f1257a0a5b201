//! The rules as a model: those of this build, or an analyst's copy.

use std::io;
use std::path::{Path, PathBuf};

use regelwerk_compiler::diag::{self, Severity, Source, Sources};
use regelwerk_compiler::{Compilation, LoadError, Loaded, compile, load, over};

use crate::Streams;

/// What people call the folder that the rules of the build come from.
const FOLDER: &str = "rules";

/// Which rules a verb looks at.
#[derive(clap::Args)]
pub(crate) struct Choice {
    #[arg(
        long,
        value_name = "DIR",
        help = "De map met regels; een protocol zonder standaard komt over de regels waarmee dit programma is gebouwd, en zonder map zijn het die zelf"
    )]
    pub(crate) rules: Option<PathBuf>,
}

impl Choice {
    /// The rules in the folder, or without one those of this build; none when they cannot be used,
    /// after telling why on standard error.
    pub(crate) fn compiled(&self, streams: &mut Streams<'_>) -> io::Result<Option<Compilation>> {
        let sources = match &self.rules {
            None => built(),
            Some(folder) => match loaded(folder) {
                Ok(Loaded { sources, over }) => {
                    if let Some(over) = over {
                        streams.complain(&format!("{}: {over}", folder.display()))?;
                    }
                    sources
                }
                Err(error) => {
                    streams.complain(&error.to_string())?;
                    return Ok(None);
                }
            },
        };
        let compilation = compile(sources);
        if compilation.is_sound() {
            return Ok(Some(compilation));
        }
        tell(&compilation, streams)?;
        Ok(None)
    }
}

/// The rules in a folder; a protocol that is there without its standard lies over those of this build.
///
/// # Errors
///
/// When there are none, or one cannot be read.
pub(crate) fn loaded(folder: &Path) -> Result<Loaded, LoadError> {
    Ok(over(built, load(folder)?))
}

/// The rule files that this program was built with.
pub(crate) fn built() -> Sources {
    let file =
        |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    Sources::new(FOLDER, regelwerk::rules::SOURCES.iter().map(file).collect())
}

/// What is wrong with rules, without what is only worth a look.
fn tell(compilation: &Compilation, streams: &mut Streams<'_>) -> io::Result<()> {
    let found = compilation.diagnostics.iter();
    let errors: Vec<_> = found.filter(|one| one.severity == Severity::Error).cloned().collect();
    let told = diag::render(&compilation.sources, &errors, streams.screen.style);
    streams.stdout.flush()?;
    // Where standard error is closed, nobody is left to be told.
    let _ = write!(streams.stderr, "{told}");
    streams.complain(&diag::summary(&errors))
}
