//! Every example in a rule, judged by the generated library: those of the norm, and those of an
//! invented standard that shows every construct of the language.

use std::collections::BTreeSet;

use regelwerk::standard::{Rule, Status};
use regelwerk::{Finding, Lang, Standard};
use regelwerk_compiler::emit::{Case, cases};
use regelwerk_compiler::model::process::Course;
use regelwerk_compiler::model::{
    self, Asked, DayCount, RuleKind, TermExample, TermPart, Within, Wording,
};
use regelwerk_play::{Example, Shows, Tried, Wrong, examples, reported};

use crate::made::{Made, made};

impl Made {
    fn cases(&self) -> Vec<Case> {
        let cases: Vec<_> = self.compilation.model.standards.iter().flat_map(cases).collect();
        assert!(!cases.is_empty(), "geen voorbeelden");
        cases
    }

    /// Rules of the standards and of their protocols.
    fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let protocols = self.standards.iter().flat_map(|standard| standard.protocols);
        let own = self.standards.iter().flat_map(|standard| standard.rules);
        own.chain(protocols.flat_map(|protocol| protocol.rules))
    }

    /// A rule as its rule file has it.
    fn told(&self, code: &str) -> Option<&model::Rule> {
        let standards = self.compilation.model.standards.iter();
        standards
            .flat_map(|one| {
                let laid = one.protocols.iter().flat_map(|protocol| &protocol.rules);
                one.rules.iter().chain(laid)
            })
            .find(|rule| rule.code == code)
    }

    /// Every example, with the standard that it is tried by.
    fn examples(&self) -> impl Iterator<Item = (Example<'_>, &'static Standard)> {
        let both = self.compilation.model.standards.iter().zip(self.standards);
        both.flat_map(|(told, library)| examples(told).into_iter().map(|one| (one, *library)))
    }

    /// What the rule of a case reports, when its message is judged at all levels.
    fn findings(&self, case: &Case) -> Vec<Finding> {
        let has = |standard: &&&'static Standard| {
            let laid = standard.protocols.iter().flat_map(|protocol| protocol.rules);
            standard.rules.iter().chain(laid).any(|rule| rule.code == case.rule)
        };
        reported(case, self.standards.iter().find(has).unwrap()).0
    }
}

