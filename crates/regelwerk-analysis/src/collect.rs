//! Blocks by standard and by kind, and the clauses of a block.

use std::collections::BTreeMap;

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind, Clause, File, Line, Word};

use crate::codes::{DUPLICATE, MISSING_CLAUSE, REPEATED_CLAUSE};
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
    /// A home without blocks yet.
    pub(crate) fn new(home: &'a Block) -> Self {
        Self { home, blocks: BTreeMap::new(), folded: BTreeMap::new(), base: None }
    }

    /// Adds the blocks of a file.
    pub(crate) fn add(&mut self, file: &'a File, sink: &mut Sink) {
        for block in &file.blocks {
            if !is_fit(block, sink) {
                sink.lose(&block.id.value);
                continue;
            }
            let kind = namespace(block.kind);
            let alike = (kind, identity::folded(block));
            match self.folded.get(&alike) {
                Some(first) => sink.push(second(block, first)),
                None => {
                    self.blocks.insert((kind, &block.id.value), block);
                    self.folded.insert(alike, block);
                }
            }
        }
    }

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

    /// An own block that a library does not keep apart from another by its name.
    pub(crate) fn alike(&self, block: &Block) -> Option<&'a Block> {
        self.folded.get(&(namespace(block.kind), identity::folded(block))).copied()
    }

    /// What people call the home: `protocol LTA-2019`.
    pub(crate) fn called(&self) -> String {
        format!("{} {}", regelwerk_syntax::keyword(self.home.kind), self.home.id.value)
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

/// Whether a block can be what it is called; what it lacks is told.
fn is_fit(block: &Block, sink: &mut Sink) -> bool {
    if !identity::check(block, sink) {
        return false;
    }
    if !sources(block).iter().any(|text| says(text)) {
        let empty =
            if sources(block).is_empty() { "" } else { ": achter `bron:` staat geen woord" };
        let title = format!("`{}` noemt geen bron{empty}", block.id.value);
        let help = "voeg een regel `bron:` toe: document en plaats";
        sink.fault(MISSING_CLAUSE, title, block.id.span, help);
    }
    if !says(&block.title.value) {
        let title = format!("`{}` heeft een lege titel", block.id.value);
        let help = "zeg tussen de aanhalingstekens in een zin wat dit is";
        sink.fault(MISSING_CLAUSE, title, block.title.span, help);
    }
    true
}

/// Whether a text has a word in it.
pub(crate) fn says(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn second(block: &Block, first: &Block) -> Diagnostic {
    let name = &block.id.value;
    let title = format!("`{name}` is er al, of verschilt alleen in hoofdletters of streepjes");
    let help = match block.kind {
        BlockKind::Release => "elke release heeft een eigen nummer",
        BlockKind::Rule | BlockKind::Term => {
            "een regel leeft op een plaats; geef een andere tekst een `geldig:`"
        }
        _ => "laat er een weg, of geef ze elk een eigen naam",
    };
    Diagnostic::error(DUPLICATE, title, block.id.span)
        .related(first.id.span, "hier staat het eerste")
        .help(help)
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
