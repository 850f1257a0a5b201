//! Rules of a few lines, and what is said of them.

use regelwerk_diag::{Source, Sources};

/// A standard to stand in; the cases of the workspace have the same.
const GROUND: &str = include_str!("../../../../tests/proef/ground.regels");

/// Each diagnostic of these checks: its code and the text at its place.
fn told(rules: &[(&str, &str)]) -> Vec<String> {
    let mut text = String::new();
    for (head, lines) in rules {
        let (code, see) = head.split_once(' ').unwrap_or((head, ""));
        text += &format!("regel {code} \"x\"\n  bron: verzonnen\n  niveau: 2\n{see}");
        if !lines.contains("voor:") {
            text += "  voor: PR01 / Product\n";
        }
        text += &format!("{lines}\n");
    }
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = Sources::new("", vec![source("a.regels", GROUND), source("b.regels", &text)]);
    let mut files = Vec::new();
    for (id, source) in sources.iter() {
        let parse = regelwerk_syntax::parse(id, &source.text);
        assert_eq!(parse.diagnostics, [], "{text}");
        files.push((source.path.clone(), parse.file));
    }
    let (_, found) = crate::analyze(&files, &sources);
    let mut told = Vec::new();
    for one in found.iter().filter(|one| one.code.0 != "RW317") {
        let slice = sources.slice(one.label.span);
        told.push(format!("{} {}", one.code.0, slice.lines().next().unwrap_or("").trim()));
    }
    told
}

fn of(lines: &str) -> Vec<String> {
    told(&[("X001", lines)])
}

/// Something that can be broken whatever else is so, under a condition.
fn under(cond: &str) -> Vec<String> {
    of(&format!("  als {cond} dan:\n    - Code  uniek binnen Client"))
}

#[test]
fn a_condition_that_never_holds_is_told() {
    for cond in [
        "Soort = 01 en Soort = 02",
        "Code gevuld en Code leeg",
        "Begin leeg",
        "Begin na 31-12-2021 en Begin voor 01-01-2021",
        "Begin na 30-12-2021 en Begin voor 31-12-2021",
        "Bedrag groter dan 3 en Bedrag kleiner dan 4",
        "Bedrag kleiner dan 0",
        "Eind voor Begin en Begin voor Eind",
        "Eind voor Begin en Begin = Bericht.Kop.Datum en Bericht.Kop.Datum op of voor Eind",
        "Omvang leeg en Omvang.Volume gevuld",
        "Omvang gevuld en Omvang.Volume leeg",
        "Code = \"\"",
        "Om na 23:59:59",
        "Code = Bericht.Kop.Code en Code = \"a\" en Bericht.Kop.Code = \"b\"",
        "Code volgens elfproef en niet Code volgens elfproef",
        "Eind = Begin + 1 dag en Eind <> Begin + 1 dag",
    ] {
        assert_eq!(under(cond), [format!("RW402 als {cond} dan:")], "{cond}");
    }
}

#[test]
fn a_condition_that_may_hold_is_not() {
    for cond in [
        "Soort = 01 of Soort = 02",
        "Soort geen van 01, 02, 13",
        "Begin na 29-12-2021 en Begin voor 31-12-2021",
        "Bedrag groter dan 3 en Bedrag kleiner dan 5",
        "Bedrag kleiner dan 1",
        "Eind op of voor Begin en Begin op of voor Eind",
        "Code = Bericht.Kop.Code",
        "Code = Bericht.Kop.Code en Code <> \"a\"",
        "Code <> Bericht.Kop.Code",
        "Soort = Omvang.Eenheid en Soort <> 01",
        "Code = Soort",
        "Bericht.Kop.Code leeg",
        "Omvang leeg",
        "Omvang.Volume leeg",
        "Code volgens elfproef en niet Code volgens patroon \"[0-9]+\"",
        "Begin + 1 dag = Begin",
        "er is een ander Product binnen Client met Code = dit Code",
        "Begin = Bericht.Kop.Datum en Eind na Begin en Eind voor 01-01-2020",
        "Om na 23:59:58",
    ] {
        assert_eq!(under(cond), [""; 0], "{cond}");
    }
}

