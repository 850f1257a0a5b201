//! A message as one of another release.

use std::borrow::Cow;

use regelwerk::standard::{MessageDef, Name, Release};
use regelwerk::{Context, Draft, Lang, Message, MessageKind, Part};

/// What a message is in a release: itself, or the same elements and values as a message of that
/// release, which says of itself that it is one.
///
/// # Errors
///
/// Why that cannot be: the release has no such message, or no place for something in it; or the
/// message breaks level 1 of its own release. What is taken over is written anew, in the order of
/// the schema, so that it would seem to be mended.
pub(super) fn carried<'b>(
    bytes: &'b [u8],
    release: &'static Release,
    context: &Context,
    lang: Lang,
) -> Result<Cow<'b, [u8]>, String> {
    // What cannot be read is judged as it is, so that the report says why.
    let Ok(message) = Message::read(bytes, context) else { return Ok(Cow::Borrowed(bytes)) };
    let own = message.release().name;
    if message.validate(context).findings.iter().any(|one| one.level == Some(1)) {
        return Err(match lang {
            Lang::Nl => format!("al afgekeurd op niveau 1 van de eigen release, {own}"),
            Lang::En => format!("rejected already at level 1 of its own release, {own}"),
        });
    }
    if own == release.name {
        return Ok(Cow::Borrowed(bytes));
    }
    let name = message.definition().name;
    let none = || match lang {
        Lang::Nl => format!("release {} heeft geen bericht {name}", release.name),
        Lang::En => format!("release {} has no message {name}", release.name),
    };
    let kind = MessageKind::find(message.standard(), release.name, name).ok_or_else(none)?;
    let told = |why: regelwerk::Unwritable| {
        let what = match lang {
            Lang::Nl => "is niet over te nemen in release",
            Lang::En => "cannot be taken over into release",
        };
        format!("{what} {}: {}", release.name, why.text(lang, false))
    };
    let mut content = Draft::of(&message).map_err(told)?.content().clone();
    for path in marks(message.release(), message.definition()) {
        remove(&mut content, path);
    }
    let xml = Draft::with(kind, content).xml().map_err(told)?;
    Ok(Cow::Owned(xml.into_bytes()))
}

/// Where a message says of which release it is and by which schemas it is made.
fn marks(
    release: &'static Release,
    message: &'static MessageDef,
) -> impl Iterator<Item = &'static [Name]> {
    let headers = release.headers.iter();
    let values = headers.flat_map(|header| header.values.iter().map(|(path, _)| *path));
    values.chain(message.schema_version.iter().map(|(path, _)| *path))
}

/// Takes away an element, and those around it that then hold nothing.
fn remove(part: &mut Part, path: &[Name]) {
    let Some((last, above)) = path.split_last() else { return };
    let Some(parent) = part.get_mut(above) else { return };
    parent.remove(*last);
    if parent.parts().is_empty() && !above.is_empty() {
        remove(part, above);
    }
}
