//! What came of an archive, for people.

use std::io::{self, Write};

use regelwerk::standard::Text;

use super::{Impact, Judged, Line, Standing};
use crate::text::plain;
use crate::tone::{BAD, GOOD, HEAD, Tone};

const MESSAGE: Text = Text { nl: "bericht", en: "message" };
const MESSAGES: Text = Text { nl: "berichten", en: "messages" };

/// Tells what changes, then what cannot be compared, then the counts.
pub(super) fn text(impact: &Impact, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("{} → {}", impact.from, impact.to);
    writeln!(out, "{}\n", tone.paint(HEAD, &title))?;
    for line in &impact.changed {
        let (was, becomes) = (judged(&line.was, tone), judged(&line.becomes, tone));
        writeln!(out, "{}: {was} → {becomes}", plain(&line.file))?;
    }
    if !impact.changed.is_empty() {
        writeln!(out, "\n{}", tone.paint(HEAD, tone.say("Per regel", "By rule")))?;
    }
    for (code, rule) in &impact.rules {
        let rejects = tone.say("erbij afgekeurd", "more rejected");
        let no_longer = tone.say("niet meer afgekeurd", "no longer rejected");
        let counts = [(rule.now_rejects, rejects), (rule.no_longer_rejects, no_longer)];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<_> = counts.map(|(count, what)| format!("{count} {what}")).collect();
        writeln!(out, "  {}: {}", plain(code), counts.join(", "))?;
    }
    if !impact.changed.is_empty() {
        writeln!(out)?;
    }
    incomparable(impact, tone, out)?;
    writeln!(out, "{}", sum(impact, tone))
}

fn incomparable(impact: &Impact, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let what = tone.say("niet te vergelijken", "cannot be compared");
    for line in &impact.incomparable {
        writeln!(out, "{}: {what}: {}", plain(&line.file), plain(&why(line, impact)))?;
    }
    match impact.incomparable.is_empty() {
        true => Ok(()),
        false => writeln!(out),
    }
}

/// Why a message cannot be compared: what is the matter under which side.
fn why(line: &Line, impact: &Impact) -> String {
    let sides = [(&impact.from, &line.was), (&impact.to, &line.becomes)];
    let told = sides.into_iter().filter_map(|(side, judged)| {
        let why = judged.why.as_ref()?;
        Some((side, why))
    });
    let told: Vec<_> = told.collect();
    match told.as_slice() {
        [(_, one), (_, other)] if one == other => (*one).clone(),
        told => {
            let told = told.iter().map(|(side, why)| format!("{side}: {why}"));
            told.collect::<Vec<_>>().join("; ")
        }
    }
}

fn judged(judged: &Judged, tone: Tone) -> String {
    match judged.verdict {
        None => tone.say("niet beoordeeld", "not assessed").to_owned(),
        Some(Standing::Accepted) => tone.paint(GOOD, tone.say("goedgekeurd", "accepted")),
        Some(Standing::Rejected) => {
            let mut told = Vec::new();
            if !judged.rejected_by.is_empty() {
                let codes: Vec<_> = judged.rejected_by.iter().map(String::as_str).collect();
                let what = tone.paint(BAD, tone.say("afgekeurd", "rejected"));
                told.push(format!("{what} {} {}", tone.say("op", "by"), codes.join(", ")));
            }
            if !judged.late.is_empty() {
                let codes: Vec<_> = judged.late.iter().map(String::as_str).collect();
                let what = tone.paint(BAD, tone.say("te laat volgens", "late by"));
                told.push(format!("{what} {}", codes.join(", ")));
            }
            told.join(tone.say(" en ", " and "))
        }
    }
}

fn sum(impact: &Impact, tone: Tone) -> String {
    let becomes = |standing| {
        let lines = impact.changed.iter();
        lines.filter(|line| line.becomes.verdict == Some(standing)).count()
    };
    let total = tone.count(impact.messages, MESSAGE, MESSAGES);
    let mut parts = vec![
        format!("{} {}", becomes(Standing::Rejected), tone.say("erbij afgekeurd", "more rejected")),
        format!(
            "{} {}",
            becomes(Standing::Accepted),
            tone.say("niet meer afgekeurd", "no longer rejected")
        ),
        format!("{} {}", impact.same, tone.say("hetzelfde", "the same")),
    ];
    if !impact.incomparable.is_empty() {
        let what = tone.say("niet te vergelijken", "cannot be compared");
        parts.push(format!("{} {what}", impact.incomparable.len()));
    }
    format!("{total}: {}", parts.join(", "))
}
