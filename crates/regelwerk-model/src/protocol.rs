//! What lies over a standard and beside its rules: protocols and tables.

use chrono::NaiveDate;
use regelwerk_diag::Span;

use crate::core::{Cond, Kind, Path};
use crate::{Placed, Rule};

/// A protocol: rules that parties agree on beside a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protocol {
    /// `LTA-2019`
    pub name: String,
    /// Full name.
    pub title: String,
    /// Citation.
    pub source: String,
    /// First day that it holds.
    pub from: NaiveDate,
    /// Last day that it holds, if it has ended.
    pub until: Option<NaiveDate>,
    /// Releases that it says something of, as indices.
    pub releases: Vec<usize>,
    /// Its rules, in order of code.
    pub rules: Vec<Rule>,
    /// Where they are judged.
    pub placed: Vec<Placed>,
    /// What those are for that are not judged.
    pub stated: Vec<Placed>,
    /// By what it recognises a message as its own.
    pub recognition: Vec<Recognition>,
    /// Its tables, in order of name.
    pub tables: Vec<Table>,
    /// Where it stands.
    pub span: Span,
}

/// A protocol recognises a message when an element at the path is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognition {
    /// The release, as an index.
    pub release: usize,
    /// The message, as an index.
    pub message: usize,
    /// The elements, from the root.
    pub list: Path,
    /// What one of them must be.
    pub cond: Cond,
}

/// A table of data with its source and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// Citation.
    pub source: String,
    /// The day of which its own rows tell; a table that is supplied may have none.
    pub as_of: Option<NaiveDate>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// The kind of each column.
    pub kinds: Vec<Kind>,
    /// The columns that tell its rows apart, as indexes.
    pub key: Vec<usize>,
    /// The columns with the first and the last day of a row; an empty one is open.
    pub valid: Option<[String; 2]>,
    /// `aanlevering:` the name under which a user may supply other rows.
    pub supplied_as: Option<String>,
    /// It has rows of its own, if only none so far; without them it must be supplied.
    pub has_own: bool,
    /// Rows, each with a cell for every column; an empty cell is unknown.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The cells of a column that are filled, in order, each once.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<Vec<&str>> {
        let at = self.columns.iter().position(|column| column == name)?;
        let cells = self.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
        let mut cells: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        cells.sort_unstable();
        cells.dedup();
        Some(cells)
    }
}
