//! Pairs of pest to the clauses of a reply.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{
    Case, Classes, Clause, Dotted, Filling, Given, ReplyClause, Signs, Spanned, Targets,
};
use crate::convert::Converter;

impl Converter {
    /// The clause of a reply that `rule` reads from `parts`.
    pub(crate) fn reply_clause(&mut self, rule: Rule, parts: Pairs<'_, Rule>) -> Option<Clause> {
        let clause = match rule {
            Rule::clause_pairs => self.message_pairs(parts)?,
            Rule::clause_classes => self.classes(parts)?,
            Rule::clause_literals => ReplyClause::Fine(self.literals(parts)?),
            Rule::clause_by_class => ReplyClause::ByClass,
            Rule::clause_outside => ReplyClause::Outside(self.named_element(parts)?),
            Rule::clause_signs => self.signs(parts)?,
            Rule::clause_always => ReplyClause::Case(Case::Always),
            Rule::clause_accepted => ReplyClause::Case(Case::Accepted),
            Rule::clause_rejected => ReplyClause::Case(Case::Rejected),
            Rule::clause_rejected_in => self.rejected_in(parts)?,
            Rule::clause_unanswered => ReplyClause::Nothing,
            Rule::item_filling => self.filling_item(parts)?,
            _ => return None,
        };
        Some(Clause::Reply(clause))
    }

    fn message_pairs(&self, parts: Pairs<'_, Rule>) -> Option<ReplyClause> {
        let pairs = parts.filter(|part| part.as_rule() == Rule::message_pair).map(|pair| {
            let mut names = pair.into_inner().filter(|part| part.as_rule() == Rule::name);
            Some((self.word(&names.next()?), self.word(&names.next()?)))
        });
        pairs.collect::<Option<_>>().map(ReplyClause::Pairs)
    }

    fn classes(&mut self, parts: Pairs<'_, Rule>) -> Option<ReplyClause> {
        let (mut code, mut literals) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::element_path => code = self.element_path(part),
                Rule::literal => literals.push(self.literal(part)?),
                _ => {}
            }
        }
        let [good, unassessed] = <[_; 2]>::try_from(literals).ok()?;
        Some(ReplyClause::Classes(Classes { code: code?, good, unassessed }))
    }

    fn signs(&mut self, mut parts: Pairs<'_, Rule>) -> Option<ReplyClause> {
        let element = self.word(&parts.next()?);
        let literals = parts.filter(|part| part.as_rule() == Rule::literal);
        let literals: Vec<_> = literals.map(|part| self.literal(part)).collect::<Option<_>>()?;
        let [plus, minus] = <[_; 2]>::try_from(literals).ok()?;
        Some(ReplyClause::Signs(Signs { element, plus, minus }))
    }

    /// `op niveau 2`, `van Header`
    fn rejected_in(&self, parts: Pairs<'_, Rule>) -> Option<ReplyClause> {
        let level = parts.clone().find(|part| part.as_rule() == Rule::integer);
        let case = match level {
            Some(level) => Case::Level(self.number(&level).value),
            None => Case::In(self.element_paths(parts)?),
        };
        Some(ReplyClause::Case(case))
    }

    fn filling_item(&mut self, mut parts: Pairs<'_, Rule>) -> Option<ReplyClause> {
        let first = parts.next()?;
        if first.as_rule() == Rule::other_classes {
            return Some(ReplyClause::OtherClasses);
        }
        let is_either = first.as_rule() == Rule::either;
        let paths = self.element_paths(first.into_inner())?;
        let targets = if is_either { Targets::Either(paths) } else { Targets::Each(paths) };
        let part = parts.next()?;
        let span = self.span(&part);
        Some(ReplyClause::Filling(targets, Spanned { value: self.filling(part)?, span }))
    }

    fn filling(&mut self, pair: Pair<'_, Rule>) -> Option<Filling> {
        let words: Vec<_> = pair.clone().into_inner().map(|part| part.as_rule()).collect();
        let mut parts = pair.into_inner();
        match words.as_slice() {
            [Rule::k_overnemen] => Some(Filling::Copy(None)),
            [Rule::k_overnemen, ..] => {
                self.element_path(parts.next_back()?).map(|path| Filling::Copy(Some(path)))
            }
            [Rule::k_leeg, Rule::k_laten] => Some(Filling::Empty),
            [Rule::k_leeg, ..] => Some(Filling::EmptyWithoutFaults),
            [Rule::k_krijgt, Rule::k_haar, ..] => Some(Filling::OwnCode),
            [Rule::k_krijgt, ..] => {
                let code = self.literal(parts.nth(1)?)?.value;
                let under = parts.find(|part| part.as_rule() == Rule::element_path);
                let under = under.map(|part| self.element_path(part));
                Some(Filling::Code(code, under.flatten()))
            }
            [.., Rule::given_value] => given(&parts.next_back()?).map(Filling::Given),
            [.., Rule::literal] => Some(Filling::Value(self.literal(parts.next_back()?)?.value)),
            _ => self.balance(parts),
        }
    }

    fn balance(&self, parts: Pairs<'_, Rule>) -> Option<Filling> {
        let [whole, parts] = <[_; 2]>::try_from(self.element_paths(parts)?).ok()?;
        Some(Filling::Balance(whole, parts))
    }

    fn named_element(&self, mut parts: Pairs<'_, Rule>) -> Option<Dotted> {
        self.element_path(parts.next()?)
    }

    fn element_paths(&self, parts: Pairs<'_, Rule>) -> Option<Vec<Dotted>> {
        let paths = parts.filter(|part| part.as_rule() == Rule::element_path);
        paths.map(|part| self.element_path(part)).collect()
    }
}

fn given(pair: &Pair<'_, Rule>) -> Option<Given> {
    match pair.clone().into_inner().next()?.as_rule() {
        Rule::k_identificatie => Some(Given::Identification),
        Rule::k_dagtekening => Some(Given::Date),
        Rule::k_xslt_versie => Some(Given::XsltVersion),
        Rule::k_xsd_versie => Some(Given::XsdVersion),
        Rule::k_berichtcode => Some(Given::MessageCode),
        _ => None,
    }
}
