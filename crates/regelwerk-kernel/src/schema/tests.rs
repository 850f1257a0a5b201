use super::*;
use crate::identify::identify;
use crate::lang::Lang;
use crate::testing::{PROEF, bericht, klant};

/// Rule, path and sentence of each finding.
fn findings(xml: &str) -> Vec<(&'static str, String, String)> {
    let document = Document::read(xml.as_bytes()).unwrap();
    let subject = identify(&document, &[&PROEF]).unwrap();
    let (_, findings) = judge(&document, subject);
    findings.into_iter().map(|it| (it.rule, it.path.clone(), it.text(Lang::Nl))).collect()
}

fn only(xml: &str) -> (&'static str, String, String) {
    let findings = findings(xml);
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.into_iter().next().unwrap()
}

fn product(content: &str) -> String {
    bericht(&klant(&[content]))
}

#[test]
fn a_message_that_fits_has_no_findings() {
    assert!(findings(&product("<Nummer> +01 </Nummer><Soort>01</Soort>")).is_empty());
}

#[test]
fn every_problem_of_a_group_is_told() {
    let body = "<Klant><Producten><Product><Begin>2024-01-01</Begin><Soort>01</Soort>\
                <Kleur>rood</Kleur><Begin>2024-01-02</Begin></Product></Producten></Klant>";
    let product = "/Bericht/Klant/Producten/Product";
    let expected = [
        (
            "XSD",
            "/Bericht/Klant/Bsn".to_owned(),
            "Bsn: verwacht aanwezig, gevonden niets.".to_owned(),
        ),
        ("XSD", format!("{product}/Soort"), "Soort: verwacht vóór Begin, gevonden erna.".into()),
        (
            "XSD",
            format!("{product}/Kleur"),
            "Kleur: verwacht een van Nummer, Soort, Begin, Einde, Aantal, gevonden Kleur.".into(),
        ),
        (
            "XSD",
            format!("{product}/Begin[2]"),
            "Begin: verwacht hoogstens 1 keer, gevonden nog een.".into(),
        ),
        ("XSD", format!("{product}/Nummer"), "Nummer: verwacht aanwezig, gevonden niets.".into()),
    ];
    assert_eq!(findings(&bericht(body)), expected);
}

#[test]
fn a_coded_facet_speaks_for_the_value() {
    let (rule, path, text) = only(&bericht("<Klant><Bsn>12345678901</Bsn></Klant>"));
    assert_eq!((rule, path.as_str()), ("CS1", "/Bericht/Klant/Bsn"));
    assert_eq!(text, "Bsn: verwacht de vorm [0-9]{9}, gevonden \"12345678901\".");
    let (rule, _, text) = only(&product("<Nummer>1</Nummer><Soort>03</Soort>"));
    assert_eq!((rule, text.as_str()), ("XSD", "Soort: verwacht een van 01, 02, gevonden \"03\"."));
}

#[test]
fn bounds_hold_for_numbers_of_any_length() {
    let at = |number: &str| product(&format!("<Nummer>1</Nummer><Aantal>{number}</Aantal>"));
    assert!(findings(&at("099")).is_empty());
    assert_eq!(only(&at("100")).0, "CS2");
    assert_eq!(only(&at(&"9".repeat(80))).2.matches("hoogstens 99").count(), 1);
    assert_eq!(only(&at("-1")).0, "CS2");
    assert_eq!(only(&at("")).2, "Aantal: verwacht een geheel getal, gevonden leeg.");
}

#[test]
fn a_date_exists() {
    let (rule, _, text) = only(&product("<Nummer>1</Nummer><Begin>2023-02-29</Begin>"));
    assert_eq!(rule, "XSD");
    assert!(text.contains("een bestaande datum"), "{text}");
}

#[test]
fn structure_and_values_do_not_mix() {
    let (_, path, text) = only(&product("<Nummer>1<Soort>01</Soort></Nummer>"));
    assert_eq!(path, "/Bericht/Klant/Producten/Product/Nummer");
    assert_eq!(text, "Nummer: verwacht alleen een waarde, gevonden Soort.");
    let (_, path, text) = only(&product("x<Nummer>1</Nummer>"));
    assert_eq!(path, "/Bericht/Klant/Producten/Product");
    assert_eq!(text, "Product: verwacht alleen elementen, gevonden ook tekst.");
    let (_, _, text) = only(
        &bericht("<Klant soort='1'><Bsn>123456789</Bsn></Klant>")
            .replace("</b:Klant soort='1'>", "</b:Klant>"),
    );
    assert_eq!(text, "Klant: verwacht geen attributen, gevonden soort.");
}

#[test]
fn a_name_in_another_namespace_is_told_once() {
    let xml = bericht("<Klant><Bsn>123456789</Bsn></Klant>");
    let (_, path, text) = only(&xml.replace("b:Bsn", "Bsn"));
    assert_eq!(path, "/Bericht/Klant/Bsn");
    assert_eq!(text, "Bsn: verwacht namespace urn:pr1, gevonden namespace urn:base.");
    // The header still tells which message it is.
    let (_, path, _) = only(&xml.replace("urn:pr1", "urn:pr0"));
    assert_eq!(path, "/Bericht");
}

#[test]
fn a_missing_element_has_the_place_of_its_parent() {
    let xml = bericht("\n <Klant></Klant>");
    let document = Document::read(xml.as_bytes()).unwrap();
    let (_, findings) = judge(&document, identify(&document, &[&PROEF]).unwrap());
    let finding = &findings[0];
    assert_eq!((finding.line, finding.column), (2, 2));
    let marked = &xml[finding.offset..finding.offset + finding.length as usize];
    assert_eq!(marked, "<b:Klant>");
}
