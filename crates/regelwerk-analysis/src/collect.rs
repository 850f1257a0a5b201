//! Blocks by standard and by kind, and the clauses of a block.

use std::collections::BTreeMap;

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind, Clause, File, Line, Word};

use crate::codes::{DUPLICATE, MISSING_CLAUSE, NO_STANDARD, REPEATED_CLAUSE};
use crate::identity;
use crate::sink::Sink;

/// The blocks of one home, a standard or a protocol, by kind, in order of identity.
pub(crate) struct Declarations<'a> {
    /// The block that makes the home: `standaard` or `protocol`.
    pub(crate) home: &'a Block,
    blocks: BTreeMap<(BlockKind, &'a str), &'a Block>,
    /// The same blocks, by what a library does not keep apart in their names.
    folded: BTreeMap<(BlockKind, String), &'a Block>,
    /// The standard that a protocol lies over: its names can be used too.
    base: Option<&'a Declarations<'a>>,
}

impl<'a> Declarations<'a> {
    /// Own blocks of a kind, in order of identity.
    pub(crate) fn of(&self, kind: BlockKind) -> impl Iterator<Item = &'a Block> + '_ {
        self.blocks.iter().filter(move |((of, _), _)| *of == kind).map(|(_, block)| *block)
    }

    /// Every block of the home itself: that which makes it, then by kind and identity.
    pub(crate) fn own(&self) -> impl Iterator<Item = &'a Block> + '_ {
        let others = self.blocks.values().filter(|block| block.span != self.home.span);
        std::iter::once(self.home).chain(others.copied())
    }

    /// A block by its identity, own or of the standard below.
    pub(crate) fn get(&self, kind: BlockKind, id: &str) -> Option<&'a Block> {
        let own = self.blocks.get(&(kind, id)).copied();
        own.or_else(|| self.base.and_then(|base| base.get(kind, id)))
    }

    /// What a protocol lies over.
    pub(crate) fn base(&self) -> Option<&'a Declarations<'a>> {
        self.base
    }

    /// Identities of a kind, own and of the standard below.
    pub(crate) fn ids(&self, kind: BlockKind) -> impl Iterator<Item = &'a str> + '_ {
        let base = self.base.into_iter().flat_map(move |base| base.of(kind));
        self.of(kind).chain(base).map(|block| block.id.value.as_str())
    }

    /// The same blocks, over a standard.
    pub(crate) fn over(&self, base: &'a Declarations<'a>) -> Self {
        let (blocks, folded) = (self.blocks.clone(), self.folded.clone());
        Self { home: self.home, blocks, folded, base: Some(base) }
    }
}

