//! The list of norms itself: each norm stands in it once, in a paragraph, with what it says.

use std::collections::BTreeMap;

use regelwerk_diag::{Diagnostic, Sources, Span};
use regelwerk_syntax::ast::{Block, Clause};

use super::COLUMNS;
use crate::codes::BAD_REGISTER;
use crate::sink::Sink;
use crate::tables::{Row, file_rows, own_rows};

/// What is wrong with the rows of the table that is the list.
pub(super) fn check(block: &Block, sources: &Sources, sink: &mut Sink) {
    let supplied = block.lines.iter().find(|line| matches!(line.clause, Clause::SuppliedAs(_)));
    if let Some(line) = supplied {
        let title = "een lijst van normen wordt niet aangeleverd";
        let help = "wat een document vraagt, staat vast: haal `aanlevering:` weg";
        sink.fault(BAD_REGISTER, title, line.span, help);
    }
    // What is wrong with it as a table has been told.
    let unheard = &mut Sink::default();
    let own = own_rows(block, COLUMNS.len(), unheard).unwrap_or_default();
    let filed = file_rows(block, &COLUMNS, sources, unheard).unwrap_or_default();
    let rows: Vec<_> = own.into_iter().chain(filed).collect();
    for row in &rows {
        check_row(row, sink);
    }
    check_codes(&rows, sink);
}

fn cells(row: &Row) -> Option<[&str; 3]> {
    let [paragraph, code, says] = row.value.as_slice() else { return None };
    Some([paragraph, code, says])
}

fn check_row(row: &Row, sink: &mut Sink) {
    let fault = match cells(row) {
        Some(["", ..]) => (
            "deze rij noemt geen paragraaf".to_owned(),
            "zeg in welke paragraaf van het document dit staat",
        ),
        Some([paragraph, "", ""]) => (
            format!("paragraaf `{paragraph}` heeft geen norm en zegt niet waarom"),
            "zet onder `inhoud` waarom er geen norm in staat: Geen norm: inleiding",
        ),
        Some([_, code, ""]) => {
            (format!("norm `{code}` heeft geen inhoud"), "zeg in eigen woorden wat de norm vraagt")
        }
        _ => return,
    };
    sink.fault(BAD_REGISTER, fault.0, row.span, fault.1);
}

/// Blocks name a norm by its number alone.
fn check_codes(rows: &[Row], sink: &mut Sink) {
    let mut seen: BTreeMap<&str, (&str, Span)> = BTreeMap::new();
    for row in rows {
        let Some([paragraph, code, _]) = cells(row).filter(|[_, code, _]| !code.is_empty()) else {
            continue;
        };
        let Some((elsewhere, first)) = seen.get(code) else {
            seen.insert(code, (paragraph, row.span));
            continue;
        };
        // In one paragraph it is one key twice.
        if *elsewhere != paragraph {
            let title = format!("norm `{code}` staat ook in paragraaf {elsewhere}");
            sink.push(
                Diagnostic::error(BAD_REGISTER, title, row.span)
                    .related(*first, "hier staat de eerste")
                    .help(
                        "een blok noemt een norm bij haar nummer: geef elke norm een eigen nummer",
                    ),
            );
        }
    }
}
