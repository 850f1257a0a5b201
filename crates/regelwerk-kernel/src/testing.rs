//! A standard made up for the tests: clients with products.

use crate::document::Document;
use crate::identify::identify;
use crate::message::Message;
use crate::pattern::Pattern;
use crate::schema;
use crate::scope::{Judge, Scope, ge};
use crate::standard::*;
use crate::walk::Run;

pub(crate) const AANTAL: Name = 0;
pub(crate) const BEGIN: Name = 1;
pub(crate) const BERICHT: Name = 2;
pub(crate) const BSN: Name = 3;
pub(crate) const CODE: Name = 4;
pub(crate) const EINDE: Name = 5;
pub(crate) const HEADER: Name = 6;
pub(crate) const KLANT: Name = 7;
pub(crate) const NUMMER: Name = 8;
pub(crate) const PRODUCT: Name = 9;
pub(crate) const PRODUCTEN: Name = 10;
pub(crate) const RELEASE: Name = 11;
pub(crate) const SOORT: Name = 12;
pub(crate) const TOTAAL: Name = 13;

/// A path from the element that is judged.
pub(crate) const fn this(steps: &'static [Name]) -> Path {
    Path { origin: Origin::This, param: None, steps }
}

/// A path from the element of the innermost quantifier.
pub(crate) const fn item(steps: &'static [Name]) -> Path {
    Path { origin: Origin::Item, param: None, steps }
}

/// A path from the root.
pub(crate) const fn root(steps: &'static [Name]) -> Path {
    Path { origin: Origin::Root, param: None, steps }
}

static BSN_FORM: Pattern = Pattern::new("[0-9]{9}", "[0-9]{9}");
static SOORTEN: CodeList =
    CodeList { name: "Soort", title: "Soort product", codes: &[("01", "uur"), ("02", "dag")] };
static LDT_BSN: SimpleType = kind(
    Base::Text,
    &[
        Facet { kind: FacetKind::Pattern(&BSN_FORM), rule: Some(0) },
        Facet { kind: FacetKind::MaxLength(9), rule: None },
    ],
);
static LDT_SOORT: SimpleType =
    kind(Base::Text, &[Facet { kind: FacetKind::CodeList(&SOORTEN), rule: None }]);
static LDT_TEXT: SimpleType = kind(Base::Text, &[]);
static LDT_NUMBER: SimpleType = kind(Base::Integer, &[]);
static LDT_DATE: SimpleType = kind(Base::Date, &[]);

const fn kind(base: Base, facets: &'static [Facet]) -> SimpleType {
    SimpleType { name: "LDT", title: "", base, facets }
}

const fn value(name: Name, min: u32, kind: &'static SimpleType) -> Node {
    node(name, Namespace::Message, (min, 1), Content::Value(kind, &[]), &[])
}

const fn node(
    name: Name,
    namespace: Namespace,
    (min, max): (u32, u32),
    content: Content,
    uses: &'static [Use],
) -> Node {
    Node { name, namespace, min, max, content, uses }
}

static NODES: [Node; 14] = [
    node(BERICHT, Namespace::Message, (1, 1), Content::Group(&[1, 4, 13]), &[use_of(4, totals)]),
    node(HEADER, Namespace::Base, (1, 1), Content::Group(&[2, 3]), &[]),
    node(CODE, Namespace::Base, (1, 1), Content::Value(&LDT_TEXT, &[]), &[]),
    node(RELEASE, Namespace::Base, (1, 1), Content::Value(&LDT_TEXT, &[]), &[]),
    node(KLANT, Namespace::Message, (1, u32::MAX), Content::Group(&[5, 6]), &[]),
    value(BSN, 1, &LDT_BSN),
    node(PRODUCTEN, Namespace::Message, (0, 1), Content::Group(&[7]), &[]),
    node(
        PRODUCT,
        Namespace::Message,
        (1, u32::MAX),
        Content::Group(&[8, 9, 10, 11, 12]),
        &[use_of(2, period), PRODUCT_USE],
    ),
    value(NUMMER, 1, &LDT_NUMBER),
    value(SOORT, 0, &LDT_SOORT),
    value(BEGIN, 0, &LDT_DATE),
    value(EINDE, 0, &LDT_DATE),
    node(
        AANTAL,
        Namespace::Message,
        (0, 1),
        Content::Value(
            &LDT_NUMBER,
            &[
                Facet { kind: FacetKind::Min(0), rule: Some(1) },
                Facet { kind: FacetKind::Max(99), rule: Some(1) },
            ],
        ),
        &[],
    ),
    value(TOTAAL, 0, &LDT_NUMBER),
];

/// The use with parameters: 0 is a single path, 1 is several.
const PRODUCT_USE: Use =
    Use { rule: 3, check: distinct, params: &[&[&[NUMMER]], &[&[NUMMER], &[SOORT]]] };
static PARAM_USE: Use = PRODUCT_USE;

const fn use_of(rule: u16, check: fn(&mut Judge<'_, '_>)) -> Use {
    Use { rule, check, params: &[] }
}

