//! Element names as constants of the generated library.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_model::Field;

/// The constant of a name.
pub(crate) fn constant(name: &str) -> Ident {
    format_ident!("{name}")
}

/// `n::Product, n::Code`
pub(crate) fn path<S: AsRef<str>>(steps: &[S]) -> TokenStream {
    let steps = steps.iter().map(|step| constant(step.as_ref()));
    quote!(&[#(n::#steps),*])
}

/// A path with the value at its end.
pub(crate) fn field(field: &Field) -> TokenStream {
    let steps: Vec<_> = field.path.iter().map(|(name, _)| name).collect();
    let (path, value) = (path(&steps), field.value.as_deref().unwrap_or_default());
    quote!((#path, #value))
}

/// The module of constants.
pub(crate) fn module(names: &[&str]) -> TokenStream {
    let constants = (0_u16..).zip(names).map(|(number, name)| {
        let constant = constant(name);
        let doc = format!(" `{name}`");
        quote!(#[doc = #doc] pub const #constant: Name = #number;)
    });
    quote! {
        use regelwerk_kernel::standard::Name;
        #(#constants)*
    }
}
