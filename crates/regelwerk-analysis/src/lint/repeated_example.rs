//! Examples and scenarios that show what another shows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::scenario::{FactTold, Outcome, Sending, Supplied, Told};
use regelwerk_model::{Example, Field, Scenario};

use super::looks::Looks;
use super::whole::Whole;
use crate::codes::REPEATED_EXAMPLE;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: REPEATED_EXAMPLE,
    name: "voorbeeld-herhaalt",
    what: "Twee goede of twee foute voorbeelden van één regel die alleen verschillen in elementen \
           waar de regel niet naar kijkt; of twee scenario's over dezelfde regels die hetzelfde \
           sturen en hetzelfde verwachten.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld fout: Soort 02, Eind leeg
  voorbeeld fout: Soort 02, Eind leeg, Bedrag 10",
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
    why: "Een voorbeeld dat niets nieuws laat zien, doet denken dat er meer is geprobeerd dan er \
          is. Het geval dat nog ontbreekt, zoals de andere kant van een grens, blijft zo onopgemerkt.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    for judged in whole.wordings() {
        let looks = Looks::of(&judged);
        let mut seen: BTreeMap<_, &Example> = BTreeMap::new();
        for one in &judged.wording.examples {
            let shown: Vec<_> = one.elements.iter().map(|fields| shown(fields, &looks)).collect();
            match seen.entry((one.is_good, shown)) {
                Entry::Vacant(free) => {
                    free.insert(one);
                }
                Entry::Occupied(first) => told.push(diagnostic(
                    "dit voorbeeld laat niets anders zien dan een ander",
                    one.span,
                    first.get().span,
                    "laat er een weg; de regel kijkt niet naar wat er verschilt",
                )),
            }
        }
    }
    let mut known: BTreeMap<_, Vec<(&Scenario, Says<'_>)>> = BTreeMap::new();
    for one in &whole.standard.scenarios {
        let (about, says) = (known.entry(&one.about).or_default(), says(one));
        if let Some((first, _)) = about.iter().find(|(_, other)| *other == says) {
            let title = format!("scenario `{}` is hetzelfde als `{}`", one.name, first.name);
            told.push(diagnostic(&title, one.span, first.span, "laat er een weg"));
        }
        about.push((one, says));
    }
}

fn diagnostic(title: &str, span: Span, first: Span, help: &str) -> Diagnostic {
    PAGE.warning(title, span).related(first, "dit is het andere").help(help)
}

/// A field of an example: its path and its value.
type Shown<'f> = (&'f [(String, usize)], Option<&'f str>);

/// What of the fields of an example the rule looks at, in order of path.
fn shown<'f>(fields: &'f [Field], looks: &Looks<'_, '_>) -> Vec<Shown<'f>> {
    let of = fields.iter().filter(|field| looks.at(field));
    let mut of: Vec<_> = of.map(|field| (field.path.as_slice(), field.value.as_deref())).collect();
    of.sort_unstable();
    of
}

/// What a scenario says, but for its name, its place and what it is about.
#[derive(PartialEq)]
struct Says<'s> {
    protocol: Option<&'s str>,
    is_recognised: bool,
    single: Option<&'s Told>,
    supplied: &'s [Supplied],
    facts: &'s [FactTold],
    moments: Vec<(chrono::NaiveDate, chrono::NaiveDate, Option<&'s Sending>, &'s [Outcome])>,
}

fn says(scenario: &Scenario) -> Says<'_> {
    let mut says = Says {
        protocol: scenario.protocol.as_deref(),
        is_recognised: scenario.is_recognised,
        single: None,
        supplied: &[],
        facts: &[],
        moments: Vec::new(),
    };
    match &scenario.told {
        Told::Single(..) => says.single = Some(&scenario.told),
        Told::Dated(dated) => {
            (says.supplied, says.facts) = (&dated.tables, &dated.facts);
            let moments = dated.moments.iter();
            says.moments = moments
                .map(|one| (one.on, one.received, one.sending.as_ref(), one.outcomes.as_slice()))
                .collect();
        }
    }
    says
}
