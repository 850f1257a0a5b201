//! Protocols over a standard: which of them applies to a message, and what it comes to.
//!
//! A protocol never touches the verdict of the standard. One that recognises a message is
//! reported; it is applied only where the caller asked for it.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;

use serde::Serialize;

use crate::context::{Context, ProtocolChoice};
use crate::desk::Standpoint;
use crate::document::ElementId;
use crate::finding::{Citation, Finding, MAX_FINDINGS, Phrase, RuleAt, Severity};
use crate::message::Message;
use crate::panel::{Panel, Placed, applies_at, codes, placed};
use crate::report::{Reason, Skipped, Verdict};
use crate::scope::Scope;
use crate::standard::{Applies, Departure, Protocol, ProtocolMessage, Rule};
use crate::value::trim;
use crate::walk::Run;

/// [`ProtocolReport::chosen_by`]: nobody asked for it, but it recognised the message.
const RECOGNITION: &str = "recognition";
/// [`ProtocolReport::chosen_by`]: the caller named it.
const CALLER: &str = "caller";
/// [`ProtocolReport::chosen_by`]: the caller asked for whichever recognises the message.
const AUTO: &str = "auto";

/// What a protocol says of a message, beside the standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProtocolReport {
    /// Name of the protocol: `LTA-2019`.
    pub name: Cow<'static, str>,
    /// How it came to be chosen: `caller`, `auto`, or `recognition`, by which none is applied.
    pub chosen_by: &'static str,
    /// What it comes down to; none where the protocol was not applied.
    pub verdict: Option<Verdict>,
}

impl ProtocolReport {
    /// Whether it was applied, and not only recognised.
    #[must_use]
    pub fn is_applied(&self) -> bool {
        self.chosen_by != RECOGNITION
    }
}

