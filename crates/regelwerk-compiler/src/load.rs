//! The one loader: rule files from a folder.

use std::fmt;
use std::path::{Path, PathBuf};

use regelwerk_diag::{Source, Sources};
use walkdir::{DirEntry, WalkDir};

/// A rule file of more than this many bytes is refused.
const LARGEST: u64 = 1024 * 1024;

/// The ending of a rule file.
const RULES: &str = "regels";

/// The ending of a file with the rows of a table.
const ROWS: &str = "csv";

/// Why rule files could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is the matter with it, in Dutch.
    pub reason: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for LoadError {}

/// Every `.regels` file and every `.csv` file below `root`, named by its path below it. Lines end in
/// bare LF, whatever they end in on disk. What only looks like one is named, and not read.
///
/// # Errors
///
/// When the folder is not there, holds no rule file, or a file in it cannot be read as text.
pub fn load(root: &Path) -> Result<Sources, LoadError> {
    if root.is_file() {
        let reason =
            "is een bestand; noem de map waarin alle regels staan, zoals `rules`".to_owned();
        return Err(LoadError { path: root.to_owned(), reason });
    }
    let (mut files, mut beside) = (Vec::new(), Vec::new());
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    let walk = walk.into_iter().filter_entry(is_seen);
    for entry in walk.filter(|entry| entry.as_ref().err().is_none_or(|error| !is_of_program(error)))
    {
        let entry = entry.map_err(|error| unseen(root, &error))?;
        let (path, is_plain) = (entry.path(), entry.file_type().is_file());
        let ends = |with: &str| path.extension().is_some_and(|end| end.eq_ignore_ascii_case(with));
        if ends(RULES) && !is_plain {
            let reason =
                format!("heet als een regelbestand (*.{RULES}), maar is geen gewoon bestand");
            return Err(LoadError { path: path.to_owned(), reason });
        }
        let name = name(root, path);
        if is_plain && (ends(RULES) || ends(ROWS)) {
            files.push(Source { text: plain(&read(path, ends(RULES))?), path: name });
        } else if ends(ROWS) || is_plain && looks_like_rules(&name) {
            beside.push(name);
        }
    }
    if !files.iter().any(Source::is_rules) {
        return Err(no_rules(root, beside.iter().find(|name| looks_like_rules(name))));
    }
    Ok(Sources::new(root.display().to_string(), files).beside(beside))
}

