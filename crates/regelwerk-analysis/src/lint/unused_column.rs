//! Columns that are there to reckon or compare with, and that nothing reads.

use std::collections::BTreeSet;

use regelwerk_diag::Diagnostic;
use regelwerk_model::core::walk::{self, Part};
use regelwerk_model::core::{Kind, Origin, Path};
use regelwerk_model::{RuleKind, Table};

use super::used::conditions;
use super::whole::Whole;
use crate::codes::UNUSED_COLUMN;
use crate::page::{Home, Page};

pub(crate) const PAGE: Page = Page {
    code: UNUSED_COLUMN,
    name: "ongebruikte-kolom",
    what: "Een kolom met getallen, datums of tijden waar geen regel, beeld, termijn of proces naar \
           kijkt, en die niet bij `sleutel:`, `geldig:` of `controle:` staat. Een kolom met tekst \
           mag er zijn om te lezen.",
    wrong: "\
tabel prijzen \"Wat een soort zorg kost\"
  bron:       verzonnen
  peildatum:  01-01-2021
  kolommen:   soort, prijs getal, hoogste getal
  sleutel:    soort
  rij:        01, 10, 20
  rij:        02, 30, 40

regel X001 \"Een product kost wat is afgesproken\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Bedrag gevuld dan:
    eis bij Bedrag: Bedrag staat in tabel prijzen.prijs
  voorbeeld goed: Bedrag 30
  voorbeeld fout: Bedrag 35",
    better: "\
tabel prijzen \"Wat een soort zorg kost\"
  bron:       verzonnen
  peildatum:  01-01-2021
  kolommen:   soort, prijs getal
  sleutel:    soort
  rij:        01, 10
  rij:        02, 30

regel X001 \"Een product kost wat is afgesproken\"
  bron:     verzonnen
  niveau:   2
  voor:     PR01 / Product
  als Bedrag gevuld dan:
    eis bij Bedrag: Bedrag staat in tabel prijzen.prijs
  voorbeeld goed: Bedrag 30
  voorbeeld fout: Bedrag 35",
    why: "Wie een kolom een soort geeft, wil dat er iets mee wordt gedaan. Doet niets dat, dan is \
          er een regel vergeten, of moet wie de tabel aanlevert iets invullen voor niets. Is de \
          kolom er om te lezen, laat de soort dan weg.",
    home: Home::Standard,
};

pub(super) fn check(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) {
    let read = read(whole);
    for table in whole.tables() {
        for column in idle(table, &read) {
            let title = format!("naar kolom `{column}` van tabel `{}` kijkt niets", table.name);
            told.push(PAGE.warning(title, table.span).help(
                "gebruik haar in een regel of een `controle:`, haal haar weg, of laat haar soort \
                 weg als ze er is om te lezen",
            ));
        }
    }
}

/// The columns with a kind that nothing reads, of the table itself or of what looks into it.
fn idle<'t>(table: &'t Table, read: &BTreeSet<&str>) -> Vec<&'t str> {
    let named = |name: &str| {
        let ends = table.valid.iter().flatten();
        let counted = table.controls.iter().flat_map(|text| text.split_whitespace());
        ends.map(String::as_str).chain(counted).any(|word| word == name) || read.contains(name)
    };
    let columns = table.columns.iter().zip(&table.kinds).enumerate();
    let idle = columns.filter(|(at, (name, kind))| {
        **kind != Kind::Text && !table.key.contains(at) && !named(name)
    });
    idle.map(|(_, (name, _))| name.as_str()).collect()
}

/// Every name by which something reads a row; a column is used when any table has one of its name
/// that is.
fn read<'a>(whole: &Whole<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut enter = |part: Part<'a>, _: u8| {
        if let Part::Path(Path { origin: Origin::Bound(_), steps, .. }) = part {
            found.extend(steps.iter().map(String::as_str));
        }
    };
    for rule in whole.rules() {
        match &rule.kind {
            RuleKind::Judged(wordings) => {
                wordings.iter().for_each(|one| walk::steps(&one.body, 0, &mut enter));
            }
            RuleKind::Term(parts) => {
                parts.iter().flat_map(|one| &one.courses).for_each(|one| one.walk(&mut enter));
            }
            _ => {}
        }
    }
    conditions(whole.standard).for_each(|one| walk::cond(one, 0, &mut enter));
    let lists = whole.standard.dossier.lists.iter().filter_map(|list| list.column.as_deref());
    found.extend(lists);
    found
}
