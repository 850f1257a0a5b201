//! Scenarios over days.

use regelwerk_diag::Diagnostic;
use regelwerk_model::scenario::{self, Dated, FactTold, Supplied};
use regelwerk_model::{Rule, RuleKind, Table};
use regelwerk_syntax::ast::{
    Clause, Line, Literal, Moment, Outcome, ScenarioClause, Sending, Spanned, Standing, StateIs,
    Step, TermIs, Told, Word,
};
use regelwerk_syntax::{closest, meant_outcome};

use super::{Found, Reader, misplaced};
use crate::codes::{
    BAD_TABLE, BAD_VALUE, MISSING_CLAUSE, TOO_MUCH, UNKNOWN_LIST, UNKNOWN_MESSAGE, UNKNOWN_PART,
};
use crate::sink::Sink;

/// Moments of a scenario at the most: at each it is kept how everything stands.
const MOST: usize = 400;

/// What was sent so far, by moment; `None` where one only looked.
type Sent<'a> = Vec<Option<Found<'a>>>;

impl<'a> Reader<'a> {
    pub(super) fn dated(&self, lines: &[Line], sink: &mut Sink) -> Option<Dated> {
        let mut dated = Dated::default();
        let mut sent = Vec::new();
        for line in lines {
            match &line.clause {
                Clause::Scenario(ScenarioClause::Row(table, cells)) => {
                    self.supply(table, cells, &mut dated, line, sink);
                }
                Clause::Scenario(ScenarioClause::Fact(told)) => {
                    dated.facts.extend(self.fact(told, sink));
                }
                Clause::Scenario(ScenarioClause::Moment(_)) if dated.moments.len() == MOST => {
                    let title = format!("een scenario heeft hoogstens {MOST} momenten");
                    let help = "verdeel dit over meer scenario's";
                    sink.fault(TOO_MUCH, title, line.span, help);
                    return None;
                }
                Clause::Scenario(ScenarioClause::Moment(moment)) => {
                    let made = self.moment(moment, line, &mut sent, sink)?;
                    dated.moments.push(made);
                }
                _ => {}
            }
        }
        Some(dated)
    }

    fn moment(
        &self,
        moment: &Moment,
        line: &Line,
        sent: &mut Sent<'a>,
        sink: &mut Sink,
    ) -> Option<scenario::Moment> {
        let written = outcomes(line, sink);
        let on = moment.on.value;
        let received = moment.received.as_ref().map_or(on, |day| day.value);
        if let Some(day) = moment.received.as_ref().filter(|day| day.value < on) {
            let title = "een bericht wordt niet ontvangen voor het is verzonden";
            misplaced(title, day.span, "draai de datums om", sink);
        }
        let found = match &moment.sending {
            Some(sending) => Some(self.find(&sending.telling, Some(on), sink)?),
            None => None,
        };
        let answers = moment.sending.as_ref().zip(found);
        let answers = answers.and_then(|(sending, found)| self.answers(sending, found, sent, sink));
        sent.push(found);
        let outcomes: Vec<_> =
            written.iter().filter_map(|one| self.outcome(one, found, sent, sink)).collect();
        if outcomes.len() == written.len() {
            check_verdict(found, &outcomes, line, sink);
        }
        let sending = moment.sending.as_ref().zip(found).map(|(sending, found)| {
            check_role(&sending.role, found, sink);
            let expected = outcomes.iter().find_map(verdict).unwrap_or_default();
            let message = self.changed(&sending.telling, found, expected, sink);
            scenario::Sending { message, answers }
        });
        Some(scenario::Moment { on, received, sending, outcomes, span: line.span })
    }

    /// The moment at which was sent what a reply answers.
    fn answers(
        &self,
        sending: &Sending,
        found: Found<'a>,
        sent: &Sent<'a>,
        sink: &mut Sink,
    ) -> Option<usize> {
        let asked = sending.answers.as_ref()?;
        let at = numbered(asked, sent, sink)?;
        let is_reply = found.release.1.replies.iter().any(|reply| {
            let to = found.release.1.messages.get(reply.to);
            reply.with == found.message.0 && to.is_some_and(|to| to.name == asked.name.value)
        });
        if !is_reply {
            let title =
                format!("{} is geen antwoord op {}", found.message.1.name, asked.name.value);
            misplaced(
                title,
                asked.name.span,
                "een blok `antwoord` zegt wat bij elkaar hoort",
                sink,
            );
        }
        is_reply.then_some(at)
    }

