//! A whole run in tables: how many files of each message, how many findings of each rule.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use regelwerk::{Report, Verdict};
use serde::Serialize;

use crate::catalogue::Catalogue;
use crate::tally::Tally;
use crate::text::plain;
use crate::tone::{HEAD, Tone};

/// What stands between two columns.
const GAP: &str = "  ";
/// Columns that a number takes.
const NUMBER: usize = 11;

/// Counts by message and by rule.
#[derive(Debug)]
pub(crate) struct Summary {
    catalogue: Catalogue,
    messages: BTreeMap<MessageKey, MessageCount>,
    /// By code of the rule.
    rules: BTreeMap<&'static str, RuleCount>,
}

/// Name of a message and name and title of its release.
type MessageKey = (&'static str, &'static str, &'static str);

#[derive(Debug, Default)]
struct MessageCount {
    accepted: usize,
    rejected: usize,
}

impl MessageCount {
    fn files(&self) -> usize {
        self.accepted + self.rejected
    }
}

#[derive(Debug, Default)]
struct RuleCount {
    findings: usize,
    files: usize,
    /// Title of the rule, if there is a rule.
    title: Option<&'static str>,
}

impl Summary {
    /// Nothing yet, of what is judged by these standards.
    pub(crate) fn new(catalogue: Catalogue) -> Self {
        Self { catalogue, messages: BTreeMap::new(), rules: BTreeMap::new() }
    }

    pub(crate) fn add(&mut self, report: &Report) {
        if let (Some(message), Some(release)) = (report.message, report.release) {
            let key = (message, release, self.catalogue.release(report));
            let count = self.messages.entry(key).or_default();
            match report.verdict {
                Verdict::Rejected => count.rejected += 1,
                _ => count.accepted += 1,
            }
        }
        let mut met = BTreeSet::new();
        for finding in &report.findings {
            let count = self.rules.entry(finding.rule).or_default();
            count.findings += 1;
            count.files += usize::from(met.insert(finding.rule));
            if count.title.is_none() {
                count.title = self.catalogue.rule(report, finding).map(|rule| rule.title);
            }
        }
    }

    /// Messages, those with the most files first.
    fn messages(&self) -> Vec<(&MessageKey, &MessageCount)> {
        let mut messages: Vec<_> = self.messages.iter().collect();
        messages.sort_by_key(|(_, count)| Reverse(count.files()));
        messages
    }

    /// Rules, those with the most findings first.
    fn rules(&self) -> Vec<(&'static str, &RuleCount)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(code, count)| (*code, count)).collect();
        rules.sort_by_key(|(_, count)| Reverse(count.findings));
        rules
    }

    /// The tables for a person.
    pub(crate) fn text(&self, out: &mut dyn Write, tally: &Tally, tone: Tone) -> io::Result<()> {
        Table::of_verdicts(tally, tone).print(out, tone)?;
        if !self.messages.is_empty() {
            Table::of_messages(self, tone).print(out, tone)?;
        }
        if !self.rules.is_empty() {
            Table::of_rules(self, tone).print(out, tone)?;
        }
        Ok(())
    }

    /// The same as JSON.
    pub(crate) fn view<'s>(&self, tally: &'s Tally) -> SummaryLine<'s> {
        let messages = self.messages().into_iter().map(|(key, count)| MessageView {
            message: key.0,
            release: key.1,
            files: count.files(),
            accepted: count.accepted,
            rejected: count.rejected,
        });
        let rules = self.rules().into_iter().map(|(rule, count)| RuleView {
            rule,
            findings: count.findings,
            files: count.files,
        });
        let protocols = tally.protocols.iter().map(|(protocol, counts)| ProtocolView {
            protocol,
            files: counts.accepted + counts.rejected,
            accepted: counts.accepted,
            rejected: counts.rejected,
        });
        SummaryLine {
            summary: SummaryView {
                files: tally.files(),
                accepted: tally.accepted,
                rejected: tally.rejected,
                unreadable: tally.unreadable,
                messages: messages.collect(),
                rules: rules.collect(),
                protocols: protocols.collect(),
            },
        }
    }
}

/// What is printed where a summary is asked for as JSON.
#[derive(Serialize)]
pub(crate) struct SummaryLine<'s> {
    summary: SummaryView<'s>,
}

