//! Running candidates under both sides: what the one accepts and the other rejects.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk::{Context, ProtocolChoice, Reason, Report, Severity, Standard, Verdict, validate};
use regelwerk_compiler::emit::changes::{
    Candidate, Changes, Comparison, Missing, RuleChange, Run, Side, Skipped, Story, Trial, Witness,
};
use regelwerk_compiler::model::scenario::Told;
use regelwerk_play::{Judged, play};

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
        let is_other_words = !change.same_words || change.was.is_empty();
        if change.is_judged() && is_other_words {
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
    // Of each kind one: rather one that both sides speak of, and that nothing else is the matter with.
    for is_stricter in [true, false] {
        let of_kind = found.iter().filter(|one| one.is_stricter == is_stricter);
        let best =
            of_kind.min_by_key(|one| (one.is_outside, !one.is_whole, !one.by_standard.is_empty()));
        change.witnesses.extend(best.cloned());
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
    let is_stricter = one.accepts(&was) && other.rejects(&is);
    let is_looser = one.rejects(&was) && other.accepts(&is);
    if !is_stricter && !is_looser {
        return None;
    }
    let (accepting, rejecting) = if is_stricter { (one, other) } else { (other, one) };
    let rejected_by = rejecting.rejecting(if is_stricter { &is } else { &was });
    let others: Vec<_> = accepting.wrong.iter().cloned().collect();
    let by_standard: Vec<_> = accepting.standard.iter().cloned().collect();
    let is_outside = accepting.is_outside(if is_stricter { &was } else { &is });
    let releases = outcomes.each_ref().map(Outcome::releases);
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
        is_whole: others.is_empty(),
        is_outside,
        by_standard,
        others,
        run: [one.runs, other.runs],
    })
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

    /// Whether these rules accept it. A side that has none must accept all of it: there is nothing
    /// else that it could accept.
    fn accepts(&self, codes: &[&str]) -> bool {
        let is_open = codes.iter().any(|code| self.open.contains(*code));
        let is_silent = codes.is_empty() && !self.wrong.is_empty();
        !self.is_void && !is_open && !is_silent && !self.rejects(codes)
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
    let context = Context::new(vec![library]).protocol(choice);
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
    let report = validate(xml.as_bytes(), &context);
    outcome.take(release, &Judged { xml: xml.to_owned(), received: None, report });
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
    let late = terms.filter(|term| term.met == Some(false));
    outcome.late.extend(late.map(|term| term.rule.to_owned()));
    outcome
}
