//! Blocks `proces`: states, events and transitions, and what can be said of the whole.

mod check;
mod events;

pub(crate) use check::PAGE;

use regelwerk_diag::{Diagnostic, Span};
use regelwerk_model::process::{Beside, Course, Event, Never, Process, State, Transition};
use regelwerk_syntax::ast::{
    self, Block, BlockKind, Clause, Dotted, ProcessClause, StateMark, Word,
};

use crate::codes::{
    BAD_IDENTITY, BAD_STATES, DUPLICATE, MISSING_CLAUSE, TOO_MUCH, TWO_OPEN, UNKNOWN_PART,
    UNKNOWN_RULE, UNTESTED,
};
use crate::collect::{Declarations, has_invalid, required, single, sources, texts};
use crate::demands::demands;
use crate::rows::Book;
use crate::sink::Sink;
use crate::vocabulary::Vocabulary;

/// More states than a person can follow; the check goes through all of them.
const MOST_STATES: usize = 24;
/// More events than a person can follow.
const MOST_EVENTS: usize = 40;

/// The processes of a standard or of a protocol over it, after those that there are already; each
/// in order of name.
pub(crate) fn processes(
    declarations: &Declarations<'_>,
    book: &Book<'_>,
    words: &Vocabulary,
    sink: &mut Sink,
) {
    let blocks = declarations.of(BlockKind::Process);
    let read = |block| Reader { block, declarations, book, words }.process(sink);
    let own: Vec<_> = blocks.filter_map(read).collect();
    book.write(|all| all.processes.extend(own.iter().cloned()));
    let all = book.read(|all| all.processes.clone());
    for process in own.iter().filter(|one| sink.is_sound(one.span)).collect::<Vec<_>>() {
        check::check(process, &all, book, sink);
    }
}

/// Reads one block.
struct Reader<'a> {
    block: &'a Block,
    declarations: &'a Declarations<'a>,
    book: &'a Book<'a>,
    words: &'a Vocabulary,
}

/// What a process names, and how its names are looked up.
struct Names<'n> {
    states: Vec<&'n str>,
    events: Vec<&'n str>,
}

impl Names<'_> {
    fn state(&self, word: &Word, sink: &mut Sink) -> Option<usize> {
        place_of("toestand", word, &self.states, sink)
    }

    fn event(&self, word: &Word, sink: &mut Sink) -> Option<usize> {
        place_of("gebeurtenis", word, &self.events, sink)
    }

    fn events(&self, words: &[Word], sink: &mut Sink) -> Option<Vec<usize>> {
        let all: Vec<_> = words.iter().map(|word| self.event(word, sink)).collect();
        all.into_iter().collect()
    }
}

fn place_of(what: &str, word: &Word, known: &[&str], sink: &mut Sink) -> Option<usize> {
    let found = known.iter().position(|name| *name == word.value);
    if found.is_none() {
        sink.unknown(UNKNOWN_PART, what, word, known.iter().copied());
    }
    found
}

impl<'a> Reader<'a> {
    fn process(&self, sink: &mut Sink) -> Option<Process> {
        let key = self.key(sink);
        let states = self.states(sink);
        let roles = single(
            &self.block.lines,
            sink,
            pick(|clause| match clause {
                ProcessClause::Roles(roles) => Some(roles.as_slice()),
                _ => None,
            }),
        );
        let roles = roles.unwrap_or_default();
        let events = self.events(key.unwrap_or_default(), roles, sink);
        let (states, initial) = states?;
        let said: Vec<_> = self.said_events().map(|(event, _)| event.name.value.as_str()).collect();
        let names =
            Names { states: states.iter().map(|one| one.name.as_str()).collect(), events: said };
        let process = Process {
            name: self.block.id.value.clone(),
            title: self.block.title.value.clone(),
            sources: sources(self.block),
            readings: texts(&self.block.lines, |clause| match clause {
                Clause::Reading(text) => Some(text),
                _ => None,
            }),
            protocol: self.words.is_protocol.then(|| self.declarations.home.id.value.clone()),
            key: key?.iter().map(written).collect(),
            is_across: self.is_across(),
            roles: roles.iter().map(|role| role.value.clone()).collect(),
            initial,
            transitions: self.transitions(&names, sink),
            never: self.never(&names, sink),
            eventually: self.eventually(&names, sink),
            beside: self.beside(sink),
            examples: self.examples(&names, sink),
            demands: demands(&self.block.lines),
            events: events?,
            states,
            span: self.block.span,
        };
        self.is_whole(&process, sink).then_some(process)
    }

