//! "Did you mean …?"

/// The candidate that is most like `word`, if any is near enough to be worth suggesting.
///
/// Differences in case count for nothing; otherwise a third of the letters may differ, but never
/// all of them.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    let is_near = |(distance, one): &(usize, &str)| {
        let longest = word.chars().count().max(one.chars().count());
        *distance <= allowed && *distance < longest
    };
    ranked(word, candidates).filter(is_near).min().map(|(_, one)| one)
}

/// The candidate that is most like `word`, however far from it.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    ranked(word, candidates).min().map(|(_, one)| one)
}

/// Each candidate with its distance to `word`, whatever the case.
fn ranked<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> impl Iterator<Item = (usize, &'a str)> {
    let wanted = word.to_lowercase();
    let distance = move |one: &str| strsim::damerau_levenshtein(&wanted, &one.to_lowercase());
    candidates.into_iter().map(move |one| (distance(one), one))
}

#[cfg(test)]
mod tests {
    use super::{closest, nearest};

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let words = ["Categorie", "Code", "Omvang"];
        assert_eq!(closest("Categori", words), Some("Categorie"));
        assert_eq!(closest("omvang", words), Some("Omvang"));
        assert_eq!(closest("Budget", words), None);
    }

    #[test]
    fn a_code_of_one_sign_is_like_no_other() {
        assert_eq!(closest("9", ["1", "2"]), None);
        assert_eq!(closest("4", ["04", "14"]), Some("04"));
    }

    #[test]
    fn the_nearest_may_be_far() {
        assert_eq!(closest("CS20", ["CD041", "CS002"]), None);
        assert_eq!(nearest("CS20", ["CD041", "CS002"]), Some("CS002"));
        assert_eq!(nearest("CS20", []), None);
    }

    #[test]
    fn of_equals_the_first_in_order_wins() {
        assert_eq!(closest("CD07", ["CD078", "CD077"]), Some("CD077"));
    }
}
