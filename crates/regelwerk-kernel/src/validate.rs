//! Judging one message, level by level.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::finding::Finding;
use crate::identify::identify;
use crate::message::Message;
use crate::report::{NotAssessed, Reason, Receipt, Report, Verdict};
use crate::schema;
use crate::scope::Judge;
use crate::standard::{Rule, Standard, Status, Use};
use crate::unreadable::Unreadable;
use crate::walk::Run;

/// Steps that the quantifiers of one rule may take in one message, unless told otherwise.
pub const DEFAULT_FUEL: u64 = 50_000_000;

/// What messages are judged by.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// The standards a message may be of.
    pub standards: Vec<&'static Standard>,
    /// Whether to judge every level, also when a lower one does not hold.
    pub all_levels: bool,
    /// The program that judges, for the receipt.
    pub version: &'static str,
    /// Steps that the quantifiers of one rule may take in one message.
    pub fuel: u64,
}

impl Context {
    /// Judging by these standards, level after level.
    #[must_use]
    pub fn new(standards: Vec<&'static Standard>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self { standards, all_levels: false, version, fuel: DEFAULT_FUEL }
    }

    /// Sets [`Context::all_levels`].
    #[must_use]
    pub fn all_levels(self, all_levels: bool) -> Self {
        Self { all_levels, ..self }
    }

    /// Sets [`Context::version`].
    #[must_use]
    pub fn version(self, version: &'static str) -> Self {
        Self { version, ..self }
    }

    /// Sets [`Context::fuel`].
    #[must_use]
    pub fn fuel(self, fuel: u64) -> Self {
        Self { fuel, ..self }
    }

    fn receipt(&self, standard: Option<&'static Standard>) -> Receipt {
        Receipt {
            standard: standard.map(|standard| standard.name),
            release: None,
            protocol: None,
            protocol_chosen_by: None,
            rules_sha256: standard.map(|standard| standard.rules_sha256),
            version: self.version,
        }
    }
}

/// Judges the bytes of a message. It never fails: what cannot be read is reported as such.
#[must_use]
pub fn validate(bytes: &[u8], context: &Context) -> Report {
    judge(bytes, context).unwrap_or_else(|unreadable| report_unreadable(unreadable, context))
}

fn judge(bytes: &[u8], context: &Context) -> Result<Report, Unreadable> {
    let document = Document::read(bytes)?;
    let subject = identify(&document, &context.standards)?;
    let (places, findings) = schema::judge(&document, subject);
    let message = Message::new(document, subject, places);
    let mut cascade = Cascade::new(&message, context);
    cascade.conclude(1, findings);
    for stage in 1..=LAST_STAGE {
        cascade.judge(stage);
    }
    Ok(cascade.into_report())
}

fn report_unreadable(unreadable: Unreadable, context: &Context) -> Report {
    // With one standard there is no doubt which would have judged the message.
    let standard = match context.standards.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let reason = Reason::Unreadable(unreadable.clone());
    Report {
        message: None,
        release: None,
        verdict: Verdict::Unreadable,
        findings: Vec::new(),
        not_assessed: vec![NotAssessed { reason, rules: Vec::new() }],
        receipt: context.receipt(standard),
        unreadable: Some(unreadable),
    }
}

/// Levels 3 and 4 are judged together.
const LAST_STAGE: u8 = 3;

/// When a rule is judged. A rule outside the levels needs a message that fits the schema.
fn stage(rule: &Rule) -> u8 {
    rule.level.map_or(2, |level| level.clamp(1, LAST_STAGE))
}

/// The published order of judging: a level only when those before it hold.
struct Cascade<'c> {
    message: &'c Message<'c>,
    context: &'c Context,
    findings: Vec<Finding>,
    not_assessed: BTreeMap<Reason, BTreeSet<&'static str>>,
    /// The first level that does not hold.
    failed: Option<u8>,
    /// What is left of the budget of each rule.
    fuel: Vec<Cell<u64>>,
}