    /// A process without transitions is none; one without examples nobody has tried.
    fn is_whole(&self, process: &Process, sink: &mut Sink) -> bool {
        let id = &self.block.id;
        if process.transitions.is_empty() {
            if !has_invalid(self.block) {
                let title = format!("`{}` heeft geen overgang", id.value);
                sink.push(
                    Diagnostic::error(MISSING_CLAUSE, title, id.span)
                        .help("voeg toe: `van TOESTAND naar TOESTAND bij GEBEURTENIS`"),
                );
            }
            return false;
        }
        let has = |is_good| process.examples.iter().any(|one| one.ends_in.is_some() == is_good);
        let is_tried = [true, false].into_iter().all(has);
        if !is_tried && !has_invalid(self.block) {
            let title =
                format!("`{}` heeft geen voorbeeld dat goed is en een dat fout is", id.value);
            sink.push(
                Diagnostic::warning(UNTESTED, title, id.span)
                    .help("`voorbeeld goed: A, B dan TOESTAND` is een verloop, `voorbeeld fout: B, A` is er geen"),
            );
        }
        true
    }

    fn clauses(&self) -> impl Iterator<Item = (&'a ProcessClause, Span)> {
        self.block.lines.iter().filter_map(|line| match &line.clause {
            Clause::Process(clause) => Some((clause, line.span)),
            _ => None,
        })
    }

    fn is_across(&self) -> bool {
        self.clauses().any(|(clause, _)| *clause == ProcessClause::Across)
    }

    fn key(&self, sink: &mut Sink) -> Option<&'a [Dotted]> {
        required(
            self.block,
            "sleutel:",
            sink,
            pick(|clause| match clause {
                ProcessClause::Key(key) => Some(key.as_slice()),
                _ => None,
            }),
        )
    }

    /// The states, and where it begins.
    fn states(&self, sink: &mut Sink) -> Option<(Vec<State>, usize)> {
        let said = required(
            self.block,
            "toestanden:",
            sink,
            pick(|clause| match clause {
                ProcessClause::States(states) => Some(states.as_slice()),
                _ => None,
            }),
        )?;
        if said.len() > MOST_STATES {
            let title = format!("een proces heeft hoogstens {MOST_STATES} toestanden");
            let help = "verdeel het over meer processen, of laat weg wat niets verandert";
            sink.fault(TOO_MUCH, title, self.block.id.span, help);
            return None;
        }
        let words: Vec<_> = said.iter().map(|state| &state.name).collect();
        check_names(&words, sink)?;
        let is =
            |state: &ast::State, mark| state.mark.as_ref().is_some_and(|one| one.value == mark);
        let mut begins = (0..).zip(said).filter(|(_, state)| is(state, StateMark::Initial));
        let (Some((initial, _)), None) = (begins.next(), begins.next()) else {
            let title = "een proces begint in precies één toestand";
            sink.push(
                Diagnostic::error(BAD_STATES, title, self.block.id.span)
                    .help("zet `(begin)` achter één toestand"),
            );
            return None;
        };
        let state = |state: &ast::State| State {
            name: state.name.value.clone(),
            is_end: is(state, StateMark::End),
            span: state.name.span,
        };
        Some((said.iter().map(state).collect(), initial))
    }

    fn said_events(&self) -> impl Iterator<Item = (&'a ast::Event, Span)> {
        self.clauses().filter_map(|(clause, span)| match clause {
            ProcessClause::Event(event) => Some((event.as_ref(), span)),
            _ => None,
        })
    }

    fn events(&self, key: &[Dotted], roles: &[Word], sink: &mut Sink) -> Option<Vec<Event>> {
        let said: Vec<_> = self.said_events().map(|(event, _)| event).collect();
        if said.len() > MOST_EVENTS {
            let title = format!("een proces heeft hoogstens {MOST_EVENTS} gebeurtenissen");
            let help = "verdeel het over meer processen, of voeg gebeurtenissen samen";
            sink.fault(TOO_MUCH, title, self.block.id.span, help);
            return None;
        }
        check_names(&said.iter().map(|event| &event.name).collect::<Vec<_>>(), sink)?;
        let (book, words, is_across) = (self.book, self.words, self.is_across());
        let ground = events::Ground { key, roles, is_across, book, words };
        // All are read before one that failed ends it, so that each is reported.
        let events: Vec<_> = said.iter().map(|event| ground.event(event, sink)).collect();
        events.into_iter().collect()
    }

    fn transitions(&self, names: &Names<'_>, sink: &mut Sink) -> Vec<Transition> {
        let mut transitions: Vec<Transition> = Vec::new();
        for (clause, span) in self.clauses() {
            let ProcessClause::Transition(said) = clause else { continue };
            let rules = self.rules(&said.rules, sink);
            let (to, event) = (names.state(&said.to, sink), names.event(&said.event, sink));
            for word in &said.from {
                let Some((from, (to, event))) = names.state(word, sink).zip(to.zip(event)) else {
                    continue;
                };
                let known = transitions.iter().find(|one| one.from == from && one.event == event);
                match known {
                    Some(known) => sink.push(opened_twice(word, &said.event, span, known.span)),
                    None => {
                        let rules = rules.clone();
                        transitions.push(Transition { from, event, to, rules, span });
                    }
                }
            }
        }
        transitions
    }

    fn never(&self, names: &Names<'_>, sink: &mut Sink) -> Vec<Never> {
        let said = self.clauses().filter_map(|(clause, span)| match clause {
            ProcessClause::Never(never) => Some((never, span)),
            _ => None,
        });
        said.filter_map(|(never, span)| {
            let rules = self.rules(&never.rules, sink);
            let (events, without) =
                (names.events(&never.events, sink), names.event(&never.without, sink));
            Some(Never { events: events?, without: without?, rules, span })
        })
        .collect()
    }

    fn eventually(&self, names: &Names<'_>, sink: &mut Sink) -> Vec<usize> {
        let said = single(
            &self.block.lines,
            sink,
            pick(|clause| match clause {
                ProcessClause::Eventually(states) => Some(states.as_slice()),
                _ => None,
            }),
        );
        let said = said.unwrap_or_default();
        said.iter().filter_map(|word| names.state(word, sink)).collect()
    }

    fn beside(&self, sink: &mut Sink) -> Vec<Beside> {
        let mut beside = Vec::new();
        for (clause, _) in self.clauses() {
            let ProcessClause::Beside(word, rules) = clause else { continue };
            if word.value == self.block.id.value
                || self.declarations.get(BlockKind::Process, &word.value).is_none()
            {
                let known = self.declarations.ids(BlockKind::Process);
                let others = known.filter(|name| *name != self.block.id.value);
                sink.unknown(UNKNOWN_PART, "ander proces", word, others);
            }
            beside.push(Beside { process: word.value.clone(), rules: self.rules(rules, sink) });
        }
        beside
    }

    fn examples(&self, names: &Names<'_>, sink: &mut Sink) -> Vec<Course> {
        let mut examples = Vec::new();
        for (clause, span) in self.clauses() {
            let ProcessClause::Course(course) = clause else { continue };
            let state = course.state.as_ref().map(|word| names.state(word, sink));
            let Some(events) = names.events(&course.events, sink) else { continue };
            // The state of a good example that does not exist has been reported.
            if state != Some(None) {
                examples.push(Course { events, ends_in: state.flatten(), span });
            }
        }
        examples
    }

    /// The codes of rules that exist.
    fn rules(&self, words: &[Word], sink: &mut Sink) -> Vec<String> {
        for word in words {
            if self.declarations.get(BlockKind::Rule, &word.value).is_none() {
                sink.unknown(UNKNOWN_RULE, "regel", word, self.declarations.ids(BlockKind::Rule));
            }
        }
        words.iter().map(|word| word.value.clone()).collect()
    }
}

