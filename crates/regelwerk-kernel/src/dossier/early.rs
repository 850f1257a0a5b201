//! Replies that came before the message that they answer.

use std::collections::{BTreeMap, HashMap};

use crate::value::Date;

use super::rejection::Rejection;

/// Bytes of replies that wait for their message at the most; the oldest goes.
const MAX_BYTES: usize = 16 << 20;
/// Bytes that a reply takes beside its texts, about.
const OWN_BYTES: usize = 128;

/// What is kept of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EarlyReply {
    /// The number of the pair of parties.
    pub(super) pair: u32,
    /// What the message that it answers is known by.
    pub(super) mark: Box<str>,
    /// The day on which that was sent, if the reply says so.
    pub(super) sent: Option<Date>,
    /// What it rejects of that.
    pub(super) rejection: Rejection,
}

impl EarlyReply {
    fn bytes(&self) -> usize {
        let chains = match &self.rejection {
            Rejection::Nothing | Rejection::Whole => 0,
            Rejection::Classes(chains) => chains.iter().map(String::len).sum(),
        };
        OWN_BYTES + 2 * self.mark.len() + chains
    }
}

/// The replies that came before their message, by position.
#[derive(Debug, Clone, Default)]
pub(super) struct Early {
    replies: BTreeMap<u32, EarlyReply>,
    /// Positions by pair and mark, oldest first.
    by_mark: HashMap<(u32, Box<str>), Vec<u32>>,
    bytes: usize,
}

impl Early {
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &EarlyReply)> {
        self.replies.iter().map(|(&position, reply)| (position, reply))
    }

    /// Keeps a reply. Positions come in order.
    pub(super) fn hold(&mut self, position: u32, reply: EarlyReply) {
        self.release(position);
        self.bytes += reply.bytes();
        self.by_mark.entry((reply.pair, reply.mark.clone())).or_default().push(position);
        self.replies.insert(position, reply);
        while self.bytes > MAX_BYTES {
            let Some(&oldest) = self.replies.keys().next() else { break };
            self.release(oldest);
        }
    }

    /// The oldest reply to a mark for which it holds, which is kept no longer.
    pub(super) fn take(
        &mut self,
        pair: u32,
        mark: &str,
        holds: impl Fn(u32, &EarlyReply) -> bool,
    ) -> Option<(u32, EarlyReply)> {
        if self.replies.is_empty() {
            return None;
        }
        let known = self.by_mark.get(&(pair, mark.into()))?;
        let is_it = |position: &u32| {
            self.replies.get(position).is_some_and(|reply| holds(*position, reply))
        };
        let position = known.iter().copied().find(is_it)?;
        Some((position, self.release(position)?))
    }

    fn release(&mut self, position: u32) -> Option<EarlyReply> {
        let reply = self.replies.remove(&position)?;
        self.bytes = self.bytes.saturating_sub(reply.bytes());
        let key = (reply.pair, reply.mark.clone());
        if let Some(known) = self.by_mark.get_mut(&key) {
            known.retain(|&other| other != position);
            if known.is_empty() {
                self.by_mark.remove(&key);
            }
        }
        Some(reply)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(mark: &str) -> EarlyReply {
        EarlyReply { pair: 0, mark: mark.into(), sent: None, rejection: Rejection::Whole }
    }

    #[test]
    fn the_oldest_that_fits_is_given_once() {
        let mut early = Early::default();
        early.hold(1, reply("a"));
        early.hold(2, reply("a"));
        early.hold(3, reply("b"));
        assert_eq!(early.take(1, "a", |_, _| true), None);
        assert_eq!(early.take(0, "a", |position, _| position > 1), Some((2, reply("a"))));
        assert_eq!(early.take(0, "a", |_, _| true), Some((1, reply("a"))));
        assert_eq!(early.take(0, "a", |_, _| true), None);
        assert_eq!(early.iter().map(|(position, _)| position).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn what_does_not_fit_goes_oldest_first() {
        let mut early = Early::default();
        let long = "a".repeat(MAX_BYTES / 4);
        for position in 0..3 {
            early.hold(position, reply(&long));
        }
        assert_eq!(early.iter().map(|(position, _)| position).collect::<Vec<_>>(), [2]);
        assert!(early.bytes <= MAX_BYTES && early.by_mark.len() == 1);
        assert!(early.take(0, &long, |_, _| true).is_some());
        assert_eq!((early.bytes, early.by_mark.len()), (0, 0));
    }
}
