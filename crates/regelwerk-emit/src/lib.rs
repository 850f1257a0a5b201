//! Model to text. One file for each kind of output; nothing here can fail or reads a syntax tree.

mod cases;
pub mod changes;
mod condition;
mod draft;
mod expression;
mod idents;
pub mod lock;
mod names;
mod quantifier;
mod rust;
mod rust_builders;
mod rust_calendars;
mod rust_docs;
mod rust_dossier;
mod rust_enums;
mod rust_messages;
mod rust_processes;
mod rust_protocols;
mod rust_replies;
mod rust_rules;
mod rust_sources;
mod rust_terms;
mod rust_types;
mod rust_views;
mod scenarios;
mod shapes;
mod story;
mod value;
mod xml;

pub use cases::{Case, cases, example, example_fields};
pub use rust::rust;
pub use rust_rules::rule_text;
pub use rust_sources::rust_sources;
pub use scenarios::{Carry, Fault, Made, Play, Replied, Sent, plays, sent};
pub use story::{Stories, says};
pub use xml::base_message;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its name, without a folder.
    pub name: String,
    /// Its text.
    pub text: String,
}
