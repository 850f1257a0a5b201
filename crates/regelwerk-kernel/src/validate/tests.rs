use serde_json::{Value, json};

use super::*;
use crate::finding::Severity;
use crate::lang::Lang;
use crate::testing::{PROEF, bericht, klant};

fn context() -> Context {
    Context::new(vec![&PROEF]).version("proef 1")
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.rule).collect()
}

fn skipped(report: &Report) -> Vec<(String, Vec<&'static str>)> {
    let entries = report.not_assessed.iter();
    entries.map(|it| (it.reason.text(Lang::Nl).into_owned(), it.rules.clone())).collect()
}

fn period(begin: &str, einde: &str) -> String {
    format!("<Nummer>1</Nummer><Begin>{begin}</Begin><Einde>{einde}</Einde>")
}

fn not_yet() -> (String, Vec<&'static str>) {
    ("nog niet uitgewerkt".to_owned(), vec!["TR4"])
}

#[test]
fn a_right_message_is_accepted() {
    let xml = bericht(&klant(&[&period("2024-01-01", "2024-01-01")]));
    let report = validate(xml.as_bytes(), &context());
    assert_eq!(report.verdict, Verdict::Accepted, "{report:?}");
    assert_eq!((report.message, report.release), (Some("PR1"), Some("1.0")));
    assert_eq!(skipped(&report), [not_yet()]);
}

#[test]
fn levels_are_judged_while_they_hold() {
    let wrong = klant(&[&period("2024-02-01", "2024-01-01")]) + "<Totaal>5</Totaal>";
    let level_1 = bericht(&wrong.replace("123456789", "x"));
    let report = validate(level_1.as_bytes(), &context());
    assert_eq!(codes(&report), ["CS1"]);
    let reason = "controleniveau 1 klopt niet".to_owned();
    assert_eq!(skipped(&report), [(reason, vec!["TR1", "TR2", "TR3"]), not_yet()]);

    let level_2 = bericht(&wrong);
    let report = validate(level_2.as_bytes(), &context());
    assert_eq!(codes(&report), ["TR1"]);
    let reason = "controleniveau 2 klopt niet".to_owned();
    assert_eq!(skipped(&report), [(reason, vec!["TR3"]), not_yet()]);

    let report = validate(level_1.as_bytes(), &context().all_levels(true));
    assert_eq!(codes(&report), ["CS1", "TR1", "TR3"]);
    assert_eq!(report.verdict, Verdict::Rejected);
    assert_eq!(skipped(&report), [not_yet()]);
}

#[test]
fn a_rule_without_fuel_is_not_assessed() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer>", "<Nummer>1</Nummer>"]));
    assert_eq!(codes(&validate(xml.as_bytes(), &context())), ["TR2"]);
    let report = validate(xml.as_bytes(), &context().fuel(2));
    assert_eq!(codes(&report), [""; 0]);
    let reason = "het bericht is te groot voor deze regel".to_owned();
    assert_eq!(skipped(&report)[0], (reason, vec!["TR2", "TR3"]));
}

#[test]
fn a_finding_tells_all() {
    let xml = bericht(&klant(&[&period("2024-02-01", "2024-01-01")]));
    let report = validate(xml.as_bytes(), &context());
    let finding = &report.findings[0];
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(&xml[finding.offset..finding.offset + finding.length as usize], "2024-01-01");
    let mut view = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
    let column = xml.find("<b:Einde>").unwrap() + 1;
    let expected = json!({
        "rule": "TR1",
        "severity": "error",
        "level": 2,
        "retourcode": "0001",
        "path": "/Bericht/Klant/Producten/Product/Einde",
        "related": [
            "/Bericht/Klant/Producten/Product/Begin",
            "/Bericht/Klant/Producten/Product/Soort"
        ],
        "line": 1,
        "column": column,
        "found": "2024-01-01",
        "expected": "niet vóór Begin",
        "text": "Einde: verwacht niet vóór Begin, gevonden \"2024-01-01\", want Begin is gevuld.",
        "source": "proef § 1",
        "rule_at": "rules/proef/regels.regels:3"
    });
    assert_eq!(view["findings"][0].take(), expected);
    assert_eq!(
        finding.text(Lang::En),
        "Einde: expected not before Begin, found \"2024-01-01\", because Begin is filled."
    );
}

#[test]
fn witnesses_are_related() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer>", "<Nummer>01</Nummer>"]));
    let report = validate(xml.as_bytes(), &context());
    assert_eq!(report.findings[0].path, "/Bericht/Klant/Producten/Product[2]/Nummer");
    assert_eq!(report.findings[0].related, ["/Bericht/Klant/Producten/Product[1]"]);
}

#[test]
fn what_is_absent_is_placed_where_it_belongs() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer><Begin>2024-01-01</Begin>"]));
    let report = validate(xml.as_bytes(), &context());
    let finding = &report.findings[0];
    assert_eq!(finding.path, "/Bericht/Klant/Producten/Product/Einde");
    assert_eq!((finding.found(Lang::Nl), finding.found(Lang::En)), ("leeg", "empty"));
    assert_eq!(finding.offset, xml.find("<b:Product>").unwrap());
}

#[test]
fn a_redacted_report_shows_no_value() {
    let xml = bericht(&klant(&[&period("2024-02-01", "2024-01-01")]));
    let report = validate(xml.as_bytes(), &context());
    let json = serde_json::to_string(&report.view(Lang::En, true)).unwrap();
    assert!(json.contains(r#""found":"(hidden)""#) && json.contains("found (hidden), because"));
    assert!(!json.contains("2024-01-01"));
}

#[test]
fn the_keys_are_in_order() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer>", "<Nummer>1</Nummer>"]));
    let json = serde_json::to_string(&validate(xml.as_bytes(), &context()).view(Lang::Nl, false));
    let json = json.unwrap();
    let keys = [
        "message",
        "release",
        "verdict",
        "findings",
        "rule",
        "severity",
        "level",
        "retourcode",
        "path",
        "related",
        "line",
        "column",
        "found",
        "expected",
        "text",
        "source",
        "rule_at",
        "not_assessed",
        "reason",
        "rules",
        "receipt",
        "standard",
        "release",
        "protocol",
        "protocol_chosen_by",
        "rules_sha256",
        "version",
    ];
    let mut rest = json.as_str();
    for key in keys {
        let at = rest.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in {rest}"));
        rest = &rest[at + key.len()..];
    }
    let receipt: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        receipt["receipt"],
        json!({"standard": "proef", "release": "1.0", "protocol": null,
               "protocol_chosen_by": null, "rules_sha256": "abc", "version": "proef 1"})
    );
}

#[test]
fn what_cannot_be_read_is_reported() {
    let report = validate(b"<a><b></a>", &context());
    assert_eq!(report.verdict, Verdict::Unreadable);
    let view = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
    assert_eq!(view["verdict"], "unreadable");
    assert_eq!(view["findings"], json!([]));
    assert_eq!(view["not_assessed"][0]["rules"], json!([]));
    let reason = view["not_assessed"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("regel 1, kolom 7") && reason.contains("</b> verwacht"), "{reason}");
}

#[test]
fn an_unknown_message_names_the_known_ones() {
    let report = validate(b"<Brief xmlns='urn:post'/>", &context());
    let text = report.unreadable.unwrap().text(Lang::En);
    assert!(text.contains("Brief in namespace urn:post"), "{text}");
    assert!(text.contains("Proef 1.0: PR1"), "{text}");
}
