//! What rules and types say of values that a field may get.

use regelwerk::Finding;
use regelwerk_compiler::model::core::walk::{self, Part};
use regelwerk_compiler::model::core::{Cond, Demand, Value};
use regelwerk_compiler::model::{Content, Message, Rule, RuleKind, SimpleType, Standard};

/// Most values of a list that are tried.
const LISTED: usize = 20;

/// What rules and types say of values that a field may get.
#[derive(Clone, Copy)]
pub(crate) struct Guide<'m> {
    /// The standard of the message.
    pub(crate) standard: &'m Standard,
    /// Its release, as an index.
    pub(crate) release: usize,
    /// The message as that release defines it.
    pub(crate) definition: &'m Message,
}

impl Guide<'_> {
    /// The values that the rule of a finding names, in order, as they stand in a message.
    pub(super) fn named(&self, finding: &Finding) -> Vec<String> {
        let Some(rule) = self.rule(finding) else { return Vec::new() };
        let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
        let mut named = Vec::new();
        let mut take = |value: &Value| {
            let text = match value {
                Value::Text(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Date(day) => day.to_string(),
                Value::Time(time) => time.to_string(),
                _ => return,
            };
            if !named.contains(&text) {
                named.push(text);
            }
        };
        for wording in wordings.iter().filter(|one| one.interval.has(self.release)) {
            walk::steps(&wording.body, 0, |part, _| match part {
                Part::Value(value) => take(value),
                Part::Cond(Cond::Listed(_, listed))
                | Part::Demand(Demand::Holds(Cond::Listed(_, listed))) => {
                    let values = self.standard.dossier.listed(listed);
                    values.iter().take(LISTED).for_each(&mut take);
                }
                _ => {}
            });
        }
        named
    }

    fn rule(&self, finding: &Finding) -> Option<&Rule> {
        let rules = match finding.protocol {
            None => &self.standard.rules,
            Some(name) => &self.standard.protocols.iter().find(|one| one.name == name)?.rules,
        };
        rules.iter().find(|rule| rule.code == finding.rule)
    }

    /// A value of the type at a place in the schema.
    pub(super) fn sample(&self, node: u16) -> Option<&str> {
        Some(self.simple(node)?.sample.as_str())
    }

    fn simple(&self, node: u16) -> Option<&SimpleType> {
        match self.definition.nodes.get(usize::from(node))?.content {
            Content::Value(of, _) => self.standard.releases.get(self.release)?.types.get(of),
            Content::Group(_) => None,
        }
    }
}
