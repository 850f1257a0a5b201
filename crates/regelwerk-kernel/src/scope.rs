//! What generated rules call: [`Judge`] takes requirements, [`Scope`] answers questions.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::desk::{Desk, Witness};
use crate::document::ElementId;
use crate::dossier::DossierReason;
use crate::finding::{Citation, Finding, Findings, Found, Place, RuleAt, Severity, shown};
use crate::join::Join;
use crate::markup::is_blank;
use crate::standard::{Name, Origin, Outcome, Path, Rule, Seen};
use crate::unique::Field;
use crate::value::{Date, Time, parse_date, parse_integer, parse_time, trim};
use crate::walk::{Names, Run};

pub use crate::functions::*;

/// Judges one use at one element and gathers what is found.
#[derive(Debug)]
pub struct Judge<'a, 'm> {
    run: &'a Run<'m>,
    rule: &'static Rule,
    this: ElementId,
    findings: &'a mut Findings,
    /// How many witnesses belong to everything under the conditions that hold here.
    settled: usize,
}

impl<'a, 'm> Judge<'a, 'm> {
    pub(crate) fn new(
        run: &'a Run<'m>,
        rule: &'static Rule,
        this: ElementId,
        findings: &'a mut Findings,
    ) -> Self {
        Self { run, rule, this, findings, settled: 0 }
    }

    /// The questions that can be asked at this element. The scope outlives the borrow of the
    /// judge, so one can serve several requirements.
    #[must_use]
    pub fn scope(&self) -> Scope<'a> {
        Scope::new(self.run, self.this)
    }

    /// The path of the element that is judged, with ordinals: `/Bericht/Client/Product[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        self.run.message.document().path(self.this)
    }

    /// What something else would find at the same element, and what it would have no answer to.
    /// Nothing of it counts. For tools that compare what rules say.
    pub fn aside(
        &self,
        judge: impl FnOnce(&mut Judge<'_, 'm>),
    ) -> (Vec<Finding>, BTreeSet<DossierReason>) {
        let mut findings = Findings::default();
        let ((), missing) = self.run.desk.aside(|| {
            let (run, rule, this) = (self.run, self.rule, self.this);
            judge(&mut Judge { run, rule, this, findings: &mut findings, settled: 0 });
        });
        (findings.list, missing)
    }

    /// Takes in a requirement: if it does not hold, that is a finding. What decided quantifiers
    /// in the requirement and in the conditions above it is related to it.
    pub fn check(&mut self, holds: bool, outcome: &'static Outcome) {
        self.check_against(holds, outcome, || None::<i64>);
    }

    /// As [`Self::check`], of a requirement with a value that is worked out from the message: a
    /// finding tells what it comes to.
    pub fn check_against<T: ToString>(
        &mut self,
        holds: bool,
        outcome: &'static Outcome,
        value: impl FnOnce() -> Option<T>,
    ) {
        self.findings.has_asked = true;
        if !holds {
            let (run, rule, this) = (self.run, self.rule, self.this);
            self.findings.add(|| {
                let finding = finding(run, rule, this, outcome);
                let value = value().map(|value| shown(&value.to_string()));
                match (outcome.found, value) {
                    (Seen::WorkedOut, Some(value)) => {
                        Finding { found: Found::Value(value), ..finding }
                    }
                    (_, comes_to) => Finding { comes_to, ..finding },
                }
            });
        }
        self.run.witnesses().borrow_mut().truncate(self.settled);
    }

    /// What [`Self::leave`] goes back to after a condition; asked before the condition is.
    #[must_use]
    pub fn base(&self) -> usize {
        self.settled
    }

    /// Enters what is under a condition: what was witnessed so far belongs to all of it.
    pub fn settle(&mut self) {
        self.settled = self.run.witnesses().borrow().len();
    }

    /// Leaves what is under a condition: what was witnessed since belongs to nothing else.
    pub fn leave(&mut self, base: usize) {
        self.run.witnesses().borrow_mut().truncate(base);
        self.settled = base;
    }
}

/// A finding names at most so many related elements: a sum can be over every element there is.
const MAX_RELATED: usize = 100;

