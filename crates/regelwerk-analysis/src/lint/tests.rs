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

#[test]
fn every_page_stands_in_the_language_reference() {
    let reference = include_str!("../../../../rules/README.md");
    for page in PAGES {
        let row = format!("| {} | `{}` | ", page.code.0, page.name);
        assert!(reference.contains(&row), "{row}");
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

/// The codes of what is told of blocks, and the first line that it stands at.
fn at(blocks: &str, home: Home) -> Vec<String> {
    let own = format!("{PROTOCOL}{blocks}");
    let mut files = vec![("ground.regels", GROUND), ("beside.regels", BESIDE)];
    match home {
        Home::Standard => files.push(("blok.regels", blocks)),
        Home::Protocol => files.extend([("regel.regels", RULE), ("protocol/blok.regels", &own)]),
    }
    let (sources, found) = reviewed(&files);
    let line = |one: &Diagnostic| {
        let slice = sources.slice(one.label.span);
        format!("{} {}", one.code.0, slice.lines().next().unwrap_or_default().trim())
    };
    found.iter().map(line).collect()
}

/// A rule that is judged at a product.
fn rule(code: &str, lines: &str) -> String {
    format!("regel {code} \"x\"\n  bron: verzonnen\n  niveau: 2\n  voor: PR01 / Product\n{lines}\n")
}

const UNUSED: [(&str, &str); 8] = [
    ("codelijst Los", "  1 \"Een\"\n"),
    ("type Los", "  soort: tekst\n  voorbeeld: 1\n"),
    ("groep Los", "  - Deel Tekst\n"),
    ("lijst Los", "  voor: PR01 / Product\n"),
    ("tabel los", "  peildatum: 01-01-2021\n  kolommen: a\n  sleutel: a\n  rij: 1\n"),
    ("beeld los", "  uit: PC01 / Recht\n  sleutel: Nummer\n"),
    ("vraag los", ""),
    ("kalender los", "  weekend: zondag\n  voorbeeld: 01-01-2021 + 1 werkdag = 02-01-2021\n"),
];

#[test]
fn every_kind_of_block_that_does_nothing_by_itself_is_told_when_unused() {
    for (head, lines) in UNUSED {
        let told = at(&format!("{head} \"x\"\n  bron: verzonnen\n{lines}"), Home::Standard);
        let name = head.split(' ').next_back().unwrap();
        assert_eq!(told, [format!("RW601 {name}")], "{head}");
    }
}

#[test]
fn a_block_is_used_by_whatever_looks_into_it() {
    let scenarios = "scenario a \"x\"\n  bron: verzonnen\n  over: X001\n  op 01-02-2021 stuurt gemeente PC01\n    \
        verwacht goedgekeurd\n\nscenario b \"x\"\n  bron: verzonnen\n  over: X001\n  \
        op 01-02-2021 stuurt gemeente PC01 met Recht.Soort 13\n    verwacht afgekeurd op X001\n";
    let by = |cond: &str| {
        format!(
            "vraag los \"x\"\n  bron: verzonnen\n\nbeeld stand \"x\"\n  bron: verzonnen\n  uit: PC01 / Recht\n  \
             sleutel: Nummer\n  mits: Soort = 02\n\nregel X001 \"x\"\n  bron: verzonnen\n  niveau: 3\n  \
             voor: PC01 / Recht\n  eis: {cond}\n\n{scenarios}"
        )
    };
    let both = "er is geen stand met Nummer = dit Nummer of er is een los";
    assert_eq!(at(&by(both), Home::Standard), [""; 0]);
    let one = at(&by("er is geen stand met Nummer = dit Nummer"), Home::Standard);
    assert_eq!(one, ["RW601 los"]);
}

#[test]
fn a_table_that_stands_for_a_norm_is_used() {
    let table = |norm: &str| {
        let normed = if norm.is_empty() { "" } else { "1-1" };
        format!(
            "tabel normen \"x\"\n  bron: verzonnen\n  peildatum: 01-01-2021\n  kolommen: paragraaf, norm, inhoud\n  \
             sleutel: paragraaf, norm\n  rij: 1, \"{normed}\", \"Wie wat levert, staat hier\"\n\n\
             tabel los \"x\"\n  bron: verzonnen\n{norm}  peildatum: 01-01-2021\n  kolommen: a\n  sleutel: a\n  rij: 1\n"
        )
    };
    let protocol = PROTOCOL.replace("  herkennen", "  normen: tabel normen\n  herkennen");
    let files = |table: &str| {
        let text = format!("{protocol}{table}");
        let all = [("ground.regels", GROUND), ("beside.regels", BESIDE), ("p/p.regels", &*text)];
        reviewed(&all).1.iter().map(|one| one.code.0).collect::<Vec<_>>()
    };
    assert_eq!(files(&table("  norm: 1-1\n")), [""; 0]);
    assert_eq!(files(&table("")), ["RW601"]);
}

#[test]
fn a_column_of_text_and_one_that_is_counted_are_no_idle_columns() {
    let table = |columns: &str, control: &str| {
        at(
            &format!(
                "tabel t \"x\"\n  bron: verzonnen\n  peildatum: 01-01-2021\n  kolommen: a, {columns}\n  \
                 sleutel: a\n  rij: 1, 2\n{control}\n{}",
                rule(
                    "X001",
                    "  eis bij Code: Code staat in tabel t.a\n  voorbeeld goed: Code 1\n  voorbeeld fout: Code 2"
                )
            ),
            Home::Standard,
        )
    };
    assert_eq!(table("b getal", ""), ["RW603 tabel t \"x\""]);
    assert_eq!(table("b", ""), [""; 0]);
    assert_eq!(table("b getal", "  controle: 1 keer b = 2\n"), [""; 0]);
}

#[test]
fn names_of_a_list_are_used_by_any_rule_and_values_by_their_own() {
    let list = "lijst L \"x\"\n  bron: verzonnen\n  voor: PR01 / Product met begin = Begin, eind = Eind\n\n";
    let of = |code: &str, lines: &str| rule(code, lines).replace("PR01 / Product", "lijst L");
    let begin = of(
        "X001",
        "  - begin  vullen met een datum na 01-01-2021\n  voorbeeld goed: Begin 02-01-2021\n  voorbeeld fout: Begin 01-01-2021",
    );
    let eind = of(
        "X002",
        "  - eind  verplicht vullen\n  voorbeeld goed: Eind 02-01-2021\n  voorbeeld fout: Eind leeg",
    );
    assert_eq!(at(&format!("{list}{begin}\n{eind}"), Home::Standard), [""; 0]);
    assert_eq!(at(&format!("{list}{begin}"), Home::Standard), ["RW604 eind"]);
    let value = |of: &str| {
        let lines = format!(
            "  stel: maand1 = maand van Begin\n  eis bij Begin: {of} = 2\n  voorbeeld goed: Begin 02-02-2021\n  voorbeeld fout: Begin 01-01-2021"
        );
        at(&rule("X003", &lines), Home::Standard)
    };
    assert_eq!(value("maand1"), [""; 0]);
    assert_eq!(value("maand van Begin"), ["RW604 maand1"]);
}

#[test]
fn an_example_counts_when_the_rule_looks_at_anything_in_it() {
    let of = |body: &str, good: &str| {
        let lines = format!("{body}\n  voorbeeld goed: {good}\n  voorbeeld fout: Omvang leeg");
        at(&rule("X001", &lines), Home::Standard)
    };
    let whole = "  - Omvang  verplicht vullen";
    assert_eq!(of(whole, "Omvang.Volume 3"), [""; 0]);
    assert_eq!(
        of("  - Omvang.Volume  verplicht vullen", "Omvang.Eenheid 01, Omvang.Volume 1"),
        [""; 0]
    );
    assert_eq!(of(whole, "Bedrag 3"), ["RW611 voorbeeld goed: Bedrag 3"]);
    assert_eq!(of(whole, "Bericht.Client.Product[2].Bedrag 3"), [""; 0]);
}

#[test]
fn a_good_example_is_asked_for_only_where_there_can_be_one() {
    let of = |lines: &str| at(&rule("X001", lines), Home::Standard);
    let bad = "  voorbeeld fout: Soort 02, Eind leeg";
    let under = |good: &str| {
        of(&format!(
            "  als Soort = 02 dan:\n    - Eind  verplicht vullen\n  voorbeeld goed: {good}\n{bad}"
        ))
    };
    assert_eq!(under("Soort leeg"), ["RW613 voorbeeld goed: Soort leeg"]);
    assert_eq!(under("Soort 02, Eind 01-02-2021"), [""; 0]);
    // What the base message has is not known here.
    assert_eq!(under("Eind 01-02-2021"), [""; 0]);
    // Where the rule asks something it cannot be met.
    assert_eq!(
        of(
            "  als Soort = 02 dan:\n    - Soort  niet vullen met 02\n  voorbeeld goed: Soort 01\n  voorbeeld fout: Soort 02"
        ),
        [""; 0]
    );
    // It asks something anyhow.
    assert_eq!(
        of(
            "  eis: Soort <> 02 of Eind gevuld\n  voorbeeld goed: Soort 01\n  voorbeeld fout: Soort 02, Eind leeg"
        ),
        [""; 0]
    );
}

#[test]
fn scenarios_that_say_the_same_are_told_and_others_not() {
    let good = rule(
        "X001",
        "  - Soort  niet vullen met 02\n  voorbeeld goed: Soort 01\n  voorbeeld fout: Soort 02",
    );
    let scenario = |name: &str, soort: &str| {
        format!(
            "scenario {name} \"x\"\n  bron: verzonnen\n  over: X001\n  bericht: PR01 met Product.Soort {soort}\n  verwacht: goedgekeurd\n\n"
        )
    };
    let both = |other: &str| format!("{good}\n{}{}", scenario("a", "01"), scenario("b", other));
    assert_eq!(at(&both("13"), Home::Standard), [""; 0]);
    assert_eq!(at(&both("01"), Home::Standard), ["RW612 scenario b \"x\""]);
}

#[test]
fn a_protocol_that_asks_otherwise_says_why() {
    let of = |lines: &str| {
        let text =
            format!("regel P001 \"x\"\n  bron: verzonnen\n  voor: PR01 / Product\n{lines}\n");
        at(&text, Home::Protocol)
    };
    let examples =
        "\n  voorbeeld goed: Soort 02, Bedrag leeg\n  voorbeeld fout: Soort 02, Bedrag 1";
    let against = format!("  als Soort = 02 dan:\n    - Bedrag  leeg laten{examples}");
    assert_eq!(of(&against), ["RW621 leeg laten"]);
    assert_eq!(of(&format!("  lezing: zo hoort dat\n{against}")), [""; 0]);
    // Whoever keeps to it can keep to the standard too.
    let beside = "  als Soort = 02 dan:\n    - Bedrag  vullen met 3\n  voorbeeld goed: Soort 02, Bedrag 3\n  voorbeeld fout: Soort 02, Bedrag 1";
    assert_eq!(of(beside), [""; 0]);
}

#[test]
fn a_term_of_a_protocol_that_is_not_as_long_says_why() {
    let term = |code: &str, days: u8, more: &str| {
        format!(
            "termijn {code} \"x\"\n  bron: verzonnen\n{more}  voor: PC01 / Recht\n  begint: ontvangst\n  \
             eindigt: verzending van PC01 / Recht met Nummer = dit Nummer\n  binnen: {days} dagen\n  door: ontvanger\n  \
             voorbeeld: begin 01-02-2021 dan uiterlijk {:02}-02-2021\n\n",
            days + 1
        )
    };
    let told = |days, more: &str| {
        let own = format!("{PROTOCOL}{}", term("P001", days, more));
        let standard = term("S002", 5, "");
        let files = [
            ("ground.regels", GROUND),
            ("beside.regels", BESIDE),
            ("t.regels", &standard),
            ("p/p.regels", &own),
        ];
        reviewed(&files).1.iter().map(|one| one.code.0).collect::<Vec<_>>()
    };
    assert_eq!(told(5, ""), [""; 0]);
    assert_eq!(told(3, ""), ["RW621"]);
    assert_eq!(told(3, "  lezing: hier telt de snelste\n"), [""; 0]);
    assert_eq!(told(3, "  mits: Soort = 02\n"), ["RW621"]);
}

#[test]
fn a_wording_without_a_source_is_told_only_when_another_has_one() {
    let of = |head: &str| {
        let wording = |from: &str, what: &str, good: &str, bad: &str| {
            format!(
                "  geldig: {from}\n    voor: PR01 / Product\n    - {what}  verplicht vullen\n    voorbeeld goed: {good}\n    voorbeeld fout: {bad}\n"
            )
        };
        let old = wording("t/m release 1.0", "Eind", "Eind 01-02-2021", "Eind leeg");
        let new = wording("vanaf release 2.0", "Bedrag", "Bedrag 1", "Bedrag leeg");
        at(&format!("regel X001 \"x\"\n{head}  niveau: 2\n{old}{new}"), Home::Standard)
    };
    assert_eq!(of("  bron: proef 2.0, regel X001\n"), ["RW622 regel X001 \"x\""]);
    assert_eq!(of("  bron: verzonnen, § 12.0.1\n"), [""; 0]);
    assert_eq!(of("  bron: proef 1.0 en 2.0\n"), [""; 0]);
    assert_eq!(of("  bron: proef 2.0\n  lezing: tot dan gold wat er bij 1.0 gebeurde\n"), [""; 0]);
}
