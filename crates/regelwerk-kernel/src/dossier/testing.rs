//! A standard made up for the tests of the dossier: what is granted, started and declared.

mod rules;
mod xml;

use crate::rows::{Find, Key, Row, Rows};
use crate::standard::*;
use crate::testing::{LDT_DATE, LDT_NUMBER, LDT_TEXT, keyed, node, rule, this, use_of, value};

use rules::{RULES, granted, has_begin, not_early, outside, started_once, too_late, within_grant};
pub(super) use xml::{declare, grant, header, reply_to_start, start, xml};

const BEDRAG: Name = 1;
const BEGIN: Name = 2;
const BERICHT: Name = 3;
const BSN: Name = 4;
const CODE: Name = 5;
const DAG: Name = 6;
const DAG_RETOUR: Name = 7;
const DATUM: Name = 8;
const DECLARATIE: Name = 9;
const HEADER: Name = 10;
const KENMERK: Name = 11;
const KENMERK_RETOUR: Name = 12;
const KLANT: Name = 13;
const NAAR: Name = 14;
const NUMMER: Name = 15;
const OMVANG: Name = 16;
const PRESTATIE: Name = 17;
const RELEASE: Name = 18;
const RETOUR_CODE: Name = 19;
const START: Name = 20;
const TOEWIJZING: Name = 21;
const VAN: Name = 22;
const VAN_KENMERK: Name = 23;

static NAMES: [&str; 24] = [
    "Antwoord",
    "Bedrag",
    "Begin",
    "Bericht",
    "Bsn",
    "Code",
    "Dag",
    "DagRetour",
    "Datum",
    "Declaratie",
    "Header",
    "Kenmerk",
    "KenmerkRetour",
    "Klant",
    "Naar",
    "Nummer",
    "Omvang",
    "Prestatie",
    "Release",
    "RetourCode",
    "Start",
    "Toewijzing",
    "Van",
    "VanKenmerk",
];

const fn group(name: Name, (min, max): (u32, u32), children: &'static [u16]) -> Node {
    node(name, Namespace::Message, (min, max), Content::Group(children), &[])
}

const fn judged(it: Node, uses: &'static [Use]) -> Node {
    Node {
        name: it.name,
        namespace: it.namespace,
        min: it.min,
        max: it.max,
        content: it.content,
        key: it.key,
        uses,
    }
}

const fn text(name: Name) -> Node {
    value(name, 1, &LDT_TEXT)
}

const fn number(name: Name) -> Node {
    value(name, 0, &LDT_NUMBER)
}

const fn date(name: Name) -> Node {
    value(name, 0, &LDT_DATE)
}

const fn codes() -> Node {
    let value = Content::Value(&LDT_TEXT, &[]);
    node(RETOUR_CODE, Namespace::Message, (0, MANY), value, &[])
}

const MANY: u32 = u32::MAX;

/// What is granted.
static VR1: [Node; 15] = [
    group(BERICHT, (1, 1), &[1, 8]),
    group(HEADER, (1, 1), &[2, 3, 4, 5, 6, 7]),
    text(CODE),
    text(RELEASE),
    text(VAN),
    text(NAAR),
    text(KENMERK),
    date(DAG),
    keyed(&[&[BSN]], group(KLANT, (1, MANY), &[9, 10])),
    text(BSN),
    judged(
        keyed(&[&[NUMMER]], group(TOEWIJZING, (1, MANY), &[11, 12, 13, 14])),
        &[use_of(5, &outside), use_of(6, &too_late)],
    ),
    number(NUMMER),
    date(DATUM),
    date(BEGIN),
    number(OMVANG),
];

/// What is started.
static VR2: [Node; 13] = [
    group(BERICHT, (1, 1), &[1, 8]),
    group(HEADER, (1, 1), &[2, 3, 4, 5, 6, 7]),
    text(CODE),
    text(RELEASE),
    text(VAN),
    text(NAAR),
    text(KENMERK),
    date(DAG),
    keyed(&[&[BSN]], group(KLANT, (1, MANY), &[9, 10])),
    text(BSN),
    judged(
        group(START, (1, MANY), &[11, 12]),
        &[
            use_of(1, &granted),
            use_of(2, &started_once),
            use_of(4, &has_begin),
            use_of(7, &not_early),
        ],
    ),
    number(NUMMER),
    date(BEGIN),
];

