//! What the tests of the analysis share.

use regelwerk_diag::{Diagnostic, Source, Sources};

/// What is told of these files, each with its path and its text.
pub(crate) fn analyzed(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let source =
        |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    let sources = Sources::new("", files.iter().map(source).collect());
    let mut parsed = Vec::new();
    let mut told = Vec::new();
    for (id, source) in sources.iter() {
        let parse = regelwerk_syntax::parse(id, &source.text);
        told.extend(parse.diagnostics);
        parsed.push((source.path.clone(), parse.file));
    }
    told.extend(crate::analyze(&parsed, &sources).1);
    (sources, told)
}
