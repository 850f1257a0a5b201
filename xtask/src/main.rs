//! `cargo xtask`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match xtask::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
