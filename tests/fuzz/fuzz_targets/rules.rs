//! Arbitrary text as a rule file.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| regelwerk_fuzz::rules(text));
