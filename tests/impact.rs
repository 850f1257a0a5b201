//! An archive under two rulebooks.

use std::fs;
use std::path::PathBuf;

use regelwerk::{Date, Lang, Standard};
use regelwerk_cli::impact::{Asked, BadImpact, Impact, Standing, measured};
use regelwerk_compiler::emit::changes::BadSides;

use crate::changes::told;
use crate::made::{Made, proef};

/// A folder that is thrown away.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, String)]) -> Self {
        let path = std::env::temp_dir().join(format!("regelwerk-{}-{name}", std::process::id()));
        for (file, text) in files {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The base message of a message of a release.
fn base(standards: &[&'static Standard], release: &str, message: &str) -> String {
    let releases = standards.iter().flat_map(|one| one.releases);
    let release = releases.into_iter().find(|one| one.name == release).unwrap();
    release.messages.iter().find(|one| one.name == message).unwrap().base.to_owned()
}

fn with(text: &str, from: &str, to: &str) -> String {
    let changed = text.replacen(from, to, 1);
    assert_ne!(text, changed, "{from} niet in {text}");
    changed
}

fn impact(folder: &Folder, from: &str, to: &str, is_dossier: bool) -> Result<Impact, BadImpact> {
    let as_of = Date::new(2022, 12, 31).unwrap();
    let asked = Asked { folder: &folder.0, from, to, is_dossier, as_of, lang: Lang::Nl };
    measured(proef().standards, &asked)
}

/// The message PR01 of release 2.0 with a code, a kind and an amount in its product.
fn product(made: &Made, fields: &str) -> String {
    let text = base(made.standards, "2.0", "PR01");
    let at = text.find("<pr01:Begin>").unwrap();
    let (before, after) = text.split_at(at);
    let codes: String = fields
        .split(", ")
        .filter(|field| field.starts_with("Code") || field.starts_with("Soort"))
        .map(element)
        .collect();
    let text = format!("{before}{codes}{after}");
    match fields.split(", ").find(|field| field.starts_with("Bedrag")) {
        None => text,
        Some(field) => {
            let end = text.find("</pr01:Product>").unwrap();
            let (before, after) = text.split_at(end);
            format!("{before}{}{after}", element(field))
        }
    }
}

fn element(field: &str) -> String {
    let (name, value) = field.split_once(' ').unwrap();
    format!("<pr01:{name}>{value}</pr01:{name}>")
}

#[test]
fn messages_that_change_are_listed_by_rule() {
    let made = proef();
    let files = [
        ("a-gelijk.xml", product(&made, "Code A1")),
        ("b-strenger.xml", product(&made, "Code B1, Soort 13")),
        ("c-soepeler.xml", product(&made, "Bedrag 150")),
        ("d-nieuw.xml", product(&made, "Soort 02")),
        ("e-eerder.xml", base(made.standards, "1.0", "PR01")),
        ("f-beide-fout.xml", product(&made, "Bedrag 250")),
    ];
    let folder = Folder::new("impact", &files);
    let impact = impact(&folder, "PROEF-AFSPRAAK", "proef-opvolger", false).unwrap();
    let changed: Vec<_> = impact
        .changed
        .iter()
        .map(|one| (one.file.as_str(), one.was.verdict.unwrap(), one.becomes.verdict.unwrap()))
        .collect();
    use Standing::{Accepted, Rejected};
    let expected = [
        ("b-strenger.xml", Accepted, Rejected),
        ("c-soepeler.xml", Rejected, Accepted),
        ("d-nieuw.xml", Accepted, Rejected),
    ];
    assert_eq!(changed, expected);
    assert_eq!((impact.messages, impact.same, impact.incomparable.len()), (6, 2, 1));
    let why = impact.incomparable[0].becomes.why.as_deref();
    assert_eq!(why, Some("protocol PROEF-OPVOLGER geldt niet voor release 1.0"));
    let rules: Vec<_> = impact
        .rules
        .iter()
        .map(|(code, rule)| (code.as_str(), rule.now_rejects, rule.no_longer_rejects))
        .collect();
    assert_eq!(rules, [("PA-04", 0, 1), ("PB-01", 1, 0), ("PB-05", 1, 0)]);
}

#[test]
fn messages_are_taken_over_into_another_release() {
    let made = proef();
    let decision = base(made.standards, "2.0", "TM03");
    let client = base(made.standards, "2.0", "PR01");
    let product = "<pr01:Product>";
    let files = [
        ("a.xml", decision.clone()),
        ("b.xml", with(&decision, "Soort>01<", "Soort>99<")),
        ("c.xml", with(&client, product, &format!("<pr01:Type>x</pr01:Type>{product}"))),
        ("d.xml", with(&decision, "Soort>01<", "Soort>onzin<")),
    ];
    let folder = Folder::new("impact-releases", &files);
    let impact = impact(&folder, "proef/1.0", "proef/2.0", false).unwrap();
    assert_eq!((impact.messages, impact.same), (4, 1));
    let [line] = impact.changed.as_slice() else { panic!("{:?}", impact.changed) };
    assert_eq!(line.file, "b.xml");
    assert_eq!(line.was.verdict, Some(Standing::Rejected));
    let [line, broken] = impact.incomparable.as_slice() else {
        panic!("{:?}", impact.incomparable)
    };
    assert_eq!((line.file.as_str(), broken.file.as_str()), ("c.xml", "d.xml"));
    let why = broken.was.why.as_deref().unwrap();
    assert_eq!(why, "al afgekeurd op niveau 1 van de eigen release, 2.0");
    let why = line.was.why.as_deref().unwrap();
    assert!(
        why.starts_with("is niet over te nemen in release 1.0: ") && why.contains("Type"),
        "{why}"
    );
}

#[test]
fn dossiers_are_judged_with_what_came_before() {
    let made = proef();
    let filed = |text: String, mark: &str, day: &str| {
        let kenmerk = |text: &str| {
            let (before, rest) = text.split_once("Kenmerk>").unwrap();
            let (_, after) = rest.split_once('<').unwrap();
            format!("{before}Kenmerk>{mark}<{after}")
        };
        let text = kenmerk(&text);
        let (before, rest) = text.split_once("Datum>").unwrap();
        let (_, after) = rest.split_once('<').unwrap();
        format!("{before}Datum>{day}<{after}")
    };
    let wish = |mark: &str| filed(base(made.standards, "2.0", "TM01"), mark, "2021-02-01");
    let answer = filed(base(made.standards, "2.0", "TM03"), "B2", "2021-02-09");
    let files = [
        ("een/1.xml", wish("B1")),
        ("een/2.xml", answer.clone()),
        ("een/dossier.csv", "bestand,ontvangen\n1.xml,2021-02-01\n2.xml,2021-02-09\n".to_owned()),
        ("twee/1.xml", wish("B1")),
        ("twee/2.xml", filed(answer, "B2", "2021-02-04")),
    ];
    let folder = Folder::new("impact-dossiers", &files);
    let impact = impact(&folder, "PROEF-AFSPRAAK", "PROEF-OPVOLGER", true).unwrap();
    let [line] = impact.changed.as_slice() else { panic!("{impact:?}") };
    assert_eq!(line.file, "een/1.xml");
    assert!(line.was.late.contains("PA-25") && !line.becomes.late.contains("PB-25"), "{line:?}");
}

/// A folder that is no dossier is told of, and the others are judged all the same.
#[test]
fn a_folder_without_messages_is_told_of() {
    let made = proef();
    let wish = base(made.standards, "2.0", "TM01");
    let files = [
        ("a/1.xml", wish.clone()),
        ("b/lees.txt", String::new()),
        ("c/1.xml", wish.clone()),
        ("c/feiten.csv", "geen kop\n".to_owned()),
        ("d/1.xml", wish),
    ];
    let folder = Folder::new("impact-leeg", &files);
    let impact = impact(&folder, "PROEF-AFSPRAAK", "PROEF-OPVOLGER", true).unwrap();
    assert_eq!(impact.messages, 2);
    let told: Vec<_> = impact
        .incomparable
        .iter()
        .map(|one| (one.file.as_str(), one.was.why.as_deref().unwrap()))
        .collect();
    let [("b", empty), ("c", wrong)] = told.as_slice() else { panic!("{told:?}") };
    assert!(empty.contains("geen xml-bestanden in deze map"), "{empty}");
    assert!(wrong.contains("feiten.csv"), "{wrong}");
    assert!(impact.has_unreadable);
}

#[test]
fn what_cannot_be_measured_is_refused() {
    let folder = Folder::new("impact-niets", &[("a.txt", String::new())]);
    let bad = |from, to| impact(&folder, from, to, false).unwrap_err();
    let same = BadImpact::Sides(BadSides::Same("proef/1.0".to_owned()));
    assert_eq!(bad("proef/1.0", "proef/1.0"), same);
    assert_eq!(bad("proef/1.0", "PROEF-AFSPRAAK"), BadImpact::Sides(BadSides::Mixed));
    assert!(matches!(bad("x", "proef/1.0"), BadImpact::Sides(BadSides::Unknown { .. })));
    let BadImpact::Folder(why) = bad("proef/1.0", "proef/2.0") else { panic!("map") };
    assert!(why[0].contains("geen xml-bestanden in deze map"), "{why:?}");
}

#[test]
fn the_command_has_an_exit_code_for_each_outcome() {
    let good = base(regelwerk::STANDARDS, "3.2", "JW301");
    let folder = Folder::new("impact-code", &[("a.xml", good)]);
    let path = folder.0.display().to_string();
    let impact = |more: &[&str]| told(&[&["impact", &path], more].concat());
    let (exit, out, err) = impact(&["--from", "ijw/3.2", "--to", "ijw/3.1"]);
    assert_eq!(exit, 0, "{out}{err}");
    assert!(out.starts_with("ijw/3.2 → ijw/3.1\n"), "{out}");
    // That nothing could be compared is not that nothing changes.
    let (exit, out, err) = impact(&["--from", "ijw/3.2", "--to", "ijw/2.3"]);
    assert_eq!(exit, 2, "{out}{err}");
    // A retourcode that came with 3.2.
    let answer = base(regelwerk::STANDARDS, "3.2", "JW308");
    let code = "<jw308:RetourCodes><jw308:RetourCode>9414</jw308:RetourCode></jw308:RetourCodes>";
    let end = "</jw308:Header>";
    fs::write(folder.0.join("b.xml"), with(&answer, end, &format!("{code}{end}"))).unwrap();
    let (exit, out, err) = impact(&["--from", "ijw/3.1", "--to", "ijw/3.2"]);
    assert_eq!(exit, 1, "{out}{err}");
    assert!(out.contains("b.xml: afgekeurd op "), "{out}");
    let (exit, _, err) = impact(&["--from", "ijw/3.2", "--to", "ijw/3.22"]);
    assert_eq!(exit, 2);
    assert!(err.starts_with("onbekend protocol of release ijw/3.22; bedoelt u ijw/3.2?"), "{err}");
    fs::write(folder.0.join("b.xml"), "geen bericht").unwrap();
    let (exit, out, _) = impact(&["--from", "ijw/3.2", "--to", "ijw/2.3", "--format", "json"]);
    assert_eq!(exit, 2);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["messages"], 2);
}
