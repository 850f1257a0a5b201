//! What a supplier gets: packages that build without this project, with the rules inside.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

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
    let consumer = place().join("consumer");
    std::fs::create_dir_all(consumer.join("src")).unwrap();
    std::fs::write(consumer.join("src/main.rs"), MAIN).unwrap();
    let unused = ["regelwerk-build", "regelwerk-cli", "regelwerk-eval", "regelwerk-play"];
    let manifest = format!("{MANIFEST}{}", patches(&unused));
    std::fs::write(consumer.join("Cargo.toml"), manifest).unwrap();
    take_lock(&consumer);

    let message = root().join("tests/messages/jw301/omvang-ontbreekt.xml").canonicalize().unwrap();
    let told = run(cargo(&consumer).args(["run", "--quiet", "--"]).arg(&message));
    assert!(told.contains("CD041"), "{told}");
    assert_eq!(told, told_here(&message));
}

/// A project that takes the library as if a registry had it.
const MANIFEST: &str = "[package]\nname = \"consumer\"\nedition = \"2024\"\n\n\
     [dependencies]\nregelwerk = \"0.1.0\"\n\n[workspace]\n\n";

/// Where projects outside the workspace are built.
pub(crate) fn place() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("package")
}

/// Cargo in a project outside the workspace. Such projects are built in one place, and as cargo builds
/// what build scripts need, so that what they share is built once.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).env("CARGO_NET_OFFLINE", "true");
    cargo.env("CARGO_TARGET_DIR", place().join("target"));
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").env("CARGO_PROFILE_DEV_INCREMENTAL", "false");
    cargo
}

/// What a command that must succeed writes.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}\n{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The same third-party crates as here, so that the network is not needed.
pub(crate) fn take_lock(project: &Path) {
    std::fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).unwrap();
}

/// What makes a project take our crates from the packages, as if a registry had them. Of a crate that
/// it does not use cargo would say so.
pub(crate) fn patches(unused: &[&str]) -> String {
    let patches = PACKAGES.iter().filter(|(name, _)| !unused.contains(&name.as_str()));
    let patches = patches.map(|(name, path)| format!("{name} = {{ path = {path:?} }}\n"));
    format!("[patch.crates-io]\n{}", patches.collect::<String>())
}

/// Every crate that a supplier gets, by name, unpacked.
static PACKAGES: LazyLock<Vec<(String, PathBuf)>> = LazyLock::new(|| {
    let crates = place().join("crates");
    let _ = std::fs::remove_dir_all(&crates);
    xtask::package(&crates).unwrap();
    let named = |package: PathBuf| {
        let (name, _) = package.file_name().unwrap().to_str().unwrap().rsplit_once('-').unwrap();
        (name.to_owned(), package)
    };
    unpacked(&crates).into_iter().map(named).collect()
});

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
