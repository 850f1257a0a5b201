//! Puts a standard together: data that is kept, and code that is made ready.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::core::{Cond, RowSource};
use regelwerk_compiler::model::dossier::View;
use regelwerk_compiler::model::plan::Plan;
use regelwerk_compiler::model::process::{self, Process};
use regelwerk_compiler::model::{self, RuleKind};
use regelwerk_kernel::standard::{
    Calendar, Check, Code, CourseOf, Next, Protocol, RowTest, Standard, Test as Question,
};
use regelwerk_kernel::{Judge, Row, Rows, Scope};

use crate::code::{self, Course, Env, Lower, Step, Test};
use crate::data::calendar;
use crate::keep;
use crate::names::Names;
use crate::unit::{Unit, Watch};

/// Who listens to what is judged, if anyone does.
pub(crate) type Listener = Option<Arc<dyn Watch>>;

/// A standard that is put together.
pub(crate) struct Maker<'m> {
    pub(crate) standard: &'m model::Standard,
    pub(crate) sources: &'m Sources,
    pub(crate) plan: Plan<'m>,
    pub(crate) names: Names,
    pub(crate) calendars: Vec<&'static Calendar>,
    watch: Listener,
    differing: Differing,
    /// What the wordings at each element run, so that it can be replaced.
    slots: RefCell<BTreeMap<Unit, Slot>>,
}

