//! Messages that were rejected for what was not there, and may turn out to be right.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use crate::decode::Encoding;
use crate::desk::Asked;
use crate::message::Message;
use crate::rows::Key;

use super::ledger::{Group, Ledger};
use super::shelf::{RowId, UNIT};

/// Messages that wait for one key at the most; the oldest goes.
const MAX_FOR_KEY: usize = 16;
/// Bytes of messages and keys that wait at the most; the oldest message goes.
const MAX_BYTES: usize = 64 << 20;

/// Bytes that are judged again for one message at the most; then it waits no longer. Otherwise one
/// that looks for thousands of others would be judged as often, all of it.
const MAX_AGAIN: usize = 32 << 20;

/// A message that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The message.
    pub(crate) text: Box<str>,
    /// The codes of the rules that rejected it.
    pub(crate) wrong: Vec<&'static str>,
    /// The keys that it looked for, in order.
    pub(crate) asked: Vec<Box<str>>,
    /// How often it was judged again.
    pub(crate) tries: u32,
}

impl Held {
    /// A message that was rejected by these rules and looked for these keys.
    pub(crate) fn new(message: &Message<'_>, wrong: Vec<&'static str>, asked: Asked) -> Self {
        let asked = asked.0.into_iter().collect();
        Self { text: text(message).into(), wrong, asked, tries: 0 }
    }

    /// Whether it is worth while to wait on.
    fn may_wait(&self) -> bool {
        self.text.len().saturating_mul(self.tries as usize) <= MAX_AGAIN
    }

    fn bytes(&self) -> usize {
        self.text.len() + self.asked.iter().map(|key| key.len()).sum::<usize>()
    }
}

/// The text of a message. If it was not in UTF-8 its declaration, which may say so, is left out: the
/// text is in UTF-8.
fn text<'m>(message: &'m Message<'_>) -> &'m str {
    let text = message.xml();
    let declared = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    match declared {
        Some((_, rest)) if message.document().encoding() != Encoding::Utf8 => rest,
        _ => text,
    }
}

/// The messages that wait, by position.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    held: BTreeMap<u32, Held>,
    /// Positions by key, oldest first.
    by_key: HashMap<Box<str>, Vec<u32>>,
    bytes: usize,
}

impl Waiting {
    pub(crate) fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Held)> {
        self.held.iter().map(|(&position, held)| (position, held))
    }

    pub(crate) fn get(&self, position: u32) -> Option<&Held> {
        self.held.get(&position)
    }

    /// Makes a message wait, unless it has been judged again too often.
    pub(crate) fn hold(&mut self, position: u32, held: Held) {
        self.release(position);
        if !held.may_wait() {
            return;
        }
        let asked = held.asked.clone();
        self.bytes += held.bytes();
        self.held.insert(position, held);
        for key in asked {
            let waiting = self.by_key.entry(key).or_default();
            let at = waiting.partition_point(|&other| other < position);
            waiting.insert(at, position);
            let oldest = waiting.first().filter(|_| waiting.len() > MAX_FOR_KEY).copied();
            let released = oldest.and_then(|oldest| self.release(oldest).map(|_| oldest));
            if released == Some(position) {
                return;
            }
        }
        while self.bytes > MAX_BYTES {
            let Some(&oldest) = self.held.keys().next() else { break };
            self.release(oldest);
        }
    }

    /// Makes a message wait no longer.
    pub(crate) fn release(&mut self, position: u32) -> Option<Held> {
        let held = self.held.remove(&position)?;
        self.bytes = self.bytes.saturating_sub(held.bytes());
        for key in &held.asked {
            let Some(waiting) = self.by_key.get_mut(key) else { continue };
            waiting.retain(|&other| other != position);
            if waiting.is_empty() {
                self.by_key.remove(key);
            }
        }
        Some(held)
    }

    /// The messages that wait for any of these rows.
    pub(crate) fn for_rows(&self, rows: &[RowId], ledger: &Ledger) -> BTreeSet<u32> {
        let indexes = || (0..).zip(ledger.def().indexes);
        let groups = rows.iter().flat_map(|&id| {
            let here = indexes().filter(move |(_, index)| index.source == id.source);
            here.filter_map(move |(number, _)| ledger.group_of(id, number))
        });
        let waiting = groups.filter_map(|group| {
            let part = ledger.parts.get(group.part);
            self.by_key.get(&*asked(&group, part))
        });
        waiting.flatten().copied().collect()
    }
}

/// The key of a group as it is remembered. The client is written out: who asks may know one that
/// the dossier does not know yet.
pub(crate) fn asked(group: &Group<'_>, part: Option<&str>) -> String {
    let Group { index, pair, key, .. } = group;
    let mut text = format!("{index}{UNIT}{pair}{UNIT}{}", part.unwrap_or_default());
    for value in key {
        text.push(UNIT);
        // Writing to a String cannot fail.
        let _ = match value {
            Key::Empty => Ok(()),
            Key::Text(value) => write!(text, "{}", value.unwrap_or_default()),
            Key::Number(value) => write!(text, "{}", value.unwrap_or_default()),
            Key::Date(value) => {
                write!(text, "{}", value.map_or_else(String::new, |it| it.to_string()))
            }
            Key::Time(value) => {
                write!(text, "{}", value.map_or_else(String::new, |it| it.to_string()))
            }
        };
    }
    text
}
