use serde_json::json;

use super::*;
use crate::finding::Severity;
use crate::lang::Lang;
use crate::report::Report;
use crate::testing::{PROEF, bericht, klant};
use crate::validate::validate;

/// Recognised by Aantal 7, rejected for its Soort.
const WRONG: &str = "<Nummer>1</Nummer><Soort>02</Soort><Aantal>7</Aantal>";
const RIGHT: &str = "<Nummer>1</Nummer><Soort>01</Soort><Aantal>7</Aantal>";
const STRANGE: &str = "<Nummer>1</Nummer><Soort>02</Soort>";

fn context(choice: ProtocolChoice) -> Context {
    Context::new(vec![&PROEF]).protocol(choice)
}

fn judge(product: &str, choice: ProtocolChoice) -> Report {
    validate(bericht(&klant(&[product])).as_bytes(), &context(choice))
}

fn named(product: &str, name: &str) -> Report {
    judge(product, ProtocolChoice::Named(name.to_owned()))
}

fn protocol(report: &Report) -> Option<(&str, &'static str, Option<Verdict>)> {
    report.protocol.as_ref().map(|it| (&*it.name, it.chosen_by, it.verdict))
}

/// Reasons and rules, without what the standard skips.
fn skipped(report: &Report) -> Vec<(String, Vec<&'static str>)> {
    let entries = report.not_assessed.iter().filter(|it| it.reason != Reason::NotYet);
    entries.map(|it| (it.reason.text(Lang::Nl).into_owned(), it.rules.clone())).collect()
}

fn receipt(report: &Report) -> (Option<&str>, Option<&str>) {
    (report.receipt.protocol.as_deref(), report.receipt.protocol_chosen_by.as_deref())
}

#[test]
fn a_recognised_protocol_is_reported_and_not_applied() {
    let report = judge(WRONG, ProtocolChoice::None);
    assert_eq!(protocol(&report), Some(("A-EERSTE", "recognition", None)));
    assert_eq!(
        (report.findings.len(), report.rejects(), receipt(&report)),
        (0, false, (None, None))
    );
    let reason =
        "protocol A-EERSTE herkend maar niet toegepast; vraag erom met `--protocol A-EERSTE`";
    assert_eq!(skipped(&report)[0], (reason.to_owned(), vec!["A-01"]));
    let others: Vec<_> = skipped(&report).into_iter().map(|(reason, _)| reason).collect();
    assert!(others[1].contains("A-TWEEDE") && others[2].contains("A-ZWIJGT"), "{others:?}");
    assert_eq!(protocol(&judge(STRANGE, ProtocolChoice::None)), None);
}

#[test]
fn a_named_protocol_is_applied_unasked() {
    for (product, verdict) in
        [(WRONG, Verdict::Rejected), (STRANGE, Verdict::Rejected), (RIGHT, Verdict::Accepted)]
    {
        let report = named(product, "A-TWEEDE");
        assert_eq!(protocol(&report), Some(("A-TWEEDE", "caller", Some(verdict))));
        assert_eq!(receipt(&report), (Some("A-TWEEDE"), Some("caller")));
        assert_eq!(report.verdict, Verdict::Accepted, "that of the standard is its own");
        assert_eq!(report.rejects(), verdict == Verdict::Rejected);
        assert_eq!(skipped(&report), []);
    }
}

#[test]
fn its_findings_stand_among_the_rest() {
    let products = ["<Nummer>1</Nummer><Soort>02</Soort>", "<Nummer>1</Nummer>"];
    let xml = bericht(&klant(&products));
    let report = validate(xml.as_bytes(), &context(ProtocolChoice::Named("A-EERSTE".to_owned())));
    let told: Vec<_> = report.findings.iter().map(|it| (it.rule, it.protocol, it.level)).collect();
    let agreed = ("A-01", Some("A-EERSTE"), None);
    // The last has no Soort, so it has the place of its Product.
    assert_eq!(told, [agreed, agreed, ("TR2", None, Some(2))]);
    let finding = &report.findings[0];
    assert_eq!((finding.severity, finding.retourcode), (Severity::Error, None));
    assert_eq!(&*finding.source, "proef § 1");
    assert_eq!(report.verdict, Verdict::Rejected, "for TR2");
    let view = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
    let expected = json!({"name": "A-EERSTE", "chosen_by": "caller", "verdict": "rejected"});
    assert_eq!(view["protocol"], expected);
    assert_eq!(view["findings"][0].get("protocol"), None);
    let not_yet = report.not_assessed.iter().find(|it| it.reason == Reason::NotYet).unwrap();
    assert_eq!(not_yet.rules, ["A-03", "TR4"]);
}

#[test]
fn the_first_that_recognises_is_applied_automatically() {
    let report = judge(WRONG, ProtocolChoice::Auto);
    assert_eq!(protocol(&report), Some(("A-EERSTE", "auto", Some(Verdict::Rejected))));
    assert_eq!(receipt(&report), (Some("A-EERSTE"), Some("auto")));
    assert_eq!(skipped(&report), []);
    let report = judge(STRANGE, ProtocolChoice::Auto);
    assert_eq!((protocol(&report), receipt(&report)), (None, (None, None)));
}

