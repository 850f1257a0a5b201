//! `regelwerk explain`: what does this rule say, and where does it come from?

use std::io::{self, Write};

use regelwerk::standard::{Content, MessageDef, Rule, Standard, Status, WordingInfo};

use crate::text::plain;
use crate::tone::{HEAD, Tone};
use crate::{Exit, Language, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "CODE", help = "Code van een regel, zoals CD041")]
    code: String,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
}

/// A rule, by its place in a standard.
#[derive(Clone, Copy)]
struct Found {
    standard: &'static Standard,
    index: usize,
    rule: &'static Rule,
}

/// Shows the rules with this code: each standard may have one.
pub(crate) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.style };
    let found: Vec<_> =
        rules().filter(|it| it.rule.code.eq_ignore_ascii_case(&args.code)).collect();
    if found.is_empty() {
        streams.complain(&unknown(&args.code, tone))?;
        return Ok(Exit::Unusable);
    }
    for (number, one) in found.iter().enumerate() {
        if number > 0 {
            writeln!(streams.stdout)?;
        }
        describe(*one, tone, streams.stdout)?;
    }
    for one in found {
        base_messages(one, tone, streams.stdout)?;
    }
    Ok(Exit::Good)
}

fn rules() -> impl Iterator<Item = Found> {
    regelwerk::STANDARDS.iter().flat_map(|&standard| {
        let rules = standard.rules.iter().enumerate();
        rules.map(move |(index, rule)| Found { standard, index, rule })
    })
}

fn unknown(code: &str, tone: Tone) -> String {
    let wanted = code.to_uppercase();
    let distance = |it: &Found| strsim::damerau_levenshtein(it.rule.code, &wanted);
    let what = format!("{} {code}", tone.say("onbekende regel", "unknown rule"));
    let number = rules().count();
    let known = tone.say("regels bekend", "rules are known");
    match rules().min_by_key(distance) {
        None => format!("{what}; {number} {known}"),
        Some(nearest) => {
            let meant = tone.say("bedoelt u", "did you mean");
            format!("{what}; {meant} {}? ({number} {known})", nearest.rule.code)
        }
    }
}

fn describe(found: Found, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let Found { standard, rule, .. } = found;
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, rule.code), rule.title)?;
    tone.row(out, say("standaard", "standard"), standard.title)?;
    let level = rule.level.map(|level| level.to_string());
    tone.row(out, say("niveau", "level"), level.as_deref().unwrap_or(say("geen", "none")))?;
    if let Some(code) = rule.retourcode {
        tone.row(out, "retourcode", code)?;
    }
    for wording in rule.wordings {
        tone.rows(out, say("geldt voor", "applies to"), &places(wording, tone))?;
    }
    tone.rows(out, say("bron", "source"), rule.sources)?;
    tone.rows(out, say("lezing", "reading"), rule.readings)?;
    tone.rows(out, say("wijkt af van", "departs from"), rule.deviations)?;
    if !rule.see.is_empty() {
        tone.row(out, say("zie ook", "see also"), &rule.see.join(", "))?;
    }
    tone.row(out, "status", &status(rule.status, tone))?;
    let at = format!("rules/{}:{}", rule.file, rule.line);
    tone.row(out, say("staat in", "written in"), &at)?;
    heading(out, tone, say("De regel zoals hij er staat", "The rule as it is written"))?;
    indented(out, rule.text)
}

/// The places of a wording, after the releases it holds for.
fn places(wording: &WordingInfo, tone: Tone) -> Vec<String> {
    let interval = match wording.interval {
        "" => tone.say("elke release", "every release"),
        interval => interval,
    };
    let places = wording.places.iter().map(|&place| format!("  {place}"));
    std::iter::once(interval.to_owned()).chain(places).collect()
}

fn status(status: Status, tone: Tone) -> String {
    match status {
        Status::Judged => tone.say("wordt beoordeeld", "is judged").to_owned(),
        Status::NotByMachine(why) => {
            format!("{}: {why}", tone.say("niet machinaal", "not by machine"))
        }
        Status::NotYet => tone.say("nog niet uitgewerkt", "not worked out yet").to_owned(),
    }
}

/// The base message of each message that a rule applies to, of the latest release that has it.
fn base_messages(found: Found, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let mut shown: Vec<&str> = Vec::new();
    for release in found.standard.releases.iter().rev() {
        for message in release.messages.iter().filter(|message| applies(found.index, message)) {
            if !shown.contains(&message.name) {
                shown.push(message.name);
                let what = tone.say("Basisbericht", "Base message");
                let title = format!("{what} {} ({})", message.name, release.title);
                heading(out, tone, &title)?;
                indented(out, message.base)?;
            }
        }
    }
    Ok(())
}

/// Whether a rule is judged somewhere in a message, or stands for a facet there.
fn applies(rule: usize, message: &MessageDef) -> bool {
    let is_it = |index: u16| usize::from(index) == rule;
    message.nodes.iter().any(|node| {
        let judged = node.uses.iter().any(|site| is_it(site.rule));
        judged
            || match node.content {
                Content::Group(_) => false,
                Content::Value(kind, extra) => {
                    let mut facets = kind.facets.iter().chain(extra);
                    facets.any(|facet| facet.rule.is_some_and(is_it))
                }
            }
    })
}

fn heading(out: &mut dyn Write, tone: Tone, title: &str) -> io::Result<()> {
    writeln!(out, "\n{}\n", tone.paint(HEAD, title))
}

/// A text of several lines, as it is but indented.
fn indented(out: &mut dyn Write, text: &str) -> io::Result<()> {
    text.lines().try_for_each(|line| writeln!(out, "  {}", plain(line)))
}
