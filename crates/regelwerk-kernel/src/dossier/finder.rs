//! Numbers by key, in little room.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::position::narrow;

/// Numbers by the hash of a key, those of one hash in an order of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finder {
    /// By half of the hash. What has only that in common is told apart by whoever looks.
    found: HashMap<u32, Found>,
    /// The lists of more than one.
    lists: Vec<Vec<u32>>,
}

/// What is found under a hash; most keys have one number.
#[derive(Debug, Clone, Copy)]
enum Found {
    One(u32),
    /// The place of a list.
    Many(u32),
}

impl Finder {
    /// The numbers under a hash, and maybe those under others.
    pub(crate) fn get(&self, hash: u64) -> &[u32] {
        match self.found.get(&half(hash)) {
            None => &[],
            Some(Found::One(one)) => std::slice::from_ref(one),
            Some(Found::Many(at)) => self.lists.get(*at as usize).map_or(&[], Vec::as_slice),
        }
    }

    /// Puts a number at a place among those under a hash.
    pub(crate) fn insert(&mut self, hash: u64, place: usize, number: u32) {
        let mut known = match self.found.entry(half(hash)) {
            Entry::Vacant(free) => {
                free.insert(Found::One(number));
                return;
            }
            Entry::Occupied(known) => known,
        };
        match *known.get() {
            Found::One(one) => {
                known.insert(Found::Many(narrow(self.lists.len())));
                self.lists.push(if place == 0 { vec![number, one] } else { vec![one, number] });
            }
            Found::Many(at) => {
                if let Some(list) = self.lists.get_mut(at as usize) {
                    list.insert(place.min(list.len()), number);
                }
            }
        }
    }

    /// Takes a number away from those under a hash; soon where they are in order.
    pub(crate) fn remove(&mut self, hash: u64, number: u32) {
        match self.found.get(&half(hash)) {
            Some(Found::One(one)) if *one == number => {
                self.found.remove(&half(hash));
            }
            Some(Found::Many(at)) => {
                let Some(list) = self.lists.get_mut(*at as usize) else { return };
                let in_order = list.binary_search(&number).ok();
                if let Some(at) = in_order.or_else(|| list.iter().position(|&it| it == number)) {
                    list.remove(at);
                }
            }
            _ => {}
        }
    }
}

/// Half of a hash.
fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_the_order_of_their_places() {
        let mut finder = Finder::default();
        let (one, other) = (7 << 32, 8 << 32);
        for (place, number) in [(usize::MAX, 10), (0, 11), (1, 12), (usize::MAX, 13)] {
            finder.insert(one, place, number);
        }
        finder.insert(other, 0, 14);
        assert_eq!(finder.get(one), [11, 12, 10, 13]);
        assert_eq!(finder.get(other), [14]);
        assert!(finder.get(9 << 32).is_empty());
        for (hash, number) in [(one, 12), (one, 99), (other, 14), (other, 14)] {
            finder.remove(hash, number);
        }
        assert_eq!(finder.get(one), [11, 10, 13]);
        assert!(finder.get(other).is_empty());
    }
}
