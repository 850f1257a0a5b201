//! Judging rules at the elements of a message, each rule within a budget of its own.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Standpoint;
use crate::document::ElementId;
use crate::finding::{Finding, Findings};
use crate::message::Message;
use crate::report::{Reason, Skipped};
use crate::scope::{Judge, Scope};
use crate::standard::{Applies, Rule, Status, Use};
use crate::walk::Run;

/// A use with its rule.
#[derive(Clone, Copy)]
pub(crate) struct Placed {
    /// The node that it is at.
    pub(crate) node: u16,
    pub(crate) site: &'static Use,
    pub(crate) rule: &'static Rule,
    /// What must be so for it to be judged, of a protocol.
    pub(crate) applies: Option<Applies>,
}

/// The rules of a standard or of a protocol over one message.
pub(crate) struct Panel<'c> {
    message: &'c Message<'c>,
    standpoint: Standpoint<'c>,
    /// What is left of the budget of each rule.
    fuel: Vec<Cell<u64>>,
}

impl<'c> Panel<'c> {
    pub(crate) fn new(
        message: &'c Message<'c>,
        rules: &'static [Rule],
        fuel: u64,
        standpoint: Standpoint<'c>,
    ) -> Self {
        Self { message, standpoint, fuel: vec![Cell::new(fuel); rules.len()] }
    }

    /// What the rules find. What a rule found whose budget ran out is not to be relied on: such a
    /// rule is skipped.
    pub(crate) fn judge(
        &self,
        placed: impl Iterator<Item = Placed>,
        skipped: &mut Skipped,
    ) -> Vec<Finding> {
        let mut trays = BTreeMap::<_, Findings>::new();
        let mut spent = BTreeSet::new();
        for one in placed {
            let Some(fuel) = self.fuel.get(usize::from(one.site.rule)) else { continue };
            let run = Run::new(self.message, one.site.params, fuel, self.standpoint);
            let findings = trays.entry(one.rule.code).or_default();
            if !judge_use(&run, one, (findings, skipped)) {
                spent.insert(one.rule.code);
            }
        }
        let asked = trays.iter().filter(|(_, findings)| findings.has_asked);
        skipped.asked.extend(asked.map(|(&code, _)| code));
        trays.retain(|code, _| !spent.contains(code));
        let cut = trays.iter().filter(|(_, findings)| findings.has_more);
        skipped.rules(Reason::MoreOfRule, cut.map(|(&code, _)| code));
        skipped.rules(Reason::TooLarge, spent);
        trays.into_values().flat_map(|findings| findings.list).collect()
    }
}

/// Judges a use at each element of its node, until more is found than is told. What is found at an
/// element where something was asked that is not known does not count. Whether the budget sufficed.
fn judge_use(
    run: &Run<'_>,
    Placed { node, site, rule, applies }: Placed,
    (findings, skipped): (&mut Findings, &mut Skipped),
) -> bool {
    for &element in run.message.elements_at(node) {
        if findings.has_more {
            break;
        }
        if run.fuel.get() == 0 {
            return false;
        }
        run.witnesses().borrow_mut().clear();
        let before = findings.list.len();
        if applies.is_none_or(|one| applies_at(run, one, element)) {
            run.witnesses().borrow_mut().clear();
            (site.check)(&mut Judge::new(run, rule, element, findings));
        }
        if run.fuel.get() == 0 {
            return false;
        }
        let missing = run.desk.take_missing();
        if !missing.is_empty() {
            findings.list.truncate(before);
            findings.has_more = false;
        }
        for reason in missing {
            skipped.rules(Reason::Dossier(reason), [rule.code]);
        }
    }
    true
}

/// Whether a protocol applies to an element, by what is so of one above it. Of a message by itself
/// that is as if nothing came before it: what it says of itself then tells.
pub(crate) fn applies_at(run: &Run<'_>, applies: Applies, element: ElementId) -> bool {
    let parent = |id: &ElementId| run.message.document().parent(*id);
    let above = std::iter::successors(Some(element), parent).nth(usize::from(applies.up));
    let holds = above.is_some_and(|above| (applies.holds)(Scope::new(run, above)));
    if run.desk.standpoint.ledger.is_none() {
        run.desk.take_missing();
    }
    holds
}

/// The codes of rules that are listed with their nodes.
pub(crate) fn codes(
    places: &'static [(u16, u16)],
    rules: &'static [Rule],
) -> impl Iterator<Item = &'static str> {
    places.iter().filter_map(|&(_, rule)| Some(rules.get(usize::from(rule))?.code))
}

/// The uses whose rules a machine judges, each with its node and its rule; those that give remarks
/// only where remarks are asked for.
pub(crate) fn placed(
    uses: impl Iterator<Item = (u16, &'static Use, Option<Applies>)>,
    rules: &'static [Rule],
    remarks: bool,
) -> impl Iterator<Item = Placed> {
    uses.filter_map(|(node, site, applies)| {
        let rule = rules.get(usize::from(site.rule))?;
        Some(Placed { node, site, rule, applies })
    })
    .filter(move |one| one.rule.status == Status::Judged && (remarks || !one.rule.is_remark))
}
