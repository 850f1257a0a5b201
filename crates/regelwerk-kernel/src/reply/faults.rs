//! What is wrong with a message, class by class.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::ElementId;
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::report::{NotAssessed, Reason, Report};
use crate::standard::{Content, MessageKind, Reply, When};

use super::{BEYOND, NoReply, ReplyOptions};

/// The faults of a message that its reply has to name.
pub(super) struct Faults<'m> {
    message: &'m Message<'m>,
    reply: &'static Reply,
    /// The lowest level that rejects the message, if one does.
    level: Option<u8>,
    /// Retourcodes by asked class.
    codes: BTreeMap<ElementId, BTreeSet<String>>,
    /// What was not assessed and is not taken to hold.
    gaps: Vec<NotAssessed>,
    /// The asked classes that a gap is about, by node.
    open: BTreeSet<u16>,
}

impl<'m> Faults<'m> {
    pub(super) fn of(
        report: &Report,
        message: &'m Message<'m>,
        reply: &'static Reply,
        options: &ReplyOptions,
    ) -> Result<Self, NoReply> {
        let level = match &options.faults {
            Some(given) => given.iter().map(|fault| fault.level).min(),
            None => errors(report).filter_map(|finding| finding.level).min(),
        };
        let gaps = if options.accept_unassessed { Vec::new() } else { gaps(report, message) };
        let open = BTreeSet::new();
        let mut faults = Self { message, reply, level, codes: BTreeMap::new(), gaps, open };
        faults.open = faults.open_classes();
        if level.is_none_or(|level| level >= BEYOND) {
            match &options.faults {
                Some(given) => given.iter().for_each(|fault| faults.add(fault.at, &fault.code)),
                None => {
                    faults.take(report)?;
                    all_told(report)?;
                }
            }
        }
        Ok(faults)
    }

    /// The lowest level that rejects the message, if one does.
    pub(super) fn level(&self) -> Option<u8> {
        self.level
    }

    /// Takes in what a report says.
    fn take(&mut self, report: &Report) -> Result<(), NoReply> {
        for finding in errors(report) {
            // What is outside the levels has no place in a reply, whatever code it has.
            let code = finding.level.and(finding.retourcode);
            let code = code.ok_or(NoReply::NoCode { rule: finding.rule })?;
            self.add(self.message.document().at(finding.offset), code);
        }
        Ok(())
    }

    /// Takes in a fault, at the class that it is in.
    fn add(&mut self, at: ElementId, code: &str) {
        let class = self.class_of(at);
        self.codes.entry(class).or_default().insert(code.to_owned());
    }

    fn class_of(&self, id: ElementId) -> ElementId {
        let document = self.message.document();
        let mut line = std::iter::successors(Some(id), |&id| document.parent(id));
        let own = line.find(|&id| self.is_class(self.message.node(id)));
        let outside = self.message.elements_at(self.reply.outside).first();
        own.or(outside.copied()).unwrap_or(ElementId::ROOT)
    }

    fn is_class(&self, node: Option<u16>) -> bool {
        node.is_some_and(|node| self.reply.classes.contains(&node))
    }

    /// Whether this is the case.
    pub(super) fn is_case(&self, when: When) -> bool {
        let beyond = self.level.is_some_and(|level| level >= BEYOND);
        match when {
            When::Level(level) => self.level == Some(level),
            When::In(classes) => {
                let mut nodes = self.codes.keys().filter_map(|&id| self.message.node(id));
                beyond && nodes.any(|node| classes.contains(&node))
            }
            When::Rejected => beyond,
            When::Accepted => self.level.is_none(),
        }
    }

    /// Whether an asked class has a fault itself.
    pub(super) fn has(&self, class: ElementId) -> bool {
        self.codes.contains_key(&class)
    }

    /// The retourcodes of an asked class, in order: those of its faults, or the one that says that
    /// there are none.
    pub(super) fn codes_of(&self, class: ElementId) -> Vec<String> {
        match self.codes.get(&class) {
            Some(codes) => codes.iter().cloned().collect(),
            None if self.is_open(class) => vec![self.reply.unassessed.to_owned()],
            None => vec![self.reply.good.to_owned()],
        }
    }

