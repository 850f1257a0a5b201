//! Rules, as people read them.

use regelwerk_compiler::emit::rule_text;
use regelwerk_compiler::model::{self, Protocol, RuleKind};
use regelwerk_kernel::standard::{Form, FormUse, Rule, Status, WordingInfo};

use crate::keep;
use crate::maker::Maker;

impl Maker<'_> {
    /// The rules of the standard, or of one of its protocols.
    pub(crate) fn rules(&self, protocol: Option<&Protocol>) -> &'static [Rule] {
        let rules = protocol.map_or(&self.standard.rules, |protocol| &protocol.rules);
        keep::list(rules.iter().map(|rule| self.rule(rule, protocol)))
    }

    fn rule(&self, rule: &model::Rule, protocol: Option<&Protocol>) -> Rule {
        let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let [good, bad] = rule.examples(&self.standard.scenarios).map(count);
        let sources = self.sources;
        Rule {
            code: keep::text(&rule.code),
            title: keep::text(&rule.title),
            level: rule.level,
            retourcode: rule.retourcode.as_deref().map(keep::text),
            // A rule outside the levels needs a message that fits the schema.
            stage: rule.judged_at.or(rule.level).unwrap_or(2),
            is_remark: rule.is_remark,
            looks_further: rule.looks_further(),
            sources: keep::texts(&rule.sources),
            readings: keep::texts(&rule.readings),
            deviations: keep::texts(&rule.deviations),
            see: keep::texts(&rule.see),
            status: status(&rule.kind),
            nowhere: rule.nowhere.as_deref().map(keep::text),
            examples: (good, bad),
            file: keep::text(&sources.place(rule.span.source)),
            line: sources.position(rule.span).line,
            text: keep::text(&rule_text(rule, &self.standard.dossier, sources)),
            wordings: self.wordings(rule, protocol),
        }
    }

    fn wordings(&self, rule: &model::Rule, protocol: Option<&Protocol>) -> &'static [WordingInfo] {
        let places = |at: usize| keep::texts(self.standard.places(&rule.code, at, protocol));
        match &rule.kind {
            RuleKind::Judged(wordings) => {
                keep::list(wordings.iter().enumerate().map(|(at, wording)| WordingInfo {
                    interval: keep::text(&self.standard.interval(wording.interval)),
                    places: places(at),
                }))
            }
            RuleKind::NotByMachine(_)
            | RuleKind::Follows(_)
            | RuleKind::NotYet
            | RuleKind::Term(_) => {
                let places = places(0);
                let told = (!places.is_empty()).then_some(WordingInfo { interval: "", places });
                keep::list(told)
            }
            RuleKind::Facet(..) | RuleKind::Form(..) | RuleKind::Order => &[],
        }
    }

    /// Demands on the outer form, each with the number of its rule.
    pub(crate) fn forms(&self) -> &'static [FormUse] {
        let all = (0_u16..).zip(&self.standard.rules);
        keep::list(all.flat_map(|(rule, one)| {
            let demands = match &one.kind {
                RuleKind::Form(demands, _) => demands.as_slice(),
                _ => &[],
            };
            demands.iter().map(move |demand| FormUse { rule, form: form(*demand) })
        }))
    }
}

fn form(demand: model::Form) -> Form {
    match demand {
        model::Form::Utf8 => Form::Utf8,
        model::Form::NoByteOrderMark => Form::NoByteOrderMark,
        model::Form::CrLf => Form::CrLf,
        model::Form::MaxBytes(bytes) => Form::MaxBytes(bytes),
    }
}

fn status(kind: &RuleKind) -> Status {
    match kind {
        RuleKind::Judged(_)
        | RuleKind::Facet(..)
        | RuleKind::Form(..)
        | RuleKind::Order
        | RuleKind::Term(_) => Status::Judged,
        RuleKind::NotByMachine(reason) => Status::NotByMachine(keep::text(reason)),
        RuleKind::Follows(codes) => Status::NotByMachine(keep::text(&format!(
            "de standaard beoordeelt het, met {}",
            codes.join(", ")
        ))),
        RuleKind::NotYet => Status::NotYet,
    }
}
