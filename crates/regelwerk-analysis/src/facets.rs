//! Rules of level 1 against the types that refer to them.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{FacetKind, Release, Rule, RuleKind};
use regelwerk_syntax::ast::{BlockKind, Clause, FacetUse, Line};

use crate::codes::{FACET_MISMATCH, UNKNOWN_RULE};
use crate::collect::Declarations;
use crate::sink::Sink;
use crate::types;

/// Every `[RS037]` must name a rule that stands for that very facet.
pub(crate) fn check(
    declarations: &Declarations<'_>,
    releases: &[Release],
    rules: &[Rule],
    sink: &mut Sink,
) {
    let blocks = [BlockKind::Type, BlockKind::Group, BlockKind::Message];
    let mut uses = Vec::new();
    for block in blocks.into_iter().flat_map(|kind| declarations.of(kind)) {
        collect(&block.lines, &mut uses);
    }
    for facet in &uses {
        check_use(facet, declarations, releases, rules, sink);
    }
    for rule in rules.iter().filter(|rule| matches!(rule.kind, RuleKind::Facet(..))) {
        let named = uses.iter().filter_map(|facet| facet.rule.as_ref());
        check_named(rule, named.into_iter().any(|word| word.value == rule.code), sink);
    }
}

/// A rule that stands for a facet is named by a type, or says why it is not.
fn check_named(rule: &Rule, is_named: bool, sink: &mut Sink) {
    let (title, help) = match (is_named, &rule.nowhere) {
        (false, None) => (
            format!("geen type verwijst naar `{}`", rule.code),
            "zet de code tussen haken achter de beperking, of schrijf `nergens: \"waarom\"`",
        ),
        (true, Some(_)) => {
            (format!("een type verwijst naar `{}`", rule.code), "haal `nergens:` weg")
        }
        _ => return,
    };
    sink.push(Diagnostic::error(FACET_MISMATCH, title, rule.span).help(help));
}

fn collect<'a>(lines: &'a [Line], uses: &mut Vec<&'a FacetUse>) {
    for line in lines {
        match &line.clause {
            Clause::TypeFacet(facet) => uses.push(facet),
            Clause::Element(element) => uses.extend(&element.facets),
            _ => {}
        }
        collect(&line.body, uses);
    }
}

fn check_use(
    facet: &FacetUse,
    declarations: &Declarations<'_>,
    releases: &[Release],
    rules: &[Rule],
    sink: &mut Sink,
) {
    let Some(word) = &facet.rule else { return };
    let Some(rule) = rules.iter().find(|rule| rule.code == word.value) else {
        return sink.unknown(UNKNOWN_RULE, "regel", word, declarations.ids(BlockKind::Rule));
    };
    let fits = match &rule.kind {
        RuleKind::Facet(Some(wanted), _) => {
            let kind = types::facet_kind(&facet.facet, releases.last(), sink);
            kind.is_none_or(|kind| kind == *wanted)
        }
        RuleKind::Facet(None, _) => {
            let kind = types::facet_kind(&facet.facet, releases.last(), sink);
            kind.is_none_or(|kind| matches!(kind, FacetKind::Pattern(_)))
        }
        _ => false,
    };
    if !fits {
        let title = format!("`{}` staat voor iets anders", rule.code);
        sink.push(
            Diagnostic::error(FACET_MISMATCH, title, facet.facet.span)
                .related(rule.span, "dit zegt de regel")
                .help("maak beide gelijk, of verwijs naar een andere regel"),
        );
    }
}
