//! What was not assessed, of which message, and what to supply for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use regelwerk::{DossierReason, MessageNo, NotAssessed, Reason, Report, Term, Unassessed};

use crate::dossier::story::Chapter;
use crate::dossier::telling::Telling;
use crate::dossier::{facts, listing};
use crate::tone::Tone;

/// Files that a gap lists by name.
const LISTED: usize = 5;

/// Something that was not assessed of one message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gap<'s> {
    /// The message.
    pub(crate) file: &'s str,
    /// Why.
    pub(crate) reason: String,
    /// Codes of the rules that were not judged; none where it is not about rules.
    pub(crate) rules: Vec<&'static str>,
    /// What to do about it.
    pub(crate) remedy: Option<String>,
}

/// By message, the rules of terms of which the days have no end; not of those that were not assessed,
/// which is told for itself.
fn endless(
    terms: &[Term],
    unassessed: &[Unassessed],
) -> BTreeMap<MessageNo, BTreeSet<&'static str>> {
    let mut endless: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let told: BTreeSet<_> =
        unassessed.iter().flat_map(|it| it.rules.iter().map(|&rule| (it.message, rule))).collect();
    let is_told = |term: &Term| told.contains(&(term.message, term.rule));
    for term in terms.iter().filter(|term| term.due.is_none() && !is_told(term)) {
        endless.entry(term.message).or_default().insert(term.rule);
    }
    endless
}

fn breaks_level_1(report: &Report) -> bool {
    report.findings.iter().any(|finding| finding.protocol.is_none() && finding.level == Some(1))
}

/// What someone may do about what was not assessed; `beside` is where a table belongs.
pub(crate) fn remedy(reason: &Reason, beside: &str, tone: Tone) -> Option<String> {
    let Reason::Dossier(reason) = reason else { return None };
    match reason {
        DossierReason::NotSupplied { file: Some(file), .. } => {
            Some(format!("{} {file} {beside}", tone.say("zet", "put")))
        }
        DossierReason::NotAnswered { question } => Some(format!(
            "{} {} {} {question}",
            tone.say("zet het antwoord in", "put the answer in"),
            facts::NAME,
            tone.say("met als soort", "with as its soort")
        )),
        DossierReason::NoReceipt => {
            Some(format!("{} {}", tone.say("zet de dag in", "put the day in"), listing::NAME))
        }
        DossierReason::AnswersNothing { .. } => {
            Some(tone.say("zet dat bericht erbij", "put that message with the others").to_owned())
        }
        _ => None,
    }
}

