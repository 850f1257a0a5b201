//! What elements mean: the rows of glossaries, each at every element whose path ends so.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Message, NodeId, Release};
use regelwerk_syntax::ast::{BlockKind, Clause, MeaningRow, Word};

use crate::codes::{DUPLICATE, NO_MEANING, UNKNOWN_ELEMENT};
use crate::collect::Declarations;
use crate::page::{Home, Page};
use crate::sink::Sink;

/// Rows by the end of the path, outermost name first.
type Glossary<'a> = BTreeMap<Vec<&'a str>, &'a MeaningRow>;

/// Gives every element of every release its meaning.
pub(crate) fn fill(declarations: &Declarations<'_>, releases: &mut [Release], sink: &mut Sink) {
    let glossary = glossary(declarations, sink);
    let paths = paths(releases);
    for row in glossary.values() {
        check_exists(row, &paths, sink);
    }
    for message in releases.iter_mut().flat_map(|release| &mut release.messages) {
        give(&glossary, message);
        tell_missing(message, declarations, sink);
    }
}

fn glossary<'a>(declarations: &Declarations<'a>, sink: &mut Sink) -> Glossary<'a> {
    let mut glossary = Glossary::new();
    let lines = declarations.of(BlockKind::Glossary).flat_map(|block| &block.lines);
    for line in lines {
        let Clause::Meaning(row) = &line.clause else { continue };
        let path = row.path.iter().map(|name| name.value.as_str()).collect();
        match (glossary.get(&path), row.path.first()) {
            (Some(first), Some(name)) => sink.push(twice(name, first)),
            _ => drop(glossary.insert(path, row)),
        }
    }
    glossary
}

fn twice(name: &Word, first: &MeaningRow) -> Diagnostic {
    let title = "dit element heeft al een betekenis";
    let twice = Diagnostic::error(DUPLICATE, title, name.span)
        .help("laat er een weg, of zet er het element voor waar het in staat");
    match first.path.first() {
        Some(known) => twice.related(known.span, "hier staat de andere"),
        None => twice,
    }
}

/// Every path that some message of some release has, once.
fn paths(releases: &[Release]) -> BTreeSet<Vec<&str>> {
    let messages = releases.iter().flat_map(|release| &release.messages);
    messages.flat_map(|message| message.ids().map(|id| message.path(id))).collect()
}

/// Some path must end so. Names are looked up from the last one, so that the name that is told is
/// the one that is wrong.
fn check_exists(row: &MeaningRow, paths: &BTreeSet<Vec<&str>>, sink: &mut Sink) {
    let mut above: Vec<&[&str]> = paths.iter().map(Vec::as_slice).collect();
    let mut what = "element".to_owned();
    for word in row.path.iter().rev() {
        let known: Vec<_> = above.iter().filter_map(|path| path.last().copied()).collect();
        if !known.contains(&word.value.as_str()) {
            return sink.unknown(UNKNOWN_ELEMENT, &what, word, known);
        }
        what = format!("boven `{}`: element", word.value);
        let split = above.iter().filter_map(|path| path.split_last());
        above = split.filter(|(last, _)| **last == word.value).map(|(_, above)| above).collect();
    }
}

fn give(glossary: &Glossary<'_>, message: &mut Message) {
    let root = message.title.clone();
    let meanings: Vec<_> = message.ids().map(|id| meaning(glossary, &message.path(id))).collect();
    for (node, meaning) in message.nodes.iter_mut().zip(meanings) {
        node.meaning = meaning.unwrap_or_default();
    }
    if let Some(node) = message.nodes.first_mut() {
        node.meaning = root;
    }
}

/// The meaning by the longest row that a path ends with.
fn meaning(glossary: &Glossary<'_>, path: &[&str]) -> Option<String> {
    let ends = (0..path.len()).filter_map(|from| path.get(from..));
    let row = ends.filter_map(|end| glossary.get(end)).next()?;
    Some(row.meaning.value.clone())
}

pub(crate) const PAGE: Page = Page {
    code: NO_MEANING,
    name: "geen-betekenis",
    what: "Een bericht met elementen waarvan geen blok `begrippen` zegt wat ze betekenen.",
    wrong: "\
bericht PR02 \"Wijziging\"
  bron:       verzonnen
  code:       2
  afzender:   gemeente
  ontvanger:  aanbieder
  - Kop
    - Code     Tekst
    - Versie   Tekst
  - Aantal     Getal",
    better: "\
bericht PR02 \"Wijziging\"
  bron:       verzonnen
  code:       2
  afzender:   gemeente
  ontvanger:  aanbieder
  - Kop
    - Code     Tekst
    - Versie   Tekst
  - Aantal     Getal

begrippen wijziging \"Wat de elementen betekenen\"
  bron: verzonnen
  Aantal  \"Hoeveel er wijzigen\"",
    why: "Het bericht is wel te beoordelen, maar wie het leest of maakt, kan het element niet naslaan.",
    home: Home::Standard,
};

/// A message is judged as well without meanings; whoever reads the documentation misses them.
fn tell_missing(message: &Message, declarations: &Declarations<'_>, sink: &mut Sink) {
    /// So many elements are named.
    const NAMED: usize = 5;
    let has_none = |id: &NodeId| message.node(*id).is_some_and(|node| node.meaning.is_empty());
    let missing: Vec<_> = message.ids().filter(has_none).collect();
    let Some(block) = declarations.get(BlockKind::Message, &message.name) else { return };
    if missing.is_empty() {
        return;
    }
    let names = missing.iter().take(NAMED).map(|id| {
        let path = message.path(*id);
        format!("`{}`", path.get(1..).unwrap_or_default().join("."))
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let more = match missing.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" en nog {more}"),
    };
    let title = format!("`{}` heeft elementen zonder betekenis: {names}{more}", message.name);
    sink.push(
        PAGE.warning(title, block.id.span).help("zeg in een blok `begrippen` wat ze betekenen"),
    );
}
