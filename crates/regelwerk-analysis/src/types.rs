//! Simple types and code lists, for each release as they are in it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use regelwerk_diag::{Diagnostic, Sources};
use regelwerk_model::{
    Base, CodeList, Facet, FacetKind, Group, Pattern, Release, SimpleType, translate_pattern,
};
use regelwerk_syntax::ast::{
    self, BaseKind, Block, BlockKind, Clause, FacetUse, Literal, Spanned, Word,
};

use crate::codes::{
    BAD_FACET, BAD_PATTERN, BAD_TABLE, BAD_VALUE, DUPLICATE, MISSING_CLAUSE, UNKNOWN_TYPE,
};
use crate::collect::{self, Declarations, required, single};
use crate::sink::Sink;
use crate::{intervals, tables, value};

/// Fills in the types and code lists of every release.
pub(crate) fn fill(
    declarations: &Declarations<'_>,
    sources: &Sources,
    releases: &mut [Release],
    sink: &mut Sink,
) {
    for at in 0..releases.len() {
        let lists = declarations.of(BlockKind::CodeList);
        let lists = lists.filter(|block| holds(block, at, releases, sink)).collect::<Vec<_>>();
        let lists =
            lists.iter().map(|block| code_list(block, at, (releases, sources), sink)).collect();
        if let Some(release) = releases.get_mut(at) {
            release.code_lists = lists;
        }
        let types = declarations.of(BlockKind::Type);
        let types = types.filter(|block| holds(block, at, releases, sink)).collect::<Vec<_>>();
        let types = types.iter().filter_map(|block| {
            let simple = simple_type(block, at, releases, sink);
            if simple.is_none() {
                sink.lose(&block.id.value);
            }
            simple
        });
        let types = types.collect();
        if let Some(release) = releases.get_mut(at) {
            release.types = types;
        }
    }
}

/// Whether a type or a code list is there, and could not be read.
pub(crate) fn are_lost(declarations: &Declarations<'_>, sink: &Sink) -> bool {
    let kinds = [BlockKind::Type, BlockKind::CodeList];
    let mut blocks = kinds.into_iter().flat_map(|kind| declarations.of(kind));
    blocks.any(|block| sink.is_lost(&block.id.value))
}

/// The groups of a standard, whatever the releases they are in.
pub(crate) fn groups(declarations: &Declarations<'_>) -> Vec<Group> {
    let group = |block: &Block| Group {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: collect::sources(block).join("; "),
    };
    declarations.of(BlockKind::Group).map(group).collect()
}

/// Whether a block is there in a release, by its `geldig:`.
pub(crate) fn holds(block: &Block, at: usize, releases: &[Release], sink: &mut Sink) -> bool {
    let valid = single(&block.lines, sink, |clause| match clause {
        Clause::Valid(interval) => Some(interval),
        _ => None,
    });
    intervals::resolve(valid, releases, sink).is_some_and(|interval| interval.has(at))
}

