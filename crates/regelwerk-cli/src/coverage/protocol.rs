//! What stands for each norm of a protocol, paragraph by paragraph.

use std::collections::BTreeMap;
use std::io::{self, Write};

use regelwerk::standard::Text;
use regelwerk_compiler::model::{Carrier, Model, Norm, Protocol, Rule, RuleKind, Standard};
use serde::Serialize;

use super::listed;
use crate::catalogue;
use crate::text::{WIDTH, plain, wrap};
use crate::tone::{BAD, HEAD, Tone};

/// How the norms of a protocol are accounted for.
#[derive(Debug, Serialize)]
pub(crate) struct NormCoverage<'m> {
    standard: &'m str,
    protocol: &'m str,
    title: &'m str,
    /// In the order of the document.
    paragraphs: Vec<Paragraph<'m>>,
    counts: Counts<'m>,
    /// Norms that no block stands for.
    missing: Vec<&'m str>,
    /// Rules of the protocol that are judged and lack a good or a bad example.
    untested: Vec<&'m str>,
}

/// A paragraph of the document.
#[derive(Debug, Serialize)]
struct Paragraph<'m> {
    paragraph: &'m str,
    /// Why it demands nothing, of a paragraph without norms.
    reason: Option<&'m str>,
    norms: Vec<NormRow<'m>>,
}

/// A norm with what stands for it.
#[derive(Debug, Serialize)]
struct NormRow<'m> {
    norm: &'m str,
    says: &'m str,
    blocks: Vec<BlockRow<'m>>,
}

/// A block that stands for a norm.
#[derive(Debug, Serialize)]
struct BlockRow<'m> {
    kind: &'m str,
    name: &'m str,
    title: &'m str,
    status: Status,
    /// By which rules of the standard, or why not by a machine.
    how: Option<&'m str>,
}

/// What becomes of a norm, from most to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// Rules judge it.
    Judged,
    /// The standard judges it.
    Follows,
    /// Something else than a rule stands for it: a process, a table.
    Declared,
    /// No machine can judge it.
    NotByMachine,
    /// Its machinery is still to come.
    NotYet,
}

/// How many norms there are, each counted once by the most that stands for it, and which blocks.
#[derive(Debug, Default, Serialize)]
struct Counts<'m> {
    norms: usize,
    paragraphs_without_norms: usize,
    judged: usize,
    follows: usize,
    declared: usize,
    not_by_machine: usize,
    not_yet: usize,
    missing: usize,
    /// For each kind of block how many stand for a norm; one that stands for more counts for each.
    blocks: BTreeMap<&'m str, usize>,
}

/// The coverage of the protocol of this name.
///
/// # Errors
///
/// When there is none, or when it is not recorded what it demands: what to say then.
pub(crate) fn of<'m>(model: &'m Model, name: &str, tone: Tone) -> Result<NormCoverage<'m>, String> {
    let all = || {
        let of = |standard: &'m Standard| standard.protocols.iter().map(move |it| (standard, it));
        model.standards.iter().flat_map(of)
    };
    let Some((standard, protocol)) = all().find(|(_, it)| it.name.eq_ignore_ascii_case(name))
    else {
        let known: Vec<_> = all().map(|(_, it)| it.name.as_str()).collect();
        let what = tone.say("onbekend protocol", "unknown protocol");
        return Err(catalogue::unknown(what, name, &known, &known.join(", "), tone));
    };
    if protocol.norms.is_empty() {
        let why = tone.say(
            "niet vastgelegd welke normen dit protocol heeft; zet in zijn blok `normen: tabel …`",
            "it is not recorded which norms this protocol has; write `normen: tabel …` in its block",
        );
        return Err(format!("{}: {why}", protocol.name));
    }
    Ok(coverage(standard, protocol))
}

fn coverage<'m>(standard: &'m Standard, protocol: &'m Protocol) -> NormCoverage<'m> {
    let mut counts = Counts::default();
    let paragraphs: Vec<_> = protocol
        .norms
        .chunk_by(|one, next| one.paragraph == next.paragraph)
        .map(|norms| paragraph(norms, protocol))
        .collect();
    for paragraph in &paragraphs {
        counts.paragraphs_without_norms += usize::from(paragraph.norms.is_empty());
        paragraph.norms.iter().for_each(|norm| counts.add(norm));
    }
    let all = paragraphs.iter().flat_map(|paragraph| &paragraph.norms);
    let missing = all.filter(|norm| norm.blocks.is_empty()).map(|norm| norm.norm).collect();
    let lacks = |rule: &&Rule| {
        status(rule) == Status::Judged && rule.examples(&standard.scenarios).contains(&0)
    };
    NormCoverage {
        standard: &standard.name,
        protocol: &protocol.name,
        title: &protocol.title,
        paragraphs,
        counts,
        missing,
        untested: protocol.rules.iter().filter(lacks).map(|rule| rule.code.as_str()).collect(),
    }
}

fn paragraph<'m>(norms: &'m [Norm], protocol: &'m Protocol) -> Paragraph<'m> {
    let reason = norms.iter().find(|norm| norm.code.is_none()).map(|norm| norm.says.as_str());
    let row = |norm: &'m Norm| {
        let blocks = norm.carriers.iter().map(|one| block(one, protocol)).collect();
        Some(NormRow { norm: norm.code.as_deref()?, says: &norm.says, blocks })
    };
    Paragraph {
        paragraph: norms.first().map_or("", |norm| &norm.paragraph),
        reason,
        norms: norms.iter().filter_map(row).collect(),
    }
}

