//! Scenarios and examples with a little changed in them.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate, TimeDelta};
use regelwerk_compiler::model::core::walk::{self, Part};
use regelwerk_compiler::model::core::{Cond, Origin, Unit, Value};
use regelwerk_compiler::model::scenario::{Changed, Dated, Told};
use regelwerk_compiler::model::{
    self, Base, Content, FacetKind, Field, Message, NodeId, Release, RuleKind, Scenario, Standard,
};
use regelwerk_eval::Change;

/// What a unit looks at: ends of paths, and values that it names.
#[derive(Debug, Default, Clone)]
pub(crate) struct Looks {
    pub(crate) ends: BTreeSet<Vec<String>>,
    /// Paths from the element that is judged, with the parameter that they go along.
    pub(crate) own: BTreeSet<(Option<usize>, Vec<String>)>,
    /// Paths from the root.
    pub(crate) from_root: BTreeSet<Vec<String>>,
    pub(crate) values: BTreeSet<String>,
    days: BTreeSet<NaiveDate>,
    /// How much later or earlier than another a day may be: in months and days.
    shifts: BTreeSet<(i32, i32)>,
}

impl Looks {
    /// What the block of a change looks at.
    pub(crate) fn of(change: &Change, standard: &Standard) -> Self {
        let mut looks = Self::default();
        change.parts().iter().for_each(|part| looks.at_block(part, standard));
        looks
    }

    fn at_block(&mut self, change: &Change, standard: &Standard) {
        let looks = self;
        match change {
            Change::Wording { protocol, rule, wording, .. } => {
                let rule = rule_at(standard, *protocol, *rule);
                if let Some(RuleKind::Judged(wordings)) = rule.map(|rule| &rule.kind)
                    && let Some(own) = wordings.get(*wording)
                {
                    walk::steps(&own.body, 0, |part, _| looks.part(part, standard));
                }
            }
            Change::Course { protocol, rule, .. } | Change::Within { protocol, rule, .. } => {
                let rule = rule_at(standard, *protocol, *rule);
                if let Some(RuleKind::Term(parts)) = rule.map(|rule| &rule.kind) {
                    for course in parts.iter().flat_map(|part| &part.courses) {
                        course.walk(|part, _| looks.part(part, standard));
                    }
                }
            }
            Change::View { view, .. } => {
                if let Some(view) = standard.dossier.views.get(*view) {
                    walk::cond(&view.cond, 1, |part, _| looks.part(part, standard));
                }
            }
            Change::Trigger { process: at, .. } | Change::Process { number: at, .. } => {
                if let Some(process) = standard.dossier.processes.get(*at) {
                    for (_, trigger) in process.triggers() {
                        walk::cond(&trigger.cond, 1, |part, _| looks.part(part, standard));
                    }
                }
            }
            Change::Uses { rule, .. } => {
                if let Some(RuleKind::Judged(wordings)) = standard.rule(rule).map(|rule| &rule.kind)
                {
                    for own in wordings {
                        walk::steps(&own.body, 0, |part, _| looks.part(part, standard));
                    }
                }
            }
            Change::Recognition { protocol, at, .. } => {
                let protocol = standard.protocols.get(*protocol);
                if let Some(own) = protocol.and_then(|it| it.recognition.get(*at)) {
                    walk::cond(&own.cond, 0, |part, _| looks.part(part, standard));
                }
            }
            Change::Application { protocol, at, .. } => {
                let protocol = standard.protocols.get(*protocol);
                if let Some(own) = protocol.and_then(|it| it.applications.get(*at)) {
                    walk::cond(&own.cond, 0, |part, _| looks.part(part, standard));
                }
            }
            Change::Calendar(_) | Change::Together(_) => {}
        }
    }

