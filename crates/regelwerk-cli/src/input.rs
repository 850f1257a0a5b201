//! Reading messages from files and standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use regelwerk::Phrase;
use regelwerk::standard::Text;
use regelwerk_compiler::obstacle;

/// The largest message that is read, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The name that stands for standard input, or for standard output where something is written.
const STANDARD_STREAM: &str = "-";

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// There is no such file.
    Missing,
    /// It is a folder without messages.
    NoMessages,
    /// It is no file: a pipe, say, that may never end.
    NotAFile,
    /// It is larger than this many bytes.
    TooLarge(u64),
    /// Something else, of this kind.
    Other(ErrorKind),
}

impl From<Refusal> for Phrase {
    fn from(refusal: Refusal) -> Self {
        let (nl, en) = match refusal {
            Refusal::Missing => obstacle(ErrorKind::NotFound).into(),
            Refusal::NoMessages => {
                ("geen xml-bestanden in deze map", "no xml files in this folder")
            }
            Refusal::NotAFile => ("is geen gewoon bestand", "is not a regular file"),
            Refusal::TooLarge(most) => {
                let most = most / 1024 / 1024;
                return Self {
                    nl: format!("te groot: meer dan {most} MiB").into(),
                    en: format!("too large: more than {most} MiB").into(),
                };
            }
            Refusal::Other(kind) => {
                let [nl, en] = obstacle(kind);
                return Self {
                    nl: format!("niet te lezen: {nl}").into(),
                    en: format!("cannot be read: {en}").into(),
                };
            }
        };
        Text { nl, en }.into()
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            other => Self::Other(other),
        }
    }
}

/// Whether a path stands for standard input or output.
pub(crate) fn is_standard_stream(path: &Path) -> bool {
    path == Path::new(STANDARD_STREAM)
}

/// The bytes of a file; `-` is standard input.
pub(crate) fn read(path: &Path, stdin: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    if is_standard_stream(path) {
        return read_at_most(LARGEST, 0, stdin);
    }
    let mut file = File::open(path)?;
    // What is no regular file says nothing of its length.
    let length = file.metadata().map_or(0, |about| about.len());
    read_at_most(LARGEST, length, &mut file)
}

/// Everything there is, `expected` bytes or not, but no more than `most`.
fn read_at_most(most: u64, expected: u64, from: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    if expected > most {
        return Err(Refusal::TooLarge(most));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
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
        for expected in [0, 3] {
            let read = |mut from: &[u8]| read_at_most(3, expected, &mut from);
            assert_eq!(read(b"abc"), Ok(b"abc".to_vec()));
            assert_eq!(read(b"abcd"), Err(Refusal::TooLarge(3)));
        }
        assert_eq!(read_at_most(3, 0, &mut io::repeat(b'a')), Err(Refusal::TooLarge(3)));
    }

    #[test]
    fn what_is_known_to_be_too_large_is_not_read() {
        let mut nothing = b"".as_slice();
        assert_eq!(read_at_most(3, 4, &mut nothing), Err(Refusal::TooLarge(3)));
    }
}