fn block<'m>(carrier: &'m Carrier, protocol: &'m Protocol) -> BlockRow<'m> {
    let Carrier { kind, name, title, how } = carrier;
    // A term is a rule; what else is called like one is not.
    let is_rule = |rule: &&Rule| rule.code == *name && matches!(*kind, "regel" | "termijn");
    let status = protocol.rules.iter().find(is_rule).map_or(Status::Declared, status);
    BlockRow { kind, name, title, status, how: how.as_deref() }
}

fn status(rule: &Rule) -> Status {
    match &rule.kind {
        RuleKind::Follows(_) => Status::Follows,
        RuleKind::NotByMachine(_) => Status::NotByMachine,
        RuleKind::NotYet => Status::NotYet,
        RuleKind::Judged(_)
        | RuleKind::Facet(..)
        | RuleKind::Form(..)
        | RuleKind::Term(_)
        | RuleKind::Order => Status::Judged,
    }
}

impl<'m> Counts<'m> {
    fn add(&mut self, norm: &NormRow<'m>) {
        self.norms += 1;
        let count = match norm.blocks.iter().map(|block| block.status).min() {
            None => &mut self.missing,
            Some(Status::Judged) => &mut self.judged,
            Some(Status::Follows) => &mut self.follows,
            Some(Status::Declared) => &mut self.declared,
            Some(Status::NotByMachine) => &mut self.not_by_machine,
            Some(Status::NotYet) => &mut self.not_yet,
        };
        *count += 1;
        for block in &norm.blocks {
            *self.blocks.entry(block.kind).or_default() += 1;
        }
    }
}

impl NormCoverage<'_> {
    /// Whether every norm has a block and every rule that is judged a good and a bad example.
    pub(crate) fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.untested.is_empty()
    }

    /// Shows it to a person.
    pub(crate) fn show(&self, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}  {}", tone.paint(HEAD, self.protocol), plain(self.title))?;
        let norms = self.paragraphs.iter().flat_map(|paragraph| &paragraph.norms);
        let longest = norms.map(|norm| norm.norm.chars().count()).max().unwrap_or_default();
        for paragraph in &self.paragraphs {
            paragraph.show(longest + 2, tone, out)?;
        }
        self.counts.show(tone, out)?;
        writeln!(out)?;
        listed(tone.say("zonder voorbeeld", "without example"), &self.untested, tone, out)?;
        listed(tone.say("zonder blok", "without a block"), &self.missing, tone, out)
    }
}

impl Paragraph<'_> {
    /// `width` is for the codes of norms.
    fn show(&self, width: usize, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
        let title = format!("§ {}", self.paragraph);
        writeln!(out, "\n{}", tone.paint(HEAD, &plain(&title)))?;
        if let Some(reason) = self.reason {
            row(out, "", width, reason)?;
        }
        self.norms.iter().try_for_each(|norm| norm.show(width, tone, out))
    }
}

impl NormRow<'_> {
    fn show(&self, width: usize, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
        row(out, self.norm, width, self.says)?;
        for block in &self.blocks {
            row(out, "", width, &format!("→ {}", block.told(tone)))?;
        }
        if self.blocks.is_empty() {
            let none = tone.say("geen blok staat hiervoor", "no block stands for this");
            writeln!(out, "  {:width$}{}", "", tone.paint(BAD, &format!("→ {none}")))?;
        }
        Ok(())
    }
}

impl BlockRow<'_> {
    fn told(&self, tone: Tone) -> String {
        let Self { kind, name, title, how, .. } = self;
        let status = match (self.status, how) {
            (_, Some(how)) => format!(" ({how})"),
            (Status::Judged, None) => format!(" ({})", tone.say("wordt beoordeeld", "is judged")),
            (Status::NotYet, None) => {
                format!(" ({})", tone.say("nog niet uitgewerkt", "not worked out yet"))
            }
            (_, None) => String::new(),
        };
        format!("{kind} {name}: {title}{status}")
    }
}

/// A code and a text beside it, which may take more lines.
fn row(out: &mut dyn Write, code: &str, width: usize, text: &str) -> io::Result<()> {
    let mut code = plain(code);
    for line in wrap(&plain(text), WIDTH - width - 2) {
        writeln!(out, "  {code:width$}{line}")?;
        code.clear();
    }
    Ok(())
}

impl Counts<'_> {
    fn show(&self, tone: Tone, out: &mut dyn Write) -> io::Result<()> {
        let norms = tone.count(
            self.norms,
            Text { nl: "norm", en: "norm" },
            Text { nl: "normen", en: "norms" },
        );
        let without = tone.count(
            self.paragraphs_without_norms,
            Text { nl: "paragraaf zonder norm", en: "paragraph without a norm" },
            Text { nl: "paragrafen zonder norm", en: "paragraphs without norms" },
        );
        writeln!(out, "\n{}", tone.paint(HEAD, &format!("{norms}, {without}")))?;
        let rows = [
            (tone.say("wordt beoordeeld", "is judged"), self.judged),
            (tone.say("door de standaard beoordeeld", "judged by the standard"), self.follows),
            (tone.say("ander blok dan een regel", "another block than a rule"), self.declared),
            (tone.say("niet machinaal", "not by machine"), self.not_by_machine),
            (tone.say("nog niet uitgewerkt", "not worked out yet"), self.not_yet),
            (tone.say("zonder blok", "without a block"), self.missing),
        ];
        for (what, count) in rows {
            writeln!(out, "  {what:30}{count:>5}")?;
        }
        let kinds = self.blocks.iter().map(|(kind, count)| format!("{count} {kind}"));
        let kinds: Vec<_> = kinds.collect();
        writeln!(out, "  {}: {}", tone.say("blokken", "blocks"), kinds.join(", "))
    }
}
