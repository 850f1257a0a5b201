//! What matters most of a dossier, in a few lines.

use std::collections::BTreeSet;
use std::io::{self, Write};

use regelwerk::standard::Text;
use regelwerk::{Lang, MetBy, Term};

use crate::day;
use crate::dossier::due::Outcome;
use crate::dossier::gaps::Gap;
use crate::dossier::story::{Chapter, Story};
use crate::dossier::telling::{DAY, Telling};
use crate::tally::Tally;
use crate::tone::{BAD, Tone};

/// Most rules that were not assessed and are told by name.
const NAMED: usize = 8;

/// That names of files and days of receipt are not in one order, if so.
pub(crate) fn backwards(story: &Story, tone: Tone) -> Option<String> {
    let (earlier, later) = story.backwards()?;
    let told = |chapter: &Chapter| {
        let day = chapter.received.map_or_else(String::new, |day| day::shown(day, tone.lang));
        format!("{} ({day})", chapter.file)
    };
    let (one, other) = (told(earlier), told(later));
    let what = match tone.lang {
        Lang::Nl => format!(
            "{other} is eerder ontvangen dan {one}, maar komt erna: de volgorde van de bestandsnamen telt"
        ),
        Lang::En => format!(
            "{other} was received before {one}, but comes after it: the order of the names of files counts"
        ),
    };
    let numbers = leading_number(&earlier.file).zip(leading_number(&later.file));
    if numbers.is_none_or(|(one, other)| one <= other) {
        return Some(what);
    }
    let zeros = tone.say(
        "geef de nummers voorloopnullen, zoals 01, 02 en 10",
        "write the numbers with leading zeros, like 01, 02 and 10",
    );
    Some(format!("{what}; {zeros}"))
}

/// The number that a name starts with.
fn leading_number(name: &str) -> Option<u64> {
    let end = name.find(|character: char| !character.is_ascii_digit()).unwrap_or(name.len());
    name.get(..end)?.parse().ok()
}

impl Telling<'_> {
    /// Tells how many messages there are, what is late or open, and what was not assessed.
    pub(crate) fn brief(
        &self,
        out: &mut dyn Write,
        tally: &Tally,
        gaps: &[Gap<'_>],
    ) -> io::Result<()> {
        let lines = [
            Some(tally.text(self.tone)),
            self.late(),
            self.open(),
            self.gap_codes(gaps),
            backwards(self.story, self.tone),
        ];
        lines.iter().flatten().try_for_each(|line| self.line(out, 0, line))?;
        writeln!(out)
    }

    fn outcomes(&self) -> impl Iterator<Item = (Outcome, &Term)> {
        self.terms.iter().map(|term| (Outcome::of(term, self.story.as_of), term))
    }

    fn count_terms(&self, number: usize) -> String {
        let (one, many) =
            (Text { nl: "termijn", en: "term" }, Text { nl: "termijnen", en: "terms" });
        self.tone.count(number, one, many)
    }

    /// `te laat: 1 termijn nog niet gehaald, 1 termijn alsnog gehaald`
    fn late(&self) -> Option<String> {
        let count =
            |is_it: fn(Outcome) -> bool| self.outcomes().filter(|(it, _)| is_it(*it)).count();
        let overdue = count(|it| matches!(it, Outcome::Overdue(_)));
        let met = count(|it| matches!(it, Outcome::Late(_)));
        let parts = [
            (overdue, self.tone.say("nog niet gehaald", "not met yet")),
            (met, self.tone.say("alsnog gehaald", "met after its last day")),
        ];
        let parts = parts.iter().filter(|(number, _)| *number > 0);
        let parts: Vec<_> =
            parts.map(|(number, how)| format!("{} {how}", self.count_terms(*number))).collect();
        let late = self.tone.say("te laat", "late");
        (!parts.is_empty()).then(|| format!("{late}: {}", parts.join(", ")))
    }

    /// `open: 2 termijnen, de eerste tot en met 22-12-2026 (OP090x4)`
    fn open(&self) -> Option<String> {
        let open = self.outcomes().filter(|(it, _)| matches!(it, Outcome::Runs(_)));
        let open: Vec<_> = open.map(|(_, term)| term).collect();
        let first = open.iter().min_by_key(|term| term.due)?;
        let day = first.due.map_or_else(String::new, |day| self.day(day));
        let until = self.tone.say("de eerste tot en met", "the first until");
        Some(format!("open: {}, {until} {day} ({})", self.count_terms(open.len()), first.rule))
    }

    /// `niet beoordeeld: TR381; zie onderaan`
    fn gap_codes(&self, gaps: &[Gap<'_>]) -> Option<String> {
        gaps.first()?;
        let what = self.tone.say("niet beoordeeld", "not assessed");
        let codes: BTreeSet<_> = gaps.iter().flat_map(|gap| gap.rules.iter().copied()).collect();
        let mut named = codes.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
        if codes.len() > NAMED {
            let (more, end) = (self.tone.say("en nog", "and"), self.tone.say("", " more"));
            named = format!("{named} {more} {}{end}", codes.len() - NAMED);
        }
        let see = self.tone.say("zie onderaan", "see below");
        let parts = [Some(named).filter(|named| !named.is_empty()), Some(see.to_owned())];
        Some(format!("{what}: {}", parts.into_iter().flatten().collect::<Vec<_>>().join("; ")))
    }

    /// Tells by which terms a message was late, or what had to follow it was.
    pub(crate) fn lateness(&self, out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
        let Some(number) = chapter.report.number else { return Ok(()) };
        let late = self.tone.say("te laat", "late");
        let mut told = Vec::new();
        for term in self.late_at(number) {
            let outcome = Outcome::of(term, self.story.as_of);
            let is_met_here = term.met_by == Some(MetBy::Message(number));
            let line = match outcome {
                Outcome::Late(days) if is_met_here => {
                    format!("{} {late} ({})", self.days(days), term.rule)
                }
                Outcome::Late(days) if term.message == number => {
                    let by = term.met_by.map_or("", |by| self.met_by(by));
                    let followed = self.tone.say("te laat gevolgd door", "late followed by");
                    format!("{} {followed} {by} ({})", self.days(days), term.rule)
                }
                Outcome::Overdue(days) if term.message == number => {
                    let turn = self.tone.say("aan zet is", "to act is");
                    format!("{} {late}, {turn} {} ({})", self.days(days), term.by, term.rule)
                }
                _ => continue,
            };
            if !told.contains(&line) {
                told.push(line);
            }
        }
        told.iter().try_for_each(|line| writeln!(out, "{:DAY$}{}", "", self.tone.paint(BAD, line)))
    }
}
