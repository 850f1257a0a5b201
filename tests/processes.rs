//! Processes: what `explain` tells of each is held in a snapshot, and the stories in it come true.

use std::ffi::OsString;

use regelwerk::Standard;
use regelwerk::standard::ProcessDef;
use regelwerk_compiler::compile;
use regelwerk_compiler::diag::{Severity, Source, Sources, Style, render};
use regelwerk_compiler::emit::plays;

use crate::generated::proef::processen::{Levering, LeveringGebeurtenis};
use crate::made::{Made, made};
use crate::scenarios::Outcome;
use crate::scenarios::play::outcome;
use crate::snapshot::here;

/// Every process of a library with its standard.
fn all(made: &Made) -> impl Iterator<Item = (&'static Standard, &'static ProcessDef)> {
    let standards = made.standards.iter();
    standards.flat_map(|&standard| {
        standard.dossier.processes.iter().map(move |process| (standard, process))
    })
}

#[test]
fn every_process_is_explained_as_reviewed() {
    let [norm, _] = made();
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(here().join("processes"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (_, process) in all(&norm) {
        let args = ["regelwerk", "explain", process.name].map(OsString::from);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let style = regelwerk_cli::Style::Plain;
        assert_eq!(regelwerk_cli::run(args, &[][..], &mut out, &mut err, style), 0);
        let text = String::from_utf8(out).unwrap();
        settings.bind(|| insta::assert_snapshot!(process.name, text));
    }
}

/// The shortest story of a swap and of a loss, as the scenarios that `explain` shows: put beside the
/// rules, what they tell comes true when the messages are sent.
#[test]
fn the_shortest_stories_come_true() {
    for made in made() {
        let stories: Vec<_> = all(&made).map(|(_, process)| told(process)).collect();
        let all_told = || stories.iter().flatten();
        assert!(all_told().count() > 1);
        let rules = &made.compilation.sources;
        let files = rules.iter().map(|(_, source)| source.clone()).chain(all_told().cloned());
        let compilation = compile(Sources::new("", files.collect()));
        let wrong = compilation.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let wrong: Vec<_> = wrong.cloned().collect();
        let told = render(&compilation.sources, &wrong, Style::Plain);
        assert!(wrong.is_empty(), "{told}");
        for (library, standard) in made.standards.iter().zip(&compilation.model.standards) {
            for play in plays(standard) {
                let path = compilation.sources.path(play.scenario.span.source);
                if all_told().any(|story| story.path == path) {
                    let Outcome { text, wrong } = outcome(&play, standard, library);
                    assert!(wrong.is_empty(), "{}\n{text}{wrong:?}", play.scenario.name);
                }
            }
        }
    }
}

/// The stories of a process as a rule file of their own, beside that of the process.
fn told(process: &ProcessDef) -> Option<Source> {
    let text = format!("{}\n{}", process.swapped, process.lost);
    // What stands before the first slash is what people call the folder with the rules.
    let below = process.file.split_once('/').map_or(process.file, |(_, below)| below);
    let folder = below.rsplit_once('/').map_or(String::new(), |(at, _)| format!("{at}/"));
    let path = format!("{folder}verkenning-{}.regels", process.name);
    (!text.trim().is_empty()).then_some(Source { path, text })
}

#[test]
fn a_transition_is_known_when_the_program_is_built() {
    const STARTED: Option<Levering> = Levering::Toegewezen.next(LeveringGebeurtenis::Start);
    assert_eq!(STARTED, Some(Levering::Gestart));
    assert_eq!(Levering::Geen.next(LeveringGebeurtenis::Start), None);
    assert_eq!(Levering::from_name("weer-gestart"), Some(Levering::WeerGestart));
}

/// States and events have the same numbers in the enums, in the transition function and in what
/// people read of a process.
#[test]
fn the_transitions_that_people_read_are_those_of_the_function() {
    for made in made() {
        for (_, process) in all(&made) {
            for (state, _) in (0..).zip(process.states) {
                for (event, _) in (0..).zip(process.events) {
                    let mut told = process.transitions.iter();
                    let told = told.find(|one| (one.from, one.event) == (state, event));
                    assert_eq!((process.next)(state, event), told.map(|one| one.to));
                }
            }
        }
    }
}
