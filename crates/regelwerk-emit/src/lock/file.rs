//! The lock as a file.

use std::fmt::{self, Write};

use super::{Entry, Lock};

/// What stands above the lines.
const HEAD: &str = "\
# Wat elke tekst eist, met de releases waarin hij geldt en een hash van wat hij eist.
# `cargo xtask lock` schrijft dit bestand; wat al geldt, verandert alleen met `cargo xtask amend NAAM --reason \"…\"`.
# Een release die nog in de maak is, en dus mag veranderen, staat bovenaan: `in voorbereiding | 3.3`.
";

/// The name of the line with what is still being made.
const PREPARING: &str = "in voorbereiding";

/// What stands between the parts of a line.
const BETWEEN: &str = " | ";

/// A line that is not to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What it says.
    pub text: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, text } = self;
        write!(f, "regel {line} is niet te lezen: `{text}`; een regel is: naam | releases | hash")
    }
}

impl std::error::Error for BadLine {}

impl Lock {
    /// Its file.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}.lock", self.home)
    }

    /// As it stands in its file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        if !self.preparing.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{PREPARING}{BETWEEN}{}", self.preparing.join(" "));
        }
        for Entry { name, releases, hash, amended, .. } in &self.entries {
            let releases =
                if releases.is_empty() { "altijd".to_owned() } else { releases.join(" ") };
            let _ = write!(text, "{name}{BETWEEN}{releases}{BETWEEN}{hash}");
            for one in amended {
                let _ = write!(text, "{BETWEEN}{one}");
            }
            text.push('\n');
        }
        text
    }

    /// What stands in the file of a home.
    ///
    /// # Errors
    ///
    /// The first line that is not to be read.
    pub fn read(home: &str, text: &str) -> Result<Self, BadLine> {
        let mut lock = Self { home: home.to_owned(), preparing: Vec::new(), entries: Vec::new() };
        let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let mut parts = line.split(BETWEEN).map(|part| part.trim().to_owned());
            let words = |part: &str| part.split_whitespace().map(str::to_owned).collect();
            match (parts.next(), parts.next(), parts.next()) {
                (Some(name), Some(names), None) if name == PREPARING => {
                    lock.preparing = words(&names);
                }
                (Some(name), Some(releases), Some(hash)) if is_hash(&hash) => {
                    let releases = if releases == "altijd" { Vec::new() } else { words(&releases) };
                    let amended = parts.collect();
                    lock.entries.push(Entry { name, releases, hash, amended, at: None });
                }
                _ => return Err(BadLine { line: at + 1, text: line.to_owned() }),
            }
        }
        Ok(lock)
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == super::BYTES * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
