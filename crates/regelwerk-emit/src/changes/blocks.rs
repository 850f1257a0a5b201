//! Processes, views, conditions, facts and questions of protocols.

use regelwerk_diag::Span;

use super::side::{Comparison, Side};
use super::{BlockChange, Kind, words};

/// A block of a protocol.
struct Block<'a> {
    block: &'static str,
    name: &'a str,
    title: &'a str,
    sources: &'a [String],
    protocol: Option<&'a str>,
    demands: &'a [Span],
}

/// The blocks that one side has not, or has otherwise; between releases there are none.
pub(super) fn changed(comparison: &Comparison<'_>) -> Vec<BlockChange> {
    let [were, are] = comparison.sides.map(|side| blocks(comparison, side));
    let is_it =
        |one: &Block<'_>, other: &Block<'_>| (one.block, one.name) == (other.block, other.name);
    let mut changes = Vec::new();
    for new in &are {
        match were.iter().find(|old| is_it(old, new)) {
            None => changes.push(new.change(Kind::Added)),
            Some(old) if !old.says(new, comparison) => changes.push(new.change(Kind::Otherwise)),
            Some(_) => {}
        }
    }
    let gone = were.iter().filter(|old| !are.iter().any(|new| is_it(old, new)));
    changes.extend(gone.map(|old| old.change(Kind::Gone)));
    changes
}

impl Block<'_> {
    fn change(&self, kind: Kind) -> BlockChange {
        BlockChange {
            block: self.block,
            name: self.name.to_owned(),
            title: self.title.to_owned(),
            sources: self.sources.to_vec(),
            kind,
        }
    }

    /// Whether both demand the same.
    fn says(&self, other: &Self, comparison: &Comparison<'_>) -> bool {
        let demands = |one: &Self| words::lines(one.demands, comparison.sources);
        words::are_same(&demands(self), &demands(other))
    }
}

/// The blocks of a protocol.
fn blocks<'a>(comparison: &Comparison<'a>, side: Side<'a>) -> Vec<Block<'a>> {
    let Side::Protocol(protocol) = side else { return Vec::new() };
    let dossier = &comparison.standard.dossier;
    let processes = dossier.processes.iter().map(|one| Block {
        block: "proces",
        name: &one.name,
        title: &one.title,
        sources: &one.sources,
        protocol: one.protocol.as_deref(),
        demands: &one.demands,
    });
    let views = dossier.views.iter().map(|one| Block {
        block: "beeld",
        name: &one.name,
        title: &one.title,
        sources: &one.sources,
        protocol: one.protocol.as_deref(),
        demands: &one.demands,
    });
    let conditions = dossier.conditions.iter().map(|one| Block {
        block: "voorwaarde",
        name: &one.name,
        title: &one.title,
        sources: &one.sources,
        protocol: one.protocol.as_deref(),
        demands: &one.demands,
    });
    let facts = dossier.facts.iter().map(|one| Block {
        block: if one.is_question { "vraag" } else { "feit" },
        name: &one.name,
        title: &one.title,
        sources: &one.sources,
        protocol: one.protocol.as_deref(),
        demands: &[],
    });
    let all = processes.chain(views).chain(conditions).chain(facts);
    all.filter(|one| one.protocol == Some(protocol.name.as_str())).collect()
}
