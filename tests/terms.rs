//! Terms over the messages of an invented standard: from when they run, when they are met or late,
//! and what of a dossier is there on a day.

use regelwerk::{Context, Date, Dossier, Draft, MetBy, Term, Verdict};

use crate::generated::proef::STANDARD;
use crate::generated::proef::codelijsten::{Soort, Uitslag};
use crate::generated::proef::tm01::{self, Tm01, Wens};
use crate::generated::proef::tm02::{self, Retour, Tm02};
use crate::generated::proef::tm03::{self, Besluit, Tm03};

/// A day of 2026. 1 April is a Wednesday, which is no working day in this standard; 5 April is
/// Easter, with a holiday the day after.
fn day(month: u32, day: u32) -> Date {
    Date::new(2026, month, day).unwrap()
}

/// The parties of most messages.
const PROVIDER: &str = "aanbieder";
const TOWN: &str = "gemeente";

/// A question for these things, sent on a day.
fn question(mark: &str, sent: Date, wishes: Vec<tm01::WensBuilder>) -> Draft {
    let kop = tm01::Kop::builder().van(PROVIDER).aan(TOWN).kenmerk(mark).datum(sent);
    Tm01::builder().kop(kop).wens(wishes).draft()
}

fn wish(number: i64) -> tm01::WensBuilder {
    Wens::builder().nummer(number)
}

/// The reply to a question, on a day of its own.
fn reply(mark: &str, asked: Date, sent: Date, code: Uitslag) -> Draft {
    let kop = tm02::Kop::builder().van(PROVIDER).aan(TOWN).kenmerk(mark).datum(asked);
    let retour = Retour::builder().kenmerk("R").datum(sent);
    let kop = kop.retour(retour).uitslag(tm02::Uitslag::builder().code([code]));
    Tm02::builder().kop(kop).draft()
}

/// A decision on one thing, from a town.
fn decision(town: &str, sent: Date, number: i64, kind: Soort) -> Draft {
    let kop = tm03::Kop::builder().van(town).aan(PROVIDER).kenmerk("B").datum(sent);
    Tm03::builder().kop(kop).besluit([Besluit::builder().nummer(number).soort(kind)]).draft()
}

/// A dossier with these messages, each received on the day beside it.
fn dossier(messages: &[(Date, Draft)]) -> Dossier {
    let mut dossier = Dossier::new(&STANDARD);
    for (received, draft) in messages {
        let report = dossier.receive(draft.xml().unwrap().as_bytes(), Some(*received));
        assert!(report.number.is_some(), "{report:?}");
    }
    dossier
}

