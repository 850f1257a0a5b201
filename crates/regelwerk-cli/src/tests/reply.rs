//! What is sent back, and why nothing is.

use insta::assert_snapshot;

use super::*;

const DAY: &[&str] = &["reply", "-", "--date", "2026-05-01"];
const ACCEPT: &str = "--accept-unassessed";

fn reply(args: &[&str], xml: &str) -> Told {
    regelwerk_reading(&[DAY, args].concat(), xml)
}

/// All that a run told; a reply is shown with the ends of its lines as elsewhere.
fn shown(args: &[&str], xml: &str) -> String {
    let Told { exit, out, err } = reply(args, xml);
    assert_eq!(out.matches('\n').count(), out.matches("\r\n").count(), "{out}");
    let (out, err) = (out.replace("\r\n", "\n"), without_lines(&err));
    format!("einde {exit}\n--- uitvoer\n{out}--- meldingen\n{err}")
}

/// A text without the lines of rule files, which change with every rule that is added.
fn without_lines(text: &str) -> String {
    let mut pieces = text.split(".regels:");
    let first = pieces.next().unwrap_or_default().to_owned();
    let bare = |piece: &str| piece.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    pieces.fold(first, |text, piece| text + ".regels:…" + &bare(piece))
}

/// A product of a declaration, of a month of 2026.
fn prestatie(number: u8, month: u8, amount: u8, sign: &str, before: &str) -> String {
    let last = if month == 4 { 30 } else { 31 };
    format!(
        "<p:Prestatie><p:ProductReferentie><b:ReferentieNummer>R{number}</b:ReferentieNummer>\
         {before}</p:ProductReferentie><p:ToewijzingNummer>{number}</p:ToewijzingNummer>\
         <p:ProductCategorie>45</p:ProductCategorie><p:ProductCode>45A04</p:ProductCode>\
         <p:ProductPeriode><b:Begindatum>2026-0{month}-01</b:Begindatum>\
         <b:Einddatum>2026-0{month}-{last}</b:Einddatum></p:ProductPeriode>\
         <p:GeleverdVolume>1</p:GeleverdVolume><p:Eenheid>04</p:Eenheid>\
         <p:ProductTarief>{amount}</p:ProductTarief><p:IngediendBedrag>\
         <b:Bedrag>{amount}</b:Bedrag><b:DebetCredit>{sign}</b:DebetCredit>\
         </p:IngediendBedrag></p:Prestatie>"
    )
}

/// A declaration of March, of products of 100, 40 and 70 less for two clients; the product of this
/// number is of April.
fn declaration(late: u8) -> String {
    let base = base("JW323", "3.2").replace("jw323:", "p:").replace("basis:", "b:");
    let base = base.replace("xmlns:jw323", "xmlns:p").replace("xmlns:basis", "xmlns:b");
    let month = |number: u8| if number == late { 4 } else { 3 };
    let before = "<b:VorigReferentieNummer>R0</b:VorigReferentieNummer>";
    let [one, two] = [(1, 100), (2, 40)].map(|(n, amount)| prestatie(n, month(n), amount, "D", ""));
    let three = prestatie(3, month(3), 70, "C", before);
    let client = |bsn: &str, all: &str| {
        format!("<p:Client><p:Bsn>{bsn}</p:Bsn><p:Prestaties>{all}</p:Prestaties></p:Client>")
    };
    let clients = client(BSN, &(one + &two)) + &client("999900018", &three);
    let (head, rest) = base.split_once("<p:Client>").unwrap();
    let (_, tail) = rest.rsplit_once("</p:Client>").unwrap();
    let (start, rest) = head.split_once("<p:DeclaratiePeriode>").unwrap();
    let (_, end) = rest.split_once("</p:DeclaratiePeriode>").unwrap();
    let (_, dated) = end.split_once("<p:DeclaratieDagtekening>").unwrap();
    let (day, _) = dated.split_once('<').unwrap();
    format!(
        "{start}<p:DeclaratiePeriode><b:Begindatum>2026-03-01</b:Begindatum>\
         <b:Einddatum>2026-03-31</b:Einddatum></p:DeclaratiePeriode><p:DeclaratieDagtekening>{day}\
         </p:DeclaratieDagtekening><p:TotaalIngediendBedrag><b:TotaalBedrag>70</b:TotaalBedrag>\
         <b:DebetCredit>D</b:DebetCredit></p:TotaalIngediendBedrag><p:Clienten>{clients}{tail}"
    )
}

#[test]
fn an_approval_waits_for_what_was_not_assessed() {
    assert_snapshot!(shown(&[], &base("JW305", "3.2")));
}

#[test]
fn an_approval_is_a_header_alone() {
    assert_snapshot!(shown(&[ACCEPT], &base("JW305", "3.2")));
}

#[test]
fn at_level_two_the_header_has_the_code() {
    assert_snapshot!(shown(&["--xslt-version", "1.0.2"], &bad()));
}

#[test]
fn at_level_one_there_is_none() {
    assert_snapshot!(shown(&[], &bad().replace(BAD_BSN, "1")));
}

