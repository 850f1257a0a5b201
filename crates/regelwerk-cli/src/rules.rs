//! The rules as a model: those of this build, or an analyst's copy.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use regelwerk_compiler::diag::{self, Sources};
use regelwerk_compiler::{Compilation, LoadError, Loaded, compile, inside, load, over};

use crate::Streams;
use crate::catalogue::Catalogue;

/// What people call the folder that the rules of the build come from; where rules are when nobody
/// names a folder.
pub(crate) const FOLDER: &str = "rules";

/// The rules that a command goes by: those of this build, or those in a folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    #[arg(
        // Verbs have a folder of their own: by this name it is told from theirs.
        id = "rules",
        long = "rules",
        value_name = "DIR",
        global = true,
        display_order = 900,
        help = "De map met regels waarmee wordt gewerkt; een protocol zonder standaard komt over de regels waarmee dit programma is gebouwd, en zonder map zijn het die zelf"
    )]
    folder: Option<PathBuf>,
}

impl Rules {
    /// The folder, if one is named.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The folder of a verb that may name it without `--rules`; none when it is named in two ways,
    /// after telling so on standard error.
    pub(crate) fn named<'r>(
        &'r self,
        path: Option<&'r Path>,
        streams: &mut Streams<'_>,
    ) -> io::Result<Option<&'r Path>> {
        match (path, self.folder()) {
            (Some(path), Some(folder)) if path != folder => {
                let (path, folder) = (path.display(), folder.display());
                let what = "noem één map met regels";
                streams.complain(&format!("regelwerk: {path} en --rules {folder}; {what}"))?;
                Ok(None)
            }
            (path, folder) => Ok(Some(path.or(folder).unwrap_or(Path::new(FOLDER)))),
        }
    }

    /// The standards: in memory those of the folder, or without one those of this build. None when
    /// the rules in the folder cannot be used, after telling why on standard error.
    pub(crate) fn catalogue(&self, streams: &mut Streams<'_>) -> io::Result<Option<Catalogue>> {
        match self.folder {
            None => Ok(Some(Catalogue::BUILT)),
            Some(_) => Ok(self.compiled(streams)?.as_ref().map(Catalogue::of)),
        }
    }

    /// The standards of rules that were compiled already.
    pub(crate) fn catalogue_of(&self, compilation: &Compilation) -> Catalogue {
        match self.folder {
            None => Catalogue::BUILT,
            Some(_) => Catalogue::of(compilation),
        }
    }

    /// The rules as a model; none when they cannot be used, after telling why on standard error.
    pub(crate) fn compiled(&self, streams: &mut Streams<'_>) -> io::Result<Option<Compilation>> {
        let sources = match &self.folder {
            None => Some(built()),
            Some(folder) => read(folder, streams)?,
        };
        let Some(compilation) = sources.map(compile) else { return Ok(None) };
        if !compilation.is_sound() {
            tell(&compilation, streams)?;
            return Ok(None);
        }
        if compilation.unread().next().is_some() {
            tell(&compilation, streams)?;
        }
        Ok(Some(compilation))
    }
}

/// The rule files in a folder, over those of this build where that is how they are meant, which is
/// told; none when they cannot be read, after telling why on standard error.
pub(crate) fn read(folder: &Path, streams: &mut Streams<'_>) -> io::Result<Option<Sources>> {
    match loaded(folder) {
        Ok(Loaded { sources, over }) => {
            if let Some(over) = over {
                streams.complain(&format!("{}: {over}", folder.display()))?;
            }
            Ok(Some(sources))
        }
        Err(error) => {
            streams.complain(&error.to_string())?;
            Ok(None)
        }
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
    inside(regelwerk::rules::SOURCES)
}

/// The rules that this program was built with, compiled once.
pub(crate) fn compiled_built() -> &'static Compilation {
    static BUILT: OnceLock<Compilation> = OnceLock::new();
    BUILT.get_or_init(|| compile(built()))
}

/// What is wrong with rules, without what is only worth a look.
pub(crate) fn tell(compilation: &Compilation, streams: &mut Streams<'_>) -> io::Result<()> {
    let faults = compilation.faults();
    let told = diag::render(&compilation.sources, &faults, streams.screen.style);
    streams.stdout.flush()?;
    // Where standard error is closed, nobody is left to be told.
    let _ = write!(streams.stderr, "{told}");
    streams.complain(&diag::summary(&faults))
}
