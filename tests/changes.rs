//! What differs between protocols and between releases: the invented standard has a protocol that
//! follows another, with every kind of difference.

use std::collections::BTreeMap;

use regelwerk::{Context, Date, Dossier, Finding, ProtocolChoice, Severity};
use regelwerk_cli::changes::compared;
use regelwerk_cli::{Style, run};
use regelwerk_compiler::emit::changes::{BadSides, Changes, Frame, Kind, Run, Witness};
use regelwerk_compiler::model::scenario::Told;
use regelwerk_play::date;

use crate::made::{Made, norm, proef};
use crate::snapshot::here;

const OLD: &str = "PROEF-AFSPRAAK";
const NEW: &str = "PROEF-OPVOLGER";

fn differences(made: &Made, from: &str, to: &str) -> Changes {
    compared(&made.compilation, made.standards, from, to).unwrap()
}

/// Compares a report with the one that was reviewed.
fn check(name: &str, text: &str) {
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(here().join("changes"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn protocols_are_as_reviewed() {
    let changes = differences(&proef(), "proef-afspraak", NEW);
    check("protocollen", &changes.markdown(Frame::Nl));
    check("protocollen-en", &changes.markdown(Frame::En));
}

#[test]
fn releases_are_as_reviewed() {
    let changes = differences(&proef(), "proef/1.0", "proef/2.0");
    check("releases", &changes.markdown(Frame::Nl));
    check("releases-en", &changes.markdown(Frame::En));
}

/// Of the shipped rules what became of each, without running anything: which rules go together, which
/// are new or gone, which terms are longer. What stayed as it was is counted.
#[test]
fn what_became_of_the_shipped_rules_is_as_reviewed() {
    let shipped = norm();
    for (name, from, to) in
        [("koppen-lta", "LTA-2019", "LTA-2025"), ("koppen-ijw", "ijw/3.1", "ijw/3.2")]
    {
        let kinds = kinds(&compared(&shipped.compilation, &[], from, to).unwrap());
        let same = kinds.values().filter(|kind| **kind == Kind::Same).count();
        let others = kinds.iter().filter(|(_, kind)| **kind != Kind::Same);
        let lines: String = others.map(|(code, kind)| format!("{code} {kind:?}\n")).collect();
        check(name, &format!("{from} → {to}\n{lines}{same} Same\n"));
    }
}

/// What became of each rule, by the code of the rule that stands, or that stood.
fn kinds(changes: &Changes) -> BTreeMap<String, Kind> {
    let code = |told: Option<&_>| {
        told.map(|told: &regelwerk_compiler::emit::changes::Told| told.code.clone())
    };
    let rules = changes.rules.iter();
    rules
        .map(|one| (code(one.becomes.as_ref()).or(code(one.was.first())).unwrap(), one.kind))
        .collect()
}

#[test]
fn every_kind_of_change_is_found() {
    let proef = proef();
    let expected = [
        ("PA-22", Kind::Gone),
        ("PA-23", Kind::Gone),
        ("PA-24", Kind::Gone),
        ("PB-01", Kind::Stricter),
        ("PB-02", Kind::Both),
        ("PB-03", Kind::Same),
        ("PB-04", Kind::Looser),
        ("PB-05", Kind::Added),
        ("PA-31", Kind::Gone),
        ("PB-10", Kind::Unseen),
        ("PB-20", Kind::Otherwise),
        ("PB-21", Kind::Same),
        ("PB-22", Kind::Added),
        ("PB-25", Kind::Longer),
        ("PB-26", Kind::Both),
        ("PB-27", Kind::Both),
        ("PB-28", Kind::Reworded),
        ("PB-29", Kind::Incomparable),
        ("PB-30", Kind::Otherwise),
        ("PB-32", Kind::Otherwise),
    ];
    let expected: BTreeMap<_, _> =
        expected.map(|(code, kind)| (code.to_owned(), kind)).into_iter().collect();
    assert_eq!(kinds(&differences(&proef, OLD, NEW)), expected);
}

/// From the later to the earlier, everything is the other way round.
#[test]
fn the_other_way_round_is_the_opposite() {
    let proef = proef();
    let back = kinds(&differences(&proef, NEW, OLD));
    let expected = [
        ("PA-01", Kind::Looser),
        ("PA-02", Kind::Both),
        ("PA-03", Kind::Same),
        ("PA-04", Kind::Stricter),
        ("PA-23", Kind::Added),
        ("PA-25", Kind::Shorter),
        ("PB-05", Kind::Gone),
    ];
    for (code, kind) in expected {
        assert_eq!(back.get(code), Some(&kind), "{code}");
    }
}

/// Every witness that is told, judged again by itself, is accepted by the one side and rejected by
/// the rule of the other.
#[test]
fn every_witness_holds_when_it_is_run_again() {
    let proef = proef();
    let pairs = [(OLD, NEW), (NEW, OLD), ("proef/1.0", "proef/2.0"), ("proef/2.0", "proef/1.0")];
    let mut seen = 0;
    for (from, to) in pairs {
        let changes = differences(&proef, from, to);
        for change in &changes.rules {
            for witness in &change.witnesses {
                let [one, other] = [(from, 0), (to, 1)]
                    .map(|(side, at)| wrong(&proef, side, witness, &witness.run[at]));
                let (accepts, rejects) =
                    if witness.is_stricter { (one, other) } else { (other, one) };
                seen += 1;
                if witness.is_remark() {
                    let rejecting = &witness.remarked_by[usize::from(witness.is_stricter)];
                    assert!(!rejecting.is_empty(), "{witness:?}");
                    assert!(rejecting.iter().all(|code| rejects.get(code) == Some(&None)));
                    assert!(!accepts.values().any(Option::is_none), "{witness:?}");
                    continue;
                }
                let codes = change.codes(witness.is_stricter);
                assert!(codes.iter().any(|code| rejects.contains_key(*code)), "{witness:?}");
                let own = change.codes(!witness.is_stricter);
                let is_wrong = |code: &&str| accepts.get(*code).is_some_and(Option::is_some);
                assert!(!own.iter().any(is_wrong), "{witness:?}");
                let is_whole = !accepts.values().any(|is_of_side| *is_of_side == Some(true));
                assert_eq!(witness.is_whole, is_whole, "{witness:?} {accepts:?}");
            }
        }
    }
    assert!(seen >= 12, "{seen} getuigen");
}

/// The codes by which what was run is rejected, each with whether that is by the side itself: a
/// protocol, or else the standard. Those that only remark have nothing.
fn wrong(
    made: &Made,
    side: &str,
    witness: &Witness,
    runs: &[Run],
) -> BTreeMap<String, Option<bool>> {
    let choice = match side.contains('/') {
        true => ProtocolChoice::None,
        false => ProtocolChoice::Named(side.to_owned()),
    };
    let context = Context::new(made.standards.to_vec()).protocol(choice).remarks(true);
    let model = &made.compilation.model.standards[0];
    let scenario = model.scenarios.iter().find(|one| one.name == witness.place);
    let mut dossier = Dossier::new(made.standards[0]).context(context.clone());
    if let Some(Told::Dated(dated)) = scenario.map(|one| &one.told) {
        for fact in &dated.facts {
            dossier.state_fact(&fact.name, date(fact.on), &fact.key, &fact.value).unwrap();
        }
    }
    let mut codes = BTreeMap::new();
    for run in runs {
        let report = match &run.received {
            None => regelwerk::validate(run.xml.as_bytes(), &context.clone().all_levels(true)),
            Some(day) => dossier.receive(run.xml.as_bytes(), Some(iso(day))),
        };
        assert_eq!(report.release, Some(run.release.as_str()));
        let is_of_side = |one: &Finding| side.contains('/') || one.protocol.is_some();
        let said = |one: &Finding| (one.severity == Severity::Error).then(|| is_of_side(one));
        codes.extend(report.findings.iter().map(|one| (one.rule.to_owned(), said(one))));
    }
    codes
}

fn iso(day: &str) -> Date {
    let numbers: Vec<u32> = day.split('-').map(|part| part.parse().unwrap()).collect();
    Date::new(i32::try_from(numbers[0]).unwrap(), numbers[1], numbers[2]).unwrap()
}

/// With rules that the library was not made from nothing is run, and nothing is claimed.
#[test]
fn other_rules_are_not_tried() {
    let proef = proef();
    let changes = compared(&proef.compilation, regelwerk::STANDARDS, OLD, NEW).unwrap();
    assert!(!changes.is_tried);
    assert!(changes.rules.iter().all(|one| one.witnesses.is_empty() && one.tried == 0));
    assert_eq!(kinds(&changes)["PB-01"], Kind::Incomparable);
    assert!(changes.markdown(Frame::Nl).contains("Er is niets onder beide kanten gedraaid"));
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let proef = proef();
    let bad = |from, to| compared(&proef.compilation, proef.standards, from, to).unwrap_err();
    assert_eq!(bad(OLD, "proef-afspraak"), BadSides::Same(OLD.to_owned()));
    assert_eq!(bad(OLD, "proef/1.0"), BadSides::Mixed);
    let BadSides::Unknown { asked, known } = bad(OLD, "proef/3.0") else { panic!("onbekend") };
    assert_eq!(asked, "proef/3.0");
    assert_eq!(known, [OLD, NEW, "proef/1.0", "proef/2.0"]);
}

/// What the command tells, with its exit code.
pub(crate) fn told(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("regelwerk").chain(args.iter().copied()).map(Into::into);
    let exit = run(args, std::io::empty(), &mut out, &mut err, Style::Plain);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn the_command_tells_what_is_wrong_with_its_arguments() {
    let (exit, out, err) = told(&["changes", "ijw/3.2", "IJW/3.2"]);
    assert_eq!((exit, out.as_str()), (2, ""));
    assert_eq!(err, "ijw/3.2 is met zichzelf niet te vergelijken; noem er twee\n");
    let (exit, _, err) = told(&["changes", "ijw/3.2", "LTA-2019"]);
    assert_eq!(exit, 2);
    assert!(err.starts_with("een protocol is niet met een release te vergelijken"), "{err}");
    let (exit, _, err) = told(&["changes", "ijw/2.3", "ijw/3.22", "--lang", "en"]);
    assert_eq!(exit, 2);
    let start = "unknown protocol or release ijw/3.22; did you mean ijw/3.2? (known: ";
    assert!(err.starts_with(start), "{err}");
}

#[test]
fn the_command_gives_markdown_and_json() {
    let (exit, out, err) = told(&["changes", "ijw/2.2", "ijw/2.3"]);
    assert_eq!((exit, err.as_str()), (0, ""));
    assert!(out.starts_with("# ijw/2.2 → ijw/2.3\n"), "{out}");
    let (exit, out, _) = told(&["changes", "ijw/2.2", "ijw/2.3", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(exit, 0);
    assert_eq!(json["from"]["name"], "ijw/2.2");
    assert!(json["is_tried"].as_bool().unwrap());
}
