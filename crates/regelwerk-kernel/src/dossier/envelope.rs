//! What a message says of itself, and the rows that it gives.

use crate::document::ElementId;
use crate::markup::is_blank;
use crate::message::Message;
use crate::standard::{Name, Pick};
use crate::value::{Date, parse_date, trim};

use super::shelf::UNIT;

/// Who sent a message to whom, when, and what it is known by.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Envelope<'m> {
    pub(crate) sender: Option<&'m str>,
    pub(crate) receiver: Option<&'m str>,
    pub(crate) mark: Option<&'m str>,
    pub(crate) sent: Option<Date>,
    pub(crate) answers: Option<Named<'m>>,
}

/// What a reply says of the message that it answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'m> {
    /// The name of the message: `JW301`.
    pub(crate) message: &'static str,
    pub(crate) mark: Option<&'m str>,
    pub(crate) sent: Option<Date>,
}

impl<'m> Envelope<'m> {
    /// What a message says; nothing where it is not filed.
    pub(crate) fn of(message: &'m Message<'_>) -> Self {
        let Some(filing) = &message.definition().filing else { return Self::default() };
        let text = |path: &[Name]| message.text_at(ElementId::ROOT, path);
        let [mut sender, mut receiver] = filing.parties.map(text);
        if filing.is_reversed {
            (sender, receiver) = (receiver, sender);
        }
        let day = |path: &[Name]| text(path).and_then(parse_date);
        let answers = filing.answers.as_ref().map(|one| Named {
            message: one.message,
            mark: text(one.mark),
            sent: one.sent.and_then(day),
        });
        let sent = day(filing.sent);
        Self { sender, receiver, mark: text(filing.mark), sent, answers }
    }
}

/// A row that a message gives.
#[derive(Debug)]
pub(crate) struct Extracted<'m> {
    pub(crate) source: u16,
    pub(crate) element: ElementId,
    pub(crate) cells: String,
    /// The client that it is about.
    pub(crate) part: Option<&'m str>,
}

impl Message<'_> {
    /// The text at the end of a path from an element; none if absent or blank.
    pub(super) fn text_at(&self, from: ElementId, path: &[Name]) -> Option<&str> {
        let text = trim(self.document().text(self.descend(from, path)?));
        Some(text).filter(|text| !text.is_empty())
    }

    /// The element at the end of a path from an element, each the first child so called.
    fn descend(&self, from: ElementId, path: &[Name]) -> Option<ElementId> {
        path.iter().try_fold(from, |above, &name| {
            self.document().children(above).find(|&child| self.name(child) == Some(name))
        })
    }

    /// The client of an element: the value in the nearest element around it that has one.
    pub(crate) fn part_of(&self, id: ElementId) -> Option<&str> {
        let nodes = self.definition().filing.as_ref()?.part;
        let document = self.document();
        let has = |around: ElementId| {
            nodes.iter().find_map(|&node| {
                let first = self.elements_within(node, around).first().copied();
                first.filter(|&value| document.parent(value) == Some(around))
            })
        };
        let value = std::iter::successors(Some(id), |&id| document.parent(id)).find_map(has)?;
        Some(trim(document.text(value))).filter(|text| !text.is_empty())
    }

    /// The rows that the message gives, by source.
    pub(crate) fn extract(
        &self,
        sent: Option<Date>,
        received: Option<Date>,
    ) -> impl Iterator<Item = Extracted<'_>> {
        self.definition().rows.iter().flat_map(move |extract| {
            self.elements_at(extract.node).iter().map(move |&element| {
                let mut cells = String::new();
                for (at, pick) in extract.columns.iter().enumerate() {
                    if at > 0 {
                        cells.push(UNIT);
                    }
                    if let Some(pick) = pick {
                        self.pick(element, *pick, (sent, received), &mut cells);
                    }
                }
                let part = self.part_of(element);
                Extracted { source: extract.source, element, cells, part }
            })
        })
    }

    fn pick(
        &self,
        element: ElementId,
        pick: Pick,
        (sent, received): (Option<Date>, Option<Date>),
        cells: &mut String,
    ) {
        let start = |up: u8| {
            let parent = |&id: &ElementId| self.document().parent(id);
            std::iter::successors(Some(element), parent).nth(up.into())
        };
        let mut day = |day: Option<Date>| {
            if let Some(day) = day {
                // A year beyond 9999 is written with a sign, which no message has.
                cells.push_str(day.to_string().trim_start_matches('+'));
            }
        };
        match pick {
            Pick::Path { up, path } => {
                let text = start(up).and_then(|from| self.text_at(from, path));
                cells.push_str(text.unwrap_or_default());
            }
            Pick::Filled { up, path } => {
                let at = start(up).and_then(|from| self.descend(from, path));
                cells.push_str(if at.is_some_and(|id| self.has_value(id)) { "1" } else { "" });
            }
            Pick::Sent => day(sent),
            Pick::Received => day(received),
        }
    }

    /// Whether there is a value at or below an element.
    fn has_value(&self, id: ElementId) -> bool {
        let document = self.document();
        let mut subtree = (id.0..document.end(id).0).map(ElementId);
        subtree.any(|id| !document.is_group(id) && !is_blank(document.text(id)))
    }
}