    fn outcome(
        &self,
        outcome: &Outcome,
        found: Option<Found<'_>>,
        sent: &Sent<'_>,
        sink: &mut Sink,
    ) -> Option<scenario::Outcome> {
        let message = found.map(|found| found.message.1);
        Some(match outcome {
            Outcome::Accepted(_) => scenario::Outcome::Verdict(Vec::new()),
            Outcome::Rejected(expected) => {
                scenario::Outcome::Verdict(self.all_expected(expected, message?, sink))
            }
            Outcome::Unassessed(codes) => {
                codes.iter().for_each(|code| self.check_rule(code, sink));
                let codes = codes.iter().map(|code| code.value.clone());
                scenario::Outcome::Unassessed(codes.collect())
            }
            Outcome::Remark(one) => scenario::Outcome::Remark(self.expected(one, message?, sink)),
            Outcome::Mended(step) => scenario::Outcome::Mended(numbered(step, sent, sink)?),
            Outcome::State(is) => self.state(is, sink)?,
            Outcome::Term(term) => self.term(term, sent, sink)?,
        })
    }

    fn state(&self, is: &StateIs, sink: &mut Sink) -> Option<scenario::Outcome> {
        let processes = &self.standard.dossier.processes;
        let Some(process) = processes.iter().find(|one| one.name == is.process.value) else {
            let known = processes.iter().map(|one| one.name.as_str());
            no_process(is, known, sink);
            return None;
        };
        if !process.states.iter().any(|state| state.name == is.state.value) {
            let known = process.states.iter().map(|state| state.name.as_str());
            let what = format!("proces {}: toestand", process.name);
            sink.unknown(UNKNOWN_PART, &what, &is.state, known);
        }
        let key: Vec<_> = is.key.iter().map(|value| value.value.canonical()).collect();
        Some(scenario::Outcome::State {
            process: is.process.value.clone(),
            key: (!key.is_empty()).then(|| key.join(" ")),
            state: is.state.value.clone(),
        })
    }

    /// A term of a rule that has one.
    fn term(&self, is: &TermIs, sent: &Sent<'_>, sink: &mut Sink) -> Option<scenario::Outcome> {
        self.check_rule(&is.rule, sink);
        if let Some(rule) = self.standard.rule(&is.rule.value)
            && !has_term(rule, is.part.as_ref().map(|part| part.value.as_str()))
        {
            let title = format!("{} is geen termijn, of heeft dit deel niet", is.rule.value);
            misplaced(title, is.rule.span, "noem een blok `termijn`, en een `deel` daarvan", sink);
        }
        let of = match &is.of {
            Some(step) => Some(numbered(step, sent, sink)?),
            None => None,
        };
        let standing = match is.standing {
            Standing::Due(day) => scenario::Standing::Due(day),
            Standing::Met => scenario::Standing::Met,
            Standing::Late => scenario::Standing::Late,
            Standing::Open => scenario::Standing::Open,
            Standing::Nowhere => scenario::Standing::Nowhere,
        };
        let part = is.part.as_ref().map(|part| part.value.clone());
        Some(scenario::Outcome::Term { rule: is.rule.value.clone(), part, of, standing })
    }

