//! From the typed core to what can be run.

use chrono::{Datelike, Timelike};
use regelwerk_compiler::model::core::{
    self, Cond, Fields, Kind, Op, Origin, Range, RowSource, Rows,
};
use regelwerk_compiler::model::describe::Text as Words;
use regelwerk_compiler::model::plan::{Find, Join, Plan, join, narrow};
use regelwerk_compiler::model::{self, outcome};
use regelwerk_kernel::functions;
use regelwerk_kernel::standard::{self, Outcome, Path, Seen, Text};
use regelwerk_kernel::{Date, Time};

use super::{Demand, From, Get, Over, Relation, Selection, Step, Test, Value};
use crate::keep;
use crate::names::Names;

/// What a number of [`Origin::Bound`] stands for.
#[derive(Clone)]
enum Binder {
    Row(Rows),
    Element,
}

/// Makes one unit ready to run.
pub(crate) struct Lower<'m> {
    plan: &'m Plan<'m>,
    names: &'m Names,
    /// Code and title of the rule.
    rule: (&'m str, &'m str),
    binders: Vec<Binder>,
    /// Names of values, in the order in which they are worked out.
    lets: Vec<String>,
    /// Conditions round the step at hand.
    guards: Vec<Cond>,
    /// How many parts there were so far.
    parts: usize,
}

impl<'m> Lower<'m> {
    /// Of something over a message.
    pub(crate) fn new(plan: &'m Plan<'m>, names: &'m Names) -> Self {
        Self {
            plan,
            names,
            rule: ("", ""),
            binders: Vec::new(),
            lets: Vec::new(),
            guards: Vec::new(),
            parts: 0,
        }
    }

    /// Of a wording of the rule with this code and title.
    pub(crate) fn of_rule(self, code: &'m str, title: &'m str) -> Self {
        Self { rule: (code, title), ..self }
    }

    /// Of something over a row of this source, which is binder 0.
    pub(crate) fn of_row(mut self, source: RowSource) -> Self {
        let rows = Rows { source, same_part: false, counts_void: false, written: String::new() };
        self.binders.push(Binder::Row(rows));
        self
    }

    pub(crate) fn steps(&mut self, steps: &[core::Step]) -> Vec<Step> {
        let lets = self.lets.len();
        let steps = steps.iter().filter_map(|step| self.step(step)).collect();
        self.lets.truncate(lets);
        steps
    }

    fn step(&mut self, step: &core::Step) -> Option<Step> {
        Some(match step {
            core::Step::If { cond, then, otherwise, .. } => Step::If {
                test: self.watched(cond),
                quantifies: cond.quantifies(),
                then: self.guarded(cond.clone(), then),
                otherwise: self.guarded(cond.clone().negated(), otherwise),
            },
            core::Step::Bind { range, cond, .. } => Step::Bind(self.bind(range, cond)),
            core::Step::Let { name, value } => {
                let value = self.value(value);
                self.lets.push(name.clone());
                Step::Let(value)
            }
            core::Step::Require(requirement) => return self.require(requirement),
        })
    }

    fn guarded(&mut self, guard: Cond, steps: &[core::Step]) -> Vec<Step> {
        self.guards.push(guard);
        let steps = self.steps(steps);
        self.guards.pop();
        steps
    }

    fn require(&mut self, requirement: &core::Requirement) -> Option<Step> {
        if requirement.demand == core::Demand::Allowed {
            return None;
        }
        let part = self.number();
        let demand = self.demand(requirement);
        let guards = self.guards.clone();
        let said = outcome(requirement, &guards, self.rule, self.plan.dossier);
        let values = said.worked_out.iter().map(|value| self.value(value)).collect();
        let outcome = Outcome {
            target: self.path(&requirement.target),
            expected: text(&said.expected),
            found: match &said.found {
                model::Seen::Value => Seen::Value,
                model::Seen::Group(words) => Seen::Group(text(words)),
                model::Seen::Words(words) => Seen::Words(text(words)),
                model::Seen::WorkedOut => Seen::WorkedOut,
            },
            because: said.because.as_ref().map(text),
            related: keep::list(said.related.iter().map(|path| self.path(path))),
        };
        Some(Step::Require { part, demand, outcome: keep::one(outcome), values })
    }

