//! A standard made up for the tests: clients with products.

use crate::context::DEFAULT_FUEL;
use crate::document::{Document, ElementId};
use crate::finding::{Finding, Findings};
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

static BSN_FORM: Pattern = Pattern::new("[0-9]{9}", r"\A(?:[0-9]{9})\z");
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
pub(crate) static LDT_TEXT: SimpleType = kind(Base::Text, &[]);
pub(crate) static LDT_NUMBER: SimpleType = kind(Base::Integer, &[]);
pub(crate) static LDT_DATE: SimpleType = kind(Base::Date, &[]);

pub(crate) const fn kind(base: Base, facets: &'static [Facet]) -> SimpleType {
    SimpleType { name: "LDT", title: "", base, facets }
}

pub(crate) const fn value(name: Name, min: u32, kind: &'static SimpleType) -> Node {
    node(name, Namespace::Message, (min, 1), Content::Value(kind, &[]), &[])
}

pub(crate) const fn node(
    name: Name,
    namespace: Namespace,
    (min, max): (u32, u32),
    content: Content,
    uses: &'static [Use],
) -> Node {
    Node { name, namespace, min, max, content, key: &[], uses }
}

pub(crate) const fn keyed(key: &'static [&'static [Name]], node: Node) -> Node {
    Node {
        name: node.name,
        namespace: node.namespace,
        min: node.min,
        max: node.max,
        content: node.content,
        key,
        uses: node.uses,
    }
}

