//! `regelwerk coverage`.

use super::*;

#[test]
fn every_published_rule_is_accounted_for() {
    let told = regelwerk(&["coverage", "--standard"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.out);
    assert!(told.out.starts_with("ijw 3.2: 307 van 307 gepubliceerde regels verantwoord\n"));
    assert!(told.out.contains("\nontbreekt: niets\n"), "{}", told.out);
    assert!(told.out.contains("\nzonder voorbeeld: niets\n"), "{}", told.out);
    let english = regelwerk(&["coverage", "--standard", "IJW", "--lang", "en"]);
    assert!(english.out.contains("307 of 307 published rules accounted for"), "{}", english.out);
}

#[test]
fn coverage_is_told_to_programs_too() {
    let told =
        regelwerk(&["coverage", "--standard", "ijw", "--release", "3.2", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap();
    let total = &json[0]["total"];
    assert_eq!(total["published"], 307);
    let fates = ["judged", "not_yet", "not_by_machine", "missing"].map(|key| total[key].as_u64());
    assert_eq!(fates.into_iter().flatten().sum::<u64>(), 307);
    let rows = json[0]["rows"].as_array().unwrap();
    let conditions = rows.iter().find(|row| row["kind"] == "conditie").unwrap();
    assert_eq!((&conditions["level"], &conditions["published"]), (&2.into(), &22.into()));
}

#[test]
fn what_has_no_coverage_is_said() {
    let misspelt = regelwerk(&["coverage", "--standard", "ijv"]);
    assert_eq!(misspelt.exit, 2);
    assert_eq!(misspelt.err, "onbekende standaard ijv; bedoelt u ijw? (bekend: ijw)\n");
    let release = regelwerk(&["coverage", "--standard", "--release", "9.9"]);
    assert_eq!(release.exit, 2);
    assert!(release.err.starts_with("onbekende release 9.9 (bekend: "), "{}", release.err);
    let partial = regelwerk(&["coverage", "--standard", "--release", "2.2"]);
    assert_eq!(partial.exit, 2);
    assert!(partial.err.contains("niet vastgelegd welke regels"), "{}", partial.err);
}