/// What is declared.
static VR3: [Node; 16] = [
    group(BERICHT, (1, 1), &[1, 8]),
    group(HEADER, (1, 1), &[2, 3, 4, 5, 6, 7]),
    text(CODE),
    text(RELEASE),
    text(VAN),
    text(NAAR),
    text(KENMERK),
    date(DAG),
    keyed(&[&[NUMMER]], group(DECLARATIE, (1, 1), &[9, 10])),
    number(NUMMER),
    keyed(&[&[BSN]], group(KLANT, (1, MANY), &[11, 12])),
    text(BSN),
    judged(
        keyed(&[&[KENMERK]], group(PRESTATIE, (1, MANY), &[13, 14, 15])),
        &[use_of(3, &within_grant)],
    ),
    text(KENMERK),
    number(NUMMER),
    number(BEDRAG),
];

/// The reply to what is granted or started.
static AN1: [Node; 11] = [
    group(BERICHT, (1, 1), &[1]),
    group(HEADER, (1, 1), &[2, 3, 4, 5, 6, 7, 8, 9, 10]),
    text(CODE),
    text(RELEASE),
    text(VAN),
    text(NAAR),
    text(KENMERK),
    date(DAG),
    text(KENMERK_RETOUR),
    date(DAG_RETOUR),
    codes(),
];

/// The reply to what is declared.
static AN3: [Node; 19] = [
    group(BERICHT, (1, 1), &[1, 10]),
    group(HEADER, (1, 1), &[2, 3, 4, 5, 6, 7, 8, 9]),
    text(CODE),
    text(RELEASE),
    text(VAN),
    text(NAAR),
    text(KENMERK),
    date(DAG),
    text(VAN_KENMERK),
    codes(),
    keyed(&[&[NUMMER]], group(0, (0, 1), &[11, 12, 18])),
    number(NUMMER),
    keyed(&[&[BSN]], group(KLANT, (0, MANY), &[13, 14, 17])),
    text(BSN),
    keyed(&[&[KENMERK]], group(PRESTATIE, (0, MANY), &[15, 16])),
    text(KENMERK),
    codes(),
    codes(),
    codes(),
];

const fn replies(to: &'static str, with: &'static str) -> Reply {
    Reply {
        source: "proef",
        to,
        with,
        code: &[RETOUR_CODE],
        good: "0200",
        unassessed: "0233",
        fine: &["0200", "0233"],
        is_by_class: false,
        classes: &[1],
        outside: 1,
        always: &[],
        cases: &[],
    }
}

static REPLIES: [Reply; 3] = [
    replies("VR1", "AN1"),
    replies("VR2", "AN2"),
    Reply {
        is_by_class: true,
        classes: &[1, 8, 10, 12],
        always: &[Filling::Copy { to: 10, from: 8 }],
        ..replies("VR3", "AN3")
    },
];

const FILING: Filing = Filing {
    parties: [&[HEADER, VAN], &[HEADER, NAAR]],
    is_reversed: false,
    part: &[9],
    mark: &[HEADER, KENMERK],
    sent: &[HEADER, DAG],
    answers: None,
};

const fn reply_filing(message: &'static str) -> Filing {
    Filing {
        is_reversed: true,
        part: &[],
        mark: &[HEADER, KENMERK_RETOUR],
        sent: &[HEADER, DAG_RETOUR],
        answers: Some(Answers { message, mark: &[HEADER, KENMERK], sent: Some(&[HEADER, DAG]) }),
        ..FILING
    }
}

