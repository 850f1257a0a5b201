//! The generated library: one module a standard, in files of their own.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::{Form, Header, Model, Published, Release, RuleKind, Standard};

use crate::idents::Idents;
use crate::rust_docs::docs;
use crate::shapes::shapes;
use crate::{
    Output, names, rust_calendars, rust_dossier, rust_enums, rust_messages, rust_processes,
    rust_protocols, rust_replies, rust_rules, rust_terms, rust_types, rust_views,
};
use regelwerk_model::plan::Plan;

/// The files of the generated library; `mod.rs` includes the others. `hash` is over the sources.
#[must_use]
pub fn rust(model: &Model, sources: &Sources, hash: &str) -> Vec<Output> {
    let mut files = Vec::new();
    let modules: Vec<_> = model
        .standards
        .iter()
        .map(|standard| module(standard, sources, hash, &mut files))
        .collect();
    let all = model.standards.iter().map(|standard| format_ident!("{}", standard.name));
    let root = quote! {
        #(#modules)*

        /// Every standard in this library.
        pub static STANDARDS: &[&regelwerk_kernel::Standard] = &[#(&#all::STANDARD),*];
    };
    files.push(Output { name: "mod.rs".to_owned(), text: format(root) });
    files
}

/// The module of one standard; its parts become files.
fn module(
    standard: &Standard,
    sources: &Sources,
    hash: &str,
    files: &mut Vec<Output>,
) -> TokenStream {
    let plan = Plan::new(standard);
    let mut parts = vec![("n".to_owned(), names::module(&standard.element_names()))];
    for (at, release) in standard.releases.iter().enumerate() {
        let name = release_module(release);
        parts.push((format!("{name}_types"), rust_types::module(release, standard)));
        parts.push((format!("{name}_replies"), rust_replies::module(release)));
        for (index, message) in release.messages.iter().enumerate() {
            let part = format!("{name}_{}", message.name.to_lowercase());
            parts.push((
                part,
                rust_messages::module((at, release), (index, message), standard, sources),
            ));
        }
    }
    parts.extend(rust_rules::modules(standard, &plan, sources));
    let calendars = rust_calendars::module(&standard.dossier.calendars, sources);
    parts.push(("calendars".to_owned(), calendars));
    parts.push(("terms".to_owned(), rust_terms::module(standard, &plan)));
    parts.push(("dossier".to_owned(), rust_dossier::module(standard, &plan)));
    parts.push(("processes".to_owned(), rust_processes::table(standard, &plan, sources)));
    parts.push(("rules".to_owned(), rust_rules::table(standard, None, sources)));
    for protocol in &standard.protocols {
        let rules = rust_rules::table(standard, Some(protocol), sources);
        parts.push((rust_protocols::rules_ident(protocol).to_string(), rules));
        let module = rust_protocols::module(protocol, standard, &plan, sources);
        parts.push((rust_protocols::ident(protocol).to_string(), module));
    }
    let included = parts.iter().map(|(part, _)| {
        let (ident, include) = (format_ident!("{part}"), include(standard, part));
        quote! {
            #[allow(missing_docs, non_snake_case, non_upper_case_globals, unused_imports, unreachable_pub, unused_variables)]
            #[allow(clippy::all, clippy::too_many_lines)]
            mod #ident { #include }
        }
    });
    let mut included: Vec<_> = included.collect();
    let views = views(standard, sources, parts.iter().map(|(part, _)| part.as_str()));
    included.extend(views.iter().map(|(part, doc, _)| {
        let (ident, include) = (format_ident!("{part}"), include(standard, part));
        quote! {
            #doc
            #[allow(clippy::all, clippy::indexing_slicing, clippy::too_many_lines)]
            #[allow(unused_imports, non_camel_case_types)]
            pub mod #ident { #include }
        }
    }));
    parts.extend(views.into_iter().map(|(part, _, tokens)| (part, tokens)));
    for (part, tokens) in parts {
        let name = format!("{}_{part}.rs", standard.name);
        files.push(Output { name, text: format(tokens) });
    }
    let (ident, doc) = (format_ident!("{}", standard.name), format!(" {}", standard.title));
    let value = value(standard, hash);
    quote! {
        #[doc = #doc]
        pub mod #ident {
            #[allow(unused_imports)]
            use regelwerk_kernel::standard::{Form, FormUse, Header, Published, Release, Standard};
            #(#included)*
            #value
        }
    }
}

