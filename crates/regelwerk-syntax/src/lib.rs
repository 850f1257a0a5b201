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

pub use explain::meant_outcome;
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

    #[test]
    fn a_condition_that_has_a_name_is_read_and_laid_out() {
        let rough = "voorwaarde lta-zorg \"x\"\n  mits: A = 1 of B leeg\n  bron: x\n\nregel X1 \"x\"\n  \
                     bron: x\n  eis: lta-zorg geldt en niet (lta-zorg  geldt voor oud)\n  \
                     eis: voor elke toewijzing geldt lta-zorg geldt voor toewijzing\n";
        let read = parse(SourceId(0), rough);
        assert_eq!(read.diagnostics, []);
        let [named, rule] = read.file.blocks.as_slice() else { unreachable!("{read:?}") };
        assert_eq!((named.kind, keyword(named.kind)), (ast::BlockKind::Condition, "voorwaarde"));
        let mut told = Vec::new();
        for line in &rule.lines {
            let ast::Clause::Must(cond) = &line.clause else { continue };
            names(cond, &mut told);
        }
        assert_eq!(told, ["lta-zorg", "lta-zorg voor oud", "lta-zorg voor toewijzing"]);
        let neat = format(SourceId(0), rough).unwrap();
        assert!(
            neat.starts_with("voorwaarde lta-zorg \"x\"\n  bron:     x\n  mits:     A = 1"),
            "{neat}"
        );
    }

    /// The conditions that are called by their name in a condition.
    fn names(cond: &ast::Cond, told: &mut Vec<String>) {
        match cond {
            ast::Cond::Named(name, None) => told.push(name.value.clone()),
            ast::Cond::Named(name, Some(about)) => {
                told.push(format!("{} voor {}", name.value, about.value));
            }
            ast::Cond::Not(inner) | ast::Cond::Every(_, inner) => names(inner, told),
            ast::Cond::Junction(_, parts) => parts.iter().for_each(|part| names(part, told)),
            _ => {}
        }
    }
}
