//! What a block `voorwaarde` says is changed once, for all who use it; whoever uses it can only leave
//! it out.

use regelwerk_compiler::Compilation;
use regelwerk_compiler::compile;
use regelwerk_compiler::diag::{Source, Sources};
use regelwerk_compiler::model::Standard;
use regelwerk_compiler::model::core::walk::{self, Part};
use regelwerk_compiler::model::core::{Cond, Step};
use regelwerk_eval::{Bench, Change};

use crate::{Aspect, Kind, Mutant, hunt, mutants, reach};

const GROUND: &str = include_str!("../../../../tests/proef/ground.regels");
const NAMED: &str =
    "voorwaarde lang \"x\"\n  bron: x\n  mits: Soort = 02 of Code een van \"L\", \"M\"\n
regel X001 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Product\n  als lang geldt dan:
    - Eind verplicht vullen
  voorbeeld goed: Soort 02, Eind 01-02-2021\n  voorbeeld goed: Soort 01, Code K, Eind leeg
  voorbeeld fout: Soort 01, Code L, Eind leeg\n
regel X002 \"x\"\n  bron: x\n  niveau: 2\n  voor: PR01 / Client
  eis: voor elke Product genaamd ene geldt (niet (lang geldt voor ene) of ene.Bedrag gevuld)
  voorbeeld goed: Product.Soort 02, Product.Bedrag 3
  voorbeeld fout: Product.Soort 02, Product.Bedrag leeg\n";

fn compiled() -> Compilation {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let files = vec![file("ground.regels", GROUND), file("own.regels", NAMED)];
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
    let same = |by: &'static _| std::ptr::eq(by, bench.standard());
    assert_eq!(bench.with(&own[0].change, same), Some(true));
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
