//! `feiten.csv`: what happened outside the message traffic, and answers to questions.

use std::path::Path;

use regelwerk::Date;

use crate::day;
use crate::dossier::sheet::Sheet;
use crate::dossier::trouble::{Trouble, What};

/// What the file is called.
pub(crate) const NAME: &str = "feiten.csv";
/// Its first line.
const HEADER: &[&str] = &["datum", "soort", "sleutel", "waarde"];

/// A fact, with the day it is of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// The line that it is on, from 1.
    pub(crate) line: usize,
    pub(crate) day: Date,
    /// Which of the standard's kinds.
    pub(crate) kind: String,
    /// What it is about.
    pub(crate) key: String,
    /// What it says; empty where that it happened is all.
    pub(crate) value: String,
}

/// The facts that a folder holds, as they stand there.
///
/// # Errors
///
/// When the file is not as it should be.
pub(crate) fn read(folder: &Path) -> Result<Vec<Fact>, Vec<Trouble>> {
    let Some(sheet) = Sheet::read(folder.join(NAME), HEADER)? else { return Ok(Vec::new()) };
    sheet.each(|row| fact(row.line, row.cells()))
}

/// A row as a fact. Which kinds there are the standard knows.
fn fact(line: usize, cells: [&str; 4]) -> Result<Fact, What> {
    let empty = HEADER.iter().zip(cells).take(3).find(|(_, cell)| cell.is_empty());
    if let Some((column, _)) = empty {
        return Err(What::Empty { column: (*column).to_owned() });
    }
    let [written, kind, key, value] = cells;
    let no_day = || What::NoDay { column: "datum".to_owned(), value: written.to_owned() };
    let day = day::in_file(written).ok_or_else(no_day)?;
    Ok(Fact { line, day, kind: kind.to_owned(), key: key.to_owned(), value: value.to_owned() })
}
