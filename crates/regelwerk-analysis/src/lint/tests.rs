//! Every page: that what it calls wrong is told, and what it calls better is not.

use regelwerk_diag::{Diagnostic, Severity};

use crate::page::{Home, PAGES, Page};
use crate::testing::reviewed;

/// A standard to stand in; the cases of the workspace have the same.
const GROUND: &str = include_str!("../../../../tests/proef/ground.regels");
/// What examples need beside it: a message that is kept.
const BESIDE: &str = include_str!("ground.regels");
/// What a protocol lies over.
const RULE: &str = "regel S001 \"Een product heeft een bedrag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  - Bedrag  verplicht vullen
  voorbeeld goed: Bedrag 10
  voorbeeld fout: Bedrag leeg
";
const PROTOCOL: &str = "protocol PP-2020 \"Afspraken\"
  bron: verzonnen
  standaard: proef
  geldig: vanaf 01-01-2020
  releases: 2.0
  herkennen: PR01 / Product als Soort = 02

";

/// What is told of blocks where they belong.
fn told(blocks: &str, home: Home) -> Vec<Diagnostic> {
    let own = format!("{}{blocks}\n", if blocks.starts_with("protocol") { "" } else { PROTOCOL });
    let mut files = vec![("ground.regels", GROUND), ("beside.regels", BESIDE)];
    match home {
        Home::Standard => files.push(("blok.regels", blocks)),
        Home::Protocol => files.extend([("regel.regels", RULE), ("protocol/blok.regels", &own)]),
    }
    reviewed(&files).1
}

fn told_by(page: &Page, blocks: &str) -> Vec<Diagnostic> {
    let found = told(blocks, page.home);
    let others: Vec<_> = found.iter().filter(|one| one.code != page.code).collect();
    assert!(others.is_empty(), "{}: {others:?}", page.name);
    let errors: Vec<_> = found.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}: {errors:?}", page.name);
    found
}

#[test]
fn what_the_examples_stand_in_is_told_nothing() {
    assert_eq!(told("", Home::Standard), []);
    assert_eq!(told("", Home::Protocol), []);
}

#[test]
fn what_a_page_calls_wrong_is_told_and_what_it_calls_better_is_not() {
    for page in PAGES {
        assert!(!told_by(page, page.wrong).is_empty(), "{}: fout is goed", page.name);
        assert_eq!(told_by(page, page.better), [], "{}: beter is fout", page.name);
    }
}

/// The waiver stands in the block that is told of.
#[test]
fn what_is_told_can_be_waived_in_the_block_itself() {
    for page in PAGES {
        let mut blocks: Vec<_> = page.wrong.split("\n\n").map(str::to_owned).collect();
        let waived = |blocks: &[String]| told_by(page, &blocks.join("\n\n"));
        for at in 0..blocks.len() {
            let bare = blocks[at].clone();
            blocks[at] = format!("{bare}\n  ontheffing: {}, want dit is een proef", page.name);
            let found = told(&blocks.join("\n\n"), page.home);
            if found.iter().any(|one| one.code.0 == "RW320") {
                blocks[at] = bare;
            }
        }
        assert_eq!(waived(&blocks), [], "{}: {}", page.name, blocks.join("\n\n"));
    }
}

#[test]
fn pages_are_in_order_and_each_has_a_code_and_a_name_of_its_own() {
    let codes: Vec<_> = PAGES.iter().map(|page| page.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    let mut names: Vec<_> = PAGES.iter().map(|page| page.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), PAGES.len());
    let is_word = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    assert!(names.iter().all(|name| is_word(name)), "{names:?}");
}
