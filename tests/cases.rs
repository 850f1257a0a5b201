//! The tool on small rule files: what it says of them, and what it makes of them.

use std::path::Path;

use regelwerk_compiler::diag::{Source, Sources, Style, render};
use regelwerk_compiler::model::core::{Cond, RowSource};
use regelwerk_compiler::model::process::Process;
use regelwerk_compiler::model::{Ending, TermPart, describe};
use regelwerk_compiler::{Compilation, compile, load};

use crate::snapshot;

/// A standard to stand in, so that a case holds only what it is about.
const GROUND: &str = include_str!("proef/ground.regels");

fn compiled(input: &Path) -> Compilation {
    let text = std::fs::read_to_string(input).unwrap();
    let name = input.file_name().unwrap().to_str().unwrap();
    // A protocol has a folder of its own, beside its standard.
    let folder = if name.starts_with("protocol-") { "protocol/" } else { "" };
    let path = format!("{folder}{name}");
    let ground = Source { path: "ground.regels".to_owned(), text: GROUND.to_owned() };
    let mut compilation = compile(Sources::new("", vec![ground, Source { path, text }]));
    // A case is about one thing; that its rules have no examples, and what lints say, is told in
    // cases of their own.
    let is_about = |start: &str| name.starts_with(start);
    compilation.diagnostics.retain(|one| match one.code.0 {
        "RW317" => is_about("zonder-voorbeelden"),
        code if code.starts_with("RW6") => is_about("lints") || is_about("ontheffing"),
        _ => true,
    });
    compilation
}

fn told(compilation: &Compilation) -> String {
    render(&compilation.sources, &compilation.diagnostics, Style::Plain)
}

#[test]
fn bad_rule_files_are_told_what_is_wrong() {
    for folder in ["cases/syntax/bad", "cases/analysis/bad"] {
        for input in snapshot::inputs(folder, "regels") {
            let compilation = compiled(&input);
            assert!(!compilation.diagnostics.is_empty(), "{} is goed", input.display());
            snapshot::check(&input, &told(&compilation));
        }
    }
}

#[test]
fn good_rule_files_are_told_nothing() {
    for folder in ["cases/syntax/good", "cases/analysis/good"] {
        for input in snapshot::inputs(folder, "regels") {
            let compilation = compiled(&input);
            assert_eq!(compilation.diagnostics, [], "{}", told(&compilation));
            snapshot::check(&input, &core(&compilation));
        }
    }
}

/// What `check` only warns of in the rules of an analyst must not be in those of this project.
#[test]
fn the_rules_of_this_project_are_told_nothing() {
    let compilation = compile(load(&snapshot::root().join("rules")).unwrap());
    assert_eq!(compilation.diagnostics, [], "{}", told(&compilation));
}

/// Nor of the invented standard: what lints would say of it is waived there.
#[test]
fn the_invented_standard_is_told_nothing() {
    let compilation = compile(load(&snapshot::here().join("proef")).unwrap());
    assert_eq!(compilation.diagnostics, [], "{}", told(&compilation));
    let waivers = compilation.model.standards.iter().flat_map(|one| one.all_waivers());
    assert!(waivers.count() > 0);
}

#[test]
fn an_element_has_the_meaning_that_names_most_of_its_path() {
    let ground = Source { path: "ground.regels".to_owned(), text: GROUND.to_owned() };
    let compilation = compile(Sources::new("", vec![ground]));
    let release = &compilation.model.standards[0].releases[0];
    let message = &release.messages[0];
    let node = |path: &[&str]| message.ids().find(|id| message.path(*id) == path).unwrap();
    let meaning = |path: &[&str]| message.node(node(path)).unwrap().meaning.clone();
    assert_eq!(meaning(&["Bericht"]), "Proefbericht");
    assert_eq!(meaning(&["Bericht", "Kop", "Code"]), "Nummer van het bericht");
    assert_eq!(meaning(&["Bericht", "Client", "Product", "Code"]), "Code van het product");
    let units = release.types.iter().filter_map(|simple| simple.unit.as_deref());
    assert_eq!(units.collect::<Vec<_>>(), ["wat ernaast staat"]);
}

