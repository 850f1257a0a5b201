//! Judging one message, level by level.

use std::borrow::Cow;

use crate::context::Context;
use crate::desk::Standpoint;
use crate::document::Document;
use crate::dossier::DossierReason;
use crate::finding::Finding;
use crate::form;
use crate::identify::identify;
use crate::message::{Message, Misfits};
use crate::panel::{Panel, Placed, codes, placed};
use crate::protocol::{self, Overlay, ProtocolReport};
use crate::report::{Reason, Receipt, Report, Skipped, Verdict};
use crate::schema;
use crate::standard::Rule;
use crate::unreadable::Unreadable;

/// Judges the bytes of a message. It never fails: what cannot be read is reported as such.
///
/// Who wants to look into the message as well takes [`Message::read`] and [`Message::validate`].
#[must_use]
pub fn validate(bytes: &[u8], context: &Context) -> Report {
    match Message::read(bytes, context) {
        Ok(message) => message.validate(context),
        Err(unreadable) => Report::unreadable(unreadable, context),
    }
}

impl<'a> Message<'a> {
    /// Reads the bytes of a message of one of the standards of `context`. That it can be read
    /// says nothing of whether it is right.
    ///
    /// # Errors
    ///
    /// When the bytes are not well-formed XML, or no message of these standards.
    pub fn read(bytes: &'a [u8], context: &Context) -> Result<Self, Unreadable> {
        Self::recognise(Document::read(bytes)?, context)
    }

    pub(crate) fn recognise(
        mut document: Document<'a>,
        context: &Context,
    ) -> Result<Self, Unreadable> {
        let subject = identify(&document, &context.standards)?;
        if let Some(root) = subject.node(0) {
            document.call_root(subject.name(root.name));
        }
        let fit = schema::judge(&document, subject);
        Ok(Self::new(document, subject, fit))
    }

    /// Judges the message, as [`validate`] does its bytes.
    #[must_use]
    pub fn validate(&self, context: &Context) -> Report {
        self.judge(context, Standpoint::ALONE)
    }

    /// Judges the message with what is known from a standpoint.
    pub(crate) fn judge(&self, context: &Context, standpoint: Standpoint<'_>) -> Report {
        let Misfits { findings, has_more, unknown } = self.misfits();
        let mut cascade = Cascade::new(self, context, standpoint);
        if let Some(reason) = Reason::incomplete(self.document(), self.release().name, unknown) {
            cascade.skipped.whole(reason, []);
        }
        if *has_more {
            cascade.skipped.whole(Reason::MoreAtLevel1, []);
        }
        cascade.conclude(1, findings.clone());
        for stage in 1..=LAST_STAGE {
            cascade.judge(stage);
        }
        let fits = cascade.failed != Some(1);
        let overlay = protocol::judge(self, (context, standpoint), fits, &mut cascade.skipped);
        if context.remarks {
            cascade.findings.extend(form::remarks(self.document(), self.subject()));
        }
        cascade.into_report(overlay)
    }
}

/// Levels 3 and 4 are judged together.
const LAST_STAGE: u8 = 3;

/// When a rule is judged.
fn stage(rule: &Rule) -> u8 {
    rule.stage.clamp(1, LAST_STAGE)
}

/// The published order of judging: a level only when those before it hold.
struct Cascade<'c> {
    message: &'c Message<'c>,
    context: &'c Context,
    panel: Panel<'c>,
    /// It is judged by itself, without earlier messages.
    is_alone: bool,
    findings: Vec<Finding>,
    skipped: Skipped,
    /// The first level that does not hold.
    failed: Option<u8>,
}

impl<'c> Cascade<'c> {
    fn new(message: &'c Message<'c>, context: &'c Context, standpoint: Standpoint<'c>) -> Self {
        let rules = message.standard().rules;
        let mut skipped = Skipped::default();
        skipped.rules(Reason::NotYet, codes(message.definition().not_yet, rules));
        let is_alone = standpoint.ledger.is_none() && message.definition().filing.is_some();
        let panel = Panel::new(message, rules, context.fuel, standpoint);
        Self { message, context, panel, is_alone, findings: Vec::new(), skipped, failed: None }
    }

    fn judge(&mut self, stage: u8) {
        if let Some(level) = self.failed.filter(|_| !self.context.all_levels) {
            let codes = self.placed(stage).map(|one| one.rule.code);
            return self.skipped.rules(Reason::LevelFailed(level), codes);
        }
        // Levels 3 and 4 are of a message among others: a part of them would not be the level.
        if stage == LAST_STAGE && self.is_alone {
            let further = self.placed(stage).filter(|one| one.rule.looks_further);
            let codes = further.map(|one| one.rule.code);
            self.skipped.rules(Reason::Dossier(DossierReason::NoDossier), codes);
        }
        let is_judged = |rule: &Rule| !(stage == LAST_STAGE && self.is_alone && rule.looks_further);
        let placed = self.placed(stage).filter(|one| is_judged(one.rule));
        let findings = self.panel.judge(placed, &mut self.skipped);
        self.conclude(stage, findings);
    }

    /// Takes in the findings of a stage.
    fn conclude(&mut self, stage: u8, findings: Vec<Finding>) {
        let fails = findings.iter().any(|finding| finding.level == Some(stage));
        self.failed = self.failed.or(fails.then_some(stage));
        self.findings.extend(findings);
    }

    /// What is judged in this message in a stage.
    fn placed(&self, wanted: u8) -> impl Iterator<Item = Placed> + use<> {
        let nodes = (0..).zip(self.message.definition().nodes);
        let uses =
            nodes.flat_map(|(index, node)| node.uses.iter().map(move |site| (index, site, None)));
        let placed = placed(uses, self.message.standard().rules, self.context.remarks);
        placed.filter(move |one| stage(one.rule) == wanted)
    }

    fn into_report(self, overlay: Overlay) -> Report {
        let Self { message, context, mut findings, skipped, .. } = self;
        let verdict = Verdict::of(&findings);
        findings.extend(overlay.findings);
        // Of one place the standard speaks first.
        findings.sort_by(|a, b| {
            let place = |it: &Finding| (it.line, it.column);
            let order = place(a).cmp(&place(b)).then_with(|| a.path.cmp(&b.path));
            order.then_with(|| (a.protocol, a.rule).cmp(&(b.protocol, b.rule)))
        });
        let release = Some(message.release().name);
        let asked = skipped.asked.iter().copied().collect();
        let receipt = Receipt { release, ..context.receipt(Some(message.standard())) };
        Report {
            message: Some(message.definition().name),
            release,
            verdict,
            receipt: with_protocol(receipt, overlay.report.as_ref()),
            protocol: overlay.report,
            findings,
            not_assessed: skipped.into_entries(),
            asked,
            unreadable: None,
            judged: Some(message.fingerprint()),
            number: None,
            changes: Vec::new(),
            order_only: false,
        }
    }
}

/// A receipt with the protocol, if one was applied.
fn with_protocol(receipt: Receipt, protocol: Option<&ProtocolReport>) -> Receipt {
    let applied = protocol.filter(|protocol| protocol.verdict.is_some());
    Receipt {
        protocol: applied.map(|protocol| protocol.name.clone()),
        protocol_chosen_by: applied.map(|protocol| Cow::Borrowed(protocol.chosen_by)),
        ..receipt
    }
}

#[cfg(test)]
mod tests;
