//! From bytes to text: UTF-8 as it is, UTF-16 converted, anything else refused.

use std::borrow::Cow;

use crate::other_file::OtherFile;
use crate::position::place;
use crate::quote::quote;
use crate::unreadable::{Unreadable, UnreadableKind};

/// Largest message, in bytes of UTF-8: offsets must fit in 32 bits.
pub const MAX_BYTES: usize = 1 << 31;

/// How the bytes of a message stand for text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, which the standards ask for.
    Utf8,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
}

impl Encoding {
    /// Whether an XML declaration may give the encoding this name.
    pub(crate) fn is_called(self, name: &str, text: &str) -> bool {
        let called = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        match self {
            Self::Utf8 => {
                called(&["UTF-8", "UTF8"]) || (called(&["US-ASCII", "ASCII"]) && text.is_ascii())
            }
            Self::Utf16Le => called(&["UTF-16", "UTF-16LE"]),
            Self::Utf16Be => called(&["UTF-16", "UTF-16BE"]),
        }
    }
}

/// The text of a message. Every offset the kernel gives counts bytes in [`Source::text`].
#[derive(Debug)]
pub struct Source<'a> {
    /// The text, without byte-order mark; borrowed where the bytes were UTF-8.
    pub text: Cow<'a, str>,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Whether a byte-order mark came first.
    pub bom: bool,
}

/// Decodes the bytes of a message.
///
/// # Errors
///
/// When there is nothing but white space, when it is another kind of file, when the bytes are neither
/// UTF-8 nor UTF-16, or when there are more than [`MAX_BYTES`].
pub fn decode(bytes: &[u8]) -> Result<Source<'_>, Unreadable> {
    if let Some(other) = OtherFile::of(bytes) {
        return Err(UnreadableKind::OtherFile(other).nowhere());
    }
    let source = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, true)?,
        [0xFF, 0xFE, rest @ ..] => utf16(rest, Encoding::Utf16Le, true)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, Encoding::Utf16Be, true)?,
        [b'<', 0, ..] => utf16(bytes, Encoding::Utf16Le, false)?,
        [0, b'<', ..] => utf16(bytes, Encoding::Utf16Be, false)?,
        _ => utf8(bytes, false)?,
    };
    if source.text.len() > MAX_BYTES {
        return Err(UnreadableKind::TooLarge.nowhere());
    }
    if source.text.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return Err(UnreadableKind::Empty.nowhere());
    }
    Ok(source)
}

fn utf8(bytes: &[u8], bom: bool) -> Result<Source<'_>, Unreadable> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Source { text: Cow::Borrowed(text), encoding: Encoding::Utf8, bom }),
        Err(error) => {
            // A sequence that merely stops at the last byte means the message itself stops there.
            let kind = match error.error_len() {
                None => UnreadableKind::CutOff,
                Some(_) => UnreadableKind::NotUtf8 { declared: declared_encoding(bytes) },
            };
            Err(kind.at(place(bytes, error.valid_up_to())))
        }
    }
}

fn utf16(bytes: &[u8], encoding: Encoding, bom: bool) -> Result<Source<'_>, Unreadable> {
    if bytes.len() > MAX_BYTES {
        return Err(UnreadableKind::TooLarge.nowhere());
    }
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(UnreadableKind::CutOff.nowhere());
    }
    let unit = |pair: &[u8; 2]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes(*pair),
        Encoding::Utf16Le | Encoding::Utf8 => u16::from_le_bytes(*pair),
    };
    let text = char::decode_utf16(pairs.iter().map(unit))
        .collect::<Result<String, _>>()
        .map_err(|_| UnreadableKind::NotUtf8 { declared: Some("UTF-16".to_owned()) }.nowhere())?;
    Ok(Source { text: Cow::Owned(text), encoding, bom })
}

/// The encoding that the XML declaration names, found without decoding what follows it.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let end = memchr::memchr(b'>', bytes)?;
    let declaration = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let (_, after) = declaration.strip_prefix("<?xml")?.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let mark = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    value.split(mark).nth(1).filter(|name| !name.is_empty()).map(quote)
}
