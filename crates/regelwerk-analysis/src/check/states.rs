//! The states that a wording can find: every path absent or with one of the values that matter.
//!
//! The typed core is finite once only what rules ask of a value counts: is it there, is it one of
//! these codes, does it come before or after that one. What cannot be told apart like that, such
//! as a quantifier or a sum, is one question with two answers; so "never" is never claimed wrongly.

use regelwerk_model::core::{Check, Cond, Demand, Kind, Op, Path, Requirement, Step, Value};

/// More states than this are not looked at: then nothing is said.
const MOST_STATES: usize = 100_000;

/// A value, as far as it matters.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Point {
    /// The element is empty.
    Absent,
    /// This text.
    Text(String),
    /// Any other text.
    Other,
    /// A place on the line of dates, times or numbers.
    At(f64),
}

/// Something that is one way or another.
#[derive(Debug, Clone)]
enum Variable {
    /// An element with a value.
    Value(Path, Vec<Point>),
    /// A group: whether anything is in it beside what other variables say.
    Group(Path),
    /// A question that is not looked into.
    Opaque(Cond),
}

/// What there is to be asked, of one or more wordings.
#[derive(Debug, Default)]
pub(super) struct Questions {
    variables: Vec<Variable>,
    /// Elements that are always there.
    mandatory: Vec<Path>,
}

impl Questions {
    /// The questions of these bodies; `mandatory` elements are never empty.
    pub(super) fn new<'b>(
        bodies: impl IntoIterator<Item = &'b [Step]>,
        mandatory: Vec<Path>,
    ) -> Self {
        let mut questions = Self { variables: Vec::new(), mandatory };
        for body in bodies {
            body.iter().for_each(|step| questions.step(step));
        }
        questions.spread();
        questions
    }

    /// Every state there is; none when there are too many.
    pub(super) fn states(&self) -> Vec<State<'_>> {
        let sizes: Vec<_> = self.variables.iter().map(Variable::size).collect();
        let total = sizes.iter().try_fold(1_usize, |total, size| total.checked_mul(*size));
        match total {
            Some(total) if total <= MOST_STATES => {
                (0..total).map(|number| State { questions: self, number }).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The elements asked about, in order.
    pub(super) fn paths(&self) -> Vec<&Path> {
        let mut paths: Vec<_> = self
            .variables
            .iter()
            .filter_map(|variable| match variable {
                Variable::Value(path, _) | Variable::Group(path) => Some(path),
                Variable::Opaque(_) => None,
            })
            .collect();
        paths.sort();
        paths
    }

    /// Whether every question is looked into.
    pub(super) fn is_clear(&self) -> bool {
        !self.variables.iter().any(|variable| matches!(variable, Variable::Opaque(_)))
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::If { cond, then, otherwise, .. } => {
                self.cond(cond);
                then.iter().chain(otherwise).for_each(|step| self.step(step));
            }
            Step::Require(requirement) => {
                if let Some(cond) = met(requirement) {
                    self.cond(&cond);
                }
            }
        }
    }

    fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::True => {}
            Cond::Filled(path) => self.group(path),
            Cond::Not(inner) => self.cond(inner),
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.cond(part)),
            Cond::OneOf(Value::Path(path, kind), values) if values.iter().all(is_constant) => {
                self.value(path, *kind, values.iter());
            }
            Cond::Compare(_, left, right) if is_simple(left) && is_simple(right) => {
                for (one, other) in [(left, right), (right, left)] {
                    if let Value::Path(path, kind) = one {
                        self.value(path, *kind, std::iter::once(other));
                    }
                }
            }
            other => self.opaque(other),
        }
    }

    fn opaque(&mut self, cond: &Cond) {
        let known = |one: &Variable| matches!(one, Variable::Opaque(known) if known == cond);
        if !self.variables.iter().any(known) {
            self.variables.push(Variable::Opaque(cond.clone()));
        }
    }

    fn group(&mut self, path: &Path) {
        if !self.variables.iter().any(|one| one.is_of(path)) {
            self.variables.push(Variable::Group(path.clone()));
        }
    }

    fn value<'v>(&mut self, path: &Path, kind: Kind, beside: impl Iterator<Item = &'v Value>) {
        let points: Vec<_> = beside.filter_map(constant).collect();
        let found = self.variables.iter_mut().find(|one| one.is_of(path));
        let all = match found {
            Some(Variable::Value(_, all)) => all,
            Some(group) => {
                *group = Variable::Value(path.clone(), first_points(kind));
                return self.value(path, kind, std::iter::empty());
            }
            None => {
                self.variables.push(Variable::Value(path.clone(), first_points(kind)));
                return self.extend(path, points);
            }
        };
        for point in points {
            if !all.contains(&point) {
                all.push(point);
            }
        }
    }

    fn extend(&mut self, path: &Path, points: Vec<Point>) {
        if let Some(Variable::Value(_, all)) = self.variables.iter_mut().find(|one| one.is_of(path))
        {
            all.extend(points);
            all.dedup();
        }
    }

    /// Gives every element on a line the points of all of them, and room between: as many places
    /// as there are elements, so that any order can be had.
    fn spread(&mut self) {
        let on_line = |all: &[Point]| all.iter().any(|point| matches!(point, Point::At(_)));
        let mut marks: Vec<f64> = Vec::new();
        let mut elements = 0;
        for variable in &self.variables {
            if let Variable::Value(_, all) = variable
                && on_line(all)
            {
                elements += 1;
                marks.extend(all.iter().filter_map(|point| match point {
                    Point::At(mark) if mark.is_finite() => Some(*mark),
                    _ => None,
                }));
            }
        }
        marks.sort_by(f64::total_cmp);
        marks.dedup();
        let line = line(&marks, elements.min(3));
        let mandatory = self.mandatory.clone();
        for variable in &mut self.variables {
            if let Variable::Value(path, all) = variable {
                if on_line(all) {
                    all.retain(|point| *point == Point::Absent);
                    all.extend(line.iter().copied().map(Point::At));
                }
                if mandatory.contains(path) {
                    all.retain(|point| *point != Point::Absent);
                }
            }
        }
    }
}

