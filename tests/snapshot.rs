//! Snapshots that lie beside their input and show input and result together.

use std::path::{Path, PathBuf};

/// The folder of this package.
pub(crate) fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    here().join("..")
}

/// Compares the snapshot beside `input` with the input and what came of it.
pub(crate) fn check(input: &Path, result: &str) {
    let text = std::fs::read_to_string(input).unwrap();
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(input.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let name = input.file_stem().unwrap().to_str().unwrap();
    settings.bind(|| {
        insta::assert_snapshot!(
            name,
            format!("--- uitkomst\n{}\n--- invoer\n{}", result.trim_end(), text.trim_end())
        );
    });
}

/// The files with this ending below a folder of this package, in order; never none.
pub(crate) fn inputs(folder: &str, ending: &str) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(here().join(folder)).sort_by_file_name();
    let files = walk.into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|e| e == ending)).collect();
    assert!(!files.is_empty(), "geen {ending} in {folder}");
    files
}
