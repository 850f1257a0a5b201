//! Pieces to text.

use std::collections::BTreeMap;

use super::columns::{columns_of, runs};
use super::order::{column, is_like_a_block};
use super::rows::{Shift, head, met, more};
use super::tree::{Lead, Piece, Tree};
use super::width;
use crate::Rule;
use crate::outline::Row;
use crate::table::Under;

/// Blanks for each level.
pub(super) const STEP: usize = 2;

/// Where the aligned columns of a block begin.
pub(super) type Columns = BTreeMap<Rule, usize>;

/// The text of a tree.
pub(super) fn print(tree: &Tree) -> String {
    let mut printer = Printer::default();
    for (number, block) in tree.blocks.iter().enumerate() {
        if number > 0 {
            printer.blank();
        }
        printer.lead(&block.lead, 0, number == 0);
        printer.piece(block, Place::new(0, 0), &Columns::new());
    }
    if !tree.blocks.is_empty() {
        printer.blank();
    }
    printer.lead(&tree.rest, 0, tree.blocks.is_empty());
    printer.end()
}

/// A row that is printed: what it says and the comment behind it.
type Printed = (String, Option<String>);

/// Where a piece stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// How far it is indented.
    pub(super) indent: usize,
    /// How far from its start its value begins.
    pub(super) value: usize,
    /// Where the column begins that it shares with what is next to it, from its start.
    pub(super) run: usize,
    /// Where the column begins that its rows share.
    pub(super) met: usize,
}

impl Place {
    /// The place of what has nothing beside it.
    pub(super) fn new(indent: usize, value: usize) -> Self {
        Self { indent, value, run: 0, met: 0 }
    }
}

#[derive(Default)]
struct Printer {
    rows: Vec<Printed>,
    /// A blank row is due before the next.
    is_apart: bool,
}

impl Printer {
    fn row(&mut self, indent: usize, text: &str, remark: Option<String>) {
        if std::mem::take(&mut self.is_apart) {
            self.rows.push((String::new(), None));
        }
        self.rows.push((format!("{:indent$}{text}", ""), remark));
    }

    fn blank(&mut self) {
        self.is_apart = true;
    }

    /// What stands above a piece; nothing is apart from what it is directly under.
    fn lead(&mut self, lead: &[Lead], indent: usize, is_first: bool) {
        for one in lead.iter().skip_while(|one| is_first && **one == Lead::Blank) {
            match one {
                Lead::Blank => self.blank(),
                Lead::Comment(text) => self.row(indent, text, None),
            }
        }
    }

    fn piece(&mut self, piece: &Piece, place: Place, columns: &Columns) {
        let own = columns_of(piece, place.indent);
        let columns = own.as_ref().unwrap_or(columns);
        let shift = Shift::of(piece, place);
        let place = Place { met: met(piece, &shift), ..place };
        let first = head(piece, place, columns, None);
        let mut rows = piece.rows.iter();
        if let Some(row) = rows.next() {
            self.row(place.indent, &first, remark(row));
        }
        for row in rows {
            let indent = shift.indent(row);
            match row.content.value.is_empty() {
                true => self.row(indent, &remark(row).unwrap_or_default(), None),
                false => self.row(indent, &more(piece, row, indent, place), remark(row)),
            }
        }
        self.body(piece, place.indent, columns);
        let is_parent = piece.form.is_none_or(|form| form.under == Under::Clauses);
        let below =
            if is_parent { place.indent + STEP } else { shift.usual.max(place.indent + STEP) };
        for comment in &piece.tail {
            self.row(below, comment, None);
        }
    }

    /// What is under a piece.
    fn body(&mut self, piece: &Piece, indent: usize, columns: &Columns) {
        let indent = indent + STEP;
        let value = if is_like_a_block(piece) { column(piece.kind) } else { 0 };
        let runs = runs(&piece.body);
        for (number, (one, run)) in piece.body.iter().zip(runs).enumerate() {
            self.lead(&one.lead, indent, number == 0);
            self.piece(one, Place { run, ..Place::new(indent, value) }, columns);
        }
    }

    /// All rows, those with comments behind them that follow each other with these in one column.
    fn end(self) -> String {
        let mut told = String::new();
        for run in self.rows.chunk_by(|(_, one), (_, other)| one.is_some() == other.is_some()) {
            let column = run.iter().map(|(text, _)| width(text)).max().unwrap_or(0) + STEP;
            for (text, remark) in run {
                match remark {
                    Some(remark) => told.push_str(&format!("{text:column$}{remark}")),
                    None => told.push_str(text),
                }
                told.push('\n');
            }
        }
        told
    }
}

fn remark(row: &Row) -> Option<String> {
    row.remark.as_ref().map(|word| word.value.clone())
}
