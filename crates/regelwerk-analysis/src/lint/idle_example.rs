//! Examples that say nothing that the rule looks at.

use regelwerk_diag::Diagnostic;
use regelwerk_model::Example;

use super::looks::Looks;
use super::whole::Whole;
use crate::codes::IDLE_EXAMPLE;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: IDLE_EXAMPLE,
    name: "voorbeeld-toont-niets",
    what: "Een voorbeeld waarin alleen elementen staan waar de regel niet naar kijkt. Wat eruit \
           komt, komt van het basisbericht, en niet van het voorbeeld.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld goed: Bedrag 10
  voorbeeld fout: Soort 02, Eind leeg",
    better: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld goed: Soort 01, Eind leeg
  voorbeeld fout: Soort 02, Eind leeg",
    why: "Het voorbeeld lijkt een geval te dekken en dekt er geen: verandert het basisbericht, dan \
          verandert ook wat het laat zien.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    for judged in whole.wordings() {
        let looks = Looks::of(&judged);
        let is_idle = |one: &&Example| match one.elements.as_slice() {
            [fields] => !fields.iter().any(|field| looks.at(field)),
            _ => false,
        };
        for one in judged.wording.examples.iter().filter(is_idle) {
            let title = "de regel kijkt naar niets van wat dit voorbeeld noemt";
            told.push(
                PAGE.warning(title, one.span)
                    .help("noem een element waar de regel naar kijkt, of haal het voorbeeld weg"),
            );
        }
    }
}
