//! What happens to one client does not hang on when the messages of others arrive, nor on whether
//! the dossier was saved in between: for the stories that are shipped, at random.

mod cast;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regelwerk::{
    ChangeKind, Context, Date, Dossier, Lang, MessageNo, MetBy, Report, SavedDossier, Standard,
};
use regelwerk_compiler::emit::plays;
use regelwerk_compiler::model::scenario::Told;
use regelwerk_play::{date, play};
use serde_json::{Value, json};

use crate::made::made;
use crate::snapshot::here;
use cast::{Cast, Course, PROVIDER, TOWN};

/// Municipalities that there are.
const TOWNS: [&str; 3] = [TOWN, "0363", "0518"];
/// Stories of one run that are not of the year.
const SCENARIOS: usize = 8;
/// Runs, each of other stories in another order.
const RUNS: u32 = 12;
/// What is told in some story: errors, changes by replies and by the order of arrival, terms.
const ALL: [&str; 5] =
    ["TR019", r#",\"order_only\"]"#, r#",\"rejected\"]"#, "met: Some(false)", "met: Some(true)"];
/// The day on which terms are looked at.
const AS_OF: Date = Date::from_ymd(2026, 12, 21);

/// The year that is shipped as an example.
fn year() -> Course {
    let folder = here().join("dossiers/jaar");
    let file = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().map(date).unwrap();
    let rows = |name: &str| {
        let text = file(name);
        let rows = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect());
        rows.collect::<Vec<Vec<String>>>()
    };
    let received: BTreeMap<_, _> =
        rows("dossier.csv").iter().map(|row| (row[0].clone(), day(&row[1]))).collect();
    let facts = rows("feiten.csv")
        .into_iter()
        .map(|row| (row[1].clone(), day(&row[0]), row[2].clone(), row[3].clone()));
    let names = std::fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".xml"));
    names.sort();
    let messages = names.iter().map(|name| {
        let xml = file(name);
        let sent = xml.split("Dagtekening>").nth(1).unwrap().split('<').next().unwrap();
        let day = received.get(name).copied().unwrap_or_else(|| day(sent));
        (xml, day)
    });
    Course { name: "the year".to_owned(), messages: messages.collect(), facts: facts.collect() }
}

/// Scenarios of the rules that need no table, each as it was played.
struct Scenarios {
    all: Vec<Course>,
    /// Those in which a reply rejects a message: few do, and a draw may miss them.
    rejected: Vec<Course>,
}

impl Scenarios {
    /// One in which a reply rejects a message, and some others.
    fn chosen(&self, chosen: &[usize]) -> Vec<Course> {
        let lists = std::iter::once(&self.rejected).chain(std::iter::repeat(&self.all));
        chosen.iter().zip(lists).map(|(at, list)| list[at % list.len()].clone()).collect()
    }
}

fn scenarios(standard: &'static Standard) -> Scenarios {
    let [norm, _] = made();
    let model = &norm.compilation.model.standards;
    let model = model.iter().find(|model| model.name == standard.name).unwrap();
    let (mut all, mut rejected) = (Vec::new(), Vec::new());
    for told in plays(model) {
        let Told::Dated(dated) = &told.scenario.told else { continue };
        if !dated.tables.is_empty() {
            continue;
        }
        let facts = dated
            .facts
            .iter()
            .map(|fact| (fact.name.clone(), date(fact.on), fact.key.clone(), fact.value.clone()));
        let played = play(&told.scenario.told, &told.sent, standard, &Context::new(vec![standard]));
        let judged: Vec<_> = played.scenes.into_iter().filter_map(|it| it.sent?.ok()).collect();
        let mut changes = judged.iter().flat_map(|one| &one.report.changes);
        let is_rejected = changes.any(|one| one.kind == ChangeKind::Rejected);
        let messages = judged.into_iter().map(|one| (one.xml, one.received.unwrap())).collect();
        let name = told.scenario.name.clone();
        let course = Course { name, facts: facts.collect(), messages };
        rejected.extend(is_rejected.then(|| course.clone()));
        all.push(course);
    }
    Scenarios { all, rejected }
}

