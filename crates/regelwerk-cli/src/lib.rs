//! The `regelwerk` command: what a person types, and what is told in return.
//!
//! Nothing here knows a rule. Messages are judged by [`regelwerk`], rule files read by
//! [`regelwerk_compiler`]; this crate reads files and shows the outcome.

mod bare;
mod catalogue;
pub mod changes;
mod check;
mod completions;
mod coverage;
mod day;
mod dossier;
mod excerpt;
mod explain;
mod files;
mod fmt;
pub mod impact;
mod input;
mod man;
mod mutants;
mod output;
mod progress;
mod readings;
mod repair;
mod reply;
mod rules;
mod summary;
mod table;
mod tally;
mod test;
#[cfg(test)]
mod tests;
mod text;
mod tone;
mod usage;
mod validate;

use std::ffi::OsString;
use std::io::{self, BufWriter, ErrorKind, Read, Write};

use clap::{ArgAction, CommandFactory, Parser, Subcommand};

use regelwerk_compiler::obstacle;

pub use regelwerk_compiler::diag::Style;

use tone::Language;

/// What a shell makes of a program that a closed pipe ended: 128 + SIGPIPE.
const PIPE_CLOSED: u8 = 141;

/// How a command ended, from good to bad: of several outcomes the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Everything is in order.
    Good = 0,
    /// Something is rejected.
    Rejected = 1,
    /// Something could not be read, or the command was not understood.
    Unusable = 2,
    /// Somebody has to decide what no machine decided.
    Undecided = 3,
}

/// What is known of whoever looks at the output.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// With or without colour.
    pub style: Style,
    /// Whether standard error of this process is a terminal: a long run shows its progress there.
    pub is_terminal: bool,
}

/// Output that no terminal shows.
impl From<Style> for Screen {
    fn from(style: Style) -> Self {
        Self { style, is_terminal: false }
    }
}

/// Where a command reads and writes.
struct Streams<'s> {
    stdin: &'s mut dyn Read,
    stdout: &'s mut dyn Write,
    stderr: &'s mut dyn Write,
    screen: Screen,
}

impl Streams<'_> {
    /// Writes a line to standard error, after all that standard output has had so far.
    fn complain(&mut self, line: &str) -> io::Result<()> {
        self.stdout.flush()?;
        // Where standard error is closed, nobody is left to be told.
        let _ = writeln!(self.stderr, "{}", text::plain(line));
        Ok(())
    }
}

#[derive(Parser)]
#[command(
    name = "regelwerk",
    version,
    about = "Toetst berichten aan de regels van de informatiestandaarden",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    rules: rules::Rules,
    #[arg(
        short,
        long,
        global = true,
        action = ArgAction::Help,
        display_order = 1000,
        help = "Toont deze uitleg"
    )]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 1001, help = "Toont de versie")]
    version: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    #[command(about = "Toetst berichten: wat is er mis, waar, en welke regel zegt dat")]
    Validate(validate::Args),
    #[command(about = "Vertelt wat berichten na elkaar betekenen: toestanden, termijnen, fouten")]
    Dossier(dossier::Args),
    #[command(about = "Maakt het antwoord op een bericht")]
    Reply(reply::Args),
    #[command(about = "Controleert regelbestanden")]
    Check(check::Args),
    #[command(about = "Probeert alle voorbeelden en scenario's van regelbestanden")]
    Test(test::Args),
    #[command(about = "Maakt regelbestanden op: witruimte en volgorde, en verder niets")]
    Fmt(fmt::Args),
    #[command(about = "Legt een regel uit, of waarom de regels in een bericht iets vinden of niet")]
    Explain(explain::Args),
    #[command(
        about = "Laat zien wat er van gepubliceerde regels, of van een protocol, is uitgewerkt"
    )]
    Coverage(coverage::Args),
    #[command(about = "Verandert regels een voor een, en vertelt welke verandering niemand merkt")]
    Mutants(mutants::Args),
    #[command(about = "Zoekt op in een tabel van de standaard of van een protocol")]
    Table(table::Args),
    #[command(about = "Verzamelt lezingen en afwijkingen, als Markdown")]
    Readings(readings::Args),
    #[command(about = "Vertelt wat er verschilt tussen twee protocollen of twee releases")]
    Changes(changes::Args),
    #[command(about = "Vertelt welke berichten onder andere regels een ander oordeel krijgen")]
    Impact(impact::Args),
    #[command(about = "Schrijft wat een shell nodig heeft om opdrachten aan te vullen")]
    Completions(completions::Args),
    #[command(about = "Schrijft de handleiding als pagina voor man")]
    Man,
}

impl Command {
    /// Does what is asked, by these rules.
    fn run(&self, rules: &rules::Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
        match self {
            Self::Validate(args) => validate::run(args, rules, streams),
            Self::Dossier(args) => dossier::run(args, rules, streams),
            Self::Reply(args) => reply::run(args, rules, streams),
            Self::Check(args) => check::run(args, rules, streams),
            Self::Fmt(args) => fmt::run(args, rules, streams),
            Self::Test(args) => test::run(args, rules, streams),
            Self::Explain(args) => explain::run(args, rules, streams),
            Self::Coverage(args) => coverage::run(args, rules, streams),
            Self::Mutants(args) => mutants::run(args, rules, streams),
            Self::Table(args) => table::run(args, rules, streams),
            Self::Readings(args) => readings::run(args, rules, streams),
            Self::Changes(args) => changes::run(args, rules, streams),
            Self::Impact(args) => impact::run(args, rules, streams),
            Self::Completions(args) => completions::run(args, Cli::command(), streams),
            Self::Man => man::run(Cli::command(), streams),
        }
    }
}

/// Runs the command and gives its exit code: 0 when all is in order, 1 when something is rejected,
/// 2 when something cannot be read or the command is not understood, 3 when somebody has to decide
/// before there can be a reply.
///
/// `args` starts with the name of the program. When nobody reads standard output any more, it ends
/// without a word, with the code that shells give to that.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    mut stdin: impl Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
    screen: impl Into<Screen>,
) -> u8 {
    let screen = screen.into();
    let mut stdout = BufWriter::new(stdout);
    let mut streams = Streams { stdin: &mut stdin, stdout: &mut stdout, stderr, screen };
    let args = table::arranged(args);
    let lang = usage::language(&args);
    let ended = match Cli::try_parse_from(args) {
        Ok(Cli { command, rules, .. }) => command.run(&rules, &mut streams),
        Err(stopped) => usage::tell(&stopped, lang, &mut streams),
    };
    match ended.and_then(|exit| streams.stdout.flush().map(|()| exit)) {
        Ok(exit) => exit as u8,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => PIPE_CLOSED,
        Err(error) => {
            let [nl, en] = obstacle(error.kind());
            // Where standard error fails as well, the exit code says it.
            let _ = match lang {
                regelwerk::Lang::Nl => {
                    writeln!(stderr, "regelwerk: schrijven is niet gelukt: {nl}")
                }
                regelwerk::Lang::En => writeln!(stderr, "regelwerk: writing failed: {en}"),
            };
            Exit::Unusable as u8
        }
    }
}
