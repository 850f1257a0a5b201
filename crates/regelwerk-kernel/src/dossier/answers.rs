//! Answers to questions: which of them holds on a day.

use std::collections::{BTreeMap, HashMap};

use crate::value::Date;

/// By what they are about the answers to one question that count: in order of day, as places on its
/// shelf.
type ByKey = HashMap<Box<str>, Vec<(Date, u32)>>;

/// The answers to each question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers(BTreeMap<u16, ByKey>);

impl Answers {
    /// Takes in an answer that holds from a day on; gives the one of that day so far, if there is
    /// one, which counts no more.
    pub(super) fn put(&mut self, source: u16, about: &str, from: Date, at: u32) -> Option<u32> {
        let known = self.0.entry(source).or_default().entry(about.into()).or_default();
        let place = known.partition_point(|(day, _)| *day < from);
        match known.get_mut(place).filter(|(day, _)| *day == from) {
            Some((_, place)) => Some(std::mem::replace(place, at)),
            None => {
                known.insert(place, (from, at));
                None
            }
        }
    }

    /// The answer that holds on a day: the last of that day or before it, else the first that there
    /// is. Without a day it is the last. What was told after `as_of` is not there.
    pub(crate) fn on(
        &self,
        source: u16,
        about: &str,
        day: Option<Date>,
        as_of: Option<Date>,
    ) -> Option<u32> {
        let known = self.0.get(&source)?.get(about)?;
        let until = |last: Option<Date>| {
            last.map_or(known.len(), |last| known.partition_point(|(day, _)| *day <= last))
        };
        let told = until(as_of);
        let holds = until(day).clamp(1, told.max(1)) - 1;
        known.get(holds).filter(|_| told > 0).map(|(_, at)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_holds_until_the_next() {
        let day = |day| Date::from_ymd(2026, 1, day);
        let mut answers = Answers::default();
        for (from, at) in [(10, 1), (20, 2), (10, 3), (15, 4)] {
            let replaced = answers.put(0, "a", day(from), at);
            assert_eq!(replaced, (at == 3).then_some(1));
        }
        let holds =
            |on: Option<u32>, as_of: Option<u32>| answers.on(0, "a", on.map(day), as_of.map(day));
        let on = [1, 10, 14, 15, 19, 20, 31].map(|on| holds(Some(on), None));
        assert_eq!(on, [3, 3, 3, 4, 4, 2, 2].map(Some));
        assert_eq!(holds(None, None), Some(2));
        // What is told later is not known yet.
        assert_eq!([9, 10, 19].map(|as_of| holds(Some(31), Some(as_of))), [None, Some(3), Some(4)]);
        assert_eq!((answers.on(0, "b", None, None), answers.on(1, "a", None, None)), (None, None));
    }
}
