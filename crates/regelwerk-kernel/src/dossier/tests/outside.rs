//! What is brought from outside: tables, and a dossier that was saved.

use super::*;

fn row(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

#[test]
fn a_table_is_supplied_by_the_names_of_its_columns() {
    let mut dossier = empty();
    let granted = grant("T1", "2026-01-01", ANNA, (9001, "2026-01-01", 5));
    let rows = [row(&["x", "01-01-2026", " 5000 ", "9001"]), row(&["", "", "", "7"])];
    assert_eq!(
        dossier.supply("contract", &row(&["wat", "vanaf", "tarief", "nummer"]), rows),
        Ok(2)
    );
    let report = dossier.receive(granted.as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), (String::new(), vec![]));
    let first = dossier.rows(4).next().unwrap();
    assert_eq!((first.number(0), first.number(1)), (Some(9001), Some(5000)));
    assert_eq!((first.date(2), first.message()), (Some(day("2026-01-01")), None));
    // What is supplied again takes its place.
    assert_eq!(
        dossier.supply("contract", &row(&["vanaf", "tarief", "nummer"]), [row(&["", "", "8"])]),
        Ok(1)
    );
    assert_eq!(receive(&mut dossier, [&granted]), ["TR5"]);
}

#[test]
fn what_is_wrong_with_a_table_is_told_with_its_place() {
    let mut dossier = empty();
    let header = row(&["nummer", "tarief", "vanaf"]);
    let mut wrong = |header: &[String], values: &[&str]| {
        dossier
            .supply("contract", header, [row(&["1", "", ""]), row(values)])
            .unwrap_err()
            .to_string()
    };
    let told = "Regel 3, kolom 2: tarief is \"vijf\"; verwacht een geheel getal.";
    assert_eq!(wrong(&header, &["9001", "vijf", ""]), told);
    let told = "Regel 3, kolom 3: vanaf is \"31-02-2026\"; verwacht een datum, zoals 2026-04-01 of 01-04-2026.";
    assert_eq!(wrong(&header, &["9001", "5", "31-02-2026"]), told);
    let told = "Regel 3: 2 waarden bij 3 kolommen; geef elke kolom een waarde of laat haar leeg.";
    assert_eq!(wrong(&header, &["9001", "5"]), told);
    let told = "Regel 1: kolom vanaf ontbreekt; zet haar in de eerste regel.";
    assert_eq!(wrong(&header[..2], &["9001", "5"]), told);
    assert!(wrong(&header, &["9001", "5\u{1f}6", ""]).contains("geheel getal"));
    let unknown = dossier.supply("weer", &header, [row(&[])]).unwrap_err();
    assert_eq!(
        unknown.to_string(),
        "tabel weer kan niet worden aangeleverd; wel: contract, gebied."
    );
    assert!(!dossier.ledger.is_supplied(0), "nothing was taken in");
}

#[test]
fn two_rows_with_one_key_are_told_with_both_lines() {
    let mut dossier = empty();
    let mut supply = |values: &[&str]| {
        dossier.supply("gebied", &row(&["nummer"]), values.iter().map(|&value| row(&[value])))
    };
    assert_eq!(supply(&["1", "2"]), Ok(2));
    let bad = supply(&["1", "2", "1"]).unwrap_err();
    let kind = BadSupplyKind::SameKey { columns: vec!["nummer"], first: 2 };
    assert_eq!(bad, BadSupply { kind, line: Some(4), column: None });
}

/// A dossier in which much happened, and what is still to come.
pub(super) fn sample() -> (Dossier, Vec<String>) {
    let mut dossier = empty();
    dossier.state_fact("akkoord", day("2026-01-01"), "9003", "nee").unwrap();
    dossier.state_fact("akkoord", day("2026-01-01"), "9003", "ja").unwrap();
    dossier
        .supply("contract", &row(&["nummer", "tarief", "vanaf"]), [row(&["9001", "1", ""])])
        .unwrap();
    let past = [
        grant("T1", "2026-01-01", ANNA, (4711, "2026-01-01", 5)),
        grant("T2", "2026-01-02", ANNA, (4711, "2026-01-03", 9)),
        grant("T3", "2026-01-03", ANNA, (4711, "2026-01-02", 2)),
        start("S1", "2026-01-02", ANNA, 4711),
        start("S2", "2026-01-04", BRAM, 4712),
        reply_to_start("S1", "2026-01-05", "9019"),
        declare("D1", "2026-02-01", &[(ANNA, "a", 4711, 8), (BRAM, "b", 4711, 3)]),
        "<Bericht xmlns='urn:vr1'/>".to_owned(),
    ];
    receive(&mut dossier, &past);
    let future = vec![
        start("S3", "2026-01-06", ANNA, 4711),
        start("S4", "2026-01-07", ANNA, 4711),
        reply_to_start("S1", "2026-01-08", "0200"),
        reply_to_start("S3", "2026-01-08", "0200"),
        grant("T4", "2026-01-03", BRAM, (4712, "2026-01-03", 9)),
        declare("D2", "2026-02-02", &[(ANNA, "c", 4711, 2)]),
        grant("T5", "2026-02-02", ANNA, (9001, "2026-01-01", 1)),
        grant("T6", "2026-02-02", ANNA, (9003, "2026-01-01", 1)),
        grant("T7", "2026-02-02", ANNA, (9004, "2026-01-01", 1)),
    ];
    (dossier, future)
}

