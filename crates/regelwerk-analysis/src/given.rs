//! Fields and examples that stand twice: one of them is lost, or they say opposite things.

use std::collections::BTreeMap;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::{Example, Field, NodeId};
use regelwerk_syntax::ast::Assignment;

use crate::codes::{BAD_EXAMPLE, DUPLICATE};
use crate::sink::Sink;

/// The fields of one element that have been given, by what they set.
#[derive(Default)]
pub(crate) struct Given(BTreeMap<(NodeId, Vec<u64>), Span>);

impl Given {
    /// Enters a field. One that has been given already is reported.
    pub(crate) fn enter(&mut self, one: &Assignment, node: NodeId, sink: &mut Sink) -> bool {
        let index =
            |step: &regelwerk_syntax::ast::Step| step.index.as_ref().map_or(1, |index| index.value);
        // However much of the path is written, the numbers at its end are the same.
        let mut numbers: Vec<_> = one.path.steps.iter().rev().map(index).collect();
        while numbers.last() == Some(&1) {
            numbers.pop();
        }
        let Some(first) = self.0.insert((node, numbers), one.path.span) else { return true };
        sink.push(
            Diagnostic::error(DUPLICATE, "dit element krijgt twee keer een waarde", one.path.span)
                .related(first, "hier staat de eerste")
                .help("alleen de laatste zou tellen: laat er een weg"),
        );
        false
    }
}

/// The same example as good and as bad, or twice.
pub(crate) fn examples(examples: &[Example], sink: &mut Sink) {
    let key = |example: &Example| {
        let sorted = |fields: &Vec<Field>| {
            let mut fields: Vec<_> =
                fields.iter().map(|field| (field.path.clone(), field.value.clone())).collect();
            fields.sort();
            fields
        };
        example.elements.iter().map(sorted).collect::<Vec<_>>()
    };
    twice(examples.iter().map(|one| (key(one), one.is_good, one.span)), sink);
}

/// Each example with what it says, whether it is good, and where it stands.
pub(crate) fn twice<K: Ord>(all: impl Iterator<Item = (K, bool, Span)>, sink: &mut Sink) {
    let mut seen: BTreeMap<K, (bool, Span)> = BTreeMap::new();
    for (key, is_good, span) in all {
        let Some((was_good, first)) = seen.get(&key).copied() else {
            seen.insert(key, (is_good, span));
            continue;
        };
        let (title, help) = if was_good == is_good {
            (
                "dit voorbeeld staat er twee keer",
                "laat er een weg, of laat zien waarin ze verschillen",
            )
        } else {
            (
                "dit voorbeeld is goed en fout tegelijk",
                "maak een van beide anders: wat is de grens?",
            )
        };
        sink.push(
            Diagnostic::error(BAD_EXAMPLE, title, span)
                .related(first, "hier staat het eerste")
                .help(help),
        );
    }
}
