//! Examples and scenarios that notice a mutant that nothing notices so far.

use std::collections::BTreeSet;

use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_compiler::emit::{Play, example, example_fields, sent};
use regelwerk_compiler::model::scenario::{Changed, Told};
use regelwerk_compiler::model::{
    Asked, Example, Field, NodeId, Placed, RuleKind, Scenario, Standard, Use, Wording,
};
use regelwerk_eval::{Bench, Change};
use regelwerk_kernel::{Context, ProtocolChoice, Severity, standard, validate};
use regelwerk_play::{Scene, context, play};

use crate::alter::{self, Looks};
use crate::mutant::Mutant;
use crate::tell::{Outcomes, Teller, field, outcomes, quoted, written};
use crate::trial::Trials;

/// Something to paste in a rule file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    /// The marks of the mutants that it notices.
    pub keys: Vec<String>,
    /// The rule that an example is to stand under; of a scenario the block that it is about. Of a
    /// condition with a name that rule is one that uses it.
    pub name: String,
    /// What it is to stand behind: the last example of the wording; or the scenario that it was made
    /// of, or else the block that it is about.
    pub behind: Span,
    /// A scenario of its own, or else a line of the rule.
    pub is_scenario: bool,
    /// The text.
    pub text: String,
}

/// Looks for examples and scenarios that notice mutants of one block, of scenarios with at most so many
/// tries for each.
pub(crate) fn catch(
    compilation: &Compilation,
    standard: &Standard,
    mutants: &[&Mutant],
    (bench, trials): (&Bench<'_>, &Trials<'_>),
    tries: usize,
) -> Vec<Catch> {
    let tries = tries.saturating_mul(mutants.len());
    let mut search = Search { compilation, standard, bench, trials, tries, found: Vec::new() };
    let mut left: Vec<&Mutant> = mutants.to_vec();
    search.examples(&mut left);
    search.releases(&mut left);
    search.scenarios(&mut left);
    search.found
}

struct Search<'s, 'm> {
    compilation: &'s Compilation,
    standard: &'s Standard,
    bench: &'s Bench<'m>,
    trials: &'s Trials<'m>,
    tries: usize,
    found: Vec<Catch>,
}

/// A wording at one of its places, with the rule's code and protocol.
struct Spot<'s> {
    code: &'s str,
    span: Span,
    protocol: Option<&'s str>,
    is_remark: bool,
    may_break_schema: bool,
    wording: &'s Wording,
    placed: Vec<Placed>,
}

impl Search<'_, '_> {
    /// Takes off what a candidate costs that is tried with so many mutants; whether that is left.
    fn spend(&mut self, mutants: usize) -> bool {
        self.tries = self.tries.saturating_sub(mutants);
        self.tries > 0
    }

    /// Tries examples for wordings that look no further than the message.
    fn examples(&mut self, left: &mut Vec<&Mutant>) {
        let wordings: BTreeSet<_> = left
            .iter()
            .flat_map(|one| one.change.parts())
            .filter_map(|part| match part {
                Change::Wording { protocol, rule, wording, .. } => {
                    Some((*protocol, *rule, *wording))
                }
                _ => None,
            })
            .collect();
        for at in wordings {
            let Some(spot) = spot(self.standard, at) else { continue };
            let is_own = |one: &&Mutant| {
                one.change.parts().iter().any(|part| {
                    matches!(part, Change::Wording { protocol, rule, wording, .. }
                        if (*protocol, *rule, *wording) == at)
                })
            };
            let Some(first) = left.iter().find(|one| is_own(one)) else { continue };
            let looks = Looks::of(&first.change, self.standard);
            let mut room = JUDGED;
            for candidate in candidates(&spot, &looks, self.standard) {
                let open = left.iter().filter(|one| is_own(one)).count();
                if open == 0 || open > room {
                    break;
                }
                room -= open;
                self.example(&spot, &candidate, left, &is_own);
            }
        }
    }

