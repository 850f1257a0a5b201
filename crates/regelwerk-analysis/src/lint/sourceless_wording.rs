//! Wordings of releases that no source of their rule names.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Interval, Rule, RuleKind};

use super::whole::Whole;
use crate::codes::NO_SOURCE;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: NO_SOURCE,
    name: "tekst-zonder-bron",
    what: "Een regel die in de ene release iets anders zegt dan in de andere, terwijl `bron:` maar \
           van een van die teksten een release noemt, en er geen `lezing:` bij staat.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag of een bedrag\"
  bron:    proef 2.0, regel X001
  niveau:  2
  geldig: t/m release 1.0
    voor:  PR01 / Product
    als Soort = 02 dan:
      - Eind  verplicht vullen
    voorbeeld goed: Soort 02, Eind 01-02-2021
    voorbeeld fout: Soort 02, Eind leeg
  geldig: vanaf release 2.0
    voor:  PR01 / Product
    als Soort = 02 dan:
      - Bedrag  verplicht vullen
    voorbeeld goed: Soort 02, Bedrag 10
    voorbeeld fout: Soort 02, Bedrag leeg",
    better: "\
regel X001 \"Wat lang duurt heeft een laatste dag of een bedrag\"
  bron:    proef 1.0, regel X001
  bron:    proef 2.0, regel X001
  niveau:  2
  geldig: t/m release 1.0
    voor:  PR01 / Product
    als Soort = 02 dan:
      - Eind  verplicht vullen
    voorbeeld goed: Soort 02, Eind 01-02-2021
    voorbeeld fout: Soort 02, Eind leeg
  geldig: vanaf release 2.0
    voor:  PR01 / Product
    als Soort = 02 dan:
      - Bedrag  verplicht vullen
    voorbeeld goed: Soort 02, Bedrag 10
    voorbeeld fout: Soort 02, Bedrag leeg",
    why: "Dat een regel vroeger anders was, moet ergens staan. Staat het nergens, en volgt het uit \
          iets anders, zeg dan met `lezing:` waaruit.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    for rule in whole.rules().filter(|rule| rule.readings.is_empty()) {
        let RuleKind::Judged(wordings) = &rule.kind else { continue };
        let cited = cited(rule, whole);
        let is_cited = |interval: Interval| cited.iter().any(|at| interval.has(*at));
        let (with, without): (Vec<_>, Vec<_>) =
            wordings.iter().map(|one| one.interval).partition(|one| is_cited(*one));
        if let Some(lacking) = without.first().filter(|_| !with.is_empty()) {
            told.push(diagnostic(rule, *lacking, &cited, whole));
        }
    }
}

fn diagnostic(rule: &Rule, lacking: Interval, cited: &[usize], whole: &Whole<'_>) -> Diagnostic {
    let releases = &whole.standard.releases;
    let names = |wanted: &dyn Fn(usize) -> bool| {
        let named = releases.iter().enumerate().filter(|(at, _)| wanted(*at));
        named.map(|(_, release)| release.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (own, sources) = (names(&|at| lacking.has(at)), names(&|at| cited.contains(&at)));
    let title = format!("van `{}` heeft de tekst voor release {own} geen bron", rule.code);
    PAGE.warning(title, rule.span).help(format!(
        "`bron:` noemt alleen release {sources}: noem ook de andere bron, of zeg met `lezing:` hoe \
         die tekst volgt"
    ))
}

/// The releases that the sources of a rule name, as indexes.
fn cited(rule: &Rule, whole: &Whole<'_>) -> Vec<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '.';
    let words = rule.sources.iter().flat_map(|text| text.split(|c: char| !is_part(c)));
    let words: Vec<_> = words.map(|word| word.trim_matches('.')).collect();
    let releases = whole.standard.releases.iter().enumerate();
    let named = releases.filter(|(_, release)| words.contains(&release.name.as_str()));
    named.map(|(at, _)| at).collect()
}