    /// A row of a table that may be supplied.
    fn supply(
        &self,
        name: &Word,
        cells: &[Option<Spanned<Literal>>],
        dated: &mut Dated,
        line: &Line,
        sink: &mut Sink,
    ) {
        let Some(table) = self.table(name, sink) else { return };
        if cells.len() != table.columns.len() {
            let title =
                format!("deze rij heeft {} waarden, geen {}", cells.len(), table.columns.len());
            let columns = format!("de kolommen zijn {}", table.columns.join(", "));
            let wrong = Diagnostic::error(BAD_TABLE, title, line.span);
            return sink.push(wrong.help(columns));
        }
        let cell = |cell: &Option<Spanned<Literal>>| {
            cell.as_ref().map_or_else(String::new, |cell| cell.value.canonical())
        };
        let row = cells.iter().map(cell).collect();
        match dated.tables.iter_mut().find(|one| one.table == table.name) {
            Some(known) => known.rows.push(row),
            None => dated.tables.push(Supplied {
                table: table.name.clone(),
                columns: table.columns.clone(),
                rows: vec![row],
            }),
        }
    }

    fn table(&self, name: &Word, sink: &mut Sink) -> Option<&'a Table> {
        let laid = self.standard.protocols.iter().flat_map(|protocol| &protocol.tables);
        let tables = self.standard.tables.iter().chain(laid);
        let mut supplied = tables.filter(|table| table.supplied_as.is_some());
        let found = supplied.clone().find(|table| table.name == name.value);
        if found.is_none() {
            let known: Vec<_> = supplied.by_ref().map(|table| table.name.as_str()).collect();
            sink.unknown(UNKNOWN_LIST, "tabel met `aanlevering:`", name, known);
        }
        found
    }

    fn fact(&self, told: &Told, sink: &mut Sink) -> Option<FactTold> {
        let (what, name) = (if told.is_question { "vraag" } else { "feit" }, &told.name);
        let mut known =
            self.standard.dossier.facts.iter().filter(|one| one.is_question == told.is_question);
        if !known.clone().any(|fact| fact.name == name.value) {
            let known: Vec<_> = known.by_ref().map(|fact| fact.name.as_str()).collect();
            sink.unknown(UNKNOWN_LIST, what, name, known);
            return None;
        }
        let value = told.value.as_ref().map_or_else(String::new, |value| value.value.canonical());
        let can_be = known.find(|fact| fact.name == name.value).map_or(&[][..], |it| &it.values);
        if !can_be.is_empty() && !can_be.contains(&value) {
            let title = format!("`{value}` is geen waarde van {what} `{}`", name.value);
            let span = told.value.as_ref().map_or(name.span, |value| value.span);
            sink.push(
                Diagnostic::error(BAD_VALUE, title, span)
                    .help(format!("hier kan staan: {}", can_be.join(", "))),
            );
            return None;
        }
        Some(FactTold {
            name: name.value.clone(),
            on: told.on.value,
            key: told.key.value.canonical(),
            value,
        })
    }
}

/// That there is no such process; a word that is nearly that of a verdict is read as one.
fn no_process<'a>(is: &StateIs, known: impl Iterator<Item = &'a str> + Clone, sink: &mut Sink) {
    let process = &is.process;
    let words = std::iter::once(process.value.clone())
        .chain(is.key.iter().map(|word| word.value.canonical()))
        .chain([is.state.value.clone()]);
    let meant = meant_outcome(&words.collect::<Vec<_>>().join(" "));
    match meant.filter(|_| closest(&process.value, known.clone()).is_none()) {
        Some(meant) => {
            let title = format!("proces `{}` bestaat niet", process.value);
            let help = format!("bedoelde u `{meant}`?");
            sink.fault(UNKNOWN_PART, title, process.span, help);
        }
        None => sink.unknown(UNKNOWN_PART, "proces", process, known),
    }
}

/// What must come of a moment.
fn outcomes<'l>(line: &'l Line, sink: &mut Sink) -> Vec<&'l Outcome> {
    let mut outcomes = Vec::new();
    for under in &line.body {
        match &under.clause {
            Clause::Scenario(ScenarioClause::Outcome(list)) => outcomes.extend(list),
            Clause::Invalid => {}
            _ => misplaced(
                "onder `op …` staat alleen wat verwacht wordt",
                under.span,
                "laat deze regel op gelijke hoogte met `op` beginnen",
                sink,
            ),
        }
    }
    outcomes
}

