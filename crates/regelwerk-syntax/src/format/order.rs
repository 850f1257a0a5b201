//! In which order clauses stand, and in which column their values begin.

use super::tree::Piece;
use crate::Rule;
use crate::ast::BlockKind::{
    self, Calendar, CodeList, Condition, Dossier, Fact, Glossary, Group, List, Message, Process,
    Protocol, Question, Release, Reply, Scenario, Standard, Table, Type, View,
};

/// What every block starts with: where it comes from and how that is read.
const SOURCES: [&str; 8] =
    ["bron:", "norm:", "lezing:", "wijkt af van:", "vervangt:", "volgt:", "zie:", "ontheffing:"];

/// What comes next in a kind of block. What is in no list, and whatever has clauses under it, keeps
/// its place among its like: its order may mean something.
fn head(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::Rule => &["ernst:", "niveau:", "geldig:", "voor:"],
        BlockKind::Term => &[
            "voor:",
            "ook bij afkeur",
            "bij:",
            "mits:",
            "begint:",
            "eindigt:",
            "binnen:",
            "uiterlijk:",
            "door:",
        ],
        Release => &["geldig:", "volledigheid:"],
        Type => &["geldig:", "soort:", "eenheid:"],
        Group => &["geldig:"],
        CodeList => &["geldig:", "bestand:"],
        Message => &["code:", "afzender:", "ontvanger:", "geldig:"],
        Reply => &["geldig:", "op:", "klassen:", "goed:", "afkeur:", "buiten klassen:", "tekens:"],
        Process => &["sleutel:", "over alle partijen", "rollen:", "toestanden:"],
        Table => &["peildatum:", "aanlevering:", "kolommen:", "sleutel:", "geldig:", "bestand:"],
        Protocol => &["standaard:", "geldig:", "releases:"],
        Scenario => &["onder:", "over:"],
        Condition => &["mits:"],
        View => &["uit:", "sleutel:", "laatste:", "mits:"],
        Fact | Question => &["waarden:"],
        Calendar => &["weekend:"],
        Standard | List | Glossary | Dossier => &[],
    }
}

/// What a kind of block ends with.
fn last(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::Rule | Process => &["voorbeeld goed:", "voorbeeld fout:"],
        BlockKind::Term | Type | Calendar => &["voorbeeld:"],
        Message => &["basis:"],
        Protocol => &["normen:"],
        _ => &[],
    }
}

/// Puts clauses in order, those under them too. Those of one keyword stay as they are.
pub(super) fn sort(pieces: &mut [Piece]) {
    pieces.sort_by_key(rank);
    for piece in pieces {
        sort(&mut piece.body);
    }
}

fn rank(piece: &Piece) -> usize {
    let (sources, head) = (SOURCES.as_slice(), head(piece.kind));
    let rest = sources.len() + head.len();
    let Some(form) = piece.form.filter(|_| piece.body.is_empty()) else { return rest };
    let is_own = |word: &&str| *word == form.keyword;
    if last(piece.kind).iter().any(is_own) {
        return rest + 1;
    }
    sources.iter().chain(head).position(is_own).unwrap_or(rest)
}

/// How far from its keyword the value of a clause of a block begins; a keyword that is longer has
/// one blank behind it.
pub(super) fn column(kind: BlockKind) -> usize {
    match kind {
        Type | BlockKind::Term | View | Calendar => 11,
        Table | Message => 12,
        Protocol => 13,
        Release => 14,
        Process => 15,
        Dossier => 19,
        Standard | Group | CodeList | Reply | List | Scenario | Glossary => 10,
        Condition | Fact | Question | BlockKind::Rule => 10,
    }
}

/// Whether what is under a clause is written as directly in its block: `geldig:` and `deel`.
pub(super) fn is_like_a_block(piece: &Piece) -> bool {
    piece.form.is_none_or(|form| matches!(form.rule, Rule::clause_interval | Rule::clause_part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{BLOCKS, keywords};

    #[test]
    fn every_word_is_a_keyword_and_stands_once() {
        for (_, kind) in BLOCKS {
            let own: Vec<_> = head(kind).iter().chain(last(kind)).collect();
            for (number, word) in own.iter().enumerate() {
                assert!(keywords(kind).any(|keyword| keyword == **word), "{kind:?}: {word}");
                assert!(!SOURCES.contains(word) && !own[..number].contains(word), "{word}");
            }
        }
        for word in SOURCES {
            assert!(
                BLOCKS.iter().any(|(_, kind)| keywords(*kind).any(|one| one == word)),
                "{word}"
            );
        }
    }
}
