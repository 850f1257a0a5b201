//! The norms of a protocol: what its document demands, and which blocks stand for it.

mod list;

use std::collections::BTreeSet;

use regelwerk_diag::{Diagnostic, Sources};
use regelwerk_model::{Carrier, Norm, Table};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, Word};
use regelwerk_syntax::keyword;

use crate::codes::{BAD_REGISTER, DUPLICATE, UNKNOWN_LIST};
use crate::collect::{Declarations, single};
use crate::sink::Sink;

/// The columns of a table of norms.
const COLUMNS: [&str; 3] = ["paragraaf", "norm", "inhoud"];

/// The norms of a protocol, in the order of its table, each with the blocks that name it. One that
/// no block names, and a block that names one that there is not, are told.
pub(crate) fn norms(
    protocol: &Declarations<'_>,
    tables: &[Table],
    sources: &Sources,
    sink: &mut Sink,
) -> Vec<Norm> {
    let Some(name) = single(&protocol.home.lines, sink, |clause| match clause {
        Clause::NormTable(name) => Some(name),
        _ => None,
    }) else {
        refuse(protocol, sink);
        return Vec::new();
    };
    let Some(table) = register(name, tables, sink) else { return Vec::new() };
    if let Some(block) = protocol.get(BlockKind::Table, &table.name) {
        list::check(block, sources, sink);
    }
    let mut norms: Vec<Norm> = table.rows.iter().filter_map(|row| norm(row)).collect();
    for block in protocol.own() {
        for named in named(block) {
            enter(block, named, &mut norms, sink);
        }
    }
    let mut told = BTreeSet::new();
    for norm in &norms {
        // A number that stands twice has been told; its blocks are those of the first.
        let Some(code) = norm.code.as_ref().filter(|code| told.insert(*code)) else { continue };
        if !norm.carriers.is_empty() {
            continue;
        }
        let title = format!("voor norm `{code}` staat geen blok: {}", norm.says);
        sink.push(
            Diagnostic::warning(BAD_REGISTER, title, name.span)
                .help(format!("zet `norm: {code}` in het blok dat haar uitwerkt, zo nodig een regel met `niet machinaal:`")),
        );
    }
    norms
}

/// Where there is no list of norms no block can name one.
pub(crate) fn refuse(home: &Declarations<'_>, sink: &mut Sink) {
    for named in home.own().flat_map(named) {
        let title = format!("norm `{}` staat in geen lijst", named.value);
        sink.push(
            Diagnostic::error(BAD_REGISTER, title, named.span)
                .help("zeg bij het protocol met `normen: tabel …` welke normen er zijn; een standaard heeft er geen"),
        );
    }
}

fn register<'t>(name: &Word, tables: &'t [Table], sink: &mut Sink) -> Option<&'t Table> {
    let Some(table) = tables.iter().find(|table| table.name == name.value) else {
        let known = tables.iter().map(|table| table.name.as_str());
        sink.unknown(UNKNOWN_LIST, "tabel", name, known);
        return None;
    };
    if table.columns != COLUMNS {
        let title = format!("tabel `{}` is geen lijst van normen", name.value);
        sink.push(
            Diagnostic::error(BAD_REGISTER, title, name.span)
                .help(format!("haar kolommen moeten zijn: {}", COLUMNS.join(", "))),
        );
        return None;
    }
    Some(table)
}

fn norm(row: &[String]) -> Option<Norm> {
    let [paragraph, code, says] = row else { return None };
    let code = (!code.is_empty()).then(|| code.clone());
    Some(Norm { paragraph: paragraph.clone(), code, says: says.clone(), carriers: Vec::new() })
}

/// The norms that a block names.
fn named(block: &Block) -> impl Iterator<Item = &Word> {
    block.lines.iter().flat_map(|line| match &line.clause {
        Clause::Norms(words) => words.as_slice(),
        _ => &[],
    })
}

fn enter(block: &Block, named: &Word, norms: &mut [Norm], sink: &mut Sink) {
    let is_it = |norm: &&mut Norm| norm.code.as_ref() == Some(&named.value);
    if let Some(norm) = norms.iter_mut().find(is_it) {
        norm.carriers.push(carrier(block));
        twice(block, named, sink);
        return;
    }
    let known: Vec<_> = norms.iter().filter_map(|norm| norm.code.clone()).collect();
    sink.unknown(BAD_REGISTER, "norm", named, known.iter().map(String::as_str));
}

/// A block names a norm once.
fn twice(block: &Block, word: &Word, sink: &mut Sink) {
    let same = named(block).find(|one| one.value == word.value);
    if let Some(first) = same.filter(|one| one.span != word.span) {
        let title = format!("norm `{}` staat er twee keer", word.value);
        sink.push(
            Diagnostic::error(DUPLICATE, title, word.span)
                .related(first.span, "hier staat de eerste")
                .help("laat er een weg, of noem de norm die hier bedoeld is"),
        );
    }
}

fn carrier(block: &Block) -> Carrier {
    let how = block.lines.iter().find_map(|line| match &line.clause {
        Clause::NotByMachine(why) => Some(format!("niet machinaal: {}", why.value)),
        Clause::Follows(codes) => {
            let codes: Vec<_> = codes.iter().map(|code| code.value.as_str()).collect();
            Some(format!("volgt {}", codes.join(", ")))
        }
        _ => None,
    });
    Carrier {
        kind: keyword(block.kind),
        name: block.id.value.clone(),
        title: block.title.value.clone(),
        how,
    }
}
