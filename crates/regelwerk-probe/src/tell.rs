//! Scenarios and examples in the language of the rules, with what came of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use regelwerk_compiler::diag::Sources;
use regelwerk_compiler::model::scenario::{Dated, Moment, Told};
use regelwerk_compiler::model::{Field, Message, Scenario, Standard};
use regelwerk_kernel::{ChangeKind, Date, MessageNo, Severity};
use regelwerk_play::{Played, Scene};

/// What a scenario could expect of a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcomes {
    pub(crate) errors: BTreeSet<&'static str>,
    remarks: BTreeSet<&'static str>,
    mended: BTreeSet<MessageNo>,
    /// States by process and key.
    states: BTreeMap<(&'static str, String), &'static str>,
    /// By rule, part and opening message: last day, and whether it is met.
    terms: BTreeMap<(String, String, MessageNo), Vec<Stands>>,
}

/// The last day of a term, and whether it is met.
type Stands = (Option<Date>, Option<bool>);

impl Outcomes {
    fn of(scene: &Scene) -> Self {
        let mut told = Self::default();
        if let Some(report) = scene.report() {
            for finding in &report.findings {
                match finding.severity {
                    Severity::Error => told.errors.insert(finding.rule),
                    Severity::Remark => told.remarks.insert(finding.rule),
                };
            }
            let changes = report.changes.iter();
            let changes = changes.filter(|change| change.kind == ChangeKind::OrderOnly);
            told.mended.extend(changes.map(|change| change.number));
        }
        for state in &scene.states {
            told.states.insert((state.process, state.key.clone()), state.state);
        }
        for term in &scene.terms {
            let key = (term.rule.to_owned(), term.label.to_owned(), term.message);
            told.terms.entry(key).or_default().push((term.due, term.met));
        }
        told
    }

    /// Whether the schema refuses the message.
    fn breaks_schema(scene: &Scene) -> bool {
        let report = scene.report();
        report.is_some_and(|report| {
            let broken = report.findings.iter().any(|one| one.level == Some(1));
            broken || report.unreadable.is_some()
        })
    }
}

/// What could be expected of each moment; none where something could not be made, was refused, or
/// breaks the schema.
pub(crate) fn outcomes(played: &Played) -> Option<Vec<Outcomes>> {
    let is_made = |scene: &Scene| {
        scene.sent.as_ref().is_none_or(Result::is_ok) && !Outcomes::breaks_schema(scene)
    };
    let is_sound = played.refused.is_empty() && played.scenes.iter().all(is_made);
    is_sound.then(|| played.scenes.iter().map(Outcomes::of).collect())
}

/// A dated scenario as a rule file writes it, expecting what came of it and what another standard
/// says otherwise of.
pub(crate) struct Teller<'t> {
    pub(crate) standard: &'t Standard,
    pub(crate) sources: &'t Sources,
    pub(crate) scenario: &'t Scenario,
    /// The one that it was made of.
    pub(crate) base: &'t Scenario,
    pub(crate) name: &'t str,
    pub(crate) title: &'t str,
    pub(crate) about: &'t str,
    /// What came of it, and of the same by each other standard.
    pub(crate) own: &'t [Outcomes],
    pub(crate) others: &'t [Vec<Outcomes>],
    pub(crate) numbers: &'t [Option<MessageNo>],
}