/// That a requirement does not hold at an element.
fn finding(
    run: &Run<'_>,
    rule: &'static Rule,
    this: ElementId,
    outcome: &'static Outcome,
) -> Finding {
    let scope = Scope::new(run, this);
    let place = scope.locate(&outcome.target);
    let looked_at = outcome.related.iter().map(|path| scope.locate(path).path);
    let witnesses = run.witnesses().borrow();
    let witnesses = witnesses.iter().filter_map(|&witness| run.name_witness(witness));
    let mut related: Vec<String> = Vec::new();
    for path in looked_at.chain(witnesses).chain(place.within) {
        if related.len() == MAX_RELATED {
            break;
        }
        if path != place.path && !related.contains(&path) {
            related.push(path);
        }
    }
    let cited = rule.sources.first().copied();
    Finding {
        rule: rule.code,
        protocol: None,
        severity: if rule.is_remark { Severity::Remark } else { Severity::Error },
        level: rule.level,
        retourcode: rule.retourcode,
        path: place.path,
        related,
        line: place.line,
        column: place.column,
        offset: place.offset,
        length: place.length,
        found: scope.found(outcome),
        expected: run.phrase(outcome.expected),
        comes_to: None,
        because: outcome.because.map(|because| run.phrase(because)),
        source: Citation::Fixed(cited.unwrap_or(run.message.release().source)),
        rule_at: Some(RuleAt::of(rule)),
    }
}

/// Questions about a message, asked from one element.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'s> {
    run: &'s Run<'s>,
    this: ElementId,
    item: ElementId,
}

impl<'s> Scope<'s> {
    /// Questions about this element.
    pub(crate) fn new(run: &'s Run<'s>, this: ElementId) -> Self {
        Self { run, this, item: this }
    }

    /// What comes of asking something, and what it has no answer to. Nothing else of it counts. For
    /// tools that compare what rules say.
    pub fn aside<T>(&self, ask: impl FnOnce() -> T) -> (T, BTreeSet<DossierReason>) {
        self.run.desk.aside(ask)
    }

    /// Whether there is a value: text at an element with a value, any such text within a group.
    #[must_use]
    pub fn filled(&self, path: &Path) -> bool {
        self.resolve(path).is_some_and(|id| self.is_filled(id))
    }

