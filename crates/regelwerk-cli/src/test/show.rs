//! What came of examples and scenarios, for people.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use regelwerk::standard::Text;
use regelwerk::{Finding, Severity};
use regelwerk_compiler::diag::{Sources, Span};
use regelwerk_compiler::model::Scenario;
use regelwerk_compiler::model::scenario::Told;
use regelwerk_play::{Example, Miss, MissKind, Played, Scene, Shows, Wrong};

use super::counted::counted;
use super::items::{Came, Failed, Item, Kind};
use crate::text::plain;
use crate::tone::{BAD, GOOD, HEAD, Tone};

/// Most that are told in full at once: one wrong rule can break a thousand scenarios.
const IN_FULL: usize = 10;
/// Most places that are told of one example.
const PLACES: usize = 3;
/// Most lines of a rule file that are shown.
const LINES: usize = 6;

const EXAMPLES: [Text; 2] =
    [Text { nl: "voorbeeld", en: "example" }, Text { nl: "voorbeelden", en: "examples" }];
const SCENARIOS: [Text; 2] =
    [Text { nl: "scenario", en: "scenario" }, Text { nl: "scenario's", en: "scenarios" }];

/// What is shown, with where it stands.
pub(super) struct Show<'s> {
    pub(super) sources: &'s Sources,
    pub(super) tone: Tone,
    /// What is shown was asked for by name.
    pub(super) is_chosen: bool,
}

type Pair<'i, 'm> = (&'i Item<'m>, Came);

