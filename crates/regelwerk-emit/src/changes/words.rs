//! What rule files say, in their own words: pieces of their text.

use regelwerk_diag::{Sources, Span};

/// The lines of these clauses, without the indent that all of them have.
pub(super) fn lines(spans: &[Span], sources: &Sources) -> Vec<String> {
    let lines: Vec<_> = spans.iter().flat_map(|span| rows(*span, sources).lines()).collect();
    let indent = lines.iter().map(|line| depth(line)).min().unwrap_or(0);
    lines.iter().map(|line| line.get(indent..).unwrap_or(line).trim_end().to_owned()).collect()
}

/// The text of a clause from the start of its first row.
fn rows(span: Span, sources: &Sources) -> &str {
    let text = sources.text(span.source);
    let before = text.get(..span.start as usize).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    text.get(start..span.end as usize).unwrap_or("")
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A piece of text on one line.
pub(super) fn phrase(span: Span, sources: &Sources) -> String {
    sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts say the same, however their lines are laid out.
pub(super) fn are_same(one: &[String], other: &[String]) -> bool {
    let words = |lines: &[String]| {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    words(one) == words(other)
}
