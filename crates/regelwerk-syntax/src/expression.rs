//! Pairs of pest to conditions and requirements.

use pest::iterators::{Pair, Pairs};
use regelwerk_diag::{Diagnostic, Span};

use crate::Rule;
use crate::ast::{Check, Clause, Cond, Demand, Literal, Op, Order, PathExpr, Spanned, Term};
use crate::codes::{MIXED_JUNCTION, TOO_DEEP};
use crate::convert::Converter;

/// Parts of a sum or a condition, with the signs between them, at the most: what reads them after
/// this goes deeper for each part.
pub(crate) const MOST_PARTS: usize = 399;

impl Converter {
    /// `- A, B verplicht vullen`
    pub(crate) fn requirement(&mut self, parts: Pairs<'_, Rule>) -> Option<Clause> {
        let mut paths = Vec::new();
        let mut demand = None;
        for part in parts {
            match part.as_rule() {
                Rule::k_sleutel => {
                    demand = Some(Spanned { value: Demand::Key, span: self.span(&part) });
                }
                Rule::path => paths.push(self.path(part)?),
                Rule::demand => {
                    let span = self.span(&part);
                    demand = self.demand(part).map(|value| Spanned { value, span });
                }
                _ => {}
            }
        }
        Some(Clause::Requirement(paths, demand?))
    }

    fn demand(&mut self, pair: Pair<'_, Rule>) -> Option<Demand> {
        let words: Vec<_> = pair.clone().into_inner().map(|part| part.as_rule()).collect();
        let mut parts = pair.into_inner();
        match words.as_slice() {
            [Rule::k_verplicht, ..] => Some(Demand::Filled),
            [Rule::k_leeg, ..] => Some(Demand::Empty),
            [Rule::k_mag, ..] => Some(Demand::Allowed),
            [Rule::k_niet, .., Rule::values] => {
                Some(Demand::Values(self.terms(parts.next_back()?)?, false))
            }
            [.., Rule::values] => Some(Demand::Values(self.terms(parts.next_back()?)?, true)),
            [.., kind @ (Rule::k_datum | Rule::k_getal), Rule::ordering, Rule::term] => {
                let term = self.term(parts.next_back()?)?;
                let op = ordering(parts.next_back()?)?;
                let order = if *kind == Rule::k_datum { Order::Dates } else { Order::Numbers };
                Some(Demand::Ordered(op, order, term))
            }
            [.., Rule::check] => self.check(parts.next_back()?).map(Demand::Check),
            [.., Rule::k_dossier] => Some(Demand::UniqueInDossier),
            [first, .., Rule::name] => {
                let within = self.word(&parts.next_back()?);
                Some(Demand::Unique(within, *first == Rule::k_samen))
            }
            _ => None,
        }
    }

    /// `A en B en C`, `A of B`, or a single operand.
    pub(crate) fn condition(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        if pair.clone().into_inner().len() > MOST_PARTS {
            let help = "gebruik minder `en` en `of`; voor veel waarden is er `een van`";
            self.too_long("deze voorwaarde heeft te veel delen", self.span(&pair), help);
            return None;
        }
        let mut operands = Vec::new();
        let mut kind = None;
        let is_alone = pair.clone().into_inner().count() == 1;
        for part in pair.into_inner() {
            if part.as_rule() == Rule::operand {
                if !is_alone && runs_on(&part) {
                    self.diagnostics.push(self.mixed(&part));
                }
                operands.push(self.operand(part)?);
                continue;
            }
            let is_and = part.as_str().trim() == "en";
            if kind.is_some_and(|earlier| earlier != is_and) {
                self.diagnostics.push(self.mixed(&part));
                return None;
            }
            kind = Some(is_and);
        }
        match (operands.len(), kind) {
            (1, _) => operands.pop(),
            (_, Some(is_and)) => Some(Cond::Junction(is_and, operands)),
            _ => None,
        }
    }

    pub(crate) fn too_long(&mut self, title: &str, place: Span, help: &str) {
        self.diagnostics.push(Diagnostic::error(TOO_DEEP, title, place).help(help));
    }

    fn mixed(&self, pair: &Pair<'_, Rule>) -> Diagnostic {
        let title = "niet te zien is wat hier bij elkaar hoort";
        Diagnostic::error(MIXED_JUNCTION, title, self.span(pair))
            .help("zet haakjes: A en (B of C), of (A en B) of C")
    }

    fn operand(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let part = pair.into_inner().next()?;
        match part.as_rule() {
            Rule::negation => {
                let inner = self.operand(part.into_inner().next_back()?)?;
                Some(Cond::Not(Box::new(inner)))
            }
            Rule::group => self.condition(part.into_inner().next()?),
            Rule::quantified => self.quantified(part),
            Rule::every => self.every(part),
            Rule::overlap => self.overlap(part),
            Rule::named_cond => self.named(part),
            _ => self.comparison(part),
        }
    }

    /// `lta-zorg geldt`, `lta-zorg geldt voor opdracht`
    fn named(&self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let mut names = pair.into_inner().filter(|part| part.as_rule() == Rule::row_name);
        let name = self.word(&names.next()?);
        Some(Cond::Named(name, names.next().map(|about| self.word(&about))))
    }

