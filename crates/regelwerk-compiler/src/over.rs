//! A folder with rules of one's own, laid over the rules that a program has inside.

use std::fmt;

use regelwerk_diag::{Source, SourceId, Sources};
use regelwerk_syntax::ast::{Block, BlockKind};

/// Rule files from a folder, with what they were laid over if they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// Every rule file, of the folder and of what lies below it.
    pub sources: Sources,
    /// Set when the folder was laid over other rules.
    pub over: Option<Over>,
}

/// That rules were laid over others. As text it says so to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// Protocols that both have; those of the folder came in the place of the others.
    pub replaced: Vec<String>,
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gelegd over de regels in dit programma")?;
        match self.replaced.as_slice() {
            [] => Ok(()),
            names => write!(f, ", in de plaats van {}", names.join(", ")),
        }
    }
}

/// The rule files that a program has inside, by path and text: what [`emit::rust_sources`] makes.
///
/// [`emit::rust_sources`]: crate::emit::rust_sources
#[must_use]
pub fn inside(files: &[(&str, &str)]) -> Sources {
    let file =
        |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    Sources::new(Sources::FOLDER, files.iter().map(file).collect())
}

/// What is in a folder, `own`, as it is to be compiled. One with a protocol and no standard is laid
/// over `below`, the rules that the program has inside; a protocol that is there too makes way for
/// that of the folder. Any other folder stands by itself.
#[must_use]
pub fn over(below: impl FnOnce() -> Sources, own: Sources) -> Loaded {
    let homes: Vec<Block> = own.iter().flat_map(|(id, source)| homes(id, source)).collect();
    let has_standard = homes.iter().any(|home| home.kind == BlockKind::Standard);
    if homes.is_empty() || has_standard {
        return Loaded { sources: own, over: None };
    }
    let names: Vec<&str> = homes.iter().map(|home| home.id.value.as_str()).collect();
    let (below, replaced) = without(below(), &names);
    Loaded { sources: below.laid_over(own), over: Some(Over { replaced }) }
}

/// The blocks of a file that make its folder that of a standard or a protocol.
fn homes(id: SourceId, source: &Source) -> Vec<Block> {
    // Most files have none, and reading one takes time.
    let words = [BlockKind::Standard, BlockKind::Protocol].map(regelwerk_syntax::keyword);
    let has_word = |line: &str| words.iter().any(|word| line.starts_with(word));
    if !source.is_rules() || !source.text.lines().any(has_word) {
        return Vec::new();
    }
    let blocks = regelwerk_syntax::parse(id, &source.text).file.blocks.into_iter();
    blocks.filter(|it| matches!(it.kind, BlockKind::Standard | BlockKind::Protocol)).collect()
}

/// Sources without the folders of these protocols, and those that there were.
fn without(sources: Sources, names: &[&str]) -> (Sources, Vec<String>) {
    let (mut folders, mut replaced) = (Vec::new(), Vec::new());
    for (id, source) in sources.iter() {
        for home in homes(id, source).iter().filter(|it| it.kind == BlockKind::Protocol) {
            if names.iter().any(|name| home.id.value.eq_ignore_ascii_case(name)) {
                folders
                    .extend(source.path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")));
                replaced.push(home.id.value.clone());
            }
        }
    }
    let is_kept = |path: &str| !folders.iter().any(|folder| path.starts_with(folder.as_str()));
    (sources.filtered(is_kept), replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARD: &str = "standaard proef \"x\"\n  bron: x\n
release 1.0 \"x\"\n  bron: x\n  geldig: vanaf 01-01-2020\n  naamruimte: \"urn:x\"\n  basis: \"urn:x\"\n  \
kop: Kop.Versie 1\n  code: Kop.Code\n";

    fn protocol(name: &str) -> String {
        format!(
            "protocol {name} \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2020\n  \
             releases: 1.0\n"
        )
    }

    fn inside() -> Sources {
        let file = |path: &str, text: String| Source { path: path.to_owned(), text };
        let rule = "regel P01 \"x\"\n  bron: x\n  niet machinaal: \"x\"\n";
        let files = vec![
            file("proef/standaard.regels", STANDARD.to_owned()),
            file("p/2020/protocol.regels", protocol("P-2020")),
            file("p/2020/regels.regels", rule.to_owned()),
        ];
        Sources::new("rules", files)
    }

    /// What a folder with this one file comes to, by the paths that people see.
    fn laid(text: &str) -> (Vec<String>, Option<String>) {
        let own = Source { path: "a.regels".to_owned(), text: text.to_owned() };
        let loaded = over(inside, Sources::new("regels", vec![own]));
        let shown = loaded.sources.iter().map(|(id, _)| loaded.sources.shown(id));
        (shown.collect(), loaded.over.map(|it| it.to_string()))
    }

    #[test]
    fn a_protocol_alone_is_laid_over_what_is_inside() {
        let (shown, told) = laid(&protocol("EIGEN-1"));
        assert_eq!(
            shown,
            [
                "rules/p/2020/protocol.regels",
                "rules/p/2020/regels.regels",
                "rules/proef/standaard.regels",
                "regels/a.regels"
            ]
        );
        assert_eq!(told.as_deref(), Some("gelegd over de regels in dit programma"));
    }

    #[test]
    fn a_protocol_that_is_inside_too_makes_way_with_its_folder() {
        let (shown, told) = laid(&protocol("p-2020"));
        assert_eq!(shown, ["rules/proef/standaard.regels", "regels/a.regels"]);
        let expected = "gelegd over de regels in dit programma, in de plaats van P-2020";
        assert_eq!(told.as_deref(), Some(expected));
    }

    #[test]
    fn what_has_a_standard_or_no_protocol_stands_by_itself() {
        for text in [STANDARD, "regel X \"x\"\n  bron: x\n"] {
            assert_eq!(laid(text), (vec!["regels/a.regels".to_owned()], None));
        }
    }
}
