//! The rules of the standard.

use super::*;
use crate::scope::Judge;

const fn outcome(name: &'static [Name]) -> Outcome {
    Outcome {
        target: this(name),
        expected: Text { nl: "goed", en: "right" },
        found: Seen::Value,
        because: None,
        related: &[],
    }
}

static NUMBER: Outcome = outcome(&[NUMMER]);
static AMOUNT: Outcome = outcome(&[BEDRAG]);
static BEGINS: Outcome = outcome(&[BEGIN]);

const fn find<'k>(range: Range, index: u16, key: &'k [Key<'k>]) -> Find<'k> {
    Find { range, index, key, counts_void: false }
}

/// TR1: a start belongs to a grant.
pub(super) fn granted(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let key = [Key::from(scope.number(&this(&[NUMMER])))];
    let holds = scope.rows().any(&find(Range::View(0), GRANT, &key), |_| true);
    judge.check(holds, &NUMBER);
}

/// TR2: a client starts once with a number.
pub(super) fn started_once(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let key = [Key::from(scope.number(&this(&[NUMMER])))];
    let again = scope.rows().any(&find(Range::Earlier, START_OF_CLIENT, &key), |_| true);
    judge.check(!again, &NUMBER);
}

/// TR3: what is declared with a number is no more than what is granted.
pub(super) fn within_grant(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let number = scope.number(&this(&[NUMMER]));
    let key = [Key::from(number)];
    let first = scope.rows().first(&find(Range::View(0), GRANT, &key), |_| true);
    let Some(grant) = first else { return };
    judge.settle();
    let before =
        scope.rows().sum(&find(Range::Earlier, DECLARED, &key), |_| true, |row| row.number(2));
    let own = scope.number(&this(&[BEDRAG])).unwrap_or_default();
    judge.check(grant.number(3).is_none_or(|most| before + own <= most), &AMOUNT);
}

/// TR4, level 2: a start has a begin.
pub(super) fn has_begin(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    judge.check(scope.filled(&this(&[BEGIN])), &BEGINS);
}

/// TR5, level 4: by the number a grant asks for data from outside.
pub(super) fn outside(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let number = scope.number(&this(&[NUMMER])).unwrap_or_default();
    let text = number.to_string();
    let by_number = [Key::from(Some(number))];
    let by_key = [Key::from(Some(text.as_str()))];
    let asks = |index, key| scope.rows().any(&find(Range::Earlier, index, key), |_| true);
    let answered = |row: Row<'_>| row.text(FactDef::VALUE) == Some("ja");
    let holds = match number {
        9001 => asks(CONTRACT, &by_number),
        9002 => !asks(PAYMENT, &by_key),
        9003 => scope.rows().any(&find(Range::Earlier, CONSENT, &by_key), answered),
        9004 => asks(AREA, &by_number),
        _ => true,
    };
    judge.check(holds, &NUMBER);
}

/// TR6: number 9006 is granted before it is received.
pub(super) fn too_late(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let is_it = scope.number(&this(&[NUMMER])) == Some(9006);
    judge.check(!is_it || crate::ge(scope.received(), scope.date(&this(&[DATUM]))), &NUMBER);
}

/// OP1, a remark: a start does not begin before the latest grant to the client.
pub(super) fn not_early(judge: &mut Judge<'_, '_>) {
    let scope = judge.scope();
    let begin = scope.date(&this(&[BEGIN]));
    let grants = find(Range::View(0), GRANT_OF_CLIENT, &[]);
    judge.check(scope.rows().every(&grants, |row| crate::le(row.date(2), begin)), &BEGINS);
}

pub(super) static RULES: [Rule; 8] = [
    rule("OP80", None, Status::Judged, 1),
    Rule { retourcode: Some("9001"), ..rule("TR1", Some(3), Status::Judged, 2) },
    Rule { retourcode: Some("9002"), ..rule("TR2", Some(3), Status::Judged, 3) },
    Rule { retourcode: Some("9003"), ..rule("TR3", Some(3), Status::Judged, 4) },
    Rule { retourcode: Some("9004"), ..rule("TR4", Some(2), Status::Judged, 5) },
    Rule { retourcode: Some("9005"), ..rule("TR5", Some(4), Status::Judged, 6) },
    Rule { retourcode: Some("9006"), ..rule("TR6", Some(3), Status::Judged, 7) },
    Rule { is_remark: true, ..rule("OP1", None, Status::Judged, 8) },
];
