//! What is kept of messages, and how it is looked up, as static data.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::core::{Kind, RowSource};
use regelwerk_model::dossier::{Answers, Column, Fact, Filing, Pick, RowClass, Source, View};
use regelwerk_model::plan::{Index, Plan, narrow, view_index};
use regelwerk_model::{RuleKind, Standard, Table};

use crate::expression::Body;
use crate::{names, rust_rules};

/// The module of what a standard asks of earlier messages.
pub(crate) fn module(standard: &Standard, plan: &Plan<'_>) -> TokenStream {
    let dossier = plan.dossier;
    let head = rust_rules::head();
    let of_messages = dossier.sources.iter().map(source);
    let of_tables = (0_u16..).zip(&dossier.tables).map(table_source);
    let of_facts = (0_u16..).zip(&dossier.facts).map(fact_source);
    let indexes = plan.indexes().map(index);
    let functions = (0..).zip(&dossier.views).map(|(at, one)| function(at, one, plan));
    let views = (0..).zip(&dossier.views).map(|(at, one)| view(at, one, plan));
    let tables = dossier.tables.iter().map(table);
    let facts = dossier.facts.iter().map(fact);
    let order = standard.rules.iter().position(|rule| rule.kind == RuleKind::Order).map(narrow);
    let order = rust_rules::optional(order);
    quote! {
        #head
        use regelwerk_kernel::standard::{
            Base, Code, Column, DossierDef, FactDef, Index, RowClass, Source, SourceKind, TableDef, View,
        };
        #(#functions)*
        pub static DOSSIER: DossierDef = DossierDef {
            sources: &[#(#of_messages,)* #(#of_tables,)* #(#of_facts),*],
            indexes: &[#(#indexes),*],
            views: &[#(#views),*],
            tables: &[#(#tables),*],
            facts: &[#(#facts),*],
            calendars: super::calendars::CALENDARS,
            terms: super::terms::TERMS,
            processes: super::processes::PROCESSES,
            order_rule: #order,
        };
    }
}

fn index(index: &Index) -> TokenStream {
    let Index { source, by_part, columns, order } = index;
    quote!(Index {
        source: #source, by_part: #by_part, columns: &[#(#columns),*], order: &[#(#order),*],
    })
}

fn source(source: &Source) -> TokenStream {
    let Source { message, element, columns, classes, .. } = source;
    let name = format!("{message} / {element}");
    let columns = columns.iter().map(|Column { name, kind, .. }| column(name, *kind));
    let classes = classes.iter().map(|RowClass { element, key }| {
        let key = key.iter().map(|at| narrow(*at));
        quote!(RowClass { element: #element, key: &[#(#key),*] })
    });
    quote!(Source {
        name: #name, kind: SourceKind::Message { message: #message }, columns: &[#(#columns),*],
        classes: &[#(#classes),*],
    })
}

fn table_source((at, table): (u16, &Table)) -> TokenStream {
    let name = &table.name;
    let columns = columns(table);
    quote!(Source { name: #name, kind: SourceKind::Table(#at), columns: &[#(#columns),*], classes: &[] })
}

fn fact_source((at, fact): (u16, &Fact)) -> TokenStream {
    let name = &fact.name;
    let columns = Fact::COLUMNS.iter().map(|(name, kind)| column(name, *kind));
    quote!(Source { name: #name, kind: SourceKind::Fact(#at), columns: &[#(#columns),*], classes: &[] })
}

fn columns(table: &Table) -> impl Iterator<Item = TokenStream> {
    table.columns.iter().zip(&table.kinds).map(|(name, kind)| column(name, *kind))
}

fn column(name: &str, kind: Kind) -> TokenStream {
    let base = format_ident!("{}", base(kind));
    quote!(Column { name: #name, base: Base::#base })
}

/// What a kind is called among the bases of simple types.
fn base(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Number => "Integer",
        Kind::Date => "Date",
        Kind::Time => "Time",
    }
}

fn holds(at: usize) -> Ident {
    format_ident!("view_{at}_holds")
}

/// The function that tells whether the latest row of a view counts.
fn function(at: usize, view: &View, plan: &Plan<'_>) -> TokenStream {
    let (name, doc) = (holds(at), format!(" {}: {}", view.name, view.title));
    let mut body = Body::of_row(RowSource::Earlier(view.source), plan);
    let cond = body.cond(&view.cond);
    let statics = body.statics();
    quote! {
        #[doc = #doc]
        fn #name(rows: Rows<'_>, row0: Row<'_>) -> bool {
            #statics
            #cond
        }
    }
}

fn view(at: usize, view: &View, plan: &Plan<'_>) -> TokenStream {
    let View { name, title, .. } = view;
    let (index, holds) = (plan.number(&view_index(view)), holds(at));
    quote!(View { name: #name, title: #title, index: #index, holds: Code(&#holds) })
}

fn table(table: &Table) -> TokenStream {
    let Table { name, title, supplied_as, has_own, rows, .. } = table;
    let supplied_as = rust_rules::optional(supplied_as.as_deref());
    let rows = rows.iter().map(|row| quote!(&[#(#row),*]));
    let key = table.key.iter().map(|at| narrow(*at));
    let place = |name: &String| table.columns.iter().position(|column| column == name);
    let valid = table.valid.as_ref().and_then(|[from, until]| Some([place(from)?, place(until)?]));
    let valid = rust_rules::optional(valid.map(|days| {
        let [from, until] = days.map(narrow);
        quote!([#from, #until])
    }));
    quote!(TableDef {
        name: #name, title: #title, supplied_as: #supplied_as, has_own: #has_own,
        key: &[#(#key),*], valid: #valid,
        rows: &[#(#rows),*],
    })
}

fn fact(fact: &Fact) -> TokenStream {
    let Fact { name, title, is_question, values, .. } = fact;
    quote!(FactDef {
        name: #name, title: #title, is_question: #is_question, values: &[#(#values),*],
    })
}

/// How a message of a release is filed, if it is.
pub(crate) fn filing(standard: &Standard, (release, message): (usize, usize)) -> TokenStream {
    let mut filings = standard.dossier.filings.iter();
    let filed = filings.find(|one| (one.release, one.message) == (release, message));
    let Some(Filing { parties, is_reversed, part, mark, sent, answers, .. }) = filed else {
        return quote!(None);
    };
    let [sender, receiver] = parties.each_ref().map(|path| names::path(path));
    let part = part.iter().map(|id| narrow(id.0));
    let (mark, sent) = (names::path(mark), names::path(sent));
    let answers = answers.as_ref().map(|Answers { message, mark, sent }| {
        let mark = names::path(mark);
        let sent = rust_rules::optional(sent.as_deref().map(names::path));
        quote!(Answers { message: #message, mark: #mark, sent: #sent })
    });
    let answers = rust_rules::optional(answers);
    quote!(Some(Filing {
        parties: [#sender, #receiver], is_reversed: #is_reversed, part: &[#(#part),*], mark: #mark,
        sent: #sent, answers: #answers,
    }))
}

/// The rows that a message of a release gives.
pub(crate) fn rows(standard: &Standard, place: (usize, usize)) -> TokenStream {
    let mut rows = Vec::new();
    for (number, source) in (0_u16..).zip(&standard.dossier.sources) {
        for (at, here) in source.places.iter().enumerate() {
            if (here.release, here.message) != place {
                continue;
            }
            let node = narrow(here.node.0);
            let picks = source.columns.iter().map(|column| column.picks.get(at)?.as_ref());
            let picks = picks.map(|one| rust_rules::optional(one.map(pick)));
            rows.push(quote!(Extract { source: #number, node: #node, columns: &[#(#picks),*] }));
        }
    }
    quote!(&[#(#rows),*])
}

fn pick(pick: &Pick) -> TokenStream {
    let from = |up: usize, path: &[String]| {
        let (up, path) = (u8::try_from(up).unwrap_or(u8::MAX), names::path(path));
        quote!({ up: #up, path: #path })
    };
    match pick {
        Pick::Path { up, path } => {
            let from = from(*up, path);
            quote!(Pick::Path #from)
        }
        Pick::Filled { up, path } => {
            let from = from(*up, path);
            quote!(Pick::Filled #from)
        }
        Pick::Sent => quote!(Pick::Sent),
        Pick::Received => quote!(Pick::Received),
    }
}