    fn example(
        &mut self,
        spot: &Spot<'_>,
        candidate: &Example,
        left: &mut Vec<&Mutant>,
        is_own: &dyn Fn(&&Mutant) -> bool,
    ) {
        for placed in &spot.placed {
            let params = &spot.wording.params;
            let Some(xml) = example(self.standard, placed, params, candidate) else { continue };
            let Some(is_good) = spot.finds_nothing(&xml, self.bench.standard()) else { continue };
            let mut keys = Vec::new();
            left.retain(|one| {
                let other = |by| spot.finds_nothing(&xml, by);
                let notices =
                    is_own(one) && self.bench.with(&one.change, other).flatten() == Some(!is_good);
                if notices {
                    keys.push(one.key.clone());
                }
                !notices
            });
            if keys.is_empty() {
                continue;
            }
            let word = if is_good { "goed" } else { "fout" };
            let text = format!("  voorbeeld {word}: {}\n", said(candidate));
            let (name, behind) = (spot.code.to_owned(), spot.behind());
            self.found.push(Catch { keys, name, behind, is_scenario: false, text });
            return;
        }
    }

    /// Tries scenarios that reach the block, each with something changed.
    fn scenarios(&mut self, left: &mut Vec<&Mutant>) {
        while let Some(first) = left.first().copied() {
            let looks = Looks::of(&first.change, self.standard);
            self.bench.set_beside(left.iter().map(|one| &one.change).enumerate());
            let mut bases: Vec<_> =
                self.trials.all().iter().filter(|one| self.is_near(one, first)).collect();
            // What tells little is soon tried.
            bases.sort_by_key(|one| (!one.scenario.about.contains(&first.name), one.sent.len()));
            bases.truncate(20);
            let is_open = |left: &[&Mutant]| left.first() == Some(&first);
            'bases: for base in &bases {
                let mut all = vec![base.scenario.clone()];
                all.extend(mixed(alter::scenarios(base.scenario, &looks, self.standard)));
                for candidate in all {
                    if !is_open(left) {
                        break 'bases;
                    }
                    if !self.spend(1) {
                        self.bench.clear_beside();
                        return;
                    }
                    if self.scenario(base.scenario, &candidate, left) {
                        self.bench.set_beside(left.iter().map(|one| &one.change).enumerate());
                    }
                }
            }
            // What no scenario notices is left as it is; others may be noticed still.
            if is_open(left) {
                left.remove(0);
            }
        }
        self.bench.clear_beside();
    }

    /// Whether a scenario may have to do with a mutant: it is about it, or is told under its protocol
    /// or over its standard.
    fn is_near(&self, play: &Play<'_>, mutant: &Mutant) -> bool {
        let file = |span: Span| self.compilation.sources.path(span.source);
        let folder = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let is_about = play.scenario.about.contains(&mutant.name);
        let is_dated = matches!(play.scenario.told, Told::Dated(_));
        let of_recognition = |part: &Change| matches!(part, Change::Recognition { .. });
        // Where the protocol is named, nothing comes of what it recognises.
        if !play.scenario.is_recognised && mutant.change.parts().iter().all(of_recognition) {
            return false;
        }
        is_dated && (is_about || folder(file(play.scenario.span)) == folder(file(mutant.span)))
    }

    /// Tries whether a rule holds in a release: by its examples and scenarios, sent in that release.
    fn releases(&mut self, left: &mut Vec<&Mutant>) {
        let changed: Vec<_> = left
            .iter()
            .filter_map(|one| match &one.change {
                Change::Uses { release, rule, at } => Some((*one, *release, rule, at)),
                _ => None,
            })
            .collect();
        for (one, release, rule, at) in changed {
            for candidate in singles(self.standard, rule, release, at) {
                if !left.contains(&one) || !self.spend(1) {
                    break;
                }
                self.single(&candidate, one, left);
            }
            let bases: Vec<_> = self.trials.about(rule).map(|play| play.scenario).collect();
            for base in bases {
                let Some(candidate) = alter::in_release(base, release, self.standard) else {
                    continue;
                };
                if !left.contains(&one) || !self.spend(1) {
                    break;
                }
                self.scenario(base, &candidate, left);
            }
        }
    }

    fn single(&mut self, candidate: &Scenario, one: &Mutant, left: &mut Vec<&Mutant>) {
        let messages = sent(self.standard, candidate);
        let run = |by: &'static standard::Standard| {
            outcomes(&play(&candidate.told, &messages, by, &context(candidate, by)))
        };
        let Some(own) = run(self.bench.standard()) else { return };
        let other = self.bench.with(&one.change, run).flatten();
        let [own] = own.as_slice() else { return };
        if other.is_none_or(|other| other.iter().all(|other| other.errors == own.errors)) {
            return;
        }
        let Some(text) = single_text(candidate, own, self.standard) else { return };
        let (keys, name, behind) = (vec![one.key.clone()], one.name.clone(), one.span);
        left.retain(|other| *other != one);
        self.found.push(Catch { keys, name, behind, is_scenario: true, text });
    }

    /// Whether a candidate notices some of those that are left; they no longer are.
    fn scenario(&mut self, base: &Scenario, candidate: &Scenario, left: &mut Vec<&Mutant>) -> bool {
        let messages = sent(self.standard, candidate);
        let run = |by: &'static standard::Standard| {
            play(&candidate.told, &messages, by, &context(candidate, by))
        };
        let _ = self.bench.differing();
        let played = run(self.bench.standard());
        let differing = self.bench.differing();
        let Some(own) = outcomes(&played) else { return false };
        let numbers: Vec<_> = played.scenes.iter().map(Scene::number).collect();
        let (mut others, mut keys) = (Vec::new(), Vec::new());
        let mut number = 0;
        left.retain(|one| {
            number += 1;
            let is_data = matches!(
                one.change,
                Change::Within { .. } | Change::Calendar(_) | Change::Uses { .. }
            );
            if !is_data && !differing.contains(&(number - 1)) {
                return true;
            }
            let other = self.bench.with(&one.change, |by| outcomes(&run(by))).flatten();
            let Some(other) = other.filter(|other| *other != own) else { return true };
            let name = format!("{}-rand-{}", one.name, one.key);
            let title = format!("{}: {}", one.kind.nl(), one.words);
            let teller = Teller {
                standard: self.standard,
                sources: &self.compilation.sources,
                scenario: candidate,
                base,
                name: &name,
                title: &title,
                about: &one.name,
                own: &own,
                others: std::slice::from_ref(&other),
                numbers: &numbers,
            };
            if teller.text().is_none() {
                return true;
            }
            others.push(other);
            keys.push((one.key.clone(), one.name.clone(), title));
            false
        });
        let Some((first, name, title)) = keys.first().cloned() else { return false };
        let teller = Teller {
            standard: self.standard,
            sources: &self.compilation.sources,
            scenario: candidate,
            base,
            name: &format!("{name}-rand-{first}"),
            title: &title,
            about: &name,
            own: &own,
            others: &others,
            numbers: &numbers,
        };
        let Some(text) = teller.text() else { return true };
        let keys = keys.into_iter().map(|(key, ..)| key).collect();
        self.found.push(Catch { keys, name, behind: base.span, is_scenario: true, text });
        true
    }
}

