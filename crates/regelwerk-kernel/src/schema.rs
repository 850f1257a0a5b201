//! Level 1: what the schema demands.

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::{Document, ElementId};
use crate::finding::{Citation, Finding, Found, MAX_FINDINGS, Phrase, Place, RuleAt, Severity};
use crate::message::{Places, Subject};
use crate::part::has_text;
use crate::standard::{Base, CodeList, Content, Facet, FacetKind, Name, Node, Rule, SimpleType};
use crate::value::{parse_date, parse_integer, parse_time, trim};

/// Most names or codes that a finding lists.
const LISTED: usize = 12;

/// How a document fits the schema.
pub(crate) struct Fit {
    /// The place in the schema of every element.
    pub(crate) places: Places,
    /// For each distinct name of the document the name in the standard.
    pub(crate) names: Vec<Option<Name>>,
    /// The first [`MAX_FINDINGS`].
    pub(crate) findings: Vec<Finding>,
    /// Whether there was more to find.
    pub(crate) has_more: bool,
    /// Elements that a release which is not complete does not know, without what is in them, in
    /// document order; the first of each path.
    pub(crate) unknown: Vec<ElementId>,
}

/// Judges a document against the schema and gives every element its place in it. Of a release
/// that is not complete only names, numbers and values count.
pub(crate) fn judge(document: &Document<'_>, subject: Subject) -> Fit {
    let mut walk = Walk::new(document, subject);
    walk.root();
    // Document order: an element has its place before its children are looked at.
    for id in document.elements() {
        walk.element(id);
    }
    walk.fit.unknown.sort_unstable();
    walk.fit
}

struct Walk<'d> {
    document: &'d Document<'d>,
    subject: Subject,
    fit: Fit,
    /// Unknown elements met so far, by the node above them and their name in the document.
    told: HashSet<(u16, usize)>,
    /// Citation of what has no rule.
    source: Arc<str>,
}

impl<'d> Walk<'d> {
    fn new(document: &'d Document<'d>, subject: Subject) -> Self {
        let fit = Fit {
            places: Places::new(document.element_count()),
            names: subject.translate(document),
            findings: Vec::new(),
            has_more: false,
            unknown: Vec::new(),
        };
        let source = format!("{} (schema)", subject.kind.message.source).into();
        Self { document, subject, fit, told: HashSet::new(), source }
    }

    fn root(&mut self) {
        let Some(node) = self.subject.node(0) else { return };
        if self.name(ElementId::ROOT) != Some(node.name) {
            let name = self.subject.name(node.name);
            let expected = Phrase::fixed(name, name);
            self.report(ElementId::ROOT, expected, self.name_found(ElementId::ROOT));
        } else {
            self.namespace(ElementId::ROOT, node);
            self.fit.places.set(ElementId::ROOT, 0);
            if !self.is_complete() {
                self.header();
            }
        }
    }

    fn element(&mut self, id: ElementId) {
        let node = self.fit.places.get(id).and_then(|index| self.subject.node(index));
        let Some(node) = node else { return };
        if self.is_complete() {
            self.additions(id, node);
        }
        match &node.content {
            Content::Value(kind, extra) => self.value(id, kind, extra),
            Content::Group(children) => self.group(id, children),
        }
    }

    /// Where the release is not complete no facet holds the header to what names the release and
    /// the message: a form of the header that is there must not name others.
    fn header(&mut self) {
        let subject = self.subject;
        for form in subject.kind.release.headers {
            let code = (form.code, subject.kind.message.code);
            let wanted: Vec<_> = form.values.iter().copied().chain([code]).collect();
            let ids: Vec<_> =
                wanted.iter().filter_map(|(path, _)| subject.at(self.document, path)).collect();
            if ids.len() < wanted.len() {
                continue;
            }
            for (id, (_, value)) in ids.into_iter().zip(wanted) {
                let text = trim(self.document.text(id));
                if text != value {
                    self.report(id, Phrase::fixed(value, value), Found::value(text));
                }
            }
        }
    }

    /// Whether every element of the release is known.
    fn is_complete(&self) -> bool {
        self.subject.kind.release.is_complete
    }

