//! Rule files as text, and places in them.

/// A source file, by its place in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A stretch of one source file, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
}

impl Span {
    /// The stretch from the start of `self` to the end of `last`.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self { end: last.end.max(self.end), ..self }
    }
}

/// One rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the folder of rules, with forward slashes: `ijw/typen.regels`.
    pub path: String,
    /// Its text, with bare LF as end of line.
    pub text: String,
}

impl Source {
    /// Whether it is written in the language of the rules: `*.regels`, in capitals too. Any other
    /// file holds the rows of a table.
    #[must_use]
    pub fn is_rules(&self) -> bool {
        let end = self.path.rsplit_once('.').map_or("", |(_, end)| end);
        end.eq_ignore_ascii_case("regels")
    }
}

/// A line and a column, both from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// All rule files of one compilation, in order of path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    root: String,
    files: Vec<Source>,
    unread: Vec<Source>,
}

impl Sources {
    /// Puts files in order of path, so that nothing depends on the order of a folder. `root` is
    /// what people call the folder: `rules`.
    #[must_use]
    pub fn new(root: impl Into<String>, mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: root.into(), files, unread: Vec::new() }
    }

    /// Adds the paths of files that were seen and not read, so that they can be told of.
    #[must_use]
    pub fn beside(mut self, mut paths: Vec<String>) -> Self {
        paths.sort();
        let unread = |path| Source { path, text: String::new() };
        self.unread = paths.into_iter().map(unread).collect();
        self
    }

    /// Files that were seen and not read, with their ids; their text is empty.
    pub fn unread(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        let first = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        (first..).map(SourceId).zip(&self.unread)
    }

    /// The path of a file as people are told it: `rules/ijw/typen.regels`.
    #[must_use]
    pub fn shown(&self, id: SourceId) -> String {
        match self.root.trim_end_matches('/') {
            "" if self.root.is_empty() => self.path(id).to_owned(),
            root => format!("{root}/{}", self.path(id)),
        }
    }

    /// Files with their ids, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// The path of a file; empty for an id of other sources.
    #[must_use]
    pub fn path(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |file| &file.path)
    }

    /// The text of a file; empty for an id of other sources.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |file| &file.text)
    }

    /// The text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.source).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column where a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        let text = self.text(span.source);
        let before = text.get(..span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: count(before.matches('\n').count()) + 1,
            column: count(before.get(line_start..).unwrap_or("").chars().count()) + 1,
        }
    }

    fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.iter().chain(&self.unread).nth(id.0 as usize)
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_not_bytes() {
        let sources =
            Sources::new("rules", vec![Source { path: "a".into(), text: "één\nà x".into() }]);
        let span = Span { source: SourceId(0), start: 9, end: 10 };
        assert_eq!(sources.slice(span), "x");
        assert_eq!(sources.position(span), Position { line: 2, column: 3 });
    }
}
