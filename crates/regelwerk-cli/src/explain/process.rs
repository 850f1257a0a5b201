//! What a process is: its events, its transitions, what a message out of order or lost does to it.

use std::io::{self, Write};

use regelwerk::standard::{ProcessDef, Standard, Story, TransitionDef};

use super::{heading, indented};
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{HEAD, Tone};

/// Every process, with its standard.
pub(crate) fn all() -> impl Iterator<Item = (&'static Standard, &'static ProcessDef)> {
    regelwerk::STANDARDS.iter().flat_map(|&standard| {
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
    let at = format!("rules/{}:{}", process.file, process.line);
    tone.row(out, say("staat in", "written in"), &at)?;
    events(process, tone, out)?;
    transitions(process, tone, out)?;
    let swaps = say("Als twee berichten van plaats wisselen", "When two messages change places");
    stories(swaps, (process.swaps, process.swapped), process, tone, out)?;
    let losses = say("Als een bericht wegvalt", "When a message is lost");
    stories(losses, (process.losses, process.lost), process, tone, out)?;
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
    (stories, scenario): (&[Story], &str),
    process: &ProcessDef,
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    heading(out, tone, title)?;
    if stories.is_empty() {
        let nothing = "Dat verandert nergens de toestand.";
        return writeln!(out, "  {}", tone.say(nothing, "That changes no state."));
    }
    for story in stories {
        let (meant, instead) = (course(process, story.meant), course(process, story.instead));
        let (to, of) = (state_name(process, story.state), state_name(process, story.meant_state));
        let than = tone.say("in plaats van", "instead of");
        let meant = format!("{meant} {} {instead}", tone.say("wordt", "becomes"));
        for line in wrap(&plain(&format!("{meant}: {to} {than} {of}")), WIDTH - 2) {
            writeln!(out, "  {line}")?;
        }
    }
    heading(
        out,
        tone,
        tone.say("Het kortste geval, als scenario", "The shortest case, as a scenario"),
    )?;
    indented(out, scenario)
}

/// Events in order: `toewijzing, start`.
fn course(process: &ProcessDef, events: &[u8]) -> String {
    let names: Vec<_> = events.iter().map(|event| event_name(process, *event)).collect();
    if names.is_empty() { "…".to_owned() } else { names.join(", ") }
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
