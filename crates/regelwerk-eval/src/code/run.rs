//! Running what is made ready.

use std::ops::ControlFlow;

use regelwerk_compiler::model::core::{Kind, Unit as Measure};
use regelwerk_kernel::functions::{day, first_of_month, last_of_month, listed, month, year};
use regelwerk_kernel::{Date, Find, Judge, Key, Row, Rows, Scope};

use super::value::{self, Datum};
use super::{Demand, From, Get, Over, Selection, Step, Test, Value};
use crate::unit::{Unit, Watch};

/// What is bound by a number.
#[derive(Clone, Copy)]
enum Bound<'s> {
    Row(Row<'s>),
    Element(Scope<'s>),
}

/// One of a range that is looked through, with what is around it.
struct Link<'e, 's> {
    at: u8,
    bound: Bound<'s>,
    around: Option<&'e Link<'e, 's>>,
}

/// Where something is asked: the element at hand, what is bound, and who listens.
#[derive(Clone, Copy)]
pub(crate) struct Env<'e, 's> {
    scope: Option<Scope<'s>>,
    rows: Option<Rows<'s>>,
    /// Rows that are bound for all that follows.
    bound: &'e [Row<'s>],
    lets: &'e [Datum<'s>],
    link: Option<&'e Link<'e, 's>>,
    watch: Option<(&'e dyn Watch, Unit)>,
}

impl<'e, 's> Env<'e, 's> {
    /// Of an element.
    pub(crate) fn of_scope(scope: Scope<'s>) -> Self {
        Self { scope: Some(scope), rows: None, bound: &[], lets: &[], link: None, watch: None }
    }

    /// Of rows, the first of which is binder 0.
    pub(crate) fn of_rows(rows: Rows<'s>, bound: &'e [Row<'s>]) -> Self {
        Self { scope: None, rows: Some(rows), bound, lets: &[], link: None, watch: None }
    }

    /// Heard by someone.
    pub(crate) fn watched(self, watch: Option<(&'e dyn Watch, Unit)>) -> Self {
        Self { watch, ..self }
    }

    fn rows(&self) -> Option<Rows<'s>> {
        self.scope.map(|scope| scope.rows()).or(self.rows)
    }

    fn binder(&self, at: u8) -> Option<Bound<'s>> {
        if let Some(row) = self.bound.get(usize::from(at)) {
            return Some(Bound::Row(*row));
        }
        let links = std::iter::successors(self.link, |link| link.around);
        links.into_iter().find(|link| link.at == at).map(|link| link.bound)
    }

    fn scope_from(&self, from: From) -> Option<Scope<'s>> {
        match from {
            From::Scope => self.scope,
            From::Bound(at) => match self.binder(at)? {
                Bound::Element(scope) => Some(scope),
                Bound::Row(_) => None,
            },
        }
    }

    fn get(&self, get: &Get, kind: Kind) -> Option<Datum<'s>> {
        match get {
            Get::Element(from, path) => {
                let scope = self.scope_from(*from)?;
                Some(match kind {
                    Kind::Text => Datum::Text(scope.text(path)),
                    Kind::Number => Datum::Number(scope.number(path)),
                    Kind::Date => Datum::Date(scope.date(path)),
                    Kind::Time => Datum::Time(scope.time(path)),
                })
            }
            Get::Cell(at, column) => {
                let Bound::Row(row) = self.binder(*at)? else { return None };
                Some(match kind {
                    Kind::Text => Datum::Text(row.text(*column)),
                    Kind::Number => Datum::Number(row.number(*column)),
                    Kind::Date => Datum::Date(row.date(*column)),
                    Kind::Time => Datum::Time(row.time(*column)),
                })
            }
        }
    }

    fn filled(&self, get: &Get) -> bool {
        match get {
            Get::Element(from, path) => {
                self.scope_from(*from).is_some_and(|scope| scope.filled(path))
            }
            Get::Cell(at, column) => {
                matches!(self.binder(*at), Some(Bound::Row(row)) if row.filled(*column))
            }
        }
    }

    fn hears(&self, part: usize, holds: bool, of: &[Datum<'s>]) {
        if let Some((watch, unit)) = self.watch {
            watch.part(unit, part, holds, &|| of.iter().map(|one| one.told()).collect());
        }
    }
}

