//! `cargo xtask oracle`: reads messages with their official verdict and counts the agreement. The
//! generated library and the evaluator must say the same of each.

use std::fmt::Display;
use std::io::Write;
use std::path::Path;

use regelwerk::{Context, STANDARDS};
use regelwerk_compiler::{compile, inside};
use regelwerk_eval::Library;

use crate::agreement::{Official, Tally};
use crate::floor::Floor;

/// Compares every message in `dir` and prints each disagreement, then the counts.
///
/// # Errors
///
/// When a file cannot be read, or less agrees than the file `floor` asks; the text says which.
pub(crate) fn run(dir: &Path, floor: Option<&Path>) -> Result<(), String> {
    let floor = floor.map(|path| Ok::<_, String>((path, read_floor(path)?))).transpose()?;
    let tally = compare(dir)?;
    print(&tally).map_err(|error| format!("de uitkomst is niet te schrijven: {error}"))?;
    let Some((path, floor)) = floor else { return Ok(()) };
    let reached = Floor::of(&tally);
    reached.check(floor).map_err(|reason| about(path, reason))?;
    if reached != floor {
        eprintln!("{}: er komt meer overeen; zet er nu in:\n{reached}", path.display());
    }
    Ok(())
}

fn read_floor(path: &Path) -> Result<Floor, String> {
    let text = std::fs::read_to_string(path).map_err(|error| about(path, error))?;
    text.parse().map_err(|reason: String| about(path, reason))
}

fn compare(dir: &Path) -> Result<Tally, String> {
    let path = dir.join("verwacht.json");
    let json = std::fs::read(&path).map_err(|error| about(&path, error))?;
    let verdicts: Vec<Official> =
        serde_json::from_slice(&json).map_err(|error| about(&path, error))?;
    let context = regelwerk::context();
    let evaluated = evaluated(&context);
    let mut tally = Tally::default();
    for official in &verdicts {
        if knows(&official.message, &context) {
            let path = dir.join("berichten").join(&official.file);
            let bytes = std::fs::read(&path).map_err(|error| about(&path, error))?;
            let report = regelwerk::validate(&bytes, &context);
            if regelwerk::validate(&bytes, &evaluated) != report {
                return Err(about(&path, "de evaluator oordeelt anders dan de gebouwde regels"));
            }
            tally.add(official, &report, STANDARDS);
        } else {
            tally.skipped += 1;
        }
    }
    Ok(tally)
}

/// The same rules, straight from the rule files that the library was made of.
fn evaluated(context: &Context) -> Context {
    let compilation = compile(inside(regelwerk::rules::SOURCES));
    let mut evaluated = context.clone();
    evaluated.standards = Library::of(&compilation).standards;
    evaluated
}

fn knows(message: &str, context: &Context) -> bool {
    let releases = context.standards.iter().flat_map(|standard| standard.releases);
    releases.flat_map(|release| release.messages).any(|known| known.name == message)
}

fn print(tally: &Tally) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for disagreement in &tally.disagreements {
        writeln!(out, "{disagreement}")?;
    }
    write!(out, "{tally}")
}

fn about(path: &Path, reason: impl Display) -> String {
    format!("{}: {reason}", path.display())
}
