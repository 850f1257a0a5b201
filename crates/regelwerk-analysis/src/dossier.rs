//! Blocks `dossier`, `beeld`, `feit`, `vraag` and `voorwaarde`: what is kept of messages and how it is
//! seen.

use std::collections::BTreeSet;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::dossier::{Condition, Dossier, Fact, View};
use regelwerk_model::{Asked, Release};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, DossierClause, Dotted, RowKey, Word};

use crate::codes::{CYCLE, DUPLICATE, STRUCTURE};
use crate::collect::{Declarations, required, single, sources, texts};
use crate::condition::{condition, nested};
use crate::demands::demands;
use crate::filing;
use crate::paths::{Reach, Scope};
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// The dossier of a standard as its own blocks say it: to be completed by what rules ask for.
pub(crate) fn book<'a>(
    declarations: &Declarations<'_>,
    releases: &'a [Release],
    words: &'a Vocabulary,
    sink: &mut Sink,
) -> Book<'a> {
    let filings = filing::filings(declarations, releases, sink);
    let carried = filing::carried(declarations, releases, sink);
    let is_broken = filings.is_none();
    let filings = filings.unwrap_or_default();
    let dossier = Dossier { filings, carried, ..Dossier::default() };
    let book = Book::new(releases, &words.tables, dossier).broken(is_broken);
    extend(declarations, &book, words, sink);
    book
}

/// Adds the facts, questions, conditions and views of a standard, or of a protocol over it.
pub(crate) fn extend(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &mut Sink,
) {
    check_names(declarations, book, sink);
    let protocol = words.is_protocol.then_some(declarations.home.id.value.as_str());
    let facts = facts(declarations, protocol, sink);
    let named = conditions(declarations, protocol, sink);
    book.write(|all| {
        all.facts.extend(facts);
        all.conditions.extend(named);
    });
    let blocks: Vec<_> = declarations.of(BlockKind::View).collect();
    let views: Vec<_> = blocks.iter().map(|block| view(block, protocol, book, sink)).collect();
    let known: Vec<_> = views.into_iter().zip(blocks).filter_map(|(v, b)| Some((v?, b))).collect();
    let first = book.read(|all| all.views.len());
    book.write(|all| all.views.extend(known.iter().map(|(view, _)| view.clone())));
    // All views are known before what they must be is read: they may refer to each other.
    for (at, (_, block)) in (first..).zip(&known) {
        let cond = provided(block, at, book, words, sink);
        book.write(|all| {
            if let Some(view) = all.views.get_mut(at) {
                view.cond = cond;
            }
        });
    }
    check_cycles(book, sink);
}

/// What a protocol has none of its own of: what messages are, and how they are filed and answered.
const OF_STANDARD: [BlockKind; 8] = [
    BlockKind::Release,
    BlockKind::Type,
    BlockKind::Group,
    BlockKind::CodeList,
    BlockKind::Message,
    BlockKind::Glossary,
    BlockKind::Reply,
    BlockKind::Dossier,
];

/// Tells of blocks of a protocol that only a standard can have.
pub(crate) fn refuse(protocol: &Declarations<'_>, sink: &mut Sink) {
    for block in OF_STANDARD.into_iter().flat_map(|kind| protocol.of(kind)) {
        sink.push(
            Diagnostic::error(
                STRUCTURE,
                "dit hoort bij de standaard, niet bij een protocol",
                block.id.span,
            )
            .help("zet dit blok in de map van de standaard"),
        );
    }
}

/// Views, facts, questions and conditions are called in one way, in a standard with all its
/// protocols.
fn check_names(declarations: &Declarations<'_>, book: &Book<'_>, sink: &mut Sink) {
    let mut seen = book.places_of_names();
    let kinds = [BlockKind::View, BlockKind::Fact, BlockKind::Question, BlockKind::Condition];
    for block in kinds.into_iter().flat_map(|kind| declarations.of(kind)) {
        if let Some(first) = seen.get(&block.id.value) {
            let title = format!("de naam `{}` is al in gebruik", block.id.value);
            sink.push(
                Diagnostic::error(DUPLICATE, title, block.id.span)
                    .related(*first, "hier staat het eerste")
                    .help("kies een andere naam: beelden, feiten, vragen en voorwaarden hebben elk een eigen naam, ook in een protocol over een standaard"),
            );
        }
        seen.entry(block.id.value.clone()).or_insert(block.id.span);
    }
}

fn facts(declarations: &Declarations<'_>, protocol: Option<&str>, sink: &mut Sink) -> Vec<Fact> {
    let mut fact = |block: &Block| Fact {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        is_question: block.kind == BlockKind::Question,
        values: values(block, sink),
        protocol: protocol.map(str::to_owned),
        span: block.span,
    };
    let blocks = declarations.of(BlockKind::Fact).chain(declarations.of(BlockKind::Question));
    let mut facts: Vec<_> = blocks.map(&mut fact).collect();
    facts.sort_by(|a, b| a.name.cmp(&b.name));
    facts
}

