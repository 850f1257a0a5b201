//! Scenarios: messages with what must come of them.

mod dated;
mod fields;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::scenario::{self, Changed, Told};
use regelwerk_model::{Message, NodeId, Protocol, Release, Rule, Scenario, Standard};
use regelwerk_syntax::ast::{
    Block, BlockKind, Clause, Expected, Line, ScenarioClause, Telling, Word,
};

use crate::codes::{
    MISSING_CLAUSE, STRUCTURE, UNKNOWN_ELEMENT, UNKNOWN_MESSAGE, UNKNOWN_PROTOCOL, UNKNOWN_RELEASE,
    UNKNOWN_RULE, UNTESTED,
};
use crate::collect::{Declarations, has_invalid, single, sources};
use crate::sink::Sink;

/// What a finding of the schema without a published rule is called.
const SCHEMA: &str = "XSD";

/// The scenarios of a home. Those of a protocol are told under it unless they say otherwise.
pub(crate) fn scenarios(
    declarations: &Declarations<'_>,
    standard: &Standard,
    protocol: Option<&Block>,
    sink: &mut Sink,
) -> Vec<Scenario> {
    let blocks = declarations.of(BlockKind::Scenario);
    let reader = Reader { declarations, standard, protocol, under: None };
    blocks.filter_map(|block| reader.scenario(block, sink)).collect()
}

/// A rule that looks beyond the message judged has scenarios for examples. Of a rule with one that
/// could not be read nothing is told.
pub(crate) fn check_shown(
    declarations: &Declarations<'_>,
    rules: &[Rule],
    scenarios: &[Scenario],
    sink: &mut Sink,
) {
    let broken: BTreeSet<_> = declarations
        .of(BlockKind::Scenario)
        .filter(|block| block.lines.iter().any(is_invalid) || !sink.is_sound(block.span))
        .flat_map(|block| about(block, &mut Sink::default()))
        .map(|code| code.value.clone())
        .collect();
    let is_whole = |rule: &&Rule| rule.looks_beyond() && !broken.contains(&rule.code);
    for rule in rules.iter().filter(is_whole) {
        let about = || scenarios.iter().filter(|one| one.about.contains(&rule.code));
        let code = &rule.code;
        let lacking: Vec<_> = [
            (about().any(|one| one.breaks(code)), "dat hem schendt"),
            (about().any(|one| one.keeps(code)), "waarin alles wordt goedgekeurd"),
        ]
        .into_iter()
        .filter_map(|(is_there, what)| (!is_there).then_some(what))
        .collect();
        if !lacking.is_empty() {
            let title = format!("`{code}` heeft geen scenario {}", lacking.join(" en geen "));
            sink.push(Diagnostic::warning(UNTESTED, title, rule.span).help(format!(
                "een regel die verder kijkt dan het bericht is pas af als een `scenario` met \
                 `over: {code}` een bericht op hem afkeurt, en op niets waar het niet over gaat, \
                 en een ander er net niet op stukloopt"
            )));
        }
    }
}

/// A message of a release, with the indexes of both.
#[derive(Clone, Copy)]
struct Found<'a> {
    release: (usize, &'a Release),
    message: (usize, &'a Message),
}

/// What stands for whichever protocol recognises a message.
pub(crate) const RECOGNISED: &str = "herkend";

#[derive(Clone, Copy)]
struct Reader<'a> {
    declarations: &'a Declarations<'a>,
    standard: &'a Standard,
    protocol: Option<&'a Block>,
    /// The protocol that the scenario is told under.
    under: Option<&'a Protocol>,
}

impl<'a> Reader<'a> {
    fn scenario(&self, block: &Block, sink: &mut Sink) -> Option<Scenario> {
        let about = about(block, sink);
        for code in about {
            self.check_rule(code, sink);
        }
        let reading = |clause: &Clause| match clause {
            Clause::Reading(text) => Some(text.clone()),
            _ => None,
        };
        let readings = block.lines.iter().filter_map(|line| reading(&line.clause));
        let (under, is_recognised) = self.under(block, sink);
        Some(Scenario {
            name: block.id.value.clone(),
            title: block.title.value.clone(),
            source: sources(block).join("; "),
            readings: readings.map(|text| text.value).collect(),
            about: about.iter().map(|code| code.value.clone()).collect(),
            told: Self { under: self.protocol(under.as_deref()), ..*self }.told(block, sink)?,
            protocol: under,
            is_recognised,
            span: block.span,
        })
    }

