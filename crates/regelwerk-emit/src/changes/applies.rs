//! Which messages a protocol is about, in words.

use regelwerk_model::core::Cond;
use regelwerk_model::{Protocol, Standard, describe};
use serde::Serialize;

/// Where something must be so for a message, or an element of it, to be of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Applies {
    /// It says whether a message may be of the protocol; else whether rules apply at an element.
    pub is_recognition: bool,
    /// The messages and elements: `JW301 / ToegewezenProduct`.
    pub places: Vec<String>,
    /// What must be so there, in Dutch; where there is more, all of it.
    pub nl: Vec<String>,
    /// The same in English.
    pub en: Vec<String>,
}

/// By what a protocol recognises messages, then where its rules apply.
pub(super) fn applies(standard: &Standard, protocol: &Protocol) -> Vec<Applies> {
    let mut all = Vec::new();
    for one in &protocol.recognition {
        let element = one.list.steps.last().map_or("", String::as_str);
        add(&mut all, true, shown(standard, (one.release, one.message), element), &one.cond);
    }
    for one in &protocol.applications {
        let release = standard.releases.get(one.release);
        let message = release.and_then(|release| release.messages.get(one.message));
        let element = message.map_or("", |message| message.name(one.node));
        add(&mut all, false, shown(standard, (one.release, one.message), element), &one.cond);
    }
    all
}

/// Places at which the same must be so are told together, each once.
fn add(all: &mut Vec<Applies>, is_recognition: bool, place: String, cond: &Cond) {
    let parts = match cond {
        Cond::All(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let told = parts.iter().map(describe::condition).map(|text| (text.nl, text.en));
    let (nl, en): (Vec<_>, Vec<_>) = told.unzip();
    let known = all.iter_mut().find(|one| one.is_recognition == is_recognition && one.nl == nl);
    match known {
        Some(one) if one.places.contains(&place) => {}
        Some(one) => one.places.push(place),
        None => all.push(Applies { is_recognition, places: vec![place], nl, en }),
    }
}

fn shown(standard: &Standard, (release, message): (usize, usize), element: &str) -> String {
    let release = standard.releases.get(release);
    let message = release.and_then(|release| release.messages.get(message));
    format!("{} / {element}", message.map_or("", |message| message.name.as_str()))
}
