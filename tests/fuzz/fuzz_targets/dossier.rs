//! Arbitrary text as a dossier.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| regelwerk_fuzz::dossier(bytes));