    fn part(&mut self, part: Part<'_>, standard: &Standard) {
        match part {
            Part::Path(path) => {
                if path.steps.is_empty() {
                    return;
                }
                let steps: Vec<String> =
                    path.steps.iter().flat_map(|step| step.split('.')).map(str::to_owned).collect();
                match path.origin {
                    Origin::This => {
                        self.own.insert((path.param, steps.clone()));
                    }
                    Origin::Root => {
                        self.from_root.insert(steps.clone());
                    }
                    Origin::Item | Origin::Bound(_) => {}
                }
                self.ends.insert(steps);
            }
            Part::Value(value) => self.value(value),
            Part::Cond(Cond::Listed(_, listed)) => {
                let all = standard.dossier.listed(listed);
                all.iter().take(2).for_each(|value| self.value(value));
            }
            _ => {}
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Text(text) => drop(self.values.insert(text.clone())),
            Value::Number(number) => {
                for other in [number - 1, *number, number + 1] {
                    self.values.insert(other.to_string());
                }
            }
            Value::Date(day) => drop(self.days.insert(*day)),
            Value::Shift(_, by, unit) => {
                let by = match unit {
                    Unit::Day => (0, *by),
                    Unit::Month => (*by, 0),
                    Unit::Year => (by.saturating_mul(12), 0),
                };
                self.shifts.extend([by, (by.0.saturating_neg(), by.1.saturating_neg())]);
            }
            _ => {}
        }
    }
}

fn rule_at(standard: &Standard, protocol: Option<u16>, rule: u16) -> Option<&model::Rule> {
    let (_, rules) = standard.rule_lists().find(|(at, _)| *at == protocol)?;
    rules.get(usize::from(rule))
}

/// Values that an element may be given: none, those that the rule names, and those beside what is
/// there.
pub(crate) fn values(
    looks: &Looks,
    release: &Release,
    (message, node): (&Message, NodeId),
    beside: &BTreeSet<NaiveDate>,
) -> Vec<Option<String>> {
    let mut values: Vec<Option<String>> = vec![None];
    let Some(Content::Value(simple, extra)) = message.node(node).map(|node| &node.content) else {
        return values;
    };
    let Some(simple) = release.types.get(*simple) else { return values };
    let facets = || simple.facets.iter().chain(extra);
    let list = facets().find_map(|facet| match facet.kind {
        FacetKind::CodeList(at) => release.code_lists.get(at),
        _ => None,
    });
    let mut add = |value: String| {
        if !values.contains(&Some(value.clone())) {
            values.push(Some(value));
        }
    };
    add(simple.sample.clone());
    match (simple.base, list) {
        (Base::Date, _) => {
            let known: BTreeSet<_> = looks.days.union(beside).copied().collect();
            let moved = known
                .iter()
                .flat_map(|day| looks.shifts.iter().filter_map(|by| shifted(*day, *by)));
            for day in known.iter().copied().chain(moved).flat_map(near) {
                add(day.format("%Y-%m-%d").to_string());
            }
        }
        (_, Some(list)) => {
            looks
                .values
                .iter()
                .filter(|value| list.has(value))
                .for_each(|value| add(value.clone()));
            list.codes.iter().take(3).for_each(|(code, _)| add(code.clone()));
        }
        (Base::Integer, None) => {
            let is_number = |value: &&String| value.parse::<i64>().is_ok();
            looks.values.iter().filter(is_number).for_each(|value| add(value.clone()));
            if let Ok(number) = simple.sample.parse::<i64>() {
                [number + 1, number * 2].into_iter().for_each(|one| add(one.to_string()));
            }
            for number in [1, 2, 100] {
                add(number.to_string());
            }
        }
        (Base::Text, None) => {
            looks.values.iter().for_each(|value| add(value.clone()));
            add(another(&simple.sample));
        }
        (Base::Time, None) => {
            for other in ["08:00:00", "12:00:00", "23:00:00"] {
                add(other.to_owned());
            }
        }
    }
    values
}

/// A text of the same form that is another: with another digit or letter at its end.
fn another(text: &str) -> String {
    let mut all: Vec<char> = text.chars().collect();
    if let Some(last) = all.last_mut() {
        *last = match *last {
            '9' => '0',
            'Z' => 'A',
            'z' => 'a',
            c @ ('0'..='8' | 'A'..='Y' | 'a'..='y') => {
                char::from_u32(u32::from(c) + 1).unwrap_or(c)
            }
            _ => 'X',
        };
    }
    all.into_iter().collect()
}

/// A day so many months and days later, or earlier when negative.
fn shifted(day: NaiveDate, (months, days): (i32, i32)) -> Option<NaiveDate> {
    let far = Months::new(months.unsigned_abs());
    let moved = match months < 0 {
        true => day.checked_sub_months(far),
        false => day.checked_add_months(far),
    };
    moved?.checked_add_signed(TimeDelta::try_days(days.into())?)
}

fn near(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let one = Days::new(1);
    [day.checked_sub_days(one), Some(day), day.checked_add_days(one)].into_iter().flatten()
}

