//! `regelwerk test`: examples and scenarios, straight from rule files.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::own::PROEF;
use super::*;

/// A copy of the invented standard.
pub(super) fn copy() -> Folder {
    let folder = Folder::new();
    for entry in walkdir::WalkDir::new(PROEF) {
        let entry = entry.unwrap();
        let to = folder.0.join(entry.path().strip_prefix(PROEF).unwrap());
        match entry.path().extension() {
            None => fs::create_dir_all(to).unwrap(),
            Some(_) => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
    folder
}

/// Puts something else in a file of a folder.
pub(super) fn change(folder: &Folder, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.0.join(name)).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{name}: {from}");
    folder.file(name, &text.replace(from, to));
}

const RULE: &str = "Klanten.Klant[3].Nummer 3";

#[test]
fn what_is_as_it_says_is_counted() {
    let told = regelwerk(&["test", PROEF]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.out);
    let lines: Vec<_> = told.out.lines().collect();
    let [.., examples, scenarios] = lines.as_slice() else { panic!("{}", told.out) };
    assert!(examples.contains(" voorbeelden: ") && examples.contains(" goed"), "{examples}");
    assert!(scenarios.contains(" scenario's: ") && scenarios.ends_with(" goed"), "{scenarios}");
    assert!(!told.out.contains(" fout"), "{}", told.out);
    let told = regelwerk(&["test", PROEF, "--format", "json"]);
    let all = &json(&told)[0];
    assert_eq!((&all["errors"], &all["failed"]), (&0.into(), &serde_json::json!([])));
    let number = &all["scenarios"]["good"];
    assert_eq!(scenarios, &format!("{number} scenario's: {number} goed"));
}

#[test]
fn an_example_that_is_not_so_is_told_with_what_came_of_it() {
    let folder = copy();
    change(&folder, "antwoord.regels", RULE, "Klanten.Klant[4].Nummer 3");
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (1, ""), "{}", told.out);
    for part in [
        format!("  staat in       {}/antwoord.regels:269\n", folder.path()),
        "  tekst          voorbeeld goed: Rekening.Klanten.Klant[4].Nummer 3\n".to_owned(),
        " meldt niets\n".to_owned(),
        ", 1 fout".to_owned(),
    ] {
        assert!(told.out.contains(&part), "{part}\n{}", told.out);
    }
    let english = regelwerk(&["test", folder.path(), "--lang", "en"]);
    assert!(english.out.contains(" reports nothing\n"), "{}", english.out);
    assert!(english.out.contains(", 1 wrong"), "{}", english.out);
    let told = regelwerk(&["test", folder.path(), "--format", "json"]);
    let failed = json(&told)[0]["failed"].clone();
    assert_eq!((&failed[0]["line"], &failed[0]["kind"]), (&269.into(), &"example".into()));
    assert_eq!(failed.as_array().unwrap().len(), 1, "{failed}");
}

