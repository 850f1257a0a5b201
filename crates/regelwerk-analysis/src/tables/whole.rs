//! What the rows of a table must be beside each other. The kernel looks at rows that a user brings
//! in the same way.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::Table;
use regelwerk_model::core::{Kind, Value};
use regelwerk_syntax::ast::Word;

use super::{Row, cell};
use crate::codes::{BAD_TABLE, UNKNOWN_LIST};
use crate::sink::Sink;

/// The key columns exist, and tell each row from the others; a row does not end before it begins,
/// and of one key no two hold on one day.
pub(super) fn check(key: &[Word], table: &Table, rows: &[Row], sink: &mut Sink) {
    let place = |column: &str| table.columns.iter().position(|known| known == column);
    for column in key {
        if place(&column.value).is_none() {
            let known = table.columns.iter().map(String::as_str);
            return sink.unknown(UNKNOWN_LIST, "kolom", column, known);
        }
    }
    check_keys(table, rows, sink);
    let Some([from, until]) =
        table.valid.as_ref().map(|ends| ends.each_ref().map(|end| place(end)))
    else {
        return;
    };
    if let Some(ends) = from.zip(until) {
        check_periods(table, ends, rows, sink);
    }
}

fn check_keys(table: &Table, rows: &[Row], sink: &mut Sink) {
    let mut seen: BTreeMap<Vec<&String>, Span> = BTreeMap::new();
    let says = |at: &&usize| !is_end(table, **at);
    for row in rows {
        let cells =
            |at: &[usize]| at.iter().filter_map(|at| row.value.get(*at)).collect::<Vec<_>>();
        let own: Vec<_> = table.key.iter().filter(says).copied().collect();
        if !own.is_empty() && cells(&own).iter().all(|cell| cell.is_empty()) {
            let title = "deze rij heeft een lege sleutel";
            sink.fault(BAD_TABLE, title, row.span, "vul de sleutel in, of haal de rij weg");
            continue;
        }
        let key = cells(&table.key);
        let shown = key.iter().map(|cell| cell.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(first) = seen.get(&key) {
            let title = format!("sleutel `{shown}` staat er al");
            sink.push(
                Diagnostic::error(BAD_TABLE, title, row.span)
                    .related(*first, "hier staat hij het eerst")
                    .help("laat een van de rijen weg, of neem bij `sleutel:` de kolom op waarin ze verschillen"),
            );
        } else {
            seen.insert(key, row.span);
        }
    }
}

/// Whether a column is one of those between which a row holds.
fn is_end(table: &Table, at: usize) -> bool {
    let name = table.columns.get(at);
    table.valid.iter().flatten().any(|end| Some(end) == name)
}

/// The days on which a row holds, and where it stands.
type Period = (NaiveDate, NaiveDate, Span);

fn check_periods(table: &Table, ends: (usize, usize), rows: &[Row], sink: &mut Sink) {
    let mut periods: BTreeMap<Vec<&String>, Vec<Period>> = BTreeMap::new();
    for row in rows {
        let day = |at: usize| match row.value.get(at).and_then(|text| cell(text, Kind::Date)) {
            Some(Value::Date(day)) => Some(day),
            _ => None,
        };
        let from = day(ends.0).unwrap_or(NaiveDate::MIN);
        let until = day(ends.1).unwrap_or(NaiveDate::MAX);
        if until < from {
            let title = "deze rij geldt tot een dag voor haar begin";
            sink.fault(BAD_TABLE, title, row.span, "draai de datums om, of laat het einde leeg");
            continue;
        }
        let own = table.key.iter().filter(|at| !is_end(table, **at));
        let key = own.filter_map(|at| row.value.get(*at)).collect();
        periods.entry(key).or_default().push((from, until, row.span));
    }
    for mut same in periods.into_values() {
        same.sort();
        for (before, after) in same.iter().zip(same.iter().skip(1)) {
            // Rows that are wholly the same have been told of as one key.
            if after.0 <= before.1 && after.0 != before.0 {
                sink.push(both(before.2, after.2));
            }
        }
    }
}

fn both(first: Span, second: Span) -> Diagnostic {
    let title = "deze rij geldt op dezelfde dag als een andere met dezelfde sleutel";
    let (first, second) =
        if first.start < second.start { (first, second) } else { (second, first) };
    Diagnostic::error(BAD_TABLE, title, second)
        .related(first, "hier staat de andere")
        .help("laat de ene eindigen op de dag voordat de andere begint")
}
