//! Takes what a message holds out of a report, so that the report can be passed on.
//!
//! Names of elements that the standard knows stay in paths and findings: without them no finding can
//! be understood.

use crate::finding::{Found, HIDDEN, LEFT_OUT, Phrase, without_last};
use crate::report::{Reason, Report};
use crate::unreadable::{Fault, Unreadable, UnreadableKind};

impl Report {
    /// The report without anything that the message holds but the names of elements that the standard
    /// knows.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        for finding in &mut self.findings {
            finding.path = finding.place(true).into_owned();
            finding.found.redact();
            finding.comes_to = None;
        }
        for entry in &mut self.not_assessed {
            entry.reason.redact();
        }
        if let Some(unreadable) = &mut self.unreadable {
            unreadable.redact();
        }
        self
    }
}

impl Found {
    fn redact(&mut self) {
        if self.is_of_sender() {
            *self = Self::Phrase(Phrase::fixed(HIDDEN.0, HIDDEN.1));
        }
    }
}

impl Reason {
    pub(crate) fn redact(&mut self) {
        match self {
            Self::Unreadable(unreadable) => unreadable.redact(),
            Self::Incomplete { paths, .. } => {
                for path in paths {
                    *path = without_last(path);
                }
            }
            _ => {}
        }
    }
}

impl Unreadable {
    /// The reason without anything that the message holds.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.redact();
        self
    }

    /// What cannot be read may quote anything: a value where a name was due, for one.
    fn redact(&mut self) {
        for quote in self.kind.quotes() {
            LEFT_OUT.clone_into(quote);
        }
    }
}

// No arm for all the rest below: whoever adds a kind decides what it gives away.

impl UnreadableKind {
    /// What is repeated from the message.
    fn quotes(&mut self) -> Vec<&mut String> {
        match self {
            Self::NotXml(fault) => fault.quotes(),
            // That no encoding is named is told by an empty one.
            Self::EncodingMismatch(quote) if quote.is_empty() => Vec::new(),
            Self::UnknownEntity(quote)
            | Self::UnboundPrefix(quote)
            | Self::EncodingMismatch(quote)
            | Self::NotUtf8 { declared: Some(quote) } => vec![quote],
            Self::UnknownMessage { root, namespace, known: _ } => {
                // That there is no namespace is told by an empty one.
                let namespace = Some(namespace).filter(|namespace| !namespace.is_empty());
                [Some(root), namespace].into_iter().flatten().collect()
            }
            Self::Empty
            | Self::TooLarge
            | Self::OtherFile(_)
            | Self::NotUtf8 { declared: None }
            | Self::CutOff
            | Self::DoctypeForbidden
            | Self::TooDeep
            | Self::TooManyElements
            | Self::TooManyAttributes
            | Self::TooManyNamespaces
            | Self::NamespaceTooLong
            | Self::NoStandard
            | Self::NotRead(_) => Vec::new(),
        }
    }
}

impl Fault {
    /// What is repeated from the message.
    fn quotes(&mut self) -> Vec<&mut String> {
        match self {
            Self::WrongEndTag { expected, found } => vec![expected, found],
            Self::StrayEndTag(quote)
            | Self::BadName(quote)
            | Self::DuplicateAttribute(quote)
            | Self::BadReference(quote) => vec![quote],
            Self::NoRoot
            | Self::SecondRoot
            | Self::TextOutsideRoot
            | Self::BadAttribute
            | Self::LessThanInAttribute
            | Self::IllegalCharacter(_)
            | Self::BareAmpersand
            | Self::HyphensInComment
            | Self::CdataEndInText
            | Self::LateDeclaration
            | Self::BadDeclaration
            | Self::BadInstruction
            | Self::ReservedNamespace
            | Self::BadMarkup => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
