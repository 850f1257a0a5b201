//! The command as a person meets it: arguments and files in, text and exit code out.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

use super::*;

mod beside;
mod coverage;
mod dossier;
mod explain;
mod fmt;
mod library;
mod many;
mod over;
mod own;
mod probing;
mod protocol;
mod reply;
mod rules;
mod story;
mod supplied;
mod trying;
mod usage;
mod why;

/// What a run of the command told.
struct Told {
    exit: u8,
    out: String,
    err: String,
}

fn regelwerk(args: &[&str]) -> Told {
    regelwerk_reading(args, "")
}

fn regelwerk_reading(args: &[&str], stdin: &str) -> Told {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("regelwerk").chain(args.iter().copied()).map(OsString::from);
    let exit = run(args, stdin.as_bytes(), &mut out, &mut err, Style::Plain);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Told { exit, out: text(out), err: text(err) }
}

/// A folder for one test, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("regelwerk-cli-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BSN: &str = "999900006";
const BAD_BSN: &str = "999900007";
const SURNAME: &str = "Achternaam>Lindeman<";

/// A message that is right, of a release.
fn base(message: &str, release: &str) -> String {
    let releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let mut messages = releases.filter(|it| it.name == release).flat_map(|it| it.messages);
    messages.find(|it| it.name == message).unwrap().base.to_owned()
}

/// A message that is right.
fn good() -> String {
    let base = base("JW301", "3.2");
    assert!(base.contains(BSN) && base.contains(SURNAME), "{base}");
    base
}

/// The same on one line, with a BSN that does not pass the eleven-proof.
fn bad() -> String {
    good().replace(BSN, BAD_BSN).lines().map(str::trim).collect()
}

