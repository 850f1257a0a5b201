//! Rules with a few pieces of text changed, in memory: what an analyst would do in the files.

use std::path::Path;

use regelwerk_compiler::diag::{Source, Sources, Style, render};
use regelwerk_compiler::{Compilation, compile, load};

/// In a file, this text, which is there once, becomes that. How its values are lined up does not
/// matter: `regelwerk fmt` does that.
pub(crate) type Edit<'t> = (&'t str, &'t str, &'t str);

/// The files in a folder, changed.
pub(crate) fn sources(folder: &Path, edits: &[Edit<'_>]) -> Vec<Source> {
    let mut files: Vec<_> = load(folder).unwrap().iter().map(|(_, one)| one.clone()).collect();
    for (path, from, to) in edits {
        let at = files.iter().position(|one| one.path == *path);
        assert!(at.is_some(), "{path} is er niet");
        let file = &mut files[at.unwrap()];
        let found = places(&file.text, from);
        assert_eq!(found.len(), 1, "{path}: {from}");
        let (begin, end) = found[0];
        file.text.replace_range(begin..end, to);
    }
    files
}

/// Where a text stands in another, begin and end, whatever blanks there are between its words.
fn places(text: &str, wanted: &str) -> Vec<(usize, usize)> {
    // Each character of the text with its place; of blanks within a line the first.
    let mut places: Vec<(usize, char)> = Vec::new();
    let mut indents = true;
    for (at, c) in text.char_indices() {
        let is_more = c == ' ' && !indents && places.last().is_some_and(|(_, last)| *last == ' ');
        if !is_more {
            places.push((at, c));
        }
        indents = c == '\n' || indents && c == ' ';
    }
    places.push((text.len(), '\n'));
    let plain: String = places.iter().map(|(_, c)| *c).collect();
    let wanted = squeezed(wanted);
    let length = wanted.chars().count();
    let at = plain.match_indices(&wanted).map(|(at, _)| plain[..at].chars().count());
    at.map(|at| (places[at].0, places[at + length].0)).collect()
}

/// A text with one blank between its words; those at the beginning of a line stay.
fn squeezed(text: &str) -> String {
    let (mut plain, mut indents) = (String::new(), true);
    for c in text.chars() {
        if c != ' ' || indents || !plain.ends_with(' ') {
            plain.push(c);
        }
        indents = c == '\n' || indents && c == ' ';
    }
    plain
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
