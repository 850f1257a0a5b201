//! A dossier as one object in JSON. A message is written as soon as it is judged, so that what was
//! found in it need not be kept.

use std::collections::BTreeMap;
use std::io::{self, Write};

use regelwerk::{
    ChangeKind, Date, FindingView, Lang, MessageNo, MetBy, ProtocolReport, Term, Verdict,
};
use serde::Serialize;

use crate::dossier::facts;
use crate::dossier::gaps::Gap;
use crate::dossier::standing::Standing;
use crate::dossier::story::Chapter;
use crate::dossier::telling::Telling;

/// Writes the part of the object that holds the messages.
pub(crate) struct Messages {
    pub(crate) lang: Lang,
    pub(crate) redact: bool,
    /// Whether to say what a protocol comes to.
    pub(crate) with_protocol: bool,
    /// The files of the messages that were written, by number.
    files: BTreeMap<MessageNo, String>,
    is_first: bool,
}

/// A message. The order of the fields is that of the keys.
#[derive(Serialize)]
struct MessageView<'r> {
    file: &'r str,
    received: Option<String>,
    verdict: Verdict,
    /// Left out where no protocol was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'r ProtocolReport>,
    findings: Vec<FindingView<'r>>,
    /// Left out where it is not so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    order_only: bool,
    /// Left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<ChangeView<'r>>,
}

#[derive(Serialize)]
struct ChangeView<'r> {
    file: &'r str,
    change: ChangeKind,
}

impl Messages {
    pub(crate) fn new(lang: Lang, redact: bool, with_protocol: bool) -> Self {
        Self { lang, redact, with_protocol, files: BTreeMap::new(), is_first: true }
    }

    /// Writes what comes before the messages.
    pub(crate) fn begin(&self, out: &mut dyn Write, folder: &str, as_of: Date) -> io::Result<()> {
        let folder = serde_json::to_string(folder)?;
        write!(out, "{{\"dossier\":{folder},\"as_of\":\"{as_of}\",\"messages\":[")
    }

    /// Writes a message.
    pub(crate) fn write(&mut self, out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
        let report = &chapter.report;
        self.files.extend(report.number.map(|number| (number, chapter.file.clone())));
        let file = |number| self.files.get(&number).map_or("", String::as_str);
        let changes = report.changes.iter();
        let view = MessageView {
            file: &chapter.file,
            received: chapter.received.map(|day| day.to_string()),
            verdict: report.verdict,
            protocol: report.protocol.as_ref().filter(|_| self.with_protocol),
            findings: report
                .findings
                .iter()
                .map(|it| FindingView::new(it, self.lang, self.redact))
                .collect(),
            order_only: report.order_only,
            changes: changes
                .map(|it| ChangeView { file: file(it.number), change: it.kind })
                .collect(),
        };
        if !std::mem::take(&mut self.is_first) {
            write!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, &view)?;
        out.flush()
    }
}

/// What comes after the messages.
#[derive(Serialize)]
struct RestView<'s> {
    processes: Vec<ProcessView<'s>>,
    terms: Vec<TermView<'s>>,
    not_assessed: Vec<GapView<'s>>,
}

#[derive(Serialize)]
struct ProcessView<'s> {
    process: &'static str,
    key: &'s str,
    state: &'static str,
    history: Vec<StepView<'s>>,
}

#[derive(Serialize)]
struct StepView<'s> {
    file: &'s str,
    from: &'static str,
    to: &'static str,
}

#[derive(Serialize)]
struct TermView<'s> {
    rule: &'static str,
    file: &'s str,
    begins: String,
    due: Option<String>,
    met: Option<bool>,
    met_by: Option<&'s str>,
}

#[derive(Serialize)]
struct GapView<'s> {
    file: &'s str,
    reason: &'s str,
    rules: &'s [&'static str],
}

impl Telling<'_> {
    /// Writes what comes after the messages.
    pub(crate) fn json(
        &self,
        out: &mut dyn Write,
        terms: &[Term],
        gaps: &[Gap<'_>],
    ) -> io::Result<()> {
        let rest = RestView {
            processes: self.standings.iter().map(|it| self.process_view(it)).collect(),
            terms: terms.iter().map(|it| self.term_view(it)).collect(),
            not_assessed: gaps
                .iter()
                .map(|it| GapView { file: it.file, reason: &it.reason, rules: &it.rules })
                .collect(),
        };
        let rest = serde_json::to_string(&rest)?;
        // The object goes on where the messages left it.
        writeln!(out, "],{}", rest.trim_start_matches('{'))
    }

    fn process_view<'v>(&'v self, standing: &'v Standing) -> ProcessView<'v> {
        let history = standing.history.iter();
        ProcessView {
            process: standing.process.name,
            key: &standing.key,
            state: standing.state,
            history: history
                .map(|it| StepView { file: self.met_by(it.by), from: it.from, to: it.to })
                .collect(),
        }
    }

    fn term_view(&self, term: &Term) -> TermView<'_> {
        TermView {
            rule: term.rule,
            file: self.file(term.message),
            begins: term.begins.to_string(),
            due: term.due.map(|day| day.to_string()),
            met: term.met,
            met_by: term.met_by.map(|by| self.met_by(by)),
        }
    }

    /// The file that ended a term.
    pub(crate) fn met_by(&self, by: MetBy) -> &str {
        match by {
            MetBy::Message(number) => self.file(number),
            _ => facts::NAME,
        }
    }
}
