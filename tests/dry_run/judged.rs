//! Messages of the new release, judged by the evaluator: nothing was built for it.

use regelwerk::{Context, Date, Dossier, Report, Standard, Verdict};
use regelwerk_compiler::emit::base_message;
use regelwerk_compiler::model::Model;
use regelwerk_eval::Library;

use super::release;
use crate::edited::compiled;
use crate::snapshot::inputs;

/// The corpus with iJw 3.3, in memory.
fn made() -> (&'static Standard, Model) {
    let compilation = compiled(release::files());
    (Library::of(&compilation).standards[0], compilation.model)
}

/// The base message JW301 of a release, with the text before each element put before its end.
fn message(model: &Model, release: &str, edits: &[(&str, &str)]) -> String {
    let release = model.standards[0].releases.iter().find(|one| one.name == release).unwrap();
    let message = release.messages.iter().find(|one| one.name == "JW301").unwrap();
    let mut text = base_message(release, message);
    for (before, added) in edits {
        assert_eq!(text.matches(before).count(), 1, "{before} in {text}");
        text = text.replace(before, &format!("{added}{before}"));
    }
    text
}

/// An element, with the prefix that the root of a message has.
fn element(text: &str, name: &str, value: &str) -> String {
    let (_, end) = text.rsplit_once("</").unwrap();
    let prefix = end.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    format!("<{prefix}{name}>{value}</{prefix}{name}>")
}

/// A message with elements at the end of its product.
fn with(model: &Model, release: &str, elements: &[(&str, &str)]) -> String {
    let bare = message(model, release, &[]);
    let end = element(&bare, "ToegewezenProduct", "");
    let end = &end[end.find("</").unwrap()..];
    let added: String = elements.iter().map(|(name, value)| element(&bare, name, value)).collect();
    message(model, release, &[(end, &added)])
}

/// The rules by which a message is rejected.
fn rejected(standard: &'static Standard, text: &str) -> Vec<&'static str> {
    let report = judged(standard, text);
    assert_ne!(report.verdict, Verdict::Unreadable, "{report:?}");
    report.findings.iter().map(|one| one.rule).collect()
}

fn judged(standard: &'static Standard, text: &str) -> Report {
    regelwerk::validate(text.as_bytes(), &Context::new(vec![standard]))
}

#[test]
fn the_element_and_the_code_are_of_the_new_release_alone() {
    let (standard, model) = made();
    let new = [("RedenWijziging", "15"), ("Spoed", "1")];
    assert_eq!(rejected(standard, &with(&model, "3.3", &new)), [""; 0]);
    assert_eq!(judged(standard, &with(&model, "3.3", &new)).release, Some("3.3"));
    for one in new {
        assert_eq!(rejected(standard, &with(&model, "3.2", &[one])).len(), 1, "{one:?}");
    }
    assert_eq!(rejected(standard, &with(&model, "3.3", &[("Spoed", "7")])).len(), 1);
}

#[test]
fn the_new_wording_holds_in_the_new_release_alone() {
    let (standard, model) = made();
    let other = |release| message(&model, release, &[]).replace(">45<", ">54<");
    assert_eq!(rejected(standard, &other("3.2")), [""; 0]);
    assert_eq!(rejected(standard, &other("3.3")), ["CD041"]);
}

#[test]
fn the_term_has_a_day_more_in_the_new_release_alone() {
    let (standard, model) = made();
    let day = |day| Date::new(2026, 4, day).unwrap();
    for (release, due) in [("3.2", day(8)), ("3.3", day(9))] {
        let mut dossier = Dossier::new(standard);
        dossier.receive(message(&model, release, &[]).as_bytes(), Some(day(1)));
        let terms = dossier.terms(day(1));
        let due_of: Vec<_> =
            terms.iter().filter(|one| one.rule == "OP090").map(|one| one.due).collect();
        assert_eq!(due_of, [Some(due)], "{release}");
    }
}

/// Every message that is there keeps its verdict.
#[test]
fn messages_of_earlier_releases_keep_their_verdict() {
    let (standard, _) = made();
    let mut seen = 0;
    for path in inputs("messages", "xml") {
        let text = std::fs::read(path).unwrap();
        let told = |standards: Vec<&'static Standard>| {
            let report = regelwerk::validate(&text, &Context::new(standards));
            let found = report.findings.iter().map(|one| (one.rule, one.path.clone()));
            (report.verdict, report.release, found.collect::<Vec<_>>())
        };
        assert_eq!(told(vec![standard]), told(regelwerk::STANDARDS.to_vec()));
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}
