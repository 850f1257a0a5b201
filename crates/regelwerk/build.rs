//! Compiles the rules to Rust; everything it knows is in the compiler.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let rules = regelwerk_compiler::build::rules(Path::new(env!("CARGO_MANIFEST_DIR")));
    regelwerk_compiler::build::script(&rules)
}