/// What a unit runs.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Steps(&'static Held<Vec<Step>>),
    Test(&'static Held<Test>),
    Course(&'static Held<Course>),
    Next(&'static Held<Steps>),
}

/// From which state an event leads to which, by number.
pub(crate) type Steps = Vec<(u8, u8, u8)>;

/// What runs, and may be replaced by something else for a while.
pub(crate) struct Held<T> {
    now: RwLock<Arc<T>>,
    /// What runs beside it without counting, each with its number.
    beside: RwLock<Vec<(usize, T)>>,
}

/// The numbers of what came to something else than what it ran beside.
pub(crate) type Differing = Arc<Mutex<BTreeSet<usize>>>;

impl<T> Held<T> {
    fn new(value: T) -> Self {
        Self { now: RwLock::new(Arc::new(value)), beside: RwLock::default() }
    }

    /// Lets these run beside it; nothing else does any more.
    pub(crate) fn set_beside(&self, values: Vec<(usize, T)>) {
        *self.beside.write().unwrap_or_else(PoisonError::into_inner) = values;
    }

    /// Notes which of what runs beside it comes to something else.
    fn compare<R: PartialEq>(&self, differing: &Differing, run: impl Fn(&T) -> R) {
        let beside = self.beside.read().unwrap_or_else(PoisonError::into_inner);
        if beside.is_empty() {
            return;
        }
        let own = run(&self.get());
        let others = beside.iter().filter(|(_, other)| run(other) != own);
        // What is run may compare something itself: only then is it noted.
        let others: Vec<_> = others.map(|(number, _)| *number).collect();
        differing.lock().unwrap_or_else(PoisonError::into_inner).extend(others);
    }

    /// Runs something while another value stands here.
    pub(crate) fn with<R>(&self, value: T, run: impl FnOnce() -> R) -> R {
        let own = self.get();
        self.set(Arc::new(value));
        let done = run();
        self.set(own);
        done
    }

    pub(crate) fn get(&self) -> Arc<T> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, value: Arc<T>) {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = value;
    }
}

impl<'m> Maker<'m> {
    pub(crate) fn new(
        standard: &'m model::Standard,
        sources: &'m Sources,
        plan: Plan<'m>,
        watch: Listener,
    ) -> Self {
        let calendars = standard.dossier.calendars.iter();
        let calendars = calendars.map(|one| keep::one(calendar(one, sources))).collect();
        let names = Names::of(standard);
        let slots = RefCell::default();
        let differing = Differing::default();
        Self { standard, sources, plan, names, calendars, watch, differing, slots }
    }

    /// The standard, with the hash of its sources.
    pub(crate) fn make(&self, hash: &str) -> &'static Standard {
        let model::Standard { name, title, source, releases, protocols, .. } = self.standard;
        let releases = releases.iter().enumerate().map(|(at, one)| self.release(at, one));
        let protocols = (0_u16..).zip(protocols).map(|(at, one)| self.protocol(at, one));
        let protocols: Vec<Protocol> = protocols.collect();
        keep::one(Standard {
            name: keep::text(name),
            title: keep::text(title),
            source: keep::text(source),
            releases: keep::list(releases),
            rules: self.rules(None),
            names: self.names.all(),
            rules_sha256: keep::text(hash),
            forms: self.forms(),
            protocols: keep::list(protocols),
            dossier: keep::one(self.dossier()),
        })
    }

    /// Which of what runs beside something came to something else since this was last asked.
    pub(crate) fn take_differing(&self) -> BTreeSet<usize> {
        std::mem::take(&mut self.differing.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets nothing run beside anything.
    pub(crate) fn clear_beside(&self) {
        for slot in self.slots.borrow().values() {
            match slot {
                Slot::Steps(held) => held.set_beside(Vec::new()),
                Slot::Test(held) => held.set_beside(Vec::new()),
                Slot::Course(held) => held.set_beside(Vec::new()),
                Slot::Next(held) => held.set_beside(Vec::new()),
            }
        }
    }

    /// What a unit runs.
    pub(crate) fn slot(&self, unit: Unit) -> Option<Slot> {
        self.slots.borrow().get(&unit).copied()
    }

    pub(crate) fn lower(&self) -> Lower<'_> {
        Lower::new(&self.plan, &self.names)
    }

    fn hears(&self, unit: Unit) -> impl Fn() -> Option<Heard> + Sync + Send + 'static {
        let watch = self.watch.clone();
        move || watch.clone().map(|watch| Heard { watch, unit })
    }

    /// What judges a wording.
    pub(crate) fn wording(
        &self,
        protocol: Option<u16>,
        rule: u16,
        wording: usize,
    ) -> Option<Check> {
        let unit = Unit::Wording { protocol, rule, wording };
        let held = match self.slots.borrow().get(&unit) {
            Some(Slot::Steps(held)) => Some(*held),
            _ => None,
        };
        let held = match held {
            Some(held) => held,
            None => {
                let (_, rules) = self.standard.rule_lists().find(|(at, _)| *at == protocol)?;
                let rule = rules.get(usize::from(rule))?;
                let RuleKind::Judged(wordings) = &rule.kind else { return None };
                let body = &wordings.get(wording)?.body;
                let steps = self.lower().of_rule(&rule.code, &rule.title).steps(body);
                let held = keep::one(Held::new(steps));
                self.slots.borrow_mut().insert(unit, Slot::Steps(held));
                held
            }
        };
        let (hears, differing) = (self.hears(unit), Arc::clone(&self.differing));
        Some(Code(keep::one(move |judge: &mut Judge<'_, '_>| {
            held.compare(&differing, |steps| {
                let (found, missing) = judge.aside(|judge| code::judge(steps, judge, None));
                (found.into_iter().map(|one| one.path).collect::<Vec<_>>(), missing)
            });
            let heard = hears();
            code::judge(&held.get(), judge, heard.as_ref().map(Heard::by));
        })))
    }

    /// What answers a question about an element.
    pub(crate) fn question(&self, cond: &Cond) -> Question {
        let test = self.lower().test(cond);
        Code(keep::one(move |scope: Scope<'_>| test.holds(&Env::of_scope(scope))))
    }

    /// What a protocol asks about an element, by itself.
    pub(crate) fn asked(&self, unit: Unit, cond: &Cond) -> Asked {
        let held = keep::one(Held::new(self.lower().test(cond)));
        self.slots.borrow_mut().insert(unit, Slot::Test(held));
        Asked { held, differing: Arc::clone(&self.differing) }
    }

    /// Whether the latest row of a view counts.
    pub(crate) fn view(&self, at: usize, view: &View) -> RowTest {
        let unit = Unit::View(at);
        self.row_test(unit, RowSource::Earlier(view.source), &view.cond)
    }

    /// Whether an event of a process happens with a row.
    pub(crate) fn trigger(
        &self,
        (process, trigger): (usize, usize),
        one: &process::Trigger,
    ) -> RowTest {
        self.row_test(Unit::Trigger { process, trigger }, one.rows, &one.cond)
    }

    fn row_test(&self, unit: Unit, source: RowSource, cond: &Cond) -> RowTest {
        let test = self.lower().of_row(source).watched(cond);
        let held = keep::one(Held::new(test));
        self.slots.borrow_mut().insert(unit, Slot::Test(held));
        let (hears, differing) = (self.hears(unit), Arc::clone(&self.differing));
        Code(keep::one(move |rows: Rows<'_>, row: Row<'_>| {
            held.compare(&differing, |test| rows.aside(|| test.holds(&Env::of_rows(rows, &[row]))));
            let heard = hears();
            let watch = heard.as_ref().map(Heard::by);
            if let Some((watch, unit)) = watch {
                watch.begins(unit, None);
            }
            held.get().holds(&Env::of_rows(rows, &[row]).watched(watch))
        }))
    }

    /// The course of a term.
    pub(crate) fn course(
        &self,
        (protocol, rule, course): (Option<u16>, u16, usize),
        one: &model::Course,
    ) -> CourseOf {
        let unit = Unit::Course { protocol, rule, course };
        let held = keep::one(Held::new(Course::of(one, self.lower())));
        self.slots.borrow_mut().insert(unit, Slot::Course(held));
        let (hears, differing) = (self.hears(unit), Arc::clone(&self.differing));
        Code(keep::one(move |rows: Rows<'_>, row: Row<'_>| {
            held.compare(&differing, |course| rows.aside(|| course.run(rows, row, None)));
            let heard = hears();
            held.get().run(rows, row, heard.as_ref().map(Heard::by))
        }))
    }

    /// The transitions of a process.
    pub(crate) fn next(&self, at: usize, process: &Process) -> Next {
        let held = keep::one(Held::new(transitions(process)));
        self.slots.borrow_mut().insert(Unit::Next(at), Slot::Next(held));
        let (hears, differing) = (self.hears(Unit::Next(at)), Arc::clone(&self.differing));
        Code(keep::one(move |state: u8, event: u8| {
            held.compare(&differing, |steps| step(steps, state, event));
            if let Some(heard) = hears() {
                heard.watch.step(at, state, event);
            }
            step(&held.get(), state, event)
        }))
    }
}

fn step(steps: &Steps, state: u8, event: u8) -> Option<u8> {
    let step = steps.iter().find(|(from, on, _)| (*from, *on) == (state, event));
    step.map(|(_, _, to)| *to)
}

/// Something that is asked about an element, and can be replaced.
#[derive(Clone)]
pub(crate) struct Asked {
    held: &'static Held<Test>,
    differing: Differing,
}

impl Asked {
    fn holds(&self, scope: Scope<'_>) -> bool {
        self.held
            .compare(&self.differing, |test| scope.aside(|| test.holds(&Env::of_scope(scope))));
        self.held.get().holds(&Env::of_scope(scope))
    }

    /// Whether one of these is so.
    pub(crate) fn any(all: Vec<Self>) -> Question {
        Code(keep::one(move |scope: Scope<'_>| all.iter().any(|one| one.holds(scope))))
    }
}

/// A unit, with who listens to it.
struct Heard {
    watch: Arc<dyn Watch>,
    unit: Unit,
}

impl Heard {
    fn by(&self) -> (&dyn Watch, Unit) {
        (self.watch.as_ref(), self.unit)
    }
}

/// From which state an event leads to which, by number.
pub(crate) fn transitions(process: &Process) -> Steps {
    let small = |at: usize| u8::try_from(at).unwrap_or(u8::MAX);
    let all = process.transitions.iter();
    all.map(|one| (small(one.from), small(one.event), small(one.to))).collect()
}
