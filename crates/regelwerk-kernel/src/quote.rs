//! How much of a message a report repeats.

/// Most characters of a name or a namespace that is repeated.
const NAME: usize = 100;

/// As much of a name or a namespace as is repeated.
pub(crate) fn quote(text: &str) -> String {
    cap(text, NAME)
}

/// So many characters of a text; `…` stands for the rest.
pub(crate) fn cap(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_by_characters() {
        assert_eq!(quote(&"é".repeat(100)), "é".repeat(100));
        assert_eq!(quote(&"é".repeat(101)), "é".repeat(100) + "…");
    }
}