#[test]
fn what_is_no_message_gets_none() {
    assert_snapshot!(shown(&["--lang", "en"], "<Bericht>"));
}

#[test]
fn a_declaration_is_approved_as_a_whole() {
    assert_snapshot!(shown(&[ACCEPT, "--identification", "A-17"], &declaration(0)));
}

#[test]
fn of_a_declaration_what_is_refused_comes_back() {
    assert_snapshot!(shown(&[ACCEPT], &declaration(2)));
    let granted = "<jw325:TotaalToegekendBedrag>\r\n\t\t\t<ijw:TotaalBedrag>";
    for (number, amount) in [(1, "30</ijw:TotaalBedrag>\r\n\t\t\t<ijw:DebetCredit>C<"), (3, "140<")]
    {
        let told = reply(&[ACCEPT], &declaration(number));
        assert!(told.out.contains(&format!("{granted}{amount}")), "{}", told.out);
    }
}

#[test]
fn a_grant_in_part_waits_as_an_approval_does() {
    assert_snapshot!(shown(&["--lang", "en"], &declaration(2)));
}

#[test]
fn a_reply_is_not_replied_to() {
    assert_snapshot!(shown(&[], &base("JW302", "3.2")));
}

/// Every reply that is laid down can be made, and is as good a message as any.
#[test]
fn every_message_that_is_answered_can_be() {
    let releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let mut number = 0;
    for release in releases {
        for laid_down in release.replies {
            number += 1;
            let right = base(laid_down.to, release.name);
            // One that a rule of level 2 refuses, by its client or its answer, and one that none
            // does. A release that is not complete has no such rules.
            let wrong = right.replace(BSN, BAD_BSN);
            let wrong = wrong.replace("VerzoekAntwoord>2<", "VerzoekAntwoord>1<");
            for (xml, is_refused) in [(wrong, release.is_complete), (right, false)] {
                let told = reply(&[ACCEPT], &xml);
                assert_eq!((told.exit, told.err.as_str()), (0, ""), "{xml}");
                assert_eq!(told.out.contains("RetourCode>0001<"), is_refused, "{}", told.out);
                let root = format!("<{}:Bericht ", laid_down.with.to_lowercase());
                assert!(told.out.contains(&root), "{}", told.out);
                let judged = regelwerk_reading(&["validate", "-"], &told.out);
                assert_eq!(judged.exit, 0, "{}", judged.out);
            }
        }
    }
    assert!(number >= 7, "{number}");
}

