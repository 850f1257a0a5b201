//! The reply to a message that was judged, composed as its standard declares.

mod faults;
mod refusal;
mod sheet;

use crate::context::Context;
use crate::document::{Document, ElementId};
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::message::Message;
use crate::report::Report;
use crate::standard::{Filling, Given, MessageKind, Reply, When};
use crate::value::Date;

pub use refusal::NoReply;

use faults::{Faults, gaps};
use sheet::Sheet;

/// The first level that is about more than the message itself.
const BEYOND: u8 = 3;

/// What a reply says that is no part of the message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyOptions {
    /// What the reply is known by. How long it may be, the schema of the reply says.
    pub identification: String,
    /// The day of the reply.
    pub date: Date,
    /// The version of the published stylesheets, for who judged by them too.
    pub xslt_version: Option<String>,
    /// Whether rules that were not assessed are taken to hold.
    pub accept_unassessed: bool,
    /// What whoever makes the reply found wrong, in place of what the report says; none for what
    /// the report says.
    pub faults: Option<Vec<ReplyFault>>,
}

/// Something wrong with a message that whoever replies found by other means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyFault {
    /// The element of the message. The class that it is in gets the code.
    pub at: ElementId,
    /// The retourcode, `9001`. Whether it can stand in the reply, the schema of that says.
    pub code: String,
    /// The level of control at which it was found, 1 to 4.
    pub level: u8,
}

impl ReplyOptions {
    /// A reply of this identification and day, by nothing but what was assessed.
    #[must_use]
    pub fn new(identification: impl Into<String>, date: Date) -> Self {
        Self {
            identification: identification.into(),
            date,
            xslt_version: None,
            accept_unassessed: false,
            faults: None,
        }
    }

    /// Sets [`ReplyOptions::xslt_version`].
    #[must_use]
    pub fn xslt_version(self, version: impl Into<String>) -> Self {
        Self { xslt_version: Some(version.into()), ..self }
    }

    /// Sets [`ReplyOptions::accept_unassessed`].
    #[must_use]
    pub fn accept_unassessed(self, accept_unassessed: bool) -> Self {
        Self { accept_unassessed, ..self }
    }

    /// Sets [`ReplyOptions::faults`].
    #[must_use]
    pub fn faults(self, faults: Vec<ReplyFault>) -> Self {
        Self { faults: Some(faults), ..self }
    }

    fn given(&self, given: Given) -> Option<String> {
        match given {
            Given::Identification => Some(self.identification.clone()),
            Given::Date => Some(self.date.to_string()),
            Given::XsltVersion => self.xslt_version.clone(),
        }
    }
}

/// The reply to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// Name of the reply: `JW302`.
    pub message: &'static str,
    /// The reply as XML: UTF-8 without byte-order mark, lines that end in CR and LF. The same
    /// message, rules and options give the same bytes.
    pub xml: String,
}

impl Report {
    /// The reply to the message that this is the report on. What a protocol says does not enter
    /// it. It holds to levels 1 and 2 of the standard itself, whatever was accepted unassessed.
    ///
    /// # Errors
    ///
    /// When there is no reply to be given: [`NoReply`] says why, and what to do.
    pub fn reply(&self, message: &Message<'_>, options: &ReplyOptions) -> Result<Answer, NoReply> {
        if self.judged != Some(message.fingerprint()) {
            return Err(NoReply::OtherReport);
        }
        let (name, release) = (message.definition().name, message.release().name);
        let not_answered = || NoReply::NotAnswered { message: name, release };
        let (reply, kind) = declared(message).ok_or_else(not_answered)?;
        let faults = Faults::of(self, message, reply, options)?;
        let case = reply.cases.iter().find(|case| faults.is_case(case.when));
        let case = case.ok_or_else(not_answered)?;
        let none = || faults.level().map_or_else(not_answered, NoReply::Level);
        let fillings = case.fillings.ok_or_else(none)?;
        if grants(case.when, fillings) {
            faults.all_assessed()?;
        }
        let mut sheet = Sheet::new(kind, message, reply, &faults);
        for filling in reply.always.iter().chain(fillings) {
            sheet.fill(filling, options);
        }
        let xml = Draft::with(kind, sheet.into_part()).xml().map_err(NoReply::Unwritable)?;
        check(&xml, kind, (reply, fillings))?;
        Ok(Answer { message: kind.message.name, xml })
    }
}

