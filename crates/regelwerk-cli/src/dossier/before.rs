//! What a message is judged with that is not taken in itself: what came before it.

use std::fs;
use std::io;
use std::path::Path;

use regelwerk::{Context, Date, Dossier};

use crate::Streams;
use crate::dossier::{open, unreadable};
use crate::input;
use crate::progress::Progress;
use crate::tone::Tone;

/// The messages in a folder that came before the one in a file, and the day on which that was
/// received if the folder says so. A file that is not in the folder came after all that is.
///
/// None when the folder is not as it should be; that has been told then.
pub(crate) fn before(
    file: &Path,
    (folder, tables): (&Path, Option<&Path>),
    context: Context,
    (tone, redact): (Tone, bool),
    streams: &mut Streams<'_>,
) -> io::Result<Option<(Dossier, Option<Date>)>> {
    let opened = open(folder, tables, context, (tone, redact), streams)?;
    let Some(mut opened) = opened else { return Ok(None) };
    let mut messages = std::mem::take(&mut opened.messages);
    let at = position(file, messages.iter().map(|(_, entry)| entry.path.as_path()));
    let rest = messages.split_off(at.unwrap_or(messages.len()));
    let received = at.and_then(|_| opened.supplies.days.get(&rest.first()?.0).copied());
    let progress = Progress::new(messages.len(), streams.screen.is_terminal, tone);
    for (name, entry) in messages {
        let mut chapter = opened.receive(name, entry);
        if redact {
            chapter.report = chapter.report.redacted();
        }
        progress.without(|| unreadable(tone, &chapter, streams))?;
        progress.step();
    }
    Ok(Some((opened.dossier, received)))
}

/// Which of these paths leads to a file.
fn position<'p>(file: &Path, mut paths: impl Iterator<Item = &'p Path>) -> Option<usize> {
    if input::is_standard_stream(file) {
        return None;
    }
    let file = fs::canonicalize(file).ok()?;
    paths.position(|path| fs::canonicalize(path).is_ok_and(|path| path == file))
}
