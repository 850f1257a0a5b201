//! `regelwerk completions`: what makes a shell complete what is typed.

use std::io;

use clap_complete::{Shell, generate};

use crate::{Exit, Streams};

/// What the verb takes.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(value_name = "SHELL", value_enum, help = "De shell")]
    shell: Shell,
}

/// Writes the script for a shell.
pub(crate) fn run(
    args: &Args,
    mut command: clap::Command,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let name = command.get_name().to_owned();
    // It does not take a writer that may fail.
    let mut script = Vec::new();
    generate(args.shell, &mut command, name, &mut script);
    streams.stdout.write_all(&script)?;
    Ok(Exit::Good)
}
