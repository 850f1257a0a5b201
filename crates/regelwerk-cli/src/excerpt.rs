//! The part of a message that a finding is about, and nothing beside it: a message often is one
//! line that holds all there is to know of a person.

use std::ops::Range;

use regelwerk::Finding;

use crate::text::plain;

/// Most characters of a message that are shown.
const SHOWN: usize = 120;
/// Most characters of a start tag that are shown before a value.
const TAG_SHOWN: usize = 60;
/// What stands for what is left out.
const LEFT_OUT: &str = "…";

/// A piece of a message with the part to mark.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// The piece, on one line.
    pub(crate) text: String,
    /// The part to mark, in bytes.
    pub(crate) mark: Range<usize>,
}

impl Excerpt {
    /// What a finding is about: the start tag, or the value with the start tag before it; with
    /// `redact`, neither the value nor the attributes, nor a name that its path hides.
    pub(crate) fn of(finding: &Finding, message: &str, redact: bool) -> Option<Self> {
        let hidden = redact.then_some(finding.path.as_str());
        let end = finding.offset.checked_add(finding.length as usize)?;
        let marked = message.get(finding.offset..end).filter(|marked| !marked.is_empty())?;
        let before = message.get(..finding.offset)?;
        // The text of a CDATA section may start with `<` without being a tag.
        let is_tag = marked.starts_with('<') && !before.ends_with("<![CDATA[");
        let (tag, value) = match is_tag {
            true => (shown_tag(marked, SHOWN, hidden), String::new()),
            false => {
                let tag = tag_at_end(before).map(|tag| shown_tag(tag, TAG_SHOWN, hidden));
                let value = if redact { LEFT_OUT.to_owned() } else { plain(marked) };
                (tag.unwrap_or_default(), value)
            }
        };
        let start = if is_tag { 0 } else { tag.len() };
        let text = cut(tag + &value, SHOWN);
        Some(Self { mark: start..text.len(), text })
    }
}

/// The start tag that ends where the value starts. What ends like a comment, a processing
/// instruction or a CDATA section is none, whatever it has in it.
fn tag_at_end(before: &str) -> Option<&str> {
    let tag = before.get(before.rfind('<')?..)?;
    let is_other = ["-->", "?>", "]]>"].iter().any(|end| tag.ends_with(end));
    (tag.ends_with('>') && !is_other).then_some(tag)
}

/// A start tag of about so many characters, without its attributes if they do not fit or are to be
/// hidden.
fn shown_tag(tag: &str, most: usize, hidden: Option<&str>) -> String {
    let name = tag.find(char::is_whitespace).and_then(|end| tag.get(..end));
    if let Some(path) = hidden {
        // The prefix is whatever the sender likes, and so is a name that the path does not have.
        let local = name.unwrap_or(tag).rsplit(':').next().unwrap_or_default();
        let local = local.trim_matches(['<', '>', '/']);
        let mut steps = path.split(['/', '[']);
        return match steps.any(|step| step == local) {
            true => cut(format!("<{}{}>", plain(local), name.map_or("", |_| " …")), most),
            false => LEFT_OUT.to_owned(),
        };
    }
    match name {
        Some(name) if tag.chars().nth(most).is_some() => {
            cut(plain(name), most) + " " + LEFT_OUT + ">"
        }
        _ => cut(plain(tag), most),
    }
}

fn cut(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text,
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + LEFT_OUT,
    }
}
