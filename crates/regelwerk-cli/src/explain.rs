//! `regelwerk explain`: what does this rule, process, calendar or scenario say, and where does it
//! come from?

pub(crate) mod block;
mod calendar;
mod message;
mod page;
mod process;
mod scenario;

use std::io::{self, Write};
use std::path::Path;

use regelwerk::standard::{
    Content, MessageDef, Protocol, Release, Rule, Standard, Status, WordingInfo,
};

use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::{Compilation, compile};

use crate::catalogue::{self, Catalogue};
use crate::rules::{self, Rules};
use crate::text::plain;
use crate::tone::{HEAD, Tone};
use crate::{Exit, Language, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "CODE|FILE",
        help = "Code van een regel, zoals CD041, of naam van een proces (levering), kalender (werkdagen-nl), scenario (casus-02) of iets anders dat in de regels staat; een melding van `check` (RW601, ongebruikt-blok); of een bericht (*.xml, een pad, - is de standaardinvoer)"
    )]
    code: String,
    #[arg(
        long,
        value_name = "CODE",
        help = "Van een bericht: alles over deze regel, bij elk element"
    )]
    rule: Option<String>,
    #[arg(
        long,
        value_name = "NAME|auto",
        help = "Van een bericht: legt ook een protocol uit; met auto het protocol dat het herkent"
    )]
    protocol: Option<String>,
    #[arg(long, value_enum, default_value_t, help = "Van een bericht: vorm van de uitvoer")]
    format: Format,
    #[arg(long, help = "Toont geen waarden uit het bericht")]
    redact: bool,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Een regel JSON")]
    Json,
}

/// A rule, by its place in a standard or in a protocol over one.
#[derive(Clone, Copy)]
struct Found {
    standard: &'static Standard,
    /// The protocol that the rule is of, if it is of none of the standard itself.
    protocol: Option<&'static Protocol>,
    index: usize,
    rule: &'static Rule,
}

/// Shows the rules with this code, or the processes and calendars with this name: each standard and
/// each protocol may have one; or else what else has this name in the rule files.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if message::is_message(&args.code) {
        return message::run(args, rules, streams);
    }
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let code = args.code.trim();
    if let Some(page) = regelwerk_compiler::page(code) {
        page::describe(page, tone, streams.stdout)?;
        return Ok(Exit::Good);
    }
    if let Some(says) = regelwerk_compiler::brief(code) {
        page::describe_brief((code, says), tone, streams.stdout)?;
        return Ok(Exit::Good);
    }
    match rules.folder() {
        None => built_in(&args.code, tone, streams),
        Some(folder) => in_folder(folder, &args.code, tone, streams),
    }
}

/// Shows what the rules of this build have by this name.
fn built_in(name: &str, tone: Tone, streams: &mut Streams<'_>) -> io::Result<Exit> {
    if by_name(Catalogue::BUILT, name, tone, streams.stdout)?
        || in_files(rules::compiled_built(), name, tone, streams)?
    {
        return Ok(Exit::Good);
    }
    let sources = &rules::compiled_built().sources;
    streams.complain(&unknown(Catalogue::BUILT, sources, name, tone))?;
    Ok(Exit::Unusable)
}

/// Shows what the rules in a folder have by this name. Where they are not sound, a block is shown as
/// it stands.
fn in_folder(folder: &Path, name: &str, tone: Tone, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let Some(sources) = rules::read(folder, streams)? else { return Ok(Exit::Unusable) };
    let compilation = compile(sources);
    let catalogue = compilation.is_sound().then(|| Catalogue::of(&compilation));
    if let Some(catalogue) = catalogue
        && by_name(catalogue, name, tone, streams.stdout)?
    {
        return Ok(Exit::Good);
    }
    if in_files(&compilation, name, tone, streams)? {
        return Ok(Exit::Good);
    }
    match catalogue {
        Some(catalogue) => {
            streams.complain(&unknown(catalogue, &compilation.sources, name, tone))?;
        }
        // What is not found may be in what cannot be read.
        None => {
            let none = tone.say("staat er niet in", "is not in them");
            rules::tell(&compilation, streams)?;
            streams.complain(&format!("{}: {name} {none}", folder.display()))?;
        }
    }
    Ok(Exit::Unusable)
}

/// Shows the rules, processes and calendars of a name, whatever its case. Gives whether there are any.
fn by_name(catalogue: Catalogue, name: &str, tone: Tone, out: &mut dyn Write) -> io::Result<bool> {
    let is_it = |other: &str| other.eq_ignore_ascii_case(name);
    let found: Vec<_> = rules_of(catalogue).filter(|it| is_it(it.rule.code)).collect();
    let processes: Vec<_> = process::all(catalogue).filter(|(_, it)| is_it(it.name)).collect();
    let calendars: Vec<_> = calendar::all(catalogue).filter(|(_, it)| is_it(it.name)).collect();
    for &(standard, one) in &calendars {
        calendar::describe(standard, one, tone, out)?;
    }
    for (number, (standard, one)) in processes.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        process::describe(standard, one, tone, out)?;
    }
    for (number, one) in found.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        describe(*one, tone, out)?;
    }
    for one in &found {
        base_messages(*one, tone, out)?;
    }
    Ok(!(found.is_empty() && processes.is_empty() && calendars.is_empty()))
}