impl Teller<'_> {
    pub(crate) fn text(&self) -> Option<String> {
        let Told::Dated(dated) = &self.scenario.told else { return None };
        let mut text = format!("scenario {} \"{}\"\n", self.name, self.title.replace('"', "'"));
        text += &format!("  bron:  {}\n", self.base.source);
        let about = match self.is_rule(self.about) {
            true => vec![self.about.to_owned()],
            false => self.base.about.clone(),
        };
        if !about.is_empty() {
            text += &format!("  over:  {}\n", about.join(", "));
        }
        let is_own = |line: &str| line.trim_start().starts_with("onder:");
        for line in self.sources.slice(self.base.span).lines().filter(|line| is_own(line)) {
            text += &format!("{line}\n");
        }
        text += &self.supplies(dated);
        let mut is_different = false;
        for (at, moment) in dated.moments.iter().enumerate().take(self.last()? + 1) {
            let (expected, differs) = self.expected(dated, at)?;
            is_different |= differs;
            if moment.sending.is_none() && expected.is_empty() {
                continue;
            }
            text += &folded(&self.moment(dated, moment)?);
            text += &folded(&format!("    verwacht {}", expected.join(", ")));
        }
        is_different.then_some(text)
    }

    /// The last moment that needs telling: where each of the others first says something else.
    fn last(&self) -> Option<usize> {
        let first = |other: &Vec<Outcomes>| {
            self.own.iter().zip(other).position(|(own, other)| own != other)
        };
        self.others.iter().filter_map(first).max()
    }

    fn is_rule(&self, code: &str) -> bool {
        self.standard.rule_lists().any(|(_, rules)| rules.iter().any(|rule| rule.code == code))
    }

    fn supplies(&self, dated: &Dated) -> String {
        let mut text = String::new();
        for table in &dated.tables {
            for row in &table.rows {
                let cells: Vec<_> = row.iter().map(|cell| shown(cell)).collect();
                text += &format!("  tabel {}:  {}\n", table.table, cells.join(", "));
            }
        }
        for fact in &dated.facts {
            let mut all = self.standard.dossier.facts.iter();
            let is_question = all.any(|one| one.name == fact.name && one.is_question);
            let word = if is_question { "vraag" } else { "feit" };
            let value = if fact.value.is_empty() { "leeg".to_owned() } else { quoted(&fact.value) };
            let on = day(fact.on);
            text += &format!("  {word} {} op {on}:  {} {value}\n", fact.name, fact.key);
        }
        text
    }

    fn moment(&self, dated: &Dated, moment: &Moment) -> Option<String> {
        let mut text = format!("  op {}", day(moment.on));
        let Some(sending) = &moment.sending else {
            return Some(text);
        };
        if moment.received != moment.on {
            text += &format!(", ontvangen {},", day(moment.received));
        }
        let release = self.standard.releases.get(sending.message.release)?;
        let message = release.messages.get(sending.message.message)?;
        text += &format!(" stuurt {} {}", message.sender, message.name);
        let own = self.sources.slice(moment.span);
        let is_other = sending.message.release + 1 != self.standard.releases.len();
        if own.contains(" van release ") || is_other && self.base.protocol.is_none() {
            text += &format!(" van release {}", release.name);
        }
        if let Some(answers) = sending.answers {
            text += &format!(" op {}", self.named(dated, answers)?);
        }
        let fields: Vec<_> = sending.message.fields.iter().map(|one| field(one, message)).collect();
        if !fields.is_empty() {
            text += &format!(" met {}", fields.join(", "));
        }
        Some(text)
    }

    /// A message that was sent at a moment: `JW305[2]`.
    fn named(&self, dated: &Dated, at: usize) -> Option<String> {
        let name = |moment: &Moment| -> Option<String> {
            let changed = &moment.sending.as_ref()?.message;
            let release = self.standard.releases.get(changed.release)?;
            Some(release.messages.get(changed.message)?.name.clone())
        };
        let own = name(dated.moments.get(at)?)?;
        let before = dated.moments.iter().take(at + 1);
        let number = before.filter(|moment| name(moment).as_ref() == Some(&own)).count();
        Some(format!("{own}[{number}]"))
    }

    /// What is expected of a moment, and whether that is otherwise elsewhere.
    fn expected(&self, dated: &Dated, at: usize) -> Option<(Vec<String>, bool)> {
        let own = self.own.get(at)?;
        let others: Vec<&Outcomes> = self.others.iter().filter_map(|other| other.get(at)).collect();
        let mut all = Vec::new();
        let is_sent = dated.moments.get(at)?.sending.is_some();
        let mut differs = false;
        if is_sent {
            all.push(match own.errors.is_empty() {
                true => "goedgekeurd".to_owned(),
                false => {
                    let codes: Vec<_> = own.errors.iter().copied().collect();
                    format!("afgekeurd op {}", codes.join(", "))
                }
            });
            all.extend(own.remarks.iter().map(|code| format!("opmerking {code}")));
            for number in &own.mended {
                let of = self.numbers.iter().position(|known| known == &Some(*number))?;
                all.push(format!("alsnog goed {}", self.named(dated, of)?));
            }
            let alike = |other: &&Outcomes| {
                (&other.errors, &other.remarks, &other.mended)
                    == (&own.errors, &own.remarks, &own.mended)
            };
            differs |= !others.iter().all(alike);
        }
        let said = all.len();
        self.states(own, &others, &mut all);
        self.terms(dated, at, (own, &others), &mut all);
        differs |= all.len() > said;
        Some((all, differs))
    }

    /// States that are others elsewhere.
    fn states(&self, own: &Outcomes, others: &[&Outcomes], all: &mut Vec<String>) {
        for ((process, key), state) in &own.states {
            let place = (*process, key.clone());
            let differs = others.iter().any(|other| other.states.get(&place) != Some(state));
            if differs && !key.contains(' ') && !key.is_empty() {
                all.push(format!("{process} {key} {state}"));
            }
        }
    }

    /// Terms that are others elsewhere.
    fn terms(
        &self,
        dated: &Dated,
        at: usize,
        (own, others): (&Outcomes, &[&Outcomes]),
        all: &mut Vec<String>,
    ) {
        let keys: BTreeSet<_> =
            others.iter().flat_map(|other| other.terms.keys()).chain(own.terms.keys()).collect();
        for key in keys {
            let is = own.terms.get(key);
            let mut was = others.iter().map(|other| other.terms.get(key));
            if !was.any(|was| was != is) {
                continue;
            }
            let (rule, label, message) = key;
            let Some(of) = self.numbers.iter().position(|known| known == &Some(*message)) else {
                continue;
            };
            let of = match (of == at, self.named(dated, of)) {
                (true, _) => String::new(),
                (false, Some(named)) => format!(" van {named}"),
                (false, None) => continue,
            };
            let part = if label.is_empty() { String::new() } else { format!(" \"{label}\"") };
            let named = format!("termijn {rule}{part}{of}");
            match is.map(Vec::as_slice) {
                None => all.push(format!("geen {named}")),
                Some([first, rest @ ..]) if rest.iter().all(|one| one == first) => {
                    let (due, met) = first;
                    let stands = match met {
                        Some(true) => "gehaald",
                        Some(false) => "te laat",
                        None => "loopt",
                    };
                    all.push(format!("{named} {stands}"));
                    if let Some(due) = due {
                        all.push(format!("{named} uiterlijk {}", due.written()));
                    }
                }
                Some(_) => {}
            }
        }
    }
}

