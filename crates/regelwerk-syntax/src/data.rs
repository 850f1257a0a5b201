//! Pairs of pest to the clauses of lists, tables and outer form.

use pest::iterators::{Pair, Pairs};

use crate::Rule;
use crate::ast::{Clause, Control, Form, Literal, MeaningRow, Spanned};
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
}
