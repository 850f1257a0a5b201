//! What was read of rule files before.

use std::collections::BTreeMap;
use std::mem;

use regelwerk_diag::{Diagnostic, SourceId, Sources};
use regelwerk_syntax::ast::File;

/// What was read of rule files, for who compiles them again and again: a file that is as it was is
/// not read once more.
#[derive(Debug, Default)]
pub struct Memory {
    /// The files with their paths, in order.
    files: Vec<(String, File)>,
    /// What belongs to each of them.
    notes: Vec<Note>,
}

/// Of which text a file was read, and what could not be read in it.
#[derive(Debug)]
struct Note {
    source: SourceId,
    text: String,
    diagnostics: Vec<Diagnostic>,
}

impl Memory {
    /// Reads the files that are not as they were, and forgets those that are gone. Data files of
    /// tables are sources too, but they are not written in the language.
    pub(crate) fn read(&mut self, sources: &Sources) {
        let known = mem::take(&mut self.files).into_iter().zip(mem::take(&mut self.notes));
        let mut known: BTreeMap<_, _> = known.map(|one| (one.1.source, one)).collect();
        for (id, source) in sources.iter().filter(|(_, source)| source.is_rules()) {
            // Places in a file are told with the number of its source, so that counts too.
            let same = known
                .remove(&id)
                .filter(|((path, _), note)| (path, &note.text) == (&source.path, &source.text));
            let (file, note) = same.unwrap_or_else(|| {
                let parse = regelwerk_syntax::parse(id, &source.text);
                let (text, diagnostics) = (source.text.clone(), parse.diagnostics);
                ((source.path.clone(), parse.file), Note { source: id, text, diagnostics })
            });
            self.files.push(file);
            self.notes.push(note);
        }
    }

    /// The files with their paths, in order.
    pub(crate) fn files(&self) -> &[(String, File)] {
        &self.files
    }

    /// What could not be read.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        self.notes.iter().flat_map(|note| note.diagnostics.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{Source, Sources};

    use super::Memory;
    use crate::{compile, compile_again};

    fn sources(files: &[(&str, &str)]) -> Sources {
        let source = |(path, text): &(&str, &str)| Source {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Sources::new("proef", files.iter().map(source).collect())
    }

    #[test]
    fn what_is_read_with_a_memory_is_what_is_read_without() {
        let (whole, broken) = ("standaard proef \"x\"\n  bron: x\n", "regl X \"x\"\n  bron: x\n");
        let rows = ("c.csv", "a,b\n");
        let mut memory = Memory::default();
        for files in [
            &[("b.regels", whole), rows][..],
            &[("b.regels", whole), rows],
            &[("b.regels", broken), rows],
            // What was the first is the second now.
            &[("a.regels", broken), ("b.regels", broken)],
            &[("a.regels", whole), ("b.regels", broken), rows],
            &[("b.regels", whole)],
        ] {
            let again = compile_again(sources(files), &mut memory);
            assert_eq!(again, compile(sources(files)), "{files:?}");
        }
    }
}