/// Judges a message by the protocol that the context asks for. `fits` is whether level 1 holds.
pub(crate) fn judge(
    message: &Message<'_>,
    (context, standpoint): (&Context, Standpoint<'_>),
    fits: bool,
    skipped: &mut Skipped,
) -> Overlay {
    let mut chooser = Chooser { message, context, standpoint, fits, skipped };
    let mut overlay = match &context.protocol {
        ProtocolChoice::None => chooser.recognised(),
        ProtocolChoice::Named(name) => chooser.named(name),
        ProtocolChoice::Auto => chooser.automatic(),
    };
    overlay.findings.extend(chooser.departures());
    overlay
}

/// What a protocol adds to a report.
#[derive(Default)]
pub(crate) struct Overlay {
    pub(crate) report: Option<ProtocolReport>,
    pub(crate) findings: Vec<Finding>,
}

impl Overlay {
    fn unapplied(name: impl Into<Cow<'static, str>>, chosen_by: &'static str) -> Self {
        let report = ProtocolReport { name: name.into(), chosen_by, verdict: None };
        Self { report: Some(report), findings: Vec::new() }
    }
}

/// Where is decided which protocol applies.
struct Chooser<'c, 's> {
    message: &'c Message<'c>,
    context: &'c Context,
    standpoint: Standpoint<'c>,
    fits: bool,
    skipped: &'s mut Skipped,
}

impl Chooser<'_, '_> {
    /// Reports what recognises the message, without applying it.
    fn recognised(&mut self) -> Overlay {
        let mut overlay = Overlay::default();
        for protocol in self.protocols() {
            let Some(said) = self.recognises(protocol) else { continue };
            let reason = Reason::ProtocolNotApplied { protocol: protocol.name };
            self.skipped.whole(reason, self.judged(protocol, said).map(|one| one.rule.code));
            if overlay.report.is_none() {
                overlay = Overlay::unapplied(protocol.name, RECOGNITION);
            }
        }
        overlay
    }

    fn named(&mut self, name: &str) -> Overlay {
        if let Some(protocol) = self.protocols().iter().find(|protocol| protocol.name == name) {
            return self.apply(protocol, CALLER);
        }
        let standard = self.message.standard().name;
        let reason = Reason::ProtocolUnknown { protocol: name.to_owned(), standard };
        self.skipped.whole(reason, []);
        Overlay::unapplied(name.to_owned(), CALLER)
    }

    fn automatic(&mut self) -> Overlay {
        let mut protocols = self.protocols().iter();
        let first = protocols.find(|protocol| self.recognises(protocol).is_some());
        first.map_or_else(Overlay::default, |protocol| self.apply(protocol, AUTO))
    }

    fn apply(&mut self, protocol: &'static Protocol, chosen_by: &'static str) -> Overlay {
        let mut overlay = Overlay::unapplied(protocol.name, chosen_by);
        // A protocol that only recognises a message would accept whatever stands in it.
        let said = self.says(protocol).filter(|said| !said.uses.is_empty());
        let Some(said) = said else {
            self.skipped.whole(self.silence(protocol), []);
            return overlay;
        };
        self.skipped.rules(Reason::NotYet, codes(said.not_yet, protocol.rules));
        let placed = self.judged(protocol, said);
        if !self.fits && !self.context.all_levels {
            self.skipped.rules(Reason::LevelFailed(1), placed.map(|one| one.rule.code));
            return overlay;
        }
        // A verdict over nothing would be approval of what was never looked at.
        if said.uses.iter().all(|one| self.message.elements_at(one.node).is_empty()) {
            let reason = Reason::ProtocolFoundNothing { protocol: protocol.name };
            self.skipped.whole(reason, placed.map(|one| one.rule.code));
            return overlay;
        }
        let (inside, outside): (Vec<_>, Vec<_>) =
            self.judged(protocol, said).partition(|one| self.applies(*one));
        // A rule that is for several places is judged where the message has them.
        let is_inside = |code: &str| inside.iter().any(|one| one.rule.code == code);
        let is_there = |one: &&Placed| !self.message.elements_at(one.node).is_empty();
        let outside = outside.iter().filter(is_there).map(|one| one.rule.code);
        let outside: Vec<_> = outside.filter(|code| !is_inside(code)).collect();
        let reason = Reason::ProtocolOutside { protocol: protocol.name };
        if inside.is_empty() {
            self.skipped.whole(reason, outside);
            return overlay;
        }
        self.skipped.rules(reason, outside);
        let panel = Panel::new(self.message, protocol.rules, self.context.fuel, self.standpoint);
        overlay.findings = panel.judge(placed, self.skipped);
        for finding in &mut overlay.findings {
            finding.protocol = Some(protocol.name);
            (finding.level, finding.retourcode) = (None, None);
        }
        let verdict = Verdict::of(&overlay.findings);
        overlay.report = overlay.report.map(|it| ProtocolReport { verdict: Some(verdict), ..it });
        overlay
    }

    /// What a protocol judges in a message.
    fn judged(
        &self,
        protocol: &'static Protocol,
        said: &'static ProtocolMessage,
    ) -> impl Iterator<Item = Placed> + use<> {
        let uses = said.uses.iter().map(|one| (one.node, &one.site, one.applies));
        placed(uses, protocol.rules, self.context.remarks)
    }

    /// Whether a protocol applies to one of the elements that a rule is for. Where that is not known
    /// it may.
    fn applies(&self, placed: Placed) -> bool {
        let Some(applies) = placed.applies else { return true };
        let fuel = Cell::new(self.context.fuel);
        let run = Run::new(self.message, &[], &fuel, self.standpoint);
        let mut elements = self.message.elements_at(placed.node).iter();
        elements.any(|&element| may_apply(&run, applies, element))
    }

    /// What is wrong at level 1 because a protocol asks for it: of the protocol that was asked for,
    /// or of every one where all are or remarks are.
    fn departures(&self) -> Vec<Finding> {
        let is_asked = |one: &&Protocol| match &self.context.protocol {
            ProtocolChoice::None => self.context.remarks,
            ProtocolChoice::Named(name) => self.context.remarks || name == one.name,
            ProtocolChoice::Auto => true,
        };
        let misfits = self.message.misfits().findings.iter().rev();
        let misfits: HashMap<_, _> = misfits.map(|wrong| (wrong.path.as_str(), wrong)).collect();
        if misfits.is_empty() {
            return Vec::new();
        }
        let protocols = self.protocols().iter().filter(is_asked);
        let said = protocols.filter_map(|one| Some((one, self.says(one)?)));
        let told = said.flat_map(|(protocol, said)| {
            let departures = said.departures.iter();
            departures.flat_map(|one| self.departed(protocol, one, &misfits)).collect::<Vec<_>>()
        });
        told.collect()
    }

    /// What is wrong, by path, because of one departure.
    fn departed(
        &self,
        protocol: &'static Protocol,
        departure: &'static Departure,
        misfits: &HashMap<&str, &Finding>,
    ) -> Vec<Finding> {
        let Some(rule) = protocol.rules.get(usize::from(departure.rule)) else { return Vec::new() };
        let document = self.message.document();
        let fuel = Cell::new(self.context.fuel);
        let run = Run::new(self.message, &[], &fuel, self.standpoint);
        let elements = self.message.elements_at(departure.node).iter();
        let has_value = |id| departure.values.contains(&trim(document.text(id)));
        let told = elements.filter(|&&id| has_value(id)).filter_map(|&id| {
            let wrong = misfits.get(document.path(id).as_str())?;
            let mut conditions = departure.conditions.iter();
            let is_asked = conditions.all(|one| may_apply(&run, *one, id));
            is_asked.then(|| explained(protocol, rule, wrong))
        });
        told.take(MAX_FINDINGS).collect()
    }

    /// Why a protocol says nothing of the message.
    fn silence(&self, protocol: &'static Protocol) -> Reason {
        let (protocol, messages) = (protocol.name, protocol.messages);
        let (release, message) = (self.message.release().name, self.message.definition().name);
        match messages.iter().any(|said| said.release == release) {
            true => Reason::ProtocolNotForMessage { protocol, message },
            false => Reason::ProtocolNotForRelease { protocol, release },
        }
    }

    fn protocols(&self) -> &'static [Protocol] {
        self.message.standard().protocols
    }

    /// What a protocol says of this message of this release.
    fn says(&self, protocol: &'static Protocol) -> Option<&'static ProtocolMessage> {
        let here = (self.message.release().name, self.message.definition().name);
        protocol.messages.iter().find(|said| (said.release, said.message) == here)
    }

    /// What a protocol says of this message, if it recognises it. That is asked only of a message
    /// that fits the schema, and the answer counts only if it took no more than the budget.
    fn recognises(&self, protocol: &'static Protocol) -> Option<&'static ProtocolMessage> {
        let said = self.says(protocol).filter(|_| self.fits)?;
        let fuel = Cell::new(self.context.fuel);
        let run = Run::new(self.message, &[], &fuel, Standpoint::ALONE);
        let recognised = (said.recognises)(Scope::new(&run, ElementId::ROOT));
        (recognised && fuel.get() > 0).then_some(said)
    }
}

/// Whether something is so of an element, or of one above it. Where that is not known it may be.
fn may_apply(run: &Run<'_>, applies: Applies, element: ElementId) -> bool {
    applies_at(run, applies, element) || !run.charge(0) || !run.desk.take_missing().is_empty()
}

/// That a value is wrong which a protocol asks for.
fn explained(protocol: &'static Protocol, rule: &'static Rule, wrong: &Finding) -> Finding {
    let (name, code) = (protocol.name, rule.code);
    let why = rule.deviations.join("; ");
    let because = Phrase::composed(
        format!("protocol {name} vraagt deze waarde ({code}), maar wijkt daarmee af van: {why}"),
        format!("protocol {name} asks for this value ({code}), but departs from: {why}"),
    );
    Finding {
        rule: code,
        protocol: Some(name),
        severity: Severity::Remark,
        level: None,
        because: Some(because),
        source: Citation::Fixed(rule.sources.first().copied().unwrap_or(protocol.source)),
        rule_at: Some(RuleAt::of(rule)),
        ..wrong.clone()
    }
}

#[cfg(test)]
mod tests;
