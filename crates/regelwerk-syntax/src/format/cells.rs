//! Where the row of a clause has columns.

use pest::Parser;
use pest::iterators::Pair;

use crate::block::skipped;
use crate::table::Form;
use crate::{Grammar, Rule};

/// What precedes a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Two blanks.
    Two,
    /// As many as bring it under the column of this name in its block.
    Block(Rule),
    /// As many as bring it under the same column of the clauses next to it.
    Run,
    /// As many as bring it under the same column of the other rows of its clause.
    Rows,
}

/// The columns that are aligned over a block, from left to right.
pub(super) const ALIGNED: [Rule; 7] = [
    Rule::name,
    Rule::filling,
    Rule::holiday_day,
    Rule::string,
    Rule::reference,
    Rule::references,
    Rule::interval,
];

/// Where a column begins in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) gap: Gap,
    /// In bytes.
    pub(super) at: usize,
}

/// The columns of a clause, by what the grammar makes of it; `text` starts with its keyword.
pub(super) fn cells(form: Form, text: &str) -> Vec<Cell> {
    if !has_columns(form.rule) {
        return Vec::new();
    }
    let skipped = skipped(form).len();
    let read = text.get(skipped..).and_then(|rest| Grammar::parse(form.rule, rest).ok());
    let parts = read.into_iter().flatten().flat_map(Pair::into_inner);
    let mut cells = Vec::new();
    for (number, part) in parts.flat_map(opened).enumerate() {
        let span = part.as_span();
        if let Some(gap) = gap(form.rule, number, part.as_rule()) {
            let is_behind = part.as_rule() == Rule::op_colon;
            let at = if is_behind { span.end() } else { span.start() };
            cells.push(Cell { gap, at: at + skipped });
        }
    }
    cells
}

/// Whether [`gap`] tells of anything in such a clause.
fn has_columns(clause: Rule) -> bool {
    matches!(
        clause,
        Rule::item_element
            | Rule::item_facet
            | Rule::item_filling
            | Rule::item_holiday
            | Rule::item_requirement
            | Rule::clause_beside
            | Rule::clause_code
            | Rule::clause_event
            | Rule::clause_meaning
            | Rule::clause_never
            | Rule::clause_places
            | Rule::clause_sample
            | Rule::clause_transition
    )
}

/// A part, or what is in it where a column begins one level down.
fn opened(part: Pair<'_, Rule>) -> Vec<Pair<'_, Rule>> {
    match part.as_rule() {
        Rule::other_classes | Rule::place => part.into_inner().collect(),
        Rule::places => part.into_inner().flat_map(opened).collect(),
        _ => vec![part],
    }
}

/// What comes before the part of a clause with this number, if that is a column.
fn gap(clause: Rule, number: usize, what: Rule) -> Option<Gap> {
    match (clause, what) {
        (Rule::item_element, Rule::name) if number == 1 => Some(Gap::Block(what)),
        (Rule::item_element | Rule::clause_sample, Rule::interval) => Some(Gap::Two),
        (Rule::item_filling, Rule::filling | Rule::k_krijgt) => Some(Gap::Block(Rule::filling)),
        (Rule::item_requirement, Rule::demand) => Some(Gap::Run),
        (Rule::clause_places, Rule::k_met) => Some(Gap::Rows),
        (Rule::item_holiday, Rule::holiday_day) => Some(Gap::Block(what)),
        (Rule::item_facet, Rule::reference | Rule::interval) => Some(Gap::Block(what)),
        (Rule::clause_code, Rule::string | Rule::interval) => Some(Gap::Block(what)),
        (Rule::clause_meaning, Rule::string) => Some(Gap::Block(what)),
        (Rule::clause_event, Rule::op_colon) => Some(Gap::Run),
        (Rule::clause_transition, Rule::k_bij) => Some(Gap::Two),
        (Rule::clause_transition | Rule::clause_never | Rule::clause_beside, Rule::references) => {
            Some(Gap::Block(what))
        }
        _ => None,
    }
}
