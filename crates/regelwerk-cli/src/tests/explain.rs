//! What `explain` says of names that are no rule of the library, and `check` of odd files.

use super::*;

#[test]
fn what_is_in_rule_files_is_shown_as_it_stands() {
    let folder = Folder::new();
    folder.file("regio.regels", "regel REGIO-01 \"Een afspraak\"\n  bron: proef\n  lezing: zo\n");
    let told = regelwerk(&["explain", "regio-01", "--rules", folder.path()]);
    assert_eq!(told.exit, 0);
    assert!(told.err.contains("fout[RW201]") && told.err.ends_with("1 fout\n"), "{}", told.err);
    let at = format!("  staat in       {}/regio.regels:1\n", folder.path());
    for part in ["REGIO-01  Een afspraak\n", "  soort          regel\n", &at, "    lezing: zo\n"] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    // A folder that is not there is not passed over.
    let told = regelwerk(&["explain", "CD041", "--rules", "/nergens"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("/nergens"), "{}", told.err);
    // What is named comes in the place of what is built in.
    folder.file("cd.regels", "regel CD041 \"Anders\"\n  bron: proef\n");
    let told = regelwerk(&["explain", "CD041", "--rules", folder.path()]);
    assert!(told.out.starts_with("CD041  Anders\n"), "{}", told.out);
    let told = regelwerk(&["explain", "RS037", "--rules", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.ends_with("RS037 staat er niet in\n"), "{}", told.err);
}

#[test]
fn every_name_in_the_rules_is_something() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    for (name, kind, file) in [
        ("toewijzing", "beeld", "/ijw/dossier.regels:"),
        ("contract", "tabel", "/ijw/tabellen.regels:"),
        ("jw301", "bericht", "/ijw/berichten/"),
        ("betaling", "feit", "/ijw/dossier.regels:"),
        ("lta-zorg", "voorwaarde", "/lta/2019/voorwaarden.regels:"),
    ] {
        let told = regelwerk(&["explain", name, "--rules", rules]);
        assert_eq!((told.exit, told.err.as_str()), (0, ""), "{name}");
        assert!(told.out.contains(&format!("  soort          {kind}\n")), "{}", told.out);
        assert!(told.out.contains(file), "{}", told.out);
        // The rules are inside too.
        let inside = regelwerk(&["explain", name]);
        assert_eq!((inside.exit, inside.err.as_str()), (0, ""), "{name}");
        assert_eq!(inside.out, told.out.replace(rules, "rules"));
    }
}

#[test]
fn what_is_like_nothing_gets_no_suggestion() {
    for name in ["VOT", "", "x", "onzin"] {
        let told = regelwerk(&["explain", name]);
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{name}");
        assert!(!told.err.contains("bedoelt u"), "{}", told.err);
    }
}

#[test]
fn what_check_warns_of_has_a_page() {
    let folder = Folder::new();
    let ground = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/proef/ground.regels");
    folder.file("ground.regels", &fs::read_to_string(ground).unwrap());
    folder.file("lijst.regels", "lijst Lang \"x\"\n  bron: verzonnen\n  codes: 02\n");
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!(told.exit, 0, "{}", told.out);
    let said = "\nuitleg bij RW601: regelwerk explain ongebruikt-blok\n";
    assert!(told.out.contains(said), "{}", told.out);
    for name in ["RW601", "rw601", "ongebruikt-blok", "Ongebruikt-Blok"] {
        let told = regelwerk(&["explain", name]);
        assert_eq!((told.exit, told.err.as_str()), (0, ""), "{name}");
        let heads =
            ["RW601  ongebruikt-blok\n", "\nFout\n\n  lijst ", "\nBeter\n\n  lijst ", "\nWaarom\n"];
        assert!(heads.iter().all(|head| told.out.contains(head)), "{}", told.out);
        let last = "\n    ontheffing: ongebruikt-blok, want …\n";
        assert!(told.out.ends_with(last), "{}", told.out);
    }
    let english = regelwerk(&["explain", "RW601", "--lang", "en"]);
    assert!(english.out.contains("\nBetter\n"), "{}", english.out);
}

#[test]
fn what_has_no_page_is_told_in_a_line() {
    let told = regelwerk(&["explain", "rw302"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.starts_with("RW302\n\ndit element bestaat niet"), "{}", told.out);
    let told = regelwerk(&["explain", "RW399"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let told = regelwerk(&["explain", "ongebruikt-blk"]);
    assert_eq!(told.exit, 2);
    assert!(told.err.contains("bedoelt u ongebruikt-blok?"), "{}", told.err);
}

#[test]
fn what_is_called_a_rule_file_and_is_none_is_told() {
    let folder = Folder::new();
    folder.file("a.regels", STANDARD);
    fs::create_dir(format!("{}/y.regels", folder.path())).unwrap();
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("/y.regels: heet als een regelbestand"), "{}", told.err);
}

#[test]
fn errors_come_before_warnings_and_a_block_is_told_by_its_first_line() {
    let folder = Folder::new();
    let tests = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/");
    for name in ["proef/ground.regels", "cases/analysis/bad/lijst-van-gepubliceerde-regels.regels"]
    {
        let text = fs::read_to_string(format!("{tests}{name}")).unwrap();
        folder.file(name.rsplit('/').next().unwrap(), &text);
    }
    let told = regelwerk(&["check", &format!("{}/", folder.path())]);
    assert_eq!(told.exit, 1, "{}", told.out);
    assert!(told.out.contains("/lijst-van-gepubliceerde-regels.regels:60:1\n"), "{}", told.out);
    assert!(!told.out.contains("//lijst"), "{}", told.out);
    assert!(!told.out.contains(" | |_"), "{}", told.out);
    let last_error = told.out.rfind("\nfout[").unwrap();
    assert!(last_error < told.out.find("\nwaarschuwing[").unwrap(), "{}", told.out);
}
