//! The rules of Dutch youth care messages as a library.
//!
//! Rules live in Dutch in the folder `rules/`; the build turns them into the module of each
//! standard below. Judge a message with [`validate`]:
//!
//! ```
//! let report = regelwerk::validate(b"<geen bericht/>", &regelwerk::context());
//! assert_eq!(report.verdict, regelwerk::Verdict::Unreadable);
//! ```
//!
//! A [`Report`] holds what is wrong ([`Finding`]), what was not judged and why, and a receipt that
//! says which rules were used. Standards are values: [`Context::new`] takes those of this library,
//! [`STANDARDS`], or others.

pub use regelwerk_kernel::*;

include!(concat!(env!("OUT_DIR"), "/mod.rs"));

/// A context with every standard of this library.
#[must_use]
pub fn context() -> Context {
    Context::new(STANDARDS.to_vec()).version(env!("CARGO_PKG_VERSION"))
}
