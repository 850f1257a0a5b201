//! What a rule means, whatever its words: its core without the words and places of its text, and
//! with what it looks up in place of the name of that.

use std::collections::BTreeMap;

use regelwerk_model::core::map::{self, Map};
use regelwerk_model::core::meaning as core_meaning;
use regelwerk_model::core::{Cond, Over, Range, RowSource, Rows, Step, Value};
use regelwerk_model::dossier::{Dossier, View};
use regelwerk_model::{Course, FacetKind, Form, Rule, RuleKind, Standard, Table, TermPart, Within};

use super::side::{Side, Spot};

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
pub(super) fn meaning(
    standard: &Standard,
    side: Side<'_>,
    rule: &Rule,
    spots: &[Spot<'_>],
) -> Option<Meaning> {
    let mut looks = Looks::new(&standard.dossier, false);
    let means = match &rule.kind {
        RuleKind::Judged(_) => Means::Judged(looks.judged(rule, spots)),
        RuleKind::Facet(..) => Means::Facets(facets(&rule.code, spots)),
        RuleKind::Form(forms, _) => Means::Forms(forms.clone()),
        RuleKind::Order => Means::Order,
        RuleKind::Term(parts) => {
            Means::Term(side.parts(parts).map(|part| looks.part(part)).collect())
        }
        RuleKind::Follows(codes) => {
            let mut codes = codes.clone();
            codes.sort();
            Means::Follows(codes)
        }
        RuleKind::NotByMachine(_) | RuleKind::NotYet => return None,
    };
    Some(Meaning { is_remark: rule.is_remark, means, looked_up: looks.looked_up })
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

/// Puts what is looked up in place of its name.
struct Looks<'a> {
    dossier: &'a Dossier,
    /// What stands is of a view itself: those that it asks for stay what they are.
    is_of_view: bool,
    looked_up: BTreeMap<String, Looked>,
}

impl Map for Looks<'_> {
    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Listed(value, listed) => {
                let values = self.dossier.listed(&listed).to_vec();
                self.looked_up.insert(listed.written, Looked::Values(values.clone()));
                // A list is the codes that are in it.
                Cond::OneOf(value, values)
            }
            other => other,
        }
    }

    fn range(&mut self, range: Range, _: u8) -> Range {
        match range.over {
            Over::Rows(rows) => {
                let source = self.source(rows.source);
                self.looked_up.insert(rows.written.clone(), Looked::Rows(source));
                Range { over: Over::Rows(Rows { source, ..rows }), ..range }
            }
            over => Range { over, ..range },
        }
    }
}

impl<'a> Looks<'a> {
    fn new(dossier: &'a Dossier, is_of_view: bool) -> Self {
        Self { dossier, is_of_view, looked_up: BTreeMap::new() }
    }

    fn judged(&mut self, rule: &Rule, spots: &[Spot<'_>]) -> Vec<Place> {
        let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
        let mut places = Vec::new();
        for spot in spots {
            let Some(used) = spot.used else { continue };
            let Some(wording) = wordings.get(used.wording) else { continue };
            let body = core_meaning::steps(&map::steps(&wording.body, 0, self));
            places.push(Place { at: spotted(spot), body, params: used.params.clone() });
        }
        places.sort_by(|one, other| one.at.cmp(&other.at));
        places
    }

    fn part(&mut self, part: &TermPart) -> Part {
        Part {
            label: part.label.clone(),
            courses: part.courses.iter().map(|course| course.map(self).meaning()).collect(),
            counts_void: part.counts_void,
            within: part.within.clone(),
        }
    }

    /// The first of the sources that hold the same rows.
    fn source(&self, source: RowSource) -> RowSource {
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
        let cond = map::cond(&view.cond, 0, &mut Looks::new(self.dossier, true)).meaning();
        (view.source, view.by_part, view.key.clone(), view.order.clone(), cond)
    }
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
