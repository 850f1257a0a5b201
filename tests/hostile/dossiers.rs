//! Dossiers that mean no good, or only look as if they do not, by the rules that are shipped.

use regelwerk::{Date, Dossier, DossierReason, Reason, Report, Severity, Standard, Verdict};

/// The standard of which there is a release 3.2.
pub(super) fn standard() -> &'static Standard {
    let has = |standard: &&&Standard| standard.releases.iter().any(|it| it.name == "3.2");
    regelwerk::STANDARDS.iter().find(has).unwrap()
}

/// The base message so called, of a release.
fn base(message: &str, release: &str) -> &'static str {
    let release = standard().releases.iter().find(|it| it.name == release).unwrap();
    release.messages.iter().find(|it| it.name == message).unwrap().base
}

/// A message of release 3.2 with other values in the first elements so called.
pub(super) fn message(name: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(base(name, "3.2").to_owned(), |text, (name, value)| {
        let (start, rest) = text.split_once(&format!(":{name}>")).unwrap();
        let (_, end) = rest.split_once('<').unwrap();
        format!("{start}:{name}>{value}<{end}")
    })
}

fn dossier() -> Dossier {
    Dossier::new(standard()).context(regelwerk::context())
}

fn receive(dossier: &mut Dossier, xml: &str) -> Report {
    dossier.receive(xml.as_bytes(), None)
}

/// What rejects a message.
fn codes(report: &Report) -> Vec<&'static str> {
    let errors = report.findings.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|finding| finding.rule).collect()
}

/// That a message is right, and that no rule gave up for the steps that it took.
#[track_caller]
fn assert_right(report: &Report) {
    assert_eq!((report.verdict, codes(report)), (Verdict::Accepted, vec![]));
    assert_assessed(report);
}

#[track_caller]
fn assert_assessed(report: &Report) {
    let given_up: Vec<_> =
        report.not_assessed.iter().filter(|it| it.reason == Reason::TooLarge).collect();
    assert!(given_up.is_empty(), "{given_up:?}");
}

#[test]
fn after_all_that_is_odd_a_message_is_judged_as_it_would_be() {
    let mut dossier = dossier();
    let far =
        |day: &str, mark: &str| message("JW305", &[("Identificatie", mark), ("Dagtekening", day)]);
    assert_right(&receive(&mut dossier, base("JW301", "3.2")));
    let before = dossier.messages().count();
    for nothing in ["", "<Bericht/>", "\0", &base("JW301", "3.2")[..900], "{\"format\":1}"] {
        let report = receive(&mut dossier, nothing);
        assert_eq!((report.verdict, report.number), (Verdict::Unreadable, None), "{nothing:?}");
    }
    assert_eq!(dossier.messages().count(), before, "what cannot be read has no place");
    assert_eq!(codes(&receive(&mut dossier, base("JW301", "3.2"))), ["TR056"], "the same again");
    let reply = receive(&mut dossier, base("JW306", "3.2"));
    let nothing = Reason::Dossier(DossierReason::AnswersNothing { message: "JW305" });
    assert!(reply.not_assessed.iter().any(|it| it.reason == nothing), "{:?}", reply.not_assessed);
    let other = receive(&mut dossier, base("JW301", "2.3"));
    assert_eq!(other.number.map(|number| number.0), Some(4));
    for (day, mark) in [("0001-01-01", "A1"), ("9999-12-31", "A2"), ("2999-02-28", "A3")] {
        assert_assessed(&receive(&mut dossier, &far(day, mark)));
    }
    assert_eq!(codes(&receive(&mut dossier, &far("2026-02-30", "A4"))), ["XSD"]);
    let mut clean = Dossier::new(standard()).context(regelwerk::context());
    receive(&mut clean, base("JW301", "3.2"));
    for name in ["JW307", "JW323"] {
        let (odd, expected) =
            (receive(&mut dossier, base(name, "3.2")), receive(&mut clean, base(name, "3.2")));
        assert_eq!((codes(&odd), odd.verdict), (codes(&expected), expected.verdict), "{name}");
    }
    for as_of in [Date::from_ymd(1, 1, 1), Date::from_ymd(2026, 6, 1), Date::from_ymd(9999, 12, 31)]
    {
        assert!(dossier.terms(as_of).iter().all(|term| !term.rule.is_empty()));
    }
    assert!(!dossier.states().is_empty());
}

#[test]
fn of_two_assignments_with_one_number_the_first_stands() {
    let mut dossier = dossier();
    let other = "999996782";
    assert_right(&receive(&mut dossier, base("JW301", "3.2")));
    let second = message("JW301", &[("Identificatie", "B2"), ("Bsn", other)]);
    assert_eq!(codes(&receive(&mut dossier, &second)), ["TR332"]);
    let of_other = message("JW305", &[("Identificatie", "B3"), ("Bsn", other)]);
    assert_eq!(codes(&receive(&mut dossier, &of_other)), ["TR019"]);
    assert_right(&receive(&mut dossier, base("JW305", "3.2")));
    assert_right(&receive(&mut dossier, base("JW323", "3.2")));
}

/// What happens with one number of a client, message after message.
const COURSE: [&str; 5] = ["JW301", "JW302", "JW305", "JW306", "JW307"];

/// Looking through all earlier messages for each, and through all later ones for each term, would
/// take hours.
#[test]
fn of_ten_thousand_messages_of_one_client_each_is_judged() {
    let mut dossier = dossier();
    let mut last = Vec::new();
    for at in 0..2000 {
        let (number, mark) = ((at + 10_000).to_string(), format!("I{at}"));
        last.clear();
        for name in COURSE {
            let mut values = vec![("Identificatie", mark.as_str())];
            if base(name, "3.2").contains(":ToewijzingNummer>") {
                values.push(("ToewijzingNummer", &number));
            }
            let report = receive(&mut dossier, &message(name, &values));
            assert_assessed(&report);
            last.push((name, report.verdict, codes(&report)));
        }
    }
    assert_eq!(dossier.messages().count(), 10_000);
    let right = COURSE.map(|name| (name, Verdict::Accepted, vec![]));
    assert_eq!(last, right);
    let as_of = Date::from_ymd(2026, 12, 31);
    assert!(dossier.terms(as_of).len() > 2000);
    assert!(dossier.states().len() >= 2000);
    // Other clients and numbers take no steps.
    let mut dossier = dossier.context(regelwerk::context().fuel(FEW));
    let granted = message("JW301", &[("Identificatie", "Z"), ("Bsn", "999996782")]);
    assert_right(&receive(&mut dossier, &granted));
    assert_eq!(dossier.terms(as_of).iter().filter(|term| term.due.is_none()).count(), 0);
}

/// Steps of one rule, too few to look through thousands of messages.
const FEW: u64 = 500;
