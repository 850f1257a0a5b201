//! What a process does with every course of events: which states it reaches, and what becomes of
//! it when two messages change places or one is lost.
//!
//! A machine has few states and events, so everything is tried, the shortest courses first. Whether
//! an event can happen that looks at other rows is not known of every course; it is tried only
//! along the good examples of the process.

use std::collections::{BTreeSet, VecDeque};

use super::{Event, Process};

/// For each state the shortest course of events to it from the beginning, over the events that are
/// allowed; none where there is no course. Of equally short courses the one whose transitions are
/// written first.
#[must_use]
pub fn courses(process: &Process, allowed: impl Fn(usize) -> bool) -> Vec<Option<Vec<usize>>> {
    let mut found: Vec<Option<Vec<usize>>> = vec![None; process.states.len()];
    let mut waiting = VecDeque::from([(process.initial, Vec::new())]);
    while let Some((state, course)) = waiting.pop_front() {
        let Some(place @ None) = found.get_mut(state) else { continue };
        *place = Some(course.clone());
        for one in process.transitions.iter().filter(|one| one.from == state && allowed(one.event))
        {
            waiting.push_back((one.to, extended(&course, &[one.event])));
        }
    }
    found
}

/// Whether one of some states can be reached from a state; it counts itself.
#[must_use]
pub fn can_reach(process: &Process, from: usize, targets: &[usize]) -> bool {
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(state) = seen.get(at).copied() {
        for transition in process.transitions.iter().filter(|one| one.from == state) {
            if !seen.contains(&transition.to) {
                seen.push(transition.to);
            }
        }
        at += 1;
    }
    seen.iter().any(|state| targets.contains(state))
}

/// What becomes of a course of events when something goes wrong with one of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// What happens as it is meant; every event of it is taken.
    pub meant: Vec<usize>,
    /// What happens instead.
    pub instead: Vec<usize>,
    /// The state that was meant.
    pub meant_state: usize,
    /// The state that comes of it.
    pub state: usize,
}

impl Story {
    fn new(process: &Process, meant: Vec<usize>, instead: Vec<usize>) -> Self {
        let (meant_state, state) = (process.run(&meant), process.run(&instead));
        Self { meant, instead, meant_state, state }
    }

    /// Whether it makes a difference.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.meant_state != self.state
    }
}

/// For each two events, one meant right after the other, the shortest course in which it matters
/// that they change places. In order of length, then as their transitions are written.
#[must_use]
pub fn swaps(process: &Process) -> Vec<Story> {
    let (mut told, mut known) = (Vec::new(), BTreeSet::new());
    for course in tried(process) {
        let Some((prefix, [first, second])) = split(&course) else { continue };
        if is_reply(process, *first, *second) {
            continue;
        }
        let instead = extended(prefix, &[*second, *first]);
        let swapped = Story::new(process, course.clone(), instead);
        if swapped.differs() && known.insert((*first, *second)) {
            told.push(swapped);
        }
    }
    told
}

/// For each event the shortest course, with one more event after it where there can be one, that
/// ends otherwise when the message of the event is lost. In order of length, then as their
/// transitions are written.
#[must_use]
pub fn losses(process: &Process) -> Vec<Story> {
    let tried = tried(process);
    let mut told: Vec<Story> = Vec::new();
    for lost in 0..process.events.len() {
        let followed = tried.iter().filter_map(|course| {
            let (prefix, [event, after]) = split(course)?;
            (*event == lost && !is_reply(process, lost, *after))
                .then(|| Story::new(process, course.clone(), extended(prefix, &[*after])))
        });
        let last = tried.iter().filter_map(|course| {
            let (event, prefix) = course.split_last()?;
            (*event == lost).then(|| Story::new(process, course.clone(), prefix.to_vec()))
        });
        told.extend(followed.chain(last).find(Story::differs));
    }
    told.sort_by_cached_key(|story| (story.meant.len(), ranks(process, &story.meant)));
    told
}

/// For each event of a course the place of its first transition, as they are written.
fn ranks(process: &Process, course: &[usize]) -> Vec<usize> {
    let rank = |event: &usize| process.transitions.iter().position(|one| one.event == *event);
    course.iter().map(|event| rank(event).unwrap_or(usize::MAX)).collect()
}

/// Courses of which every event is taken: the shortest to each state with up to two more events,
/// over events that look at no other rows; and the good examples with every beginning of them. In
/// order of length, then as their transitions are written.
fn tried(process: &Process) -> Vec<Vec<usize>> {
    let plain = |event: usize| process.events.get(event).is_some_and(|one| !one.looks_around);
    let mut all: Vec<_> = courses(process, plain).into_iter().flatten().collect();
    let mut last = all.clone();
    for _ in 0..2 {
        last = last.iter().flat_map(|course| longer(process, course, plain)).collect();
        all.extend(last.clone());
    }
    for example in process.examples.iter().filter(|example| example.ends_in.is_some()) {
        let lengths = 1..=example.events.len();
        all.extend(
            lengths.filter_map(|length| example.events.get(..length)).map(<[usize]>::to_vec),
        );
    }
    all.retain(|course| process.follow(course).is_ok());
    all.sort_by_cached_key(|course| (course.len(), ranks(process, course)));
    all.dedup();
    all
}

