//! Pairs of pest to the clauses of a scenario.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{
    Clause, Expected, Moment, Outcome, ScenarioClause, Sending, Spanned, Standing, StateIs,
    Telling, TermIs, Told,
};
use crate::convert::Converter;
use crate::table::Form;

impl Converter {
    /// The clause of a scenario that `form` reads from `parts`.
    pub(crate) fn scenario_clause(
        &mut self,
        form: Form,
        mut parts: Pairs<'_, Rule>,
    ) -> Option<Clause> {
        let clause = match form.rule {
            Rule::clause_about => ScenarioClause::About(self.words(parts)),
            Rule::clause_message => ScenarioClause::Message(self.telling(parts.next()?)?),
            Rule::clause_expectation => ScenarioClause::Expectation(self.all_expected(parts)),
            Rule::clause_supplied => self.supplied(parts)?,
            Rule::clause_told => ScenarioClause::Fact(self.told(form, parts)?),
            Rule::clause_moment => ScenarioClause::Moment(self.moment(parts)?),
            Rule::clause_outcome => {
                let parts = parts.filter(|part| part.as_rule() == Rule::outcome);
                let outcomes = parts.map(|part| self.outcome(part));
                ScenarioClause::Outcome(outcomes.collect::<Option<_>>()?)
            }
            _ => return None,
        };
        Some(Clause::Scenario(clause))
    }

    /// `JW315 van release 2.2 met …`
    fn telling(&mut self, pair: Pair<'_, Rule>) -> Option<Telling> {
        let mut parts = pair.into_inner();
        let message = self.word(&parts.next()?);
        let (mut release, mut fields) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::release => release = Some(self.word(&part)),
                Rule::assignments => fields = self.assignments(part)?,
                _ => {}
            }
        }
        Some(Telling { message, release, fields })
    }

    fn all_expected(&self, parts: Pairs<'_, Rule>) -> Vec<Expected> {
        let parts = parts.filter(|part| part.as_rule() == Rule::expected);
        parts.filter_map(|part| self.expected(part)).collect()
    }

    fn expected(&self, pair: Pair<'_, Rule>) -> Option<Expected> {
        let mut parts = pair.into_inner();
        let rule = self.word(&parts.next()?);
        let path = parts.find(|part| part.as_rule() == Rule::place_path);
        Some(Expected { rule, path: path.map(|path| self.word(&path)) })
    }

    /// `contract: 0518, 12345678, , 01-01-2026`
    fn supplied(&mut self, mut parts: Pairs<'_, Rule>) -> Option<ScenarioClause> {
        let table = self.word(&parts.next()?);
        let cells = parts.filter(|part| part.as_rule() == Rule::cell);
        let cells = cells.map(|cell| match cell.into_inner().next() {
            Some(given) => self.given(given).map(Some),
            None => Some(None),
        });
        Some(ScenarioClause::Row(table, cells.collect::<Option<_>>()?))
    }

    /// `betaling op 01-06-2026: DECL2026001 leeg`
    fn told(&mut self, form: Form, mut parts: Pairs<'_, Rule>) -> Option<Told> {
        let name = self.word(&parts.next()?);
        let (mut on, mut given) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::date => on = Some(self.day(&part)?),
                Rule::given => given.push(self.given(part)?),
                _ => {}
            }
        }
        let mut given = given.into_iter();
        let is_question = form.keyword == "vraag";
        Some(Told { is_question, name, on: on?, key: given.next()?, value: given.next() })
    }

    fn moment(&mut self, parts: Pairs<'_, Rule>) -> Option<Moment> {
        let (mut days, mut sending) = (Vec::new(), None);
        for part in parts {
            match part.as_rule() {
                Rule::date => days.push(self.day(&part)?),
                Rule::sending => sending = Some(self.sending(part)?),
                _ => {}
            }
        }
        let mut days = days.into_iter();
        Some(Moment { on: days.next()?, received: days.next(), sending })
    }

    fn day(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<chrono::NaiveDate>> {
        Some(Spanned { value: self.date(pair)?, span: self.span(pair) })
    }

    /// `stuurt gemeente JW306 op JW305[2] met …`
    fn sending(&mut self, pair: Pair<'_, Rule>) -> Option<Sending> {
        let mut parts = pair.into_inner();
        let role = parts.find(|part| part.as_rule() == Rule::role)?;
        let sent = parts.next()?;
        let answers = sent.clone().into_inner().find(|part| part.as_rule() == Rule::numbered);
        Some(Sending {
            role: self.word(&role),
            answers: answers.and_then(|part| self.step(part)),
            telling: self.telling(sent)?,
        })
    }

    fn outcome(&mut self, pair: Pair<'_, Rule>) -> Option<Outcome> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        match first.as_rule() {
            Rule::k_goedgekeurd => Some(Outcome::Accepted(span)),
            Rule::k_afgekeurd => Some(Outcome::Rejected(self.all_expected(parts))),
            Rule::k_niet_beoordeeld => {
                let codes = parts.filter(|part| part.as_rule() == Rule::rule_code);
                Some(Outcome::Unassessed(codes.map(|part| self.word(&part)).collect()))
            }
            Rule::k_opmerking => self.expected(parts.next()?).map(Outcome::Remark),
            Rule::k_alsnog_goed => self.step(parts.next()?).map(Outcome::Mended),
            Rule::k_termijn => self.term_is(parts, None).map(Outcome::Term),
            Rule::k_geen => {
                parts.next()?;
                self.term_is(parts, Some(Standing::Nowhere)).map(Outcome::Term)
            }
            _ => self.state_is(first, parts).map(Outcome::State),
        }
    }

    /// `OP274 "na onderzoek" van JW315 loopt`; how it stands is known where there is no term.
    fn term_is(
        &mut self,
        mut parts: Pairs<'_, Rule>,
        mut standing: Option<Standing>,
    ) -> Option<TermIs> {
        let rule = self.word(&parts.next()?);
        let (mut part_of, mut of) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::string => part_of = Some(self.quoted(&part)),
                Rule::numbered => of = self.step(part),
                Rule::standing => standing = self.standing(part),
                _ => {}
            }
        }
        Some(TermIs { rule, part: part_of, of, standing: standing? })
    }

    fn standing(&mut self, pair: Pair<'_, Rule>) -> Option<Standing> {
        let mut parts = pair.into_inner();
        match parts.next()?.as_rule() {
            Rule::k_uiterlijk => self.date(&parts.next()?).map(Standing::Due),
            Rule::k_gehaald => Some(Standing::Met),
            Rule::k_te_laat => Some(Standing::Late),
            _ => Some(Standing::Open),
        }
    }

    /// `levering 4711 gestopt`
    fn state_is(&mut self, process: Pair<'_, Rule>, parts: Pairs<'_, Rule>) -> Option<StateIs> {
        let process = self.word(&process);
        let mut parts: Vec<_> = parts.collect();
        let state = self.word(&parts.pop()?);
        let key = parts.into_iter().map(|part| self.given(part));
        Some(StateIs { process, key: key.collect::<Option<_>>()?, state })
    }
}
