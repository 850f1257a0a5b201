//! Pairs of pest to the clauses of a process.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{
    Clause, Course, Event, EventMoment, Never, ProcessClause, Spanned, State, StateMark,
    Transition, Word,
};
use crate::convert::Converter;

impl Converter {
    /// The clause of a process that `rule` reads from `parts`.
    pub(crate) fn process_clause(&mut self, rule: Rule, parts: Pairs<'_, Rule>) -> Option<Clause> {
        let clause = match rule {
            Rule::clause_process_key => {
                let paths = parts.filter(|part| part.as_rule() == Rule::dotted);
                let paths = paths.map(|part| self.dotted(part));
                ProcessClause::Key(paths.collect::<Option<_>>()?)
            }
            Rule::clause_roles => ProcessClause::Roles(self.identities(parts)),
            Rule::clause_states => {
                let states = parts.filter(|part| part.as_rule() == Rule::state);
                let states = states.map(|part| self.state(part));
                ProcessClause::States(states.collect::<Option<_>>()?)
            }
            Rule::clause_event => ProcessClause::Event(Box::new(self.event(parts)?)),
            Rule::clause_transition => self.transition(parts)?,
            Rule::clause_never => self.never(parts)?,
            Rule::clause_eventually => ProcessClause::Eventually(self.identities(parts)),
            Rule::clause_beside => {
                let mut parts = parts;
                let name = self.word(&parts.next()?);
                ProcessClause::Beside(name, self.references(parts))
            }
            Rule::clause_course_good => ProcessClause::Course(self.course(parts, true)?),
            Rule::clause_course_bad => ProcessClause::Course(self.course(parts, false)?),
            _ => return None,
        };
        Some(Clause::Process(clause))
    }

    fn identities(&self, parts: Pairs<'_, Rule>) -> Vec<Word> {
        let names = parts.filter(|part| part.as_rule() == Rule::identity);
        names.map(|part| self.word(&part)).collect()
    }

    /// `[TR326, OP379]`, if it is there.
    fn references(&self, mut parts: Pairs<'_, Rule>) -> Vec<Word> {
        let found = parts.find(|part| part.as_rule() == Rule::references);
        found.map_or_else(Vec::new, |part| self.words(part.into_inner()))
    }

    fn state(&self, pair: Pair<'_, Rule>) -> Option<State> {
        let mut parts = pair.into_inner();
        let name = self.word(&parts.next()?);
        let mark = parts.next().map(|part| {
            let is_initial = part.as_rule() == Rule::k_begin;
            let value = if is_initial { StateMark::Initial } else { StateMark::End };
            Spanned { value, span: self.span(&part) }
        });
        Some(State { name, mark })
    }

    fn event(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Event> {
        let name = self.word(&parts.next()?);
        let (moment, role, cond) = (EventMoment::Arrival, None, None);
        let (places, facts) = (Vec::new(), Vec::new());
        let span = self.span(&parts.clone().nth(1)?);
        let mut event = Event { name, moment, places, facts, role, cond, span };
        for part in parts.filter(|part| part.as_rule() != Rule::EOI) {
            event.span = span.to(self.span(&part));
            match part.as_rule() {
                Rule::moment => event.moment = moment_of(&part)?,
                Rule::place => event.places.push(self.place(part)?),
                Rule::row_name => event.facts.push(self.word(&part)),
                Rule::identity => event.role = Some(self.word(&part)),
                Rule::condition => event.cond = Some(self.condition(part)?),
                _ => {}
            }
        }
        Some(event)
    }

    fn transition(&self, mut parts: Pairs<'_, Rule>) -> Option<ProcessClause> {
        let from = self.identities(parts.next()?.into_inner());
        let rules = self.references(parts.clone());
        let mut names = self.identities(parts).into_iter();
        let (to, event) = (names.next()?, names.next()?);
        Some(ProcessClause::Transition(Transition { from, to, event, rules }))
    }

    fn course(&self, mut parts: Pairs<'_, Rule>, is_good: bool) -> Option<Course> {
        let events = self.identities(parts.next()?.into_inner());
        Some(Course { is_good, events, state: self.identities(parts).into_iter().next() })
    }

    fn never(&self, mut parts: Pairs<'_, Rule>) -> Option<ProcessClause> {
        let events = self.identities(parts.next()?.into_inner());
        let rules = self.references(parts.clone());
        let without = self.identities(parts).into_iter().next()?;
        Some(ProcessClause::Never(Never { events, without, rules }))
    }
}

fn moment_of(pair: &Pair<'_, Rule>) -> Option<EventMoment> {
    match pair.clone().into_inner().next()?.as_rule() {
        Rule::k_verzending => Some(EventMoment::Sending),
        Rule::k_goedkeuring => Some(EventMoment::Approval),
        Rule::k_afkeur => Some(EventMoment::Rejection),
        _ => None,
    }
}
