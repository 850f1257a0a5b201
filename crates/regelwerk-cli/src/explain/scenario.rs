//! What a scenario sends: its messages, and what each takes over from those before it.

use std::io::{self, Write};

use regelwerk_compiler::Compilation;
use regelwerk_compiler::emit::{Carry, Made, Play, Replied, Sent};
use regelwerk_compiler::model::scenario::{Changed, Moment, Told};
use regelwerk_compiler::model::{Message, Standard};

use super::{heading, indented};
use crate::text::plain;
use crate::tone::{HEAD, Tone};

/// The scenario of a name, whatever its case, with its standard.
pub(crate) fn find<'c>(
    compilation: &'c Compilation,
    name: &str,
) -> Option<(&'c Standard, Play<'c>)> {
    compilation.model.standards.iter().find_map(|standard| {
        let found = standard.scenarios.iter().find(|one| one.name.eq_ignore_ascii_case(name))?;
        Some((standard, Play::of(standard, found)))
    })
}

/// Shows a scenario.
pub(crate) fn describe(
    compilation: &Compilation,
    (standard, play): (&Standard, &Play<'_>),
    tone: Tone,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (scenario, sources) = (play.scenario, &compilation.sources);
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, &scenario.name), plain(&scenario.title))?;
    tone.row(out, say("standaard", "standard"), &standard.title)?;
    tone.row(out, say("bron", "source"), &scenario.source)?;
    tone.rows(out, say("lezing", "reading"), &scenario.readings)?;
    if !scenario.about.is_empty() {
        tone.row(out, say("over", "about"), &scenario.about.join(", "))?;
    }
    let line = sources.position(scenario.span).line;
    let at = format!("{}:{line}", sources.shown(scenario.span.source));
    tone.row(out, say("staat in", "written in"), &at)?;
    heading(out, tone, say("Het scenario zoals het er staat", "The scenario as it is written"))?;
    indented(out, sources.slice(scenario.span))?;
    let stage = Stage { standard, play, tone };
    for (at, sent) in play.sent.iter().enumerate() {
        if let Some(sent) = sent {
            stage.sent(at, sent, out)?;
        }
    }
    Ok(())
}

/// A scenario that is shown.
struct Stage<'p> {
    standard: &'p Standard,
    play: &'p Play<'p>,
    tone: Tone,
}

impl Stage<'_> {
    fn sent(&self, at: usize, sent: &Sent, out: &mut dyn Write) -> io::Result<()> {
        let name = self.message(at).map_or("", |message| &message.name);
        let day = self.moment(at).map(|moment| moment.on.format(", %d-%m-%Y").to_string());
        let title = format!("{}. {name}{}", at + 1, day.unwrap_or_default());
        heading(out, self.tone, &title)?;
        match sent {
            Sent::Message(made) => self.made(made, out),
            Sent::Reply(replied) => self.replied(replied, out),
        }
    }

    fn made(&self, made: &Made, out: &mut dyn Write) -> io::Result<()> {
        let say = |nl, en| self.tone.say(nl, en);
        let begins = match made.copied {
            Some(from) => format!("{} {}", say("als bericht", "like message"), from + 1),
            None => say("als het basisbericht", "like the base message").to_owned(),
        };
        self.tone.row(out, say("begint", "starts"), &begins)?;
        let carried: Vec<_> = made.carried.iter().map(|one| self.carried(one)).collect();
        self.tone.rows(out, say("overgenomen", "taken over"), &carried)?;
        writeln!(out)?;
        indented(out, &made.xml)
    }

    fn carried(&self, carry: &Carry) -> String {
        let value = carry.value.as_deref().unwrap_or(self.tone.say("leeg", "empty"));
        let from = self.tone.say("uit bericht", "from message");
        format!("{} {value} ({from} {})", carry.path.join("."), carry.from + 1)
    }

    fn replied(&self, replied: &Replied, out: &mut dyn Write) -> io::Result<()> {
        let say = |nl, en| self.tone.say(nl, en);
        let to = format!("{} {}", say("bericht", "message"), replied.to + 1);
        self.tone.row(out, say("antwoordt op", "replies to"), &to)?;
        let found = match &replied.faults {
            None => say("wat er hier van wordt geoordeeld", "what is judged of it here").to_owned(),
            Some(faults) if faults.is_empty() => say("geen fouten", "no faults").to_owned(),
            Some(faults) => {
                let codes: Vec<_> = faults.iter().map(|fault| fault.code.as_str()).collect();
                codes.join(", ")
            }
        };
        self.tone.row(out, say("zegt", "says"), &found)
    }

    fn moment(&self, at: usize) -> Option<&Moment> {
        match &self.play.scenario.told {
            Told::Single(..) => None,
            Told::Dated(dated) => dated.moments.get(at),
        }
    }

    fn message(&self, at: usize) -> Option<&Message> {
        let Changed { release, message, .. } = match &self.play.scenario.told {
            Told::Single(changed, _) => changed,
            Told::Dated(_) => &self.moment(at)?.sending.as_ref()?.message,
        };
        self.standard.releases.get(*release)?.messages.get(*message)
    }
}