    fn demand(&mut self, core::Requirement { target, demand, .. }: &core::Requirement) -> Demand {
        Demand::Test(match demand {
            core::Demand::Filled => self.test(&Cond::Filled(target.clone())),
            core::Demand::Empty => self.test(&Cond::Filled(target.clone()).negated()),
            core::Demand::Allowed => Test::Always,
            core::Demand::OneOf(value, values) => {
                self.test(&Cond::OneOf(value.clone(), values.clone()))
            }
            core::Demand::NoneOf(value, values) => {
                self.test(&Cond::OneOf(value.clone(), values.clone()).negated())
            }
            core::Demand::Ordered(op, left, right) => {
                self.test(&Cond::Compare(*op, left.clone(), right.clone()))
            }
            core::Demand::Check(value, check) => {
                self.test(&Cond::Check(value.clone(), check.clone()))
            }
            core::Demand::Unique(Fields::Paths(paths), within) => {
                let paths = paths.iter().map(|path| self.path(path)).collect();
                return Demand::Unique(paths, self.names.number(within));
            }
            core::Demand::Unique(Fields::Param(at), within) => {
                let at = u8::try_from(*at).unwrap_or(u8::MAX);
                return Demand::UniqueParam(at, self.names.number(within));
            }
            core::Demand::Unique(Fields::Key, _) => return Demand::UniqueKey,
            core::Demand::Holds(cond) => match cond.unnamed() {
                Cond::All(_) | Cond::Any(_) => self.watched(cond),
                leaf => self.test(leaf),
            },
        })
    }

    fn number(&mut self) -> usize {
        self.parts += 1;
        self.parts - 1
    }

    /// A condition, each part of it with its number.
    pub(crate) fn watched(&mut self, cond: &Cond) -> Test {
        match cond {
            Cond::All(parts) => Test::All(parts.iter().map(|part| self.watched(part)).collect()),
            Cond::Any(parts) => Test::Any(parts.iter().map(|part| self.watched(part)).collect()),
            Cond::Not(inner) if inner.has_parts() => Test::Not(Box::new(self.watched(inner))),
            Cond::Named(_, inner) => {
                let number = self.number();
                Test::Whole(number, Box::new(self.watched(inner)))
            }
            Cond::True => Test::Always,
            leaf => {
                let number = self.number();
                Test::Part(number, Box::new(self.test(leaf)))
            }
        }
    }

    /// A condition.
    pub(crate) fn test(&mut self, cond: &Cond) -> Test {
        match cond {
            Cond::True => Test::Always,
            Cond::Filled(path) => Test::Filled(self.get(path)),
            Cond::Compare(op, left, right) => {
                let of = vec![self.value(left), self.value(right)];
                match op {
                    Op::Ne => Test::Not(Box::new(Test::Of(Relation::Compare(Op::Eq), of))),
                    op => Test::Of(Relation::Compare(*op), of),
                }
            }
            Cond::Same(left, right) => {
                Test::Of(Relation::Same, vec![self.value(left), self.value(right)])
            }
            Cond::OneOf(value, values) => self.one_of(value, values),
            Cond::Listed(value, listed) => {
                let values = self.plan.dossier.listed(listed);
                self.one_of(value, values)
            }
            Cond::Check(value, check) => {
                let relation = match check {
                    core::Check::ElevenProof => Relation::ElevenProof,
                    core::Check::Pattern(xsd) => Relation::Matches(keep::pattern(xsd)),
                };
                Test::Of(relation, vec![self.value(value)])
            }
            Cond::Overlap(paths) => {
                let days = paths.iter().map(|path| Value::Get(self.get(path), Kind::Date));
                Test::Of(Relation::Overlap, days.collect())
            }
            Cond::Not(inner) => Test::Not(Box::new(self.test(inner))),
            Cond::Named(_, inner) => self.test(inner),
            Cond::All(parts) => Test::All(parts.iter().map(|part| self.test(part)).collect()),
            Cond::Any(parts) => Test::Any(parts.iter().map(|part| self.test(part)).collect()),
            Cond::Exists(range, inner) => Test::Some(Box::new(self.selection(range, inner))),
            Cond::Every(range, inner) => match &range.over {
                core::Over::Path(_) => {
                    let over = self.elements(range);
                    Test::Every(Box::new(self.within(range, over, inner)))
                }
                _ => {
                    let opposite = inner.as_ref().clone().negated();
                    Test::Not(Box::new(Test::Some(Box::new(self.selection(range, &opposite)))))
                }
            },
        }
    }

