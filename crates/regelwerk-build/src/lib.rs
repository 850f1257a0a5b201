//! A protocol of one's own in Rust: what the build script of its crate calls.
//!
//! A region that has agreements of its own on messages writes them down as rule files, in a folder
//! of its own repository. This crate has the standard inside, with the protocols that come with it;
//! [`compile`] lays the folder over those and makes one library of all. `build.rs`:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     regelwerk_build::compile("regels")
//! }
//! ```
//!
//! and `src/lib.rs`:
//!
//! ```text
//! regelwerk_kernel::library!();
//! ```
//!
//! The crate then has what the crate `regelwerk` has, and its own protocol among those of the
//! standard: `validate`, `context()`, `Dossier`, a module with typed views for each standard.
//! `Cargo.toml` names `regelwerk-build` below `[build-dependencies]` and `regelwerk-kernel` of the
//! same release below `[dependencies]`.

use std::path::Path;
use std::process::ExitCode;

pub use regelwerk_compiler as compiler;
use regelwerk_compiler::{Compilation, LoadError, load, over};

/// The rule files of the standards, and of the protocols that come with them.
#[allow(unreachable_pub)]
mod inside {
    include!(concat!(env!("OUT_DIR"), "/sources.rs"));
}

/// Compiles the rules in a folder to Rust, over the standard that they lie over, into `OUT_DIR`. The
/// folder is named from that of the crate: `regels`. Where it has a protocol that is inside too, its
/// own comes in the place of that.
///
/// What is wrong with the rules is told on standard error in the analyst's words, with file, line
/// and help, and stops the build. A file that changes, comes or goes in the folder is a reason for
/// cargo to build again.
#[must_use]
pub fn compile(folder: impl AsRef<Path>) -> ExitCode {
    compiler::build::script_over(inside::SOURCES, folder.as_ref())
}

/// The rules in a folder as a model, laid over those inside: for tests that try what they show.
///
/// # Errors
///
/// When there are none, or one cannot be read.
pub fn rules(folder: impl AsRef<Path>) -> Result<Compilation, LoadError> {
    let own = load(folder.as_ref())?;
    Ok(compiler::compile(over(|| compiler::inside(inside::SOURCES), own).sources))
}