#[test]
fn a_scenario_that_is_not_so_is_told_at_its_moment() {
    let folder = copy();
    let name = "dossier-verloop.regels";
    let text = fs::read_to_string(folder.0.join(name)).unwrap();
    folder.file(name, &text.replacen("afgekeurd op PD01 bij Start/Begin", "goedgekeurd", 1));
    let told = regelwerk(&["test", folder.path(), "--only", "pd01-voor-de-toewijzing"]);
    assert_eq!(told.exit, 1, "{}", told.out);
    for part in [
        "fout  PD01-voor-de-toewijzing  Een start voor haar toewijzing\n",
        "/dossier-verloop.regels:8\n",
        "  tekst          op 02-02-2021 stuurt aanbieder PR12 met Start.Begin 31-01-2021\n",
        "  uitkomst       Verwacht: goedgekeurd; gevonden: afgekeurd op PD01 bij ",
        "  want           PD01: ",
        "\n1 scenario: 1 fout\n",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
}

/// A copy with a rule that breaks more scenarios than are told in full.
fn broken() -> Folder {
    let folder = copy();
    let (is, other) = ("een datum op of na toewijzing.Begin", "een datum voor toewijzing.Begin");
    change(&folder, "dossier.regels", is, other);
    folder
}

#[test]
fn of_much_that_is_wrong_the_first_is_told_in_full() {
    let folder = broken();
    let told = regelwerk(&["test", folder.path(), "--format", "json"]);
    let failed = json(&told)[0]["failed"].as_array().unwrap().len();
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!(told.out.matches("fout  ").count(), 10, "{}", told.out);
    let rest = format!("en nog {} fout: ", failed - 10);
    let rest = told.out.lines().find(|line| line.starts_with(&rest)).unwrap();
    assert!(rest.contains("PD07 (3)"), "{rest}");
    let cause = "\nte veel of te weinig gemeld in scenario's: PD01 (";
    assert!(told.out.contains(cause), "{}", told.out);
    assert!(told.out.contains("\nmet `--only NAAM` staat elk er helemaal"), "{}", told.out);
}

#[test]
fn what_is_asked_for_by_name_is_told_in_full() {
    let folder = broken();
    let all = regelwerk(&["test", folder.path(), "--format", "json"]);
    let names = json(&all)[0]["failed"].as_array().unwrap().clone();
    let names = names.iter().map(|one| one["name"].as_str().unwrap().to_owned());
    let names: Vec<_> = names.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    let told = regelwerk(&["test", folder.path(), "--only", &names.join(" ,")]);
    assert!(told.out.matches("fout  ").count() > 10, "{}", told.out);
    assert!(!told.out.contains("\nen nog "), "{}", told.out);
    // What builds on them says that they are not as they say.
    for verb in [&["mutants", "P201"][..], &["coverage"]] {
        let told = regelwerk(&[verb, &["--rules", folder.path()]].concat());
        assert_eq!(told.exit, 1);
        let first = format!("; eerst: regelwerk test {}\n", folder.path());
        assert!(told.err.ends_with(&first), "{}", told.err);
    }
}

#[test]
fn a_file_that_is_not_read_is_told_before_what_it_lacks() {
    let folder = copy();
    let text = fs::read_to_string(folder.0.join("benoemd.regels")).unwrap();
    fs::remove_file(folder.0.join("benoemd.regels")).unwrap();
    folder.file("benoemd.regel", &text);
    let told = regelwerk(&["test", folder.path()]);
    assert!(told.out.starts_with("waarschuwing[RW109]"), "{}", told.out);
    assert!(told.out.contains("benoemd.regel:1:1"), "{}", told.out);
    let told = regelwerk(&["test", folder.path(), "--format", "json"]);
    assert!(told.err.contains("waarschuwing[RW109]"), "{}", told.err);
}

#[test]
fn only_what_is_asked_for_is_tried() {
    let told = regelwerk(&["test", PROEF, "--only", "PD01", "--only", "pd03-later"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    let scenarios = fs::read_to_string(format!("{PROEF}/dossier-verloop.regels")).unwrap();
    let about = scenarios.lines().filter(|line| line.contains("over:") && line.contains("PD01"));
    let number = about.count() + 1;
    assert_eq!(told.out, format!("{number} scenario's: {number} goed\n"));
    let told = regelwerk(&["test", PROEF, "--only", "PD01-voor-de-toewijzin"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("bedoelt u PD01-voor-de-toewijzing?"), "{}", told.err);
}

#[test]
fn tests_of_nothing_and_of_what_is_not_sound_are_no_success() {
    let folder = Folder::new();
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let folder = copy();
    folder.file("fout.regels", "regell X \"Een regel\"\n  bron: proef\n  niet machinaal: \"x\"\n");
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!(told.exit, 1);
    assert!(told.out.contains("fout.regels:1:1\n"), "{}", told.out);
    assert!(told.out.ends_with(": 1 fout; niets geprobeerd\n"), "{}", told.out);
    let told = regelwerk(&["test", folder.path(), "--format", "json"]);
    assert_eq!((told.exit, &json(&told)[0]["errors"]), (1, &1.into()));
}

#[test]
fn of_a_protocol_alone_its_own_is_tried() {
    let folder = Folder::new();
    folder.file("regio.regels", super::own::REGION);
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (0, "2 voorbeelden: 2 goed\n"), "{}", told.err);
    // Without an example or a scenario there is nothing that could fail.
    let (bare, _) = super::own::REGION.split_once("\nregel").unwrap();
    folder.file("regio.regels", bare);
    let told = regelwerk(&["test", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("er is niets geprobeerd"), "{}", told.err);
}

/// What is written, for whoever still listens.
struct Line(Sender<String>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        self.0.send(text).map_err(|_| io::Error::from(ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Listens until something is said.
fn heard(said: &Receiver<String>, part: &str) -> String {
    let mut text = String::new();
    while !text.contains(part) {
        match said.recv_timeout(Duration::from_mins(2)) {
            Ok(more) => text += &more,
            Err(_) => panic!("{part} komt niet; wel {text}"),
        }
    }
    text
}

#[test]
fn after_a_save_it_is_tried_again_until_nobody_listens() {
    let folder = copy();
    let (sender, said) = channel();
    let path = folder.path().to_owned();
    let running = std::thread::spawn(move || {
        let args = ["regelwerk", "test", &path, "--watch"].map(OsString::from);
        run(args, io::empty(), &mut Line(sender), &mut io::sink(), Style::Plain)
    });
    heard(&said, " scenario's: ");
    // As editors save: written beside it, and put in its place.
    let (file, beside) = (folder.0.join("antwoord.regels"), folder.0.join("antwoord.regels~"));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&beside, text.replace(RULE, "Klanten.Klant[4].Nummer 3")).unwrap();
    fs::rename(&beside, &file).unwrap();
    let told = heard(&said, " scenario's: ");
    assert!(told.contains("/antwoord.regels:269\n") && told.contains(", 1 fout"), "{told}");
    // Half a file is told, and waited on.
    fs::write(&file, text.split_at(text.len() / 2).0.to_owned() + "\nregell X\n").unwrap();
    heard(&said, "; niets geprobeerd\n");
    fs::write(&file, &text).unwrap();
    let told = heard(&said, " scenario's: ");
    assert!(!told.contains(" fout"), "{told}");
    drop(said);
    fs::write(&file, text + "\n").unwrap();
    assert_eq!(running.join().unwrap(), PIPE_CLOSED);
}

#[test]
fn completions_and_the_manual_name_every_verb() {
    let command = <Cli as CommandFactory>::command();
    let verbs: Vec<_> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    assert!(verbs.len() > 10);
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    let scripts = shells.map(|shell| regelwerk(&["completions", shell]));
    for told in scripts.iter().chain([&regelwerk(&["man"])]) {
        assert_eq!((told.exit, told.err.as_str()), (0, ""));
        for verb in &verbs {
            let is_named = told.out.contains(verb) || told.out.contains(&verb.to_uppercase());
            assert!(is_named, "{verb}\n{}", told.out);
        }
        assert!(told.out.contains("all-levels") || told.out.contains("all\\-levels"));
    }
    let man = regelwerk(&["man"]).out;
    for head in ["NAAM", "OVERZICHT", "BESCHRIJVING", "OPTIES", "\"REGELWERK VALIDATE\""] {
        assert!(man.contains(&format!(".SH {head}\n")), "{head}\n{man}");
    }
    assert_eq!(man.matches("\\-\\-rules").count(), 2, "in het overzicht en bij de opties\n{man}");
}
