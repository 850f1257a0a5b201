//! A standard of which one part at a time can be something else.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::core::{Cond, RowSource, Step};
use regelwerk_compiler::model::plan::Plan;
use regelwerk_compiler::model::process::Process;
use regelwerk_compiler::model::{self, Course, NodeId, Recognition, Use};
use regelwerk_kernel::standard::{self as kernel, DossierDef, Node, Standard, TermDef, Within};

use crate::code::{self, Lower};
use crate::data::calendar;
use crate::keep;
use crate::maker::{Maker, Slot, Steps, transitions};
use crate::unit::Unit;

/// A standard in memory of which parts can be changed for a while. What a change needs beside what
/// it replaces is kept, some hundreds of bytes to some tens of kilobytes.
pub struct Bench<'m> {
    maker: Maker<'m>,
    standard: &'static Standard,
}

/// Something in the place of a part of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another body of a wording.
    Wording {
        /// The protocol of the rule, by number.
        protocol: Option<u16>,
        /// The rule, by number.
        rule: u16,
        /// The wording, by number.
        wording: usize,
        /// The body.
        body: Vec<Step>,
    },
    /// Another course of a term.
    Course {
        /// The protocol of the term, by number.
        protocol: Option<u16>,
        /// The term as a rule, by number.
        rule: u16,
        /// The course, by number over all parts.
        number: usize,
        /// The course.
        course: Course,
    },
    /// Another length of a part of a term.
    Within {
        /// The protocol of the term, by number.
        protocol: Option<u16>,
        /// The term as a rule, by number.
        rule: u16,
        /// The name of the part.
        label: String,
        /// The length.
        within: model::Within,
    },
    /// Another condition of a view.
    View {
        /// The view, by number.
        view: usize,
        /// The condition.
        cond: Cond,
    },
    /// Another condition of an event.
    Trigger {
        /// The process, by number.
        process: usize,
        /// The trigger, by number over all events.
        trigger: usize,
        /// The rows.
        rows: RowSource,
        /// The condition.
        cond: Cond,
    },
    /// Other transitions.
    Process {
        /// The process, by number.
        number: usize,
        /// The process.
        process: Process,
    },
    /// Another condition by which a protocol recognises a message.
    Recognition {
        /// The protocol, by number.
        protocol: usize,
        /// Which of its recognitions, by number.
        at: usize,
        /// What one of the elements must be.
        cond: Cond,
    },
    /// Another condition of where the rules of a protocol apply.
    Application {
        /// The protocol, by number.
        protocol: usize,
        /// Which of its applications, by number.
        at: usize,
        /// What the element must be.
        cond: Cond,
    },
    /// A calendar with other days.
    Calendar(model::Calendar),
    /// Other uses of a rule of the standard at elements of messages of one release.
    Uses {
        /// The release, by number.
        release: usize,
        /// The rule.
        rule: String,
        /// The message, the element, and the wordings there.
        at: Vec<(usize, NodeId, Vec<Use>)>,
    },
    /// These at once, each of another part, and none of data.
    Together(Vec<Self>),
}

impl Change {
    /// The changes of one part each that it comes to.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Together(parts) => parts,
            one => std::slice::from_ref(one),
        }
    }
}