#[derive(Serialize)]
struct SummaryView<'s> {
    files: usize,
    accepted: usize,
    rejected: usize,
    unreadable: usize,
    messages: Vec<MessageView>,
    rules: Vec<RuleView>,
    /// Left out where no protocol was applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    protocols: Vec<ProtocolView<'s>>,
}

#[derive(Serialize)]
struct MessageView {
    message: &'static str,
    release: &'static str,
    files: usize,
    accepted: usize,
    rejected: usize,
}

#[derive(Serialize)]
struct RuleView {
    rule: &'static str,
    findings: usize,
    files: usize,
}

#[derive(Serialize)]
struct ProtocolView<'s> {
    protocol: &'s str,
    files: usize,
    accepted: usize,
    rejected: usize,
}

/// Lines of a name, numbers and, where there is more to say, a text.
struct Table {
    /// Of the names and of the numbers.
    heads: Vec<&'static str>,
    /// Of the texts.
    last: &'static str,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    numbers: Vec<usize>,
    text: &'static str,
}

impl Line {
    fn new(name: impl Into<String>, numbers: impl Into<Vec<usize>>) -> Self {
        Self { name: name.into(), numbers: numbers.into(), text: "" }
    }
}

impl Table {
    fn of_verdicts(tally: &Tally, tone: Tone) -> Self {
        let lines = [
            (
                tone.say("goedgekeurd voor zover beoordeeld", "accepted as far as assessed"),
                tally.accepted,
            ),
            (tone.say("afgekeurd", "rejected"), tally.rejected),
            (tone.say("onleesbaar", "unreadable"), tally.unreadable),
        ];
        Self {
            heads: vec![tone.say("oordeel", "verdict"), files(tone)],
            last: "",
            lines: lines.into_iter().map(|(name, number)| Line::new(name, [number])).collect(),
        }
    }

    fn of_messages(summary: &Summary, tone: Tone) -> Self {
        let line = |(key, count): (&MessageKey, &MessageCount)| {
            let numbers = [count.files(), count.accepted, count.rejected];
            Line::new(format!("{}, {}", key.0, key.2), numbers)
        };
        let (accepted, rejected) =
            (tone.say("goedgekeurd", "accepted"), tone.say("afgekeurd", "rejected"));
        Self {
            heads: vec![tone.say("bericht", "message"), files(tone), accepted, rejected],
            last: "",
            lines: summary.messages().into_iter().map(line).collect(),
        }
    }

    fn of_rules(summary: &Summary, tone: Tone) -> Self {
        let unnamed = tone.say("eis van het schema", "demand of the schema");
        let line = |(code, count): (&str, &RuleCount)| Line {
            text: count.title.unwrap_or(unnamed),
            ..Line::new(code, [count.findings, count.files])
        };
        Self {
            heads: vec![
                tone.say("regel", "rule"),
                tone.say("bevindingen", "findings"),
                files(tone),
            ],
            last: tone.say("titel", "title"),
            lines: summary.rules().into_iter().map(line).collect(),
        }
    }

    /// The table and an empty line after it.
    fn print(&self, out: &mut dyn Write, tone: Tone) -> io::Result<()> {
        let names =
            self.lines.iter().map(|line| line.name.as_str()).chain(self.heads.first().copied());
        let width = names.map(|name| name.chars().count()).max().unwrap_or_default();
        let mut heads = self.heads.iter();
        let mut head = format!("{:width$}", heads.next().copied().unwrap_or_default());
        for title in heads {
            head += &format!("{GAP}{title:>NUMBER$}");
        }
        head += &format!("{GAP}{}", self.last);
        writeln!(out, "{}", tone.paint(HEAD, head.trim_end()))?;
        for line in &self.lines {
            let mut text = format!("{:width$}", plain(&line.name));
            for number in &line.numbers {
                text += &format!("{GAP}{number:NUMBER$}");
            }
            text += &format!("{GAP}{}", line.text);
            writeln!(out, "{}", text.trim_end())?;
        }
        writeln!(out)
    }
}

fn files(tone: Tone) -> &'static str {
    tone.say("bestanden", "files")
}
