use super::testing::{GRANTS, declare, grant, header, reply_to_start, start, xml};
use super::*;
use crate::finding::Severity;
use crate::lang::Lang;

const ANNA: &str = "111";
const BRAM: &str = "222";

fn empty() -> Dossier {
    Dossier::new(&GRANTS)
}

fn with_remarks() -> Dossier {
    empty().context(Context::new(Vec::new()).remarks(true))
}

/// Takes in messages; the codes of the errors of each.
fn receive<'x>(dossier: &mut Dossier, all: impl IntoIterator<Item = &'x String>) -> Vec<String> {
    all.into_iter().map(|xml| codes(&dossier.receive(xml.as_bytes(), None))).collect()
}

fn codes(report: &Report) -> String {
    assert_ne!(report.verdict, Verdict::Unreadable, "{report:?}");
    report.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>().join(" ")
}

fn day(text: &str) -> Date {
    crate::value::parse_date(text).unwrap()
}

fn skipped(report: &Report) -> Vec<(String, Vec<&'static str>)> {
    let all = report.not_assessed.iter();
    all.map(|it| (it.reason.text(Lang::Nl).into_owned(), it.rules.clone())).collect()
}

fn changes(report: &Report) -> Vec<String> {
    report.changes.iter().map(|change| change.text(Lang::Nl)).collect()
}

#[test]
fn a_message_is_judged_with_what_came_before() {
    let grants = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    let again = start("S2", "2026-01-03", ANNA, 4711);
    let mut dossier = empty();
    assert_eq!(receive(&mut dossier, [&starts, &grants, &again]), ["TR1", "", ""]);
    let mut dossier = empty();
    assert_eq!(receive(&mut dossier, [&grants, &starts, &again]), ["", "", "TR2"]);
    let report = dossier.receive(again.as_bytes(), None);
    let finding = &report.findings[0];
    assert_eq!(finding.related, ["VR2 van 02-01-2026 (bericht 2)"]);
    assert_eq!(report.number, Some(MessageNo(4)));
}

#[test]
fn nothing_is_found_between_other_parties_or_of_another_client() {
    let mut dossier = empty();
    let grants = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let elsewhere = start("S1", "2026-01-02", ANNA, 4711).replace("4242", "5353");
    let anna = start("S2", "2026-01-02", ANNA, 4711);
    let bram = start("S3", "2026-01-02", BRAM, 4711);
    let found = receive(&mut dossier, [&grants, &elsewhere, &anna, &bram]);
    assert_eq!(found, ["", "TR1", "", ""], "a start is looked for by client, a grant is not");
}

#[test]
fn a_message_that_breaks_level_one_or_is_rejected_gives_nothing_to_find() {
    let mut dossier = empty();
    let grants = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let broken = grants.replace("<Omvang>5", "<Omvang>veel");
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    assert_eq!(receive(&mut dossier, [&broken, &starts]), ["XSD", "TR1"]);
    assert_eq!(dossier.rows(0).count(), 0);
    let void: Vec<_> = dossier.rows(1).map(|row| row.voided_by()).collect();
    assert_eq!(void, [Some(MessageNo(2))]);
    // The first start was rejected, so the second is no second one.
    assert_eq!(receive(&mut dossier, [&grants, &starts]), ["", ""]);
    // A start without a begin is rejected at level 2, and is no first one either.
    let unfit = start("S2", "2026-01-02", BRAM, 4711).replace("<Begin>2026-02-01</Begin>", "");
    let fit = start("S3", "2026-01-02", BRAM, 4711);
    assert_eq!(receive(&mut dossier, [&unfit, &fit]), ["TR4", ""]);
}

#[test]
fn a_view_has_the_latest_by_its_order_and_then_by_arrival() {
    let declared = declare("D1", "2026-03-01", &[(ANNA, "a", 4711, 8)]);
    let of = |all: &[(&str, u32)]| {
        let mut dossier = empty();
        for (decided, volume) in all {
            let xml = grant("T", "2026-01-01", ANNA, (4711, decided, *volume));
            receive(&mut dossier, [&xml]);
        }
        receive(&mut dossier, [&declared]).remove(0)
    };
    assert_eq!(of(&[("2026-01-01", 5)]), "TR3");
    assert_eq!(of(&[("2026-01-01", 5), ("2026-01-02", 10)]), "");
    assert_eq!(of(&[("2026-01-02", 5), ("2026-01-01", 10)]), "TR3", "decided later, arrived first");
    assert_eq!(of(&[("2026-01-01", 5), ("2026-01-01", 10)]), "", "decided alike, arrived last");
    assert_eq!(of(&[("2026-01-01", 5), ("2026-01-02", 0)]), "", "taken back: nothing is granted");
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    let mut dossier = empty();
    let taken_back = grant("T2", "2026-01-01", ANNA, (4711, "2026-01-02", 0));
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    assert_eq!(receive(&mut dossier, [&granted, &taken_back, &starts]), ["", "", "TR1"]);
}

