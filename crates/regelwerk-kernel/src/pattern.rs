//! Patterns of values.

use std::fmt;
use std::sync::OnceLock;

use regex::Regex;

/// A pattern that a whole value matches, compiled when it is first needed.
pub struct Pattern {
    xsd: &'static str,
    rust: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

/// As the schema writes it.
impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.xsd).field(&self.rust).finish()
    }
}

impl Pattern {
    /// A pattern as the schema writes it, and as `regex` does when the whole text is to match.
    #[must_use]
    pub const fn new(xsd: &'static str, rust: &'static str) -> Self {
        Self { xsd, rust, compiled: OnceLock::new() }
    }

    /// The pattern as the schema writes it, for people.
    #[must_use]
    pub const fn xsd(&self) -> &'static str {
        self.xsd
    }

    /// Whether a whole text matches. The build has proven that the pattern compiles; one that
    /// does not matches nothing.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let compile = || Regex::new(self.rust).ok();
        self.compiled.get_or_init(compile).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_text_matches() {
        let pattern = Pattern::new("a|b", r"\A(?:a|b)\z");
        assert!(pattern.matches("a") && pattern.matches("b"));
        assert!(!pattern.matches("ab") && !pattern.matches("a\n"));
    }

    #[test]
    fn a_pattern_that_does_not_compile_matches_nothing() {
        assert!(!Pattern::new("(", "(").matches("("));
    }
}
