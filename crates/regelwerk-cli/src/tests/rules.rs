//! What reads the rules as a model: `coverage --protocol`, `table`, `readings`.

use super::*;
use crate::rules::built;

/// The invented standard, with every construct of the language.
const PROEF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/proef");

/// Rules with a protocol and nothing in it, and a table without rows.
const BARE: &str = "standaard kaal \"Een kale standaard\"\n  bron: verzonnen\n\n\
    release 1.0 \"Kaal 1.0\"\n  bron: verzonnen\n  geldig: vanaf 01-01-2020\n\
    \x20 naamruimte: \"urn:kaal\"\n  basis: \"urn:kaal-basis\"\n  kop: Kop.Versie 1\n  code: Kop.Code\n\n\
    tabel leeg \"Wat een ander aanlevert\"\n  bron: verzonnen\n  aanlevering: \"leeg.csv\"\n\
    \x20 kolommen: code, vanaf datum\n  sleutel: code\n";
const BARE_PROTOCOL: &str = "protocol KAAL-1 \"Een kaal protocol\"\n  bron: verzonnen\n\
    \x20 standaard: kaal\n  geldig: vanaf 01-01-2020\n  releases: 1.0\n";

/// A folder with bare rules.
fn bare() -> Folder {
    let folder = Folder::new();
    folder.file("standaard.regels", BARE);
    fs::create_dir(folder.0.join("protocol")).unwrap();
    folder.file("protocol/protocol.regels", BARE_PROTOCOL);
    folder
}

#[test]
fn the_rules_of_the_build_are_those_that_judge() {
    let hash = regelwerk_compiler::hash(&built());
    assert!(!regelwerk::STANDARDS.is_empty());
    for standard in regelwerk::STANDARDS {
        assert_eq!(hash, standard.rules_sha256);
    }
    let compilation = regelwerk_compiler::compile(built());
    assert!(compilation.is_sound());
    let names = compilation.model.standards.iter().map(|standard| standard.name.as_str());
    assert!(names.eq(regelwerk::STANDARDS.iter().map(|standard| standard.name)));
}

#[test]
fn rules_with_errors_are_told_and_not_used() {
    let folder = bare();
    let rule = "regell X \"Een regel\"\n  bron: proef\n  niet machinaal: \"proef\"\n";
    folder.file("fout.regels", rule);
    let missing =
        "/no/such/folder: bestaat niet; noem de map waarin de regels staan, zoals `rules`\n";
    let verbs: [&[&str]; 3] =
        [&["coverage", "--protocol", "KAAL-1"], &["table", "leeg"], &["readings"]];
    for verb in verbs {
        let told = regelwerk(&[verb, &["--rules", folder.path()]].concat());
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{verb:?}");
        assert!(told.err.contains("fout.regels:1:1\n"), "{}", told.err);
        assert!(told.err.ends_with("1 fout\n"), "{}", told.err);
        let told = regelwerk(&[verb, &["--rules", "/no/such/folder"]].concat());
        assert_eq!((told.exit, told.err.as_str()), (2, missing));
    }
}

#[test]
fn each_norm_is_told_with_what_stands_for_it() {
    let told = regelwerk(&["coverage", "--protocol", "proef-afspraak", "--rules", PROEF]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.out);
    insta::assert_snapshot!(told.out);
    let english =
        regelwerk(&["coverage", "--protocol", "PROEF-AFSPRAAK", "--rules", PROEF, "--lang", "en"]);
    assert!(english.out.contains("\n5 norms, 1 paragraph without a norm\n"), "{}", english.out);
}