/// On the last day that an example of a term names it is in time, a day later it is not; a working
/// day more or less in a calendar is a day more or less to answer.
#[test]
fn every_example_is_as_it_says() {
    for made in made() {
        let tried = made.examples().map(|(one, library)| (one.try_by(library), one));
        let tried: Vec<_> = tried.collect();
        for kind in [is_of_messages, is_of_a_term, is_of_a_calendar, is_of_a_process] {
            assert!(tried.iter().any(|(_, one)| kind(&one.shows)), "van een soort is er geen");
        }
        let wrong = tried.iter().filter_map(|(came, one)| match came {
            Tried::Fails(wrong) => Some(told(one, wrong, &made)),
            Tried::Holds | Tried::NotTried => None,
        });
        let wrong: Vec<_> = wrong.collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn is_of_messages(shows: &Shows<'_>) -> bool {
    matches!(shows, Shows::Messages { .. })
}

fn is_of_a_term(shows: &Shows<'_>) -> bool {
    matches!(shows, Shows::LastDay { .. })
}

fn is_of_a_calendar(shows: &Shows<'_>) -> bool {
    matches!(shows, Shows::WorkingDays(_))
}

fn is_of_a_process(shows: &Shows<'_>) -> bool {
    matches!(shows, Shows::Events(..))
}

/// What an analyst needs to mend the example or what it is of.
fn told(example: &Example<'_>, wrong: &[Wrong], made: &Made) -> String {
    let sources = &made.compilation.sources;
    let line = sources.position(example.span).line;
    let (path, text) = (sources.shown(example.span.source), sources.slice(example.span));
    let wrong = wrong.iter().map(|one| {
        let (expected, found) = (one.expected(example.of, Lang::Nl), one.found(Lang::Nl));
        format!("\n  verwacht {expected}, gevonden {found}")
    });
    format!("{path}:{line}: {text}{}", wrong.collect::<String>())
}

/// An example says what must be: the opposite of each is not so.
#[test]
fn an_example_that_says_something_else_fails() {
    let mut tried = [0; 5];
    for made in made() {
        for (mut one, library) in made.examples() {
            if one.try_by(library) == Tried::NotTried {
                continue;
            }
            let kind = match &mut one.shows {
                // Where one message is enough, the others are as the opposite says.
                Shows::Messages { is_of_any: true, .. } => continue,
                Shows::Messages { is_good, .. } => {
                    *is_good = !*is_good;
                    0
                }
                Shows::File { is_good, .. } => {
                    *is_good = !*is_good;
                    1
                }
                Shows::LastDay { part, days } => {
                    let days = TermExample { due: days.due.succ_opt().unwrap(), ..**days };
                    let shows = Shows::LastDay { part, days: &days };
                    assert!(fails(Example { shows, ..one.clone() }, library), "{}", one.of);
                    tried[2] += 1;
                    continue;
                }
                Shows::WorkingDays(days) => {
                    let days = DayCount { to: days.to.pred_opt().unwrap(), ..**days };
                    let shows = Shows::WorkingDays(&days);
                    assert!(fails(Example { shows, ..one.clone() }, library), "{}", one.of);
                    tried[3] += 1;
                    continue;
                }
                Shows::Events(process, course) => {
                    let ends_in = course.ends_in.map_or(Some(0), |_| None);
                    let course = Course { ends_in, ..(*course).clone() };
                    let shows = Shows::Events(process, &course);
                    assert!(fails(Example { shows, ..one.clone() }, library), "{}", one.of);
                    tried[4] += 1;
                    continue;
                }
            };
            assert!(fails(one.clone(), library), "{} {:?}", one.of, one.span);
            tried[kind] += 1;
        }
    }
    assert!(tried.iter().all(|number| *number > 0), "{tried:?}");
}

fn fails(example: Example<'_>, library: &'static Standard) -> bool {
    matches!(example.try_by(library), Tried::Fails(_))
}

/// A bad example of level 2 or up must be judged without `--all-levels` too: it breaks nothing at
/// level 1. A rule that says that it departs from the standard may show what the schema refuses.
#[test]
fn examples_above_level_one_hold_at_level_one() {
    for made in made() {
        for case in made.cases() {
            let rule = made.rules().find(|rule| rule.code == case.rule).unwrap();
            let report = regelwerk::validate(case.xml.as_bytes(), &made.context());
            let level_one = report.findings.iter().find(|finding| finding.level == Some(1));
            let may_break_it = rule.level == Some(1) || !rule.deviations.is_empty();
            assert!(may_break_it || level_one.is_none(), "{} {}", case.rule, case.xml);
        }
    }
}

#[test]
fn every_judged_wording_has_a_good_and_a_bad_example() {
    for made in made() {
        for standard in &made.compilation.model.standards {
            let protocols = standard.protocols.iter().flat_map(|protocol| &protocol.rules);
            for rule in standard.rules.iter().chain(protocols) {
                let [good, bad] = match &rule.kind {
                    RuleKind::Judged(wordings) => [true, false].map(|kind| {
                        let has = |one: &Wording| one.examples.iter().any(|e| e.is_good == kind);
                        wordings.iter().all(|one| looks_further(one) || has(one))
                    }),
                    RuleKind::Facet(_, examples) => {
                        [true, false].map(|kind| examples.iter().any(|e| e.is_good == kind))
                    }
                    RuleKind::Form(_, examples) => {
                        [true, false].map(|kind| examples.iter().any(|e| e.is_good == kind))
                    }
                    RuleKind::Term(parts) => {
                        let is_shown = |part: &TermPart| {
                            part.within == Within::Until || !part.examples.is_empty()
                        };
                        [parts.iter().all(is_shown); 2]
                    }
                    RuleKind::NotByMachine(_)
                    | RuleKind::Follows(_)
                    | RuleKind::NotYet
                    | RuleKind::Order => continue,
                };
                assert!(good, "{} heeft geen goed voorbeeld", rule.code);
                assert!(bad, "{} heeft geen fout voorbeeld", rule.code);
            }
        }
    }
}

#[test]
fn every_calendar_has_an_example() {
    for made in made() {
        let calendars =
            made.compilation.model.standards.iter().flat_map(|told| &told.dossier.calendars);
        for calendar in calendars {
            assert!(!calendar.examples.is_empty(), "{} heeft geen voorbeeld", calendar.name);
        }
    }
}

/// Whether a wording asks for more than the message: it is shown in scenarios, not in examples.
fn looks_further(wording: &Wording) -> bool {
    !Asked::by_steps(&wording.body).is_nothing()
}

/// An example that no message tries is no test.
#[test]
fn every_example_is_tried() {
    for made in made() {
        let tried: BTreeSet<_> = made.cases().into_iter().map(|case| case.rule).collect();
        let formal: Vec<_> = made
            .standards
            .iter()
            .flat_map(|standard| {
                let forms = standard.forms.iter().map(|form| (None, form.rule));
                let terms = standard.dossier.terms.iter().map(|term| (term.protocol, term.rule));
                let order = standard.dossier.order_rule.map(|rule| (None, rule));
                let all = forms.chain(terms).chain(order);
                all.map(|(protocol, rule)| {
                    let laid = protocol.map(|at| standard.protocols[usize::from(at)].rules);
                    &laid.unwrap_or(standard.rules)[usize::from(rule)].code
                })
            })
            .collect();
        let judged = made.rules().filter(|rule| rule.status == Status::Judged);
        // A facet that no element has cannot be tried in a message.
        let placed = judged.filter(|rule| rule.nowhere.is_none());
        for rule in placed.filter(|rule| !formal.contains(&&rule.code)) {
            let is_further = made.told(rule.code).is_some_and(|told| match &told.kind {
                RuleKind::Judged(wordings) => wordings.iter().all(looks_further),
                _ => false,
            });
            let is_tried = is_further || tried.contains(rule.code);
            assert!(is_tried, "{} wordt nergens beproefd", rule.code);
        }
    }
}

/// What decided a condition is named with everything that is demanded under it.
#[test]
fn what_decided_a_condition_is_related_to_each_demand_under_it() {
    let [_, proef] = made();
    let case = proef.cases().into_iter().find(|case| case.rule == "P108" && !case.is_good).unwrap();
    let findings = proef.findings(&case);
    assert!(findings.len() >= 2, "{findings:?}");
    for finding in findings {
        let other = if finding.path.contains("Product[1]") { "Product[2]" } else { "Product[1]" };
        assert!(finding.related.iter().any(|path| path.ends_with(other)), "{finding:?}");
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
