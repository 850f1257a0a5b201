//! A folder of messages: what is told of it, and what is wrong with what is supplied.

use insta::assert_snapshot;

use super::*;

const AS_OF: &[&str] = &["--as-of", "2026-12-21"];
const JSON: &[&str] = &["--format", "json"];

/// The dossier of a year that is shipped as an example.
pub(super) const YEAR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/dossiers/jaar");

/// The dossier of an extension that is shipped as an example of a protocol.
const EXTENSION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/dossiers/verlenging");

pub(super) fn dossier(folder: &str, args: &[&str]) -> Told {
    regelwerk(&[&["dossier", folder], AS_OF, args].concat())
}

/// All that a run told, without the place of the folder.
pub(super) fn shown(folder: &str, args: &[&str]) -> String {
    let Told { exit, out, err } = dossier(folder, args);
    let told = format!("einde {exit}\n--- uitvoer\n{out}--- meldingen\n{err}");
    told.replace(folder, "DIR")
}

/// The object that a run told.
pub(super) fn object(folder: &str, args: &[&str]) -> Value {
    let told = dossier(folder, &[JSON, args].concat());
    assert_eq!(told.out.lines().count(), 1, "{}{}", told.out, told.err);
    json(&told).remove(0)
}

/// A message of release 3.2 with another identification and day.
pub(super) fn dated(message: &str, identification: &str, day: &str) -> String {
    let base = base(message, "3.2");
    let with = |text: String, name: &str, value: &str| {
        let (start, rest) = text.split_once(&format!("{name}>")).unwrap();
        let (_, end) = rest.split_once('<').unwrap();
        format!("{start}{name}>{value}<{end}")
    };
    with(with(base, ":Identificatie", identification), ":Dagtekening", day)
}

/// A folder with a good message, and these files beside it.
pub(super) fn beside(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.file("1.xml", &good());
    for (name, text) in files {
        folder.file(name, text);
    }
    folder
}

/// What is told of files beside the messages that are not as they should be.
pub(super) fn complaints(files: &[(&str, &str)], args: &[&str]) -> String {
    let folder = beside(files);
    let told = dossier(folder.path(), args);
    assert_eq!((told.exit, told.out.as_str()), (2, ""), "{}", told.err);
    told.err.replace(folder.path(), "DIR")
}

#[test]
fn a_year_is_told_as_a_story() {
    assert_snapshot!(shown(YEAR, &[]));
}

#[test]
fn a_year_in_english() {
    assert_snapshot!(shown(YEAR, &["--lang", "en"]));
}

#[test]
fn a_year_without_values() {
    let told = shown(YEAR, &["--redact"]);
    for value in ["4711", "42420001", "VOT-2026", "8450"] {
        assert!(!told.contains(value), "{value}\n{told}");
    }
    assert_snapshot!(told);
}

#[test]
fn an_extension_is_told_as_its_protocol_tells_it() {
    let args = ["--as-of", "2020-01-28", "--protocol", "LTA-2019"];
    let Told { exit, out, err } = regelwerk(&[&["dossier", EXTENSION], &args[..]].concat());
    let told = format!("einde {exit}\n--- uitvoer\n{out}--- meldingen\n{err}");
    assert_snapshot!(told.replace(EXTENSION, "DIR"));
}

