//! Tests of the norm (`examples`, `messages`, `scenarios`) and of the tool (`cases`), in one
//! binary. Red in the norm: ask a human. Red in the tool: a bug.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod cases;
mod catalogue;
mod changes;
mod dry_run;
mod edited;
mod evaluator;
mod examples;
mod format;
mod fuzz;
mod hostile;
mod impact;
mod interleaved;
mod lock;
mod made;
mod messages;
mod package;
mod probe;
mod processes;
mod readme;
mod region;
mod replies;
mod roundtrip;
mod scenarios;
mod snapshot;
mod terms;
mod tidy;
mod views;

/// The invented standard, compiled by the build script of this package.
mod generated {
    #![allow(missing_docs, unreachable_pub)]
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}
