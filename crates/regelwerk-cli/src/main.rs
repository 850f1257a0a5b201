//! The `regelwerk` command.

use std::io::{IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use regelwerk_cli::{Screen, Style};

fn main() -> std::process::ExitCode {
    // What goes to a file or a pipe goes there as it is: a stream that takes colour out would take
    // characters out of a message too.
    let has_colour = AutoStream::choice(&std::io::stdout()) != ColorChoice::Never;
    let (style, mut stdout): (_, Box<dyn Write>) = match has_colour {
        true => (Style::Colour, Box::new(anstream::stdout())),
        false => (Style::Plain, Box::new(std::io::stdout())),
    };
    let screen = Screen { style, is_terminal: std::io::stderr().is_terminal() };
    let mut stderr = anstream::stderr();
    regelwerk_cli::run(std::env::args_os(), std::io::stdin(), &mut stdout, &mut stderr, screen)
        .into()
}
