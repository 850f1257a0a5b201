//! What stands in rule files under a name: a rule, a term, a view, a table, a message.

use std::io::{self, Write};

use regelwerk_compiler::diag::{SourceId, Sources};

use super::{heading, indented};
use crate::tone::{HEAD, Tone};

/// A block of a rule file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block<'s> {
    /// `regel`
    pub(crate) kind: &'s str,
    /// `CD041`
    pub(crate) name: &'s str,
    /// What stands behind the name.
    title: &'s str,
    /// Its file.
    pub(crate) source: SourceId,
    /// Its line there.
    pub(crate) line: u32,
    /// The block as it is written.
    text: &'s str,
}

/// The blocks of a name, whatever its case, in order of file.
pub(crate) fn find<'s>(sources: &'s Sources, name: &str) -> Vec<Block<'s>> {
    all(sources).filter(|block| block.name.eq_ignore_ascii_case(name)).collect()
}

/// The names of blocks, without those of scenarios: they are sentences, and like anything.
pub(crate) fn names(sources: &Sources) -> impl Iterator<Item = &str> {
    all(sources).filter(|block| !block.is_scenario()).map(|block| block.name)
}

/// Every block, in order of file.
pub(crate) fn all(sources: &Sources) -> impl Iterator<Item = Block<'_>> {
    let files = sources.iter().filter(|(_, source)| source.is_rules());
    files.flat_map(|(id, source)| blocks(&source.text, id))
}

/// The blocks of a file. Each starts at the left margin; what belongs to it does not.
fn blocks(text: &str, source: SourceId) -> Vec<Block<'_>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if line.starts_with(|first: char| !first.is_whitespace()) {
            starts.push((number, at));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, at)| *at).chain([text.len()]);
    let parts = starts.iter().zip(ends);
    let blocks = parts.filter_map(|(&(number, start), end)| {
        let text = text.get(start..end)?.trim_end();
        let head = text.lines().next().filter(|head| !head.starts_with('#'))?;
        let (kind, rest) = head.split_once(' ')?;
        let rest = rest.trim_start();
        let (name, title) = rest.split_once(' ').unwrap_or((rest, ""));
        let title = title.trim().trim_matches('"');
        Some(Block { kind, name, title, source, line: number, text })
    });
    blocks.collect()
}

impl Block<'_> {
    /// Whether it is a scenario, of which there is more to tell.
    pub(crate) fn is_scenario(&self) -> bool {
        self.kind == "scenario"
    }

    /// Its file and line, as people are told them.
    pub(crate) fn at(&self, sources: &Sources) -> String {
        format!("{}:{}", sources.shown(self.source), self.line)
    }

    /// Shows the block.
    pub(crate) fn describe(
        &self,
        sources: &Sources,
        tone: Tone,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(out, "{}  {}\n", tone.paint(HEAD, self.name), self.title)?;
        tone.row(out, tone.say("soort", "kind"), self.kind)?;
        tone.row(out, tone.say("staat in", "written in"), &self.at(sources))?;
        heading(out, tone, tone.say("Zoals het er staat", "As it is written"))?;
        indented(out, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_runs_to_the_next_at_the_margin() {
        let text =
            "# Kop\n\nregel A-1 \"Een\"\n  bron: x\n\n  niveau: 1\n\nbeeld b \"Twee\"\n  y\n";
        let found = blocks(text, SourceId(0));
        let told: Vec<_> = found.iter().map(|it| (it.kind, it.name, it.title, it.line)).collect();
        let expected = [("regel", "A-1", "Een", 3), ("beeld", "b", "Twee", 8)];
        assert_eq!(told, expected);
        assert_eq!(found[0].text, "regel A-1 \"Een\"\n  bron: x\n\n  niveau: 1");
    }
}
