//! What each rule came to in a message.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk::{Finding, Message, Report};
use regelwerk_compiler::model::{
    self, Content, NodeId, Placed, Protocol, Rule, RuleKind, Standard, Use,
};
use regelwerk_eval::{Outline, Unit, outline};

use super::course::{Course, Outcome};
use super::ear::Alike;
use super::words::Words;
use crate::text;
use crate::tone::Tone;

/// A message of a release, with the rules that it is explained by.
#[derive(Clone, Copy)]
pub(super) struct Subject<'m> {
    pub(super) standard: &'m Standard,
    /// The release, as an index.
    pub(super) release: usize,
    /// The message, as an index into those of the release.
    pub(super) message: usize,
    pub(super) definition: &'m model::Message,
    /// The protocol that is applied, by number.
    pub(super) protocol: Option<(u16, &'m Protocol)>,
}

/// A rule that is about the message.
#[derive(Debug, Clone)]
pub(super) struct Entry<'m> {
    /// The protocol that it is of, by number and name.
    pub(super) protocol: Option<(u16, &'m str)>,
    /// Its number among the rules of the standard or of that protocol.
    pub(super) index: u16,
    pub(super) rule: &'m Rule,
    /// The elements that it is for; for a rule that is judged, with its wording.
    pub(super) places: Vec<(NodeId, Option<&'m Use>)>,
}

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Standing {
    /// It has findings.
    Fired,
    /// It was asked, and nothing is wrong.
    Passed,
    /// It asked nothing.
    DidNotApply,
    /// It was not judged.
    NotAssessed,
}

/// A rule, with what it came to.
#[derive(Debug)]
pub(super) struct Told<'m> {
    pub(super) code: &'m str,
    /// None of what the schema demands without a rule.
    pub(super) entry: Option<Entry<'m>>,
    pub(super) standing: Standing,
    pub(super) findings: Vec<&'m Finding>,
    /// The first element that it came to this at.
    pub(super) at: Option<String>,
    /// At how many elements it came to this.
    pub(super) count: usize,
    /// Why it did not apply or was not judged.
    pub(super) why: Option<String>,
}

impl<'m> Subject<'m> {
    /// The message that a report is of.
    pub(super) fn of(
        model: &'m model::Model,
        message: &Message<'_>,
        report: &Report,
    ) -> Option<Self> {
        let [name, release, kind] = message.kind().names();
        let standard = model.standards.iter().find(|one| one.name == name)?;
        let release = standard.releases.iter().position(|one| one.name == release)?;
        let messages = &standard.releases.get(release)?.messages;
        let at = messages.iter().position(|one| one.name == kind)?;
        let applied = report.protocol.as_ref().filter(|one| one.is_applied());
        let protocols = (0_u16..).zip(&standard.protocols);
        let protocol =
            protocols.into_iter().find(|(_, one)| applied.is_some_and(|it| it.name == one.name));
        Some(Self { standard, release, message: at, definition: messages.get(at)?, protocol })
    }