impl Test {
    /// Whether it is so.
    pub(crate) fn holds(&self, env: &Env<'_, '_>) -> bool {
        match self {
            Self::Always => true,
            Self::Filled(get) => env.filled(get),
            Self::Of(relation, of) => value::holds(relation, &worked(of, env)),
            Self::Not(inner) => !inner.holds(env),
            Self::All(parts) => parts.iter().all(|part| part.holds(env)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(env)),
            Self::Some(selection) => selection.any(env),
            Self::Every(selection) => selection.every(env),
            Self::Part(number, inner) | Self::Whole(number, inner) => inner.heard(*number, env),
        }
    }

    /// Whether it is so, told to who listens, with the values that decided it.
    fn heard(&self, number: usize, env: &Env<'_, '_>) -> bool {
        let (holds, of) = self.judged(env);
        env.hears(number, holds, &of);
        holds
    }

    /// Whether it is so, and the values that decided it: of what must be filled what is there, as
    /// far as someone listens.
    fn judged<'s>(&self, env: &Env<'_, 's>) -> (bool, Vec<Datum<'s>>) {
        match self {
            Self::Not(inner) => {
                let (holds, of) = inner.judged(env);
                (!holds, of)
            }
            Self::Of(relation, of) => {
                let of = worked(of, env);
                (value::holds(relation, &of), of)
            }
            Self::Filled(get) if env.watch.is_some() => {
                (env.filled(get), env.get(get, Kind::Text).into_iter().collect())
            }
            other => (other.holds(env), Vec::new()),
        }
    }
}

fn worked<'s>(values: &[Value], env: &Env<'_, 's>) -> Vec<Datum<'s>> {
    values.iter().map(|value| value.datum(env)).collect()
}

impl Value {
    /// What it comes to.
    pub(crate) fn datum<'s>(&self, env: &Env<'_, 's>) -> Datum<'s> {
        match self {
            Self::Get(get, kind) => env.get(get, *kind).unwrap_or(Datum::absent(*kind)),
            Self::Text(text) => Datum::Text(Some(text)),
            Self::Number(number) => Datum::Number(Some(*number)),
            Self::Date(date) => Datum::Date(Some(*date)),
            Self::Time(time) => Datum::Time(Some(*time)),
            Self::Sum(term, selection) => Datum::Number(selection.sum(term, env)),
            Self::Shift(from, by, unit) => {
                Datum::Date(value::shifted(from.datum(env).date(), *by, *unit))
            }
            Self::Part(unit, from) => {
                let from = from.datum(env).date();
                Datum::Number(match unit {
                    Measure::Day => day(from),
                    Measure::Month => month(from),
                    Measure::Year => year(from),
                })
            }
            Self::MonthEdge(is_first, from) => {
                let from = from.datum(env).date();
                Datum::Date(if *is_first { first_of_month(from) } else { last_of_month(from) })
            }
            Self::Numbers(call, of) => {
                let [left, right] = of.each_ref().map(|one| one.datum(env).number());
                Datum::Number(call(left, right))
            }
            Self::Period(call, of) => {
                let [from, until] = of.each_ref().map(|one| one.datum(env).date());
                Datum::Number(call(from, until))
            }
            Self::Extreme(is_last, values) => Datum::extreme(*is_last, &worked(values, env)),
            Self::Let(at) => env.lets.get(*at).copied().unwrap_or(Datum::Number(None)),
            // Of a row it is a column.
            Self::Received => Datum::Date(env.scope.and_then(|scope| scope.received())),
            Self::Never => Datum::Number(None),
        }
    }
}

