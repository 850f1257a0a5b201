use super::*;
use crate::identify::identify;
use crate::lang::Lang;
use crate::report::Reason;
use crate::testing::{PROEF, bericht, klant};

/// Rule, path and sentence of each finding.
fn findings(xml: &str) -> Vec<(&'static str, String, String)> {
    let document = Document::read(xml.as_bytes()).unwrap();
    let subject = identify(&document, &[&PROEF]).unwrap();
    judge(&document, subject)
        .findings
        .into_iter()
        .map(|it| (it.rule, it.path.clone(), it.text(Lang::Nl)))
        .collect()
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
    assert_eq!(
        text,
        "Bsn: verwacht \"Negen cijfers\", de vorm [0-9]{9}, gevonden \"12345678901\"."
    );
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
    let findings = judge(&document, identify(&document, &[&PROEF]).unwrap()).findings;
    let finding = &findings[0];
    assert_eq!((finding.line, finding.column), (2, 2));
    let marked = &xml[finding.offset..finding.offset + finding.length as usize];
    assert_eq!(marked, "<b:Klant>");
    assert_eq!(finding.related, ["/Bericht/Klant"], "the element in which it is missing");
}

/// Findings in a release that is not complete, and the reason for what was not assessed.
fn incomplete(body: &str) -> (Vec<String>, Option<String>) {
    let xml = format!("<Bericht xmlns='urn:pr09'>{body}</Bericht>");
    let document = Document::read(xml.as_bytes()).unwrap();
    let subject = identify(&document, &[&PROEF]).unwrap();
    let fit = judge(&document, subject);
    let reason = Reason::incomplete(&document, subject.kind.release.name, &fit.unknown);
    let findings = fit.findings.iter().map(|it| format!("{} {}", it.path, it.text(Lang::Nl)));
    (findings.collect(), reason.map(|reason| reason.text(Lang::Nl).into_owned()))
}

const HEAD: &str = "<Header><Release>0</Release><Code>101</Code></Header>";

#[test]
fn a_release_that_is_not_complete_knows_names_only() {
    let klant = "<Klant soort='1'>tekst<Producten xmlns='urn:elders'><Product><Soort>01</Soort>\
                 <Nummer>1</Nummer></Product></Producten><Bsn>123456789</Bsn></Klant>";
    assert_eq!(incomplete(&format!("{klant}{HEAD}")), (vec![], None), "whatever order, namespace");
}

#[test]
fn what_is_not_known_is_accepted_and_listed() {
    let kleuren = "<Kleur><Bsn>geen</Bsn></Kleur><Kleur/>";
    let klant = format!("<Klant><Bsn>123456789</Bsn>{kleuren}<Maat/></Klant>");
    let (findings, reason) = incomplete(&format!("{HEAD}{klant}{klant}<Extra/>"));
    assert_eq!(findings, [""; 0]);
    let expected = "release 0.9 is niet volledig vastgelegd; niet beoordeeld: \
                    /Bericht/Klant/Kleur, /Bericht/Klant/Maat, /Bericht/Extra";
    assert_eq!(reason.as_deref(), Some(expected));
    let many: String = (0..22).map(|number| format!("<X{number}/>")).collect();
    let reason = incomplete(&format!("{HEAD}{many}<Klant><Bsn>123456789</Bsn></Klant>")).1.unwrap();
    assert!(reason.ends_with("/Bericht/X8, /Bericht/X9 (en 12 andere)"), "{reason}");
}

#[test]
fn what_is_known_is_judged_all_the_same() {
    let klant = "<Klant><Bsn>1</Bsn><Bsn>123456789</Bsn><Producten/></Klant>";
    // How often an element may occur is known of a complete release only.
    let (findings, _) = incomplete(&format!("{HEAD}{klant}"));
    let expected = [
        "/Bericht/Klant/Bsn[1] Bsn: verwacht \"Negen cijfers\", de vorm [0-9]{9}, gevonden \"1\".",
    ];
    assert_eq!(findings, expected);
}

#[test]
fn what_is_in_a_faulty_element_is_judged() {
    let paths = |xml: &str| findings(xml).into_iter().map(|it| it.1).collect::<Vec<_>>();
    let product = "/Bericht/Klant/Producten/Product";
    let late = paths(&self::product("<Nummer>1</Nummer><Begin>2024-01-01</Begin><Soort>9</Soort>"));
    assert_eq!(late, [format!("{product}/Soort"), format!("{product}/Soort")]);
    let many = paths(&self::product("<Nummer>1</Nummer><Nummer>x</Nummer>"));
    assert_eq!(many, [format!("{product}/Nummer[2]"), format!("{product}/Nummer[2]")]);
    let xml = bericht("<Klant><Bsn>1</Bsn></Klant>");
    let elsewhere = paths(&xml.replace("b:Bsn", "Bsn"));
    assert_eq!(elsewhere, ["/Bericht/Klant/Bsn", "/Bericht/Klant/Bsn"]);
    // Only the root is told to be in another namespace: what is in it merely follows.
    assert_eq!(paths(&xml.replace("urn:pr1", "urn:pr0")), ["/Bericht", "/Bericht/Klant/Bsn"]);
}

#[test]
fn a_coded_facet_hides_no_lexical_fault() {
    static KIND: SimpleType = SimpleType {
        name: "LDT",
        title: "",
        base: Base::Date,
        facets: &[
            Facet { kind: FacetKind::MaxLength(3), rule: Some(0) },
            Facet { kind: FacetKind::MaxLength(2), rule: None },
            Facet { kind: FacetKind::MaxLength(1), rule: Some(1) },
        ],
    };
    let told = |value: &str| {
        let xml = product(&format!("<Nummer>{value}</Nummer>"));
        let document = Document::read(xml.as_bytes()).unwrap();
        let subject = identify(&document, &[&PROEF]).unwrap();
        let mut walk = Walk::new(&document, subject);
        let path = "/Bericht/Klant/Producten/Product/Nummer";
        let id = document.elements().find(|&id| document.path(id) == path).unwrap();
        walk.value(id, &KIND, &[]);
        walk.fit.findings.iter().map(|it| it.rule).collect::<Vec<_>>()
    };
    assert_eq!(told("2024"), ["CS1", "CS2", "XSD"]);
    assert_eq!(told("2024-01-01"), ["CS1", "CS2"]);
}

#[test]
fn an_empty_title_is_not_told() {
    let kind = FacetKind::Pattern(Box::leak(Box::new(crate::Pattern::new("[a-z]", "[a-z]"))));
    let phrase = kind.phrase(PROEF.rules.get(1));
    assert_eq!(phrase.get(Lang::Nl), "de vorm [a-z]");
}

#[test]
fn what_a_finding_repeats_is_cut() {
    let long = "x".repeat(5000);
    let cut = "x".repeat(100) + "…";
    let (_, path, text) = only(&product(&format!("<Nummer>1</Nummer><{long}/>")));
    assert_eq!(path, format!("/Bericht/Klant/Producten/Product/{cut}"));
    assert!(text.starts_with(&cut) && text.ends_with(&format!("gevonden {cut}.")), "{text}");
    let xml = bericht("<Klant><Bsn>123456789</Bsn></Klant>");
    let (_, _, text) = only(&xml.replace("<b:Klant>", &format!("<b:Klant {long}=''>")));
    assert!(text.ends_with(&format!("gevonden {cut}.")), "{text}");
    let urn = format!("<b:Klant xmlns:b='urn:{}'>", "x".repeat(900));
    let told = findings(&xml.replace("<b:Klant>", &urn));
    assert!(told.iter().all(|it| it.2.len() < 300), "{told:?}");
}
