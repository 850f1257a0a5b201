//! The facade of the compiler: sources in, model, diagnostics and outputs out.
//!
//! Used by the build script of the runtime crate, by `xtask`, by the command and by tests. Only
//! [`load`] and [`build`] touch the file system.

pub mod build;
mod format;
mod load;
mod memory;
mod over;

use std::fmt::Write;

use regelwerk_analysis::{analyze, review};
use regelwerk_diag::{Code, Diagnostic, Severity, SourceId, Sources, Span};
use regelwerk_emit::Output;
use regelwerk_model::Model;
use sha2::{Digest, Sha256};

pub use format::{Unformatted, format};
pub use load::{LoadError, is_seen, load, looks_like_rules, obstacle, rule_files, rule_text};
pub use memory::Memory;
pub use over::{Loaded, Over, inside, over};
pub use regelwerk_analysis::{BRIEFS, PAGES, Page, brief, page};
pub use regelwerk_diag as diag;
pub use regelwerk_emit as emit;
pub use regelwerk_model as model;

/// What the compiler makes of rule files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compilation {
    /// The rule files.
    pub sources: Sources,
    /// What they say. Fit for use only when [`Self::is_sound`].
    pub model: Model,
    /// What is wrong with them, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compilation {
    /// Whether no diagnostic is an error.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.diagnostics.iter().all(|one| one.severity != Severity::Error)
    }

    /// What is told of files that look like rule files and are not read.
    pub fn unread(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|one| one.code == NOT_READ)
    }

    /// What is wrong, without what is only worth a look; first of all the files that are not read.
    #[must_use]
    pub fn faults(&self) -> Vec<Diagnostic> {
        let is_fault = |one: &&Diagnostic| one.severity == Severity::Error || one.code == NOT_READ;
        self.diagnostics.iter().filter(is_fault).cloned().collect()
    }

    /// The generated library: `mod.rs` with what it includes, and `sources.rs`, which stands by
    /// itself and holds the rule files.
    #[must_use]
    pub fn rust(&self) -> Vec<Output> {
        let mut files = regelwerk_emit::rust(&self.model, &self.sources, &hash(&self.sources));
        files.push(regelwerk_emit::rust_sources(&self.sources));
        files
    }
}

/// Compiles rule files.
#[must_use]
pub fn compile(sources: Sources) -> Compilation {
    compile_again(sources, &mut Memory::default())
}

/// Compiles rule files, with what was read of them before.
#[must_use]
pub fn compile_again(sources: Sources, memory: &mut Memory) -> Compilation {
    memory.read(&sources);
    let mut diagnostics = memory.diagnostics();
    let (model, found) = analyze(memory.files(), &sources);
    diagnostics.extend(found);
    let mut diagnostics = review(memory.files(), &model, diagnostics);
    diagnostics.extend(sources.unread().filter_map(|(id, source)| not_read(id, &source.path)));
    // What the others lack may be in a file that is not read.
    diagnostics.sort_by_key(|one| (one.code != NOT_READ, one.label.span, one.code));
    Compilation { sources, model, diagnostics }
}

/// A file that is not read and looks as if it should be: `x.regels.txt`, `x.regel`.
const NOT_READ: Code = Code("RW109");

/// That a file looks like a rule file and is none.
fn not_read(id: SourceId, path: &str) -> Option<Diagnostic> {
    load::looks_like_rules(path).then(|| {
        let span = Span { source: id, start: 0, end: 0 };
        let title = "dit bestand lijkt op een regelbestand, en wordt niet gelezen";
        Diagnostic::warning(NOT_READ, title, span).help(
            "een regelbestand eindigt op `.regels`, met niets erachter: geef het die naam, of haal het weg",
        )
    })
}

/// SHA-256 over paths and texts of the sources, in hexadecimal.
#[must_use]
pub fn hash(sources: &Sources) -> String {
    let mut hasher = Sha256::new();
    for (_, source) in sources.iter() {
        for part in [&source.path, &source.text] {
            hasher.update(part.len().to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
