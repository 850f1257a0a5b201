//! Findings as text for a person.

use std::borrow::Cow;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use regelwerk::standard::{Rule, Text};
use regelwerk::{
    DossierReason, Finding, NotAssessed, ProtocolReport, Reason, Report, Severity, Source, Verdict,
};

use crate::Style;
use crate::catalogue::Catalogue;
use crate::excerpt::Excerpt;
use crate::tone::{BAD, FAINT, GOOD, Tone};

/// Columns that a label takes.
const LABEL: usize = 15;
/// Columns that a line may take before it is broken between words.
pub(crate) const WIDTH: usize = 100;

/// Reports as text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer {
    /// The standards that were judged by.
    pub(crate) catalogue: Catalogue,
    pub(crate) tone: Tone,
    /// Whether to show no values from messages.
    pub(crate) redact: bool,
    /// How it is said why something was not assessed.
    pub(crate) reason: fn(&Reason, Tone) -> String,
}

/// Why something was not assessed, in the words of the library.
pub(crate) fn reason(reason: &Reason, tone: Tone) -> String {
    let text = reason.text(tone.lang).into_owned();
    match reason {
        Reason::Dossier(DossierReason::NoDossier) => {
            format!("{text}; {} `regelwerk dossier`", tone.say("gebruik", "use"))
        }
        _ => text,
    }
}

impl Printer {
    pub(crate) fn new(catalogue: Catalogue, tone: Tone, redact: bool) -> Self {
        Self { catalogue, tone, redact, reason }
    }

    /// What is to be said of one message, which `bytes` holds.
    pub(crate) fn report(
        &self,
        out: &mut dyn Write,
        file: &str,
        report: &Report,
        bytes: &[u8],
    ) -> io::Result<()> {
        let report = &*self.shown(report);
        if let Some(why) = self.why_unreadable(report) {
            return self.unreadable(out, file, &why);
        }
        self.verdict(out, file, report)?;
        if let Some(protocol) = &report.protocol {
            writeln!(out, "  {}", self.protocol(protocol))?;
        }
        // Offsets count in the decoded text, which only findings need.
        let source = (!report.findings.is_empty()).then(|| regelwerk::decode(bytes).ok()).flatten();
        for finding in &report.findings {
            writeln!(out)?;
            self.snippet(out, finding, source.as_ref())?;
            self.details(out, file, finding, self.catalogue.rule(report, finding))?;
        }
        for entry in &report.not_assessed {
            writeln!(out)?;
            self.not_assessed(out, entry)?;
        }
        writeln!(out)
    }

