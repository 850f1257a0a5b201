//! Pairs of pest to ranges, and to the clauses of the dossier.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{
    BaseKind, CarriedPaths, Clause, DossierClause, Dotted, Over, Range, RowElement, RowKey, Step,
    Word,
};
use crate::convert::Converter;

impl Converter {
    /// The clause of the dossier that `rule` reads from `parts`.
    pub(crate) fn dossier_clause(
        &mut self,
        rule: Rule,
        keyword: &str,
        mut parts: Pairs<'_, Rule>,
    ) -> Option<Clause> {
        let clause = match rule {
            Rule::clause_bind => return self.bind(parts),
            Rule::clause_severity => return Some(Clause::Remark),
            Rule::clause_parties => {
                DossierClause::Parties(<[Dotted; 2]>::try_from(self.paths(parts)?).ok()?)
            }
            Rule::clause_messages => DossierClause::Reversed(self.words(parts)),
            Rule::clause_paths => self.paths_clause(keyword, parts)?,
            Rule::clause_carried => DossierClause::Carried(self.all_carried(parts)?),
            Rule::clause_rows_of => DossierClause::Of(self.row_element(parts.next()?)?),
            Rule::clause_row_key => DossierClause::Key(self.row_key(parts)?),
            Rule::clause_provided => DossierClause::Provided(self.condition(parts.next()?)?),
            _ => return None,
        };
        Some(Clause::Dossier(clause))
    }

    fn paths_clause(&self, keyword: &str, parts: Pairs<'_, Rule>) -> Option<DossierClause> {
        let paths = self.paths(parts)?;
        Some(match keyword {
            "kenmerk:" => DossierClause::Mark(paths),
            "verzonden:" => DossierClause::Sent(paths),
            "laatste:" => DossierClause::Latest(paths),
            "antwoord van dag:" => DossierClause::NamesDay(paths),
            _ => DossierClause::Names(paths),
        })
    }

    /// `Client.Bsn, Product.Code met ProductCode`
    fn all_carried(&self, parts: Pairs<'_, Rule>) -> Option<Vec<CarriedPaths>> {
        let carried = parts.filter(|part| part.as_rule() == Rule::carried);
        carried.map(|part| self.carried(part)).collect()
    }

    fn carried(&self, pair: Pair<'_, Rule>) -> Option<CarriedPaths> {
        let mut carried = CarriedPaths { ends: Vec::new(), takers: Vec::new(), is_sent: false };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::element_path => carried.ends.push(self.element_path(part)?),
                Rule::carried_to => {
                    let to = part.into_inner().next_back()?;
                    match to.as_rule() {
                        Rule::k_verzending => carried.is_sent = true,
                        _ => carried.takers.push(self.element_path(to)?),
                    }
                }
                _ => {}
            }
        }
        Some(carried)
    }

    fn paths(&self, parts: Pairs<'_, Rule>) -> Option<Vec<Dotted>> {
        let paths = parts.filter(|part| part.as_rule() == Rule::dotted);
        paths.map(|part| self.dotted(part)).collect()
    }

    pub(crate) fn row_key(&self, parts: Pairs<'_, Rule>) -> Option<RowKey> {
        let part = parts.clone().find(|part| part.as_rule() == Rule::k_deel);
        Some(RowKey { part: part.map(|part| self.span(&part)), columns: self.paths(parts)? })
    }

    /// `JW301 / ToegewezenProduct`
    pub(crate) fn row_element(&self, pair: Pair<'_, Rule>) -> Option<RowElement> {
        let mut parts = pair.into_inner();
        let message = self.word(&parts.next()?);
        let element = self.element_path(parts.next()?)?;
        Some(RowElement { message, element })
    }

    /// `toewijzing met ToewijzingNummer = dit ToewijzingNummer`
    fn bind(&mut self, parts: Pairs<'_, Rule>) -> Option<Clause> {
        let (mut range, mut cond) = (None, None);
        for part in parts {
            match part.as_rule() {
                Rule::range => range = Some(self.range(part)?),
                Rule::condition => cond = Some(self.condition(part)?),
                _ => {}
            }
        }
        Some(Clause::Bind(range?, cond))
    }

    pub(crate) fn range(&mut self, pair: Pair<'_, Rule>) -> Option<Range> {
        let span = self.span(&pair);
        let (mut over, mut same_part, mut counts_void) = (None, None, None);
        let (mut valid_on, mut name) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_van_deze_client => same_part = Some(self.span(&part)),
                Rule::k_ook_bij_afkeur => counts_void = Some(self.span(&part)),
                Rule::valid_on => {
                    let day = part.into_inner().find(|part| part.as_rule() == Rule::factor)?;
                    valid_on = Some(Box::new(self.factor(day)?));
                }
                Rule::k_genaamd => {}
                Rule::parameter => name = Some(self.word(&part)),
                _ => over = Some(self.over(part)?),
            }
        }
        Some(Range { over: over?, same_part, counts_void, valid_on, name, span })
    }

    fn over(&self, pair: Pair<'_, Rule>) -> Option<Over> {
        match pair.as_rule() {
            Rule::path => self.path(pair).map(Over::Path),
            Rule::other => self.other(pair),
            Rule::earlier => self.row_element(pair.into_inner().next_back()?).map(Over::Earlier),
            Rule::later => self.row_element(pair.into_inner().next_back()?).map(Over::Later),
            Rule::row_in => Some(Over::RowIn(self.word(&pair.into_inner().next_back()?))),
            _ => Some(Over::Named(self.word(&pair))),
        }
    }

    fn other(&self, pair: Pair<'_, Rule>) -> Option<Over> {
        let mut names = pair.into_inner().filter(|part| part.as_rule() == Rule::name);
        let element = self.word(&names.next()?);
        let within = self.word(&names.next()?);
        Some(Over::Other { element, within })
    }

    /// `tarief_cent getal`; without a kind it is text.
    pub(crate) fn columns(&self, parts: Pairs<'_, Rule>) -> Option<Vec<(Word, BaseKind)>> {
        let columns = parts.filter(|part| part.as_rule() == Rule::column_of);
        columns.map(|column| self.column(column)).collect()
    }

    fn column(&self, pair: Pair<'_, Rule>) -> Option<(Word, BaseKind)> {
        let mut parts = pair.into_inner();
        let name = self.word(&parts.next()?);
        let kind = match parts.next().map(|kind| kind.as_rule()) {
            Some(Rule::k_getal) => BaseKind::Integer,
            Some(Rule::k_datum) => BaseKind::Date,
            Some(Rule::k_tijd) => BaseKind::Time,
            _ => BaseKind::Text,
        };
        Some((name, kind))
    }

    /// Names joined by dots, without an index.
    pub(crate) fn element_path(&self, pair: Pair<'_, Rule>) -> Option<Dotted> {
        let span = self.span(&pair);
        let steps = pair.into_inner().map(|name| Step { name: self.word(&name), index: None });
        Some(Dotted { steps: steps.collect(), span })
    }
}
