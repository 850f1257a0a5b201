//! Following paths through a message, within a budget.

use std::cell::{Cell, RefCell};

use crate::desk::{Desk, Standpoint, Witness};
use crate::document::ElementId;
use crate::finding::Phrase;
use crate::join::Joins;
use crate::message::Message;
use crate::standard::{Name, Path, Text};
use crate::unique::Uniques;

/// Siblings that a path may pass for one unit: following paths takes its share of the budget only
/// where the families are large.
const SIBLINGS_PER_UNIT: u64 = 64;

/// What the judgements of one use share.
#[derive(Debug)]
pub(crate) struct Run<'m> {
    pub(crate) message: &'m Message<'m>,
    /// What the parameters of the use stand for, as [`Use::params`](crate::standard::Use::params).
    pub(crate) params: &'static [&'static [&'static [Name]]],
    /// What is left of the budget; at 0 the rule is given up.
    pub(crate) fuel: &'m Cell<u64>,
    /// Where rows are asked about.
    pub(crate) desk: Desk<'m>,
    pub(crate) uniques: RefCell<Uniques>,
    pub(crate) joins: RefCell<Joins>,
}

/// The names along a path: those of its parameter, then its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Names {
    pub(crate) param: &'static [Name],
    pub(crate) steps: &'static [Name],
}

impl Names {
    fn get(&self, depth: usize) -> Option<Name> {
        let own = || self.steps.get(depth.checked_sub(self.param.len())?);
        self.param.get(depth).or_else(own).copied()
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Name> {
        self.param.iter().chain(self.steps).copied()
    }
}

impl<'m> Run<'m> {
    pub(crate) fn new(
        message: &'m Message<'m>,
        params: &'static [&'static [&'static [Name]]],
        fuel: &'m Cell<u64>,
        standpoint: Standpoint<'m>,
    ) -> Self {
        Self {
            message,
            params,
            fuel,
            desk: Desk::new(message.standard().dossier, standpoint, fuel),
            uniques: RefCell::default(),
            joins: RefCell::default(),
        }
    }

    /// Takes so much off the budget; false when it is gone.
    pub(crate) fn charge(&self, units: u64) -> bool {
        self.desk.charge(units)
    }

    /// What people call a witness: the path of an element, or what a row is of.
    pub(crate) fn name_witness(&self, witness: Witness) -> Option<String> {
        match witness {
            Witness::Element(id) => Some(self.message.document().path(id)),
            Witness::Row(id) => self.desk.standpoint.ledger?.name_row(id),
        }
    }

    /// What decided quantifiers since the last requirement.
    pub(crate) fn witnesses(&self) -> &RefCell<Vec<Witness>> {
        &self.desk.witnesses
    }

    /// The paths that a parameter stands for at this place.
    pub(crate) fn param(&self, param: u8) -> &'static [&'static [Name]] {
        self.params.get(usize::from(param)).copied().unwrap_or_default()
    }

    /// A text with each `⟦0⟧` replaced by the element that the parameter stands for here.
    pub(crate) fn phrase(&self, text: Text) -> Phrase {
        if !text.nl.contains('⟦') {
            return text.into();
        }
        let names = self.message.standard().names;
        let mut phrase = (text.nl.to_owned(), text.en.to_owned());
        for (number, paths) in self.params.iter().enumerate() {
            let mark = format!("⟦{number}⟧");
            let path = paths.first().copied().unwrap_or_default();
            let path: Vec<_> =
                path.iter().filter_map(|&name| names.get(usize::from(name)).copied()).collect();
            let path = path.join(".");
            phrase = (phrase.0.replace(&mark, &path), phrase.1.replace(&mark, &path));
        }
        Phrase::composed(phrase.0, phrase.1)
    }

    /// The names along a path; none where its parameter does not stand for exactly one path.
    pub(crate) fn names(&self, path: &Path) -> Option<Names> {
        let param = match path.param.map(|param| self.param(param)) {
            None => &[],
            Some([only]) => *only,
            Some(_) => return None,
        };
        Some(Names { param, steps: path.steps })
    }

    /// The first child of that name.
    pub(crate) fn child(&self, parent: ElementId, name: Name) -> Option<ElementId> {
        let mut passed = 0;
        let mut children = self.message.document().children(parent);
        let found = children.find(|&child| {
            passed += 1;
            self.message.name(child) == Some(name)
        });
        let left = self.charge(passed / SIBLINGS_PER_UNIT);
        found.filter(|_| left)
    }

    /// The element at the end of a path.
    pub(crate) fn resolve(&self, from: ElementId, names: Names) -> Option<ElementId> {
        names.iter().try_fold(from, |element, name| self.child(element, name))
    }

    /// Every element at the end of a path, in document order.
    pub(crate) fn reach(&self, from: ElementId, names: Names) -> Reach<'_> {
        let next = self.message.document().first_child(from);
        Reach { run: self, names, above: from, next, depth: 0, started: false }
    }
}

/// Elements at the end of a path, found step by step with no more memory than this.
pub(crate) struct Reach<'r> {
    run: &'r Run<'r>,
    names: Names,
    /// The element whose children are being looked at.
    above: ElementId,
    /// The child to look at next.
    next: Option<ElementId>,
    /// How many names lead to `above`.
    depth: usize,
    started: bool,
}

impl Reach<'_> {
    /// The next sibling with the name that this depth asks for.
    fn sibling(&mut self, name: Name) -> Option<ElementId> {
        let document = self.run.message.document();
        while let Some(candidate) = self.next {
            if !self.run.charge(1) {
                return None;
            }
            self.next = document.next_sibling(candidate);
            if self.run.message.name(candidate) == Some(name) {
                return Some(candidate);
            }
        }
        None
    }

    fn descend(&mut self, into: ElementId) {
        self.above = into;
        self.next = self.run.message.document().first_child(into);
        self.depth += 1;
    }

    /// Back to the siblings of the element above; none at the start of the path.
    fn ascend(&mut self) -> Option<()> {
        let document = self.run.message.document();
        self.depth = self.depth.checked_sub(1)?;
        self.next = document.next_sibling(self.above);
        self.above = document.parent(self.above)?;
        Some(())
    }
}

impl Iterator for Reach<'_> {
    type Item = ElementId;

    fn next(&mut self) -> Option<ElementId> {
        let first = !std::mem::replace(&mut self.started, true);
        if self.names.get(0).is_none() {
            return (first && self.run.charge(1)).then_some(self.above);
        }
        loop {
            let name = self.names.get(self.depth)?;
            match self.sibling(name) {
                Some(found) if self.names.get(self.depth + 1).is_none() => return Some(found),
                Some(found) => self.descend(found),
                None if self.run.fuel.get() == 0 => return None,
                None => self.ascend()?,
            }
        }
    }
}