/// The same in an order that takes something of everywhere first.
fn mixed<T>(all: Vec<T>) -> Vec<T> {
    let mut all: Vec<_> = all.into_iter().enumerate().collect();
    all.sort_by_key(|(at, _)| at.wrapping_mul(0x9e37_79b9) % 0x1_0001);
    all.into_iter().map(|(_, one)| one).collect()
}

/// The examples of a rule as messages of one release, at the elements where it may hold there.
fn singles(
    standard: &Standard,
    code: &str,
    release: usize,
    at: &[(usize, NodeId, Vec<Use>)],
) -> Vec<Scenario> {
    let Some(rule) = standard.rule(code) else { return Vec::new() };
    let RuleKind::Judged(wordings) = &rule.kind else { return Vec::new() };
    let mut all = Vec::new();
    for (message, node, uses) in at {
        let own = standard.releases.get(release).and_then(|one| one.messages.get(*message));
        let own = own.and_then(|one| one.node(*node)).map_or(&[][..], |node| &node.uses);
        let own = own.iter().filter(|one| one.rule == code);
        for used in own.chain(uses) {
            let placed = Placed { release, message: *message, node: *node, used: used.clone() };
            for wording in wordings {
                for example in &wording.examples {
                    let fields = example_fields(standard, &placed, &wording.params, example);
                    let changed = Changed { release, message: *message, fields };
                    all.push(Scenario {
                        name: String::new(),
                        title: rule.title.clone(),
                        source: rule.sources.first().cloned().unwrap_or_default(),
                        readings: Vec::new(),
                        about: vec![code.to_owned()],
                        protocol: None,
                        is_recognised: false,
                        told: Told::Single(changed, Vec::new()),
                        span: rule.span,
                    });
                }
            }
        }
    }
    all
}

