//! Tables from outside, which a standard lets its user supply: `contract.csv`.

use std::path::Path;

use regelwerk::standard::{Base, Column, SourceKind, TableDef};
use regelwerk::{BadSupplyKind, Dossier, Standard};

use crate::day;
use crate::dossier::sheet::Sheet;
use crate::dossier::trouble::{Trouble, What};

/// A table that was supplied.
#[derive(Debug)]
pub(crate) struct Table {
    /// `contract`
    pub(crate) name: &'static str,
    /// Its columns, in their order.
    pub(crate) columns: &'static [Column],
    /// Its rows, with days as the standard writes them.
    pub(crate) sheet: Sheet,
}

impl Table {
    /// Replaces what a dossier has of the table.
    pub(crate) fn bring_into(&self, dossier: &mut Dossier) -> Result<(), Trouble> {
        let header: Vec<_> = self.columns.iter().map(|column| column.name.to_owned()).collect();
        let rows = self.sheet.rows.iter().map(|row| &row.cells);
        let supplied = dossier.supply(self.name, &header, rows);
        supplied.map(drop).map_err(|mut bad| {
            let line = bad.line.take().and_then(|line| self.line(line));
            bad.column = None;
            if let BadSupplyKind::SameKey { first, .. } = &mut bad.kind {
                *first = self.line(*first).unwrap_or(*first);
            }
            Trouble::new(&self.sheet.path, line, What::Supply(Box::new(bad)))
        })
    }

    /// The line in the file of a row by its line among rows that follow the header at once: empty
    /// lines may be between them.
    fn line(&self, line: usize) -> Option<usize> {
        Some(self.sheet.rows.get(line.checked_sub(2)?)?.line)
    }
}

/// The tables that a standard lets its user supply, with the names of their files.
pub(crate) fn supplied(
    standard: &'static Standard,
) -> impl Iterator<Item = (&'static TableDef, &'static str, &'static [Column])> {
    let sources = standard.dossier.sources;
    let columns = move |index: usize| {
        let kind = SourceKind::Table(u16::try_from(index).ok()?);
        sources.iter().find(|source| source.kind == kind).map(|source| source.columns)
    };
    let tables = standard.dossier.tables.iter().enumerate();
    tables.filter_map(move |(index, table)| Some((table, table.supplied_as?, columns(index)?)))
}

/// The tables that are in any of these folders; of one that is in more than one, the first.
///
/// # Errors
///
/// When a file is not as it should be.
pub(crate) fn read(
    folders: &[&Path],
    standard: &'static Standard,
) -> Result<Vec<Table>, Vec<Trouble>> {
    let (mut tables, mut troubles) = (Vec::new(), Vec::new());
    for (table, file, columns) in supplied(standard) {
        match first(folders, file, columns) {
            Ok(Some(sheet)) => tables.push(Table { name: table.name, columns, sheet }),
            Ok(None) => {}
            Err(more) => troubles.extend(more),
        }
    }
    if troubles.is_empty() { Ok(tables) } else { Err(troubles) }
}

fn first(folders: &[&Path], file: &str, columns: &[Column]) -> Result<Option<Sheet>, Vec<Trouble>> {
    let header: Vec<_> = columns.iter().map(|column| column.name).collect();
    for folder in folders {
        if let Some(mut sheet) = Sheet::read(folder.join(file), &header)? {
            write_days(&mut sheet, columns);
            return Ok(Some(sheet));
        }
    }
    Ok(None)
}

/// Writes days in one way. What is no day stays as it is, to be told of.
fn write_days(sheet: &mut Sheet, columns: &[Column]) {
    for row in &mut sheet.rows {
        let days =
            row.cells.iter_mut().zip(columns).filter(|(_, column)| column.base == Base::Date);
        for (cell, _) in days {
            if let Some(day) = day::in_file(cell) {
                *cell = day.to_string();
            }
        }
    }
}
