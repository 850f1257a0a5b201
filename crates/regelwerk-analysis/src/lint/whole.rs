//! What lints look at: a standard with its protocols.

use std::collections::BTreeMap;

use regelwerk_model::{
    Message, NodeId, Placed, Protocol, Rule, RuleKind, Standard, Table, Use, Wording,
};
use regelwerk_syntax::ast::Block;

use crate::check::facts::Facts;
use crate::collect::Declarations;

/// A standard with its protocols: what they mean, and the blocks that say it.
pub(super) struct Whole<'a> {
    pub(super) standard: &'a Standard,
    homes: Vec<&'a Declarations<'a>>,
}

impl<'a> Whole<'a> {
    /// A standard with those of the homes that are its own.
    pub(super) fn new(standard: &'a Standard, homes: &'a [Declarations<'a>]) -> Self {
        let is_own = |home: &&Declarations<'_>| {
            let name = &home.home.id.value;
            *name == standard.name || standard.protocols.iter().any(|one| one.name == *name)
        };
        Self { standard, homes: homes.iter().filter(is_own).collect() }
    }

    /// Every block.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &'a Block> {
        self.homes.iter().flat_map(|home| home.own())
    }

    /// Every rule and term.
    pub(super) fn rules(&self) -> impl Iterator<Item = &'a Rule> {
        let of_protocols = self.protocols().flat_map(|one| &one.rules);
        self.standard.rules.iter().chain(of_protocols)
    }

    /// Every table.
    pub(super) fn tables(&self) -> impl Iterator<Item = &'a Table> {
        let of_protocols = self.protocols().flat_map(|one| &one.tables);
        self.standard.tables.iter().chain(of_protocols)
    }

    /// What the schema says of elements.
    pub(super) fn facts(&self) -> Facts<'a> {
        Facts::of(&self.standard.releases, self.standard.dossier.lists.clone())
    }

    /// Every wording of the standard with the elements where it is judged.
    pub(super) fn own_wordings(&self) -> Vec<Judged<'a>> {
        judged(&self.standard.rules, self.own_spots())
    }

    /// Every wording of a protocol with the elements where it is judged.
    pub(super) fn laid_wordings(&self) -> Vec<Judged<'a>> {
        let of = |protocol: &'a Protocol| {
            let spots = protocol.placed.iter().filter_map(|one| self.spot(one));
            judged(&protocol.rules, spots)
        };
        self.protocols().flat_map(of).collect()
    }

    /// Every wording with the elements where it is judged.
    pub(super) fn wordings(&self) -> Vec<Judged<'a>> {
        self.own_wordings().into_iter().chain(self.laid_wordings()).collect()
    }

    fn protocols(&self) -> impl Iterator<Item = &'a Protocol> {
        self.standard.protocols.iter()
    }

    fn own_spots(&self) -> impl Iterator<Item = Spot<'a>> {
        let messages = self.standard.releases.iter().enumerate().flat_map(|(release, of)| {
            of.messages.iter().enumerate().map(move |(at, message)| (release, at, message))
        });
        messages.flat_map(|(release, at, message)| {
            message.ids().flat_map(move |node| {
                let uses = message.node(node).map_or(&[][..], |one| &one.uses);
                uses.iter().map(move |used| Spot { message, at: (release, at), node, used })
            })
        })
    }

    fn spot(&self, one: &'a Placed) -> Option<Spot<'a>> {
        let message = self.standard.releases.get(one.release)?.messages.get(one.message)?;
        let at = (one.release, one.message);
        Some(Spot { message, at, node: one.node, used: &one.used })
    }
}

/// A wording with the elements where it is judged.
pub(super) struct Judged<'a> {
    pub(super) rule: &'a Rule,
    pub(super) wording: &'a Wording,
    pub(super) spots: Vec<Spot<'a>>,
}

/// An element where a wording is judged.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    pub(super) message: &'a Message,
    /// The release and the message, as indexes.
    at: (usize, usize),
    pub(super) node: NodeId,
    pub(super) used: &'a Use,
}

impl Spot<'_> {
    fn placed(&self) -> Placed {
        let (release, message) = self.at;
        Placed { release, message, node: self.node, used: self.used.clone() }
    }
}

impl Judged<'_> {
    /// Its elements, as the checks of rules want them.
    pub(super) fn placed(&self) -> Vec<Placed> {
        self.spots.iter().map(Spot::placed).collect()
    }
}

fn judged<'a>(rules: &'a [Rule], spots: impl Iterator<Item = Spot<'a>>) -> Vec<Judged<'a>> {
    let mut of: BTreeMap<(&str, usize), Vec<Spot<'a>>> = BTreeMap::new();
    for spot in spots {
        of.entry((&spot.used.rule, spot.used.wording)).or_default().push(spot);
    }
    let mut all = Vec::new();
    for rule in rules {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        for (number, wording) in wordings.iter().enumerate() {
            let spots = of.remove(&(rule.code.as_str(), number)).unwrap_or_default();
            all.push(Judged { rule, wording, spots });
        }
    }
    all
}
