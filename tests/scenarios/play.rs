//! Playing a scenario: what is sent is received in a dossier, and what comes of it is told.

use std::fmt::Write;

use regelwerk::{
    ChangeKind, Context, Date, Dossier, Lang, MessageNo, ProtocolChoice, Reason, Report, Severity,
};
use regelwerk_compiler::emit::{Made, Play, Sent};
use regelwerk_compiler::model::Message;
use regelwerk_compiler::model::scenario::{self, Dated, Moment, Standing, Told};
use regelwerk_kernel::Standard;

use super::standing::{self, States};
use super::{Outcome, is_at, misses, reply, verdict, with};

/// A standard, as the compiler knows it.
type Model = regelwerk_compiler::model::Standard;

/// Plays a scenario.
pub(crate) fn outcome(play: &Play<'_>, model: &Model, library: &'static Standard) -> Outcome {
    let choice = play.scenario.protocol.clone().map(ProtocolChoice::Named);
    let context = Context::new(vec![library]).protocol(choice.unwrap_or_default());
    match (&play.scenario.told, play.sent.as_slice()) {
        (Told::Single(_, expected), [Some(Sent::Message(message))]) => {
            let report = regelwerk::validate(message.xml.as_bytes(), &context);
            let text = format!("  {}\n", verdict(&report));
            Outcome { text, wrong: misses(&report, expected) }
        }
        (Told::Dated(dated), sent) => {
            let dossier = Dossier::new(library).context(context.remarks(true));
            let mut stage = Stage::new(model, dossier);
            stage.play(dated, sent);
            if let Some(last) = dated.moments.last() {
                for term in standing::terms(&stage.dossier, date(last.received)) {
                    writeln!(stage.outcome.text, "  {term}").unwrap();
                }
            }
            stage.outcome
        }
        (told, _) => {
            Outcome { text: String::new(), wrong: vec![format!("niet te spelen: {told:?}")] }
        }
    }
}

/// The messages of a scenario, each with the day on which it is received.
pub(crate) fn texts(
    play: &Play<'_>,
    model: &Model,
    library: &'static Standard,
) -> Vec<(String, Date)> {
    let Told::Dated(dated) = &play.scenario.told else { return Vec::new() };
    let mut stage = Stage::new(model, Dossier::new(library));
    stage.play(dated, &play.sent);
    let received = dated.moments.iter().map(|moment| date(moment.received));
    let sent = stage.sent.into_iter().zip(received);
    sent.filter_map(|(sent, day)| Some((sent?.0, day))).collect()
}

/// A scenario that is played.
struct Stage<'p> {
    model: &'p Model,
    dossier: Dossier,
    /// What was sent at each moment, with its report; nothing where one only looked.
    sent: Vec<Option<(String, Report)>>,
    /// How things stood after the last moment.
    states: States,
    outcome: Outcome,
}

pub(crate) fn date(day: chrono::NaiveDate) -> Date {
    use chrono::Datelike;
    Date::new(day.year(), day.month(), day.day()).unwrap()
}

fn shown(day: chrono::NaiveDate) -> String {
    day.format("%d-%m-%Y").to_string()
}

impl<'p> Stage<'p> {
    fn new(model: &'p Model, dossier: Dossier) -> Self {
        let (sent, states, outcome) = (Vec::new(), States::new(), Outcome::default());
        Self { model, dossier, sent, states, outcome }
    }

    fn play(&mut self, dated: &Dated, sent: &[Option<Sent>]) {
        self.supply(dated);
        for (moment, sent) in dated.moments.iter().zip(sent) {
            self.moment(moment, sent.as_ref());
        }
    }

    fn supply(&mut self, dated: &Dated) {
        for table in &dated.tables {
            let supplied = self.dossier.supply(&table.table, &table.columns, &table.rows);
            let wrong = supplied.err().map(|why| format!("tabel {}: {why:?}", table.table));
            self.outcome.wrong.extend(wrong);
        }
        for fact in &dated.facts {
            let told = self.dossier.state_fact(&fact.name, date(fact.on), &fact.key, &fact.value);
            let wrong = told.err().map(|why| format!("{} {}: {why:?}", fact.name, fact.key));
            self.outcome.wrong.extend(wrong);
        }
    }

    fn moment(&mut self, moment: &Moment, sent: Option<&Sent>) {
        let text = sent.map(|sent| match sent {
            Sent::Message(made) => made.xml.replace('\n', "\r\n"),
            Sent::Reply(replied) => {
                let (asked, report) = self.sent[replied.to].as_ref().unwrap();
                let context = Context::new(vec![self.dossier.standard()]);
                reply::compose(asked, report, replied, date(moment.on), &context)
            }
        });
        let report = text
            .as_ref()
            .map(|text| self.dossier.receive(text.as_bytes(), Some(date(moment.received))));
        self.tell(moment, sent, report.as_ref());
        let wrong: Vec<_> = moment
            .outcomes
            .iter()
            .flat_map(|one| self.wrong(one, moment, report.as_ref()))
            .collect();
        let unasked = report.iter().flat_map(|report| self.unasked(report, moment));
        let wrong: Vec<_> = wrong.into_iter().chain(unasked).collect();
        let on = shown(moment.on);
        self.outcome.wrong.extend(wrong.into_iter().map(|what| format!("op {on}: {what}")));
        self.sent.push(text.zip(report));
    }

