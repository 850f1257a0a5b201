//! The rules as a model: those in a folder.

use std::io;
use std::path::Path;

use regelwerk_compiler::diag::{self, Severity};
use regelwerk_compiler::{Compilation, compile, load};

use crate::Streams;

/// What people call the folder of the rules.
const FOLDER: &str = "rules";

/// The rules in a folder; none when they cannot be used, after telling why on standard error.
pub(crate) fn compiled(
    folder: Option<&Path>,
    streams: &mut Streams<'_>,
) -> io::Result<Option<Compilation>> {
    let sources = match load(folder.unwrap_or(Path::new(FOLDER))) {
        Ok(sources) => sources,
        Err(error) => {
            streams.complain(&error.to_string())?;
            return Ok(None);
        }
    };
    let compilation = compile(sources);
    if compilation.is_sound() {
        return Ok(Some(compilation));
    }
    let found = compilation.diagnostics.iter();
    let errors: Vec<_> = found.filter(|one| one.severity == Severity::Error).cloned().collect();
    let told = diag::render(&compilation.sources, &errors, streams.screen.style);
    streams.stdout.flush()?;
    // Where standard error is closed, nobody is left to be told.
    let _ = write!(streams.stderr, "{told}");
    streams.complain(&diag::summary(&errors))?;
    Ok(None)
}
