//! What a rule means, whatever its words: its core without the words and places of its text, and
//! with what it looks up in place of the name of that.

use std::collections::BTreeMap;

use regelwerk_diag::{SourceId, Span};
use regelwerk_model::core::{
    Cond, Demand, Fields, Over, Path, Range, Requirement, RowSource, Rows, Step, Value,
};
use regelwerk_model::dossier::{Dossier, View};
use regelwerk_model::{
    Course, Ending, FacetKind, Form, Rule, RuleKind, Standard, Table, TermPart, Within,
};

use super::side::Spot;

/// Where nothing stands.
const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

/// What a rule means. Two rules that mean the same judge every message alike.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    is_remark: bool,
    means: Means,
    /// What it looks up by a name, of which the other side may have another.
    looked_up: BTreeMap<String, Looked>,
}

#[derive(Debug, PartialEq, Eq)]
enum Means {
    /// What is judged at each place, in order of place.
    Judged(Vec<Place>),
    /// What a value may be, at each place in order.
    Facets(Vec<(Spotted, Vec<Limit>)>),
    Forms(Vec<Form>),
    Order,
    Term(Vec<Part>),
    /// The rules of the standard that say it, in order.
    Follows(Vec<String>),
}

/// A message and the path of an element in it.
type Spotted = (String, Vec<String>);

/// A facet, with the codes of its code list.
type Limit = (FacetKind, Option<Vec<String>>);

