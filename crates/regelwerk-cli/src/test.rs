//! `regelwerk test`: are the examples and the scenarios of the rules as they say?

mod counted;
mod items;
mod json;
mod show;
mod watch;

use std::io;
use std::path::{Path, PathBuf};

use regelwerk_compiler::diag::{Diagnostic, Severity, Sources, Span};
use regelwerk_compiler::{Compilation, Loaded, Memory, compile_again, diag};
use regelwerk_eval::Library;

use crate::rules::{self, Rules};
use crate::tone::Tone;
use crate::{Exit, Language, Streams};

use items::{Came, Item};
use show::Show;

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(
        value_name = "PATH",
        help = "De map met regels, anders rules; van een protocol zonder zijn standaard alleen wat daarin staat"
    )]
    path: Option<PathBuf>,
    #[arg(
        long,
        help = "Blijft kijken, en probeert opnieuw zodra er een regelbestand is opgeslagen"
    )]
    watch: bool,
    #[arg(
        long,
        value_name = "CODE|SCENARIO",
        value_delimiter = ',',
        help = "Alleen de voorbeelden van deze regel, kalender of dit proces met de scenario's erover, of alleen dit scenario; mag vaker"
    )]
    only: Vec<String>,
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
    #[value(help = "Een object als JSON, met --watch een per keer")]
    Json,
}

/// Tries every example and every scenario of the rules in a folder, as they are written there.
pub(crate) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let Some(folder) = rules.named(args.path.as_deref(), streams)? else {
        return Ok(Exit::Unusable);
    };
    let round = Round { folder, only: &args.only, format: args.format, tone };
    match args.watch {
        false => round.run(&[], &mut Memory::default(), streams),
        true => watch::run(&round, streams),
    }
}

/// What is tried each time.
struct Round<'a> {
    folder: &'a Path,
    /// What is asked for; nothing for everything.
    only: &'a [String],
    format: Format,
    tone: Tone,
}

