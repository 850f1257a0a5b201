//! What came of examples, for people.

use regelwerk_kernel::{Date, Lang};

use super::{Place, Wrong};
use crate::told::said;

impl Place {
    /// `JW301 /Bericht/Client/Bsn (3.2)`
    fn text(&self) -> String {
        format!("{} {} ({})", self.message, self.element, self.release)
    }
}

impl Wrong {
    /// What an example of `of` says that must be.
    #[must_use]
    pub fn expected(&self, of: &str, lang: Lang) -> String {
        let say = |nl: String, en: String| said(lang, nl, en);
        match self {
            Self::Reported { .. } => {
                say(format!("{of} meldt niets"), format!("{of} reports nothing"))
            }
            Self::Silent { .. } => {
                say(format!("{of} meldt iets"), format!("{of} reports something"))
            }
            Self::Unreadable(..) => {
                say("een bericht dat te lezen is".into(), "a message that can be read".into())
            }
            Self::Rejected(_) => {
                say("het bestand is goedgekeurd".into(), "the file is accepted".into())
            }
            Self::Remarked(true) => {
                say(format!("{of} merkt niets op"), format!("{of} makes no remark"))
            }
            Self::Remarked(false) => {
                say(format!("{of} merkt iets op"), format!("{of} makes a remark"))
            }
            Self::Day { expected, .. } => expected.written(),
            Self::State { expected, .. } => expected.clone(),
            Self::NotTaken(_) => {
                say("elke gebeurtenis kan".into(), "every event can happen".into())
            }
            Self::AllTaken { .. } => {
                say("een gebeurtenis kan niet".into(), "an event cannot happen".into())
            }
            Self::Unknown => say(format!("iets dat {of} heet"), format!("something called {of}")),
        }
    }

    /// What came of it instead, with why as far as that is known.
    #[must_use]
    pub fn found(&self, lang: Lang) -> String {
        let nothing = || said(lang, "niets", "nothing");
        match self {
            Self::Reported { place, findings } => {
                let told: Vec<_> = findings.iter().map(|one| one.text(lang)).collect();
                format!("{}: {}", place.text(), told.join(" "))
            }
            Self::Silent { place, why, others } => {
                let mut told = format!("{}: {}", place.text(), nothing());
                if let Some(why) = why {
                    let what = said(lang, "niet beoordeeld", "not assessed");
                    told += &format!("; {what}: {}", why.text(lang));
                }
                if !others.is_empty() {
                    let what = said(lang, "wel van", "but by");
                    told += &format!("; {what} {}", others.join(", "));
                }
                told
            }
            Self::Unreadable(place, why) => format!("{}: {}", place.text(), why.text(lang)),
            Self::Rejected(codes) => {
                format!("{} {}", said(lang, "afgekeurd op", "rejected by"), codes.join(", "))
            }
            Self::Remarked(true) => said(lang, "een opmerking", "a remark"),
            Self::Remarked(false) | Self::Unknown => nothing(),
            Self::Day { found, .. } => found.map_or_else(nothing, Date::written),
            Self::State { found, .. } => found.clone(),
            Self::NotTaken(event) => {
                let what = said(lang, "verandert niets", "changes nothing");
                format!("{event} {what}")
            }
            Self::AllTaken { found } => {
                let what = said(lang, "alles kan, en eindigt in", "all can, and it ends in");
                format!("{what} {found}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_an_example_says_where_and_why() {
        let place =
            Place { release: "1.0".into(), message: "PR01".into(), element: "/Bericht/Kop".into() };
        let silent = Wrong::Silent { place, why: None, others: vec!["P02", "XSD"] };
        let told =
            [Lang::Nl, Lang::En].map(|lang| (silent.expected("P01", lang), silent.found(lang)));
        let expected = [
            ("P01 meldt iets", "PR01 /Bericht/Kop (1.0): niets; wel van P02, XSD"),
            ("P01 reports something", "PR01 /Bericht/Kop (1.0): nothing; but by P02, XSD"),
        ];
        assert_eq!(told, expected.map(|(one, other)| (one.to_owned(), other.to_owned())));
        let day = Wrong::Day { expected: Date::from_ymd(2026, 4, 9), found: None };
        let told = (day.expected("OP9", Lang::Nl), day.found(Lang::Nl));
        assert_eq!(told, ("09-04-2026".to_owned(), "niets".to_owned()));
    }
}
