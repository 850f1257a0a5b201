//! Diagnostics as text for a person, in Dutch, through `annotate-snippets`.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{Diagnostic, Label, Severity, SourceId, Sources};

/// With or without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Colour,
}

/// Diagnostics that are shown at the most; whoever has more has one mistake many times.
const SHOWN: usize = 100;

/// Diagnostics in the given order, the first hundred, a blank line after each.
#[must_use]
pub fn render(sources: &Sources, diagnostics: &[Diagnostic], style: Style) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Colour => Renderer::styled(),
    };
    let shown = diagnostics.iter().take(SHOWN);
    let mut text: String =
        shown.map(|one| renderer.render(&groups(sources, one)) + "\n\n").collect();
    if diagnostics.len() > SHOWN {
        text += &format!("… en nog {} andere\n\n", diagnostics.len() - SHOWN);
    }
    text
}

/// `2 fouten, 1 waarschuwing`; empty when there is nothing to tell.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let parts = [
        (Severity::Error, "fout", "fouten"),
        (Severity::Warning, "waarschuwing", "waarschuwingen"),
        (Severity::Note, "opmerking", "opmerkingen"),
    ];
    let told = parts.iter().filter_map(|(severity, one, many)| {
        match diagnostics.iter().filter(|d| d.severity == *severity).count() {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

fn groups<'a>(sources: &'a Sources, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name("fout"),
        Severity::Warning => Level::WARNING.with_name("waarschuwing"),
        Severity::Note => Level::NOTE.with_name("opmerking"),
    };
    let title = level.primary_title(diagnostic.title.as_str()).id(diagnostic.code.0);
    let mut first = title.elements(snippets(sources, diagnostic));
    if let Some(help) = &diagnostic.help {
        first = first.element(Level::HELP.with_name("hulp").message(help.as_str()));
    }
    vec![first]
}

/// One snippet a file: the file of the place itself first.
fn snippets<'a>(
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
) -> Vec<Snippet<'a, Annotation<'a>>> {
    let home = diagnostic.label.span.source;
    let mut files = vec![home];
    for label in &diagnostic.related {
        if !files.contains(&label.span.source) {
            files.push(label.span.source);
        }
    }
    files.into_iter().map(|id| snippet(sources, diagnostic, id)).collect()
}

fn snippet<'a>(
    sources: &'a Sources,
    diagnostic: &'a Diagnostic,
    id: SourceId,
) -> Snippet<'a, Annotation<'a>> {
    let primary = (id == diagnostic.label.span.source)
        .then(|| annotation(AnnotationKind::Primary, &diagnostic.label));
    let context = diagnostic.related.iter().filter(|label| label.span.source == id);
    Snippet::source(sources.text(id))
        .path(sources.shown(id))
        .annotations(primary)
        .annotations(context.map(|label| annotation(AnnotationKind::Context, label)))
}

fn annotation(kind: AnnotationKind, label: &Label) -> Annotation<'_> {
    let text = (!label.text.is_empty()).then_some(label.text.as_str());
    kind.span(label.span.start as usize..label.span.end as usize).label(text)
}