fn code_list(
    block: &Block,
    at: usize,
    (releases, sources): (&[Release], &Sources),
    sink: &mut Sink,
) -> CodeList {
    let mut rows: Vec<(Word, String)> = Vec::new();
    for line in &block.lines {
        let Clause::Code(row) = &line.clause else { continue };
        let interval = intervals::resolve_part(row.interval.as_ref(), releases, sink);
        if interval.is_some_and(|interval| interval.has(at)) {
            if !collect::says(&row.meaning.value) {
                let title = format!("code `{}` heeft geen betekenis", row.code.value);
                let help = "zeg tussen de aanhalingstekens wat de code betekent";
                sink.fault(MISSING_CLAUSE, title, row.meaning.span, help);
            }
            rows.push((row.code.clone(), row.meaning.value.clone()));
        }
    }
    let filed = tables::file_rows(block, &["code", "betekenis"], sources, sink);
    if filed.is_none() {
        sink.lose(&block.id.value);
    }
    for row in filed.unwrap_or_default() {
        let [code, meaning] = row.value.as_slice() else { continue };
        if code.is_empty() || meaning.is_empty() {
            let title = "deze rij heeft geen code of geen betekenis";
            sink.fault(BAD_TABLE, title, row.span, "vul beide in, of haal de rij weg");
        }
        rows.push((Spanned { value: code.clone(), span: row.span }, meaning.clone()));
    }
    let mut codes = BTreeMap::new();
    for (code, meaning) in rows {
        match codes.entry(code.value) {
            Entry::Vacant(free) => drop(free.insert(meaning)),
            Entry::Occupied(known) => {
                let title = format!("code `{}` staat er twee keer", known.key());
                let help = "laat er een weg, of geef ze elk een periode: `vanaf release 3.0`";
                sink.fault(DUPLICATE, title, code.span, help);
            }
        }
    }
    CodeList {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: collect::sources(block).join("; "),
        codes: codes.into_iter().collect(),
    }
}

fn simple_type(
    block: &Block,
    at: usize,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<SimpleType> {
    let base = required(block, "soort:", sink, |clause| match clause {
        Clause::Base(base) => Some(base.value),
        _ => None,
    });
    let sample = sample(block, at, releases, sink);
    let unit = single(&block.lines, sink, |clause| match clause {
        Clause::Unit(unit) => Some(unit),
        _ => None,
    });
    let base = base_of(base?);
    let mut facets = Vec::new();
    for line in &block.lines {
        if let Clause::TypeFacet(facet) = &line.clause {
            facets.extend(resolve_facet(facet, base, at, releases, sink));
        }
    }
    let sample = sample?;
    let simple = SimpleType {
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        source: collect::sources(block).join("; "),
        base,
        facets,
        sample: sample.value.canonical(),
        unit: unit.map(|word| word.value.clone()),
    };
    let release = releases.get(at)?;
    if let Some(fault) = value::fault(&simple.sample, &simple, &[], release) {
        let title = format!("het voorbeeld van `{}` past niet: {fault}", simple.name);
        sink.error(BAD_VALUE, title, sample.span);
    }
    Some(simple)
}

/// The value that stands for a type in a release.
fn sample<'b>(
    block: &'b Block,
    at: usize,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<&'b Spanned<Literal>> {
    let mut here = Vec::new();
    for line in &block.lines {
        let Clause::Sample(value, interval) = &line.clause else { continue };
        let interval = intervals::resolve_part(interval.as_ref(), releases, sink)?;
        here.extend(interval.has(at).then_some(value.span));
    }
    required(block, "voorbeeld:", sink, |clause| match clause {
        Clause::Sample(value, _) if here.contains(&value.span) => Some(value),
        _ => None,
    })
}

fn base_of(base: BaseKind) -> Base {
    match base {
        BaseKind::Text => Base::Text,
        BaseKind::Integer => Base::Integer,
        BaseKind::Date => Base::Date,
        BaseKind::Time => Base::Time,
    }
}

/// A facet as it is in a release; `None` where it is not in it or is wrong.
pub(crate) fn resolve_facet(
    facet: &FacetUse,
    base: Base,
    at: usize,
    releases: &[Release],
    sink: &mut Sink,
) -> Option<Facet> {
    let interval = intervals::resolve_part(facet.interval.as_ref(), releases, sink)?;
    if !interval.has(at) {
        return None;
    }
    let kind = facet_kind(&facet.facet, releases.get(at), sink)?;
    if !fits(&kind, base) {
        let title = "dit past niet bij de soort van het type";
        sink.push(
            Diagnostic::error(BAD_FACET, title, facet.facet.span)
                .help("een getal heeft grenzen, een tekst een lengte in tekens"),
        );
        return None;
    }
    Some(Facet { kind, rule: facet.rule.as_ref().map(|word| word.value.clone()) })
}

