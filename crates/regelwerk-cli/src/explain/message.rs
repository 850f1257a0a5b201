//! `regelwerk explain FILE`: why did each rule find something in this message, or not?

mod course;
mod ear;
mod json;
mod survey;
mod tell;
mod words;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use regelwerk::{Context, Message, Report, Verdict, validate};
use regelwerk_compiler::Compilation;
use regelwerk_compiler::model::Rule;
use regelwerk_eval::Library;

use self::ear::Ear;
use self::json::{Explained, RuleView};
use self::survey::{Entry, Subject, Survey, Told};
use super::{Args, Format};
use crate::catalogue::{self, Catalogue};
use crate::repair::{self, Guide, RepairView};
use crate::rules::{self, Rules};
use crate::text::{Printer, plain};
use crate::tone::Tone;
use crate::{Exit, Streams, input};

/// Endings of names of files with messages.
const ENDINGS: [&str; 2] = [".xml", ".json"];

/// Whether a name is that of a file with a message, and not of something in the rules.
pub(super) fn is_message(name: &str) -> bool {
    let path = Path::new(name);
    let lower = name.to_ascii_lowercase();
    input::is_standard_stream(path)
        || name.contains(['/', '\\'])
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || path.is_file()
}

/// Explains a message.
pub(super) fn run(args: &Args, rules: &Rules, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let tone = Tone { lang: args.lang.into(), style: streams.screen.style };
    let own = match rules.folder() {
        None => None,
        Some(_) => match rules.compiled(streams)? {
            None => return Ok(Exit::Unusable),
            own => own,
        },
    };
    let catalogue = own.as_ref().map_or(Catalogue::BUILT, Catalogue::of);
    let protocol = match catalogue.choose_protocol(args.protocol.as_deref(), tone) {
        Ok(protocol) => protocol,
        Err(unknown) => {
            streams.complain(&unknown)?;
            return Ok(Exit::Unusable);
        }
    };
    let context = catalogue.context().remarks(true).protocol(protocol);
    let told = |report: &Report, streams: &mut Streams<'_>| {
        unreadable(args, (catalogue, tone), report, streams)
    };
    let bytes = match input::read(Path::new(&args.code), streams.stdin) {
        Ok(bytes) => bytes,
        Err(refusal) => return told(&Report::not_read(refusal, &context), streams),
    };
    let report = validate(&bytes, &context);
    // What cannot be read needs no rules to be made ready.
    if report.unreadable.is_some() {
        return told(&report, streams);
    }
    let compilation = own.as_ref().unwrap_or_else(|| rules::compiled_built());
    let explainer = Explainer::new(args, compilation, (catalogue, context), tone);
    match Message::read(&bytes, &explainer.watched) {
        Ok(message) => explainer.explain(&bytes, &report, &message, streams),
        Err(_) => told(&report, streams),
    }
}

/// Tells that a message could not be read, and why.
fn unreadable(
    args: &Args,
    (catalogue, tone): (Catalogue, Tone),
    report: &Report,
    streams: &mut Streams<'_>,
) -> io::Result<Exit> {
    let printer = Printer::new(catalogue, tone, args.redact);
    let why = printer.why_unreadable(report).unwrap_or_default();
    match args.format {
        Format::Text => printer.report(streams.stdout, &args.code, report, &[])?,
        Format::Json => {
            write_line(streams.stdout, &Explained::of(&args.code, report, Some(why.clone())))?;
        }
    }
    streams.complain(&format!("{}: {why}", args.code))?;
    Ok(Exit::Unusable)
}

struct Explainer<'m> {
    args: &'m Args,
    compilation: &'m Compilation,
    catalogue: Catalogue,
    tone: Tone,
    /// What the message is judged by.
    context: Context,
    /// The same, of which is heard what comes of each part.
    watched: Context,
    ear: Arc<Ear>,
}

impl<'m> Explainer<'m> {
    fn new(
        args: &'m Args,
        compilation: &'m Compilation,
        (catalogue, context): (Catalogue, Context),
        tone: Tone,
    ) -> Self {
        let ear = Arc::new(if args.rule.is_some() { Ear::close() } else { Ear::default() });
        let library = Library::watched(compilation, ear.clone());
        let mut watched = context.clone();
        watched.standards = library.standards;
        Self { args, compilation, catalogue, tone, context, watched, ear }
    }

    fn explain(
        &self,
        bytes: &[u8],
        report: &Report,
        message: &Message<'_>,
        streams: &mut Streams<'_>,
    ) -> io::Result<Exit> {
        let model = &self.compilation.model;
        let Some(subject) = Subject::of(model, message, report) else {
            return unreadable(self.args, (self.catalogue, self.tone), report, streams);
        };
        // Whatever else is judged by these standards is not to be heard.
        self.ear.listen();
        drop(message.validate(&self.watched));
        let heard = self.ear.take();
        let report = &match self.args.redact {
            true => report.clone().redacted(),
            false => report.clone(),
        };
        let (tone, redact) = (self.tone, self.args.redact);
        let survey = Survey { subject, message, report, heard: &heard, tone, redact };
        let exit = match report.rejects() || report.verdict == Verdict::Rejected {
            true => Exit::Rejected,
            false => Exit::Good,
        };
        match &self.args.rule {
            None => self.whole(&survey, bytes, streams)?,
            Some(code) => {
                let told = closely(&survey, code);
                if told.is_empty() {
                    streams.complain(&unknown(&survey, code))?;
                    return Ok(Exit::Unusable);
                }
                self.rules(&survey, &told, streams.stdout)?;
            }
        }
        Ok(exit)
    }