    fn is_open(&self, class: ElementId) -> bool {
        self.message.node(class).is_some_and(|node| self.open.contains(&node))
    }

    /// That nothing is left unassessed.
    pub(super) fn all_assessed(&self) -> Result<(), NoReply> {
        match self.gaps.is_empty() {
            true => Ok(()),
            false => Err(NoReply::Unassessed(self.gaps.clone())),
        }
    }

    /// The classes that a gap is about; all of them where it names no rule.
    fn open_classes(&self) -> BTreeSet<u16> {
        let mut open = BTreeSet::new();
        let parents = parents(self.message.kind());
        for gap in &self.gaps {
            let nodes: Vec<_> = gap.rules.iter().flat_map(|rule| self.nodes_of(rule)).collect();
            if nodes.is_empty() {
                open.extend(self.reply.classes);
            }
            open.extend(nodes.into_iter().map(|node| self.class_node(node, &parents)));
        }
        open
    }

    /// Where a rule is judged, or would be.
    fn nodes_of(&self, code: &str) -> Vec<u16> {
        let rules = self.message.standard().rules;
        let is_it = |rule: u16| rules.get(usize::from(rule)).is_some_and(|rule| rule.code == code);
        let definition = self.message.definition();
        let nodes = (0_u16..).zip(definition.nodes);
        let judged = nodes.filter(|(_, node)| node.uses.iter().any(|site| is_it(site.rule)));
        let not_yet = definition.not_yet.iter().filter(|(_, rule)| is_it(*rule));
        judged.map(|(index, _)| index).chain(not_yet.map(|(index, _)| *index)).collect()
    }

    fn class_node(&self, node: u16, parents: &[Option<u16>]) -> u16 {
        let parent = |node: &u16| parents.get(usize::from(*node)).copied().flatten();
        let mut line = std::iter::successors(Some(node), parent);
        line.find(|&node| self.is_class(Some(node))).unwrap_or(self.reply.outside)
    }
}

/// What rejects a message by the standard. What a protocol says does not enter a reply.
fn errors(report: &Report) -> impl Iterator<Item = &Finding> {
    let is_own = |one: &&Finding| one.protocol.is_none() && one.severity == Severity::Error;
    report.findings.iter().filter(is_own)
}

/// What was not assessed of the standard. What a protocol says does not enter a reply.
pub(super) fn gaps(report: &Report, message: &Message<'_>) -> Vec<NotAssessed> {
    let own = |code: &&str| message.standard().rules.iter().any(|rule| rule.code == *code);
    let mut gaps = Vec::new();
    for entry in &report.not_assessed {
        let rules: Vec<_> = entry.rules.iter().copied().filter(|code| own(code)).collect();
        let is_whole = entry.rules.is_empty() && !entry.reason.is_of_protocol();
        if is_whole || !rules.is_empty() {
            gaps.push(NotAssessed { reason: entry.reason.clone(), rules });
        }
    }
    gaps
}

/// That every finding beyond the message itself is told: a reply must not leave faults out.
fn all_told(report: &Report) -> Result<(), NoReply> {
    let cut = report.not_assessed.iter().find(|entry| entry.reason == Reason::MoreOfRule);
    let told = |rule: &&&str| report.findings.iter().any(|one| one.rule == **rule);
    let rules: Vec<_> =
        cut.into_iter().flat_map(|entry| &entry.rules).filter(told).copied().collect();
    if rules.is_empty() { Ok(()) } else { Err(NoReply::TooMany { rules }) }
}

/// The element that each element of a message is in.
pub(super) fn parents(kind: MessageKind) -> Vec<Option<u16>> {
    let mut parents = vec![None; kind.message.nodes.len()];
    for (index, node) in (0_u16..).zip(kind.message.nodes) {
        let Content::Group(children) = node.content else { continue };
        for child in children {
            if let Some(place) = parents.get_mut(usize::from(*child)) {
                *place = Some(index);
            }
        }
    }
    parents
}
