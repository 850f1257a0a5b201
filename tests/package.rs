//! What a supplier gets: packages that build without this project, with the rules inside.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::snapshot::root;

/// What a supplier writes.
const MAIN: &str = r#"
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let report = regelwerk::validate(&std::fs::read(path).unwrap(), &regelwerk::context());
    println!("{:?} {}", report.verdict, report.receipt.rules_sha256.unwrap());
    for finding in &report.findings {
        println!("{} {}", finding.rule, finding.line);
    }
}
"#;

/// The same, in this project.
fn told_here(message: &Path) -> String {
    let bytes = std::fs::read(message).unwrap();
    let report = regelwerk::validate(&bytes, &regelwerk::context());
    let head = format!("{:?} {}\n", report.verdict, report.receipt.rules_sha256.unwrap());
    let findings = report.findings.iter();
    head + &findings.map(|one| format!("{} {}\n", one.rule, one.line)).collect::<String>()
}

#[test]
fn a_consumer_outside_the_workspace_builds_from_the_packages_and_judges_alike() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("package");
    let crates = place.join("crates");
    let _ = std::fs::remove_dir_all(&crates);
    run(cargo(&root()).args(["xtask", "package", "--out"]).arg(&crates));
    let consumer = place.join("consumer");
    std::fs::create_dir_all(consumer.join("src")).unwrap();
    std::fs::write(consumer.join("src/main.rs"), MAIN).unwrap();
    std::fs::write(consumer.join("Cargo.toml"), manifest(&unpacked(&crates))).unwrap();
    // The same third-party crates as here, so that the network is not needed.
    std::fs::copy(root().join("Cargo.lock"), consumer.join("Cargo.lock")).unwrap();

    let message = root().join("tests/messages/jw301/omvang-ontbreekt.xml").canonicalize().unwrap();
    let told = run(cargo(&consumer)
        .args(["run", "--quiet", "--target-dir", "target", "--"])
        .arg(&message));
    assert!(told.contains("CD041"), "{told}");
    assert_eq!(told, told_here(&message));
}

fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).env("CARGO_NET_OFFLINE", "true");
    cargo
}

/// What a command that must succeed writes.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The packages unpacked beside the files that hold them, as files of now: cargo gives all files in
/// a package one old date, and would take a new package for the one it has built before.
fn unpacked(crates: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "crate")).collect();
    for file in &files {
        run(Command::new("tar").current_dir(crates).arg("-xzmf").arg(file));
    }
    files.iter().map(|file| file.with_extension("")).collect()
}

/// A project that takes the library from these packages, as if a registry had them.
fn manifest(packages: &[PathBuf]) -> String {
    let patches = packages.iter().map(|package| {
        let (name, _) = package.file_name().unwrap().to_str().unwrap().rsplit_once('-').unwrap();
        format!("{name} = {{ path = {package:?} }}\n")
    });
    // Of what the library does not use cargo would say so.
    let is_used = |line: &String| {
        !["regelwerk-cli ", "regelwerk-play "].iter().any(|name| line.starts_with(name))
    };
    let patches: String = patches.filter(is_used).collect();
    format!(
        "[package]\nname = \"consumer\"\nedition = \"2024\"\n\n\
         [dependencies]\nregelwerk = \"0.1.0\"\n\n\
         [patch.crates-io]\n{patches}\n\
         [profile.dev]\ndebug = false\nincremental = false\n\n[workspace]\n"
    )
}