    /// The rules that are about the message: those of the standard, then those of the protocol.
    pub(super) fn entries(&self) -> Vec<Entry<'m>> {
        let mut found = BTreeMap::<(Option<u16>, u16), Entry<'m>>::new();
        let own = self.of_standard();
        let stated = self.here(&self.standard.stated);
        let laid = self.protocol.map(|(at, one)| {
            let placed = self.here(&one.placed).chain(self.here(&one.stated));
            (at, one, placed.collect::<Vec<_>>())
        });
        for (code, node, used) in own.into_iter().chain(stated) {
            enter(&mut found, None, &self.standard.rules, (code, node, used));
        }
        if let Some((at, protocol, placed)) = laid {
            for place in placed {
                enter(&mut found, Some((at, &protocol.name)), &protocol.rules, place);
            }
        }
        found.into_values().collect()
    }

    /// What the standard judges at its elements: wordings, and what stands for a facet.
    fn of_standard(&self) -> Vec<(&'m str, NodeId, Option<&'m Use>)> {
        let types = self.standard.releases.get(self.release).map_or(&[][..], |one| &one.types);
        let mut placed = Vec::new();
        for (at, node) in self.definition.nodes.iter().enumerate() {
            let uses = node.uses.iter();
            placed.extend(uses.map(|used| (used.rule.as_str(), NodeId(at), Some(used))));
            let Content::Value(of, extra) = &node.content else { continue };
            let facets = types.get(*of).map_or(&[][..], |of| &of.facets);
            let codes = facets.iter().chain(extra).filter_map(|one| one.rule.as_deref());
            placed.extend(codes.map(|code| (code, NodeId(at), None)));
        }
        placed
    }

    fn here(
        &self,
        placed: &'m [Placed],
    ) -> impl Iterator<Item = (&'m str, NodeId, Option<&'m Use>)> + use<'m> {
        let here = (self.release, self.message);
        let placed = placed.iter().filter(move |one| (one.release, one.message) == here);
        placed.map(|one| (one.used.rule.as_str(), one.node, Some(&one.used)))
    }

    /// What stands in the place of the parameters of a wording, at an element by its path.
    pub(super) fn params(&self, entry: &Entry<'_>, path: &str) -> Vec<String> {
        let plain = plain(path);
        let here = entry.places.iter().find(|(node, _)| self.path(*node) == plain);
        let used = here.and_then(|(_, used)| *used);
        let params = used.map_or(&[][..], |used| &used.params);
        params
            .iter()
            .map(|paths| paths.first().map_or(String::new(), |path| path.join(".")))
            .collect()
    }

    /// The path of a node: `/Bericht/Client`.
    pub(super) fn path(&self, node: NodeId) -> String {
        format!("/{}", self.definition.path(node).join("/"))
    }
}

fn enter<'m>(
    found: &mut BTreeMap<(Option<u16>, u16), Entry<'m>>,
    protocol: Option<(u16, &'m str)>,
    rules: &'m [Rule],
    (code, node, used): (&'m str, NodeId, Option<&'m Use>),
) {
    let Some(at) = rules.iter().position(|rule| rule.code == code) else { return };
    let (Some(rule), Ok(index)) = (rules.get(at), u16::try_from(at)) else { return };
    let key = (protocol.map(|(at, _)| at), index);
    let entry = Entry { protocol, index, rule, places: Vec::new() };
    let places = &mut found.entry(key).or_insert(entry).places;
    if !places.contains(&(node, used)) {
        places.push((node, used));
    }
}

/// A path without numbers.
fn plain(path: &str) -> String {
    let steps = path.split('/').map(|step| step.split('[').next().unwrap_or(step));
    steps.collect::<Vec<_>>().join("/")
}

/// What was heard, and what it is told with.
pub(super) struct Survey<'m> {
    pub(super) subject: Subject<'m>,
    pub(super) message: &'m Message<'m>,
    pub(super) report: &'m Report,
    pub(super) heard: &'m BTreeMap<Unit, Vec<Alike>>,
    pub(super) tone: Tone,
    pub(super) redact: bool,
}