/// A course with each event after it that is taken.
fn longer(process: &Process, course: &[usize], allowed: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let state = process.run(course);
    let taken = process.transitions.iter().filter(|one| one.from == state && allowed(one.event));
    taken.map(|one| extended(course, &[one.event])).collect()
}

/// Whether an event is the reply to the message of another, so that it cannot be without it.
fn is_reply(process: &Process, asked: usize, reply: usize) -> bool {
    let Some((asked, reply)) = process.events.get(asked).zip(process.events.get(reply)) else {
        return false;
    };
    let sources = |event: &Event| event.triggers.iter().map(|one| one.rows).collect::<Vec<_>>();
    let (of, by) = (sources(asked), sources(reply));
    !asked.moment.is_reply() && reply.moment.is_reply() && of.iter().any(|one| by.contains(one))
}

/// A course as its beginning and its last two events.
fn split(course: &[usize]) -> Option<(&[usize], &[usize; 2])> {
    course.split_last_chunk::<2>()
}

fn extended(course: &[usize], events: &[usize]) -> Vec<usize> {
    course.iter().chain(events).copied().collect()
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::{SourceId, Span};

    use super::*;
    use crate::process::{Course, Moment, State, Transition};

    const NOWHERE: Span = Span { source: SourceId(0), start: 0, end: 0 };

    fn state(name: &str) -> State {
        State { name: name.to_owned(), is_end: false, span: NOWHERE }
    }

    fn event(name: &str, looks_around: bool) -> Event {
        Event {
            name: name.to_owned(),
            moment: Moment::Arrival,
            role: None,
            triggers: Vec::new(),
            looks_around,
            span: NOWHERE,
        }
    }

    /// `none → open → shut → open`; `undo` brings back, and looks at other rows.
    fn door() -> Process {
        const STEPS: [(usize, usize, usize); 4] = [(0, 0, 1), (1, 1, 2), (2, 0, 1), (2, 2, 1)];
        let step =
            |(from, event, to)| Transition { from, event, to, rules: Vec::new(), span: NOWHERE };
        Process {
            name: "deur".to_owned(),
            title: String::new(),
            sources: Vec::new(),
            readings: Vec::new(),
            protocol: None,
            key: Vec::new(),
            is_across: false,
            roles: Vec::new(),
            states: ["none", "open", "shut"].map(state).to_vec(),
            initial: 0,
            events: vec![event("open", false), event("shut", false), event("undo", true)],
            transitions: STEPS.map(step).to_vec(),
            never: Vec::new(),
            eventually: Vec::new(),
            beside: Vec::new(),
            examples: Vec::new(),
            demands: Vec::new(),
            span: NOWHERE,
        }
    }

    #[test]
    fn a_course_is_followed_as_far_as_its_events_are_taken() {
        let door = door();
        assert_eq!(door.follow(&[0, 1, 2]), Ok(1));
        assert_eq!(door.follow(&[0, 0, 1]), Err(1));
        assert_eq!(door.run(&[0, 0, 1]), 2);
    }

    #[test]
    fn the_shortest_course_to_each_state() {
        assert_eq!(courses(&door(), |_| true), [Some(vec![]), Some(vec![0]), Some(vec![0, 1])]);
        let without_shut = courses(&door(), |event| event != 1);
        assert_eq!(without_shut, [Some(vec![]), Some(vec![0]), None]);
    }

    #[test]
    fn what_can_still_be_reached() {
        assert!(can_reach(&door(), 2, &[1]));
        assert!(can_reach(&door(), 2, &[2]));
        assert!(!can_reach(&door(), 1, &[0]));
    }

    #[test]
    fn a_swap_is_told_once_by_its_shortest_course() {
        let told = swaps(&door());
        let meant: Vec<_> = told.iter().map(|story| story.meant.clone()).collect();
        // After `shut` first, `open` is taken; with `shut` passed over, the door is left open.
        assert_eq!(meant, [vec![0, 1], vec![0, 1, 0]]);
        let first = &told[0];
        assert_eq!((&first.instead[..], first.meant_state, first.state), (&[1, 0][..], 2, 1));
        assert_eq!((told[1].meant_state, told[1].state), (1, 2));
    }

    #[test]
    fn a_loss_is_told_with_what_comes_after_it() {
        let told = losses(&door());
        let short: Vec<_> = told.iter().map(|one| (one.meant.clone(), one.state)).collect();
        // Without `open` nothing is shut. After `shut` only `open` can come, which mends its loss:
        // so it is told as the last.
        assert_eq!(short, [(vec![0, 1], 0), (vec![0, 1], 1)]);
    }

    #[test]
    fn what_looks_at_other_rows_is_tried_along_examples_only() {
        let mut door = door();
        let undoes = |told: &[Story]| told.iter().any(|story| story.meant.contains(&2));
        assert!(!undoes(&swaps(&door)) && !undoes(&losses(&door)));
        door.examples = vec![Course { events: vec![0, 1, 2], ends_in: Some(1), span: NOWHERE }];
        assert!(undoes(&swaps(&door)) && undoes(&losses(&door)));
    }
}