/// The wordings of the case itself, as the typed core in words.
fn core(compilation: &Compilation) -> String {
    use regelwerk_compiler::model::RuleKind;
    let mut text = String::new();
    let standards = &compilation.model.standards;
    let laid = standards.iter().flat_map(|standard| &standard.protocols);
    let rules = standards.iter().flat_map(|standard| &standard.rules);
    for rule in rules.chain(laid.flat_map(|protocol| &protocol.rules)) {
        if let RuleKind::Term(parts) = &rule.kind {
            parts.iter().for_each(|part| term(&rule.code, part, &mut text));
        }
        if let RuleKind::Judged(wordings) = &rule.kind {
            for wording in wordings {
                text += &format!("{} {:?}\n", rule.code, wording.interval);
                steps(&wording.body, 1, &mut text);
            }
        }
    }
    for standard in standards {
        dossier(standard, &mut text);
        standard.dossier.processes.iter().for_each(|one| process(one, &mut text));
    }
    text
}

/// A process: its states, what its events are, its transitions.
fn process(process: &Process, text: &mut String) {
    let Process { name, key, roles, states, events, .. } = process;
    *text += &format!("{name} per {key:?} {roles:?}\n");
    for (at, state) in states.iter().enumerate() {
        let begins = at == process.initial;
        *text += &format!("  {} begin={begins} eind={}\n", state.name, state.is_end);
    }
    for event in events {
        *text += &format!("  {} {:?} {:?}\n", event.name, event.moment, event.role);
        for trigger in &event.triggers {
            let cond = describe::condition(&trigger.cond).nl;
            let rows = match trigger.rows {
                RowSource::Earlier(at) => format!("bron {at}"),
                other => format!("{other:?}"),
            };
            *text += &format!("    {rows} per {:?}: {cond}\n", trigger.key);
        }
    }
    for one in &process.transitions {
        let [from, to] = [one.from, one.to].map(|at| &states[at].name);
        *text += &format!("  {from} {} {to} {:?}\n", events[one.event].name, one.rules);
    }
}

/// A part of a term, as the typed core in words.
fn term(code: &str, part: &TermPart, text: &mut String) {
    *text +=
        &format!("{code} {:?} {:?} ook bij afkeur: {}", part.label, part.within, part.counts_void);
    *text += &part.interval.map_or("\n".to_owned(), |only| format!(" alleen {only:?}\n"));
    for course in &part.courses {
        *text += &format!("  bron {} door {}\n", course.source, course.by);
        for (range, cond) in &course.binds {
            let bound = Cond::Exists(range.clone(), Box::new(cond.clone()));
            *text += &format!("    bij {}\n", describe::condition(&bound).nl);
        }
        *text += &format!("    mits {}\n", describe::condition(&course.cond).nl);
        *text += &format!("    begint {}\n", describe::value(&course.begins).nl);
        for ending in &course.endings {
            let words = match ending {
                Ending::Row(moment, range, cond) => {
                    let there = Cond::Exists(range.clone(), cond.clone());
                    format!("{moment:?} {}", describe::condition(&there).nl)
                }
                other => format!("{other:?}"),
            };
            *text += &format!("    eindigt {words}\n");
        }
    }
}

/// What is kept of earlier messages: for each column the elements that it comes from.
fn dossier(standard: &regelwerk_compiler::model::Standard, text: &mut String) {
    use regelwerk_compiler::model::{describe, dossier::Pick};
    let dossier = &standard.dossier;
    let name = |release: usize, message: usize| {
        let release = &standard.releases[release];
        format!("{} {}", release.messages[message].name, release.name)
    };
    for one in &dossier.filings {
        let [from, to] = one.parties.each_ref().map(|path| path.join("."));
        let (mark, sent) = (one.mark.join("."), one.sent.join("."));
        let answers =
            one.answers.as_ref().map(|one| format!("{} {}", one.message, one.mark.join(".")));
        *text += &format!(
            "{}: {from} {to} reversed={} part={:?} {mark} {sent} {answers:?}\n",
            name(one.release, one.message),
            one.is_reversed,
            one.part.iter().map(|id| id.0).collect::<Vec<_>>(),
        );
    }
    for source in &dossier.sources {
        *text += &format!("{} / {} classes={:?}\n", source.message, source.element, source.classes);
        for column in &source.columns {
            *text += &format!("  {} {:?}:", column.name, column.kind);
            for (place, pick) in source.places.iter().zip(&column.picks) {
                let at = match pick {
                    Some(Pick::Path { up, path }) => format!("{up} up {}", path.join(".")),
                    Some(Pick::Filled { up, path }) => format!("{up} up {} filled", path.join(".")),
                    Some(other) => format!("{other:?}"),
                    None => "none".to_owned(),
                };
                *text += &format!(" {} {at};", name(place.release, place.message));
            }
            *text += "\n";
        }
    }
    for view in &dossier.views {
        let cond = describe::condition(&view.cond);
        *text += &format!(
            "{} of {} part={} key={:?} order={:?}: {} | {}\n",
            view.name, view.source, view.by_part, view.key, view.order, cond.nl, cond.en,
        );
    }
    for table in &dossier.tables {
        *text += &format!(
            "{} {:?} {:?} {:?}\n",
            table.name, table.columns, table.kinds, table.supplied_as
        );
    }
    for fact in &dossier.facts {
        *text += &format!("{} question={}\n", fact.name, fact.is_question);
    }
}