fn single_text(one: &Scenario, own: &Outcomes, standard: &Standard) -> Option<String> {
    let Told::Single(changed, _) = &one.told else { return None };
    let release = standard.releases.get(changed.release)?;
    let message = release.messages.get(changed.message)?;
    let code = one.about.first()?;
    // What the release has no element for cannot be said of it.
    let is_there = |field: &Field| {
        let mut names = field.path.iter().map(|(name, _)| name);
        names.try_fold(NodeId(0), |at, name| message.child(at, name)).is_some()
    };
    if !changed.fields.iter().all(is_there) {
        return None;
    }
    let fields: Vec<_> = changed.fields.iter().map(|one| field(one, message)).collect();
    let with =
        if fields.is_empty() { String::new() } else { format!(" met {}", fields.join(", ")) };
    let verdict = match own.errors.is_empty() {
        true => "goedgekeurd".to_owned(),
        false => {
            let codes: Vec<_> = own.errors.iter().copied().collect();
            format!("afgekeurd op {}", codes.join(", "))
        }
    };
    let named = release.name.replace('.', "-");
    let (name, title) = (format!("{code}-in-{}-{named}", message.name), &one.title);
    let title = format!("{title}: release {}", release.name).replace('"', "'");
    Some(format!(
        "scenario {name} \"{title}\"\n  bron:  {}\n  over:  {code}\n  bericht:  {} van release {}{with}\n  verwacht:  {verdict}\n",
        one.source, message.name, release.name,
    ))
}

fn spot(standard: &Standard, at: (Option<u16>, u16, usize)) -> Option<Spot<'_>> {
    let (protocol, rule, wording) = at;
    let (_, rules) = standard.rule_lists().find(|(number, _)| *number == protocol)?;
    let rule = rules.get(usize::from(rule))?;
    let RuleKind::Judged(wordings) = &rule.kind else { return None };
    let own = wordings.get(wording).filter(|own| Asked::by_steps(&own.body).is_nothing())?;
    let protocol = protocol.and_then(|at| standard.protocols.get(usize::from(at)));
    let mut placed = Vec::new();
    match protocol {
        Some(protocol) => {
            let all = protocol.placed.iter();
            let own = all.filter(|one| one.used.rule == rule.code && one.used.wording == wording);
            placed.extend(own.cloned());
        }
        None => {
            for (release, one) in standard.releases.iter().enumerate() {
                for (message, one) in one.messages.iter().enumerate() {
                    for node in one.ids() {
                        let uses = one.node(node).map_or(&[][..], |node| &node.uses);
                        let own = uses.iter();
                        let own = own.filter(|it| it.rule == rule.code && it.wording == wording);
                        placed.extend(own.map(|used| Placed {
                            release,
                            message,
                            node,
                            used: used.clone(),
                        }));
                    }
                }
            }
        }
    }
    placed.reverse();
    placed.truncate(6);
    Some(Spot {
        code: &rule.code,
        span: rule.span,
        protocol: protocol.map(|one| one.name.as_str()),
        is_remark: rule.is_remark,
        may_break_schema: !rule.deviations.is_empty(),
        wording: own,
        placed,
    })
}

impl Spot<'_> {
    /// What one more example is to stand behind.
    fn behind(&self) -> Span {
        self.wording.examples.last().map_or(self.span, |one| one.span)
    }

    /// Whether the rule finds nothing in a message; none where the schema refuses that.
    fn finds_nothing(&self, xml: &str, by: &'static standard::Standard) -> Option<bool> {
        let choice = self.protocol.map(|name| ProtocolChoice::Named(name.to_owned()));
        let context = Context::new(vec![by]).all_levels(true).remarks(true);
        let report = validate(xml.as_bytes(), &context.protocol(choice.unwrap_or_default()));
        let is_broken =
            report.unreadable.is_some() || report.findings.iter().any(|one| one.level == Some(1));
        if is_broken && !self.may_break_schema {
            return None;
        }
        let finds = report.findings.iter().any(|one| {
            one.rule == self.code && (self.is_remark || one.severity == Severity::Error)
        });
        Some(!finds)
    }
}

