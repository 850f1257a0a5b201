//! `regelwerk coverage`: what has become of everything that is published?

mod protocol;
mod tests;

use std::io::{self, Write};

use regelwerk::standard::{Release, Standard};
use regelwerk::{Counts, Coverage};

use crate::catalogue::Catalogue;
use crate::rules::Rules;
use crate::tone::{BAD, GOOD, HEAD, Tone};
use crate::{Exit, Language, Streams, catalogue};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        long,
        value_name = "NAME",
        num_args = 0..=1,
        conflicts_with = "protocol",
        help = "Telt de regels van een standaard; zonder naam van elke standaard"
    )]
    standard: Option<Option<String>>,
    #[arg(
        long,
        value_name = "NAME",
        help = "Laat per norm van een protocol zien welk blok ervoor staat"
    )]
    protocol: Option<String>,
    #[arg(
        long,
        value_name = "RELEASE",
        conflicts_with = "protocol",
        help = "Alleen deze release, zoals 3.2"
    )]
    release: Option<String>,
    #[arg(long, value_enum, default_value_t, help = "Vorm van de uitvoer")]
    format: Format,
    #[arg(long, value_enum, default_value_t, help = "Taal van de uitvoer")]
    lang: Language,
}

/// The forms of output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    #[value(help = "Voor mensen")]
    Text,
    #[value(help = "Een object per release, of een voor een protocol, als JSON")]
    Json,
}

/// Shows how each published rule, or each norm of a protocol, is accounted for; something that is
/// missing is a rejection.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    if let Some(name) = &args.protocol {
        return of_protocol(name, (args, rules), tone, streams);
    }
    if args.standard.is_none() {
        return of_tests((args, rules), tone, streams);
    }
    let Some(catalogue) = rules.catalogue(streams)? else { return Ok(Exit::Unusable) };
    let found = match chosen(args, catalogue, tone) {
        Ok(found) => found,
        Err(complaint) => {
            streams.complain(&complaint)?;
            return Ok(Exit::Unusable);
        }
    };
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut *streams.stdout, &found)?;
        writeln!(streams.stdout)?;
    } else {
        for coverage in &found {
            show(coverage, tone, streams.stdout)?;
        }
    }
    let is_whole = found.iter().all(|it| it.missing.is_empty() && it.untested.is_empty());
    Ok(if is_whole { Exit::Good } else { Exit::Rejected })
}

/// Shows what examples and scenarios exercise of the rules.
fn of_tests(
    (args, rules): (&Args, &Rules),
    tone: Tone,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    let is_sure = crate::test::are_good((rules, &compilation), tone, streams)?;
    let all = tests::of(&compilation);
    if args.format == Format::Json {
        let all = tests::as_json(&all, &compilation);
        serde_json::to_writer_pretty(&mut *streams.stdout, &all)?;
        writeln!(streams.stdout)?;
    } else {
        tests::show(&all, &compilation, tone, streams.stdout)?;
    }
    let is_whole = all.iter().all(regelwerk_probe::Reached::is_whole);
    Ok(if is_whole && is_sure { Exit::Good } else { Exit::Rejected })
}

/// Shows what stands for each norm of a protocol.
fn of_protocol(
    name: &str,
    (args, rules): (&Args, &Rules),
    tone: Tone,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let Some(compilation) = rules.compiled(streams)? else {
        return Ok(Exit::Unusable);
    };
    let coverage = match protocol::of(&compilation.model, name, tone) {
        Ok(coverage) => coverage,
        Err(complaint) => {
            streams.complain(&complaint)?;
            return Ok(Exit::Unusable);
        }
    };
    if args.format == Format::Json {
        serde_json::to_writer_pretty(&mut *streams.stdout, &coverage)?;
        writeln!(streams.stdout)?;
    } else {
        coverage.show(tone, streams.stdout)?;
    }
    Ok(if coverage.is_whole() { Exit::Good } else { Exit::Rejected })
}