#[derive(Debug, PartialEq, Eq)]
struct Place {
    at: Spotted,
    body: Vec<Step>,
    params: Vec<Vec<Vec<String>>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Part {
    label: String,
    courses: Vec<Course>,
    counts_void: bool,
    within: Within,
}

/// What stands behind a name.
#[derive(Debug, PartialEq, Eq)]
enum Looked {
    Values(Vec<Value>),
    Rows(RowSource),
}

/// What a rule means at these places; nothing where no machine can tell.
pub(super) fn meaning(standard: &Standard, rule: &Rule, spots: &[Spot<'_>]) -> Option<Meaning> {
    let mut bare = Bare::new(&standard.dossier, false);
    let means = match &rule.kind {
        RuleKind::Judged(_) => Means::Judged(bare.judged(rule, spots)),
        RuleKind::Facet(..) => Means::Facets(facets(&rule.code, spots)),
        RuleKind::Form(forms, _) => Means::Forms(forms.clone()),
        RuleKind::Order => Means::Order,
        RuleKind::Term(parts) => Means::Term(parts.iter().map(|part| bare.part(part)).collect()),
        RuleKind::Follows(codes) => {
            let mut codes = codes.clone();
            codes.sort();
            Means::Follows(codes)
        }
        RuleKind::NotByMachine(_) | RuleKind::NotYet => return None,
    };
    Some(Meaning { is_remark: rule.is_remark, means, looked_up: bare.looked_up })
}

impl Meaning {
    /// The names under which both look something up that is not the same.
    pub(super) fn differing(&self, other: &Self) -> Vec<String> {
        let differs = |(name, one): (&String, &Looked)| {
            let other = other.looked_up.get(name)?;
            (one != other).then(|| name.clone())
        };
        self.looked_up.iter().filter_map(differs).collect()
    }

    /// Whether both judge alike. By what name something is looked up does not matter.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.is_remark, &self.means) == (other.is_remark, &other.means)
    }
}

fn facets(code: &str, spots: &[Spot<'_>]) -> Vec<(Spotted, Vec<Limit>)> {
    let mut all: Vec<_> = spots.iter().map(|spot| (spotted(spot), spot.limits(code))).collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn spotted(spot: &Spot<'_>) -> Spotted {
    let path = spot.path().into_iter().map(str::to_owned).collect();
    (spot.place.maker.message.name.clone(), path)
}

impl Spot<'_> {
    /// The facets here that a rule stands for, with the codes of code lists.
    fn limits(&self, code: &str) -> Vec<Limit> {
        let lists = &self.place.maker.release.code_lists;
        let limit = |kind: &FacetKind| match kind {
            // Which list it is says its place among those of a release; what is in it counts.
            FacetKind::CodeList(at) => {
                let codes = lists.get(*at).map_or(&[][..], |list| &list.codes);
                let codes = codes.iter().map(|(code, _)| code.clone()).collect();
                (FacetKind::CodeList(0), Some(codes))
            }
            other => (other.clone(), None),
        };
        self.facets(code).into_iter().map(limit).collect()
    }
}

/// Takes away the words and the places of the text, and puts what is looked up in place of its name.
struct Bare<'a> {
    dossier: &'a Dossier,
    /// What stands is of a view itself: those that it asks for stay what they are.
    is_of_view: bool,
    looked_up: BTreeMap<String, Looked>,
}

impl<'a> Bare<'a> {
    fn new(dossier: &'a Dossier, is_of_view: bool) -> Self {
        Self { dossier, is_of_view, looked_up: BTreeMap::new() }
    }
}

impl Bare<'_> {
    fn judged(&mut self, rule: &Rule, spots: &[Spot<'_>]) -> Vec<Place> {
        let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
        let mut places = Vec::new();
        for spot in spots {
            let Some(used) = spot.used else { continue };
            let Some(wording) = wordings.get(used.wording) else { continue };
            let mut body = wording.body.clone();
            self.steps(&mut body);
            places.push(Place { at: spotted(spot), body, params: used.params.clone() });
        }
        places.sort_by(|one, other| one.at.cmp(&other.at));
        places
    }

    fn part(&mut self, part: &TermPart) -> Part {
        let mut courses = part.courses.clone();
        courses.iter_mut().for_each(|course| self.course(course));
        Part {
            label: part.label.clone(),
            courses,
            counts_void: part.counts_void,
            within: part.within.clone(),
        }
    }

    fn course(&mut self, course: &mut Course) {
        for (range, cond) in &mut course.binds {
            self.range(range);
            self.cond(cond);
        }
        self.cond(&mut course.cond);
        self.value(&mut course.begins);
        course.due.iter_mut().for_each(|due| self.value(due));
        for ending in &mut course.endings {
            if let Ending::Row(_, range, cond) = ending {
                self.range(range);
                self.cond(cond);
            }
        }
    }

    fn steps(&mut self, steps: &mut [Step]) {
        for step in steps {
            match step {
                Step::If { cond, then, otherwise, span } => {
                    *span = NOWHERE;
                    self.cond(cond);
                    self.steps(then);
                    self.steps(otherwise);
                }
                Step::Require(Requirement { target, demand, span }) => {
                    *span = NOWHERE;
                    unwrite(target);
                    self.demand(demand);
                }
                Step::Let { value, .. } => self.value(value),
                Step::Bind { range, cond, span } => {
                    *span = NOWHERE;
                    self.range(range);
                    self.cond(cond);
                }
            }
        }
    }

    fn demand(&mut self, demand: &mut Demand) {
        match demand {
            Demand::Filled | Demand::Empty | Demand::Allowed => {}
            Demand::OneOf(value, values) | Demand::NoneOf(value, values) => {
                self.value(value);
                self.values(values);
            }
            Demand::Ordered(_, left, right) => {
                self.value(left);
                self.value(right);
            }
            Demand::Check(value, _) => self.value(value),
            Demand::Unique(Fields::Paths(paths), _) => paths.iter_mut().for_each(unwrite),
            Demand::Unique(..) => {}
            Demand::Holds(cond) => self.cond(cond),
        }
    }

    fn cond(&mut self, cond: &mut Cond) {
        match cond {
            Cond::True => {}
            Cond::Filled(path) => unwrite(path),
            Cond::Compare(_, left, right) => {
                self.value(left);
                self.value(right);
            }
            Cond::OneOf(value, values) => {
                self.value(value);
                self.values(values);
            }
            Cond::Listed(value, name, values) => {
                self.value(value);
                self.values(values);
                self.looked_up.insert(std::mem::take(name), Looked::Values(values.clone()));
                // A list is the codes that are in it.
                *cond = Cond::OneOf(value.clone(), std::mem::take(values));
            }
            Cond::Check(value, _) => self.value(value),
            Cond::Overlap(paths) => paths.iter_mut().for_each(unwrite),
            Cond::Not(inner) => self.cond(inner),
            Cond::All(parts) | Cond::Any(parts) => parts.iter_mut().for_each(|it| self.cond(it)),
            Cond::Exists(range, inner) | Cond::Every(range, inner) => {
                self.range(range);
                self.cond(inner);
            }
        }
    }

    fn range(&mut self, range: &mut Range) {
        // That there is a name decides what paths count from; which name it is does not.
        range.name.iter_mut().for_each(String::clear);
        match &mut range.over {
            Over::Path(path) => unwrite(path),
            Over::Other { .. } => {}
            Over::Rows(rows) => self.rows(rows),
        }
    }

    fn rows(&mut self, rows: &mut Rows) {
        rows.source = self.source(rows.source);
        self.looked_up.insert(std::mem::take(&mut rows.written), Looked::Rows(rows.source));
    }

    /// The first of the sources that hold the same rows.
    fn source(&mut self, source: RowSource) -> RowSource {
        match source {
            RowSource::Table(at) => {
                let tables = &self.dossier.tables;
                let Some(own) = tables.get(at) else { return source };
                let first = tables.iter().position(|table| holds_same(table, own));
                RowSource::Table(first.unwrap_or(at))
            }
            RowSource::View(at) if !self.is_of_view => {
                let Some(own) = self.dossier.views.get(at).map(|view| self.view(view)) else {
                    return source;
                };
                let views = &self.dossier.views;
                let first = views.iter().position(|view| self.view(view) == own);
                RowSource::View(first.unwrap_or(at))
            }
            RowSource::View(_)
            | RowSource::Earlier(_)
            | RowSource::Later(_)
            | RowSource::Fact(_) => source,
        }
    }

    /// What rows a view has.
    fn view(&self, view: &View) -> (usize, bool, Vec<usize>, Vec<usize>, Cond) {
        let mut cond = view.cond.clone();
        let mut bare = Bare::new(self.dossier, true);
        bare.cond(&mut cond);
        (view.source, view.by_part, view.key.clone(), view.order.clone(), cond)
    }

    fn values(&mut self, values: &mut [Value]) {
        values.iter_mut().for_each(|value| self.value(value));
    }

    fn value(&mut self, value: &mut Value) {
        match value {
            Value::Path(path, _) => unwrite(path),
            Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Time(_)
            | Value::Let(..)
            | Value::Received => {}
            Value::Count(range, cond) => {
                self.range(range);
                self.cond(cond);
            }
            Value::Sum(what, range, cond) => {
                self.range(range);
                self.cond(cond);
                self.value(what);
            }
            Value::Shift(inner, ..) | Value::Part(_, inner) | Value::MonthEdge(_, inner) => {
                self.value(inner);
            }
            Value::Add(left, _, right)
            | Value::Product(left, right)
            | Value::Quotient(left, right, _)
            | Value::Days(left, right)
            | Value::Months(left, right)
            | Value::Weeks(left, right)
            | Value::Sundays(left, right) => {
                self.value(left);
                self.value(right);
            }
            Value::Extreme(_, values) => self.values(values),
        }
    }
}

fn unwrite(path: &mut Path) {
    path.written.clear();
}

/// Whether two tables hold the same rows. One that a user supplies is known by its name.
fn holds_same(one: &Table, other: &Table) -> bool {
    let is_own = |table: &Table| table.has_own && table.supplied_as.is_none();
    let is_one_name = (&one.name, &one.supplied_as) == (&other.name, &other.supplied_as);
    let content = |table: &Table| (table.columns.clone(), table.kinds.clone(), table.valid.clone());
    ((is_own(one) && is_own(other)) || is_one_name)
        && content(one) == content(other)
        && one.rows == other.rows
}
