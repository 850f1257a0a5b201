//! Codes of the diagnostics of this crate.

use regelwerk_diag::Code;

/// A block of an unknown kind.
pub const UNKNOWN_BLOCK: Code = Code("RW101");
/// A clause that does not exist.
pub const UNKNOWN_CLAUSE: Code = Code("RW102");
/// A clause that exists, but not in this kind of block.
pub const MISPLACED_CLAUSE: Code = Code("RW103");
/// A clause that cannot be read.
pub const UNREADABLE_CLAUSE: Code = Code("RW104");
/// Indentation that belongs to nothing.
pub const INDENTATION: Code = Code("RW105");
/// `en` and `of` beside each other without parentheses.
pub const MIXED_JUNCTION: Code = Code("RW106");
/// A date or time that does not exist.
pub const NO_SUCH_DATE: Code = Code("RW107");
/// Parentheses or `niet` too deep, or a sum or condition too long to read.
pub const TOO_DEEP: Code = Code("RW108");
