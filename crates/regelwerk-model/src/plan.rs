//! What the rows of a dossier are found by: sources in one row of numbers, and an index for every
//! set of columns that some condition compares.

use std::collections::BTreeSet;

use crate::core::walk::{self, Part};
use crate::core::{Cond, Op, Origin, Over, Range, RowSource, Rows, Step, Value};
use crate::dossier::{Dossier, Fact, View};
use crate::{Course, Protocol, Rule, RuleKind, Standard};

mod join;

pub use join::{Join, join};

/// The numbers by which rows are asked for.
#[derive(Debug)]
pub struct Plan<'m> {
    /// What is kept.
    pub dossier: &'m Dossier,
    indexes: BTreeSet<Index>,
}

/// What rows of a source are found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Index {
    /// The number of the source.
    pub source: u16,
    /// The part of the dossier too.
    pub by_part: bool,
    /// In ascending order.
    pub columns: Vec<u16>,
    /// What orders the rows that are found.
    pub order: Vec<u16>,
}

/// What rows are found by, and what else must be so of them.
#[derive(Debug)]
pub struct Find<'c> {
    /// The number of the index.
    pub index: u16,
    /// The value that each of its columns must have, and whether an absent one is a value too.
    pub key: Vec<(&'c Value, bool)>,
    /// The rest of the condition.
    pub rest: Cond,
}

impl<'m> Plan<'m> {
    /// The plan for all that a standard and its protocols ask.
    #[must_use]
    pub fn new(standard: &'m Standard) -> Self {
        let mut plan = Self { dossier: &standard.dossier, indexes: BTreeSet::new() };
        for view in &standard.dossier.views {
            plan.indexes.insert(view_index(view));
        }
        let views = standard.dossier.views.iter().map(|view| &view.cond);
        let events = standard.dossier.processes.iter().flat_map(|process| &process.events);
        let triggers = events.flat_map(|event| &event.triggers).map(|trigger| &trigger.cond);
        views.chain(triggers).for_each(|cond| plan.row_cond(cond));
        let laid = standard.protocols.iter().flat_map(|protocol| &protocol.rules);
        standard.rules.iter().chain(laid).for_each(|rule| plan.rule(rule));
        standard.protocols.iter().flat_map(Protocol::conds).for_each(|cond| plan.cond(cond));
        plan
    }

    /// Takes in what steps look for.
    pub fn steps(&mut self, steps: &[Step]) {
        walk::steps(steps, 0, |part, binders| self.enter(part, binders));
    }

    /// Takes in what the course of a term looks for.
    pub fn course(&mut self, course: &Course) {
        course.walk(|part, binders| self.enter(part, binders));
    }

    /// Takes in what a condition of an element looks for.
    pub fn cond(&mut self, cond: &Cond) {
        walk::cond(cond, 0, |part, binders| self.enter(part, binders));
    }

    /// Takes in what a condition of a row looks for.
    pub fn row_cond(&mut self, cond: &Cond) {
        // Of a row that is looked at the row itself is binder 0.
        walk::cond(cond, 1, |part, binders| self.enter(part, binders));
    }

    fn rule(&mut self, rule: &Rule) {
        match &rule.kind {
            RuleKind::Judged(wordings) => wordings.iter().for_each(|one| self.steps(&one.body)),
            RuleKind::Term(parts) => {
                let courses = parts.iter().flat_map(|part| &part.courses);
                courses.for_each(|course| self.course(course));
            }
            _ => {}
        }
    }

    /// Indexes in order; one is known by its place.
    pub fn indexes(&self) -> impl Iterator<Item = &Index> {
        self.indexes.iter()
    }

    /// The number of a source: those of messages first, then tables, then facts.
    #[must_use]
    pub fn source(&self, source: RowSource) -> u16 {
        let Dossier { sources, tables, views, .. } = self.dossier;
        narrow(match source {
            RowSource::Earlier(at) | RowSource::Later(at) => at,
            RowSource::View(at) => views.get(at).map_or(0, |view| view.source),
            RowSource::Table(at) => sources.len() + at,
            RowSource::Fact(at) => sources.len() + tables.len() + at,
        })
    }

    /// The number of a column of what a range is over.
    #[must_use]
    pub fn column(&self, rows: &Rows, name: &str) -> u16 {
        let Dossier { sources, tables, views, .. } = self.dossier;
        let of_source = |at: usize| {
            let columns = sources.get(at).map_or(&[][..], |source| &source.columns);
            columns.iter().position(|column| column.name == name)
        };
        let found = match rows.source {
            RowSource::Earlier(at) | RowSource::Later(at) => of_source(at),
            RowSource::View(at) => views.get(at).and_then(|view| of_source(view.source)),
            RowSource::Table(at) => {
                let columns = tables.get(at).map_or(&[][..], |table| &table.columns);
                columns.iter().position(|column| column == name)
            }
            RowSource::Fact(_) => Fact::COLUMNS.iter().position(|(column, _)| *column == name),
        };
        narrow(found.unwrap_or(usize::MAX))
    }

    /// The number of an index. Every index was entered before anything is emitted.
    #[must_use]
    pub fn number(&self, index: &Index) -> u16 {
        narrow(self.indexes().position(|known| known == index).unwrap_or(usize::MAX))
    }

