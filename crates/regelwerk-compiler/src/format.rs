//! A rule file as it ought to be laid out.

use std::fmt;

use regelwerk_diag::{Source, SourceId, Sources, Style, render};

use crate::load::plain;

/// Why a rule file was not laid out.
#[derive(Debug)]
pub enum Unformatted {
    /// It cannot be read: what is wrong with it, to be shown to people.
    Unreadable(String),
    /// What came of it does not say the same: a mistake of the formatter.
    Unsure,
}

impl fmt::Display for Unformatted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unreadable(_) => {
                "niet opgemaakt, want niet te lezen; herstel eerst wat er hierboven over staat"
            }
            Self::Unsure => {
                "niet opgemaakt: wat eruit kwam, zegt niet precies hetzelfde. Dat is een fout van dit programma; meld hem, met dit bestand erbij"
            }
        })
    }
}

impl std::error::Error for Unformatted {}

/// The text of a rule file as it ought to be: white space and the order of clauses are set right, and
/// nothing else. Lines end in bare LF, and there is no byte-order mark, whatever it had.
///
/// # Errors
///
/// When it cannot be read, told in `style` with `path` as its name, or would say something else.
pub fn format(path: &str, text: &str, style: Style) -> Result<String, Unformatted> {
    use regelwerk_syntax::Unformatted as Why;
    let text = plain(text);
    regelwerk_syntax::format(SourceId(0), &text).map_err(|why| match why {
        Why::Unreadable(diagnostics) => {
            let sources = Sources::new("", vec![Source { path: path.to_owned(), text }]);
            Unformatted::Unreadable(render(&sources, &diagnostics, style))
        }
        Why::Unsure => Unformatted::Unsure,
    })
}