#[test]
fn a_norm_without_a_block_is_missing() {
    let folder = bare();
    let protocol = format!(
        "{BARE_PROTOCOL}  normen: tabel normen\n\n\
         tabel normen \"Normen\"\n  bron: verzonnen\n  peildatum: 01-01-2020\n\
         \x20 kolommen: paragraaf, norm, inhoud\n  sleutel: paragraaf, norm\n\
         \x20 rij: \"1\", \"1-1\", \"Wat moet\"\n  rij: \"1\", \"1-2\", \"Wat ook moet\"\n\n\
         regel K-01 \"Wat moet\"\n  bron: verzonnen\n  norm: 1-1\n  niet machinaal: \"te vaag\"\n"
    );
    folder.file("protocol/protocol.regels", &protocol);
    let args = ["coverage", "--protocol", "KAAL-1", "--rules", folder.path()];
    let told = regelwerk(&args);
    assert_eq!(told.exit, 1, "{}", told.out);
    assert!(told.out.contains("  1-2  Wat ook moet\n       → geen blok staat hiervoor\n"));
    assert!(told.out.ends_with("\nzonder voorbeeld: niets\nzonder blok: 1-2\n"), "{}", told.out);
    let json = regelwerk(&[&args[..], &["--format", "json"]].concat());
    assert_eq!(json.exit, 1);
    let json: Value = serde_json::from_str(&json.out).unwrap();
    let counts = &json["counts"];
    assert_eq!((&counts["norms"], &counts["missing"]), (&2.into(), &1.into()));
    let block = &json["paragraphs"][0]["norms"][0]["blocks"][0];
    assert_eq!((&block["kind"], &block["status"]), (&"regel".into(), &"not_by_machine".into()));
    assert_eq!(json["missing"], serde_json::json!(["1-2"]));
}

