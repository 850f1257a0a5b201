//! The two languages a report is written in.

use crate::standard::Text;

/// A language for people; keys and codes stay the same in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Dutch, the language of the standards.
    #[default]
    Nl,
    /// English.
    En,
}

impl Lang {
    /// The one of two that is in this language.
    pub(crate) fn pick<T>(self, nl: T, en: T) -> T {
        match self {
            Self::Nl => nl,
            Self::En => en,
        }
    }
}

impl Text {
    /// The text in a language.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nl => self.nl,
            Lang::En => self.en,
        }
    }
}
