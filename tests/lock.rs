//! The lock: what the rules of releases in force demand does not change unless somebody says why.

use regelwerk_compiler::Compilation;
use regelwerk_compiler::emit::lock::{Breach, Lock, What, locks};

use crate::edited::{Edit, compiled, sources};
use crate::made::norm;
use crate::snapshot::here;

/// What is demanded is what was reviewed. What is new is entered by `cargo xtask lock`; what changed
/// and is in force, by `cargo xtask amend`.
#[test]
fn what_is_in_force_is_as_locked() {
    let Compilation { model, sources, .. } = norm().compilation;
    let all = locks(&model, &sources);
    let folder = here().join("lock");
    for lock in &all {
        let name = lock.file_name();
        let text = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        let locked = Lock::read(&lock.home, &text).unwrap_or_else(|bad| panic!("{name}: {bad}"));
        let breaches = lock.breaches(&locked);
        let file = format!("tests/lock/{name}");
        let told: Vec<_> = breaches.iter().map(|one| one.told(&sources, &file)).collect();
        assert!(told.is_empty(), "{}", told.join("\n\n"));
        let is_fresh = lock.clone().renewed(&locked).text() == text;
        assert!(is_fresh, "{file} is niet bij; draai: cargo xtask lock");
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, all.len(), "elke lijst in tests/lock is van een standaard of protocol");
}

/// The lock of the invented standard with a few pieces of text changed.
fn lock(edits: &[Edit<'_>]) -> (Lock, Compilation) {
    let compilation = compiled(sources(&here().join("proef"), edits));
    let all = locks(&compilation.model, &compilation.sources);
    (all.into_iter().find(|one| one.home == "proef").unwrap(), compilation)
}

/// What an edit breaks, as names with releases.
fn broken(edits: &[Edit<'_>]) -> Vec<(String, What, String)> {
    let (locked, _) = lock(&[]);
    let told = |one: Breach| (one.name, one.what, one.releases.join(" "));
    lock(edits).0.breaches(&locked).into_iter().map(told).collect()
}

fn changed(name: &str, releases: &str) -> (String, What, String) {
    (name.to_owned(), What::Changed, releases.to_owned())
}

const CONDITIONS: &str = "voorwaarden.regels";
const LETTER: (&str, &str) =
    ("- Soort  vullen met 01 of 02\n  - Code   niet", "- Soort  vullen met 01\n  - Code   niet");

#[test]
fn what_means_nothing_changes_nothing() {
    let edits = [
        (CONDITIONS, "\"Vullen met en niet vullen met\"", "\"Vullen, of juist niet\""),
        (
            CONDITIONS,
            "  - Soort  vullen met 01 of 02\n  - Code   niet vullen met \"x\"\n",
            "  - Code niet vullen met  \"x\"   # daarom\n  # En dit:\n  - Soort vullen met 01 of 02\n",
        ),
        (CONDITIONS, "  voorbeeld fout: Soort 01, Code x\n", ""),
        ("dossier.regels", "  lezing:    een toewijzing met status 9 is ingetrokken\n", ""),
        ("ground.regels", "02  \"Lang\"", "02  \"Langdurig\""),
    ];
    let (locked, _) = lock(&[]);
    assert_eq!(lock(&edits).0.text(), locked.text());
}

#[test]
fn whatever_demands_something_is_told_by_its_name() {
    let tried = [
        ((CONDITIONS, LETTER.0, LETTER.1), vec![changed("regel P006", "1.0 2.0")]),
        (
            ("tellen.regels", "vullen met 01 of 99", "vullen met 99"),
            vec![changed("regel P207", "2.0")],
        ),
        (
            (
                "antwoord.regels",
                "niveau:   3 met retourcode 9002",
                "niveau:   4 met retourcode 9002",
            ),
            vec![changed("regel P302", "1.0 2.0")],
        ),
        (
            ("ground.regels", "  02  \"Lang\"\n", "  02  \"Lang\"\n  03  \"Erbij\"\n"),
            vec![changed("codelijst Soort", "1.0 2.0")],
        ),
        (
            ("dossier.regels", "Status <> 9\n\nbeeld start", "Status <> 8\n\nbeeld start"),
            vec![changed("beeld toewijzing", "")],
        ),
        (("dossier.regels", "\"B\", 20,", "\"B\", 21,"), vec![changed("tabel tarief", "")]),
        (
            ("kalender.regels", "29 februari", "28 februari"),
            vec![changed("kalender werkdagen", "")],
        ),
        (
            ("termijn.regels", "binnen:    6 dagen", "binnen:    7 dagen"),
            vec![changed("termijn T05 \"gewoon\"", "2.0")],
        ),
    ];
    for ((path, from, to), expected) in tried {
        assert_eq!(broken(&[(path, from, to)]), expected, "{path}: {to}");
    }
}

#[test]
fn what_vanished_is_told_and_what_is_new_breaks_nothing() {
    let rule = "regel P002 \"Een groep is gevuld als er iets in gevuld is\"";
    let other = "regel P992 \"Een groep is gevuld als er iets in gevuld is\"";
    let vanished = ("regel P002".to_owned(), What::Vanished, "1.0 2.0".to_owned());
    assert_eq!(broken(&[(CONDITIONS, rule, other)]), [vanished]);
}

#[test]
fn a_change_on_purpose_says_why_and_is_locked_in_its_turn() {
    let (locked, _) = lock(&[]);
    let (now, compilation) = lock(&[(CONDITIONS, LETTER.0, LETTER.1)]);
    let [breach] = &now.breaches(&locked)[..] else { panic!("een") };
    let told = breach.told(&compilation.sources, "tests/lock/proef.lock");
    let line = "staat:      rules/voorwaarden.regels:";
    for part in ["regel P006 eist iets anders", line, "cargo xtask amend P006 --reason"] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(now.amended(&locked, "P005", "01-02-2026 zomaar"), None);
    let amended = now.amended(&locked, "P006", "01-02-2026 een | tikfout\nin 02").unwrap();
    assert_eq!(now.breaches(&amended), []);
    let text = amended.text();
    assert!(text.contains(" | 01-02-2026 een / tikfout in 02\n"), "{text}");
    assert_eq!(Lock::read("proef", &text).unwrap().text(), text);
    // Writing it anew keeps why, and going back is a change like any other.
    assert_eq!(now.renewed(&amended).text(), text);
    assert_eq!(locked.breaches(&amended).len(), 1);
    let back = locked.amended(&amended, "regel P006", "02-02-2026 toch niet").unwrap();
    assert!(back.text().contains("een / tikfout in 02 | 02-02-2026 toch niet\n"));
}

#[test]
fn a_release_that_is_still_being_made_may_change() {
    let (mut locked, _) = lock(&[]);
    let (now, _) = lock(&[("tellen.regels", "vullen met 01 of 99", "vullen met 99")]);
    assert_eq!(now.breaches(&locked).len(), 1);
    locked.preparing = vec!["2.0".to_owned()];
    let locked = Lock::read("proef", &locked.text()).unwrap();
    assert_eq!(now.breaches(&locked), []);
    assert_eq!(now.renewed(&locked).preparing, ["2.0"]);
}

#[test]
fn a_line_that_is_not_to_be_read_is_told() {
    for text in
        ["regel P001", "regel P001 | 1.0 | kort", "# x\nregel P001 | 1.0 | 0123456789abcdeg"]
    {
        let bad = Lock::read("proef", text).unwrap_err();
        assert_eq!(bad.line, text.lines().count(), "{bad}");
    }
}
