//! Reading messages from files and standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::tone::Tone;

/// The largest message that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Why a file was not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such file.
    Missing,
    /// It may not be read.
    Forbidden,
    /// It is a folder.
    Folder,
    /// It is larger than this many bytes.
    TooLarge(u64),
    /// Something else, in the words of the operating system.
    Other(String),
}

impl Refusal {
    /// The reason in words.
    pub(crate) fn text(&self, tone: Tone) -> String {
        match self {
            Self::Missing => tone.say("bestaat niet", "does not exist").to_owned(),
            Self::Forbidden => tone.say("mag niet gelezen worden", "may not be read").to_owned(),
            Self::Folder => tone.say("is een map", "is a folder").to_owned(),
            Self::TooLarge(most) => {
                let what = tone.say("te groot: meer dan", "too large: more than");
                format!("{what} {} MiB", most / 1024 / 1024)
            }
            Self::Other(why) => format!("{}: {why}", tone.say("niet te lezen", "cannot be read")),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::PermissionDenied => Self::Forbidden,
            ErrorKind::IsADirectory => Self::Folder,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn read(path: &Path, stdin: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    if path == Path::new("-") {
        return read_at_most(LARGEST, stdin);
    }
    // Not every system refuses to open a folder, nor calls it one when it does.
    if path.is_dir() {
        return Err(Refusal::Folder);
    }
    read_at_most(LARGEST, &mut File::open(path)?)
}

fn read_at_most(most: u64, from: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    // One byte more than is allowed shows that there is more.
    let length = from.take(most + 1).read_to_end(&mut bytes)?;
    match u64::try_from(length) {
        Ok(length) if length <= most => Ok(bytes),
        _ => Err(Refusal::TooLarge(most)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_too_many_is_refused() {
        assert_eq!(read_at_most(3, &mut b"abc".as_slice()), Ok(b"abc".to_vec()));
        assert_eq!(read_at_most(3, &mut b"abcd".as_slice()), Err(Refusal::TooLarge(3)));
        assert_eq!(read_at_most(3, &mut io::repeat(b'a')), Err(Refusal::TooLarge(3)));
    }
}
