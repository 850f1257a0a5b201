//! Tasks of the project itself. No crate depends on them; the tests do.

mod agreement;
mod floor;
mod lock;
mod new_rule;
mod oracle;
mod package;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub use package::package;

/// Taken van het project zelf.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Vergelijkt het oordeel over berichten met het officiële oordeel.
    Oracle {
        /// Map met `berichten/*.xml` en `verwacht.json`.
        dir: PathBuf,
        /// Bestand met wat minstens overeen moet komen.
        #[arg(long, value_name = "BESTAND")]
        floor: Option<PathBuf>,
    },
    /// Legt vast wat elke tekst eist; wat al geldt, verandert hiermee niet.
    Lock {
        /// Schrijft niets, en zegt alleen of het klopt.
        #[arg(long)]
        check: bool,
    },
    /// Legt vast dat een tekst die al geldt met opzet is veranderd.
    Amend {
        /// Hoe het blok heet: `CD041`, `toewijzing`.
        name: String,
        /// Waarom.
        #[arg(long, value_name = "TEKST", value_parser = said)]
        reason: String,
    },
    /// Zet een nieuwe regel klaar, met voorbeelden en een casus om in te vullen.
    NewRule {
        /// De code: `TR999`.
        code: String,
        /// Het protocol waar ze bij hoort; zonder is het een regel van de standaard.
        #[arg(long, value_name = "NAAM")]
        protocol: Option<String>,
        /// Wat de regel zegt, in een zin.
        #[arg(long, value_name = "TEKST")]
        title: Option<String>,
    },
    /// Maakt de crates in een vorm die los van dit project bouwt, met de regels erin.
    Package {
        /// Map voor de bestanden `*.crate`.
        #[arg(long, value_name = "MAP", default_value = "target/crates")]
        out: PathBuf,
    },
}

/// A text that says something.
fn said(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("zeg waarom".to_owned()),
        text => Ok(text.to_owned()),
    }
}

/// Does the task that the arguments, from the name of the program on, ask for. Where they ask for none,
/// that is told, and the program ends.
///
/// # Errors
///
/// Why it was not done, for the person who asked.
pub fn run(arguments: impl IntoIterator<Item: Into<OsString> + Clone>) -> Result<(), String> {
    match Arguments::parse_from(arguments).task {
        Task::Oracle { dir, floor } => oracle::run(&dir, floor.as_deref()),
        Task::Lock { check } => lock::run(&lock::Place::of_project(), check),
        Task::Amend { name, reason } => lock::amend(&lock::Place::of_project(), &name, &reason),
        Task::NewRule { code, protocol, title } => {
            let asked = new_rule::Asked { code, protocol, title };
            new_rule::run(&lock::Place::of_project().rules, &asked)
        }
        Task::Package { out } => package(&out),
    }
}
