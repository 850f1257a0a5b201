//! Messages with the findings they must have.

use std::fmt::Write;
use std::path::Path;

use regelwerk::{Context, Lang, ProtocolChoice, Report, Verdict};

use crate::snapshot;

#[test]
fn every_message_has_its_findings() {
    for input in snapshot::inputs("messages", "xml") {
        let bytes = std::fs::read(&input).unwrap();
        let report = regelwerk::validate(&bytes, &context(&input));
        assert_folder_and_name_tell_the_verdict(&input, &report);
        snapshot::check(&input, &told(&report));
    }
}

/// Folders of protocols.
const PROTOCOLS: [(&str, &str); 2] = [("lta", "LTA-2019"), ("let-jb", "LET-JB-2021")];

/// Messages in the folder of a protocol are judged under it too.
fn context(input: &Path) -> Context {
    let folder = input.parent().unwrap();
    let protocol = PROTOCOLS.iter().find(|(name, _)| folder.ends_with(name));
    let choice = protocol.map(|(_, name)| ProtocolChoice::Named((*name).to_owned()));
    regelwerk::context().protocol(choice.unwrap_or_default())
}

/// A snapshot shows what came out; the name of the file says what should.
fn assert_folder_and_name_tell_the_verdict(input: &Path, report: &Report) {
    let verdict = if report.rejects() { Verdict::Rejected } else { report.verdict };
    let name = input.file_stem().unwrap().to_str().unwrap();
    let expected = if input.parent().unwrap().ends_with("onleesbaar") {
        Verdict::Unreadable
    } else if name.starts_with("goed") {
        Verdict::Accepted
    } else {
        Verdict::Rejected
    };
    assert_eq!(verdict, expected, "{}", input.display());
}

fn told(report: &Report) -> String {
    let mut text = String::new();
    let subject = [report.message, report.release].map(|word| word.unwrap_or("-"));
    writeln!(text, "{:?} {}", report.verdict, subject.join(" ")).unwrap();
    if let Some(protocol) = &report.protocol {
        let verdict = protocol.verdict.map_or("-".to_owned(), |verdict| format!("{verdict:?}"));
        writeln!(text, "{} ({}) {verdict}", protocol.name, protocol.chosen_by).unwrap();
    }
    for finding in &report.findings {
        let (level, code) = (finding.level.unwrap_or(0), finding.retourcode.unwrap_or("-"));
        writeln!(text, "{} niveau {level} retourcode {code}", finding.rule).unwrap();
        writeln!(text, "  {}:{} {}", finding.line, finding.column, finding.path).unwrap();
        for related in &finding.related {
            writeln!(text, "  zie {related}").unwrap();
        }
        writeln!(text, "  {}", finding.text(Lang::Nl)).unwrap();
        writeln!(text, "  {}", finding.text(Lang::En)).unwrap();
    }
    for group in &report.not_assessed {
        // Which rules those are changes with every rule that is added; the reason does not.
        let some = if group.rules.is_empty() { "" } else { " (regels)" };
        writeln!(text, "niet beoordeeld: {}{some}", group.reason.text(Lang::Nl)).unwrap();
    }
    text
}