impl Selection {
    /// What is so of one of the range, with that bound.
    fn inside<'s, T>(
        &self,
        env: &Env<'_, 's>,
        bound: Bound<'s>,
        ask: impl FnOnce(&Env<'_, 's>) -> T,
    ) -> T {
        let scope = match bound {
            Bound::Element(scope) => Some(scope),
            Bound::Row(_) => env.scope,
        };
        let inner = Env { scope, ..*env };
        match self.binder {
            Some(at) => {
                let link = Link { at, bound, around: env.link };
                ask(&Env { link: Some(&link), ..inner })
            }
            None => ask(&inner),
        }
    }

    fn holds<'s>(&self, env: &Env<'_, 's>, bound: Bound<'s>) -> bool {
        let holds = matches!(self.test, Test::Always)
            || self.inside(env, bound, |env| self.test.holds(env));
        if holds
            && let (Some((watch, _)), Bound::Row(row)) = (env.watch, bound)
            && let Over::Rows { table: Some((table, columns)), .. } = self.over
        {
            let cells = || (0..columns).map(|at| row.text(at).map(str::to_owned)).collect();
            watch.row(table, &cells);
        }
        holds
    }

    /// Whether some are so.
    fn any(&self, env: &Env<'_, '_>) -> bool {
        let element = |scope| self.holds(env, Bound::Element(scope));
        match &self.over {
            Over::Elements(from, list) => {
                env.scope_from(*from).is_some_and(|scope| scope.exists(list, element))
            }
            Over::Equal { from, list, key, wanted } => {
                let wanted = wanted.datum(env).text();
                let scope = env.scope_from(*from);
                scope.is_some_and(|scope| scope.exists_equal(list, key, wanted, element))
            }
            Over::Others(within) => {
                env.scope.is_some_and(|scope| scope.exists_other(*within, element))
            }
            Over::Rows { .. } => self.first(env).is_some(),
        }
    }

    /// Whether all elements are so.
    fn every(&self, env: &Env<'_, '_>) -> bool {
        let Over::Elements(from, list) = &self.over else { return !self.any(env) };
        let scope = env.scope_from(*from);
        scope.is_none_or(|scope| scope.every(list, |item| self.holds(env, Bound::Element(item))))
    }

    fn sum(&self, term: &Value, env: &Env<'_, '_>) -> Option<i64> {
        let element = |scope| self.holds(env, Bound::Element(scope));
        let of = |bound| self.inside(env, bound, |env| term.datum(env).number());
        let of_element = |scope| of(Bound::Element(scope));
        Some(match &self.over {
            Over::Elements(from, list) => env.scope_from(*from)?.sum(list, element, of_element),
            Over::Equal { from, list, key, wanted } => {
                let (scope, wanted) = (env.scope_from(*from)?, wanted.datum(env).text());
                scope.sum_equal(list, key, wanted, element, of_element)
            }
            Over::Others(_) => return None,
            Over::Rows { .. } => {
                let rows = env.rows()?;
                let holds = |row| self.holds(env, Bound::Row(row));
                self.find(env, |find| rows.sum(find, holds, |row| of(Bound::Row(row))))?
            }
        })
    }

    /// The first row that is so.
    pub(crate) fn first<'s>(&self, env: &Env<'_, 's>) -> Option<Row<'s>> {
        let rows = env.rows()?;
        self.find(env, |find| rows.first(find, |row| self.holds(env, Bound::Row(row))))?
    }

    /// Asks something of how rows are found.
    fn find<T>(&self, env: &Env<'_, '_>, ask: impl FnOnce(&Find<'_>) -> T) -> Option<T> {
        let Over::Rows { range, index, key, counts_void, .. } = &self.over else { return None };
        let key: Vec<Key<'_>> = key
            .iter()
            .map(|(value, or_empty)| {
                let key = value.datum(env).key();
                if *or_empty { key.or_empty() } else { key }
            })
            .collect();
        Some(ask(&Find { range: *range, index: *index, key: &key, counts_void: *counts_void }))
    }

    /// What of the rows that are so ends a term, by one of its days.
    pub(crate) fn ended<'s>(
        &self,
        env: &Env<'_, 's>,
        on: impl Fn(Row<'s>) -> Option<Date>,
    ) -> Option<regelwerk_kernel::Ended> {
        let rows = env.rows()?;
        self.find(env, |find| rows.ended(find, |row| self.holds(env, Bound::Row(row)), on))?
    }
}

