//! The level of a rule, its retourcode, and whether breaking it is a remark.

use regelwerk_diag::Diagnostic;
use regelwerk_syntax::ast::{self, Block, BlockKind, Clause};

use super::Ground;
use super::wording::has_wordings;
use crate::codes::{BAD_LEVEL, MISSING_CLAUSE};
use crate::collect::{has_invalid, single};
use crate::sink::Sink;

/// The level and retourcode; a rule of a protocol has neither.
pub(super) fn level<'b>(
    block: &'b Block,
    ground: &Ground<'_>,
    sink: &mut Sink,
) -> Option<&'b ast::Level> {
    let found = single(&block.lines, sink, |clause| match clause {
        Clause::Level(level) => Some(level),
        _ => None,
    });
    if block.kind == BlockKind::Term {
        return None;
    }
    let has_facet = block.lines.iter().any(|line| matches!(line.clause, Clause::Facet(_)));
    let is_remark = block.lines.iter().any(|line| line.clause == Clause::Remark);
    let is_judged = has_facet || (has_wordings(block) && !is_remark);
    if found.is_none() && is_judged && ground.within.is_none() && !has_invalid(block) {
        let title = format!("`{}` heeft geen `niveau:`", block.id.value);
        sink.push(
            Diagnostic::error(MISSING_CLAUSE, title, block.id.span)
                .help("voeg toe: `niveau: 2 met retourcode 0001`"),
        );
    }
    let found = found?;
    let ast::Level { level, retourcode, .. } = found;
    let fault = if ground.within.is_some() {
        Some(("een regel van een protocol heeft geen niveau".to_owned(), "haal `niveau:` weg"))
    } else if (1..=4).contains(&level.value) {
        None
    } else {
        Some((format!("niveau {} bestaat niet", level.value), "niveaus zijn 1 tot en met 4"))
    };
    if let Some(code) = retourcode
        && !is_retourcode(&code.value)
    {
        let title = format!("retourcode `{}` bestaat niet", code.value);
        sink.push(
            Diagnostic::error(BAD_LEVEL, title, code.span)
                .help("een retourcode is vier cijfers of hoofdletters, zoals `0001` of `S300`"),
        );
    }
    if let Some((title, help)) = fault {
        sink.push(Diagnostic::error(BAD_LEVEL, title, level.span).help(help));
    }
    Some(found)
}

/// `ernst: opmerking` is for a rule without a level.
pub(super) fn is_remark(block: &Block, has_level: bool, sink: &mut Sink) -> bool {
    let found = single(&block.lines, sink, |clause| match clause {
        Clause::Remark => Some(()),
        _ => None,
    });
    let line = block.lines.iter().find(|line| line.clause == Clause::Remark);
    if let Some(line) = line.filter(|_| has_level) {
        sink.push(
            Diagnostic::error(
                BAD_LEVEL,
                "een regel met een niveau geeft geen opmerking",
                line.span,
            )
            .help("laat `ernst:` of `niveau:` weg"),
        );
    }
    found.is_some()
}

/// The level that a rule is judged with: a lower one, at which its message fits the schema.
pub(super) fn judged_at(found: &ast::Level, sink: &mut Sink) -> Option<u8> {
    let at = found.judged_at.as_ref()?;
    if !(2..found.level.value).contains(&at.value) {
        let title = format!(
            "een regel van niveau {} wordt niet eerder beoordeeld op niveau {}",
            found.level.value, at.value
        );
        sink.push(
            Diagnostic::error(BAD_LEVEL, title, at.span)
                .help("noem een lager niveau, vanaf 2, of laat dit weg"),
        );
    }
    u8::try_from(at.value).ok()
}

/// Four digits or capitals: most codes look like a number, not all do (`S300`).
fn is_retourcode(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}
