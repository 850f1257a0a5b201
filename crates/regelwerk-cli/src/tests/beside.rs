//! Files beside messages that mean no good: each is told soon, in few words, and does nothing else.

use super::*;

const LISTING: &str = "dossier.csv";
const FACTS: &str = "feiten.csv";
const HEADER: &str = "bestand,ontvangen\n";
const HEADER_OF_FACTS: &str = "datum,soort,sleutel,waarde\n";

/// What is told of a folder with a good message and a file with these bytes.
fn told(name: &str, bytes: impl AsRef<[u8]>) -> Told {
    let folder = Folder::new();
    folder.file("1.xml", &good());
    fs::write(folder.0.join(name), bytes).unwrap();
    let told = regelwerk(&["dossier", folder.path(), "--as-of", "2026-12-21"]);
    Told { err: told.err.replace(folder.path(), "DIR"), ..told }
}

/// The lines of what is told of a file that is not as it should be.
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let told = told(name, bytes);
    assert_eq!((told.exit, told.out.as_str()), (2, ""), "{}", told.err);
    let tame = |it: char| it == '\n' || !it.is_control();
    assert!(told.err.chars().all(tame) && told.err.len() < 20_000, "{:?}", told.err);
    told.err.lines().map(str::to_owned).collect()
}

#[track_caller]
fn assert_told(name: &str, bytes: impl AsRef<[u8]>, starts: &[&str]) {
    let lines = refused(name, bytes);
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(&format!("DIR/{name}{start}")), "{line}");
    }
}

#[test]
fn a_header_in_any_disguise_is_the_header_or_is_told() {
    for same in ["\u{feff}bestand,ontvangen", "\"bestand\", ontvangen ", "bestand;ontvangen\r"] {
        assert_eq!(told(LISTING, format!("{same}\n")).exit, 0, "{same}");
    }
    for other in [
        "\u{feff}",
        "\u{feff}\u{feff}\u{feff}bestand,ontvangen",
        "\nbestand,ontvangen",
        "Bestand,Ontvangen",
        "bestand,ontvangen\0",
        "\"bestand,ontvangen",
        " \"bestand\",ontvangen",
        "bestand\u{a0},ontvangen\u{200b}",
    ] {
        assert_told(LISTING, format!("{other}\n1.xml,2026-04-01\n"), &[", regel 1: de kop is \""]);
    }
}

#[test]
fn another_encoding_is_told() {
    let utf16 = |mark: &[u8], wide: fn(u16) -> [u8; 2]| {
        [mark, &HEADER.encode_utf16().flat_map(wide).collect::<Vec<_>>()].concat()
    };
    let little = utf16(b"\xff\xfe", u16::to_le_bytes);
    let big = utf16(b"\xfe\xff", u16::to_be_bytes);
    for bytes in [little, big, b"bestand,ontvangen\n1.xml,\xe9".to_vec()] {
        assert_told(LISTING, bytes, &[": is geen tekst in UTF-8; bewaar"]);
    }
    // In UTF-16 without a mark every other byte is zero, which is text.
    assert_told(LISTING, utf16(b"", u16::to_le_bytes), &[", regel 1: de kop is \""]);
}

#[test]
fn what_lies_outside_the_folder_is_no_message() {
    let outside = Folder::new();
    let other = outside.file("x.xml", &good());
    let up = format!("../{}/x.xml", outside.0.file_name().unwrap().to_str().unwrap());
    for file in [&other, &up, "../1.xml", "./1.xml", "..\\1.xml", "1.xml/", "1.XML", "*.xml", "~"] {
        let listing = format!("{HEADER}{file},2026-04-01\n");
        assert_told(LISTING, listing, &[", regel 2: er is geen bericht \""]);
    }
}

#[test]
fn characters_that_steer_a_terminal_are_not_repeated() {
    let nasty = "1\0.xml\u{1b}[2J\u{7}\u{202e}";
    assert_told(LISTING, format!("{HEADER}{nasty},\n"), &[", regel 2: er is geen bericht \""]);
    assert_told(LISTING, format!("{HEADER}1.xml,{nasty}\n"), &[", regel 2: ontvangen is \""]);
    let facts = format!("{HEADER_OF_FACTS}2026-04-01,betaling,{nasty},\n2026-04-01,{nasty},x,\n");
    assert_told(FACTS, facts, &[", regel 2: ", ", regel 3: feit of vraag 1"]);
}

