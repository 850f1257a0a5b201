//! Why there is no reply.

use std::fmt;

use crate::finding::{Finding, MAX_FINDINGS};
use crate::lang::Lang;
use crate::report::NotAssessed;
use crate::standard::Given;
use crate::unreadable::Unreadable;
use crate::write::Unwritable;

/// Why no reply is given to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoReply {
    /// The message is rejected at a level at which the sender gets an error instead.
    Level(u8),
    /// The report is not on this message.
    OtherReport,
    /// The standard has no reply to this message.
    NotAnswered {
        /// Name of the message: `JW302`.
        message: &'static str,
        /// Name of its release.
        release: &'static str,
    },
    /// The reply would approve of what was not assessed. Whoever assessed that says so with
    /// [`ReplyOptions::accept_unassessed`](super::ReplyOptions::accept_unassessed).
    Unassessed(Vec<NotAssessed>),
    /// The message breaks a rule that a reply has no retourcode for.
    NoCode {
        /// Code of the rule.
        rule: &'static str,
    },
    /// Not every fault is known, so that the reply would leave some out.
    TooMany {
        /// Codes of the rules that are broken too often.
        rules: Vec<&'static str>,
    },
    /// What whoever makes the reply gave cannot stand in it.
    BadOption {
        /// Which value.
        given: Given,
        /// What is wrong with it.
        finding: Box<Finding>,
    },
    /// What was given, or the message, holds what cannot be written.
    Unwritable(Unwritable),
    /// The reply that was composed cannot be read back.
    Unreadable(Unreadable),
    /// The reply that was composed breaks a rule itself.
    Unsound(Box<Finding>),
    /// Of the reply that was composed not everything at levels 1 and 2 could be assessed.
    Unchecked(Vec<NotAssessed>),
}

impl NoReply {
    /// Why, and what to do; without values from the message if `redact` is set.
    #[must_use]
    pub fn text(&self, lang: Lang, redact: bool) -> String {
        match self {
            Self::Level(level) => lang.pick(
                format!(
                    "Het bericht is afgekeurd op niveau {level}. Daarop volgt geen antwoord: \
                     meld de afzender wat er mis is."
                ),
                format!(
                    "The message is rejected at level {level}. No reply follows: tell the sender \
                     what is wrong."
                ),
            ),
            Self::OtherReport => lang.pick(
                "Het rapport gaat over een ander bericht. Beoordeel dit bericht en gebruik het \
                 rapport dat daaruit komt."
                    .to_owned(),
                "The report is on another message. Judge this message and use the report on it."
                    .to_owned(),
            ),
            Self::NotAnswered { message, release } => lang.pick(
                format!(
                    "Op {message} van release {release} volgt geen antwoord: daarvoor is er geen \
                     vastgelegd."
                ),
                format!(
                    "No reply follows {message} of release {release}: none is laid down for it."
                ),
            ),
            Self::Unassessed(gaps) => unassessed(gaps, lang),
            Self::NoCode { rule } => lang.pick(
                format!("Regel {rule} heeft geen retourcode; een antwoord kan haar niet noemen."),
                format!("Rule {rule} has no retourcode; a reply cannot name it."),
            ),
            Self::TooMany { rules } => too_many(rules, lang),
            Self::BadOption { given, finding } => {
                let (name, why) = (name(*given, lang), finding.sentence(lang, redact));
                lang.pick(
                    format!("{name} kan zo niet in het antwoord. {why} Geef een andere op."),
                    format!("{name} cannot stand in the reply. {why} Give another."),
                )
            }
            Self::Unwritable(fault) => fault.text(lang, redact),
            Self::Unreadable(fault) if redact => {
                unsound(&fault.clone().redacted().text(lang), lang)
            }
            Self::Unreadable(fault) => unsound(&fault.text(lang), lang),
            Self::Unsound(finding) => {
                let why = finding.sentence(lang, redact);
                unsound(&format!("{} ({})", why, finding.rule), lang)
            }
            Self::Unchecked(gaps) => unchecked(gaps, lang),
        }
    }
}

/// That something was not assessed; it is not listed here, for callers have it.
fn unassessed(gaps: &[NotAssessed], lang: Lang) -> String {
    let number: usize = gaps.iter().map(|gap| gap.rules.len()).sum();
    let what = match number {
        0 => lang.pick(
            "een deel van het bericht is niet beoordeeld".to_owned(),
            "part of the message was not assessed".to_owned(),
        ),
        1 => lang.pick(
            "1 regel die voor dit bericht geldt, is niet beoordeeld".to_owned(),
            "1 rule for this message was not assessed".to_owned(),
        ),
        _ => lang.pick(
            format!("{number} regels die voor dit bericht gelden, zijn niet beoordeeld"),
            format!("{number} rules for this message were not assessed"),
        ),
    };
    lang.pick(
        format!(
            "Het antwoord zou het bericht of een deel ervan goedkeuren, maar {what}. Beoordeel \
             dat zelf; klopt het, vraag dan om een antwoord dat dat aanneemt."
        ),
        format!(
            "The reply would approve the message or part of it, but {what}. Assess that yourself; \
             if it holds, ask for a reply that takes it to hold."
        ),
    )
}

