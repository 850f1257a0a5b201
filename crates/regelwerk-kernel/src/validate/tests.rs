use serde_json::{Value, json};

use super::*;
use crate::finding::Severity;
use crate::lang::Lang;
use crate::testing::{PROEF, bericht, klant};
use crate::unreadable::UnreadableKind;

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

/// What asked something is told, found or not; what was not judged asked nothing.
#[test]
fn what_asked_something_is_told() {
    let asked = |client: &str| validate(bericht(client).as_bytes(), &context()).asked;
    let right = klant(&[&period("2024-01-01", "2024-01-01")]);
    assert_eq!(asked(&right), ["TR1", "TR2", "TR3"]);
    let wrong = klant(&[&period("2024-02-01", "2024-01-01")]);
    assert_eq!(asked(&wrong), ["TR1", "TR2"]);
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
        "rule_at": "proef/regels.regels:3"
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
    let twin = "/Bericht/Klant/Producten/Product[1]";
    assert_eq!(report.findings[0].related, [twin.to_owned(), format!("{twin}/Nummer")]);
}

#[test]
fn what_is_absent_is_placed_where_it_belongs() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer><Begin>2024-01-01</Begin>"]));
    let report = validate(xml.as_bytes(), &context());
    let finding = &report.findings[0];
    assert_eq!(finding.path, "/Bericht/Klant/Producten/Product/Einde");
    assert_eq!((finding.found(Lang::Nl), finding.found(Lang::En)), ("leeg", "empty"));
    assert_eq!(finding.offset, xml.find("<b:Product>").unwrap());
    let product = "/Bericht/Klant/Producten/Product";
    let looked_at = [format!("{product}/Begin"), format!("{product}/Soort"), product.to_owned()];
    assert_eq!(finding.related, looked_at, "the element in which it is missing comes last");
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
        "protocol",
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

#[test]
fn a_message_that_was_not_read_has_a_report() {
    let context = context();
    let words = crate::standard::Text { nl: "bestaat niet", en: "does not exist" };
    let report = Report::not_read(words, &context);
    assert_eq!(report.verdict, Verdict::Unreadable);
    assert!(
        matches!(&report.unreadable, Some(it) if matches!(it.kind, UnreadableKind::NotRead(_)))
    );
    let view = serde_json::to_value(report.view(Lang::En, true)).unwrap();
    assert_eq!(view["not_assessed"], json!([{"reason": "does not exist", "rules": []}]));
    assert_eq!((&view["protocol"], &view["receipt"]["standard"]), (&json!(null), &json!("proef")));
}

/// Rule, expected and found of each remark, and the verdict.
fn remarks(bytes: &[u8]) -> (Vec<(&'static str, String, String)>, Verdict) {
    let silent = validate(bytes, &context());
    assert_eq!(silent.findings, [], "no remarks unless asked for");
    let report = validate(bytes, &context().remarks(true));
    let told = report.findings.iter().map(|finding| {
        assert_eq!((finding.severity, finding.path.as_str()), (Severity::Remark, "/Bericht"));
        assert_eq!((finding.line, finding.column), (1, 1));
        (finding.rule, finding.expected(Lang::Nl).into_owned(), finding.found(Lang::Nl).to_owned())
    });
    (told.collect(), report.verdict)
}

#[test]
fn the_outer_form_is_remarked_upon() {
    let xml = bericht(&klant(&["<Nummer>1</Nummer>"]));
    assert_eq!(remarks((xml.clone() + "\r\n").as_bytes()), (vec![], Verdict::Accepted));
    let told = |rule, expected: &str, found: &str| (rule, expected.to_owned(), found.to_owned());
    let marked: Vec<_> =
        format!("\u{FEFF}{xml}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let expected = vec![
        told("OP1", "UTF-8", "UTF-16"),
        told("OP1", "zonder byte-order mark", "met byte-order mark"),
        told("OP1", "CR/LF als einde van een regel", "alleen LF"),
    ];
    assert_eq!(remarks(&marked), (expected, Verdict::Accepted));
    let large = xml.clone() + &" ".repeat(2001 - xml.len());
    let expected = vec![told("OP2", "hoogstens 2000 bytes", "2001 bytes")];
    assert_eq!(remarks(large.as_bytes()), (expected, Verdict::Accepted));
    assert_eq!(remarks(&large.as_bytes()[..2000]).0, []);
}

#[test]
fn a_remark_stops_no_level() {
    let xml = bericht(&klant(&[&period("2024-02-01", "2024-01-01")])) + "\n";
    let report = validate(xml.as_bytes(), &context().remarks(true));
    assert_eq!(codes(&report), ["OP1", "TR1"], "OP1 is of level 1");
    let remark = &report.findings[0];
    assert_eq!((remark.level, remark.retourcode), (Some(1), Some("0200")));
    let view = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
    assert_eq!(view["findings"][0]["severity"], "remark");
}

#[test]
fn findings_are_bounded_at_level_1() {
    let wrong = |number| bericht(&"<Klant><Bsn>x</Bsn></Klant>".repeat(number));
    let report = validate(wrong(1000).as_bytes(), &context());
    assert_eq!(report.findings.len(), 1000);
    assert!(report.not_assessed.iter().all(|it| it.reason != Reason::MoreAtLevel1));
    let report = validate(wrong(1001).as_bytes(), &context());
    assert_eq!((report.findings.len(), report.rejects()), (1000, true));
    let reason = "niveau 1: alleen de eerste 1000 fouten zijn vermeld; de rest is niet beoordeeld";
    assert!(skipped(&report).contains(&(reason.to_owned(), vec![])), "{:?}", skipped(&report));
}

#[test]
fn findings_of_a_rule_are_bounded() {
    let twins = |number| bericht(&klant(&vec!["<Nummer>1</Nummer>"; number]));
    let report = validate(twins(1001).as_bytes(), &context());
    assert_eq!(
        (report.findings.len(), skipped(&report).len()),
        (1000, 2),
        "{:?}",
        skipped(&report)
    );
    let report = validate(twins(1002).as_bytes(), &context());
    assert_eq!(codes(&report), ["TR2"; 1000]);
    let reason = "per regel zijn alleen de eerste 1000 fouten vermeld; de rest is niet beoordeeld";
    assert!(skipped(&report).contains(&(reason.to_owned(), vec!["TR2"])), "{:?}", skipped(&report));
}

#[test]
fn a_source_is_shared() {
    use crate::finding::Citation;
    let report = validate(bericht("<Klant/><Klant/>").as_bytes(), &context());
    let [one, other] = report.findings.as_slice() else { panic!("{report:?}") };
    assert_eq!(&*one.source, "proef PR1 (schema)");
    let (Citation::Shared(one), Citation::Shared(other)) = (&one.source, &other.source) else {
        panic!("{report:?}");
    };
    assert!(std::sync::Arc::ptr_eq(one, other));
}

#[test]
fn without_fuel_only_what_would_be_judged_is_listed() {
    let xml = bericht("<Klant><Bsn>123456789</Bsn></Klant>");
    let report = validate(xml.as_bytes(), &context().fuel(0));
    let reason = "het bericht is te groot voor deze regel".to_owned();
    assert_eq!(skipped(&report), [(reason, vec!["TR3"]), not_yet()]);
}

#[test]
fn without_a_standard_nothing_can_be_judged() {
    let report = validate(bericht("").as_bytes(), &Context::new(vec![]));
    let text = |lang| report.unreadable.as_ref().unwrap().text(lang);
    assert_eq!(text(Lang::Nl), "Er is geen standaard opgegeven");
    assert_eq!(text(Lang::En), "No standard was given");
}
