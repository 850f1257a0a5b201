//! What it takes.

use super::*;

/// Steps that one rule may take, so few that looking through the dossier would be too much.
const FEW: u64 = 40;

#[test]
fn other_clients_take_no_steps() {
    let mut dossier = empty();
    for client in 0..2000_u32 {
        let bsn = format!("{client}");
        let xml = grant(&bsn, "2026-01-01", &bsn, (client, "2026-01-01", 5));
        receive(&mut dossier, [&xml, &start(&bsn, "2026-01-02", &bsn, client)]);
    }
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(FEW));
    let report = dossier.receive(start("S", "2026-01-03", "7", 7).as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), ("TR2".into(), vec![]));
}

#[test]
fn the_latest_of_many_is_found_in_few_steps() {
    let mut dossier = empty();
    for day in 0..2000_u32 {
        let decided = format!("{}-01-01", 2000 + day);
        receive(&mut dossier, [&grant("T", "2026-01-01", ANNA, (4711, &decided, day))]);
    }
    let mut dossier = dossier.context(Context::new(Vec::new()).fuel(FEW));
    let starts = start("S", "2026-01-03", ANNA, 4711);
    let report = dossier.receive(starts.as_bytes(), None);
    assert_eq!((codes(&report), skipped(&report)), (String::new(), vec![]));
}
