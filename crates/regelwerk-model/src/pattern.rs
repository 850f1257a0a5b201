//! Patterns of XML Schema, and what they are as patterns of the `regex` crate.

use std::fmt;
use std::sync::{Arc, OnceLock};

use regex::Regex;

/// A pattern that a whole value matches. It is compiled when it is first needed, once for all its
/// copies.
#[derive(Clone)]
pub struct Pattern(Arc<Written>);

struct Written {
    xsd: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern as the schema writes it.
    #[must_use]
    pub fn new(xsd: String) -> Self {
        Self(Arc::new(Written { xsd, compiled: OnceLock::new() }))
    }

    /// The pattern as the schema writes it.
    #[must_use]
    pub fn xsd(&self) -> &str {
        &self.0.xsd
    }

    /// Whether a whole text matches. One that does not compile has been reported, and matches
    /// everything: nothing more is said of it.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let compile = || Regex::new(&translate_pattern(&self.0.xsd)).ok();
        self.0.compiled.get_or_init(compile).as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// As the schema writes it.
impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.xsd()).finish()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.xsd() == other.xsd()
    }
}

impl Eq for Pattern {}

/// Translates a pattern: it matches the whole value, `.` is anything but an end of line, `\s` is
/// the white space of XML, and inside a class `.` is a dot.
///
/// The result is not known to compile; who takes patterns from people must try.
#[must_use]
pub fn translate_pattern(xsd: &str) -> String {
    let mut rust = String::from(r"\A(?:");
    let mut in_class = false;
    let mut chars = xsd.chars();
    while let Some(c) = chars.next() {
        match (c, in_class) {
            ('\\', _) => rust.push_str(&escape(chars.next(), in_class)),
            ('[', false) => {
                in_class = true;
                rust.push('[');
            }
            (']', true) => {
                in_class = false;
                rust.push(']');
            }
            ('.', false) => rust.push_str(r"[^\n\r]"),
            ('^' | '$', false) => rust.extend(['\\', c]),
            ('&' | '~' | '[', true) => rust.extend(['\\', c]),
            _ => rust.push(c),
        }
    }
    rust.push_str(r")\z");
    rust
}

fn escape(c: Option<char>, in_class: bool) -> String {
    match (c, in_class) {
        (Some('s'), false) => r"[ \t\n\r]".to_owned(),
        (Some('s'), true) => r" \t\n\r".to_owned(),
        (Some('S'), _) => r"[^ \t\n\r]".to_owned(),
        (Some(c), _) => format!("\\{c}"),
        (None, _) => "\\".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, translate_pattern};

    #[test]
    fn a_whole_text_matches_and_a_pattern_is_what_is_written() {
        let pattern = Pattern::new("a|b".to_owned());
        assert!(pattern.matches("a") && !pattern.matches("ab") && !pattern.matches("a\n"));
        assert!(Pattern::new("(".to_owned()).matches("a"));
        assert_eq!(pattern, Pattern::new("a|b".to_owned()));
        assert_ne!(pattern, Pattern::new("a".to_owned()));
    }

    #[test]
    fn dots_and_spaces_mean_what_xml_schema_says() {
        assert_eq!(translate_pattern(r".*[^\s].*"), r"\A(?:[^\n\r]*[^ \t\n\r][^\n\r]*)\z");
        assert_eq!(
            translate_pattern(r"([.\s]*\S+[.\s]*)+"),
            r"\A(?:([. \t\n\r]*[^ \t\n\r]+[. \t\n\r]*)+)\z"
        );
    }

    #[test]
    fn anchors_are_plain_characters_in_xml_schema() {
        assert_eq!(translate_pattern("^a$"), r"\A(?:\^a\$)\z");
    }
}