impl Show<'_> {
    /// What came of what stands in files that have changed, before the rest is tried.
    pub(super) fn first(&self, came: &[Pair<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
        self.failures(came, out)?;
        let follows = self.tone.say("de rest volgt", "the rest follows");
        let changed = self.tone.say("in wat is opgeslagen", "in what was saved");
        let counts = self.counts(came).join("; ");
        writeln!(out, "{changed}: {counts}; {follows}")
    }

    /// What came of everything, of which the first so many have been told.
    pub(super) fn all(
        &self,
        came: &[Pair<'_, '_>],
        already: usize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.failures(came.get(already..).unwrap_or_default(), out)?;
        self.not_tried(came, out)?;
        self.counts(came).iter().try_for_each(|line| writeln!(out, "{line}"))
    }

    /// What was not tried, by the reason why.
    fn not_tried(&self, came: &[Pair<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
        let mut reasons: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (item, _) in came.iter().filter(|(_, came)| *came == Came::NotTried) {
            reasons.entry(self.why(item)).or_default().push(name(item));
        }
        for (why, names) in reasons {
            let what = self.tone.say("niet geprobeerd", "not tried");
            let names = counted(names, self.tone);
            writeln!(out, "{what}: {names}, {}", plain(&why))?;
        }
        Ok(())
    }

    /// What is not as it says: the first in full, the rest by name.
    fn failures(&self, came: &[Pair<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
        let failed: Vec<_> =
            came.iter().filter(|(_, came)| matches!(came, Came::Failed(_))).collect();
        // Who asks for something by name wants to see it.
        let most = if self.is_chosen { failed.len() } else { IN_FULL };
        let (first, rest) = failed.split_at_checked(most).unwrap_or((&failed, &[]));
        self.in_full(first, out)?;
        if rest.is_empty() {
            return Ok(());
        }
        let more = format!("{} {}", self.tone.say("en nog", "and another"), rest.len());
        let more = self.tone.paint(BAD, &format!("{more} {}", self.tone.say("fout", "wrong")));
        let names = counted(rest.iter().map(|(item, _)| about(item)), self.tone);
        let suspects: Vec<_> = failed.iter().flat_map(|(_, came)| suspects(came)).collect();
        if !suspects.is_empty() {
            let often = self.tone.say(
                "te veel of te weinig gemeld in scenario's",
                "reported too much or too little in scenarios",
            );
            writeln!(out, "{often}: {}", counted(suspects, self.tone))?;
        }
        writeln!(out, "{more}: {names}")?;
        let all = self.tone.say(
            "met `--only NAAM` staat elk er helemaal, met `--format json` alles",
            "`--only NAME` shows each in full, `--format json` everything",
        );
        writeln!(out, "{all}\n")
    }

    fn in_full(&self, failed: &[&Pair<'_, '_>], out: &mut dyn Write) -> io::Result<()> {
        for (item, came) in failed {
            match (&item.kind, came) {
                (Kind::Example(one), Came::Failed(Failed::Example(wrong))) => {
                    self.example(one, wrong, out)?;
                }
                (Kind::Scenario(one), Came::Failed(Failed::Scenario(misses, played))) => {
                    self.scenario(one, misses, played, out)?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// `2 voorbeelden: 1 goed, 1 fout`, of each kind that there is.
    fn counts(&self, came: &[Pair<'_, '_>]) -> Vec<String> {
        let is_example = |item: &Item<'_>| matches!(item.kind, Kind::Example(_));
        let kinds = [(true, EXAMPLES), (false, SCENARIOS)];
        let counted = kinds.into_iter().map(|(kind, [one, many])| {
            let of_kind = came.iter().filter(|(item, _)| is_example(item) == kind);
            let count =
                |is_it: fn(&Came) -> bool| of_kind.clone().filter(|it| is_it(&it.1)).count();
            let parts = [
                (count(|it| *it == Came::Good), GOOD, self.tone.say("goed", "good")),
                (count(|it| matches!(it, Came::Failed(_))), BAD, self.tone.say("fout", "wrong")),
                (
                    count(|it| *it == Came::NotTried),
                    HEAD,
                    self.tone.say("niet geprobeerd", "not tried"),
                ),
            ];
            let parts = parts.into_iter().filter(|(number, ..)| *number > 0);
            let told = parts
                .map(|(number, paint, what)| self.tone.paint(paint, &format!("{number} {what}")));
            let told: Vec<_> = told.collect();
            let number = of_kind.count();
            (number, format!("{}: {}", self.tone.count(number, one, many), told.join(", ")))
        });
        counted.filter(|(number, _)| *number > 0).map(|(_, told)| told).collect()
    }

    fn head(&self, name: &str, title: &str, out: &mut dyn Write) -> io::Result<()> {
        let wrong = self.tone.paint(BAD, self.tone.say("fout", "wrong"));
        writeln!(out, "{wrong}  {}  {}", self.tone.paint(HEAD, name), plain(title))
    }

    fn at(&self, span: Span) -> String {
        let line = self.sources.position(span).line;
        format!("{}:{line}", self.sources.shown(span.source))
    }

    /// Where it stands, and what stands there.
    fn written(&self, span: Span, out: &mut dyn Write) -> io::Result<()> {
        self.tone.row(out, self.tone.say("staat in", "written in"), &self.at(span))?;
        let lines: Vec<_> =
            self.sources.slice(span).trim_end().lines().take(LINES).map(str::trim).collect();
        self.tone.rows(out, self.tone.say("tekst", "text"), &lines)
    }

    fn example(&self, one: &Example<'_>, wrong: &[Wrong], out: &mut dyn Write) -> io::Result<()> {
        let (tone, lang) = (self.tone, self.tone.lang);
        self.head(one.of, tone.say("voorbeeld", "example"), out)?;
        self.written(one.span, out)?;
        if let Some(first) = wrong.first() {
            let expected = first.expected(one.of, lang);
            tone.row(out, tone.say("verwacht", "expected"), &expected)?;
        }
        let mut found: Vec<_> = wrong.iter().take(PLACES).map(|it| it.found(lang)).collect();
        match wrong.len().saturating_sub(PLACES) {
            0 => {}
            more => found.push(format!(
                "{} {more} {}",
                tone.say("en op nog", "and at"),
                tone.say("plaatsen", "more places")
            )),
        }
        tone.rows(out, tone.say("gevonden", "found"), &found)?;
        writeln!(out)
    }

    fn scenario(
        &self,
        one: &Scenario,
        misses: &[Miss],
        played: &Played,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let tone = self.tone;
        self.head(&one.name, &one.title, out)?;
        let mut shown = None;
        for miss in misses {
            let span = match (&one.told, miss.moment) {
                (Told::Dated(dated), Some(at)) => dated.moments.get(at).map(|it| it.span),
                _ => None,
            };
            let span = span.unwrap_or(one.span);
            if shown.replace(span) != Some(span) {
                self.written(span, out)?;
            }
            tone.row(out, tone.say("uitkomst", "outcome"), &miss.kind.text(tone.lang))?;
            let scene = miss.moment.and_then(|at| played.scenes.get(at));
            let because = scene.map_or(Vec::new(), |scene| self.because(&miss.kind, scene));
            tone.rows(out, tone.say("want", "because"), &because)?;
        }
        writeln!(out)
    }

    /// What was reported that is not expected, and why what is expected was not judged.
    fn because(&self, miss: &MissKind, scene: &Scene) -> Vec<String> {
        let lang = self.tone.lang;
        let (MissKind::Verdict { expected, .. }, Some(report)) = (miss, scene.report()) else {
            return Vec::new();
        };
        let is_expected = |code: &str| expected.iter().any(|it| it == code);
        let is_new = |one: &&Finding| one.severity == Severity::Error && !is_expected(one.rule);
        let found = report.findings.iter().filter(is_new).take(PLACES);
        let mut told: Vec<_> =
            found.map(|one| format!("{}: {}", one.rule, one.text(lang))).collect();
        for gap in &report.not_assessed {
            for rule in gap.rules.iter().filter(|rule| is_expected(rule)) {
                let what = self.tone.say("niet beoordeeld", "not assessed");
                told.push(format!("{rule} {what}: {}", gap.reason.text(lang)));
            }
        }
        told
    }

    /// Why something was not tried.
    fn why(&self, item: &Item<'_>) -> String {
        let nowhere = match &item.kind {
            Kind::Example(Example { shows: Shows::Messages { nowhere, .. }, .. }) => *nowhere,
            _ => None,
        };
        let none = self.tone.say(
            "geen element van een bericht valt eronder",
            "no element of a message falls under it",
        );
        match nowhere {
            None => none.to_owned(),
            Some(why) => format!("{none}: {why}"),
        }
    }
}

/// The rules that reject a message of a scenario and must not, or must and do not; each once. What is
/// the matter with many scenarios is most likely one of them.
fn suspects(came: &Came) -> BTreeSet<&str> {
    let Came::Failed(Failed::Scenario(misses, _)) = came else {
        return BTreeSet::new();
    };
    let one_side = misses.iter().flat_map(|miss| match &miss.kind {
        MissKind::Verdict { expected, found, .. } => {
            let expected: BTreeSet<&str> = expected.iter().map(String::as_str).collect();
            let found: BTreeSet<&str> = found.iter().map(|one| one.rule.as_str()).collect();
            expected.symmetric_difference(&found).copied().collect()
        }
        _ => BTreeSet::new(),
    });
    one_side.collect()
}

/// The rule that it is about first, or else what it is called.
fn about<'i>(item: &'i Item<'_>) -> &'i str {
    match &item.kind {
        Kind::Example(example) => example.of,
        Kind::Scenario(scenario) => scenario.about.first().unwrap_or(&scenario.name),
    }
}

/// What it is called.
pub(super) fn name<'i>(item: &'i Item<'_>) -> &'i str {
    match &item.kind {
        Kind::Example(example) => example.of,
        Kind::Scenario(scenario) => &scenario.name,
    }
}