#[test]
fn what_is_summed_counts_and_is_told() {
    let mut dossier = empty();
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 10));
    let first = declare("D1", "2026-03-01", &[(ANNA, "a", 4711, 4), (BRAM, "b", 4712, 9)]);
    let second = declare("D2", "2026-03-02", &[(ANNA, "c", 4711, 4)]);
    assert_eq!(receive(&mut dossier, [&granted, &first, &second]), ["", "", ""]);
    let third = declare("D3", "2026-03-03", &[(ANNA, "d", 4711, 3)]);
    let report = dossier.receive(third.as_bytes(), None);
    assert_eq!(codes(&report), "TR3");
    let related = [
        "VR1 van 01-01-2026 (bericht 1)",
        "VR3 van 01-03-2026 (bericht 2)",
        "VR3 van 02-03-2026 (bericht 3)",
    ];
    assert_eq!(report.findings[0].related, related);
}

#[test]
fn a_reply_rejects_the_whole_message() {
    let mut dossier = empty();
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let first = start("S1", "2026-01-02", ANNA, 4711);
    let second = start("S2", "2026-01-04", ANNA, 4711);
    receive(&mut dossier, [&granted, &first]);
    let report = dossier.receive(reply_to_start("S1", "2026-01-03", "9019").as_bytes(), None);
    assert_eq!(changes(&report), ["Bericht 2 (VR2) is door dit antwoord afgekeurd."]);
    assert_eq!(receive(&mut dossier, [&second]), [""], "the first start is void");
    let accepted = reply_to_start("S2", "2026-01-05", "0200").replace("2026-01-02", "2026-01-04");
    let report = dossier.receive(accepted.as_bytes(), None);
    assert_eq!((changes(&report), skipped(&report)), (vec![], vec![]));
    assert_eq!(receive(&mut dossier, [&start("S3", "2026-01-06", ANNA, 4711)]), ["TR2"]);
    let info = dossier.message(MessageNo(2)).unwrap();
    assert_eq!((info.name, info.mark, info.sender), ("VR2", Some("S1"), Some("4242")));
    assert_eq!((info.answered_by, info.verdict), (Some(MessageNo(3)), Verdict::Accepted));
    let reply = dossier.message(MessageNo(3)).unwrap();
    assert_eq!((reply.sender, reply.receiver), (Some("0363"), Some("4242")), "it turns round");
    assert_eq!((reply.answers, reply.sent), (Some(MessageNo(2)), Some(day("2026-01-03"))));
}

#[test]
fn a_reply_to_nothing_and_a_second_reply_change_nothing() {
    let mut dossier = empty();
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let first = start("S1", "2026-01-02", ANNA, 4711);
    receive(&mut dossier, [&granted, &first]);
    let lost = dossier.receive(reply_to_start("S9", "2026-01-03", "9019").as_bytes(), None);
    let reason = "de VR2 waarop dit antwoordt, is niet in het dossier".to_owned();
    assert_eq!((skipped(&lost), lost.verdict), (vec![(reason, vec![])], Verdict::Accepted));
    receive(&mut dossier, [&reply_to_start("S1", "2026-01-03", "0200")]);
    let again = dossier.receive(reply_to_start("S1", "2026-01-04", "9019").as_bytes(), None);
    let reason = "op deze VR2 is al geantwoord; dit antwoord verandert niets".to_owned();
    assert_eq!((skipped(&again), changes(&again)), (vec![(reason, vec![])], vec![]));
    assert_eq!(receive(&mut dossier, [&start("S2", "2026-01-05", ANNA, 4711)]), ["TR2"]);
}

/// The reply to a declaration, by its codes: of the message, of the declaration, of Anna, of her
/// first line.
fn reply_to_declaration(mark: &str, [whole, declaration, client, line]: [&str; 4]) -> String {
    let code = |code: &str| match code {
        "" => String::new(),
        _ => format!("<RetourCode>{code}</RetourCode>"),
    };
    let sent = header("0363", "4242", "A1", "2026-04-01");
    let named = format!("<VanKenmerk>{mark}</VanKenmerk>{}", code(whole));
    let body = format!(
        "<Antwoord><Nummer>7</Nummer><Klant><Bsn>{ANNA}</Bsn><Prestatie><Kenmerk>a</Kenmerk>{}\
         </Prestatie>{}</Klant>{}</Antwoord>",
        code(line),
        code(client),
        code(declaration)
    );
    xml("AN3", 13, &(sent + &named), &body)
}

