//! Pairs of pest to the clauses of lists, tables, scenarios and outer form.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{Clause, Control, Expected, Form, Literal, MeaningRow, Spanned};
use crate::convert::Converter;

impl Converter {
    pub(crate) fn literals(&mut self, parts: Pairs<'_, Rule>) -> Option<Vec<Spanned<Literal>>> {
        let parts = parts.filter(|part| part.as_rule() == Rule::literal);
        parts.map(|part| self.literal(part)).collect()
    }

    pub(crate) fn row(&mut self, parts: Pairs<'_, Rule>) -> Option<Vec<Spanned<Literal>>> {
        let parts = parts.filter(|part| part.as_rule() == Rule::given);
        parts.map(|part| self.given(part)).collect()
    }

    /// `StartProduct.Begindatum "Eerste dag van de levering"`
    pub(crate) fn meaning_row(&self, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        let path = self.words(parts.next()?.into_inner());
        let meaning = self.quoted(&parts.next()?);
        Some(Clause::Meaning(MeaningRow { path, meaning }))
    }

    pub(crate) fn forms(&self, parts: Pairs<'_, Rule>) -> Option<Vec<Spanned<Form>>> {
        parts.filter(|part| part.as_rule() == Rule::form).map(|part| self.form(part)).collect()
    }

    fn form(&self, pair: Pair<'_, Rule>) -> Option<Spanned<Form>> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let value = match parts.next()?.as_rule() {
            Rule::k_utf8 => Form::Utf8,
            Rule::k_zonder_bom => Form::NoByteOrderMark,
            Rule::k_crlf => Form::CrLf,
            _ => Form::Megabytes(self.number(&parts.next()?).value),
        };
        Some(Spanned { value, span })
    }

    /// `32 rijen`, `42 verschillende regio`, `5 keer categorie = 55`
    pub(crate) fn control(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        let number = self.number(&parts.next()?);
        let control = match parts.next()?.as_rule() {
            Rule::k_rijen => Control::Rows,
            Rule::k_verschillende => Control::Distinct(self.word(&parts.next()?)),
            _ => {
                let column = self.word(&parts.next()?);
                let value = parts.find(|part| part.as_rule() == Rule::given)?;
                Control::With(column, self.given(value)?)
            }
        };
        Some(Clause::Control(number, control))
    }

    /// `JW315 van release 2.2 met …`
    pub(crate) fn scenario_message(&mut self, mut parts: Pairs<'_, Rule>) -> Option<Clause> {
        let message = self.word(&parts.next()?);
        let (mut release, mut fields) = (None, Vec::new());
        for part in parts {
            match part.as_rule() {
                Rule::release => release = Some(self.word(&part)),
                Rule::assignments => fields = self.assignments(part)?,
                _ => {}
            }
        }
        Some(Clause::ScenarioMessage(message, release, fields))
    }

    pub(crate) fn expectation(&self, parts: Pairs<'_, Rule>) -> Vec<Expected> {
        let parts = parts.filter(|part| part.as_rule() == Rule::expected);
        parts.filter_map(|part| self.expected(part)).collect()
    }

    fn expected(&self, pair: Pair<'_, Rule>) -> Option<Expected> {
        let mut parts = pair.into_inner();
        let rule = self.word(&parts.next()?);
        let path = parts.find(|part| part.as_rule() == Rule::place_path);
        Some(Expected { rule, path: path.map(|path| self.word(&path)) })
    }
}