    /// Explains all rules, and how the message can be repaired.
    fn whole(
        &self,
        survey: &Survey<'_>,
        bytes: &[u8],
        streams: &mut Streams<'_>,
    ) -> io::Result<()> {
        let told = survey.told();
        let Subject { standard, release, definition, .. } = survey.subject;
        let guide = Guide { standard, release, definition };
        let context = self.context.clone().remarks(false);
        let repairs = survey.report.rejects().then(|| repair::find(bytes, &context, &guide));
        let out = &mut streams.stdout;
        match self.args.format {
            Format::Text => {
                self.head(survey.report, out)?;
                tell::summary(survey, &told, out)?;
                match &repairs {
                    Some(repairs) => repairs.tell(self.tone, survey.redact, out),
                    None => Ok(()),
                }
            }
            Format::Json => {
                let rules = told.iter().map(|one| RuleView::of(survey, one, false)).collect();
                let repair = repairs.as_ref().map(|it| RepairView::of(it, survey.redact));
                let explained = Explained::of(&self.args.code, survey.report, None);
                write_line(out, &Explained { rules, repair, ..explained })
            }
        }
    }

    fn rules(&self, survey: &Survey<'_>, told: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
        match self.args.format {
            Format::Text => {
                self.head(survey.report, out)?;
                told.iter().try_for_each(|one| tell::closely(survey, one, out))
            }
            Format::Json => {
                let rules = told.iter().map(|one| RuleView::of(survey, one, true)).collect();
                let explained = Explained::of(&self.args.code, survey.report, None);
                write_line(out, &Explained { rules, ..explained })
            }
        }
    }

    /// What came of the message as a whole.
    fn head(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let printer = Printer::new(self.catalogue, self.tone, self.args.redact);
        let verdict = self.tone.verdict(report.verdict);
        let message = report.message.unwrap_or_default();
        let release = self.catalogue.release(report);
        writeln!(out, "{}: {verdict} ({message}, {release})", plain(&self.args.code))?;
        match &report.protocol {
            Some(protocol) => writeln!(out, "  {}", printer.protocol(protocol)),
            None => Ok(()),
        }
    }
}

/// What the rules of a code came to: one of the standard, one of the protocol.
fn closely<'m>(survey: &Survey<'m>, code: &str) -> Vec<Told<'m>> {
    let subject = survey.subject;
    let entries = subject.entries().into_iter();
    let about: Vec<_> = entries.filter(|it| it.rule.code.eq_ignore_ascii_case(code)).collect();
    let elsewhere = rules_of(&subject).filter(|it| it.rule.code.eq_ignore_ascii_case(code));
    let is_there = |entry: &Entry<'_>| {
        about.iter().any(|it| (it.protocol, it.index) == (entry.protocol, entry.index))
    };
    let elsewhere: Vec<_> = elsewhere.filter(|entry| !is_there(entry)).collect();
    about
        .into_iter()
        .map(|entry| survey.entry(entry))
        .chain(elsewhere.into_iter().map(|entry| {
            let told = survey.entry(entry);
            let why = told.why.filter(|_| told.standing == survey::Standing::NotAssessed);
            let why = why.or_else(|| told.findings.is_empty().then(|| survey.not_about()));
            Told { why, ..told }
        }))
        .collect()
}

/// Every rule of the standard and of the protocol that is applied.
fn rules_of<'m>(subject: &Subject<'m>) -> impl Iterator<Item = Entry<'m>> {
    let of = |protocol, rules: &'m [Rule]| {
        let rules = (0_u16..).zip(rules);
        rules.map(move |(index, rule)| Entry { protocol, index, rule, places: Vec::new() })
    };
    let own = of(None, &subject.standard.rules);
    let laid = subject.protocol.map(|(at, one)| of(Some((at, one.name.as_str())), &one.rules));
    own.chain(laid.into_iter().flatten())
}

/// That there is no rule of this code, and which is like it.
fn unknown(survey: &Survey<'_>, code: &str) -> String {
    let protocols = survey.subject.standard.protocols.iter();
    let is_it = |rule: &Rule| rule.code.eq_ignore_ascii_case(code.trim());
    let laid = protocols.filter(|one| one.rules.iter().any(is_it)).map(|one| &one.name).next();
    if let Some(protocol) = laid {
        let of = survey.tone.say("hoort bij", "belongs to");
        let ask = survey.tone.say("vraag ernaar met", "ask for it with");
        return format!("{code} {of} {protocol}; {ask} --protocol {protocol}");
    }
    let all: Vec<_> = rules_of(&survey.subject).collect();
    let what = survey.tone.say("onbekende regel", "unknown rule");
    let mut names: Vec<&str> = all.iter().map(|it| it.rule.code.as_str()).collect();
    names.dedup();
    let known = names.len().to_string();
    catalogue::unknown(what, code, &names, &known, survey.tone)
}

fn write_line(out: &mut dyn Write, line: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}