/// Every standard and every protocol with its blocks. A file belongs to the one that is declared
/// in its folder, or in the nearest folder above it.
pub(crate) fn homes<'a>(files: &'a [(String, File)], sink: &mut Sink) -> Vec<Declarations<'a>> {
    let mut homes: Vec<(&str, Declarations<'a>)> = Vec::new();
    let makes = |block: &&Block| matches!(block.kind, BlockKind::Standard | BlockKind::Protocol);
    for (path, file) in files {
        for home in file.blocks.iter().filter(makes) {
            let same = |(place, one): &&(&str, Declarations<'_>)| {
                *place == folder(path) || one.home.id.value == home.id.value
            };
            if let Some((_, first)) = homes.iter().find(same) {
                let title = "een map heeft een standaard of protocol, en elk heeft een map";
                sink.push(
                    Diagnostic::error(DUPLICATE, title, home.id.span)
                        .related(first.home.id.span, "hier staat het eerste")
                        .help("geef het een eigen map en een eigen naam"),
                );
                continue;
            }
            let (blocks, folded) = (BTreeMap::new(), BTreeMap::new());
            homes.push((folder(path), Declarations { home, blocks, folded, base: None }));
        }
    }
    for (path, file) in files {
        let home = homes
            .iter_mut()
            .filter(|(home, _)| within(folder(path), home))
            .max_by_key(|(home, _)| home.len());
        match (home, file.blocks.first()) {
            (Some((_, declarations)), _) => add(declarations, file, sink),
            (None, Some(block)) => {
                let title = "dit bestand hoort bij geen standaard";
                sink.push(
                    Diagnostic::error(NO_STANDARD, title, block.id.span)
                        .help("zet een blok `standaard` of `protocol` in deze map of erboven"),
                );
            }
            (None, None) => {}
        }
    }
    homes.into_iter().map(|(_, declarations)| declarations).collect()
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn within(folder: &str, home: &str) -> bool {
    home.is_empty()
        || folder.strip_prefix(home).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn add<'a>(declarations: &mut Declarations<'a>, file: &'a File, sink: &mut Sink) {
    for block in &file.blocks {
        if !identity::check(block, sink) {
            continue;
        }
        if sources(block).is_empty() {
            let title = format!("`{}` noemt geen bron", block.id.value);
            sink.push(
                Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                    .help("voeg een regel `bron:` toe: document en plaats"),
            );
        }
        let kind = namespace(block.kind);
        let alike = (kind, identity::folded(block));
        match declarations.folded.get(&alike) {
            Some(first) => sink.push(
                Diagnostic::error(
                    DUPLICATE,
                    format!(
                        "`{}` is er al, of verschilt alleen in hoofdletters of streepjes",
                        block.id.value
                    ),
                    block.id.span,
                )
                .related(first.id.span, "hier staat het eerste")
                .help("een regel leeft op een plaats; geef een andere tekst een `geldig:`"),
            ),
            None => {
                declarations.blocks.insert((kind, &block.id.value), block);
                declarations.folded.insert(alike, block);
            }
        }
    }
}

/// The kind that a block shares its names with: a term has the code of a rule, and is one.
fn namespace(kind: BlockKind) -> BlockKind {
    match kind {
        BlockKind::Term => BlockKind::Rule,
        other => other,
    }
}

/// The citations of a block, in the order written.
pub(crate) fn sources(block: &Block) -> Vec<String> {
    texts(&block.lines, |clause| match clause {
        Clause::Source(text) => Some(text),
        _ => None,
    })
}

/// The texts of every clause that `pick` picks.
pub(crate) fn texts(lines: &[Line], pick: fn(&Clause) -> Option<&Word>) -> Vec<String> {
    lines.iter().filter_map(|line| pick(&line.clause)).map(|word| word.value.clone()).collect()
}

/// The only clause that `pick` picks; a second is reported.
pub(crate) fn single<'a, T>(
    lines: &'a [Line],
    sink: &mut Sink,
    pick: impl Fn(&'a Clause) -> Option<T>,
) -> Option<T> {
    let mut found: Option<(T, &Line)> = None;
    for line in lines {
        let Some(value) = pick(&line.clause) else { continue };
        match &found {
            None => found = Some((value, line)),
            Some((_, first)) => sink.push(
                Diagnostic::error(REPEATED_CLAUSE, "dit staat er twee keer", line.span)
                    .related(first.span, "hier staat het eerst")
                    .help("laat er een weg"),
            ),
        }
    }
    found.map(|(value, _)| value)
}

/// The only clause that `pick` picks; its absence is reported.
pub(crate) fn required<'a, T>(
    block: &'a Block,
    keyword: &str,
    sink: &mut Sink,
    pick: impl Fn(&'a Clause) -> Option<T>,
) -> Option<T> {
    let found = single(&block.lines, sink, pick);
    if found.is_none() && !has_invalid(block) {
        let title = format!("`{}` heeft geen `{keyword}`", block.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                .help(format!("voeg een regel `{keyword}` toe")),
        );
    }
    found
}

/// Whether a clause of the block could not be read; what seems to be missing may stand there.
pub(crate) fn has_invalid(block: &Block) -> bool {
    block.lines.iter().any(|line| line.clause == Clause::Invalid)
}
