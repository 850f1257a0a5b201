//! Examples: fields that exist, with values that fit, at every place of the wording.

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::{Example, Message, NodeId, ROOT, Release};
use regelwerk_syntax::ast::{self, Assignment, Clause, Dotted, Line};

use crate::codes::{BAD_EXAMPLE, PARAMETER};
use crate::given::{self, Given};
use crate::messages::{check_field_value, follow};
use crate::places::{Spot, Spots};
use crate::releases::field;
use crate::sink::Sink;

/// The examples among the clauses of a wording.
pub(crate) fn fields(
    lines: &[Line],
    releases: &[Release],
    (spots, departs): (&Spots, bool),
    sink: &mut Sink,
) -> Vec<Example> {
    let mut examples = Vec::new();
    for line in lines {
        let Clause::Example(is_good, example) = &line.clause else { continue };
        let ast::Example::Fields(elements) = example else {
            let title = "een losse waarde is een voorbeeld bij een regel van niveau 1";
            let wrong = Diagnostic::error(BAD_EXAMPLE, title, line.span);
            sink.push(wrong.help("noem het element: `Product.Code 45A04`"));
            continue;
        };
        let mut is_fit = true;
        for fields in elements {
            let mut given = Given::default();
            is_fit &= fields.iter().all(|one| {
                let node = fits(one, releases, (spots, departs), sink);
                node.is_some_and(|node| given.enter(one, node, sink))
            });
        }
        if is_fit {
            let all = elements.iter().map(|fields| fields.iter().map(field).collect());
            examples.push(Example {
                is_good: *is_good,
                elements: all.collect(),
                span: line.span,
                said: said(line, elements),
            });
        }
    }
    given::examples(&examples, sink);
    examples
}

/// Where the fields of an example stand.
fn said(line: &Line, elements: &[Vec<Assignment>]) -> Span {
    let first = elements.iter().flatten().next().map(|one| one.path.span);
    first.map_or(line.span, |first| first.to(line.span))
}

/// The element that an assignment sets at the first spot, if it can be made at every one. In a rule
/// that departs from the standard a value may be one that the element does not have there.
fn fits(
    assignment: &Assignment,
    releases: &[Release],
    (spots, departs): (&Spots, bool),
    sink: &mut Sink,
) -> Option<NodeId> {
    let mut first = None;
    for spot in &spots.list {
        let release = releases.get(spot.release)?;
        let message = release.messages.get(spot.message)?;
        let node = find(assignment, message, spot, spots, sink)?;
        if !departs && !check_field_value(assignment, message, node, release, sink) {
            return None;
        }
        first = first.or(Some(node));
    }
    first
}

/// The element that an assignment sets at a spot.
fn find(
    assignment: &Assignment,
    message: &Message,
    spot: &Spot,
    spots: &Spots,
    sink: &mut Sink,
) -> Option<NodeId> {
    let (first, rest) = assignment.path.steps.split_first()?;
    let first = &first.name;
    let mut at = spot.node;
    let mut names = assignment.path.steps.as_slice();
    if first.value == ROOT {
        (at, names) = (NodeId(0), rest);
    } else if first.value.starts_with(char::is_lowercase) {
        let Some(param) = spots.params.iter().position(|param| *param == first.value) else {
            let known = spots.params.iter().map(String::as_str);
            sink.unknown(PARAMETER, "naam", first, known);
            return None;
        };
        for name in spot.params.get(param)?.first()? {
            at = message.child(at, name)?;
        }
        names = rest;
    }
    let steps = names.to_vec();
    let span = assignment.path.span;
    follow(&Dotted { steps, span }, message, at, sink)
}
