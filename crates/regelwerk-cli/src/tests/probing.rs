//! `regelwerk mutants`, and `regelwerk coverage` of what examples and scenarios exercise.

use super::own::PROEF;
use super::trying::{change, copy};
use super::*;

#[test]
fn what_tests_exercise_and_what_they_do_not_notice_is_told() {
    let told = regelwerk(&["coverage", "--rules", PROEF]);
    assert!(told.exit <= 1 && told.err.is_empty(), "{}", told.err);
    for of in ["voorwaarden", "eisen", "rijen", "overgangen", "laatste dagen"] {
        assert!(told.out.lines().any(|line| line.contains(of)), "{of}: {}", told.out);
    }
    let told = regelwerk(&["mutants", "p201", "--rules", PROEF]);
    assert!(told.exit <= 1 && told.err.is_empty(), "{}", told.err);
    assert!(told.out.lines().last().unwrap().contains(" veranderingen: "), "{}", told.out);
}

/// The condition is used by PB01 and PB02; an example of a condition is of a rule that uses it.
#[test]
fn what_would_notice_a_change_is_told_with_where_it_belongs() {
    let folder = copy();
    let example = "  voorbeeld goed: Soort leeg, Code K, Eind leeg\n";
    change(&folder, "benoemd.regels", example, "");
    let told = regelwerk(&["mutants", "lange-zorg", "--rules", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (1, ""), "{}", told.out);
    let place = format!("zet het onder regel PB01, achter {}/benoemd.regels:15:", folder.path());
    let (before, after) = told.out.split_once(&place).expect(&told.out);
    assert!(before.starts_with("lange-zorg voorwaarde "), "{before}");
    assert!(after.starts_with("\n\n  voorbeeld goed: "), "{after}");
    let rules = ["--rules", folder.path(), "--format", "json"];
    let told = regelwerk(&[&["mutants", "lange-zorg"], &rules[..]].concat());
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let catch = &told[0]["survivors"][0]["catch"];
    assert_eq!((&catch["name"], &catch["scenario"]), (&"PB01".into(), &false.into()));
}

/// Of a border both sides are sought: the last day that is right, and the first that is not.
#[test]
fn what_would_notice_another_border_is_a_day_beside_it() {
    let folder = copy();
    folder.file(
        "grens.regels",
        "regel ZZ01 \"Een product duurt hoogstens zes maanden\"\n  bron:     verzonnen\n  niveau:   2\n  \
         voor:     PR01 / Product\n  als Eind gevuld dan:\n    - Eind  vullen met een datum op of voor \
         Begin + 6 maanden\n  voorbeeld goed: Begin 01-02-2021, Eind leeg\n  voorbeeld goed: Begin \
         01-02-2021, Eind 01-03-2021\n  voorbeeld fout: Begin 01-02-2021, Eind 01-02-2022\n",
    );
    let rules = ["--rules", folder.path(), "--format", "json"];
    let told = regelwerk(&[&["mutants", "ZZ01"], &rules[..]].concat());
    let told: Value = serde_json::from_str(&told.out).unwrap();
    let survivors = told[0]["survivors"].as_array().unwrap();
    let text = |one: &Value| one["catch"]["text"].as_str().unwrap_or_default().to_owned();
    let texts: Vec<_> = survivors.iter().map(text).collect();
    for day in ["goed: Eind 01-07-2021", "fout: Eind 02-07-2021"] {
        assert!(texts.iter().any(|text| text.contains(day)), "{day}: {survivors:?}");
    }
    assert!(texts.iter().all(|text| text.starts_with("  voorbeeld ")), "{survivors:?}");
}

#[test]
fn a_name_without_changes_or_examples_is_told_with_what_to_ask_instead() {
    let folder = copy();
    let at = format!("{}/benoemd.regels:3", folder.path());
    let asked = |verb: &[&str]| {
        let told = regelwerk(verb);
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{verb:?}");
        told.err
    };
    let told = asked(&["test", folder.path(), "--only", "Lange-Zorg"]);
    let users = "gebruikt door PB01, PB02; vraag het daarvan, zoals --only PB01\n";
    let lacks = "zonder eigen voorbeelden of scenario's";
    assert_eq!(told, format!("lange-zorg: voorwaarde, {at}, {lacks}; {users}"));
    let told = asked(&["mutants", "Soort", "--rules", folder.path()]);
    let shows = format!("regelwerk explain Soort --rules {} laat zien wat er staat", folder.path());
    assert!(told.contains("Soort: codelijst, ") && told.contains(&shows), "{told}");
    for (verb, near) in [
        (["mutants", "lange-zorgg", "--rules"], "bedoelt u lange-zorg?"),
        (["mutants", "P21", "--rules"], "onbekende naam P21; bedoelt u P201?"),
    ] {
        let told = asked(&[&verb[..], &[folder.path()]].concat());
        assert!(told.contains(near), "{told}");
    }
    let told = asked(&["test", folder.path(), "--only", "tarievn"]);
    assert_eq!(told, "onbekende naam tarievn; bedoelt u tarieven?\n");
    let told = asked(&["mutants", "qqqq", "--rules", folder.path(), "--lang", "en"]);
    assert!(told.contains("unknown name qqqq; ") && told.contains("names can be asked"), "{told}");
}

#[test]
fn of_a_long_table_is_told_how_many_rows_more_are_not_found() {
    let folder = copy();
    let row = "  rij:        A2, 200, 2020\n";
    let more: String = (1..=9).map(|at| format!("  rij:        Z{at}, 200, 2020\n")).collect();
    let file = "overeenkomst/protocol.regels";
    change(&folder, file, row, &format!("{row}{more}"));
    let counted = |to: &str| to.replace("controle:   2 rijen", "controle:   11 rijen");
    folder.file(file, &counted(&fs::read_to_string(folder.0.join(file)).unwrap()));
    let told = regelwerk(&["coverage", "--rules", folder.path()]);
    let more = "  en nog 5 rijen; --format json noemt ze alle\n";
    assert!(told.out.contains(more), "{}{}", told.out, told.err);
    let told = regelwerk(&["coverage", "--rules", folder.path(), "--format", "json"]);
    let all: Vec<Value> = serde_json::from_str(&told.out).unwrap();
    let rows = all.iter().filter(|one| one["name"] == "tarieven");
    assert_eq!(rows.filter(|one| one["seen"][0] == false).count(), 10);
}
