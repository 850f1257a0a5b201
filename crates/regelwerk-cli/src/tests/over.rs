//! A folder with a protocol of one's own, without the standard that it lies over.

use super::{Folder, regelwerk};

/// A protocol of an invented region, and a rule of it.
const PROTOCOL: &str = "\
protocol REGIO-1 \"Afspraken van een verzonnen regio\"
  bron:       verzonnen
  standaard:  ijw
  geldig:     vanaf 01-01-2026
  releases:   3.2
  herkennen:  JW301 / ToegewezenProduct als Product.Categorie = 45

regel R-01 \"Een einde staat vast\"
  bron:     verzonnen
  lezing:   zonder einde is er geen vast einde
  voor:     JW301 / ToegewezenProduct
  - Einddatum  verplicht vullen
  voorbeeld goed: Einddatum 31-12-2026
  voorbeeld fout: Einddatum leeg

tabel plaatsen \"Plaatsen\"
  bron:       verzonnen
  peildatum:  01-01-2026
  ontheffing: ongebruikt-blok, want het gaat hier om het protocol
  kolommen:   plaats
  sleutel:    plaats
  rij:        Waterdam
";

fn region() -> Folder {
    let folder = Folder::new();
    folder.file("protocol.regels", PROTOCOL);
    folder
}

#[test]
fn a_protocol_is_checked_over_the_rules_inside_and_says_so_in_one_line() {
    let folder = region();
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.out);
    let line =
        "gelegd over de regels in dit programma, 1 regel, 1 protocol, 1 tabel, geen opmerkingen";
    assert_eq!(told.out, format!("{}: {line}\n", folder.path()));
}

#[test]
fn a_mistake_is_told_where_the_region_has_it() {
    let folder = region();
    let rule = PROTOCOL.split("\n\n").nth(1).unwrap();
    folder.file("fout.regels", &rule.replace("R-01", "R-02").replace("- Eind", "- Eid"));
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (1, ""), "{}", told.out);
    assert!(told.out.contains(&format!("{}/fout.regels:5:5", folder.path())), "{}", told.out);
    assert!(told.out.contains("bedoelde u `Einddatum`?"), "{}", told.out);
}

#[test]
fn other_verbs_read_it_over_the_rules_inside_too() {
    let folder = region();
    let over = format!("{}: gelegd over de regels in dit programma\n", folder.path());
    let told = regelwerk(&["readings", "--protocol", "REGIO-1", "--rules", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (0, over.as_str()));
    assert!(told.out.contains(&format!("{}/protocol.regels:8", folder.path())), "{}", told.out);
    let told = regelwerk(&["explain", "R-01", "--rules", folder.path()]);
    assert!(told.exit == 0 && told.out.starts_with("R-01  Een einde staat vast"), "{}", told.out);
}

/// Of what is inside there are thousands of changes and hundreds of conditions.
#[test]
fn tests_of_tests_are_about_what_is_in_the_folder() {
    let folder = region();
    let mutants = ["mutants", "--no-catch", "--rules", folder.path()];
    let told = regelwerk(&mutants);
    // Two of the rule, and two of what the protocol recognises, which no scenario tells.
    let counted = "\n4 veranderingen: 2 opgemerkt, 0 ontheven, 2 overleefd\n";
    assert!(told.exit == 1 && told.out.ends_with(counted), "{}{}", told.out, told.err);
    let heads = told.out.lines().filter(|line| !line.starts_with(' ') && line.contains(".regels:"));
    let is_own = |line: &str| line.starts_with("REGIO-1 protocol ") && line.contains(folder.path());
    assert!(heads.map(is_own).eq([true, true]), "{}", told.out);
    let told = regelwerk(&[&mutants[..], &["r-01"]].concat());
    assert!(told.exit == 0 && told.out.starts_with("2 veranderingen: 2 opgemerkt"), "{}", told.out);
    let told = regelwerk(&["coverage", "--rules", folder.path()]);
    assert_eq!(told.exit, 0, "{}", told.out);
    assert!(told.out.starts_with("0/0 voorwaarden "), "{}", told.out);
    assert!(told.out.contains("\n1/1 eisen "), "{}", told.out);
    let told = regelwerk(&[&mutants[..], &["CD041"]].concat());
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("CD041: regel, rules/ijw/regels/"), "{}", told.err);
    assert!(told.err.contains("niet in de map die u noemt"), "{}", told.err);
}

#[test]
fn a_copy_of_a_protocol_that_is_inside_comes_in_its_place() {
    let folder = Folder::new();
    folder.file("p.regels", &PROTOCOL.replace("REGIO-1", "LET-JB-2021"));
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!(told.exit, 0, "{}", told.out);
    let over = "gelegd over de regels in dit programma, in de plaats van LET-JB-2021, 1 regel, ";
    assert!(told.out.contains(over), "{}", told.out);
}

#[test]
fn a_code_that_the_standard_has_is_told_with_where_it_is() {
    let folder = Folder::new();
    folder.file("p.regels", &PROTOCOL.replace("R-01", "TR019"));
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!(told.exit, 1, "{}", told.out);
    for part in [
        "fout[RW202]: de code `TR019` is al van een regel van standaard ijw",
        "/p.regels:8:7",
        "rules/ijw/regels/",
        "geef deze regel een eigen code",
    ] {
        assert!(told.out.contains(part), "{part}: {}", told.out);
    }
}
