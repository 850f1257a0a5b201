//! What a scenario says of a message: paths that may be the end of a path, and values that fit.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Field, Message, NodeId, ROOT};
use regelwerk_syntax::ast::{Assignment, Dotted, Step};

use super::Found;
use crate::codes::{REPEATED_ELEMENT, UNKNOWN_ELEMENT};
use crate::given::Given;
use crate::messages::{check_field_value, follow};
use crate::releases::field;
use crate::sink::Sink;

/// Most places that a diagnostic lists.
const LISTED: usize = 4;

/// What is changed in a message, from below the root.
pub(super) fn fields(
    assignments: &[Assignment],
    found: Found<'_>,
    must_fit: bool,
    sink: &mut Sink,
) -> Vec<Field> {
    let mut given = Given::default();
    let whole = |one| whole(one, found, must_fit, &mut given, sink);
    assignments.iter().filter_map(whole).collect()
}

fn whole(
    one: &Assignment,
    found: Found<'_>,
    must_fit: bool,
    given: &mut Given,
    sink: &mut Sink,
) -> Option<Field> {
    let (message, release) = (found.message.1, found.release.1);
    let (above, at) = resolve(&one.path, message, sink)?;
    if must_fit && !check_field_value(one, message, at, release, sink) {
        return None;
    }
    if !given.enter(one, at, sink) {
        return None;
    }
    let mut made = field(one);
    made.path.splice(0..0, above.into_iter().map(|name| (name.to_owned(), 1)));
    Some(made)
}

/// The element that a path points to, and the names from below the root to where it starts. A path
/// from below the root is that; any other is the end of one path, or of several to the same element
/// of a class that may stand in more than one place: then it is where the base message has it.
fn resolve<'m>(
    path: &Dotted,
    message: &'m Message,
    sink: &mut Sink,
) -> Option<(Vec<&'m str>, NodeId)> {
    let starts = |step: &Step| message.child(NodeId(0), &step.name.value).is_some();
    if path.steps.first().is_some_and(starts) && exists(path, message) {
        return Some((Vec::new(), follow(path, message, NodeId(0), sink)?));
    }
    let ends = ending(path, message);
    let ends = usual(&ends, message).map_or(ends, |usual| vec![usual]);
    match ends.as_slice() {
        [only] => {
            let all = message.path(*only);
            let above = all.get(1..all.len().checked_sub(path.steps.len())?)?;
            Some((above.to_vec(), *only))
        }
        [] => {
            unknown(path, message, sink);
            None
        }
        several => {
            ambiguous(path, message, several, sink);
            None
        }
    }
}

fn exists(path: &Dotted, message: &Message) -> bool {
    let step = |at, step: &Step| message.child(at, &step.name.value);
    path.steps.iter().try_fold(NodeId(0), step).is_some()
}

/// The elements whose path ends so.
fn ending(path: &Dotted, message: &Message) -> Vec<NodeId> {
    let names = path.steps.iter().map(|step| step.name.value.as_str());
    message.ids().filter(|id| message.ends_in(*id, names.clone())).collect()
}

/// Of the same element in several places, the one that lies closest to what the base message has.
fn usual(ends: &[NodeId], message: &Message) -> Option<NodeId> {
    let class = |id: &NodeId| message.node(*id)?.parent.map(|parent| message.name(parent));
    let (first, others) = ends.split_first()?;
    if others.iter().any(|other| class(other) != class(first)) {
        return None;
    }
    let shared = |id: &NodeId| {
        let names = message.path(*id);
        let with = |field: &Field| {
            let base = field.path.iter().map(|(name, _)| name);
            names.iter().skip(1).zip(base).take_while(|(name, base)| *name == base).count()
        };
        message.base.iter().map(with).max().unwrap_or_default()
    };
    let most = ends.iter().map(shared).max()?;
    let mut closest = ends.iter().filter(|id| shared(id) == most);
    closest.next().filter(|_| closest.next().is_none()).copied()
}

/// Of a path that is nowhere: the last name, when that is nowhere either, or else where it is.
fn unknown(path: &Dotted, message: &Message, sink: &mut Sink) {
    let Some(last) = path.steps.last() else { return };
    let name = &last.name;
    let same: Vec<_> = message.ids().filter(|id| message.name(*id) == name.value).collect();
    if same.is_empty() {
        let known = message.ids().map(|id| message.name(id)).filter(|name| *name != ROOT);
        return sink.unknown(UNKNOWN_ELEMENT, &format!("{}: element", message.name), name, known);
    }
    let title = format!("geen element van {} ligt op dit pad", message.name);
    let wrong = Diagnostic::error(UNKNOWN_ELEMENT, title, path.span);
    sink.push(wrong.help(format!("bedoelde u {}?", listed(message, &same))));
}

fn ambiguous(path: &Dotted, message: &Message, several: &[NodeId], sink: &mut Sink) {
    let title = format!("in {} eindigt meer dan één pad zo", message.name);
    let wrong = Diagnostic::error(REPEATED_ELEMENT, title, path.span);
    sink.push(wrong.help(format!("schrijf meer van het pad: {}", listed(message, several))));
}

/// Paths from below the root, as a scenario can write them.
fn listed(message: &Message, ids: &[NodeId]) -> String {
    let path = |id: &NodeId| {
        let names = message.path(*id);
        format!("`{}`", names.get(1..).unwrap_or_default().join("."))
    };
    let paths: Vec<_> = ids.iter().take(LISTED).map(path).collect();
    let more = if ids.len() > LISTED { ", …" } else { "" };
    format!("{}{more}", paths.join(" of "))
}
