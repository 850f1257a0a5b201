//! The `regelwerk` command.

use std::io::IsTerminal;

use regelwerk_cli::{Screen, Style};

fn main() -> std::process::ExitCode {
    let (mut stdout, mut stderr) = (anstream::stdout(), anstream::stderr());
    // Colour is taken out again where there is no terminal to show it.
    let screen = Screen { style: Style::Colour, is_terminal: std::io::stderr().is_terminal() };
    regelwerk_cli::run(std::env::args_os(), std::io::stdin(), &mut stdout, &mut stderr, screen)
        .into()
}
