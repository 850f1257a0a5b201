//! Sources, spans and diagnostics: what the compiler says to an analyst, and how it is shown.

mod diagnostic;
mod render;
mod source;

pub use diagnostic::{Code, Diagnostic, Label, Severity};
pub use render::{Style, render, summary};
pub use source::{Position, Source, SourceId, Sources, Span};
