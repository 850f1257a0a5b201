//! How messages are answered, as static data.

use proc_macro2::TokenStream;
use quote::quote;
use regelwerk_model::{Amount, Filling, Given, NodeId, Release, Reply, ReplyCase, When};

use crate::{names, rust_rules};

/// The module of the replies of a release.
pub(crate) fn module(release: &Release) -> TokenStream {
    let replies = release.replies.iter().filter_map(|reply| value(reply, release));
    quote! {
        use regelwerk_kernel::standard::{Amount, Filling, Given, Reply, ReplyCase, When};
        use super::n;
        pub static REPLIES: &[Reply] = &[#(#replies),*];
    }
}

fn value(reply: &Reply, release: &Release) -> Option<TokenStream> {
    let Reply { source, good, unassessed, fine, is_by_class, .. } = reply;
    let (to, with) =
        (&release.messages.get(reply.to)?.name, &release.messages.get(reply.with)?.name);
    let (code, classes, outside) =
        (names::path(&reply.code), nodes(&reply.classes), node(reply.outside));
    let (always, cases) = (fillings(&reply.always), reply.cases.iter().map(case));
    Some(quote!(Reply {
        source: #source, to: #to, with: #with, code: #code, good: #good,
        unassessed: #unassessed, classes: #classes, outside: #outside, always: #always,
        cases: &[#(#cases),*], fine: &[#good, #unassessed, #(#fine),*], is_by_class: #is_by_class,
    }))
}

/// The place of an element among those of its message; the analysis allows no more than fit.
fn node(id: NodeId) -> u16 {
    u16::try_from(id.0).unwrap_or(u16::MAX)
}

fn nodes(ids: &[NodeId]) -> TokenStream {
    let ids = ids.iter().map(|id| node(*id));
    quote!(&[#(#ids),*])
}

fn case(case: &ReplyCase) -> TokenStream {
    let when = match &case.when {
        When::Level(level) => quote!(Level(#level)),
        When::In(classes) => {
            let classes = nodes(classes);
            quote!(In(#classes))
        }
        When::Rejected => quote!(Rejected),
        When::Accepted => quote!(Accepted),
    };
    let fillings = rust_rules::optional(case.fillings.as_deref().map(fillings));
    quote!(ReplyCase { when: When::#when, fillings: #fillings })
}

fn fillings(all: &[Filling]) -> TokenStream {
    let all = all.iter().map(filling);
    quote!(&[#(Filling::#all),*])
}

fn filling(filling: &Filling) -> TokenStream {
    match filling {
        Filling::Copy { to, from } => {
            let (to, from) = (node(*to), node(*from));
            quote!(Copy { to: #to, from: #from })
        }
        Filling::Value { at, value } => {
            let at = node(*at);
            quote!(Value { at: #at, value: #value })
        }
        Filling::Given { at, given } => {
            let (at, given) = (node(*at), self::given(*given));
            quote!(Given { at: #at, given: Given::#given })
        }
        Filling::Empty(at) => {
            let at = node(*at);
            quote!(Empty(#at))
        }
        Filling::EmptyWithoutFaults(at) => {
            let at = node(*at);
            quote!(EmptyWithoutFaults(#at))
        }
        Filling::Code { class, code, under } => {
            let (class, under) = (node(*class), rust_rules::optional(under.map(node)));
            quote!(Code { class: #class, code: #code, under: #under })
        }
        Filling::OwnCode(class) => {
            let class = node(*class);
            quote!(OwnCode(#class))
        }
        Filling::OtherClasses => quote!(OtherClasses),
        Filling::Balance { target, whole, parts, plus, minus } => {
            let [target, whole, parts] = [target, whole, parts].map(amount);
            quote!(Balance {
                target: #target, whole: #whole, parts: #parts, plus: #plus, minus: #minus,
            })
        }
    }
}

fn given(given: Given) -> TokenStream {
    match given {
        Given::Identification => quote!(Identification),
        Given::Date => quote!(Date),
        Given::XsltVersion => quote!(XsltVersion),
    }
}

fn amount(amount: &Amount) -> TokenStream {
    let (number, sign) = (node(amount.number), node(amount.sign));
    quote!(Amount { number: #number, sign: #sign })
}
