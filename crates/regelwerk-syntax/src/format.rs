//! Rule text laid out in one way: white space and the order of clauses, and nothing else.
//!
//! There is no second reading of the language here. [`crate::block::read`] says what each row is; a
//! text is cut in pieces by that, put in order and printed, and then read again: where that gives
//! another tree, the text is left as it was.

mod cells;
mod columns;
mod order;
mod print;
mod rows;
mod tree;

use regelwerk_diag::{Diagnostic, SourceId};

use tree::Tree;

/// Why a text was not laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unformatted {
    /// It cannot be read, for these reasons.
    Unreadable(Vec<Diagnostic>),
    /// What came of it cannot be read, or does not say the same: a mistake of the formatter.
    Unsure,
}

/// A text, with bare LF as end of line, as it ought to be laid out. It says the same, and has the
/// same comments, each at the clause or the row that it is at.
///
/// # Errors
///
/// When the text cannot be read, or would say something else.
pub fn format(source: SourceId, text: &str) -> Result<String, Unformatted> {
    let before = Tree::read(source, text).map_err(Unformatted::Unreadable)?;
    let told = print::print(&before);
    if told == text {
        return Ok(told);
    }
    match Tree::read(source, &told) {
        Ok(after) if after.says_as(&before) => Ok(told),
        _ => Err(Unformatted::Unsure),
    }
}

/// A text without the blanks at its ends, and with one for each run of blanks outside quotes.
fn squeezed(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text.trim_matches(BLANKS);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest.char_indices().skip(1).find(|(_, c)| *c == '"').map_or(1, |(at, _)| at + 1),
            _ if BLANKS.contains(&first) => rest.len() - rest.trim_start_matches(BLANKS).len(),
            _ => first.len_utf8(),
        };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        told.push_str(if BLANKS.contains(&first) { " " } else { piece });
        rest = after;
    }
    told
}

/// What stands between words in a row.
const BLANKS: [char; 2] = [' ', '\t'];

/// How many characters a text is wide.
fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_words_are_one_and_those_in_quotes_stay() {
        let texts = [
            ("  a \t b  ", "a b"),
            ("a  \"b  c\"  d", "a \"b  c\" d"),
            ("zo'n  \"  half", "zo'n \" half"),
            ("é  ‘x’  \"\"  \"", "é ‘x’ \"\" \""),
            (" ", ""),
        ];
        for (text, told) in texts {
            assert_eq!(squeezed(text), told);
            assert_eq!(squeezed(told), told);
        }
    }

    #[test]
    fn a_text_without_blocks_keeps_its_comments() {
        for (text, told) in [("", ""), ("\n\n", ""), ("\n # a\n\n\n#b\n\n", "# a\n\n#b\n")] {
            assert_eq!(format(SourceId(0), text).as_deref(), Ok(told));
        }
    }
}