impl<'m> Survey<'m> {
    /// What each rule that is about the message came to; also what the schema found without one.
    pub(super) fn told(&self) -> Vec<Told<'m>> {
        let mut told: Vec<_> =
            self.subject.entries().into_iter().map(|entry| self.entry(entry)).collect();
        told.extend(self.strays(&told));
        told
    }

    /// What findings are of that no rule about the message has: the schema, the form of the file.
    fn strays(&self, told: &[Told<'m>]) -> Vec<Told<'m>> {
        let has = |finding: &Finding| {
            told.iter().any(|one| one.findings.iter().any(|it| std::ptr::eq(*it, finding)))
        };
        let strays: Vec<_> = self.report.findings.iter().filter(|one| !has(one)).collect();
        let codes: BTreeSet<_> = strays.iter().map(|one| one.rule).collect();
        let of = |code: &&'static str| {
            let findings: Vec<_> = strays.iter().filter(|it| it.rule == *code).copied().collect();
            self.fired(code, None, findings)
        };
        codes.iter().map(of).collect()
    }

    fn fired(
        &self,
        code: &'m str,
        entry: Option<Entry<'m>>,
        findings: Vec<&'m Finding>,
    ) -> Told<'m> {
        let at = findings.first().map(|finding| finding.path.clone());
        let count = findings.len();
        Told { code, entry, standing: Standing::Fired, findings, at, count, why: None }
    }

    /// What a rule came to.
    pub(super) fn entry(&self, entry: Entry<'m>) -> Told<'m> {
        let code = entry.rule.code.as_str();
        let protocol = entry.protocol.map(|(_, name)| name);
        let is_its = |it: &&Finding| (it.rule, it.protocol) == (code, protocol);
        let findings: Vec<_> = self.report.findings.iter().filter(is_its).collect();
        if !findings.is_empty() {
            return self.fired(code, Some(entry), findings);
        }
        let (standing, at, count, why) = self.unfired(&entry);
        Told { code, entry: Some(entry), standing, findings, at, count, why }
    }

    fn unfired(&self, entry: &Entry<'m>) -> (Standing, Option<String>, usize, Option<String>) {
        if let Some(why) = self.reason(entry) {
            return (Standing::NotAssessed, None, 0, Some(why));
        }
        let count = self.elements(entry).count();
        if count == 0 {
            return (Standing::DidNotApply, None, 0, Some(self.absent(entry)));
        }
        let first = self.elements(entry).next().map(|id| self.message.document().path(id));
        if !matches!(entry.rule.kind, RuleKind::Judged(_)) {
            return (Standing::Passed, first, count, None);
        }
        let groups = self.groups(entry);
        let kept: Vec<_> = groups.iter().filter(|it| it.outcome != Outcome::Quiet).collect();
        if let Some(first) = kept.first() {
            let count = kept.iter().map(|group| group.alike.count).sum();
            return (Standing::Passed, first.path(), count, None);
        }
        let count = groups.iter().map(|group| group.alike.count).sum();
        match groups.first() {
            Some(first) => (Standing::DidNotApply, first.path(), count, self.quiet(entry, first)),
            None => (Standing::DidNotApply, first, count, Some(self.outside(entry))),
        }
    }

    /// Why a rule was not judged.
    fn reason(&self, entry: &Entry<'_>) -> Option<String> {
        let code = entry.rule.code.as_str();
        if let RuleKind::NotByMachine(why) = &entry.rule.kind {
            return Some(format!("{}: {why}", self.tone.say("niet machinaal", "not by machine")));
        }
        if let RuleKind::Follows(codes) = &entry.rule.kind {
            let by =
                self.tone.say("de standaard beoordeelt het, met", "the standard judges it, with");
            return Some(format!("{by} {}", codes.join(", ")));
        }
        let skipped = self.report.not_assessed.iter().find(|it| it.rules.contains(&code));
        let skipped = skipped.map(|it| text::reason(&it.reason, self.tone));
        skipped.or_else(|| {
            let is_term = matches!(entry.rule.kind, RuleKind::Term(_) | RuleKind::Order);
            let dossier = self.tone.say(
                "een dossier beoordeelt het; gebruik `regelwerk dossier`",
                "a dossier judges it; use `regelwerk dossier`",
            );
            is_term.then(|| dossier.to_owned())
        })
    }

    fn elements(&self, entry: &Entry<'_>) -> impl Iterator<Item = regelwerk::ElementId> {
        let nodes = entry.places.iter().filter_map(|(node, _)| u16::try_from(node.0).ok());
        let nodes: Vec<u16> = nodes.collect();
        let mut ids: Vec<_> =
            nodes.iter().flat_map(|node| self.message.elements_at(*node)).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
    }

    /// The elements that a rule is for, with the value of each.
    pub(super) fn values(&self, entry: &Entry<'_>) -> Vec<(String, Option<String>)> {
        let document = self.message.document();
        let words = self.words(entry, "");
        let value = |id| Some(document.text(id).trim()).filter(|text| !text.is_empty());
        let of = |id| (document.path(id), value(id).map(|text| words.cut(text)));
        self.elements(entry).map(of).collect()
    }

    /// That no element is there that a rule is for.
    fn absent(&self, entry: &Entry<'_>) -> String {
        let paths = entry.places.iter().map(|(node, _)| self.subject.path(*node));
        let mut paths: Vec<_> = paths.collect();
        paths.dedup();
        let or = self.tone.say(" of ", " or ");
        let none = self.tone.say("het bericht heeft geen", "the message has no");
        let first: Vec<_> = paths.iter().take(3).map(String::as_str).collect();
        let more = if paths.len() > first.len() { ", …" } else { "" };
        format!("{none} {}{more}", first.join(or))
    }

    /// That the protocol does not apply to any of the elements.
    fn outside(&self, entry: &Entry<'_>) -> String {
        let name = entry.protocol.map_or("", |(_, name)| name);
        let outside =
            self.tone.say("valt buiten de toepassing van", "lies outside the application of");
        format!("{outside} {name}")
    }

    /// That a rule is not about this message.
    pub(super) fn not_about(&self) -> String {
        let about = self.tone.say("de regel gaat niet over", "the rule is not about");
        let in_release = self.tone.say("in release", "in release");
        let release = self.report.release.unwrap_or_default();
        format!("{about} {} {in_release} {release}", self.subject.definition.name)
    }

    /// How a rule went at elements, alike ones together.
    pub(super) fn groups(&self, entry: &Entry<'m>) -> Vec<Group<'m>> {
        let protocol = entry.protocol.map(|(at, _)| at);
        let its = |unit: &Unit| match unit {
            Unit::Wording { protocol: of, rule, wording } => {
                ((*of, *rule) == (protocol, entry.index)).then_some(*wording)
            }
            _ => None,
        };
        let heard = self.heard.iter().filter_map(|(unit, all)| its(unit).map(|it| (it, all)));
        let groups = heard.flat_map(|(wording, all)| {
            let said = outline(entry.rule, wording);
            all.iter().map(move |alike| Group::of(&said, alike)).collect::<Vec<_>>()
        });
        groups.collect()
    }

    fn quiet(&self, entry: &Entry<'m>, group: &Group<'m>) -> Option<String> {
        let words = self.words(entry, group.path().as_deref().unwrap_or_default());
        let course = group.courses().next()?.1;
        let why: Vec<_> = course.quiet.iter().map(|quiet| words.quiet(quiet)).collect();
        (!why.is_empty()).then(|| why.join("; "))
    }

    /// How parts of a rule are told at an element.
    pub(super) fn words(&self, entry: &Entry<'_>, path: &str) -> Words {
        let params = self.subject.params(entry, path);
        Words { tone: self.tone, redact: self.redact, params }
    }
}

/// Elements at which a rule went alike.
pub(super) struct Group<'m> {
    said: Vec<Outline<'m>>,
    pub(super) alike: &'m Alike,
    pub(super) outcome: Outcome,
}

impl<'m> Group<'m> {
    fn of(said: &[Outline<'m>], alike: &'m Alike) -> Self {
        let first = alike.episodes.first();
        let outcome = first.map_or(Outcome::Quiet, |one| Course::of(said, one).outcome());
        Self { said: said.to_vec(), alike, outcome }
    }

    /// The first of the elements.
    pub(super) fn path(&self) -> Option<String> {
        self.alike.episodes.first().map(|one| one.path.clone())
    }
}

impl<'m> Group<'m> {
    /// How it went at each element that is kept.
    pub(super) fn courses(&self) -> impl Iterator<Item = (&'m str, Course<'m>)> {
        let all = self.alike.episodes.iter();
        all.map(|one| (one.path.as_str(), Course::of(&self.said, one)))
    }
}