/// How a message is answered and with what, if it is answered at all.
fn declared(message: &Message<'_>) -> Option<(&'static Reply, MessageKind)> {
    let (release, name) = (message.release(), message.definition().name);
    let reply = release.replies.iter().find(|reply| reply.to == name)?;
    Some((reply, MessageKind::find(message.standard(), release.name, reply.with)?))
}

/// Whether a reply approves of what it does not name.
fn grants(when: When, fillings: &[Filling]) -> bool {
    let leaves_out = |filling: &Filling| matches!(filling, Filling::EmptyWithoutFaults(_));
    when == When::Accepted || fillings.iter().any(leaves_out)
}

/// Whether a finding is about an element of the reply, or looked at it.
fn concerns(finding: &Finding, message: &Message<'_>, node: u16) -> bool {
    let mut paths = message.elements_at(node).iter().map(|&id| message.document().path(id));
    paths.any(|path| finding.path == path || finding.related.contains(&path))
}

/// Judges a reply before it is handed out.
fn check(
    xml: &str,
    kind: MessageKind,
    (reply, fillings): (&Reply, &[Filling]),
) -> Result<(), NoReply> {
    let context = Context::new(vec![kind.standard]);
    let document = Document::of_text(xml.to_owned()).map_err(NoReply::Unreadable)?;
    let message = Message::recognise(document, &context).map_err(NoReply::Unreadable)?;
    let report = message.validate(&context);
    let mut wrong = report.findings.iter().filter(|finding| {
        finding.severity == Severity::Error && finding.level.is_none_or(|level| level < BEYOND)
    });
    let Some(first) = wrong.next() else { return all_checked(&report, &message) };
    let given = reply.always.iter().chain(fillings).find_map(|filling| match filling {
        Filling::Given { at, given } if concerns(first, &message, *at) => Some(*given),
        _ => None,
    });
    let first = Box::new(first.clone());
    Err(match given {
        Some(given) => NoReply::BadOption { given, finding: first },
        None => NoReply::Unsound(first),
    })
}

/// That nothing at levels 1 and 2 of a reply is left unassessed.
fn all_checked(report: &Report, reply: &Message<'_>) -> Result<(), NoReply> {
    let rules = reply.standard().rules;
    let is_near = |code: &&'static str| {
        let rule = rules.iter().find(|rule| rule.code == *code);
        rule.and_then(|rule| rule.level).is_some_and(|level| level < BEYOND)
    };
    let mut open = gaps(report, reply);
    open.retain_mut(|gap| {
        let is_whole = gap.rules.is_empty();
        gap.rules.retain(is_near);
        is_whole || !gap.rules.is_empty()
    });
    if open.is_empty() { Ok(()) } else { Err(NoReply::Unchecked(open)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{NotAssessed, Reason};
    use crate::testing::{PROEF, bericht, klant};

    #[test]
    fn what_was_not_assessed_in_a_reply_itself_counts_up_to_level_two() {
        let xml = bericht(&klant(&["<Nummer>1</Nummer>"]));
        let checked = |context: Context| {
            let message = Message::read(xml.as_bytes(), &context).unwrap();
            all_checked(&message.validate(&context), &message)
        };
        let context = Context::new(vec![&PROEF]);
        // TR4, of level 4, is not worked out.
        assert_eq!(checked(context.clone()), Ok(()));
        let open = NotAssessed { reason: Reason::TooLarge, rules: vec!["TR1", "TR2"] };
        assert_eq!(checked(context.fuel(0)), Err(NoReply::Unchecked(vec![open])));
    }
}