    /// Reports attributes, and text between elements.
    fn additions(&mut self, id: ElementId, node: &Node) {
        let attributes: Vec<_> = self.document.unexpected_attributes(id).collect();
        for name in attributes {
            let expected = Phrase::fixed("geen attributen", "no attributes");
            self.report(id, expected, Found::attribute(name));
        }
        let is_group = matches!(node.content, Content::Group(_));
        if is_group && has_text(self.document, id) {
            let expected = Phrase::fixed("alleen elementen", "elements only");
            let found = Phrase::fixed("ook tekst", "text as well");
            self.report(id, expected, Found::Phrase(found));
        }
    }

    fn group(&mut self, id: ElementId, declared: &'static [u16]) {
        let mut sequence = Sequence { declared, seen: vec![0; declared.len()], reached: 0 };
        for child in self.document.children(id) {
            self.child(child, &mut sequence);
        }
        if !self.is_complete() {
            // How often an element may occur is not known either.
            return;
        }
        for (&index, &seen) in declared.iter().zip(&sequence.seen) {
            let node = self.subject.node(index);
            if let Some(node) = node.filter(|node| seen < node.min) {
                self.too_few(id, node, seen);
            }
        }
    }

    /// Gives a child its place, or reports that it has none here. Whatever its fault, a child that
    /// is known by name has its place, so that what is in it is judged, and counts as seen: that
    /// it is missing as well would be one mistake told twice.
    fn child(&mut self, child: ElementId, sequence: &mut Sequence) {
        let name = self.name(child);
        let named = |&index: &u16| self.subject.node(index).map(|node| node.name) == name;
        let at = sequence.declared.iter().position(named).filter(|_| name.is_some());
        let Some(at) = at else { return self.unknown(child, sequence.declared) };
        let Some(&index) = sequence.declared.get(at) else { return };
        let Some(node) = self.subject.node(index) else { return };
        self.namespace(child, node);
        let is_surplus = sequence.count(at) > node.max;
        if is_surplus && self.is_complete() {
            self.too_many(child, node);
        } else if at < sequence.reached && self.is_complete() {
            self.too_late(child, sequence.declared.get(sequence.reached).copied());
        }
        sequence.reached = sequence.reached.max(at);
        self.fit.places.set(child, index);
    }

    /// Reports an element that is not in the namespace of its node, unless it only follows the
    /// element above it, of which that is told.
    fn namespace(&mut self, id: ElementId, node: &Node) {
        let (expected, found) = (self.subject.uri(node.namespace), self.document.namespace(id));
        if found == expected || !self.is_complete() {
            return;
        }
        let follows = |above| {
            let place = self.fit.places.get(above).and_then(|index| self.subject.node(index));
            place.is_some_and(|place| place.namespace == node.namespace)
                && self.document.namespace(above) == found
        };
        if self.document.parent(id).is_some_and(follows) {
            return;
        }
        let expected = format!("namespace {expected}");
        let expected = Phrase::composed(expected.clone(), expected);
        self.report(id, expected, Found::namespace(found));
    }

    fn unknown(&mut self, id: ElementId, declared: &[u16]) {
        if !self.is_complete() {
            return self.accept(id);
        }
        let nodes = declared.iter().filter_map(|&index| self.subject.node(index));
        let names: Vec<_> = nodes.map(|node| self.subject.name(node.name)).collect();
        self.report(id, one_of(&names), self.name_found(id));
    }

    /// Keeps an element that is not known for the list, unless one of the same path is there.
    fn accept(&mut self, id: ElementId) {
        let above = self.document.parent(id).and_then(|above| self.fit.places.get(above));
        if above.is_some_and(|above| self.told.insert((above, self.document.name_index(id)))) {
            self.fit.unknown.push(id);
        }
    }

    fn too_late(&mut self, id: ElementId, after: Option<u16>) {
        let after = after.and_then(|index| self.subject.node(index));
        let after = after.map_or("", |node| self.subject.name(node.name));
        let expected = Phrase::composed(format!("vóór {after}"), format!("before {after}"));
        self.report(id, expected, Found::Phrase(Phrase::fixed("erna", "after it")));
    }

