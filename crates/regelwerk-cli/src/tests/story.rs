//! What a dossier comes to, in a few lines and beside the messages.

use super::dossier::{YEAR, dated, dossier};
use super::*;

/// The lines between the title of what is told and the first message.
fn brief(out: &str) -> Vec<&str> {
    out.lines().skip(2).take_while(|line| !line.is_empty()).collect()
}

#[test]
fn a_dossier_starts_with_what_matters_most() {
    let told = dossier(YEAR, &[]);
    let expected = [
        "28 berichten: 27 goedgekeurd, 1 afgekeurd (1 fout)",
        "te laat: 1 termijn nog niet gehaald, 1 termijn alsnog gehaald",
        "open: 1 termijn, de eerste tot en met 22-12-2026 (OP090x4)",
    ];
    assert_eq!(brief(&told.out), expected);
    let folder = Folder::new();
    folder.file("1.xml", &base("JW306", "3.2"));
    let told = dossier(folder.path(), &["--lang", "en"]);
    assert_eq!(brief(&told.out), ["1 message: 1 accepted", "not assessed: see below"]);
}

#[test]
fn a_message_that_is_late_says_so_itself() {
    let told = dossier(YEAR, &[]);
    let (_, last) = told.out.split_once("28-jw307.xml (bericht 28)").unwrap();
    let (last, _) = last.split_once("\n\n").unwrap();
    assert!(last.contains("\n            7 dagen te laat (OP272)\n"), "{last}");
    assert!(
        last.contains("\n            3 dagen te laat, aan zet is gemeente (OP090)\n"),
        "{last}"
    );
}

#[test]
fn a_late_reply_is_told_at_both_messages() {
    let folder = Folder::new();
    folder.file("1.xml", &base("JW305", "3.2"));
    let reply = base("JW306", "3.2");
    let (start, rest) = reply.split_once("DagtekeningRetour>").unwrap();
    let (_, end) = rest.split_once('<').unwrap();
    folder.file("2.xml", &format!("{start}DagtekeningRetour>2026-05-01<{end}"));
    let told = dossier(folder.path(), &[]);
    assert!(told.out.contains(" te laat gevolgd door 2.xml (OP090)\n"), "{}", told.out);
    assert!(told.out.contains(" dagen te laat (OP090)\n"), "{}", told.out);
}

#[test]
fn a_fact_and_an_answer_are_told_by_their_titles() {
    let told = dossier(YEAR, &[]);
    let fact = "\n25-03-2026  feit: De gemeente heeft een declaratie betaald: D202602\n";
    assert!(told.out.contains(fact), "{}", told.out);
    let answer = "\n08-01-2026  vraag: Welke gemeente is verantwoordelijk voor deze cliënt? 999900067: 0384\n";
    assert!(told.out.contains(answer), "{}", told.out);
}

#[test]
fn a_reply_to_what_broke_level_one_names_that() {
    let folder = Folder::new();
    let start = base("JW305", "3.2");
    assert!(start.contains("Bsn>999900006<"), "{start}");
    folder.file("1.xml", &start.replace("Bsn>999900006<", "Bsn>1<"));
    folder.file("2.xml", &base("JW306", "3.2"));
    let told = dossier(folder.path(), &[]);
    let out = told.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let remedy =
        "zet dat bericht erbij, of herstel 1.xml (afgekeurd op niveau 1, en telt daarom niet mee)";
    assert!(out.contains(remedy), "{}", told.out);
}

#[test]
fn numbers_without_leading_zeros_are_told() {
    let folder = Folder::new();
    folder.file("1-a.xml", &dated("JW305", "B1", "2026-04-01"));
    folder.file("10-a.xml", &dated("JW305", "B3", "2026-04-03"));
    folder.file("2-a.xml", &dated("JW305", "B2", "2026-04-02"));
    let told = dossier(folder.path(), &[]);
    let advice = "geef de nummers voorloopnullen, zoals 01, 02 en 10";
    assert!(told.err.contains(advice), "{}", told.err);
    let top = brief(&told.out).join(" ");
    assert!(
        top.contains("2-a.xml (02-04-2026) is eerder ontvangen") && top.contains(advice),
        "{top}"
    );
}

#[test]
fn of_more_than_one_pair_it_is_told_who_it_is_between() {
    let folder = Folder::new();
    folder.file("1.xml", &dated("JW305", "B1", "2026-12-18"));
    let alone = dossier(folder.path(), &[]);
    assert!(!alone.out.contains("0384 en 42420001"), "{}", alone.out);
    let other = dated("JW305", "B2", "2026-12-18").replace(">42420001<", ">42420002<");
    folder.file("2.xml", &other);
    let told = dossier(folder.path(), &[]);
    let (_, standings) = told.out.split_once("Stand van zaken").unwrap();
    let (standings, terms) = standings.split_once("Termijnen op").unwrap();
    for pair in ["0384 en 42420001", "0384 en 42420002"] {
        assert!(standings.contains(pair), "{standings}");
        assert!(terms.contains(pair), "{terms}");
    }
    let hidden = dossier(folder.path(), &["--redact"]).out;
    assert!(hidden.contains("partijen 2") && !hidden.contains("42420002"), "{hidden}");
}

#[test]
fn a_day_may_be_written_as_the_dutch_do() {
    let day = |day: &str| regelwerk(&["dossier", YEAR, "--as-of", day]);
    assert_eq!(day("21-12-2026").out, day("2026-12-21").out);
    for wrong in ["0000-01-01", "01-01-0000", "31-02-2026", "morgen"] {
        let told = day(wrong);
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{wrong}");
        let why = "kan niet; verwacht een bestaande datum, JJJJ-MM-DD of DD-MM-JJJJ\n";
        assert!(told.err.starts_with("regelwerk: --as-of "), "{}", told.err);
        assert!(
            told.err.contains(&format!("\"{wrong}\"")) && told.err.contains(why),
            "{}",
            told.err
        );
    }
}

/// What the README shows of a reply.
#[test]
fn a_message_of_the_example_is_replied_to() {
    let file = format!("{YEAR}/28-jw307.xml");
    let told = regelwerk(&["reply", &file, "--dossier", YEAR, "--date", "2026-12-16"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.err);
    assert!(told.out.contains("jw308:Header"), "{}", told.out);
    let alone = regelwerk(&["reply", &file]);
    assert_eq!((alone.exit, alone.out.as_str()), (3, ""));
    let why = "eerdere berichten zijn niet gegeven; geef ze met --dossier DIR";
    let err = alone.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(err.contains(why), "{}", alone.err);
    assert!(!err.contains("regelwerk dossier"), "{}", alone.err);
}

#[test]
fn a_reply_says_where_a_table_belongs() {
    let folder = Folder::new();
    let request = fs::read_to_string(format!("{YEAR}/01-jw315.xml")).unwrap();
    let file = folder.file("1.xml", &request);
    let told = regelwerk(&["reply", &file, "--dossier", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (3, ""));
    let err = told.err.split_whitespace().collect::<Vec<_>>().join(" ");
    let why = "; zet productcodes.csv in de map van --dossier of in die van --tables";
    assert!(err.contains(why), "{}", told.err);
}
