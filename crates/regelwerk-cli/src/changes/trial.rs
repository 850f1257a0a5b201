//! Running candidates under both sides: what the one accepts and the other rejects.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk::{Context, ProtocolChoice, Reason, Report, Severity, Standard, Verdict};
use regelwerk_compiler::emit::changes::{
    self, Candidate, Changes, Comparison, Missing, RuleChange, Run, Side, Skipped, Story, Trial,
    Witness,
};
use regelwerk_compiler::model::scenario::Told;
use regelwerk_play::{Judged, judge, play};

/// What came of running a candidate under one side.
#[derive(Debug, Default)]
struct Outcome {
    runs: Vec<Run>,
    /// It is what a protocol says: what the standard says is kept apart.
    is_of_protocol: bool,
    /// Codes by which the side rejected something.
    wrong: BTreeSet<String>,
    /// Codes by which the standard did, where the side is a protocol over it.
    standard: BTreeSet<String>,
    /// Codes of terms that ran out.
    late: BTreeSet<String>,
    /// Codes of rules that remark upon something.
    remarked: BTreeSet<String>,
    /// Codes of rules that asked something, and of terms that began.
    asked: BTreeSet<String>,
    /// Codes of rules that were not judged somewhere.
    open: BTreeSet<String>,
    /// Codes of rules that lie outside what the protocol applies to somewhere.
    outside: BTreeSet<String>,
    /// The protocol applies to none of it.
    is_outside: bool,
    /// Something could not be read or made, or the side said nothing of it.
    is_void: bool,
}

/// Tries every rule that a machine judges on either side.
pub(super) fn fill_in(
    comparison: &Comparison<'_>,
    library: &'static Standard,
    changes: &mut Changes,
) {
    changes.is_tried = true;
    for change in &mut changes.rules {
        if change.is_judged() && !change.same_meaning {
            try_out(comparison, library, change);
        }
        change.settle();
    }
}

fn try_out(comparison: &Comparison<'_>, library: &'static Standard, change: &mut RuleChange) {
    let mut skipped: BTreeMap<Missing, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for candidate in comparison.candidates(change) {
        if let Some(missing) = missing(&candidate) {
            *skipped.entry(missing).or_default() += 1;
            continue;
        }
        let [from, to] = comparison.sides;
        let [one, other] = &candidate.trials;
        let outcomes = [outcome(one, from, library), outcome(other, to, library)];
        change.tried += 1;
        found.extend(witness(change, &candidate, outcomes));
    }
    change.skipped = skipped.into_iter().map(|(why, count)| Skipped { why, count }).collect();
    // Of each kind one: rather a verdict than a remark, one that both sides look at, and one that
    // nothing else is the matter with.
    for is_stricter in [true, false] {
        let of_kind = found.iter().filter(|one| one.is_stricter == is_stricter);
        let best = of_kind.min_by_key(|one| {
            let is_beside = (one.is_outside, !one.is_looked_at);
            (one.is_remark(), is_beside, !one.is_whole, !one.by_standard.is_empty())
        });
        change.witnesses.extend(best.cloned());
    }
    // A remark beside a verdict tells nothing more.
    if change.witnesses.iter().any(|one| !one.is_remark()) {
        change.witnesses.retain(|one| !one.is_remark());
    }
}

fn missing(candidate: &Candidate) -> Option<Missing> {
    candidate.trials.iter().find_map(|trial| match trial {
        Trial::Missing(missing) => Some(missing.clone()),
        _ => None,
    })
}

