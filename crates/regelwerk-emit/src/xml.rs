//! Drafts as XML.

use std::fmt::Write;

use regelwerk_model::{Message, Namespace, NodeId, Release};

use crate::draft::{Draft, Maker};

/// The base message of a message, as XML with LF at the end of each line.
#[must_use]
pub fn base_message(release: &Release, message: &Message) -> String {
    let maker = Maker { release, message };
    write(maker, &maker.base())
}

/// A draft as XML.
pub(crate) fn write(maker: Maker<'_>, draft: &Draft) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(maker, draft, 0, &mut text);
    text
}

const BASE_PREFIX: &str = "basis";

fn element(maker: Maker<'_>, draft: &Draft, depth: usize, text: &mut String) {
    let name = qualified(maker.message, draft.node);
    let indent = "  ".repeat(depth);
    let declared = if depth == 0 { declarations(maker) } else { String::new() };
    // Writing to a string cannot fail.
    let _ = if draft.children.is_empty() {
        writeln!(text, "{indent}<{name}{declared}>{}</{name}>", escape(&draft.text))
    } else {
        writeln!(text, "{indent}<{name}{declared}>")
    };
    for child in &draft.children {
        element(maker, child, depth + 1, text);
    }
    if !draft.children.is_empty() {
        let _ = writeln!(text, "{indent}</{name}>");
    }
}

fn qualified(message: &Message, node: NodeId) -> String {
    let prefix = match message.node(node).map(|node| node.namespace) {
        Some(Namespace::Base) => BASE_PREFIX.to_owned(),
        _ => message.name.to_lowercase(),
    };
    format!("{prefix}:{}", message.name(node))
}

fn declarations(maker: Maker<'_>) -> String {
    format!(
        " xmlns:{BASE_PREFIX}=\"{}\" xmlns:{}=\"{}\"",
        escape(&maker.release.base_namespace),
        maker.message.name.to_lowercase(),
        escape(maker.message.namespaces.first().map_or("", String::as_str))
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
