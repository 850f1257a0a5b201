//! The seeds of the fuzz targets, through what the targets call.

#[allow(unreachable_pub, reason = "a library to cargo-fuzz")]
#[path = "fuzz/src/lib.rs"]
mod targets;

use crate::snapshot::here;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let files = std::fs::read_dir(here().join("fuzz/seeds").join(target)).unwrap();
    let seeds: Vec<_> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(seeds.len() > 3, "{target}");
    seeds
}

#[test]
fn seeds_of_messages_hold() {
    seeds("read").iter().for_each(|bytes| targets::read(bytes));
}

#[test]
fn seeds_of_dossiers_hold() {
    seeds("dossier").iter().for_each(|bytes| targets::dossier(bytes));
}

#[test]
fn seeds_of_rule_files_hold() {
    seeds("rules").iter().for_each(|bytes| targets::rules(std::str::from_utf8(bytes).unwrap()));
}