    fn quantified(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let (mut is_some, mut range, mut cond) = (true, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_geen => is_some = false,
                Rule::range => range = Some(self.range(part)?),
                Rule::condition => cond = Some(Box::new(self.condition(part)?)),
                _ => {}
            }
        }
        Some(Cond::Exists(is_some, range?, cond))
    }

    fn every(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let mut parts = pair.into_inner();
        let cond = self.condition(parts.next_back()?)?;
        let range = parts.find(|part| part.as_rule() == Rule::range)?;
        Some(Cond::Every(self.range(range)?, Box::new(cond)))
    }

    fn overlap(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let paths = pair.into_inner().filter(|part| part.as_rule() == Rule::path);
        let paths: Vec<_> = paths.map(|part| self.path(part)).collect::<Option<_>>()?;
        Some(Cond::Overlap(Box::new(<[PathExpr; 4]>::try_from(paths).ok()?)))
    }

    fn comparison(&mut self, pair: Pair<'_, Rule>) -> Option<Cond> {
        let mut parts = pair.into_inner();
        let left = self.term(parts.next()?)?;
        let mut parts = parts.next()?.into_inner();
        let first = parts.next()?;
        let span = self.span(&first);
        let op = match first.as_rule() {
            Rule::k_gevuld => return Some(Cond::Filled(left, true)),
            Rule::k_leeg => return Some(Cond::Filled(left, false)),
            word @ (Rule::k_een_van | Rule::k_geen_van) => {
                return self.one_of(left, parts, word == Rule::k_een_van);
            }
            word @ (Rule::k_niet | Rule::k_staat) => {
                let column = parts.find(|part| part.as_rule() == Rule::column)?;
                let span = self.span(&column);
                let (table, name) = column.as_str().trim().split_once('.')?;
                let value = (table.to_owned(), name.to_owned());
                let column = Spanned { value, span };
                return Some(Cond::InTable(Box::new(left), column, word == Rule::k_staat));
            }
            Rule::k_volgens => {
                let check = self.check(parts.next()?)?;
                return Some(Cond::Check(Box::new(left), Spanned { value: check, span }));
            }
            Rule::k_hetzelfde_als => {
                let right = self.term(parts.next()?)?;
                return Some(Cond::Same(Box::new(left), Box::new(right)));
            }
            Rule::op_eq => Op::Eq,
            Rule::op_ne => Op::Ne,
            _ => ordering(first)?,
        };
        let right = self.term(parts.next()?)?;
        Some(Cond::Compare(Box::new(left), Spanned { value: op, span }, Box::new(right)))
    }

    /// `een van 01, 02` or `een van lijst Verwijzers`
    fn one_of(&mut self, left: Term, mut parts: Pairs<'_, Rule>, is_in: bool) -> Option<Cond> {
        let last = parts.next_back()?;
        match last.as_rule() {
            Rule::identity => Some(Cond::OneOfList(Box::new(left), self.word(&last), is_in)),
            _ => Some(Cond::OneOf(Box::new(left), self.terms(last)?, is_in)),
        }
    }

    fn check(&self, pair: Pair<'_, Rule>) -> Option<Check> {
        let last = pair.into_inner().next_back()?;
        Some(match last.as_rule() {
            Rule::string => Check::Pattern(self.quoted(&last)),
            _ => Check::ElevenProof,
        })
    }

    pub(crate) fn path(&self, pair: Pair<'_, Rule>) -> Option<PathExpr> {
        let mut parts = pair.into_inner();
        let first = parts.peek()?.as_rule();
        let dotted = self.dotted(parts.next_back()?)?;
        Some(PathExpr { this: first == Rule::k_dit, dotted })
    }
}

/// Whether an operand is a quantifier whose own condition is a junction: what stands beside it
/// cannot be told from what belongs to it.
fn runs_on(operand: &Pair<'_, Rule>) -> bool {
    let Some(inner) = operand.clone().into_inner().next() else { return false };
    let quantifies = matches!(inner.as_rule(), Rule::quantified | Rule::every);
    let conditions = inner.into_inner().filter(|part| part.as_rule() == Rule::condition);
    quantifies && conditions.flat_map(Pair::into_inner).any(|part| part.as_rule() == Rule::junctor)
}

fn ordering(pair: Pair<'_, Rule>) -> Option<Op> {
    Some(match pair.into_inner().next()?.as_rule() {
        Rule::k_op_of_na => Op::Ge(Order::Dates),
        Rule::k_op_of_voor => Op::Le(Order::Dates),
        Rule::k_na => Op::Gt(Order::Dates),
        Rule::k_voor => Op::Lt(Order::Dates),
        Rule::k_minstens => Op::Ge(Order::Numbers),
        Rule::k_hoogstens => Op::Le(Order::Numbers),
        Rule::k_groter_dan => Op::Gt(Order::Numbers),
        _ => Op::Lt(Order::Numbers),
    })
}

/// A literal that is text as written.
impl Literal {
    /// The value as it stands in a message: dates and times in the form of the schema.
    #[must_use]
    pub fn canonical(&self) -> String {
        match self {
            Self::Date(date) => date.format("%Y-%m-%d").to_string(),
            Self::Time(time) => time.format("%H:%M:%S").to_string(),
            Self::Text(text) | Self::Code(text) => text.clone(),
        }
    }
}
