//! What a protocol recognises and where it applies is changed a clause at a time, and its scenarios
//! notice it.

use regelwerk_compiler::diag::{Source, Sources};
use regelwerk_compiler::{Compilation, compile};

use crate::{Kind, hunt};

const GROUND: &str = include_str!("../../../../tests/proef/ground.regels");
const PROTOCOL: &str =
    "protocol PP-1 \"x\"\n  bron: x\n  standaard: proef\n  geldig: vanaf 01-01-2021\n  releases: 2.0
  herkennen: PR01 / Product als Code = \"P\"\n  toepassing: PR01 / Product als Soort = 02\n
regel PP-01 \"x\"\n  bron: x\n  voor: PR01 / Product\n  - Bedrag leeg laten
  voorbeeld goed: Soort 02, Bedrag leeg\n  voorbeeld fout: Soort 02, Bedrag 3\n";

/// A scenario of a message with a product of this code and kind, told as it says.
fn scenario(name: &str, under: &str, (code, kind): (&str, &str), expected: &str) -> String {
    let product = format!("Product.Code {code}, Product.Soort {kind}, Product.Bedrag 3");
    let message = format!("  bericht: PR01 van release 2.0 met {product}\n");
    format!("\nscenario {name} \"x\"\n  bron: x\n{under}{message}  verwacht: {expected}\n")
}

fn compiled(scenarios: &[String]) -> Compilation {
    let file = |path: &str, text: String| Source { path: path.to_owned(), text };
    let own = format!("{PROTOCOL}{}", scenarios.concat());
    let files = vec![file("ground.regels", GROUND.to_owned()), file("pp/own.regels", own)];
    let compilation = compile(Sources::new("", files));
    assert!(compilation.is_sound(), "{:?}", compilation.diagnostics);
    compilation
}

/// What survives of the protocol itself.
fn surviving(scenarios: &[String]) -> Vec<(Kind, String)> {
    let is_meant = |one: &crate::Mutant| one.block == "protocol";
    let hunt = hunt(&compiled(scenarios), 0, &is_meant, &|_, _| {}).unwrap();
    assert_eq!(hunt.tried, 4);
    hunt.survivors.into_iter().map(|one| (one.kind, one.words)).collect()
}

#[test]
fn without_scenarios_only_what_its_examples_need_is_noticed() {
    let told = surviving(&[]);
    let expected = [
        (Kind::Code, "herkennen: Code is P wordt een andere code"),
        (Kind::Dropped, "herkennen: Code is P"),
        (Kind::Dropped, "toepassing: Soort is 02"),
    ];
    assert_eq!(told, expected.map(|(kind, words)| (kind, words.to_owned())));
}

#[test]
fn scenarios_notice_what_is_recognised_and_where_it_applies() {
    let recognised = "  onder: herkend\n";
    let all = [
        scenario("een", recognised, ("P", "02"), "afgekeurd op PP-01"),
        scenario("twee", recognised, ("K", "02"), "goedgekeurd"),
        scenario("drie", "", ("K", "01"), "goedgekeurd"),
    ];
    assert_eq!(surviving(&all), []);
    // Told under the protocol by its name, nothing needs to be recognised.
    let named = all.map(|one| one.replace(recognised, "  onder: PP-1\n"));
    let named =
        named.map(|one| one.replace("Code K, Product.Soort 02", "Code K, Product.Soort 01"));
    let told = surviving(&named);
    assert!(told.iter().all(|(_, words)| words.starts_with("herkennen: ")), "{told:?}");
    assert_eq!(told.len(), 2);
}
