//! Names of the standard as names in Rust.

use std::collections::BTreeSet;

/// Words that cannot name a field: of the language, and of what every view has.
const FIELD_WORDS: &str = "abstract as async await become box break const continue crate do dyn \
    else enum extern false final fn for gen if impl in let loop macro match mod move mut override \
    priv pub ref return self static struct super trait true try type typeof unsafe unsized use \
    virtual where while yield build builder draft draft_of kind of";

/// Words that cannot name a type: those that generated code uses.
const TYPE_WORDS: &str = "Self Option Some None Result Ok Err Box Iterator From Into";

/// Names that are taken in one place.
#[derive(Default)]
pub(crate) struct Idents(BTreeSet<String>);

impl Idents {
    /// Where fields are named.
    pub(crate) fn fields() -> Self {
        Self::without(FIELD_WORDS)
    }

    /// Where types are named.
    pub(crate) fn types() -> Self {
        Self::without(TYPE_WORDS)
    }

    /// Where variants are named.
    pub(crate) fn variants() -> Self {
        Self::without("Self")
    }

    /// Where modules are named, beside these.
    pub(crate) fn modules<'n>(taken: impl IntoIterator<Item = &'n str>) -> Self {
        let mut idents = Self::without(FIELD_WORDS);
        idents.0.extend(taken.into_iter().map(str::to_owned));
        idents
    }

    fn without(words: &str) -> Self {
        Self(words.split_whitespace().map(str::to_owned).collect())
    }

    /// This name, or one like it that is free.
    pub(crate) fn take(&mut self, name: &str) -> String {
        self.take_first(std::iter::once(name.to_owned()))
    }

    /// The name of a variant; it has no builder.
    pub(crate) fn take_variant(&mut self, code: &str) -> String {
        let mut name = variant_ident(code);
        while !self.0.insert(name.clone()) {
            name.push('_');
        }
        name
    }

    /// The name of a group without what tells that it is one: `Omvang` for `CDT_Omvang`.
    pub(crate) fn take_group(&mut self, name: &str) -> String {
        let short = name.split_once('_').filter(|(kind, rest)| {
            !rest.is_empty() && kind.chars().all(|c| c.is_ascii_uppercase())
        });
        let short = short.map(|(_, rest)| type_ident(rest));
        self.take_first(short.into_iter().chain([type_ident(name)]))
    }

    /// The last name of a path, with as many of those above it as it takes to be free.
    pub(crate) fn take_path(&mut self, path: &[&str]) -> String {
        let ends = (0..path.len()).rev().filter_map(|from| path.get(from..));
        let names = ends.map(|end| end.iter().map(|name| type_ident(name)).collect::<String>());
        self.take_first(names.collect::<Vec<_>>().into_iter())
    }

    /// The first that is free together with its builder; if none is, the last made longer.
    fn take_first(&mut self, mut names: impl Iterator<Item = String>) -> String {
        let mut name = names.next().unwrap_or_default();
        while self.has(&name) {
            name = names.next().unwrap_or_else(|| name + "_");
        }
        self.0.insert(builder_ident(&name));
        self.0.insert(name.clone());
        name
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains(name) || self.0.contains(&builder_ident(name))
    }
}

/// `ClientBuilder`
pub(crate) fn builder_ident(name: &str) -> String {
    format!("{name}Builder")
}

/// The name of a type: as the standard spells it, but for names in capitals only: `Jw301`.
pub(crate) fn type_ident(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    let rest = chars.as_str();
    let rest = match name.contains(|c: char| c.is_ascii_lowercase()) {
        true => rest.to_owned(),
        false => rest.to_ascii_lowercase(),
    };
    first.into_iter().chain(rest.chars()).filter(|c| *c != '_').collect()
}

/// The name of a field: `toewijzing_nummer` for `ToewijzingNummer`, `agb_code` for `AGBCode`.
pub(crate) fn field_ident(name: &str) -> String {
    let chars: Vec<_> = name.chars().collect();
    let mut ident = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let starts = c.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() && *before != '_'
                    || before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase)
            });
        if starts {
            ident.push('_');
        }
        ident.push(c.to_ascii_lowercase());
    }
    ident
}

/// The name of the variant for a code: `NL`, or `Code04`.
fn variant_ident(code: &str) -> String {
    let is_name = code.starts_with(|c: char| c.is_ascii_uppercase())
        && code.chars().all(|c| c.is_ascii_alphanumeric());
    if is_name {
        return code.to_owned();
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    format!("Code{}", code.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_rust_does() {
        for (name, field) in [
            ("Bsn", "bsn"),
            ("ToewijzingNummer", "toewijzing_nummer"),
            ("AGBCode", "agb_code"),
            ("IBAN", "iban"),
            ("Regel2Tekst", "regel2_tekst"),
            ("al_Klein", "al_klein"),
        ] {
            assert_eq!(field_ident(name), field);
        }
        assert_eq!((type_ident("JW301"), type_ident("PR01_x")), ("Jw301".into(), "PR01x".into()));
        assert_eq!(variant_ident("04"), "Code04");
        assert_eq!(variant_ident("NL"), "NL");
        assert_eq!(variant_ident("d-1"), "Coded_1");
    }

    #[test]
    fn a_name_is_taken_once() {
        let mut idents = Idents::types();
        assert_eq!(idents.take_path(&["Client", "Contact"]), "Contact");
        assert_eq!(idents.take_path(&["Client", "Contact"]), "ClientContact");
        assert_eq!(idents.take_path(&["Client", "Contact"]), "ClientContact_");
        assert_eq!(idents.take("Option"), "Option_");
        assert_eq!(idents.take("ContactBuilder"), "ContactBuilder_");
        assert_eq!(idents.take_group("CDT_Omvang"), "Omvang");
        assert_eq!(idents.take_group("XYZ_Omvang"), "XYZOmvang");
        assert_eq!(Idents::fields().take("type"), "type_");
        let mut variants = Idents::variants();
        assert_eq!(variants.take_variant("a.b"), "Codea_b");
        assert_eq!(variants.take_variant("a-b"), "Codea_b_");
    }
}