impl<'s> Telling<'s> {
    /// All that was not assessed, in order of message.
    pub(crate) fn gaps(&self, terms: &[Term]) -> Vec<Gap<'s>> {
        let mut unassessed = self.story.dossier.terms_not_assessed(self.story.as_of);
        let mut endless = endless(terms, &unassessed);
        unassessed.extend(self.story.dossier.states_not_assessed());
        let mut later: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &unassessed {
            later.entry(one.message).or_default().push(one);
        }
        let mut gaps = Vec::new();
        for chapter in &self.story.chapters {
            let file = chapter.file.as_str();
            let open = chapter.report.not_assessed.iter().filter(|it| !self.is_met(chapter, it));
            gaps.extend(open.map(|it| self.gap(chapter, &it.reason, &it.rules)));
            let later = chapter.report.number.and_then(|number| later.remove(&number));
            let later = later.into_iter().flatten();
            gaps.extend(later.map(|it| self.gap(chapter, &it.reason, &it.rules)));
            gaps.extend(self.is_not_kept(chapter).then(|| self.not_kept(file)));
            let is_later = chapter.received.is_some_and(|day| day > self.story.as_of);
            gaps.extend(is_later.then(|| self.later(file)));
            let rules = chapter.report.number.and_then(|number| endless.remove(&number));
            gaps.extend(rules.map(|rules| self.endless(file, rules)));
        }
        gaps
    }

    fn gap(&self, chapter: &'s Chapter, reason: &Reason, rules: &[&'static str]) -> Gap<'s> {
        let (file, rules) = (chapter.file.as_str(), rules.to_vec());
        let told = reason.text(self.tone.lang).into_owned();
        Gap { file, reason: told, rules, remedy: self.remedy(reason, chapter) }
    }

    /// Whether a message is of a release of which a dossier keeps nothing.
    fn is_not_kept(&self, chapter: &Chapter) -> bool {
        let message = self.story.catalogue.message(&chapter.report);
        message.is_some_and(|message| message.filing.is_none())
    }

    /// Whether a reply was to nothing when it came, and its message came later.
    fn is_met(&self, chapter: &Chapter, open: &NotAssessed) -> bool {
        matches!(open.reason, Reason::Dossier(DossierReason::AnswersNothing { .. }))
            && self.info(chapter).is_some_and(|info| info.answers.is_some())
    }

    /// That nothing is kept of a message.
    fn not_kept(&self, file: &'s str) -> Gap<'s> {
        let what = self.tone.say(
            "van deze release is niet vastgelegd hoe berichten bij elkaar horen; het bericht is \
             alleen op zichzelf beoordeeld",
            "how messages of this release belong together is not known; the message was judged \
             by itself alone",
        );
        Gap { file, reason: what.to_owned(), rules: Vec::new(), remedy: None }
    }

    /// That a message says nothing of terms yet.
    fn later(&self, file: &'s str) -> Gap<'s> {
        let what = self.tone.say(
            "ontvangen na de peildatum; telt niet mee voor termijnen",
            "received after the as-of date; does not count for terms",
        );
        Gap { file, reason: what.to_owned(), rules: Vec::new(), remedy: None }
    }

    /// That terms have no last day.
    fn endless(&self, file: &'s str, rules: BTreeSet<&'static str>) -> Gap<'s> {
        let rules = rules.into_iter().collect();
        let what = self.tone.say(
            "de laatste dag van de termijn is niet te bepalen; kijk de datums in het bericht na",
            "the last day of the term cannot be told; look at the dates in the message",
        );
        Gap { file, reason: what.to_owned(), rules, remedy: None }
    }

    /// What someone may do about what was not assessed of a message.
    fn remedy(&self, reason: &Reason, chapter: &Chapter) -> Option<String> {
        let beside = self.tone.say(
            "bij de berichten of in de map van --tables",
            "beside the messages or in the folder of --tables",
        );
        let remedy = remedy(reason, beside, self.tone);
        let Reason::Dossier(DossierReason::AnswersNothing { message }) = reason else {
            return remedy;
        };
        let broken = self.broken(message, chapter);
        if broken.is_empty() {
            return remedy;
        }
        let (or, why) = (
            self.tone.say("of herstel", "or mend"),
            self.tone.say(
                "afgekeurd op niveau 1, en telt daarom niet mee",
                "rejected at level 1, so that it does not count",
            ),
        );
        Some(format!("{}, {or} {} ({why})", remedy.unwrap_or_default(), broken.join(", ")))
    }

    /// The messages of a name that a reply may be to, but that no reply finds: they break level 1,
    /// and nothing is kept of them.
    fn broken(&self, message: &str, reply: &Chapter) -> Vec<&'s str> {
        let receiver = self.info(reply).and_then(|info| info.receiver);
        let is_by_receiver = |it: &&Chapter| {
            let sender = self.info(it).and_then(|info| info.sender);
            sender.zip(receiver).is_none_or(|(sender, receiver)| sender == receiver)
        };
        let chapters = self.story.chapters.iter().filter(|it| {
            let is_before = it.report.number < reply.report.number;
            is_before && it.report.message == Some(message) && breaks_level_1(&it.report)
        });
        let chapters = chapters.filter(is_by_receiver);
        chapters.map(|it| it.file.as_str()).take(LISTED).collect()
    }

    /// Tells what was not assessed, each reason once.
    pub(crate) fn not_assessed(&self, out: &mut dyn Write, gaps: &[Gap<'_>]) -> io::Result<()> {
        let mut groups: Vec<(&Gap<'_>, Vec<&str>)> = Vec::new();
        let mut places = BTreeMap::new();
        for gap in gaps {
            let key = (&gap.reason, &gap.rules, &gap.remedy);
            let place = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, files)) => files.push(gap.file),
                None => groups.push((gap, vec![gap.file])),
            }
        }
        groups.iter().try_for_each(|(gap, files)| self.group(out, gap, files))
    }

    fn group(&self, out: &mut dyn Write, gap: &Gap<'_>, files: &[&str]) -> io::Result<()> {
        let remedy = gap.remedy.as_ref().map(|remedy| format!("; {remedy}")).unwrap_or_default();
        self.line(out, 2, &format!("{}{remedy}", gap.reason))?;
        if !gap.rules.is_empty() {
            self.line(out, 4, &gap.rules.join(" "))?;
        }
        let mut listed = files.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
        if files.len() > LISTED {
            let more = self.tone.say("en nog", "and");
            let end = self.tone.say("", " more");
            listed = format!("{listed} {more} {}{end}", files.len() - LISTED);
        }
        self.line(out, 4, &format!("{} {listed}", self.tone.say("bij", "of")))
    }
}