/// The coverage of the releases that are asked for and whose rules are known.
fn chosen(args: &Args, catalogue: Catalogue, tone: Tone) -> Result<Vec<Coverage>, String> {
    let name = args.standard.as_ref().and_then(Option::as_deref);
    let standards: Vec<&'static Standard> = catalogue
        .standards
        .iter()
        .copied()
        .filter(|it| name.is_none_or(|name| it.name.eq_ignore_ascii_case(name)))
        .collect();
    if let Some(name) = name.filter(|_| standards.is_empty()) {
        let known: Vec<_> = catalogue.standards.iter().map(|it| it.name).collect();
        let what = tone.say("onbekende standaard", "unknown standard");
        return Err(catalogue::unknown(what, name, &known, &known.join(", "), tone));
    }
    let releases = || {
        let pairs = |standard: &'static Standard| {
            standard.releases.iter().map(move |release| (standard, release))
        };
        standards.iter().copied().flat_map(pairs)
    };
    let wanted = |release: &Release| args.release.as_ref().is_none_or(|name| release.name == name);
    if let Some(name) = args.release.as_deref().filter(|_| !releases().any(|(_, it)| wanted(it))) {
        let known: Vec<_> = releases().map(|(_, release)| release.name).collect();
        let what = tone.say("onbekende release", "unknown release");
        return Err(catalogue::unknown(what, name, &known, &known.join(", "), tone));
    }
    let found = releases().filter(|(_, release)| wanted(release));
    let found: Vec<_> =
        found.filter_map(|(standard, release)| Coverage::of(standard, release)).collect();
    if found.is_empty() {
        return Err(tone
            .say(
                "van deze release is niet vastgelegd welke regels erbij horen; zet in haar blok `regels: tabel …`",
                "it is not recorded which rules belong to this release; write `regels: tabel …` in its block",
            )
            .to_owned());
    }
    Ok(found)
}

fn show(coverage: &Coverage, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let title = format!(
        "{} {}: {} {} {}",
        coverage.standard,
        coverage.release,
        coverage.total.published - coverage.total.missing,
        tone.say("van", "of"),
        tone.count(coverage.total.published, PUBLISHED.0, PUBLISHED.1),
    );
    writeln!(
        out,
        "{}\n",
        tone.paint(HEAD, &format!("{title} {}", tone.say("verantwoord", "accounted for")))
    )?;
    table(coverage, tone, out)?;
    writeln!(out)?;
    let judged = coverage.total.judged;
    let tested = judged - coverage.untested.len();
    let examples = tone.say(
        "beoordeelde regels hebben een goed en een fout voorbeeld",
        "judged rules have a good and a bad example",
    );
    writeln!(out, "{tested} {} {judged} {examples}", tone.say("van", "of"))?;
    listed(tone.say("zonder voorbeeld", "without example"), &coverage.untested, tone, out)?;
    listed(tone.say("ontbreekt", "missing"), &coverage.missing, tone, out)?;
    for (code, why) in &coverage.nowhere {
        writeln!(out, "{code}: {} ({why})", tone.say("bij geen element", "at no element"))?;
    }
    Ok(())
}

/// One rule and many, published.
const PUBLISHED: (regelwerk::standard::Text, regelwerk::standard::Text) = (
    regelwerk::standard::Text { nl: "gepubliceerde regel", en: "published rule" },
    regelwerk::standard::Text { nl: "gepubliceerde regels", en: "published rules" },
);

/// Codes after a heading; that there is none is told too.
fn listed(what: &str, codes: &[&str], tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let (paint, told) = match codes {
        [] => (GOOD, tone.say("niets", "nothing").to_owned()),
        codes => (BAD, codes.join(" ")),
    };
    writeln!(out, "{what}: {}", tone.paint(paint, &told))
}

/// The rows with their sum, in columns.
fn table(coverage: &Coverage, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
    let heads = [
        tone.say("soort", "kind"),
        tone.say("niveau", "level"),
        tone.say("regels", "rules"),
        tone.say("beoordeeld", "judged"),
        tone.say("nog niet", "not yet"),
        tone.say("niet machinaal", "not by machine"),
        tone.say("ontbreekt", "missing"),
    ];
    let mut lines = vec![heads.map(str::to_owned)];
    lines.extend(coverage.rows.iter().map(|row| {
        let level = row.level.map_or("-".to_owned(), |level| level.to_string());
        cells(row.kind, level, row.counts)
    }));
    lines.push(cells(tone.say("totaal", "total"), String::new(), coverage.total));
    for line in &lines {
        let [kind, numbers @ ..] = line;
        write!(out, "  {kind:<18}")?;
        for (number, head) in numbers.iter().zip(&heads[1..]) {
            write!(out, "{number:>width$}", width = head.len() + 2)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn cells(kind: &str, level: String, counts: Counts) -> [String; 7] {
    let Counts { published, judged, not_yet, not_by_machine, missing } = counts;
    let [published, judged, not_yet, not_by_machine, missing] =
        [published, judged, not_yet, not_by_machine, missing].map(|count| count.to_string());
    [kind.to_owned(), level, published, judged, not_yet, not_by_machine, missing]
}
