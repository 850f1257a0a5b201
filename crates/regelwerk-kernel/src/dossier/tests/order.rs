//! The order of arrival.

use super::*;

fn granted() -> String {
    grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5))
}

#[test]
fn what_waits_turns_right_when_what_was_sent_before_arrives() {
    let mut dossier = with_remarks();
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    let rejected = dossier.receive(starts.as_bytes(), None);
    assert_eq!((codes(&rejected), rejected.order_only), ("TR1".into(), false));
    let late = dossier.receive(granted().as_bytes(), Some(day("2026-01-03")));
    let told = "Bericht 1 (VR2) was alleen door de volgorde van ontvangst afgekeurd.";
    assert_eq!(changes(&late), [told]);
    assert!(dossier.message(MessageNo(1)).unwrap().order_only);
    // It was rejected all the same: its sender was told so.
    assert!(dossier.rows(1).all(|row| row.voided_by().is_some()));
    let again = dossier.receive(granted().as_bytes(), None);
    assert_eq!(changes(&again), [""; 0], "it waits no longer");
}

#[test]
fn what_was_sent_later_turns_nothing_right() {
    let mut dossier = empty();
    let early = start("S1", "2025-12-31", ANNA, 4711);
    assert_eq!(receive(&mut dossier, [&early]), ["TR1"]);
    let report = dossier.receive(granted().as_bytes(), None);
    assert_eq!(changes(&report), [""; 0]);
}

#[test]
fn what_was_sent_later_and_arrived_before_is_left_out_at_once() {
    let mut dossier = with_remarks();
    receive(&mut dossier, [&granted(), &start("S2", "2026-01-09", ANNA, 4711)]);
    let report = dossier.receive(start("S1", "2026-01-02", ANNA, 4711).as_bytes(), None);
    assert_eq!((codes(&report), report.order_only), ("OP80 TR2".into(), true));
    assert_eq!(report.findings[0].severity, Severity::Remark);
    assert_eq!(report.verdict, Verdict::Rejected);
    let json = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
    assert_eq!((&json["number"], &json["order_only"]), (&3.into(), &true.into()));

    let mut quiet = empty();
    receive(&mut quiet, [&granted(), &start("S2", "2026-01-09", ANNA, 4711)]);
    let report = quiet.receive(start("S1", "2026-01-02", ANNA, 4711).as_bytes(), None);
    assert_eq!(
        (codes(&report), report.order_only),
        ("TR2".into(), true),
        "remarks are not asked for"
    );
}

#[test]
fn what_waits_for_what_waits_turns_right_too() {
    let mut dossier = empty();
    // A declaration that is over what was granted then, by a grant that is replaced.
    let small = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let declared = declare("D1", "2026-03-01", &[(ANNA, "a", 4711, 8)]);
    assert_eq!(receive(&mut dossier, [&small, &declared]), ["", "TR3"]);
    let large = grant("T2", "2026-02-01", ANNA, (4711, "2026-02-01", 9));
    let report = dossier.receive(large.as_bytes(), Some(day("2026-03-05")));
    let told = "Bericht 2 (VR3) was alleen door de volgorde van ontvangst afgekeurd.";
    assert_eq!(changes(&report), [told], "it looked for the number, whatever it found");
}

#[test]
fn a_reply_that_makes_way_turns_right_what_waits() {
    let mut dossier = empty();
    let first = start("S1", "2026-01-02", ANNA, 4711);
    let second = start("S2", "2026-01-05", ANNA, 4711);
    assert_eq!(receive(&mut dossier, [&granted(), &first, &second]), ["", "", "TR2"]);
    let reply = reply_to_start("S1", "2026-01-03", "9019");
    let report = dossier.receive(reply.as_bytes(), Some(day("2026-01-06")));
    let told = [
        "Bericht 2 (VR2) is door dit antwoord afgekeurd.",
        "Bericht 3 (VR2) was alleen door de volgorde van ontvangst afgekeurd.",
    ];
    assert_eq!(changes(&report), told);
}

#[test]
fn what_is_not_judged_turns_nothing_right() {
    let mut dossier = empty();
    receive(&mut dossier, [&start("S1", "2026-01-02", ANNA, 4711)]);
    // A grant of nothing: it is woken, and there is no budget left to judge it.
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(0));
    let nothing = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 0));
    let report = dossier.receive(nothing.as_bytes(), None);
    assert_eq!(changes(&report), [""; 0]);
    // It goes on waiting for what it was rejected for.
    let mut dossier = dossier.context(Context::new(Vec::new()));
    let json = serde_json::to_string(&dossier.save()).unwrap();
    assert!(json.contains("\"wrong\":[\"TR1\"]"), "{json}");
    let report =
        dossier.receive(grant("T2", "2026-01-01", ANNA, (4711, "2026-01-01", 5)).as_bytes(), None);
    assert_eq!(report.changes.len(), 1);
}