/// The difference that a candidate shows, if it does.
fn witness(change: &RuleChange, candidate: &Candidate, outcomes: [Outcome; 2]) -> Option<Witness> {
    let [one, other] = &outcomes;
    let [was, is] = [change.codes(false), change.codes(true)];
    let all_remark =
        |told: &[changes::Told]| told.iter().all(|one| one.is_remark) && !told.is_empty();
    let is_stricter = is_stricter(
        &Under { outcome: one, codes: &was, is_remark: all_remark(&change.was) },
        &Under { outcome: other, codes: &is, is_remark: all_remark(change.becomes.as_slice()) },
    )?;
    let (accepting, rejecting) = if is_stricter { (one, other) } else { (other, one) };
    let rejected_by = rejecting.rejecting(if is_stricter { &is } else { &was });
    let others: Vec<_> = accepting.wrong.iter().cloned().collect();
    let by_standard: Vec<_> = accepting.standard.iter().cloned().collect();
    let of_accepting = if is_stricter { &was } else { &is };
    let is_outside = accepting.is_outside(of_accepting);
    let is_own = candidate.is_own.get(usize::from(!is_stricter)).copied().unwrap_or_default();
    let is_looked_at = is_own || accepting.looks_at(of_accepting);
    let releases = outcomes.each_ref().map(Outcome::releases);
    let remarked_by = [one.remarking(&was), other.remarking(&is)];
    // Two messages of two releases differ in more than the example says, so that it may be that which
    // puts one of them outside.
    if is_outside && releases[0] != releases[1] {
        return None;
    }
    let [one, other] = outcomes;
    Some(Witness {
        is_stricter,
        words: candidate.words.clone(),
        place: candidate.place.clone(),
        rejected_by,
        remarked_by,
        is_looked_at,
        is_whole: others.is_empty(),
        is_outside,
        by_standard,
        others,
        run: [one.runs, other.runs],
    })
}

/// What came of a candidate under a side, with the rules of that side.
struct Under<'o> {
    outcome: &'o Outcome,
    codes: &'o [&'o str],
    /// Breaking those rules is a remark, so that they accept it even where they were not judged.
    is_remark: bool,
}

impl Under<'_> {
    fn is_open(&self) -> bool {
        self.codes.iter().any(|code| self.outcome.open.contains(*code))
    }

    fn accepts(&self) -> bool {
        self.outcome.accepts(self.codes) && (self.is_remark || !self.is_open())
    }

    fn rejects(&self) -> bool {
        self.outcome.rejects(self.codes)
    }

    /// Whether its rules remark upon it; nothing where they were not judged.
    fn remarks(&self) -> Option<bool> {
        (!self.is_open()).then(|| !self.outcome.remarking(self.codes).is_empty())
    }
}

/// Whether the other side says more against something than the one, by a verdict or else by a
/// remark; nothing where both say as much, or one of them cannot say.
fn is_stricter(one: &Under<'_>, other: &Under<'_>) -> Option<bool> {
    match (one.accepts(), other.accepts()) {
        (true, true) => {
            let (was, is) = (one.remarks()?, other.remarks()?);
            (was != is).then_some(is)
        }
        (true, _) if other.rejects() => Some(true),
        (_, true) if one.rejects() => Some(false),
        _ => None,
    }
}

impl Outcome {
    /// Whether a side rejects it by one of these rules.
    fn rejects(&self, codes: &[&str]) -> bool {
        !self.rejecting(codes).is_empty()
    }

    /// Those of these rules by which a side rejects it.
    fn rejecting(&self, codes: &[&str]) -> Vec<String> {
        let sets = [&self.wrong, &self.standard, &self.late];
        let is_it = |code: &&&str| sets.iter().any(|set| set.contains(**code));
        codes.iter().filter(is_it).map(|code| (*code).to_owned()).collect()
    }

    /// Those of these rules that remark upon it.
    fn remarking(&self, codes: &[&str]) -> Vec<String> {
        let is_it = |code: &&&str| self.remarked.contains(**code);
        codes.iter().filter(is_it).map(|code| (*code).to_owned()).collect()
    }

    /// Whether one of these rules asks something of it. A side without rules says what it says.
    fn looks_at(&self, codes: &[&str]) -> bool {
        codes.is_empty() || codes.iter().any(|code| self.asked.contains(*code))
    }

    /// Whether these rules accept it, as far as they were judged. A side that has none must accept
    /// all of it: there is nothing else that it could accept.
    fn accepts(&self, codes: &[&str]) -> bool {
        let is_silent = codes.is_empty() && !self.wrong.is_empty();
        !self.is_void && !is_silent && !self.rejects(codes)
    }

    fn releases(&self) -> Vec<&str> {
        self.runs.iter().map(|run| run.release.as_str()).collect()
    }

