//! A standard as the data that the kernel judges by: what generated code says in statics.

mod calendars;
mod dossier;
mod messages;
mod processes;
mod protocols;
mod replies;
mod rules;
mod terms;
mod types;

pub(crate) use calendars::calendar;
