//! Replies of a scenario: composed as the standard declares, from our own verdict or from what the
//! scenario says that the other side found.

use regelwerk::{
    Citation, Context, Date, Draft, Finding, Found, Message, Phrase, ReplyOptions, Report, Severity,
};
use regelwerk_compiler::emit::{Fault, Replied};
use regelwerk_compiler::model::Field;
use regelwerk_kernel::Part;

/// The reply to a message, as XML.
pub(super) fn compose(
    asked: &str,
    report: &Report,
    replied: &Replied,
    on: Date,
    context: &Context,
) -> String {
    let message = Message::read(asked.as_bytes(), context).unwrap();
    let mut report = report.clone();
    if let Some(faults) = &replied.faults {
        report.findings = faults.iter().map(|fault| finding(fault, &message)).collect();
    }
    let options = ReplyOptions::new(&replied.mark, on).accept_unassessed(true);
    let answer = report.reply(&message, &options).unwrap();
    changed(&answer.xml, &replied.fields, context)
}

/// A fault as if we had found it.
fn finding(fault: &Fault, message: &Message<'_>) -> Finding {
    let document = message.document();
    let step = |(name, ordinal): &(String, usize)| match ordinal {
        1 => name.clone(),
        _ => format!("{name}[{ordinal}]"),
    };
    let steps: Vec<_> = fault.class.iter().map(step).collect();
    let path = format!("/Bericht/{}", steps.join("/"));
    let is_it = |id: &_| document.path(*id).replace("[1]", "") == path;
    let class = document.elements().find(is_it).unwrap();
    let (line, column) = document.line_column(class);
    let before: usize =
        message.xml().split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let nothing = Phrase { nl: "".into(), en: "".into() };
    Finding {
        rule: "scenario",
        protocol: None,
        severity: Severity::Error,
        level: Some(fault.level),
        retourcode: Some(fault.code.clone().leak()),
        path,
        related: Vec::new(),
        line,
        column,
        offset: before + column as usize - 1,
        length: 0,
        found: Found::Phrase(nothing.clone()),
        expected: nothing,
        comes_to: None,
        because: None,
        source: Citation::Fixed(""),
        rule_at: None,
    }
}

/// A message with these changes.
fn changed(xml: &str, fields: &[Field], context: &Context) -> String {
    if fields.is_empty() {
        return xml.to_owned();
    }
    let message = Message::read(xml.as_bytes(), context).unwrap();
    let mut draft = Draft::of(&message).unwrap();
    let names = message.standard().names;
    for field in fields {
        let path: Vec<_> = field
            .path
            .iter()
            .map(|(name, ordinal)| {
                assert_eq!(*ordinal, 1, "een antwoord verandert alleen het eerste {name}");
                u16::try_from(names.binary_search(&name.as_str()).unwrap()).unwrap()
            })
            .collect();
        match &field.value {
            Some(value) => draft.content_mut().set(&path, value),
            None => {
                let (last, above) = path.split_last().unwrap();
                let parent = draft.content_mut().get_mut(above);
                parent.into_iter().for_each(|part: &mut Part| part.remove(*last));
            }
        }
    }
    draft.xml().unwrap()
}