#[test]
fn a_protocol_without_norms_or_of_no_name_is_said() {
    let folder = bare();
    let told = regelwerk(&["coverage", "--protocol", "KAAL-1", "--rules", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.starts_with("KAAL-1: niet vastgelegd welke normen"), "{}", told.err);
    let told = regelwerk(&["coverage", "--protocol", "KAL-1", "--rules", folder.path()]);
    assert_eq!(told.exit, 2);
    assert_eq!(told.err, "onbekend protocol KAL-1; bedoelt u KAAL-1? (bekend: KAAL-1)\n");
    let both = regelwerk(&["coverage", "--standard", "ijw", "--protocol", "LTA-2019"]);
    assert_eq!(both.exit, 2);
}

/// What a protocol of this project says it demands has a block, and its rules have examples.
#[test]
fn every_norm_of_the_shipped_protocols_has_a_block() {
    let compilation = regelwerk_compiler::compile(built());
    let standards = compilation.model.standards.iter();
    let protocols: Vec<_> = standards.flat_map(|standard| &standard.protocols).collect();
    assert!(!protocols.is_empty());
    for protocol in protocols {
        let told = regelwerk(&["coverage", "--protocol", &protocol.name]);
        assert_eq!(told.exit, 0, "{}\n{}", told.out, told.err);
    }
}

#[test]
fn a_row_is_looked_up_whatever_its_case_and_accents() {
    for name in ["Deventer", "deventer", "DÉVENTER"] {
        let told =
            regelwerk(&["table", "jeugdregio", "--gemeente", name, "--protocol", "LTA-2019"]);
        assert_eq!((told.exit, told.err.as_str()), (0, ""), "{name}");
        assert!(told.out.contains("\n  regio         IJsselland\n"), "{}", told.out);
        assert!(told.out.contains("\n  LTA-2019, peildatum 01-12-2018\n"), "{}", told.out);
        assert!(told.out.ends_with("\n1 rij\n"), "{}", told.out);
    }
    let told = regelwerk(&["table", "tarieven", "--rules", PROEF, "--bedrag=200"]);
    assert_eq!(told.exit, 0);
    assert!(told.out.contains("\n  code    A2\n  bedrag  200\n"), "{}", told.out);
    let either = ["table", "tarieven", "--code", "a1", "--code", "A2", "--rules", PROEF];
    let told = regelwerk(&either);
    assert!(told.out.contains("  code  bedrag  jaar\n  A1    100     2020\n"), "{}", told.out);
    assert!(told.out.ends_with("\n2 rijen\n"), "{}", told.out);
}

#[test]
fn what_is_not_in_a_table_is_said_with_what_is_like_it() {
    let none = |args: &[&str]| {
        let told = regelwerk(&[&["table"], args, &["--rules", PROEF]].concat());
        (told.exit, told.out, told.err)
    };
    let (exit, out, err) = none(&["plaatsen", "--plaats", "Ons Drop"]);
    assert_eq!((exit, out.as_str()), (1, ""));
    let known = "(bekend: Aan, Zee, De Stad, Ons Dorp)";
    assert_eq!(
        err,
        format!("plaatsen: geen rij met plaats Ons Drop; bedoelt u Ons Dorp? {known}\n")
    );
    let (exit, out, err) = none(&["plaatsen", "--plaats", "de stad", "--plaats", "x"]);
    assert_eq!((exit, out.contains("De Stad")), (1, true));
    assert_eq!(err, "plaatsen: geen rij met plaats x; bekend: Aan, Zee, De Stad, Ons Dorp\n");
    let (exit, _, err) = none(&["plaatsen", "--plaats", "Ons Dorp", "--regio", "Zuid"]);
    let expected = "plaatsen: geen rij met plaats Ons Dorp, regio Zuid; elk apart komt wel voor\n";
    assert_eq!((exit, err.as_str()), (1, expected));
    let (exit, out, err) = none(&["plaatsen", "--plaats", "x", "--format", "json"]);
    assert_eq!((exit, err.is_empty()), (1, false));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json[0]["rows"], serde_json::json!([]));
    let (exit, out, err) = none(&["plaatzen"]);
    assert_eq!((exit, out.as_str()), (2, ""));
    let known = "(bekend: contract, tarief, afspraken --protocol PROEF-AFSPRAAK, \
                 plaatsen --protocol PROEF-AFSPRAAK, tarieven --protocol PROEF-AFSPRAAK, \
                 dorpen --protocol PROEF-OPVOLGER, tarieven --protocol PROEF-OPVOLGER)";
    assert_eq!(err, format!("onbekende tabel plaatzen; bedoelt u plaatsen? {known}\n"));
    let (exit, _, err) = none(&["tariefen", "--protocol", "PROEF-OPVOLGER"]);
    let expected = "onbekende tabel tariefen; bedoelt u tarieven? (bekend: dorpen, tarieven)\n";
    assert_eq!((exit, err.as_str()), (2, expected));
    let (exit, out, _) = none(&["tarieven", "--protocol", "PROEF-OPVOLGER"]);
    assert_eq!((exit, out.matches("PROEF-AFSPRAAK").count()), (0, 0), "{out}");
    let (exit, _, err) = none(&["plaatsen", "--regios", "Noord"]);
    let expected = "plaatsen: onbekende kolom regios; bedoelt u regio? (bekend: plaats, regio)\n";
    assert_eq!((exit, err.as_str()), (2, expected));
    let (exit, _, err) = none(&["plaatsen", "--fromat", "json"]);
    assert_eq!((exit, err.ends_with("; of --format\n")), (2, true), "{err}");
    let (exit, _, err) = none(&["plaatsen", "--regio"]);
    assert_eq!((exit, err.as_str()), (2, "bij --regio hoort een waarde\n"));
    let (exit, _, _) = none(&["plaatsen", "--protocol", "PROEF"]);
    assert_eq!(exit, 2);
}

