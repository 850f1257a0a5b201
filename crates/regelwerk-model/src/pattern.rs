//! Patterns of XML Schema as patterns of the `regex` crate.

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
    use super::translate_pattern;

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