#[test]
fn the_codes_of_the_release_are_all_there_is() {
    let rule = |valid: &str| {
        of(&format!(
            "  geldig: {valid}\n    voor: PR01 / Product\n    als Soort geen van 01, 02, 13 en Soort gevuld dan:\n      - Bedrag  verplicht vullen"
        ))
    };
    assert_eq!(
        rule("t/m release 1.0"),
        ["RW402 als Soort geen van 01, 02, 13 en Soort gevuld dan:"]
    );
    assert_eq!(rule("vanaf release 2.0"), [""; 0]);
    assert_eq!(rule("t/m release 2.0"), [""; 0]);
}

#[test]
fn a_condition_that_always_holds_is_told() {
    for cond in ["Begin gevuld", "Code gevuld of Code leeg", "Bedrag leeg of Bedrag minstens 0"] {
        assert_eq!(under(cond), [format!("RW403 als {cond} dan:")], "{cond}");
    }
    // A mandatory text may be blank, and what is blank is empty.
    assert_eq!(under("Bericht.Kop.Code gevuld"), [""; 0]);
}

#[test]
fn an_else_that_never_comes_is_told() {
    let lines = "  als Begin gevuld dan:\n    - Bedrag  verplicht vullen\n  anders:\n    - Eind  leeg laten";
    assert_eq!(of(lines), ["RW402 als Begin gevuld dan:"]);
}

#[test]
fn under_a_condition_only_what_is_left_counts() {
    let lines = "  als Code gevuld dan:\n    als Code leeg dan:\n      als Soort = 01 dan:\n        - Bedrag  verplicht vullen";
    assert_eq!(of(lines), ["RW402 als Code leeg dan:"]);
    let lines = "  als Soort = 01 dan:\n    - Bedrag  verplicht vullen\n  anders:\n    als Soort = 01 dan:\n      - Eind  leeg laten";
    assert_eq!(of(lines), ["RW402 als Soort = 01 dan:"]);
}

#[test]
fn one_place_where_it_may_hold_is_enough() {
    let places = "  voor: PR01 / Product met start = Eind, PR01 / Kop met start = Datum\n";
    let lines = format!("{places}  als start leeg dan:\n    eis: Bericht.Kop.Code gevuld");
    assert_eq!(of(&lines), [""; 0]);
    let places = "  voor: PR01 / Product met start = Begin, PR01 / Kop met start = Datum\n";
    let lines = format!("{places}  als start leeg dan:\n    eis: Bericht.Kop.Code gevuld");
    assert_eq!(of(&lines), ["RW402 als start leeg dan:"]);
}

#[test]
fn a_rule_that_cannot_fail_is_told() {
    for lines in [
        "- Begin  verplicht vullen",
        "eis: Bedrag leeg of Bedrag minstens 0",
        "als Omvang gevuld dan:\n    - Omvang.Volume  verplicht vullen",
        "als Bedrag groter dan 5 dan:\n    eis: Bedrag minstens 6",
        "- Code  niet vullen met \"\"",
        "- Bedrag  mag gevuld worden",
    ] {
        let told = of(&format!("  {lines}"));
        assert!(matches!(told.as_slice(), [one] if one.starts_with("RW404")), "{lines}: {told:?}");
    }
    for lines in [
        "- Bericht.Kop.Code  verplicht vullen",
        "- Code  uniek binnen Client",
        "- Begin  vullen met Begin + 1 dag - 1 dag",
        "eis: Soort = 01 of Soort <> 02",
        "als Bedrag groter dan 5 dan:\n    eis: Bedrag minstens 7",
        "als Eind gevuld dan:\n    - Eind  vullen met een datum op of na Begin",
        "als Omvang gevuld dan:\n    - Bedrag  verplicht vullen",
    ] {
        assert_eq!(of(&format!("  {lines}")), [""; 0], "{lines}");
    }
}

