//! De voorbeelden en scenario's van de regio, beoordeeld door de bibliotheek die van haar regels is
//! gemaakt.

use std::sync::LazyLock;

use regelwerk_build::compiler::Compilation;
use regelwerk_build::compiler::emit::{cases, plays};
use regelwerk_play::{context, misses, play};
use waterrijk::{Lang, ijw::STANDARD};

/// De regels, met van alle protocollen en scenario's alleen die van de regio.
static RULES: LazyLock<Compilation> = LazyLock::new(|| {
    let mut rules = regelwerk_build::rules("regels").unwrap();
    assert_eq!(rules.diagnostics, [], "regelwerk check regels zegt wat eraan schort");
    for standard in &mut rules.model.standards {
        standard.protocols.retain(|one| rules.sources.is_own(one.span.source));
        standard.scenarios.retain(|one| rules.sources.is_own(one.span.source));
    }
    rules
});

#[test]
fn every_example_comes_out_as_it_says() {
    let context = waterrijk::regional().all_levels(true).remarks(true);
    let examples = RULES.model.standards.iter().flat_map(cases);
    let own = examples.filter(|example| RULES.sources.is_own(example.span.source));
    let mut tried = 0;
    for example in own {
        let report = waterrijk::validate(example.xml.as_bytes(), &context);
        let is_good = report.findings.iter().all(|finding| finding.rule != example.rule);
        assert_eq!(is_good, example.is_good, "{}", RULES.sources.slice(example.span));
        tried += 1;
    }
    assert_eq!(tried, 7);
}

#[test]
fn every_scenario_comes_out_as_it_says() {
    let scenarios: Vec<_> = RULES.model.standards.iter().flat_map(plays).collect();
    for one in &scenarios {
        let context = context(one.scenario, &STANDARD);
        let played = play(&one.scenario.told, &one.sent, &STANDARD, &context);
        let missed = misses(one.scenario, &played);
        let missed: Vec<_> = missed.iter().map(|miss| miss.kind.text(Lang::Nl)).collect();
        assert_eq!(missed, [""; 0], "{}", one.scenario.name);
    }
    assert_eq!(scenarios.len(), 18);
}
