//! Code lists as enums, each with the codes of every release.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use regelwerk_model::{CodeList, Standard};

use crate::idents::{Idents, type_ident};
use crate::rust_docs::{docs, sentence, source};
use crate::shapes::{Codes, newest_first};

/// The names of the enums, by the names of their lists.
pub(crate) fn idents(standard: &Standard) -> Codes<'_> {
    let mut idents = Idents::types();
    let names = lists(standard).into_keys();
    names.map(|name| (name, idents.take(&type_ident(name)))).collect()
}

/// The lists of every release by name, that of the newest complete release first.
fn lists(standard: &Standard) -> BTreeMap<&str, Vec<&CodeList>> {
    let mut lists: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (_, release) in newest_first(standard) {
        for list in &release.code_lists {
            lists.entry(&list.name).or_default().push(list);
        }
    }
    lists
}

/// The module of all enums.
pub(crate) fn module(standard: &Standard, idents: &Codes<'_>) -> TokenStream {
    let lists = lists(standard);
    let enums = lists.iter().filter_map(|(name, lists)| Some(code_list(idents.get(name)?, lists)));
    let enums = enums.collect::<Vec<_>>();
    quote!(#(#enums)*)
}

fn code_list(ident: &str, lists: &[&CodeList]) -> TokenStream {
    let Some(newest) = lists.first() else { return TokenStream::new() };
    // Of what stands in more releases the first met counts: that of the newest complete one.
    let mut codes = BTreeMap::new();
    for (code, meaning) in lists.iter().flat_map(|list| &list.codes) {
        codes.entry(code).or_insert(meaning);
    }
    let mut variants = Idents::variants();
    let codes = codes.into_iter().map(|(code, meaning)| {
        let variant = format_ident!("{}", variants.take_variant(code));
        let doc = docs(&[sentence(meaning)]);
        quote!(#doc #variant = #code, #meaning;)
    });
    let codes: Vec<_> = codes.collect();
    let about = format!("Codelijst {}. {}", newest.name, source(&newest.source));
    let doc = docs(&[sentence(&newest.title), about]);
    let ident = format_ident!("{ident}");
    quote!(regelwerk_kernel::code_list! { #doc #ident { #(#codes)* } })
}
