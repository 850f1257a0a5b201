//! What a build script calls.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use regelwerk_diag::{Style, render, summary};

use crate::{compile, load};

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
    println!("cargo::rerun-if-changed={}", rules.display());
    match generate(rules) {
        Ok(()) => ExitCode::SUCCESS,
        Err(told) => {
            eprintln!("{told}");
            ExitCode::FAILURE
        }
    }
}

fn generate(rules: &Path) -> Result<(), String> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR ontbreekt: dit hoort in een build.rs")?;
    let rules = rules.canonicalize().unwrap_or_else(|_| rules.to_owned());
    let compilation = compile(load(&rules).map_err(|error| error.to_string())?);
    if !compilation.is_sound() {
        let told = render(&compilation.sources, &compilation.diagnostics, Style::Plain);
        return Err(format!("{told}{}", summary(&compilation.diagnostics)));
    }
    for output in compilation.rust() {
        let path = Path::new(&out).join(&output.name);
        std::fs::write(&path, output.text)
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}
