//! What rules can name beside elements: lists, tables and conditions.

use std::collections::BTreeMap;

use regelwerk_diag::{Diagnostic, Sources, Span};
use regelwerk_model::Table;
use regelwerk_model::core::{Kind, Value};
use regelwerk_syntax::ast::{
    self, BlockKind, Clause, DossierClause, Literal, Place, PlaceOrList, Spanned, Word,
};

use crate::codes::{DUPLICATE, UNKNOWN_LIST};
use crate::collect::Declarations;
use crate::sink::Sink;
use crate::tables;

/// Lists, tables and conditions by name.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    places: BTreeMap<String, Vec<Place>>,
    /// With the place of the block.
    codes: BTreeMap<String, (Vec<Spanned<Literal>>, Span)>,
    /// Blocks `voorwaarde`, each with what it says.
    conditions: BTreeMap<String, ast::Cond>,
    /// In order of name.
    pub(crate) tables: Vec<Table>,
    /// The rules are those of a protocol.
    pub(crate) is_protocol: bool,
}

impl Vocabulary {
    /// The lists and tables of a home and of the standard below it; its own tables are kept.
    pub(crate) fn new(declarations: &Declarations<'_>, sources: &Sources, sink: &mut Sink) -> Self {
        let mut words =
            Self { tables: tables::tables(declarations, sources, sink), ..Self::default() };
        for id in declarations.ids(BlockKind::List) {
            let Some(block) = declarations.get(BlockKind::List, id) else { continue };
            for line in &block.lines {
                match &line.clause {
                    Clause::Codes(codes) => {
                        twice(codes, sink);
                        words.codes.insert(id.to_owned(), (codes.clone(), block.span));
                    }
                    Clause::Places(places) => {
                        words.places.insert(id.to_owned(), own_places(places));
                    }
                    _ => {}
                }
            }
        }
        words.conditions = conditions(declarations);
        words
    }

    /// What a block `voorwaarde` says.
    pub(crate) fn condition(&self, name: &Word, sink: &mut Sink) -> Option<&ast::Cond> {
        let found = self.conditions.get(&name.value);
        if found.is_none() {
            let known = self.conditions.keys().map(String::as_str);
            sink.unknown(UNKNOWN_LIST, "voorwaarde", name, known);
        }
        found
    }

    /// The places that `voor:` names, those of lists filled in.
    pub(crate) fn places(&self, named: &[PlaceOrList], sink: &mut Sink) -> Option<Vec<Place>> {
        let mut places = Vec::new();
        for one in named {
            match one {
                PlaceOrList::Place(place) => places.push(place.clone()),
                PlaceOrList::List(name) => match self.places.get(&name.value) {
                    Some(list) => places.extend_from_slice(list),
                    None => {
                        let known = self.places.keys().map(String::as_str);
                        sink.unknown(UNKNOWN_LIST, "lijst van plaatsen", name, known);
                        return None;
                    }
                },
            }
        }
        Some(places)
    }

    /// The codes of a list, and where it is declared.
    pub(crate) fn codes(
        &self,
        name: &Word,
        sink: &mut Sink,
    ) -> Option<(&[Spanned<Literal>], Span)> {
        let found = self.codes.get(&name.value);
        if found.is_none() {
            let known = self.codes.keys().map(String::as_str);
            sink.unknown(UNKNOWN_LIST, "lijst van codes", name, known);
        }
        found.map(|(codes, span)| (codes.as_slice(), *span))
    }

    /// A column of a table, of the home or of these of the standard below it.
    pub(crate) fn column(
        &self,
        named: &Spanned<(String, String)>,
        below: &[Table],
        sink: &mut Sink,
    ) -> Option<Column> {
        let (table, column) = &named.value;
        let word = |value: &String| Word { value: value.clone(), span: named.span };
        let all = || self.tables.iter().chain(below);
        let Some(found) = all().find(|one| one.name == *table) else {
            let known = all().map(|one| one.name.as_str());
            sink.unknown(UNKNOWN_LIST, "tabel", &word(table), known);
            return None;
        };
        let Some(at) = found.columns.iter().position(|known| known == column) else {
            let known = found.columns.iter().map(String::as_str);
            sink.unknown(UNKNOWN_LIST, "kolom", &word(column), known);
            return None;
        };
        let kind = *found.kinds.get(at)?;
        let cells = found.column(column)?;
        let cells = cells.into_iter().filter_map(|cell| tables::cell(cell, kind)).collect();
        Some(Column { kind, cells, is_supplied: found.supplied_as.is_some(), span: found.span })
    }
}

/// What each block `voorwaarde` says, of a home and of the standard below it.
fn conditions(declarations: &Declarations<'_>) -> BTreeMap<String, ast::Cond> {
    let mut found = BTreeMap::new();
    for id in declarations.ids(BlockKind::Condition) {
        let block = declarations.get(BlockKind::Condition, id);
        let said =
            block.into_iter().flat_map(|block| &block.lines).find_map(|line| match &line.clause {
                Clause::Dossier(DossierClause::Provided(cond)) => Some(cond.clone()),
                _ => None,
            });
        found.extend(said.map(|cond| (id.to_owned(), cond)));
    }
    found
}

/// A list names each code once.
fn twice(codes: &[Spanned<Literal>], sink: &mut Sink) {
    for (at, code) in codes.iter().enumerate() {
        let written = code.value.canonical();
        let first = codes.iter().take(at).find(|one| one.value.canonical() == written);
        if let Some(first) = first {
            let title = format!("code `{written}` staat er twee keer");
            sink.push(
                Diagnostic::error(DUPLICATE, title, code.span)
                    .related(first.span, "hier staat de eerste")
                    .help("laat er een weg, of noem de code die hier bedoeld is"),
            );
        }
    }
}

/// The column of a table that a value may stand in.
pub(crate) struct Column {
    pub(crate) kind: Kind,
    /// Its cells, in order, each once.
    pub(crate) cells: Vec<Value>,
    /// A user may supply other rows.
    pub(crate) is_supplied: bool,
    /// Where the table is declared.
    pub(crate) span: Span,
}

/// A list of places holds places, not other lists.
fn own_places(places: &[PlaceOrList]) -> Vec<Place> {
    let own = places.iter().filter_map(|one| match one {
        PlaceOrList::Place(place) => Some(place.clone()),
        PlaceOrList::List(_) => None,
    });
    own.collect()
}