fn include(standard: &Standard, part: &str) -> TokenStream {
    let file = format!("/{}_{part}.rs", standard.name);
    quote!(include!(concat!(env!("OUT_DIR"), #file));)
}

/// What callers see of a standard: for each module its name, its documentation and what is in it.
fn views<'n>(
    standard: &Standard,
    sources: &Sources,
    taken: impl Iterator<Item = &'n str>,
) -> Vec<(String, TokenStream, TokenStream)> {
    let codes = rust_enums::idents(standard);
    let shapes = shapes(standard, &codes);
    let mut idents = Idents::modules(taken.chain(["codelijsten", "groepen", "processen"]));
    let lists = docs(&["Codelijsten, met de codes van alle releases.".to_owned()]);
    let groups = docs(&["Groepen van elementen die in meer berichten voorkomen.".to_owned()]);
    let processes = docs(&["Processen: hun toestanden, en wat die verandert.".to_owned()]);
    let mut views = vec![
        ("codelijsten".to_owned(), lists, rust_enums::module(standard, &codes)),
        ("groepen".to_owned(), groups, rust_views::shared(&shapes.shared, standard)),
        ("processen".to_owned(), processes, rust_processes::module(standard, sources)),
    ];
    views.extend(shapes.messages.iter().map(|message| {
        let ident = idents.take(&message.newest.message.name.to_lowercase());
        (ident, rust_views::about(message), rust_views::message(message, standard))
    }));
    views
}

/// `r3_2`
pub(crate) fn release_module(release: &Release) -> String {
    format!("r{}", release.name.replace('.', "_"))
}

fn value(standard: &Standard, hash: &str) -> TokenStream {
    let Standard { name, title, source, .. } = standard;
    let names = standard.element_names();
    let releases = standard.releases.iter().map(|release| {
        let Release { name, title, source, base_namespace, is_complete, headers, .. } = release;
        let headers = headers.iter().map(header);
        let messages = release.messages.iter().map(|message| {
            format_ident!("{}_{}", release_module(release), message.name.to_lowercase())
        });
        let published = release.published.iter().map(published);
        let replies = format_ident!("{}_replies", release_module(release));
        quote!(Release {
            name: #name, title: #title, source: #source, base_namespace: #base_namespace,
            is_complete: #is_complete, headers: &[#(#headers),*],
            messages: &[#(#messages::MESSAGE),*],
            published: &[#(#published),*],
            replies: #replies::REPLIES,
        })
    });
    let forms = forms(standard);
    let protocols = rust_protocols::list(standard);
    quote! {
        /// The standard with everything in it.
        pub static STANDARD: Standard = Standard {
            name: #name, title: #title, source: #source,
            releases: &[#(#releases),*],
            rules: rules::RULES,
            names: &[#(#names),*],
            rules_sha256: #hash,
            forms: &[#(#forms),*],
            protocols: #protocols,
            dossier: &dossier::DOSSIER,
        };
    }
}

fn published(rule: &Published) -> TokenStream {
    let Published { code, kind, level, retourcode } = rule;
    let (level, retourcode) =
        (rust_rules::optional(*level), rust_rules::optional(retourcode.as_deref()));
    quote!(Published { code: #code, kind: #kind, level: #level, retourcode: #retourcode })
}

fn header(header: &Header) -> TokenStream {
    let values = header.values.iter().map(names::field);
    let code = names::path(&header.code);
    quote!(Header { values: &[#(#values),*], code: #code })
}

/// Demands on the outer form, each with the number of its rule.
fn forms(standard: &Standard) -> Vec<TokenStream> {
    let mut forms = Vec::new();
    for (number, rule) in (0_u16..).zip(&standard.rules) {
        let RuleKind::Form(demands, _) = &rule.kind else { continue };
        for demand in demands {
            let form = match demand {
                Form::Utf8 => quote!(Utf8),
                Form::NoByteOrderMark => quote!(NoByteOrderMark),
                Form::CrLf => quote!(CrLf),
                Form::MaxBytes(bytes) => quote!(MaxBytes(#bytes)),
            };
            forms.push(quote!(FormUse { rule: #number, form: Form::#form }));
        }
    }
    forms
}

/// Formatted text; tokens that are no file would be a mistake of this crate, and rustc says so.
pub(crate) fn format(tokens: TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(_) => tokens.to_string(),
    }
}
