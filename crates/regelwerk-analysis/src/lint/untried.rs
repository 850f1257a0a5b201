//! Rules that ask nothing in any of their good examples.

use regelwerk_diag::Diagnostic;

use super::whole::Whole;
use crate::check::tried::is_untried;
use crate::codes::UNTRIED;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: UNTRIED,
    name: "voorbeeld-vraagt-niets",
    what: "Een regel met een voorwaarde die in geen van zijn goede voorbeelden waar is, terwijl er \
           een goed voorbeeld kan zijn waarin ze dat wel is.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 01, Eind leeg
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
    why: "Zo laat niets zien dat er aan de eis te voldoen is. Een regel die alles afkeurt waar hij \
          over gaat, zou dezelfde voorbeelden doorstaan.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let facts = whole.facts();
    for judged in whole.wordings() {
        // A rule that departs from the standard may have examples that the schema refuses.
        let is_known = judged.rule.deviations.is_empty();
        let Some(first) = judged.wording.examples.iter().find(|one| one.is_good) else { continue };
        if is_known && is_untried(judged.wording, &judged.placed(), &facts) {
            let title = format!(
                "in geen `voorbeeld goed:` van `{}` vraagt de regel iets",
                judged.rule.code
            );
            told.push(
                PAGE.warning(title, first.span)
                    .label("hier is de voorwaarde niet waar")
                    .help("geef er een waarin ze waar is, en aan de eis is voldaan"),
            );
        }
    }
}
