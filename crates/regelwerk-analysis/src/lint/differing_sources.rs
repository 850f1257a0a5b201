//! A protocol that asks otherwise than the standard, and does not say how that is to be read.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::core::Cond;
use regelwerk_model::{Course, NodeId, Placed, Rule, RuleKind, TermPart, Within};

use super::whole::{Judged, Whole};
use crate::check::overlay::breaks;
use crate::codes::NO_READING;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: NO_READING,
    name: "lezing-ontbreekt",
    what: "Een regel van een protocol waaraan niemand kan voldoen zonder een regel van de standaard \
           te schenden, of een termijn die van hetzelfde tot hetzelfde loopt als een termijn van de \
           standaard en niet even lang is; en er staat geen `lezing:` of `wijkt af van:` bij.",
    wrong: "\
regel P001 \"Wat lang duurt krijgt geen bedrag\"
  bron:  verzonnen protocol, artikel 2
  voor:  PR01 / Product
  als Soort = 02 dan:
    - Bedrag  leeg laten
  voorbeeld goed: Soort 02, Bedrag leeg
  voorbeeld fout: Soort 02, Bedrag 10",
    better: "\
regel P001 \"Wat lang duurt krijgt geen bedrag\"
  bron:          verzonnen protocol, artikel 2
  wijkt af van:  proef, regel S001, die altijd een bedrag vraagt: lange zorg wordt hier niet per
                 product betaald
  voor:          PR01 / Product
  als Soort = 02 dan:
    - Bedrag  leeg laten
  voorbeeld goed: Soort 02, Bedrag leeg
  voorbeeld fout: Soort 02, Bedrag 10",
    why: "Twee documenten zeggen iets anders, en wie het bericht maakt, moet weten welk voorgaat. \
          Zonder dat het er staat, lijkt het een vergissing, en komt het ook niet in de lijst die \
          `regelwerk readings` maakt voor de eigenaar van het document. In dit voorbeeld vraagt \
          regel S001 van de standaard: `- Bedrag  verplicht vullen`.",
    home: Home::Protocol,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    against_rules(whole, told);
    against_terms(whole, told);
}

/// Whether a rule says what was chosen where sources differ.
fn is_explained(rule: &Rule) -> bool {
    !rule.readings.is_empty() || !rule.deviations.is_empty()
}

/// What is judged at an element.
type Judgments<'j> = BTreeMap<(usize, usize, NodeId), Vec<(&'j Judged<'j>, Placed)>>;

fn against_rules(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let own = whole.own_wordings();
    let mut standing: Judgments<'_> = BTreeMap::new();
    // Of what is only remarked on nobody has to choose.
    for one in own.iter().filter(|one| !one.rule.is_remark) {
        for place in one.placed() {
            let at = (place.release, place.message, place.node);
            standing.entry(at).or_default().push((one, place));
        }
    }
    for one in whole.laid_wordings().iter().filter(|one| !is_explained(one.rule)) {
        against(one, &standing, whole, told);
    }
}

/// A wording of a protocol against what the standard judges at the same elements; each rule is told
/// of once.
fn against(
    one: &Judged<'_>,
    standing: &Judgments<'_>,
    whole: &Whole<'_>,
    told: &mut Vec<Diagnostic>,
) {
    let facts = whole.facts();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for place in one.placed() {
        let at = (place.release, place.message, place.node);
        for (other, there) in standing.get(&at).into_iter().flatten() {
            if seen.contains(other.rule.code.as_str()) {
                continue;
            }
            let broken = breaks((one.wording, &place), (other.wording, there), &facts);
            if let Some(span) = broken {
                seen.insert(&other.rule.code);
                let (code, of) = (&one.rule.code, &other.rule.code);
                let title = format!("wie zich aan `{code}` houdt, schendt `{of}` van de standaard");
                told.push(diagnostic(title, span, other.rule.span));
            }
        }
    }
}

fn against_terms(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let protocols = whole.standard.protocols.iter();
    for rule in protocols.flat_map(|one| &one.rules).filter(|rule| !is_explained(rule)) {
        let differs = |other: &&Rule| {
            parts(rule).iter().any(|part| parts(other).iter().any(|there| differ(part, there)))
        };
        if let Some(other) = whole.standard.rules.iter().find(differs) {
            let (code, of) = (&rule.code, &other.code);
            let title =
                format!("`{code}` loopt van en tot hetzelfde als `{of}`, en niet even lang");
            told.push(diagnostic(title, rule.span, other.span));
        }
    }
}

fn diagnostic(title: String, span: Span, other: Span) -> Diagnostic {
    PAGE.warning(title, span).related(other, "dit zegt de standaard").help(
        "zeg met `wijkt af van:` waarom het hier anders is, of met `lezing:` hoe beide samen te \
         lezen zijn",
    )
}

fn parts(rule: &Rule) -> &[TermPart] {
    match &rule.kind {
        RuleKind::Term(parts) => parts,
        _ => &[],
    }
}

/// Whether a term runs from and to the same as one of the standard, and is not as long.
fn differ(own: &TermPart, other: &TermPart) -> bool {
    let is_counted = |part: &TermPart| part.within != Within::Until;
    let is_there = |course: &Course| other.courses.iter().any(|there| is_same(course, there));
    own.within != other.within
        && is_counted(own)
        && is_counted(other)
        && own.courses.iter().any(is_there)
}

/// Whether whatever opens one course opens the other too, and both end by the same.
fn is_same(own: &Course, other: &Course) -> bool {
    let is_wider = other.binds.is_empty() && other.cond == Cond::True;
    let is_alike = own.binds == other.binds && own.cond.meaning() == other.cond.meaning();
    own.source == other.source
        && own.begins.meaning() == other.begins.meaning()
        && own.endings == other.endings
        && (is_wider || is_alike)
}
