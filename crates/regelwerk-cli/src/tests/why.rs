//! Why and why not: what `explain` tells of a message, and the repairs it finds.

use regelwerk::{Verdict, validate};
use regelwerk_compiler::compile;

use super::*;
use crate::repair::{self, Guide};
use crate::rules;

const MESSAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/messages/");

fn explain(message: &str, more: &[&str]) -> Told {
    let file = format!("{MESSAGES}{message}");
    let told = regelwerk(&[&["explain", file.as_str()], more].concat());
    Told { out: told.out.replace(MESSAGES, ""), err: told.err.replace(MESSAGES, ""), ..told }
}

#[test]
fn each_rule_is_told_with_what_it_came_to() {
    let told = explain("jw301/omvang-ontbreekt.xml", &[]);
    assert_eq!((told.exit, told.err.as_str()), (1, ""));
    for part in [
        "jw301/omvang-ontbreekt.xml: afgekeurd (JW301, iJw 3.2)\n",
        "  CD041     Omvang: verwacht gevuld, gevonden leeg, want Product.Code is gevuld.\n",
        "  CS002     bij /Bericht/Client\n",
        "  CD080     want Product.Code is gevuld (waarde: 45A04), bij\n",
        "  controleniveau 2 klopt niet\n",
        "  vul Omvang met Volume ",
    ] {
        assert!(told.out.contains(part), "{part}\n{}", told.out);
    }
    let order = ["\nbevinding:", "\nvoldoet:", "\nniet van toepassing:", "\nniet beoordeeld:"];
    let places: Vec<_> = order.iter().map(|head| told.out.find(head).unwrap()).collect();
    assert!(places.is_sorted(), "{}", told.out);
}

#[test]
fn one_rule_is_told_at_every_element_and_values_can_be_hidden() {
    let close = ["--rule", "cd041"];
    let told = explain("jw301/omvang-ontbreekt.xml", &close);
    let first = "ToegewezenProduct[1]\n      als Product.Code is gevuld: ja (waarde: 45A04)\n";
    assert!(told.out.contains(first), "{}", told.out);
    assert!(told.out.contains("      eis: Omvang: gevuld: voldoet niet\n"), "{}", told.out);
    let told = explain("jw301/omvang-ontbreekt.xml", &[&close[..], &["--redact"]].concat());
    assert!(told.out.contains("(waarde: (verborgen))"), "{}", told.out);
    assert!(!told.out.contains("45A04"), "{}", told.out);
    let told = explain("jw301/omvang-ontbreekt.xml", &[&close[..], &["--format", "json"]].concat());
    let steps = &json(&told)[0]["rules"][0]["looked_at"][1]["steps"];
    assert_eq!(steps[0]["values"][0]["value"], "45A05", "{}", told.out);
    assert_eq!(steps[1]["holds"], false, "{}", told.out);
    let told = explain("jw301/goed.xml", &["--rule", "CD0411"]);
    assert_eq!((told.exit, told.out.as_str()), (2, ""));
    assert!(told.err.contains("onbekende regel CD0411; bedoelt u CD041?"), "{}", told.err);
}

#[test]
fn what_is_no_message_is_told_as_validate_tells_it() {
    for message in ["onleesbaar/geen-xml.xml", "onleesbaar/leeg.xml", "is/er/niet.xml"] {
        let told = explain(message, &[]);
        assert_eq!(told.exit, 2, "{message}: {}", told.out);
        assert!(told.err.starts_with(message), "{}", told.err);
        let judged = regelwerk(&["validate", &format!("{MESSAGES}{message}")]);
        assert_eq!(told.err, judged.err.replace(MESSAGES, ""));
    }
}

#[test]
fn a_repair_is_accepted() {
    let compilation = compile(rules::built());
    let context = regelwerk::context();
    let (mut found, mut rejected) = (0, 0);
    for folder in ["jw301", "jw307", "jw323"] {
        for entry in fs::read_dir(format!("{MESSAGES}{folder}")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|end| end != "xml") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let report = validate(&bytes, &context);
            let standard = compilation.model.standards.iter().find(|it| it.name == "ijw").unwrap();
            if report.verdict != Verdict::Rejected {
                continue;
            }
            let release =
                standard.releases.iter().position(|it| it.name == report.release.unwrap());
            let release = release.unwrap();
            let messages = &standard.releases[release].messages;
            let definition = messages.iter().find(|it| it.name == report.message.unwrap()).unwrap();
            let guide = Guide { standard, release, definition };
            let repairs = repair::find(&bytes, &context, &guide);
            rejected += 1;
            found += usize::from(!repairs.found.is_empty());
            for one in &repairs.found {
                assert!(one.changes.len() <= 2, "{}: {one:?}", path.display());
                let report = validate(one.xml.as_bytes(), &context);
                assert_eq!(report.verdict, Verdict::Accepted, "{}", path.display());
            }
        }
    }
    assert!(found > 15 && found <= rejected, "{found} van {rejected}");
}
