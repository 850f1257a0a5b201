//! Typed views of messages: for each group of elements a struct that looks into a message.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use regelwerk_model::Standard;

use crate::rust_docs::{self, docs, plain, sentence, source};
use crate::shapes::{Field, Holds, MessageShapes, Shape};
use crate::{names, rust_builders};

/// The module of the groups that messages share.
pub(crate) fn shared(shapes: &[Shape<'_>], standard: &Standard) -> TokenStream {
    let shapes = shapes.iter().map(|one| shape(one, standard));
    quote!(use super::n; #(#shapes)*)
}

/// The module of a message.
pub(crate) fn message(message: &MessageShapes<'_>, standard: &Standard) -> TokenStream {
    let shapes = message.shapes.iter().map(|one| shape(one, standard));
    let (root, name) = (format_ident!("{}", message.root), &message.newest.message.name);
    let doc = format!(" The view of a message, if it is a {name}.");
    let builders = rust_builders::root(message);
    quote! {
        use super::n;
        #(#shapes)*
        impl<'m> #root<'m> {
            #[doc = #doc]
            #[must_use]
            pub fn of(message: &'m regelwerk_kernel::Message<'m>) -> Option<Self> {
                regelwerk_kernel::Element::root(message, &super::STANDARD, #name).map(Self)
            }
        }
        #builders
    }
}

/// What the module of a message is about.
pub(crate) fn about(message: &MessageShapes<'_>) -> TokenStream {
    let newest = message.newest.message;
    let parties = format!("Van {} naar {}.", plain(&newest.sender), plain(&newest.receiver));
    let first = format!("{}: {}", newest.name, sentence(&newest.title));
    docs(&[first, format!("{parties} {}", source(&newest.source))])
}

/// A view with its builder.
fn shape(shape: &Shape<'_>, standard: &Standard) -> TokenStream {
    let ident = format_ident!("{}", shape.ident);
    let doc = docs(&rust_docs::shape(shape, standard));
    let getters = shape.fields.iter().map(|field| getter(field, shape, standard));
    let builder = rust_builders::shape(shape);
    quote! {
        regelwerk_kernel::view! { #doc #ident }
        impl<'m> #ident<'m> { #(#getters)* }
        #builder
    }
}

fn getter(field: &Field<'_>, shape: &Shape<'_>, standard: &Standard) -> TokenStream {
    let ident = format_ident!("{}", field.ident);
    let doc = docs(&rust_docs::field(field, shape, standard));
    let name = field.seen.first().map(|seen| names::constant(&seen.node.name));
    let (kind, is_view) = match &field.holds {
        Holds::Text => (quote!(&'m str), false),
        Holds::Integer => (quote!(i64), false),
        Holds::Date => (quote!(regelwerk_kernel::Date), false),
        Holds::Time => (quote!(regelwerk_kernel::Time), false),
        Holds::Code(list) => (code(list), false),
        Holds::Own(view) => (own(view), true),
        Holds::Shared(view) => (shared_view(view), true),
    };
    let (given, method) = match (field.repeats, is_view) {
        (false, false) => (quote!(Option<#kind>), quote!(value)),
        (false, true) => (quote!(Option<#kind>), quote!(view)),
        (true, false) => (quote!(impl Iterator<Item = #kind>), quote!(values)),
        (true, true) => (quote!(impl Iterator<Item = #kind>), quote!(views)),
    };
    quote! {
        #doc
        pub fn #ident(self) -> #given { self.0.#method(n::#name) }
    }
}

/// The enum of a code list.
pub(crate) fn code(ident: &str) -> TokenStream {
    let ident = format_ident!("{ident}");
    quote!(super::codelijsten::#ident)
}

fn own(view: &str) -> TokenStream {
    let view = format_ident!("{view}");
    quote!(#view<'m>)
}

fn shared_view(view: &str) -> TokenStream {
    let view = format_ident!("{view}");
    quote!(super::groepen::#view<'m>)
}
