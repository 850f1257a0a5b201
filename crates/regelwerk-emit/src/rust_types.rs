//! Types and code lists of a release as statics.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::{
    Base, CodeList, Facet, FacetKind, Release, SimpleType, Standard, translate_pattern,
};

/// The module of types and code lists.
pub(crate) fn module(release: &Release, standard: &Standard) -> TokenStream {
    let lists = release.code_lists.iter().map(code_list);
    let types = release.types.iter().map(|simple| simple_type(simple, release, standard));
    quote! {
        use regelwerk_kernel::Pattern;
        use regelwerk_kernel::standard::{Base, CodeList, Facet, FacetKind, SimpleType};
        #(#lists)*
        #(#types)*
    }
}

fn list_ident(list: &CodeList) -> Ident {
    format_ident!("list_{}", list.name)
}

/// The static of a simple type.
pub(crate) fn type_ident(name: &str) -> Ident {
    format_ident!("type_{name}")
}

fn code_list(list: &CodeList) -> TokenStream {
    let (ident, name, title) = (list_ident(list), &list.name, &list.title);
    let codes = list.codes.iter().map(|(code, meaning)| quote!((#code, #meaning)));
    quote! {
        pub static #ident: CodeList =
            CodeList { name: #name, title: #title, codes: &[#(#codes),*] };
    }
}

fn simple_type(simple: &SimpleType, release: &Release, standard: &Standard) -> TokenStream {
    let (ident, name, title) = (type_ident(&simple.name), &simple.name, &simple.title);
    let base = match simple.base {
        Base::Text => quote!(Text),
        Base::Integer => quote!(Integer),
        Base::Date => quote!(Date),
        Base::Time => quote!(Time),
    };
    let own = quote!();
    let (patterns, facets) = facets(&simple.facets, &simple.name, release, standard, &own);
    quote! {
        #patterns
        pub static #ident: SimpleType =
            SimpleType { name: #name, title: #title, base: Base::#base, facets: #facets };
    }
}

/// Facets as a slice, with the statics that their patterns need. Names of patterns start with
/// `owner`; code lists are found under `types`.
pub(crate) fn facets(
    facets: &[Facet],
    owner: &str,
    release: &Release,
    standard: &Standard,
    types: &TokenStream,
) -> (TokenStream, TokenStream) {
    let mut patterns = TokenStream::new();
    let mut values = Vec::new();
    for (number, facet) in facets.iter().enumerate() {
        let kind = match &facet.kind {
            FacetKind::MinLength(n) => quote!(MinLength(#n)),
            FacetKind::MaxLength(n) => quote!(MaxLength(#n)),
            FacetKind::Min(n) => quote!(Min(#n)),
            FacetKind::Max(n) => quote!(Max(#n)),
            FacetKind::Pattern(facet) => {
                let ident = format_ident!("pattern_{owner}_{number}");
                patterns.extend(pattern(&ident, facet.xsd()));
                quote!(Pattern(&#ident))
            }
            FacetKind::CodeList(at) => {
                let list = release.code_lists.get(*at).map(list_ident);
                quote!(CodeList(&#types #list))
            }
        };
        let rule = rule_number(facet.rule.as_deref(), standard);
        values.push(quote!(Facet { kind: FacetKind::#kind, rule: #rule }));
    }
    (patterns, quote!(&[#(#values),*]))
}

/// A pattern as a static.
pub(crate) fn pattern(ident: &Ident, xsd: &str) -> TokenStream {
    let rust = translate_pattern(xsd);
    quote!(static #ident: Pattern = Pattern::new(#xsd, #rust);)
}

/// The place of a rule among the rules.
pub(crate) fn rule_number(code: Option<&str>, standard: &Standard) -> TokenStream {
    let at = code.and_then(|code| standard.rules.iter().position(|rule| rule.code == code));
    match at.and_then(|at| u16::try_from(at).ok()) {
        Some(at) => quote!(Some(#at)),
        None => quote!(None),
    }
}
