//! Pairs of pest to `ontheffing:`.

use pest::iterators::Pairs;

use crate::Rule;
use crate::ast::{Waived, Waiver};
use crate::convert::Converter;

impl Converter {
    pub(crate) fn waiver(&self, mut parts: Pairs<'_, Rule>) -> Option<Waiver> {
        let first = parts.next()?;
        let what = match first.as_rule() {
            Rule::k_mutant => Waived::Mutant(self.word(&parts.next()?)),
            _ => Waived::Lint(self.word(&first)),
        };
        let reason = parts.find(|part| part.as_rule() == Rule::reason);
        let reason = reason.map(|part| {
            let rows = part.clone().into_inner().flat_map(|row| row.as_str().split_whitespace());
            let words: Vec<_> = rows.collect();
            crate::ast::Spanned { value: words.join(" "), span: self.span(&part) }
        });
        Some(Waiver { what, reason })
    }
}
