//! How people are spoken to: in which language, with or without colour.

use anstyle::{AnsiColor, Style as Paint};
use regelwerk::Lang;
use regelwerk::standard::Text;

use crate::Style;

/// The languages as an argument.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Language {
    #[default]
    #[value(help = "Nederlands")]
    Nl,
    #[value(help = "Engels")]
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Nl => Self::Nl,
            Language::En => Self::En,
        }
    }
}

/// What is good.
pub(crate) const GOOD: Paint = AnsiColor::Green.on_default().bold();
/// What is wrong.
pub(crate) const BAD: Paint = AnsiColor::Red.on_default().bold();
/// What is only there to find one's way.
pub(crate) const FAINT: Paint = Paint::new().dimmed();
/// What heads something.
pub(crate) const HEAD: Paint = Paint::new().bold();

/// A language and a style.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tone {
    pub(crate) lang: Lang,
    pub(crate) style: Style,
}

impl Tone {
    /// The one of two texts that is in the language.
    pub(crate) fn say(self, nl: &'static str, en: &'static str) -> &'static str {
        Text { nl, en }.get(self.lang)
    }

    /// A text in a colour, where there is colour.
    pub(crate) fn paint(self, paint: Paint, text: &str) -> String {
        match self.style {
            Style::Plain => text.to_owned(),
            Style::Colour => format!("{paint}{text}{paint:#}"),
        }
    }

    /// A number with its noun: `1 fout`, `2 fouten`.
    pub(crate) fn count(self, number: usize, one: Text, many: Text) -> String {
        let noun = if number == 1 { one } else { many };
        format!("{number} {}", noun.get(self.lang))
    }
}
