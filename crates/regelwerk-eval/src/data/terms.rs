//! Terms.

use regelwerk_compiler::model::plan::narrow;
use regelwerk_compiler::model::{self, Course, RuleKind, TermPart};
use regelwerk_kernel::standard::{TermDef, Within};

use crate::keep;
use crate::maker::Maker;

impl Maker<'_> {
    /// The terms of the standard and of its protocols, in order of rule.
    pub(crate) fn terms(&self) -> &'static [TermDef] {
        let mut terms = Vec::new();
        for (protocol, rules) in self.standard.rule_lists() {
            for (at, rule) in (0_u16..).zip(rules) {
                let RuleKind::Term(parts) = &rule.kind else { continue };
                let courses =
                    parts.iter().flat_map(|part| part.courses.iter().map(move |one| (part, one)));
                for (number, (part, course)) in courses.enumerate() {
                    terms.push(self.term((protocol, at, number), part, course));
                }
            }
        }
        keep::list(terms)
    }

    fn term(
        &self,
        (protocol, rule, number): (Option<u16>, u16, usize),
        part: &TermPart,
        course: &Course,
    ) -> TermDef {
        TermDef {
            protocol,
            rule,
            label: keep::text(&part.label),
            releases: part.interval.map(|it| [it.first, it.last].map(narrow)),
            source: narrow(course.source),
            counts_void: part.counts_void,
            course: self.course((protocol, rule, number), course),
            within: self.within(&part.within),
            by: keep::text(&course.by),
        }
    }

    /// How long a term is.
    pub(crate) fn within(&self, within: &model::Within) -> Within {
        match within {
            model::Within::WorkingDays(number, name) => {
                let calendar = self.calendars.iter().find(|one| one.name == name);
                calendar.map_or(Within::Until, |one| Within::WorkingDays(*number, one))
            }
            model::Within::Days(number) => Within::Days(*number),
            model::Within::Months(number) => Within::Months(*number),
            model::Within::Until => Within::Until,
        }
    }
}
