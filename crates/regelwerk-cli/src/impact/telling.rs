//! What came of an archive, for people.

use std::collections::BTreeSet;
use std::io::{self, Write};

use regelwerk::standard::Text;

use super::{Direction, Impact, Judged, Line, Standing};
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
        let stricter = tone.say("strenger", "more strictly");
        let looser = tone.say("soepeler", "more loosely");
        let counts = [(rule.now_rejects, stricter), (rule.no_longer_rejects, looser)];
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
    let codes = |codes: &BTreeSet<String>| codes.iter().cloned().collect::<Vec<_>>().join(", ");
    let verdict = match judged.verdict {
        None => tone.say("niet beoordeeld", "not assessed").to_owned(),
        Some(Standing::Accepted) => tone.paint(GOOD, tone.say("goedgekeurd", "accepted")),
        Some(Standing::Rejected) => {
            let what = tone.paint(BAD, tone.say("afgekeurd", "rejected"));
            format!("{what} {} {}", tone.say("op", "by"), codes(&judged.rejected_by))
        }
    };
    match judged.late.is_empty() {
        true => verdict,
        false => {
            let what = tone.say("termijn verlopen volgens", "term run out by");
            format!("{verdict}, {what} {}", codes(&judged.late))
        }
    }
}

fn sum(impact: &Impact, tone: Tone) -> String {
    let changed =
        |direction| impact.changed.iter().filter(|line| line.change == Some(direction)).count();
    let total = tone.count(impact.messages, MESSAGE, MESSAGES);
    let mut parts = vec![
        format!("{} {}", changed(Direction::Stricter), tone.say("strenger", "more strictly")),
        format!("{} {}", changed(Direction::Looser), tone.say("soepeler", "more loosely")),
        format!("{} {}", impact.same, tone.say("hetzelfde oordeel", "with the same verdict")),
    ];
    if !impact.incomparable.is_empty() {
        let what = tone.say("niet te vergelijken", "cannot be compared");
        parts.push(format!("{} {what}", impact.incomparable.len()));
    }
    format!("{total}: {}", parts.join(", "))
}