    /// One message, or messages over days.
    fn told(&self, block: &Block, sink: &mut Sink) -> Option<Told> {
        let telling = clause(&block.lines, sink, |clause| match clause {
            ScenarioClause::Message(telling) => Some(telling),
            _ => None,
        });
        let expected = clause(&block.lines, sink, |clause| match clause {
            ScenarioClause::Expectation(expected) => Some(expected),
            _ => None,
        });
        if let Some(line) = block.lines.iter().find(|line| is_of_moment(line)) {
            let title = "wat na `op …` verwacht wordt, springt daaronder in";
            sink.push(Diagnostic::error(STRUCTURE, title, line.span).help(
                "zet `verwacht …` verder naar rechts dan `op`; zonder datums is het `verwacht:`",
            ));
        }
        let dated = block.lines.iter().find(|line| is_dated(line));
        match (telling, expected, dated) {
            (Some(telling), Some(expected), None) => self.single(telling, expected, sink),
            (None, None, Some(_)) => self.dated(&block.lines, sink).map(Told::Dated),
            (_, _, Some(line)) => {
                let title = "een scenario heeft datums, of één `bericht:`, en niet beide";
                let wrong = Diagnostic::error(STRUCTURE, title, line.span);
                sink.push(wrong.help("zet het bericht op een dag: `op 01-04-2026 stuurt …`"));
                None
            }
            (None, ..) | (_, None, _) => {
                nothing_told(block, sink);
                None
            }
        }
    }

    fn single(&self, telling: &Telling, expected: &[Expected], sink: &mut Sink) -> Option<Told> {
        let found = self.find(telling, None, sink)?;
        let made = self.all_expected(expected, found.message.1, sink);
        Some(Told::Single(self.changed(telling, found, &made, sink), made))
    }

    /// The message that is told, and its release: the one named, or else that of the day.
    fn find(&self, telling: &Telling, on: Option<NaiveDate>, sink: &mut Sink) -> Option<Found<'a>> {
        let at = match &telling.release {
            Some(name) => self.release(name, sink)?,
            None => self.release_on(on)?,
        };
        let release = self.standard.releases.get(at)?;
        let name = &telling.message;
        let messages = &release.messages;
        let found = messages.iter().enumerate().find(|(_, one)| one.name == name.value);
        if found.is_none() {
            let known = messages.iter().map(|message| message.name.as_str());
            sink.unknown(UNKNOWN_MESSAGE, "bericht", name, known);
        }
        Some(Found { release: (at, release), message: found? })
    }

    /// The last release; under a protocol the last of its own that had begun on that day, or else
    /// the first of them.
    fn release_on(&self, on: Option<NaiveDate>) -> Option<usize> {
        let releases = &self.standard.releases;
        let Some(protocol) = self.under else { return releases.len().checked_sub(1) };
        let has_begun =
            |at: &&usize| on.is_none_or(|on| releases.get(**at).is_some_and(|one| one.from <= on));
        let last = protocol.releases.iter().filter(has_begun).max();
        last.or_else(|| protocol.releases.iter().min()).copied()
    }

    fn protocol(&self, name: Option<&str>) -> Option<&'a Protocol> {
        self.standard.protocols.iter().find(|one| Some(one.name.as_str()) == name)
    }

    /// The release named.
    fn release(&self, name: &Word, sink: &mut Sink) -> Option<usize> {
        let releases = &self.standard.releases;
        let found = releases.iter().position(|release| release.name == name.value);
        if found.is_none() {
            let known = releases.iter().map(|release| release.name.as_str());
            sink.unknown(UNKNOWN_RELEASE, "release", name, known);
        }
        found
    }

    /// What is changed in a message. Values must fit, unless the verdict is about level 1.
    fn changed(
        &self,
        telling: &Telling,
        found: Found<'_>,
        expected: &[scenario::Expected],
        sink: &mut Sink,
    ) -> Changed {
        let is_schema = |one: &scenario::Expected| {
            one.rule == SCHEMA || self.standard.rule(&one.rule).and_then(|it| it.level) == Some(1)
        };
        let must_fit = !expected.iter().any(is_schema);
        let fields = fields::fields(&telling.fields, found, must_fit, sink);
        Changed { release: found.release.0, message: found.message.0, fields }
    }

    /// The protocol that it is told under, or whether that is whichever recognises a message.
    fn under(&self, block: &Block, sink: &mut Sink) -> (Option<String>, bool) {
        let own = self.protocol.map(|home| home.id.value.clone());
        let named = clause(&block.lines, sink, |clause| match clause {
            ScenarioClause::Under(name) => Some(name),
            _ => None,
        });
        let Some(named) = named else { return (own, false) };
        if named.value == RECOGNISED {
            return (None, true);
        }
        let known = self.standard.protocols.iter().map(|protocol| protocol.name.as_str());
        let known = known.chain([RECOGNISED]);
        if !known.clone().any(|name| name == named.value) {
            sink.unknown(UNKNOWN_PROTOCOL, "protocol", named, known);
        }
        (Some(named.value.clone()), false)
    }

    fn check_rule(&self, code: &Word, sink: &mut Sink) {
        if code.value != SCHEMA && self.declarations.get(BlockKind::Rule, &code.value).is_none() {
            let known = self.declarations.ids(BlockKind::Rule);
            sink.unknown(UNKNOWN_RULE, "regel", code, known);
        }
    }

    fn all_expected(
        &self,
        expected: &[Expected],
        message: &Message,
        sink: &mut Sink,
    ) -> Vec<scenario::Expected> {
        expected.iter().map(|one| self.expected(one, message, sink)).collect()
    }

    fn expected(&self, one: &Expected, message: &Message, sink: &mut Sink) -> scenario::Expected {
        self.check_rule(&one.rule, sink);
        if let Some(path) = &one.path {
            check_end(path, message, sink);
        }
        let path = one.path.as_ref().map(|path| path.value.clone());
        scenario::Expected { rule: one.rule.value.clone(), path }
    }
}

