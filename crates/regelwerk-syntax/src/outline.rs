//! A file as rows: indentation, content, comment.

use pest::Parser;
use regelwerk_diag::{SourceId, Span};

use crate::ast::{Spanned, Word};
use crate::{Grammar, Rule};

/// One row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Characters of white space before the content.
    pub(crate) indent: usize,
    /// The content without white space round it; empty for a blank row.
    pub(crate) content: Word,
    /// The comment at the end, with its `#`.
    pub(crate) remark: Option<Word>,
    /// The white space holds a tab.
    pub(crate) tab: bool,
}

/// Splits a text into rows. The outline rule of the grammar takes any text.
pub(crate) fn rows(source: SourceId, text: &str) -> Vec<Row> {
    let pairs = Grammar::parse(Rule::outline, text).into_iter().flatten();
    pairs
        .flat_map(pest::iterators::Pair::into_inner)
        .filter(|pair| pair.as_rule() == Rule::row)
        .map(|pair| row(source, pair))
        .collect()
}

fn row(source: SourceId, pair: pest::iterators::Pair<'_, Rule>) -> Row {
    let mut row = Row { indent: 0, content: word(source, "", 0), remark: None, tab: false };
    for part in pair.into_inner() {
        let start = part.as_span().start();
        match part.as_rule() {
            Rule::indent => {
                // A tab has its own diagnostic; counting it as one level keeps it the only one.
                row.indent = part.as_str().chars().map(|c| if c == '\t' { 2 } else { 1 }).sum();
                row.tab = part.as_str().contains('\t');
            }
            Rule::content => row.content = word(source, part.as_str().trim_end(), start),
            _ => row.remark = Some(word(source, part.as_str().trim_end(), start)),
        }
    }
    row
}

fn word(source: SourceId, text: &str, start: usize) -> Word {
    Spanned { value: text.to_owned(), span: span(source, start, start + text.len()) }
}

/// A span from byte offsets; a file beyond 4 GB is refused by the loader.
pub(crate) fn span(source: SourceId, start: usize, end: usize) -> Span {
    let clamp = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { source, start: clamp(start), end: clamp(end) }
}
