//! The evaluator and the generated library say the same: of the data of a standard, and of every
//! example, scenario, dossier and message there is, and of random ones.

use std::fmt::Debug;
use std::path::PathBuf;

use regelwerk::{Context, Date, Dossier, ProtocolChoice, Standard, validate};
use regelwerk_compiler::emit::{cases, plays};
use regelwerk_eval::{Bench, Change, Library};
use regelwerk_play::{context, play};

use crate::made::{Made, made};
use crate::roundtrip::random::Maker;
use crate::roundtrip::{MADE, kinds};
use crate::snapshot::{here, inputs};

/// The rules as they are generated, each beside the same in memory.
struct Both {
    made: Made,
    standards: Vec<[&'static Standard; 2]>,
}

fn both() -> [Both; 2] {
    made().map(|made| {
        let evaluated = Library::of(&made.compilation).standards;
        assert_eq!(made.standards.len(), evaluated.len());
        let standards = made.standards.iter().zip(evaluated).map(|(one, other)| [*one, other]);
        Both { standards: standards.collect(), made }
    })
}

impl Both {
    fn contexts(&self) -> [Context; 2] {
        [0, 1].map(|side| {
            let standards = self.standards.iter().map(|both| both[side]);
            Context::new(standards.collect()).all_levels(true).remarks(true)
        })
    }
}

/// That both are equal, and where they are not.
#[track_caller]
fn same<T: Debug + PartialEq>(what: &str, [one, other]: [T; 2]) {
    if one != other {
        alike(what, [&one, &other]);
        assert!(one == other, "{what}: verschilt in wat niet te zien is");
    }
}

/// That both look alike, of static data that is not compared otherwise.
#[track_caller]
fn alike<T: Debug>(what: &str, both: [T; 2]) {
    let [one, other] = both.map(|one| format!("{one:#?}"));
    if one != other {
        let lines = one.lines().zip(other.lines()).enumerate();
        let (at, (left, right)) = lines.into_iter().find(|(_, (a, b))| a != b).unwrap();
        let around: Vec<_> = one.lines().skip(at.saturating_sub(12)).take(12).collect();
        assert_eq!(left, right, "{what}, regel {at}:\n{}", around.join("\n"));
    }
}

#[test]
fn both_have_the_same_data() {
    for both in both().iter().flat_map(|both| &both.standards) {
        alike("regels", both.map(|one| one.rules));
        alike("namen", both.map(|one| (one.names, one.rules_sha256, one.forms)));
        alike("protocollen", both.map(|one| one.protocols));
        alike("dossier", both.map(|one| one.dossier));
        for (at, release) in both[0].releases.iter().enumerate() {
            for (index, message) in release.messages.iter().enumerate() {
                let what = format!("{} {}", release.name, message.name);
                alike(&what, both.map(|one| &one.releases[at].messages[index]));
            }
            alike(release.name, both.map(|one| one.releases[at].headers));
            alike(
                release.name,
                both.map(|one| (one.releases[at].published, one.releases[at].replies)),
            );
        }
    }
}

#[test]
fn both_judge_every_example_alike() {
    for both in both() {
        for case in both.made.compilation.model.standards.iter().flat_map(cases) {
            let choice = case.protocol.clone().map(ProtocolChoice::Named).unwrap_or_default();
            let judge =
                |context: Context| validate(case.xml.as_bytes(), &context.protocol(choice.clone()));
            same(&case.rule, both.contexts().map(judge));
        }
    }
}

/// What is compared is looked at: a rule that says something else is judged otherwise.
#[test]
fn a_rule_that_says_something_else_is_told_apart() {
    let [_, both] = both();
    let compilation = &both.made.compilation;
    let model = &compilation.model.standards[0];
    let mutants = regelwerk_probe::mutants(model);
    let changes: Vec<_> = mutants.iter().map(|one| &one.change).collect();
    let bench = Bench::new(model, &compilation.sources, changes.iter().copied());
    let cases = cases(model);
    let differs = |change: &Change| {
        cases.iter().any(|case| {
            let judge = |by: &'static Standard| {
                let context = Context::new(vec![by]).all_levels(true).remarks(true);
                validate(case.xml.as_bytes(), &context).findings.len()
            };
            bench.with(change, judge) != Some(judge(both.standards[0][0]))
        })
    };
    let is_wording = |change: &&&Change| matches!(change, Change::Wording { .. });
    let wordings = changes.iter().filter(is_wording).take(20);
    assert!(wordings.filter(|change| differs(change)).count() > 5);
}

#[test]
fn both_play_every_scenario_alike() {
    let mut played = 0;
    for both in both() {
        for (standard, sides) in both.made.compilation.model.standards.iter().zip(&both.standards) {
            for one in plays(standard) {
                let told = &one.scenario.told;
                let outcome =
                    sides.map(|side| play(told, &one.sent, side, &context(one.scenario, side)));
                same(&one.scenario.name, outcome);
                played += 1;
            }
        }
    }
    assert!(played > 700, "te weinig scenario's: {played}");
}

#[test]
fn both_judge_every_message_alike() {
    let both = both();
    let messages = inputs("messages", "xml");
    assert!(messages.len() > 50, "te weinig berichten: {}", messages.len());
    for input in messages {
        let bytes = std::fs::read(&input).unwrap();
        for protocol in protocols(&both[0]) {
            let judge = |context: Context| validate(&bytes, &context.protocol(protocol.clone()));
            same(&input.display().to_string(), both[0].contexts().map(judge));
        }
    }
}

/// None, and each that there is.
fn protocols(both: &Both) -> Vec<ProtocolChoice> {
    let named = both.standards.iter().flat_map(|[one, _]| one.protocols);
    let named = named.map(|one| ProtocolChoice::Named(one.name.to_owned()));
    std::iter::once(ProtocolChoice::None).chain(named).collect()
}

#[test]
fn both_judge_random_messages_alike() {
    let both = both();
    let mut maker = Maker::new();
    for kind in kinds() {
        let is_here =
            |both: &&Both| both.standards.iter().any(|[one, _]| one.name == kind.standard.name);
        let both = both.iter().find(is_here).unwrap();
        let protocols = protocols(both);
        for number in 0..MADE {
            let draft = maker.draft(kind);
            let xml = draft.xml().unwrap();
            let protocol = &protocols[number % protocols.len()];
            let judge =
                |context: Context| validate(xml.as_bytes(), &context.protocol(protocol.clone()));
            same(&xml, both.contexts().map(judge));
        }
    }
}

#[test]
fn both_tell_every_dossier_alike() {
    let [norm, _] = both();
    let folders = std::fs::read_dir(here().join("dossiers")).unwrap();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        for protocol in protocols(&norm) {
            let told = [0, 1].map(|side| {
                let standard = norm.standards[0][side];
                let context = Context::new(vec![standard]).protocol(protocol.clone()).remarks(true);
                let mut dossier = Dossier::new(standard).context(context);
                let reports: Vec<_> = inputs_in(&folder)
                    .iter()
                    .map(|path| dossier.receive(&std::fs::read(path).unwrap(), None))
                    .collect();
                (reports, dossier.states(), dossier.terms(Date::from_ymd(2026, 12, 31)))
            });
            same(&folder.display().to_string(), told);
        }
    }
}

fn inputs_in(folder: &std::path::Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "xml")).collect();
    files.sort();
    files
}
