//! Writing a file that somebody asked for, without harm to one that is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use regelwerk::standard::Text;

use crate::input::is_standard_stream;

/// Why a file was not written.
#[derive(Debug)]
pub(crate) enum Unwritten {
    /// It is the file that was read.
    Input,
    /// There is one already.
    Exists,
    /// There is something else: a folder, a device, a symbolic link.
    NoFile,
    /// Something else.
    Other(io::Error),
}

impl Unwritten {
    /// Why, and what to do.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Input => Text {
                nl: "is het bericht zelf; geef het antwoord een andere naam",
                en: "is the message itself; give the reply another name",
            },
            Self::Exists => Text {
                nl: "bestaat al; geef een andere naam, of overschrijf het met --force",
                en: "exists; give another name, or overwrite it with --force",
            },
            Self::NoFile => Text {
                nl: "is geen gewoon bestand; noem een bestand",
                en: "is not a regular file; name a file",
            },
            Self::Other(_) => Text { nl: "is niet te schrijven", en: "cannot be written" },
        }
    }
}

/// Writes a file as a whole or not at all. One that is there is replaced only with `force`, and
/// `input` never.
pub(crate) fn write(path: &Path, bytes: &[u8], input: &Path, force: bool) -> Result<(), Unwritten> {
    if is_same(path, input) {
        return Err(Unwritten::Input);
    }
    put(path, bytes, force)
}

/// Puts other bytes in a file that is there, as a whole or not at all.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Unwritten> {
    put(path, bytes, true)
}

fn put(path: &Path, bytes: &[u8], force: bool) -> Result<(), Unwritten> {
    let there = fs::symlink_metadata(path).ok();
    if there.as_ref().is_some_and(|there| !there.is_file()) {
        return Err(Unwritten::NoFile);
    }
    // A name that nothing has: where writing fails half way, nothing is lost.
    let beside = beside(path);
    let target = if force { &beside } else { path };
    let written = create(target).and_then(|mut file| {
        // Who could not read what was there cannot read what replaces it.
        let allowed = there.map_or(Ok(()), |there| file.set_permissions(there.permissions()));
        let written = allowed.and_then(|()| file.write_all(bytes)).and_then(|()| file.sync_all());
        let done = written.and_then(|()| if force { fs::rename(target, path) } else { Ok(()) });
        done.inspect_err(|_| drop(fs::remove_file(target)))
    });
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists if !force => Unwritten::Exists,
        _ => Unwritten::Other(error),
    })
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Whether two paths lead to one file; standard input may have been read from a file too.
fn is_same(one: &Path, other: &Path) -> bool {
    let other = if is_standard_stream(other) { Path::new("/dev/stdin") } else { other };
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    name.into()
}
