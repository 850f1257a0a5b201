//! What rule files say, in their own words and without what is said about it.

use regelwerk_diag::{Sources, Span};
use regelwerk_model::Wording;
use regelwerk_model::core::Step;

/// What is said about a block, and demands nothing itself.
const ABOUT: [&str; 11] = [
    "bron",
    "lezing",
    "norm",
    "zie",
    "vervangt",
    "wijkt af van",
    "voorbeeld goed",
    "voorbeeld fout",
    "voorbeeld",
    "niveau",
    "retourcode",
];

/// What says which messages are of a protocol, and to what it applies.
const SCOPE: [&str; 3] = ["herkennen", "toepassing", "releases"];

/// The lines of a block that demand something, without its heading. What has more lines keeps them.
pub(super) fn demands(block: &str) -> Vec<String> {
    chosen(block, |key| !ABOUT.contains(&key))
}

/// The lines of a protocol that say where it applies.
pub(super) fn scope(block: &str) -> Vec<String> {
    chosen(block, |key| SCOPE.contains(&key))
}

/// The lines of a block under the keys that are wanted, without the indent of the block. A line that
/// stands deeper belongs to the one before it.
fn chosen(block: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = block.lines().skip(1).filter(|line| {
        let text = line.trim();
        !text.is_empty() && !text.starts_with('#')
    });
    let indent = lines.clone().map(depth).min().unwrap_or(0);
    let mut is_in = false;
    let mut chosen = Vec::new();
    for line in lines {
        if depth(line) == indent {
            is_in = is_wanted(key(line));
        }
        if is_in {
            chosen.push(line.get(indent..).unwrap_or(line).trim_end().to_owned());
        }
    }
    chosen
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// What stands before the colon; the whole line where there is none.
fn key(line: &str) -> &str {
    line.split_once(':').map_or(line, |(key, _)| key).trim()
}

/// An example as its line says it, without the word that it is one.
pub(super) fn example(line: &str) -> String {
    let text = line.split_once(':').map_or(line, |(_, text)| text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a wording. Its rule may have others.
pub(super) fn wording(wording: &Wording, sources: &Sources) -> Vec<String> {
    let mut all = Vec::new();
    spans(&wording.body, &mut all);
    let first = all.iter().map(|span| span.start).min();
    let last = all.iter().map(|span| span.end).max();
    let (Some(span), Some(start), Some(end)) = (all.first(), first, last) else {
        return Vec::new();
    };
    let text = sources.text(span.source);
    let before = text.get(..start as usize).unwrap_or("");
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = text.get(end as usize..).unwrap_or("");
    let end = end as usize + after.find('\n').unwrap_or(after.len());
    let lines = text.get(start..end).unwrap_or("").lines().filter(|line| !line.trim().is_empty());
    let indent = lines.clone().map(depth).min().unwrap_or(0);
    lines.map(|line| line.get(indent..).unwrap_or(line).trim_end().to_owned()).collect()
}

fn spans(steps: &[Step], into: &mut Vec<Span>) {
    for step in steps {
        match step {
            Step::If { then, otherwise, span, .. } => {
                into.push(*span);
                spans(then, into);
                spans(otherwise, into);
            }
            Step::Require(requirement) => into.push(requirement.span),
            Step::Bind { span, .. } => into.push(*span),
            Step::Let { .. } => {}
        }
    }
}

/// Whether two texts say the same, however their lines are laid out.
pub(super) fn are_same(one: &[String], other: &[String]) -> bool {
    let words = |lines: &[String]| {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_about_a_rule_is_no_demand() {
        let block = "regel A \"T\"\n  bron:  x,\n         y\n  voor:  B / C\n  # om\n  als D leeg \
                     dan:\n    - E  leeg laten\n  voorbeeld goed: D 1\n";
        assert_eq!(demands(block), ["voor:  B / C", "als D leeg dan:", "  - E  leeg laten"]);
    }
}
