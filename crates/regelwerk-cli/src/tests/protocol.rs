//! A protocol beside the standard.

use super::*;

/// A message that a protocol recognises as its own, and one that breaks a rule of it.
fn own() -> [String; 2] {
    let good = base("JW315", "2.3");
    let closed = "</basis:Categorie>";
    let bad = good.replace(closed, &format!("{closed}<basis:Code>55001</basis:Code>"));
    assert_ne!(good, bad);
    [good, bad]
}

#[test]
fn one_that_recognises_a_message_is_told_and_not_applied() {
    let [good, _] = own();
    let told = regelwerk_reading(&["validate", "-"], &good);
    assert_eq!(told.exit, 0);
    let lines: Vec<_> = told.out.lines().collect();
    assert_eq!(lines[0], "-: goedgekeurd voor zover beoordeeld (JW315, iJw 2.3)");
    let hint = "  herkend als LTA-2019, niet toegepast; voeg --protocol LTA-2019 toe";
    assert_eq!(lines[1], hint);
    let told = regelwerk_reading(&["validate", "--lang", "en", "-"], &good);
    let hint = "\n  recognised as LTA-2019, not applied; add --protocol LTA-2019\n";
    assert!(told.out.contains(hint), "{}", told.out);
}

#[test]
fn one_that_is_asked_for_has_a_verdict_of_its_own() {
    let [good, bad] = own();
    let told = regelwerk_reading(&["validate", "--protocol", "lta-2019", "-"], &good);
    assert_eq!(told.exit, 0);
    let line = "\n  protocol LTA-2019 (door u gekozen): goedgekeurd voor zover beoordeeld\n";
    assert!(told.out.contains(line), "{}", told.out);

    let told = regelwerk_reading(&["validate", "--protocol", "LTA-2019", "-"], &bad);
    assert_eq!(told.exit, 1);
    let lines: Vec<_> = told.out.lines().collect();
    assert_eq!(lines[0], "-: goedgekeurd voor zover beoordeeld (JW315, iJw 2.3)");
    assert_eq!(lines[1], "  protocol LTA-2019 (door u gekozen): afgekeurd");
    assert!(told.out.contains("\nfout[LTA-315-01]: Code: verwacht leeg, "), "{}", told.out);
    assert!(told.out.contains("\n  protocol       LTA-2019\n"), "{}", told.out);
    assert!(told.out.contains("\n  regel          Aspecifiek aanvragen, "), "{}", told.out);
    assert!(!told.out.contains("retourcode"), "{}", told.out);
    let end = "\n1 bericht: 1 goedgekeurd; protocol LTA-2019: 1 afgekeurd (1 fout)\n";
    assert!(told.out.ends_with(end), "{}", told.out);
}

#[test]
fn auto_applies_the_one_that_recognises_a_message() {
    let [good, _] = own();
    let told = regelwerk_reading(&["validate", "--protocol", "auto", "-"], &good);
    let line = "\n  protocol LTA-2019 (herkend): goedgekeurd voor zover beoordeeld\n";
    assert_eq!(told.exit, 0);
    assert!(told.out.contains(line), "{}", told.out);
    let told = regelwerk_reading(&["validate", "--protocol", "auto", "-"], &super::good());
    assert!(!told.out.contains("protocol"), "{}", told.out);
}

#[test]
fn one_that_says_nothing_of_a_message_judges_nothing() {
    let told = regelwerk_reading(&["validate", "--protocol", "LTA-2019", "-"], &good());
    assert_eq!(told.exit, 0);
    let line = "\n  protocol LTA-2019 (door u gekozen): niet beoordeeld\n";
    assert!(told.out.contains(line), "{}", told.out);
    let why = "\n  niet beoordeeld: protocol LTA-2019 geldt niet voor release 3.2\n\n";
    assert!(told.out.contains(why), "{}", told.out);
}

#[test]
fn json_and_summary_have_its_verdict_apart() {
    let [_, bad] = own();
    let args = ["validate", "--protocol", "LTA-2019", "--format", "json"];
    let told = regelwerk_reading(&[&args[..], &["-"]].concat(), &bad);
    let line = &json(&told)[0];
    assert_eq!((told.exit, line["verdict"].as_str()), (1, Some("accepted")));
    let expected = r#"{"name":"LTA-2019","chosen_by":"caller","verdict":"rejected"}"#;
    assert!(told.out.contains(&format!("\"protocol\":{expected},")), "{}", told.out);

    let told = regelwerk_reading(&[&args[..], &["--summary", "-"]].concat(), &bad);
    let expected = r#""protocols":[{"protocol":"LTA-2019","files":1,"accepted":0,"rejected":1}]"#;
    assert_eq!(told.exit, 1);
    assert!(told.out.contains(expected), "{}", told.out);
}

#[test]
fn an_unknown_one_is_refused_with_a_suggestion() {
    let told = regelwerk_reading(&["validate", "--protocol", "lta2019", "-"], &good());
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let expected = "onbekend protocol lta2019; bedoelt u LTA-2019? (bekend: LET-JB-2021, LTA-2019, LTA-2025, auto)\n";
    assert_eq!(told.err, expected);
}

#[test]
fn explain_finds_rules_of_protocols() {
    let told = regelwerk(&["explain", "lta-301-01"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    for part in [
        "LTA-301-01  ",
        "\n  protocol       LTA-2019: ",
        "\n  niveau         geen\n",
        "\n  staat in       rules/lta/2019/",
        "\nBasisbericht JW301 (iJw 2.3)\n",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    let told = regelwerk(&["explain", "LTA-301-99"]);
    assert!(told.err.contains("bedoelt u LTA-301-0"), "{}", told.err);
}

#[test]
fn check_counts_protocols_and_scenarios() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let told = regelwerk(&["check", rules]);
    let last = told.out.lines().last().unwrap();
    assert!(last.contains(" protocol") && last.contains(" scenario"), "{}", told.out);
}
