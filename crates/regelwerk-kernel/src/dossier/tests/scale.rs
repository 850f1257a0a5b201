//! What it takes.

use super::*;

/// Steps that one rule may take, so few that looking through the dossier would be too much.
const FEW: u64 = 40;

#[test]
fn other_clients_take_no_steps() {
    let mut dossier = empty();
    for client in 0..2000_u32 {
        let bsn = format!("{client}");
        let xml = grant(&bsn, "2026-01-01", &bsn, (client, "2026-01-01", 5));
        receive(&mut dossier, [&xml, &start(&bsn, "2026-01-02", &bsn, client)]);
    }
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(FEW));
    let report = dossier.receive(start("S", "2026-01-03", "7", 7).as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), ("TR2".into(), vec![]));
}

#[test]
fn the_latest_of_many_is_found_in_few_steps() {
    let mut dossier = empty();
    for day in 0..2000_u32 {
        let decided = format!("{}-01-01", 2000 + day);
        receive(&mut dossier, [&grant("T", "2026-01-01", ANNA, (4711, &decided, day))]);
    }
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(FEW));
    let starts = start("S", "2026-01-03", ANNA, 4711);
    let report = dossier.receive(starts.as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), (String::new(), vec![]));
}

/// Looking through all answers for those that one replaces would take hours.
#[test]
fn a_question_is_answered_anew_in_few_steps() {
    let mut dossier = empty();
    let on = day("2026-01-01");
    for at in 0..50_000_u32 {
        dossier.state_fact("akkoord", on, &format!("{at}"), "nee").unwrap();
    }
    for _ in 0..50_000 {
        dossier.state_fact("akkoord", on, "9003", "nee").unwrap();
    }
    dossier.state_fact("akkoord", on, "9003", "ja").unwrap();
    let granted = grant("T1", "2026-01-01", ANNA, (9003, "2026-01-01", 5));
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(FEW));
    let report = dossier.receive(granted.as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), (String::new(), vec![]));
}

/// The first that is open is found without looking at those that are answered.
#[test]
fn of_messages_with_one_mark_each_is_answered_once() {
    let mut dossier = empty();
    let (starts, reply) =
        (start("S", "2026-01-02", ANNA, 4711), reply_to_start("S", "2026-01-03", "0200"));
    let number = 300;
    for _ in 0..number {
        receive(&mut dossier, [&starts]);
    }
    for at in 1..=number {
        let report = dossier.receive(reply.as_bytes(), None);
        assert_eq!(skipped(&report), vec![]);
        let info = dossier.message(MessageNo(number + at)).unwrap();
        assert_eq!(info.answers, Some(MessageNo(at)), "in order of arrival");
        let day = Some(day("2026-01-02"));
        let hash = dossier.ledger.hash_mark(("4242", "0363"), "S", day);
        let left = dossier.ledger.marks.get(hash).len();
        assert_eq!(left, usize::try_from((number - at + 1).min(number)).unwrap());
    }
    let report = dossier.receive(reply.as_bytes(), None);
    assert_eq!(skipped(&report).len(), 1, "no more are open");
}

/// A message that looks for thousands of others would be judged as often, all of it.
#[test]
fn a_large_message_is_not_judged_again_for_each_that_it_waits_for() {
    let numbers = 5001..=5020;
    let decided = |number, day: &str, volume| grant("T", day, ANNA, (number, day, volume));
    let clients: Vec<_> = numbers.clone().map(|number| (number.to_string(), number)).collect();
    let lines: Vec<_> =
        clients.iter().map(|(bsn, number)| (bsn.as_str(), "a", *number, 2)).collect();
    let small = declare("D1", "2026-03-01", &lines);
    let large = format!("{small}<!--{}-->", "x".repeat(8 << 20));
    for (declared, is_right) in [(small, true), (large, false)] {
        let mut dossier = empty();
        let nothing: Vec<_> = numbers.clone().map(|it| decided(it, "2026-01-01", 1)).collect();
        receive(&mut dossier, &nothing);
        assert_eq!(receive(&mut dossier, [&declared]), [vec!["TR3"; 20].join(" ")]);
        let tries: Vec<_> = numbers
            .clone()
            .map(|number| {
                receive(&mut dossier, [&decided(number, "2026-02-01", 2)]);
                dossier.waiting.iter().next().map(|(_, held)| held.tries)
            })
            .collect();
        let expected = if is_right { 1..20 } else { 1..4 };
        let mut expected: Vec<_> = expected.map(Some).collect();
        expected.resize(tries.len(), None);
        assert_eq!(tries, expected);
        let info = dossier.messages().find(|message| message.mark == Some("D1")).unwrap();
        assert_eq!(info.order_only, is_right);
    }
}
