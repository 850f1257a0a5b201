//! What messages are judged by.

use crate::report::Receipt;
use crate::standard::Standard;

/// Steps that the quantifiers of one rule may take in one message, unless told otherwise.
pub const DEFAULT_FUEL: u64 = 50_000_000;

/// What messages are judged by.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// The standards a message may be of.
    pub standards: Vec<&'static Standard>,
    /// Whether to judge every level, also when a lower one does not hold.
    pub all_levels: bool,
    /// Whether to tell what would not reject a message. If not, the report has no remarks at all.
    pub remarks: bool,
    /// Which protocol to judge by, beside the standard.
    pub protocol: ProtocolChoice,
    /// The program that judges, for the receipt.
    pub version: &'static str,
    /// Steps that the quantifiers of one rule may take in one message.
    pub fuel: u64,
}

/// Which protocol messages are judged by, beside their standard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ProtocolChoice {
    /// None; one that recognises a message is reported.
    #[default]
    None,
    /// The one of this name, whether it recognises a message or not.
    Named(String),
    /// For each message the first, by name, that recognises it.
    Auto,
}

impl Context {
    /// Judging by these standards, level after level, without remarks or protocol.
    #[must_use]
    pub fn new(standards: Vec<&'static Standard>) -> Self {
        Self {
            standards,
            all_levels: false,
            remarks: false,
            protocol: ProtocolChoice::None,
            version: env!("CARGO_PKG_VERSION"),
            fuel: DEFAULT_FUEL,
        }
    }

    /// Sets [`Context::all_levels`].
    #[must_use]
    pub fn all_levels(self, all_levels: bool) -> Self {
        Self { all_levels, ..self }
    }

    /// Sets [`Context::remarks`].
    #[must_use]
    pub fn remarks(self, remarks: bool) -> Self {
        Self { remarks, ..self }
    }

    /// Sets [`Context::protocol`].
    #[must_use]
    pub fn protocol(self, protocol: ProtocolChoice) -> Self {
        Self { protocol, ..self }
    }

    /// Sets [`Context::version`].
    #[must_use]
    pub fn version(self, version: &'static str) -> Self {
        Self { version, ..self }
    }

    /// Sets [`Context::fuel`].
    #[must_use]
    pub fn fuel(self, fuel: u64) -> Self {
        Self { fuel, ..self }
    }

    /// A receipt of judging by a standard, without release and protocol.
    pub(crate) fn receipt(&self, standard: Option<&'static Standard>) -> Receipt {
        Receipt {
            standard: standard.map(|standard| standard.name),
            release: None,
            protocol: None,
            protocol_chosen_by: None,
            rules_sha256: standard.map(|standard| standard.rules_sha256),
            version: self.version,
        }
    }
}
