//! `regelwerk validate`: what is wrong with these messages?

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use regelwerk::standard::Text;
use regelwerk::{Context, Receipt, Report, ReportView, Severity, Verdict, validate};
use serde::Serialize;

use crate::input::{self, Refusal};
use crate::redact::hide_values;
use crate::text::Printer;
use crate::tone::Tone;
use crate::{Exit, Language, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "FILE", required = true, help = "Berichten; - is de standaardinvoer")]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
    #[arg(long, help = "Beoordeelt elk niveau, ook als een lager niveau niet klopt")]
    all_levels: bool,
    #[arg(long, help = "Toont geen waarden uit de berichten")]
    redact: bool,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Per bericht een regel JSON")]
    Json,
}

/// Judges each file and tells what came of it.
pub(crate) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.style };
    let context = regelwerk::context().all_levels(args.all_levels);
    let printer = Printer { tone, standards: &context.standards, redact: args.redact };
    let mut run = Run { args, tone, context: &context, printer, streams, tally: Tally::default() };
    for file in &args.files {
        run.file(file)?;
    }
    let Run { tally, .. } = run;
    if let Format::Text = args.format {
        writeln!(streams.stdout, "{}", tally.text(tone))?;
    }
    Ok(tally.exit())
}

/// One run of the verb.
struct Run<'r, 's> {
    args: &'r Args,
    tone: Tone,
    context: &'r Context,
    printer: Printer<'r>,
    streams: &'r mut Streams<'s>,
    tally: Tally,
}

impl Run<'_, '_> {
    fn file(&mut self, path: &Path) -> io::Result<()> {
        let file = path.display().to_string();
        let told = match input::read(path, self.streams.stdin) {
            Ok(bytes) => self.message(&file, &bytes)?,
            Err(refusal) => Some(self.refusal(&file, &refusal)?),
        };
        if let Some(reason) = told {
            self.streams.complain(&format!("{file}: {reason}"))?;
        }
        self.streams.stdout.flush()
    }

    /// Judges a message; why it could not be, if so.
    fn message(&mut self, file: &str, bytes: &[u8]) -> io::Result<Option<String>> {
        let mut report = validate(bytes, self.context);
        if self.args.redact {
            hide_values(&mut report);
        }
        self.tally.add(&report);
        match self.args.format {
            Format::Text => self.printer.report(self.streams.stdout, file, &report, bytes)?,
            Format::Json => {
                let report = report.view(self.tone.lang, self.args.redact);
                write_line(self.streams.stdout, &Judged { file, report })?;
            }
        }
        Ok(report.unreadable.map(|unreadable| unreadable.text(self.tone.lang)))
    }

    /// Tells why a file was not read.
    fn refusal(&mut self, file: &str, refusal: &Refusal) -> io::Result<String> {
        self.tally.unreadable += 1;
        let reason = refusal.text(self.tone);
        match self.args.format {
            Format::Text => self.printer.unreadable(self.streams.stdout, file, &reason)?,
            Format::Json => {
                write_line(self.streams.stdout, &Refused::new(file, &reason, self.context))?;
            }
        }
        Ok(reason)
    }
}

/// A report as a line of JSON.
#[derive(Serialize)]
struct Judged<'r> {
    file: &'r str,
    #[serde(flatten)]
    report: ReportView<'r>,
}

/// A file that was not read as a line of JSON, with the keys of a report.
#[derive(Serialize)]
struct Refused<'r> {
    file: &'r str,
    message: Option<&'r str>,
    release: Option<&'r str>,
    verdict: Verdict,
    findings: [(); 0],
    not_assessed: [RefusedReason<'r>; 1],
    receipt: Receipt,
}

#[derive(Serialize)]
struct RefusedReason<'r> {
    reason: &'r str,
    rules: [&'r str; 0],
}

impl<'r> Refused<'r> {
    fn new(file: &'r str, reason: &'r str, context: &Context) -> Self {
        // Nothing was judged; the receipt is that of an empty message.
        let Report { receipt, verdict, .. } = validate(&[], context);
        Self {
            file,
            message: None,
            release: None,
            verdict,
            findings: [],
            not_assessed: [RefusedReason { reason, rules: [] }],
            receipt,
        }
    }
}

fn write_line(out: &mut dyn Write, line: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}

/// Counts over all files.
#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    rejected: usize,
    unreadable: usize,
    errors: usize,
    remarks: usize,
}

impl Tally {
    fn add(&mut self, report: &Report) {
        match report.verdict {
            Verdict::Accepted => self.accepted += 1,
            Verdict::Rejected => self.rejected += 1,
            Verdict::Unreadable => self.unreadable += 1,
        }
        for finding in &report.findings {
            match finding.severity {
                Severity::Error => self.errors += 1,
                Severity::Remark => self.remarks += 1,
            }
        }
    }

    fn exit(&self) -> Exit {
        match (self.rejected, self.unreadable) {
            (0, 0) => Exit::Good,
            (_, 0) => Exit::Rejected,
            _ => Exit::Unusable,
        }
    }

    /// `3 berichten: 1 goedgekeurd, 1 afgekeurd (2 fouten), 1 onleesbaar`
    fn text(&self, tone: Tone) -> String {
        let total = self.accepted + self.rejected + self.unreadable;
        let total = tone.count(total, text("bericht", "message"), text("berichten", "messages"));
        let errors = tone.count(self.errors, text("fout", "error"), text("fouten", "errors"));
        let parts = [
            (self.accepted, tone.say("goedgekeurd", "accepted").to_owned()),
            (self.rejected, format!("{} ({errors})", tone.say("afgekeurd", "rejected"))),
            (self.unreadable, tone.say("onleesbaar", "unreadable").to_owned()),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<_> = parts.map(|(number, what)| format!("{number} {what}")).collect();
        let mut line = format!("{total}: {}", parts.join(", "));
        if self.remarks > 0 {
            let (one, many) = (text("opmerking", "remark"), text("opmerkingen", "remarks"));
            line = line + "; " + &tone.count(self.remarks, one, many);
        }
        line
    }
}

const fn text(nl: &'static str, en: &'static str) -> Text {
    Text { nl, en }
}
