//! The retourcodes of rules against the codes that replies can carry.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{
    CodeList, Content, FacetKind, Message, NodeId, Release, Reply, Rule, RuleKind,
};

use crate::codes::BAD_LEVEL;
use crate::sink::Sink;

/// A retourcode that no reply can carry would be found only when a message breaks its rule.
pub(crate) fn check(rules: &[Rule], releases: &[Release], sink: &mut Sink) {
    for (at, release) in releases.iter().enumerate() {
        let lists: Vec<_> = release.replies.iter().filter_map(|one| list(one, release)).collect();
        for rule in rules.iter().filter(|rule| !lists.is_empty() && is_in(rule, at)) {
            let Some(code) = &rule.retourcode else { continue };
            if !lists.iter().any(|list| list.has(code)) {
                report(rule, code, &lists, sink);
            }
        }
    }
}

/// Whether a rule is there in a release; one without texts is there always.
fn is_in(rule: &Rule, at: usize) -> bool {
    match &rule.kind {
        RuleKind::Judged(texts) => {
            texts.is_empty() || texts.iter().any(|text| text.interval.has(at))
        }
        _ => true,
    }
}

fn report(rule: &Rule, code: &str, lists: &[&CodeList], sink: &mut Sink) {
    let list = lists.first().map_or("", |list| list.name.as_str());
    let title =
        format!("`{}` heeft retourcode `{code}`, die in geen antwoord kan staan", rule.code);
    sink.push(
        Diagnostic::error(BAD_LEVEL, title, rule.span)
            .help(format!("kies een code uit codelijst {list}, of voeg `{code}` daaraan toe")),
    );
}

/// The list of the codes that stand in a reply.
fn list<'r>(reply: &Reply, release: &'r Release) -> Option<&'r CodeList> {
    let message = release.messages.get(reply.with)?;
    let place = message.ids().find_map(|id| below(message, id, &reply.code))?;
    let Content::Value(simple, extra) = &message.node(place)?.content else { return None };
    let own = &release.types.get(*simple)?.facets;
    own.iter().chain(extra).find_map(|facet| match &facet.kind {
        FacetKind::CodeList(at) => release.code_lists.get(*at),
        _ => None,
    })
}

fn below(message: &Message, id: NodeId, names: &[String]) -> Option<NodeId> {
    names.iter().try_fold(id, |at, name| message.child(at, name))
}
