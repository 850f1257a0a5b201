//! Pairs of pest to the clauses of a term with a last day.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{Clause, EndDay, Ending, Length, Party, Spanned, TermClause};
use crate::convert::Converter;

impl Converter {
    /// The clause of a `termijn` that `rule` reads from `parts`.
    pub(crate) fn obligation_clause(
        &mut self,
        rule: Rule,
        mut parts: Pairs<'_, Rule>,
    ) -> Option<Clause> {
        let clause = match rule {
            Rule::clause_part => TermClause::Part(self.quoted(&parts.next()?)),
            Rule::clause_counts_rejected => TermClause::CountsRejected,
            Rule::clause_begins => TermClause::Begins(self.term(parts.next()?)?),
            Rule::clause_due => TermClause::Due(self.term(parts.next()?)?),
            Rule::clause_ends => TermClause::Ends(self.endings(parts)?),
            Rule::clause_within => self.within(parts)?,
            Rule::clause_by => TermClause::By(party(parts.next()?.as_rule())),
            Rule::clause_last_day => {
                let mut days = parts.filter(|part| part.as_rule() == Rule::date);
                let [begins, due] = [days.next()?, days.next()?].map(|part| self.dated(&part));
                TermClause::Example(begins?, due?)
            }
            _ => return None,
        };
        Some(Clause::Term(clause))
    }

    /// The alternatives; one that does not say which day counts is as the one before it.
    fn endings(&mut self, parts: Pairs<'_, Rule>) -> Option<Vec<Spanned<Ending>>> {
        let mut endings = Vec::new();
        let mut moment = EndDay::Sent;
        for part in parts.filter(|part| part.as_rule() == Rule::ending) {
            let span = self.span(&part);
            endings.push(Spanned { value: self.ending(part, &mut moment)?, span });
        }
        Some(endings)
    }

    fn ending(&mut self, pair: Pair<'_, Rule>, moment: &mut EndDay) -> Option<Ending> {
        let (mut element, mut fact, mut cond) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_antwoord => return Some(Ending::Answer),
                Rule::k_dit_bericht => return Some(Ending::Itself),
                Rule::k_verzending_van => *moment = EndDay::Sent,
                Rule::k_ontvangst_van => *moment = EndDay::Received,
                Rule::row_element => element = Some(self.row_element(part)?),
                Rule::row_name => fact = Some(self.word(&part)),
                Rule::condition => cond = Some(self.condition(part)?),
                _ => {}
            }
        }
        match element {
            Some(element) => Some(Ending::Message(*moment, element, cond)),
            None => Some(Ending::Fact(fact?, cond)),
        }
    }

    /// `3 werkdagen volgens werkdagen-nl`, `8 weken`
    fn within(&self, mut parts: Pairs<'_, Rule>) -> Option<TermClause> {
        let number = self.number(&parts.next()?);
        let length = match parts.next()?.as_rule() {
            Rule::k_werkdag => {
                let calendar = parts.find(|part| part.as_rule() == Rule::identity)?;
                Length::WorkingDays(self.word(&calendar))
            }
            Rule::k_week => Length::Weeks,
            Rule::k_maand => Length::Months,
            _ => Length::Days,
        };
        Some(TermClause::Within(number, length))
    }
}

fn party(rule: Rule) -> Party {
    match rule {
        Rule::k_afzender => Party::Sender,
        _ => Party::Receiver,
    }
}
