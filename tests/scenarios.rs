//! Every scenario, played against the generated library. Of each rule file with scenarios there is
//! a snapshot that shows them beside what came of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use regelwerk::{Finding, ProtocolChoice, Report, Severity, Standard};
use regelwerk_compiler::emit::{Play, Sent, plays};
use regelwerk_compiler::model::scenario::{Expected, Told};

use crate::made::{Made, made};
use crate::snapshot::here;

/// What came of a scenario: a text to look at, and what is not as it must be.
#[derive(Default)]
struct Outcome {
    text: String,
    wrong: Vec<String>,
}

#[test]
fn every_scenario_comes_out_as_told() {
    let [norm, proef] = made();
    let wrong: Vec<_> = [("", norm), ("proef/", proef)]
        .into_iter()
        .flat_map(|(folder, made)| check(folder, &made))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Plays all scenarios of a model, and compares the snapshots.
fn check(folder: &str, made: &Made) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let sources = &made.compilation.sources;
    for standard in &made.compilation.model.standards {
        let library = made.standards.iter().find(|one| one.name == standard.name).unwrap();
        let mut plays = plays(standard);
        plays.sort_by_key(|play| play.scenario.span);
        for play in plays {
            let span = play.scenario.span;
            let outcome = outcome(&play, library, made);
            let told = outcome.wrong.iter().map(|what| format!("{}: {what}", play.scenario.name));
            wrong.extend(told);
            let text = files.entry(sources.path(span.source).to_owned()).or_default();
            write!(text, "{}\n\n{}\n", sources.slice(span).trim_end(), outcome.text).unwrap();
        }
    }
    assert!(!files.is_empty(), "geen scenario's");
    files.iter().for_each(|(path, text)| snapshot(&format!("{folder}{path}"), text));
    wrong
}

fn snapshot(path: &str, text: &str) {
    let path = path.strip_suffix(".regels").unwrap();
    let path = here().join("scenarios").join(path);
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(path.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = path.file_name().unwrap().to_str().unwrap();
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn outcome(play: &Play<'_>, _library: &'static Standard, made: &Made) -> Outcome {
    match (&play.scenario.told, play.sent.as_slice()) {
        (Told::Single(_, expected), [Some(Sent::Message(message))]) => {
            let choice = play.scenario.protocol.clone().map(ProtocolChoice::Named);
            let context = made.context().protocol(choice.unwrap_or_default());
            let report = regelwerk::validate(message.xml.as_bytes(), &context);
            let wrong = misses(&report, expected);
            Outcome { text: format!("  {}\n", verdict(&report)), wrong }
        }
        _ => Outcome::default(),
    }
}

/// Where the errors of a report are not exactly those that are expected.
fn misses(report: &Report, expected: &[Expected]) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(why) = &report.unreadable {
        wrong.push(format!("niet te lezen: {why:?}"));
    }
    let found: BTreeSet<_> = errors(report).map(|one| one.rule).collect();
    let wanted: BTreeSet<_> = expected.iter().map(|one| one.rule.as_str()).collect();
    if found != wanted {
        wrong.push(format!(
            "{}, verwacht {}",
            verdict(report),
            wanted.into_iter().collect::<Vec<_>>().join(", ")
        ));
    }
    let is_there = |one: &&Expected| errors(report).any(|finding| is_at(finding, one));
    let missing = expected.iter().filter(|one| !is_there(one));
    wrong.extend(missing.map(|one| format!("{} niet bij {:?}", one.rule, one.path)));
    wrong
}

fn errors(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.severity == Severity::Error)
}

fn is_at(finding: &Finding, expected: &Expected) -> bool {
    let plain = |path: &str| path.replace("[1]", "");
    let end = expected.path.as_ref().map_or(String::new(), |path| format!("/{}", plain(path)));
    finding.rule == expected.rule && plain(&finding.path).ends_with(&end)
}

/// The verdict of a report with the rules behind it: `afgekeurd op TR018 bij /Bericht/…`.
fn verdict(report: &Report) -> String {
    let at = |finding: &Finding| format!("{} bij {}", finding.rule, finding.path);
    let wrong: Vec<_> = errors(report).map(at).collect();
    let what = if report.unreadable.is_some() {
        "niet te lezen".to_owned()
    } else if wrong.is_empty() {
        "goedgekeurd".to_owned()
    } else {
        format!("afgekeurd op {}", wrong.join(", "))
    };
    let remarks = report.findings.iter().filter(|one| one.severity == Severity::Remark);
    let remarks: Vec<_> = remarks.map(at).collect();
    if remarks.is_empty() { what } else { format!("{what}; opmerking {}", remarks.join(", ")) }
}