/// The terms of one rule on a day, a line each: part, message, begin, last day, outcome.
fn terms(dossier: &Dossier, rule: &str, as_of: Date) -> Vec<String> {
    let of_rule = |term: &Term| term.rule == rule;
    let told = |term: Term| {
        let due = term.due.map_or("nooit".to_owned(), |due| due.to_string());
        let met = match term.met {
            None => "loopt",
            Some(true) => "gehaald",
            Some(false) => "te laat",
        };
        let by = match term.met_by {
            Some(MetBy::Message(number)) => format!(" door {number}"),
            Some(MetBy::Fact(name)) => format!(" door {name}"),
            Some(_) | None => String::new(),
        };
        format!("{}{} {} t/m {due}: {met}{by}", term.label, term.message, term.begins)
    };
    dossier.terms(as_of).into_iter().filter(of_rule).map(told).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_term_runs_through_its_last_day() {
    let asked = day(4, 1);
    let dossier = dossier(&[(day(4, 2), question("V1", asked, vec![wish(1)]))]);
    // Friday, a weekend, a holiday and a Wednesday lie between, of which only Friday counts.
    assert_eq!(terms(&dossier, "T01", asked), NONE);
    assert_eq!(terms(&dossier, "T01", day(4, 2)), ["1 2026-04-02 t/m 2026-04-09: loopt"]);
    assert_eq!(terms(&dossier, "T01", day(4, 9)), ["1 2026-04-02 t/m 2026-04-09: loopt"]);
    assert_eq!(terms(&dossier, "T01", day(4, 10)), ["1 2026-04-02 t/m 2026-04-09: te laat"]);
    let first = dossier.terms(day(4, 10)).into_iter().next().unwrap();
    assert_eq!((first.by, first.element), ("gemeente", "TM01 / Kop"));
}

#[test]
fn an_answer_is_in_time_or_late_by_its_day_of_sending() {
    let asked = day(4, 1);
    let answered = |sent: Date| {
        let question = question("V1", asked, vec![wish(1)]);
        let reply = reply("V1", asked, sent, Uitslag::Code0200);
        dossier(&[(day(4, 2), question), (sent.plus_days(1), reply)])
    };
    let in_time = answered(day(4, 9));
    assert_eq!(terms(&in_time, "T01", day(4, 20)), ["1 2026-04-02 t/m 2026-04-09: gehaald door 2"]);
    // On the day of sending it has not been received.
    assert_eq!(terms(&in_time, "T01", day(4, 9)), ["1 2026-04-02 t/m 2026-04-09: loopt"]);
    let late = answered(day(4, 10));
    assert_eq!(terms(&late, "T01", day(4, 20)), ["1 2026-04-02 t/m 2026-04-09: te laat door 2"]);
}

#[test]
fn a_rejected_message_opens_what_counts_rejections_only() {
    let asked = day(4, 1);
    let wrong = dossier(&[(asked, question("V1", asked, vec![wish(0)]))]);
    assert_eq!(wrong.messages().next().unwrap().verdict, Verdict::Rejected);
    assert_eq!(terms(&wrong, "T01", day(4, 2)), ["1 2026-04-01 t/m 2026-04-07: loopt"]);
    assert_eq!(terms(&wrong, "T02", day(4, 2)), NONE);
    // A reply that rejects ends the second term, from the day that it is there.
    let question = question("V1", asked, vec![wish(1)]);
    let refused = dossier(&[
        (asked, question),
        (day(4, 3), reply("V1", asked, day(4, 2), Uitslag::Code0001)),
    ]);
    let running = ["eerste besluit1 2026-04-01 t/m 2026-04-11: loopt"];
    assert_eq!(terms(&refused, "T02", day(4, 2)), running);
    assert_eq!(terms(&refused, "T02", day(4, 3)), NONE);
}

#[test]
fn each_element_opens_a_term_and_the_first_ending_counts() {
    let asked = day(4, 1);
    let wishes = vec![wish(1).code("R1"), wish(2)];
    let mut dossier = dossier(&[
        (asked, question("V1", asked, wishes)),
        (day(4, 3), decision(TOWN, day(4, 3), 1, Soort::Code13)),
        (day(4, 3), decision("ander", day(4, 3), 1, Soort::Code01)),
        (day(4, 8), decision(TOWN, day(4, 7), 1, Soort::Code01)),
    ]);
    let of_first = |told: &str| format!("eerste besluit1 2026-04-01 t/m 2026-04-11: {told}");
    let both = |first, second| vec![of_first(first), of_first(second)];
    // Neither a decision of another kind nor one of another town ends it.
    assert_eq!(terms(&dossier, "T02", day(4, 7)), both("loopt", "loopt"));
    assert_eq!(terms(&dossier, "T02", day(4, 8)), both("gehaald door 4", "loopt"));
    dossier.state_fact("betaling", day(4, 6), "R1", "").unwrap();
    assert_eq!(terms(&dossier, "T02", day(4, 5)), both("loopt", "loopt"));
    assert_eq!(terms(&dossier, "T02", day(4, 8)), both("gehaald door betaling", "loopt"));
    assert_eq!(terms(&dossier, "T02", day(4, 12)), both("gehaald door betaling", "te laat"));
}

#[test]
fn what_was_rejected_ends_nothing() {
    let asked = day(4, 1);
    let mut dossier = dossier(&[(asked, question("V1", asked, vec![wish(1)]))]);
    let decided = decision(TOWN, day(4, 3), 1, Soort::Code01).xml().unwrap();
    let report = dossier.receive(decided.replace(">B<", ">x<").as_bytes(), None);
    assert_eq!(report.verdict, Verdict::Rejected);
    let told = ["eerste besluit1 2026-04-01 t/m 2026-04-11: te laat"];
    assert_eq!(terms(&dossier, "T02", day(4, 12)), told);
}

#[test]
fn in_what_order_messages_arrive_says_nothing() {
    let asked = day(4, 1);
    let question = || (asked, question("V1", asked, vec![wish(1)]));
    let early = dossier(&[(asked, decision(TOWN, asked, 1, Soort::Code01)), question()]);
    let told = ["eerste besluit2 2026-04-01 t/m 2026-04-11: gehaald door 1"];
    assert_eq!(terms(&early, "T02", day(4, 12)), told);
    // What was sent before the question does not answer it.
    let before = day(3, 31);
    let stale = dossier(&[question(), (asked, decision(TOWN, before, 1, Soort::Code01))]);
    let told = ["eerste besluit1 2026-04-01 t/m 2026-04-11: te laat"];
    assert_eq!(terms(&stale, "T02", day(4, 12)), told);
}

#[test]
fn a_part_may_need_what_came_before_and_what_comes_after() {
    let asked = day(4, 1);
    let first = (day(3, 1), decision(TOWN, day(3, 1), 1, Soort::Code01));
    let pending = (day(4, 7), decision(TOWN, day(4, 2), 1, Soort::Code02));
    let wish = || wish(1).begin(day(4, 5));
    let question = || (asked, question("V1", asked, vec![wish()]));
    let messages = [first, question(), pending];
    let dossier = dossier(&messages);
    let only_first = ["eerste besluit2 2026-04-01 t/m 2026-04-11: loopt"];
    assert_eq!(terms(&dossier, "T02", day(4, 6)), only_first);
    // From the last of begin, earlier receipt and sending; the decision of the same kind is still
    // to come.
    let both = [
        "eerste besluit2 2026-04-01 t/m 2026-04-11: gehaald door 3",
        "na onderzoek2 2026-04-05 t/m 2026-04-19: loopt",
    ];
    assert_eq!(terms(&dossier, "T02", day(4, 7)), both);
    // Without an earlier decision the second part has nothing to start from.
    let [_, question, pending] = messages;
    let without = self::dossier(&[question, pending]);
    assert_eq!(terms(&without, "T02", day(4, 7)).len(), 1);
}

#[test]
fn a_message_may_be_late_itself() {
    let asked = day(4, 1);
    let wishes = vec![wish(1).begin(day(3, 1)), wish(2).begin(day(2, 28)), wish(3)];
    let dossier = dossier(&[(day(4, 3), question("V1", asked, wishes))]);
    let told = [
        "vraag1 2026-03-01 t/m 2026-04-01: gehaald door 1",
        "vraag1 2026-02-28 t/m 2026-03-28: te laat door 1",
    ];
    assert_eq!(terms(&dossier, "T03", day(4, 3)), told);
    let by: Vec<_> = dossier.terms(day(4, 3)).iter().map(|term| term.by).collect();
    assert_eq!(by, ["gemeente", "gemeente", "gemeente", "gemeente", "aanbieder", "aanbieder"]);
}

#[test]
fn after_the_year_9999_a_term_has_no_last_day() {
    let last = Date::new(9999, 12, 31).unwrap();
    let dossier = dossier(&[(last, question("V1", last, vec![wish(1)]))]);
    assert_eq!(terms(&dossier, "T01", last), ["1 9999-12-31 t/m nooit: loopt"]);
    assert_eq!(terms(&dossier, "T02", last), ["eerste besluit1 9999-12-31 t/m nooit: loopt"]);
}

#[test]
fn a_term_that_takes_too_many_steps_is_told_to_be_unknown() {
    let asked = day(4, 1);
    let mut dossier = dossier(&[(asked, question("V1", asked, vec![wish(1)]))]);
    let decided = decision(TOWN, day(4, 2), 1, Soort::Code01).xml().unwrap();
    for _ in 0..5 {
        dossier.receive(decided.as_bytes(), None);
    }
    let known = "eerste besluit1 2026-04-01 t/m 2026-04-11: gehaald door 2";
    assert_eq!(terms(&dossier, "T02", day(4, 12)), [known]);
    let dossier = dossier.context(Context::new(vec![]).fuel(4));
    let unknown = "eerste besluit1 2026-04-01 t/m nooit: loopt";
    assert_eq!(terms(&dossier, "T02", day(4, 12))[0], unknown);
}

#[test]
fn of_a_thousand_questions_each_has_its_own_decision() {
    let mut dossier = Dossier::new(&STANDARD);
    for number in 0..1_000 {
        let sent = day(1, 1).plus_days(i32::try_from(number % 300).unwrap());
        let asked = question(&format!("V{number}"), sent, vec![wish(number + 1)]);
        dossier.receive(asked.xml().unwrap().as_bytes(), None);
        let decided = decision(TOWN, sent.plus_days(1), number + 1, Soort::Code01);
        dossier.receive(decided.xml().unwrap().as_bytes(), None);
    }
    let all = dossier.terms(day(12, 31));
    assert_eq!(all.iter().filter(|term| term.rule == "T02").count(), 1_000);
    assert!(all.iter().filter(|term| term.rule == "T02").all(|term| term.met == Some(true)));
    assert!(all.is_sorted_by_key(|term| term.message));
}