const fn message(
    (name, code): (&'static str, &'static str),
    namespaces: &'static [&'static str],
    nodes: &'static [Node],
    filing: Filing,
    rows: &'static [Extract],
) -> MessageDef {
    MessageDef {
        name,
        title: "",
        source: "proef",
        code,
        namespaces,
        nodes,
        base: "",
        schema_version: &[],
        not_yet: &[],
        filing: Some(filing),
        rows,
        roles: ["zender", "ontvanger"],
    }
}

const fn at(path: &'static [Name]) -> Option<Pick> {
    Some(Pick::Path { up: 0, path })
}

static MESSAGES: [MessageDef; 6] = [
    message(("AN1", "11"), &["urn:an1"], &AN1, reply_filing("VR1"), &[]),
    message(("AN2", "12"), &["urn:an2"], &AN1, reply_filing("VR2"), &[]),
    message(
        ("AN3", "13"),
        &["urn:an3"],
        &AN3,
        Filing {
            answers: Some(Answers { message: "VR3", mark: &[HEADER, VAN_KENMERK], sent: None }),
            part: &[],
            ..FILING
        },
        &[],
    ),
    message(
        ("VR1", "1"),
        &["urn:vr1"],
        &VR1,
        FILING,
        &[
            Extract {
                source: 0,
                node: 10,
                columns: &[
                    at(&[NUMMER]),
                    at(&[DATUM]),
                    at(&[BEGIN]),
                    at(&[OMVANG]),
                    Some(Pick::Received),
                ],
            },
            Extract {
                source: 3,
                node: 1,
                columns: &[at(&[KENMERK]), Some(Pick::Filled { up: 1, path: &[KLANT] })],
            },
        ],
    ),
    message(
        ("VR2", "2"),
        &["urn:vr2"],
        &VR2,
        FILING,
        &[Extract {
            source: 1,
            node: 10,
            columns: &[at(&[NUMMER]), at(&[BEGIN]), Some(Pick::Sent)],
        }],
    ),
    message(
        ("VR3", "3"),
        &["urn:vr3"],
        &VR3,
        Filing { part: &[11], ..FILING },
        &[Extract {
            source: 2,
            node: 12,
            columns: &[
                at(&[KENMERK]),
                at(&[NUMMER]),
                at(&[BEDRAG]),
                Some(Pick::Path { up: 1, path: &[BSN] }),
                Some(Pick::Path { up: 2, path: &[NUMMER] }),
            ],
        }],
    ),
];

static RELEASES: [Release; 1] = [Release {
    name: "1.0",
    title: "Proef 1.0",
    source: "proef",
    base_namespace: "urn:base",
    is_complete: true,
    headers: &[Header { values: &[(&[HEADER, RELEASE], "1")], code: &[HEADER, CODE] }],
    messages: &MESSAGES,
    published: &[],
    replies: &REPLIES,
}];

const fn column(name: &'static str, base: Base) -> Column {
    Column { name, base }
}

const fn of_message(
    name: &'static str,
    message: &'static str,
    columns: &'static [Column],
) -> Source {
    Source { name, kind: SourceKind::Message { message }, columns, classes: &[] }
}

const FACT: [Column; 3] =
    [column("datum", Base::Date), column("sleutel", Base::Text), column("waarde", Base::Text)];

static SOURCES: [Source; 8] = [
    of_message(
        "VR1 / Toewijzing",
        "VR1",
        &[
            column("Nummer", Base::Integer),
            column("Datum", Base::Date),
            column("Begin", Base::Date),
            column("Omvang", Base::Integer),
            column("ontvangst", Base::Date),
        ],
    ),
    of_message(
        "VR2 / Start",
        "VR2",
        &[
            column("Nummer", Base::Integer),
            column("Begin", Base::Date),
            column("verzending", Base::Date),
        ],
    ),
    Source {
        classes: &[
            RowClass { element: "Prestatie", key: &[0] },
            RowClass { element: "Klant", key: &[3] },
            RowClass { element: "Declaratie", key: &[4] },
        ],
        ..of_message(
            "VR3 / Prestatie",
            "VR3",
            &[
                column("Kenmerk", Base::Text),
                column("Nummer", Base::Integer),
                column("Bedrag", Base::Integer),
                column("Klant.Bsn", Base::Text),
                column("Declaratie.Nummer", Base::Integer),
            ],
        )
    },
    of_message(
        "VR1 / Header",
        "VR1",
        &[column("Kenmerk", Base::Text), column("Klant", Base::Text)],
    ),
    Source {
        name: "contract",
        kind: SourceKind::Table(0),
        columns: &[
            column("nummer", Base::Integer),
            column("tarief", Base::Integer),
            column("vanaf", Base::Date),
        ],
        classes: &[],
    },
    Source {
        name: "gebied",
        kind: SourceKind::Table(1),
        columns: &[column("nummer", Base::Integer)],
        classes: &[],
    },
    Source { name: "betaling", kind: SourceKind::Fact(0), columns: &FACT, classes: &[] },
    Source { name: "akkoord", kind: SourceKind::Fact(1), columns: &FACT, classes: &[] },
];

