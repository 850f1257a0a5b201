//! Why what a scenario sends cannot be made.

use regelwerk_kernel::{Lang, NoReply, Unreadable, Unwritable};

use crate::told::said;

/// Why what a scenario sends cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unmade {
    /// The standard has no message, or no reply, for what the scenario says.
    Unsayable,
    /// There is nothing that the reply could answer: it was not made either.
    NothingToAnswer,
    /// A message has no such element, or a reply is changed at another element than the first of
    /// its name; its path from below the root.
    NoElement(String),
    /// No reply follows.
    NoReply(NoReply),
    /// What is answered or changed cannot be read.
    Unreadable(Unreadable),
    /// What is changed cannot be written.
    Unwritable(Unwritable),
}

impl Unmade {
    /// Why, as a sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Unsayable => said(
                lang,
                "De standaard heeft geen bericht of antwoord voor wat het scenario zegt.",
                "The standard has no message or reply for what the scenario says.",
            ),
            Self::NothingToAnswer => said(
                lang,
                "Wat wordt beantwoord, kon zelf niet worden gemaakt.",
                "What is answered could not be made itself.",
            ),
            Self::NoElement(path) => said(
                lang,
                format!("Het bericht heeft geen element {path} dat een antwoord kan noemen."),
                format!("The message has no element {path} that a reply can name."),
            ),
            Self::NoReply(why) => why.text(lang, false),
            Self::Unreadable(why) => why.text(lang),
            Self::Unwritable(why) => why.text(lang, false),
        }
    }
}