    fn too_many(&mut self, id: ElementId, node: &Node) {
        let expected = times("hoogstens", "at most", node.max);
        self.report(id, expected, Found::Phrase(Phrase::fixed("nog een", "one more")));
    }

    fn too_few(&mut self, parent: ElementId, node: &Node, seen: u32) {
        let name = self.subject.name(node.name);
        let (expected, found) = match seen {
            0 => (Phrase::fixed("aanwezig", "present"), Phrase::fixed("niets", "nothing")),
            _ => (times("minstens", "at least", node.min), times("slechts", "only", seen)),
        };
        self.add(
            |document| Place::absent(document, parent, std::iter::once(name)),
            None,
            expected,
            Found::Phrase(found),
        );
    }

    fn value(&mut self, id: ElementId, kind: &'static SimpleType, extra: &'static [Facet]) {
        if let Some(child) = self.document.first_child(id) {
            let expected = Phrase::fixed("alleen een waarde", "a value only");
            return self.report(id, expected, self.name_found(child));
        }
        let text = match kind.base {
            Base::Text => self.document.text(id),
            Base::Integer | Base::Date | Base::Time => trim(self.document.text(id)),
        };
        let found = Found::value(text);
        let mut coded = false;
        let mut uncoded = None;
        for facet in kind.facets.iter().chain(extra).filter(|facet| !facet.kind.holds(text)) {
            let rule = facet.rule.and_then(|rule| self.rule(rule));
            if rule.is_some() {
                coded = true;
                let expected = facet.kind.phrase(rule);
                self.add(|document| Place::of(document, id), rule, expected, found.clone());
            } else {
                uncoded.get_or_insert_with(|| facet.kind.phrase(None));
            }
        }
        // What is no value of its kind at all is told in any case; a facet without a code only
        // where no other speaks for the value.
        let lexical = (!is_lexical(kind.base, text)).then(|| lexical_phrase(kind.base));
        if let Some(expected) = lexical.or(uncoded.filter(|_| !coded)) {
            self.report(id, expected, found);
        }
    }

    fn rule(&self, index: u16) -> Option<&'static Rule> {
        self.subject.kind.standard.rules.get(usize::from(index))
    }

    fn name(&self, id: ElementId) -> Option<Name> {
        self.fit.names.get(self.document.name_index(id)).copied().flatten()
    }

    fn name_found(&self, id: ElementId) -> Found {
        Found::name(self.document.name(id), self.name(id).is_some())
    }

    fn report(&mut self, id: ElementId, expected: Phrase, found: Found) {
        self.add(|document| Place::of(document, id), None, expected, found);
    }

    fn add(
        &mut self,
        place: impl FnOnce(&Document<'_>) -> Place,
        rule: Option<&'static Rule>,
        expected: Phrase,
        found: Found,
    ) {
        if self.fit.findings.len() >= MAX_FINDINGS {
            self.fit.has_more = true;
            return;
        }
        let place = place(self.document);
        let cited = rule.and_then(|rule| rule.sources.first());
        let source = cited.map_or_else(
            || Citation::Shared(Arc::clone(&self.source)),
            |source| Citation::Fixed(source),
        );
        self.fit.findings.push(Finding {
            rule: rule.map_or("XSD", |rule| rule.code),
            protocol: None,
            severity: Severity::Error,
            level: Some(1),
            retourcode: None,
            path: place.path,
            related: place.within.into_iter().collect(),
            line: place.line,
            column: place.column,
            offset: place.offset,
            length: place.length,
            found,
            expected,
            comes_to: None,
            because: None,
            source,
            rule_at: rule.map(RuleAt::of),
        });
    }
}

/// How far the children of a group have come.
struct Sequence {
    declared: &'static [u16],
    /// How often each declared child has been seen.
    seen: Vec<u32>,
    /// The last declared child that stood in its place.
    reached: usize,
}