    /// Whether it lies outside what the rules of a side apply to.
    fn is_outside(&self, codes: &[&str]) -> bool {
        self.is_outside || codes.iter().any(|code| self.outside.contains(*code))
    }

    /// Takes in a message that was run.
    fn take(&mut self, release: &str, judged: &Judged) {
        let rejected_by = self.note(&judged.report, judged.received.is_none());
        let (release, xml) = (release.to_owned(), judged.xml.clone());
        let received = judged.received.map(|day| day.to_string());
        self.runs.push(Run { release, received, xml, rejected_by });
    }

    /// Takes in what a side says of a message; gives the codes by which it rejects it.
    fn note(&mut self, report: &Report, is_alone: bool) -> Vec<String> {
        let wrong = report.findings.iter().filter(|one| one.severity == Severity::Error);
        for one in wrong.clone() {
            let is_beside = self.is_of_protocol && one.protocol.is_none();
            let into = if is_beside { &mut self.standard } else { &mut self.wrong };
            into.insert(one.rule.to_owned());
        }
        let wrong: BTreeSet<_> = wrong.map(|one| one.rule.to_owned()).collect();
        let remarks = report.findings.iter().filter(|one| one.severity == Severity::Remark);
        self.remarked.extend(remarks.map(|one| one.rule.to_owned()));
        self.asked.extend(report.asked.iter().map(|code| (*code).to_owned()));
        for gap in &report.not_assessed {
            // What lies outside a protocol is no matter of its rules: they leave it as it is.
            let into = match gap.reason {
                Reason::ProtocolOutside { .. } => &mut self.outside,
                _ => &mut self.open,
            };
            into.extend(gap.rules.iter().map(|code| (*code).to_owned()));
        }
        let is_silent = report.protocol.as_ref().is_some_and(|one| one.verdict.is_none());
        self.is_outside |= is_alone && is_silent;
        let is_unheard = is_alone && is_silent && self.outside.is_empty();
        self.is_void |= report.verdict == Verdict::Unreadable || is_unheard;
        wrong.into_iter().collect()
    }
}

fn outcome(trial: &Trial, side: Side<'_>, library: &'static Standard) -> Outcome {
    let choice =
        side.protocol().map_or(ProtocolChoice::None, |name| ProtocolChoice::Named(name.to_owned()));
    let context = Context::new(vec![library]).protocol(choice).remarks(true);
    match trial {
        Trial::Message { release, xml } => alone(release, xml, context),
        Trial::Story(story) => played(story, context, library),
        Trial::Missing(_) => Outcome { is_void: true, ..Outcome::default() },
    }
}

/// Nothing yet, of a side that judges so.
fn nothing(context: &Context) -> Outcome {
    let is_of_protocol = context.protocol != ProtocolChoice::None;
    Outcome { is_of_protocol, ..Outcome::default() }
}

/// A message by itself, judged at all levels.
fn alone(release: &str, xml: &str, context: Context) -> Outcome {
    let context = context.all_levels(true);
    let mut outcome = nothing(&context);
    outcome.take(release, &judge(xml, &context));
    outcome
}

/// A scenario, with the terms as they stand on the last day; what is judged without a dossier is
/// judged at all levels.
fn played(story: &Story, context: Context, library: &'static Standard) -> Outcome {
    let told = &story.scenario.told;
    let context = context.all_levels(matches!(told, Told::Single(..)));
    let played = play(told, &story.sent, library, &context);
    let mut outcome = nothing(&context);
    outcome.is_void = !played.refused.is_empty();
    for (scene, release) in played.scenes.iter().zip(&story.releases) {
        match &scene.sent {
            Some(Ok(judged)) => outcome.take(release, judged),
            Some(Err(_)) => outcome.is_void = true,
            // Where one only looks nothing is sent.
            None => {}
        }
    }
    let terms = played.scenes.last().into_iter().flat_map(|last| &last.terms);
    outcome.asked.extend(terms.clone().map(|term| term.rule.to_owned()));
    let late = terms.filter(|term| term.met == Some(false));
    outcome.late.extend(late.map(|term| term.rule.to_owned()));
    outcome
}
