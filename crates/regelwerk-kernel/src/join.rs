//! Finding elements by a value, in one pass over them.

use std::collections::HashMap;
use std::rc::Rc;

use crate::document::ElementId;
use crate::value::trim;
use crate::walk::{Names, Run};

/// Which elements are found by which of their values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Join {
    /// Where the path to the elements starts.
    pub(crate) from: ElementId,
    /// The path to the elements.
    pub(crate) list: Names,
    /// The path from an element to its value.
    pub(crate) key: Names,
}

/// For each join the elements with each value, in document order.
#[derive(Debug, Default)]
pub(crate) struct Joins(HashMap<Join, Table>);

/// The elements with each value.
type Table = HashMap<Box<str>, Rc<[ElementId]>>;

impl Run<'_> {
    /// The elements whose value is this text, in document order.
    pub(crate) fn joined(&self, join: Join, wanted: &str) -> Rc<[ElementId]> {
        let found = |table: &Table| table.get(wanted).cloned().unwrap_or_default();
        if let Some(table) = self.joins.borrow().0.get(&join) {
            return found(table);
        }
        let table = self.join(join);
        let first = found(&table);
        self.joins.borrow_mut().0.insert(join, table);
        first
    }

    fn join(&self, join: Join) -> Table {
        let mut lists = HashMap::<Box<str>, Vec<ElementId>>::new();
        for element in self.reach(join.from, join.list) {
            let Some(value) = self.resolve(element, join.key) else { continue };
            let text = trim(self.message.document().text(value));
            if !text.is_empty() {
                lists.entry(text.into()).or_default().push(element);
            }
        }
        lists.into_iter().map(|(text, list)| (text, list.into())).collect()
    }
}
