//! Which column each piece shares with others.

use super::cells::{ALIGNED, Gap};
use super::order::{column, is_like_a_block};
use super::print::{Columns, Place, STEP};
use super::rows::head;
use super::tree::Piece;
use super::{squeezed, width};
use crate::Rule;

/// The columns of what is written as a block.
pub(super) fn columns_of(piece: &Piece, indent: usize) -> Option<Columns> {
    if !is_like_a_block(piece) {
        return None;
    }
    let mut columns = Columns::new();
    for rule in ALIGNED {
        let column = widest(&piece.body, indent + STEP, column(piece.kind), rule, &columns);
        columns.extend(column.map(|column| (rule, column)));
    }
    Some(columns)
}

/// Where the column of a rule begins that is behind all that precedes it.
fn widest(
    body: &[Piece],
    indent: usize,
    value: usize,
    rule: Rule,
    known: &Columns,
) -> Option<usize> {
    let place = Place::new(indent, value);
    let own = body.iter().filter(|one| one.cells.iter().any(|cell| cell.gap == Gap::Block(rule)));
    let own = own.map(|one| indent + width(&head(one, place, known, Some(rule))) + STEP);
    let under = body.iter().filter(|one| !is_like_a_block(one));
    let under = under.filter_map(|one| widest(&one.body, indent + STEP, 0, rule, known));
    own.chain(under).max()
}

/// For each of these pieces the column that it shares with those next to it: of the same form, each
/// of one row but for the last.
pub(super) fn runs(pieces: &[Piece]) -> Vec<usize> {
    let shares = |piece: &Piece| piece.cells.iter().any(|cell| cell.gap == Gap::Run);
    let rule = |piece: &Piece| piece.form.map(|form| form.rule);
    let runs = pieces.chunk_by(|one, other| {
        shares(one)
            && shares(other)
            && rule(one) == rule(other)
            && one.rows.len() == 1
            && other.lead.is_empty()
    });
    runs.flat_map(|run| {
        let end = run.iter().map(run_end).max().unwrap_or(0);
        std::iter::repeat_n(end + STEP, run.len())
    })
    .collect()
}

/// How wide a piece is before the column that it shares.
fn run_end(piece: &Piece) -> usize {
    let text = piece.rows.first().map_or("", |row| row.content.value.as_str());
    let cell = piece.cells.iter().find(|cell| cell.gap == Gap::Run);
    let before = cell.and_then(|cell| text.get(..cell.at)).unwrap_or("");
    width(&squeezed(before))
}
