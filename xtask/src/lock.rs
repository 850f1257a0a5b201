//! The lock of what every wording demands: written anew where something is new, and kept where a
//! release in force would change.

use std::fs;
use std::path::{Path, PathBuf};

use regelwerk_compiler::diag::{Sources, Style, render, summary};
use regelwerk_compiler::emit::lock::{Lock, locks};
use regelwerk_compiler::{Compilation, compile, load};

/// Where the rules and their lock are.
pub(crate) struct Place {
    pub(crate) rules: PathBuf,
    pub(crate) locks: PathBuf,
}

impl Place {
    /// The rules of this project.
    pub(crate) fn of_project() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().unwrap_or(root);
        Self { rules: root.join("rules"), locks: root.join("tests/lock") }
    }
}

/// A lock as it is, and as it was reviewed.
struct Pair {
    now: Lock,
    locked: Lock,
    file: PathBuf,
    text: String,
}

/// Writes the locks anew; with `check` it only looks whether they are as they should be.
pub(crate) fn run(place: &Place, check: bool) -> Result<(), String> {
    let compilation = compiled(&place.rules)?;
    let pairs = pairs(&compilation, &place.locks)?;
    let told = breaches(&pairs, &compilation.sources);
    if !told.is_empty() {
        let files = if check { "" } else { "\n\ner is niets geschreven" };
        return Err(format!("{}{files}", told.join("\n\n")));
    }
    let renewed = pairs.iter().map(|pair| (pair, pair.now.clone().renewed(&pair.locked).text()));
    let stale: Vec<_> = renewed.filter(|(pair, text)| *text != pair.text).collect();
    if check && !stale.is_empty() {
        let files: Vec<_> = stale.iter().map(|(pair, _)| pair.file.display().to_string()).collect();
        return Err(format!(
            "er zijn nieuwe teksten die niet vastliggen in {}; draai `cargo xtask lock`, en bekijk wat er verandert",
            files.join(", ")
        ));
    }
    for (pair, text) in stale {
        write(pair, &text)?;
        println!("geschreven: {}", pair.file.display());
    }
    Ok(())
}

/// Writes that what is called so was changed on purpose.
pub(crate) fn amend(place: &Place, name: &str, reason: &str) -> Result<(), String> {
    let compilation = compiled(&place.rules)?;
    let day = chrono::Local::now().format("%d-%m-%Y");
    let mut is_found = false;
    for pair in pairs(&compilation, &place.locks)? {
        let Some(amended) = pair.now.amended(&pair.locked, name, &format!("{day} {reason}")) else {
            continue;
        };
        is_found = true;
        write(&pair, &amended.text())?;
        println!("vastgelegd in {}", pair.file.display());
    }
    match is_found {
        true => Ok(()),
        false => Err(format!(
            "aan {name} is niets veranderd dat al vastligt; `cargo xtask lock` zegt wat er wel is veranderd"
        )),
    }
}

fn compiled(rules: &Path) -> Result<Compilation, String> {
    let compilation = compile(load(rules).map_err(|error| error.to_string())?);
    if compilation.is_sound() {
        return Ok(compilation);
    }
    let told = render(&compilation.sources, &compilation.diagnostics, Style::Plain);
    Err(format!("{told}{}", summary(&compilation.diagnostics)))
}

/// The locks of the rules with those in the folder; one that is not there is empty, as is what the
/// rules no longer have.
fn pairs(compilation: &Compilation, folder: &Path) -> Result<Vec<Pair>, String> {
    let nothing =
        |home: &str| Lock { home: home.to_owned(), preparing: Vec::new(), entries: Vec::new() };
    let mut all = locks(&compilation.model, &compilation.sources);
    for home in homes(folder)? {
        if !all.iter().any(|lock| lock.home == home) {
            all.push(nothing(&home));
        }
    }
    let pair = |now: Lock| {
        let file = folder.join(now.file_name());
        let text = match file.exists() {
            true => fs::read_to_string(&file).map_err(|error| told(&file, &error))?,
            false => String::new(),
        };
        let locked =
            Lock::read(&now.home, &text).map_err(|bad| format!("{}: {bad}", file.display()))?;
        Ok(Pair { now, locked, file, text })
    };
    all.into_iter().map(pair).collect()
}

/// What the folder has a lock of.
fn homes(folder: &Path) -> Result<Vec<String>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    let mut homes = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| told(folder, &error))?.path();
        if path.extension().is_some_and(|end| end == "lock") {
            homes.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    homes.sort();
    Ok(homes)
}

fn breaches(pairs: &[Pair], sources: &Sources) -> Vec<String> {
    let told = pairs.iter().flat_map(|pair| {
        let file = pair.file.display().to_string();
        let breaches = pair.now.breaches(&pair.locked);
        breaches.into_iter().map(move |one| one.told(sources, &file))
    });
    told.collect()
}

fn write(pair: &Pair, text: &str) -> Result<(), String> {
    if let Some(folder) = pair.file.parent() {
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
    }
    fs::write(&pair.file, text).map_err(|error| told(&pair.file, &error))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
