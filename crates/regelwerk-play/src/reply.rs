//! Replies of a scenario: composed as the standard declares, from our own verdict or from what the
//! scenario says that the other side found.

use regelwerk_emit::{Fault, Replied};
use regelwerk_kernel::{Context, Date, Draft, Message, ReplyFault, ReplyOptions};
use regelwerk_model::Field;

use crate::Judged;
use crate::unmade::Unmade;

/// The reply to a message, as XML.
pub(crate) fn compose(
    asked: &Judged,
    replied: &Replied,
    on: Date,
    context: &Context,
) -> Result<String, Unmade> {
    let message = Message::read(asked.xml.as_bytes(), context).map_err(Unmade::Unreadable)?;
    let mut options = ReplyOptions::new(&replied.mark, on).accept_unassessed(true);
    if let Some(faults) = &replied.faults {
        let faults = faults.iter().map(|fault| found(fault, &message));
        options = options.faults(faults.collect::<Result<_, _>>()?);
    }
    let answer = asked.report.reply(&message, &options).map_err(Unmade::NoReply)?;
    changed(answer.xml, &replied.fields, context)
}

/// A fault that the other side found, at its class in the message.
fn found(fault: &Fault, message: &Message<'_>) -> Result<ReplyFault, Unmade> {
    let document = message.document();
    let path = joined(&fault.class);
    // Below the root: its slash and its name come first.
    let is_it = |id: &_| {
        let own = document.path(*id).replace("[1]", "");
        own.splitn(3, '/').nth(2) == Some(&path)
    };
    let at = document.elements().find(is_it).ok_or(Unmade::NoElement(path))?;
    Ok(ReplyFault { at, code: fault.code.clone(), level: fault.level })
}

/// A message with these changes, each of the first element of its name.
fn changed(xml: String, fields: &[Field], context: &Context) -> Result<String, Unmade> {
    if fields.is_empty() {
        return Ok(xml);
    }
    let message = Message::read(xml.as_bytes(), context).map_err(Unmade::Unreadable)?;
    let mut draft = Draft::of(&message).map_err(Unmade::Unwritable)?;
    for field in fields {
        let name = |(name, ordinal): &(String, usize)| match ordinal {
            1 => message.standard().find_name(name),
            _ => None,
        };
        let path: Option<Vec<_>> = field.path.iter().map(name).collect();
        let path = path.ok_or_else(|| Unmade::NoElement(joined(&field.path)))?;
        match (&field.value, path.split_last()) {
            (Some(value), _) => draft.content_mut().set(&path, value),
            (None, Some((last, above))) => {
                let parent = draft.content_mut().get_mut(above);
                parent.into_iter().for_each(|parent| parent.remove(*last));
            }
            (None, None) => {}
        }
    }
    draft.xml().map_err(Unmade::Unwritable)
}

/// `Client/Product[2]`
fn joined(path: &[(String, usize)]) -> String {
    let steps = path.iter().map(|(name, ordinal)| match ordinal {
        1 => name.clone(),
        _ => format!("{name}[{ordinal}]"),
    });
    steps.collect::<Vec<_>>().join("/")
}
