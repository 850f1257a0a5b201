//! The standards that a command goes by, and what they hold, by name.

use std::fmt;

use regelwerk::standard::{MessageDef, Protocol, Rule, Standard};
use regelwerk::{Context, Finding, MessageKind, ProtocolChoice, Report};
use regelwerk_compiler::Compilation;
use regelwerk_eval::Library;

use crate::tone::Tone;

/// Characters that a part of a name has at the least to be like it.
const PART: usize = 3;
/// What stands for a choice of the protocol by the messages themselves.
const AUTO: &str = "auto";

/// The standards that a command goes by: those of this build, or those of an analyst's own rules.
#[derive(Clone, Copy)]
pub(crate) struct Catalogue {
    /// Every standard, in order of name.
    pub(crate) standards: &'static [&'static Standard],
}

/// By their names: the data of a standard is long.
impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.standards.iter().map(|it| it.name)).finish()
    }
}

impl Catalogue {
    /// The standards that were built into this program.
    pub(crate) const BUILT: Self = Self { standards: regelwerk::STANDARDS };

    /// The standards of sound rules, in memory. They stay there until the program ends.
    pub(crate) fn of(compilation: &Compilation) -> Self {
        Self { standards: Library::of(compilation).standards.leak() }
    }

    /// What messages of these standards are judged by.
    pub(crate) fn context(self) -> Context {
        Context::new(self.standards.to_vec()).version(regelwerk::context().version)
    }

    /// The standard that a report is about.
    pub(crate) fn standard(self, report: &Report) -> Option<&'static Standard> {
        let name = report.receipt.standard?;
        self.standards.iter().copied().find(|standard| standard.name == name)
    }

    /// The message that a report is about, as its release defines it.
    pub(crate) fn message(self, report: &Report) -> Option<&'static MessageDef> {
        let kind = MessageKind::find(self.standard(report)?, report.release?, report.message?);
        kind.map(|kind| kind.message)
    }

    /// Full name of the release that a report is about, or what there is of it.
    pub(crate) fn release(self, report: &Report) -> &'static str {
        let name = report.release.unwrap_or_default();
        let releases = self.standard(report).map_or(&[][..], |standard| standard.releases);
        let release = releases.iter().find(|release| release.name == name);
        release.map_or(name, |release| release.title)
    }

    /// The rule of a finding of a report, of its standard or of a protocol over that; none for what
    /// has no rule.
    pub(crate) fn rule(self, report: &Report, finding: &Finding) -> Option<&'static Rule> {
        let standard = self.standard(report)?;
        let of_protocol = |name| standard.protocols.iter().find(|protocol| protocol.name == name);
        let rules = match finding.protocol {
            None => standard.rules,
            Some(name) => of_protocol(name)?.rules,
        };
        rules.iter().find(|rule| rule.code == finding.rule)
    }

    /// Every protocol, with the standard that it lies over.
    pub(crate) fn protocols(self) -> impl Iterator<Item = (&'static Standard, &'static Protocol)> {
        self.standards.iter().flat_map(|&standard| {
            let protocols = standard.protocols.iter();
            protocols.map(move |protocol| (standard, protocol))
        })
    }

    /// The protocol that is asked for.
    ///
    /// # Errors
    ///
    /// When there is none of that name: what to say then.
    pub(crate) fn choose_protocol(
        self,
        asked: Option<&str>,
        tone: Tone,
    ) -> Result<ProtocolChoice, String> {
        let Some(asked) = asked else { return Ok(ProtocolChoice::None) };
        if asked.eq_ignore_ascii_case(AUTO) {
            return Ok(ProtocolChoice::Auto);
        }
        let mut names: Vec<_> = self.protocols().map(|(_, protocol)| protocol.name).collect();
        names.dedup();
        match names.iter().find(|name| name.eq_ignore_ascii_case(asked)) {
            Some(&name) => Ok(ProtocolChoice::Named(name.to_owned())),
            None => {
                let what = tone.say("onbekend protocol", "unknown protocol");
                Err(unknown(what, asked, &names, &format!("{}, {AUTO}", names.join(", ")), tone))
            }
        }
    }
}

/// That something of a kind is not known, which of the names is like it, and what is known.
pub(crate) fn unknown(what: &str, asked: &str, names: &[&str], known: &str, tone: Tone) -> String {
    let asked = asked.trim();
    let shown = if asked.is_empty() { tone.say("(leeg)", "(empty)") } else { asked };
    if names.is_empty() {
        return format!("{what} {shown}; {}", tone.say("er is er geen", "there is none"));
    }
    let meant = tone.say("bedoelt u", "did you mean");
    let near = near(asked, names.iter().copied());
    let near = near.map(|near| format!("; {meant} {near}?")).unwrap_or_default();
    format!("{what} {shown}{near} ({}: {known})", tone.say("bekend", "known"))
}

/// The name that is most like what was asked for, whatever the case, if it is like it at all: a
/// third of the characters may differ, or the one is a part of the other.
pub(crate) fn near<'n>(asked: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let allowed = asked.chars().count() / 3;
    let asked = asked.to_uppercase();
    let distance = |name: &str| {
        let name = name.to_uppercase();
        let is_part = asked.chars().count() >= PART && name.contains(&asked);
        if is_part { 0 } else { strsim::damerau_levenshtein(&name, &asked) }
    };
    let all = names.into_iter().map(|name| (distance(name), name));
    let nearest = all.min_by_key(|(distance, _)| *distance);
    nearest.filter(|(distance, _)| *distance <= allowed).map(|(_, name)| name)
}

/// The name that is most like what was asked for, whatever the case.
pub(crate) fn nearest<'n>(
    asked: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let asked = asked.to_uppercase();
    names.into_iter().min_by_key(|name| strsim::damerau_levenshtein(&name.to_uppercase(), &asked))
}
