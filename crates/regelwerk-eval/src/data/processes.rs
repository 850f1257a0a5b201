//! Processes.

use regelwerk_compiler::emit::{Stories, says};
use regelwerk_compiler::model::plan::narrow;
use regelwerk_compiler::model::process::{self, Process, explore};
use regelwerk_kernel::standard::{EventDef, Moment, ProcessDef, Story, TransitionDef, Trigger};

use crate::keep;
use crate::maker::Maker;

impl Maker<'_> {
    /// The processes of the standard and of its protocols.
    pub(crate) fn processes(&self) -> &'static [ProcessDef] {
        let all = self.standard.dossier.processes.iter().enumerate();
        keep::list(all.map(|(at, process)| self.process(at, process)))
    }

    fn process(&self, at: usize, process: &Process) -> ProcessDef {
        let Stories { swaps, losses, swapped, lost } = Stories::of(process, self.standard);
        let ends = (0..).zip(&process.states).filter(|(_, state)| state.is_end);
        let triggers = process.triggers().enumerate();
        let triggers = triggers.map(|(number, (event, trigger))| Trigger {
            event: small(event),
            source: self.plan.source(trigger.rows),
            key: keep::list(trigger.key.iter().map(|column| narrow(*column))),
            when: self.trigger((at, number), trigger),
        });
        ProcessDef {
            name: keep::text(&process.name),
            title: keep::text(&process.title),
            sources: keep::texts(&process.sources),
            readings: keep::texts(&process.readings),
            protocol: self.standard.protocol_of(process).map(narrow),
            is_across: process.is_across,
            key: keep::texts(&process.key),
            states: keep::texts(process.states.iter().map(|state| &state.name)),
            initial: small(process.initial),
            ends: keep::list(ends.map(|(at, _)| small(at))),
            events: keep::list(process.events.iter().map(|event| self.event(event))),
            triggers: keep::list(triggers),
            transitions: keep::list(process.transitions.iter().map(transition)),
            next: self.next(at, process),
            swaps: stories(&swaps),
            losses: stories(&losses),
            swapped: keep::text(&swapped),
            lost: keep::text(&lost),
            file: keep::text(&self.sources.place(process.span.source)),
            line: self.sources.position(process.span).line,
        }
    }

    fn event(&self, event: &process::Event) -> EventDef {
        EventDef {
            name: keep::text(&event.name),
            says: keep::text(&says(event.span, self.sources)),
            moment: match event.moment {
                process::Moment::Arrival => Moment::Arrival,
                process::Moment::Sending => Moment::Sending,
                process::Moment::Approval => Moment::Approval,
                process::Moment::Rejection => Moment::Rejection,
            },
            looks_around: event.looks_around,
        }
    }
}

fn transition(one: &process::Transition) -> TransitionDef {
    TransitionDef {
        from: small(one.from),
        event: small(one.event),
        to: small(one.to),
        rules: keep::texts(&one.rules),
    }
}

fn stories(all: &[explore::Story]) -> &'static [Story] {
    let events = |events: &[usize]| keep::list(events.iter().map(|event| small(*event)));
    keep::list(all.iter().map(|story| Story {
        meant: events(&story.meant),
        instead: events(&story.instead),
        meant_state: small(story.meant_state),
        state: small(story.state),
    }))
}

/// A number as the kernel holds it; the analysis allows no more than fit.
pub(crate) fn small(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}