/// The marks with `room` places before, between and after them.
fn line(marks: &[f64], room: u32) -> Vec<f64> {
    let mut line = Vec::new();
    let step = 1.0 / f64::from(room + 1);
    let first = marks.first().copied().unwrap_or(0.0);
    for n in (1..=room).rev() {
        line.push(first - f64::from(n) * step);
    }
    for mark in marks {
        line.push(*mark);
        for n in 1..=room {
            line.push(mark + f64::from(n) * step);
        }
    }
    line
}

fn first_points(kind: Kind) -> Vec<Point> {
    match kind {
        Kind::Text => vec![Point::Absent, Point::Other],
        // An infinite mark says that this is on the line; `spread` puts it there.
        _ => vec![Point::Absent, Point::At(f64::INFINITY)],
    }
}

fn is_constant(value: &Value) -> bool {
    constant(value).is_some()
}

fn is_simple(value: &Value) -> bool {
    is_constant(value) || matches!(value, Value::Path(..))
}

/// The point of a constant. Days and seconds are counted, so that a step of one is whole.
fn constant(value: &Value) -> Option<Point> {
    use chrono::{Datelike, Timelike};
    match value {
        Value::Text(text) => Some(Point::Text(text.clone())),
        Value::Number(number) => Some(Point::At(i32::try_from(*number).ok()?.into())),
        Value::Date(date) => Some(Point::At(date.num_days_from_ce().into())),
        Value::Time(time) => Some(Point::At(time.num_seconds_from_midnight().into())),
        _ => None,
    }
}

impl Variable {
    fn size(&self) -> usize {
        match self {
            Self::Value(_, points) => points.len(),
            Self::Group(_) | Self::Opaque(_) => 2,
        }
    }

    fn is_of(&self, path: &Path) -> bool {
        match self {
            Self::Value(own, _) | Self::Group(own) => same(own, path),
            Self::Opaque(_) => false,
        }
    }
}

/// Whether two paths lead to one element, however they are written.
pub(super) fn same(a: &Path, b: &Path) -> bool {
    (a.origin, a.param, &a.steps) == (b.origin, b.param, &b.steps)
}

/// One way that everything can be.
#[derive(Debug, Clone, Copy)]
pub(super) struct State<'q> {
    questions: &'q Questions,
    number: usize,
}