#[test]
fn what_is_not_in_utf_8_waits_too() {
    let mut dossier = empty();
    let declared = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n";
    let xml = format!("\u{feff}{declared}{}", start("S1", "2026-01-02", ANNA, 4711));
    let bytes: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(codes(&dossier.receive(&bytes, None)), "TR1");
    // One that is woken and still wrong goes on waiting.
    let nothing = grant("T0", "2026-01-01", ANNA, (4711, "2026-01-01", 0));
    assert_eq!(changes(&dossier.receive(nothing.as_bytes(), None)), [""; 0]);
    let late = dossier.receive(granted().as_bytes(), Some(day("2026-01-03")));
    let told = "Bericht 1 (VR2) was alleen door de volgorde van ontvangst afgekeurd.";
    assert_eq!(changes(&late), [told]);
}

#[test]
fn a_judgement_that_is_not_taken_in_is_the_same() {
    let mut dossier = empty();
    receive(&mut dossier, [&granted(), &start("S2", "2026-01-09", ANNA, 4711)]);
    let xml = start("S1", "2026-01-02", ANNA, 4711);
    let context = Context::new(vec![&GRANTS]);
    let message = Message::read(xml.as_bytes(), &context).unwrap();
    let judged = dossier.judge(&message, None);
    let taken = dossier.receive(xml.as_bytes(), None);
    assert_eq!((judged.number, taken.number), (None, Some(MessageNo(3))));
    assert_eq!(judged, Report { number: None, ..taken });
}

#[test]
fn so_many_wait_for_one_key() {
    let mut dossier = empty();
    for at in 0..40 {
        let day = format!("2026-01-{:02}", 2 + at % 27);
        receive(&mut dossier, [&start(&format!("S{at}"), &day, &format!("{at}"), 4711)]);
    }
    assert_eq!(dossier.waiting.iter().count(), 16);
    let report = dossier.receive(granted().as_bytes(), None);
    assert_eq!(report.changes.len(), 16);
    assert!(dossier.waiting.is_empty());
    let all: Vec<_> = report.changes.iter().map(|change| change.number.0).collect();
    assert_eq!(all, (25..=40).collect::<Vec<_>>(), "the last of them, in order of arrival");
}

/// A random number generator of no quality.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

/// What is told of a message, but for numbers.
fn told(report: &Report) -> String {
    let related = report.findings.iter().flat_map(|finding| &finding.related);
    let related: Vec<_> = related.map(|it| it.split(" (").next().unwrap().to_owned()).collect();
    let changes: Vec<_> = report.changes.iter().map(|it| (it.message, it.kind)).collect();
    let (codes, skipped) = (codes(report), skipped(report));
    format!("{codes} {related:?} {changes:?} {skipped:?} {}", report.order_only)
}

/// What happens to a client, in the order in which it arrives.
fn course(client: usize) -> Vec<String> {
    let bsn = format!("{}", 1000 + client);
    let number = 100 + u32::try_from(client).unwrap();
    let mark = |mark: &str| format!("{mark}{client}");
    let mut course = vec![
        grant(&mark("T"), "2026-01-01", &bsn, (number, "2026-01-01", 5)),
        start(&mark("S"), "2026-01-02", &bsn, number),
        reply_to_start(
            &mark("S"),
            "2026-01-03",
            if client.is_multiple_of(3) { "9019" } else { "0200" },
        ),
        start(&mark("U"), "2026-01-04", &bsn, number),
        declare(&mark("D"), "2026-02-01", &[(&bsn, "a", number, 4)]),
        declare(&mark("E"), "2026-02-02", &[(&bsn, "b", number, 2)]),
        grant(&mark("V"), "2026-01-31", &bsn, (number, "2026-01-31", 8)),
    ];
    course.rotate_left(client % 5);
    course
}

#[test]
fn the_order_in_which_clients_arrive_changes_nothing_but_numbers() {
    let courses: Vec<_> = (0..12).map(course).collect();
    let mut outcomes = Vec::new();
    for seed in 1..=20 {
        let (mut state, mut dossier) = (seed, with_remarks());
        let mut told_of = vec![Vec::new(); courses.len()];
        while told_of.iter().zip(&courses).any(|(told, course)| told.len() < course.len()) {
            let client = next(&mut state) % courses.len();
            if let Some(xml) = courses[client].get(told_of[client].len()) {
                told_of[client].push(told(&dossier.receive(xml.as_bytes(), None)));
            }
        }
        outcomes.push(told_of);
    }
    let first = &outcomes[0];
    let all = first.concat().join("\n");
    for part in ["TR1", "TR2", "TR3", "OrderOnly", "Rejected"] {
        assert!(all.contains(part), "{part} does not happen:\n{all}");
    }
    for (seed, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome, first, "seed {}", seed + 1);
    }
}