#[test]
fn a_protocol_that_says_nothing_gives_no_verdict() {
    let cases = [
        ("A-ANDERE-RELEASE", "protocol A-ANDERE-RELEASE geldt niet voor release 1.0"),
        ("A-ANDER-BERICHT", "protocol A-ANDER-BERICHT stelt aan PR1 zelf geen eisen"),
        ("A-ZWIJGT", "protocol A-ZWIJGT stelt aan PR1 zelf geen eisen"),
        ("A-GEEN", "protocol A-GEEN is niet bekend bij proef"),
    ];
    for (name, reason) in cases {
        let report = named(WRONG, name);
        assert_eq!(protocol(&report), Some((name, "caller", None)));
        assert_eq!(skipped(&report), [(reason.to_owned(), vec![])]);
        assert_eq!((report.findings.len(), receipt(&report)), (0, (None, None)));
    }
}

#[test]
fn a_protocol_builds_on_level_1() {
    let xml = bericht(&klant(&[WRONG])).replace("123456789", "x");
    let at = |choice, all_levels| validate(xml.as_bytes(), &context(choice).all_levels(all_levels));
    let choice = ProtocolChoice::Named("A-EERSTE".to_owned());
    let report = at(choice.clone(), false);
    assert_eq!(protocol(&report), Some(("A-EERSTE", "caller", None)));
    assert_eq!(receipt(&report), (None, None));
    let reason = "controleniveau 1 klopt niet".to_owned();
    assert_eq!(skipped(&report), [(reason, vec!["A-01", "TR1", "TR2", "TR3"])]);
    let verdict = Some(Verdict::Rejected);
    assert_eq!(protocol(&at(choice, true)), Some(("A-EERSTE", "caller", verdict)));
    // What does not fit the schema is not asked after.
    assert_eq!(protocol(&at(ProtocolChoice::Auto, true)), None);
    assert_eq!(protocol(&at(ProtocolChoice::None, true)), None);
}

#[test]
fn a_protocol_needs_no_higher_level() {
    let xml = bericht(&klant(&[WRONG, WRONG]));
    let report = validate(xml.as_bytes(), &context(ProtocolChoice::Auto));
    let codes: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(codes, ["A-01", "TR2", "A-01"]);
}

#[test]
fn a_recogniser_without_fuel_recognises_nothing() {
    let xml = bericht(&klant(&[WRONG]));
    let report = validate(xml.as_bytes(), &context(ProtocolChoice::Auto).fuel(2));
    assert_eq!(protocol(&report), None);
}

#[test]
fn a_protocol_applies_where_it_says() {
    let limited = |products: &[&str]| {
        let choice = ProtocolChoice::Named("A-BEPERKT".to_owned());
        validate(bericht(&klant(products)).as_bytes(), &context(choice))
    };
    let other = STRANGE.replace("<Nummer>1<", "<Nummer>2<");
    let mixed = limited(&[WRONG, &other]);
    assert_eq!(protocol(&mixed), Some(("A-BEPERKT", "caller", Some(Verdict::Rejected))));
    assert_eq!(mixed.findings.len(), 1, "the other product is not the protocol's");
    let reason = "valt buiten waarop protocol A-BEPERKT van toepassing is";
    let is_outside = skipped(&mixed).iter().any(|(why, _)| why == reason);
    assert!(!is_outside, "what is judged in one place is not missing in another");
    let outside = limited(&[STRANGE]);
    assert_eq!(protocol(&outside), Some(("A-BEPERKT", "caller", None)), "no approval");
    assert!(skipped(&outside).contains(&(reason.to_owned(), vec!["A-01"])));
}

#[test]
fn what_a_protocol_asks_for_against_the_schema_is_explained() {
    let own = ProtocolChoice::Named("A-BEPERKT".to_owned());
    let other = ProtocolChoice::Named("A-EERSTE".to_owned());
    let strange = bericht(&klant(&["<Nummer>1</Nummer><Soort>99</Soort>"]));
    let told = |context: &Context| validate(strange.as_bytes(), context);
    for unasked in [ProtocolChoice::None, other] {
        assert_eq!(told(&context(unasked)).findings.len(), 1);
    }
    let asked = [context(own), context(ProtocolChoice::Auto)];
    for context in asked.into_iter().chain([context(ProtocolChoice::None).remarks(true)]) {
        let mut report = told(&context);
        report.findings.retain(|it| it.level == Some(1) || it.protocol.is_some());
        let [wrong, told] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
        assert_eq!((wrong.level, told.level, told.severity), (Some(1), None, Severity::Remark));
        assert_eq!((told.rule, told.protocol), ("A-01", Some("A-BEPERKT")));
        assert_eq!(wrong.path, told.path);
        let text = told.text(Lang::Nl);
        assert!(text.contains("A-BEPERKT vraagt deze waarde (A-01)"), "{text}");
        assert!(text.ends_with("proef: 99 is er niet."), "{text}");
    }
    let others = judge("<Nummer>1</Nummer><Soort>98</Soort>", ProtocolChoice::Auto);
    assert_eq!(others.findings.len(), 1, "nobody asks for that");
    let product = "<Nummer>1</Nummer><Soort>99</Soort><Aantal>8</Aantal>";
    let elsewhere = judge(product, ProtocolChoice::Auto);
    assert_eq!(elsewhere.findings.len(), 1, "nobody asks for that there: {elsewhere:?}");
}
