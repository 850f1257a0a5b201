//! The examples that rule files have of their blocks, as something to try.

use std::collections::BTreeMap;

use regelwerk_diag::Span;
use regelwerk_emit::{Case, cases};
use regelwerk_model::process::{Course, Process};
use regelwerk_model::{
    Calendar, DayCount, OuterForm, Rule, RuleKind, Standard, TermExample, TermPart, Wording,
};

/// An example as a rule file has it.
#[derive(Debug, Clone)]
pub struct Example<'m> {
    /// The rule, the calendar or the process that it is of.
    pub of: &'m str,
    /// The protocol that that is of; none of what the standard itself has.
    pub protocol: Option<&'m str>,
    /// Where it stands.
    pub span: Span,
    /// What it shows.
    pub shows: Shows<'m>,
}

/// What an example shows.
#[derive(Debug, Clone)]
pub enum Shows<'m> {
    /// Of messages whether the rule reports something.
    Messages {
        /// It reports nothing.
        is_good: bool,
        /// That is so of one message at least, and not of each: a rule that has a pattern of its own
        /// for each message.
        is_of_any: bool,
        /// The messages; none where no element refers to the rule.
        cases: Vec<Case>,
        /// Why no element does, where that is meant.
        nowhere: Option<&'m str>,
    },
    /// Of a file in this form whether the rule remarks upon it.
    File {
        /// It does not.
        is_good: bool,
        /// The form.
        form: OuterForm,
    },
    /// The last day of a part of a term.
    LastDay {
        /// The part.
        part: &'m TermPart,
        /// The days.
        days: &'m TermExample,
    },
    /// So many working days of a calendar.
    WorkingDays(&'m DayCount),
    /// What comes of events of a process, or that one of them is not taken.
    Events(&'m Process, &'m Course),
}

/// Every example of a standard and of its protocols, in order of place.
#[must_use]
pub fn examples(standard: &Standard) -> Vec<Example<'_>> {
    let mut made: BTreeMap<Span, Vec<Case>> = BTreeMap::new();
    for case in cases(standard) {
        made.entry(case.span).or_default().push(case);
    }
    let mut examples = Vec::new();
    for rule in &standard.rules {
        examples.extend(of_rule(rule, None, &mut made));
    }
    for protocol in &standard.protocols {
        for rule in &protocol.rules {
            examples.extend(of_rule(rule, Some(&protocol.name), &mut made));
        }
    }
    examples.extend(standard.dossier.calendars.iter().flat_map(of_calendar));
    examples.extend(standard.dossier.processes.iter().flat_map(of_process));
    examples.sort_by_key(|one| one.span);
    examples
}

fn of_rule<'m>(
    rule: &'m Rule,
    protocol: Option<&'m str>,
    made: &mut BTreeMap<Span, Vec<Case>>,
) -> Vec<Example<'m>> {
    let example = |span, shows| Example { of: &rule.code, protocol, span, shows };
    let nowhere = rule.nowhere.as_deref();
    let mut messages = |is_good, is_of_any, span| {
        let cases = made.remove(&span).unwrap_or_default();
        example(span, Shows::Messages { is_good, is_of_any, cases, nowhere })
    };
    match &rule.kind {
        RuleKind::Judged(wordings) => {
            let all = wordings.iter().flat_map(|wording: &Wording| &wording.examples);
            all.map(|one| messages(one.is_good, false, one.span)).collect()
        }
        RuleKind::Facet(kind, all) => {
            let is_of_any = |is_good| is_good && kind.is_none();
            all.iter().map(|one| messages(one.is_good, is_of_any(one.is_good), one.span)).collect()
        }
        RuleKind::Form(_, all) => all
            .iter()
            .map(|one| example(one.span, Shows::File { is_good: one.is_good, form: one.file }))
            .collect(),
        RuleKind::Term(parts) => {
            let all =
                parts.iter().flat_map(|part| part.examples.iter().map(move |days| (part, days)));
            all.map(|(part, days)| example(days.span, Shows::LastDay { part, days })).collect()
        }
        RuleKind::NotByMachine(_) | RuleKind::Follows(_) | RuleKind::NotYet | RuleKind::Order => {
            Vec::new()
        }
    }
}

fn of_calendar(calendar: &Calendar) -> impl Iterator<Item = Example<'_>> {
    calendar.examples.iter().map(|days| Example {
        of: &calendar.name,
        protocol: None,
        span: days.span,
        shows: Shows::WorkingDays(days),
    })
}

fn of_process(process: &Process) -> impl Iterator<Item = Example<'_>> {
    process.examples.iter().map(|course| Example {
        of: &process.name,
        protocol: process.protocol.as_deref(),
        span: course.span,
        shows: Shows::Events(process, course),
    })
}