/// The elements of a message that a unit may look at.
pub(crate) fn elements(looks: &Looks, message: &Message) -> Vec<NodeId> {
    let is_value = |id: &NodeId| {
        message.node(*id).is_some_and(|node| matches!(node.content, Content::Value(..)))
    };
    let is_meant = |id: &NodeId| {
        let path = message.path(*id);
        looks
            .ends
            .iter()
            .any(|end| path.ends_with(&end.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    let filled = |id: &NodeId| {
        // Of a group the values in it decide whether it is filled.
        let mut around = message.ancestry(*id);
        around.any(|one| is_meant(&one))
    };
    message.ids().filter(|id| is_value(id) && filled(id)).collect()
}

/// Days that a scenario names, by which others may lie.
fn days_of(dated: &Dated) -> BTreeSet<NaiveDate> {
    let parse = |value: &String| NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
    let fields = dated.moments.iter().filter_map(|moment| moment.sending.as_ref());
    let fields = fields.flat_map(|sending| &sending.message.fields);
    let named = fields.filter_map(|field| field.value.as_ref()).filter_map(parse);
    let on = dated.moments.iter().map(|moment| moment.on);
    let cells = dated.tables.iter().flat_map(|table| table.rows.iter().flatten());
    named.chain(on).chain(cells.filter_map(parse)).collect()
}

/// A scenario with one thing changed in it, in every way that may matter to a unit.
pub(crate) fn scenarios(own: &Scenario, looks: &Looks, standard: &Standard) -> Vec<Scenario> {
    let Told::Dated(dated) = &own.told else { return Vec::new() };
    let mut all = Vec::new();
    let mut add = |dated: Dated| all.push(Scenario { told: Told::Dated(dated), ..own.clone() });
    for at in 0..dated.moments.len() {
        fields(dated, at, looks, standard).into_iter().for_each(&mut add);
        other_days(dated, at).into_iter().for_each(&mut add);
    }
    facts(dated, looks).into_iter().for_each(&mut add);
    rows(dated).into_iter().for_each(&mut add);
    for at in 0..dated.moments.len() {
        again(dated, at, looks, standard).into_iter().for_each(&mut add);
        without(dated, at).into_iter().for_each(&mut add);
    }
    all
}

/// A scenario of which everything is sent in one release, if that has all its messages.
pub(crate) fn in_release(own: &Scenario, release: usize, standard: &Standard) -> Option<Scenario> {
    let Told::Dated(dated) = &own.told else { return None };
    let mut dated = dated.clone();
    for sending in dated.moments.iter_mut().filter_map(|moment| moment.sending.as_mut()) {
        let was = standard.releases.get(sending.message.release)?;
        let name = &was.messages.get(sending.message.message)?.name;
        let messages = &standard.releases.get(release)?.messages;
        sending.message.message = messages.iter().position(|one| one.name == *name)?;
        sending.message.release = release;
    }
    Some(Scenario { told: Told::Dated(dated), ..own.clone() })
}

/// What is sent at a moment with one value otherwise.
fn fields(dated: &Dated, at: usize, looks: &Looks, standard: &Standard) -> Vec<Dated> {
    let mut all = Vec::new();
    let Some(moment) = dated.moments.get(at) else { return all };
    let Some(sending) = &moment.sending else { return all };
    let Changed { release, message, .. } = sending.message;
    let Some(release) = standard.releases.get(release) else { return all };
    let Some(message) = release.messages.get(message) else { return all };
    let days = days_of(dated);
    for id in elements(looks, message) {
        let names = message.path(id);
        for value in values(looks, release, (message, id), &days) {
            let mut changed = dated.clone();
            let Some(sending) =
                changed.moments.get_mut(at).and_then(|moment| moment.sending.as_mut())
            else {
                continue;
            };
            set(&mut sending.message.fields, names.get(1..).unwrap_or_default(), value);
            all.push(changed);
        }
    }
    all
}

/// Gives an element a value, in the place of one that it has already.
fn set(fields: &mut Vec<Field>, names: &[&str], value: Option<String>) {
    let is_it = |field: &&mut Field| {
        field.path.iter().map(|(name, _)| name.as_str()).eq(names.iter().copied())
    };
    if let Some(field) = fields.iter_mut().find(is_it) {
        field.value = value;
        return;
    }
    // What is emptied as a whole has nothing in it.
    let path = names.iter().map(|name| ((*name).to_owned(), 1)).collect();
    fields.push(Field { path, value });
}

/// A moment a day earlier or later.
fn other_days(dated: &Dated, at: usize) -> Vec<Dated> {
    let one = Days::new(1);
    let mut all = Vec::new();
    for later in [true, false] {
        let mut changed = dated.clone();
        let Some(moment) = changed.moments.get_mut(at) else { continue };
        let shift = |day: NaiveDate| {
            if later { day.checked_add_days(one) } else { day.checked_sub_days(one) }
        };
        let (Some(on), Some(received)) = (shift(moment.on), shift(moment.received)) else {
            continue;
        };
        (moment.on, moment.received) = (on, received);
        let is_in_order =
            changed.moments.windows(2).all(|two| matches!(two, [a, b] if a.received <= b.received));
        if is_in_order {
            all.push(changed);
        }
    }
    all
}

/// The same scenario without a moment that nothing answers.
fn without(dated: &Dated, at: usize) -> Option<Dated> {
    let is_answered = dated
        .moments
        .iter()
        .any(|moment| moment.sending.as_ref().is_some_and(|sending| sending.answers == Some(at)));
    if is_answered || dated.moments.len() < 2 {
        return None;
    }
    let mut changed = dated.clone();
    changed.moments.remove(at);
    for moment in &mut changed.moments {
        if let Some(answers) = moment.sending.as_mut().and_then(|one| one.answers.as_mut())
            && *answers > at
        {
            *answers -= 1;
        }
    }
    Some(changed)
}

/// The same message once more at the end of its day, with one value otherwise.
fn again(dated: &Dated, at: usize, looks: &Looks, standard: &Standard) -> Vec<Dated> {
    let Some(moment) = dated.moments.get(at) else { return Vec::new() };
    if moment.sending.as_ref().is_none_or(|sending| sending.answers.is_some()) {
        return Vec::new();
    }
    let mut twice = dated.clone();
    twice.moments.insert(at + 1, moment.clone());
    for moment in &mut twice.moments {
        if let Some(answers) = moment.sending.as_mut().and_then(|one| one.answers.as_mut())
            && *answers > at
        {
            *answers += 1;
        }
    }
    let mut all = vec![twice.clone()];
    all.extend(fields(&twice, at, looks, standard));
    all.extend(fields(&twice, at + 1, looks, standard));
    all
}

fn facts(dated: &Dated, looks: &Looks) -> Vec<Dated> {
    let mut all = Vec::new();
    for (at, fact) in dated.facts.iter().enumerate() {
        let mut with = |change: &dyn Fn(&mut model::scenario::FactTold)| {
            let mut changed = dated.clone();
            if let Some(fact) = changed.facts.get_mut(at) {
                change(fact);
                all.push(changed);
            }
        };
        for day in near(fact.on).filter(|day| *day != fact.on) {
            with(&|fact| fact.on = day);
        }
        for value in looks.values.iter().map(String::as_str).chain([""]) {
            with(&|fact| value.clone_into(&mut fact.value));
        }
        let key = another(&fact.key);
        with(&|fact| key.clone_into(&mut fact.key));
        let mut changed = dated.clone();
        changed.facts.remove(at);
        all.push(changed);
    }
    all
}

/// A row of a table with one cell otherwise.
fn rows(dated: &Dated) -> Vec<Dated> {
    let mut all = Vec::new();
    for (table, supplied) in dated.tables.iter().enumerate() {
        for (row, cells) in supplied.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                for value in cells_like(cell) {
                    let mut changed = dated.clone();
                    let rows = changed.tables.get_mut(table).map(|table| &mut table.rows);
                    let cells = rows.and_then(|rows| rows.get_mut(row));
                    if let Some(place) = cells.and_then(|cells| cells.get_mut(column)) {
                        *place = value;
                        all.push(changed);
                    }
                }
            }
        }
    }
    all
}

fn cells_like(cell: &str) -> Vec<String> {
    if let Ok(day) = NaiveDate::parse_from_str(cell, "%Y-%m-%d") {
        let near = near(day).filter(|other| *other != day);
        let near = near.map(|day| day.format("%Y-%m-%d").to_string());
        return near.chain([String::new()]).collect();
    }
    if let Ok(number) = cell.parse::<i64>() {
        return vec![(number + 1).to_string(), String::new()];
    }
    vec![String::new()]
}
