//! Two wordings that say the same.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_diag::Diagnostic;
use regelwerk_model::NodeId;

use super::facts::Facts;
use super::formula::Formula;
use super::ground::{Body, Ground};
use super::space::Space;
use super::{Judged, pairs};
use crate::codes::SAME;
use crate::page::{Home, Page};
use crate::sink::Sink;

/// A note where two wordings find fault with exactly the same messages. Authors who refer from one
/// to the other know.
pub(super) fn check(judged: &[Judged<'_>], facts: &Facts<'_>, sink: &mut Sink) {
    let mut alike: BTreeMap<Vec<(usize, usize, NodeId)>, Vec<&Judged<'_>>> = BTreeMap::new();
    for one in judged {
        alike.entry(places(one)).or_default().push(one);
    }
    for (one, other) in pairs(alike.values(), judged, sink) {
        if !know_each_other(one, other) && say_the_same(one, other, facts) {
            sink.push(diagnostic(one, other));
        }
    }
}

fn places(judged: &Judged<'_>) -> Vec<(usize, usize, NodeId)> {
    judged.places.iter().map(|place| (place.release, place.message, place.node)).collect()
}

fn know_each_other(one: &Judged<'_>, other: &Judged<'_>) -> bool {
    one.rule.code == other.rule.code
        || one.rule.see.contains(&other.rule.code)
        || other.rule.see.contains(&one.rule.code)
}

/// Whether both break in the same states at every place, and can break at one.
fn say_the_same(one: &Judged<'_>, other: &Judged<'_>, facts: &Facts<'_>) -> bool {
    let mut can_break = false;
    let mut seen: Vec<(Body, Body, Space)> = Vec::new();
    for (ours, theirs) in one.places.iter().zip(&other.places) {
        let Some(mut ground) = Ground::new(ours, facts) else { return false };
        let a = ground.body(&ours.used.params, &one.wording.body);
        let b = ground.body(&theirs.used.params, &other.wording.body);
        let (fails, breaks) = (a.fails(), b.fails());
        if a.has_gap || b.has_gap || asks(&fails) != asks(&breaks) {
            return false;
        }
        let space = ground.space(&[&fails, &breaks]);
        if seen.iter().any(|(x, y, known)| (x, y, known) == (&a, &b, &space)) {
            continue;
        }
        let differ = [fails.and(breaks.clone().not()), breaks.and(fails.clone().not())];
        if !differ.iter().all(|differ| ground.never(differ)) {
            return false;
        }
        can_break |= ground.can(&fails);
        seen.push((a, b, space));
    }
    can_break
}

/// The elements and the questions that a formula is about.
fn asks(formula: &Formula) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let mut leaves = Vec::new();
    formula.leaves(&mut leaves);
    let elements = leaves.iter().flat_map(|leaf| leaf.elements()).collect();
    let questions = leaves.iter().filter_map(|leaf| match leaf {
        Formula::Opaque(question) => Some(*question),
        _ => None,
    });
    (elements, questions.collect())
}

pub(crate) const PAGE: Page = Page {
    code: SAME,
    name: "zelfde-regel",
    what: "Twee regels die precies dezelfde berichten afkeuren, en niet met `zie:` naar elkaar \
           verwijzen.",
    wrong: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld fout: Soort 02, Eind leeg

regel X002 \"Zonder laatste dag duurt zorg niet lang\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind leeg dan:
    - Soort  niet vullen met 02
  voorbeeld goed: Eind leeg, Soort 01
  voorbeeld fout: Eind leeg, Soort 02",
    better: "\
regel X001 \"Wat lang duurt heeft een laatste dag\"
  bron:     verzonnen
  zie:      X002
  niveau:   2
  voor:     PR01 / Product
  als Soort = 02 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021
  voorbeeld fout: Soort 02, Eind leeg

regel X002 \"Zonder laatste dag duurt zorg niet lang\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Eind leeg dan:
    - Soort  niet vullen met 02
  voorbeeld goed: Eind leeg, Soort 01
  voorbeeld fout: Eind leeg, Soort 02",
    why: "Wie het ene bericht herstelt, krijgt twee meldingen over hetzelfde. Heeft de bron ze \
          allebei, dan laat `zie:` zien dat dat bekend is; anders is er een te veel, of een ervan \
          zegt iets anders dan is bedoeld.",
    home: Home::Standard,
};

fn diagnostic(one: &Judged<'_>, other: &Judged<'_>) -> Diagnostic {
    let title = format!("`{}` zegt hetzelfde als `{}`", other.rule.code, one.rule.code);
    Diagnostic::note(SAME, title, other.rule.span)
        .related(one.rule.span, "dit zegt hetzelfde")
        .help(format!("laat er een weg, of verwijs met `zie: {}`", one.rule.code))
}
