//! Calendars as static data.

use chrono::Weekday;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::{Calendar, Holiday, HolidayDay};

use crate::rust_rules::optional;

/// The static of a calendar: `WERKDAGEN_NL`.
pub(crate) fn ident(name: &str) -> Ident {
    format_ident!("{}", name.to_uppercase().replace('-', "_"))
}

/// The module of the calendars of a standard.
pub(crate) fn module(calendars: &[Calendar], sources: &Sources) -> TokenStream {
    let all = calendars.iter().map(|one| ident(&one.name));
    let statics = calendars.iter().map(|one| calendar(one, sources));
    quote! {
        use regelwerk_kernel::standard::{Calendar, Holiday, HolidayDay, Moved, Weekday};
        pub static CALENDARS: &[&Calendar] = &[#(&#all),*];
        #(#statics)*
    }
}

fn calendar(calendar: &Calendar, sources: &Sources) -> TokenStream {
    let Calendar { name, title, sources: cited, readings, .. } = calendar;
    let ident = ident(name);
    let weekend = calendar.weekend.iter().map(|day| weekday(*day));
    let holidays = calendar.holidays.iter().map(holiday);
    let (file, line) = (sources.place(calendar.span.source), sources.position(calendar.span).line);
    quote! {
        pub static #ident: Calendar = Calendar {
            name: #name, title: #title, sources: &[#(#cited),*], readings: &[#(#readings),*],
            weekend: &[#(#weekend),*], holidays: &[#(#holidays),*], file: #file, line: #line,
        };
    }
}

fn holiday(holiday: &Holiday) -> TokenStream {
    let Holiday { name, sources, readings, .. } = holiday;
    let (from, until) = (optional(holiday.from), optional(holiday.until));
    let day = match holiday.day {
        HolidayDay::Easter(days) => quote!(Easter(#days)),
        HolidayDay::Fixed { month, day, moved } => {
            let moved = optional(moved.map(|(day, by)| {
                let weekday = weekday(day);
                quote!(Moved { weekday: #weekday, by: #by })
            }));
            quote!(Fixed { month: #month, day: #day, moved: #moved })
        }
    };
    quote!(Holiday {
        name: #name, day: HolidayDay::#day, from: #from, until: #until,
        sources: &[#(#sources),*], readings: &[#(#readings),*],
    })
}

fn weekday(day: Weekday) -> TokenStream {
    let name = format_ident!("{}", day.to_string());
    quote!(Weekday::#name)
}