fn too_many(rules: &[&str], lang: Lang) -> String {
    let rules = rules.join(", ");
    lang.pick(
        format!(
            "Meer dan {MAX_FINDINGS} fouten van {rules}: niet elke fout is bekend, en een antwoord \
             mag er geen weglaten. Stel het antwoord zelf op, of vraag om kleinere berichten."
        ),
        format!(
            "More than {MAX_FINDINGS} errors of {rules}: not every error is known, and a reply \
             may leave none out. Compose the reply yourself, or ask for smaller messages."
        ),
    )
}

fn unchecked(gaps: &[NotAssessed], lang: Lang) -> String {
    let told = |gap: &NotAssessed| match gap.rules.is_empty() {
        true => gap.reason.text(lang).into_owned(),
        false => format!("{}: {}", gap.rules.join(", "), gap.reason.text(lang)),
    };
    let why: Vec<_> = gaps.iter().map(told).collect();
    let why = why.join("; ");
    lang.pick(
        format!(
            "Het antwoord is zelf niet helemaal te toetsen en is niet gegeven ({why}). Stel het \
             zelf op, of vraag om kleinere berichten."
        ),
        format!(
            "The reply itself cannot be judged completely and is not given ({why}). Compose it \
             yourself, or ask for smaller messages."
        ),
    )
}

fn name(given: Given, lang: Lang) -> &'static str {
    match given {
        Given::Identification => lang.pick("De identificatie", "The identification"),
        Given::Date => lang.pick("De dagtekening", "The date"),
        Given::XsltVersion => lang.pick("De XSLT-versie", "The XSLT version"),
    }
}

fn unsound(why: &str, lang: Lang) -> String {
    lang.pick(
        format!(
            "Het antwoord zou zelf niet aan de standaard voldoen en is niet gemaakt: {why} Dit is \
             een fout in Regelwerk of zijn regels; meld hem."
        ),
        format!(
            "The reply would not hold to the standard itself and was not made: {why} This is a \
             mistake in Regelwerk or its rules; please report it."
        ),
    )
}

impl fmt::Display for NoReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::default(), false))
    }
}

impl std::error::Error for NoReply {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Reason;
    use crate::unreadable::{Fault, UnreadableKind};

    fn unassessed(rules: &[&'static str]) -> NoReply {
        NoReply::Unassessed(vec![NotAssessed { reason: Reason::NotYet, rules: rules.to_vec() }])
    }

    #[test]
    fn what_was_not_assessed_is_counted() {
        let what = [(&[][..], "een deel"), (&["A"], "1 regel die"), (&["A", "B"], "2 regels die")];
        for (rules, told) in what {
            let text = unassessed(rules).text(Lang::Nl, false);
            assert!(text.contains(&format!("goedkeuren, maar {told} ")), "{text}");
        }
        let text = unassessed(&["A", "B"]).text(Lang::En, false);
        assert!(text.contains("but 2 rules for this message were not assessed. "), "{text}");
    }

    #[test]
    fn redacting_hides_what_cannot_be_read() {
        let kind = UnreadableKind::NotXml(Fault::BadName("geheim".to_owned()));
        let reason = NoReply::Unreadable(kind.nowhere());
        assert!(reason.text(Lang::Nl, false).contains("geheim"));
        assert!(!reason.text(Lang::Nl, true).contains("geheim"));
    }

    /// What, and what to do about it; in each language its own words.
    #[test]
    fn every_reason_is_told_in_both_languages() {
        let reasons = [
            NoReply::Level(1),
            NoReply::OtherReport,
            NoReply::NotAnswered { message: "PR1", release: "1.0" },
            unassessed(&["A"]),
            NoReply::NoCode { rule: "A" },
            NoReply::TooMany { rules: vec!["A", "B"] },
            NoReply::Unchecked(vec![NotAssessed { reason: Reason::TooLarge, rules: vec!["A"] }]),
        ];
        for reason in reasons {
            let [nl, en] = [Lang::Nl, Lang::En].map(|lang| reason.text(lang, true));
            assert_ne!(nl, en);
            assert!(nl.ends_with('.') && en.ends_with('.'), "{nl} {en}");
            assert_eq!(reason.to_string(), nl);
        }
    }
}