impl Round<'_> {
    /// Reads the rules and tries them: what stands in files that changed before the rest.
    fn run(
        &self,
        changed: &[PathBuf],
        memory: &mut Memory,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let loaded = match rules::loaded(self.folder) {
            Ok(loaded) => loaded,
            Err(error) => {
                streams.complain(&error.to_string())?;
                return Ok(Exit::Unusable);
            }
        };
        if let Some(over) = &loaded.over {
            streams.complain(&format!("{}: {over}", self.folder.display()))?;
        }
        let Loaded { sources, .. } = loaded;
        let compilation = compile_again(sources, memory);
        if !compilation.is_sound() {
            return self.faulty(&compilation, changed, streams);
        }
        let unread: Vec<_> = compilation.unread().cloned().collect();
        if self.format == Format::Text {
            let told = diag::render(&compilation.sources, &unread, streams.screen.style);
            streams.stdout.write_all(told.as_bytes())?;
        } else if !unread.is_empty() {
            rules::tell(&compilation, streams)?;
        }
        let items = match self.items(&compilation) {
            Ok(items) => items,
            Err(complaint) => {
                streams.complain(&complaint)?;
                return Ok(Exit::Unusable);
            }
        };
        self.tried(&compilation, &items, changed, streams)
    }

    /// Tells what is wrong with the rules, of which nothing can be tried then; what is wrong in files
    /// that changed before the rest.
    fn faulty(
        &self,
        compilation: &Compilation,
        changed: &[PathBuf],
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let mut faults = compilation.faults();
        let is_error = |one: &Diagnostic| one.severity == Severity::Error;
        if self.format == Format::Json {
            rules::tell(compilation, streams)?;
            let errors = faults.iter().filter(|one| is_error(one)).count();
            json::faulty(errors, streams.stdout)?;
            return Ok(Exit::Rejected);
        }
        faults.sort_by_key(|one| {
            let is_changed = is_in(&compilation.sources, one.label.span, changed);
            (is_error(one), !is_changed)
        });
        let told = diag::render(&compilation.sources, &faults, streams.screen.style);
        streams.stdout.write_all(told.as_bytes())?;
        let nothing = self.tone.say("niets geprobeerd", "nothing tried");
        let (folder, number) = (self.folder.display(), diag::summary(&faults));
        writeln!(streams.stdout, "{folder}: {number}; {nothing}")?;
        Ok(Exit::Rejected)
    }

    /// What there is to try; of rules that are laid over others only what is theirs.
    ///
    /// # Errors
    ///
    /// When there is nothing to try, or nothing of a name: what to say then.
    fn items<'c>(&self, compilation: &'c Compilation) -> Result<Vec<Item<'c>>, String> {
        let items = at_hand(compilation);
        if items.is_empty() {
            let none = self.tone.say(
                "hier staan geen voorbeelden en geen scenario's; er is niets geprobeerd",
                "there are no examples and no scenarios here; nothing was tried",
            );
            return Err(format!("{}: {none}", self.folder.display()));
        }
        items::only(items, self.only, (compilation, self.folder), self.tone)
    }

    /// Tries them, and tells what came of it.
    fn tried(
        &self,
        compilation: &Compilation,
        items: &[Item<'_>],
        changed: &[PathBuf],
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let is_first = |one: &&Item<'_>| is_in(&compilation.sources, one.span(), changed);
        let (first, rest): (Vec<_>, Vec<_>) = items.iter().partition(is_first);
        let show = Show {
            sources: &compilation.sources,
            tone: self.tone,
            is_chosen: !self.only.is_empty(),
        };
        let is_told_first = !first.is_empty() && !rest.is_empty() && self.format == Format::Text;
        let mut came = items::try_all(&first);
        if is_told_first {
            show.first(&came, streams.stdout)?;
            streams.stdout.flush()?;
        }
        let already = if is_told_first { came.len() } else { 0 };
        came.extend(items::try_all(&rest));
        match self.format {
            Format::Text => show.all(&came, already, streams.stdout)?,
            Format::Json => json::write(&came, &compilation.sources, self.tone, streams.stdout)?,
        }
        let has_failed = came.iter().any(|(_, came)| matches!(came, Came::Failed(_)));
        let is_vain = came.iter().all(|(_, came)| *came == Came::NotTried);
        Ok(match (has_failed, is_vain) {
            (true, _) => Exit::Rejected,
            (_, true) => Exit::Unusable,
            _ => Exit::Good,
        })
    }
}

/// Every example and scenario of rules; of those that are laid over others only what is theirs.
fn at_hand(compilation: &Compilation) -> Vec<Item<'_>> {
    let library = Library::of(compilation);
    let mut items = items::all(&compilation.model, &library.standards);
    items.retain(|one| compilation.sources.is_at_hand(one.span().source));
    items
}

/// Tells how many examples and scenarios of rules in a folder are not as they say, for what builds on
/// them. Gives whether all are.
pub(crate) fn are_good(
    (rules, compilation): (&Rules, &Compilation),
    tone: Tone,
    streams: &mut Streams<'_>,
) -> io::Result<bool> {
    let Some(folder) = rules.folder() else { return Ok(true) };
    let items = at_hand(compilation);
    let came = items::try_all(&items.iter().collect::<Vec<_>>());
    let wrong = came.iter().filter(|(_, came)| matches!(came, Came::Failed(_))).count();
    if wrong == 0 {
        return Ok(true);
    }
    let folder = folder.display();
    let first = tone.say(
        "voorbeelden en scenario's zijn niet zoals ze zeggen, en merken dus minder; eerst:",
        "examples and scenarios are not as they say, and so notice less; first:",
    );
    streams.complain(&format!("{wrong} {first} regelwerk test {folder}"))?;
    Ok(false)
}

/// Whether something stands in one of these files.
fn is_in(sources: &Sources, span: Span, changed: &[PathBuf]) -> bool {
    !changed.is_empty() && {
        let shown = sources.shown(span.source);
        changed.iter().any(|path| path == Path::new(&shown))
    }
}
