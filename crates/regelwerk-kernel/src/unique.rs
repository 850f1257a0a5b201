//! Whether the values of elements differ, in one pass over them.

use std::collections::HashMap;

use crate::document::ElementId;
use crate::standard::Origin;
use crate::value::trim;
use crate::walk::{Names, Run};

/// Stands between the values of a tuple; XML allows it in none of them.
const SEPARATOR: char = '\u{1}';

/// A value that takes part, by where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    /// Whether the path starts at the root, and not at the element that is compared.
    pub(crate) from_root: bool,
    pub(crate) names: Names,
}

impl Field {
    pub(crate) fn new(origin: Origin, names: Names) -> Self {
        Self { from_root: origin == Origin::Root, names }
    }
}

/// Which elements are compared on what.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Comparison {
    fields: Vec<Field>,
    node: u16,
    within: ElementId,
}

/// For each comparison the first element with each tuple of values.
#[derive(Debug, Default)]
pub(crate) struct Uniques(HashMap<Comparison, HashMap<Box<str>, ElementId>>);

impl Run<'_> {
    /// The first element at the same node within another that has the same values as this one,
    /// if that is an earlier one, and those of its fields that are present; else nothing. Nothing
    /// is the same as a tuple without any value.
    pub(crate) fn earlier_twin(
        &self,
        id: ElementId,
        within: ElementId,
        fields: Vec<Field>,
    ) -> Vec<ElementId> {
        let tuple = self.tuple(id, &fields).zip(self.message.node(id));
        let Some((tuple, node)) = tuple else { return Vec::new() };
        let comparison = Comparison { fields, node, within };
        let mut uniques = self.uniques.borrow_mut();
        // Filled at once and not element by element: a condition may have kept earlier elements
        // from being asked about.
        let first = match uniques.0.get(&comparison) {
            Some(table) => table.get(tuple.as_str()),
            None => {
                let table = self.table(&comparison);
                uniques.0.entry(comparison.clone()).or_insert(table).get(tuple.as_str())
            }
        };
        let Some(first) = first.copied().filter(|&first| first < id) else { return Vec::new() };
        let fields = comparison.fields.iter().filter_map(|field| self.field(first, field));
        std::iter::once(first).chain(fields).collect()
    }

    fn field(&self, id: ElementId, field: &Field) -> Option<ElementId> {
        let from = if field.from_root { ElementId::ROOT } else { id };
        self.resolve(from, field.names)
    }

    fn table(&self, comparison: &Comparison) -> HashMap<Box<str>, ElementId> {
        let mut table = HashMap::new();
        for &id in self.message.elements_within(comparison.node, comparison.within) {
            if !self.charge(1) {
                break;
            }
            if let Some(tuple) = self.tuple(id, &comparison.fields) {
                table.entry(tuple.into_boxed_str()).or_insert(id);
            }
        }
        table
    }

    /// The values of an element, whole numbers by value; none where all are empty.
    fn tuple(&self, id: ElementId, fields: &[Field]) -> Option<String> {
        let mut tuple = String::new();
        let mut filled = false;
        for field in fields {
            let found = self.field(id, field);
            let text = found.map_or("", |found| trim(self.message.document().text(found)));
            let by_value = found.is_some_and(|found| self.message.is_integer(found));
            let (sign, digits) = if by_value { canonical(text) } else { ("", text) };
            filled |= !text.is_empty();
            tuple.extend([sign, digits]);
            tuple.push(SEPARATOR);
        }
        filled.then_some(tuple)
    }
}

/// A whole number of any length as sign and digits, alike for equal numbers.
fn canonical(text: &str) -> (&str, &str) {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    match digits.trim_start_matches('0') {
        "" if digits.is_empty() => ("", text),
        "" => ("", "0"),
        digits => (sign, digits),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn equal_numbers_are_alike() {
        assert_eq!(canonical("+007"), canonical("7"));
        assert_eq!(canonical("-0"), canonical("00"));
        assert_ne!(canonical("-7"), canonical("7"));
        assert_eq!(canonical("-"), ("", "-"));
    }
}
