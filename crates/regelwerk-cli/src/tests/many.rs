//! Many files: folders, counts, remarks.

use super::*;

/// A folder with two good messages, one with two findings of one rule, one that is no message.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("a.xml", &good());
    folder.file("b.xml", &good());
    folder
        .file("c.xml", &bad().replace("<jw301:Client>", "<jw301:Client><jw301:Bsn>1</jw301:Bsn>"));
    folder.file("d.xml", &bad());
    folder.file("e.xml", &base("JW305", "3.2"));
    folder.file("f.xml", "<x/>");
    folder
}

#[test]
fn a_folder_is_judged_as_the_files_in_it() {
    let folder = folder();
    let names = ["a.xml", "b.xml", "c.xml", "d.xml", "e.xml", "f.xml"];
    let files = names.map(|name| format!("{}/{name}", folder.path()));
    for format in ["text", "json"] {
        let args = ["validate", "--format", format];
        let whole = regelwerk(&[&args[..], &[folder.path()]].concat());
        let files: Vec<_> = files.iter().map(String::as_str).collect();
        let each = regelwerk(&[&args[..], &files].concat());
        assert_eq!((whole.exit, whole.out, whole.err), (each.exit, each.out, each.err));
    }
}

#[test]
fn a_summary_counts_instead_of_telling() {
    let folder = folder();
    let told = regelwerk(&["validate", "--summary", folder.path()]);
    let f = format!("{}/f.xml: Onbekend bericht: ", folder.path());
    assert_eq!((told.exit, told.err.lines().count()), (2, 1));
    assert!(told.err.starts_with(&f), "{}", told.err);
    let tables: Vec<Vec<_>> = told.out.split("\n\n").map(|it| it.lines().collect()).collect();
    let verdicts = [
        "oordeel                              bestanden",
        "goedgekeurd voor zover beoordeeld            3",
        "afgekeurd                                    2",
        "onleesbaar                                   1",
    ];
    assert_eq!(tables[0], verdicts);
    let messages = [
        "bericht           bestanden  goedgekeurd    afgekeurd",
        "JW301, iJw 3.2            4            2            2",
        "JW305, iJw 3.2            1            1            0",
    ];
    assert_eq!(tables[1], messages);
    assert_eq!(tables[2][0], "regel  bevindingen    bestanden  titel");
    assert!(tables[2].contains(&"RS037            1            1  Negen cijfers"), "{}", told.out);
    assert_eq!(tables[3].len(), 1);
    assert!(tables[3][0].starts_with("6 berichten: 3 goedgekeurd, 2 afgekeurd ("), "{}", told.out);
    assert!(!told.out.contains("a.xml") && !told.out.contains("fout["), "{}", told.out);
}

#[test]
fn a_summary_in_json_is_one_object_with_most_first() {
    let folder = folder();
    let told = regelwerk(&["validate", "--summary", "--format", "json", folder.path()]);
    let start = "{\"summary\":{\"files\":6,\"accepted\":3,\"rejected\":2,\"unreadable\":1,\
        \"messages\":[{\"message\":\"JW301\",\"release\":\"3.2\",\"files\":4,\"accepted\":2,\
        \"rejected\":2},{\"message\":\"JW305\",";
    assert!(told.out.starts_with(start), "{}", told.out);
    let lines = json(&told);
    assert_eq!((told.exit, lines.len()), (2, 1));
    let rules = lines[0]["summary"]["rules"].as_array().unwrap();
    let findings: Vec<_> = rules.iter().map(|rule| rule["findings"].as_u64().unwrap()).collect();
    assert!(findings.iter().rev().is_sorted(), "{findings:?}");
    // No more than these keys: no protocol was applied.
    let keys: Vec<_> = rules[0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 3, "{keys:?}");
    assert!(lines[0]["summary"].get("protocols").is_none());
}

#[test]
fn a_summary_of_rules_counts_files_once() {
    let twice = bad().replace("<jw301:Client>", "<jw301:Client><jw301:X/><jw301:Y/>");
    let told = regelwerk_reading(&["validate", "--summary", "--format", "json", "-"], &twice);
    let lines = json(&told);
    assert_eq!(lines[0]["summary"]["rules"][0]["rule"], "XSD", "{}", told.out);
    assert_eq!(lines[0]["summary"]["rules"][0]["findings"], 2);
    assert_eq!(lines[0]["summary"]["rules"][0]["files"], 1);
    let told = regelwerk_reading(&["validate", "--summary", "--lang", "en", "-"], &twice);
    let line = "\nXSD             2            1  demand of the schema\n";
    assert!(told.out.contains(line), "{}", told.out);
}

#[test]
fn exit_codes_of_a_summary_are_those_of_the_files() {
    let exit = |xml: &str| regelwerk_reading(&["validate", "--summary", "-"], xml).exit;
    assert_eq!([exit(&good()), exit(&bad()), exit("<x/>")], [0, 1, 2]);
}

#[test]
fn remarks_are_shown_when_asked_for_and_change_no_verdict() {
    let bare = good().replace("\r\n", "\n");
    let told = regelwerk_reading(&["validate", "-"], &bare);
    assert_eq!(told.exit, 0);
    assert!(!told.out.contains("OP192"), "{}", told.out);
    let told = regelwerk_reading(&["validate", "--remarks", "-"], &bare);
    assert_eq!(told.exit, 0);
    assert!(told.out.starts_with("-: goedgekeurd voor zover beoordeeld (JW301"), "{}", told.out);
    assert!(told.out.contains("\nopmerking[OP192]: "), "{}", told.out);
    assert!(told.out.ends_with("\n1 bericht: 1 goedgekeurd; 1 opmerking\n"), "{}", told.out);
    let told = regelwerk_reading(&["validate", "--remarks", "--format", "json", "-"], &bare);
    assert_eq!(json(&told)[0]["findings"][0]["severity"], "remark");
    assert_eq!(json(&told)[0]["verdict"], "accepted");
}
