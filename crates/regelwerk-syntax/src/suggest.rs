//! "Did you mean …?"

/// The candidate that is most like `word`, if any is near enough to be worth suggesting.
///
/// Differences in case count for nothing; otherwise a third of the letters may differ, but never
/// all of them.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let allowed = (wanted.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|one| (strsim::damerau_levenshtein(&wanted, &one.to_lowercase()), one))
        .filter(|(distance, one)| {
            let longest = wanted.chars().count().max(one.chars().count());
            *distance <= allowed && *distance < longest
        })
        .min()
        .map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::closest;

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
    fn of_equals_the_first_in_order_wins() {
        assert_eq!(closest("CD07", ["CD078", "CD077"]), Some("CD077"));
    }
}
