//! The one loader: rule files from a folder.

use std::fmt;
use std::path::{Path, PathBuf};

use regelwerk_diag::{Source, Sources};
use walkdir::WalkDir;

/// A rule file of more than this many bytes is refused.
const LARGEST: u64 = 1024 * 1024;

/// The ending of a rule file.
const RULES: &str = "regels";

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
/// bare LF, whatever they end in on disk.
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
    let mut files = Vec::new();
    for entry in WalkDir::new(root).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| LoadError {
            path: error.path().unwrap_or(root).to_owned(),
            reason: reason(error.io_error()),
        })?;
        let path = entry.path();
        if !entry.file_type().is_file() && path.extension().is_some_and(|end| end == RULES) {
            let reason =
                format!("heet als een regelbestand (*.{RULES}), maar is geen gewoon bestand");
            return Err(LoadError { path: path.to_owned(), reason });
        }
        if entry.file_type().is_file()
            && path.extension().is_some_and(|end| {
                [RULES, "csv"].iter().any(|known| end.eq_ignore_ascii_case(known))
            })
        {
            files.push(Source { path: name(root, path), text: read(path)? });
        }
    }
    if !files.iter().any(|file| file.path.ends_with(".regels")) {
        let reason = "hier staan geen regelbestanden (*.regels)".to_owned();
        return Err(LoadError { path: root.to_owned(), reason });
    }
    Ok(Sources::new(root.display().to_string(), files))
}

fn name(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn read(path: &Path) -> Result<String, LoadError> {
    let fail = |reason: String| LoadError { path: path.to_owned(), reason };
    let size = std::fs::metadata(path).map_err(|error| fail(reason(Some(&error))))?.len();
    if size > LARGEST {
        return Err(fail(format!("groter dan {} MB", LARGEST / 1024 / 1024)));
    }
    let bytes = std::fs::read(path).map_err(|error| fail(reason(Some(&error))))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| fail("geen UTF-8; sla het bestand op als UTF-8".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn reason(error: Option<&std::io::Error>) -> String {
    match error.map(std::io::Error::kind) {
        Some(std::io::ErrorKind::NotFound) => "bestaat niet".to_owned(),
        Some(std::io::ErrorKind::PermissionDenied) => "mag niet gelezen worden".to_owned(),
        Some(_) => {
            format!("is niet te lezen: {}", error.map_or(String::new(), ToString::to_string))
        }
        None => "verwijst naar zichzelf".to_owned(),
    }
}
