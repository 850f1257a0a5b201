//! Every scenario, played against the generated library. Of each rule file with scenarios there is
//! a snapshot that shows them beside what came of them.

pub(crate) mod play;
mod spoilt;
mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

use regelwerk::{Finding, Report, Severity};
use regelwerk_compiler::emit::{Play, plays};
use regelwerk_compiler::model::scenario::{Expected, Outcome as Expectation, Standing, Told};

use crate::made::{Made, made};
use crate::snapshot::{here, inputs};

/// What came of a scenario: a text to look at, and what is not as it must be.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) text: String,
    pub(crate) wrong: Vec<String>,
}

#[test]
fn every_scenario_comes_out_as_told() {
    let [norm, proef] = made();
    let mut shown = BTreeSet::new();
    let wrong: Vec<_> = [("", norm), ("proef/", proef)]
        .into_iter()
        .flat_map(|(folder, made)| check(folder, &made, &mut shown))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let stale: Vec<_> =
        inputs("scenarios", "snap").into_iter().filter(|path| !shown.contains(path)).collect();
    assert!(stale.is_empty(), "van geen regelbestand met scenario's meer: {stale:?}");
}

/// What a scenario expects is looked at: one that expects something else is told to be wrong.
#[test]
fn every_kind_of_expectation_can_fail() {
    let [norm, _] = made();
    let [standard] = norm.compilation.model.standards.as_slice() else { panic!("een standaard") };
    let mut tried = BTreeSet::new();
    for play in plays(standard) {
        let Told::Dated(dated) = &play.scenario.told else { continue };
        for (at, moment) in dated.moments.iter().enumerate() {
            for (number, outcome) in moment.outcomes.iter().enumerate() {
                if !tried.insert(kind(outcome)) {
                    continue;
                }
                let mut scenario = play.scenario.clone();
                let Told::Dated(dated) = &mut scenario.told else { continue };
                let other = opposite(outcome);
                let told = format!("{}: {other:?}", play.scenario.name);
                dated.moments[at].outcomes[number] = other;
                let other = Play { scenario: &scenario, sent: play.sent.clone() };
                let wrong = play::outcome(&other, standard, norm.standards[0]).wrong;
                assert!(!wrong.is_empty(), "{told}");
            }
        }
    }
    let kinds = [
        "afgekeurd",
        "alsnog goed",
        "geen termijn",
        "goedgekeurd",
        "niet beoordeeld",
        "opmerking",
        "termijn gehaald",
        "termijn loopt",
        "termijn te laat",
        "termijn uiterlijk",
        "toestand",
        "toestand van een sleutel",
    ];
    let tried: Vec<_> = tried.into_iter().collect();
    assert_eq!(tried, kinds, "elke soort verwachting komt in een scenario voor");
}

/// What kind of expectation it is.
fn kind(outcome: &Expectation) -> &'static str {
    match outcome {
        Expectation::Verdict(by) if by.is_empty() => "goedgekeurd",
        Expectation::Verdict(_) => "afgekeurd",
        Expectation::Unassessed(_) => "niet beoordeeld",
        Expectation::Remark(_) => "opmerking",
        Expectation::Mended(_) => "alsnog goed",
        Expectation::State { key: None, .. } => "toestand",
        Expectation::State { .. } => "toestand van een sleutel",
        Expectation::Term { standing: Standing::Due(_), .. } => "termijn uiterlijk",
        Expectation::Term { standing: Standing::Met, .. } => "termijn gehaald",
        Expectation::Term { standing: Standing::Late, .. } => "termijn te laat",
        Expectation::Term { standing: Standing::Nowhere, .. } => "geen termijn",
        Expectation::Term { standing: Standing::Open, .. } => "termijn loopt",
    }
}

/// An expectation that does not hold where this one does.
fn opposite(outcome: &Expectation) -> Expectation {
    let other = |rule: &str| Expected { rule: rule.to_owned(), path: None };
    match outcome.clone() {
        Expectation::Verdict(by) if by.is_empty() => Expectation::Verdict(vec![other("XSD")]),
        Expectation::Verdict(_) => Expectation::Verdict(Vec::new()),
        Expectation::Unassessed(_) => Expectation::Unassessed(vec!["CS003".to_owned()]),
        Expectation::Remark(_) => Expectation::Remark(other("CS003")),
        Expectation::Mended(_) => Expectation::Mended(usize::MAX),
        Expectation::State { process, key, .. } => {
            Expectation::State { process, key, state: "nergens".to_owned() }
        }
        Expectation::Term { rule, part, of, standing } => {
            let standing = match standing {
                Standing::Due(day) => Standing::Due(day.succ_opt().unwrap()),
                Standing::Met => Standing::Late,
                Standing::Late | Standing::Open | Standing::Nowhere => Standing::Met,
            };
            Expectation::Term { rule, part, of, standing }
        }
    }
}

/// Plays all scenarios of a model, and compares the snapshots, which are then shown.
fn check(folder: &str, made: &Made, shown: &mut BTreeSet<PathBuf>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let sources = &made.compilation.sources;
    for standard in &made.compilation.model.standards {
        let library = made.standards.iter().find(|one| one.name == standard.name).unwrap();
        let mut plays = plays(standard);
        plays.sort_by_key(|play| play.scenario.span);
        for play in plays {
            let span = play.scenario.span;
            let outcome = play::outcome(&play, standard, library);
            let told = outcome.wrong.iter().map(|what| format!("{}: {what}", play.scenario.name));
            wrong.extend(told);
            let text = files.entry(sources.path(span.source).to_owned()).or_default();
            write!(text, "{}\n\n{}\n", sources.slice(span).trim_end(), outcome.text).unwrap();
        }
    }
    assert!(!files.is_empty(), "geen scenario's");
    shown.extend(files.iter().map(|(path, text)| snapshot(&format!("{folder}{path}"), text)));
    wrong
}

/// Compares the snapshot of a rule file, and says where it is.
fn snapshot(path: &str, text: &str) -> PathBuf {
    let path = path.strip_suffix(".regels").unwrap();
    let path = here().join("scenarios").join(path);
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(path.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = path.file_name().unwrap().to_str().unwrap();
    settings.bind(|| insta::assert_snapshot!(name, text));
    path.with_extension("snap")
}

/// The verdict of a report with the rules behind it: `afgekeurd op TR018 bij /Bericht/…`.
fn verdict(report: &Report) -> String {
    if let Some(why) = &report.unreadable {
        return format!("niet te lezen: {why:?}");
    }
    let at = |finding: &Finding| format!("{} bij {}", finding.rule, finding.path);
    let all = |severity| {
        let found = report.findings.iter().filter(|finding| finding.severity == severity);
        found.map(at).collect::<Vec<_>>().join(", ")
    };
    let mut text = match all(Severity::Error).as_str() {
        "" => "goedgekeurd".to_owned(),
        rules => format!("afgekeurd op {rules}"),
    };
    match all(Severity::Remark).as_str() {
        "" => {}
        rules => write!(text, "; opmerking {rules}").unwrap(),
    }
    text
}