/// Whether a file or folder is looked at: what begins with a point is there for programs, such as
/// editors and git, and not for people.
#[must_use]
pub fn is_seen(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether what could not be looked at is there for programs, such as the lock of an editor.
fn is_of_program(error: &walkdir::Error) -> bool {
    let name = error.path().filter(|_| error.depth() > 0).and_then(Path::file_name);
    name.is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// What could not be looked at; where that is what was asked for, with what to do.
fn unseen(root: &Path, error: &walkdir::Error) -> LoadError {
    let path = error.path().unwrap_or(root);
    let is_missing = error.io_error().is_some_and(|it| it.kind() == std::io::ErrorKind::NotFound);
    let mend = match path == root && is_missing {
        true => "; noem de map waarin de regels staan, zoals `rules`",
        false => "",
    };
    LoadError { path: path.to_owned(), reason: reason(error.io_error()) + mend }
}

/// That there is no rule file, and which file may be meant as one.
fn no_rules(path: &Path, near: Option<&String>) -> LoadError {
    let near =
        near.map(|name| format!("; {name} lijkt er een: laat die naam eindigen op .{RULES}"));
    let reason = format!("hier staan geen regelbestanden (*.{RULES}){}", near.unwrap_or_default());
    LoadError { path: path.to_owned(), reason }
}

/// The rule files at a path, in order: itself, whatever it is called, or every `.regels` file below
/// it. What symbolic links lead to is left out: it may be anywhere.
///
/// # Errors
///
/// When the path is not there or has no rule file below it.
pub fn rule_files(root: &Path) -> Result<Vec<PathBuf>, LoadError> {
    let mut files = Vec::new();
    let walk = WalkDir::new(root).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(is_seen) {
        let entry = entry.map_err(|error| unseen(root, &error))?;
        let end = entry.path().extension();
        let is_rules = end.is_some_and(|end| end.eq_ignore_ascii_case(RULES));
        if entry.file_type().is_file() && (is_rules || entry.depth() == 0) {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() { Err(no_rules(root, None)) } else { Ok(files) }
}

/// The text of one rule file, as it is on disk.
///
/// # Errors
///
/// When it cannot be read as text, or is too large.
pub fn rule_text(path: &Path) -> Result<String, LoadError> {
    read(path, true)
}

/// Whether a file that is no rule file is called nearly as one: `x.regels.txt`, `x.regel`. What an
/// editor keeps for itself is not meant.
#[must_use]
pub fn looks_like_rules(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let is_own = name.starts_with(['.', '#']) || name.ends_with('~');
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let is_near = || regelwerk_syntax::closest(end, [RULES]).is_some();
    !is_own && (name.contains(&format!(".{RULES}.")) || is_near())
}

fn name(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn read(path: &Path, is_rules: bool) -> Result<String, LoadError> {
    let fail = |reason: String| LoadError { path: path.to_owned(), reason };
    let size = std::fs::metadata(path).map_err(|error| fail(reason(Some(&error))))?.len();
    if size > LARGEST {
        let mend = match is_rules {
            true => "verdeel het over meer regelbestanden in dezelfde map",
            false => {
                "laat weg wat geen regel gebruikt, of laat de rijen aanleveren (`aanlevering:`)"
            }
        };
        return Err(fail(format!("groter dan {} MB; {mend}", LARGEST / 1024 / 1024)));
    }
    let bytes = std::fs::read(path).map_err(|error| fail(reason(Some(&error))))?;
    String::from_utf8(bytes).map_err(|_| fail(NO_TEXT.to_owned()))
}

/// What is said of a file that is not text.
pub(crate) const NO_TEXT: &str = "geen UTF-8; sla het bestand op als UTF-8";

/// A text with bare LF as end of line, and without a byte-order mark.
pub(crate) fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn reason(error: Option<&std::io::Error>) -> String {
    match error {
        Some(error) => obstacle(error.kind())[0].to_owned(),
        None => "verwijst naar zichzelf".to_owned(),
    }
}

/// Why a file or folder cannot be read or written, in Dutch and in English.
#[must_use]
pub fn obstacle(kind: std::io::ErrorKind) -> [&'static str; 2] {
    use std::io::ErrorKind::{
        FileTooLarge, InvalidFilename, InvalidInput, IsADirectory, NotADirectory, NotFound,
        PermissionDenied, ReadOnlyFilesystem, StorageFull,
    };
    match kind {
        NotFound => ["bestaat niet", "does not exist"],
        PermissionDenied => ["daar is geen toestemming voor", "that is not permitted"],
        IsADirectory => ["is een map, en geen bestand", "is a folder, not a file"],
        NotADirectory => ["ligt in iets dat geen map is", "lies in what is no folder"],
        StorageFull => ["de schijf is vol", "the disk is full"],
        ReadOnlyFilesystem => ["daar kan alleen gelezen worden", "that can only be read"],
        FileTooLarge => ["is te groot", "is too large"],
        InvalidInput | InvalidFilename => {
            ["kan geen naam van een bestand zijn", "cannot be the name of a file"]
        }
        _ => ["het systeem meldt een fout", "the system reports an error"],
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::load;

    /// A folder of its own for a test, which is gone after it.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("regelwerk-{}-{name}", std::process::id()));
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn what_only_looks_like_a_rule_file_is_named_and_not_read() {
        let folder = Folder::new("load");
        let text = "standaard proef \"x\"\n  bron: x\n";
        let near = ["b.regels.txt", "f.regel", "g.Regls"];
        let own =
            ["b.regels~", ".b.regels.swp", "#b.regels#", ".f.regel.swp", "f.regel~", ".h.regels"];
        let far = ["d.txt", "README.md", "h.rels", "i.rules", "regels"];
        for name in [&["a.REGELS", "c.CSV"], &near[..], &own[..], &far[..]].concat() {
            std::fs::write(folder.0.join(name), text).unwrap();
        }
        std::fs::create_dir(folder.0.join("e.csv")).unwrap();
        std::fs::create_dir_all(folder.0.join(".git")).unwrap();
        std::fs::write(folder.0.join(".git/i.regels"), text).unwrap();
        // As an editor marks a file that it has open.
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", folder.0.join(".#a.regels")).unwrap();
        let sources = load(&folder.0).unwrap();
        let read: Vec<_> =
            sources.iter().map(|(_, one)| (one.path.as_str(), one.is_rules())).collect();
        assert_eq!(read, [("a.REGELS", true), ("c.CSV", false)]);
        let unread: Vec<_> = sources.unread().map(|(_, one)| one.path.as_str()).collect();
        assert_eq!(unread, ["b.regels.txt", "e.csv", "f.regel", "g.Regls"]);
        let told = crate::compile(sources).diagnostics;
        let told: Vec<_> = told.iter().filter(|one| one.code.0 == "RW109").collect();
        assert_eq!(told.len(), near.len());
        assert!(told.iter().all(|one| one.help.is_some()));
    }

    #[test]
    fn where_nothing_is_a_rule_file_what_is_nearly_one_is_named() {
        let folder = Folder::new("near");
        std::fs::write(folder.0.join("a.regel"), "").unwrap();
        let told = load(&folder.0).unwrap_err().to_string();
        assert!(
            told.ends_with("a.regel lijkt er een: laat die naam eindigen op .regels"),
            "{told}"
        );
    }

    #[test]
    fn a_file_that_is_too_large_says_what_to_do() {
        let folder = Folder::new("large");
        std::fs::write(folder.0.join("a.regels"), " ".repeat(1024 * 1024 + 1)).unwrap();
        let told = load(&folder.0).unwrap_err().to_string();
        assert!(
            told.ends_with("groter dan 1 MB; verdeel het over meer regelbestanden in dezelfde map")
        );
    }
}
