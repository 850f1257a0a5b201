//! What came of a scenario that is played, as a text to look at.

use std::fmt::Write;

use regelwerk::{Lang, Reason, Report};
use regelwerk_compiler::emit::{Made, Play, Sent};
use regelwerk_compiler::model::Message;
use regelwerk_compiler::model::scenario::{Changed, Dated, Moment, Told};
use regelwerk_kernel::Standard;
use regelwerk_play::{Miss, Played, Scene, context, date, misses, play};

use super::standing::{self, States};
use super::{Outcome, verdict};

/// A standard, as the compiler knows it.
type Model = regelwerk_compiler::model::Standard;

/// Plays a scenario.
pub(crate) fn outcome(one: &Play<'_>, model: &Model, library: &'static Standard) -> Outcome {
    let told = &one.scenario.told;
    let played = play(told, &one.sent, library, &context(one.scenario, library));
    let wrong = misses(one.scenario, &played).iter().map(|miss| missed(miss, told)).collect();
    let text = match told {
        Told::Single(..) => {
            let reports = played.scenes.iter().filter_map(Scene::report);
            reports.map(|report| format!("  {}\n", verdict(report))).collect()
        }
        Told::Dated(dated) => Timeline { model, dated, sent: &one.sent, played: &played }.text(),
    };
    Outcome { text, wrong }
}

/// What is not as it must be, and when.
fn missed(miss: &Miss, told: &Told) -> String {
    let what = miss.kind.text(Lang::Nl);
    match (told, miss.moment) {
        (Told::Dated(dated), Some(at)) => {
            format!("op {}: {what}", date(dated.moments[at].on).written())
        }
        _ => what,
    }
}

/// A scenario that was played.
struct Timeline<'p> {
    model: &'p Model,
    dated: &'p Dated,
    sent: &'p [Option<Sent>],
    played: &'p Played,
}

impl Timeline<'_> {
    /// Every moment, and the terms in the end.
    fn text(&self) -> String {
        let (mut text, mut before) = (String::new(), States::new());
        for (at, scene) in self.played.scenes.iter().enumerate() {
            text += &self.moment(at, scene);
            let states = standing::states(scene);
            for line in standing::changes(&before, &states) {
                write!(text, "\n    {line}").unwrap();
            }
            text.push('\n');
            before = states;
        }
        for term in self.played.scenes.last().iter().flat_map(|last| &last.terms) {
            writeln!(text, "  {}", standing::told(term)).unwrap();
        }
        text
    }

    fn moment(&self, at: usize, scene: &Scene) -> String {
        let moment = &self.dated.moments[at];
        let Moment { on, received, .. } = *moment;
        let mut text = format!("  {}", date(on).written());
        if received != on {
            write!(text, " (ontvangen {})", date(received).written()).unwrap();
        }
        if let (Some(report), Some(sending)) = (scene.report(), &moment.sending) {
            let message = self.message(&sending.message);
            let Message { name, sender, receiver, .. } = message;
            let number = report.number.map_or("-".to_owned(), |number| number.to_string());
            write!(text, " {number}. {name} van {sender} aan {receiver}: ").unwrap();
            text += &verdict(report);
            for line in self.remarks(self.sent[at].as_ref(), report) {
                write!(text, "\n    {line}").unwrap();
            }
        }
        text
    }

    fn message(&self, changed: &Changed) -> &Message {
        &self.model.releases[changed.release].messages[changed.message]
    }

    /// What else there is to tell of a message.
    fn remarks(&self, sent: Option<&Sent>, report: &Report) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(Sent::Message(made)) = sent {
            lines.extend(self.taken_over(made));
        }
        for change in &report.changes {
            lines.push(change.text(Lang::Nl));
        }
        for gap in &report.not_assessed {
            let rules =
                gap.rules.iter().map(|code| format!(" {code}")).collect::<Vec<_>>().join(",");
            let is_told = !matches!(gap.reason, Reason::LevelFailed(_) | Reason::NotYet);
            lines.extend(
                is_told.then(|| format!("niet beoordeeld:{rules} ({})", gap.reason.text(Lang::Nl))),
            );
        }
        lines
    }

    /// What a message has from those before it.
    fn taken_over(&self, made: &Made) -> Option<String> {
        let copied = made.copied.and_then(|from| self.played.scenes.get(from)?.number());
        let copied = copied.map(|from| format!("als {from}"));
        let carried = made.carried.iter().map(|one| {
            let name = one.path.iter().skip(one.path.len().saturating_sub(2));
            let name: Vec<_> = name.map(String::as_str).collect();
            format!("{} {}", name.join("."), one.value.as_deref().unwrap_or("leeg"))
        });
        let all: Vec<_> = copied.into_iter().chain(carried).collect();
        (!all.is_empty()).then(|| format!("overgenomen: {}", all.join(", ")))
    }
}