/// Judges a wording at the element of a judge.
pub(crate) fn judge(steps: &[Step], judge: &mut Judge<'_, '_>, watch: Option<(&dyn Watch, Unit)>) {
    let scope = judge.scope();
    if let Some((watch, unit)) = watch {
        watch.begins(unit, Some(&|| judge.path()));
    }
    let mut frame = Frame { scope, bound: Vec::new(), lets: Vec::new(), watch };
    // That a row is not there ends it as well as coming to the end.
    let _ = frame.steps(steps, judge);
}

/// What is known so far in a wording.
struct Frame<'w, 's> {
    scope: Scope<'s>,
    bound: Vec<Row<'s>>,
    lets: Vec<Datum<'s>>,
    watch: Option<(&'w dyn Watch, Unit)>,
}

impl<'s> Frame<'_, 's> {
    fn env(&self) -> Env<'_, 's> {
        Env {
            bound: &self.bound,
            lets: &self.lets,
            ..Env::of_scope(self.scope).watched(self.watch)
        }
    }

    fn steps(&mut self, steps: &[Step], judge: &mut Judge<'s, '_>) -> ControlFlow<()> {
        let lets = self.lets.len();
        for step in steps {
            self.step(step, judge)?;
        }
        self.lets.truncate(lets);
        ControlFlow::Continue(())
    }

    fn step(&mut self, step: &Step, judge: &mut Judge<'s, '_>) -> ControlFlow<()> {
        match step {
            Step::If { test, quantifies, then, otherwise } => {
                let outer = judge.base();
                let branch = if test.holds(&self.env()) { then } else { otherwise };
                if *quantifies {
                    judge.settle();
                }
                self.steps(branch, judge)?;
                if *quantifies {
                    judge.leave(outer);
                }
            }
            Step::Require { part, demand, outcome, values } => {
                let env = self.env();
                let (holds, of) = demand.judged(&env);
                env.hears(*part, holds, &of);
                let told = || match values.as_slice() {
                    [] => None,
                    [only] => only.datum(&env).told(),
                    values => {
                        let told: Vec<_> =
                            values.iter().map(|value| value.datum(&env).told()).collect();
                        listed(&told)
                    }
                };
                judge.check_against(holds, outcome, told);
            }
            Step::Let(value) => {
                let datum = value.datum(&self.env());
                self.lets.push(datum);
            }
            Step::Bind(selection) => match selection.first(&self.env()) {
                Some(row) => self.bound.push(row),
                None => return ControlFlow::Break(()),
            },
        }
        ControlFlow::Continue(())
    }
}

impl Demand {
    /// Whether it holds, and the values that decided it.
    fn judged<'s>(&self, env: &Env<'_, 's>) -> (bool, Vec<Datum<'s>>) {
        let is_so =
            |ask: &dyn Fn(&Scope<'s>) -> bool| (env.scope.as_ref().is_some_and(ask), Vec::new());
        match self {
            Self::Test(test) => test.judged(env),
            Self::Unique(paths, within) => is_so(&|scope| scope.unique(paths, *within)),
            Self::UniqueParam(at, within) => is_so(&|scope| scope.unique_param(*at, *within)),
            Self::UniqueKey => is_so(&|scope| scope.unique_key()),
        }
    }
}