/// What is sent has one verdict, or none where only a state or a term matters; where nothing is
/// sent, there is none to have.
fn check_verdict(
    found: Option<Found<'_>>,
    outcomes: &[scenario::Outcome],
    line: &Line,
    sink: &mut Sink,
) {
    if line.body.iter().any(|under| under.clause == Clause::Invalid) {
        return;
    }
    let about_message = |one: &&scenario::Outcome| {
        use scenario::Outcome::{Mended, Remark, Unassessed, Verdict};
        matches!(one, Verdict(_) | Unassessed(_) | Remark(_) | Mended(_))
    };
    let verdicts = outcomes.iter().filter_map(verdict).count();
    let is_told = verdicts == 1 || verdicts == 0 && !outcomes.iter().all(|one| about_message(&one));
    let (title, help) = match found {
        Some(_) if !is_told => (
            "een bericht is hier goedgekeurd of afgekeurd, een keer",
            "zet er `verwacht goedgekeurd` of `verwacht afgekeurd op …` onder",
        ),
        None if outcomes.iter().any(|one| about_message(&one)) => (
            "hier wordt niets verzonden dat goedgekeurd of afgekeurd kan worden",
            "zonder bericht kan er alleen een termijn of een toestand verwacht worden",
        ),
        None if outcomes.is_empty() => (
            "hier gebeurt niets en wordt niets verwacht",
            "zet er `verwacht termijn …` of een toestand onder",
        ),
        _ => return,
    };
    sink.push(Diagnostic::error(MISSING_CLAUSE, title, line.span).help(help));
}

fn verdict(outcome: &scenario::Outcome) -> Option<&[scenario::Expected]> {
    match outcome {
        scenario::Outcome::Verdict(expected) => Some(expected),
        _ => None,
    }
}

/// Who sends a message is who the standard says.
fn check_role(role: &Word, found: Found<'_>, sink: &mut Sink) {
    let message = found.message.1;
    if role.value != message.sender {
        let title = format!("{} wordt niet door `{}` verzonden", message.name, role.value);
        let help = format!("de afzender is `{}`", message.sender);
        misplaced(title, role.span, &help, sink);
    }
}

/// The moment at which a message was sent: the one with that number, or else the last.
fn numbered(step: &Step, sent: &Sent<'_>, sink: &mut Sink) -> Option<usize> {
    let is_it = |found: &Option<Found<'_>>| {
        found.is_some_and(|found| found.message.1.name == step.name.value)
    };
    let mut moments = (0..sent.len()).zip(sent).filter(|(_, found)| is_it(found)).map(|(at, _)| at);
    let found = match &step.index {
        None => moments.next_back(),
        Some(index) => {
            let before = usize::try_from(index.value).ok().and_then(|n| n.checked_sub(1));
            before.and_then(|before| moments.nth(before))
        }
    };
    if found.is_none() {
        let title = format!("er is hiervoor geen {} verzonden", step.name.value);
        let wrong = Diagnostic::error(UNKNOWN_MESSAGE, title, step.name.span);
        sink.push(wrong.help("noem een bericht van een eerdere `op …` in dit scenario"));
    }
    found
}

/// Whether a rule is a term, and has the part that is named.
fn has_term(rule: &Rule, part: Option<&str>) -> bool {
    match &rule.kind {
        RuleKind::Term(parts) => part.is_none_or(|part| parts.iter().any(|one| one.label == part)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::MOST;
    use crate::testing::analyzed;

    #[test]
    fn a_scenario_has_no_more_moments_than_can_be_kept() {
        let told = |moments: usize| {
            let moments = "  op 01-02-2020\n".repeat(moments);
            let text = format!(
                "standaard proef \"x\"\n  bron: x\n\nrelease 1.0 \"x\"\n  bron: x\n  \
                 geldig: vanaf 01-01-2020\n\nscenario s \"x\"\n  bron: x\n{moments}"
            );
            let (_, found) = analyzed(&[("s.regels", &text)]);
            found.iter().filter(|one| one.title.contains("hoogstens 400 momenten")).count()
        };
        assert_eq!([told(MOST), told(MOST + 1)], [0, 1]);
    }
}
