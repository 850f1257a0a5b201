//! Departures that do not say why.

use regelwerk_diag::Diagnostic;

use super::whole::Whole;
use crate::codes::BARE_DEVIATION;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: BARE_DEVIATION,
    name: "afwijking-zonder-reden",
    what: "Een `wijkt af van:` waarin alleen staat waarvan, en niet waarom.",
    wrong: "\
regel P001 \"Wat kort duurt heeft een laatste dag\"
  bron:          verzonnen protocol, artikel 2
  wijkt af van:  proef, regel S001
  voor:          PR01 / Product
  als Soort = 01 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 01, Eind 01-02-2021
  voorbeeld fout: Soort 01, Eind leeg",
    better: "\
regel P001 \"Wat kort duurt heeft een laatste dag\"
  bron:          verzonnen protocol, artikel 2
  wijkt af van:  proef, regel S001, die een laatste dag vrij laat: korte zorg is hier altijd begrensd
  voor:          PR01 / Product
  als Soort = 01 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 01, Eind 01-02-2021
  voorbeeld fout: Soort 01, Eind leeg",
    why: "Wie de afwijking leest in wat `regelwerk readings` verzamelt, of in de melding bij een \
          afgekeurd bericht, moet kunnen nagaan of ze nog nodig is.",
    home: Home::Protocol,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    for rule in whole.rules() {
        let mut bare = rule.deviations.iter().filter(|text| words(text) < FEWEST);
        if let Some(text) = bare.next() {
            let title = format!("`{}` zegt niet waarom het afwijkt van {text}", rule.code);
            told.push(
                PAGE.warning(title, rule.span)
                    .help("zet er achter wat daar staat, en waarom het hier anders is"),
            );
        }
    }
}

/// A reason has at least so many words.
const FEWEST: usize = 4;

/// How many words a text has: what is in small letters. Names and numbers of documents, rules and
/// messages are not.
fn words(text: &str) -> usize {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && word.chars().all(char::is_lowercase)).count()
}
