//! Hears what comes of the parts of rules while a message is judged, and keeps as little of it as
//! can be: elements at which all came out alike are told by the first of them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regelwerk_eval::{Unit, Watch};

/// Most elements of which is kept what came of each.
pub(super) const MOST: usize = 1000;

/// A part, by number, whether it was so, and what the values in it came to.
pub(super) type Heard = (usize, bool, Vec<Option<String>>);

/// What came of a wording at an element.
#[derive(Debug, Clone, Default)]
pub(super) struct Episode {
    /// `/Bericht/Client[2]`
    pub(super) path: String,
    /// What was heard, in order.
    pub(super) parts: Vec<Heard>,
}

impl Episode {
    /// What came of the part with this number.
    pub(super) fn part(&self, number: usize) -> Option<&Heard> {
        self.parts.iter().find(|(part, ..)| *part == number)
    }

    fn is_like(&self, other: &Self) -> bool {
        let came = |one: &Self| one.parts.iter().map(|(part, holds, _)| (*part, *holds)).collect();
        let [one, other]: [Vec<_>; 2] = [came(self), came(other)];
        one == other
    }
}

/// Elements at which all came out alike.
#[derive(Debug, Clone)]
pub(super) struct Alike {
    /// The first of them; all, up to a bound, of a rule that is looked at closely.
    pub(super) episodes: Vec<Episode>,
    /// How many there are.
    pub(super) count: usize,
}

/// Listens to the rules of a standard.
#[derive(Debug, Default)]
pub(super) struct Ear(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether each element is kept.
    is_close: bool,
    is_listening: bool,
    now: Option<(Unit, Episode)>,
    heard: BTreeMap<Unit, Vec<Alike>>,
    kept: usize,
}

impl Ear {
    /// One that keeps each element.
    pub(super) fn close() -> Self {
        Self(Mutex::new(State { is_close: true, ..State::default() }))
    }

    /// From now on it hears.
    pub(super) fn listen(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_listening = true;
    }

    /// What was heard, by wording. From now on it hears nothing.
    pub(super) fn take(&self) -> BTreeMap<Unit, Vec<Alike>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle();
        state.is_listening = false;
        std::mem::take(&mut state.heard)
    }
}

impl State {
    /// Puts away what was heard of a wording at an element.
    fn settle(&mut self) {
        let Some((unit, episode)) = self.now.take() else { return };
        let groups = self.heard.entry(unit).or_default();
        match groups
            .iter_mut()
            .find(|group| group.episodes.first().is_some_and(|it| it.is_like(&episode)))
        {
            Some(group) => {
                group.count += 1;
                if self.is_close && self.kept < MOST {
                    self.kept += 1;
                    group.episodes.push(episode);
                }
            }
            None => groups.push(Alike { episodes: vec![episode], count: 1 }),
        }
    }
}

impl Watch for Ear {
    fn begins(&self, unit: Unit, path: Option<&dyn Fn() -> String>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What is asked of rows, while a wording is judged, is no part of it.
        if !state.is_listening || !matches!(unit, Unit::Wording { .. }) {
            return;
        }
        state.settle();
        let path = path.map(|path| path()).unwrap_or_default();
        state.now = Some((unit, Episode { path, parts: Vec::new() }));
    }

    fn part(&self, unit: Unit, part: usize, holds: bool, values: &dyn Fn() -> Vec<Option<String>>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((now, episode)) = &mut state.now
            && *now == unit
        {
            episode.parts.push((part, holds, values()));
        }
    }
}