/// Picks from the clauses of a process.
fn pick<'b, T>(pick: impl Fn(&'b ProcessClause) -> Option<T>) -> impl Fn(&'b Clause) -> Option<T> {
    move |clause| match clause {
        Clause::Process(clause) => pick(clause),
        _ => None,
    }
}

/// Names that can be said, and that a library can be made of; no two alike.
fn check_names(words: &[&Word], sink: &mut Sink) -> Option<()> {
    for (at, word) in words.iter().enumerate() {
        let name = word.value.as_str();
        let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let fits = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_sign);
        if !fits || name.ends_with('-') || name.contains("--") {
            sink.push(
                Diagnostic::error(
                    BAD_IDENTITY,
                    format!("`{name}` kan hier geen naam zijn"),
                    word.span,
                )
                .help("gebruik kleine letters en cijfers, met streepjes ertussen: tijdelijke-stop"),
            );
            return None;
        }
        if let Some(first) = words.iter().take(at).find(|first| first.value == name) {
            sink.push(
                Diagnostic::error(DUPLICATE, format!("`{name}` is er al"), word.span)
                    .related(first.span, "hier staat het eerste")
                    .help("laat er een weg, of geef ze elk een eigen naam"),
            );
            return None;
        }
    }
    Some(())
}

fn opened_twice(from: &Word, event: &Word, span: Span, first: Span) -> Diagnostic {
    let (from, event) = (&from.value, &event.value);
    let title = format!("uit `{from}` is er bij `{event}` al een overgang");
    Diagnostic::error(TWO_OPEN, title, span)
        .related(first, "hier staat de eerste")
        .help("laat er een weg, of maak er met `als` twee gebeurtenissen van")
}

fn written(path: &Dotted) -> String {
    let names: Vec<_> = path.steps.iter().map(|step| step.name.value.as_str()).collect();
    names.join(".")
}