#[test]
fn a_reply_may_reject_by_class() {
    let void = |codes: [&str; 4]| {
        let mut dossier = empty();
        let lines = [(ANNA, "a", 4711, 1), (ANNA, "b", 4711, 1), (BRAM, "a", 4711, 1)];
        let declared = declare("D1", "2026-03-01", &lines[..1]);
        // Both lines of Anna stand in one class.
        let two = "</Prestatie><Prestatie><Kenmerk>b</Kenmerk><Nummer>4711</Nummer></Prestatie>";
        let declared = declared.replace("</Prestatie>", two).replace(
            "</Declaratie>",
            &format!("<Klant><Bsn>{BRAM}</Bsn><Prestatie><Kenmerk>a</Kenmerk></Prestatie></Klant></Declaratie>"),
        );
        receive(&mut dossier, [&declared]);
        let report = dossier.receive(reply_to_declaration("D1", codes).as_bytes(), None);
        assert_eq!(self::codes(&report), "");
        let void = dossier.rows(2).map(|row| row.voided_by().is_some()).collect::<Vec<_>>();
        (void, changes(&report).concat())
    };
    let partly = "Bericht 1 (VR3) is door dit antwoord voor een deel afgekeurd.".to_owned();
    let wholly = "Bericht 1 (VR3) is door dit antwoord afgekeurd.".to_owned();
    assert_eq!(void(["0200", "0200", "", "9001"]), (vec![true, false, false], partly.clone()));
    assert_eq!(void(["0200", "0200", "9001", "0233"]), (vec![true, true, false], partly));
    assert_eq!(void(["0200", "9001", "", ""]), (vec![true, true, true], wholly.clone()));
    assert_eq!(void(["9001", "", "", ""]), (vec![true, true, true], wholly));
    assert_eq!(void(["0200", "", "0200", ""]), (vec![false, false, false], String::new()));
}

#[test]
fn our_own_verdict_may_reject_by_class() {
    let mut dossier = empty();
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let lines = [(ANNA, "a", 4711, 6), (BRAM, "a", 4711, 1)];
    let declared = declare("D1", "2026-03-01", &lines);
    assert_eq!(receive(&mut dossier, [&granted, &declared]), ["", "TR3"]);
    let void: Vec<_> = dossier.rows(2).map(|row| row.voided_by().is_some()).collect();
    assert_eq!(void, [true, false]);
}

#[test]
fn what_is_not_known_is_not_assessed() {
    let granted = |number| grant("T1", "2026-01-01", ANNA, (number, "2026-01-01", 5));
    let alone = |xml: &str| {
        let report = crate::validate(xml.as_bytes(), &Context::new(vec![&GRANTS]));
        assert_eq!(report.verdict, Verdict::Accepted);
        skipped(&report)
    };
    let earlier = "eerdere berichten zijn niet gegeven".to_owned();
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    assert_eq!(alone(&starts), [(earlier.clone(), vec!["TR1", "TR2"])]);
    let numberless = starts.replace("<Nummer>4711</Nummer>", "");
    let report = crate::validate(numberless.as_bytes(), &Context::new(vec![&GRANTS]));
    assert_eq!(
        (codes(&report), skipped(&report)),
        ("TR1".into(), vec![]),
        "of nothing, nothing is found"
    );
    assert_eq!(alone(&granted(1)), [], "nothing was asked");
    assert_eq!(alone(&granted(9002)), [(earlier, vec!["TR5"])]);
    let table = "tabel contract is niet aangeleverd (contract.csv)".to_owned();
    assert_eq!(alone(&granted(9001)), [(table.clone(), vec!["TR5"])]);
    let question = "vraag akkoord is niet beantwoord".to_owned();
    assert_eq!(alone(&granted(9003)), [(question.clone(), vec!["TR5"])]);
    let receipt = "de dag van ontvangst is niet gegeven".to_owned();
    assert_eq!(alone(&granted(9006)), [(receipt, vec!["TR6"])]);

    let within = |xml: &str| skipped(&empty().receive(xml.as_bytes(), None));
    assert_eq!(within(&granted(9001)), [(table, vec!["TR5"])]);
    assert_eq!(within(&granted(9003)), [(question, vec!["TR5"])]);
    assert_eq!((within(&granted(9002)), within(&granted(9006))), (vec![], vec![]));
}

