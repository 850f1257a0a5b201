//! `--rules DIR`: the rules of a folder in the place of those of the build, for every verb.

use std::path::Path;

use regelwerk_compiler::{compile, load};

use super::*;

/// The invented standard, with every construct of the language.
pub(super) const PROEF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/proef");

/// A protocol of an invented region: an assignment has an end.
pub(super) const REGION: &str = "protocol REGIO-1 \"Afspraken van een verzonnen regio\"
  bron:       verzonnen
  standaard:  ijw
  geldig:     vanaf 01-01-2026
  releases:   3.2
  herkennen:  JW301 / ToegewezenProduct als Product.Categorie = 45

regel R-01 \"Een einde staat vast\"
  bron:     verzonnen
  voor:     JW301 / ToegewezenProduct
  - Einddatum  verplicht vullen
  voorbeeld goed: Einddatum 31-12-2026
  voorbeeld fout: Einddatum leeg
";

/// A message of the invented standard, wrong by some of its rules.
fn invented() -> String {
    let compilation = compile(load(Path::new(PROEF)).unwrap());
    let standards = regelwerk_eval::Library::of(&compilation).standards;
    standards[0].releases[0].messages[0].base.to_owned()
}

#[test]
fn a_message_is_judged_by_the_rules_of_the_folder_and_the_receipt_says_so() {
    let message = invented();
    let told = regelwerk_reading(&["validate", "-"], &message);
    assert_eq!(told.exit, 2, "{}", told.out);
    let hash = regelwerk_compiler::hash(&load(Path::new(PROEF)).unwrap());
    // Before the verb and after it.
    for args in [
        ["--rules", PROEF, "validate", "--format", "json", "-"],
        ["validate", "--rules", PROEF, "--format", "json", "-"],
    ] {
        let told = regelwerk_reading(&args, &message);
        assert_eq!((told.exit, told.err.as_str()), (1, ""), "{}", told.out);
        assert_eq!(json(&told)[0]["findings"][0]["rule"], "P203");
        let receipt = &json(&told)[0]["receipt"];
        assert_eq!(receipt["rules_sha256"], hash, "{receipt}");
    }
}

#[test]
fn a_message_is_judged_by_a_protocol_over_the_rules_inside() {
    let folder = Folder::new();
    folder.file("regio.regels", REGION);
    let open = good().replace("<jw301:Einddatum>", "<!--").replace("</jw301:Einddatum>", "-->");
    let rules = ["--rules", folder.path(), "--protocol", "REGIO-1", "-"];
    let told = regelwerk_reading(&[&["validate"], &rules[..]].concat(), &open);
    assert_eq!(told.exit, 1, "{}{}", told.out, told.err);
    assert!(told.out.contains("fout[R-01]: "), "{}", told.out);
    assert!(told.out.contains("regel          Een einde staat vast"), "{}", told.out);
    let told = regelwerk(&["--rules", folder.path(), "explain", "r-01"]);
    assert!(told.out.contains("\n  protocol       REGIO-1: "), "{}{}", told.out, told.err);
    assert!(told.out.contains("\nBasisbericht JW301 (iJw 3.2)\n"), "{}", told.out);
}

#[test]
fn no_verb_goes_by_half_rules() {
    let folder = Folder::new();
    folder.file("standaard.regels", STANDARD);
    folder.file("fout.regels", "regell X \"Een regel\"\n  bron: proef\n");
    let message = folder.file("bericht.xml", &good());
    let messages = Folder::new();
    messages.file("01.xml", &good());
    let archive = ["impact", messages.path(), "--from", "ijw/3.1", "--to", "ijw/3.2"];
    let verbs: [&[&str]; 7] = [
        &["validate", &message],
        &["dossier", messages.path()],
        &["reply", &message],
        &["coverage", "--standard"],
        &["changes", "ijw/3.1", "ijw/3.2"],
        &archive,
        &["explain", "RS037"],
    ];
    for verb in verbs {
        let told = regelwerk(&[&["--rules", folder.path()], verb].concat());
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{verb:?}");
        assert!(told.err.contains("fout.regels:1:1\n"), "{verb:?}: {}", told.err);
    }
}

#[test]
fn every_verb_knows_what_the_folder_has() {
    let told = regelwerk(&["--rules", PROEF, "coverage", "--standard", "ijw"]);
    assert_eq!((told.exit, told.err.as_str()), (2, "onbekende standaard ijw (bekend: proef)\n"));
    let table = ["--rules", PROEF, "table", "tarieven", "--bedrag", "200"];
    let told = regelwerk(&table);
    assert!(told.out.contains("\n  bedrag  200\n"), "{}{}", told.out, told.err);
    let sides = ["changes", "PROEF-AFSPRAAK", "PROEF-OPVOLGER", "--format", "json"];
    let told = regelwerk(&[&["--rules", PROEF], &sides[..]].concat());
    let changes: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(changes["is_tried"], true, "{}", told.err);
    let told = regelwerk(&["--rules", PROEF, "explain", "CD041"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let folder = Folder::new();
    folder.file("01.xml", &invented());
    let told = regelwerk(&["dossier", folder.path(), "--rules", PROEF, "--as-of", "2026-01-01"]);
    assert!(told.exit == 1 && told.out.contains("P203 "), "{}{}", told.out, told.err);
}

#[test]
fn a_folder_that_is_named_in_two_ways_is_one() {
    let told = regelwerk(&["check", PROEF, "--rules", "/nergens"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("noem één map"), "{}", told.err);
    let told = regelwerk(&["check", "--rules", PROEF]);
    assert_eq!(told.exit, 0, "{}", told.out);
}

/// What a verb takes itself never goes by the name of what every verb takes.
#[test]
fn every_verb_takes_rules() {
    let mut command = <Cli as CommandFactory>::command();
    command.build();
    for verb in command.get_subcommands() {
        let rules = verb.get_arguments().find(|arg| arg.get_long() == Some("rules"));
        assert!(rules.is_some_and(clap::Arg::is_global_set), "{}", verb.get_name());
    }
}