/// Messages that are judged for one wording at the most, each by one mutant.
const JUDGED: usize = 40_000;
/// Examples of one wording that are tried at the most.
const CANDIDATES: usize = 2000;

/// Examples of a wording with one or two fields otherwise.
fn candidates(spot: &Spot<'_>, looks: &Looks, standard: &Standard) -> Vec<Example> {
    let Some(first) = spot.wording.examples.first() else { return Vec::new() };
    let mut bases: Vec<Example> = vec![Example { elements: vec![Vec::new()], ..first.clone() }];
    bases.extend(spot.wording.examples.iter().cloned());
    let Some(changes) = changes(spot, looks, standard) else { return Vec::new() };
    let with = |base: &Example, changes: &[&Field]| {
        let all = (0..base.elements.len().max(1)).map(|at| {
            let mut changed = base.clone();
            if let Some(fields) = changed.elements.get_mut(at) {
                for change in changes {
                    fields.retain(|field| field.path != change.path);
                    fields.push((*change).clone());
                }
            }
            changed
        });
        all.collect::<Vec<_>>()
    };
    let changes = &changes;
    let single = |base| changes.iter().map(move |one| (base, vec![one]));
    let double = |base| {
        changes.iter().enumerate().flat_map(move |(at, one)| {
            let others = changes.iter().skip(at + 1).filter(move |other| other.path != one.path);
            others.map(move |other| (base, vec![one, other]))
        })
    };
    let all = bases.iter().flat_map(single).chain(bases.iter().flat_map(double));
    all.flat_map(|(base, changes)| with(base, &changes)).take(CANDIDATES).collect()
}

/// The values that fields of the element can be given.
fn changes(spot: &Spot<'_>, looks: &Looks, standard: &Standard) -> Option<Vec<Field>> {
    let placed = spot.placed.first()?;
    let release = standard.releases.get(placed.release)?;
    let message = release.messages.get(placed.message)?;
    let days: BTreeSet<_> = spot
        .wording
        .examples
        .iter()
        .flat_map(|one| one.elements.iter().flatten())
        .filter_map(|field| field.value.as_ref()?.parse().ok())
        .chain(release.types.iter().filter_map(|one| one.sample.parse().ok()))
        .collect();
    let mut changes = Vec::new();
    let mut add = |prefix: Vec<(String, usize)>, node, steps: &[String]| {
        let end = steps.iter().try_fold(node, |at, name| message.child(at, name));
        let Some(end) = end else { return };
        let mut path = prefix;
        path.extend(steps.iter().map(|name| (name.clone(), 1)));
        for value in alter::values(looks, release, (message, end), &days) {
            changes.push(Field { path: path.clone(), value });
        }
    };
    for (param, steps) in &looks.own {
        match param {
            None => add(Vec::new(), placed.node, steps),
            Some(at) => {
                let bound = placed.used.params.get(*at).and_then(|paths| paths.first())?;
                let node = bound.iter().try_fold(placed.node, |at, name| message.child(at, name));
                let name = spot.wording.params.get(*at)?.clone();
                if let Some(node) = node {
                    add(vec![(name, 1)], node, steps);
                }
            }
        }
    }
    for steps in &looks.from_root {
        let prefix = vec![(regelwerk_compiler::model::ROOT.to_owned(), 1)];
        add(prefix, regelwerk_compiler::model::NodeId(0), steps);
    }
    Some(changes)
}

/// The fields of an example, as a rule file writes them.
fn said(example: &Example) -> String {
    let element = |fields: &Vec<Field>| {
        let all = fields.iter().map(|field| {
            let value = field.value.as_deref().map_or("leeg".to_owned(), quoted);
            format!("{} {value}", written(&field.path))
        });
        all.collect::<Vec<_>>().join(", ")
    };
    example.elements.iter().map(element).collect::<Vec<_>>().join(" naast ")
}
