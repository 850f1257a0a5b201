//! Trying again after each save.
//!
//! By looking every so often at when files changed, and not by what an operating system tells of
//! them: that is the same everywhere, on network folders too, and does not care whether an editor
//! writes in a file or puts another in its place.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use regelwerk_compiler::{Memory, is_seen, looks_like_rules};
use walkdir::WalkDir;

use super::Round;
use crate::{Exit, Streams};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(100);
/// For how long nothing may change before a save is over.
const REST: Duration = Duration::from_millis(20);
/// The endings of files that rules are read from.
const ENDINGS: [&str; 2] = ["regels", "csv"];

/// When each file changed last, and how long it is.
type Seen = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Tries, and again after each save, until somebody stops it. Where there is no such folder there is
/// nothing to wait for.
pub(super) fn run(round: &Round<'_>, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let mut seen = look(round.folder);
    let mut memory = Memory::default();
    let first = round.run(&[], &mut memory, streams)?;
    // Nor where what is asked for is not there.
    if !round.folder.is_dir() || first == Exit::Unusable && !round.only.is_empty() {
        return Ok(first);
    }
    loop {
        let wait =
            round.tone.say("wacht op een opslag; Ctrl-C stopt", "waiting for a save; Ctrl-C stops");
        streams.complain(&format!("{}: {wait}", round.folder.display()))?;
        let changed = next(round.folder, &mut seen);
        let names: Vec<_> = changed.iter().map(|path| path.display().to_string()).collect();
        streams.complain(&names.join(", "))?;
        round.run(&changed, &mut memory, streams)?;
    }
}

/// Waits until files changed, came or went, and gives which.
fn next(folder: &Path, seen: &mut Seen) -> Vec<PathBuf> {
    loop {
        thread::sleep(PAUSE);
        let mut now = look(folder);
        if now == *seen {
            continue;
        }
        loop {
            thread::sleep(REST);
            let later = look(folder);
            if later == now {
                break;
            }
            now = later;
        }
        let changed = differing(seen, &now);
        *seen = now;
        // What was put back as it was is no change.
        if !changed.is_empty() {
            return changed;
        }
    }
}

/// The files of which one side says something else than the other.
fn differing(one: &Seen, other: &Seen) -> Vec<PathBuf> {
    let changed = other.iter().filter(|(path, at)| one.get(*path) != Some(at));
    let gone = one.iter().filter(|(path, _)| !other.contains_key(*path));
    changed.chain(gone).map(|(path, _)| path.clone()).collect()
}

/// The files of rules below a folder. What cannot be seen is not there.
fn look(folder: &Path) -> Seen {
    let is_read = |path: &Path| {
        let ending = path.extension();
        let is_one =
            ending.is_some_and(|it| ENDINGS.iter().any(|end| it.eq_ignore_ascii_case(end)));
        is_one || looks_like_rules(&path.to_string_lossy())
    };
    let files = WalkDir::new(folder).follow_links(true).into_iter();
    let files = files.filter_entry(is_seen).filter_map(Result::ok);
    let files = files.filter(|entry| is_read(entry.path())).filter_map(|entry| {
        let about = entry.metadata().ok()?;
        Some((entry.into_path(), (about.modified().ok(), about.len())))
    });
    files.collect()
}
