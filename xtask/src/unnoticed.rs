//! `cargo xtask unnoticed`: which changes of the shipped rules does no example or scenario notice?

use std::path::Path;

use regelwerk_compiler::{compile, load};

/// Where they are listed.
const LIST: &str = "tests/probe/onopgemerkt.txt";

/// Writes the list anew, or with `check` compares it.
///
/// # Errors
///
/// When the rules cannot be read, a waiver waives nothing, or the list is another.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let compilation = compile(load(Path::new("rules")).map_err(|error| error.to_string())?);
    if !compilation.is_sound() {
        return Err("de regels hebben fouten: zie `regelwerk check rules`".to_owned());
    }
    let hunt = regelwerk_probe::hunt(&compilation, 0, &|_| true, &|_, _| {});
    let hunt = hunt.ok_or("er is geen standaard")?;
    if let Some(idle) = hunt.idle.first() {
        return Err(format!("{}: een ontheffing ontheft niets", idle.name));
    }
    let told = hunt
        .survivors
        .iter()
        .map(|one| format!("{} {} {}: {}\n", one.name, one.key, one.kind.nl(), one.words));
    let list: String = told.collect();
    eprintln!("{} veranderingen, {} onopgemerkt", hunt.tried, hunt.survivors.len());
    let about = |error: std::io::Error| format!("{LIST}: {error}");
    if !check {
        return std::fs::write(LIST, list).map_err(about);
    }
    match std::fs::read_to_string(LIST).map_err(about)? == list {
        true => Ok(()),
        false => Err(format!("{LIST} is niet bij: `cargo xtask unnoticed`")),
    }
}
