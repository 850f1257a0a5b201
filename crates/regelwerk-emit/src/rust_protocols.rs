//! Protocols as statics: what each recognises, and what it judges where.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use regelwerk_diag::Sources;
use regelwerk_model::{Message, Protocol, Release, Standard};

use crate::expression::Body;
use crate::plan::Plan;
use crate::{rust_messages, rust_rules};

/// The module of a protocol: `protocol_lta_2019`.
pub(crate) fn ident(protocol: &Protocol) -> Ident {
    format_ident!("protocol_{}", word(&protocol.name))
}

/// The module of its rules.
pub(crate) fn rules_ident(protocol: &Protocol) -> Ident {
    format_ident!("rules_{}", word(&protocol.name))
}

fn word(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
    name.chars().map(plain).collect()
}

/// The module of one protocol.
pub(crate) fn module(
    protocol: &Protocol,
    standard: &Standard,
    plan: &Plan<'_>,
    sources: &Sources,
) -> TokenStream {
    let Protocol { name, title, source, .. } = protocol;
    let rules = rules_ident(protocol);
    let head = rust_rules::head();
    let mut functions = TokenStream::new();
    let mut messages = Vec::new();
    for at in &protocol.releases {
        let Some(release) = standard.releases.get(*at) else { continue };
        for (index, message) in release.messages.iter().enumerate() {
            let said = protocol.placed.iter().any(|one| (one.release, one.message) == (*at, index));
            let known =
                protocol.recognition.iter().any(|one| (one.release, one.message) == (*at, index));
            if said || known {
                let recognises =
                    format_ident!("recognises_{}_{}", word(&message.name), word(&release.name));
                functions.extend(recognition(&recognises, protocol, (*at, index), plan));
                let place = Place { release, message, at: *at, index };
                messages.push(value(&place, &recognises, protocol, sources));
            }
        }
    }
    quote! {
        #head
        use regelwerk_kernel::Scope;
        use regelwerk_kernel::standard::{Protocol, ProtocolMessage, Use};
        use super::#rules as rules;
        #functions
        pub const PROTOCOL: Protocol = Protocol {
            name: #name, title: #title, source: #source, rules: rules::RULES,
            messages: &[#(#messages),*],
        };
    }
}

struct Place<'a> {
    release: &'a Release,
    message: &'a Message,
    at: usize,
    index: usize,
}

fn recognition(
    name: &Ident,
    protocol: &Protocol,
    place: (usize, usize),
    plan: &Plan<'_>,
) -> TokenStream {
    let here = protocol.recognition.iter().filter(|one| (one.release, one.message) == place);
    let mut body = Body::new(plan);
    let tests: Vec<_> = here.map(|one| body.exists(&one.list, &one.cond)).collect();
    let test = if tests.is_empty() { quote!(false) } else { quote!(#(#tests)||*) };
    let statics = body.statics();
    quote! {
        fn #name(scope: Scope<'_>) -> bool {
            #statics
            #test
        }
    }
}

fn value(
    place: &Place<'_>,
    recognises: &Ident,
    protocol: &Protocol,
    sources: &Sources,
) -> TokenStream {
    let mut placed: Vec<_> = protocol
        .placed
        .iter()
        .filter(|one| (one.release, one.message) == (place.at, place.index))
        .collect();
    placed.sort_by(|a, b| (a.node, &a.used.rule).cmp(&(b.node, &b.used.rule)));
    let uses = placed.into_iter().filter_map(|one| {
        let node = u16::try_from(one.node.0).ok()?;
        let used = rust_messages::used(&one.used, &protocol.rules, sources)?;
        Some(quote!((#node, #used)))
    });
    let here = (place.at, place.index);
    let not_yet = rust_rules::not_yet(&protocol.rules, &protocol.stated, here, true);
    let (release, message) = (&place.release.name, &place.message.name);
    quote!(ProtocolMessage {
        release: #release, message: #message, recognises: #recognises, uses: &[#(#uses),*],
        not_yet: #not_yet,
    })
}

/// `&[…]` with the protocols of a standard.
pub(crate) fn list(standard: &Standard) -> TokenStream {
    let modules = standard.protocols.iter().map(ident);
    quote!(&[#(#modules::PROTOCOL),*])
}
