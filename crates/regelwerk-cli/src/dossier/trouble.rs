//! What is wrong with the files that a person supplied beside the messages.

use std::path::Path;

use regelwerk::standard::Text;
use regelwerk::{BadSupply, Lang, Phrase};

use crate::input::Refusal;

/// Most characters that are shown of what a file holds.
const SHOWN: usize = 80;

/// Something wrong with a file, in one place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The file, as it is shown.
    pub(crate) file: String,
    /// The line, from 1; none where it is about the whole file.
    pub(crate) line: Option<usize>,
    /// What is wrong.
    pub(crate) what: What,
}

/// What can be wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// It could not be read.
    Refused(Refusal),
    /// It is no folder.
    NoFolder,
    /// Nobody reads a file of this name.
    Stray { known: Vec<&'static str> },
    /// It is no text in UTF-8.
    NotUtf8,
    /// It has another header than it should.
    Header { found: String, expected: String },
    /// A row has another number of cells than there are columns.
    Cells { found: usize, expected: usize },
    /// A cell runs on on the next line.
    RunsOn,
    /// A cell has to be filled.
    Empty { column: String },
    /// A cell should hold a day.
    NoDay { column: String, value: String },
    /// There is no message in this file.
    NoSuchMessage { file: String, nearest: Option<String> },
    /// A row about the same has been met at this line.
    Twice { value: String, line: usize },
    /// The standard cannot take it in.
    Supply(Box<BadSupply>),
}

impl Trouble {
    pub(crate) fn new(path: &Path, line: Option<usize>, what: What) -> Self {
        Self { file: path.display().to_string(), line, what }
    }

    /// Where it is, what is wrong and what to do; with `redact` without what the file holds.
    pub(crate) fn text(&self, lang: Lang, redact: bool) -> String {
        let what = self.what.phrase(lang, redact);
        let what = what.get(lang);
        let line = Text { nl: "regel", en: "line" }.get(lang);
        match self.line {
            Some(number) => format!("{}, {line} {number}: {what}", self.file),
            None => format!("{}: {what}", self.file),
        }
    }
}

impl What {
    fn phrase(&self, lang: Lang, redact: bool) -> Phrase {
        let value = |text: &str| if redact { hidden(lang) } else { quoted(text) };
        match self {
            Self::Refused(refusal) => refusal.clone().into(),
            Self::NoFolder => Text {
                nl: "is geen map; geef de map met de berichten of de tabellen",
                en: "is not a folder; name the folder with the messages or the tables",
            }
            .into(),
            Self::Stray { known } => stray(known),
            Self::NotUtf8 => Text {
                nl: "is geen tekst in UTF-8; bewaar het bestand als \"CSV UTF-8\"",
                en: "is not text in UTF-8; save the file as \"CSV UTF-8\"",
            }
            .into(),
            Self::Header { found, expected } => wrong_header(&value(found), expected),
            Self::Cells { found, expected } => wrong_length(*found, *expected),
            Self::RunsOn => Text {
                nl: "een cel loopt door op de volgende regel; sluit het aanhalingsteken, of \
                     schrijf er twee waar er een in de waarde hoort",
                en: "a cell runs on on the next line; close the quote, or write two where one \
                     belongs to the value",
            }
            .into(),
            Self::Empty { column } => phrase(
                format!("{column} is leeg; vul dit in"),
                format!("{column} is empty; fill it in"),
            ),
            Self::NoDay { column, value: found } => no_day(column, &value(found)),
            Self::NoSuchMessage { file, nearest } => {
                no_such_message(&value(file), nearest.as_deref())
            }
            Self::Twice { value: what, line } => twice(&value(what), *line),
            Self::Supply(bad) => supply((**bad).clone(), redact),
        }
    }
}

fn stray(known: &[&str]) -> Phrase {
    let known = known.join(", ");
    phrase(
        format!("wordt niet gelezen, want er wordt niet om gevraagd; wel om {known}"),
        format!("is not read, for nothing asks for it; what is asked for: {known}"),
    )
}

fn wrong_header(found: &str, expected: &str) -> Phrase {
    phrase(
        format!(
            "de kop is {found}; de eerste regel moet zijn: {expected} (met een puntkomma in \
             plaats van de komma mag ook)"
        ),
        format!(
            "the header is {found}; the first line has to be: {expected} (a semicolon instead of \
             the comma will do too)"
        ),
    )
}

fn wrong_length(found: usize, expected: usize) -> Phrase {
    let (cells, all) = match found {
        1 => ("1 cel".to_owned(), "1 cell".to_owned()),
        _ => (format!("{found} cellen"), format!("{found} cells")),
    };
    phrase(
        format!(
            "deze rij heeft {cells} en de kop {expected}; geef elke kolom een cel, en zet een \
             waarde met het scheidingsteken erin tussen aanhalingstekens"
        ),
        format!(
            "this row has {all} and the header {expected}; give each column a cell, and put a \
             value with the separator in it between quotes"
        ),
    )
}

fn no_day(column: &str, found: &str) -> Phrase {
    phrase(
        format!(
            "{column} is {found}, en dat is geen bestaande dag; schrijf die als 2026-04-01 of \
             01-04-2026"
        ),
        format!(
            "{column} is {found}, which is no day that exists; write one as 2026-04-01 or \
             01-04-2026"
        ),
    )
}

fn no_such_message(file: &str, nearest: Option<&str>) -> Phrase {
    let (meant, did) = match nearest {
        Some(nearest) => (format!("; bedoelt u {nearest}?"), format!("; did you mean {nearest}?")),
        None => ("; haal de rij weg".to_owned(), "; take the row away".to_owned()),
    };
    phrase(
        format!("er is geen bericht {file} in de map{meant}"),
        format!("there is no message {file} in the folder{did}"),
    )
}

fn twice(what: &str, line: usize) -> Phrase {
    phrase(
        format!("{what} staat ook op regel {line}; haal een van beide weg"),
        format!("{what} is on line {line} as well; take one of them away"),
    )
}

fn supply(bad: BadSupply, redact: bool) -> Phrase {
    let bad = if redact { bad.redacted() } else { bad };
    phrase(bad.text(Lang::Nl), bad.text(Lang::En))
}

fn phrase(nl: String, en: String) -> Phrase {
    Phrase { nl: nl.into(), en: en.into() }
}

/// A value from a file, cut where it is long.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => format!("\"{text}\""),
        Some((end, _)) => format!("\"{}…\"", text.get(..end).unwrap_or_default()),
    }
}

fn hidden(lang: Lang) -> String {
    Text { nl: "(verborgen)", en: "(hidden)" }.get(lang).to_owned()
}
