//! Findings as text for a person.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use regelwerk::standard::{Rule, Standard, Text};
use regelwerk::{Finding, NotAssessed, Report, Severity, Source, Verdict};

use crate::Style;
use crate::excerpt::Excerpt;
use crate::tone::{BAD, FAINT, GOOD, Tone};

/// Columns that a label takes.
const LABEL: usize = 15;
/// Columns that a line may take before it is broken between words.
const WIDTH: usize = 100;

/// Reports as text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer<'p> {
    pub(crate) tone: Tone,
    /// The standards that messages are judged by, for the titles of rules and releases.
    pub(crate) standards: &'p [&'static Standard],
    /// Whether to show no values from messages.
    pub(crate) redact: bool,
}

impl Printer<'_> {
    /// What is to be said of one message, which `bytes` holds.
    pub(crate) fn report(
        &self,
        out: &mut dyn Write,
        file: &str,
        report: &Report,
        bytes: &[u8],
    ) -> io::Result<()> {
        if let Some(unreadable) = &report.unreadable {
            return self.unreadable(out, file, &unreadable.text(self.tone.lang));
        }
        self.verdict(out, file, report)?;
        // Offsets count in the decoded text, which only findings need.
        let source = (!report.findings.is_empty()).then(|| regelwerk::decode(bytes).ok()).flatten();
        let standard = self.standard(report);
        for finding in &report.findings {
            writeln!(out)?;
            self.snippet(out, finding, source.as_ref())?;
            let rule = standard.and_then(|standard| rule(standard, finding.rule));
            self.details(out, file, finding, rule)?;
        }
        for entry in &report.not_assessed {
            writeln!(out)?;
            self.not_assessed(out, entry)?;
        }
        writeln!(out)
    }

    /// That a file could not be read, and why.
    pub(crate) fn unreadable(&self, out: &mut dyn Write, file: &str, why: &str) -> io::Result<()> {
        let verdict = self.tone.paint(BAD, self.tone.say("onleesbaar", "unreadable"));
        writeln!(out, "{}: {verdict}", plain(file))?;
        for line in wrap(&plain(why), WIDTH - 2) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out)
    }

    fn standard(&self, report: &Report) -> Option<&'static Standard> {
        let name = report.receipt.standard?;
        self.standards.iter().copied().find(|standard| standard.name == name)
    }

    fn verdict(&self, out: &mut dyn Write, file: &str, report: &Report) -> io::Result<()> {
        let tone = self.tone;
        let verdict = match report.verdict {
            Verdict::Accepted => tone.paint(
                GOOD,
                tone.say("goedgekeurd voor zover beoordeeld", "accepted as far as assessed"),
            ),
            Verdict::Rejected => tone.paint(BAD, tone.say("afgekeurd", "rejected")),
            Verdict::Unreadable => tone.paint(BAD, tone.say("onleesbaar", "unreadable")),
        };
        let name = report.release.unwrap_or_default();
        let releases = self.standard(report).map_or(&[][..], |standard| standard.releases);
        let release = releases.iter().find(|release| release.name == name);
        let release = release.map_or(name, |release| release.title);
        let message = report.message.unwrap_or_default();
        writeln!(out, "{}: {verdict} ({message}, {release})", plain(file))
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
        tone.row(out, tone.say("verwacht", "expected"), finding.expected(tone.lang))?;
        if let Some(level) = finding.level {
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
        let reason = plain(&entry.reason.text(tone.lang));
        let rules = Text { nl: "regel", en: "rule" };
        let many = Text { nl: "regels", en: "rules" };
        let count = tone.count(entry.rules.len(), rules, many);
        let what = tone.say("niet beoordeeld", "not assessed");
        writeln!(out, "  {what}: {count}, {reason}")?;
        for line in wrap(&entry.rules.join(" "), WIDTH - 4) {
            writeln!(out, "    {line}")?;
        }
        Ok(())
    }
}

/// The rule with this code.
fn rule(standard: &'static Standard, code: &str) -> Option<&'static Rule> {
    standard.rules.iter().find(|rule| rule.code == code)
}

impl Tone {
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
fn wrap(text: &str, width: usize) -> Vec<String> {
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