    /// How to find the rows of a range that are so, when they are the binder of this number.
    #[must_use]
    pub fn find<'c>(&self, rows: &Rows, cond: &'c Cond, binder: u8) -> Find<'c> {
        let (index, keys) = self.index(rows, cond, binder);
        let taken: Vec<usize> = keys.iter().map(|wanted| wanted.part).collect();
        let key = keys.into_iter().map(|wanted| (wanted.value, wanted.or_empty)).collect();
        Find { index: self.number(&index), key, rest: without(cond, &taken) }
    }

    /// The index by which the rows of a range are found: for each of its columns also the value that
    /// it must have, and the part of the condition that says so. Of a view the rows with one key
    /// are found together, if the condition has the whole key.
    fn index<'c>(&self, rows: &Rows, cond: &'c Cond, binder: u8) -> (Index, Vec<Wanted<'c>>) {
        let mut keys = self.keys(rows, cond, binder);
        let own = self.view(rows).map(view_index).filter(|own| own.by_part == rows.same_part);
        let has = |column: &u16| keys.iter().any(|wanted| wanted.column == *column);
        if let Some(own) = own.filter(|own| own.columns.iter().all(has)) {
            keys.retain(|wanted| own.columns.contains(&wanted.column));
            return (own, keys);
        }
        let columns = keys.iter().map(|wanted| wanted.column).collect();
        let (source, by_part) = (self.source(rows.source), rows.same_part);
        (Index { source, by_part, columns, order: Vec::new() }, keys)
    }

    /// Columns with the value that each must have and the part of the condition that says so, in
    /// order of column. Of a question only its key.
    fn keys<'c>(&self, rows: &Rows, cond: &'c Cond, binder: u8) -> Vec<Wanted<'c>> {
        let mut keys: Vec<Wanted<'_>> = Vec::new();
        for (part, cond) in parts(cond).into_iter().enumerate() {
            let Some((name, value, or_empty)) = wanted(cond, binder) else { continue };
            let column = self.column(rows, name);
            let is_asked = self.dossier.is_question(rows) && name != Fact::KEY;
            if !is_asked && keys.iter().all(|known| known.column != column) {
                keys.push(Wanted { column, value, or_empty, part });
            }
        }
        keys.sort_by_key(|wanted| wanted.column);
        keys
    }

    /// The view that a range is over, if it is.
    fn view(&self, rows: &Rows) -> Option<&'m View> {
        let RowSource::View(at) = rows.source else { return None };
        self.dossier.views.get(at)
    }

    /// Takes in what is looked through, within so many binders.
    fn enter(&mut self, part: Part<'_>, binders: u8) {
        let Part::Range { range: Range { over: Over::Rows(rows), .. }, cond, is_so } = part else {
            return;
        };
        // What holds for all is not what they are found by.
        let cond = if is_so { cond.clone() } else { cond.clone().negated() };
        let (index, _) = self.index(rows, &cond, binders);
        self.indexes.insert(index);
    }
}

/// A value that a column must have.
struct Wanted<'c> {
    column: u16,
    value: &'c Value,
    /// Where the value is absent the column must be too; if not, nothing is equal to it.
    or_empty: bool,
    /// Which part of the condition says so.
    part: usize,
}

/// The index over the key of a view.
#[must_use]
pub fn view_index(view: &View) -> Index {
    let mut columns: Vec<u16> = view.key.iter().map(|at| narrow(*at)).collect();
    columns.sort_unstable();
    let order = view.order.iter().map(|at| narrow(*at)).collect();
    Index { source: narrow(view.source), by_part: view.by_part, columns, order }
}

/// The parts of a condition that must all be so.
fn parts(cond: &Cond) -> Vec<&Cond> {
    match cond {
        Cond::All(all) => all.iter().flat_map(parts).collect(),
        Cond::Named(_, inner) => parts(inner),
        other => vec![other],
    }
}

/// A condition without some of its parts.
fn without(cond: &Cond, taken: &[usize]) -> Cond {
    let left = parts(cond).into_iter().enumerate().filter(|(at, _)| !taken.contains(at));
    let mut left: Vec<Cond> = left.map(|(_, part)| part.clone()).collect();
    match left.len() {
        0 => Cond::True,
        1 => left.remove(0),
        _ => Cond::All(left),
    }
}

/// The column of the row, the value that it must equal, and whether they may both be empty.
fn wanted(part: &Cond, binder: u8) -> Option<(&str, &Value, bool)> {
    let (left, right, or_empty) = match part {
        Cond::Compare(Op::Eq, left, right) => (left, right, false),
        Cond::Same(left, right) => (left, right, true),
        _ => return None,
    };
    let (column, value) = side(left, right, binder).or_else(|| side(right, left, binder))?;
    Some((column, value, or_empty))
}

fn side<'c>(own: &'c Value, other: &'c Value, binder: u8) -> Option<(&'c str, &'c Value)> {
    let Value::Path(path, kind) = own else { return None };
    let is_own = path.origin == Origin::Bound(binder);
    let column = path.steps.first().filter(|_| is_own && other.kind() == *kind)?;
    is_settled(other, binder).then_some((column.as_str(), other))
}

/// Whether a value is known before the row is: it counts nothing and looks at other binders only.
fn is_settled(value: &Value, binder: u8) -> bool {
    let mut is_settled = true;
    walk::value(value, binder, |part, _| {
        is_settled &= match part {
            Part::Range { .. } => false,
            Part::Path(path) => !matches!(path.origin, Origin::Bound(at) if at >= binder),
            _ => true,
        };
    });
    is_settled
}

/// A number as the kernel holds it; the analysis allows no more than fit.
#[must_use]
pub fn narrow(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
