//! Scenarios about a rule that looks at nothing of what they send.

use std::collections::BTreeSet;

use regelwerk_diag::Diagnostic;
use regelwerk_model::scenario::Told;
use regelwerk_model::{Rule, RuleKind, Scenario};

use super::whole::{Judged, Whole};
use crate::codes::STRAY_SCENARIO;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: STRAY_SCENARIO,
    name: "scenario-buiten-regel",
    what: "Een scenario dat met `over:` een regel of termijn noemt, en geen enkel bericht stuurt \
           waar die bij hoort, in welke release ook.",
    wrong: "\
regel X001 \"Een recht met een laatste dag is van een andere soort\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind gevuld dan:
    - Soort  niet vullen met 02
  voorbeeld goed: Eind 01-02-2021, Soort 01
  voorbeeld fout: Eind 01-02-2021, Soort 02

scenario recht-goed \"Een recht dat klopt\"
  bron:      verzonnen
  over:      X001
  bericht:   PC01 met Recht.Soort 01
  verwacht:  goedgekeurd",
    better: "\
regel X001 \"Een recht met een laatste dag is van een andere soort\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind gevuld dan:
    - Soort  niet vullen met 02
  voorbeeld goed: Eind 01-02-2021, Soort 01
  voorbeeld fout: Eind 01-02-2021, Soort 02

scenario recht-goed \"Een recht dat klopt\"
  bron:      verzonnen
  over:      X001
  bericht:   PR01 met Product.Soort 01
  verwacht:  goedgekeurd",
    why: "Het scenario telt mee als voorbeeld van de regel, en zou net zo aflopen als de regel er \
          niet was.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let judged = whole.wordings();
    for scenario in &whole.standard.scenarios {
        let sent = sent(scenario, whole);
        for code in &scenario.about {
            let of: Vec<_> = whole.rules().filter(|rule| rule.code == *code).collect();
            let all: Option<Vec<_>> =
                of.iter().map(|rule| messages(rule, &judged, whole)).collect();
            // Rules that say in another way what they are about are left alone.
            let Some(known) = all.filter(|all| !all.is_empty()) else { continue };
            let known: BTreeSet<&str> = known.into_iter().flatten().collect();
            if known.is_disjoint(&sent) {
                told.push(diagnostic(scenario, code, &known));
            }
        }
    }
}

fn diagnostic(scenario: &Scenario, code: &str, known: &BTreeSet<&str>) -> Diagnostic {
    let known: Vec<_> = known.iter().copied().collect();
    let title = format!("`{}` gaat over {code}, en stuurt niets waar die bij hoort", scenario.name);
    PAGE.warning(title, scenario.span)
        .help(format!("stuur {}, of haal {code} weg uit `over:`", known.join(" of ")))
}

/// The names of the messages that a scenario sends.
fn sent<'a>(scenario: &Scenario, whole: &Whole<'a>) -> BTreeSet<&'a str> {
    let all: Vec<_> = match &scenario.told {
        Told::Single(one, _) => vec![one],
        Told::Dated(dated) => {
            let sent = dated.moments.iter().filter_map(|one| one.sending.as_ref());
            sent.map(|one| &one.message).collect()
        }
    };
    let name = |release: usize, message: usize| {
        let release = whole.standard.releases.get(release)?;
        Some(release.messages.get(message)?.name.as_str())
    };
    all.iter().filter_map(|one| name(one.release, one.message)).collect()
}

/// The names of the messages that a rule is judged in, or that open a term; none when the rule says
/// that in another way.
fn messages<'a>(
    rule: &Rule,
    judged: &[Judged<'a>],
    whole: &Whole<'a>,
) -> Option<BTreeSet<&'a str>> {
    match &rule.kind {
        RuleKind::Judged(_) => {
            let own = judged.iter().filter(|one| one.rule.span == rule.span);
            let spots = own.flat_map(|one| &one.spots);
            Some(spots.map(|spot| spot.message.name.as_str()).collect())
        }
        RuleKind::Term(parts) => {
            let sources = &whole.standard.dossier.sources;
            let courses = parts.iter().flat_map(|part| &part.courses);
            let names = courses.filter_map(|one| sources.get(one.source));
            Some(names.map(|source| source.message.as_str()).collect())
        }
        _ => None,
    }
}