#[test]
fn what_was_saved_goes_on_as_it_was() {
    let (mut dossier, future) = sample();
    let json = serde_json::to_string(&dossier.save()).unwrap();
    let saved: SavedDossier<'_> = serde_json::from_str(&json).unwrap();
    let mut restored = Dossier::restore(&GRANTS, &saved).unwrap();
    assert_eq!(serde_json::to_string(&restored.save()).unwrap(), json);
    for xml in &future {
        let going_on = dossier.receive(xml.as_bytes(), None);
        assert_eq!(restored.receive(xml.as_bytes(), None), going_on);
    }
    let all: Vec<_> = dossier.messages().collect();
    assert_eq!(restored.messages().collect::<Vec<_>>(), all);
    let changes: usize = all.iter().filter(|message| message.order_only).count();
    assert_eq!(changes, 1, "the start that waited turned right");
}

#[test]
fn days_at_the_edge_of_the_calendar_are_saved() {
    let mut dossier = empty();
    for year in ["262142", "12345678000", "-12345678001", "10000", "-0001"] {
        let far = format!("{year}-02-28");
        receive(&mut dossier, [&grant("T1", &far, ANNA, (1, &far, 1))]);
    }
    let json = serde_json::to_string(&dossier.save()).unwrap();
    let saved = serde_json::from_str(&json).unwrap();
    let restored = Dossier::restore(&GRANTS, &saved).unwrap();
    assert_eq!(restored.messages().collect::<Vec<_>>(), dossier.messages().collect::<Vec<_>>());
}

#[test]
fn what_was_not_saved_by_these_rules_is_refused() {
    let (dossier, _) = sample();
    let json = serde_json::to_string(&dossier.save()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(json.contains(from), "{from}");
        let json = json.replacen(from, to, 1);
        let saved: SavedDossier<'_> = serde_json::from_str(&json).unwrap();
        Dossier::restore(&GRANTS, &saved).map(|_| ()).unwrap_err()
    };
    assert_eq!(with("\"format\":3", "\"format\":2"), BadDossier::OtherFormat);
    let other = BadDossier::OtherStandard { standard: "elders".into() };
    assert_eq!(with("\"standard\":\"proef\"", "\"standard\":\"elders\""), other);
    let other = BadDossier::OtherRules { source: "VR1 / Toewijzing".into() };
    assert_eq!(with("\"Omvang\",\"integer\"", "\"Omvang\",\"text\""), other);
    assert_eq!(with("\"VR1 / Toewijzing\"", "\"VR1 / Anders\""), other);
    // What waits is known by the indexes: it would wait for ever under others.
    let index = "\"by_part\":false,\"columns\":[\"Nummer\"]";
    assert_eq!(with(index, &index.replace("Nummer", "Begin")), other);
    assert_eq!(with(index, &index.replace("false", "true")), other);
    let first = "{\"source\":\"VR1 / Toewijzing\",\"by_part\":false,\"columns\":[\"Nummer\"]},";
    assert_eq!(with(first, ""), other);
    let more = BadDossier::OtherRules { source: "VR9 / Meer".into() };
    let last = "{\"source\":\"akkoord\",\"by_part\":false,\"columns\":[\"sleutel\"]}";
    let longer = format!("{last},{}", last.replace("akkoord", "VR9 / Meer"));
    assert_eq!(with(last, &longer), more);
}

/// The JSON with one number or text in it replaced by another.
fn damage(value: &mut serde_json::Value, at: &mut usize, to: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Array(all) => all.iter_mut().any(|it| damage(it, at, to)),
        Value::Object(all) => all.values_mut().any(|it| damage(it, at, to)),
        _ if *at > 0 => {
            *at -= 1;
            false
        }
        other => {
            *other = to.clone();
            true
        }
    }
}

#[test]
fn nonsense_is_refused_without_a_panic() {
    let (dossier, future) = sample();
    let json = serde_json::to_value(dossier.save()).unwrap();
    let (mut refused, mut accepted) = (0, 0);
    for to in [4_000_000_000_u32.into(), u32::MAX.into(), 0.into(), "".into(), "\u{1f}".into()] {
        for at in 0.. {
            let (mut json, mut at) = (json.clone(), at);
            if !damage(&mut json, &mut at, &to) {
                break;
            }
            let Ok(saved) = serde_json::from_value::<SavedDossier<'_>>(json) else { continue };
            match Dossier::restore(&GRANTS, &saved) {
                Err(wrong) => {
                    assert!(!wrong.text(Lang::En).is_empty());
                    refused += 1;
                }
                Ok(mut dossier) => {
                    accepted += 1;
                    receive(&mut dossier, &future);
                    assert!(dossier.messages().count() > future.len());
                }
            }
        }
    }
    assert!(refused > 50 && accepted > 50, "{refused} refused, {accepted} accepted");
}
