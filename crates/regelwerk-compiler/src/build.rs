//! What a build script calls.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use regelwerk_diag::{Sources, Style, render, summary};

use crate::emit::{Output, rust_sources};
use crate::{LoadError, compile, inside, load, over};

/// The rules of the crate in this folder: those that it carries, as a packaged crate does, or else
/// those of the workspace that it is in.
#[must_use]
pub fn rules(package: &Path) -> PathBuf {
    let carried = package.join("rules");
    if carried.is_dir() { carried } else { package.join("../../rules") }
}

/// Compiles the rules in `rules` to Rust in `OUT_DIR`. What is wrong is told on standard error in
/// the analyst's words, and stops the build.
#[must_use]
pub fn script(rules: &Path) -> ExitCode {
    run(rules, || library(here(rules)?))
}

/// The same for the rules in `folder`, laid [over](over()) rule files that the caller has inside, by
/// path and text.
#[must_use]
pub fn script_over(below: &[(&str, &str)], folder: &Path) -> ExitCode {
    run(folder, || library(over(|| inside(below), load(folder)?).sources))
}

/// Writes the rule files in `rules` to `OUT_DIR` as they are, for a crate that has them inside.
#[must_use]
pub fn embed(rules: &Path) -> ExitCode {
    run(rules, || Ok(vec![rust_sources(&here(rules)?)]))
}

/// Writes files to `OUT_DIR`, again whenever something changes in the folder that they are made of.
fn run(folder: &Path, make: impl FnOnce() -> Result<Vec<Output>, Failure>) -> ExitCode {
    println!("cargo::rerun-if-changed={}", folder.display());
    match make().and_then(|files| write(&files)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(told)) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}

/// Why there is nothing to build, for people.
struct Failure(String);

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self(error.to_string())
    }
}

/// The rule files in a folder, named in full: whoever reads of a mistake is in another folder.
fn here(rules: &Path) -> Result<Sources, LoadError> {
    load(&rules.canonicalize().unwrap_or_else(|_| rules.to_owned()))
}

/// The generated library.
fn library(sources: Sources) -> Result<Vec<Output>, Failure> {
    let compilation = compile(sources);
    if compilation.is_sound() {
        return Ok(compilation.rust());
    }
    let told = render(&compilation.sources, &compilation.diagnostics, Style::Plain);
    Err(Failure(format!("{told}{}", summary(&compilation.diagnostics))))
}

fn write(files: &[Output]) -> Result<(), Failure> {
    let out = std::env::var_os("OUT_DIR")
        .ok_or_else(|| Failure("OUT_DIR ontbreekt: dit hoort in een build.rs".to_owned()))?;
    for file in files {
        let path = Path::new(&out).join(&file.name);
        std::fs::write(&path, &file.text)
            .map_err(|error| Failure(format!("{}: {error}", path.display())))?;
    }
    Ok(())
}
