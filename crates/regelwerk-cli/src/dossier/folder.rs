//! A folder with the messages of a dossier.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::dossier::trouble::{Trouble, What};
use crate::files::{self, Entry};
use crate::input::Refusal;

/// The ending of what a person supplies beside messages.
const ENDING: &str = "csv";

/// The messages of a folder, in order of name.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Each message by its name in the folder.
    pub(crate) messages: Vec<(String, Entry)>,
}

impl Folder {
    /// The messages in a folder and the folders in it.
    ///
    /// # Errors
    ///
    /// When there is no such folder, or nothing in it that is called a message.
    pub(crate) fn open(folder: &Path) -> Result<Self, Trouble> {
        check(folder)?;
        let mut entries = files::in_folder(folder);
        let is_empty = |entry: &Entry| entry.refusal == Some(Refusal::NoMessages);
        if entries.iter().any(is_empty) {
            return Err(Trouble::new(folder, None, What::Refused(Refusal::NoMessages)));
        }
        let messages = entries.drain(..).map(|entry| (name(folder, &entry.path), entry));
        Ok(Self { messages: messages.collect() })
    }
}

/// That there is a folder.
pub(crate) fn check(folder: &Path) -> Result<(), Trouble> {
    let what = match fs::metadata(folder) {
        Ok(about) if about.is_dir() => return Ok(()),
        Ok(_) => What::NoFolder,
        Err(error) => What::Refused(error.into()),
    };
    Err(Trouble::new(folder, None, what))
}

/// What a file in a folder is called, in the same way on every system.
fn name(folder: &Path, path: &Path) -> String {
    let within = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The files in a folder that look as if they were supplied, but have a name that nobody reads.
pub(crate) fn strays(folder: &Path, known: &[&str]) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let is_known = |name: &OsString| known.iter().any(|known| name == known);
    let paths = files.filter(|file| !is_known(&file.file_name())).map(|file| file.path());
    let is_supply = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING)) && path.is_file()
    };
    let mut strays: Vec<_> = paths.filter(is_supply).collect();
    strays.sort();
    strays
}
