//! What rows of a table that someone brings must be beside each other.

use std::collections::HashMap;

use crate::dossier::shelf::cell;
use crate::standard::{Column, TableDef};
use crate::value::parse_date;

use super::{BadSupply, BadSupplyKind};

/// That each row has a key of its own, and does not end before it begins. The first row is on line
/// 2.
pub(super) fn check(
    rows: &[String],
    table: &TableDef,
    columns: &[Column],
) -> Result<(), BadSupply> {
    let name = |at: u16| columns.get(usize::from(at)).map_or("", |column| column.name);
    let mut lines: HashMap<Vec<&str>, usize> = HashMap::new();
    for (line, row) in (2..).zip(rows) {
        let bad = |kind| Err(BadSupply { kind, line: Some(line), column: None });
        if let Some(columns) = table.valid.filter(|columns| is_backwards(row, *columns)) {
            return bad(BadSupplyKind::EndsBeforeBegin { columns: columns.map(name) });
        }
        let key: Vec<_> = table.key.iter().map(|&at| cell(row, at).unwrap_or_default()).collect();
        if key.is_empty() {
            continue;
        }
        if let Some(first) = lines.insert(key, line) {
            let columns = table.key.iter().map(|&at| name(at)).collect();
            return bad(BadSupplyKind::SameKey { columns, first });
        }
    }
    Ok(())
}

/// Whether the last day of a row comes before its first; one that is open never does.
fn is_backwards(row: &str, columns: [u16; 2]) -> bool {
    let [from, until] = columns.map(|at| cell(row, at).and_then(parse_date));
    from.zip(until).is_some_and(|(from, until)| until < from)
}