impl Sequence {
    fn count(&mut self, at: usize) -> u32 {
        self.seen.get_mut(at).map_or(0, |seen| {
            *seen += 1;
            *seen
        })
    }
}

fn is_lexical(base: Base, text: &str) -> bool {
    match base {
        Base::Text => true,
        Base::Integer => parse_integer(text).is_some(),
        Base::Date => parse_date(text).is_some(),
        Base::Time => parse_time(text).is_some(),
    }
}

fn lexical_phrase(base: Base) -> Phrase {
    match base {
        Base::Text => Phrase::fixed("tekst", "text"),
        Base::Integer => Phrase::fixed("een geheel getal", "a whole number"),
        Base::Date => {
            Phrase::fixed("een bestaande datum JJJJ-MM-DD", "an existing date YYYY-MM-DD")
        }
        Base::Time => Phrase::fixed("een bestaande tijd UU:MM:SS", "an existing time hh:mm:ss"),
    }
}

fn times(nl: &str, en: &str, number: u32) -> Phrase {
    let plural = if number == 1 { "" } else { "s" };
    Phrase::composed(format!("{nl} {number} keer"), format!("{en} {number} time{plural}"))
}

fn one_of(words: &[&str]) -> Phrase {
    let mut list = words.get(..LISTED).unwrap_or(words).join(", ");
    if words.len() > LISTED {
        list.push_str(", …");
    }
    match words.len() {
        1 => Phrase::composed(list.clone(), list),
        _ => Phrase::composed(format!("een van {list}"), format!("one of {list}")),
    }
}

impl FacetKind {
    /// Whether a value is within the facet. A bound says nothing of what is no number: that it
    /// is none is told apart.
    fn holds(&self, text: &str) -> bool {
        let length = |bound: u32, at_least| {
            let bound = bound as usize;
            let longer = text.chars().nth(bound).is_some();
            if at_least { longer || text.chars().count() == bound } else { !longer }
        };
        match *self {
            Self::MinLength(least) => length(least, true),
            Self::MaxLength(most) => length(most, false),
            Self::Min(least) => parse_integer(text).is_none_or(|number| number >= least.into()),
            Self::Max(most) => parse_integer(text).is_none_or(|number| number <= most.into()),
            Self::Pattern(pattern) => pattern.matches(text),
            Self::CodeList(list) => list.has(text),
        }
    }

    /// What is expected. A pattern says little to most people: the rule's title stands before it,
    /// where there is one.
    fn phrase(&self, rule: Option<&Rule>) -> Phrase {
        let both = |nl: &str, en: &str, rest: &str| {
            Phrase::composed(format!("{nl} {rest}"), format!("{en} {rest}"))
        };
        match *self {
            Self::MinLength(least) => characters("minstens", "at least", least),
            Self::MaxLength(most) => characters("hoogstens", "at most", most),
            Self::Min(least) => both("minstens", "at least", &least.to_string()),
            Self::Max(most) => both("hoogstens", "at most", &most.to_string()),
            Self::Pattern(pattern) => {
                let form = format!("de vorm {}", pattern.xsd());
                let title = rule.map(|rule| rule.title).filter(|title| !title.is_empty());
                let nl = title.map_or(form.clone(), |title| format!("\"{title}\", {form}"));
                Phrase::composed(nl, format!("the form {}", pattern.xsd()))
            }
            Self::CodeList(list) => list.phrase(),
        }
    }
}

fn characters(nl: &str, en: &str, number: u32) -> Phrase {
    let (tekens, characters) =
        if number == 1 { ("teken", "character") } else { ("tekens", "characters") };
    Phrase::composed(format!("{nl} {number} {tekens}"), format!("{en} {number} {characters}"))
}

impl CodeList {
    fn has(&self, code: &str) -> bool {
        self.codes.binary_search_by(|(known, _)| (*known).cmp(code)).is_ok()
    }

    fn phrase(&self) -> Phrase {
        if self.codes.len() > LISTED {
            let name = self.name;
            return Phrase::composed(format!("een code uit {name}"), format!("a code of {name}"));
        }
        one_of(&self.codes.iter().map(|(code, _)| *code).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests;
