//! Syntax trees to the resolved model. The passes are the lines of [`analyze`], in order.

mod body;
mod codes;
mod collect;
mod condition;
mod examples;
mod facets;
mod intervals;
mod messages;
mod paths;
mod places;
mod releases;
mod rules;
mod sink;
mod types;
mod value;

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Model, Standard};
use regelwerk_syntax::ast::File;

use crate::collect::Declarations;
use crate::sink::Sink;

/// The model of these files, named by their paths below the folder of rules, with everything that
/// is wrong. Where something is wrong the model leaves it out; it may be used only when no
/// diagnostic is an error.
#[must_use]
pub fn analyze(files: &[(String, File)]) -> (Model, Vec<Diagnostic>) {
    let mut sink = Sink::default();
    let mut model = Model::default();
    for declarations in collect::standards(files, &mut sink) {
        model.standards.push(standard(&declarations, &mut sink));
    }
    model.standards.sort_by(|a, b| a.name.cmp(&b.name));
    (model, sink.finish())
}

fn standard(declarations: &Declarations<'_>, sink: &mut Sink) -> Standard {
    let mut releases = releases::releases(declarations, sink);
    types::fill(declarations, &mut releases, sink);
    messages::fill(declarations, &mut releases, sink);
    let mut rules = rules::rules(declarations, &mut releases, sink);
    facets::check(declarations, &releases, &rules, sink);
    rules.sort_by(|a, b| a.code.cmp(&b.code));
    Standard {
        name: declarations.standard.id.value.clone(),
        title: declarations.standard.title.value.clone(),
        source: collect::sources(declarations.standard).join("; "),
        releases,
        rules,
    }
}