#[test]
fn a_table_with_rows_of_its_own_is_there_without_a_dossier() {
    let granted = grant("T1", "2026-01-01", ANNA, (9004, "2026-01-01", 5));
    let context = Context::new(vec![&GRANTS]);
    assert_eq!(codes(&crate::validate(granted.as_bytes(), &context)), "TR5");
    let mut dossier = empty();
    assert_eq!(receive(&mut dossier, [&granted]), ["TR5"]);
    let rows = [vec!["09004".to_owned()]];
    assert_eq!(dossier.supply("gebied", &["nummer".to_owned()], rows), Ok(1));
    assert_eq!(receive(&mut dossier, [&granted]), [""], "what is supplied takes its place");
}

#[test]
fn the_day_of_receipt_is_given_or_that_of_sending() {
    let late = grant("T1", "2026-01-05", ANNA, (9006, "2026-01-03", 5));
    let of = |received: Option<&str>| codes(&empty().receive(late.as_bytes(), received.map(day)));
    assert_eq!((of(None), of(Some("2026-01-02"))), (String::new(), "TR6".into()));
    let mut dossier = empty();
    dossier.receive(late.as_bytes(), Some(day("2026-01-07")));
    let row = dossier.rows(0).next().unwrap();
    assert_eq!((row.received(), row.date(4)), (Some(day("2026-01-07")), Some(day("2026-01-07"))));
    assert_eq!((row.sent(), row.part()), (Some(day("2026-01-05")), Some(ANNA)));
    assert_eq!(row.parties(), Some(("0363", "4242")));
    let header = dossier.rows(3).next().unwrap();
    assert_eq!((header.part(), header.text(1)), (None, Some("1")), "of the message as a whole");
}

#[test]
fn facts_are_told_and_questions_answered() {
    let granted = |number| grant("T1", "2026-01-01", ANNA, (number, "2026-01-01", 5));
    let mut dossier = empty();
    assert_eq!(receive(&mut dossier, [&granted(9002)]), [""]);
    let on = day("2026-01-01");
    dossier.state_fact("betaling", on, "9002", "").unwrap();
    assert_eq!(receive(&mut dossier, [&granted(9002)]), ["TR5"]);
    dossier.state_fact("akkoord", on, "9003", "nee").unwrap();
    assert_eq!(receive(&mut dossier, [&granted(9003)]), ["TR5"]);
    dossier.state_fact("akkoord", on, "9003", "ja").unwrap();
    let report = dossier.receive(granted(9003).as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), (String::new(), vec![]));
    // A later answer is about what comes later.
    dossier.state_fact("akkoord", day("2026-06-01"), "9003", "nee").unwrap();
    let later = grant("T2", "2026-06-01", ANNA, (9003, "2026-01-01", 5));
    assert_eq!(receive(&mut dossier, [&granted(9003), &later]), ["", "TR5"]);
    let wrong = dossier.state_fact("weer", on, "1", "").unwrap_err();
    assert_eq!(wrong.to_string(), "feit of vraag weer is niet bekend; wel: betaling, akkoord.");
    let wrong = dossier.state_fact("akkoord", on, "1", "Ja").unwrap_err();
    assert_eq!(wrong.to_string(), "akkoord is \"Ja\"; verwacht een van: ja, nee.");
    assert_eq!(wrong.redacted().to_string(), "akkoord is \"…\"; verwacht een van: ja, nee.");
    assert!(dossier.state_fact("betaling", on, " ", "").is_err());
    assert!(dossier.state_fact("betaling", on, "a\u{1f}b", "").is_err());
}

#[test]
fn a_remark_rejects_nothing_and_is_told_when_asked_for() {
    let granted = grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5));
    let granted = granted.replace("<Begin>2026-01-01", "<Begin>2026-03-01");
    let starts = start("S1", "2026-01-02", ANNA, 4711);
    assert_eq!(receive(&mut empty(), [&granted, &starts]), ["", ""]);
    let mut dossier = with_remarks();
    receive(&mut dossier, [&granted]);
    let report = dossier.receive(starts.as_bytes(), None);
    assert_eq!((codes(&report), report.verdict), ("OP1".into(), Verdict::Accepted));
    assert_eq!(report.findings[0].severity, Severity::Remark);
    assert_eq!(dossier.rows(1).next().and_then(Row::voided_by), None);
}

mod ask;
mod damage;
mod order;
mod outside;
mod replies;
mod scale;
mod unassessed;