impl State<'_> {
    /// Whether a condition holds.
    pub(super) fn holds(&self, cond: &Cond) -> bool {
        match cond {
            Cond::True => true,
            Cond::Filled(path) => self.filled(path),
            Cond::Not(inner) => !self.holds(inner),
            Cond::All(parts) => parts.iter().all(|part| self.holds(part)),
            Cond::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Cond::OneOf(value @ Value::Path(..), values) if values.iter().all(is_constant) => {
                values.iter().any(|other| self.compare(Op::Eq, value, other))
            }
            Cond::Compare(op, left, right) if is_simple(left) && is_simple(right) => {
                self.compare(*op, left, right)
            }
            other => self.answer(other),
        }
    }

    fn answer(&self, cond: &Cond) -> bool {
        let is = |one: &Variable| matches!(one, Variable::Opaque(known) if known == cond);
        self.index(is).is_some_and(|index| index == 1)
    }

    fn filled(&self, path: &Path) -> bool {
        if self.questions.mandatory.iter().any(|one| same(one, path)) {
            return true;
        }
        let below = |own: &Path| {
            (own.origin, own.param) == (path.origin, path.param)
                && own.steps.starts_with(&path.steps)
        };
        self.questions.variables.iter().enumerate().any(|(at, variable)| {
            match (variable, self.index_at(at)) {
                (Variable::Value(own, points), index) if below(own) => {
                    points.get(index).is_some_and(|point| *point != Point::Absent)
                }
                (Variable::Group(own), index) if below(own) => index == 1,
                _ => false,
            }
        })
    }

    fn point(&self, value: &Value) -> Point {
        let Value::Path(path, _) = value else { return constant(value).unwrap_or(Point::Absent) };
        let at = self.questions.variables.iter().position(|one| one.is_of(path));
        match at.and_then(|at| self.questions.variables.get(at)) {
            Some(Variable::Value(_, points)) => {
                let index = at.map_or(0, |at| self.index_at(at));
                points.get(index).cloned().unwrap_or(Point::Absent)
            }
            _ => Point::Absent,
        }
    }

    fn compare(&self, op: Op, left: &Value, right: &Value) -> bool {
        match (op, self.point(left), self.point(right)) {
            (Op::Ne, ..) => !self.compare(Op::Eq, left, right),
            (_, Point::Absent, _) | (_, _, Point::Absent) => false,
            (Op::Eq, a, b) => a == b && a != Point::Other,
            (op, Point::At(a), Point::At(b)) => match op {
                Op::Lt => a < b,
                Op::Le => a <= b,
                Op::Gt => a > b,
                _ => a >= b,
            },
            _ => false,
        }
    }

    fn index(&self, is: impl Fn(&Variable) -> bool) -> Option<usize> {
        Some(self.index_at(self.questions.variables.iter().position(is)?))
    }

    /// Which of its points the variable at a place has.
    fn index_at(&self, at: usize) -> usize {
        let before = self.questions.variables.iter().take(at).map(Variable::size);
        let size = self.questions.variables.get(at).map_or(1, Variable::size).max(1);
        self.number / before.product::<usize>().max(1) % size
    }
}

/// The condition under which a requirement is met; none where it demands nothing.
pub(super) fn met(Requirement { target, demand, .. }: &Requirement) -> Option<Cond> {
    let filled = || Cond::Filled(target.clone());
    Some(match demand {
        Demand::Filled => filled(),
        Demand::Empty => filled().negated(),
        Demand::Allowed => return None,
        Demand::OneOf(value, values) => Cond::OneOf(value.clone(), values.clone()),
        Demand::NoneOf(value, values) => Cond::OneOf(value.clone(), values.clone()).negated(),
        Demand::Ordered(op, left, right) => Cond::Compare(*op, left.clone(), right.clone()),
        Demand::Check(value, check) => Cond::Check(value.clone(), check.clone()),
        Demand::Holds(cond) => cond.clone(),
        // Whether a value is unique is not to be told from one element.
        Demand::Unique(..) => Cond::Check(
            Value::Text(format!("{target:?} {demand:?}")),
            Check::Pattern("uniek".to_owned()),
        ),
    })
}