#[test]
fn without_columns_a_table_is_told_with_its_first_rows() {
    let told = regelwerk(&["table", "tarieven", "--rules", PROEF]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    insta::assert_snapshot!(told.out.replace(PROEF, "proef"));
    let told = regelwerk(&["table", "jeugdregio", "--lang", "en"]);
    assert!(told.out.contains("\n  rows           380\n"), "{}", told.out);
    assert!(told.out.contains("\n  check          380 rijen\n"), "{}", told.out);
    assert!(told.out.contains("\nThe first 5 rows\n"), "{}", told.out);
    assert!(told.out.contains("rules/lta/2019/tabellen.regels:"), "{}", told.out);
    let all = regelwerk(&["table", "--rules", PROEF]);
    assert!(all.out.contains("  tarieven  "), "{}", all.out);
}

#[test]
fn a_table_is_told_to_programs_too() {
    let told = regelwerk(&["table", "plaatsen", "--format", "csv", "--rules", PROEF]);
    assert_eq!(told.exit, 0);
    assert!(told.out.starts_with("plaats,regio\nOns Dorp,Noord\n"), "{}", told.out);
    assert!(told.out.ends_with("\"Aan, Zee\",Zuid\n"), "{}", told.out);
    let told = regelwerk(&["table", "jeugdregio", "--gemeente", "Deventer", "--format", "json"]);
    let json: Value = serde_json::from_str(&told.out).unwrap();
    let row = &json[0]["rows"][0];
    assert_eq!((&row["regio"], &row["kruisjes"]), (&"IJsselland".into(), &1.into()));
    assert!(row["opmerking"].is_null(), "{row}");
    assert_eq!((&json[0]["of"], &json[0]["as_of"]), (&"LTA-2019".into(), &"2018-12-01".into()));
    let many = regelwerk(&["table", "--format", "csv"]);
    assert_eq!((many.exit, many.out.as_str()), (2, ""));
}

#[test]
fn a_table_without_rows_says_who_supplies_them() {
    let folder = bare();
    let told = regelwerk(&["table", "leeg", "--rules", folder.path()]);
    assert_eq!(told.exit, 0, "{}", told.err);
    assert!(told.out.contains("\n  rijen          0\n"), "{}", told.out);
    assert!(told.out.contains("  kolommen       code, vanaf (datum)\n"), "{}", told.out);
    let told = regelwerk(&["table", "leeg", "--code", "1", "--rules", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (1, ""));
    assert!(told.err.contains("; wie toetst, levert ze aan als leeg.csv\n"), "{}", told.err);
}

#[test]
fn readings_of_every_kind_of_block_are_in_the_register() {
    let told = regelwerk(&["readings", "--rules", PROEF]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    insta::assert_snapshot!(told.out.replace(PROEF, "proef"));
    let shipped = regelwerk(&["readings"]);
    let compilation = regelwerk_compiler::compile(built());
    let written = compilation.sources.iter().filter(|(_, one)| one.path.ends_with(".regels"));
    let lines = written.flat_map(|(_, one)| one.text.lines());
    let written = lines.filter(|line| line.trim_start().starts_with("lezing:")).count();
    let holidays = compilation.sources.iter().map(|(_, one)| one.text.matches("lezing \"").count());
    let all = written + holidays.sum::<usize>();
    assert!(shipped.out.contains(&format!("\n{all} lezingen, ")), "{all}\n{}", shipped.out);
    assert_eq!(shipped.out.matches("\n- Lezing: ").count(), all);
}

/// Rules that ask a table each in their own way, in a value with a name, in what must be filled in
/// and in what is counted; and one that asks another.
const ASKING: &str = "
tabel tarief \"Wat een code kost\"
  bron:       verzonnen
  lezing:     de prijs is die van de eerste dag
  peildatum:  01-01-2021
  kolommen:   soort, prijs getal
  sleutel:    soort
  rij:        01, 10

tabel duur \"Wat een code duurt\"
  bron:       verzonnen
  lezing:     in dagen
  peildatum:  01-01-2021
  kolommen:   soort, dagen getal
  sleutel:    soort
  rij:        01, 10

regel X001 \"Een naam\"
  bron:    verzonnen
  niveau:  2
  voor:    PR01 / Client
  stel:    bekend = aantal Product met (Soort staat in tabel tarief.soort)
  eis:     bekend minstens 1

regel X002 \"Een vulling\"
  bron:    verzonnen
  niveau:  4
  voor:    PR01 / Product
  - Bedrag  vullen met som van prijs over rij in tarief met (soort = dit Soort)

regel X003 \"Een telling\"
  bron:    verzonnen
  niveau:  2
  voor:    PR01 / Client
  eis:     aantal Product met (Soort staat in tabel tarief.soort) = 1

regel X004 \"Een andere tabel\"
  bron:    verzonnen
  niveau:  2
  voor:    PR01 / Product
  eis:     Soort staat in tabel duur.soort
";

#[test]
fn readings_of_a_table_tell_every_rule_that_asks_it() {
    let folder = Folder::new();
    let ground = fs::read_to_string(format!("{PROEF}/ground.regels")).unwrap();
    folder.file("ground.regels", &ground);
    folder.file("tabellen.regels", ASKING);
    let told = regelwerk(&["readings", "--rules", folder.path()]);
    assert_eq!(told.exit, 0, "{}", told.err);
    assert!(told.out.contains("tabel tarief, gebruikt door X001, X002, X003 ("), "{}", told.out);
    assert!(told.out.contains("tabel duur, gebruikt door X004 ("), "{}", told.out);
}

#[test]
fn readings_are_of_the_document_that_is_asked_for() {
    let told = regelwerk(&["readings", "--protocol", "lta-2019", "--lang", "en"]);
    assert_eq!(told.exit, 0);
    assert!(told.out.starts_with("# Readings and departures\n"), "{}", told.out);
    assert_eq!(told.out.matches("\n## ").count(), 1);
    assert!(
        told.out.contains("regel LTA-315-02, judged in JW315 (rules/lta/2019/"),
        "{}",
        told.out
    );
    let told = regelwerk(&["readings", "--standard", "ijw"]);
    assert_eq!(told.out.matches("\n## ").count(), 1);
    assert!(told.out.contains("\n## ijw: "), "{}", told.out);
    let folder = bare();
    let told = regelwerk(&["readings", "--protocol", "KAAL-1", "--rules", folder.path()]);
    assert_eq!(told.exit, 0);
    assert!(told.out.ends_with("\n\n0 lezingen, 0 afwijkingen, in 0 blokken.\n"), "{}", told.out);
    let told = regelwerk(&["readings", "--standard", "ijv"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert_eq!(told.err, "onbekende standaard ijv; bedoelt u ijw? (bekend: ijw)\n");
    let told = regelwerk(&["readings", "--protocol", "XX"]);
    assert_eq!(told.err, "onbekend protocol XX (bekend: LET-JB-2021, LTA-2019, LTA-2025)\n");
    let told = regelwerk(&["readings", "--protocol", "lta"]);
    assert!(told.err.starts_with("onbekend protocol lta; bedoelt u LTA-2019? "), "{}", told.err);
    let told = regelwerk(&["readings", "--protocol", " "]);
    assert!(told.err.starts_with("onbekend protocol (leeg) (bekend: "), "{}", told.err);
    let told = regelwerk(&["readings", "--protocol", "LTA-2019", "--standard", "ijw"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""), "one or the other");
}

#[test]
fn departures_are_told_in_the_order_of_the_document() {
    let folder = bare();
    let rule = |code: &str, place: &str, says: &str| {
        format!(
            "\nregel {code} \"Over {code}\"\n  bron: K {place}\n  {says}\n  niet machinaal: \"te_vaag\"\n"
        )
    };
    let rules = [
        rule("K-01", "§ 10.1", "lezing: de *eerste* keer"),
        rule("K-02", "§ 2.1", "wijkt af van: LDT_x <1>, want te kort"),
        rule("K-03", "bijlage 1", "lezing: zo"),
    ];
    folder.file("protocol/regels.regels", &rules.concat());
    let told = regelwerk(&["readings", "--protocol", "KAAL-1", "--rules", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.contains("\n2 lezingen, 1 afwijking, in 3 blokken.\n"), "{}", told.out);
    let order = ["### K-02: ", "### K-01: ", "### K-03: "].map(|title| told.out.find(title));
    assert!(order.is_sorted() && order[0].is_some(), "{}", told.out);
    for part in [
        "\n- Plaats: K § 2.1\n- Wijkt af van: LDT\\_x \\<1\\>, want te kort\n",
        "\n- Lezing: de \\*eerste\\* keer\n",
        "- Wat het verandert: regel K-03, niet machinaal beoordeeld: te\\_vaag (",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
}
