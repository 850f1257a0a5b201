//! Blocks `voorwaarde` that nothing uses.
//!
//! What such a block says is read where it is used, about what it is about there. Where nothing uses
//! it, it is tried at every element and every kind of row there is: it is right if it can be said of
//! one of them.

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::RowSource;
use regelwerk_model::{Content, NodeId};
use regelwerk_syntax::ast::{Block, BlockKind};

use crate::codes::UNKNOWN_ELEMENT;
use crate::collect::Declarations;
use crate::condition::condition;
use crate::paths::Scope;
use crate::places::{Spot, Spots};
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// Tells what is wrong in the conditions of a home that nothing has used so far.
pub(crate) fn check(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &mut Sink,
) {
    for block in declarations.of(BlockKind::Condition) {
        if !sink.is_used(&block.id.value) {
            for told in nowhere(block, book, words, sink).unwrap_or_default() {
                sink.push(told);
            }
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
    let mut least: Option<Vec<Diagnostic>> = None;
    let mut is_right = |scope: &Scope<'_>| {
        let told = wrong(block, words, scope, sink.apart());
        let is_right = told.is_empty();
        if least.as_ref().is_none_or(|least| weight(&told) < weight(least)) {
            least = Some(told);
        }
        is_right
    };
    let at_element = spots(&book).iter().any(|spots| is_right(&Scope::new(&book, spots, words)));
    let at_row = at_element
        || rows(&book).into_iter().any(|of| is_right(&Scope::of_row(&book, words, of, None)));
    least.filter(|_| !at_row)
}

/// How far from right what is told is: elements that are not there come before all else, for with
/// them it is about something else.
fn weight(told: &[Diagnostic]) -> (usize, usize) {
    (told.iter().filter(|one| one.code == UNKNOWN_ELEMENT).count(), told.len())
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