#[test]
fn within_a_rule_overlap_is_a_conflict() {
    let both = |one: &str, other: &str| {
        of(&format!(
            "  als {one} dan:\n    - Omvang.Volume  verplicht vullen\n  als {other} dan:\n    - Omvang  leeg laten"
        ))
    };
    for (one, other) in [
        ("Code gevuld", "Bedrag gevuld"),
        ("Soort = 01", "Soort een van 01, 02"),
        ("Bedrag groter dan 3", "Bedrag kleiner dan 5"),
        ("Code volgens elfproef", "Code volgens elfproef"),
    ] {
        assert_eq!(both(one, other), ["RW401 leeg laten"], "{one} / {other}");
    }
    for (one, other) in [
        ("Soort = 01", "Soort = 02"),
        ("Bedrag groter dan 3", "Bedrag kleiner dan 4"),
        ("Code gevuld", "Code leeg"),
        // Whether both hold at once is not known.
        ("Code volgens elfproef", "Code volgens patroon \"[a-z]+\""),
        ("er is een ander Product binnen Client met Soort = 01", "Bedrag = 1"),
    ] {
        assert_eq!(both(one, other), [""; 0], "{one} / {other}");
    }
    assert_eq!(of("  eis: Code gevuld en Code leeg"), ["RW401 eis: Code gevuld en Code leeg"]);
}

#[test]
fn between_rules_only_what_can_never_be_met_is_a_conflict() {
    let both = |one: &str, other: &str| {
        let one = format!("  als {one} dan:\n    - Eind  verplicht vullen");
        let other = format!("  als {other} dan:\n    - Eind  leeg laten");
        told(&[("X001", &one), ("X002", &other)])
    };
    assert_eq!(both("Bedrag groter dan 10", "Bedrag groter dan 5"), ["RW401 leeg laten"]);
    assert_eq!(both("Bedrag groter dan 5", "Bedrag groter dan 10"), ["RW401 leeg laten"]);
    assert_eq!(both("Code gevuld", "Bedrag gevuld"), [""; 0]);
    assert_eq!(both("Soort = 01", "Soort = 02"), [""; 0]);
    // What never holds implies everything: that is told once, where it is.
    assert_eq!(
        both("Soort = 01 en Soort = 02", "Bedrag gevuld"),
        ["RW402 als Soort = 01 en Soort = 02 dan:"]
    );
}

#[test]
fn between_rules_a_place_in_common_and_the_element_behind_a_name_count() {
    let one = "  voor: PR01 / Product met start = Eind, PR01 / Kop met start = Datum\n  - start  verplicht vullen";
    assert_eq!(told(&[("X001", one), ("X002", "  - Eind  leeg laten")]), ["RW401 leeg laten"]);
    assert_eq!(told(&[("X001", one), ("X002", "  - Om  leeg laten")]), [""; 0]);
    let other = "  geldig: t/m release 1.0\n    voor: PR01 / Product\n    - Om  leeg laten";
    let later = "  geldig: vanaf release 2.0\n    voor: PR01 / Product\n    - Om  verplicht vullen";
    assert_eq!(told(&[("X003", other), ("X004", later)]), [""; 0]);
}

#[test]
fn rules_that_say_the_same_are_told_once() {
    let one = "  als Bedrag gevuld dan:\n    - Omvang  leeg laten";
    let other = "  als Omvang gevuld dan:\n    - Bedrag  leeg laten";
    assert_eq!(told(&[("X001", one), ("X002", other)]), ["RW405 regel X002 \"x\""]);
    assert_eq!(told(&[("X001", one), ("X002   zie: X001\n", other)]), [""; 0]);
    assert_eq!(told(&[("X001   zie: X002\n", one), ("X002", other)]), [""; 0]);
    let more = "  als Omvang.Volume gevuld dan:\n    - Bedrag  leeg laten";
    assert_eq!(told(&[("X001", one), ("X002", more)]), [""; 0]);
    let check = "  - Code  vullen volgens elfproef";
    let must = "  eis: Code volgens elfproef";
    assert_eq!(told(&[("X001", check), ("X002", must)]), ["RW405 regel X002 \"x\""]);
}

