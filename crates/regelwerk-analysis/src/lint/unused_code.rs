//! Codes that can stand in no message.

use std::collections::BTreeSet;

use regelwerk_diag::Diagnostic;
use regelwerk_model::{CodeList, Content, Facet, FacetKind, Release};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, CodeRow};

use super::whole::Whole;
use crate::codes::UNUSED_CODE;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: UNUSED_CODE,
    name: "ongebruikte-code",
    what: "Een code van een codelijst die in geen enkel bericht kan staan: in de releases waarin de \
           code geldt, heeft geen element die codelijst. Een code die geen regel noemt, is niet \
           ongebruikt: ze is gepubliceerd, en een bericht mag haar hebben.",
    wrong: "\
codelijst Reden \"Reden van een wijziging\"
  bron: verzonnen
  01  \"Op verzoek\"
  02  \"Ambtshalve\"  t/m release 1.0

type RedenCode \"Code uit de lijst Reden\"
  bron:      verzonnen
  soort:     tekst
  - codelijst Reden  vanaf release 2.0
  voorbeeld: 01

bericht PR02 \"Wijziging\"
  bron:       verzonnen
  code:       2
  afzender:   gemeente
  ontvanger:  aanbieder
  - Kop
    - Code     Tekst
    - Versie   Tekst
  - Soort      RedenCode",
    better: "\
codelijst Reden \"Reden van een wijziging\"
  bron: verzonnen
  01  \"Op verzoek\"

type RedenCode \"Code uit de lijst Reden\"
  bron:      verzonnen
  soort:     tekst
  - codelijst Reden  vanaf release 2.0
  voorbeeld: 01

bericht PR02 \"Wijziging\"
  bron:       verzonnen
  code:       2
  afzender:   gemeente
  ontvanger:  aanbieder
  - Kop
    - Code     Tekst
    - Versie   Tekst
  - Soort      RedenCode",
    why: "Zo'n code is overgebleven, of haar `vanaf` of `t/m` klopt niet, of het element dat haar \
          moet kunnen hebben noemt een andere lijst. In het laatste geval worden goede berichten \
          afgekeurd.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let releases = &whole.standard.releases;
    let used: Vec<_> = releases.iter().map(lists).collect();
    for block in whole.blocks().filter(|block| block.kind == BlockKind::CodeList) {
        let name = block.id.value.as_str();
        // That nothing uses the list is told of the list.
        if !used.iter().any(|lists| lists.contains(name)) {
            continue;
        }
        let can_stand = |row: &&CodeRow| {
            let mut all = releases.iter().zip(&used);
            all.any(|(release, lists)| {
                // Of a release that is known in part any element may have it.
                let has = |list: &CodeList| list.name == name && list.has(&row.code.value);
                release.code_lists.iter().any(has) && (lists.contains(name) || !release.is_complete)
            })
        };
        told.extend(codes(block).filter(|row| !can_stand(row)).map(|row| diagnostic(row, name)));
    }
}

fn diagnostic(row: &CodeRow, list: &str) -> Diagnostic {
    let title = format!("code `{}` kan in geen enkel bericht staan", row.code.value);
    PAGE.warning(title, row.code.span).help(format!(
        "in de releases waarin ze geldt, heeft geen element codelijst {list}: verbeter `vanaf` of \
         `t/m`, of haal haar weg"
    ))
}

fn codes(block: &Block) -> impl Iterator<Item = &CodeRow> {
    block.lines.iter().filter_map(|line| match &line.clause {
        Clause::Code(row) => Some(row),
        _ => None,
    })
}

/// The code lists that elements of messages of a release have.
fn lists(release: &Release) -> BTreeSet<&str> {
    let nodes = release.messages.iter().flat_map(|message| &message.nodes);
    let facets = nodes.flat_map(|node| {
        let (own, extra) = match &node.content {
            Content::Value(of, extra) => (release.types.get(*of), extra.as_slice()),
            Content::Group(_) => (None, &[][..]),
        };
        own.map_or(&[][..], |one| &one.facets).iter().chain(extra)
    });
    let list = |facet: &Facet| match facet.kind {
        FacetKind::CodeList(at) => release.code_lists.get(at).map(|list| list.name.as_str()),
        _ => None,
    };
    facets.filter_map(list).collect()
}
