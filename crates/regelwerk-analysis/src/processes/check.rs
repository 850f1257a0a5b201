//! A process as a whole: what it reaches, what it can never do, and what it leaves open.

use std::collections::BTreeSet;

use regelwerk_diag::Diagnostic;
use regelwerk_model::Asked;
use regelwerk_model::core::{Cond, RowSource};
use regelwerk_model::dossier::Source;
use regelwerk_model::process::explore::{can_reach, courses};
use regelwerk_model::process::{Course, Event, Process, Trigger};

use crate::check::rows::can_hold;
use crate::codes::{
    BAD_COURSE, BAD_STATES, DEAD_TRANSITION, NEVER_ALLOWED, NO_END, NO_WAY_OUT, NOT_BESIDE,
    TWO_OPEN, UNREACHABLE,
};
use crate::page::{Home, Page};
use crate::rows::Book;
use crate::sink::Sink;

/// Everything that can be said of a process that was read without a fault.
pub(super) fn check(process: &Process, all: &[Process], book: &Book<'_>, sink: &mut Sink) {
    let sources = book.read(|dossier| dossier.sources.clone());
    let courses = courses(process, |_| true);
    states(process, &courses, sink);
    events(process, &sources, book, sink);
    eventually(process, &courses, sink);
    never(process, sink);
    examples(process, sink);
    beside(process, all, book, sink);
}

/// The names of events in order: `toewijzing, start`.
fn told(process: &Process, events: &[usize]) -> String {
    let names = events.iter().filter_map(|event| process.events.get(*event));
    let names: Vec<_> = names.map(|event| event.name.as_str()).collect();
    names.join(", ")
}

fn states(process: &Process, courses: &[Option<Vec<usize>>], sink: &mut Sink) {
    for ((at, state), course) in process.states.iter().enumerate().zip(courses) {
        let name = &state.name;
        let leaves = process.transitions.iter().find(|one| one.from == at);
        let fault = match (course, leaves, state.is_end) {
            (None, ..) => Some((
                UNREACHABLE,
                format!("`{name}` wordt nooit bereikt"),
                "voeg een overgang ernaartoe toe, of haal de toestand weg",
            )),
            (_, None, false) => Some((
                NO_WAY_OUT,
                format!("uit `{name}` gaat niets meer weg"),
                "zet er `(eind)` achter als dat zo hoort, of voeg een overgang toe",
            )),
            (_, Some(_), true) => Some((
                BAD_STATES,
                format!("`{name}` is een eind, maar er is een overgang uit"),
                "haal `(eind)` weg, of de overgang",
            )),
            _ => None,
        };
        if let Some((code, title, help)) = fault {
            sink.push(Diagnostic::error(code, title, state.span).help(help));
        }
    }
}

/// Of an event that changes nothing.
pub(crate) const PAGE: Page = Page {
    code: DEAD_TRANSITION,
    name: "verandert-niets",
    what: "Een gebeurtenis van een proces waar geen overgang bij hoort.",
    wrong: "\
proces recht \"Van recht tot einde\"
  bron:        verzonnen
  sleutel:     Nummer
  rollen:      gemeente
  toestanden:  geen (begin), open (eind)
  gebeurtenis gunning:   PC01 / Recht van gemeente als Soort = 01
  gebeurtenis intrekking: PC01 / Recht van gemeente als Soort = 13
  van geen naar open  bij gunning
  voorbeeld goed: gunning dan open
  voorbeeld fout: gunning, gunning",
    better: "\
proces recht \"Van recht tot einde\"
  bron:        verzonnen
  sleutel:     Nummer
  rollen:      gemeente
  toestanden:  geen (begin), open, weg (eind)
  gebeurtenis gunning:   PC01 / Recht van gemeente als Soort = 01
  gebeurtenis intrekking: PC01 / Recht van gemeente als Soort = 13
  van geen naar open  bij gunning
  van open naar weg   bij intrekking
  voorbeeld goed: gunning dan open
  voorbeeld fout: gunning, gunning",
    why: "De gebeurtenis staat er omdat er iets door verandert. Gebeurt er niets, dan is er een \
          overgang vergeten, of is de gebeurtenis er niet een van dit proces.",
    home: Home::Standard,
};

/// Events that change nothing, that cannot happen, or of which two can happen at once.
fn events(process: &Process, sources: &[Source], book: &Book<'_>, sink: &mut Sink) {
    for (at, event) in process.events.iter().enumerate() {
        if process.transitions.iter().all(|one| one.event != at) {
            let title = format!("`{}` verandert nergens iets", event.name);
            sink.push(
                PAGE.warning(title, event.span)
                    .help("voeg er een overgang bij toe, of haal de gebeurtenis weg"),
            );
        }
        let is_dead = |trigger: &Trigger| {
            let source = trigger.source().and_then(|at| sources.get(at));
            source.is_some_and(|source| can_hold(&trigger.cond, source, book) == Some(false))
        };
        if event.triggers.iter().any(is_dead) {
            let title = format!("`{}` kan nooit gebeuren: de voorwaarde is nooit waar", event.name);
            sink.push(
                Diagnostic::error(DEAD_TRANSITION, title, event.span)
                    .help("verbeter de voorwaarde, of haal de gebeurtenis en haar overgangen weg"),
            );
        }
        for earlier in process.events.iter().take(at) {
            if are_together(earlier, event, sources, book) {
                let title = format!(
                    "op één bericht kunnen `{}` en `{}` samen gebeuren",
                    earlier.name, event.name
                );
                sink.push(
                    Diagnostic::error(TWO_OPEN, title, event.span)
                        .related(earlier.span, "hier staat de eerste")
                        .help("zet in de voorwaarde van de een dat die van de ander niet waar is"),
                );
            }
        }
    }
}

