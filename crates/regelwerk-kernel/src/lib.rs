//! What generated code stands on: reading XML, values, levels of control, reports.
//!
//! The kernel knows no standard, no release and no rule. A [`Standard`] is data that a caller
//! brings; [`validate`] judges a message against it.

mod decode;
mod document;
mod finding;
mod functions;
mod identify;
mod lang;
mod markup;
mod message;
mod namespaces;
mod pattern;
mod position;
mod read;
mod report;
mod schema;
pub mod scope;
pub mod standard;
#[cfg(test)]
mod testing;
mod unique;
mod unreadable;
mod validate;
pub mod value;
mod walk;

pub use decode::{Encoding, MAX_BYTES, Source, decode};
pub use document::{Children, Document, ElementId};
pub use finding::{Finding, Found, Phrase, RuleAt, Severity};
pub use functions::*;
pub use lang::Lang;
pub use message::Message;
pub use pattern::Pattern;
pub use read::{MAX_DEPTH, MAX_ELEMENTS};
pub use report::{
    FindingView, NotAssessed, NotAssessedView, Reason, Receipt, Report, ReportView, Verdict,
};
pub use scope::{Judge, Scope};
pub use standard::Standard;
pub use unreadable::{Fault, Unreadable, UnreadableKind};
pub use validate::{Context, DEFAULT_FUEL, validate};
pub use value::{Date, Time};
