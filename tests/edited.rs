//! Rules with a few pieces of text changed, in memory: what an analyst would do in the files.

use std::path::Path;

use regelwerk_compiler::diag::{Source, Sources, Style, render};
use regelwerk_compiler::{Compilation, compile, load};

/// In a file, this text, which is there once, becomes that.
pub(crate) type Edit<'t> = (&'t str, &'t str, &'t str);

/// The files in a folder, changed.
pub(crate) fn sources(folder: &Path, edits: &[Edit<'_>]) -> Vec<Source> {
    let mut files: Vec<_> = load(folder).unwrap().iter().map(|(_, one)| one.clone()).collect();
    for (path, from, to) in edits {
        let file = files.iter_mut().find(|one| one.path == *path);
        let file = file.unwrap_or_else(|| panic!("{path} is er niet"));
        assert_eq!(file.text.matches(from).count(), 1, "{path}: {from}");
        file.text = file.text.replace(from, to);
    }
    files
}

/// What is made of files; they have no errors.
pub(crate) fn compiled(files: Vec<Source>) -> Compilation {
    let compilation = compile(Sources::new("rules", files));
    assert!(compilation.is_sound(), "{}", told(&compilation));
    compilation
}

/// What is said of rules.
pub(crate) fn told(compilation: &Compilation) -> String {
    render(&compilation.sources, &compilation.diagnostics, Style::Plain)
}
