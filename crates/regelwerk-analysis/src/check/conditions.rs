//! Conditions that never hold, or always.

use regelwerk_diag::{Diagnostic, Span};

use super::ground::Branch;
use super::{Judged, Situation};
use crate::codes::{ALWAYS, NEVER};
use crate::page::{Home, Page};
use crate::sink::Sink;

/// Whether there is text that never applies, at any place.
pub(super) fn check(judged: &Judged<'_>, situations: &[Situation<'_>], sink: &mut Sink) -> bool {
    // A rule that departs from the standard asks for what the standard does not have.
    let Some((_, first)) = situations.first().filter(|_| judged.rule.deviations.is_empty()) else {
        return false;
    };
    let mut has_dead = false;
    for (at, branch) in first.branches.iter().enumerate() {
        // Under a condition that never holds nothing more is said.
        if everywhere(situations, at, |branch| branch.guard.clone()) {
            continue;
        }
        let is_dead = everywhere(situations, at, |one| one.guard.and(one.cond.clone()));
        let is_sure = everywhere(situations, at, |one| one.guard.and(one.cond.clone().not()));
        match (is_dead, is_sure) {
            (true, _) => sink.push(dead(branch.span)),
            (_, true) if branch.has_else => sink.push(dead_else(branch.span)),
            (_, true) => sink.push(always(branch.span)),
            _ => {}
        }
        has_dead |= is_dead || (is_sure && branch.has_else);
    }
    has_dead
}

/// Whether what is asked of the branch at this number is never so, at every place.
fn everywhere(
    situations: &[Situation<'_>],
    at: usize,
    ask: impl Fn(&Branch) -> super::formula::Formula,
) -> bool {
    situations
        .iter()
        .all(|(ground, body)| body.branches.get(at).is_some_and(|one| ground.never(&ask(one))))
}

fn dead(span: Span) -> Diagnostic {
    Diagnostic::error(NEVER, "deze voorwaarde kan nooit waar zijn", span)
        .help("wat eronder staat geldt nooit; verbeter de voorwaarde of haal haar weg")
}

fn dead_else(span: Span) -> Diagnostic {
    Diagnostic::error(NEVER, "deze voorwaarde is altijd waar: `anders` geldt nooit", span)
        .help("verbeter de voorwaarde, of haal `anders` weg")
}

pub(crate) const PAGE: Page = Page {
    code: ALWAYS,
    name: "altijd-waar",
    what: "Een voorwaarde die waar is in elk bericht dat aan het schema voldoet; of een `herkennen:` \
           waaraan elk bericht voldoet.",
    wrong: "\
regel X001 \"Wat eindigt heeft een bedrag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Begin gevuld of Eind gevuld dan:
    - Bedrag  verplicht vullen
  voorbeeld goed: Bedrag 10
  voorbeeld fout: Bedrag leeg",
    better: "\
regel X001 \"Wat eindigt heeft een bedrag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind gevuld dan:
    - Bedrag  verplicht vullen
  voorbeeld goed: Eind 01-02-2021, Bedrag 10
  voorbeeld fout: Eind 01-02-2021, Bedrag leeg",
    why: "Wie de voorwaarde leest, denkt dat de eis soms niet geldt. Zij geldt altijd: dan hoort de \
          voorwaarde weg, of er staat iets anders dan is bedoeld.",
    home: Home::Standard,
};

fn always(span: Span) -> Diagnostic {
    PAGE.warning("deze voorwaarde is altijd waar", span).help("laat haar weg, of verbeter haar")
}
