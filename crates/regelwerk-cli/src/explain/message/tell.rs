//! What rules came to, as text for a person.

use std::collections::BTreeMap;
use std::io::{self, Write};

use regelwerk::standard::Text;
use regelwerk::{Finding, Severity};

use super::course::{Came, Course, Step};
use super::ear::MOST;
use super::survey::{Entry, Standing, Survey, Told};
use super::words::Words;
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{BAD, GOOD, HEAD, Tone};

/// Columns that a code takes.
const CODE: usize = 10;

/// Tells what each rule came to, those that found something first.
pub(super) fn summary(
    survey: &Survey<'_>,
    told: &[Told<'_>],
    out: &mut dyn Write,
) -> io::Result<()> {
    let tone = survey.tone;
    for standing in [Standing::Fired, Standing::Passed, Standing::DidNotApply] {
        let of: Vec<_> = told.iter().filter(|one| one.standing == standing).collect();
        // What the schema finds nothing wrong with is told in one line.
        let is_schema = |one: &&&Told<'_>| one.is_schema() && standing != Standing::Fired;
        let (schema, of): (Vec<_>, Vec<_>) = of.into_iter().partition(|one| is_schema(&one));
        if !of.is_empty() {
            heading(out, tone, standing, of.len())?;
            for one in of {
                entry(out, one.code, &survey.line(one))?;
            }
        }
        if standing == Standing::Passed && !schema.is_empty() {
            let rules = tone.count(schema.len(), RULE, RULES);
            let text = tone.say(
                "van niveau 1, die het schema toetst, voldoen ook; vraag ernaar met --rule",
                "of level 1, which the schema judges, pass as well; ask for one with --rule",
            );
            lines(out, &format!("{rules} {text}"), 2)?;
        }
    }
    not_assessed(survey, told, out)
}

const RULE: Text = Text { nl: "regel", en: "rule" };
const RULES: Text = Text { nl: "regels", en: "rules" };

fn heading(out: &mut dyn Write, tone: Tone, standing: Standing, count: usize) -> io::Result<()> {
    let (nl, en) = standing.words();
    let head = tone.paint(HEAD, tone.say(nl, en));
    writeln!(out, "\n{head}: {}", tone.count(count, RULE, RULES))
}

/// Rules that were not judged, together by the reason.
fn not_assessed(survey: &Survey<'_>, told: &[Told<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut reasons = BTreeMap::<&str, Vec<&str>>::new();
    for one in told.iter().filter(|one| one.standing == Standing::NotAssessed) {
        reasons.entry(one.why.as_deref().unwrap_or_default()).or_default().push(one.code);
    }
    if reasons.is_empty() {
        return Ok(());
    }
    let count = reasons.values().map(Vec::len).sum();
    heading(out, survey.tone, Standing::NotAssessed, count)?;
    for (reason, codes) in reasons {
        lines(out, reason, 2)?;
        lines(out, &codes.join(" "), 4)?;
    }
    Ok(())
}

fn entry(out: &mut dyn Write, code: &str, texts: &[String]) -> io::Result<()> {
    let width = CODE.max(code.chars().count() + 1);
    let mut label = format!("{code:width$}");
    for text in texts {
        for line in wrap(&plain(text), WIDTH - width - 2) {
            writeln!(out, "  {label}{line}")?;
            label = " ".repeat(width);
        }
    }
    Ok(())
}

fn lines(out: &mut dyn Write, text: &str, indent: usize) -> io::Result<()> {
    let indented = " ".repeat(indent);
    wrap(&plain(text), WIDTH - indent).iter().try_for_each(|line| writeln!(out, "{indented}{line}"))
}

impl Standing {
    /// Dutch and English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fired => ("bevinding", "finding"),
            Self::Passed => ("voldoet", "passes"),
            Self::DidNotApply => ("niet van toepassing", "did not apply"),
            Self::NotAssessed => ("niet beoordeeld", "not assessed"),
        }
    }
}

impl Told<'_> {
    /// Whether the schema judges it, at level 1.
    pub(super) fn is_schema(&self) -> bool {
        use regelwerk_compiler::model::RuleKind;
        let kind = self.entry.as_ref().map(|entry| &entry.rule.kind);
        matches!(kind, Some(RuleKind::Facet(..)))
    }
}

impl Survey<'_> {
    /// What a rule came to, in as few lines as can be.
    fn line(&self, told: &Told<'_>) -> Vec<String> {
        let at = self.places(told);
        match told.standing {
            Standing::Fired => {
                let first = told.findings.first().map(|finding| self.finding(finding));
                first.into_iter().chain([at]).collect()
            }
            Standing::DidNotApply => {
                let why = told.why.clone().unwrap_or_default();
                match told.at {
                    Some(_) if !why.is_empty() => {
                        vec![format!("{} {why}, {at}", self.tone.say("want", "because"))]
                    }
                    Some(_) => vec![at],
                    None => vec![why],
                }
            }
            Standing::Passed | Standing::NotAssessed => vec![at],
        }
    }

    fn finding(&self, finding: &Finding) -> String {
        let text = finding.text(self.tone.lang);
        match finding.severity {
            Severity::Error => text,
            Severity::Remark => format!("{}: {text}", self.tone.say("opmerking", "remark")),
        }
    }

    /// The first element, and how many more.
    fn places(&self, told: &Told<'_>) -> String {
        let tone = self.tone;
        let Some(at) = &told.at else { return String::new() };
        let first = format!("{} {at}", tone.say("bij", "at"));
        match told.count.saturating_sub(1) {
            0 => first,
            more => {
                let one = Text { nl: "ander element", en: "other element" };
                let many = Text { nl: "andere elementen", en: "other elements" };
                let and = tone.say("en bij", "and at");
                format!("{first} ({and} {})", tone.count(more, one, many))
            }
        }
    }
}

