//! Builders: for each view a struct that makes such an element.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::idents::builder_ident;
use crate::names;
use crate::rust_views::code;
use crate::shapes::{Field, Holds, MessageShapes, Shape};

/// The builder that belongs to a view.
pub(crate) fn shape(shape: &Shape<'_>) -> TokenStream {
    let (view, builder) = (format_ident!("{}", shape.ident), ident(&shape.ident));
    let name = shape.seen.first().map(|seen| names::constant(&seen.node.name));
    let doc = format!(" Makes a [`{view}`].");
    let setters = shape.fields.iter().map(|field| setter(field, &shape.ident));
    quote! {
        regelwerk_kernel::builder! { #[doc = #doc] #builder of #view named n::#name }
        impl #builder { #(#setters)* }
    }
}

fn ident(view: &str) -> proc_macro2::Ident {
    format_ident!("{}", builder_ident(view))
}

/// A setter takes a value, or an iterator where the element may occur more often.
fn setter(field: &Field<'_>, view: &str) -> TokenStream {
    let ident = format_ident!("{}", field.ident);
    let Some(element) = field.seen.first().map(|seen| &seen.node.name) else {
        return TokenStream::new();
    };
    let does = if field.repeats { "Adds each" } else { "Sets" };
    let doc = format!(" {does} [`{element}`]({view}::{}).", field.ident);
    let (kind, part) = (kind(field), part(field, element));
    if field.repeats {
        quote! {
            #[doc = #doc]
            pub fn #ident(self, values: impl IntoIterator<Item = #kind>) -> Self {
                Self(self.0.and(values.into_iter().map(|value| #part)))
            }
        }
    } else {
        quote! {
            #[doc = #doc]
            pub fn #ident(self, value: #kind) -> Self { Self(self.0.with(#part)) }
        }
    }
}

/// The type of a value, or of an element that is made by another builder.
fn kind(field: &Field<'_>) -> TokenStream {
    match &field.holds {
        Holds::Text => quote!(impl AsRef<str>),
        Holds::Integer => quote!(i64),
        Holds::Date => quote!(regelwerk_kernel::Date),
        Holds::Time => quote!(regelwerk_kernel::Time),
        Holds::Code(list) => code(list),
        Holds::Own(view) => {
            let builder = ident(view);
            quote!(#builder)
        }
        Holds::Shared(view) => {
            let builder = ident(view);
            quote!(super::groepen::#builder)
        }
    }
}

/// The element that `value` becomes.
fn part(field: &Field<'_>, element: &str) -> TokenStream {
    let name = names::constant(element);
    match &field.holds {
        Holds::Own(_) | Holds::Shared(_) => {
            quote!(regelwerk_kernel::Part::from(value).named(n::#name))
        }
        Holds::Text => quote!(regelwerk_kernel::Part::value(n::#name, value.as_ref())),
        _ => quote!(regelwerk_kernel::Part::value(n::#name, value.to_string())),
    }
}

/// What makes a whole message.
pub(crate) fn root(message: &MessageShapes<'_>) -> TokenStream {
    let (view, builder) = (format_ident!("{}", message.root), ident(&message.root));
    let newest = message.newest;
    let (release, name) = (newest.at, &newest.message.name);
    let number = newest.release.messages.iter().position(|one| one.name == *name);
    let doc = format!(" {name} in release {}, the newest that is complete.", newest.release.name);
    quote! {
        static KIND: regelwerk_kernel::MessageKind = regelwerk_kernel::MessageKind {
            standard: &super::STANDARD,
            release: &super::STANDARD.releases[#release],
            message: &super::STANDARD.releases[#release].messages[#number],
        };
        impl #view<'_> {
            #[doc = #doc]
            #[must_use]
            pub fn kind() -> regelwerk_kernel::MessageKind { KIND }
        }
        regelwerk_kernel::message_builder! { #builder of KIND }
    }
}
