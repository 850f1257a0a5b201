//! Why a rule was not judged, or a reply not taken in, that has to do with a dossier.

use std::borrow::Cow;

use crate::lang::Lang;

/// What lacks of earlier messages or data from outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DossierReason {
    /// Earlier messages are not given, and the rule looks at them.
    NoDossier,
    /// A table is not supplied, and the rule looks into it.
    NotSupplied {
        /// Name of the table.
        table: &'static str,
        /// The file by which it may be supplied.
        file: Option<&'static str>,
    },
    /// A question is not answered, and the rule depends on it.
    NotAnswered {
        /// Name of the question.
        question: &'static str,
    },
    /// The day on which the message was received is not given, and the rule depends on it.
    NoReceipt,
    /// It is the reply to a message that is not in the dossier.
    AnswersNothing {
        /// Name of the message: `JW301`.
        message: &'static str,
    },
    /// It is a second reply to a message; it changes nothing.
    AnsweredBefore {
        /// Name of the message: `JW301`.
        message: &'static str,
    },
}

impl DossierReason {
    /// The reason in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> Cow<'static, str> {
        let composed = match self {
            Self::NoDossier => {
                let nl = "eerdere berichten zijn niet gegeven";
                return lang.pick(nl, "earlier messages are not given").into();
            }
            Self::NoReceipt => {
                let nl = "de dag van ontvangst is niet gegeven";
                return lang.pick(nl, "the day of receipt is not given").into();
            }
            Self::NotSupplied { table, file } => {
                let file = file.map_or_else(String::new, |file| format!(" ({file})"));
                lang.pick(
                    format!("tabel {table} is niet aangeleverd{file}"),
                    format!("table {table} is not supplied{file}"),
                )
            }
            Self::NotAnswered { question } => lang.pick(
                format!("vraag {question} is niet beantwoord"),
                format!("question {question} is not answered"),
            ),
            Self::AnswersNothing { message } => lang.pick(
                format!("de {message} waarop dit antwoordt, is niet in het dossier"),
                format!("the {message} that this answers is not in the dossier"),
            ),
            Self::AnsweredBefore { message } => lang.pick(
                format!("op deze {message} is al geantwoord; dit antwoord verandert niets"),
                format!("this {message} was answered before; this reply changes nothing"),
            ),
        };
        composed.into()
    }
}
