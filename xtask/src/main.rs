//! Tasks of the project itself. Nothing depends on this crate.

mod agreement;
mod floor;
mod oracle;

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
}

fn main() -> ExitCode {
    let Task::Oracle { dir, floor } = Arguments::parse().task;
    match oracle::run(&dir, floor.as_deref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
