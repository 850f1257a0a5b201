//! What the tests of the analysis share.

use regelwerk_diag::{Diagnostic, Source, Sources};
use regelwerk_model::Model;
use regelwerk_syntax::ast::File;

/// What is told of these files, each with its path and its text, before they are reviewed.
pub(crate) fn analyzed(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let (sources, told, ..) = read(files);
    (sources, told)
}

/// What is told of these files, each with its path and its text.
pub(crate) fn reviewed(files: &[(&str, &str)]) -> (Sources, Vec<Diagnostic>) {
    let (sources, told, model, parsed) = read(files);
    (sources, crate::review(&parsed, &model, told))
}

type Read = (Sources, Vec<Diagnostic>, Model, Vec<(String, File)>);

/// These files, what is told of them, and what they say.
pub(crate) fn read(files: &[(&str, &str)]) -> Read {
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
    let (model, found) = crate::analyze(&parsed, &sources);
    told.extend(found);
    (sources, told, model, parsed)
}
