//! What there is to try, and trying it.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use regelwerk::Standard;
use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_compiler::emit::sent;
use regelwerk_compiler::model::{self, Model, Scenario};
use regelwerk_play::{Example, Miss, Played, Tried, Wrong, context, examples, misses, play};

use crate::bare::Wish;
use crate::tone::Tone;

/// An example or a scenario, with the standard that it is tried by.
pub(super) struct Item<'m> {
    standard: &'m model::Standard,
    library: &'static Standard,
    pub(super) kind: Kind<'m>,
}

pub(super) enum Kind<'m> {
    Example(Example<'m>),
    Scenario(&'m Scenario),
}

/// What came of it.
#[derive(Debug, PartialEq)]
pub(super) enum Came {
    /// It is as it says.
    Good,
    /// There was nothing to try it with.
    NotTried,
    /// It is not as it says.
    Failed(Failed),
}

/// What came of it instead of what it says.
#[derive(Debug, PartialEq)]
pub(super) enum Failed {
    Example(Vec<Wrong>),
    Scenario(Vec<Miss>, Played),
}

impl Item<'_> {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match &self.kind {
            Kind::Example(example) => example.span,
            Kind::Scenario(scenario) => scenario.span,
        }
    }

    /// The names by which it can be asked for.
    fn names(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Example(example) => vec![example.of],
            Kind::Scenario(scenario) => {
                let about = scenario.about.iter().map(String::as_str);
                std::iter::once(&*scenario.name).chain(about).collect()
            }
        }
    }

    fn try_out(&self) -> Came {
        match &self.kind {
            Kind::Example(example) => match example.try_by(self.library) {
                Tried::Holds => Came::Good,
                Tried::NotTried => Came::NotTried,
                Tried::Fails(wrong) => Came::Failed(Failed::Example(wrong)),
            },
            Kind::Scenario(scenario) => {
                let (sent, library) = (sent(self.standard, scenario), self.library);
                let played = play(&scenario.told, &sent, library, &context(scenario, library));
                match misses(scenario, &played) {
                    none if none.is_empty() => Came::Good,
                    misses => Came::Failed(Failed::Scenario(misses, played)),
                }
            }
        }
    }
}

/// Every example and every scenario, by standard in order of place; the standards of the model and
/// those that judge are in one order.
pub(super) fn all<'m>(model: &'m Model, standards: &[&'static Standard]) -> Vec<Item<'m>> {
    let mut items = Vec::new();
    for (standard, &library) in model.standards.iter().zip(standards) {
        let examples = examples(standard).into_iter().map(Kind::Example);
        let scenarios = standard.scenarios.iter().map(Kind::Scenario);
        items.extend(examples.chain(scenarios).map(|kind| Item { standard, library, kind }));
    }
    items.sort_by_key(Item::span);
    items
}

/// Those that are asked for by a name, whatever its case; all where no name is given.
///
/// # Errors
///
/// When there is nothing of a name: what to say then.
pub(super) fn only<'m>(
    items: Vec<Item<'m>>,
    asked: &[String],
    (compilation, folder): (&Compilation, &Path),
    tone: Tone,
) -> Result<Vec<Item<'m>>, String> {
    if asked.is_empty() {
        return Ok(items);
    }
    let is_it = |one: &Item<'_>, name: &String| {
        one.names().iter().any(|known| known.eq_ignore_ascii_case(name.trim()))
    };
    if let Some(name) = asked.iter().find(|name| !items.iter().any(|one| is_it(one, name))) {
        let known = items.iter().flat_map(Item::names).collect();
        let lacks = tone.say(
            "zonder eigen voorbeelden of scenario's",
            "without examples or scenarios of its own",
        );
        let wish = Wish { compilation, known: &known, lacks, by: "--only", folder: Some(folder) };
        return Err(wish.refused(name, tone));
    }
    let mut items = items;
    items.retain(|one| asked.iter().any(|name| is_it(one, name)));
    Ok(items)
}

/// Tries them, over the processors that there are; gives them in their order.
pub(super) fn try_all<'i, 'm>(items: &[&'i Item<'m>]) -> Vec<(&'i Item<'m>, Came)> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let mut came: Vec<_> = thread::scope(|scope| {
        let started: Vec<_> = (0..workers).map(|_| scope.spawn(|| work(items, &next))).collect();
        let ended = started.into_iter().map(thread::ScopedJoinHandle::join);
        // What goes wrong in one goes wrong here.
        ended.flat_map(|came| came.unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    came.sort_by_key(|(at, _)| *at);
    came.into_iter().filter_map(|(at, came)| Some((*items.get(at)?, came))).collect()
}

/// Tries one after another of what nobody has taken.
fn work(items: &[&Item<'_>], next: &AtomicUsize) -> Vec<(usize, Came)> {
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, item.try_out()))
    };
    std::iter::from_fn(take).collect()
}
