//! Pairs of pest to terms.

use pest::iterators::Pair;
use regelwerk_diag::Span;

use crate::Rule;
use crate::ast::{Cond, Counted, Range, Rounding, Spanned, Term, Unit};
use crate::convert::Converter;
use crate::expression::MOST_PARTS;

impl Converter {
    pub(crate) fn terms(&mut self, pair: Pair<'_, Rule>) -> Option<Vec<Term>> {
        let terms = pair.into_inner().filter(|part| part.as_rule() == Rule::term);
        terms.map(|part| self.term(part)).collect()
    }

    pub(crate) fn term(&mut self, pair: Pair<'_, Rule>) -> Option<Term> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        if parts.len() > MOST_PARTS {
            let help = format!("tel hoogstens {} waarden bij elkaar", MOST_PARTS / 2 + 1);
            self.too_long("deze som heeft te veel delen", span, &help);
            return None;
        }
        let mut term = self.product(parts.next()?)?;
        while let Some(op) = parts.next() {
            let right = self.product(parts.next()?)?;
            let is_plus = op.as_rule() == Rule::op_plus;
            term = Term::Sum2(Box::new(term), is_plus, Box::new(right), span);
        }
        Some(term)
    }

    /// `A maal B gedeeld door C afgerond`, from left to right.
    fn product(&mut self, pair: Pair<'_, Rule>) -> Option<Term> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        if parts.len() > MOST_PARTS {
            let title = "dit product heeft te veel delen";
            self.too_long(title, span, "reken het in minder stappen uit");
            return None;
        }
        let mut term = self.factor(parts.next()?)?;
        for part in parts {
            let is_product = part.as_rule() == Rule::times;
            let mut inner = part.into_inner().skip(1);
            let right = Box::new(self.factor(inner.next()?)?);
            let left = Box::new(term);
            term = match inner.next().map(|rounding| rounding.as_rule()) {
                _ if is_product => Term::Product(left, right, span),
                Some(Rule::k_naar_boven) => Term::Quotient(left, right, Rounding::Up, span),
                _ => Term::Quotient(left, right, Rounding::HalfUp, span),
            };
        }
        Some(term)
    }

    pub(crate) fn factor(&mut self, pair: Pair<'_, Rule>) -> Option<Term> {
        let span = self.span(&pair);
        let part = pair.into_inner().next()?;
        match part.as_rule() {
            Rule::duration => {
                let mut parts = part.into_inner();
                let number = self.number(&parts.next()?).value;
                let value = (number, unit(parts.next()?.as_rule())?);
                Some(Term::Duration(Spanned { value, span }))
            }
            Rule::literal => self.literal(part).map(Term::Literal),
            Rule::count => self.count(part),
            Rule::sum => self.sum(part),
            Rule::part => {
                let mut parts = part.into_inner();
                let unit = unit(parts.next()?.as_rule())?;
                let inner = self.factor(parts.next_back()?)?;
                Some(Term::Part(unit, Box::new(inner), span))
            }
            Rule::edge => {
                let mut parts = part.into_inner();
                let is_first = parts.next()?.as_rule() == Rule::k_eerste;
                let inner = self.factor(parts.next_back()?)?;
                Some(Term::MonthEdge(is_first, Box::new(inner), span))
            }
            Rule::between => self.between(part, span),
            Rule::extreme => {
                let is_last = part.clone().into_inner().next()?.as_rule() == Rule::k_laatste;
                let terms = part.into_inner().filter(|part| part.as_rule() == Rule::factor);
                let terms = terms.map(|part| self.factor(part)).collect::<Option<_>>()?;
                Some(Term::Extreme(is_last, terms, span))
            }
            Rule::path => self.path(part).map(Term::Path),
            _ => self.term(part),
        }
    }

    fn count(&mut self, pair: Pair<'_, Rule>) -> Option<Term> {
        let span = self.span(&pair);
        let (range, cond) = self.selection(pair)?;
        Some(Term::Count(range, cond, span))
    }

    fn sum(&mut self, pair: Pair<'_, Rule>) -> Option<Term> {
        let span = self.span(&pair);
        let what = pair.clone().into_inner().find(|part| part.as_rule() == Rule::term)?;
        let what = self.term(what)?;
        let (range, cond) = self.selection(pair)?;
        Some(Term::Sum(Box::new(what), range, cond, span))
    }

    /// `aantal dagen van A t/m B`
    fn between(&mut self, pair: Pair<'_, Rule>, span: Span) -> Option<Term> {
        let counted = |part: Pair<'_, Rule>| match part.as_rule() {
            Rule::k_dagen => Some(Counted::Days),
            Rule::k_weken => Some(Counted::Weeks),
            Rule::k_maanden => Some(Counted::Months),
            Rule::k_zondagen => Some(Counted::Sundays),
            _ => None,
        };
        let counted = pair.clone().into_inner().find_map(counted)?;
        let mut ends = pair.into_inner().filter(|part| part.as_rule() == Rule::factor);
        let (from, to) = (self.factor(ends.next()?)?, self.factor(ends.next()?)?);
        Some(Term::Between(counted, Box::new(from), Box::new(to), span))
    }

    /// `RANGE met (CONDITION)`
    fn selection(&mut self, pair: Pair<'_, Rule>) -> Option<(Range, Option<Box<Cond>>)> {
        let (mut range, mut cond) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::range => range = Some(self.range(part)?),
                Rule::group => {
                    cond = Some(Box::new(self.condition(part.into_inner().next()?)?));
                }
                _ => {}
            }
        }
        Some((range?, cond))
    }
}

fn unit(rule: Rule) -> Option<Unit> {
    match rule {
        Rule::k_dag => Some(Unit::Day),
        Rule::k_maand => Some(Unit::Month),
        Rule::k_jaar => Some(Unit::Year),
        _ => None,
    }
}
