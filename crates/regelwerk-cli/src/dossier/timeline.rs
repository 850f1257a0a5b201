//! Who sent what to whom, message by message, and what it came to.

use std::io::{self, Write};

use regelwerk::{Finding, MessageInfo, Severity};

use crate::dossier::facts::Fact;
use crate::dossier::story::Chapter;
use crate::dossier::telling::{Cause, DAY, Telling};
use crate::text::Printer;

/// Columns that what is wrong starts to the right of what it is wrong with.
const DEEPER: usize = 2;

impl Telling<'_> {
    /// Tells what happened, in the order in which it came to be known.
    pub(crate) fn timeline(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut facts = self.facts.iter().peekable();
        for chapter in &self.story.chapters {
            let is_before = |fact: &&&Fact| chapter.received.is_some_and(|day| fact.day < day);
            while let Some(fact) = facts.next_if(is_before) {
                self.fact(out, fact, facts.peek().copied())?;
            }
            self.chapter(out, chapter)?;
        }
        while let Some(fact) = facts.next() {
            self.fact(out, fact, facts.peek().copied())?;
        }
        Ok(())
    }

    /// Tells of a fact or an answer; after the last of its kind and its day what they changed.
    fn fact(&self, out: &mut dyn Write, fact: &Fact, next: Option<&&Fact>) -> io::Result<()> {
        let known = self.story.dossier.standard().dossier.facts;
        let known = known.iter().find(|known| known.name == fact.kind);
        let (title, is_question) = known.map_or((&*fact.kind, false), |known| {
            (
                Some(known.title).filter(|title| !title.is_empty()).unwrap_or(known.name),
                known.is_question,
            )
        });
        let what = match is_question {
            true => self.tone.say("vraag", "question"),
            false => self.tone.say("feit", "fact"),
        };
        let end = if title.ends_with('?') { "" } else { ":" };
        let mut told = format!("{what}: {title}{end} {}", self.value(&fact.key));
        if !fact.value.is_empty() {
            told = told + ": " + self.value(&fact.value);
        }
        self.dated(out, Some(fact.day), &told)?;
        let is_last = next.is_none_or(|next| (next.day, &next.kind) != (fact.day, &fact.kind));
        if let Some(known) = known.filter(|_| is_last) {
            self.changed(out, Cause::Fact(known.name, Some(fact.day)))?;
        }
        writeln!(out)
    }

    /// Tells what stands otherwise than it did.
    fn changed(&self, out: &mut dyn Write, cause: Cause) -> io::Result<()> {
        let was = self.tone.say("was", "was");
        for (standing, from, to) in self.steps(cause) {
            let before = match standing.begins(from) {
                true => String::new(),
                false => format!(" ({was} {from})"),
            };
            let told = format!("{} {}: {to}{before}", standing.process.name, standing.shown);
            self.line(out, DAY, &told)?;
        }
        Ok(())
    }

    fn chapter(&self, out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
        match self.info(chapter) {
            Some(info) => self.sending(out, chapter, &info)?,
            None => self.dated(out, chapter.received, &chapter.file)?,
        }
        self.verdict(out, chapter)?;
        self.lateness(out, chapter)?;
        for change in &chapter.report.changes {
            self.line(out, DAY, &self.change(change.number, change.kind))?;
        }
        if let Some(number) = chapter.report.number {
            self.changed(out, Cause::Message(number))?;
        }
        writeln!(out)
    }

    /// `gemeente 0384 stuurt JW301 aan aanbieder 42420001`, and what is to be known of that.
    fn sending(
        &self,
        out: &mut dyn Write,
        chapter: &Chapter,
        info: &MessageInfo<'_>,
    ) -> io::Result<()> {
        let [sender, receiver] = self.parties(chapter, info);
        let (sends, to) = (self.tone.say("stuurt", "sends"), self.tone.say("aan", "to"));
        let sending = format!("{sender} {sends} {} {to} {receiver}", info.name);
        self.dated(out, info.received, &sending)?;
        let number = self.tone.say("bericht", "message");
        let mut about = vec![format!("{} ({number} {})", chapter.file, info.number)];
        about.extend(
            self.story.catalogue.message(&chapter.report).map(|message| message.title.to_owned()),
        );
        if let Some(sent) = info.sent.filter(|_| info.sent != info.received) {
            about.push(format!("{} {}", self.tone.say("verzonden", "sent"), self.day(sent)));
        }
        if let Some(asked) = info.answers {
            about.push(format!(
                "{} {}",
                self.tone.say("antwoord op", "reply to"),
                self.file(asked)
            ));
        }
        self.line(out, DAY, &about.join("; "))
    }

    /// Sender and receiver, by role and code.
    fn parties(&self, chapter: &Chapter, info: &MessageInfo<'_>) -> [String; 2] {
        let roles =
            self.story.catalogue.message(&chapter.report).map_or(["", ""], |message| message.roles);
        let parties = [info.sender, info.receiver];
        let mut named = roles.iter().zip(parties).map(|(role, code)| match code {
            Some(code) if !self.redact => format!("{role} {code}"),
            _ => (*role).to_owned(),
        });
        std::array::from_fn(|_| named.next().unwrap_or_default())
    }

    /// What a message came to, and why.
    fn verdict(&self, out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
        let report = &chapter.report;
        let printer = Printer::new(self.story.catalogue, self.tone, self.redact);
        writeln!(out, "{:DAY$}{}", "", self.tone.verdict(report.verdict))?;
        if let Some(why) = printer.why_unreadable(report) {
            return self.line(out, DAY + DEEPER, &why);
        }
        if report.order_only {
            let why = self.tone.say(
                "alleen door de volgorde van ontvangst; verzend het bericht opnieuw",
                "by the order of arrival alone; send the message again",
            );
            self.line(out, DAY + DEEPER, why)?;
        }
        if let Some(protocol) = &report.protocol {
            writeln!(out, "{:DAY$}{}", "", printer.protocol(protocol))?;
        }
        report.findings.iter().try_for_each(|finding| self.finding(out, chapter, finding))?;
        self.others(out, chapter)
    }

    /// What is wrong, by which rule and where.
    fn finding(&self, out: &mut dyn Write, chapter: &Chapter, finding: &Finding) -> io::Result<()> {
        let rule = self.story.catalogue.rule(&chapter.report, finding);
        let mut title = finding.rule.to_owned();
        title.extend(rule.map(|rule| format!(" {}", rule.title)));
        title.extend(finding.retourcode.map(|code| format!(" (retourcode {code})")));
        if finding.severity == Severity::Remark {
            title = format!("{}: {title}", self.tone.say("opmerking", "remark"));
        }
        self.line(out, DAY + DEEPER, &title)?;
        self.line(out, DAY + 2 * DEEPER, &finding.text(self.tone.lang))?;
        let line = self.tone.say("regel", "line");
        let place = format!("{}, {line} {}", finding.path, finding.line);
        self.line(out, DAY + 2 * DEEPER, &place)?;
        // What else is in the message itself can be found there.
        let elsewhere: Vec<_> =
            finding.related.iter().filter(|it| !it.starts_with('/')).map(String::as_str).collect();
        if elsewhere.is_empty() {
            return Ok(());
        }
        let beside = self.tone.say("gekeken naar", "looked at");
        self.line(out, DAY + 2 * DEEPER, &format!("{beside} {}", elsewhere.join("; ")))
    }

    /// How many findings are not told.
    fn others(&self, out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
        if chapter.others == 0 {
            return Ok(());
        }
        let (more, see) =
            (self.tone.say("meer; zie", "more; see"), "regelwerk dossier --format json");
        self.line(out, DAY + DEEPER, &format!("… {} {more} {see}", chapter.others))
    }
}
