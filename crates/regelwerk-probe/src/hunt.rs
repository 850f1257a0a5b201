//! Looks which mutants nothing notices.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_compiler::model::{Standard, Waived, Waiver};
use regelwerk_eval::{Bench, Change};

use crate::catch::{Catch, catch};
use crate::mutant::{Mutant, mutants};
use crate::trial::Trials;

/// What came of the mutants of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunt {
    /// How many were tried.
    pub tried: usize,
    /// Those that nothing notices and no block waives, in order of block.
    pub survivors: Vec<Mutant>,
    /// Those that nothing notices, with the waiver.
    pub waived: Vec<(Mutant, Waiver)>,
    /// Waivers of mutants that there are not, or that are noticed.
    pub idle: Vec<Waiver>,
}

/// The mutants of the standard with this number, in what is at hand: where rules are laid over
/// others, in those alone. None where there is no such standard.
#[must_use]
pub fn at_hand(compilation: &Compilation, number: usize) -> Option<Vec<Mutant>> {
    let mut all = mutants(compilation.model.standards.get(number)?);
    all.retain(|one| compilation.sources.is_at_hand(one.span.source));
    Some(all)
}

/// Tries the mutants that are [`at_hand`], those that `is_meant`; tells how many are done. None
/// where there is no such standard.
pub fn hunt(
    compilation: &Compilation,
    number: usize,
    is_meant: &dyn Fn(&Mutant) -> bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Option<Hunt> {
    let standard = compilation.model.standards.get(number)?;
    let every = at_hand(compilation, number)?;
    let all: Vec<&Mutant> = every.iter().filter(|one| is_meant(one)).collect();
    let trials = Trials::of(standard, &compilation.sources);
    let reached = reached(compilation, standard, &all, &trials);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let bench = Bench::new(standard, &compilation.sources, all.iter().map(|one| &one.change));
        let mut survivors = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = all.get(at) else { return survivors };
            let none = BTreeSet::new();
            let reached = reached.get(&at).unwrap_or(&none);
            let notice = |by| trials.notice((&mutant.change, &mutant.name), reached, by);
            if bench.with(&mutant.change, notice) == Some(false) {
                survivors.push(at);
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
        }
    };
    let mut left: Vec<usize> = on_all_cores(work);
    left.sort_unstable();
    let left = left.into_iter().filter_map(|at| all.get(at).copied()).cloned();
    Some(settled(compilation, standard, (all.len(), left.collect()), is_meant, &every))
}

/// Looks for what would notice survivors, with at most so many tries for each block; tells how many
/// blocks are done.
#[must_use]
pub fn caught(
    compilation: &Compilation,
    number: usize,
    survivors: &[Mutant],
    tries: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Catch> {
    let Some(standard) = compilation.model.standards.get(number) else { return Vec::new() };
    let trials = Trials::of(standard, &compilation.sources);
    let mut blocks: BTreeMap<Span, Vec<&Mutant>> = BTreeMap::new();
    for one in survivors {
        blocks.entry(one.span).or_default().push(one);
    }
    let blocks: Vec<_> = blocks.into_values().collect();
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let changes = survivors.iter().map(|one| &one.change);
        let bench = Bench::new(standard, &compilation.sources, changes);
        let mut found = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(block) = blocks.get(at) else { return found };
            let own = catch(compilation, standard, block, (&bench, &trials), tries);
            found.extend(own.into_iter().map(|one| (at, one)));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, blocks.len());
        }
    };
    let mut found = on_all_cores(work);
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, one)| one).collect()
}

/// For each mutant the scenarios in which what it says comes to something else. Every scenario is
/// played once, with every mutant beside what it changes.
fn reached(
    compilation: &Compilation,
    standard: &Standard,
    all: &[&Mutant],
    trials: &Trials<'_>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let bench = Bench::new(standard, &compilation.sources, all.iter().map(|one| &one.change));
        bench.set_beside(all.iter().map(|one| &one.change).enumerate());
        let mut found = Vec::new();
        loop {
            let play = next.fetch_add(1, Ordering::Relaxed);
            if play >= trials.plays() {
                return found;
            }
            trials.play(play, bench.standard());
            found.extend(bench.differing().into_iter().map(|mutant| (mutant, play)));
        }
    };
    let mut reached: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (mutant, play) in on_all_cores(work) {
        reached.entry(mutant).or_default().insert(play);
    }
    for (at, one) in all.iter().enumerate() {
        if matches!(one.change, Change::Within { .. } | Change::Calendar(_) | Change::Uses { .. }) {
            reached.insert(at, trials.of_data(&one.change));
        }
    }
    reached
}

/// What each core comes to.
fn on_all_cores<T: Send>(work: impl Fn() -> Vec<T> + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        // What a worker fell over is not passed over: what it had to do would look done.
        let found = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)));
        found.flatten().collect()
    })
}

fn settled(
    compilation: &Compilation,
    standard: &Standard,
    (tried, left): (usize, Vec<Mutant>),
    is_meant: &dyn Fn(&Mutant) -> bool,
    every: &[Mutant],
) -> Hunt {
    let (mut survivors, mut waived) = (Vec::new(), Vec::new());
    for mutant in left {
        match standard.waiver(mutant.span, &Waived::Mutant(mutant.key.clone())) {
            Some(waiver) => waived.push((mutant, waiver.clone())),
            None => survivors.push(mutant),
        }
    }
    let is_used = |waiver: &Waiver| waived.iter().any(|(_, used)| used == waiver);
    let is_tried = |waiver: &Waiver| {
        let own: Vec<_> = every.iter().filter(|one| one.span == waiver.block).collect();
        own.is_empty() || own.iter().any(|one| is_meant(one))
    };
    let of_mutants = standard.all_waivers().filter(|one| {
        matches!(one.what, Waived::Mutant(_)) && compilation.sources.is_at_hand(one.block.source)
    });
    let idle = of_mutants.filter(|one| !is_used(one) && is_tried(one)).cloned().collect();
    Hunt { tried, survivors, waived, idle }
}