    fn one_of(&mut self, value: &core::Value, values: &[core::Value]) -> Test {
        let code = |value: &core::Value| match value {
            core::Value::Text(text) => Some(keep::text(text)),
            _ => None,
        };
        let first = self.value(value);
        if let Some(codes) = values.iter().map(code).collect() {
            return Test::Of(Relation::Codes(codes), vec![first]);
        }
        let others = values.iter().map(|value| self.value(value));
        let all = std::iter::once(first).chain(others).collect();
        Test::Of(Relation::Among, all)
    }

    /// Those of a range that are so, looked up where that can be.
    pub(crate) fn selection(&mut self, range: &Range, cond: &Cond) -> Selection {
        let (over, rest) = match &range.over {
            core::Over::Rows(rows) => {
                let (over, rest) = self.rows(rows, cond);
                return self.within(range, over, &rest);
            }
            core::Over::Other { within, .. } => (Over::Others(self.names.number(within)), None),
            core::Over::Path(list) => match join(cond).filter(|_| range.name.is_none()) {
                Some(Join { key, wanted, rest }) => {
                    let (from, list) = (from(list), self.path(list));
                    let (key, wanted) = (self.path(key), self.value(wanted));
                    (Over::Equal { from, list, key, wanted }, Some(rest))
                }
                None => (self.elements(range), None),
            },
        };
        self.within(range, over, rest.as_ref().unwrap_or(cond))
    }

    fn elements(&self, range: &Range) -> Over {
        match &range.over {
            core::Over::Path(list) => Over::Elements(from(list), self.path(list)),
            core::Over::Other { within, .. } => Over::Others(self.names.number(within)),
            core::Over::Rows(_) => Over::Others(standard::Name::MAX),
        }
    }

    fn rows(&mut self, rows: &Rows, cond: &Cond) -> (Over, Cond) {
        let binder = u8::try_from(self.binders.len()).unwrap_or(u8::MAX);
        let Find { index, key, rest } = self.plan.find(rows, cond, binder);
        let key = key.into_iter().map(|(value, or_empty)| (self.value(value), or_empty));
        let key = key.collect();
        let range = match rows.source {
            RowSource::View(at) => standard::Range::View(narrow(at)),
            RowSource::Later(_) => standard::Range::Later,
            RowSource::Earlier(_) | RowSource::Table(_) | RowSource::Fact(_) => {
                standard::Range::Earlier
            }
        };
        let table = match rows.source {
            RowSource::Table(at) => {
                let columns = self.plan.dossier.tables.get(at).map_or(0, |one| one.columns.len());
                Some((narrow(at), narrow(columns)))
            }
            _ => None,
        };
        (Over::Rows { range, index, key, counts_void: rows.counts_void, table }, rest)
    }

    /// What must be so of each of a range.
    fn within(&mut self, range: &Range, over: Over, cond: &Cond) -> Selection {
        let (binder, test) = self.inside(range, |lower| lower.test(cond));
        Selection { over, binder, test }
    }

    fn inside<T>(&mut self, range: &Range, inner: impl FnOnce(&mut Self) -> T) -> (Option<u8>, T) {
        let at = self.binders.len();
        let binder = match (&range.over, &range.name) {
            (core::Over::Rows(rows), _) => Some(Binder::Row(rows.clone())),
            (_, Some(_)) => Some(Binder::Element),
            (_, None) => None,
        };
        let number = binder.is_some().then(|| u8::try_from(at).unwrap_or(u8::MAX));
        self.binders.extend(binder);
        let inner = inner(self);
        self.binders.truncate(at);
        (number, inner)
    }

    /// The first row that is so, which is bound for what follows.
    pub(crate) fn bind(&mut self, range: &Range, cond: &Cond) -> Selection {
        let selection = self.selection(range, cond);
        if let core::Over::Rows(rows) = &range.over {
            self.binders.push(Binder::Row(rows.clone()));
        }
        selection
    }

