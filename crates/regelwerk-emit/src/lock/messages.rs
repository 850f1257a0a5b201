//! What releases, messages and code lists demand.

use regelwerk_model::{
    Base, Content, Facet, FacetKind, Field, Message, Namespace, NodeId, Release, Standard,
};

use super::Book;

pub(super) fn enter(standard: &Standard, book: &mut Book) {
    for (at, release) in standard.releases.iter().enumerate() {
        book.enter(&format!("release {}", release.name), Some(at), &head(release), None);
        for list in &release.code_lists {
            let codes: Vec<_> = list.codes.iter().map(|(code, _)| code.as_str()).collect();
            book.enter(&format!("codelijst {}", list.name), Some(at), &codes.join("\n"), None);
        }
        for message in &release.messages {
            let name = format!("bericht {}", message.name);
            book.enter(&name, Some(at), &whole(release, message), None);
        }
    }
}

/// How a message shows that it is of a release.
fn head(release: &Release) -> String {
    let headers = release.headers.iter().map(|header| {
        let values: Vec<_> = header.values.iter().map(field).collect();
        format!("{} {}\n", values.join(", "), header.code.join("."))
    });
    let complete = if release.is_complete { "volledig" } else { "gedeeltelijk" };
    format!("{complete}\n{}\n{}", release.base_namespace, headers.collect::<String>())
}

fn field(field: &Field) -> String {
    let path = field.path.iter().map(|(name, at)| format!("{name}[{at}]"));
    let value = field.value.as_deref().unwrap_or("leeg");
    format!("{} {value}", path.collect::<Vec<_>>().join("."))
}

fn whole(release: &Release, message: &Message) -> String {
    let Message { code, sender, receiver, namespaces, schema_version, .. } = message;
    let versions: Vec<_> = schema_version.iter().map(field).collect();
    let mut text =
        format!("{code} {sender} {receiver}\n{}\n{}\n", namespaces.join(" "), versions.join(", "));
    for id in message.ids() {
        text += &element(release, message, id);
    }
    text
}

/// An element: where it is, how often, its key and what it holds.
fn element(release: &Release, message: &Message, id: NodeId) -> String {
    let Some(node) = message.node(id) else { return String::new() };
    let namespace = match node.namespace {
        Namespace::Message => "",
        Namespace::Base => "basis:",
    };
    let key: Vec<_> = node.key.iter().map(|path| path.join(".")).collect();
    let path = message.path(id).join("/");
    let holds = match &node.content {
        Content::Group(_) => String::new(),
        Content::Value(simple, extra) => value(release, *simple, extra),
    };
    format!("{namespace}{path} {}..{} [{}] {holds}\n", node.min, node.max, key.join(", "))
}

fn value(release: &Release, simple: usize, extra: &[Facet]) -> String {
    let Some(simple) = release.types.get(simple) else { return String::new() };
    let base = match simple.base {
        Base::Text => "tekst",
        Base::Integer => "geheel getal",
        Base::Date => "datum",
        Base::Time => "tijd",
    };
    let facets = simple.facets.iter().chain(extra);
    let mut facets: Vec<_> = facets
        .map(|one| format!("{} {}", facet(release, &one.kind), one.rule.as_deref().unwrap_or("-")))
        .collect();
    facets.sort();
    format!("{base}; {}", facets.join("; "))
}

/// What a facet demands, in words that stay.
pub(super) fn facet(release: &Release, kind: &FacetKind) -> String {
    match kind {
        FacetKind::MinLength(least) => format!("minstens {least} tekens"),
        FacetKind::MaxLength(most) => format!("hoogstens {most} tekens"),
        FacetKind::Min(least) => format!("minstens {least}"),
        FacetKind::Max(most) => format!("hoogstens {most}"),
        FacetKind::Pattern(pattern) => format!("patroon {}", pattern.xsd()),
        FacetKind::CodeList(at) => {
            let list = release.code_lists.get(*at);
            format!("codelijst {}", list.map_or("", |list| list.name.as_str()))
        }
    }
}
