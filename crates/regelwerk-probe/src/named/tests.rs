//! What a block `voorwaarde` says is changed once, for all who use it; whoever uses it can only leave
//! it out.

use std::collections::BTreeMap;

use regelwerk_compiler::Compilation;
use regelwerk_compiler::compile;
use regelwerk_compiler::diag::{Source, Sources};
use regelwerk_compiler::emit::cases;
use regelwerk_compiler::model::core::map::{self, Map};
use regelwerk_compiler::model::core::walk::{self, Part};
use regelwerk_compiler::model::core::{Cond, Op, Step, Value};
use regelwerk_compiler::model::{RuleKind, Standard};
use regelwerk_eval::{Bench, Change};
use regelwerk_kernel::{Context, validate};

use crate::{Aspect, Kind, Mutant, hunt, mutants, reach};

const GROUND: &str = include_str!("../../../../tests/proef/ground.regels");
const NAMED: &str =
    "voorwaarde lang \"x\"\n  bron: x\n  mits: Soort = 02 of Code een van \"L\", \"M\"\n
regel X001 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product\n  als lang geldt dan:
    - Eind verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021\n  voorbeeld goed: Soort 01, Code K, Eind leeg
  voorbeeld fout: Soort 01, Code L, Eind leeg\n  voorbeeld fout: Soort 02, Eind leeg\n
regel X002 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Client
  eis: voor elke Product genaamd ene geldt (niet (lang geldt voor ene) of ene.Bedrag gevuld)
  voorbeeld goed: Product.Soort 02, Product.Bedrag 3
  voorbeeld fout: Product.Soort 02, Product.Bedrag leeg\n";

fn compiled() -> Compilation {
    compiled_with(NAMED)
}

fn compiled_with(own: &str) -> Compilation {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let files = vec![file("ground.regels", GROUND), file("own.regels", own)];
    let compilation = compile(Sources::new("", files));
    assert!(compilation.is_sound(), "{:?}", compilation.diagnostics);
    compilation
}

fn standard(compilation: &Compilation) -> &Standard {
    compilation.model.standards.first().unwrap()
}

fn of<'m>(all: &'m [Mutant], block: &str, name: &str) -> Vec<&'m Mutant> {
    all.iter().filter(|one| one.block == block && one.name == name).collect()
}

/// What a named condition says in a body.
fn said(body: &[Step]) -> Vec<Cond> {
    let mut found = Vec::new();
    walk::steps(body, 0, |part, _| {
        if let Part::Cond(Cond::Named(_, inner)) = part {
            found.push(inner.meaning());
        }
    });
    found
}

#[test]
fn its_parts_are_changed_under_its_own_name_wherever_it_is_used() {
    let compilation = compiled();
    let all = mutants(standard(&compilation));
    let own = of(&all, "voorwaarde", "lang");
    let told: Vec<_> = own.iter().map(|one| (one.kind, one.words.as_str())).collect();
    assert_eq!(
        told,
        [
            (Kind::Code, "Soort is 02 wordt een andere code"),
            (Kind::Code, "zonder L"),
            (Kind::Code, "zonder M"),
            (Kind::Dropped, "Soort is 02"),
            (Kind::Dropped, "Code is een van L, M"),
        ]
    );
    for one in own {
        let Change::Together(parts) = &one.change else { unreachable!("{one:?}") };
        let rules: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Change::Wording { rule, body, .. } => {
                    assert_eq!(said(body).len(), 1);
                    *rule
                }
                other => unreachable!("{other:?}"),
            })
            .collect();
        assert_eq!(rules, [0, 1]);
    }
}

#[test]
fn who_uses_it_can_only_leave_it_out() {
    let compilation = compiled();
    let all = mutants(standard(&compilation));
    let told =
        |name| -> Vec<_> { of(&all, "regel", name).iter().map(|one| one.words.clone()).collect() };
    assert_eq!(told("X001"), ["Eind gevuld wordt leeg", "Eind gevuld", "lang geldt"]);
    let other = told("X002");
    assert!(other.contains(&"lang geldt niet voor ene".to_owned()), "{other:?}");
    assert!(!other.iter().any(|words| words.contains("02")), "{other:?}");
}

#[test]
fn a_change_of_it_is_noticed_by_the_examples_of_all_who_use_it() {
    let compilation = compiled();
    let hunted = hunt(&compilation, 0, &|one| one.block == "voorwaarde", &|_, _| {}).unwrap();
    let left: Vec<_> = hunted.survivors.iter().map(|one| one.words.as_str()).collect();
    assert_eq!((hunted.tried, left), (5, vec!["zonder M"]));
}

#[test]
fn while_it_is_changed_all_who_use_it_are() {
    let compilation = compiled();
    let standard = standard(&compilation);
    let all = mutants(standard);
    let own = of(&all, "voorwaarde", "lang");
    let bench = Bench::new(standard, &compilation.sources, own.iter().map(|one| &one.change));
    let set = bench.set_beside(own.iter().map(|one| &one.change).enumerate());
    assert_eq!(set.len(), own.len());
    let reports = |by: &'static regelwerk_kernel::Standard| -> BTreeMap<&str, usize> {
        let context = Context::new(vec![by]).all_levels(true);
        let mut all = BTreeMap::new();
        for case in cases(standard) {
            let report = validate(case.xml.as_bytes(), &context);
            for code in ["X001", "X002"] {
                let found = report.findings.iter().filter(|one| one.rule == code).count();
                *all.entry(code).or_default() += found;
            }
        }
        all
    };
    let before = reports(bench.standard());
    let during = bench.with(&own[0].change, reports).unwrap();
    for code in ["X001", "X002"] {
        assert!(during[code] < before[code], "{code}: {before:?}, {during:?}");
    }
    assert_eq!(reports(bench.standard()), before);
}