/// The rules that a scenario is about.
fn about<'b>(block: &'b Block, sink: &mut Sink) -> &'b [Word] {
    let about = clause(&block.lines, sink, |clause| match clause {
        ScenarioClause::About(codes) => Some(codes.as_slice()),
        _ => None,
    });
    about.unwrap_or_default()
}

/// The only clause of a scenario that `pick` picks; a second is reported.
fn clause<'b, T>(
    lines: &'b [Line],
    sink: &mut Sink,
    pick: impl Fn(&'b ScenarioClause) -> Option<T>,
) -> Option<T> {
    single(lines, sink, |clause| match clause {
        Clause::Scenario(clause) => pick(clause),
        _ => None,
    })
}

/// Whether a clause, or one under it, could not be read.
fn is_invalid(line: &Line) -> bool {
    line.clause == Clause::Invalid || line.body.iter().any(is_invalid)
}

fn is_dated(line: &Line) -> bool {
    use ScenarioClause::{Fact, Moment, Row};
    matches!(line.clause, Clause::Scenario(Moment(_) | Row(..) | Fact(_)))
}

fn is_of_moment(line: &Line) -> bool {
    matches!(line.clause, Clause::Scenario(ScenarioClause::Outcome(_)))
}

fn nothing_told(block: &Block, sink: &mut Sink) {
    if !has_invalid(block) {
        let title = format!("`{}` stuurt geen bericht, of verwacht er niets van", block.id.value);
        sink.push(Diagnostic::error(MISSING_CLAUSE, title, block.id.span).help(
            "voeg `op 01-04-2026 stuurt gemeente JW301` toe met eronder `verwacht goedgekeurd`, \
             of voor één bericht zonder datum `bericht:` en `verwacht:`",
        ));
    }
}

/// Some element of the message must lie at the end of a path.
fn check_end(path: &Word, message: &Message, sink: &mut Sink) {
    let plain = |name: &str| name.split('[').next().unwrap_or(name).to_owned();
    let names: Vec<_> = path.value.split('/').map(plain).collect();
    let ends = |id: &NodeId| {
        let path = message.path(*id);
        path.len() >= names.len() && path.iter().rev().zip(names.iter().rev()).all(|(a, b)| a == b)
    };
    if !message.ids().any(|id| ends(&id)) {
        let title = format!("geen element van {} ligt op dit pad", message.name);
        sink.error(UNKNOWN_ELEMENT, title, path.span);
    }
}

/// That a part of a scenario means nothing where it stands.
fn misplaced(title: impl Into<String>, span: Span, help: &str, sink: &mut Sink) {
    sink.push(Diagnostic::error(STRUCTURE, title, span).help(help));
}
