//! Tasks of the project itself. Nothing depends on this crate.

mod agreement;
mod floor;
mod oracle;
mod package;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Maakt de crates in een vorm die los van dit project bouwt, met de regels erin.
    Package {
        /// Map voor de bestanden `*.crate`.
        #[arg(long, value_name = "MAP", default_value = "target/crates")]
        out: PathBuf,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Oracle { dir, floor } => oracle::run(&dir, floor.as_deref()),
        Task::Package { out } => package::run(&out),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
