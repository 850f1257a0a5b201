//! Values and paths as calls into the kernel.

use chrono::{Datelike, Timelike};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{Kind, Origin, Path, Rounding, Unit, Value};

use crate::expression::{Binder, Body, Place};
use crate::names;

impl Body<'_> {
    /// A value as an expression of an `Option`, or of `i64` within `Some` for counts.
    pub(crate) fn value(&mut self, value: &Value) -> TokenStream {
        match value {
            Value::Path(path, kind) => self.get(path, getter(*kind)),
            Value::Text(text) => quote!(Some(#text)),
            Value::Number(number) => quote!(Some(#number)),
            Value::Date(date) => {
                let (year, month, day) = (date.year(), date.month(), date.day());
                quote!(Some(Date::from_ymd(#year, #month, #day)))
            }
            Value::Time(time) => {
                let (hour, minute, second) = (time.hour(), time.minute(), time.second());
                quote!(Some(Time::from_hms(#hour, #minute, #second)))
            }
            Value::Count(range, cond) => self.count(range, cond),
            Value::Sum(what, range, cond) => self.sum(what, range, cond),
            Value::Shift(..) | Value::Part(..) | Value::MonthEdge(..) => self.day_of(value),
            Value::Add(left, true, right) => self.two("add", left, right),
            Value::Add(left, false, right) => self.two("sub", left, right),
            Value::Product(left, right) => self.two("mul", left, right),
            Value::Quotient(left, right, Rounding::HalfUp) => self.two("div_round", left, right),
            Value::Quotient(left, right, Rounding::Up) => self.two("div_up", left, right),
            Value::Days(from, until) => self.two("days", from, until),
            Value::Months(from, until) => self.two("months", from, until),
            Value::Weeks(from, until) => self.two("weeks", from, until),
            Value::Sundays(from, until) => self.two("sundays", from, until),
            Value::Extreme(is_last, values) => {
                let call = if *is_last { quote!(last) } else { quote!(first) };
                let values = values.iter().map(|value| self.value(value));
                let values: Vec<_> = values.collect();
                quote!(#call([#(#values),*]))
            }
            Value::Let(name, _) => {
                let variable = format_ident!("let_{name}");
                quote!(#variable)
            }
            Value::Received => match &self.scope {
                Some(scope) => quote!(#scope.received()),
                // Of a row it is a column.
                None => quote!(None::<Date>),
            },
        }
    }

    /// A day told by another, or a part of it.
    fn day_of(&mut self, value: &Value) -> TokenStream {
        match value {
            Value::Shift(from, by, unit) => {
                let from = self.value(from);
                let call = match unit {
                    Unit::Day => quote!(shift_days),
                    Unit::Month => quote!(shift_months),
                    Unit::Year => quote!(shift_years),
                };
                quote!(#call(#from, #by))
            }
            Value::Part(unit, from) => {
                let from = self.value(from);
                let call = match unit {
                    Unit::Day => quote!(day),
                    Unit::Month => quote!(month),
                    Unit::Year => quote!(year),
                };
                quote!(#call(#from))
            }
            Value::MonthEdge(is_first, from) => {
                let from = self.value(from);
                let call = if *is_first { quote!(first_of_month) } else { quote!(last_of_month) };
                quote!(#call(#from))
            }
            other => self.value(other),
        }
    }

    fn two(&mut self, call: &str, left: &Value, right: &Value) -> TokenStream {
        let call = format_ident!("{call}");
        let (left, right) = (self.value(left), self.value(right));
        quote!(#call(#left, #right))
    }

    /// What a method of a scope or of a row says of the element at a path, or of a column.
    pub(crate) fn get(&mut self, path: &Path, method: &str) -> TokenStream {
        let method = format_ident!("{method}");
        let Origin::Bound(at) = path.origin else {
            let (scope, path) = (self.scope.clone(), self.path(path));
            return quote!(#scope.#method(&#path));
        };
        match self.binders.get(usize::from(at)) {
            Some(Binder::Row(rows)) => {
                let name = path.steps.first().map_or("", String::as_str);
                let (row, column) = (format_ident!("row{at}"), self.plan.column(rows, name));
                quote!(#row.#method(#column))
            }
            Some(Binder::Element) | None => {
                let (item, path) = (format_ident!("item{at}"), self.path(path));
                quote!(#item.#method(&#path))
            }
        }
    }

    /// The constant of a path, named after what the rule writes.
    pub(crate) fn path(&mut self, path: &Path) -> Ident {
        let place = (path.origin, path.param, path.steps.clone());
        if let Some(known) = self.paths.get(&place) {
            return known.clone();
        }
        let written = path.written.trim_start_matches("dit ");
        let plain: String =
            written.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let prefix = match path.origin {
            Origin::This => "this",
            Origin::Item => "item",
            Origin::Root => "root",
            Origin::Bound(_) => "bound",
        };
        let mut ident = format_ident!("{prefix}_{plain}");
        // `C.B` and `C_B` are written alike once their dots are gone.
        if self.paths.values().any(|taken| *taken == ident) {
            ident = format_ident!("{prefix}_{plain}_{}", self.paths.len());
        }
        self.paths.insert(place, ident.clone());
        ident
    }
}

/// A path as static data; one from a binder starts at the element that its scope is at.
pub(crate) fn path_value((origin, param, steps): &Place) -> TokenStream {
    let origin = match origin {
        Origin::This => quote!(This),
        Origin::Item | Origin::Bound(_) => quote!(Item),
        Origin::Root => quote!(Root),
    };
    let param = match param.and_then(|at| u8::try_from(at).ok()) {
        Some(at) => quote!(Some(#at)),
        None => quote!(None),
    };
    let steps = names::path(steps);
    quote!(Path { origin: Origin::#origin, param: #param, steps: #steps })
}

/// What gets a value of this kind.
fn getter(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Time => "time",
    }
}
