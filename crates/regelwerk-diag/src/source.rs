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

/// The folder in which files lie that are laid over others. No folder of rules has one of that name.
const OWN: &str = "eigen/";

/// All rule files of one compilation, in order of path; those that are laid over others come last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    root: String,
    /// What people call the folder of what is laid over the rest.
    own_root: Option<String>,
    files: Vec<Source>,
    unread: Vec<Source>,
}

impl Sources {
    /// What people call the folder of rules, wherever it is.
    pub const FOLDER: &str = "rules";

    /// Puts files in order of path, so that nothing depends on the order of a folder. `root` is
    /// what people call the folder: `rules`.
    #[must_use]
    pub fn new(root: impl Into<String>, mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root: root.into(), own_root: None, files, unread: Vec::new() }
    }

    /// The same without the files that are not to be kept, by path.
    #[must_use]
    pub fn filtered(mut self, is_kept: impl Fn(&str) -> bool) -> Self {
        self.files.retain(|file| is_kept(&file.path));
        self.unread.retain(|file| is_kept(&file.path));
        self
    }

    /// Lays files over these: they lie in a folder of their own, and come after all others, so that
    /// of two that cannot both be the own one is at fault.
    #[must_use]
    pub fn laid_over(mut self, own: Self) -> Self {
        let moved = |file: Source| Source { path: format!("{OWN}{}", file.path), ..file };
        self.files.extend(own.files.into_iter().map(moved));
        self.unread.extend(own.unread.into_iter().map(moved));
        self.own_root = Some(own.root);
        self
    }

    /// Whether a file is one of those that are laid over others.
    #[must_use]
    pub fn is_own(&self, id: SourceId) -> bool {
        self.own(id).is_some()
    }

    /// Whether a file is one that the person at hand keeps: of files that are laid over others those
    /// alone, and every file where nothing is.
    #[must_use]
    pub fn is_at_hand(&self, id: SourceId) -> bool {
        self.own_root.is_none() || self.is_own(id)
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

    /// The path of a file as people are told it, from where the folder was named:
    /// `rules/ijw/typen.regels`.
    #[must_use]
    pub fn shown(&self, id: SourceId) -> String {
        match self.own(id) {
            Some((root, path)) => below(root, path),
            None => below(&self.root, self.path(id)),
        }
    }

    /// The path of a file as what is made of it tells, wherever it was made: below `rules`, or what
    /// is laid over that below its own folder.
    #[must_use]
    pub fn place(&self, id: SourceId) -> String {
        match self.own(id) {
            Some((root, path)) => below(root, path),
            None => below(Self::FOLDER, self.path(id)),
        }
    }

    /// The folder of a file that is laid over others, and its path below that.
    fn own(&self, id: SourceId) -> Option<(&str, &str)> {
        Some((self.own_root.as_deref()?, self.path(id).strip_prefix(OWN)?))
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

fn below(root: &str, path: &str) -> String {
    match root.trim_end_matches('/') {
        "" if root.is_empty() => path.to_owned(),
        root => format!("{root}/{path}"),
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

    #[test]
    fn what_is_laid_over_others_comes_last_and_is_told_from_its_own_folder() {
        let file = |path: &str| Source { path: path.to_owned(), text: String::new() };
        let below = Sources::new("/weg/rules", vec![file("ijw/z.regels")]);
        let own =
            Sources::new("regels", vec![file("a.regels")]).beside(vec!["b.regels.txt".into()]);
        let all = below.laid_over(own);
        let told: Vec<_> = all.iter().map(|(id, _)| (all.shown(id), all.place(id))).collect();
        let pair = |shown: &str, place: &str| (shown.to_owned(), place.to_owned());
        let expected = [
            pair("/weg/rules/ijw/z.regels", "rules/ijw/z.regels"),
            pair("regels/a.regels", "regels/a.regels"),
        ];
        assert_eq!(told, expected);
        let own: Vec<_> = all.iter().map(|(id, _)| all.is_own(id)).collect();
        assert_eq!(own, [false, true]);
        let at_hand = |sources: &Sources| -> Vec<bool> {
            sources.iter().map(|(id, _)| sources.is_at_hand(id)).collect()
        };
        assert_eq!(at_hand(&all), [false, true]);
        assert_eq!(at_hand(&Sources::new("rules", vec![file("a.regels")])), [true]);
        let unread: Vec<_> = all.unread().map(|(id, _)| all.shown(id)).collect();
        assert_eq!(unread, ["regels/b.regels.txt"]);
    }
}
