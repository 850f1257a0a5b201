//! Conditions as calls into the kernel.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use regelwerk_model::core::{Check, Cond, Kind, Op, Path, Value};

use crate::expression::Body;
use crate::rust_types;

impl Body<'_> {
    /// A condition as an expression.
    pub(crate) fn cond(&mut self, cond: &Cond) -> TokenStream {
        match cond {
            Cond::True => quote!(true),
            Cond::Filled(path) => self.get(path, "filled"),
            Cond::Compare(op, left, right) => {
                let (left, right) = (self.value(left), self.value(right));
                let (not, call) = match op {
                    Op::Eq => (quote!(), quote!(eq)),
                    Op::Ne => (quote!(!), quote!(eq)),
                    Op::Lt => (quote!(), quote!(lt)),
                    Op::Le => (quote!(), quote!(le)),
                    Op::Gt => (quote!(), quote!(gt)),
                    Op::Ge => (quote!(), quote!(ge)),
                };
                quote!(#not #call(#left, #right))
            }
            Cond::Same(left, right) => {
                // An absent value is none, and so is another.
                let (left, right) = (self.value(left), self.value(right));
                quote!(#left == #right)
            }
            Cond::OneOf(value, values) => self.one_of(value, values),
            Cond::Listed(value, listed) => self.one_of(value, self.plan.dossier.listed(listed)),
            Cond::Check(value, check) => self.check(value, check),
            Cond::Overlap(paths) => {
                let [a, b, c, d] = paths.as_ref().each_ref().map(|path| self.day(path));
                quote!(overlaps((#a, #b), (#c, #d)))
            }
            Cond::Not(inner) => {
                let inner = self.cond(inner);
                quote!(!(#inner))
            }
            Cond::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.part(part)).collect();
                quote!(#(#parts)&&*)
            }
            Cond::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.part(part)).collect();
                quote!(#(#parts)||*)
            }
            Cond::Exists(range, inner) => self.some(range, inner),
            Cond::Every(range, inner) => self.every(range, inner),
            Cond::Named(_, inner) => self.cond(inner),
        }
    }

    fn day(&mut self, path: &Path) -> TokenStream {
        self.value(&Value::Path(path.clone(), Kind::Date))
    }

    /// A condition within a junction: a junction in it has parentheses.
    fn part(&mut self, cond: &Cond) -> TokenStream {
        let tokens = self.cond(cond);
        match cond.unnamed() {
            Cond::All(_) | Cond::Any(_) => quote!((#tokens)),
            _ => tokens,
        }
    }

    fn one_of(&mut self, value: &Value, values: &[Value]) -> TokenStream {
        let literal = |value: &Value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        let left = self.value(value);
        if let Some(codes) = values.iter().map(literal).collect::<Option<Vec<_>>>() {
            return quote!(one_of(#left, &[#(#codes),*]));
        }
        let right: Vec<_> = values.iter().map(|value| self.value(value)).collect();
        quote!({
            let left = #left;
            [#(#right),*].into_iter().any(|right| eq(left, right))
        })
    }

    fn check(&mut self, value: &Value, check: &Check) -> TokenStream {
        let value = self.value(value);
        match check {
            Check::ElevenProof => quote!(eleven_proof(#value)),
            Check::Pattern(xsd) => {
                self.patterns += 1;
                let ident = format_ident!("PATTERN_{}", self.patterns);
                self.statics.extend(rust_types::pattern(&ident, xsd));
                quote!(matches(#value, &#ident))
            }
        }
    }
}