    /// A report as it may be shown.
    fn shown<'r>(&self, report: &'r Report) -> Cow<'r, Report> {
        match self.redact {
            true => Cow::Owned(report.clone().redacted()),
            false => Cow::Borrowed(report),
        }
    }

    /// Why a message could not be read, if that is so.
    pub(crate) fn why_unreadable(&self, report: &Report) -> Option<String> {
        let why = report.unreadable.clone()?;
        let why = if self.redact { why.redacted() } else { why };
        Some(why.text(self.tone.lang))
    }

    /// That a file could not be read, and why.
    fn unreadable(&self, out: &mut dyn Write, file: &str, why: &str) -> io::Result<()> {
        let verdict = self.tone.verdict(Verdict::Unreadable);
        writeln!(out, "{}: {verdict}", plain(file))?;
        for line in wrap(&plain(why), WIDTH - 2) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)
    }

    fn verdict(&self, out: &mut dyn Write, file: &str, report: &Report) -> io::Result<()> {
        let verdict = self.tone.verdict(report.verdict);
        let message = report.message.unwrap_or_default();
        let release = self.catalogue.release(report);
        writeln!(out, "{}: {verdict} ({message}, {release})", plain(file))
    }

    /// What a protocol says, or that one could have been asked.
    pub(crate) fn protocol(&self, protocol: &ProtocolReport) -> String {
        let tone = self.tone;
        let name = plain(&protocol.name);
        let chosen = match protocol.chosen_by {
            "caller" => tone.say("door u gekozen", "chosen by you"),
            "auto" => tone.say("herkend", "recognised"),
            _ => {
                let (recognised, not_applied) = (
                    tone.say("herkend als", "recognised as"),
                    tone.say("niet toegepast; voeg", "not applied; add"),
                );
                let end = tone.say(" toe", "");
                return format!("{recognised} {name}, {not_applied} --protocol {name}{end}");
            }
        };
        let verdict = match protocol.verdict {
            Some(verdict) => tone.verdict(verdict),
            None => tone.say("niet beoordeeld", "not assessed").to_owned(),
        };
        format!("protocol {name} ({chosen}): {verdict}")
    }

    /// The finding in a sentence, and the part of the message that it is about.
    fn snippet(
        &self,
        out: &mut dyn Write,
        finding: &Finding,
        source: Option<&Source<'_>>,
    ) -> io::Result<()> {
        let tone = self.tone;
        let level = match finding.severity {
            Severity::Error => Level::ERROR.with_name(tone.say("fout", "error")),
            Severity::Remark => Level::NOTE.with_name(tone.say("opmerking", "remark")),
        };
        let excerpt = source.and_then(|source| Excerpt::of(finding, &source.text, self.redact));
        let snippet = excerpt.map(|Excerpt { text, mark }| {
            let mark = AnnotationKind::Primary.span(mark);
            Snippet::source(text).line_start(finding.line as usize).annotation(mark)
        });
        let group =
            level.primary_title(plain(&finding.text(tone.lang))).id(finding.rule).elements(snippet);
        let renderer = match tone.style {
            Style::Plain => Renderer::plain(),
            Style::Colour => Renderer::styled(),
        };
        writeln!(out, "{}", renderer.render(&[group]))
    }

    fn details(
        &self,
        out: &mut dyn Write,
        file: &str,
        finding: &Finding,
        rule: Option<&'static Rule>,
    ) -> io::Result<()> {
        let tone = self.tone;
        // The snippet starts at the element, so its own columns are not those of the file.
        let place = format!("{file}:{}:{}", finding.line, finding.column);
        tone.row(out, tone.say("plaats", "place"), &place)?;
        tone.row(out, tone.say("waar", "where"), &finding.path)?;
        tone.row(out, tone.say("gevonden", "found"), finding.found(tone.lang))?;
        tone.row(out, tone.say("verwacht", "expected"), &finding.expected(tone.lang))?;
        if let Some(protocol) = finding.protocol {
            tone.row(out, "protocol", protocol)?;
        } else if let Some(level) = finding.level {
            let code = finding.retourcode.map(|code| format!(", retourcode {code}"));
            let level = format!("{level}{}", code.unwrap_or_default());
            tone.row(out, tone.say("niveau", "level"), &level)?;
        } else if let Some(code) = finding.retourcode {
            tone.row(out, "retourcode", code)?;
        }
        let at = finding.rule_at.map(|at| format!("({at})"));
        let title = rule.map(|rule| rule.title.to_owned());
        let stands: Vec<_> = title.into_iter().chain(at).collect();
        if !stands.is_empty() {
            tone.row(out, tone.say("regel", "rule"), &stands.join(" "))?;
        }
        tone.row(out, tone.say("bron", "source"), &finding.source)?;
        tone.rows(out, tone.say("gekeken naar", "looked at"), &finding.related)
    }

    fn not_assessed(&self, out: &mut dyn Write, entry: &NotAssessed) -> io::Result<()> {
        let tone = self.tone;
        let mut text = plain(&(self.reason)(&entry.reason, tone));
        if !entry.rules.is_empty() {
            let rule = Text { nl: "regel", en: "rule" };
            let rules = Text { nl: "regels", en: "rules" };
            text = format!("{}, {text}", tone.count(entry.rules.len(), rule, rules));
        }
        let what = tone.say("niet beoordeeld", "not assessed");
        for (number, line) in wrap(&format!("{what}: {text}"), WIDTH - 4).iter().enumerate() {
            let indent = if number == 0 { "  " } else { "    " };
            writeln!(out, "{indent}{line}")?;
        }
        if entry.rules.is_empty() {
            return Ok(());
        }
        for line in wrap(&entry.rules.join(" "), WIDTH - 4) {
            writeln!(out, "    {line}")?;
        }
        Ok(())
    }
}

impl Tone {
    /// A verdict in words.
    pub(crate) fn verdict(self, verdict: Verdict) -> String {
        let (paint, nl, en) = match verdict {
            Verdict::Accepted => {
                (GOOD, "goedgekeurd voor zover beoordeeld", "accepted as far as assessed")
            }
            Verdict::Rejected => (BAD, "afgekeurd", "rejected"),
            Verdict::Unreadable => (BAD, "onleesbaar", "unreadable"),
        };
        self.paint(paint, self.say(nl, en))
    }

    /// A label and what belongs to it, in two columns.
    pub(crate) fn row(self, out: &mut dyn Write, label: &str, text: &str) -> io::Result<()> {
        let mut label = self.paint(FAINT, &format!("{label:LABEL$}"));
        for line in wrap(&plain(text), WIDTH - LABEL - 2) {
            writeln!(out, "  {label}{line}")?;
            label = " ".repeat(LABEL);
        }
        Ok(())
    }

    /// A label and a list of what belongs to it, each on a line of its own.
    pub(crate) fn rows<T: AsRef<str>>(
        self,
        out: &mut dyn Write,
        label: &str,
        texts: &[T],
    ) -> io::Result<()> {
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        labels.zip(texts).try_for_each(|(label, text)| self.row(out, label, text.as_ref()))
    }
}

/// A text on one line and without the characters that steer a terminal or turn the reading
/// direction: what comes from a message may hold them.
pub(crate) fn plain(text: &str) -> String {
    let tame = |character: char| match character {
        '\t' | '\n' | '\r' => ' ',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        other if other.is_control() => char::REPLACEMENT_CHARACTER,
        other => other,
    };
    text.chars().map(tame).collect()
}

/// Lines of at most so many characters, broken between words; a longer word has its own line.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
