//! Replies in a scenario that is run.

use regelwerk::{
    Citation, Context, Date, Draft, Finding, Found, Message, Part, Phrase, ReplyOptions, Report,
    Severity,
};
use regelwerk_compiler::emit::{Fault, Replied};
use regelwerk_compiler::model::Field;

/// The reply to a message, from what was judged of it or from what the scenario says that the other
/// side found; none where it cannot be made.
pub(super) fn compose(
    asked: &str,
    report: &Report,
    replied: &Replied,
    on: Date,
    context: &Context,
) -> Option<String> {
    let message = Message::read(asked.as_bytes(), context).ok()?;
    let mut report = report.clone();
    if let Some(faults) = &replied.faults {
        report.findings =
            faults.iter().map(|fault| finding(fault, &message)).collect::<Option<_>>()?;
    }
    let options = ReplyOptions::new(&replied.mark, on).accept_unassessed(true);
    let answer = report.reply(&message, &options).ok()?;
    changed(&answer.xml, &replied.fields, context)
}

/// A fault as if it had been found here.
fn finding(fault: &Fault, message: &Message<'_>) -> Option<Finding> {
    let document = message.document();
    let step = |(name, ordinal): &(String, usize)| match ordinal {
        1 => name.clone(),
        _ => format!("{name}[{ordinal}]"),
    };
    let root = message.definition().nodes.first().map(|node| node.name)?;
    let root = message.standard().names.get(usize::from(root))?;
    let steps: Vec<_> = fault.class.iter().map(step).collect();
    let path = format!("/{root}/{}", steps.join("/"));
    let class = document.elements().find(|id| document.path(*id).replace("[1]", "") == path)?;
    let (line, column) = document.line_column(class);
    let above = usize::try_from(line).ok()?.checked_sub(1)?;
    let before: usize = message.xml().split_inclusive('\n').take(above).map(str::len).sum();
    let nothing = Phrase { nl: "".into(), en: "".into() };
    let codes = message.standard().rules.iter().filter_map(|rule| rule.retourcode);
    Some(Finding {
        rule: "scenario",
        protocol: None,
        severity: Severity::Error,
        level: Some(fault.level),
        retourcode: Some(codes.into_iter().find(|code| *code == fault.code)?),
        path,
        related: Vec::new(),
        line,
        column,
        offset: before + usize::try_from(column).ok()?.checked_sub(1)?,
        length: 0,
        found: Found::Phrase(nothing.clone()),
        expected: nothing,
        comes_to: None,
        because: None,
        source: Citation::Fixed(""),
        rule_at: None,
    })
}

/// A message with these changes, each of the first element of its name.
fn changed(xml: &str, fields: &[Field], context: &Context) -> Option<String> {
    if fields.is_empty() {
        return Some(xml.to_owned());
    }
    let message = Message::read(xml.as_bytes(), context).ok()?;
    let mut draft = Draft::of(&message).ok()?;
    for field in fields {
        let names = field.path.iter().map(|(name, _)| message.standard().find_name(name));
        let path: Vec<_> = names.collect::<Option<_>>()?;
        match &field.value {
            Some(value) => draft.content_mut().set(&path, value),
            None => {
                let (last, above) = path.split_last()?;
                let parent: Option<&mut Part> = draft.content_mut().get_mut(above);
                parent?.remove(*last);
            }
        }
    }
    draft.xml().ok()
}