/// The stories of a run: of each municipality a year with declarations and one without, which may
/// begin with what was sent later, and some scenarios. Two parties know in which period was declared
/// last, whoever the client is; so there is one client between them for whom something is declared.
fn cast(year: &Course, scenarios: Vec<Course>) -> Vec<Course> {
    let mut all: Vec<_> = TOWNS.iter().map(|town| (*town, year.clone())).collect();
    let undeclared = |by| year.clone().undeclared().turned(by);
    all.extend(TOWNS.iter().zip([0, 3, 5]).map(|(town, by)| (*town, undeclared(by))));
    all.extend(TOWNS.iter().copied().cycle().zip(scenarios));
    let mut providers = 0;
    let play = |(number, (town, course)): (usize, (&'static str, Course))| {
        let is_alone = number >= 2 * TOWNS.len() && course.declares();
        providers += usize::from(is_alone);
        let provider =
            if is_alone { format!("4242{:04}", 9000 + providers) } else { PROVIDER.into() };
        Cast::new(number, town, provider).play(&course)
    };
    all.into_iter().enumerate().map(play).collect()
}

/// A dossier with the facts of these stories, and a contract of every municipality.
fn dossier(standard: &'static Standard, courses: &[Course]) -> Dossier {
    let mut dossier = Dossier::new(standard).context(context());
    let header =
        "gemeente,aanbieder,productcategorie,productcode,eenheid,tarief_cent,geldig_van,geldig_tot";
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    let rows = TOWNS
        .map(|town| cells(&format!("{town},{PROVIDER},45,45A04,04,8450,2026-01-01,2026-12-31")));
    dossier.supply("contract", &cells(header), rows).unwrap();
    for (name, on, key, value) in courses.iter().flat_map(|course| &course.facts) {
        dossier.state_fact(name, *on, key, value).unwrap();
    }
    dossier
}

fn context() -> Context {
    regelwerk::context().remarks(true)
}

/// The same dossier, after it was saved and read again.
fn reloaded(dossier: &Dossier) -> Dossier {
    let text = serde_json::to_string(&dossier.save()).unwrap();
    let saved: SavedDossier<'_> = serde_json::from_str(&text).unwrap();
    let restored = Dossier::restore(dossier.standard(), &saved).unwrap().context(context());
    assert_eq!(serde_json::to_string(&restored.save()).unwrap(), text);
    restored
}

/// All that is told of one story, message by message, and in the end.
#[derive(Debug, Default, PartialEq)]
struct Account {
    numbers: Vec<MessageNo>,
    reports: Vec<Value>,
    states: Vec<Value>,
    terms: Vec<Value>,
}

impl Account {
    /// Where a message stands among those of the story; none of another message or a fact.
    fn place_of(&self, by: MetBy) -> Option<usize> {
        match by {
            MetBy::Message(number) => self.place(number),
            _ => None,
        }
    }

    fn place(&self, number: MessageNo) -> Option<usize> {
        self.numbers.iter().position(|own| *own == number)
    }

    fn add(&mut self, report: &Report) {
        self.numbers.extend(report.number);
        let mut view = serde_json::to_value(report.view(Lang::Nl, false)).unwrap();
        view["number"] = Value::Null;
        let changes = report.changes.iter();
        let changes = changes.map(|it| json!([self.place(it.number), it.message, it.kind]));
        view["changes"] = changes.collect();
        let mut text = view.to_string();
        for (place, number) in self.numbers.iter().enumerate() {
            text = text.replace(&format!("(bericht {number})"), &format!("(bericht #{place})"));
        }
        self.reports.push(Value::String(text));
    }

    fn finish(&mut self, dossier: &Dossier) {
        for state in dossier.states() {
            let steps: Vec<_> = state.history.iter().map(|it| self.place_of(it.by)).collect();
            if steps.iter().all(Option::is_none) {
                continue;
            }
            let names: Vec<_> = state.history.iter().map(|it| [it.event, it.from, it.to]).collect();
            self.states.push(json!([
                state.process,
                state.parties,
                state.key,
                state.state,
                steps,
                names
            ]));
        }
        for mut term in dossier.terms(AS_OF) {
            let Some(place) = self.place(term.message) else { continue };
            let by = match term.met_by.take() {
                Some(regelwerk::MetBy::Message(number)) => json!(self.place(number)),
                other => json!(format!("{other:?}")),
            };
            term.message = MessageNo(1);
            self.terms.push(json!([place, by, format!("{term:?}")]));
        }
    }
}

/// What is told of each story when their messages arrive in an order: at each step the next of the
/// story that is picked. With each comes whether the dossier is saved and read after it.
fn accounts(
    standard: &'static Standard,
    courses: &[Course],
    picks: impl IntoIterator<Item = (usize, bool)>,
) -> Vec<Account> {
    let mut dossier = dossier(standard, courses);
    let mut accounts: Vec<Account> = courses.iter().map(|_| Account::default()).collect();
    let mut left: Vec<_> = (0..courses.len()).collect();
    let mut done = vec![0; courses.len()];
    let mut picks = picks.into_iter();
    while !left.is_empty() {
        let (pick, is_saved) = picks.next().unwrap_or_default();
        let at = left[pick % left.len()];
        match courses[at].messages.get(done[at]) {
            None => left.retain(|other| *other != at),
            Some((xml, received)) => {
                accounts[at].add(&dossier.receive(xml.as_bytes(), Some(*received)));
                done[at] += 1;
            }
        }
        if is_saved {
            dossier = reloaded(&dossier);
        }
    }
    accounts.iter_mut().for_each(|account| account.finish(&dossier));
    accounts
}

fn standard() -> &'static Standard {
    let has = |it: &&&Standard| it.releases.iter().any(|release| release.name == "3.2");
    regelwerk::STANDARDS.iter().find(has).unwrap()
}