fn steps(list: &[regelwerk_compiler::model::core::Step], depth: usize, text: &mut String) {
    use regelwerk_compiler::model::core::Step;
    let indent = "  ".repeat(depth);
    for step in list {
        match step {
            Step::If { cond, then, otherwise, .. } => {
                let words = describe::condition(cond);
                *text += &format!("{indent}als {} | if {}\n", words.nl, words.en);
                steps(then, depth + 1, text);
                if !otherwise.is_empty() {
                    *text += &format!("{indent}anders\n");
                    steps(otherwise, depth + 1, text);
                }
            }
            Step::Bind { range, cond, .. } => {
                let (range, words) = (describe::range(range), describe::condition(cond));
                *text += &format!(
                    "{indent}bij {} met {} | {} with {}\n",
                    range.nl, words.nl, range.en, words.en
                );
            }
            Step::Let { name, value } => {
                *text += &format!("{indent}stel {name} = {}\n", describe::value(value).nl);
            }
            Step::Require(one) => {
                let words = describe::expectation(&one.demand);
                let target = &one.target.written;
                *text += &format!("{indent}{target}: {} | {}\n", words.nl, words.en);
            }
        }
    }
}

/// The Rust that is compiled into this binary, and runs in `examples`.
#[test]
fn generated_rust_is_as_reviewed() {
    let compilation = compile(load(&snapshot::here().join("proef")).unwrap());
    assert!(compilation.is_sound(), "{}", told(&compilation));
    let outputs = compilation.rust();
    for input in snapshot::inputs("proef", "regels") {
        let stem = input.file_stem().unwrap().to_str().unwrap();
        let name = match stem {
            "antwoord" => "proef_r2_0_replies.rs".to_owned(),
            "kalender" => "proef_calendars.rs".to_owned(),
            "proces" => "proef_processen.rs".to_owned(),
            "termijn" => "proef_terms.rs".to_owned(),
            _ => format!("proef_in_{stem}.rs"),
        };
        if let Some(output) = outputs.iter().find(|output| output.name == name) {
            snapshot::check(&input, &output.text);
        }
    }
}

/// Whatever stands in a rule file, the compiler ends and says something.
#[test]
fn no_rule_file_makes_the_compiler_panic() {
    let seed =
        std::fs::read_to_string(snapshot::root().join("rules/ijw/regels/constraints.regels"));
    let seed = seed.unwrap();
    let cuts = seed.char_indices().step_by(37).map(|(at, _)| &seed[..at]);
    for cut in cuts {
        let source = Source { path: "stuk.regels".to_owned(), text: cut.to_owned() };
        let ground = Source { path: "ground.regels".to_owned(), text: GROUND.to_owned() };
        let _ = told(&compile(Sources::new("", vec![ground, source])));
    }
    let deep = format!("regel X \"x\"\n  eis: {}Code gevuld", "(".repeat(10_000));
    let nested: String =
        (0..2_000).map(|n| format!("{}als A gevuld dan:\n", " ".repeat(n))).collect();
    let sum = format!(
        "regel X \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product\n  eis: Bedrag = {}1",
        "1 + ".repeat(5_000)
    );
    let many = format!(
        "regel X \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product\n  eis: {}Om leeg",
        "Om leeg of ".repeat(5_000)
    );
    let bare = ["\u{0}".to_owned(), "regel".to_owned(), "\"".repeat(9_999)];
    for text in [deep, nested, sum, many].into_iter().chain(bare) {
        let ground = Source { path: "ground.regels".to_owned(), text: GROUND.to_owned() };
        let source = Source { path: "stuk.regels".to_owned(), text };
        assert!(!compile(Sources::new("", vec![ground, source])).is_sound());
    }
}