pub(super) const GRANT: u16 = 0;
pub(super) const GRANT_OF_CLIENT: u16 = 1;
pub(super) const GRANT_BY_BEGIN: u16 = 2;
pub(super) const START_OF_CLIENT: u16 = 3;
const DECLARED: u16 = 4;
pub(super) const CONTRACT: u16 = 5;
const AREA: u16 = 6;
pub(super) const PAYMENT: u16 = 7;
pub(super) const CONSENT: u16 = 8;

static INDEXES: [Index; 9] = [
    Index { source: 0, by_part: false, columns: &[0], order: &[1] },
    Index { source: 0, by_part: true, columns: &[], order: &[] },
    Index { source: 0, by_part: false, columns: &[2], order: &[] },
    Index { source: 1, by_part: true, columns: &[0], order: &[] },
    Index { source: 2, by_part: false, columns: &[1], order: &[] },
    Index { source: 4, by_part: false, columns: &[0], order: &[] },
    Index { source: 5, by_part: false, columns: &[0], order: &[] },
    Index { source: 6, by_part: false, columns: &[1], order: &[] },
    Index { source: 7, by_part: false, columns: &[1], order: &[] },
];

/// A grant of nothing takes it back.
fn is_granted(_: Rows<'_>, row: Row<'_>) -> bool {
    row.number(3) != Some(0)
}

/// No rule file can say this.
fn asks_itself(rows: Rows<'_>, row: Row<'_>) -> bool {
    let key = [Key::Number(row.number(0))];
    let find = Find { range: Range::View(1), index: GRANT, key: &key, counts_void: false };
    rows.any(&find, |_| true)
}

pub(super) static DOSSIER: DossierDef = DossierDef {
    sources: &SOURCES,
    indexes: &INDEXES,
    views: &[
        View {
            name: "toewijzing",
            title: "De geldende toewijzing",
            index: GRANT,
            holds: Code(&is_granted),
        },
        View {
            name: "kring",
            title: "Een beeld dat naar zichzelf vraagt",
            index: GRANT,
            holds: Code(&asks_itself),
        },
    ],
    tables: &[
        TableDef {
            name: "contract",
            title: "",
            supplied_as: Some("contract.csv"),
            rows: &[],
            has_own: false,
            key: &[],
            valid: None,
        },
        TableDef {
            name: "gebied",
            title: "",
            supplied_as: Some("gebied.csv"),
            rows: &[&["1"], &["2"]],
            has_own: true,
            key: &[0],
            valid: None,
        },
    ],
    facts: &[
        FactDef { name: "betaling", title: "", is_question: false, values: &[] },
        FactDef { name: "akkoord", title: "", is_question: true, values: &["ja", "nee"] },
    ],
    order_rule: Some(0),
    ..DossierDef::EMPTY
};

/// The standard.
pub(super) static GRANTS: Standard = Standard {
    name: "proef",
    title: "Proefstandaard",
    source: "proef",
    releases: &RELEASES,
    forms: &[],
    protocols: &[],
    rules: &RULES,
    names: &NAMES,
    rules_sha256: "abc",
    dossier: &DOSSIER,
};
