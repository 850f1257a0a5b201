//! Which blocks something uses.

use std::collections::BTreeSet;

use regelwerk_diag::Span;
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::{Asked, Standard};
use regelwerk_syntax::ast::{
    Block, BlockKind, Clause, Facet, FacetUse, Length, Line, PlaceOrList, TermClause,
};

use super::whole::Whole;

/// What something uses.
pub(super) struct Used<'a> {
    /// Where blocks stand in which rules, views and processes look for rows or values.
    looked_into: BTreeSet<Span>,
    /// Blocks that are used by their name: a name counts for every block that has it.
    named: BTreeSet<(BlockKind, &'a str)>,
}

impl<'a> Used<'a> {
    pub(super) fn of(whole: &Whole<'a>) -> Self {
        let mut used = Self { looked_into: looked_into(whole), named: BTreeSet::new() };
        for block in whole.blocks() {
            used.enter(&block.lines);
        }
        used
    }

    pub(super) fn has(&self, block: &Block) -> bool {
        let name = (block.kind, block.id.value.as_str());
        self.looked_into.contains(&block.span) || self.named.contains(&name)
    }

    /// Clauses nest no deeper than the reader of rule files lets them.
    fn enter(&mut self, lines: &'a [Line]) {
        for line in lines {
            match &line.clause {
                Clause::Places(places)
                | Clause::Recognition(places, _)
                | Clause::Application(places, _) => {
                    let lists = places.iter().filter_map(|one| match one {
                        PlaceOrList::List(name) => Some(name.value.as_str()),
                        PlaceOrList::Place(_) => None,
                    });
                    self.named.extend(lists.map(|name| (BlockKind::List, name)));
                }
                Clause::Register(name) | Clause::NormTable(name) => {
                    self.named.insert((BlockKind::Table, &name.value));
                }
                Clause::TypeFacet(FacetUse { facet, .. }) | Clause::Facet(Some(facet)) => {
                    self.facet(&facet.value);
                }
                Clause::Element(element) => {
                    let of = element.of.iter().map(|name| name.value.as_str());
                    let kinds = [BlockKind::Type, BlockKind::Group];
                    self.named.extend(of.flat_map(|name| kinds.map(|kind| (kind, name))));
                    element.facets.iter().for_each(|one| self.facet(&one.facet.value));
                }
                Clause::Term(TermClause::Within(_, Length::WorkingDays(name))) => {
                    self.named.insert((BlockKind::Calendar, &name.value));
                }
                _ => {}
            }
            self.enter(&line.body);
        }
    }

    fn facet(&mut self, facet: &'a Facet) {
        if let Facet::CodeList(name) = facet {
            self.named.insert((BlockKind::CodeList, &name.value));
        }
    }
}

/// Where the blocks stand in which something looks: views, facts, questions, tables and lists.
fn looked_into(whole: &Whole<'_>) -> BTreeSet<Span> {
    let dossier = &whole.standard.dossier;
    let mut found = BTreeSet::new();
    found.extend(whole.rules().flat_map(|rule| Asked::by_rule(rule).blocks(dossier)));
    found.extend(conditions(whole.standard).flat_map(|cond| Asked::by_cond(cond).blocks(dossier)));
    let triggers =
        dossier.processes.iter().flat_map(|one| &one.events).flat_map(|one| &one.triggers);
    found.extend(triggers.filter_map(|trigger| match trigger.rows {
        RowSource::Fact(at) => dossier.facts.get(at).map(|fact| fact.span),
        _ => None,
    }));
    found
}

/// Every condition that is of no rule.
pub(super) fn conditions(standard: &Standard) -> impl Iterator<Item = &Cond> {
    let dossier = &standard.dossier;
    let views = dossier.views.iter().map(|view| &view.cond);
    let triggers =
        dossier.processes.iter().flat_map(|one| &one.events).flat_map(|one| &one.triggers);
    let protocols = || standard.protocols.iter();
    let applied = protocols().flat_map(|one| &one.applications).map(|one| &one.cond);
    let recognised = protocols().flat_map(|one| &one.recognition).map(|one| &one.cond);
    views.chain(triggers.map(|one| &one.cond)).chain(applied).chain(recognised)
}