/// Shows the scenario or the blocks with this name in rule files. Gives whether there are any. A
/// scenario takes sound files; a block is shown as it stands.
fn in_files(
    compilation: &Compilation,
    name: &str,
    tone: Tone,
    streams: &mut Streams<'_>,
) -> io::Result<bool> {
    let blocks = block::find(&compilation.sources, name);
    if compilation.is_sound()
        && let Some((standard, play)) = scenario::find(compilation, name)
    {
        scenario::describe(compilation, (standard, &play), tone, streams.stdout)?;
        return Ok(true);
    }
    for (number, one) in blocks.iter().enumerate() {
        if number > 0 {
            writeln!(streams.stdout)?;
        }
        one.describe(&compilation.sources, tone, streams.stdout)?;
    }
    if !compilation.is_sound() && !blocks.is_empty() {
        rules::tell(compilation, streams)?;
        if blocks.iter().any(block::Block::is_scenario) {
            let why = tone.say(
                "scenario's zijn pas te tonen als de regels kloppen",
                "scenarios can only be shown when the rules are sound",
            );
            streams.complain(why)?;
        }
    }
    Ok(!blocks.is_empty())
}

/// Every rule, those of the standards first.
fn rules_of(catalogue: Catalogue) -> impl Iterator<Item = Found> {
    let of_standards = catalogue.standards.iter().map(|&standard| (standard, None));
    let of_protocols = catalogue.protocols();
    let of_protocols = of_protocols.map(|(standard, protocol)| (standard, Some(protocol)));
    of_standards.chain(of_protocols).flat_map(|(standard, protocol)| {
        let rules = protocol.map_or(standard.rules, |protocol| protocol.rules).iter().enumerate();
        rules.map(move |(index, rule)| Found { standard, protocol, index, rule })
    })
}

fn unknown(catalogue: Catalogue, sources: &Sources, code: &str, tone: Tone) -> String {
    let what = format!("{} {code}", tone.say("onbekende code of naam", "unknown code or name"));
    let number = rules_of(catalogue).count();
    let known = tone.say("regels bekend", "rules are known");
    let pages = regelwerk_compiler::PAGES.iter().map(|page| page.name);
    match catalogue::near(code.trim(), block::names(sources).chain(pages)) {
        None => {
            let like = tone.say(
                "zoals CD041, levering of werkdagen-nl",
                "like CD041, levering or werkdagen-nl",
            );
            format!("{what}; {number} {known}, {like}")
        }
        Some(nearest) => {
            let meant = tone.say("bedoelt u", "did you mean");
            format!("{what}; {meant} {nearest}? ({number} {known})")
        }
    }
}

fn describe(found: Found, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let Found { standard, protocol, rule, .. } = found;
    let say = |nl, en| tone.say(nl, en);
    writeln!(out, "{}  {}\n", tone.paint(HEAD, rule.code), rule.title)?;
    tone.row(out, say("standaard", "standard"), standard.title)?;
    if let Some(protocol) = protocol {
        tone.row(out, "protocol", &format!("{}: {}", protocol.name, protocol.title))?;
    }
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
    let at = format!("{}:{}", rule.file, rule.line);
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
        for message in release.messages.iter().filter(|message| found.applies(release, message)) {
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

impl Found {
    /// Whether the rule is judged somewhere in a message, or stands for a facet there.
    fn applies(&self, release: &Release, message: &MessageDef) -> bool {
        let is_it = |index: u16| usize::from(index) == self.index;
        match self.protocol {
            None => message.nodes.iter().any(|node| {
                let judged = node.uses.iter().any(|site| is_it(site.rule));
                judged || has_facet(&node.content, is_it)
            }),
            Some(protocol) => {
                let here = (release.name, message.name);
                let said = protocol.messages.iter();
                let mut said = said.filter(|said| (said.release, said.message) == here);
                said.any(|said| said.uses.iter().any(|one| is_it(one.site.rule)))
            }
        }
    }
}

/// Whether a rule stands for a facet of a value.
fn has_facet(content: &Content, is_it: impl Fn(u16) -> bool) -> bool {
    match content {
        Content::Group(_) => false,
        Content::Value(kind, extra) => {
            let mut facets = kind.facets.iter().chain(*extra);
            facets.any(|facet| facet.rule.is_some_and(&is_it))
        }
    }
}

fn heading(out: &mut dyn Write, tone: Tone, title: &str) -> io::Result<()> {
    writeln!(out, "\n{}\n", tone.paint(HEAD, title))
}

/// A text of several lines, as it is but indented.
fn indented(out: &mut dyn Write, text: &str) -> io::Result<()> {
    text.lines().try_for_each(|line| writeln!(out, "  {}", plain(line)))
}
