//! `regelwerk readings`: where was chosen how a source is read, and where it is departed from?

mod markdown;
mod reach;

use std::io;

use regelwerk_compiler::model::{Model, Protocol, Reading, Standard};

use crate::rules::Rules;
use crate::tone::Tone;
use crate::{Exit, Language, Streams, catalogue};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        long,
        value_name = "NAME",
        conflicts_with = "standard",
        help = "Alleen van dit protocol; zonder --protocol en --standard van alles"
    )]
    protocol: Option<String>,
    #[arg(long, value_name = "NAME", help = "Alleen van deze standaard, zonder haar protocollen")]
    standard: Option<String>,
    #[arg(long, value_enum, default_value_t, help = "Taal van wat eromheen staat")]
    lang: Language,
}

/// A standard or a protocol, with what was chosen in it.
#[derive(Clone, Copy)]
pub(crate) struct Document<'m> {
    standard: &'m Standard,
    /// The protocol, if it is not the standard itself.
    protocol: Option<&'m Protocol>,
}

impl<'m> Document<'m> {
    fn name(self) -> &'m str {
        self.protocol.map_or(&self.standard.name, |protocol| &protocol.name)
    }

    fn title(self) -> &'m str {
        self.protocol.map_or(&self.standard.title, |protocol| &protocol.title)
    }

    fn source(self) -> &'m str {
        self.protocol.map_or(&self.standard.source, |protocol| &protocol.source)
    }

    /// What was chosen, in order of paragraph and then of code or name.
    fn readings(self) -> Vec<&'m Reading> {
        let all = self.protocol.map_or(&self.standard.readings, |protocol| &protocol.readings);
        let mut all: Vec<_> = all.iter().collect();
        all.sort_by_cached_key(|one| (place(one), one.name.to_lowercase()));
        all
    }
}

/// Shows the register as Markdown.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    match chosen(args, &compilation.model, tone) {
        Ok(documents) => {
            markdown::write(&documents, &compilation.sources, tone.lang, streams.stdout)?;
            Ok(Exit::Good)
        }
        Err(complaint) => {
            streams.complain(&complaint)?;
            Ok(Exit::Unusable)
        }
    }
}

/// The documents that are asked for: each standard before its protocols.
fn chosen<'m>(args: &Args, model: &'m Model, tone: Tone) -> Result<Vec<Document<'m>>, String> {
    let all: Vec<_> = model.standards.iter().flat_map(documents).collect();
    let (standard, protocol) = (args.standard.as_deref(), args.protocol.as_deref());
    for (asked, is_protocol) in [(standard, false), (protocol, true)] {
        let of_kind = all.iter().filter(|one| one.protocol.is_some() == is_protocol);
        let known: Vec<_> = of_kind.map(|one| one.name()).collect();
        if let Some(asked) = asked
            && !known.iter().any(|name| name.eq_ignore_ascii_case(asked))
        {
            let what = match is_protocol {
                true => tone.say("onbekend protocol", "unknown protocol"),
                false => tone.say("onbekende standaard", "unknown standard"),
            };
            return Err(catalogue::unknown(what, asked, &known, &known.join(", "), tone));
        }
    }
    let is_chosen = |one: &Document<'_>| {
        let asked = if one.protocol.is_some() { protocol } else { standard };
        let is_all = standard.is_none() && protocol.is_none();
        is_all || asked.is_some_and(|asked| asked.eq_ignore_ascii_case(one.name()))
    };
    Ok(all.into_iter().filter(is_chosen).collect())
}

fn documents(standard: &Standard) -> Vec<Document<'_>> {
    let protocols = standard.protocols.iter().map(Some);
    let each = std::iter::once(None).chain(protocols);
    each.map(|protocol| Document { standard, protocol }).collect()
}

/// Where a block belongs in its document: what names no paragraph, then by the first paragraph that
/// it names, then appendices.
fn place(reading: &Reading) -> (u8, Vec<u32>) {
    let cited = reading.sources.join(" ");
    let numbers = |text: &str| {
        let start = text.trim_start();
        let end = start.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(start.len());
        let parts = start.get(..end).unwrap_or_default().split('.');
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    let after = |word: &str| cited.split_once(word).map(|(_, rest)| numbers(rest));
    match (after("§"), after("bijlage")) {
        (Some(numbers), _) => (1, numbers),
        (None, Some(numbers)) => (2, numbers),
        (None, None) => (0, Vec::new()),
    }
}
