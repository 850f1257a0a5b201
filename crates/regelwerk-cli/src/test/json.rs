//! What came of examples and scenarios, for programs.

use std::io::{self, Write};

use regelwerk_compiler::diag::Sources;
use serde::Serialize;

use super::items::{Came, Failed, Item, Kind};
use super::show::name;
use crate::tone::Tone;

/// What came of a whole run.
#[derive(Serialize)]
struct Whole<'i> {
    /// How many errors the rules have; nothing is tried then.
    errors: usize,
    examples: Counts,
    scenarios: Counts,
    failed: Vec<Entry<'i>>,
    not_tried: Vec<Entry<'i>>,
}

#[derive(Default, Serialize)]
struct Counts {
    good: usize,
    failed: usize,
    not_tried: usize,
}

/// An example or a scenario that did not come out as it says, or was not tried.
#[derive(Serialize)]
struct Entry<'i> {
    kind: &'static str,
    /// The rule, calendar or process of an example, or the scenario.
    name: &'i str,
    file: String,
    line: u32,
    text: &'i str,
    /// What was expected and what was found, for people.
    wrong: Vec<String>,
}

/// That the rules have errors.
pub(super) fn faulty(errors: usize, out: &mut dyn Write) -> io::Result<()> {
    line(&Whole { errors, ..Whole::new() }, out)
}

/// What came of everything.
pub(super) fn write(
    came: &[(&Item<'_>, Came)],
    sources: &Sources,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut whole = Whole::new();
    for (item, came) in came {
        whole.take(item, came, sources, tone);
    }
    line(&whole, out)
}

fn line(whole: &Whole<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, whole)?;
    writeln!(out)
}

impl<'i> Whole<'i> {
    fn new() -> Self {
        let (examples, scenarios) = (Counts::default(), Counts::default());
        Self { errors: 0, examples, scenarios, failed: Vec::new(), not_tried: Vec::new() }
    }

    fn take(&mut self, item: &'i Item<'_>, came: &Came, sources: &'i Sources, tone: Tone) {
        let counts = match &item.kind {
            Kind::Example(_) => &mut self.examples,
            Kind::Scenario(_) => &mut self.scenarios,
        };
        let into = match came {
            Came::Good => {
                counts.good += 1;
                return;
            }
            Came::NotTried => {
                counts.not_tried += 1;
                &mut self.not_tried
            }
            Came::Failed(_) => {
                counts.failed += 1;
                &mut self.failed
            }
        };
        into.push(entry(item, came, sources, tone));
    }
}

fn entry<'i>(item: &'i Item<'_>, came: &Came, sources: &'i Sources, tone: Tone) -> Entry<'i> {
    let span = item.span();
    let name = name(item);
    let against = |expected: String, found: String| {
        let [should, is] = [tone.say("verwacht", "expected"), tone.say("gevonden", "found")];
        format!("{should}: {expected}; {is}: {found}")
    };
    let wrong = match came {
        Came::Failed(Failed::Example(wrong)) => wrong
            .iter()
            .map(|one| against(one.expected(name, tone.lang), one.found(tone.lang)))
            .collect(),
        Came::Failed(Failed::Scenario(misses, _)) => {
            misses.iter().map(|miss| miss.kind.text(tone.lang)).collect()
        }
        Came::Good | Came::NotTried => Vec::new(),
    };
    Entry {
        kind: match &item.kind {
            Kind::Example(_) => "example",
            Kind::Scenario(_) => "scenario",
        },
        name,
        file: sources.shown(span.source),
        line: sources.position(span).line,
        text: sources.slice(span).trim_end(),
        wrong,
    }
}
