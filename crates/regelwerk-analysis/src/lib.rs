//! Syntax trees to the resolved model. The passes are the lines of [`analyze`], in order.

mod body;
mod brief;
mod calendars;
mod check;
mod codes;
mod collect;
mod condition;
mod demands;
mod dossier;
mod examples;
mod facets;
mod filing;
mod forms;
mod given;
mod homes;
mod identity;
mod intervals;
mod lint;
mod meanings;
mod messages;
mod norms;
mod obligations;
mod page;
mod paths;
mod places;
mod processes;
mod protocols;
mod ranges;
mod readings;
mod references;
mod register;
mod releases;
mod replies;
mod retourcodes;
mod rows;
mod rules;
mod same;
mod scenarios;
mod sink;
mod tables;
mod taken;
mod terms;
#[cfg(test)]
mod testing;
mod types;
mod unused;
mod value;
mod vocabulary;
mod waivers;

use regelwerk_diag::{Diagnostic, Severity, Sources};
use regelwerk_model::dossier::Dossier;
use regelwerk_model::{Model, Standard};
use regelwerk_syntax::ast::{BlockKind, File};

pub use crate::brief::{BRIEFS, brief};
pub use crate::page::{Home, PAGES, Page, page};

use crate::collect::Declarations;
use crate::sink::Sink;
use crate::unused::Unused;
use crate::vocabulary::Vocabulary;

/// The model of these files, named by their paths below the folder of rules, with everything that
/// is wrong. Where something is wrong the model leaves it out; it may be used only when no
/// diagnostic is an error. `sources` has the data files of tables too.
#[must_use]
pub fn analyze(files: &[(String, File)], sources: &Sources) -> (Model, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let mut model = Model::default();
    let homes = homes::homes(files, &mut sink);
    let (standards, protocols): (Vec<_>, Vec<_>) =
        homes.into_iter().partition(|home| home.home.kind == BlockKind::Standard);
    let mut unused = Vec::new();
    for declarations in &standards {
        let (standard, found) = standard(declarations, sources, &mut sink);
        model.standards.push(standard);
        unused.extend(found);
        sink.be_quiet(false);
    }
    for protocol in &protocols {
        protocols::add(protocol, &standards, &mut model, sources, &mut sink);
        sink.be_quiet(false);
    }
    // A condition of a standard may be there for a protocol.
    unused::tell(unused, &mut sink);
    references::check(&standards, &protocols, &mut sink);
    taken::check(&standards, &protocols, &mut sink);
    model.standards.sort_by(|a, b| a.name.cmp(&b.name));
    // What a block says of which nothing is known may be what anything else lacks.
    let is_whole = files.iter().all(|(_, file)| file.is_whole);
    (model, if is_whole { sink.finish() } else { Vec::new() })
}

/// What is told of these files: what reading and [`analyze`] told, and what the lints tell where
/// nothing is wrong, without what is waived.
#[must_use]
pub fn review(
    files: &[(String, File)],
    model: &Model,
    mut told: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    let is_sound = told.iter().all(|one| one.severity != Severity::Error);
    if is_sound {
        let homes = homes::homes(files, &mut Sink::default());
        told.extend(lint::check(&homes, model));
    }
    let idle = waivers::waive(model, &mut told);
    if is_sound {
        told.extend(idle);
    }
    told
}

fn standard(
    declarations: &Declarations<'_>,
    sources: &Sources,
    sink: &mut Sink,
) -> (Standard, Vec<Unused>) {
    let mut releases = releases::releases(declarations, sink);
    types::fill(declarations, sources, &mut releases, sink);
    messages::fill(declarations, &mut releases, sink);
    // What is over elements without a type would be told for each of them.
    sink.be_quiet(types::are_lost(declarations, sink));
    meanings::fill(declarations, &mut releases, sink);
    replies::fill(declarations, &mut releases, sink);
    let words = Vocabulary::new(declarations, sources, sink);
    let book = dossier::book(declarations, &releases, &words, sink);
    let (mut rules, placed) = rules::rules(declarations, &book, &words, sink);
    check::check(&rules, &placed.judged, &book, sink);
    processes::processes(declarations, &book, &words, sink);
    let unused = unused::find(declarations, &book, &words, sink);
    norms::refuse(declarations, sink);
    let dossier =
        Dossier { calendars: calendars::calendars(declarations, sink), ..book.into_dossier() };
    rules::enter(placed.judged, &mut releases);
    facets::check(declarations, &releases, &rules, sink);
    retourcodes::check(&rules, &releases, sink);
    register::fill(declarations, &words.tables, &rules, &mut releases, sink);
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    let mut standard = Standard {
        name: declarations.home.id.value.clone(),
        title: declarations.home.title.value.clone(),
        source: collect::sources(declarations.home).join("; "),
        releases,
        groups: types::groups(declarations),
        rules,
        stated: placed.stated,
        tables: words.tables,
        protocols: Vec::new(),
        scenarios: Vec::new(),
        readings: readings::readings(declarations),
        waivers: waivers::waivers(declarations, sink),
        dossier,
    };
    standard.scenarios = scenarios::scenarios(declarations, &standard, None, sink);
    scenarios::check_shown(declarations, &standard.rules, &standard.scenarios, sink);
    (standard, unused)
}
