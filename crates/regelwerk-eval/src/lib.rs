//! Runs rules as they are written.
//!
//! [`Library::of`] puts a [`Standard`](regelwerk_kernel::Standard) together in memory from what the
//! compiler made of rule files: the same data that generated code says in statics, and an
//! interpreter of the typed core in the place of generated functions. So rules can be tried without
//! building anything, by the same kernel; the tests hold both together on every case there is.
//!
//! A standard is static data for the kernel, so what is made here is kept until the program ends.
//! Texts are kept once.

mod bench;
mod code;
mod data;
mod keep;
mod library;
mod maker;
mod names;
mod outline;
mod unit;

pub use bench::{Bench, Change};
pub use library::Library;
pub use outline::{Numbered, Outline, Part, What, outline, parts};
pub use unit::{Unit, Watch};