static NODES: [Node; 14] = [
    node(BERICHT, Namespace::Message, (1, 1), Content::Group(&[1, 4, 13]), &[use_of(4, &totals)]),
    node(HEADER, Namespace::Base, (1, 1), Content::Group(&[2, 3]), &[]),
    node(CODE, Namespace::Base, (1, 1), Content::Value(&LDT_TEXT, &[]), &[]),
    node(RELEASE, Namespace::Base, (1, 1), Content::Value(&LDT_TEXT, &[]), &[]),
    keyed(&[&[BSN]], node(KLANT, Namespace::Message, (1, u32::MAX), Content::Group(&[5, 6]), &[])),
    value(BSN, 1, &LDT_BSN),
    node(PRODUCTEN, Namespace::Message, (0, 1), Content::Group(&[7]), &[]),
    keyed(
        &[&[NUMMER], &[SOORT]],
        node(
            PRODUCT,
            Namespace::Message,
            (1, u32::MAX),
            Content::Group(&[8, 9, 10, 11, 12]),
            &[use_of(2, &period), PRODUCT_USE],
        ),
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
    Use { rule: 3, check: Code(&distinct), params: &[&[&[NUMMER]], &[&[NUMMER], &[SOORT]]] };

pub(crate) const fn use_of(rule: u16, check: &'static (dyn Fn(&mut Judge<'_, '_>) + Sync)) -> Use {
    Use { rule, check: Code(check), params: &[] }
}

static PERIOD: Outcome = Outcome {
    target: this(&[EINDE]),
    expected: Text { nl: "niet vóór Begin", en: "not before Begin" },
    found: Seen::Value,
    because: Some(Text { nl: "Begin is gevuld", en: "Begin is filled" }),
    related: &[this(&[BEGIN]), this(&[EINDE]), this(&[SOORT])],
};
static DISTINCT: Outcome = Outcome {
    target: this(&[NUMMER]),
    expected: Text { nl: "uniek", en: "unique" },
    found: Seen::Value,
    because: None,
    related: &[],
};
static TOTALS: Outcome = Outcome {
    target: root(&[TOTAAL]),
    expected: Text { nl: "de som van Aantal", en: "the sum of Aantal" },
    found: Seen::Value,
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

pub(crate) const fn rule(code: &'static str, level: Option<u8>, status: Status, line: u32) -> Rule {
    Rule {
        code,
        title: "",
        level,
        retourcode: None,
        stage: match level {
            Some(level) => level,
            None => 2,
        },
        is_remark: false,
        looks_further: false,
        sources: &["proef § 1", "proef § 2"],
        readings: &[],
        deviations: &[],
        see: &[],
        status,
        nowhere: None,
        examples: (0, 0),
        file: "proef/regels.regels",
        line,
        text: "",
        wordings: &[],
    }
}

static RULES: [Rule; 9] = [
    Rule { title: "Negen cijfers", ..rule("CS1", Some(1), Status::Judged, 1) },
    rule("CS2", Some(1), Status::Judged, 2),
    Rule { retourcode: Some("0001"), ..rule("TR1", Some(2), Status::Judged, 3) },
    rule("TR2", Some(2), Status::Judged, 4),
    rule("TR3", Some(3), Status::Judged, 5),
    rule("TR4", Some(4), Status::NotYet, 6),
    rule("UP1", None, Status::NotYet, 7),
    Rule { retourcode: Some("0200"), ..rule("OP1", Some(1), Status::Judged, 8) },
    rule("OP2", None, Status::Judged, 9),
];

const fn message(namespaces: &'static [&'static str]) -> MessageDef {
    MessageDef {
        name: "PR1",
        title: "Proef",
        source: "proef PR1",
        code: "101",
        namespaces,
        nodes: &NODES,
        base: "",
        roles: ["zender", "ontvanger"],
        schema_version: &[],
        not_yet: &[(4, 5)],
        filing: None,
        rows: &[],
    }
}

static OLD_MESSAGES: [MessageDef; 1] = [message(&["urn:pr09", "urn:pr09/anders"])];
static MESSAGES: [MessageDef; 1] = [message(&["urn:pr1"])];

const fn published(code: &'static str, kind: &'static str, level: u8) -> Published {
    Published { code, kind, level: Some(level), retourcode: None }
}

static PUBLISHED: [Published; 4] = [
    published("CS1", "constraint", 1),
    published("TR1", "regel", 2),
    published("TR4", "regel", 4),
    published("TR9", "regel", 2),
];

/// A release that is not complete, with two forms of header, and one that is.
static RELEASES: [Release; 2] = [
    Release {
        name: "0.9",
        title: "Proef 0.9",
        source: "proef 0.9",
        base_namespace: "urn:base09",
        is_complete: false,
        headers: &[
            Header { values: &[(&[HEADER, RELEASE], "0")], code: &[HEADER, CODE] },
            Header { values: &[(&[RELEASE], "0")], code: &[CODE] },
        ],
        messages: &OLD_MESSAGES,
        published: &[],
        replies: &[],
    },
    Release {
        name: "1.0",
        title: "Proef 1.0",
        source: "proef 1.0",
        base_namespace: "urn:base",
        is_complete: true,
        headers: &[Header { values: &[(&[HEADER, RELEASE], "1")], code: &[HEADER, CODE] }],
        messages: &MESSAGES,
        published: &PUBLISHED,
        replies: &[],
    },
];

static FORMS: [FormUse; 4] = [
    FormUse { rule: 7, form: Form::Utf8 },
    FormUse { rule: 7, form: Form::NoByteOrderMark },
    FormUse { rule: 7, form: Form::CrLf },
    FormUse { rule: 8, form: Form::MaxBytes(2000) },
];

static SOORT_01: Outcome = Outcome {
    target: this(&[SOORT]),
    expected: Text { nl: "01", en: "01" },
    found: Seen::Value,
    because: None,
    related: &[],
};

fn soort_01(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    judge.check(scope.text(&this(&[SOORT])) == Some("01"), &SOORT_01);
}

/// Recognises a message by a product with Aantal 7.
fn recognises(scope: Scope<'_>) -> bool {
    scope.exists(&root(&[KLANT, PRODUCTEN, PRODUCT]), |product| {
        product.number(&item(&[AANTAL])) == Some(7)
    })
}

static AGREED: [Rule; 3] = [
    // A level and a retourcode of its own are not for a protocol to give.
    Rule {
        retourcode: Some("0300"),
        deviations: &["proef: 99 is er niet"],
        ..rule("A-01", Some(2), Status::Judged, 1)
    },
    rule("A-02", None, Status::NotByMachine("kijken"), 2),
    rule("A-03", None, Status::NotYet, 3),
];

const fn protocol(name: &'static str, messages: &'static [ProtocolMessage]) -> Protocol {
    let (title, source, releases) = ("Afspraak", "afspraak", &[0]);
    Protocol { name, title, source, rules: &AGREED, releases, messages }
}

const fn agreed(applies: Option<Applies>) -> ProtocolUse {
    ProtocolUse { node: 7, site: use_of(0, &soort_01), applies }
}

static AGREED_USES: [ProtocolUse; 1] = [agreed(None)];
/// Only for a product with Aantal 7, and in a place where most messages have nothing.
static LIMITED_USES: [ProtocolUse; 2] = [
    agreed(Some(Applies {
        up: 0,
        holds: Code(&|product| product.number(&this(&[AANTAL])) == Some(7)),
    })),
    ProtocolUse { node: 13, ..agreed(Some(Applies { up: 0, holds: Code(&|_| false) })) },
];

const fn says(release: &'static str, message: &'static str) -> ProtocolMessage {
    ProtocolMessage {
        release,
        message,
        recognises: Code(&recognises),
        uses: &AGREED_USES,
        departures: &[],
        not_yet: &[(0, 2)],
    }
}

const NOT_EIGHT: Applies =
    Applies { up: 1, holds: Code(&|product| product.number(&this(&[AANTAL])) != Some(8)) };

/// It recognises nothing, applies to some products, and asks for a Soort that there is not, but of
/// those with Aantal 8.
const LIMITED: ProtocolMessage = ProtocolMessage {
    recognises: Code(&|_| false),
    uses: &LIMITED_USES,
    departures: &[Departure { node: 9, values: &["99"], rule: 0, conditions: &[NOT_EIGHT] }],
    not_yet: &[],
    ..says("1.0", "PR1")
};

static PROTOCOLS: [Protocol; 6] = [
    protocol("A-ANDER-BERICHT", &[says("1.0", "PR9")]),
    protocol("A-ANDERE-RELEASE", &[says("0.8", "PR1")]),
    protocol("A-BEPERKT", &[LIMITED]),
    protocol("A-EERSTE", &[says("0.9", "PR1"), says("1.0", "PR1")]),
    protocol("A-TWEEDE", &[says("1.0", "PR1")]),
    protocol("A-ZWIJGT", &[ProtocolMessage { uses: &[], ..says("1.0", "PR1") }]),
];

/// The standard.
pub(crate) static PROEF: Standard = Standard {
    name: "proef",
    title: "Proefstandaard",
    source: "proef",
    releases: &RELEASES,
    forms: &FORMS,
    protocols: &PROTOCOLS,
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
    dossier: &DossierDef::EMPTY,
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
    at(xml, path, fuel, |run, element| question(run, Scope::new(run, element)))
}

/// What a use with this check finds at the element at a path.
pub(crate) fn check(xml: &str, path: &str, check: fn(&mut Judge<'_, '_>)) -> Vec<Finding> {
    let mut findings = Findings::default();
    at(xml, path, DEFAULT_FUEL, |run, element| {
        check(&mut Judge::new(run, &RULES[3], element, &mut findings));
    });
    findings.list
}

/// Does something at the element at a path, with so much fuel; the second answer is what is left.
fn at<T>(xml: &str, path: &str, fuel: u64, ask: impl FnOnce(&Run<'_>, ElementId) -> T) -> (T, u64) {
    let document = Document::read(xml.as_bytes()).unwrap();
    let subject = identify(&document, &[&PROEF]).unwrap();
    let fit = schema::judge(&document, subject);
    let message = Message::new(document, subject, fit);
    let element = message.document().elements().find(|&id| message.document().path(id) == path);
    let fuel = std::cell::Cell::new(fuel);
    let run = Run::new(&message, PRODUCT_USE.params, &fuel, crate::desk::Standpoint::ALONE);
    let answer = ask(&run, element.unwrap());
    (answer, fuel.get())
}
