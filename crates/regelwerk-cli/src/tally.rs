//! Counts over all files of a run.

use std::collections::BTreeMap;

use regelwerk::standard::Text;
use regelwerk::{Finding, Report, Severity, Verdict};

use crate::Exit;
use crate::tone::Tone;

/// Counts over all files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Files that the standard accepts.
    pub(crate) accepted: usize,
    /// Files that the standard rejects.
    pub(crate) rejected: usize,
    /// Files that could not be read or recognised.
    pub(crate) unreadable: usize,
    /// By protocol that was applied, what it says.
    pub(crate) protocols: BTreeMap<String, ByProtocol>,
    errors: usize,
    remarks: usize,
    /// Whether a standard or a protocol rejects something.
    rejects: bool,
}

/// Counts over all files that a protocol was applied to.
#[derive(Debug, Default)]
pub(crate) struct ByProtocol {
    /// Files that it accepts.
    pub(crate) accepted: usize,
    /// Files that it rejects.
    pub(crate) rejected: usize,
    /// Files in which it judged nothing.
    silent: usize,
    errors: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, report: &Report) {
        match report.verdict {
            Verdict::Accepted => self.accepted += 1,
            Verdict::Rejected => self.rejected += 1,
            Verdict::Unreadable => self.unreadable += 1,
        }
        self.errors += errors(report, |finding| finding.protocol.is_none());
        self.remarks += report.findings.len() - errors(report, |_| true);
        self.rejects |= report.rejects();
        let Some(protocol) = &report.protocol else { return };
        if !protocol.is_applied() {
            return;
        }
        let counts = self.protocols.entry(protocol.name.clone().into_owned()).or_default();
        match protocol.verdict {
            Some(Verdict::Rejected) => counts.rejected += 1,
            Some(_) => counts.accepted += 1,
            None => counts.silent += 1,
        }
        counts.errors += errors(report, |finding| finding.protocol.is_some());
    }

    /// How many files there were.
    pub(crate) fn files(&self) -> usize {
        self.accepted + self.rejected + self.unreadable
    }

    /// What the run comes down to.
    pub(crate) fn exit(&self) -> Exit {
        match (self.rejects, self.unreadable) {
            (false, 0) => Exit::Good,
            (true, 0) => Exit::Rejected,
            _ => Exit::Unusable,
        }
    }

    /// `3 berichten: 1 goedgekeurd, 1 afgekeurd (2 fouten), 1 onleesbaar`
    pub(crate) fn text(&self, tone: Tone) -> String {
        let messages = (text("bericht", "message"), text("berichten", "messages"));
        let mut line = tone.count(self.files(), messages.0, messages.1);
        line += ": ";
        let unreadable = (self.unreadable, tone.say("onleesbaar", "unreadable"));
        line += &verdicts(tone, self.accepted, self.rejected, self.errors, unreadable);
        for (name, counts) in &self.protocols {
            let silent = (counts.silent, tone.say("niet beoordeeld", "not assessed"));
            let verdicts = verdicts(tone, counts.accepted, counts.rejected, counts.errors, silent);
            line += &format!("; protocol {name}: {verdicts}");
        }
        if self.remarks > 0 {
            let (one, many) = (text("opmerking", "remark"), text("opmerkingen", "remarks"));
            line = line + "; " + &tone.count(self.remarks, one, many);
        }
        line
    }
}

/// How many errors of a kind a report has.
fn errors(report: &Report, is_counted: impl Fn(&Finding) -> bool) -> usize {
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.filter(|finding| is_counted(finding)).count()
}

/// `1 goedgekeurd, 1 afgekeurd (2 fouten)`, as far as there are any.
fn verdicts(
    tone: Tone,
    accepted: usize,
    rejected: usize,
    errors: usize,
    others: (usize, &str),
) -> String {
    let errors = tone.count(errors, text("fout", "error"), text("fouten", "errors"));
    let parts = [
        (accepted, tone.say("goedgekeurd", "accepted").to_owned()),
        (rejected, format!("{} ({errors})", tone.say("afgekeurd", "rejected"))),
        (others.0, others.1.to_owned()),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    parts.map(|(number, what)| format!("{number} {what}")).collect::<Vec<_>>().join(", ")
}

const fn text(nl: &'static str, en: &'static str) -> Text {
    Text { nl, en }
}
