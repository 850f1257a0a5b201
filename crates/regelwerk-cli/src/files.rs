//! Which files there are to judge: those that are named, and those in the folders that are named.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::input::{self, Refusal};

/// The ending of messages in a folder, in lower or upper case.
const ENDING: &str = "xml";

/// Something to judge, or why there is nothing to judge.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What it is called.
    pub(crate) path: PathBuf,
    /// Why it is known before reading that it cannot be read, if so.
    pub(crate) refusal: Option<Refusal>,
}

impl Entry {
    fn refused(path: impl Into<PathBuf>, refusal: Refusal) -> Self {
        Self { path: path.into(), refusal: Some(refusal) }
    }
}

/// What there is to judge at these paths, in their order; what is in a folder in order of path.
pub(crate) fn find(paths: &[PathBuf]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for path in paths {
        if path.is_dir() && !input::is_standard_stream(path) {
            entries.extend(in_folder(path));
        } else {
            entries.push(Entry { path: path.clone(), refusal: None });
        }
    }
    entries
}

/// The messages in a folder and the folders in it. Symbolic links are followed, but each folder is
/// looked into once, by whatever name it is met first.
pub(crate) fn in_folder(folder: &Path) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let mut is_new =
        |folder: &Path| fs::canonicalize(folder).map_or(true, |real| seen.insert(real));
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| !entry.file_type().is_dir() || is_new(entry.path()));
    let entries = walk.filter_map(|met| match met {
        Ok(entry) => message(entry),
        Err(error) => obstacle(folder, error),
    });
    let entries: Vec<_> = entries.collect();
    match entries.is_empty() {
        true => vec![Entry::refused(folder, Refusal::NoMessages)],
        false => entries,
    }
}

/// What is called a message. Reading anything but a regular file may never end.
fn message(entry: DirEntry) -> Option<Entry> {
    let kind = entry.file_type();
    if kind.is_dir() || !is_called_a_message(entry.path()) {
        return None;
    }
    let refusal = (!kind.is_file()).then_some(Refusal::NotAFile);
    Some(Entry { path: entry.into_path(), refusal })
}

/// What could not be looked at, unless that takes no message away.
fn obstacle(folder: &Path, error: walkdir::Error) -> Option<Entry> {
    let path = error.path().unwrap_or(folder).to_owned();
    // A link back to a folder that it is in leads to nothing new.
    if error.loop_ancestor().is_some() || (leads_nowhere(&path) && !is_called_a_message(&path)) {
        return None;
    }
    let refusal = match error.into_io_error() {
        Some(error) => error.into(),
        None => Refusal::NotAFile,
    };
    Some(Entry::refused(path, refusal))
}

/// Whether a path is a symbolic link to what does not exist, or to itself.
fn leads_nowhere(path: &Path) -> bool {
    let is_open = |error: &std::io::Error| error.kind() != ErrorKind::PermissionDenied;
    path.is_symlink() && fs::metadata(path).err().as_ref().is_some_and(is_open)
}

/// Whether a file is called as messages are.
pub(crate) fn is_called_a_message(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}