    /// The text of an element without the white space round it; none if absent or blank.
    #[must_use]
    pub fn text(&self, path: &Path) -> Option<&'s str> {
        let id = self.resolve(path)?;
        Some(trim(self.run.message.document().text(id))).filter(|text| !text.is_empty())
    }

    /// The whole number at an element, or the nearest that fits; none if there is no number.
    #[must_use]
    pub fn number(&self, path: &Path) -> Option<i64> {
        let number = parse_integer(self.text(path)?)?;
        Some(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
    }

    /// The date at an element, whatever its time zone; none if there is no date.
    #[must_use]
    pub fn date(&self, path: &Path) -> Option<Date> {
        parse_date(self.text(path)?)
    }

    /// The time at an element, whatever its time zone; none if there is no time.
    #[must_use]
    pub fn time(&self, path: &Path) -> Option<Time> {
        parse_time(self.text(path)?)
    }

    /// Whether it holds for any element at the end of the path, every child so called followed.
    pub fn exists(&self, list: &Path, holds: impl Fn(Scope<'s>) -> bool) -> bool {
        self.first(self.elements(list), holds)
    }

    /// As [`Self::exists`], among the elements whose text at `key` is this one. They are looked up,
    /// so that asking it of every element of a large message costs no more than reading it.
    pub fn exists_equal(
        &self,
        list: &Path,
        key: &Path,
        wanted: Option<&str>,
        holds: impl Fn(Scope<'s>) -> bool,
    ) -> bool {
        let found = self.equal(list, key, wanted);
        self.first(found.iter().copied().take_while(|_| self.run.charge(1)), holds)
    }

    /// Whether it holds for any other element at the same place in the schema, within the nearest
    /// ancestor of this one that is called `within`. False where there is no such ancestor.
    pub fn exists_other(&self, within: Name, holds: impl Fn(Scope<'s>) -> bool) -> bool {
        let message = self.run.message;
        let place = message.node(self.this).zip(message.ancestor(self.this, within));
        let Some((node, within)) = place else { return false };
        let others = message.elements_within(node, within).iter().copied();
        let charged = others.take_while(|_| self.run.charge(1));
        self.first(charged.filter(|&id| id != self.this), holds)
    }

    /// Whether it holds for every element at the end of the path; true where there is none.
    pub fn every(&self, list: &Path, holds: impl Fn(Scope<'s>) -> bool) -> bool {
        !self.first(self.elements(list), |scope| !holds(scope))
    }

    /// For how many elements at the end of the path it holds.
    pub fn count(&self, list: &Path, holds: impl Fn(Scope<'s>) -> bool) -> i64 {
        self.sum(list, holds, |_| Some(1))
    }

    /// The sum of the terms that there are, over the elements for which it holds; saturating. Those
    /// elements are witnesses.
    pub fn sum(
        &self,
        list: &Path,
        holds: impl Fn(Scope<'s>) -> bool,
        term: impl Fn(Scope<'s>) -> Option<i64>,
    ) -> i64 {
        self.sum_over(self.elements(list), holds, term)
    }

    /// As [`Self::sum`], over the elements whose text at `key` is this one, looked up as
    /// [`Self::exists_equal`] does.
    pub fn sum_equal(
        &self,
        list: &Path,
        key: &Path,
        wanted: Option<&str>,
        holds: impl Fn(Scope<'s>) -> bool,
        term: impl Fn(Scope<'s>) -> Option<i64>,
    ) -> i64 {
        let found = self.equal(list, key, wanted);
        let charged = found.iter().copied().take_while(|_| self.run.charge(1));
        self.sum_over(charged, holds, term)
    }

    fn sum_over(
        &self,
        items: impl Iterator<Item = ElementId>,
        holds: impl Fn(Scope<'s>) -> bool,
        term: impl Fn(Scope<'s>) -> Option<i64>,
    ) -> i64 {
        let witnesses = self.run.witnesses();
        let mark = witnesses.borrow().len();
        let (mut sum, mut summed) = (0_i64, Vec::new());
        for item in items {
            let scope = self.at(item);
            if !holds(scope) {
                continue;
            }
            if let Some(term) = term(scope) {
                sum = sum.saturating_add(term);
                summed.push(Witness::Element(item));
            }
        }
        witnesses.borrow_mut().truncate(mark);
        witnesses.borrow_mut().extend(summed);
        sum
    }

    /// The elements at the end of a path whose text at `key` is this one.
    fn equal(&self, list: &Path, key: &Path, wanted: Option<&str>) -> Rc<[ElementId]> {
        let names = self.run.names(list).zip(self.run.names(key)).zip(wanted);
        let Some(((names, key), wanted)) = names else { return Rc::default() };
        self.run.joined(Join { from: self.start(list), list: names, key }, wanted)
    }

    /// Whether no earlier element at the same place in the schema, within the same nearest
    /// ancestor called `within`, has the same values at these paths. The element is that of the
    /// innermost quantifier; paths start at the elements compared, or at the root. Whole numbers
    /// are compared by value, an absent element is empty, and nothing is the same as all empty.
    #[must_use]
    pub fn unique(&self, fields: &[Path], within: Name) -> bool {
        let field = |path: &Path| Some(Field::new(path.origin, self.run.names(path)?));
        self.is_unique(fields.iter().filter_map(field).collect(), within)
    }

    /// As [`Self::unique`], for all the paths that a parameter stands for.
    #[must_use]
    pub fn unique_param(&self, param: u8, within: Name) -> bool {
        let paths = self.run.param(param).iter();
        let names = paths.map(|path| Names { param: path, steps: &[] });
        self.is_unique(names.map(|names| Field::new(Origin::Item, names)).collect(), within)
    }

    /// As [`Self::unique`], for the key of the element, within the nearest ancestor that has a key
    /// too, else within the message. An element without a key is unique.
    #[must_use]
    pub fn unique_key(&self) -> bool {
        let message = self.run.message;
        let names = message.key(self.item).iter().map(|path| Names { param: path, steps: &[] });
        let fields = names.map(|names| Field::new(Origin::Item, names)).collect();
        self.differs(fields, message.keyed_ancestor(self.item))
    }

    fn is_unique(&self, fields: Vec<Field>, within: Name) -> bool {
        let within = self.run.message.ancestor(self.item, within);
        within.is_none_or(|within| self.differs(fields, within))
    }

    /// Whether no earlier element has the same values; the witnesses are that element and those
    /// of the values that are present.
    fn differs(&self, fields: Vec<Field>, within: ElementId) -> bool {
        let twin = self.run.earlier_twin(self.item, within, fields);
        let differs = twin.is_empty();
        self.run.witnesses().borrow_mut().extend(twin.into_iter().map(Witness::Element));
        differs
    }

    /// Whether it holds for any of these; the first is a witness. What only decided about those
    /// for which it does not hold is none.
    fn first(
        &self,
        mut items: impl Iterator<Item = ElementId>,
        holds: impl Fn(Scope<'s>) -> bool,
    ) -> bool {
        let witnesses = self.run.witnesses();
        let mark = witnesses.borrow().len();
        let found = items.find(|&item| {
            let decided = holds(self.at(item));
            if !decided {
                witnesses.borrow_mut().truncate(mark);
            }
            decided
        });
        witnesses.borrow_mut().extend(found.map(Witness::Element));
        found.is_some()
    }

    /// Where rows are asked about, and the client of the element judged.
    pub(crate) fn asks(self) -> (&'s Desk<'s>, Option<&'s str>) {
        let desk = &self.run.desk;
        let part = desk.standpoint.ledger.and_then(|_| self.run.message.part_of(self.this));
        (desk, part)
    }

    fn at(self, item: ElementId) -> Self {
        Self { item, ..self }
    }

    fn start(&self, path: &Path) -> ElementId {
        match path.origin {
            Origin::This => self.this,
            Origin::Item => self.item,
            Origin::Root => ElementId::ROOT,
        }
    }

    fn resolve(&self, path: &Path) -> Option<ElementId> {
        self.run.resolve(self.start(path), self.run.names(path)?)
    }

    fn elements(&self, list: &Path) -> impl Iterator<Item = ElementId> {
        let names = self.run.names(list);
        names.into_iter().flat_map(|names| self.run.reach(self.start(list), names))
    }

    fn is_filled(&self, id: ElementId) -> bool {
        let document = self.run.message.document();
        let subtree = (id.0..document.end(id).0).map(ElementId);
        let mut charged = subtree.take_while(|_| self.run.charge(1));
        charged.any(|id| !document.is_group(id) && !is_blank(document.text(id)))
    }

    fn found(&self, outcome: &Outcome) -> Found {
        let document = self.run.message.document();
        match (outcome.found, self.resolve(&outcome.target)) {
            (Seen::Words(words), _) => Found::Phrase(words.into()),
            (_, None) => Found::EMPTY,
            (_, Some(id)) if !document.is_group(id) => Found::value(trim(document.text(id))),
            (_, Some(id)) if !self.is_filled(id) => Found::EMPTY,
            (Seen::Group(words), Some(_)) => Found::Phrase(words.into()),
            (Seen::Value | Seen::WorkedOut, Some(_)) => Found::FILLED,
        }
    }

    /// The place at the end of a path, or what is nearest to it.
    fn locate(&self, path: &Path) -> Place {
        let (document, subject) = (self.run.message.document(), self.run.message.subject());
        let mut nearest = self.start(path);
        let mut names = self.run.names(path).into_iter().flat_map(Names::iter).peekable();
        while let Some(child) = names.peek().and_then(|&name| self.run.child(nearest, name)) {
            nearest = child;
            names.next();
        }
        match names.peek() {
            None => Place::of(document, nearest),
            Some(_) => Place::absent(document, nearest, names.map(|name| subject.name(name))),
        }
    }
}

#[cfg(test)]
mod tests;
