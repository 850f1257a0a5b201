//! The register of readings: every block that says how its source is read.

use regelwerk_model::Reading;
use regelwerk_syntax::ast::{Block, CalendarClause, Clause, Line};
use regelwerk_syntax::keyword;

use crate::collect::{Declarations, sources};

/// The own blocks of a home that have a reading or depart from something, by kind and name; the one
/// that makes the home is the first.
pub(crate) fn readings(declarations: &Declarations<'_>) -> Vec<Reading> {
    declarations.own().filter_map(reading).collect()
}

fn reading(block: &Block) -> Option<Reading> {
    let (mut readings, mut deviations) = (Vec::new(), Vec::new());
    gather(&block.lines, &mut readings, &mut deviations);
    let is_there = !readings.is_empty() || !deviations.is_empty();
    is_there.then(|| Reading {
        kind: keyword(block.kind),
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        sources: sources(block),
        readings,
        deviations,
        span: block.span,
    })
}

/// What clauses say, and those under them. A holiday has readings in its own line.
fn gather(lines: &[Line], readings: &mut Vec<String>, deviations: &mut Vec<String>) {
    for line in lines {
        match &line.clause {
            Clause::Reading(text) => readings.push(text.value.clone()),
            Clause::Deviation(text) => deviations.push(text.value.clone()),
            Clause::Calendar(CalendarClause::Holiday(day)) => {
                let told = |text: &String| format!("{}: {text}", day.name.value);
                readings.extend(day.readings.iter().map(|text| told(&text.value)));
            }
            _ => {}
        }
        gather(&line.body, readings, deviations);
    }
}
