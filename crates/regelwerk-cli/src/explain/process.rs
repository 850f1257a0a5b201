//! What a process is: its events, its transitions, what a message out of order or lost does to it.

use std::io::{self, Write};

use regelwerk::standard::{ProcessDef, Standard, Story, TransitionDef};

use super::{heading, indented};
use crate::catalogue::Catalogue;
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{HEAD, Tone};

/// Every process, with its standard.
pub(crate) fn all(
    catalogue: Catalogue,
) -> impl Iterator<Item = (&'static Standard, &'static ProcessDef)> {
    catalogue.standards.iter().flat_map(|&standard| {
        let processes = standard.dossier.processes.iter();
        processes.map(move |process| (standard, process))
    })
}

/// Shows a process.
pub(crate) fn describe(
    standard: &Standard,
    process: &ProcessDef,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, process.name), process.title)?;
    tone.row(out, say("standaard", "standard"), standard.title)?;
    tone.row(out, say("per", "for each"), &process.key.join(", "))?;
    tone.rows(out, say("bron", "source"), process.sources)?;
    tone.rows(out, say("lezing", "reading"), process.readings)?;
    let at = format!("{}:{}", process.file, process.line);
    tone.row(out, say("staat in", "written in"), &at)?;
    events(process, tone, out)?;
    transitions(process, tone, out)?;
    let swaps = process.swaps.iter().map(|one| (swapped(process, one, tone), one));
    let title = say("Als twee berichten van plaats wisselen", "When two messages change places");
    stories(title, swaps, process.swapped, (process, tone), out)?;
    let losses = process.losses.iter().map(|one| (lost(process, one, tone), one));
    let title = say("Als een bericht wegvalt", "When a message is lost");
    stories(title, losses, process.lost, (process, tone), out)?;
    heading(out, tone, say("Diagram (mermaid)", "Diagram (mermaid)"))?;
    indented(out, &diagram(process))
}

fn events(process: &ProcessDef, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let title = tone.say(
        "Gebeurtenissen; van één bericht in deze volgorde",
        "Events; of one message in this order",
    );
    heading(out, tone, title)?;
    for event in process.events {
        writeln!(out, "  {}", event.name)?;
        for line in wrap(&plain(event.says), WIDTH - 4) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

fn transitions(process: &ProcessDef, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    heading(out, tone, tone.say("Toestanden en overgangen", "States and transitions"))?;
    for (state, name) in (0_u8..).zip(process.states) {
        let initial = (state == process.initial).then_some(tone.say(" (begin)", " (initial)"));
        let end = process.ends.contains(&state).then_some(tone.say(" (eind)", " (end)"));
        writeln!(out, "  {name}{}{}", initial.unwrap_or_default(), end.unwrap_or_default())?;
        for one in process.transitions.iter().filter(|one| one.from == state) {
            let TransitionDef { event, to, rules, .. } = one;
            let rests =
                if rules.is_empty() { String::new() } else { format!("  [{}]", rules.join(", ")) };
            writeln!(
                out,
                "    {} → {}{rests}",
                event_name(process, *event),
                state_name(process, *to)
            )?;
        }
    }
    Ok(())
}

/// What goes wrong, each on a line, and the shortest case as a scenario.
fn stories(
    title: &str,
    stories: impl Iterator<Item = (String, &'static Story)>,
    scenario: &str,
    (process, tone): (&ProcessDef, Tone),
    out: &mut dyn Write,
) -> io::Result<()> {
    heading(out, tone, title)?;
    let mut is_told = false;
    for (what, story) in stories {
        let (to, of) = (state_name(process, story.state), state_name(process, story.meant_state));
        let than = tone.say("in plaats van", "instead of");
        for line in wrap(&plain(&format!("{what}: {to} {than} {of}")), WIDTH - 2) {
            writeln!(out, "  {line}")?;
        }
        is_told = true;
    }
    if !is_told {
        let nothing = tone.say("Dat verandert geen toestand.", "That changes no state.");
        writeln!(out, "  {nothing}")?;
    }
    if !scenario.is_empty() {
        let title = "Het kortste geval, als scenario";
        heading(out, tone, tone.say(title, "The shortest case, as a scenario"))?;
        indented(out, scenario)?;
    }
    Ok(())
}

/// Two events that change places: `tijdelijke-stop voor start, na toewijzing`.
fn swapped(process: &ProcessDef, story: &Story, tone: Tone) -> String {
    let Some((before, [first, second])) = story.meant.split_last_chunk::<2>() else {
        return String::new();
    };
    let (first, second) = (event_name(process, *first), event_name(process, *second));
    let swapped = format!("{second} {} {first}", tone.say("voor", "before"));
    swapped + &listed(tone.say("na", "after"), before, process)
}

/// An event that is lost: `zonder start, na toewijzing, daarna tijdelijke-stop`.
fn lost(process: &ProcessDef, story: &Story, tone: Tone) -> String {
    let kept = story.meant.iter().zip(story.instead).take_while(|(one, other)| one == other);
    let (before, rest) = story.meant.split_at_checked(kept.count()).unwrap_or_default();
    let Some((lost, after)) = rest.split_first() else { return String::new() };
    let lost = format!("{} {}", tone.say("zonder", "without"), event_name(process, *lost));
    let before = listed(tone.say("na", "after"), before, process);
    lost + &before + &listed(tone.say("daarna", "then"), after, process)
}

/// Events after a word, if there are any: `, na toewijzing en start`.
fn listed(word: &str, events: &[u8], process: &ProcessDef) -> String {
    let names: Vec<_> = events.iter().map(|event| event_name(process, *event)).collect();
    if names.is_empty() { String::new() } else { format!(", {word} {}", names.join(" – ")) }
}

fn event_name(process: &ProcessDef, event: u8) -> &'static str {
    process.events.get(usize::from(event)).map_or("", |event| event.name)
}

fn state_name(process: &ProcessDef, state: u8) -> &'static str {
    process.states.get(usize::from(state)).copied().unwrap_or_default()
}

/// The states with their transitions, in the language of mermaid. It has no names with a hyphen.
fn diagram(process: &ProcessDef) -> String {
    let id = |state: u8| state_name(process, state).replace('-', "_");
    let mut text = String::from("stateDiagram-v2\n");
    for name in process.states.iter().filter(|name| name.contains('-')) {
        text += &format!("  state \"{name}\" as {}\n", name.replace('-', "_"));
    }
    text += &format!("  [*] --> {}\n", id(process.initial));
    for TransitionDef { from, event, to, .. } in process.transitions {
        text += &format!("  {} --> {}: {}\n", id(*from), id(*to), event_name(process, *event));
    }
    for end in process.ends {
        text += &format!("  {} --> [*]\n", id(*end));
    }
    text
}
