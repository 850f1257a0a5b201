//! The register of a release: the rules that are published with it, against the rules here.

use regelwerk_diag::Diagnostic;
use regelwerk_model::{Published, Release, Rule, RuleKind, Table};
use regelwerk_syntax::ast::{Block, BlockKind, Clause, Word};

use crate::codes::{BAD_REGISTER, UNKNOWN_LIST};
use crate::collect::{Declarations, single};
use crate::page::{Home, Page};
use crate::sink::Sink;

/// The columns of a register.
const COLUMNS: [&str; 4] = ["code", "soort", "niveau", "retourcode"];

/// Fills in what each release publishes. What a rule here says of its level and retourcode must be
/// what is published; what the register lacks or a rule lacks is told by `coverage`.
pub(crate) fn fill(
    declarations: &Declarations<'_>,
    tables: &[Table],
    rules: &[Rule],
    releases: &mut [Release],
    sink: &mut Sink,
) {
    for (at, release) in releases.iter_mut().enumerate() {
        let mut blocks = declarations.of(BlockKind::Release);
        let Some(block) = blocks.find(|block| block.id.value == release.name) else { continue };
        let Some(table) = register(block, tables, sink) else { continue };
        release.published =
            table.rows.iter().filter_map(|row| published(row, table, block, sink)).collect();
        release.published.sort_by(|a, b| a.code.cmp(&b.code));
        for rule in rules.iter().filter(|rule| is_in(rule, at)) {
            check(rule, release, sink);
        }
        for listed in &release.published {
            if !declarations.ids(BlockKind::Rule).any(|code| code == listed.code) {
                lacking(&listed.code, block, sink);
            }
        }
    }
}

pub(crate) const PAGE: Page = Page {
    code: BAD_REGISTER,
    name: "niet-zoals-gepubliceerd",
    what: "Een regel die niet in de lijst van gepubliceerde regels van zijn release staat, een regel \
           uit die lijst zonder blok, of een norm uit de lijst van een protocol zonder blok.",
    wrong: "\
tabel gepubliceerd \"Regels die bij proef 3.0 horen\"
  bron:       verzonnen
  peildatum:  01-01-2022
  kolommen:   code, soort, niveau, retourcode
  sleutel:    code
  rij:        X001, uitgangspunt, \"\", \"\"

release 3.0 \"Proef 3.0\"
  bron:        verzonnen
  geldig:      vanaf 01-01-2022
  naamruimte:  \"urn:proef:3_0:{bericht}\"
  basis:       \"urn:proef:3_0:basis\"
  kop:         Kop.Versie 3.0
  code:        Kop.Code
  regels:      tabel gepubliceerd

regel X010 \"Men antwoordt beleefd\"
  bron:            verzonnen
  niet machinaal:  \"beleefdheid staat in geen bericht\"",
    better: "\
tabel gepubliceerd \"Regels die bij proef 3.0 horen\"
  bron:       verzonnen
  peildatum:  01-01-2022
  kolommen:   code, soort, niveau, retourcode
  sleutel:    code
  rij:        X001, uitgangspunt, \"\", \"\"

release 3.0 \"Proef 3.0\"
  bron:        verzonnen
  geldig:      vanaf 01-01-2022
  naamruimte:  \"urn:proef:3_0:{bericht}\"
  basis:       \"urn:proef:3_0:basis\"
  kop:         Kop.Versie 3.0
  code:        Kop.Code
  regels:      tabel gepubliceerd

regel X001 \"Men antwoordt beleefd\"
  bron:            verzonnen
  niet machinaal:  \"beleefdheid staat in geen bericht\"",
    why: "De lijst zegt wat de standaard vraagt. Wat erbuiten valt, is een afspraak van een \
          protocol of een vergissing in de code; wat ontbreekt, wordt niet beoordeeld en niemand \
          merkt het.",
    home: Home::Standard,
};

/// The table that a release names, with the columns of a register.
fn register<'t>(block: &Block, tables: &'t [Table], sink: &mut Sink) -> Option<&'t Table> {
    let name: &Word = single(&block.lines, sink, |clause| match clause {
        Clause::Register(name) => Some(name),
        _ => None,
    })?;
    let Some(table) = tables.iter().find(|table| table.name == name.value) else {
        let known = tables.iter().map(|table| table.name.as_str());
        sink.unknown(UNKNOWN_LIST, "tabel", name, known);
        return None;
    };
    if table.columns != COLUMNS {
        let title = format!("tabel `{}` is geen lijst van gepubliceerde regels", name.value);
        sink.push(
            Diagnostic::error(BAD_REGISTER, title, name.span)
                .help(format!("haar kolommen moeten zijn: {}", COLUMNS.join(", "))),
        );
        return None;
    }
    Some(table)
}

fn published(row: &[String], table: &Table, block: &Block, sink: &mut Sink) -> Option<Published> {
    let [code, kind, level, retourcode] = row else { return None };
    if !matches!(level.as_str(), "" | "1" | "2" | "3" | "4") {
        let title = format!("tabel `{}` noemt bij `{code}` niveau `{level}`", table.name);
        sink.push(
            Diagnostic::error(BAD_REGISTER, title, block.id.span)
                .help("een niveau is 1, 2, 3 of 4; laat de cel leeg als de regel er geen heeft"),
        );
    }
    let filled = |cell: &String| (!cell.is_empty()).then(|| cell.clone());
    Some(Published {
        code: code.clone(),
        kind: kind.clone(),
        level: level.parse().ok(),
        retourcode: filled(retourcode),
    })
}

/// Whether a rule says something in a release.
fn is_in(rule: &Rule, release: usize) -> bool {
    match &rule.kind {
        RuleKind::Judged(wordings) => wordings.iter().any(|one| one.interval.has(release)),
        _ => rule.period.is_none_or(|period| period.has(release)),
    }
}

fn check(rule: &Rule, release: &Release, sink: &mut Sink) {
    let Some(listed) = release.published.iter().find(|one| one.code == rule.code) else {
        let title = format!("`{}` staat niet in de lijst van gepubliceerde regels", rule.code);
        sink.push(
            PAGE.warning(title, rule.span)
                .help(format!(
                    "controleer de code, of de lijst bij release {}; wat partijen naast de standaard afspreken, hoort in een protocol",
                    release.name
                )),
        );
        return;
    };
    if (listed.level, &listed.retourcode) != (rule.level, &rule.retourcode) {
        let title = format!("gepubliceerd is `{}` met {}", rule.code, level(listed));
        sink.push(
            Diagnostic::error(BAD_REGISTER, title, rule.span).help(format!(
                "zet er `niveau:` bij zoals in de lijst van release {}",
                release.name
            )),
        );
    }
}

fn lacking(code: &str, block: &Block, sink: &mut Sink) {
    let title = format!("`{code}` is gepubliceerd en heeft geen blok");
    sink.push(
        PAGE.warning(title, block.id.span)
            .help(format!("voeg een blok `regel {code}` toe, zo nodig met `nog niet uitgewerkt`")),
    );
}

fn level(listed: &Published) -> String {
    match (listed.level, &listed.retourcode) {
        (None, _) => "geen niveau".to_owned(),
        (Some(level), None) => format!("niveau {level} zonder retourcode"),
        (Some(level), Some(code)) => format!("niveau {level} met retourcode {code}"),
    }
}
