//! Protocols: what each recognises, and what it judges where.

use regelwerk_compiler::model::plan::narrow;
use regelwerk_compiler::model::{self, Covered, NodeId, not_yet};
use regelwerk_kernel::standard::{
    Applies, Departure, Protocol, ProtocolMessage, ProtocolUse, Test,
};

use crate::keep;
use crate::maker::{Asked, Maker};
use crate::unit::Unit;

impl Maker<'_> {
    /// The protocol with this number.
    pub(crate) fn protocol(&self, number: u16, protocol: &model::Protocol) -> Protocol {
        let messages = Covered::all(protocol, self.standard);
        let messages = messages.map(|covered| Place { maker: self, number, covered }.message());
        Protocol {
            name: keep::text(&protocol.name),
            title: keep::text(&protocol.title),
            source: keep::text(&protocol.source),
            rules: self.rules(Some(protocol)),
            releases: keep::list(protocol.releases.iter().map(|at| narrow(*at))),
            messages: keep::list(messages),
        }
    }
}

/// A message of a release that a protocol says something of.
struct Place<'p> {
    maker: &'p Maker<'p>,
    number: u16,
    covered: Covered<'p>,
}

impl Place<'_> {
    fn message(&self) -> ProtocolMessage {
        let Covered { standard, protocol, release, message } = self.covered;
        let here = (release, message);
        let applications = self.applications();
        let applies = |node: NodeId| {
            let (up, number) = self.covered.application(node)?;
            Some(Applies { up, holds: *applications.get(number)? })
        };
        let uses = self.covered.placed().into_iter().filter_map(|one| {
            let site = self.maker.used(&one.used, Some(self.number), &protocol.rules)?;
            let node = u16::try_from(one.node.0).ok()?;
            Some(ProtocolUse { node, site, applies: applies(one.node) })
        });
        let named = standard.releases.get(release).map_or("", |one| &one.name);
        let definition = self.covered.definition().map_or("", |one| &one.name);
        ProtocolMessage {
            release: keep::text(named),
            message: keep::text(definition),
            recognises: self.recognises(),
            uses: keep::list(uses),
            departures: self.departures(&applications),
            not_yet: keep::list(not_yet(&protocol.rules, &protocol.stated, here, true)),
        }
    }

    /// Whether one of the elements is there by which the protocol recognises the message.
    fn recognises(&self) -> Test {
        let asked = self.covered.recognition().map(|(at, one)| {
            let unit = Unit::Recognition { protocol: usize::from(self.number), at };
            self.maker.asked(unit, &one.exists())
        });
        Asked::any(asked.collect())
    }

    /// What must be so of elements for the rules to apply there, in the order written.
    fn applications(&self) -> Vec<Test> {
        let asked = self.covered.applications().map(|(at, one)| {
            let unit = Unit::Application { protocol: usize::from(self.number), at };
            Asked::any(vec![self.maker.asked(unit, &one.cond)])
        });
        asked.collect()
    }

    fn departures(&self, applications: &[Test]) -> &'static [Departure] {
        keep::list(self.covered.departures().into_iter().map(|one| {
            let conditions = one.conditions.iter().filter_map(|(up, applies)| {
                let holds = match applies {
                    model::Applies::Application(number) => *applications.get(*number)?,
                    model::Applies::Cond(cond) => self.maker.question(cond),
                };
                Some(Applies { up: *up, holds })
            });
            Departure {
                node: narrow(one.node.0),
                values: keep::texts(&one.values),
                rule: one.rule,
                conditions: keep::list(conditions),
            }
        }))
    }
}
