//! Messages with the findings they must have.

use std::fmt::Write;

use regelwerk::{Lang, Report, Verdict};

use crate::snapshot;

#[test]
fn every_message_has_its_findings() {
    for input in snapshot::inputs("messages", "xml") {
        let bytes = std::fs::read(&input).unwrap();
        let report = regelwerk::validate(&bytes, &regelwerk::context());
        assert_folder_and_name_tell_the_verdict(&input, report.verdict);
        snapshot::check(&input, &told(&report));
    }
}

/// A snapshot shows what came out; the name of the file says what should.
fn assert_folder_and_name_tell_the_verdict(input: &std::path::Path, verdict: Verdict) {
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
        let (reason, rules) = (group.reason.text(Lang::Nl), group.rules.join(" "));
        writeln!(text, "niet beoordeeld: {reason} {rules}").unwrap();
    }
    text
}
