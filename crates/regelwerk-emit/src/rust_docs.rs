//! What the documentation of the generated library says, in Dutch: meaning, how often, type,
//! source.

use proc_macro2::TokenStream;
use quote::quote;
use regelwerk_model::{Base, Content, Facet, FacetKind, Node, Release, Standard};

use crate::shapes::{Field, Holds, Seen, Shape};

/// Paragraphs as documentation.
pub(crate) fn docs(paragraphs: &[String]) -> TokenStream {
    let text = paragraphs.join("\n\n");
    let lines =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// What a view of a group of elements is of.
pub(crate) fn shape(shape: &Shape<'_>, standard: &Standard) -> Vec<String> {
    let Some(newest) = shape.seen.first() else { return Vec::new() };
    let message = &newest.message.name;
    let group = newest.node.group.and_then(|at| standard.groups.get(at));
    let name = &newest.node.name;
    match (group, newest.node.parent) {
        (Some(group), _) => vec![
            sentence(&group.title),
            format!(
                "Groep `{}`, die in meer berichten voorkomt. {}",
                group.name,
                source(&group.source)
            ),
        ],
        (None, None) => vec![
            sentence(&newest.message.title),
            format!("Bericht {message}, in welke release ook. {}", source(&newest.message.source)),
        ],
        (None, Some(_)) => vec![
            sentence(meaning(&shape.seen).unwrap_or(name)),
            format!("Element `{name}` van bericht {message}. {}", source(&newest.message.source)),
        ],
    }
}

/// What an element means, how often it occurs, of which type it is, and since when.
pub(crate) fn field(field: &Field<'_>, shape: &Shape<'_>, standard: &Standard) -> Vec<String> {
    let Some(newest) = field.seen.first() else { return Vec::new() };
    let Seen { node, release, .. } = *newest;
    let group = node.group.and_then(|at| standard.groups.get(at));
    let title = match (newest.simple(), group) {
        (Some(simple), _) => &simple.title,
        (_, Some(group)) => &group.title,
        _ => &node.name,
    };
    let title = meaning(&field.seen).unwrap_or(title);
    let mut facts = format!("Element `{}`: {}.", node.name, often(node));
    if let (Some(simple), Content::Value(_, extra)) = (newest.simple(), &node.content) {
        let facets: Vec<_> = simple.facets.iter().chain(extra).collect();
        let kind = kind(simple.base, &facets, &field.holds, release);
        facts += &format!(" Type `{}`: {kind}.", simple.name);
        if let Some(unit) = &simple.unit {
            facts += &format!(" Eenheid: {}.", plain(unit));
        }
    }
    let from = match (newest.simple(), group) {
        (Some(simple), _) => &simple.source,
        (_, Some(group)) => &group.source,
        _ => &newest.message.source,
    };
    facts = format!("{facts} {}", source(from));
    let mut paragraphs = vec![sentence(title), facts];
    paragraphs.extend(only_in(&field.seen, &shape.seen, standard));
    paragraphs
}

/// What the glossary says of an element, where it says one thing of all places.
fn meaning<'a>(seen: &[Seen<'a>]) -> Option<&'a str> {
    let first = seen.first()?.node.meaning.as_str();
    let agree = seen.iter().all(|seen| seen.node.meaning == first);
    (agree && !first.is_empty()).then_some(first)
}

/// In which releases an element is, where that is not all.
fn only_in(seen: &[Seen<'_>], all: &[Seen<'_>], standard: &Standard) -> Option<String> {
    let is_in = |at: usize, seen: &[Seen<'_>]| seen.iter().any(|one| one.at == at);
    let releases: Vec<_> = (0..standard.releases.len()).filter(|at| is_in(*at, all)).collect();
    let own: Vec<_> = releases.iter().filter(|at| is_in(**at, seen)).collect();
    let names = own.iter().filter_map(|at| standard.releases.get(**at));
    let names: Vec<_> = names.map(|release| release.name.as_str()).collect();
    (own.len() < releases.len())
        .then(|| format!("Alleen beschreven in release {}.", names.join(", ")))
}

/// How often an element occurs in the one above it.
fn often(node: &Node) -> String {
    match (node.min, node.max) {
        (1, 1) => "precies een keer".to_owned(),
        (0, 1) => "optioneel".to_owned(),
        (1, u32::MAX) => "een of meer keer".to_owned(),
        (0, u32::MAX) => "nul of meer keer".to_owned(),
        (min, max) => format!("{min} tot en met {max} keer"),
    }
}

/// A type with what narrows it.
fn kind(base: Base, facets: &[&Facet], holds: &Holds, release: &Release) -> String {
    let base = match base {
        Base::Text => "tekst",
        Base::Integer => "geheel getal",
        Base::Date => "datum",
        Base::Time => "tijd",
    };
    let mut parts = vec![base.to_owned()];
    parts.extend(facets.iter().map(|facet| match &facet.kind {
        FacetKind::MinLength(least) => format!("minstens {}", characters(*least)),
        FacetKind::MaxLength(most) => format!("hoogstens {}", characters(*most)),
        FacetKind::Min(least) => format!("minstens {least}"),
        FacetKind::Max(most) => format!("hoogstens {most}"),
        FacetKind::Pattern(pattern) => format!("patroon {}", code(pattern.xsd())),
        FacetKind::CodeList(at) => {
            let name = release.code_lists.get(*at).map_or("", |list| list.name.as_str());
            match holds {
                Holds::Code(ident) => format!("codelijst [`{name}`](super::codelijsten::{ident})"),
                _ => format!("codelijst {name}"),
            }
        }
    }));
    parts.join(", ")
}

fn characters(number: u32) -> String {
    format!("{number} {}", if number == 1 { "teken" } else { "tekens" })
}

/// A text as code, whatever is in it.
fn code(text: &str) -> String {
    let fence = if text.contains('`') { "``" } else { "`" };
    format!("{fence}{text}{fence}")
}

/// Where it is published.
pub(crate) fn source(source: &str) -> String {
    format!("Bron: {}.", plain(source))
}

/// A title as a sentence.
pub(crate) fn sentence(title: &str) -> String {
    let end = if title.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{end}", plain(title))
}

/// A text of which nothing is taken for markup.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars() {
        if r"\`*_[]<>#|~".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
