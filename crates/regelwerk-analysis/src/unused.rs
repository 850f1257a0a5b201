//! Blocks `voorwaarde` that nothing uses.
//!
//! What such a block says is read where it is used, about what it is about there. Where nothing uses
//! it, it is tried at every element and every kind of row there is: it is right if it can be said of
//! one of them.

use regelwerk_diag::{Code, Diagnostic};
use regelwerk_model::core::RowSource;
use regelwerk_model::{Content, NodeId};
use regelwerk_syntax::ast::{Block, BlockKind};

use crate::codes::{UNKNOWN_ELEMENT, UNKNOWN_LIST};
use crate::collect::Declarations;
use crate::condition::condition;
use crate::paths::Scope;
use crate::places::{Spot, Spots};
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// What is wrong in a condition that nothing has used so far.
pub(crate) struct Unused {
    name: String,
    wrong: Vec<Diagnostic>,
}

/// What is wrong in the conditions of a home that nothing has used so far.
pub(crate) fn find(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &Sink,
) -> Vec<Unused> {
    let blocks = declarations.of(BlockKind::Condition);
    let unused = blocks.filter(|block| !sink.is_used(&block.id.value));
    let wrong = unused.filter_map(|block| {
        let wrong = nowhere(block, book, words, sink)?;
        Some(Unused { name: block.id.value.clone(), wrong })
    });
    wrong.collect()
}

/// Tells what is wrong in those of them that nothing has used since.
pub(crate) fn tell(found: Vec<Unused>, sink: &mut Sink) {
    for Unused { name, wrong } in found {
        if !sink.is_used(&name) {
            wrong.into_iter().for_each(|one| sink.push(one));
        }
    }
}

/// What is wrong where least is; none where a condition can be said of something.
fn nowhere(
    block: &Block,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &Sink,
) -> Option<Vec<Diagnostic>> {
    // What it would ask for is not kept.
    let book = Book::new(book.releases, book.tables, book.read(Clone::clone));
    let tried = |scope: &Scope<'_>| wrong(block, words, scope, sink.apart());
    let places = spots(&book);
    let elements = places.iter().map(|spots| tried(&Scope::new(&book, spots, words)));
    let element = least(elements, &[UNKNOWN_ELEMENT])?;
    // Where some element has all that it names, it is about that; else it may be about a row.
    let rows = rows(&book);
    if element.0 == 0 || rows.is_empty() {
        return Some(element.1);
    }
    let all = rows.into_iter().map(|of| tried(&Scope::of_row(&book, words, of, None)));
    let row = least(all, &[UNKNOWN_ELEMENT, UNKNOWN_LIST])?;
    Some(if row.0 < element.0 { row.1 } else { element.1 })
}

/// What is told where least is missing, by these codes, and of those least is told; with how much is
/// missing. None where nothing is told.
fn least(
    all: impl Iterator<Item = Vec<Diagnostic>>,
    missing: &[Code],
) -> Option<(usize, Vec<Diagnostic>)> {
    let mut least: Option<(usize, Vec<Diagnostic>)> = None;
    for told in all {
        if told.is_empty() {
            return None;
        }
        let lacks = told.iter().filter(|one| missing.contains(&one.code)).count();
        let is_less =
            |(known, other): &(usize, Vec<Diagnostic>)| (lacks, told.len()) < (*known, other.len());
        if least.as_ref().is_none_or(is_less) {
            least = Some((lacks, told));
        }
    }
    least
}

/// What is wrong with what a block says, about what the scope stands at.
fn wrong(block: &Block, words: &Vocabulary, scope: &Scope<'_>, mut sink: Sink) -> Vec<Diagnostic> {
    let within = scope.about(&block.id, None, &mut sink);
    if let Some((within, said)) = within.zip(words.condition(&block.id, &mut sink)) {
        condition(said, &within, &mut sink);
    }
    sink.finish()
}

/// Every element that has others in it, of the newest release first.
fn spots(book: &Book<'_>) -> Vec<Spots> {
    let mut all = Vec::new();
    for (release, of) in book.releases.iter().enumerate().rev() {
        for (message, definition) in of.messages.iter().enumerate() {
            let nodes = definition.nodes.iter().enumerate();
            let groups = nodes.filter(|(_, node)| matches!(node.content, Content::Group(_)));
            all.extend(groups.map(|(node, _)| {
                let spot = Spot { release, message, node: NodeId(node), params: Vec::new() };
                Spots { list: vec![spot], params: Vec::new() }
            }));
        }
    }
    all
}

/// Every kind of row.
fn rows(book: &Book<'_>) -> Vec<RowSource> {
    book.read(|all| {
        let earlier = (0..all.sources.len()).map(RowSource::Earlier);
        let views = (0..all.views.len()).map(RowSource::View);
        let facts = (0..all.facts.len()).map(RowSource::Fact);
        let tables = (0..all.tables.len()).map(RowSource::Table);
        earlier.chain(views).chain(facts).chain(tables).collect()
    })
}