fn fits(kind: &FacetKind, base: Base) -> bool {
    match kind {
        FacetKind::MinLength(_) | FacetKind::MaxLength(_) | FacetKind::CodeList(_) => {
            base == Base::Text
        }
        FacetKind::Min(_) | FacetKind::Max(_) => base == Base::Integer,
        FacetKind::Pattern(_) => true,
    }
}

/// What a facet demands; code lists are those of `release`.
pub(crate) fn facet_kind(
    facet: &ast::Spanned<ast::Facet>,
    release: Option<&Release>,
    sink: &mut Sink,
) -> Option<FacetKind> {
    let (ast::Facet::AtLeast(bound, _) | ast::Facet::AtMost(bound, _)) = &facet.value else {
        return text_facet(facet, release, sink);
    };
    if *bound > MOST {
        sink.error(BAD_FACET, format!("een grens is hoogstens {MOST}"), facet.span);
        return None;
    }
    let length = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    match &facet.value {
        ast::Facet::AtLeast(n, true) => Some(FacetKind::MinLength(length(*n))),
        ast::Facet::AtMost(n, true) => Some(FacetKind::MaxLength(length(*n))),
        ast::Facet::AtLeast(n, false) => Some(FacetKind::Min(number(*n))),
        ast::Facet::AtMost(n, false) => Some(FacetKind::Max(number(*n))),
        ast::Facet::Pattern(_) | ast::Facet::CodeList(_) => None,
    }
}

/// The highest bound of a facet: what a count of eurocents needs, and more.
const MOST: u64 = 1_000_000_000_000_000;

fn text_facet(
    facet: &ast::Spanned<ast::Facet>,
    release: Option<&Release>,
    sink: &mut Sink,
) -> Option<FacetKind> {
    match &facet.value {
        ast::Facet::AtLeast(..) | ast::Facet::AtMost(..) => None,
        ast::Facet::Pattern(pattern) => check_pattern(pattern, sink)
            .then(|| FacetKind::Pattern(Pattern::new(pattern.value.clone()))),
        ast::Facet::CodeList(name) => {
            let lists = &release?.code_lists;
            let found = lists.iter().position(|list| list.name == name.value);
            if found.is_none() {
                let known = lists.iter().map(|list| list.name.as_str());
                sink.unknown(UNKNOWN_TYPE, "codelijst", name, known);
            }
            found.map(FacetKind::CodeList)
        }
    }
}

/// Whether a pattern can be used; if not, it is reported.
pub(crate) fn check_pattern(pattern: &ast::Word, sink: &mut Sink) -> bool {
    // What XML Schema does not have must not slip through to the engine, which does.
    let foreign = ["(?", "\\b", "\\B", "\\A", "\\z", "\\G", "??", "*?", "+?", "}?", "-["];
    let is_foreign = foreign.iter().any(|sign| pattern.value.contains(sign));
    let inner = regex::Regex::new(&pattern.value.replace(['^', '$'], "x"));
    let result = regex::Regex::new(&translate_pattern(&pattern.value));
    let is_large = [&inner, &result].into_iter().any(is_too_large);
    let is_good = !is_foreign && inner.is_ok() && result.is_ok();
    if !is_good {
        let (title, help) = if is_large && !is_foreign {
            let help = "herhaal minder vaak: `{100}` in `{100}` telt als tienduizend; een lengte zegt u \
                        met `hoogstens … tekens`";
            ("dit patroon is te groot", help)
        } else {
            let help = "een patroon is een reguliere expressie van XML Schema";
            ("dit patroon is niet te lezen", help)
        };
        sink.fault(BAD_PATTERN, title, pattern.span, help);
    }
    is_good
}

fn is_too_large(pattern: &Result<regex::Regex, regex::Error>) -> bool {
    match pattern {
        Err(regex::Error::CompiledTooBig(_)) => true,
        Err(regex::Error::Syntax(why)) => why.contains("maximum number of nested"),
        _ => false,
    }
}