    /// A value.
    pub(crate) fn value(&mut self, value: &core::Value) -> Value {
        let boxed = |lower: &mut Self, value: &core::Value| Box::new(lower.value(value));
        match value {
            core::Value::Path(path, kind) => Value::Get(self.get(path), *kind),
            core::Value::Text(text) => Value::Text(keep::text(text)),
            core::Value::Number(number) => Value::Number(*number),
            core::Value::Date(date) => {
                Value::Date(Date::from_ymd(date.year(), date.month(), date.day()))
            }
            core::Value::Time(time) => {
                Value::Time(Time::from_hms(time.hour(), time.minute(), time.second()))
            }
            core::Value::Count(range, cond) => self.sum(&core::Value::Number(1), range, cond),
            core::Value::Sum(what, range, cond) => self.sum(what, range, cond),
            core::Value::Shift(from, by, unit) => Value::Shift(boxed(self, from), *by, *unit),
            core::Value::Part(unit, from) => Value::Part(*unit, boxed(self, from)),
            core::Value::MonthEdge(is_first, from) => {
                Value::MonthEdge(*is_first, boxed(self, from))
            }
            core::Value::Extreme(is_last, values) => {
                Value::Extreme(*is_last, values.iter().map(|value| self.value(value)).collect())
            }
            core::Value::Let(name, _) => {
                let at = self.lets.iter().rposition(|known| known == name);
                Value::Let(at.unwrap_or(usize::MAX))
            }
            core::Value::Received => Value::Received,
            core::Value::Add(left, is_sum, right) => {
                let call = if *is_sum { functions::add } else { functions::sub };
                self.numbers(call, left, right)
            }
            core::Value::Product(left, right) => self.numbers(functions::mul, left, right),
            core::Value::Quotient(left, right, core::Rounding::HalfUp) => {
                self.numbers(functions::div_round, left, right)
            }
            core::Value::Quotient(left, right, core::Rounding::Up) => {
                self.numbers(functions::div_up, left, right)
            }
            core::Value::Days(from, until) => self.period(functions::days, from, until),
            core::Value::Months(from, until) => self.period(functions::months, from, until),
            core::Value::Weeks(from, until) => self.period(functions::weeks, from, until),
            core::Value::Sundays(from, until) => self.period(functions::sundays, from, until),
        }
    }

    fn numbers(
        &mut self,
        call: fn(Option<i64>, Option<i64>) -> Option<i64>,
        left: &core::Value,
        right: &core::Value,
    ) -> Value {
        Value::Numbers(call, Box::new([self.value(left), self.value(right)]))
    }

    fn period(
        &mut self,
        call: fn(Option<Date>, Option<Date>) -> Option<i64>,
        from: &core::Value,
        until: &core::Value,
    ) -> Value {
        Value::Period(call, Box::new([self.value(from), self.value(until)]))
    }

    fn sum(&mut self, what: &core::Value, range: &Range, cond: &Cond) -> Value {
        // The language counts and adds up elements at a path and rows only.
        if let core::Over::Other { .. } = &range.over {
            return Value::Never;
        }
        let (_, term) = self.inside(range, |lower| lower.value(what));
        Value::Sum(Box::new(term), Box::new(self.selection(range, cond)))
    }

    fn get(&self, path: &core::Path) -> Get {
        let Origin::Bound(at) = path.origin else {
            return Get::Element(From::Scope, self.path(path));
        };
        match self.binders.get(usize::from(at)) {
            Some(Binder::Row(rows)) => {
                let name = path.steps.first().map_or("", String::as_str);
                Get::Cell(at, self.plan.column(rows, name))
            }
            Some(Binder::Element) | None => Get::Element(From::Bound(at), self.path(path)),
        }
    }

    /// A path; one from a binder starts at the element that its scope is at.
    fn path(&self, path: &core::Path) -> Path {
        let origin = match path.origin {
            Origin::This => standard::Origin::This,
            Origin::Item | Origin::Bound(_) => standard::Origin::Item,
            Origin::Root => standard::Origin::Root,
        };
        let param = path.param.and_then(|at| u8::try_from(at).ok());
        Path { origin, param, steps: self.names.path(&path.steps) }
    }
}

fn from(list: &core::Path) -> From {
    match list.origin {
        Origin::Bound(at) => From::Bound(at),
        _ => From::Scope,
    }
}

fn text(words: &Words) -> Text {
    Text { nl: keep::text(&words.nl), en: keep::text(&words.en) }
}
