//! Rows of tables and codes of code lists, in and out.

use regelwerk_model::{CodeList, Table};
use serde::Serialize;

use super::Kind;
use super::side::{Comparison, Side};

/// A table or a code list that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableChange {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// It is a code list of a release: its columns are code and meaning.
    pub is_code_list: bool,
    /// Whether it was added, is gone, or has other rows.
    pub kind: Kind,
    /// Citations of the one side and of the other.
    pub sources: [Option<String>; 2],
    /// Columns that the one side has, and the other has.
    pub columns: [Vec<String>; 2],
    /// Rows that are in, with a cell for every column.
    pub added: Vec<Vec<String>>,
    /// Rows that are out.
    pub gone: Vec<Vec<String>>,
}

/// What is compared of a table.
struct Sheet<'a> {
    name: &'a str,
    title: &'a str,
    source: &'a str,
    is_code_list: bool,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The tables that differ, in order of name.
pub(super) fn changed(comparison: &Comparison<'_>) -> Vec<TableChange> {
    let [were, are] = comparison.sides.map(|side| sheets(comparison, side));
    let mut names: Vec<_> = were.iter().chain(&are).map(|sheet| sheet.name).collect();
    names.sort_unstable();
    names.dedup();
    let of = |sheets: &[Sheet<'_>], name| sheets.iter().position(|sheet| sheet.name == name);
    let pairs = names.into_iter().map(|name| {
        let old = of(&were, name).and_then(|at| were.get(at));
        (old, of(&are, name).and_then(|at| are.get(at)))
    });
    pairs.filter_map(|(old, new)| change(old, new)).collect()
}

fn change(old: Option<&Sheet<'_>>, new: Option<&Sheet<'_>>) -> Option<TableChange> {
    let sheet = new.or(old)?;
    let kind = match (old, new) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Gone,
        _ => Kind::Otherwise,
    };
    let rows = |sheet: Option<&Sheet<'_>>| sheet.map_or(Vec::new(), |it| it.rows.clone());
    let without = |rows: Vec<Vec<String>>, others: &[Vec<String>]| {
        rows.into_iter().filter(|row| !others.contains(row)).collect::<Vec<_>>()
    };
    let columns = [old, new].map(|sheet| sheet.map_or(Vec::new(), |it| it.columns.clone()));
    let (added, gone) = (without(rows(new), &rows(old)), without(rows(old), &rows(new)));
    let is_same = added.is_empty() && gone.is_empty() && columns[0] == columns[1];
    if kind == Kind::Otherwise && is_same {
        return None;
    }
    Some(TableChange {
        name: sheet.name.to_owned(),
        title: sheet.title.to_owned(),
        is_code_list: sheet.is_code_list,
        kind,
        sources: [old, new].map(|sheet| sheet.map(|it| it.source.to_owned())),
        columns,
        added,
        gone,
    })
}

fn sheets<'a>(comparison: &Comparison<'a>, side: Side<'a>) -> Vec<Sheet<'a>> {
    match side {
        Side::Protocol(protocol) => {
            let tables = protocol.tables.iter().filter(|table| !table.is_of_norms());
            tables.map(Sheet::of_table).collect()
        }
        Side::Release(at) => {
            let lists = comparison.release(at).map_or(&[][..], |release| &release.code_lists);
            lists.iter().map(Sheet::of_codes).collect()
        }
    }
}

impl<'a> Sheet<'a> {
    fn of_table(table: &'a Table) -> Self {
        Self {
            name: &table.name,
            title: &table.title,
            source: &table.source,
            is_code_list: false,
            columns: table.columns.clone(),
            rows: table.rows.clone(),
        }
    }

    fn of_codes(list: &'a CodeList) -> Self {
        let row = |(code, meaning): &(String, String)| vec![code.clone(), meaning.clone()];
        Self {
            name: &list.name,
            title: &list.title,
            source: &list.source,
            is_code_list: true,
            columns: ["code", "betekenis"].map(str::to_owned).to_vec(),
            rows: list.codes.iter().map(row).collect(),
        }
    }
}
