//! A text in pieces: each block and each clause with its rows and its comments.

use regelwerk_diag::{Diagnostic, SourceId};

use super::cells::{Cell, Gap, cells};
use super::order;
use crate::ast::{Block, BlockKind, File, Line};
use crate::block::{self, Laid};
use crate::outline::{Row, rows};
use crate::table::Form;

/// A file in pieces.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Its blocks, with their clauses in order.
    pub(super) blocks: Vec<Piece>,
    /// What comes after the last.
    pub(super) rest: Vec<Lead>,
}

/// The header of a block or a clause, and what is under it.
#[derive(Debug)]
pub(super) struct Piece {
    /// The kind of its block.
    pub(super) kind: BlockKind,
    /// How it is read; a header has none.
    pub(super) form: Option<Form>,
    /// What stands above it.
    pub(super) lead: Vec<Lead>,
    /// Its own rows; those without content are comments between them.
    pub(super) rows: Vec<Row>,
    /// Where its first row has columns, and where its rows share one.
    pub(super) cells: Vec<Cell>,
    /// Comments below all that is under it, or below its own rows when nothing is.
    pub(super) tail: Vec<String>,
    /// The clauses under it.
    pub(super) body: Vec<Piece>,
    /// What it says, without places.
    said: String,
}

/// A row above a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lead {
    /// A blank row.
    Blank,
    /// A comment, with its `#`.
    Comment(String),
}

impl Tree {
    /// Reads a text; the clauses are put in order.
    pub(super) fn read(source: SourceId, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let (parse, laid) = block::read(source, text);
        if !parse.diagnostics.is_empty() {
            return Err(parse.diagnostics);
        }
        let said = said(&parse.file).into_iter();
        let (tree, open, gap) = (Self::default(), Vec::new(), Vec::new());
        let mut cutter = Cutter { text, laid: &laid, said, tree, open, gap };
        for row in rows(source, text) {
            cutter.take(row);
        }
        let mut tree = cutter.end();
        for block in &mut tree.blocks {
            order::sort(&mut block.body);
        }
        Ok(tree)
    }

    /// Whether two trees say the same, with the same comments in the same places.
    pub(super) fn says_as(&self, other: &Self) -> bool {
        alike(&self.blocks, &other.blocks) && comments(&self.rest).eq(comments(&other.rest))
    }
}

fn alike(ones: &[Piece], others: &[Piece]) -> bool {
    ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| one.is_as(other))
}

fn comments(lead: &[Lead]) -> impl Iterator<Item = &str> {
    lead.iter().filter_map(|one| match one {
        Lead::Blank => None,
        Lead::Comment(text) => Some(text.as_str()),
    })
}

impl Piece {
    fn is_as(&self, other: &Self) -> bool {
        let remarks = |piece: &Self| -> Vec<Option<String>> {
            let remark = |row: &Row| row.remark.as_ref().map(|word| word.value.clone());
            piece.rows.iter().map(remark).collect()
        };
        let keyword = |piece: &Self| piece.form.map(|form| form.keyword);
        self.said == other.said
            && keyword(self) == keyword(other)
            && self.tail == other.tail
            && comments(&self.lead).eq(comments(&other.lead))
            && remarks(self) == remarks(other)
            && alike(&self.body, &other.body)
    }

    /// How far its first row is indented.
    fn indent(&self) -> usize {
        self.rows.first().map_or(0, |row| row.indent)
    }
}

/// What each header and each clause says, in order, without places.
fn said(file: &File) -> Vec<String> {
    let mut said = Vec::new();
    for Block { kind, id, title, lines, .. } in &file.blocks {
        said.push(without_places(&format!("{:?}", (kind, id, title))));
        say(lines, &mut said);
    }
    said
}

fn say(lines: &[Line], said: &mut Vec<String>) {
    for line in lines {
        said.push(without_places(&format!("{:?}", line.clause)));
        say(&line.body, said);
    }
}

/// What `Debug` tells, without spans.
fn without_places(told: &str) -> String {
    let mut parts = told.split("Span {");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    kept
}

/// Cuts rows into pieces.
struct Cutter<'t> {
    text: &'t str,
    /// What the rows that are to come are.
    laid: &'t [Laid],
    /// What the pieces that are to come say.
    said: std::vec::IntoIter<String>,
    tree: Tree,
    /// The pieces that the row belongs under, from the header on.
    open: Vec<Piece>,
    /// Blank rows and comments since the last row with content.
    gap: Vec<Row>,
}

impl Cutter<'_> {
    fn take(&mut self, row: Row) {
        if row.content.value.is_empty() {
            self.gap.push(row);
            return;
        }
        // A text without diagnostics has no row that is nothing.
        let Some((laid, rest)) = self.laid.split_first() else { return };
        self.laid = rest;
        let gap = std::mem::take(&mut self.gap);
        if !laid.is_first {
            if let Some(piece) = self.open.last_mut() {
                piece.rows.extend(gap.into_iter().filter(|row| row.remark.is_some()));
                piece.rows.push(row);
            }
            return;
        }
        let lead = match laid.depth >= self.open.len() {
            true => gap.iter().map(lead).collect(),
            false => self.settle(&gap, Some(row.indent)),
        };
        self.close(laid.depth);
        self.open.push(Piece {
            kind: laid.kind,
            form: laid.form,
            lead,
            rows: vec![row],
            cells: Vec::new(),
            tail: Vec::new(),
            body: Vec::new(),
            said: self.said.next().unwrap_or_default(),
        });
    }

    /// Hands out comments before a row that is not under the last: one that is indented further than
    /// that row belongs to what it is under itself; from the first that is not on, all are above the
    /// row.
    fn settle(&mut self, gap: &[Row], next: Option<usize>) -> Vec<Lead> {
        let mut own = 0;
        let mut deepest = self.open.len();
        for (at, row) in gap.iter().enumerate() {
            let Some(remark) = &row.remark else { continue };
            let is_above = next.is_some_and(|indent| row.indent <= indent);
            let under = self.open.iter_mut().take(deepest).enumerate();
            let under = under.filter(|(_, piece)| piece.indent() < row.indent).last();
            let Some((depth, piece)) = under.filter(|_| !is_above) else { break };
            piece.tail.push(remark.value.clone());
            (own, deepest) = (at + 1, depth + 1);
        }
        gap.iter().skip(own).map(lead).collect()
    }

    /// Puts away what is not open any more: all but the first pieces.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(mut piece) = self.open.pop()
        {
            if let Some(form) = piece.form {
                let first = piece.rows.first().map_or(0, |row| row.content.value.len());
                piece.cells = cells(form, self.whole(&piece.rows));
                piece.cells.retain(|cell| cell.gap == Gap::Rows || cell.at < first);
            }
            match self.open.last_mut() {
                Some(outer) => outer.body.push(piece),
                None => self.tree.blocks.push(piece),
            }
        }
    }

    /// The text over these rows.
    fn whole(&self, rows: &[Row]) -> &str {
        let start = rows.first().map_or(0, |row| row.content.span.start);
        let last = rows.iter().rev().find(|row| !row.content.value.is_empty());
        let end = last.map_or(start, |row| row.content.span.end);
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    fn end(mut self) -> Tree {
        let gap = std::mem::take(&mut self.gap);
        self.tree.rest = self.settle(&gap, None);
        self.close(0);
        self.tree
    }
}

fn lead(row: &Row) -> Lead {
    row.remark.as_ref().map_or(Lead::Blank, |word| Lead::Comment(word.value.clone()))
}
