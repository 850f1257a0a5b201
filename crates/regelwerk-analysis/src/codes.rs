//! Codes of the diagnostics of this crate.

use regelwerk_diag::Code;

/// A file that belongs to no standard.
pub(crate) const NO_STANDARD: Code = Code("RW201");
/// Two blocks with one identity.
pub(crate) const DUPLICATE: Code = Code("RW202");
/// A block without `bron:`, or without another clause that it needs.
pub(crate) const MISSING_CLAUSE: Code = Code("RW203");
/// A clause that stands twice.
pub(crate) const REPEATED_CLAUSE: Code = Code("RW204");
/// A release that does not exist.
pub(crate) const UNKNOWN_RELEASE: Code = Code("RW205");
/// An interval that cannot be.
pub(crate) const BAD_INTERVAL: Code = Code("RW206");
/// A type, group or code list that does not exist.
pub(crate) const UNKNOWN_TYPE: Code = Code("RW207");
/// A facet that does not fit its type.
pub(crate) const BAD_FACET: Code = Code("RW208");
/// A pattern that cannot be read.
pub(crate) const BAD_PATTERN: Code = Code("RW209");
/// A group that holds itself.
pub(crate) const CYCLE: Code = Code("RW210");
/// A name that a block cannot have.
pub(crate) const BAD_IDENTITY: Code = Code("RW211");
/// More elements, or a higher index, than any message has.
pub(crate) const TOO_MUCH: Code = Code("RW212");
/// Elements without a meaning in a glossary.
pub(crate) const NO_MEANING: Code = Code("RW213");
/// A message that does not exist.
pub(crate) const UNKNOWN_MESSAGE: Code = Code("RW301");
/// An element that does not exist.
pub(crate) const UNKNOWN_ELEMENT: Code = Code("RW302");
/// A rule that does not exist.
pub(crate) const UNKNOWN_RULE: Code = Code("RW303");
/// A code or value that its element cannot have.
pub(crate) const BAD_VALUE: Code = Code("RW304");
/// Two values of different kinds, or a word that does not fit the kind.
pub(crate) const KIND: Code = Code("RW305");
/// An element that occurs more than once where one is meant, or the other way round.
pub(crate) const REPEATED_ELEMENT: Code = Code("RW306");
/// A parameter that is not bound at every place.
pub(crate) const PARAMETER: Code = Code("RW307");
/// `anders` without `als`, or a clause where it means nothing.
pub(crate) const STRUCTURE: Code = Code("RW308");
/// Wordings that overlap.
pub(crate) const OVERLAP: Code = Code("RW309");
/// A rule that says nothing, or in two ways how it is judged.
pub(crate) const NOTHING_TO_JUDGE: Code = Code("RW310");
/// A level or retourcode that cannot be.
pub(crate) const BAD_LEVEL: Code = Code("RW311");
/// A type that refers to a rule for another facet.
pub(crate) const FACET_MISMATCH: Code = Code("RW312");
/// A list or table that does not exist, or has not what is asked of it.
pub(crate) const UNKNOWN_LIST: Code = Code("RW314");
/// A table that does not hold what it declares.
pub(crate) const BAD_TABLE: Code = Code("RW315");
/// A protocol or scenario that names what does not exist.
pub(crate) const UNKNOWN_PROTOCOL: Code = Code("RW316");
/// A rule without a good or a bad example.
pub(crate) const UNTESTED: Code = Code("RW317");
/// A rule that is not as its publisher lists it, or a list that cannot be read.
pub(crate) const BAD_REGISTER: Code = Code("RW318");
/// A reply that lacks something, or is told to do what cannot be done.
pub(crate) const BAD_REPLY: Code = Code("RW319");
/// A waiver without a reason, of what does not exist, or of what nothing is told about.
pub(crate) const BAD_WAIVER: Code = Code("RW320");
/// A calendar or a term that counts days that cannot be.
pub(crate) const BAD_CALENDAR: Code = Code("RW330");
/// An element that must be filled and empty at once.
pub(crate) const CONFLICT: Code = Code("RW401");
/// A condition that never holds.
pub(crate) const NEVER: Code = Code("RW402");
/// A condition that always holds.
pub(crate) const ALWAYS: Code = Code("RW403");
/// A rule that can never find anything.
pub(crate) const CANNOT_FAIL: Code = Code("RW404");
/// Two rules that say the same.
pub(crate) const SAME: Code = Code("RW405");
/// A rule of a protocol that asks for what its release does not have.
pub(crate) const CONTRADICTION: Code = Code("RW406");
/// Rules that are too many to compare each with each.
pub(crate) const NOT_COMPARED: Code = Code("RW407");
/// A block that nothing uses.
pub(crate) const UNUSED_BLOCK: Code = Code("RW601");
/// A code that no element can have.
pub(crate) const UNUSED_CODE: Code = Code("RW602");
/// A column that nothing reads.
pub(crate) const UNUSED_COLUMN: Code = Code("RW603");
/// A name that nothing uses.
pub(crate) const UNUSED_NAME: Code = Code("RW604");
/// An example of which the rule looks at nothing.
pub(crate) const IDLE_EXAMPLE: Code = Code("RW611");
/// An example that shows what another shows.
pub(crate) const REPEATED_EXAMPLE: Code = Code("RW612");
/// Good examples in none of which the rule asks anything.
pub(crate) const UNTRIED: Code = Code("RW613");
/// A scenario about a rule for what it does not send.
pub(crate) const STRAY_SCENARIO: Code = Code("RW614");
/// Sources that differ, without a reading.
pub(crate) const NO_READING: Code = Code("RW621");
/// A wording of which no source tells.
pub(crate) const NO_SOURCE: Code = Code("RW622");
/// A departure without a reason.
pub(crate) const BARE_DEVIATION: Code = Code("RW623");
/// An example of the wrong form.
pub(crate) const BAD_EXAMPLE: Code = Code("RW313");
/// A state, event, role or process that does not exist.
pub(crate) const UNKNOWN_PART: Code = Code("RW501");
/// States without one beginning, or an end that is left.
pub(crate) const BAD_STATES: Code = Code("RW502");
/// An event from whom does not send the message, or of a reply that there is not.
pub(crate) const BAD_ROLE: Code = Code("RW503");
/// A state that is never reached.
pub(crate) const UNREACHABLE: Code = Code("RW504");
/// A state that is never left and is no end.
pub(crate) const NO_WAY_OUT: Code = Code("RW505");
/// An event that never happens or changes nothing.
pub(crate) const DEAD_TRANSITION: Code = Code("RW506");
/// Two transitions that are open on one message.
pub(crate) const TWO_OPEN: Code = Code("RW507");
/// A state from which what must come in the end cannot come.
pub(crate) const NO_END: Code = Code("RW508");
/// What may never happen and can.
pub(crate) const NEVER_ALLOWED: Code = Code("RW509");
/// A course of events that is not as an example says.
pub(crate) const BAD_COURSE: Code = Code("RW510");
/// A process that waits for one that it runs beside.
pub(crate) const NOT_BESIDE: Code = Code("RW511");
