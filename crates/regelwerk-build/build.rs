//! Puts the rule files inside, as they are.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let rules = regelwerk_compiler::build::rules(Path::new(env!("CARGO_MANIFEST_DIR")));
    regelwerk_compiler::build::embed(&rules)
}
