//! Which part of a message is rejected: all of it, or classes with what is in them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::document::ElementId;
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::report::{Reason, Report, Verdict};
use crate::standard::{Filling, MessageKind, Node, Reply, Source};
use crate::value::trim;

use super::shelf::{UNIT, cell};

/// Stands between the elements of a chain. No XML document can hold it.
const RECORD: char = '\u{1e}';

/// The first level that is about more than the message itself.
pub(super) const BEYOND: u8 = 3;

/// What our own judgement rejects of a message.
#[derive(Debug)]
pub(super) enum OwnRejection {
    Nothing,
    Whole,
    /// These classes, with what is in them.
    Classes(BTreeSet<ElementId>),
}

impl OwnRejection {
    pub(super) fn of(report: &Report, message: &Message<'_>) -> Self {
        if report.verdict != Verdict::Rejected {
            return Self::Nothing;
        }
        let name = message.definition().name;
        let mut replies = message.release().replies.iter();
        let reply = replies.find(|reply| reply.to == name && reply.is_by_class);
        let Some(reply) = reply.filter(|_| is_told_by_class(report)) else { return Self::Whole };
        let is_class =
            |&id: &ElementId| message.node(id).is_some_and(|node| reply.classes.contains(&node));
        let document = message.document();
        let mut classes = BTreeSet::new();
        for finding in errors(report) {
            let at = document.at(finding.offset);
            let mut line = std::iter::successors(Some(at), |&id| document.parent(id));
            let class = line.find(is_class).filter(|&class| message.may_repeat(class));
            let Some(class) = class else { return Self::Whole };
            classes.insert(class);
        }
        Self::Classes(classes)
    }

    /// Whether an element is rejected.
    pub(super) fn has(&self, element: ElementId, message: &Message<'_>) -> bool {
        let document = message.document();
        match self {
            Self::Nothing => false,
            Self::Whole => true,
            Self::Classes(classes) => {
                let mut line = std::iter::successors(Some(element), |&id| document.parent(id));
                line.any(|id| classes.contains(&id))
            }
        }
    }
}

/// The findings of the standard that reject.
fn errors(report: &Report) -> impl Iterator<Item = &Finding> {
    let of_standard = report.findings.iter().filter(|finding| finding.protocol.is_none());
    of_standard.filter(|finding| finding.severity == Severity::Error)
}

/// Whether a report rejects a message at level 3 or 4, and not at a lower one.
pub(super) fn is_beyond(report: &Report) -> bool {
    let lowest = errors(report).filter_map(|finding| finding.level).min();
    lowest.is_some_and(|level| level >= BEYOND)
}

/// The codes of the rules of the standard that reject a message.
pub(super) fn wrong(report: &Report) -> Vec<&'static str> {
    let codes: BTreeSet<_> = errors(report).map(|finding| finding.rule).collect();
    codes.into_iter().collect()
}

/// Whether a report tells of each class whether it is rejected.
fn is_told_by_class(report: &Report) -> bool {
    let all_told = report.not_assessed.iter().all(|entry| entry.reason != Reason::MoreOfRule);
    all_told && errors(report).all(|finding| finding.level.is_none_or(|level| level >= BEYOND))
}

/// What a reply rejects of the message that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Rejection {
    Nothing,
    Whole,
    /// The classes of these chains: see [`chain`].
    Classes(BTreeSet<String>),
}

impl Rejection {
    /// What a reply to a message of this name says.
    pub(super) fn of(reply: &Message<'_>, to: &str) -> Self {
        let name = reply.definition().name;
        let mut replies = reply.release().replies.iter();
        let declared = replies.find(|one| (one.to, one.with) == (to, name));
        let Some(declared) = declared else { return Self::Nothing };
        let mut chains = BTreeSet::new();
        for class in faulty_classes(reply, declared) {
            if !declared.is_by_class || !reply.may_repeat(class) {
                return Self::Whole;
            }
            chains.insert(chain(reply, class, declared));
        }
        if chains.is_empty() { Self::Nothing } else { Self::Classes(chains) }
    }

    /// Whether a row of a source is rejected.
    pub(super) fn has(&self, source: &Source, cells: &str) -> bool {
        let chains = match self {
            Self::Nothing => return false,
            Self::Whole => return true,
            Self::Classes(chains) => chains,
        };
        let links = source
            .classes
            .iter()
            .map(|class| link(class.element, class.key.iter().map(|&column| cell(cells, column))));
        let links: Vec<_> = links.collect();
        let mut chains_of = (0..links.len()).filter_map(|from| Some(links.get(from..)?.concat()));
        chains_of.any(|chain| chains.contains(&chain))
    }
}

/// The classes of a reply that have a retourcode which rejects.
fn faulty_classes(reply: &Message<'_>, declared: &Reply) -> BTreeSet<ElementId> {
    let document = reply.document();
    let coded = document.elements().filter_map(|code| {
        let mut class = code;
        for &name in declared.code.iter().rev() {
            if reply.name(class) != Some(name) {
                return None;
            }
            class = document.parent(class)?;
        }
        (!declared.fine.contains(&trim(document.text(code)))).then_some(class)
    });
    coded.collect()
}

/// A class of a reply and the elements around it that have a key, each by the name it has in the
/// message that is answered and by its key; the innermost first.
fn chain(reply: &Message<'_>, class: ElementId, declared: &Reply) -> String {
    let document = reply.document();
    let line = std::iter::successors(Some(class), |&id| document.parent(id));
    let links = line.filter_map(|id| {
        let index = reply.node(id)?;
        let node = reply.subject().node(index).filter(|node| !node.key.is_empty())?;
        let name = asked_name(reply, (index, node), declared);
        Some(link(name, node.key.iter().map(|path| reply.text_at(id, path))))
    });
    links.collect()
}

/// The name that an element of a reply has in the message that is answered.
fn asked_name(reply: &Message<'_>, (index, node): (u16, &Node), declared: &Reply) -> &'static str {
    let own = reply.subject().name(node.name);
    let asked = MessageKind::find(reply.standard(), reply.release().name, declared.to);
    let in_cases = declared.cases.iter().filter_map(|case| case.fillings);
    let mut fillings = std::iter::once(declared.always).chain(in_cases).flatten();
    let from = fillings.find_map(|filling| match filling {
        Filling::Copy { to, from } if *to == index => Some(*from),
        _ => None,
    });
    let copied = asked.zip(from).and_then(|(asked, from)| Some(asked.name(asked.node(from)?.name)));
    copied.unwrap_or(own)
}

/// One element of a chain.
fn link<'t>(name: &str, key: impl Iterator<Item = Option<&'t str>>) -> String {
    let mut link = name.to_owned();
    for value in key {
        link.push(UNIT);
        link.push_str(value.unwrap_or_default());
    }
    link.push(RECORD);
    link
}

impl Message<'_> {
    /// Whether there may be more than one such element as this in a message of its kind.
    fn may_repeat(&self, id: ElementId) -> bool {
        let document = self.document();
        let mut line = std::iter::successors(Some(id), |&id| document.parent(id));
        line.any(|id| {
            let node = self.node(id).and_then(|node| self.subject().node(node));
            node.is_some_and(|node| node.max > 1)
        })
    }
}
