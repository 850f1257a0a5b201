//! Level 1: what the schema demands.

use std::borrow::Cow;

use crate::document::{Document, ElementId};
use crate::finding::{Finding, Found, Phrase, Place, RuleAt, Severity};
use crate::message::{Places, Subject};
use crate::standard::{Base, CodeList, Content, Facet, FacetKind, Name, Node, Rule, SimpleType};
use crate::value::{parse_date, parse_integer, parse_time, trim};

/// Most names or codes that a finding lists.
const LISTED: usize = 12;

/// Judges a document against the schema and gives every element its place in it.
pub(crate) fn judge(document: &Document<'_>, subject: Subject) -> (Places, Vec<Finding>) {
    let names = subject.translate(document);
    let places = Places::new(document.element_count());
    let mut walk = Walk { document, subject, names, places, findings: Vec::new() };
    walk.root();
    // Document order: an element has its place before its children are looked at.
    for id in document.elements() {
        walk.element(id);
    }
    (walk.places, walk.findings)
}

struct Walk<'d> {
    document: &'d Document<'d>,
    subject: Subject,
    /// For each distinct name of the document the name in the standard.
    names: Vec<Option<Name>>,
    places: Places,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn root(&mut self) {
        let Some(node) = self.subject.node(0) else { return };
        if self.name(ElementId::ROOT) != Some(node.name) {
            let name = self.subject.name(node.name);
            let expected = Phrase::fixed(name, name);
            self.report(ElementId::ROOT, expected, self.name_found(ElementId::ROOT));
        } else if self.is_in_namespace(ElementId::ROOT, node) {
            self.places.set(ElementId::ROOT, 0);
        }
    }

    fn element(&mut self, id: ElementId) {
        let node = self.places.get(id).and_then(|index| self.subject.node(index));
        let Some(node) = node else { return };
        let attributes: Vec<_> = self.document.unexpected_attributes(id).collect();
        for name in attributes {
            let expected = Phrase::fixed("geen attributen", "no attributes");
            self.report(id, expected, Found::Name(name.to_owned()));
        }
        match &node.content {
            Content::Value(kind, extra) => self.value(id, kind, extra),
            Content::Group(children) => self.group(id, children),
        }
    }

    fn group(&mut self, id: ElementId, declared: &'static [u16]) {
        let has_text = self.document.is_mixed(id) || !trim(self.document.text(id)).is_empty();
        if has_text {
            let expected = Phrase::fixed("alleen elementen", "elements only");
            let found = Phrase::fixed("ook tekst", "text as well");
            self.report(id, expected, Found::Phrase(found));
        }
        let mut sequence = Sequence { declared, seen: vec![0; declared.len()], reached: 0 };
        for child in self.document.children(id) {
            self.child(child, &mut sequence);
        }
        for (&index, &seen) in declared.iter().zip(&sequence.seen) {
            let node = self.subject.node(index);
            if let Some(node) = node.filter(|node| seen < node.min) {
                self.too_few(id, node, seen);
            }
        }
    }

    /// Gives a child its place, or reports that it has none here. Whatever its fault, a child
    /// counts as seen: that it is missing as well would be one mistake told twice.
    fn child(&mut self, child: ElementId, sequence: &mut Sequence) {
        let name = self.name(child);
        let named = |&index: &u16| self.subject.node(index).map(|node| node.name) == name;
        let at = sequence.declared.iter().position(named).filter(|_| name.is_some());
        let Some(at) = at else { return self.unknown(child, sequence.declared) };
        let Some(&index) = sequence.declared.get(at) else { return };
        let Some(node) = self.subject.node(index) else { return };
        let seen = sequence.count(at);
        if !self.is_in_namespace(child, node) {
            return;
        }
        if seen > node.max {
            self.too_many(child, node);
        } else if at < sequence.reached {
            let after = sequence.declared.get(sequence.reached);
            return self.too_late(child, after.copied());
        }
        sequence.reached = sequence.reached.max(at);
        self.places.set(child, index);
    }

    /// Whether an element is in the namespace of its node; reports it if not.
    fn is_in_namespace(&mut self, id: ElementId, node: &Node) -> bool {
        let (expected, found) =
            (self.subject.uri(node.namespace), self.document.namespace(id).to_owned());
        if found == expected {
            return true;
        }
        let expected = format!("namespace {expected}");
        let found = match found.as_str() {
            "" => Phrase::fixed("geen namespace", "no namespace"),
            _ => Phrase::composed(format!("namespace {found}"), format!("namespace {found}")),
        };
        let expected = Phrase::composed(expected.clone(), expected);
        self.report(id, expected, Found::Phrase(found));
        false
    }

    fn unknown(&mut self, id: ElementId, declared: &[u16]) {
        let nodes = declared.iter().filter_map(|&index| self.subject.node(index));
        let names: Vec<_> = nodes.map(|node| self.subject.name(node.name)).collect();
        self.report(id, one_of(&names), self.name_found(id));
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
        let place = Place::absent(self.document, parent, std::iter::once(name));
        let (expected, found) = match seen {
            0 => (Phrase::fixed("aanwezig", "present"), Phrase::fixed("niets", "nothing")),
            _ => (times("minstens", "at least", node.min), times("slechts", "only", seen)),
        };
        self.add(place, None, expected, Found::Phrase(found));
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
        let mut uncoded = (!is_lexical(kind.base, text)).then(|| lexical_phrase(kind.base));
        for facet in kind.facets.iter().chain(extra).filter(|facet| !facet.kind.holds(text)) {
            let rule = facet.rule.and_then(|rule| self.rule(rule));
            if rule.is_some() {
                coded = true;
                let place = Place::of(self.document, id);
                self.add(place, rule, facet.kind.phrase(rule), found.clone());
            } else {
                uncoded.get_or_insert_with(|| facet.kind.phrase(None));
            }
        }
        if let Some(expected) = uncoded.filter(|_| !coded) {
            self.report(id, expected, found);
        }
    }

    fn rule(&self, index: u16) -> Option<&'static Rule> {
        self.subject.standard.rules.get(usize::from(index))
    }

    fn name(&self, id: ElementId) -> Option<Name> {
        self.names.get(self.document.name_index(id)).copied().flatten()
    }

    fn name_found(&self, id: ElementId) -> Found {
        Found::Name(self.document.name(id).to_owned())
    }

    fn report(&mut self, id: ElementId, expected: Phrase, found: Found) {
        self.add(Place::of(self.document, id), None, expected, found);
    }

    fn add(&mut self, place: Place, rule: Option<&'static Rule>, expected: Phrase, found: Found) {
        let cited = rule.and_then(|rule| rule.sources.first());
        let source = cited.map_or_else(
            || Cow::Owned(format!("{} (schema)", self.subject.definition.source)),
            |source| Cow::Borrowed(*source),
        );
        self.findings.push(Finding {
            rule: rule.map_or("XSD", |rule| rule.code),
            severity: Severity::Error,
            level: Some(1),
            retourcode: None,
            path: place.path,
            related: Vec::new(),
            line: place.line,
            column: place.column,
            offset: place.offset,
            length: place.length,
            found,
            expected,
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
                let nl = rule.map_or(form.clone(), |rule| format!("\"{}\", {form}", rule.title));
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
