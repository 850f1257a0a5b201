//! CSV files that a person supplies beside the messages: a header that is known, and rows.

use std::fs;
use std::path::{Path, PathBuf};

use crate::dossier::trouble::{Trouble, What};
use crate::input::{self, Refusal};

/// The mark that spreadsheets write at the start of a file in UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';
/// What may stand between two cells; a Dutch spreadsheet writes the second.
const SEPARATORS: [u8; 2] = *b",;";

/// Most bytes that a header has, in any way of writing it.
const LONGEST_HEADER: usize = 10_000;

/// Most troubles that are told of one file: who mends them will see the rest.
pub(crate) const MOST: usize = 20;

/// The rows of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its rows, in order; those without anything in them are left out.
    pub(crate) rows: Vec<Row>,
}

/// A row, with as many cells as there are columns.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line that it is on, from 1.
    pub(crate) line: usize,
    /// What is in it, without white space round it.
    pub(crate) cells: Vec<String>,
}

impl Row {
    /// The cells of a sheet with so many columns.
    pub(crate) fn cells<const N: usize>(&self) -> [&str; N] {
        let mut cells = self.cells.iter();
        std::array::from_fn(|_| cells.next().map_or("", String::as_str))
    }
}

impl Sheet {
    /// The rows of a file with this header, if there is a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, has another header, or has rows of another length.
    pub(crate) fn read(path: PathBuf, header: &[&str]) -> Result<Option<Self>, Vec<Trouble>> {
        let text = match text(&path) {
            Ok(text) => text,
            Err(What::Refused(Refusal::Missing)) => return Ok(None),
            Err(what) => return Err(vec![Trouble::new(&path, None, what)]),
        };
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
        let rows = separator(text, header)
            .map_err(|what| vec![Trouble::new(&path, Some(1), what)])
            .and_then(|separator| rows(&path, text, separator, header.len()))?;
        Ok(Some(Self { path, rows }))
    }

    /// What is made of each row.
    ///
    /// # Errors
    ///
    /// When something is wrong with a row: the first troubles.
    pub(crate) fn each<T>(
        &self,
        mut make: impl FnMut(&Row) -> Result<T, What>,
    ) -> Result<Vec<T>, Vec<Trouble>> {
        let (mut made, mut troubles) = (Vec::new(), Vec::new());
        for row in &self.rows {
            match make(row) {
                Ok(one) => made.push(one),
                Err(what) => troubles.push(Trouble::new(&self.path, Some(row.line), what)),
            }
            if troubles.len() == MOST {
                break;
            }
        }
        if troubles.is_empty() { Ok(made) } else { Err(troubles) }
    }
}

/// The whole of a file as text.
fn text(path: &Path) -> Result<String, What> {
    let refused = |error: std::io::Error| What::Refused(error.into());
    // Reading anything but a regular file may never end.
    if !fs::metadata(path).map_err(refused)?.is_file() {
        return Err(What::Refused(Refusal::NotAFile));
    }
    let bytes = input::read(path, &mut std::io::empty()).map_err(What::Refused)?;
    String::from_utf8(bytes).map_err(|_| What::NotUtf8)
}

/// What stands between the cells of a file with this header.
fn separator(text: &str, header: &[&str]) -> Result<u8, What> {
    let found = text.lines().next().unwrap_or_default();
    let has_header = |separator: u8| {
        if found.len() > LONGEST_HEADER {
            return false;
        }
        let mut first = reader(found, separator).into_records();
        let cells = first.next().and_then(Result::ok).unwrap_or_default();
        cells.iter().eq(header.iter().copied())
    };
    let separator = SEPARATORS.into_iter().find(|&separator| has_header(separator));
    separator.ok_or_else(|| What::Header { found: found.to_owned(), expected: header.join(",") })
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

/// The rows below the header, or what is wrong with them.
fn rows(path: &Path, text: &str, separator: u8, columns: usize) -> Result<Vec<Row>, Vec<Trouble>> {
    let (mut rows, mut troubles) = (Vec::new(), Vec::new());
    let mut lines = Lines { text, at: 0, line: 1 };
    for record in reader(text, separator).into_records().skip(1) {
        // What is text already is never wrong; a record that is has no place to tell of.
        let Ok(record) = record else { continue };
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(str::is_empty) {
            continue;
        }
        match what_is_wrong(&record, columns) {
            Some(_) if troubles.len() == MOST => break,
            Some(what) => troubles.push(Trouble::new(path, Some(line), what)),
            None => rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() }),
        }
    }
    if troubles.is_empty() { Ok(rows) } else { Err(troubles) }
}

fn what_is_wrong(record: &csv::StringRecord, columns: usize) -> Option<What> {
    if record.iter().any(|cell| cell.contains(['\n', '\r'])) {
        return Some(What::RunsOn);
    }
    let found = record.len();
    (found != columns).then_some(What::Cells { found, expected: columns })
}

/// Numbers of lines, asked for from the top down: those of the csv crate do not count empty lines
/// before a record.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the record that starts at this byte, or after the ends of lines there.
    fn of(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.text.get(byte..).unwrap_or_default();
        let start = byte + (rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        let passed = self.text.get(self.at..start).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = start;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[&str] = &["bestand", "ontvangen"];

    type Told = Vec<(usize, String)>;

    fn read(text: &str) -> Result<Told, Vec<(Option<usize>, What)>> {
        let found = separator(text, HEADER).map_err(|what| vec![(Some(1), what)])?;
        let told = |rows: Vec<Row>| rows.into_iter().map(|row| (row.line, row.cells.join("|")));
        rows(Path::new("x"), text, found, HEADER.len())
            .map(|rows| told(rows).collect())
            .map_err(|all| all.into_iter().map(|one| (one.line, one.what)).collect())
    }

    #[test]
    fn rows_have_the_line_that_they_are_on() {
        let expected = Ok(vec![(2, "a|1".to_owned()), (5, "b|".to_owned()), (7, "|2".to_owned())]);
        for (comma, end) in [(",", "\n"), (";", "\n"), (",", "\r\n"), (";", "\r\n")] {
            let lines = ["bestand,ontvangen", "a, 1 ", "", " ,", "b,", "", "\"\",2"];
            let text = lines.join(end).replace(',', comma);
            assert_eq!(read(&text), expected, "{text:?}");
            assert_eq!(read(&(text + end)), expected);
        }
        assert_eq!(read("bestand,ontvangen"), Ok(Vec::new()));
    }

    #[test]
    fn a_cell_may_be_quoted() {
        let text = "\"bestand\",ontvangen\n\"a,b\",\"say \"\"x\"\"\"\n";
        assert_eq!(read(text), Ok(vec![(2, "a,b|say \"x\"".to_owned())]));
    }

    #[test]
    fn another_header_is_told() {
        for found in
            ["", "bestand", "ontvangen,bestand", "bestand,ontvangen,", "bestand\tontvangen"]
        {
            let header = What::Header { found: found.to_owned(), expected: HEADER.join(",") };
            assert_eq!(read(&format!("{found}\na,b")), Err(vec![(Some(1), header)]));
        }
    }

    #[test]
    fn every_wrong_row_is_told() {
        let text = "bestand,ontvangen\r\na,b\r\na\r\n\r\na,b,c\r\n\"a,b\r\nc,d\r\n";
        let wrong = |line, found| (Some(line), What::Cells { found, expected: 2 });
        assert_eq!(read(text), Err(vec![wrong(3, 1), wrong(5, 3), (Some(6), What::RunsOn)]));
    }
}
