//! Looks which mutants nothing notices.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use regelwerk_compiler::Compilation;
use regelwerk_compiler::model::{Waived, Waiver};
use regelwerk_eval::Bench;

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

/// Tries the mutants of the standard with this number, those that `is_meant`; tells how many are
/// done. None where there is no such standard.
pub fn hunt(
    compilation: &Compilation,
    number: usize,
    is_meant: &dyn Fn(&Mutant) -> bool,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Option<Hunt> {
    let standard = compilation.model.standards.get(number)?;
    let every = mutants(standard);
    let all: Vec<&Mutant> = every.iter().filter(|one| is_meant(one)).collect();
    let trials = Trials::of(compilation, number)?;
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let bench = Bench::new(standard, &compilation.sources, all.iter().map(|one| &one.change));
        let mut survivors = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = all.get(at) else { return survivors };
            let notice = |by| trials.notice(&mutant.change, &mutant.name, by);
            if bench.with(&mutant.change, notice) == Some(false) {
                survivors.push(at);
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut left: Vec<usize> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let found = workers.into_iter().filter_map(|worker| worker.join().ok());
        found.flatten().collect()
    });
    left.sort_unstable();
    let left = left.into_iter().filter_map(|at| all.get(at).copied()).cloned();
    Some(settled(standard, all.len(), left.collect(), is_meant, &every))
}

fn settled(
    standard: &regelwerk_compiler::model::Standard,
    tried: usize,
    left: Vec<Mutant>,
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
    let of_mutants = standard.all_waivers().filter(|one| matches!(one.what, Waived::Mutant(_)));
    let idle = of_mutants.filter(|one| !is_used(one) && is_tried(one)).cloned().collect();
    Hunt { tried, survivors, waived, idle }
}
