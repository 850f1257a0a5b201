//! Random messages that fit the schema: made from the definition, whatever message it is.

use std::collections::BTreeMap;

use proptest::prelude::RngExt;
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::{RegexGeneratorStrategy, string_regex};
use proptest::test_runner::TestRunner;
use regelwerk::standard::{Base, Content, Facet, FacetKind, Name, Node, SimpleType};
use regelwerk::{Date, Draft, Lexical, MessageKind, Part, Time};

/// How often a value is tried before it is given up.
const TRIES: usize = 10_000;

/// What a message is made of.
struct Subject {
    kind: MessageKind,
    /// Values that name message and release, by their paths.
    fixed: Vec<(&'static [Name], &'static str)>,
}

impl Subject {
    fn node(&self, index: u16) -> &'static Node {
        &self.kind.message.nodes[usize::from(index)]
    }

    fn fixed(&self, path: &[Name]) -> Option<&'static str> {
        self.fixed.iter().find(|(fixed, _)| *fixed == path).map(|(_, value)| *value)
    }
}

/// Values made of each type.
const VALUES: i64 = 12;

/// Makes messages; the same ones in each run.
pub(crate) struct Maker {
    runner: TestRunner,
    /// Values made, by type and facets.
    values: BTreeMap<(usize, usize), Vec<String>>,
    /// What makes texts like a pattern.
    patterns: BTreeMap<String, RegexGeneratorStrategy<String>>,
}

impl Maker {
    pub(crate) fn new() -> Self {
        Self {
            runner: TestRunner::deterministic(),
            values: BTreeMap::new(),
            patterns: BTreeMap::new(),
        }
    }

    /// A number from a range, its ends included.
    fn number(&mut self, low: i64, high: i64) -> i64 {
        self.runner.rng().random_range(low..=high)
    }

    fn chance(&mut self) -> bool {
        self.number(0, 1) == 1
    }

    /// A message that fits the schema.
    pub(crate) fn draft(&mut self, kind: MessageKind) -> Draft {
        // What names message and release is fixed, in every form that it can have.
        let fixed = kind.release.headers.iter().flat_map(|header| {
            let code = (header.code, kind.message.code);
            header.values.iter().copied().chain([code])
        });
        let fixed = fixed.collect();
        let content = self.part(&Subject { kind, fixed }, 0, &mut Vec::new());
        Draft::with(kind, content)
    }

    /// The same message, with the elements of each group in another order.
    pub(crate) fn shuffled(&mut self, part: &Part) -> Part {
        let mut parts: Vec<_> = part.parts().iter().collect();
        // Elements of one name keep their order: that means something.
        parts.sort_by_key(|part| part.name().wrapping_mul(7919));
        if self.chance() {
            parts.sort_by_key(|part| std::cmp::Reverse(part.name()));
        }
        let start = Part::value(part.name(), part.text());
        start.and(parts.into_iter().map(|part| self.shuffled(part)))
    }

    fn part(&mut self, subject: &Subject, index: u16, path: &mut Vec<Name>) -> Part {
        let node = subject.node(index);
        match &node.content {
            Content::Value(simple, extra) => match subject.fixed(path) {
                Some(value) => Part::value(node.name, value),
                None => Part::value(node.name, self.value(simple, extra)),
            },
            Content::Group(children) => {
                let mut part = Part::new(node.name);
                for &child in *children {
                    path.push(subject.node(child).name);
                    for _ in 0..self.count(subject, child, path) {
                        part.push(self.part(subject, child, path));
                    }
                    path.pop();
                }
                part
            }
        }
    }

    fn count(&mut self, subject: &Subject, index: u16, path: &[Name]) -> i64 {
        let node = subject.node(index);
        let is_fixed = subject.fixed.iter().any(|(fixed, _)| fixed.starts_with(path));
        let least = i64::from(node.min.max(u32::from(is_fixed)));
        self.number(least, i64::from(node.max).min(least + 2))
    }

