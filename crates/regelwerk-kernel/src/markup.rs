//! The grammar of XML within a tag, which quick-xml leaves to its caller.

use std::borrow::Cow;

use crate::quote::quote;
use crate::unreadable::{Fault, UnreadableKind};

/// White space as XML knows it.
pub(crate) const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| is_space(char::from(byte)))
}

const fn is_character(character: char) -> bool {
    matches!(character,
        '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character that XML does not allow, with its offset.
pub(crate) fn illegal_character(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let control = bytes.iter().position(|&byte| byte < b' ' && !is_space(char::from(byte)));
    let noncharacter = |code: &str| memchr::memmem::find(bytes, code.as_bytes());
    let first = [control, noncharacter("\u{FFFE}"), noncharacter("\u{FFFF}")];
    let offset = first.into_iter().flatten().min()?;
    Some((offset, text.get(offset..)?.chars().next()?))
}

const fn starts_name(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

const fn continues_name(character: char) -> bool {
    starts_name(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// Whether a name is one without a colon.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(starts_name) && name.chars().all(continues_name)
}

/// Splits a name into prefix and local name; the prefix is empty where there is none.
pub(crate) fn split_name(name: &str) -> Result<(&str, &str), UnreadableKind> {
    let (prefix, local) = match name.split_once(':') {
        None => ("", name),
        Some((prefix, local)) if is_name(prefix) => (prefix, local),
        Some(_) => return Err(bad_name(name)),
    };
    if is_name(local) { Ok((prefix, local)) } else { Err(bad_name(name)) }
}

fn bad_name(name: &str) -> UnreadableKind {
    UnreadableKind::NotXml(Fault::BadName(quote(name)))
}

/// An attribute as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribute<'t> {
    pub(crate) name: &'t str,
    pub(crate) value: &'t str,
}

/// The attributes in what follows the name in a tag.
pub(crate) struct Attributes<'t>(pub(crate) &'t str);

impl<'t> Iterator for Attributes<'t> {
    type Item = Result<Attribute<'t>, UnreadableKind>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.trim_start_matches(is_space);
        if rest.is_empty() {
            return None;
        }
        let separated = rest.len() < self.0.len();
        // Left empty on a fault: after one there is nothing to go on with.
        let found = split_attribute(std::mem::take(&mut self.0)).filter(|_| separated);
        let Some((attribute, after)) = found else {
            return Some(Err(UnreadableKind::NotXml(Fault::BadAttribute)));
        };
        self.0 = after;
        Some(Ok(attribute))
    }
}

fn split_attribute(text: &str) -> Option<(Attribute<'_>, &str)> {
    let (name, rest) = text.split_once('=')?;
    let rest = rest.trim_start_matches(is_space);
    let mark = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let (value, after) = rest.get(1..)?.split_once(mark)?;
    Some((Attribute { name: name.trim_matches(is_space), value }, after))
}

/// The value of an attribute, with references resolved.
pub(crate) fn attribute_value(raw: &str) -> Result<Cow<'_, str>, UnreadableKind> {
    if raw.contains('<') {
        return Err(UnreadableKind::NotXml(Fault::LessThanInAttribute));
    }
    if !raw.contains(['&', '\t', '\r', '\n']) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    push_attribute_text(&mut value, pieces.next().unwrap_or_default());
    for piece in pieces {
        let bare = UnreadableKind::NotXml(Fault::BareAmpersand);
        let (name, text) = piece.split_once(';').ok_or(bare)?;
        value.push(resolve(name)?);
        push_attribute_text(&mut value, text);
    }
    Ok(Cow::Owned(value))
}

/// XML reads every line end or tab in an attribute as a space.
fn push_attribute_text(value: &mut String, text: &str) {
    let text = text.replace("\r\n", " ");
    value.extend(text.chars().map(|c| if is_space(c) { ' ' } else { c }));
}

/// The character that a reference stands for; `name` is what is between `&` and `;`.
pub(crate) fn resolve(name: &str) -> Result<char, UnreadableKind> {
    match name {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ if is_name(name) => Err(UnreadableKind::UnknownEntity(quote(name))),
        _ => resolve_number(name),
    }
}

fn resolve_number(name: &str) -> Result<char, UnreadableKind> {
    let Some(number) = name.strip_prefix('#') else {
        return Err(UnreadableKind::NotXml(Fault::BareAmpersand));
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |hex| (hex, 16));
    let code = digits
        .bytes()
        .all(|digit| digit.is_ascii_alphanumeric())
        .then(|| u32::from_str_radix(digits, radix).ok())
        .flatten();
    code.and_then(char::from_u32)
        .filter(|&character| is_character(character))
        .ok_or_else(|| UnreadableKind::NotXml(Fault::BadReference(quote(name))))
}

/// The encoding that an XML declaration names; `content` follows `<?xml`.
pub(crate) fn declaration(content: &str) -> Result<Option<&str>, UnreadableKind> {
    let bad = || UnreadableKind::NotXml(Fault::BadDeclaration);
    let fields = Attributes(content).collect::<Result<Vec<_>, _>>().map_err(|_| bad())?;
    let fields: Vec<_> = fields.iter().map(|field| (field.name, field.value)).collect();
    let (version, encoding, standalone) = match *fields.as_slice() {
        [("version", v)] => (v, None, None),
        [("version", v), ("encoding", e)] => (v, Some(e), None),
        [("version", v), ("standalone", s)] => (v, None, Some(s)),
        [("version", v), ("encoding", e), ("standalone", s)] => (v, Some(e), Some(s)),
        _ => return Err(bad()),
    };
    let minor = version.strip_prefix("1.").unwrap_or_default();
    let valid = !minor.is_empty()
        && minor.bytes().all(|digit| digit.is_ascii_digit())
        && standalone.is_none_or(|answer| matches!(answer, "yes" | "no"));
    if valid { Ok(encoding) } else { Err(bad()) }
}
