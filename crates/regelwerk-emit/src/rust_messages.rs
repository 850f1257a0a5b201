//! A message of a release as a static: its element tree and what is judged where.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::{Content, Message, Namespace, Node, Release, Rule, Standard, Use, not_yet};

use crate::rust::release_module;
use crate::{names, rust_dossier, rust_rules, rust_types, xml};

/// The module of one message; release and message each with their number.
pub(crate) fn module(
    (at, release): (usize, &Release),
    (index, message): (usize, &Message),
    standard: &Standard,
    sources: &Sources,
) -> TokenStream {
    let Message { name, title, source, code, sender, receiver, .. } = message;
    let Message { namespaces, schema_version, .. } = message;
    let schema_version = schema_version.iter().map(names::field);
    let types = format_ident!("{}_types", release_module(release));
    let base = xml::base_message(release, message);
    let not_yet = not_yet(&standard.rules, &standard.stated, (at, index), false);
    let not_yet = rust_rules::not_yet(&not_yet);
    let filing = rust_dossier::filing(standard, (at, index));
    let rows = rust_dossier::rows(standard, (at, index));
    let mut patterns = TokenStream::new();
    let nodes: Vec<_> = message
        .ids()
        .zip(&message.nodes)
        .map(|(id, node)| {
            let content = content(node, id.0, release, standard, &mut patterns);
            let uses = uses(node, standard, sources);
            value(node, &content, &uses)
        })
        .collect();
    quote! {
        use regelwerk_kernel::Pattern;
        use regelwerk_kernel::standard::{
            Answers, Code, Content, Extract, Facet, FacetKind, Filing, MessageDef, Namespace, Node, Pick, Use,
        };
        use super::n;
        use super::#types as types;
        #patterns
        pub const MESSAGE: MessageDef = MessageDef {
            name: #name, title: #title, source: #source, code: #code,
            roles: [#sender, #receiver],
            namespaces: &[#(#namespaces),*], nodes: NODES, base: #base, not_yet: #not_yet,
            schema_version: &[#(#schema_version),*], filing: #filing, rows: #rows,
        };
        static NODES: &[Node] = &[#(#nodes),*];
    }
}

fn value(node: &Node, content: &TokenStream, uses: &TokenStream) -> TokenStream {
    let name = names::constant(&node.name);
    let namespace = match node.namespace {
        Namespace::Message => quote!(Message),
        Namespace::Base => quote!(Base),
    };
    let key = node.key.iter().map(|path| names::path(path));
    let Node { min, max, .. } = node;
    let max = if *max == u32::MAX { quote!(u32::MAX) } else { quote!(#max) };
    quote!(Node {
        name: n::#name, namespace: Namespace::#namespace, min: #min, max: #max,
        content: #content, key: &[#(#key),*], uses: #uses,
    })
}

fn content(
    node: &Node,
    number: usize,
    release: &Release,
    standard: &Standard,
    patterns: &mut TokenStream,
) -> TokenStream {
    match &node.content {
        Content::Group(children) => {
            let children = children.iter().filter_map(|id| u16::try_from(id.0).ok());
            quote!(Content::Group(&[#(#children),*]))
        }
        Content::Value(simple, extra) => {
            let simple = release.types.get(*simple);
            let simple = simple.map(|simple| rust_types::type_ident(&simple.name));
            let owner = format!("{}_{number}", node.name);
            let (own, facets) =
                rust_types::facets(extra, &owner, release, standard, &quote!(types::));
            patterns.extend(own);
            quote!(Content::Value(&types::#simple, #facets))
        }
    }
}

fn uses(node: &Node, standard: &Standard, sources: &Sources) -> TokenStream {
    let mut uses: Vec<_> = node.uses.iter().collect();
    uses.sort_by(|a, b| a.rule.cmp(&b.rule));
    let uses = uses.into_iter().filter_map(|one| used(one, &standard.rules, sources));
    quote!(&[#(#uses),*])
}

/// A wording at an element; its number is among `rules`.
pub(crate) fn used(used: &Use, rules: &[Rule], sources: &Sources) -> Option<TokenStream> {
    let at = rules.iter().position(|rule| rule.code == used.rule)?;
    let module = format_ident!("{}", rust_rules::family(rules.get(at)?, sources));
    let check = rust_rules::function(&used.rule, used.wording);
    let number = u16::try_from(at).ok()?;
    let params = used.params.iter().map(|paths| {
        let paths = paths.iter().map(|path| names::path(path));
        quote!(&[#(#paths),*])
    });
    Some(
        quote!(Use { rule: #number, check: Code(&super::#module::#check), params: &[#(#params),*] }),
    )
}
