//! Rule text to syntax tree. Parsing never fails: it gives a tree and diagnostics.
//!
//! This crate knows no meaning: names, codes and types are words with a place.

pub mod ast;
mod block;
mod calendar;
pub mod codes;
mod convert;
mod data;
mod dossier;
mod explain;
mod expression;
mod format;
mod obligation;
mod outline;
mod process;
mod reply;
mod scenario;
mod suggest;
mod table;
mod term;
mod waiver;

use pest::Parser;
use regelwerk_diag::{Diagnostic, SourceId};

use grammar::{Grammar, Rule};

pub use format::{Unformatted, format};
pub use suggest::{closest, nearest};

/// What pest makes of the one grammar; its items cannot carry documentation.
#[allow(missing_docs)]
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar.pest"]
    pub(crate) struct Grammar;
}

/// A tree with what is wrong in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parse {
    /// What could be read; a clause that could not is [`ast::Clause::Invalid`].
    pub file: ast::File,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one file.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parse {
    block::parse_file(source, text)
}

/// The word that a kind of block starts with: `regel`.
#[must_use]
pub fn keyword(kind: ast::BlockKind) -> &'static str {
    table::BLOCKS.iter().find(|(_, one)| *one == kind).map_or("", |(word, _)| word)
}

/// Whether a rule can call rows by this word: it means nothing else in the language.
#[must_use]
pub fn can_name_rows(word: &str) -> bool {
    const TAKEN: [&str; 3] = ["deel", "ontvangst", "verzending"];
    let read = Grammar::parse(Rule::row_name, word);
    !TAKEN.contains(&word) && read.is_ok_and(|pairs| pairs.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "# boven\nregel X1 \"Titel\" # achter\n  # in het blok\n  bron: hier, # eerste\n    \
                        en daar # tweede\n  niveau: 2 # derde\n# onderaan\n";

    fn texts(words: &[ast::Word]) -> Vec<&str> {
        words.iter().map(|word| word.value.as_str()).collect()
    }

    #[test]
    fn every_comment_is_kept_where_it_stands() {
        let parse = parse(SourceId(0), RULE);
        assert_eq!(parse.diagnostics, []);
        let [block] = parse.file.blocks.as_slice() else { unreachable!("{parse:?}") };
        assert_eq!(texts(&block.comments), ["# boven"]);
        assert_eq!(block.remark.as_ref().map(|word| word.value.as_str()), Some("# achter"));
        let [source, level] = block.lines.as_slice() else { unreachable!("{block:?}") };
        assert_eq!(texts(&source.comments), ["# in het blok"]);
        assert_eq!(texts(&source.remarks), ["# eerste", "# tweede"]);
        assert_eq!(texts(&level.remarks), ["# derde"]);
        assert_eq!(texts(&parse.file.comments), ["# onderaan"]);
    }

    #[test]
    fn free_text_over_rows_has_no_comments_in_it() {
        let parse = parse(SourceId(0), RULE);
        let lines = parse.file.blocks.iter().flat_map(|block| &block.lines);
        let sources: Vec<_> = lines
            .filter_map(|line| match &line.clause {
                ast::Clause::Source(text) => Some(text.value.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(sources, ["hier, en daar"]);
    }
}