fn json(told: &Told) -> Vec<Value> {
    told.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn exit_code_is_that_of_the_worst_file() {
    let folder = Folder::new();
    let good = folder.file("good.xml", &good());
    let bad = folder.file("bad.xml", &bad());
    let cut = folder.file("cut.xml", "<Bericht>");
    for format in ["text", "json"] {
        let exit = |files: &[&str]| {
            let args = [&["validate", "--format", format], files].concat();
            regelwerk(&args).exit
        };
        assert_eq!(exit(&[&good, &good]), 0);
        assert_eq!(exit(&[&bad, &good]), 1);
        assert_eq!(exit(&[&cut, &bad, &good]), 2);
    }
}

#[test]
fn wrong_usage_is_told_on_standard_error() {
    for args in [&[][..], &["validate"], &["validate", "x", "--lang", "de"], &["oordeel"]] {
        let told = regelwerk(args);
        assert_eq!((told.exit, told.out.as_str()), (2, ""), "{args:?}");
        assert!(told.err.contains("--help"), "{args:?}: {}", told.err);
    }
    let told = regelwerk(&["validate", "--help"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.contains("Beoordeelt elk niveau"), "{}", told.out);
}

#[test]
fn a_finding_shows_its_own_element_and_nothing_beside_it() {
    let folder = Folder::new();
    let file = folder.file("bad.xml", &bad());
    let told = regelwerk(&["validate", &file]);
    let lines: Vec<_> = told.out.lines().collect();
    assert_eq!(lines[0], format!("{file}: afgekeurd (JW301, iJw 3.2)"));
    assert!(lines[2].starts_with("fout[CS002]: Bsn: verwacht "), "{}", told.out);
    assert_eq!(lines[4], "1 | <jw301:Bsn>999900007", "{}", told.out);
    assert_eq!(lines[5], "  |            ^^^^^^^^^");
    let column = bad().find("<jw301:Bsn>").unwrap() + 1;
    assert_eq!(lines[6], format!("  plaats         {file}:1:{column}"));
    assert_eq!(lines[7], "  waar           /Bericht/Client/Bsn");
    assert_eq!(lines[8], "  gevonden       999900007");
    assert!(told.out.contains("\n  niveau         2, retourcode 0001\n"), "{}", told.out);
    assert!(!told.out.contains("Lindeman"), "{}", told.out);
    assert!(told.out.ends_with("\n1 bericht: 1 afgekeurd (1 fout)\n"), "{}", told.out);
}

#[test]
fn english_says_the_same() {
    let folder = Folder::new();
    let file = folder.file("bad.xml", &bad());
    let told = regelwerk(&["validate", "--lang", "en", &file, "/no/such/file"]);
    assert!(told.out.contains(": rejected (JW301, iJw 3.2)\n"), "{}", told.out);
    assert!(told.out.contains("\nerror[CS002]: Bsn: expected "), "{}", told.out);
    assert!(told.out.contains("\n  where          /Bericht/Client/Bsn\n"), "{}", told.out);
    assert!(told.out.contains("/no/such/file: unreadable\n  does not exist\n"), "{}", told.out);
    assert!(told.out.ends_with("\n2 messages: 1 rejected (1 error), 1 unreadable\n"));
}

#[test]
fn what_was_not_judged_is_listed_with_the_reason() {
    let folder = Folder::new();
    let file = folder.file("form.xml", &bad().replace(BAD_BSN, "12345"));
    let told = regelwerk(&["validate", &file]);
    assert!(told.out.contains("\nfout[RS037]: "), "{}", told.out);
    let skipped = told.out.split_once("controleniveau 1 klopt niet\n").unwrap().1;
    assert!(skipped.lines().next().unwrap().contains(" CS002"), "{}", told.out);
    let told = regelwerk(&["validate", "--all-levels", &file]);
    assert!(!told.out.contains("klopt niet\n"), "{}", told.out);
    assert!(told.out.contains("\nfout[CS002]: "), "{}", told.out);
}

#[test]
fn unreadable_files_do_not_stop_the_others() {
    let folder = Folder::new();
    let file = folder.file("good.xml", &good());
    let missing = format!("{}/weg.xml", folder.path());
    let empty = format!("{}/leeg", folder.path());
    fs::create_dir(&empty).unwrap();
    let told = regelwerk(&["validate", &missing, &empty, &file]);
    assert_eq!(told.exit, 2);
    let verdict = format!("{file}: goedgekeurd voor zover beoordeeld (JW301, iJw 3.2)\n");
    assert!(told.out.contains(&verdict), "{}", told.out);
    assert!(told.out.contains(&format!("{missing}: onleesbaar\n  bestaat niet\n")));
    assert!(told.out.ends_with("\n3 berichten: 1 goedgekeurd, 2 onleesbaar\n"), "{}", told.out);
    let reasons = format!("{missing}: bestaat niet\n{empty}: geen xml-bestanden in deze map\n");
    assert_eq!(told.err, reasons);

    let told = regelwerk(&["validate", "--format", "json", &missing, &file]);
    let lines = json(&told);
    assert_eq!(lines[0]["verdict"], "unreadable");
    assert_eq!(lines[0]["not_assessed"][0]["reason"], "bestaat niet");
    assert_eq!(lines[1]["verdict"], "accepted");
    assert_eq!(told.err, format!("{missing}: bestaat niet\n"));
}

#[test]
fn json_has_its_keys_in_order_for_every_verdict() {
    let folder = Folder::new();
    let bad = folder.file("bad.xml", &bad());
    let cut = folder.file("cut.xml", "<Bericht>");
    let told = regelwerk(&["validate", "--format", "json", &bad, &cut, "/no/such/file"]);
    let keys = [
        "\"file\":",
        "\"message\":",
        "\"release\":",
        "\"verdict\":",
        "\"protocol\":",
        "\"findings\":",
        "\"not_assessed\":",
        "\"receipt\":",
    ];
    assert_eq!(told.out.lines().count(), 3, "{}", told.out);
    for line in told.out.lines() {
        let places = keys.map(|key| line.find(key).unwrap_or_else(|| panic!("{key} in {line}")));
        assert!(line.starts_with("{\"file\":") && places.is_sorted(), "{line}");
    }
    let lines = json(&told);
    assert_eq!(lines[0]["findings"][0]["rule"], "CS002");
    assert_eq!(lines[1]["receipt"], lines[2]["receipt"]);
    assert_eq!(lines[1]["not_assessed"][0]["rules"], serde_json::json!([]));
}

#[test]
fn a_dash_is_standard_input() {
    let told = regelwerk_reading(&["validate", "-"], &good());
    assert_eq!(told.exit, 0);
    assert!(told.out.starts_with("-: goedgekeurd voor zover beoordeeld "), "{}", told.out);
}

#[test]
fn redacting_hides_values_wherever_they_may_turn_up() {
    let hide = |xml: &str| {
        for format in ["text", "json"] {
            let args = ["validate", "--redact", "--all-levels", "--format", format, "-"];
            let told = regelwerk_reading(&args, xml);
            assert_ne!(told.exit, 0, "{xml}");
            assert!(!told.out.contains("99990000"), "{xml}\n{}", told.out);
            assert!(!told.err.contains("99990000"), "{xml}\n{}", told.err);
            // A repair may tell the value that a base message has.
            let told = regelwerk_reading(&["explain", "--redact", "--format", format, "-"], xml);
            assert!(!(told.out + &told.err).contains("999900007"), "{xml}");
        }
    };
    let open = format!("<jw301:Bsn>{BAD_BSN}");
    assert!(bad().contains(&open));
    hide(&bad());
    for other in [
        "<jw301:Bsn>99990000",
        "<jw301:Bsn nummer=\"999900006\">999900007",
        "<jw301:Bsn nummer='>999900006'>999900007",
        "<jw301:Bsn><!-- 999900006 -->999900007",
        "<jw301:Bsn><!-- <x> 999900006 <999900006 -->999900007",
        "<jw301:Bsn><?x <999900006?>999900007",
        "<jw301:Bsn><![CDATA[<999900007]]>",
        "<jw301:Bsn><![CDATA[]]>999900007",
        "<jw301:Bsn>99990000&#55;",
        "<jw301:Bsn>&999900007;",
        "<jw301:Bsn>&#999900007;",
        "<jw301:Bsn><999900007/>",
        "<jw301:Bsn></999900007>",
        "<jw301:Bsn 999900007>",
        "<jw301:b999900007/><jw301:Bsn>999900006",
        "<jw301:b999900007>999900007</jw301:b999900007><jw301:Bsn>999900006",
        "<jw301:Bsn><jw301:b999900007/>999900006",
    ] {
        hide(&bad().replace(&open, other));
    }
}

#[test]
fn what_steers_a_terminal_stays_out_of_the_text() {
    let told = regelwerk_reading(&["validate", "-"], &bad().replace(BAD_BSN, "\u{9b}31m\u{202e}"));
    assert_eq!(told.exit, 1);
    assert!(told.out.contains("gevonden       \u{fffd}31m\u{fffd}\n"), "{}", told.out);
    assert!(!told.out.contains(['\u{9b}', '\u{202e}']));
}

#[test]
fn a_long_tag_or_value_is_cut() {
    let filler = "x".repeat(500);
    let attribute = bad().replace("<jw301:Bsn>", &format!("<jw301:Bsn nr=\"{filler}\">"));
    let name = bad().replace("jw301:Bsn", &format!("jw301:{filler}"));
    let value = bad().replace(BAD_BSN, &filler);
    for (xml, is_value_shown) in [(attribute, true), (name, true), (value, false)] {
        let told = regelwerk_reading(&["validate", "-"], &xml);
        let shown: Vec<_> = told.out.lines().filter(|line| line.starts_with("1 | ")).collect();
        assert!(shown.iter().all(|line| line.chars().count() <= 4 + 121), "{shown:?}");
        assert!(shown.iter().any(|line| line.contains('…')), "{shown:?}");
        let value = shown.iter().any(|line| line.ends_with(BAD_BSN));
        assert_eq!(value, is_value_shown, "{shown:?}");
    }
}

/// A reader that has gone away.
struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_broken_pipe_ends_it_without_a_word() {
    let mut err = Vec::new();
    let args = ["regelwerk", "explain", "CD041"].map(OsString::from);
    let exit = run(args, io::empty(), &mut Gone, &mut err, Style::Plain);
    assert_eq!((exit, err), (PIPE_CLOSED, Vec::new()));
}

#[test]
fn explain_tells_all_of_a_rule_whatever_the_case_of_its_code() {
    let told = regelwerk(&["explain", "cd041"]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.starts_with("CD041  "), "{}", told.out);
    for part in [
        "\n  niveau         2\n",
        "\n  retourcode     0001\n",
        "JW301 /Bericht/Client/ToegewezenProducten/ToegewezenProduct\n",
        "\n  bron           iJw 3.2, conditie CD041\n",
        "\n  status         wordt beoordeeld\n",
        "\n  staat in       rules/ijw/",
        "\n    voorbeeld fout: ",
        "\nBasisbericht JW301 (iJw 3.2)\n\n  <?xml ",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    let told = regelwerk(&["explain", "RS037", "--lang", "en"]);
    assert!(told.out.contains("\n  level          1\n"), "{}", told.out);
    for message in ["JW301", "JW305"] {
        let heading = format!("\nBase message {message} ");
        assert_eq!(told.out.matches(&heading).count(), 1, "{}", told.out);
    }
}

/// How many rules there are, those of protocols among them.
fn number_of_rules() -> usize {
    let of = |standard: &regelwerk::Standard| {
        let of_protocols = standard.protocols.iter().map(|protocol| protocol.rules.len());
        standard.rules.len() + of_protocols.sum::<usize>()
    };
    regelwerk::STANDARDS.iter().map(|standard| of(standard)).sum()
}

#[test]
fn explain_tells_of_a_calendar() {
    let told = regelwerk(&["explain", "werkdagen-nl"]);
    for part in [
        "werkdagen-nl  Werkdagen in Nederland\n",
        "zaterdag, zondag\n",
        "  Goede Vrijdag       2 dagen voor Pasen\n    Algemene termijnenwet, artikel 3, tweede lid\n",
        "  Koningsdag          27-04, op zondag 1 dag eerder, vanaf 2014\n",
        "rules/ijw/kalender.regels:3\n",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    let told = regelwerk(&["explain", "werkdagen-nl", "--lang", "en"]);
    assert!(told.out.contains("27-04, on Sunday 1 day earlier, from 2014\n"), "{}", told.out);
}

#[test]
fn explain_suggests_the_nearest_rule() {
    let told = regelwerk(&["explain", "cd0411"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let number = number_of_rules();
    let expected =
        format!("onbekende code of naam cd0411; bedoelt u CD041? ({number} regels bekend)\n");
    assert_eq!(told.err, expected);
}

const STANDARD: &str = "standaard proef \"Proef\"\n  bron: proef\n";

#[test]
fn check_shows_what_is_wrong_with_rules() {
    let folder = Folder::new();
    folder.file("standaard.regels", STANDARD);
    folder.file("fout.regels", "regell X \"Een regel\"\n  bron: proef\n  niet machinaal: \"x\"\n");
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!((told.exit, told.err.as_str()), (1, ""), "{}", told.out);
    assert!(told.out.starts_with("fout[RW"), "{}", told.out);
    assert!(told.out.contains("fout.regels:1:1\n"), "{}", told.out);
    // The standard has no release either.
    assert!(told.out.ends_with(&format!("{}: 2 fouten\n", folder.path())), "{}", told.out);
}

#[test]
fn check_counts_sound_rules() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let told = regelwerk(&["check", rules]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""), "{}", told.out);
    let number = number_of_rules();
    assert!(told.out.contains(&format!("{rules}: {number} regels, ")), "{}", told.out);
}

#[test]
fn check_without_rules_says_so() {
    let folder = Folder::new();
    let told = regelwerk(&["check", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("geen regelbestanden"), "{}", told.err);
}

#[test]
fn what_a_demand_comes_to_is_told_but_not_when_redacting() {
    let total = base("JW323", "3.2").replacen("TotaalBedrag>10000<", "TotaalBedrag>10001<", 1);
    let told = regelwerk_reading(&["validate", "-"], &total);
    assert!(
        told.out.contains("de som van haar prestaties\" (10000), gevonden \"10001\""),
        "{}",
        told.out
    );
    for format in ["text", "json"] {
        let told = regelwerk_reading(&["validate", "-", "--redact", "--format", format], &total);
        assert_eq!(told.exit, 1);
        assert!(!told.out.contains("10000") && !told.out.contains("10001"), "{}", told.out);
    }
}

#[test]
fn explain_shows_what_a_scenario_sends() {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules");
    let told = regelwerk(&["explain", "Casus-12", "--rules", rules]);
    assert_eq!((told.exit, told.err.as_str()), (0, ""));
    assert!(told.out.starts_with("casus-12  Tijdelijk gestopt"), "{}", told.out);
    for part in [
        "\n  bron           iJw 3.2, casus 12\n",
        "\n1. JW301, 24-04-2023\n\n  begint         als het basisbericht\n",
        "StartProduct.ToewijzingNummer 500201 (uit bericht 1)\n",
        "\n4. JW307, 06-07-2023\n\n  begint         als bericht 3\n\n  <?xml ",
        "<jw307:RedenBeeindiging>32</jw307:RedenBeeindiging>\n",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    let told = regelwerk(&["explain", "casus-02", "--rules", rules, "--lang", "en"]);
    let reply = "\n  replies to     message 5\n  says           what is judged of it here\n";
    assert!(told.out.contains(reply), "{}", told.out);
    let told = regelwerk(&["explain", "casus-99", "--rules", rules]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
}

#[test]
fn explain_tells_what_is_wrong_with_the_rules_it_looks_in() {
    let folder = Folder::new();
    folder.file("proef.regels", "standaard proef \"Proef\"\n  bron: x\n  gekleurd: ja\n");
    let told = regelwerk(&["explain", "casus-12", "--rules", folder.path()]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    let why = "casus-12 staat er niet in\n";
    assert!(told.err.contains("RW102") && told.err.ends_with(why), "{}", told.err);
    assert!(!told.err.contains("onbekende code"), "{}", told.err);
    // A scenario is shown as it stands, and told why there is no more.
    folder.file("s.regels", "scenario casus-12 \"Zo\"\n  bron: x\n");
    let told = regelwerk(&["explain", "casus-12", "--rules", folder.path()]);
    assert!(told.exit == 0 && told.out.starts_with("casus-12  Zo\n"), "{}", told.out);
    let why = "scenario's zijn pas te tonen als de regels kloppen\n";
    assert!(told.err.contains("RW102") && told.err.ends_with(why), "{}", told.err);
    let told = regelwerk(&["explain", "casus-12", "--rules", "/no/such/folder"]);
    assert!(told.exit == 2 && told.err.contains("/no/such/folder"), "{}", told.err);
}