/// Whether two events can happen with one row at one time.
fn are_together(one: &Event, other: &Event, sources: &[Source], book: &Book<'_>) -> bool {
    let is_one_time =
        one.moment == other.moment || (!one.moment.is_reply() && !other.moment.is_reply());
    let both = one.triggers.iter().flat_map(|a| other.triggers.iter().map(move |b| (a, b)));
    is_one_time
        && both.filter(|(a, b)| a.rows == b.rows).any(|(a, b)| {
            let both = Cond::All(vec![a.cond.clone(), b.cond.clone()]);
            let source = a.source().and_then(|at| sources.get(at));
            source.is_some_and(|source| can_hold(&both, source, book) == Some(true))
        })
}

fn eventually(process: &Process, courses: &[Option<Vec<usize>>], sink: &mut Sink) {
    if process.eventually.is_empty() {
        return;
    }
    let names = process.eventually.iter().filter_map(|at| process.states.get(*at));
    let names: Vec<_> = names.map(|state| format!("`{}`", state.name)).collect();
    let reached = courses.iter().enumerate().filter(|(_, course)| course.is_some());
    for (at, _) in reached {
        let Some(state) = process.states.get(at) else { continue };
        if !can_reach(process, at, &process.eventually) {
            let title =
                format!("uit `{}` is {} niet meer te bereiken", state.name, names.join(" of "));
            sink.push(
                Diagnostic::error(NO_END, title, state.span)
                    .help("voeg een overgang toe, of verbeter `uiteindelijk:`"),
            );
        }
    }
}

fn never(process: &Process, sink: &mut Sink) {
    for never in &process.never {
        let courses = courses(process, |event| event != never.without);
        for event in &never.events {
            let open = courses.iter().enumerate().find_map(|(state, course)| {
                let course = course.as_ref()?;
                process.next(state, *event)?;
                Some(course.iter().chain([event]).copied().collect::<Vec<_>>())
            });
            if let Some(course) = open {
                let title = format!("dit kan wel: {}", told(process, &course));
                sink.push(
                    Diagnostic::error(NEVER_ALLOWED, title, never.span)
                        .help("haal een van deze overgangen weg, of verbeter `nooit:`"),
                );
            }
        }
    }
}

fn examples(process: &Process, sink: &mut Sink) {
    for example in &process.examples {
        let Some(title) = fault(process, example) else { continue };
        sink.push(
            Diagnostic::error(BAD_COURSE, title, example.span)
                .help("verbeter het voorbeeld of de overgangen"),
        );
    }
}

/// Why a course is not as its example says.
fn fault(process: &Process, example: &Course) -> Option<String> {
    let name = |state: usize| process.states.get(state).map_or("", |state| &state.name);
    match (process.follow(&example.events), example.ends_in) {
        (Ok(state), Some(wanted)) if state == wanted => None,
        (Err(_), None) => None,
        (Ok(state), Some(_)) => Some(format!("dit verloop eindigt in `{}`", name(state))),
        (Ok(state), None) => Some(format!("dit verloop kan, en eindigt in `{}`", name(state))),
        (Err(at), Some(_)) => {
            let (before, rest) = example.events.split_at_checked(at)?;
            let event = process.events.get(*rest.first()?)?;
            let state = name(process.run(before));
            Some(format!("uit `{state}` is er bij `{}` geen overgang", event.name))
        }
    }
}

/// Two processes beside each other: no event of the one asks for rows of the other. Rows of which
/// events of both happen are its own.
fn beside(process: &Process, all: &[Process], book: &Book<'_>, sink: &mut Sink) {
    for beside in &process.beside {
        let Some(other) = all.iter().find(|one| one.name == beside.process) else { continue };
        for (one, waited) in [(process, other), (other, process)] {
            let Some(event) = waits(one, waited, book) else { continue };
            let title = format!("`{}` wacht op proces `{}`", event.name, waited.name);
            sink.push(
                Diagnostic::error(NOT_BESIDE, title, event.span).help(
                    "wat naast elkaar loopt, zoekt niet naar berichten van de ander; haal dat uit de voorwaarde, of haal `naast:` weg",
                ),
            );
        }
    }
}

/// The first event of a process that asks for rows of which only events of another happen.
fn waits<'p>(process: &'p Process, other: &Process, book: &Book<'_>) -> Option<&'p Event> {
    let (own, theirs) = (sources(process), sources(other));
    let asks = |event: &&Event| {
        let mut asked = event.triggers.iter().flat_map(|trigger| asked(&trigger.cond, book));
        asked.any(|source| theirs.contains(&source) && !own.contains(&source))
    };
    process.events.iter().find(asks)
}

/// Of which rows the events of a process happen.
fn sources(process: &Process) -> BTreeSet<usize> {
    let triggers = process.events.iter().flat_map(|event| &event.triggers);
    triggers.filter_map(Trigger::source).collect()
}

/// For rows of which sources a condition asks, itself or by the views in it.
fn asked(cond: &Cond, book: &Book<'_>) -> BTreeSet<usize> {
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let rows = |cond: &Cond| Asked::by_cond(cond).rows.iter().map(|rows| rows.source).collect();
    let mut next: Vec<RowSource> = rows(cond);
    while let Some(source) = next.pop() {
        match source {
            RowSource::Earlier(at) | RowSource::Later(at) => _ = found.insert(at),
            RowSource::View(at) if seen.insert(at) => book.read(|all| {
                let Some(view) = all.views.get(at) else { return };
                found.insert(view.source);
                next.extend(rows(&view.cond));
            }),
            RowSource::View(_) | RowSource::Table(_) | RowSource::Fact(_) => {}
        }
    }
    found
}