static PERIOD: Outcome = Outcome {
    target: this(&[EINDE]),
    expected: Text { nl: "niet vóór Begin", en: "not before Begin" },
    because: Some(Text { nl: "Begin is gevuld", en: "Begin is filled" }),
    related: &[this(&[BEGIN]), this(&[EINDE]), this(&[SOORT])],
};
static DISTINCT: Outcome = Outcome {
    target: this(&[NUMMER]),
    expected: Text { nl: "uniek", en: "unique" },
    because: None,
    related: &[],
};
static TOTALS: Outcome = Outcome {
    target: root(&[TOTAAL]),
    expected: Text { nl: "de som van Aantal", en: "the sum of Aantal" },
    because: None,
    related: &[],
};

fn period(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let (begin, einde) = (scope.date(&this(&[BEGIN])), scope.date(&this(&[EINDE])));
    judge.check(begin.is_none() || ge(einde, begin), &PERIOD);
}

fn distinct(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    judge.check(scope.unique(&[item(&[NUMMER])], KLANT), &DISTINCT);
}

fn totals(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let all = root(&[KLANT, PRODUCTEN, PRODUCT]);
    let sum = scope.sum(&all, |_| true, |product| product.number(&item(&[AANTAL])));
    let totaal = scope.number(&this(&[TOTAAL]));
    judge.check(totaal.is_none_or(|totaal| totaal == sum), &TOTALS);
}

const fn rule(code: &'static str, level: Option<u8>, status: Status, line: u32) -> Rule {
    Rule {
        code,
        title: "",
        level,
        retourcode: None,
        sources: &["proef § 1", "proef § 2"],
        readings: &[],
        deviations: &[],
        see: &[],
        status,
        file: "proef/regels.regels",
        line,
        text: "",
        wordings: &[],
    }
}

static RULES: [Rule; 7] = [
    rule("CS1", Some(1), Status::Judged, 1),
    rule("CS2", Some(1), Status::Judged, 2),
    Rule { retourcode: Some("0001"), ..rule("TR1", Some(2), Status::Judged, 3) },
    rule("TR2", Some(2), Status::Judged, 4),
    rule("TR3", Some(3), Status::Judged, 5),
    rule("TR4", Some(4), Status::NotYet, 6),
    rule("UP1", None, Status::NotYet, 7),
];

static MESSAGES: [MessageDef; 1] = [MessageDef {
    name: "PR1",
    title: "Proef",
    source: "proef PR1",
    code: "101",
    code_path: &[HEADER, CODE],
    namespace: "urn:pr1",
    nodes: &NODES,
    base: "",
}];

/// The standard.
pub(crate) static PROEF: Standard = Standard {
    name: "proef",
    title: "Proefstandaard",
    source: "proef",
    releases: &[Release {
        name: "1.0",
        title: "Proef 1.0",
        source: "proef 1.0",
        base_namespace: "urn:base",
        header: &[(&[HEADER, RELEASE], "1")],
        messages: &MESSAGES,
    }],
    rules: &RULES,
    names: &[
        "Aantal",
        "Begin",
        "Bericht",
        "Bsn",
        "Code",
        "Einde",
        "Header",
        "Klant",
        "Nummer",
        "Product",
        "Producten",
        "Release",
        "Soort",
        "Totaal",
    ],
    rules_sha256: "abc",
};

/// A message with this after its header.
pub(crate) fn bericht(body: &str) -> String {
    format!(
        "<b:Bericht xmlns:b='urn:pr1' xmlns='urn:base'><Header><Code>101</Code>\
         <Release>1</Release></Header>{}</b:Bericht>",
        body.replace("</", "</b:").replace('<', "<b:").replace("<b:/b:", "</b:")
    )
}

/// A client with these products, each its content.
pub(crate) fn klant(products: &[&str]) -> String {
    let products: String = products.iter().map(|it| format!("<Product>{it}</Product>")).collect();
    format!("<Klant><Bsn>123456789</Bsn><Producten>{products}</Producten></Klant>")
}

/// Asks something of the element at a path, with so much fuel; the fuel left is the second answer.
pub(crate) fn ask<T>(
    xml: &str,
    path: &str,
    fuel: u64,
    question: impl Fn(&Run<'_>, Scope<'_>) -> T,
) -> (T, u64) {
    let document = Document::read(xml.as_bytes()).unwrap();
    let subject = identify(&document, &[&PROEF]).unwrap();
    let (places, _) = schema::judge(&document, subject);
    let message = Message::new(document, subject, places);
    let element = message.document().elements().find(|&id| message.document().path(id) == path);
    let fuel = std::cell::Cell::new(fuel);
    let run = Run::new(&message, &PARAM_USE, &fuel);
    let mut findings = Vec::new();
    let scope = Judge::new(&run, &RULES[3], element.unwrap(), &mut findings).scope();
    let answer = question(&run, scope);
    (answer, fuel.get())
}
