//! Compiles the invented standard `proef` into the test binary.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    regelwerk_compiler::build::script(&Path::new(env!("CARGO_MANIFEST_DIR")).join("proef"))
}