impl<'c> Cascade<'c> {
    fn new(message: &'c Message<'c>, context: &'c Context) -> Self {
        let rules = message.standard().rules;
        let not_yet = rules.iter().filter(|rule| rule.level.is_some());
        let not_yet = not_yet.filter(|rule| rule.status == Status::NotYet).map(|rule| rule.code);
        let mut not_assessed = BTreeMap::new();
        not_assessed.insert(Reason::NotYet, not_yet.collect());
        Self {
            message,
            context,
            findings: Vec::new(),
            not_assessed,
            failed: None,
            fuel: vec![Cell::new(context.fuel); rules.len()],
        }
    }

    fn judge(&mut self, stage: u8) {
        if let Some(level) = self.failed.filter(|_| !self.context.all_levels) {
            let skipped = self.uses(stage).map(|(_, _, rule)| rule.code).collect::<BTreeSet<_>>();
            self.not_assessed.entry(Reason::LevelFailed(level)).or_default().extend(skipped);
            return;
        }
        let mut findings = Vec::new();
        for (node, site, rule) in self.uses(stage) {
            self.judge_use(node, site, rule, &mut findings);
        }
        let spent = self.spent_rules();
        findings.retain(|finding| !spent.contains(finding.rule));
        if !spent.is_empty() {
            self.not_assessed.entry(Reason::TooLarge).or_default().extend(spent);
        }
        self.conclude(stage, findings);
    }

    /// Takes in the findings of a stage.
    fn conclude(&mut self, stage: u8, findings: Vec<Finding>) {
        let fails = findings.iter().any(|finding| finding.level == Some(stage));
        self.failed = self.failed.or(fails.then_some(stage));
        self.findings.extend(findings);
    }

    /// The uses of this message in a stage, each with the node it is at and its rule.
    fn uses(&self, wanted: u8) -> impl Iterator<Item = (u16, &'static Use, &'static Rule)> + use<> {
        let rules = self.message.standard().rules;
        let nodes = (0..).zip(self.message.definition().nodes);
        let uses = nodes.flat_map(|(index, node)| node.uses.iter().map(move |site| (index, site)));
        uses.filter_map(move |(node, site)| Some((node, site, rules.get(usize::from(site.rule))?)))
            .filter(move |(_, _, rule)| rule.status == Status::Judged && stage(rule) == wanted)
    }

    fn judge_use(
        &self,
        node: u16,
        site: &'static Use,
        rule: &'static Rule,
        findings: &mut Vec<Finding>,
    ) {
        let Some(fuel) = self.fuel.get(usize::from(site.rule)) else { return };
        let run = Run::new(self.message, site, fuel);
        for &element in self.message.elements_at(node) {
            if fuel.get() == 0 {
                return;
            }
            run.witnesses.borrow_mut().clear();
            (site.check)(&mut Judge::new(&run, rule, element, findings));
        }
    }

    /// Rules whose budget is gone: what they found is not to be relied on.
    fn spent_rules(&self) -> BTreeSet<&'static str> {
        let rules = self.message.standard().rules.iter().zip(&self.fuel);
        rules.filter(|(_, fuel)| fuel.get() == 0).map(|(rule, _)| rule.code).collect()
    }

    fn into_report(self) -> Report {
        let Self { message, context, mut findings, not_assessed, .. } = self;
        findings.sort_by(|a, b| {
            (a.line, a.column, &a.path, a.rule).cmp(&(b.line, b.column, &b.path, b.rule))
        });
        let release = Some(message.release().name);
        let listed = not_assessed.into_iter().filter(|(_, rules)| !rules.is_empty());
        Report {
            message: Some(message.definition().name),
            release,
            verdict: Verdict::of(&findings),
            findings,
            not_assessed: listed
                .map(|(reason, rules)| NotAssessed { reason, rules: rules.into_iter().collect() })
                .collect(),
            receipt: Receipt { release, ..context.receipt(Some(message.standard())) },
            unreadable: None,
        }
    }
}

#[cfg(test)]
mod tests;
