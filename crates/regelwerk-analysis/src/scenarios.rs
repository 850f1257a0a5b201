//! Scenarios: a message with the verdict that it must have.

use regelwerk_model::{Message, NodeId, Scenario, Standard};
use regelwerk_syntax::ast::{Assignment, Block, BlockKind, Clause, Expected, Word};

use crate::codes::{
    UNKNOWN_ELEMENT, UNKNOWN_MESSAGE, UNKNOWN_PROTOCOL, UNKNOWN_RELEASE, UNKNOWN_RULE,
};
use crate::collect::{Declarations, required, single, sources};
use crate::messages::{check_assignment, follow};
use crate::releases::field;
use crate::sink::Sink;

/// What a finding of the schema without a published rule is called.
const SCHEMA: &str = "XSD";

/// The scenarios of a home. Those of a protocol are told under it unless they say otherwise.
pub(crate) fn scenarios(
    declarations: &Declarations<'_>,
    standard: &Standard,
    protocol: Option<&Block>,
    sink: &mut Sink,
) -> Vec<Scenario> {
    let blocks = declarations.of(BlockKind::Scenario);
    let reader = Reader { declarations, standard, protocol };
    blocks.filter_map(|block| reader.scenario(block, sink)).collect()
}

struct Reader<'a> {
    declarations: &'a Declarations<'a>,
    standard: &'a Standard,
    protocol: Option<&'a Block>,
}

impl Reader<'_> {
    fn scenario(&self, block: &Block, sink: &mut Sink) -> Option<Scenario> {
        let told = required(block, "bericht:", sink, |clause| match clause {
            Clause::ScenarioMessage(message, release, fields) => Some((message, release, fields)),
            _ => None,
        });
        let expected = required(block, "verwacht:", sink, |clause| match clause {
            Clause::Expectation(expected) => Some(expected),
            _ => None,
        });
        let (name, release, fields) = told?;
        let release = self.release(release.as_ref(), sink)?;
        let (at, message) = self.message(name, release, sink)?;
        let expected = expected?;
        for one in expected {
            self.check_expected(one, message, sink);
        }
        self.check_fields(fields, message, release, expected, sink);
        Some(Scenario {
            name: block.id.value.clone(),
            title: block.title.value.clone(),
            source: sources(block).join("; "),
            release,
            message: at,
            fields: fields.iter().map(field).collect(),
            protocol: self.under(block, sink),
            expected: expected
                .iter()
                .map(|one| (one.rule.value.clone(), one.path.as_ref().map(|p| p.value.clone())))
                .collect(),
            span: block.span,
        })
    }

    /// The release named, or the last.
    fn release(&self, name: Option<&Word>, sink: &mut Sink) -> Option<usize> {
        let releases = &self.standard.releases;
        let Some(name) = name else { return releases.len().checked_sub(1) };
        let found = releases.iter().position(|release| release.name == name.value);
        if found.is_none() {
            let known = releases.iter().map(|release| release.name.as_str());
            sink.unknown(UNKNOWN_RELEASE, "release", name, known);
        }
        found
    }

    fn message(&self, name: &Word, release: usize, sink: &mut Sink) -> Option<(usize, &Message)> {
        let messages = &self.standard.releases.get(release)?.messages;
        let found = messages.iter().enumerate().find(|(_, one)| one.name == name.value);
        if found.is_none() {
            let known = messages.iter().map(|message| message.name.as_str());
            sink.unknown(UNKNOWN_MESSAGE, "bericht", name, known);
        }
        found
    }

    /// The protocol that it is told under.
    fn under(&self, block: &Block, sink: &mut Sink) -> Option<String> {
        let own = self.protocol.map(|home| home.id.value.clone());
        let named = single(&block.lines, sink, |clause| match clause {
            Clause::Under(name) => Some(name),
            _ => None,
        });
        let Some(named) = named else { return own };
        let known = self.standard.protocols.iter().map(|protocol| protocol.name.as_str());
        if !known.clone().any(|name| name == named.value) {
            sink.unknown(UNKNOWN_PROTOCOL, "protocol", named, known);
        }
        Some(named.value.clone())
    }

    fn check_expected(&self, expected: &Expected, message: &Message, sink: &mut Sink) {
        let code = &expected.rule.value;
        if code != SCHEMA && self.declarations.get(BlockKind::Rule, code).is_none() {
            let known = self.declarations.ids(BlockKind::Rule);
            sink.unknown(UNKNOWN_RULE, "regel", &expected.rule, known);
        }
        let Some(path) = &expected.path else { return };
        let plain = |name: &str| name.split('[').next().unwrap_or(name).to_owned();
        let names: Vec<_> = path.value.split('/').map(plain).collect();
        let ends = |id: &NodeId| {
            let path = message.path(*id);
            path.len() >= names.len()
                && path.iter().rev().zip(names.iter().rev()).all(|(a, b)| a == b)
        };
        if !message.ids().any(|id| ends(&id)) {
            let title = format!("geen element van {} ligt op dit pad", message.name);
            sink.error(UNKNOWN_ELEMENT, title, path.span);
        }
    }

    /// Every field exists. Its value must fit, unless the scenario is about level 1.
    fn check_fields(
        &self,
        fields: &[Assignment],
        message: &Message,
        release: usize,
        expected: &[Expected],
        sink: &mut Sink,
    ) {
        let level = |code: &str| {
            let rules = self.standard.rules.iter();
            rules.filter(|rule| rule.code == code).find_map(|rule| rule.level)
        };
        let is_schema =
            |one: &Expected| one.rule.value == SCHEMA || level(&one.rule.value) == Some(1);
        let Some(release) = self.standard.releases.get(release) else { return };
        for field in fields {
            if expected.iter().any(is_schema) {
                follow(&field.path, message, NodeId(0), sink);
            } else {
                check_assignment(field, message, NodeId(0), release, sink);
            }
        }
    }
}
