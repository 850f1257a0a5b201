//! Blocks that do nothing by themselves, and that nothing uses.

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{Block, BlockKind, Clause};
use regelwerk_syntax::keyword;

use super::used::Used;
use super::whole::Whole;
use crate::codes::UNUSED_BLOCK;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: UNUSED_BLOCK,
    name: "ongebruikt-blok",
    what: "Een lijst, tabel, codelijst, type, groep, beeld, feit, vraag, voorwaarde of kalender die \
           niets anders noemt. Een tabel met `norm:` is zelf wat haar document vraagt, en telt niet mee.",
    wrong: "\
lijst Afgerond \"Soorten zorg die zijn afgerond\"
  bron:   verzonnen
  codes:  02, 13

regel X001 \"Wat is afgerond heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort een van 02, 13 dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 13, Eind 01-02-2021
  voorbeeld fout: Soort 13, Eind leeg",
    better: "\
lijst Afgerond \"Soorten zorg die zijn afgerond\"
  bron:   verzonnen
  codes:  02, 13

regel X001 \"Wat is afgerond heeft een laatste dag\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Soort een van lijst Afgerond dan:
    - Eind  verplicht vullen
  voorbeeld goed: Soort 13, Eind 01-02-2021
  voorbeeld fout: Soort 13, Eind leeg",
    why: "Wie de lijst verandert, denkt dat er iets verandert, en er verandert niets. Vaak staan de \
          codes dan ook nog ergens anders, en lopen de twee uiteen.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let used = Used::of(whole);
    for block in whole.blocks().filter(|block| !stands_for_norm(block)) {
        let name = &block.id.value;
        let Some(help) = how_to_use(block).filter(|_| !used.has(block)) else { continue };
        let title = format!("{} `{name}` wordt nergens gebruikt", keyword(block.kind));
        told.push(PAGE.warning(title, block.id.span).help(format!("{help}, of haal dit blok weg")));
    }
}

/// What a condition with a name says is read where it is used, and nowhere else: it never stands for
/// a norm by itself.
fn stands_for_norm(block: &Block) -> bool {
    block.kind != BlockKind::Condition
        && block.lines.iter().any(|line| matches!(line.clause, Clause::Norms(_)))
}

/// How a block is used, of those that do nothing by themselves.
fn how_to_use(block: &Block) -> Option<String> {
    let name = &block.id.value;
    match block.kind {
        BlockKind::CodeList => Some(format!("zet `codelijst {name}` bij een type of element")),
        BlockKind::Type | BlockKind::Group => Some(format!("zet `{name}` achter een element")),
        BlockKind::List => Some(format!("zet `lijst {name}` in een regel")),
        BlockKind::Table => Some("zoek erin in een regel, beeld of termijn".to_owned()),
        BlockKind::View => Some("zoek erin in een regel, termijn of proces".to_owned()),
        BlockKind::Fact | BlockKind::Question => {
            Some("vraag ernaar in een regel, termijn of proces".to_owned())
        }
        BlockKind::Condition => Some(format!(
            "schrijf waar zij geldt: `{name} geldt`, of `{name} geldt voor …`; tot dan is alleen nagekeken of het ergens kan gelden"
        )),
        BlockKind::Calendar => Some(format!("tel ermee in een termijn: `volgens {name}`")),
        _ => None,
    }
}
