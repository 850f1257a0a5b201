//! The crates of the project as packages: what a supplier can build without this project.
//!
//! A package cannot hold files from outside its own folder, and the rules lie outside those of the
//! crates that are made of them. So the crates are copied to a workspace of their own, with the rules
//! inside those crates, and cargo packages that. No symbolic links: not every checkout can have them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use walkdir::WalkDir;

/// The crates that are made of the rules.
const WITH_RULES: [&str; 2] = ["regelwerk", "regelwerk-build"];

/// Packages every crate of the workspace into a folder.
///
/// # Errors
///
/// When a file cannot be read or written, or cargo does not package a crate.
pub fn package(out: &Path) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::create_dir_all(out).map_err(|error| told(out, &error))?;
    // In a folder of its own: what else stands in `out` is not ours to touch.
    let stage = env::temp_dir().join(format!("regelwerk-package-{}", std::process::id()));
    fs::create_dir(&stage).map_err(|error| told(&stage, &error))?;
    let done = fill(&root, &stage, out);
    fs::remove_dir_all(&stage).map_err(|error| told(&stage, &error))?;
    done
}

/// Stages and packages the crates, and copies the packages to `out`.
fn fill(root: &Path, stage: &Path, out: &Path) -> Result<(), String> {
    self::stage(root, stage)?;
    pack(stage)?;
    let is_package = |path: &&PathBuf| path.extension().is_some_and(|end| end == "crate");
    for package in entries(&stage.join("target/package"))?.iter().filter(is_package) {
        let to = out.join(package.file_name().unwrap_or_default());
        fs::copy(package, &to).map_err(|error| told(package, &error))?;
        println!("{}", to.display());
    }
    Ok(())
}

/// A workspace with the crates alone, and what a package has to carry inside each.
fn stage(root: &Path, stage: &Path) -> Result<(), String> {
    let crates = stage.join("crates");
    copy(&root.join("crates"), &crates)?;
    for one in entries(&crates)?.iter().filter(|path| path.is_dir()) {
        copy(&root.join("LICENSE"), &one.join("LICENSE"))?;
    }
    for one in WITH_RULES {
        copy(&root.join("rules"), &crates.join(one).join("rules"))?;
    }
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).map_err(|error| told(&manifest, &error))?;
    let lines = text.lines().map(|line| match line.starts_with("members = ") {
        true => "members = [\"crates/*\"]\n".to_owned(),
        false => format!("{line}\n"),
    });
    write(&stage.join("Cargo.toml"), &lines.collect::<String>())
}

/// Copies a file, or a folder with all files below it.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| error.to_string())?;
        let below = entry.path().strip_prefix(from).map_err(|error| error.to_string())?;
        let target = if below.as_os_str().is_empty() { to.to_owned() } else { to.join(below) };
        let done = match entry.file_type().is_dir() {
            true => fs::create_dir_all(&target),
            false => fs::copy(entry.path(), &target).map(drop),
        };
        done.map_err(|error| told(&target, &error))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| told(path, &error))
}

/// Lets cargo package the staged workspace. It does not build the packages: they need each other,
/// and no registry has them. A test builds them together.
fn pack(stage: &Path) -> Result<(), String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments =
        ["package", "--quiet", "--workspace", "--no-verify", "--exclude-lockfile", "--allow-dirty"];
    let status = Command::new(cargo)
        .args(arguments)
        .arg("--target-dir")
        .arg("target")
        .current_dir(stage)
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if status.success() { Ok(()) } else { Err("cargo package is mislukt".to_owned()) }
}

/// What is in a folder, in order of name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| told(folder, &error))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