#[test]
fn the_object_has_its_keys_in_order() {
    let told = dossier(YEAR, JSON);
    let keys = ["dossier", "as_of", "messages", "processes", "terms", "not_assessed"];
    let places = keys.map(|key| told.out.find(&format!("\"{key}\":")).unwrap());
    assert!(places.is_sorted() && told.out.starts_with("{\"dossier\":"), "{}", told.out);
    let object = object(YEAR, &[]);
    assert_eq!(object["dossier"], YEAR);
    assert_eq!(object["as_of"], "2026-12-21");
    let keys = |list: &str| {
        let first = &object[list][0];
        first.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    // serde_json keeps the keys of a map in order of name.
    assert_eq!(keys("messages"), ["file", "findings", "received", "verdict"]);
    assert_eq!(keys("processes"), ["history", "key", "process", "state"]);
    assert_eq!(keys("terms"), ["begins", "due", "file", "met", "met_by", "rule"]);
    let history = object["processes"][0]["history"][0].as_object().unwrap();
    assert_eq!(history.keys().collect::<Vec<_>>(), ["file", "from", "to"]);
    let folder = Folder::new();
    folder.file("1.xml", &base("JW306", "3.2"));
    let gap = self::object(folder.path(), &[])["not_assessed"][0].take();
    let keys: Vec<_> = gap.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["file", "reason", "rules"]);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let told = dossier("/no/such/folder", &[]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert_eq!(told.err, "/no/such/folder: bestaat niet\n");
}

#[test]
fn a_file_is_no_folder() {
    let folder = beside(&[]);
    let file = format!("{}/1.xml", folder.path());
    let told = dossier(&file, &[]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let why = "is geen map; geef de map met de berichten of de tabellen";
    assert_eq!(told.err, format!("{file}: {why}\n"));
    let told = dossier(folder.path(), &["--tables", &file]);
    assert_eq!((told.exit, told.err), (2, format!("{file}: {why}\n")));
}

#[test]
fn an_empty_folder_is_told() {
    let folder = Folder::new();
    folder.file("feiten.csv", "datum,soort,sleutel,waarde\n");
    let told = dossier(folder.path(), JSON);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert_eq!(told.err, format!("{}: geen xml-bestanden in deze map\n", folder.path()));
}

#[test]
fn a_wrong_header_is_told() {
    assert_snapshot!(complaints(
        &[
            ("dossier.csv", "bestand,datum\n1.xml,2026-04-01\n"),
            ("feiten.csv", "datum\tsoort\tsleutel\twaarde\n"),
            ("contract.csv", "gemeente;aanbieder\n0384;42420001\n"),
            ("productcodes.csv", ""),
        ],
        &[]
    ));
}

#[test]
fn every_wrong_row_is_told() {
    let listing =
        "bestand;ontvangen\n1.xml;2026-02-30\n1.xml;1-4-2026\n2.xml;2026-04-01\n;\n;1-4-2026\n";
    let facts = "datum,soort,sleutel,waarde\n,betaling,D1,\n2026-04-01,,D1,\n1/4/2026,betaling,D1,\n\
        2026-04-01,betaling,,10\n";
    assert_snapshot!(complaints(&[("dossier.csv", listing), ("feiten.csv", facts)], &[]));
}

#[test]
fn a_row_of_another_length_is_told_before_what_is_in_rows() {
    let listing = "bestand,ontvangen\n1.xml\n\n2.xml,2026-04-01,\n\"1.xml,x\n";
    assert_snapshot!(complaints(&[("dossier.csv", listing)], &[]));
}

#[test]
fn what_is_no_text_is_told() {
    let folder = beside(&[]);
    fs::write(format!("{}/feiten.csv", folder.path()), b"datum,soort\xe9").unwrap();
    fs::create_dir(format!("{}/dossier.csv", folder.path())).unwrap();
    assert_snapshot!(shown(folder.path(), &["--lang", "en"]));
}

#[test]
fn redacting_hides_the_values_of_files_beside_messages() {
    let told = complaints(
        &[
            ("dossier.csv", "bestand,ontvangen\n1.xml,999900006\n"),
            ("feiten.csv", "999900006,soort,sleutel,waarde\n"),
        ],
        &["--redact"],
    );
    assert!(!told.contains("999900006") && told.matches("(verborgen)").count() == 2, "{told}");
}

#[test]
fn days_and_separators_are_as_a_dutch_spreadsheet_writes_them() {
    for (listing, day) in [
        ("bestand,ontvangen\n1.xml,2026-04-03\n", "2026-04-03"),
        ("\u{feff}bestand;ontvangen\r\n1.xml;3-4-2026\r\n;\r\n", "2026-04-03"),
        ("bestand,ontvangen\n1.xml,\n", "2026-04-01"),
        ("bestand,ontvangen\n", "2026-04-01"),
    ] {
        let folder = beside(&[("dossier.csv", listing)]);
        let object = object(folder.path(), &[]);
        assert_eq!(object["messages"][0]["received"], day, "{listing:?}");
    }
}

#[test]
fn files_that_nobody_reads_are_told() {
    let folder = beside(&[("contracten.csv", "x\n")]);
    let told = dossier(folder.path(), &[]);
    assert!(told.err.starts_with(&format!("{}/contracten.csv: ", folder.path())), "{}", told.err);
    assert!(told.err.contains("contract.csv, "), "{}", told.err);
}

#[test]
fn what_cannot_be_read_does_not_stop_the_rest() {
    let folder = Folder::new();
    folder.file("1.xml", "<Bericht>");
    folder.file("2.xml", "");
    folder.file("3.xml", &good());
    fs::create_dir(format!("{}/map", folder.path())).unwrap();
    folder.file("map/4.XML", &dated("JW305", "B2", "2026-04-02"));
    let told = dossier(folder.path(), JSON);
    let messages = object(folder.path(), &[])["messages"].take();
    let verdicts: Vec<_> = messages.as_array().unwrap().iter().map(|it| &it["verdict"]).collect();
    assert_eq!(verdicts, ["unreadable", "unreadable", "accepted", "accepted"]);
    assert_eq!(messages[3]["file"], "map/4.XML");
    assert_eq!((told.exit, told.err.lines().count()), (2, 2), "{}", told.err);
    assert!(dossier(folder.path(), &[]).out.contains("\n            onleesbaar\n"));
}

#[test]
fn the_same_message_twice_is_told() {
    let folder = Folder::new();
    folder.file("1.xml", &good());
    folder.file("2.xml", &good());
    assert_snapshot!(shown(folder.path(), &[]));
}

#[test]
fn a_reply_to_nothing_is_told() {
    let folder = Folder::new();
    folder.file("1.xml", &base("JW306", "3.2"));
    assert_snapshot!(shown(folder.path(), &[]));
}

#[test]
fn a_message_of_another_release_is_one_of_the_story() {
    let folder = Folder::new();
    folder.file("1.xml", &base("JW301", "2.3"));
    folder.file("2.xml", &good());
    assert_snapshot!(shown(folder.path(), &[]));
}

#[test]
fn days_far_away_are_no_trouble() {
    let folder = Folder::new();
    folder.file("1.xml", &dated("JW305", "B1", "2026-04-01"));
    folder.file("2.xml", &dated("JW305", "B2", "2026-12-22"));
    folder.file("3.xml", &dated("JW305", "B3", "9999-12-31"));
    assert_snapshot!(shown(folder.path(), &[]));
    // The calendar ends with that year.
    let last = regelwerk(&["dossier", folder.path(), "--as-of", "9999-12-31", "--format", "json"]);
    let object = json(&last).remove(0);
    let of_last = |it: &&Value| it["file"] == "3.xml";
    let terms: Vec<_> = object["terms"].as_array().unwrap().iter().filter(of_last).collect();
    assert!(terms.iter().all(|it| it["due"].is_null() && it["met"].is_null()), "{terms:?}");
    let gaps = object["not_assessed"].as_array().unwrap().iter().filter(of_last);
    let rules: Vec<_> = gaps.map(|it| &it["rules"]).collect();
    assert!(rules.contains(&&serde_json::json!(["OP090"])), "{rules:?}");
}

#[test]
fn names_of_files_that_are_not_in_order_of_day_are_told() {
    let folder = Folder::new();
    folder.file("1.xml", &dated("JW305", "B1", "2026-04-02"));
    folder.file("2.xml", &dated("JW305", "B2", "2026-04-01"));
    let told = dossier(folder.path(), &[]);
    let what = "2.xml (01-04-2026) is eerder ontvangen dan 1.xml (02-04-2026), maar komt erna: \
        de volgorde van de bestandsnamen telt\n";
    assert_eq!(told.err, what);
}

#[test]
fn a_folder_with_tables_goes_before_that_with_messages() {
    let folder = beside(&[("contract.csv", "verkeerd\n")]);
    let tables = Folder::new();
    assert_eq!(dossier(folder.path(), &["--tables", tables.path()]).exit, 2);
    let header =
        "gemeente,aanbieder,productcategorie,productcode,eenheid,tarief_cent,geldig_van,geldig_tot";
    tables.file("contract.csv", &format!("{header}\n0384,42420001,45,45A04,04,8450,1-1-2026,\n"));
    let told = dossier(folder.path(), &["--tables", tables.path()]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    tables
        .file("contract.csv", &format!("{header}\n\n0384,42420001,45,45A04,04,84.50,1-1-2026,\n"));
    let told = dossier(folder.path(), &["--tables", tables.path()]);
    assert!(told.err.contains("contract.csv, regel 3: "), "{}", told.err);
    assert!(told.err.contains("tarief_cent") && told.err.contains("84.50"), "{}", told.err);
}

#[test]
fn today_is_the_day_when_none_is_given() {
    let folder = beside(&[]);
    let told = regelwerk(&["dossier", folder.path(), "--format", "json"]);
    let today = chrono::Local::now().date_naive().to_string();
    assert_eq!(json(&told)[0]["as_of"], *today);
}

/// A folder with some messages of the year, each under another name.
fn of_the_year(names: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (from, to) in names {
        folder.file(to, &fs::read_to_string(format!("{YEAR}/{from}")).unwrap());
    }
    folder
}

#[test]
fn a_term_that_asks_what_nobody_told_is_told_as_not_assessed() {
    let of_op359 = |folder: &str| {
        let object = object(folder, &[]);
        let gaps = object["not_assessed"].as_array().unwrap().clone();
        gaps.into_iter()
            .filter(|it| it["rules"] == serde_json::json!(["OP359"]))
            .collect::<Vec<_>>()
    };
    let folder = of_the_year(&[("01-jw315.xml", "1.xml")]);
    let gap = serde_json::json!({
        "file": "1.xml",
        "reason": "vraag verantwoordelijke-gemeente is niet beantwoord",
        "rules": ["OP359"],
    });
    assert_eq!(of_op359(folder.path()), [gap]);
    let told = dossier(folder.path(), &[]).out;
    let what = "vraag verantwoordelijke-gemeente is niet beantwoord; zet het antwoord in \
        feiten.csv met als soort verantwoordelijke-gemeente OP359 bij 1.xml";
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(what), "{told}");
    // Once it is answered there is a term, or none.
    folder.file("feiten.csv", &fs::read_to_string(format!("{YEAR}/feiten.csv")).unwrap());
    assert_eq!(of_op359(folder.path()), [Value::Null; 0]);
}

#[test]
fn a_reply_before_its_message_is_told_with_it() {
    let folder = of_the_year(&[("02-jw316.xml", "1.xml"), ("01-jw315.xml", "2.xml")]);
    let object = object(folder.path(), &[]);
    let gaps = object["not_assessed"].to_string();
    assert!(!gaps.contains("niet in het dossier"), "{gaps}");
    let is_reply = |it: &&Value| it["rule"] == "OP090";
    let terms: Vec<_> = object["terms"].as_array().unwrap().iter().filter(is_reply).collect();
    assert_eq!(terms[0]["met_by"], "1.xml", "{terms:?}");
    let messages = object["processes"].as_array().unwrap();
    assert!(messages.iter().any(|it| it["state"] == "goedgekeurd"), "{messages:?}");
    let folder = of_the_year(&[("02-jw316.xml", "1.xml")]);
    let told = dossier(folder.path(), &[]).out;
    assert!(told.contains("is niet in het dossier; zet dat bericht erbij"), "{told}");
}

#[test]
fn where_things_stand_is_told_of_no_day_and_with_days_as_people_write_them() {
    let told = dossier(YEAR, &[]).out;
    assert!(told.contains("\nStand van zaken na het laatste bericht\n"), "{told}");
    let standing = told.split("Stand van zaken").nth(1).unwrap();
    let standing = standing.split("\nTermijnen").next().unwrap();
    assert!(standing.contains("4711 01-02-2026 28-02-2026 "), "{standing}");
    assert!(!standing.contains("2026-02-"), "{standing}");
    let keys = object(YEAR, &[])["processes"].to_string();
    assert!(keys.contains("\"4711 2026-02-01 2026-02-28\""), "{keys}");
    let english = dossier(YEAR, &["--lang", "en"]).out;
    assert!(english.contains("\nWhere things stand after the last message\n"), "{english}");
    assert!(english.contains("4711 2026-02-01 2026-02-28 "), "{english}");
}
