//! Compiles the rules to Rust; everything it knows is in the compiler.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    regelwerk_compiler::build::script(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules"))
}
