//! Tests of the norm (`examples`, `messages`, later `scenarios`) and of the tool (`cases`), in one
//! binary. Red in the norm: ask a human. Red in the tool: a bug.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

mod cases;
mod catalogue;
mod examples;
mod fuzz;
mod hostile;
mod messages;
mod package;
mod replies;
mod snapshot;
mod tidy;
