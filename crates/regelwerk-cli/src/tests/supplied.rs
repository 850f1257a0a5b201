//! What is said of files beside the messages: without values when those are hidden, and with every
//! line at fault.

use super::dossier::{beside, complaints, dossier};

/// Files beside messages, each with its first line and a row that is as it should be.
const FILES: &[(&str, &str, &str)] = &[
    ("dossier.csv", "bestand,ontvangen", "1.xml,2026-04-01"),
    ("feiten.csv", "datum,soort,sleutel,waarde", "2026-04-01,betaling,D1,x"),
    ("contract.csv", CONTRACT, "0384,42420001,45,45A04,04,8450,2026-01-01,2026-12-31"),
    ("productcodes.csv", "categorie,code,geldig_van,geldig_tot", "45,45A04,2026-01-01,2026-12-31"),
    ("gemeenten.csv", "code,naam,geldig_van,geldig_tot", "0384,Diemen,2026-01-01,2026-12-31"),
];
const CONTRACT: &str =
    "gemeente,aanbieder,productcategorie,productcode,eenheid,tarief_cent,geldig_van,geldig_tot";
/// A number of a person, in none of the messages.
const NUMBER: &str = "999900067";

/// A line with the number in one of its cells, for each of them.
fn with_number(line: &str) -> impl Iterator<Item = String> {
    (0..line.split(',').count()).map(move |at| {
        let cells = line.split(',').enumerate();
        cells
            .map(|(here, cell)| if here == at { NUMBER } else { cell })
            .collect::<Vec<_>>()
            .join(",")
    })
}

#[test]
fn no_cell_of_a_file_is_shown_when_values_are_hidden() {
    let hides = |name: &str, text: &str| {
        let folder = beside(&[(name, text)]);
        for format in ["text", "json"] {
            let told = dossier(folder.path(), &["--redact", "--format", format]);
            assert!(!told.out.contains(NUMBER), "{name}\n{text}\n{}", told.out);
            assert!(!told.err.contains(NUMBER), "{name}\n{text}\n{}", told.err);
        }
    };
    for (name, header, row) in FILES {
        let told = dossier(beside(&[(name, &format!("{header}\n{row}\n"))]).path(), &[]);
        assert_eq!(told.err, "", "{name}");
        for wrong in with_number(row) {
            hides(name, &format!("{header}\n{wrong}\n"));
            hides(name, &format!("{header}\n{wrong}\n{wrong}\n"));
            hides(name, &format!("{header}\n{wrong};\n{wrong},\n\"{wrong}\n"));
        }
        for wrong in with_number(header) {
            hides(name, &format!("{wrong}\n{row}\n"));
        }
    }
    hides("dossier.csv", &format!("bestand;ontvangen\n{NUMBER};\n"));
}

#[test]
fn two_rows_with_one_key_are_told_with_both_lines() {
    let row = "0384,42420001,45,45A04,04,8450,2026-01-01,2026-12-31";
    let text = format!("{CONTRACT}\n{row}\n\n{}\n", row.replace("8450", "9000"));
    let told = "DIR/contract.csv, regel 4: gemeente, aanbieder, productcategorie, productcode, \
        eenheid, geldig_van: hier staat hetzelfde als op regel 2; haal een van beide weg, of \
        verbeter er een.\n";
    assert_eq!(complaints(&[("contract.csv", &text)], &[]), told);
    let told = complaints(&[("contract.csv", &text)], &["--lang", "en"]);
    assert!(told.contains("line 4: ") && told.contains("as on line 2;"), "{told}");
    // The same product from another day is another row.
    let later = row.replace("2026-01-01", "2026-07-01");
    let folder = beside(&[("contract.csv", &format!("{CONTRACT}\n{row}\n{later}\n"))]);
    assert_eq!(dossier(folder.path(), &[]).err, "");
}

#[test]
fn a_row_that_ends_before_it_begins_is_told() {
    let text = format!("{CONTRACT}\n0384,42420001,45,45A04,04,8450,31-12-2026,2026-01-01\n");
    let told = "DIR/contract.csv, regel 2: geldig_tot ligt voor geldig_van; verbeter een van \
        beide.\n";
    assert_eq!(complaints(&[("contract.csv", &text)], &[]), told);
    for days in ["2026-01-01,2026-01-01", ",2026-01-01", "2026-01-01,"] {
        let text = format!("{CONTRACT}\n0384,42420001,45,45A04,04,8450,{days}\n");
        assert_eq!(dossier(beside(&[("contract.csv", &text)]).path(), &[]).err, "", "{days}");
    }
}