/// Tells everything about one rule: at each element each condition and requirement.
pub(super) fn closely(survey: &Survey<'_>, told: &Told<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tone = survey.tone;
    let (nl, en) = told.standing.words();
    let title = told.entry.as_ref().map_or("", |entry| entry.rule.title.as_str());
    writeln!(out, "\n{}  {}", tone.paint(HEAD, told.code), plain(title))?;
    let outcome = tone.say(nl, en).to_owned();
    let why = told.why.as_ref().filter(|_| told.at.is_none() || told.count == 0);
    let outcome = match why {
        Some(why) => format!("{outcome}: {why}"),
        None => outcome,
    };
    tone.row(out, tone.say("uitkomst", "outcome"), &outcome)?;
    for finding in &told.findings {
        tone.row(out, tone.say("bevinding", "finding"), &survey.finding(finding))?;
        tone.row(out, "", &format!("{} {}", tone.say("bij", "at"), finding.path))?;
    }
    let Some(entry) = &told.entry else { return Ok(()) };
    if told.is_schema() {
        return schema(survey, told, entry, out);
    }
    if told.standing == Standing::NotAssessed {
        return Ok(());
    }
    elements(survey, entry, out)
}

/// Tells at which elements the schema judged a rule.
fn schema(
    survey: &Survey<'_>,
    told: &Told<'_>,
    entry: &Entry<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tone = survey.tone;
    for (path, value) in survey.values(entry).into_iter().take(MOST) {
        let is_wrong = told.findings.iter().any(|finding| finding.path == path);
        let value = [super::words::Told { name: String::new(), value }];
        let value = survey.words(entry, &path).bracketed(&value);
        writeln!(out, "\n  {}", plain(&path))?;
        writeln!(out, "    {}{}", mark(tone, !is_wrong), plain(&value))?;
    }
    Ok(())
}

fn elements(survey: &Survey<'_>, entry: &Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = survey.groups(entry);
    let (mut shown, mut count) = (0, 0);
    for group in &groups {
        count += group.alike.count;
        for (path, course) in group.courses() {
            shown += 1;
            let words = survey.words(entry, path);
            element(&words, path, &course, out)?;
        }
    }
    if count > shown {
        let more = survey.tone.say("andere elementen, niet getoond", "other elements, not shown");
        writeln!(out, "\n  {} {more}", count - shown)?;
    }
    Ok(())
}

fn element(words: &Words, path: &str, course: &Course<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tone = words.tone;
    writeln!(out, "\n  {}", plain(path))?;
    for quiet in &course.quiet {
        let label = match course.steps.iter().any(|step| !step.is_condition()) {
            true => {
                tone.say("een deel is niet van toepassing, want", "a part does not apply, because")
            }
            false => tone.say("van toepassing: nee, want", "applies: no, because"),
        };
        lines(out, &format!("{label} {}", words.quiet(quiet)), 4)?;
    }
    for step in &course.steps {
        match step {
            Step::Condition(cond, came) => {
                let label = tone.say("als", "if");
                let values = came.map_or(Vec::new(), |came| words.values(cond, came.values));
                line(
                    words,
                    out,
                    (label, &words.condition(cond)),
                    *came,
                    &words.bracketed(&values),
                )?;
            }
            Step::NoRow(range, cond) => lines(out, &words.no_row(range, cond), 6)?,
            Step::Requirement { requirement, came, leaves } => {
                let label = tone.say("eis", "requirement");
                let values = words.bracketed(&words.demanded(requirement, came.values));
                let said = format!("{label}: {}", words.requirement(requirement));
                let text = format!("{said}: {}{values}", mark(tone, came.holds));
                lines(out, &text, 6)?;
                for (cond, came) in leaves {
                    let values = came.map_or(Vec::new(), |came| words.values(cond, came.values));
                    let said = words.condition(cond);
                    line(words, out, ("  ", &said), *came, &words.bracketed(&values))?;
                }
            }
        }
    }
    Ok(())
}

fn line(
    words: &Words,
    out: &mut dyn Write,
    (label, said): (&str, &str),
    came: Option<Came<'_>>,
    values: &str,
) -> io::Result<()> {
    let tone = words.tone;
    let came = match came {
        None => tone.say("niet bekeken", "not looked at"),
        Some(Came { holds: true, .. }) => tone.say("ja", "yes"),
        Some(Came { holds: false, .. }) => tone.say("nee", "no"),
    };
    lines(out, &format!("{label} {said}: {came}{values}"), 6)
}

fn mark(tone: Tone, holds: bool) -> String {
    match holds {
        true => tone.paint(GOOD, tone.say("voldoet", "holds")),
        false => tone.paint(BAD, tone.say("voldoet niet", "does not hold")),
    }
}
