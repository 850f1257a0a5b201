//! Replies that come before their message, and to what we rejected ourselves.

use super::*;

fn granted() -> String {
    grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5))
}

/// Of each row of a start whether it is void, and whether its reply rejects it.
fn starts(dossier: &Dossier) -> Vec<(bool, bool)> {
    let told = |row: Row<'_>| (row.voided_by().is_some(), row.is_rejected_by_answer());
    dossier.rows(1).map(told).collect()
}

#[test]
fn a_reply_says_what_it_says_whatever_we_found_ourselves() {
    let of = |own: &[String], code: &str| {
        let mut dossier = empty();
        receive(&mut dossier, own);
        receive(&mut dossier, [&start("S1", "2026-01-02", ANNA, 4711)]);
        assert_eq!(starts(&dossier), [(own.is_empty(), false)], "not answered yet");
        receive(&mut dossier, [&reply_to_start("S1", "2026-01-03", code)]);
        starts(&dossier)
    };
    assert_eq!(of(&[granted()], "0200"), [(false, false)]);
    assert_eq!(of(&[granted()], "9019"), [(true, true)]);
    // Without a grant we reject it ourselves.
    assert_eq!(of(&[], "0200"), [(true, false)]);
    assert_eq!(of(&[], "9019"), [(true, true)]);
}

#[test]
fn a_reply_before_its_message_counts_as_soon_as_that_comes() {
    for code in ["0200", "9019"] {
        let mut dossier = empty();
        let reply = reply_to_start("S1", "2026-01-03", code);
        receive(&mut dossier, [&granted()]);
        let early = dossier.receive(reply.as_bytes(), None);
        let reason = "de VR2 waarop dit antwoordt, is niet in het dossier".to_owned();
        assert_eq!((skipped(&early), changes(&early)), (vec![(reason, vec![])], vec![]));
        // Another mark, other parties and another kind of message have nothing to do with it.
        let elsewhere = start("S1", "2026-01-02", ANNA, 4711).replace("4242", "5353");
        let other = grant("S1", "2026-01-02", ANNA, (4799, "2026-01-01", 5));
        receive(&mut dossier, [&start("S0", "2026-01-02", BRAM, 4711), &elsewhere, &other]);
        let is_answered = |info: MessageInfo<'_>| info.answered_by.is_some();
        assert!(!dossier.messages().any(is_answered));
        let message = dossier.receive(start("S1", "2026-01-02", ANNA, 4711).as_bytes(), None);
        let number = message.number.unwrap();
        let rejects = code == "9019";
        let told = "Bericht 6 (VR2) is afgekeurd door een antwoord dat eerder binnenkwam.";
        assert_eq!(changes(&message), if rejects { vec![told] } else { vec![] });
        assert_eq!(dossier.message(number).unwrap().answered_by, Some(MessageNo(2)));
        assert_eq!(dossier.message(MessageNo(2)).unwrap().answers, Some(number));
        assert_eq!(starts(&dossier).last(), Some(&(rejects, rejects)));
        // As when it had come after it: a rejected start is no first one.
        let second = start("S2", "2026-01-04", ANNA, 4711);
        assert_eq!(receive(&mut dossier, [&second]), [if rejects { "" } else { "TR2" }]);
        let again = dossier.receive(reply.as_bytes(), None);
        assert!(skipped(&again)[0].0.contains("al geantwoord"), "{again:?}");
    }
}

/// What was sent again, mended, under one mark is told apart by its day.
#[test]
fn a_reply_is_to_the_message_of_the_day_that_it_names() {
    let of_day = |day: &str| reply_to_start("S", "2026-01-08", "9019").replace("2026-01-02", day);
    let starts_of = ["2026-01-02", "2026-01-05"].map(|day| start("S", day, ANNA, 4711));
    for is_early in [false, true] {
        let mut dossier = empty();
        receive(&mut dossier, [&granted()]);
        let messages = [&starts_of[0], &starts_of[1]];
        let [replied, other] = ["2026-01-05", "2026-01-07"].map(of_day);
        if is_early {
            receive(&mut dossier, [&other, &replied]);
            receive(&mut dossier, messages);
        } else {
            receive(&mut dossier, messages);
            receive(&mut dossier, [&other, &replied]);
        }
        let told = |info: MessageInfo<'_>| info.answered_by.is_some();
        let starts = dossier.messages().filter(|info| info.name == "VR2").map(told);
        assert_eq!(starts.collect::<Vec<_>>(), [false, true], "early: {is_early}");
        let again = dossier.receive(replied.as_bytes(), None);
        assert!(skipped(&again)[0].0.contains("al geantwoord"), "{again:?}");
    }
}

#[test]
fn of_two_replies_before_their_message_the_first_counts() {
    let mut dossier = empty();
    let replies = ["9019", "0200"].map(|code| reply_to_start("S1", "2026-01-03", code));
    receive(&mut dossier, &replies);
    receive(&mut dossier, [&granted(), &start("S1", "2026-01-02", ANNA, 4711)]);
    assert_eq!(starts(&dossier), [(true, true)]);
    assert_eq!(dossier.message(MessageNo(2)).unwrap().answers, None);
}

#[test]
fn a_reply_before_its_message_may_reject_by_class() {
    let mut dossier = empty();
    let codes = ["0200", "0200", "", "9001"];
    let reply = reply_to_declaration("D1", codes);
    let declared = declare("D1", "2026-03-01", &[(ANNA, "a", 4711, 1), (BRAM, "a", 4711, 1)]);
    receive(&mut dossier, [&reply]);
    let report = dossier.receive(declared.as_bytes(), None);
    let told =
        "Bericht 2 (VR3) is voor een deel afgekeurd door een antwoord dat eerder binnenkwam.";
    assert_eq!(changes(&report), [told]);
    let void: Vec<_> = dossier.rows(2).map(|row| row.voided_by().is_some()).collect();
    assert_eq!(void, [true, false]);
}

#[test]
fn replies_before_their_message_are_saved() {
    let mut dossier = empty();
    let replies = ["S1", "S2"].map(|mark| reply_to_start(mark, "2026-01-03", "9019"));
    receive(&mut dossier, &replies);
    receive(&mut dossier, [&reply_to_declaration("D1", ["0200", "0200", "", "9001"])]);
    // We reject this one ourselves as well.
    receive(&mut dossier, [&start("S2", "2026-01-02", ANNA, 4711)]);
    let json = serde_json::to_string(&dossier.save()).unwrap();
    let saved: SavedDossier<'_> = serde_json::from_str(&json).unwrap();
    let mut restored = Dossier::restore(&GRANTS, &saved).unwrap();
    assert_eq!(serde_json::to_string(&restored.save()).unwrap(), json);
    assert_eq!(starts(&restored), [(true, true)]);
    let declared = declare("D1", "2026-03-01", &[(ANNA, "a", 4711, 1), (BRAM, "a", 4711, 1)]);
    for xml in [granted(), start("S1", "2026-01-02", ANNA, 4711), declared] {
        let going_on = dossier.receive(xml.as_bytes(), None);
        assert_eq!(restored.receive(xml.as_bytes(), None), going_on);
    }
    assert_eq!(starts(&restored), [(true, true), (true, true)]);
    let void: Vec<_> = restored.rows(2).map(|row| row.voided_by().is_some()).collect();
    assert_eq!(void, [true, false]);
}
