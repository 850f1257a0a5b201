//! Takes what a message holds out of a report, so that the report can be passed on.
//!
//! Names of elements stay: without them no finding can be understood.

use regelwerk::{Fault, Found, Phrase, Reason, Report, Unreadable, UnreadableKind};

/// Hides the values of the message in a report.
pub(crate) fn hide_values(report: &mut Report) {
    for finding in &mut report.findings {
        if matches!(finding.found, Found::Value(_)) {
            let hidden = Phrase { nl: "(verborgen)".into(), en: "(hidden)".into() };
            finding.found = Found::Phrase(hidden);
        }
    }
    for entry in &mut report.not_assessed {
        if let Reason::Unreadable(unreadable) = &mut entry.reason {
            hide_quotes(unreadable);
        }
    }
    if let Some(unreadable) = &mut report.unreadable {
        hide_quotes(unreadable);
    }
}

/// What cannot be read may quote anything: a value where a name was due, for one.
fn hide_quotes(unreadable: &mut Unreadable) {
    let quotes = match &mut unreadable.kind {
        UnreadableKind::UnknownEntity(quote)
        | UnreadableKind::UnboundPrefix(quote)
        | UnreadableKind::EncodingMismatch(quote)
        | UnreadableKind::NotUtf8 { declared: Some(quote) }
        | UnreadableKind::NotXml(
            Fault::BadName(quote)
            | Fault::BadReference(quote)
            | Fault::DuplicateAttribute(quote)
            | Fault::StrayEndTag(quote),
        ) => vec![quote],
        UnreadableKind::NotXml(Fault::WrongEndTag { expected, found }) => vec![expected, found],
        _ => Vec::new(),
    };
    for quote in quotes {
        "…".clone_into(quote);
    }
}