/// A line of a rule file, in as many rows as it needs.
fn folded(line: &str) -> String {
    let indent = line.len() - line.trim_start().len() + 4;
    let (mut rows, mut row) = (String::new(), String::new());
    for part in line.split_inclusive(", ") {
        if row.len() + part.trim_end().len() > 110 && !row.trim().is_empty() {
            rows += row.trim_end();
            rows.push('\n');
            row = " ".repeat(indent);
        }
        row += part;
    }
    rows + row.trim_end() + "\n"
}

/// `Product.Code leeg`: a field of a scenario.
pub(crate) fn field(field: &Field, message: &Message) -> String {
    let value = field.value.as_deref().map_or("leeg".to_owned(), quoted);
    format!("{} {value}", short(&field.path, message))
}

/// The shortest end of a path that names it alone.
fn short(path: &[(String, usize)], message: &Message) -> String {
    let names: Vec<&str> = path.iter().map(|(name, _)| name.as_str()).collect();
    let is_one = |from: usize| {
        let end = names.get(from..).unwrap_or_default();
        message.ids().filter(|id| message.path(*id).ends_with(end)).count() == 1
    };
    let numbered = path.iter().position(|(_, ordinal)| *ordinal > 1).unwrap_or(path.len());
    let last = path.len().saturating_sub(1).min(numbered);
    let from = (0..=last).rev().find(|from| is_one(*from)).unwrap_or(0);
    written(path.get(from..).unwrap_or(path))
}

/// `Contact[2].Soort`
pub(crate) fn written(path: &[(String, usize)]) -> String {
    let steps = path.iter().map(|(name, ordinal)| match ordinal {
        1 => name.clone(),
        ordinal => format!("{name}[{ordinal}]"),
    });
    steps.collect::<Vec<_>>().join(".")
}

/// A value as a rule file writes it.
pub(crate) fn quoted(value: &str) -> String {
    let value = shown(value);
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ':');
    if value.chars().all(is_plain) && !value.is_empty() { value } else { format!("\"{value}\"") }
}

/// A day in Dutch; anything else as it is.
fn shown(value: &str) -> String {
    let parsed = NaiveDate::parse_from_str(value, "%Y-%m-%d");
    parsed.map_or_else(|_| value.to_owned(), day)
}

fn day(day: NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}
