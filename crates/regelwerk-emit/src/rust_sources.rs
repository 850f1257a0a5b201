//! The rule files themselves, for whoever wants to read them as a model at run time.

use quote::quote;
use regelwerk_diag::Sources;

use crate::Output;
use crate::rust::format;

/// A file with every source: its path below the folder of rules, and its text.
#[must_use]
pub fn rust_sources(sources: &Sources) -> Output {
    let files = sources.iter().map(|(_, source)| {
        let (path, text) = (&source.path, &source.text);
        quote!((#path, #text))
    });
    let text = format(quote! {
        /// Every rule file and every table beside one, in order of path: its path below the folder
        /// of rules, with forward slashes, and its text, with bare LF as end of line.
        pub static SOURCES: &[(&str, &str)] = &[#(#files),*];
    });
    Output { name: "sources.rs".to_owned(), text }
}