    /// A value of a type: one of some that were made of it, for making them takes time.
    fn value(&mut self, simple: &'static SimpleType, extra: &'static [Facet]) -> String {
        let key = (std::ptr::from_ref(simple).addr(), extra.as_ptr().addr());
        if !self.values.contains_key(&key) {
            let values = (0..VALUES).map(|_| self.new_value(simple, extra)).collect();
            self.values.insert(key, values);
        }
        let at = usize::try_from(self.number(1, VALUES)).unwrap();
        self.values[&key][at - 1].clone()
    }

    fn new_value(&mut self, simple: &SimpleType, extra: &[Facet]) -> String {
        let facets: Vec<_> = simple.facets.iter().chain(extra).map(|facet| &facet.kind).collect();
        let tries = std::iter::repeat_with(|| self.try_value(simple.base, &facets));
        let fits = |text: &String| {
            facets.iter().all(|facet| holds(facet, text)) && text.chars().all(is_writable)
        };
        let text = tries.take(TRIES).find(fits).unwrap();
        // White space round it counts in a text only.
        let is_padded = simple.base != Base::Text && self.chance();
        if is_padded { format!(" {text}\n") } else { text }
    }

    fn try_value(&mut self, base: Base, facets: &[&FacetKind]) -> String {
        match base {
            Base::Integer => self.integer(facets),
            Base::Date => {
                let (year, month) = (self.number(1900, 2100), self.number(1, 12));
                let day = self.number(1, 31);
                let part = |number| u32::try_from(number).unwrap();
                Date::from_ymd(i32::try_from(year).unwrap(), part(month), part(day)).to_string()
            }
            Base::Time => {
                let mut part = |most| u32::try_from(self.number(0, most)).unwrap();
                Time::from_hms(part(23), part(59), part(59)).to_string()
            }
            Base::Text => self.text(facets),
        }
    }

    fn integer(&mut self, facets: &[&FacetKind]) -> String {
        let (mut low, mut high) = (-1_000_000, 1_000_000_000);
        for facet in facets {
            match facet {
                FacetKind::Min(least) => low = *least,
                FacetKind::Max(most) => high = *most,
                _ => {}
            }
        }
        let number = self.number(low, high);
        if self.chance() { format!("{number:03}") } else { number.to_string() }
    }

    fn text(&mut self, facets: &[&FacetKind]) -> String {
        for facet in facets {
            match facet {
                FacetKind::CodeList(list) => {
                    let last = i64::try_from(list.codes.len()).unwrap() - 1;
                    let at = usize::try_from(self.number(0, last)).unwrap();
                    return list.codes[at].0.to_owned();
                }
                FacetKind::Pattern(pattern) => return self.like(pattern.xsd()),
                _ => {}
            }
        }
        self.like("[ -~é\n\r\t€]{0,12}")
    }

    /// A text that a pattern is like.
    fn like(&mut self, pattern: &str) -> String {
        let known = self.patterns.entry(pattern.to_owned());
        let texts = known.or_insert_with(|| string_regex(&shortened(pattern)).unwrap());
        texts.new_tree(&mut self.runner).unwrap().current()
    }
}

/// A pattern that repeats nothing more than a few times, for long texts take long to make.
fn shortened(pattern: &str) -> String {
    let mut in_class = false;
    let short = pattern.chars().map(|c| {
        in_class = (in_class || c == '[') && c != ']';
        match (c, in_class) {
            ('*', false) => "{0,3}".to_owned(),
            ('+', false) => "{1,3}".to_owned(),
            _ => c.to_string(),
        }
    });
    short.collect()
}

fn holds(facet: &FacetKind, text: &str) -> bool {
    let length = u32::try_from(text.chars().count()).unwrap();
    let number = i64::read(text);
    match facet {
        FacetKind::MinLength(least) => length >= *least,
        FacetKind::MaxLength(most) => length <= *most,
        FacetKind::Min(least) => number.is_none_or(|number| number >= *least),
        FacetKind::Max(most) => number.is_none_or(|number| number <= *most),
        FacetKind::Pattern(pattern) => pattern.matches(text),
        FacetKind::CodeList(list) => list.codes.iter().any(|(code, _)| *code == text),
    }
}

/// Whether XML can hold a character.
fn is_writable(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}
