//! Misses for people.

use regelwerk_kernel::{Date, Lang, Term};
use regelwerk_model::scenario::{Expected, Standing};

use crate::day::date;
use crate::miss::MissKind;

/// The one of two texts that is in a language.
pub(crate) fn said(lang: Lang, nl: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Nl => nl.into(),
        Lang::En => en.into(),
    }
}

impl MissKind {
    /// What was expected and what came of it, as a sentence. Moments count from 1.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let say = |nl: String, en: String| said(lang, nl, en);
        match self {
            Self::Refused(one) => format!("{}: {}", one.name, one.why.text(lang)),
            Self::Unmade(why) => why.text(lang),
            Self::NothingSent => say(
                "Van een bericht wordt iets verwacht, maar er wordt niets verzonden.".into(),
                "Something is expected of a message, but nothing is sent.".into(),
            ),
            Self::Verdict { unreadable: Some(why), .. } => why.text(lang),
            Self::Verdict { expected, found, .. } => {
                let found: Vec<_> = found.iter().map(|one| at(one, lang)).collect();
                against(lang, &judged(expected, lang), &judged(&found, lang))
            }
            Self::Elsewhere { expected, found } => {
                against(lang, &at(expected, lang), &found.join(", "))
            }
            Self::Assessed(rule) => say(
                format!("{rule} is beoordeeld, en dat was niet verwacht."),
                format!("{rule} was assessed, and that was not expected."),
            ),
            Self::NoRemark(one) => say(
                format!("Geen opmerking {}.", at(one, lang)),
                format!("No remark {}.", at(one, lang)),
            ),
            Self::Remark(one) => say(
                format!("Onverwachte opmerking {}.", at(one, lang)),
                format!("Unexpected remark {}.", at(one, lang)),
            ),
            Self::NotMended(moment) => say(
                format!("Het bericht van moment {} is niet alsnog goed.", moment.saturating_add(1)),
                format!(
                    "The message of moment {} has not turned out to be right.",
                    moment.saturating_add(1)
                ),
            ),
            Self::Mended(number) => say(
                format!("Bericht {number} is onverwacht alsnog goed."),
                format!("Message {number} has unexpectedly turned out to be right."),
            ),
            Self::State { process, expected, found } => {
                let found = found.iter().map(|one| format!("{} {}", one.key, one.state));
                against(
                    lang,
                    &format!("{process} {expected}"),
                    &found.collect::<Vec<_>>().join(", "),
                )
            }
            Self::Term { rule, expected, found } => {
                let found: Vec<_> = found.iter().map(|one| term(one, lang)).collect();
                let expected = format!("{rule} {}", standing(*expected, lang));
                against(lang, &expected, &found.join(", "))
            }
        }
    }
}

/// `Verwacht: goedgekeurd; gevonden: afgekeurd op TR018.`
fn against(lang: Lang, expected: &str, found: &str) -> String {
    let found = if found.is_empty() { said(lang, "niets", "nothing") } else { found.to_owned() };
    said(
        lang,
        format!("Verwacht: {expected}; gevonden: {found}."),
        format!("Expected: {expected}; found: {found}."),
    )
}

/// `TR018 bij /Bericht/Client`
fn at(one: &Expected, lang: Lang) -> String {
    match &one.path {
        None => one.rule.clone(),
        Some(path) => format!("{} {} {path}", one.rule, said(lang, "bij", "at")),
    }
}

fn judged(by: &[String], lang: Lang) -> String {
    match by {
        [] => said(lang, "goedgekeurd", "accepted"),
        by => format!("{} {}", said(lang, "afgekeurd op", "rejected by"), by.join(", ")),
    }
}

fn standing(standing: Standing, lang: Lang) -> String {
    match standing {
        Standing::Due(day) => {
            format!("{} {}", said(lang, "uiterlijk", "until"), date(day).written())
        }
        Standing::Met => said(lang, "gehaald", "met"),
        Standing::Late => said(lang, "te laat", "late"),
        Standing::Open => said(lang, "loopt", "open"),
        Standing::Nowhere => said(lang, "geen termijn", "no term"),
    }
}

/// `gehaald (uiterlijk 09-04-2026)`
fn term(one: &Term, lang: Lang) -> String {
    let stands = match one.met {
        Some(true) => Standing::Met,
        Some(false) => Standing::Late,
        None => Standing::Open,
    };
    let due = one.due.map_or_else(|| said(lang, "nooit", "never"), Date::written);
    let until = said(lang, "uiterlijk", "until");
    format!("{} ({until} {due})", standing(stands, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_miss_says_what_was_expected_and_what_was_found() {
        let told = |kind: &MissKind| [Lang::Nl, Lang::En].map(|lang| kind.text(lang));
        let place = Expected { rule: "TR1".into(), path: Some("/Bericht/Kop".into()) };
        let verdict = MissKind::Verdict {
            expected: Vec::new(),
            found: vec![place.clone()],
            unreadable: None,
        };
        let expected = [
            "Verwacht: goedgekeurd; gevonden: afgekeurd op TR1 bij /Bericht/Kop.",
            "Expected: accepted; found: rejected by TR1 at /Bericht/Kop.",
        ];
        assert_eq!(told(&verdict), expected);
        let elsewhere = MissKind::Elsewhere { expected: place, found: vec!["/Bericht".into()] };
        assert_eq!(elsewhere.text(Lang::Nl), "Verwacht: TR1 bij /Bericht/Kop; gevonden: /Bericht.");
        let day = chrono::NaiveDate::from_ymd_opt(2026, 4, 9).unwrap();
        let (rule, expected) = ("OP9".to_owned(), Standing::Due(day));
        let term = MissKind::Term { rule, expected, found: Vec::new() };
        let expected = [
            "Verwacht: OP9 uiterlijk 09-04-2026; gevonden: niets.",
            "Expected: OP9 until 09-04-2026; found: nothing.",
        ];
        assert_eq!(told(&term), expected);
        assert_eq!(
            MissKind::NotMended(0).text(Lang::En),
            "The message of moment 1 has not turned out to be right."
        );
    }
}
