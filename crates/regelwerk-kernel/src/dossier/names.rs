//! Texts by number, so that each is kept once.

use std::collections::HashMap;
use std::sync::Arc;

/// Texts, numbered in order of first use.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    list: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl Names {
    /// The number of a text that is known.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The number of a text, which is known from now on.
    pub(crate) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.find(name) {
            return number;
        }
        let (number, name) = (crate::position::narrow(self.list.len()), Arc::<str>::from(name));
        self.list.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    /// Takes in a text that is not known; none where it is.
    pub(crate) fn add(&mut self, name: &str) -> Option<u32> {
        self.find(name).is_none().then(|| self.number(name))
    }

    /// The text of this number.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        self.list.get(number as usize).map(|name| &**name)
    }

    /// The texts, in order of number.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|name| &**name)
    }
}