/// Two rules that differ only in a value with a name, and what is told of the second.
fn named(one: &str, other: &str, rest: &str) -> Vec<String> {
    let rule = |value: &str| format!("  voor: PR01 / Client\n{value}{rest}");
    told(&[("X001", &rule(one)), ("X002", &rule(other))])
}

#[test]
fn a_value_with_a_name_stands_where_its_name_does() {
    let some = "  eis: er is een Product genaamd tweede met tweede.Bedrag = ";
    let count = |of: &str| format!("aantal dit Product genaamd ene met ({of}.Bedrag = 1)");
    let stated = "  stel: teller = aantal Product genaamd ene met (ene.Bedrag = 1)\n";
    let (one, other) = (format!("{stated}{some}teller"), format!("{some}{}", count("ene")));
    assert_eq!(named(&one, &other, ""), ["RW405 regel X002 \"x\""]);
    // The same number of a binder, but that of another.
    assert_eq!(named(&one, &format!("{some}{}", count("tweede")), ""), [""; 0]);
}

#[test]
fn values_that_grow_without_bounds_are_told_apart_too() {
    let grown = |of: &str| {
        let names: Vec<_> = (0..60_u8).map(|n| format!("w{}", "x".repeat(n.into()))).collect();
        let doubled =
            names.windows(2).map(|two| format!("  stel: {} = {of} + {1} + {1}\n", two[1], two[0]));
        format!("  stel: w = {of}\n{}", doubled.collect::<String>())
    };
    let rest = format!("  eis: w{} groter dan 10", "x".repeat(59));
    let (one, other) = (grown("aantal Product"), grown("aantal Soort"));
    assert_eq!(named(&one, &one, &rest), ["RW405 regel X002 \"x\""]);
    assert_eq!(named(&one, &other, &rest), [""; 0]);
}

#[test]
fn too_many_states_are_passed_over() {
    let paths = ["Begin", "Eind", "Bericht.Kop.Datum"];
    let days: Vec<_> =
        (1..56).map(|n| format!("{:02}-{:02}-2021", n % 28 + 1, n / 28 + 1)).collect();
    let parts: Vec<_> = paths
        .iter()
        .flat_map(|path| days.iter().map(move |day| format!("{path} <> {day}")))
        .collect();
    let cond = format!(
        "{} en Begin voor Eind en Eind voor Bericht.Kop.Datum en Begin leeg",
        parts.join(" en ")
    );
    assert_eq!(under(&cond), [""; 0]);
}

#[test]
fn the_ground_under_a_wrong_line_is_not_judged_twice() {
    let told = of("  als Onbekend gevuld dan:\n    - Begin  verplicht vullen");
    assert!(told.iter().all(|one| one.starts_with("RW302")), "{told:?}");
    let told = of("  als Begin gevuld dan:\n    - Onbekend  verplicht vullen");
    assert!(told.iter().all(|one| one.starts_with("RW302")), "{told:?}");
}

#[test]
fn that_rules_are_too_many_to_compare_is_told() {
    let codes: Vec<_> = (0..330).map(|number| format!("X{number:03}")).collect();
    let rules: Vec<_> =
        codes.iter().map(|code| (code.as_str(), "  - Code  verplicht vullen")).collect();
    let cut = |rules: &[(&str, &str)]| told(rules).iter().any(|one| one.starts_with("RW407"));
    assert!(cut(&rules));
    assert!(!cut(rules.get(..20).unwrap_or_default()));
}