/// Blocks `voorwaarde`. What one says is read where it is used, about what it is about there.
fn conditions(
    declarations: &Declarations<'_>,
    protocol: Option<&str>,
    sink: &mut Sink,
) -> Vec<Condition> {
    let mut all = Vec::new();
    for block in declarations.of(BlockKind::Condition) {
        let said = required(
            block,
            "mits:",
            sink,
            clause(|clause| match clause {
                DossierClause::Provided(cond) => Some(cond),
                _ => None,
            }),
        );
        let Some(said) = said else {
            sink.lose(&block.id.value);
            continue;
        };
        // Of one that nothing uses as well.
        said.named().into_iter().for_each(|name| nested(name, sink));
        all.push(Condition {
            name: block.id.value.clone(),
            title: block.title.value.clone(),
            sources: sources(block),
            protocol: protocol.map(str::to_owned),
            demands: demands(&block.lines),
            span: block.span,
        });
    }
    all
}

/// What can be told of a fact, or answered to a question.
fn values(block: &Block, sink: &mut Sink) -> Vec<String> {
    let pick = |clause: &'_ Clause| match clause {
        Clause::Values(values) => Some(values.clone()),
        _ => None,
    };
    let values = single(&block.lines, sink, pick).unwrap_or_default();
    let mut told = Vec::new();
    for one in values {
        let value = one.value.canonical();
        if told.contains(&value) {
            let title = format!("`{value}` staat er twee keer");
            sink.push(Diagnostic::error(DUPLICATE, title, one.span).help("haal een van beide weg"));
        } else {
            told.push(value);
        }
    }
    told
}

/// Picks from the clauses of a dossier or a view.
pub(crate) fn clause<'a, T>(
    pick: impl Fn(&'a DossierClause) -> Option<T>,
) -> impl Fn(&'a Clause) -> Option<T> {
    move |clause| match clause {
        Clause::Dossier(clause) => pick(clause),
        _ => None,
    }
}

/// A view, but for what its rows must be.
fn view(block: &Block, protocol: Option<&str>, book: &Book<'_>, sink: &mut Sink) -> Option<View> {
    let of = required(
        block,
        "uit:",
        sink,
        clause(|clause| match clause {
            DossierClause::Of(of) => Some(of),
            _ => None,
        }),
    );
    let key = required(
        block,
        "sleutel:",
        sink,
        clause(|clause| match clause {
            DossierClause::Key(key) => Some(key),
            _ => None,
        }),
    );
    let latest = single(
        &block.lines,
        sink,
        clause(|clause| match clause {
            DossierClause::Latest(paths) => Some(paths.as_slice()),
            _ => None,
        }),
    );
    let (of, key) = (of?, key?);
    let source = book.earlier(of, sink)?;
    let order = columns(latest.unwrap_or_default(), source, book, sink);
    Some(View {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        readings: texts(&block.lines, |clause| match clause {
            Clause::Reading(text) => Some(text),
            _ => None,
        }),
        source,
        by_part: is_by_part(key, source, book, sink)?,
        key: columns(&key.columns, source, book, sink)?,
        order: order?,
        cond: Cond::True,
        protocol: protocol.map(str::to_owned),
        demands: demands(&block.lines),
        span: block.span,
    })
}

fn is_by_part(key: &RowKey, source: usize, book: &Book<'_>, sink: &mut Sink) -> Option<bool> {
    let Some(span) = key.part else { return Some(false) };
    book.check_part(RowSource::Earlier(source), span, sink)?;
    Some(true)
}

/// The columns of a source at these paths, as indexes.
pub(crate) fn columns(
    paths: &[Dotted],
    source: usize,
    book: &Book<'_>,
    sink: &mut Sink,
) -> Option<Vec<usize>> {
    let column = |path: &Dotted, sink: &mut Sink| {
        let names: Vec<&Word> = path.steps.iter().map(|step| &step.name).collect();
        let cell = book.column(RowSource::Earlier(source), &names, Reach::Value, sink)?;
        book.position(source, &cell.name)
    };
    let all: Vec<_> = paths.iter().map(|path| column(path, sink)).collect();
    all.into_iter().collect()
}

/// What the rows of a view must be.
fn provided(
    block: &Block,
    at: usize,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &mut Sink,
) -> Cond {
    let cond = single(
        &block.lines,
        sink,
        clause(|clause| match clause {
            DossierClause::Provided(cond) => Some(cond),
            _ => None,
        }),
    );
    let scope = Scope::of_row(book, words, RowSource::View(at), Some(&block.id.value));
    cond.and_then(|cond| condition(cond, &scope, sink)).unwrap_or(Cond::True)
}

/// What a view must be may ask for other views, but not in a circle.
fn check_cycles(book: &Book<'_>, sink: &mut Sink) {
    let asked: Vec<(Vec<usize>, Span)> = book.read(|all| {
        let views = |view: &View| {
            let asked = Asked::by_cond(&view.cond);
            let view = |source: &RowSource| match source {
                RowSource::View(at) => Some(*at),
                _ => None,
            };
            asked.rows.iter().filter_map(|rows| view(&rows.source)).collect()
        };
        all.views.iter().map(|view| (views(view), view.span)).collect()
    });
    for (start, (_, span)) in asked.iter().enumerate() {
        let mut reached = BTreeSet::new();
        let mut next = vec![start];
        while let Some(at) = next.pop() {
            let all = asked.get(at).into_iter().flat_map(|(views, _)| views);
            next.extend(all.filter(|view| reached.insert(**view)));
        }
        if reached.contains(&start) {
            sink.push(
                Diagnostic::error(CYCLE, "dit beeld vraagt met `mits:` naar zichzelf", *span)
                    .help("zoek er de rijen zelf op, met `eerder BERICHT / Element`"),
            );
        }
    }
}