#[test]
fn without_options_it_is_of_today_and_known_by_the_message() {
    let xml = base("JW305", "3.2");
    let today = || chrono::Local::now().date_naive();
    let before = today();
    let told = regelwerk_reading(&["reply", "-", ACCEPT], &xml);
    let days = [before, today()].map(|day| format!("DagtekeningRetour>{day}<"));
    assert!(days.iter().any(|day| told.out.contains(day)), "{}", told.out);
    let name = |xml: &str| {
        let told = reply(&[ACCEPT], xml);
        let (_, rest) = told.out.split_once("IdentificatieRetour>").unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    assert_eq!(name(&xml), name(&xml));
    assert_ne!(name(&xml), name(&(xml.clone() + "\n")));
    assert_eq!(name(&xml).len(), 12);
}

#[test]
fn what_does_not_fit_in_it_is_told() {
    let xml = base("JW305", "3.2");
    let told = reply(&[ACCEPT, "--identification", "dertien tekens"], &xml);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(
        told.err.starts_with("-: De identificatie kan zo niet in het antwoord. "),
        "{}",
        told.err
    );
    let told = regelwerk_reading(&["reply", "-", "--date", "1-5-2026"], &xml);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(
        told.err.contains("verwacht een bestaande datum, JJJJ-MM-DD of DD-MM-JJJJ"),
        "{}",
        told.err
    );
}

#[test]
fn redacting_hides_values_where_there_is_no_reply() {
    let told = reply(&["--redact"], &bad().replace(BAD_BSN, "99990000"));
    assert_eq!(told.exit, 1);
    assert!(told.err.contains("(verborgen)") && !told.err.contains("99990000"), "{}", told.err);
}

/// What is no XML may have a value where a name was due; both verbs hide it alike.
#[test]
fn redacting_hides_values_of_what_cannot_be_read() {
    let xml = "<Bericht><Bsn999900006></Bsn123456782>";
    let told = reply(&["--redact"], xml);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let hidden = !told.err.contains("999900006") && !told.err.contains("123456782");
    assert!(hidden && told.err.contains("</…> verwacht"), "{}", told.err);
    let judged = regelwerk_reading(&["validate", "--redact", "-"], xml);
    assert!(judged.out.starts_with(&told.err), "{} {}", judged.out, told.err);
    assert!(!judged.err.contains("999900006"), "{}", judged.err);
    assert!(reply(&[], xml).err.contains("</Bsn999900006> verwacht"));
}

#[test]
fn a_file_is_written_as_a_whole_and_never_over_another() {
    let folder = Folder::new();
    let xml = base("JW305", "3.2");
    let file = folder.file("in.xml", &xml);
    let out = format!("{}/uit.xml", folder.path());
    let run = |args: &[&str]| {
        regelwerk(&[&["reply", &file, ACCEPT, "--date", "2026-05-01"], args].concat())
    };
    let told = run(&["-o", &out]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert_eq!(told.out, format!("{out}: JW306, antwoord op {file}\n"));
    let written = fs::read_to_string(&out).unwrap();
    for on_standard_output in [run(&[]), run(&["-o", "-"])] {
        assert_eq!((on_standard_output.exit, &on_standard_output.out), (0, &written));
    }

    let told = run(&["-o", &out, "--identification", "ander"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let why = "bestaat al; geef een andere naam, of overschrijf het met --force";
    assert_eq!(told.err, format!("{out}: {why}\n"));
    assert_eq!(fs::read_to_string(&out).unwrap(), written);

    let told = run(&["-o", &out, "--identification", "ander", "--force"]);
    assert_eq!(told.exit, 0, "{}", told.err);
    assert!(fs::read_to_string(&out).unwrap().contains("IdentificatieRetour>ander<"));

    let told = run(&["-o", &file, "--force", "--lang", "en"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let why = "is the message itself; give the reply another name";
    assert_eq!(told.err, format!("{file}: {why}\n"));
    assert_eq!(fs::read_to_string(&file).unwrap(), xml);

    let told = run(&["-o", folder.path(), "--force"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("is geen gewoon bestand"), "{}", told.err);
    let nowhere = format!("{}/weg/uit.xml", folder.path());
    assert_eq!(run(&["-o", &nowhere]).exit, 2);
    // Nothing is left behind.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let told = regelwerk(&["reply", "/no/such/file"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert_eq!(told.err, "/no/such/file: onleesbaar\n  bestaat niet\n\n");
}

#[test]
fn a_day_before_what_it_answers_is_the_fault_of_the_option() {
    let told = regelwerk_reading(&["reply", "-", "--date", "2026-03-01", ACCEPT], &declaration(1));
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("De dagtekening kan zo niet in het antwoord."), "{}", told.err);
}

#[test]
fn a_day_is_written_in_full() {
    for day in ["2026-2-3", " 2026-02-03", "2026-02-30", "3-2-2026", "30-02-2026"] {
        let told = regelwerk(&["reply", "-", "--date", day]);
        assert_eq!(told.exit, 2, "{day}");
        assert!(told.err.contains("JJJJ-MM-DD"), "{}", told.err);
    }
}

/// What came before decides on the reply, and nothing that came after.
#[test]
fn a_reply_is_made_with_what_came_before() {
    let folder = Folder::new();
    let start = |name: &str, number: &str| {
        let xml = base("JW305", "3.2").replace("ToewijzingNummer>4711<", number);
        let xml = xml.replace("JW2026000001", name);
        folder.file(name, &xml)
    };
    let known = start("2.xml", "ToewijzingNummer>4711<");
    let unknown = start("3.xml", "ToewijzingNummer>4712<");
    folder.file("1.xml", &good());
    folder.file("4.xml", &good().replace("ToewijzingNummer>4711<", "ToewijzingNummer>4712<"));
    folder.file("productcodes.csv", "categorie,code,geldig_van,geldig_tot\n45,45A04,,\n");
    let run = |file: &str, more: &[&str]| {
        let dossier = ["--dossier", folder.path(), "--date", "2026-05-01"];
        regelwerk(&[&["reply", file], &dossier[..], more].concat())
    };
    let told = run(&known, &[]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.contains("jw306:Header") && !told.out.contains("RetourCode>"), "{}", told.out);
    let told = run(&unknown, &[]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.contains("RetourCode>9019<"), "{}", told.out);
    // What is not in the folder came after all of it: its identification has been used.
    let elsewhere = Folder::new();
    let file = elsewhere.file("2.xml", &fs::read_to_string(&known).unwrap());
    let told = run(&file, &[]);
    assert!(told.out.contains("RetourCode>9056<"), "{}", told.out);
    assert_eq!(run("-", &[]).exit, 2);
}

#[test]
fn a_dossier_that_cannot_be_read_gives_no_reply() {
    let folder = Folder::new();
    let file = folder.file("1.xml", &base("JW305", "3.2"));
    folder.file("dossier.csv", "bestand\n");
    let told = regelwerk(&["reply", &file, "--dossier", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(
        told.err.starts_with(&format!("{}/dossier.csv, regel 1: ", folder.path())),
        "{}",
        told.err
    );
    let told = regelwerk(&["reply", &file, "--tables", folder.path()]);
    assert_eq!(told.exit, 2);
    assert!(told.err.contains("--dossier"), "{}", told.err);
}

#[test]
fn what_cannot_be_read_in_a_dossier_is_told() {
    let folder = Folder::new();
    folder.file("1.xml", "<Bericht><Bsn999900006></Bsn>");
    let file = folder.file("2.xml", &base("JW305", "3.2"));
    let told = regelwerk(&["reply", &file, "--dossier", folder.path(), "--redact", ACCEPT]);
    assert_eq!(told.exit, 0, "{}", told.err);
    assert!(told.err.starts_with("1.xml: ") && !told.err.contains("999900006"), "{}", told.err);
}
