//! What the README shows is what one gets.

use std::collections::BTreeSet;

use regelwerk_cli::{Style, run};

use crate::snapshot::root;

/// The outputs that the README shows from here on, in order.
fn shown(readme: &str) -> impl Iterator<Item = &str> {
    readme.split("```text\n").skip(1).map(|rest| rest.split_once("```").unwrap().0.trim_end())
}

/// What a verb tells of a path of the project, on standard output, and its exit code.
fn told(verb: &str, path: &str, more: &[&str]) -> (u8, String) {
    let file = root().join(path).display().to_string();
    let (exit, told) = ran(&[&[verb, &file], more].concat());
    (exit, told.replace(&file, path))
}

/// What the command writes to standard output, and its exit code.
fn ran(args: &[&str]) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["regelwerk"].iter().chain(args).map(Into::into);
    let exit = run(args, std::io::empty(), &mut out, &mut err, Style::Plain);
    assert_eq!(String::from_utf8(err).unwrap(), "");
    (exit, String::from_utf8(out).unwrap())
}

#[test]
fn the_first_output_is_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("-- validate tests/messages/jw301/omvang-ontbreekt.xml\n"));
    let (exit, told) = told("validate", "tests/messages/jw301/omvang-ontbreekt.xml", &[]);
    assert_eq!(exit, 1);
    assert_eq!(Some(told.trim_end()), shown(&readme).next(), "zet dit in README.md:\n{told}");
}

/// The language reference has a row for each code, and the command says the same.
#[test]
fn the_codes_of_diagnostics_are_as_listed() {
    let reference = std::fs::read_to_string(root().join("rules/README.md")).unwrap();
    let (_, list) = reference.split_once("\n## Meldingen\n").unwrap();
    let rows = list.lines().filter_map(|row| row.strip_prefix("| RW")?.strip_suffix(" |"));
    let rows: Vec<_> = rows.filter_map(|row| row.split_once(" | ")).collect();
    let [rows @ .., (pages, _)] = rows.as_slice() else { panic!("geen rijen") };
    assert_eq!(*pages, "601 t/m RW623");
    let briefs = regelwerk_compiler::BRIEFS.iter();
    let briefs: Vec<_> = briefs.map(|(code, says)| (&code[2..], *says)).collect();
    assert_eq!(briefs, rows);
    let (exit, told) = ran(&["explain", "rw302"]);
    assert_eq!(exit, 0);
    assert!(
        told.starts_with("RW302\n\ndit element bestaat niet, of niet op deze plek\n"),
        "{told}"
    );
}

/// A code that the compiler tells has a page or a line.
#[test]
fn every_code_of_a_diagnostic_is_explained() {
    let files = walkdir::WalkDir::new(root().join("crates")).into_iter();
    let files = files.map(|entry| entry.unwrap().into_path());
    let mut codes = BTreeSet::new();
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let text = std::fs::read_to_string(path).unwrap();
        codes.extend(text.split("Code(\"").skip(1).filter_map(|rest| {
            let (code, _) = rest.split_once('"')?;
            (code.len() == 5 && code.starts_with("RW")).then(|| code.to_owned())
        }));
    }
    assert!(codes.len() > 70, "{codes:?}");
    let explained = |code: &str| {
        regelwerk_compiler::brief(code).is_some() || regelwerk_compiler::page(code).is_some()
    };
    let silent: Vec<_> = codes.iter().filter(|code| !explained(code)).collect();
    assert!(silent.is_empty(), "zonder uitleg: {silent:?}");
}

/// Of the dossier the README shows the start, and the terms.
#[test]
fn the_dossier_is_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, readme) =
        readme.split_once("-- dossier tests/dossiers/jaar --as-of 2026-12-21\n").unwrap();
    let (exit, told) = told("dossier", "tests/dossiers/jaar", &["--as-of", "2026-12-21"]);
    assert_eq!(exit, 1);
    let [start, terms] = [0, 1].map(|number| shown(readme).nth(number).unwrap());
    assert!(told.starts_with(start), "zet het begin hiervan in README.md:\n{told}");
    assert!(terms.starts_with("Termijnen op"), "{terms}");
    assert!(told.contains(terms), "zet de termijnen hiervan in README.md:\n{told}");
}

/// Of what reads the rules the README shows all, and of the readings one.
#[test]
fn what_the_rules_say_is_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let proef = root().join("tests/proef").display().to_string();
    let examples: [(&str, &[&str]); 3] = [
        (
            "coverage --protocol PROEF-AFSPRAAK --rules tests/proef\n",
            &["coverage", "--protocol", "PROEF-AFSPRAAK", "--rules", &proef],
        ),
        (
            "table jeugdregio --gemeente Deventer\n",
            &["table", "jeugdregio", "--gemeente", "Deventer"],
        ),
        (
            "readings --standard proef --rules tests/proef\n",
            &["readings", "--standard", "proef", "--rules", &proef],
        ),
    ];
    for (typed, args) in examples {
        let (_, rest) = readme.split_once(&format!("-- {typed}")).unwrap();
        let (_, told) = ran(args);
        let told = told.replace(&proef, "tests/proef");
        let shown = shown(rest).next().unwrap();
        assert!(shown.len() > 100 && told.contains(shown), "zet dit in README.md:\n{told}");
        assert!(args[0] == "readings" || told.trim_end() == shown, "zet dit in README.md:\n{told}");
    }
}

/// Of the dossier of a protocol the README shows the extension, and the terms.
#[test]
fn the_dossier_of_a_protocol_is_as_shown() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let args = ["--as-of", "2020-01-28", "--protocol", "LTA-2019"];
    let command = format!("-- dossier tests/dossiers/verlenging {}\n", args.join(" "));
    let (_, readme) = readme.split_once(&command).unwrap();
    let (exit, told) = told("dossier", "tests/dossiers/verlenging", &args);
    assert_eq!(exit, 0);
    for (number, start) in ["09-12-2019", "Termijnen op"].into_iter().enumerate() {
        let part = shown(readme).nth(number).unwrap();
        assert!(part.starts_with(start), "{part}");
        assert!(told.contains(part), "zet het juiste deel hiervan in README.md:\n{told}");
    }
}

/// How many norms, rules and terms a protocol has, is as the README says.
#[test]
fn the_counts_of_a_protocol_are_as_said() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (exit, told) = ran(&["coverage", "--protocol", "LTA-2019", "--format", "json"]);
    assert_eq!(exit, 0);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let blocks: BTreeSet<_> = each(&told["paragraphs"])
        .flat_map(|paragraph| each(&paragraph["norms"]))
        .flat_map(|norm| each(&norm["blocks"]))
        .map(|block| [&block["kind"], &block["status"], &block["name"]].map(|at| at.as_str()))
        .collect();
    let count = |kind, status| {
        blocks.iter().filter(|block| block[..2] == [Some(kind), Some(status)]).count()
    };
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let (terms, processes) = (count("termijn", "judged"), count("proces", "declared"));
    for said in [
        format!("its {} norms, ", told["counts"]["norms"]),
        format!("Those are {} rules (", count("regel", "judged")),
        format!("{} terms, {} processes (", words[terms], words[processes]),
        format!("{} rules are the standard's own", words[count("regel", "follows")]),
        format!("and {} are not for a machine", count("regel", "not_by_machine")),
    ] {
        assert!(readme.contains(&said), "zet dit in README.md: {said}");
    }
}

/// What is in a list of JSON.
fn each(list: &serde_json::Value) -> impl Iterator<Item = &serde_json::Value> {
    list.as_array().unwrap().iter()
}