/// Says of a code that it is a number, wherever it is asked.
struct AsNumber;

impl Map for AsNumber {
    fn cond(&mut self, cond: Cond, _: u8) -> Cond {
        match cond {
            Cond::Compare(Op::Eq, left, Value::Text(_)) => {
                Cond::Compare(Op::Eq, left, Value::Number(2))
            }
            other => other,
        }
    }
}

/// The second rule says it of a number.
fn lowered_otherwise(mut compilation: Compilation) -> Compilation {
    let standard = compilation.model.standards.first_mut().unwrap();
    let RuleKind::Judged(wordings) = &mut standard.rules[1].kind else { unreachable!() };
    wordings[0].body = map::steps(&wordings[0].body, 0, &mut AsNumber);
    compilation
}

#[test]
fn what_only_some_uses_say_is_changed_in_those() {
    let compilation = lowered_otherwise(compiled());
    let all = mutants(standard(&compilation));
    let told: Vec<_> = of(&all, "voorwaarde", "lang")
        .iter()
        .map(|one| {
            let Change::Together(parts) = &one.change else { unreachable!("{one:?}") };
            let rule = |part: &Change| match part {
                Change::Wording { rule, .. } => *rule,
                other => unreachable!("{other:?}"),
            };
            (one.words.as_str(), parts.iter().map(rule).collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Soort is 02 wordt een andere code", vec![0]),
            ("zonder L", vec![0, 1]),
            ("zonder M", vec![0, 1]),
            ("Soort is 02", vec![0]),
            ("Code is een van L, M", vec![0, 1]),
            ("2 wordt 3", vec![1]),
            ("Soort is 2", vec![1]),
        ]
    );
}

#[test]
fn it_is_told_and_waived_alike_whoever_uses_it() {
    let keys = |own: &str| -> Vec<_> {
        let compilation = compiled_with(own);
        let all = mutants(standard(&compilation));
        let own = of(&all, "voorwaarde", "lang");
        own.iter().map(|one| (one.key.clone(), one.words.clone())).collect()
    };
    let (block, rules) = NAMED.split_once("regel X001").unwrap();
    let (_, second) = rules.split_once("regel X002").unwrap();
    assert_eq!(keys(NAMED), keys(&format!("{block}regel X002{second}")));
}

#[test]
fn what_it_says_is_exercised_once_for_all() {
    let all = reach(&compiled(), 0).unwrap();
    let own: Vec<_> = all.iter().filter(|one| one.block == "voorwaarde").collect();
    let told: Vec<_> =
        own.iter().map(|one| (one.name.as_str(), one.aspect, one.words.nl.as_str())).collect();
    assert_eq!(
        told,
        [
            ("lang", Aspect::Condition, "Soort is 02"),
            ("lang", Aspect::Condition, "Code is een van L, M")
        ]
    );
}

/// Each rule asks it of other products.
const SIDES: &str =
    "voorwaarde lang \"x\"\n  bron: x\n  mits: Soort = 02 of Code een van \"L\", \"M\"\n
regel X001 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product
  als Bedrag leeg en (lang geldt) dan:\n    - Eind verplicht vullen
  voorbeeld goed: Soort 02, Bedrag leeg, Eind 01-02-2021
  voorbeeld fout: Soort 02, Bedrag leeg, Eind leeg\n
regel X002 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product
  als Bedrag gevuld en (lang geldt) dan:\n    - Om verplicht vullen
  voorbeeld goed: Soort 01, Bedrag 3, Code K, Om leeg
  voorbeeld fout: Soort 01, Bedrag 3, Code L, Om leeg\n";

fn exercised(compilation: &Compilation) -> Vec<(String, [bool; 2])> {
    let all = reach(compilation, 0).unwrap();
    let own = all.into_iter().filter(|one| one.block == "voorwaarde");
    own.map(|one| (one.words.nl, one.seen)).collect()
}

#[test]
fn each_side_of_it_may_be_exercised_by_another() {
    let both = |words: &str| (words.to_owned(), [true, true]);
    let all = exercised(&compiled_with(SIDES));
    assert_eq!(all, [both("Soort is 02"), both("Code is een van L, M")]);
}

/// The examples of one rule have it so alone; in those of the other it is not so as well.
#[test]
fn as_a_whole_it_is_exercised_at_each_use_by_itself() {
    let all = reach(&compiled_with(SIDES), 0).unwrap();
    let uses = all.iter().filter(|one| one.words.nl == "lang geldt");
    let told: Vec<_> = uses.map(|one| (one.block, one.name.as_str(), one.seen)).collect();
    assert_eq!(told, [("regel", "X001", [true, false]), ("regel", "X002", [true, true])]);
}

#[test]
fn what_uses_say_differently_is_exercised_each_by_itself() {
    let all = exercised(&lowered_otherwise(compiled_with(SIDES)));
    let (words, seen): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    assert_eq!(words, ["Soort is 02", "Code is een van L, M", "Soort is 2"]);
    assert_eq!(seen[0], [true, false]);
}