impl<'m> Bench<'m> {
    /// A standard for these changes: rows that they look for are found as well.
    #[must_use]
    pub fn new<'c>(
        standard: &'m model::Standard,
        sources: &'m Sources,
        changes: impl IntoIterator<Item = &'c Change>,
    ) -> Self {
        let mut plan = Plan::new(standard);
        for change in changes.into_iter().flat_map(Change::parts) {
            match change {
                Change::Wording { body, .. } => plan.steps(body),
                Change::Course { course, .. } => plan.course(course),
                Change::View { cond, .. } | Change::Trigger { cond, .. } => plan.row_cond(cond),
                Change::Recognition { cond, .. } | Change::Application { cond, .. } => {
                    plan.cond(cond);
                }
                Change::Within { .. }
                | Change::Process { .. }
                | Change::Calendar(_)
                | Change::Uses { .. }
                | Change::Together(_) => {}
            }
        }
        let maker = Maker::new(standard, sources, plan, None);
        let made = maker.make("");
        Self { maker, standard: made }
    }

    /// The standard as it is.
    #[must_use]
    pub fn standard(&self) -> &'static Standard {
        self.standard
    }

    /// Runs something by the standard with a change in it.
    pub fn with<R>(&self, change: &Change, run: impl FnOnce(&'static Standard) -> R) -> Option<R> {
        let (mut run, mut done) = (Some(run), None);
        self.run(change, &mut |by| done = run.take().map(|run| run(by)))?;
        done
    }

    /// Runs something by the standard with these changes in it.
    fn run_all(&self, changes: &[Change], run: &mut dyn FnMut(&'static Standard)) -> Option<()> {
        let Some((first, rest)) = changes.split_first() else {
            run(self.standard);
            return Some(());
        };
        let mut done = None;
        self.run(first, &mut |_| done = self.run_all(rest, run))?;
        done
    }

    fn run(&self, change: &Change, run: &mut dyn FnMut(&'static Standard)) -> Option<()> {
        let same = self.standard;
        match change {
            Change::Within { .. } | Change::Calendar(_) | Change::Uses { .. } => {
                run(self.other(change)?);
                return Some(());
            }
            Change::Together(changes) => return self.run_all(changes, run),
            _ => {}
        }
        let (unit, made) = self.made(change)?;
        match (self.maker.slot(unit)?, made) {
            (Slot::Steps(held), Made::Steps(steps)) => held.with(steps, || run(same)),
            (Slot::Course(held), Made::Course(course)) => held.with(course, || run(same)),
            (Slot::Test(held), Made::Test(test)) => held.with(test, || run(same)),
            (Slot::Next(held), Made::Next(steps)) => held.with(steps, || run(same)),
            _ => return None,
        }
        Some(())
    }

    /// What a unit runs by a change of it; none of a change of data.
    fn made(&self, change: &Change) -> Option<(Unit, Made)> {
        Some(match change {
            Change::Wording { protocol, rule, wording, body } => {
                let (protocol, rule, wording) = (*protocol, *rule, *wording);
                let told = self.rule(protocol, rule)?;
                let steps = self.lower().of_rule(&told.code, &told.title).steps(body);
                (Unit::Wording { protocol, rule, wording }, Made::Steps(steps))
            }
            Change::Course { protocol, rule, number, course } => {
                let unit = Unit::Course { protocol: *protocol, rule: *rule, course: *number };
                (unit, Made::Course(code::Course::of(course, self.lower())))
            }
            Change::View { view, cond } => {
                let source = self.maker.standard.dossier.views.get(*view)?.source;
                let test = self.lower().of_row(RowSource::Earlier(source)).watched(cond);
                (Unit::View(*view), Made::Test(test))
            }
            Change::Trigger { process, trigger, rows, cond } => {
                let unit = Unit::Trigger { process: *process, trigger: *trigger };
                (unit, Made::Test(self.lower().of_row(*rows).watched(cond)))
            }
            Change::Recognition { protocol, at, cond } => {
                let own = self.maker.standard.protocols.get(*protocol)?.recognition.get(*at)?;
                let said = Recognition { cond: cond.clone(), ..own.clone() }.exists();
                let unit = Unit::Recognition { protocol: *protocol, at: *at };
                (unit, Made::Test(self.lower().test(&said)))
            }
            Change::Application { protocol, at, cond } => {
                let unit = Unit::Application { protocol: *protocol, at: *at };
                (unit, Made::Test(self.lower().test(cond)))
            }
            Change::Process { number, process } => {
                (Unit::Next(*number), Made::Next(transitions(process)))
            }
            Change::Within { .. }
            | Change::Calendar(_)
            | Change::Uses { .. }
            | Change::Together(_) => return None,
        })
    }

    /// Lets changes run beside what they change, without counting: [`Self::differing`] then tells by
    /// number which came to something else. Whether a change can run so: one of data cannot.
    pub fn set_beside<'c>(
        &self,
        changes: impl IntoIterator<Item = (usize, &'c Change)>,
    ) -> BTreeSet<usize> {
        self.maker.clear_beside();
        let parts = |(number, change): (usize, &'c Change)| {
            change.parts().iter().map(move |part| (number, part))
        };
        let (mut beside, mut set) = (BTreeMap::new(), BTreeSet::new());
        for (number, part) in changes.into_iter().flat_map(parts) {
            let Some((unit, made)) = self.made(part) else { continue };
            beside.entry(unit).or_insert_with(Vec::new).push((number, made));
            set.insert(number);
        }
        for (unit, all) in beside {
            self.set_beside_unit(unit, all);
        }
        set
    }

    fn set_beside_unit(&self, unit: Unit, all: Vec<(usize, Made)>) {
        match self.maker.slot(unit) {
            Some(Slot::Steps(held)) => held.set_beside(those(all, Made::steps)),
            Some(Slot::Course(held)) => held.set_beside(those(all, Made::course)),
            Some(Slot::Test(held)) => held.set_beside(those(all, Made::test)),
            Some(Slot::Next(held)) => held.set_beside(those(all, Made::next)),
            None => {}
        }
    }

    /// Lets nothing run beside anything any more.
    pub fn clear_beside(&self) {
        self.maker.clear_beside();
    }

    /// The numbers of the changes that came to something else since this was last asked.
    #[must_use]
    pub fn differing(&self) -> BTreeSet<usize> {
        self.maker.take_differing()
    }

    fn lower(&self) -> Lower<'_> {
        self.maker.lower()
    }

    fn rule(&self, protocol: Option<u16>, rule: u16) -> Option<&'m model::Rule> {
        let (_, rules) = self.maker.standard.rule_lists().find(|(at, _)| *at == protocol)?;
        rules.get(usize::from(rule))
    }

    /// A standard with other data; what is not changed it shares.
    fn other(&self, change: &Change) -> Option<&'static Standard> {
        Some(match change {
            Change::Within { protocol, rule, label, within } => {
                let within = self.maker.within(within);
                self.with_terms(|term| {
                    let is_it = (term.protocol, term.rule) == (*protocol, *rule);
                    if is_it && term.label == label { within } else { term.within }
                })
            }
            Change::Calendar(other) => {
                let made = keep::one(calendar(other, self.maker.sources));
                let standard = self.with_terms(|term| match term.within {
                    Within::WorkingDays(days, own) if own.name == other.name => {
                        Within::WorkingDays(days, made)
                    }
                    within => within,
                });
                let calendars = standard.dossier.calendars.iter();
                let calendars =
                    calendars.map(|own| if own.name == other.name { made } else { *own });
                let calendars = keep::list(calendars);
                let dossier = keep::one(DossierDef { calendars, ..*standard.dossier });
                keep::one(Standard { dossier, ..*standard })
            }
            Change::Uses { release, rule, at } => self.with_uses(*release, rule, at)?,
            _ => return None,
        })
    }

    fn with_terms(&self, within: impl Fn(&TermDef) -> Within) -> &'static Standard {
        let own = self.standard.dossier;
        let terms = own.terms.iter().map(|term| TermDef { within: within(term), ..term.clone() });
        let dossier = keep::one(DossierDef { terms: keep::list(terms), ..*own });
        keep::one(Standard { dossier, ..*self.standard })
    }

    fn with_uses(
        &self,
        release: usize,
        rule: &str,
        at: &[(usize, NodeId, Vec<Use>)],
    ) -> Option<&'static Standard> {
        let mut releases = self.standard.releases.to_vec();
        let own = releases.get_mut(release)?;
        let mut messages = own.messages.to_vec();
        for (message, node, uses) in at {
            let changed = messages.get_mut(*message)?;
            let mut nodes = changed.nodes.to_vec();
            self.set_uses(nodes.get_mut(node.0)?, rule, uses);
            changed.nodes = keep::list(nodes);
        }
        own.messages = keep::list(messages);
        Some(keep::one(Standard { releases: keep::list(releases), ..*self.standard }))
    }

    fn set_uses(&self, node: &mut Node, rule: &str, uses: &[Use]) {
        let rules = &self.maker.standard.rules;
        let is_it = |one: &&kernel::Use| {
            rules.get(usize::from(one.rule)).is_none_or(|own| own.code != rule)
        };
        let made = uses.iter().filter_map(|one| self.maker.used(one, None, rules));
        let mut all: Vec<_> = node.uses.iter().filter(is_it).copied().chain(made).collect();
        all.sort_by_key(|one| one.rule);
        node.uses = keep::list(all);
    }
}

/// What a unit runs by a change of it.
enum Made {
    Steps(Vec<code::Step>),
    Course(code::Course),
    Test(code::Test),
    Next(Steps),
}

impl Made {
    fn steps(self) -> Option<Vec<code::Step>> {
        if let Self::Steps(steps) = self { Some(steps) } else { None }
    }

    fn course(self) -> Option<code::Course> {
        if let Self::Course(course) = self { Some(course) } else { None }
    }

    fn test(self) -> Option<code::Test> {
        if let Self::Test(test) = self { Some(test) } else { None }
    }

    fn next(self) -> Option<Steps> {
        if let Self::Next(steps) = self { Some(steps) } else { None }
    }
}

/// Those of one kind, with their numbers.
fn those<T>(all: Vec<(usize, Made)>, kind: fn(Made) -> Option<T>) -> Vec<(usize, T)> {
    all.into_iter().filter_map(|(number, made)| Some((number, kind(made)?))).collect()
}
