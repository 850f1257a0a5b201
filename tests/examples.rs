//! Every example in a rule, judged by the generated library: those of the norm, and those of an
//! invented standard that shows every construct of the language.

use std::collections::BTreeSet;

use regelwerk::standard::{Rule, Status};
use regelwerk::{Context, Standard};
use regelwerk_compiler::emit::{Case, cases};
use regelwerk_compiler::model::{RuleKind, Wording};
use regelwerk_compiler::{Compilation, compile, load};

use crate::snapshot::{here, root};

/// The invented standard, compiled by the build script of this package.
mod generated {
    #![allow(missing_docs, unreachable_pub)]
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

/// Rules with the library that was made of them.
struct Made {
    compilation: Compilation,
    standards: &'static [&'static Standard],
}

fn made() -> [Made; 2] {
    let norm = (root().join("rules"), regelwerk::STANDARDS);
    let proef = (here().join("proef"), generated::STANDARDS);
    [norm, proef]
        .map(|(rules, standards)| Made { compilation: compile(load(&rules).unwrap()), standards })
}

impl Made {
    fn context(&self) -> Context {
        Context::new(self.standards.to_vec())
    }

    fn cases(&self) -> Vec<Case> {
        let cases: Vec<_> = self.compilation.model.standards.iter().flat_map(cases).collect();
        assert!(!cases.is_empty(), "geen voorbeelden");
        cases
    }

    fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.standards.iter().flat_map(|standard| standard.rules)
    }

    /// Findings of the rule of a case, when its message is judged at all levels.
    fn findings(&self, case: &Case) -> usize {
        let report = regelwerk::validate(case.xml.as_bytes(), &self.context().all_levels(true));
        assert!(report.unreadable.is_none(), "{}", case.xml);
        report.findings.iter().filter(|finding| finding.rule == case.rule).count()
    }
}

#[test]
fn every_example_means_its_rule() {
    for made in made() {
        let cases = made.cases();
        let wrong = cases.iter().filter(|case| {
            let is_as_told = (made.findings(case) == 0) == case.is_good;
            !is_as_told && !holds_elsewhere(case, &made)
        });
        let wrong: Vec<_> = wrong.map(|case| told(case, &made.compilation)).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// A rule with another pattern for each message (RS047) has a good example that is right in one
/// message only.
fn holds_elsewhere(case: &Case, made: &Made) -> bool {
    let per_message = made.compilation.model.standards.iter().any(|standard| {
        let rule = standard.rule(&case.rule);
        rule.is_some_and(|rule| matches!(rule.kind, RuleKind::Facet(None, _)))
    });
    let same = |one: &&Case| one.span == case.span && made.findings(one) == 0;
    per_message && case.is_good && made.cases().iter().find(same).is_some()
}

fn told(case: &Case, compilation: &Compilation) -> String {
    let line = compilation.sources.position(case.span).line;
    let path = compilation.sources.shown(case.span.source);
    let kind = if case.is_good { "goed" } else { "fout" };
    let Case { rule, message, element, .. } = case;
    format!("{rule} bij {path}:{line} is niet {kind} voor {message} {element}")
}

/// A bad example of level 2 or up must be judged without `--all-levels` too: it breaks nothing at
/// level 1.
#[test]
fn examples_above_level_one_hold_at_level_one() {
    for made in made() {
        for case in made.cases() {
            let rule = made.rules().find(|rule| rule.code == case.rule).unwrap();
            let report = regelwerk::validate(case.xml.as_bytes(), &made.context());
            let level_one = report.findings.iter().find(|finding| finding.level == Some(1));
            assert!(rule.level == Some(1) || level_one.is_none(), "{} {}", case.rule, case.xml);
        }
    }
}

#[test]
fn every_judged_wording_has_a_good_and_a_bad_example() {
    for made in made() {
        for standard in &made.compilation.model.standards {
            for rule in &standard.rules {
                let [good, bad] = match &rule.kind {
                    RuleKind::Judged(wordings) => [true, false].map(|kind| {
                        let has = |one: &Wording| one.examples.iter().any(|e| e.is_good == kind);
                        wordings.iter().all(has)
                    }),
                    RuleKind::Facet(_, examples) => {
                        [true, false].map(|kind| examples.iter().any(|e| e.is_good == kind))
                    }
                    RuleKind::NotByMachine(_) | RuleKind::NotYet => continue,
                };
                assert!(good, "{} heeft geen goed voorbeeld", rule.code);
                assert!(bad, "{} heeft geen fout voorbeeld", rule.code);
            }
        }
    }
}

/// An example that no message tries is no test.
#[test]
fn every_example_is_tried() {
    for made in made() {
        let tried: BTreeSet<_> = made.cases().into_iter().map(|case| case.rule).collect();
        for rule in made.rules().filter(|rule| rule.status == Status::Judged) {
            assert!(tried.contains(rule.code), "{} wordt nergens beproefd", rule.code);
        }
    }
}

#[test]
fn every_base_message_is_accepted() {
    let standards = regelwerk::STANDARDS.iter();
    let messages = standards.flat_map(|one| one.releases).flat_map(|release| release.messages);
    let messages: Vec<_> = messages.collect();
    assert!(messages.len() >= 2, "geen basisberichten");
    for message in messages {
        let report = regelwerk::validate(message.base.as_bytes(), &regelwerk::context());
        assert_eq!(report.findings, [], "{}", message.name);
    }
}
