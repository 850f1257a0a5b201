//! Terms and processes that ask what nobody has told.

use super::super::testing::{CONSENT, CONTRACT, DOSSIER};
use super::*;
use crate::rows::{Find, Key, Rows};
use crate::standard::{
    Code, Course, CourseOf, DossierDef, EventDef, FactDef, Moment, ProcessDef, Range, TermDef,
    Trigger, Within,
};

/// Whether there is any row by the number of a grant, as text and as number.
fn asks(rows: Rows<'_>, row: Row<'_>) -> bool {
    let by = |index, key: Key<'_>| {
        let key = [key];
        rows.any(&Find { range: Range::Earlier, index, key: &key, counts_void: false }, |_| true)
    };
    match row.number(0) {
        Some(9001) => by(CONTRACT, Key::Number(row.number(0))),
        Some(9003) => !by(CONSENT, Key::Text(row.text(0))),
        _ => true,
    }
}

fn course(rows: Rows<'_>, row: Row<'_>) -> Option<Course> {
    asks(rows, row).then_some(Course { begins: row.sent()?, due: None, ended: None })
}

/// Runs until the question is answered.
fn until_answered(rows: Rows<'_>, row: Row<'_>) -> Option<Course> {
    let key = [Key::Text(row.text(0))];
    let find = Find { range: Range::Earlier, index: CONSENT, key: &key, counts_void: false };
    let ended = rows.ended(&find, |_| true, |row| row.date(FactDef::DATE));
    Some(Course { begins: row.sent()?, due: None, ended })
}

const fn term(rule: u16, course: CourseOf) -> TermDef {
    let within = Within::Days(5);
    TermDef {
        protocol: None,
        rule,
        label: "",
        releases: None,
        source: 0,
        counts_void: false,
        course,
        within,
        by: "ontvanger",
    }
}

static TERMS: [TermDef; 2] = [term(7, Code(&course)), term(6, Code(&until_answered))];

static PROCESSES: [ProcessDef; 1] = [ProcessDef {
    protocol: None,
    is_across: false,
    name: "verlening",
    title: "",
    sources: &[],
    readings: &[],
    key: &["Nummer"],
    states: &["geen", "verleend"],
    initial: 0,
    ends: &[],
    events: &[EventDef {
        name: "verlening",
        says: "",
        moment: Moment::Arrival,
        looks_around: false,
    }],
    triggers: &[Trigger { event: 0, source: 0, key: &[0], when: Code(&asks) }],
    transitions: &[],
    next: Code(&|state, _| (state == 0).then_some(1)),
    swaps: &[],
    losses: &[],
    swapped: "",
    lost: "",
    file: "",
    line: 0,
}];

static FOLLOWED: DossierDef = DossierDef { terms: &TERMS, processes: &PROCESSES, ..DOSSIER };
static FOLLOWING: Standard = Standard { dossier: &FOLLOWED, ..GRANTS };

fn sample() -> Dossier {
    let mut dossier = Dossier::new(&FOLLOWING);
    for number in [1, 9001, 9003] {
        let mark = format!("T{number}");
        let xml = grant(&mark, "2026-01-01", ANNA, (number, "2026-01-01", 5));
        dossier.receive(xml.as_bytes(), None);
    }
    dossier
}

fn told(all: &[Unassessed]) -> Vec<String> {
    let told =
        |one: &Unassessed| format!("{} {:?} {}", one.message, one.rules, one.reason.text(Lang::Nl));
    all.iter().map(told).collect()
}

fn terms(dossier: &Dossier) -> Vec<(u32, &'static str)> {
    let terms = dossier.terms(day("2026-01-02")).into_iter();
    terms.map(|term| (term.message.0, term.rule)).collect()
}

fn states(dossier: &Dossier) -> Vec<(String, &'static str)> {
    dossier.states().into_iter().map(|one| (one.key, one.state)).collect()
}

#[test]
fn what_asks_what_nobody_told_is_told_as_not_assessed() {
    let mut dossier = sample();
    let open = [
        "2 [\"OP1\"] tabel contract is niet aangeleverd (contract.csv)",
        "3 [\"OP1\"] vraag akkoord is niet beantwoord",
    ];
    assert_eq!(told(&dossier.terms_not_assessed(day("2026-01-02"))), open);
    assert_eq!(told(&dossier.terms_not_assessed(day("2025-12-31"))), [""; 0], "nothing is there");
    assert_eq!(terms(&dossier), [(1, "OP1"), (1, "TR6"), (2, "TR6"), (3, "TR6")]);
    let open = open.map(|told| told.replace("OP1", "verlening"));
    assert_eq!(told(&dossier.states_not_assessed()), open);
    assert_eq!(states(&dossier), [("1".into(), "verleend")]);

    dossier
        .supply(
            "contract",
            &["nummer", "tarief", "vanaf"].map(str::to_owned),
            [["9001", "", ""].map(str::to_owned).to_vec()],
        )
        .unwrap();
    dossier.state_fact("akkoord", day("2026-01-01"), "8", "ja").unwrap();
    assert_eq!(dossier.terms_not_assessed(day("2026-01-02")).len(), 1);
    dossier.state_fact("akkoord", day("2026-01-01"), "9003", "nee").unwrap();
    assert_eq!(told(&dossier.terms_not_assessed(day("2026-01-02"))), [""; 0]);
    assert_eq!(told(&dossier.states_not_assessed()), [""; 0]);
    // To what asked the question there is an answer now: the grant that waited for none is none.
    assert_eq!(terms(&dossier), [(1, "OP1"), (1, "TR6"), (2, "OP1"), (2, "TR6"), (3, "TR6")]);
    assert_eq!(states(&dossier), [("1".into(), "verleend"), ("9001".into(), "verleend")]);
}

#[test]
fn what_takes_too_many_steps_is_told_as_not_assessed() {
    let dossier = sample().context(Context::new(Vec::new()).fuel(1));
    let too_large = "het bericht is te groot voor deze regel";
    let open = dossier.terms_not_assessed(day("2026-01-02"));
    assert!(open.iter().any(|it| it.reason.text(Lang::Nl) == too_large), "{open:?}");
    // The term is there all the same, with no last day.
    let terms = dossier.terms(day("2026-01-02"));
    assert!(terms.iter().any(|term| term.rule == "TR6" && term.due.is_none()));
    let open = dossier.states_not_assessed();
    assert!(open.iter().any(|it| it.reason.text(Lang::Nl) == too_large), "{open:?}");
}
