//! Maakt van de regels van de regio, over die van de standaard, een Rust-bibliotheek.

fn main() -> std::process::ExitCode {
    regelwerk_build::compile("regels")
}