#[test]
fn days_that_do_not_exist_are_told() {
    let days = [
        "2026-02-29",
        "31-04-2026",
        "2026-13-01",
        "2026-00-10",
        "0-1-2026",
        "01-01-10000",
        "99999999999-01-01",
        "-2026-01-01",
        "2026-04-01T00:00",
        "1 april 2026",
        "46113",
        "",
    ];
    let rows: String = days.iter().map(|day| format!("{day},betaling,D1,\n")).collect();
    let starts: Vec<_> =
        (2..).zip(days).map(|(line, _)| format!(", regel {line}: datum is ")).collect();
    let starts: Vec<_> = starts.iter().map(String::as_str).collect();
    assert_told(FACTS, format!("{HEADER_OF_FACTS}{rows}"), &starts);
    for day in ["0001-01-01", "9999-12-31", "29-2-2028"] {
        assert_eq!(told(FACTS, format!("{HEADER_OF_FACTS}{day},betaling,D1,\n")).exit, 0, "{day}");
        // Received before it was sent is an error of the message, not of the file.
        let judged = told(LISTING, format!("{HEADER}1.xml,{day}\n"));
        assert_eq!((judged.exit < 2, judged.err.as_str()), (true, ""), "{day}");
    }
}

#[test]
fn a_million_columns_are_counted() {
    let wide = ",".repeat(999_999);
    assert_told(LISTING, &wide, &[", regel 1: de kop is \",,,"]);
    assert_told(
        LISTING,
        format!("{HEADER}{wide}x\n"),
        &[", regel 2: deze rij heeft 1000000 cellen en de kop 2; "],
    );
}

#[test]
fn a_cell_of_megabytes_is_cut_where_it_is_told() {
    let long = "x".repeat(10_000_000);
    assert_told(LISTING, format!("{HEADER}{long},\n"), &[", regel 2: er is geen bericht \"xxx"]);
    assert_told(LISTING, format!("{HEADER}1.xml,{long}\n"), &[", regel 2: ontvangen is \"xxx"]);
    assert_told(LISTING, format!("{HEADER}\"{long}\n,\n"), &[", regel 2: een cel loopt door"]);
    let facts = format!("{HEADER_OF_FACTS}2026-04-01,{long},x,\n");
    assert_told(FACTS, facts, &[", regel 2: feit of vraag xxx"]);
    let table =
        "gemeente,aanbieder,productcategorie,productcode,eenheid,tarief_cent,geldig_van,geldig_tot";
    let digits = "9".repeat(1_000_000);
    let with_rate = |rate: &str| format!("{table}\n0384,42420001,45,45A04,04,{rate},2026-01-01,\n");
    assert_told("contract.csv", with_rate(&long), &[", regel 2: tarief_cent is \"xxx"]);
    assert_eq!(told("contract.csv", with_rate(&digits)).exit, 0, "a number, if a large one");
}

#[test]
fn a_line_of_200_megabytes_is_no_header() {
    let folder = Folder::new();
    folder.file("1.xml", &good());
    for (megabytes, what) in [(200, "regel 1: de kop is \""), (300, "te groot: meer dan 256 MiB")] {
        // Nothing but zeros, which takes no room.
        let file = fs::File::create(folder.0.join(LISTING)).unwrap();
        file.set_len(megabytes * 1_000_000).unwrap();
        let told = regelwerk(&["dossier", folder.path()]);
        assert_eq!((told.exit, told.out.as_str()), (2, ""));
        assert!(told.err.contains(what) && told.err.len() < 1000, "{}", told.err);
    }
}

/// To look for the nearest name, and for each row that is there already, takes the time of all.
#[test]
fn of_many_wrong_rows_the_first_are_told() {
    let rows = |row: &dyn Fn(usize) -> String| (0..50_000).map(row).collect::<String>();
    for listing in [
        rows(&|_| "1.xml,2026-04-01\n".to_owned()),
        rows(&|at| format!("{at}.xmk,2026-04-01\n")),
        rows(&|at| format!("1.xml,{at}\n")),
        rows(&|_| "1.xml\n".to_owned()),
    ] {
        assert_eq!(refused(LISTING, format!("{HEADER}{listing}")).len(), 20);
    }
    let facts = rows(&|at| format!("2026-04-01,betalin{at},D1,\n"));
    assert_eq!(refused(FACTS, format!("{HEADER_OF_FACTS}{facts}")).len(), 20);
}

/// Looking through all answers for those that one replaces would take hours.
#[test]
fn a_question_may_be_answered_very_often() {
    let of_one = |at: u32| format!("2026-04-01,verantwoordelijke-gemeente,999900006,{at}\n");
    let of_each = |at: u32| format!("2026-04-01,verantwoordelijke-gemeente,{at},0384\n");
    let rows: String = (0..50_000).flat_map(|at| [of_one(at), of_each(at)]).collect();
    let told = told(FACTS, format!("{HEADER_OF_FACTS}{rows}"));
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
}
