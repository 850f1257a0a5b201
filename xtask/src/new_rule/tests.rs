use std::path::PathBuf;

use super::*;
use crate::lock::Place;

/// A copy of the corpus in a folder of its own, which is gone after the test.
struct Copy(PathBuf);

impl Copy {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("regelwerk-{}-{name}", std::process::id()));
        let from = Place::of_project().rules;
        for entry in walkdir::WalkDir::new(&from) {
            let entry = entry.unwrap();
            let to = folder.join(entry.path().strip_prefix(&from).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(to).unwrap(),
                false => fs::copy(entry.path(), to).map(|_| ()).unwrap(),
            }
        }
        Self(folder)
    }

    fn new_rule(&self, code: &str, protocol: Option<&str>) -> Result<(), String> {
        let (code, protocol) = (code.to_owned(), protocol.map(str::to_owned));
        run(&self.0, &Asked { code, protocol, title: None })
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// What the rules are told, as titles.
    fn told(&self) -> Vec<String> {
        let compilation = compile(load(&self.0).unwrap());
        compilation.diagnostics.into_iter().map(|one| one.title).collect()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_technical_rule_stands_among_its_kind_and_breaks_nothing() {
    let copy = Copy::new("standard");
    let before = copy.read("ijw/regels/technisch.regels");
    copy.new_rule("TR999", None).unwrap();
    let after = copy.read("ijw/regels/technisch.regels");
    let added = after.strip_prefix(before.trim_end()).unwrap().trim_start();
    assert!(added.starts_with("regel TR999 \""), "{added}");
    assert!(added.contains("\n  bron:     iJw 3.2, technische regel TR999\n"), "{added}");
    assert!(copy.read("ijw/scenarios/tr999.regels").contains("# scenario TR999-gebroken"));
    assert_eq!(copy.told(), ["`TR999` staat niet in de lijst van gepubliceerde regels"]);
}

/// What it guides to is a rule: with its `#` taken away it is one that has examples.
#[test]
fn what_is_to_be_filled_in_is_a_rule() {
    let copy = Copy::new("filled");
    copy.new_rule("CD999", None).unwrap();
    let path = "ijw/regels/condities.regels";
    let text = copy.read(path);
    let (others, own) = text.split_once("regel CD999").unwrap();
    let is_guide = |line: &&str| {
        let prose = ["niveau: 1", "Vul hieronder", "heeft geen", "lijst van"];
        !prose.iter().any(|start| line.trim_start().starts_with(&format!("# {start}")))
            && line.trim() != "nog niet uitgewerkt"
    };
    let filled: Vec<_> =
        own.lines().filter(is_guide).map(|line| line.replacen("# ", "", 1)).collect();
    fs::write(copy.0.join(path), format!("{others}regel CD999{}\n", filled.join("\n"))).unwrap();
    let compilation = compile(load(&copy.0).unwrap());
    assert!(compilation.is_sound());
    // That it is not published, and says what another does, is all there is to say of it.
    let codes: Vec<_> = compilation.diagnostics.iter().map(|one| one.code.0).collect();
    assert!(codes.iter().all(|code| ["RW318", "RW405"].contains(code)), "{codes:?}");
    let rule = named(&compilation.model, "CD999").unwrap();
    assert_eq!(rule.examples(&[]), [1, 1]);
}

#[test]
fn a_rule_of_a_protocol_stands_in_its_folder() {
    let copy = Copy::new("protocol");
    copy.new_rule("LTA25-301-99", Some("lta-2025")).unwrap();
    assert!(copy.read("lta/2025/toewijzing.regels").contains("\nregel LTA25-301-99 \""));
    assert!(copy.0.join("lta/2025/scenarios/lta25-301-99.regels").exists());
    assert_eq!(copy.told(), [""; 0]);
}

#[test]
fn what_is_there_or_cannot_be_is_refused_and_writes_nothing() {
    let copy = Copy::new("refused");
    let tried = [
        ("TR063", None, "regel TR063 is er al: "),
        ("tr063", None, "regel TR063 is er al: "),
        ("LTA-301-01", None, "regel LTA-301-01 is er al: "),
        (
            "tr999",
            None,
            "`tr999` kan hier geen naam zijn; een regelcode begint met een hoofdletter",
        ),
        ("TR 999", None, ""),
        ("TR999\"\n", None, ""),
        ("TR999", Some("LTA-2026"), "protocol LTA-2026 is er niet; er zijn: LET-JB-2021, "),
    ];
    for (code, protocol, why) in tried {
        let told = copy.new_rule(code, protocol).unwrap_err();
        assert!(told.starts_with(why) && told.len() > 20, "{code}: {told}");
    }
    let unchanged = regelwerk_compiler::hash(&load(&copy.0).unwrap());
    assert_eq!(unchanged, regelwerk_compiler::hash(&load(&Place::of_project().rules).unwrap()));
}
