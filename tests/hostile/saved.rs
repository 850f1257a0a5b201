//! Saved dossiers that are nonsense: each is refused with a reason, or goes on without harm.

use std::path::Path;

use regelwerk::{BadDossier, Date, Dossier, Lang, SavedDossier};
use serde_json::{Value, json};

use super::dossiers::{message, standard};
use crate::snapshot::here;

/// A dossier of the year that is shipped, as it was saved.
fn saved() -> String {
    let mut dossier = Dossier::new(standard());
    let on = Date::from_ymd(2026, 1, 8);
    dossier.state_fact("verantwoordelijke-gemeente", on, "999900067", "0384").unwrap();
    let files = std::fs::read_dir(here().join("dossiers/jaar")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension() == Some(Path::new("xml").as_os_str()));
    files.sort();
    for path in files {
        dossier.receive(&std::fs::read(path).unwrap(), None);
    }
    // One that waits.
    let early = message("JW305", &[("ToewijzingNummer", "12"), ("Identificatie", "W")]);
    dossier.receive(early.as_bytes(), None);
    serde_json::to_string(&dossier.save()).unwrap()
}

/// What comes of reading this: the words in which it is refused, or a dossier.
fn restored(text: &str) -> Result<Dossier, String> {
    let saved: SavedDossier<'_> = serde_json::from_str(text).map_err(|why| why.to_string())?;
    Dossier::restore(standard(), &saved).map_err(|why| why.text(Lang::En))
}

/// Asks all that there is to ask, and takes in what follows.
fn use_it(mut dossier: Dossier) {
    for as_of in
        [Date::from_ymd(1, 1, 1), Date::from_ymd(2026, 12, 21), Date::from_ymd(9999, 12, 31)]
    {
        let _ = (dossier.terms(as_of), dossier.states());
    }
    let numbers: Vec<_> = dossier.messages().map(|message| message.number).collect();
    for number in numbers {
        let _ = dossier.states_of(number);
    }
    for name in ["JW301", "JW305", "JW306", "JW323", "JW325"] {
        let report = dossier.receive(message(name, &[]).as_bytes(), None);
        assert!(report.number.is_some());
    }
    assert!(restored(&serde_json::to_string(&dossier.save()).unwrap()).is_ok());
}

#[test]
fn what_was_cut_off_is_refused_wherever_that_is() {
    let text = saved();
    use_it(restored(&text).unwrap());
    for end in (0..text.len()).step_by(313).chain(text.len() - 5..text.len()) {
        assert!(restored(&text[..end]).is_err(), "{end}");
    }
}

#[test]
fn what_is_of_another_kind_is_refused() {
    let huge = "1".repeat(400);
    for text in [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "\"\"",
        "{\"format\":1}",
        "\u{feff}{}",
        &"[".repeat(100_000),
        &format!("{{\"format\":{huge}}}"),
        "{\"format\":-1}",
        "{\"format\":1e30}",
    ] {
        assert!(restored(text).is_err(), "{text:.40}");
    }
    let text = saved();
    for (from, to) in [
        ("\"format\":3", "\"format\":4294967296"),
        ("\"messages\":[", "\"messages\":[null,"),
        ("\"messages\":[", "\"berichten\":["),
        ("\"fits\":true", "\"fits\":1"),
        ("\"sent\":\"2026-01-05\"", "\"sent\":\"2026-02-30\""),
        ("\"sent\":\"2026-01-05\"", "\"sent\":20260105"),
        ("\"kind\":0", "\"kind\":-1"),
        ("\"kind\":0", "\"kind\":99999999999999999999"),
        ("\"pairs\":[", "\"pairs\":[{},"),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(restored(&text.replacen(from, to, 1)).is_err(), "{to}");
    }
}

#[test]
fn what_is_of_another_standard_or_other_rules_is_refused_by_name() {
    let refused = |place: &str, value: Value| {
        let mut json: Value = serde_json::from_str(&saved()).unwrap();
        *json.pointer_mut(place).unwrap() = value;
        let saved: SavedDossier<'_> = serde_json::from_value(json).unwrap();
        Dossier::restore(standard(), &saved).map(|_| ()).unwrap_err()
    };
    assert_eq!(refused("/format", json!(1)), BadDossier::OtherFormat);
    let long = "x".repeat(1_000_000);
    match refused("/standard", json!(long)) {
        BadDossier::OtherStandard { standard } => assert!(standard.len() < 500),
        other => panic!("{other:?}"),
    }
    for (place, value) in [
        ("/sources/0/name", json!("JW301 / Anders")),
        ("/sources/0/columns", json!([])),
        ("/sources", json!([])),
    ] {
        assert!(matches!(refused(place, value), BadDossier::OtherRules { .. }), "{place}");
    }
    for place in ["/messages", "/kinds", "/parts", "/pairs"] {
        assert_eq!(refused(place, json!([])), BadDossier::Damaged, "{place}");
    }
}

/// Every number in it, as if it named something else.
#[test]
fn numbers_that_name_nothing_or_something_else_do_no_harm() {
    let json: Value = serde_json::from_str(&saved()).unwrap();
    let (mut refused, mut accepted) = (0, 0);
    let mut places = Vec::new();
    numbers(&json, String::new(), &mut places);
    assert!(places.len() > 150, "{}", places.len());
    for (at, place) in places.iter().enumerate() {
        let mut json = json.clone();
        let wrong = [json!(at % 40), json!(u32::MAX), json!(u32::MAX - 1), json!(null)];
        let wrong = wrong[at % wrong.len()].clone();
        *json.pointer_mut(place).unwrap() = wrong;
        match restored(&json.to_string()) {
            Ok(dossier) => {
                accepted += 1;
                use_it(dossier);
            }
            Err(why) => {
                refused += 1;
                assert!(!why.is_empty());
            }
        }
    }
    assert!(refused > 30 && accepted > 0, "{refused} refused, {accepted} accepted");
}

/// The places of all numbers.
fn numbers(json: &Value, place: String, places: &mut Vec<String>) {
    match json {
        Value::Number(_) => places.push(place),
        Value::Array(all) => {
            for (at, one) in all.iter().enumerate() {
                numbers(one, format!("{place}/{at}"), places);
            }
        }
        Value::Object(all) => {
            for (key, one) in all {
                numbers(one, format!("{place}/{key}"), places);
            }
        }
        _ => {}
    }
}

#[test]
fn very_much_that_waits_or_was_asked_is_no_trouble() {
    let mut json: Value = serde_json::from_str(&saved()).unwrap();
    let waiting = json["waiting"][0].clone();
    assert!(waiting.is_object());
    let asked: Vec<_> = (0..200_000).map(|at| at.to_string()).collect();
    json["waiting"][0]["asked"] = json!(asked);
    json["waiting"][0]["text"] = json!("<".repeat(1_000_000));
    json["parts"].as_array_mut().unwrap().extend((0..200_000).map(|at| json!(format!("p{at}"))));
    use_it(restored(&json.to_string()).unwrap());
}
