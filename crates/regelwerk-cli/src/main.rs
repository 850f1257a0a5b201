//! The `regelwerk` command.

fn main() -> std::process::ExitCode {
    let (mut stdout, mut stderr) = (anstream::stdout(), anstream::stderr());
    let style = regelwerk_cli::Style::Colour;
    regelwerk_cli::run(std::env::args_os(), std::io::stdin(), &mut stdout, &mut stderr, style)
        .into()
}
