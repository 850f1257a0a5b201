//! What rules ask beside the elements of the message.

use std::collections::BTreeSet;

use regelwerk_diag::Span;

use crate::core::walk::{self, Part};
use crate::core::{Cond, Listed, Named, Over, RowSource, Rows, Step, Value};
use crate::dossier::Dossier;
use crate::{Rule, RuleKind};

/// The rows and lists that something looks into, and whether it asks for the day of receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked<'c> {
    /// The rows, in the order in which they are looked into.
    pub rows: Vec<&'c Rows>,
    /// The lists, and the columns of tables, in which it looks for a value.
    pub lists: Vec<&'c Listed>,
    /// The conditions that it calls by their name.
    pub conditions: Vec<&'c Named>,
    /// It asks on which day the message judged was received.
    pub received: bool,
}

impl<'c> Asked<'c> {
    /// What a wording asks.
    #[must_use]
    pub fn by_steps(steps: &'c [Step]) -> Self {
        let mut asked = Self::default();
        walk::steps(steps, 0, |part, _| asked.enter(part));
        asked
    }

    /// What a condition asks.
    #[must_use]
    pub fn by_cond(cond: &'c Cond) -> Self {
        let mut asked = Self::default();
        walk::cond(cond, 0, |part, _| asked.enter(part));
        asked
    }

    /// What a rule asks by its wordings, or a term by its courses.
    #[must_use]
    pub fn by_rule(rule: &'c Rule) -> Self {
        let mut asked = Self::default();
        match &rule.kind {
            RuleKind::Judged(wordings) => wordings.iter().for_each(|wording| {
                walk::steps(&wording.body, 0, |part, _| asked.enter(part));
            }),
            RuleKind::Term(parts) => {
                parts.iter().flat_map(|part| &part.courses).for_each(|course| {
                    course.walk(|part, _| asked.enter(part));
                });
            }
            _ => {}
        }
        asked
    }

    /// Where the blocks stand that declare what is asked: views, facts, questions, tables, lists and
    /// conditions.
    #[must_use]
    pub fn blocks(&self, dossier: &Dossier) -> BTreeSet<Span> {
        let declared = |rows: &&Rows| match rows.source {
            RowSource::View(at) => dossier.views.get(at).map(|one| one.span),
            RowSource::Fact(at) => dossier.facts.get(at).map(|one| one.span),
            RowSource::Table(at) => dossier.tables.get(at).map(|one| one.span),
            RowSource::Earlier(_) | RowSource::Later(_) => None,
        };
        let lists = self.lists.iter().filter_map(|listed| dossier.lists.get(listed.list));
        let named = self.conditions.iter().filter_map(|named| dossier.conditions.get(named.at));
        let rows = self.rows.iter().filter_map(declared);
        rows.chain(lists.map(|list| list.span)).chain(named.map(|one| one.span)).collect()
    }

    /// Whether all it needs is the message itself; what stands in a list is known beforehand.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && !self.received
    }

    fn enter(&mut self, part: Part<'c>) {
        match part {
            Part::Range { range, .. } => self.rows.extend(match &range.over {
                Over::Rows(rows) => Some(rows),
                Over::Path(_) | Over::Other { .. } => None,
            }),
            Part::Value(Value::Received) => self.received = true,
            Part::Cond(Cond::Listed(_, listed)) => self.lists.push(listed),
            Part::Cond(Cond::Named(named, _)) => self.conditions.push(named),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use regelwerk_diag::SourceId;

    use super::*;
    use crate::core::{Kind, Op, Origin, Path, Range};
    use crate::dossier::{Fact, List};
    use crate::{Course, Ending, Moment, TermPart, Within};

    fn span(at: u32) -> Span {
        Span { source: SourceId(0), start: at, end: at }
    }

    fn dossier() -> Dossier {
        let fact = |at| Fact {
            name: format!("feit{at}"),
            title: String::new(),
            sources: Vec::new(),
            is_question: false,
            values: Vec::new(),
            protocol: None,
            span: span(at),
        };
        let list = List { column: None, values: Vec::new(), span: span(10) };
        Dossier { facts: (0..4).map(fact).collect(), lists: vec![list], ..Dossier::default() }
    }

    fn facts(at: usize) -> Range {
        let (source, written) = (RowSource::Fact(at), format!("feit{at}"));
        let rows = Rows { source, same_part: false, counts_void: false, written };
        Range { over: Over::Rows(rows), name: None }
    }

    /// How many of a fact have a value that is in the list.
    fn count(at: usize) -> Value {
        let path = Path { origin: Origin::Bound(0), ..Path::this() };
        let listed = Listed { list: 0, written: "lijst x".to_owned() };
        let is_in = Cond::Listed(Value::Path(path, Kind::Text), listed);
        Value::Count(facts(at), Box::new(is_in))
    }

    #[test]
    fn what_a_term_asks_is_told_wherever_it_asks_it() {
        let course = Course {
            source: 0,
            binds: vec![(facts(0), Cond::True)],
            cond: Cond::Compare(Op::Eq, count(1), Value::Number(1)),
            begins: Value::Received,
            due: Some(Value::Extreme(true, vec![count(2)])),
            endings: vec![Ending::Row(Moment::Told, facts(3), Box::new(Cond::True))],
            by: String::new(),
        };
        let part = TermPart {
            label: String::new(),
            interval: None,
            courses: vec![course],
            counts_void: false,
            within: Within::Until,
            examples: Vec::new(),
            demands: Vec::new(),
        };
        let rule = Rule {
            code: "T".to_owned(),
            title: String::new(),
            sources: Vec::new(),
            readings: Vec::new(),
            deviations: Vec::new(),
            see: Vec::new(),
            replaces: Vec::new(),
            level: None,
            retourcode: None,
            judged_at: None,
            nowhere: None,
            is_remark: false,
            period: None,
            kind: RuleKind::Term(vec![part]),
            demands: Vec::new(),
            span: span(20),
        };
        let asked = Asked::by_rule(&rule);
        assert!(asked.received);
        assert_eq!(asked.blocks(&dossier()), [0, 1, 2, 3, 10].map(span).into());
    }
}
