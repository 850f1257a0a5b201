//! What the shipped standards hold, by name.

use regelwerk::standard::{MessageDef, Protocol, Rule, Standard};
use regelwerk::{Finding, MessageKind, ProtocolChoice, Report};

use crate::tone::Tone;

/// What stands for a choice of the protocol by the messages themselves.
const AUTO: &str = "auto";

/// The standard that a report is about.
pub(crate) fn standard(report: &Report) -> Option<&'static Standard> {
    let name = report.receipt.standard?;
    regelwerk::STANDARDS.iter().copied().find(|standard| standard.name == name)
}

/// The message that a report is about, as its release defines it.
pub(crate) fn message(report: &Report) -> Option<&'static MessageDef> {
    let kind = MessageKind::find(standard(report)?, report.release?, report.message?);
    kind.map(|kind| kind.message)
}

/// Full name of the release that a report is about, or what there is of it.
pub(crate) fn release(report: &Report) -> &'static str {
    let name = report.release.unwrap_or_default();
    let releases = standard(report).map_or(&[][..], |standard| standard.releases);
    let release = releases.iter().find(|release| release.name == name);
    release.map_or(name, |release| release.title)
}

/// The rule of a finding, of a standard or of a protocol over it; none for what has no rule.
pub(crate) fn rule(standard: &'static Standard, finding: &Finding) -> Option<&'static Rule> {
    let of_protocol = |name| standard.protocols.iter().find(|protocol| protocol.name == name);
    let rules = match finding.protocol {
        None => standard.rules,
        Some(name) => of_protocol(name)?.rules,
    };
    rules.iter().find(|rule| rule.code == finding.rule)
}

/// Every protocol, with the standard that it lies over.
pub(crate) fn protocols() -> impl Iterator<Item = (&'static Standard, &'static Protocol)> {
    regelwerk::STANDARDS.iter().flat_map(|&standard| {
        let protocols = standard.protocols.iter();
        protocols.map(move |protocol| (standard, protocol))
    })
}

/// The protocol that is asked for.
///
/// # Errors
///
/// When there is none of that name: what to say then.
pub(crate) fn choose_protocol(asked: Option<&str>, tone: Tone) -> Result<ProtocolChoice, String> {
    let Some(asked) = asked else { return Ok(ProtocolChoice::None) };
    if asked.eq_ignore_ascii_case(AUTO) {
        return Ok(ProtocolChoice::Auto);
    }
    let mut names: Vec<_> = protocols().map(|(_, protocol)| protocol.name).collect();
    names.dedup();
    match names.iter().find(|name| name.eq_ignore_ascii_case(asked)) {
        Some(&name) => Ok(ProtocolChoice::Named(name.to_owned())),
        None => Err(unknown_protocol(asked, &names, tone)),
    }
}

fn unknown_protocol(asked: &str, names: &[&str], tone: Tone) -> String {
    let what = tone.say("onbekend protocol", "unknown protocol");
    let known = tone.say("bekend", "known");
    let what = format!("{what} {asked}");
    match nearest(asked, names.iter().copied()) {
        None => format!("{what}; {}", tone.say("er is er geen", "there is none")),
        Some(nearest) => {
            let meant = tone.say("bedoelt u", "did you mean");
            format!("{what}; {meant} {nearest}? ({known}: {}, {AUTO})", names.join(", "))
        }
    }
}

/// The name that is most like what was asked for, whatever the case, if it is like it at all: a
/// third of the characters may differ.
pub(crate) fn near<'n>(asked: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = asked.chars().count() / 3;
    let is_near = |name: &&str| {
        strsim::damerau_levenshtein(&name.to_uppercase(), &asked.to_uppercase()) <= allowed
    };
    nearest(asked, names).filter(is_near)
}

/// The name that is most like what was asked for, whatever the case.
pub(crate) fn nearest<'n>(
    asked: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let asked = asked.to_uppercase();
    names.into_iter().min_by_key(|name| strsim::damerau_levenshtein(&name.to_uppercase(), &asked))
}
