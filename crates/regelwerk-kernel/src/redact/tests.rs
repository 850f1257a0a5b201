use crate::context::Context;
use crate::lang::Lang;
use crate::report::Report;
use crate::testing::{PROEF, bericht, klant};
use crate::validate::validate;

/// The JSON of a report, without and with what the message holds; both ways to hide it agree.
fn json(xml: &str) -> [String; 2] {
    let report = validate(xml.as_bytes(), &Context::new(vec![&PROEF]).all_levels(true));
    let json = |report: &Report, redact| {
        let views = [Lang::Nl, Lang::En].map(|lang| report.view(lang, redact));
        serde_json::to_string(&views).unwrap()
    };
    let shown = json(&report, false);
    let viewed = json(&report, true);
    let hidden = json(&report.redacted(), false);
    assert_eq!(hidden, viewed);
    [hidden, shown]
}

#[test]
fn no_value_is_left() {
    let begin = "<Nummer>1</Nummer><Begin>2024-02-01</Begin><Einde>2024-01-01</Einde>";
    let right = bericht(&klant(&[begin]));
    for (xml, secret) in [
        (right.clone(), "2024-01-01"),
        (right.replace("123456789", "geheim"), "geheim"),
        (right.replace("<b:Nummer>1", "<b:Nummer geheim=''>1"), "geheim"),
        (right.replace("<b:Nummer>1", "<b:Nummer xmlns:b='urn:geheim'>1"), "geheim"),
    ] {
        let [hidden, shown] = json(&xml);
        assert!(shown.contains(secret), "{shown}");
        assert!(!hidden.contains(secret), "{hidden}");
        assert!(hidden.contains("(verborgen)") && hidden.contains("(hidden)"), "{hidden}");
        assert!(hidden.contains("/Bericht/Klant"), "names of elements stay: {hidden}");
    }
}

#[test]
fn the_name_of_an_element_that_is_not_known_is_hidden() {
    let right = bericht(&klant(&["<Nummer>1</Nummer>"]));
    for (from, to) in [
        ("<b:Nummer>1", "<b:geheim/><b:Nummer>1"),
        ("<b:Nummer>1", "<b:geheim><b:geheim/></b:geheim><b:geheim/><b:Nummer>1"),
        ("<b:Nummer>1</b:Nummer>", "<b:Nummer><b:geheim/></b:Nummer>"),
        ("b:Bericht", "b:geheim"),
    ] {
        let xml = right.replace(from, to);
        assert_ne!(xml, right);
        let [hidden, shown] = json(&xml);
        assert!(shown.contains("geheim"), "{shown}");
        assert!(!hidden.contains("geheim") && hidden.contains("/Bericht"), "{hidden}");
    }
}

#[test]
fn nothing_unreadable_is_quoted() {
    for xml in [
        "<a>&geheim;</a>",
        "<geheim:a/>",
        "<a></geheim>",
        "<geheim></a>",
        "<a/></geheim>",
        "<a><1geheim/></a>",
        "<a geheim='1' geheim='2'/>",
        "<?xml version='1.0' encoding='geheim'?><a/>",
        "<geheim/>",
        "<a xmlns='geheim'/>",
    ] {
        let [hidden, shown] = json(xml);
        assert!(shown.contains("geheim"), "{shown}");
        assert!(!hidden.contains("geheim") && hidden.contains('…'), "{hidden}");
    }
}