#[test]
fn neither_the_messages_of_others_nor_saving_changes_what_becomes_of_a_client() {
    let (standard, year) = (standard(), year());
    let scenarios = scenarios(standard);
    assert!(scenarios.all.len() > 200, "{}", scenarios.all.len());
    let chosen = prop::collection::vec(any::<usize>(), SCENARIOS);
    let picks = prop::collection::vec((any::<usize>(), prop::bool::weighted(0.03)), 250);
    let config = Config { cases: RUNS, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().new_rng());
    let seen = RefCell::new(BTreeSet::new());
    let outcome = runner.run(&(chosen, picks), |(chosen, picks)| {
        let courses = cast(&year, scenarios.chosen(&chosen));
        let together = accounts(standard, &courses, picks);
        for (course, found) in courses.iter().zip(&together) {
            let [alone] = accounts(standard, std::slice::from_ref(course), []).try_into().unwrap();
            compare(&course.name, found, &alone)?;
            let told = format!("{alone:?}");
            seen.borrow_mut().extend(ALL.into_iter().filter(|part| told.contains(part)));
        }
        Ok(())
    });
    outcome.unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(seen.into_inner(), BTreeSet::from(ALL), "what is to be seen");
}

/// That two accounts of a story are the same, but for numbers.
fn compare(name: &str, found: &Account, alone: &Account) -> Result<(), TestCaseError> {
    for (at, (one, other)) in found.reports.iter().zip(&alone.reports).enumerate() {
        prop_assert_eq!(one, other, "{}, message {}", name, at);
    }
    prop_assert_eq!(&found.states, &alone.states, "{}", name);
    prop_assert_eq!(&found.terms, &alone.terms, "{}", name);
    Ok(())
}
