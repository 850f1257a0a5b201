//! A region with a protocol of its own, in a project outside the workspace: `tests/region`, built from
//! the packages that a region gets.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::package::{cargo, patches, place, run, take_lock};
use crate::snapshot::{here, root};

/// A copy of the example that takes our crates from the packages. A file that is there already stays
/// as it is, so that cargo builds nothing again for its date.
fn region(name: &str) -> PathBuf {
    let (example, copy) = (here().join("region"), place().join(name));
    for file in files(&copy).filter(|file| !example.join(file).exists()) {
        std::fs::remove_file(copy.join(file)).unwrap();
    }
    for file in files(&example) {
        put(&copy.join(&file), &std::fs::read_to_string(example.join(&file)).unwrap());
    }
    let manifest = std::fs::read_to_string(example.join("Cargo.toml")).unwrap();
    let lines = manifest.lines().map(|line| match line.split_once(" = { path = \"../../crates/") {
        Some((name, _)) => format!("{name} = \"0.1.0\"\n"),
        None => format!("{line}\n"),
    });
    let unused = ["regelwerk", "regelwerk-cli", "regelwerk-eval"];
    put(&copy.join("Cargo.toml"), &format!("{}\n{}", lines.collect::<String>(), patches(&unused)));
    take_lock(&copy);
    copy
}

/// The files of the project by their paths below it, without what depends on where it lies and what
/// cargo makes in it.
fn files(project: &Path) -> impl Iterator<Item = PathBuf> {
    let is_left_out =
        |name: &OsStr| ["Cargo.lock", "Cargo.toml", "target"].iter().any(|it| name == *it);
    let walk = walkdir::WalkDir::new(project).into_iter();
    let walk = walk.filter_entry(move |entry| !is_left_out(entry.file_name()));
    let files = walk.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| entry.path().strip_prefix(project).unwrap().to_owned())
        .collect::<Vec<_>>()
        .into_iter()
}

fn put(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|there| there == text) {
        return;
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_region_builds_its_protocol_over_the_standard_and_what_its_rules_show_comes_out() {
    let region = region("region");
    let told = run(cargo(&region).args(["test", "--quiet", "--test", "regels"]));
    assert!(told.contains("test result: ok. 2 passed"), "{told}");

    let messages = ["01-jw315", "02-jw301", "03-jw305"].map(|name| format!("berichten/{name}.xml"));
    let told = run(cargo(&region).args(["run", "--quiet", "--"]).args(&messages));
    let readme = std::fs::read_to_string(region.join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split_once("```").unwrap().0;
    assert_eq!(told, shown, "zet dit in tests/region/README.md:\n{told}");
}

#[test]
fn a_mistake_in_a_rule_of_a_region_stops_its_build_in_the_words_of_check() {
    let region = region("region-mistake");
    let rules = region.join("regels/toewijzen.regels");
    let text = std::fs::read_to_string(&rules).unwrap();
    put(&rules, &text.replace("- Einddatum  vullen", "- Eindatum  vullen"));
    let output = cargo(&region).args(["build", "--quiet"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{told}");
    for part in ["fout[RW302]", " regels/toewijzen.regels:31:5\n", "bedoelde u `Einddatum`?"] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!told.contains("error[E"), "rustc never sees it: {told}");
}

/// What the README of the example says a region writes is what the example has.
#[test]
fn the_readme_of_the_example_shows_its_files() {
    let readme = std::fs::read_to_string(here().join("region/README.md")).unwrap();
    let shown: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert_eq!(shown.len(), 2);
    for (shown, file) in shown.iter().zip(["build.rs", "src/lib.rs"]) {
        let shown = shown.split_once("```").unwrap().0;
        let text = std::fs::read_to_string(here().join("region").join(file)).unwrap();
        assert!(text.contains(shown), "{file}: {shown}");
    }
    assert!(readme.lines().count() < 90, "a page");
    assert!(
        std::fs::read_to_string(root().join("README.md"))
            .unwrap()
            .contains("tests/region/README.md")
    );
}
