//! What generated code stands on: reading XML, values, levels of control, reports.
//!
//! The kernel knows no standard, no release and no rule. A [`Standard`] is data that a caller
//! brings; [`validate`] judges a message against it, [`Message::read`] opens one to look into, a
//! [`Draft`] makes one, and a [`Dossier`] judges messages with what came before them.

mod arrange;
mod builder;
mod calendar;
mod code;
mod context;
mod coverage;
mod decode;
mod desk;
mod document;
mod dossier;
mod draft;
mod element;
mod finding;
mod form;
mod from_json;
pub mod functions;
mod identify;
mod join;
mod json;
mod lang;
mod loose;
mod markup;
mod message;
mod namespaces;
mod other_file;
mod panel;
mod part;
mod pattern;
mod position;
mod process;
mod protocol;
mod quote;
mod read;
mod redact;
mod rejected;
mod reply;
mod report;
mod rows;
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
mod write;

pub use calendar::easter;
#[doc(hidden)]
pub use code::read_code;
pub use context::{Context, DEFAULT_FUEL, ProtocolChoice};
pub use coverage::{Counts, Coverage, CoverageRow};
pub use decode::{Encoding, MAX_BYTES, Source, decode};
pub use document::{Children, Document, ElementId};
pub use dossier::{
    BadDossier, BadSupply, BadSupplyKind, Change, ChangeKind, Dossier, DossierReason, MessageInfo,
    MetBy, ProcessState, SavedDossier, StateChange, Term, Unassessed,
};
pub use draft::Draft;
pub use element::{Element, Lexical};
pub use finding::{Citation, Finding, Found, Phrase, RuleAt, Severity};
pub use from_json::{BadJson, BadJsonKind};
pub use functions::*;
pub use lang::Lang;
pub use message::Message;
pub use other_file::OtherFile;
pub use part::Part;
pub use pattern::Pattern;
pub use protocol::ProtocolReport;
pub use read::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS};
pub use rejected::Rejected;
pub use reply::{Answer, NoReply, ReplyFault, ReplyOptions};
pub use report::{
    FindingView, NotAssessed, NotAssessedView, Reason, Receipt, Report, ReportView, Verdict,
};
pub use rows::{Ended, EndedBy, Find, Key, MessageNo, Row, Rows};
pub use scope::{Judge, Scope};
#[doc(hidden)]
pub use serde;
pub use standard::{MessageKind, Standard};
pub use unreadable::{Fault, Unreadable, UnreadableKind};
pub use validate::validate;
pub use value::{Date, Time};
pub use write::{Unwritable, UnwritableKind};

/// The library that a build script made of rules, in the crate that calls this: all of the kernel,
/// the module of each standard, `STANDARDS`, and `context()` to judge by them.
#[macro_export]
macro_rules! library {
    () => {
        pub use $crate::*;

        include!(concat!(env!("OUT_DIR"), "/mod.rs"));

        /// A context with every standard of this library.
        #[must_use]
        pub fn context() -> $crate::Context {
            $crate::Context::new(STANDARDS.to_vec()).version(env!("CARGO_PKG_VERSION"))
        }
    };
}
