//! Releases with their messages: element trees, and what is judged where.

use regelwerk_compiler::emit::base_message;
use regelwerk_compiler::model::{self, Rule, not_yet};
use regelwerk_kernel::standard::{
    Content, Header, MessageDef, Namespace, Node, Published, Release, Use,
};

use super::types::Types;
use super::{dossier, replies};
use crate::keep;
use crate::maker::Maker;

impl Maker<'_> {
    /// The release with this number.
    pub(crate) fn release(&self, at: usize, release: &model::Release) -> Release {
        let types = Types::of(release, self.standard);
        let headers = release.headers.iter().map(|header| Header {
            values: self.names.fields(&header.values),
            code: self.names.path(&header.code),
        });
        let messages = release.messages.iter().enumerate();
        let messages =
            messages.map(|(index, one)| self.message((at, release), (index, one), &types));
        Release {
            name: keep::text(&release.name),
            title: keep::text(&release.title),
            source: keep::text(&release.source),
            base_namespace: keep::text(&release.base_namespace),
            is_complete: release.is_complete,
            headers: keep::list(headers),
            messages: keep::list(messages),
            published: keep::list(release.published.iter().map(published)),
            replies: replies::replies(release, &self.names),
        }
    }

    fn message(
        &self,
        (at, release): (usize, &model::Release),
        (index, message): (usize, &model::Message),
        types: &Types<'_>,
    ) -> MessageDef {
        let here = (at, index);
        MessageDef {
            name: keep::text(&message.name),
            title: keep::text(&message.title),
            source: keep::text(&message.source),
            code: keep::text(&message.code),
            roles: [keep::text(&message.sender), keep::text(&message.receiver)],
            namespaces: keep::texts(&message.namespaces),
            nodes: keep::list(message.nodes.iter().map(|node| self.node(node, types))),
            base: keep::text(&base_message(release, message)),
            schema_version: self.names.fields(&message.schema_version),
            not_yet: keep::list(not_yet(&self.standard.rules, &self.standard.stated, here, false)),
            filing: dossier::filing(self.standard, here, &self.names),
            rows: dossier::rows(self.standard, here, &self.names),
        }
    }

    fn node(&self, node: &model::Node, types: &Types<'_>) -> Node {
        let content = match &node.content {
            model::Content::Group(children) => Content::Group(keep::list(
                children.iter().filter_map(|id| u16::try_from(id.0).ok()),
            )),
            model::Content::Value(simple, extra) => match types.types.get(*simple) {
                Some(simple) => Content::Value(simple, types.facets(extra)),
                None => Content::Group(&[]),
            },
        };
        let mut uses: Vec<_> = node.uses.iter().collect();
        uses.sort_by(|a, b| a.rule.cmp(&b.rule));
        let uses = uses.into_iter().filter_map(|one| self.used(one, None, &self.standard.rules));
        Node {
            name: self.names.number(&node.name),
            namespace: match node.namespace {
                model::Namespace::Message => Namespace::Message,
                model::Namespace::Base => Namespace::Base,
            },
            min: node.min,
            max: node.max,
            content,
            key: keep::list(node.key.iter().map(|path| self.names.path(path))),
            uses: keep::list(uses),
        }
    }

    /// A wording at an element; its rule is among `rules`, those of the protocol with this number
    /// if there is one.
    pub(crate) fn used(
        &self,
        used: &model::Use,
        protocol: Option<u16>,
        rules: &[Rule],
    ) -> Option<Use> {
        let at = rules.iter().position(|rule| rule.code == used.rule)?;
        let rule = u16::try_from(at).ok()?;
        let params = used
            .params
            .iter()
            .map(|paths| keep::list(paths.iter().map(|path| self.names.path(path))));
        let check = self.wording(protocol, rule, used.wording)?;
        Some(Use { rule, check, params: keep::list(params) })
    }
}

fn published(rule: &model::Published) -> Published {
    Published {
        code: keep::text(&rule.code),
        kind: keep::text(&rule.kind),
        level: rule.level,
        retourcode: rule.retourcode.as_deref().map(keep::text),
    }
}
