//! Every example in a rule, judged by the generated library: those of the norm, and those of an
//! invented standard that shows every construct of the language.

use std::collections::BTreeSet;

use regelwerk::standard::{Rule, Status};
use regelwerk::{Finding, Lang, ProtocolChoice, Severity};
use regelwerk_compiler::emit::{Case, cases};
use regelwerk_compiler::model::{self, Asked, OuterForm, RuleKind, TermPart, Within, Wording};
use regelwerk_play::date;

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

    /// What the rule of a case finds, when its message is judged at all levels.
    fn findings(&self, case: &Case) -> Vec<Finding> {
        let choice = case.protocol.clone().map(ProtocolChoice::Named);
        let context = self.context().all_levels(true).remarks(true);
        let context = context.protocol(choice.unwrap_or_default());
        let report = regelwerk::validate(case.xml.as_bytes(), &context);
        assert!(report.unreadable.is_none(), "{}", case.xml);
        let rule = self.rules().find(|rule| rule.code == case.rule).unwrap();
        // That the schema refuses what a protocol asks for is told under the protocol's rule.
        let own = |finding: &Finding| {
            finding.rule == case.rule && (rule.is_remark || finding.severity == Severity::Error)
        };
        report.findings.into_iter().filter(own).collect()
    }
}

#[test]
fn every_example_means_its_rule() {
    for made in made() {
        let cases = made.cases();
        let wrong = cases.iter().filter(|case| {
            let is_as_told = made.findings(case).is_empty() == case.is_good;
            !is_as_told && !holds_elsewhere(case, &made)
        });
        let wrong: Vec<_> = wrong.map(|case| told(case, &made)).collect();
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
    let same = |one: &&Case| one.span == case.span && made.findings(one).is_empty();
    per_message && case.is_good && made.cases().iter().find(same).is_some()
}

/// What an analyst needs to mend the example or the rule.
fn told(case: &Case, made: &Made) -> String {
    let sources = &made.compilation.sources;
    let line = sources.position(case.span).line;
    let (path, example) = (sources.shown(case.span.source), sources.slice(case.span));
    let found: Vec<_> = made.findings(case).iter().map(|one| one.text(Lang::Nl)).collect();
    let found = if found.is_empty() { "niets".to_owned() } else { found.join(" ") };
    let Case { rule, message, element, .. } = case;
    format!("{path}:{line}: {example}\n  {rule} meldt bij {message} {element}: {found}")
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

/// A working day more or less is a day more or less to answer.
#[test]
fn every_day_count_comes_to_its_day() {
    for made in made() {
        for (standard, told) in made.standards.iter().zip(&made.compilation.model.standards) {
            for (calendar, told) in standard.dossier.calendars.iter().zip(&told.dossier.calendars) {
                assert_eq!(calendar.name, told.name);
                assert!(!told.examples.is_empty(), "{} heeft geen voorbeeld", told.name);
                for example in &told.examples {
                    let found = calendar.after(date(example.from), example.working_days);
                    assert_eq!(found, Some(date(example.to)), "{} {example:?}", told.name);
                }
            }
        }
    }
}

/// On the last day that an example of a term names it is in time, a day later it is not.
#[test]
fn every_term_has_the_last_day_that_it_names() {
    for made in made() {
        for (standard, told) in made.standards.iter().zip(&made.compilation.model.standards) {
            for term in standard.dossier.terms {
                let protocol = term.protocol.map(usize::from);
                let rules = protocol.map_or(standard.rules, |at| standard.protocols[at].rules);
                let code = rules[usize::from(term.rule)].code;
                let all = protocol.map_or(&told.rules, |at| &told.protocols[at].rules);
                let rule = all.iter().find(|rule| rule.code == code);
                let Some(RuleKind::Term(parts)) = rule.map(|rule| &rule.kind) else {
                    panic!("{code} is geen termijn")
                };
                let is_it = |part: &&TermPart| {
                    let releases = part.interval.map(|it| [it.first, it.last]);
                    let is_of = term.releases.map(|it| it.map(usize::from));
                    part.label == term.label && releases == is_of
                };
                let part = parts.iter().find(is_it).unwrap();
                for example in &part.examples {
                    let due = term.within.last_day(date(example.begins));
                    assert_eq!(due, Some(date(example.due)), "{code} {} {example:?}", term.label);
                }
            }
        }
    }
}

/// Whether a wording asks for more than the message: it is shown in scenarios, not in examples.
fn looks_further(wording: &Wording) -> bool {
    !Asked::by_steps(&wording.body).is_nothing()
}

/// An example of a rule on the outer form is a whole file: the base message in that form.
#[test]
fn every_outer_form_means_its_rule() {
    let [norm, _] = made();
    let mut tried = 0;
    for rule in norm.compilation.model.standards.iter().flat_map(|standard| &standard.rules) {
        let RuleKind::Form(_, examples) = &rule.kind else { continue };
        for example in examples {
            let report =
                regelwerk::validate(&file_like(example.file), &norm.context().remarks(true));
            assert_eq!(report.verdict, regelwerk::Verdict::Accepted, "{example:?}");
            let is_remarked = report.findings.iter().any(|finding| finding.rule == rule.code);
            assert_eq!(is_remarked, !example.is_good, "{} {example:?}", rule.code);
            tried += 1;
        }
    }
    assert!(tried > 0, "geen voorbeelden van de vorm");
}

/// A message that is right, as a file of this form.
fn file_like(form: OuterForm) -> Vec<u8> {
    let releases = regelwerk::STANDARDS.iter().flat_map(|standard| standard.releases);
    let message = releases.filter(|one| one.is_complete).flat_map(|one| one.messages).next();
    let plain = message.unwrap().base.replace("\r\n", "\n");
    let mut text = if form.is_bare_lf { plain } else { plain.replace('\n', "\r\n") };
    if form.is_utf16 {
        text = text.replace("UTF-8", "UTF-16");
    }
    if form.has_bom || form.is_utf16 {
        text.insert(0, '\u{feff}');
    }
    let mut bytes = if form.is_utf16 {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    } else {
        text.into_bytes()
    };
    let size = usize::try_from(form.bytes).unwrap();
    bytes.resize(size.max(bytes.len()), b' ');
    bytes
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
