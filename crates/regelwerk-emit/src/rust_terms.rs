//! Terms: a function for the course of each, and what is the same in all as static data.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::{Course, Ending, Moment, Rule, RuleKind, Standard, TermPart, Within};

use crate::expression::Body;
use crate::{rust_calendars, rust_rules};
use regelwerk_model::plan::{Plan, narrow};

/// The module of the terms of a standard.
pub(crate) fn module(standard: &Standard, plan: &Plan<'_>) -> TokenStream {
    let head = rust_rules::head();
    let (mut functions, mut terms) = (TokenStream::new(), Vec::new());
    for (protocol, rules) in standard.rule_lists() {
        for (at, rule) in (0_u16..).zip(rules) {
            let RuleKind::Term(parts) = &rule.kind else { continue };
            let courses =
                parts.iter().flat_map(|part| part.courses.iter().map(move |one| (part, one)));
            for (number, (part, course)) in courses.enumerate() {
                let name = rust_rules::function(&rule.code, number);
                functions.extend(function(&name, rule, course, plan));
                terms.push(term((protocol, at), &name, part, course));
            }
        }
    }
    quote! {
        #head
        use regelwerk_kernel::{Ended, standard::{Code, Course, FactDef, TermDef, Within}};
        use super::calendars;
        #functions
        pub static TERMS: &[TermDef] = &[#(#terms),*];
    }
}

fn function(name: &Ident, rule: &Rule, course: &Course, plan: &Plan<'_>) -> TokenStream {
    let doc = format!(" {}: {}", rule.code, rule.title);
    let mut body = Body::of_row(RowSource::Earlier(course.source), plan);
    let mut binds = TokenStream::new();
    for (range, cond) in &course.binds {
        let (row, first) = body.first(range, cond);
        binds.extend(quote!(let #row = #first?;));
    }
    let provided = (course.cond != Cond::True).then(|| {
        let cond = body.cond(&course.cond);
        quote! {
            if !(#cond) {
                return None;
            }
        }
    });
    let begins = body.value(&course.begins);
    let due = rust_rules::optional(course.due.as_ref().map(|due| {
        let due = body.value(due);
        quote!(#due?)
    }));
    let endings: Vec<_> = course.endings.iter().map(|one| ending(one, &mut body)).collect();
    let statics = body.statics();
    quote! {
        #[doc = #doc]
        fn #name(rows: Rows<'_>, row0: Row<'_>) -> Option<Course> {
            #statics
            #binds
            #provided
            Some(Course { begins: #begins?, due: #due, ended: Ended::earliest([#(#endings),*]) })
        }
    }
}

fn ending(ending: &Ending, body: &mut Body<'_>) -> TokenStream {
    match ending {
        Ending::Answer => quote!(rows.ended_by_answer(row0)),
        Ending::Itself => quote!(rows.ended_by_itself(row0)),
        Ending::Row(moment, range, cond) => {
            let (find, holds) = body.found(range, cond);
            let on = match moment {
                Moment::Sent => quote!(row.sent()),
                Moment::Received => quote!(row.received()),
                Moment::Told => quote!(row.date(FactDef::DATE)),
            };
            quote!(rows.ended(#find, #holds, |row| #on))
        }
    }
}

fn term(
    (protocol, rule): (Option<u16>, u16),
    name: &Ident,
    part: &TermPart,
    course: &Course,
) -> TokenStream {
    let protocol = rust_rules::optional(protocol);
    let releases = rust_rules::optional(part.interval.map(|interval| {
        let (first, last) = (narrow(interval.first), narrow(interval.last));
        quote!([#first, #last])
    }));
    let (TermPart { label, counts_void, .. }, by) = (part, &course.by);
    let source = narrow(course.source);
    let within = match &part.within {
        Within::WorkingDays(number, calendar) => {
            let calendar = rust_calendars::ident(calendar);
            quote!(WorkingDays(#number, &calendars::#calendar))
        }
        Within::Days(number) => quote!(Days(#number)),
        Within::Months(number) => quote!(Months(#number)),
        Within::Until => quote!(Until),
    };
    quote!(TermDef {
        protocol: #protocol, rule: #rule, label: #label, releases: #releases, source: #source, counts_void: #counts_void, course: Code(&#name),
        within: Within::#within, by: #by,
    })
}