    /// What is not as it must be.
    fn wrong(
        &self,
        outcome: &scenario::Outcome,
        moment: &Moment,
        report: Option<&Report>,
    ) -> Vec<String> {
        use scenario::Outcome::{Mended, Remark, State, Term, Unassessed, Verdict};
        match (outcome, report) {
            (Verdict(expected), Some(report)) => misses(report, expected),
            (Unassessed(codes), Some(report)) => {
                let is_open = |code: &&String| {
                    report.not_assessed.iter().any(|gap| gap.rules.contains(&code.as_str()))
                };
                let assessed = codes.iter().filter(|code| !is_open(code));
                assessed.map(|code| format!("{code} is beoordeeld")).collect()
            }
            (Remark(expected), Some(report)) => {
                let is_there = with(report, Severity::Remark).any(|one| is_at(one, expected));
                let missing = format!("geen opmerking {} {:?}", expected.rule, expected.path);
                if is_there { Vec::new() } else { vec![missing] }
            }
            (Mended(at), Some(report)) => {
                let is_mended = mended(report).any(|number| Some(number) == self.number(*at));
                let missing = format!("bericht {:?} is niet alsnog goed", self.number(*at));
                if is_mended { Vec::new() } else { vec![missing] }
            }
            (State { process, key, state }, _) => {
                let number = report.and_then(|report| report.number);
                let meant = (process.as_str(), key.as_deref(), state.as_str());
                standing::no_state(&self.dossier, number, meant).into_iter().collect()
            }
            (Term { rule, part, of, standing }, _) => {
                let opener =
                    of.map_or(report.and_then(|report| report.number), |at| self.number(at));
                let (as_of, meant) = (date(moment.received), (rule.as_str(), part.as_deref()));
                let said = alike(outcome, moment);
                let stands = (*standing, said.as_slice());
                let wrong = standing::no_term(&self.dossier, as_of, opener, meant, stands);
                wrong.into_iter().collect()
            }
            (_, None) => vec![format!("zonder bericht verwacht: {outcome:?}")],
        }
    }

    /// What is told of a message and not expected, beside its errors.
    fn unasked(&self, report: &Report, moment: &Moment) -> Vec<String> {
        use scenario::Outcome::{Mended, Remark};
        let is_told = |told: &dyn Fn(&scenario::Outcome) -> bool| moment.outcomes.iter().any(told);
        let mut wrong = Vec::new();
        for one in with(report, Severity::Remark) {
            if !is_told(&|it| matches!(it, Remark(expected) if expected.rule == one.rule)) {
                wrong.push(format!("onverwachte opmerking {} bij {}", one.rule, one.path));
            }
        }
        for number in mended(report) {
            let is_it = |at: &usize| self.number(*at) == Some(number);
            if !is_told(&|it| matches!(it, Mended(at) if is_it(at))) {
                wrong.push(format!("bericht {number} onverwacht alsnog goed"));
            }
        }
        wrong
    }

    /// The number in the dossier of what was sent at a moment.
    fn number(&self, at: usize) -> Option<MessageNo> {
        self.sent.get(at)?.as_ref().and_then(|(_, report)| report.number)
    }

    /// Adds a moment to the timeline.
    fn tell(&mut self, moment: &Moment, sent: Option<&Sent>, report: Option<&Report>) {
        let mut text = format!("  {}", shown(moment.on));
        if moment.received != moment.on {
            write!(text, " (ontvangen {})", shown(moment.received)).unwrap();
        }
        if let (Some(report), Some(sending)) = (report, &moment.sending) {
            let message = self.message(&sending.message);
            let Message { name, sender, receiver, .. } = message;
            let number = report.number.map_or("-".to_owned(), |number| number.to_string());
            write!(text, " {number}. {name} van {sender} aan {receiver}: ").unwrap();
            text += &verdict(report);
            for line in self.remarks(sent, report) {
                write!(text, "\n    {line}").unwrap();
            }
        }
        let states = standing::states(&self.dossier);
        for line in standing::changes(&self.states, &states) {
            write!(text, "\n    {line}").unwrap();
        }
        self.states = states;
        self.outcome.text += &text;
        self.outcome.text.push('\n');
    }

    fn message(&self, changed: &scenario::Changed) -> &Message {
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
        let copied =
            made.copied.and_then(|from| self.number(from)).map(|from| format!("als {from}"));
        let carried = made.carried.iter().map(|one| {
            let name = one.path.iter().skip(one.path.len().saturating_sub(2));
            let name: Vec<_> = name.map(String::as_str).collect();
            format!("{} {}", name.join("."), one.value.as_deref().unwrap_or("leeg"))
        });
        let all: Vec<_> = copied.into_iter().chain(carried).collect();
        (!all.is_empty()).then(|| format!("overgenomen: {}", all.join(", ")))
    }
}

/// What is said at a moment of the same terms: of the last day, or of how they stand.
fn alike(outcome: &scenario::Outcome, moment: &Moment) -> Vec<Standing> {
    use scenario::Outcome::Term;
    let Term { rule, part, of, standing } = outcome else { return Vec::new() };
    let is_due = |standing: &Standing| matches!(standing, Standing::Due(_));
    let said = moment.outcomes.iter().filter_map(|other| match other {
        Term { rule: r, part: p, of: o, standing: s } => {
            let is_alike = (r, p, o, is_due(s)) == (rule, part, of, is_due(standing));
            is_alike.then_some(*s)
        }
        _ => None,
    });
    said.collect()
}

/// The messages of which a report tells that only the order of arrival rejected them.
fn mended(report: &Report) -> impl Iterator<Item = MessageNo> {
    let changes = report.changes.iter().filter(|change| change.kind == ChangeKind::OrderOnly);
    changes.map(|change| change.number)
}
