//! Both numberings agree, on all rules there are.

use std::path::Path;

use regelwerk_compiler::model::core::{Cond, Op, Over, RowSource};
use regelwerk_compiler::model::plan::Plan;
use regelwerk_compiler::model::{RuleKind, Standard};
use regelwerk_compiler::{Compilation, compile, load};

use super::{Value, What, courses, parts};
use crate::code::{self, Course, Lower, Relation, Step, Test};
use crate::names::Names;
use crate::unit::Unit;

/// What a part is, as far as both sides tell it.
#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Requirement,
    Whole,
    Leaf(Leaf),
}

#[derive(Debug, Clone, PartialEq)]
enum Leaf {
    Filled,
    Compare(Op),
    Same,
    /// With the codes, where these are all there is.
    OneOf(Vec<String>),
    Check,
    Overlap,
    Some,
    Every,
    Not(Box<Leaf>),
}

fn rules() -> [Compilation; 2] {
    ["rules", "tests/proef"].map(|folder| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let compilation = compile(load(&root.join(folder)).unwrap());
        assert!(compilation.is_sound());
        compilation
    })
}

#[test]
fn a_part_has_the_number_by_which_it_is_heard() {
    let mut seen = 0;
    for standard in rules().iter().flat_map(|made| &made.model.standards) {
        let (plan, names) = (Plan::new(standard), Names::of(standard));
        for (unit, heard) in units(standard, || Lower::new(&plan, &names)) {
            let numbers: Vec<usize> = heard.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers, (0..heard.len()).collect::<Vec<_>>(), "{unit:?}");
            let said = parts(standard, unit);
            let said: Vec<Shape> = said.iter().map(|part| shape(part.what, standard)).collect();
            let heard: Vec<Shape> = heard.into_iter().map(|(_, shape)| shape).collect();
            assert_eq!(said, heard, "{unit:?}");
            seen += said.len();
        }
    }
    assert!(seen > 1000, "te weinig delen: {seen}");
}

/// Every unit, with its parts as they are made ready.
fn units<'m>(
    standard: &'m Standard,
    lower: impl Fn() -> Lower<'m>,
) -> Vec<(Unit, Vec<(usize, Shape)>)> {
    let mut units = Vec::new();
    let row = |source, cond| {
        let mut parts = Vec::new();
        of_test(&lower().of_row(source).watched(cond), &mut parts);
        parts
    };
    for (protocol, rules) in standard.rule_lists() {
        for (rule, one) in (0_u16..).zip(rules) {
            if let RuleKind::Judged(wordings) = &one.kind {
                for (wording, said) in wordings.iter().enumerate() {
                    let mut parts = Vec::new();
                    of_steps(&lower().steps(&said.body), &mut parts);
                    units.push((Unit::Wording { protocol, rule, wording }, parts));
                }
            }
            for (course, said) in courses(one).enumerate() {
                let mut parts = Vec::new();
                of_test(Course::of(said, lower()).provided(), &mut parts);
                units.push((Unit::Course { protocol, rule, course }, parts));
            }
        }
    }
    for (at, view) in standard.dossier.views.iter().enumerate() {
        units.push((Unit::View(at), row(RowSource::Earlier(view.source), &view.cond)));
    }
    for (process, one) in standard.dossier.processes.iter().enumerate() {
        for (trigger, (_, said)) in one.triggers().enumerate() {
            units.push((Unit::Trigger { process, trigger }, row(said.rows, &said.cond)));
        }
        units.push((Unit::Next(process), Vec::new()));
    }
    units
}

fn of_steps(steps: &[Step], parts: &mut Vec<(usize, Shape)>) {
    for step in steps {
        match step {
            Step::If { test, then, otherwise, .. } => {
                of_test(test, parts);
                of_steps(then, parts);
                of_steps(otherwise, parts);
            }
            Step::Require { part, demand, .. } => {
                parts.push((*part, Shape::Requirement));
                if let code::Demand::Test(test) = demand {
                    of_test(test, parts);
                }
            }
            Step::Let(_) | Step::Bind(_) => {}
        }
    }
}

/// The parts of a condition; one within a part has none.
fn of_test(test: &Test, parts: &mut Vec<(usize, Shape)>) {
    match test {
        Test::Part(number, inner) => parts.push((*number, Shape::Leaf(made(inner)))),
        Test::Whole(number, inner) => {
            parts.push((*number, Shape::Whole));
            of_test(inner, parts);
        }
        Test::All(inner) | Test::Any(inner) => inner.iter().for_each(|one| of_test(one, parts)),
        Test::Not(inner) => of_test(inner, parts),
        _ => {}
    }
}

fn made(test: &Test) -> Leaf {
    match test {
        Test::Filled(_) => Leaf::Filled,
        Test::Some(_) => Leaf::Some,
        Test::Every(_) => Leaf::Every,
        Test::Not(inner) => Leaf::Not(Box::new(made(inner))),
        Test::Of(relation, _) => match relation {
            Relation::Compare(op) => Leaf::Compare(*op),
            Relation::Same => Leaf::Same,
            Relation::Among => Leaf::OneOf(Vec::new()),
            Relation::Codes(codes) => Leaf::OneOf(codes.iter().map(ToString::to_string).collect()),
            Relation::Matches(_) | Relation::ElevenProof => Leaf::Check,
            Relation::Overlap => Leaf::Overlap,
        },
        Test::Always | Test::All(_) | Test::Any(_) | Test::Part(..) | Test::Whole(..) => {
            panic!("geen blad: {test:?}")
        }
    }
}

fn shape(what: What<'_>, standard: &Standard) -> Shape {
    match what {
        What::Requirement(_) => Shape::Requirement,
        What::Guard(cond) | What::Demand(cond) | What::Provided(cond) | What::Row(cond) => {
            match cond {
                Cond::Named(..) => Shape::Whole,
                leaf => Shape::Leaf(said(leaf, standard)),
            }
        }
    }
}

fn said(cond: &Cond, standard: &Standard) -> Leaf {
    let not = |inner| Leaf::Not(Box::new(inner));
    match cond {
        Cond::Filled(_) => Leaf::Filled,
        Cond::Compare(Op::Ne, ..) => not(Leaf::Compare(Op::Eq)),
        Cond::Compare(op, ..) => Leaf::Compare(*op),
        Cond::Same(..) => Leaf::Same,
        Cond::OneOf(_, values) => codes(values),
        Cond::Listed(_, listed) => codes(standard.dossier.listed(listed)),
        Cond::Check(..) => Leaf::Check,
        Cond::Overlap(_) => Leaf::Overlap,
        Cond::Not(inner) => not(said(inner, standard)),
        Cond::Named(_, inner) => said(inner, standard),
        Cond::Exists(..) => Leaf::Some,
        // That every row is so is looked for as one that is not.
        Cond::Every(range, _) => match range.over {
            Over::Path(_) => Leaf::Every,
            _ => not(Leaf::Some),
        },
        Cond::True | Cond::All(_) | Cond::Any(_) => panic!("geen blad: {cond:?}"),
    }
}

fn codes(values: &[Value]) -> Leaf {
    let code = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    Leaf::OneOf(values.iter().map(code).collect::<Option<_>>().unwrap_or_default())
}
