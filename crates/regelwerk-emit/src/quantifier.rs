//! Quantifiers as calls into the kernel: over elements of the message, and over rows.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{Cond, Origin, Over, Path, Range, RowSource, Value};

use crate::expression::{Binder, Body};
use crate::names;
use regelwerk_model::plan::{Find, Join, join, narrow};

impl Body<'_> {
    /// Whether some of a range is so.
    pub(crate) fn some(&mut self, range: &Range, cond: &Cond) -> TokenStream {
        let scope = self.start(range);
        match &range.over {
            Over::Rows(_) => self.ask("any", range, cond),
            Over::Other { within, .. } => {
                let (within, holds) = (names::constant(within), self.closure(range, cond));
                quote!(#scope.exists_other(n::#within, #holds))
            }
            Over::Path(list) => match join(cond).filter(|_| range.name.is_none()) {
                Some(Join { key, wanted, rest }) => {
                    let (list, key) = (self.path(list), self.path(key));
                    let (wanted, rest) = (self.value(wanted), self.closure(range, &rest));
                    quote!(#scope.exists_equal(&#list, &#key, #wanted, #rest))
                }
                None => {
                    let (list, holds) = (self.path(list), self.closure(range, cond));
                    quote!(#scope.exists(&#list, #holds))
                }
            },
        }
    }

    /// Whether all of a range are so.
    pub(crate) fn every(&mut self, range: &Range, cond: &Cond) -> TokenStream {
        let Over::Path(list) = &range.over else {
            let opposite = self.some(range, &cond.clone().negated());
            return quote!(!#opposite);
        };
        let scope = self.start(range);
        let (list, holds) = (self.path(list), self.closure(range, cond));
        quote!(#scope.every(&#list, #holds))
    }

    /// How many of a range are so.
    pub(crate) fn count(&mut self, range: &Range, cond: &Cond) -> TokenStream {
        self.sum(&Value::Number(1), range, cond)
    }

    /// The sum of a value over those of a range that are so.
    pub(crate) fn sum(&mut self, what: &Value, range: &Range, cond: &Cond) -> TokenStream {
        let term = self.within(range, |body| body.value(what));
        match &range.over {
            Over::Rows(_) => {
                let (asked, (find, holds)) = (self.rows(), self.found(range, cond));
                quote!(Some(#asked.sum(#find, #holds, #term)))
            }
            Over::Path(list) => {
                let scope = self.start(range);
                if let Some(Join { key, wanted, rest }) =
                    join(cond).filter(|_| range.name.is_none())
                {
                    let (list, key) = (self.path(list), self.path(key));
                    let (wanted, rest) = (self.value(wanted), self.closure(range, &rest));
                    return quote!(
                        Some(#scope.sum_equal(&#list, &#key, #wanted, #rest, #term))
                    );
                }
                let (list, holds) = (self.path(list), self.closure(range, cond));
                quote!(Some(#scope.sum(&#list, #holds, #term)))
            }
            // The language counts and adds up elements at a path and rows only.
            Over::Other { .. } => quote!(None::<i64>),
        }
    }

    /// Binds the first row that is so for what follows; without one, nothing follows.
    pub(crate) fn bind(&mut self, range: &Range, cond: &Cond) -> TokenStream {
        let (row, first) = self.first(range, cond);
        quote!(let Some(#row) = #first else { return };)
    }

    /// The first row that is so, if there is one, and the variable that it has in what follows.
    pub(crate) fn first(&mut self, range: &Range, cond: &Cond) -> (Ident, TokenStream) {
        let first = self.ask("first", range, cond);
        let row = format_ident!("row{}", self.binders.len());
        if let Over::Rows(rows) = &range.over {
            self.binders.push(Binder::Row(rows.clone()));
        }
        (row, first)
    }

    /// What a method tells of the rows of a range that are so.
    fn ask(&mut self, method: &str, range: &Range, cond: &Cond) -> TokenStream {
        let (asked, method) = (self.rows(), format_ident!("{method}"));
        let (find, holds) = self.found(range, cond);
        quote!(#asked.#method(#find, #holds))
    }

    /// How rows are found, and what else must be so of them.
    pub(crate) fn found(&mut self, range: &Range, cond: &Cond) -> (TokenStream, TokenStream) {
        // The analysis lets only rows be looked for here.
        let Over::Rows(rows) = &range.over else { return (quote!(()), quote!(())) };
        let binder = u8::try_from(self.binders.len()).unwrap_or(u8::MAX);
        let Find { index, key, rest } = self.plan.find(rows, cond, binder);
        let key = key.into_iter().map(|(value, or_empty)| {
            let value = self.value(value);
            if or_empty { quote!(Key::from(#value).or_empty()) } else { quote!(Key::from(#value)) }
        });
        let key: Vec<_> = key.collect();
        let over = match rows.source {
            RowSource::View(at) => {
                let at = narrow(at);
                quote!(View(#at))
            }
            RowSource::Later(_) => quote!(Later),
            RowSource::Earlier(_) | RowSource::Table(_) | RowSource::Fact(_) => quote!(Earlier),
        };
        let counts_void = rows.counts_void;
        let find = quote! {
            &Find {
                range: Range::#over, index: #index, key: &[#(#key),*],
                counts_void: #counts_void,
            }
        };
        (find, self.closure(range, &rest))
    }

    /// The scope that the elements of a range are sought from.
    fn start(&self, range: &Range) -> Option<Ident> {
        match &range.over {
            Over::Path(Path { origin: Origin::Bound(at), .. }) => Some(format_ident!("item{at}")),
            _ => self.scope.clone(),
        }
    }

    /// The questions that can be asked of rows.
    fn rows(&self) -> TokenStream {
        match &self.scope {
            Some(scope) => quote!(#scope.rows()),
            None => quote!(rows),
        }
    }

    fn closure(&mut self, range: &Range, cond: &Cond) -> TokenStream {
        if *cond == Cond::True {
            return quote!(|_| true);
        }
        self.within(range, |body| body.cond(cond))
    }

    /// A closure over one of a range.
    fn within(
        &mut self,
        range: &Range,
        inner: impl FnOnce(&mut Self) -> TokenStream,
    ) -> TokenStream {
        let at = self.binders.len();
        let (variable, binder) = match (&range.over, &range.name) {
            (Over::Rows(rows), _) => (format_ident!("row{at}"), Some(Binder::Row(rows.clone()))),
            (_, Some(_)) => (format_ident!("item{at}"), Some(Binder::Element)),
            (_, None) => (format_ident!("item"), None),
        };
        let scope = self.scope.clone();
        if !matches!(range.over, Over::Rows(_)) {
            self.scope = Some(variable.clone());
        }
        self.binders.extend(binder);
        let inner = inner(self);
        self.binders.truncate(at);
        self.scope = scope;
        quote!(|#variable| #inner)
    }
}
