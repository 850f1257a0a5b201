//! `dossier.csv`: on which day each message was received.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regelwerk::Date;

use crate::catalogue::nearest;
use crate::day;
use crate::dossier::sheet::Sheet;
use crate::dossier::trouble::{Trouble, What};

/// What the file is called.
pub(crate) const NAME: &str = "dossier.csv";
/// Its first line.
const HEADER: &[&str] = &["bestand", "ontvangen"];
/// The most bytes that the name of a file has.
const LONGEST: usize = 255;

/// The day of receipt of the messages for which a folder names one. A row may leave it open.
///
/// # Errors
///
/// When the file is not as it should be, or names a message that is not among `messages`.
pub(crate) fn read(
    folder: &Path,
    messages: &[&str],
) -> Result<BTreeMap<String, Date>, Vec<Trouble>> {
    let Some(sheet) = Sheet::read(folder.join(NAME), HEADER)? else {
        return Ok(BTreeMap::new());
    };
    let known: BTreeSet<&str> = messages.iter().copied().collect();
    let mut lines = BTreeMap::new();
    let days = sheet.each(|row| {
        let [file, received] = row.cells();
        // On Windows a folder is told from what is in it in another way.
        let file = file.replace('\\', "/");
        match lines.insert(file.clone(), row.line) {
            Some(line) => Err(What::Twice { value: file, line }),
            None => Ok((check(&file, &known).map(|()| file)?, day(received)?)),
        }
    })?;
    Ok(days.into_iter().filter_map(|(file, day)| Some((file, day?))).collect())
}

/// That a row is about one of the messages.
fn check(file: &str, known: &BTreeSet<&str>) -> Result<(), What> {
    if file.is_empty() {
        return Err(What::Empty { column: "bestand".to_owned() });
    }
    if known.contains(file) {
        return Ok(());
    }
    // To look for what is like it takes time by its length.
    let short = Some(file).filter(|file| file.len() <= LONGEST);
    let nearest = short.and_then(|file| nearest(file, known.iter().copied()));
    Err(What::NoSuchMessage { file: file.to_owned(), nearest: nearest.map(str::to_owned) })
}

/// The day that a row gives, if it does.
fn day(text: &str) -> Result<Option<Date>, What> {
    if text.is_empty() {
        return Ok(None);
    }
    let no_day = || What::NoDay { column: "ontvangen".to_owned(), value: text.to_owned() };
    day::in_file(text).map(Some).ok_or_else(no_day)
}
