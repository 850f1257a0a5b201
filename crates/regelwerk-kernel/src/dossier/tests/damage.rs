//! A saved dossier that contradicts itself.

use serde_json::{Value, json};

use super::outside::sample;
use super::*;

/// What comes of restoring this.
fn restored(saved: Value) -> Result<(), BadDossier> {
    let saved: SavedDossier<'_> = serde_json::from_value(saved).unwrap();
    Dossier::restore(&GRANTS, &saved).map(|_| ())
}

fn saved() -> Value {
    serde_json::to_value(sample().0.save()).unwrap()
}

/// The saved dossier with something else at a place.
fn with(place: &str, value: Value) -> Value {
    let mut saved = saved();
    *saved.pointer_mut(place).expect(place) = value;
    saved
}

#[test]
fn the_sample_has_all_that_is_damaged_here() {
    let saved = saved();
    assert_eq!(restored(saved.clone()), Ok(()));
    let at = |place: &str| saved.pointer(place).expect(place);
    assert_eq!((at("/messages/3/answered_by"), at("/messages/5/answers")), (&json!(5), &json!(3)));
    assert_eq!((at("/sources/1/rows/0/0"), at("/sources/1/rows/0/2")), (&json!(3), &json!(5)));
    assert_eq!(at("/waiting/0/message"), &json!(4));
    let question = saved["sources"].as_array().unwrap();
    let question = question.iter().position(|it| it["name"] == "akkoord");
    assert_eq!(question, Some(AKKOORD));
    assert_eq!(at("/parts").as_array().map(Vec::len), Some(2));
}

/// The question, among the sources.
const AKKOORD: usize = 7;

#[test]
fn replies_that_go_round_or_lead_nowhere_are_refused() {
    for (place, value) in [
        ("/messages/3/answered_by", json!(3)),
        ("/messages/3/answered_by", json!(4)),
        ("/messages/3/answered_by", json!(2)),
        ("/messages/3/answered_by", json!(null)),
        ("/messages/3/answered_by", json!(99)),
        ("/messages/5/answers", json!(null)),
        ("/messages/5/answers", json!(5)),
        ("/messages/5/answers", json!(6)),
        ("/messages/6/answers", json!(3)),
        ("/messages/0/answered_by", json!(5)),
    ] {
        assert_eq!(
            restored(with(place, value.clone())),
            Err(BadDossier::Damaged),
            "{place} {value}"
        );
    }
    let mut circle = saved();
    circle["messages"][3]["answers"] = json!(5);
    circle["messages"][5]["answered_by"] = json!(3);
    assert_eq!(restored(circle), Err(BadDossier::Damaged));
}

#[test]
fn rows_that_are_of_no_message_or_of_another_are_refused() {
    let rows = "/sources/1/rows/0";
    for (place, value) in [
        ("/0", json!(null)),
        ("/0", json!(99)),
        ("/0", json!(4_294_967_295_u32)),
        ("/0", json!(0)),
        ("/1", json!(2)),
        ("/2", json!(2)),
        ("/2", json!(99)),
        ("/3", json!("")),
    ] {
        let place = format!("{rows}{place}");
        assert_eq!(
            restored(with(&place, value.clone())),
            Err(BadDossier::Damaged),
            "{place} {value}"
        );
    }
    let mut turned = saved();
    turned["sources"][0]["rows"].as_array_mut().unwrap().reverse();
    assert_eq!(restored(turned), Err(BadDossier::Damaged));
    // One that breaks level 1 gave no rows.
    assert_eq!(restored(with("/messages/3/fits", json!(false))), Err(BadDossier::Damaged));
}

#[test]
fn what_is_there_twice_is_refused() {
    for list in ["/pairs", "/parts", "/waiting"] {
        let mut twice = saved();
        let list = twice.pointer_mut(list).and_then(Value::as_array_mut).unwrap();
        list.push(list[0].clone());
        assert_eq!(restored(twice), Err(BadDossier::Damaged));
    }
    let mut answers = saved();
    let rows = answers["sources"][AKKOORD]["rows"].as_array_mut().unwrap();
    rows.iter_mut().for_each(|row| row[2] = json!(null));
    assert_eq!(restored(answers), Err(BadDossier::Damaged));
}

#[test]
fn only_what_was_rejected_waits() {
    for at in [0, 99, u32::MAX] {
        assert_eq!(restored(with("/waiting/0/message", json!(at))), Err(BadDossier::Damaged));
    }
    let mut dossier = {
        let saved = with("/waiting/0/text", json!("<Bericht"));
        let saved: SavedDossier<'_> = serde_json::from_value(saved).unwrap();
        Dossier::restore(&GRANTS, &saved).unwrap()
    };
    let future = sample().1;
    let codes = receive(&mut dossier, &future);
    assert_eq!(codes.len(), future.len());
    assert!(
        !dossier.message(MessageNo(5)).unwrap().order_only,
        "what is no message turns not right"
    );
}
