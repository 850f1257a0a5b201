//! The lock as it is now beside the one that was reviewed.

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_diag::{Sources, Span};

use super::{Entry, Lock};

/// Something of a release in force that no longer demands what was locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// `regel CD041`
    pub name: String,
    /// What became of it.
    pub what: What,
    /// The releases in which it is so; none of what holds whatever the release.
    pub releases: Vec<String>,
    /// Where it stands, if it is still there.
    pub at: Option<Span>,
}

/// What became of something that was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// It demands something else.
    Changed,
    /// It is no longer there.
    Vanished,
}

impl Breach {
    /// What is the matter, where, and what to do about it, in Dutch; `file` is where the lock stands.
    #[must_use]
    pub fn told(&self, sources: &Sources, file: &str) -> String {
        let (what, else_) = match self.what {
            What::Changed => (
                "eist iets anders dan vastgelegd",
                "Komt er een nieuwe tekst, geef die dan een eigen `geldig: vanaf release …` en laat de oude staan",
            ),
            What::Vanished => (
                "is er niet meer",
                "Geldt dit niet langer, laat de tekst dan staan en eindig hem met `geldig: … t/m release …`",
            ),
        };
        let releases = match self.releases.as_slice() {
            [] => String::new(),
            releases => format!(", in release {}", releases.join(", ")),
        };
        let at = self.at.map_or_else(String::new, |at| {
            format!("\n  staat:      {}:{}", sources.shown(at.source), sources.position(at).line)
        });
        let called = called(&self.name);
        format!(
            "{} {what}{releases}{at}\n  vastgelegd: {file}\n  {else_}. Was de tekst fout, zeg dat dan: cargo xtask amend {called} --reason \"…\"",
            self.name
        )
    }
}

/// What is demanded under a name in a release; of what holds whatever the release there is none.
type Demands<'l> = BTreeMap<(&'l str, Option<&'l str>), BTreeSet<&'l str>>;

impl Lock {
    /// What no longer demands in a release in force what was locked, in order of name. What is new
    /// breaks nothing.
    #[must_use]
    pub fn breaches(&self, locked: &Self) -> Vec<Breach> {
        let now = self.demands();
        let mut found: BTreeMap<(&str, What), Vec<String>> = BTreeMap::new();
        for (key, was) in locked.demands() {
            let (name, release) = key;
            let is = now.get(&key);
            if is == Some(&was) || !locked.is_in_force(release) {
                continue;
            }
            let what = if is.is_none() { What::Vanished } else { What::Changed };
            found.entry((name, what)).or_default().extend(release.map(str::to_owned));
        }
        let breach = |((name, what), releases): ((&str, What), Vec<String>)| Breach {
            name: name.to_owned(),
            what,
            at: self.place(name, &releases),
            releases,
        };
        found.into_iter().map(breach).collect()
    }

    /// It with what was said when something was amended, and with what is still being made.
    #[must_use]
    pub fn renewed(mut self, locked: &Self) -> Self {
        self.preparing.clone_from(&locked.preparing);
        for entry in &mut self.entries {
            let is_it = |one: &&Entry| (&one.name, &one.hash) == (&entry.name, &entry.hash);
            entry.amended = said(locked.entries.iter().filter(is_it));
        }
        self
    }

    /// What was locked, but with what is demanded now under the names that are called so, and why:
    /// `28-11-2026 een tikfout`. Nothing where none of it was broken.
    #[must_use]
    pub fn amended(&self, locked: &Self, called: &str, why: &str) -> Option<Self> {
        let names: BTreeSet<_> = self
            .breaches(locked)
            .into_iter()
            .map(|one| one.name)
            .filter(|name| is_called(name, called))
            .collect();
        if names.is_empty() {
            return None;
        }
        let why = why.split_whitespace().collect::<Vec<_>>().join(" ").replace(" | ", " / ");
        let mut entries: Vec<_> =
            locked.entries.iter().filter(|one| !names.contains(&one.name)).cloned().collect();
        for name in &names {
            let of_name = |one: &&Entry| one.name == *name;
            let was: Vec<_> = locked.entries.iter().filter(of_name).collect();
            let mut said = said(was.iter().copied());
            said.push(why.clone());
            for entry in self.entries.iter().filter(of_name) {
                // What stayed as it was keeps what was said of it alone.
                let same = was.iter().find(|one| one.hash == entry.hash);
                let amended = same.map_or_else(|| said.clone(), |one| one.amended.clone());
                entries.push(Entry { amended, ..entry.clone() });
            }
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Some(Self { entries, ..locked.clone() })
    }

    /// Whether what is demanded in a release, or whatever the release, may not change.
    fn is_in_force(&self, release: Option<&str>) -> bool {
        let prepares = |name: &str| self.preparing.iter().any(|one| one == name);
        !prepares(&self.home) && !release.is_some_and(prepares)
    }

    fn demands(&self) -> Demands<'_> {
        let mut demands = Demands::new();
        for entry in &self.entries {
            let releases = entry.releases.iter().map(|release| Some(release.as_str()));
            let always = entry.releases.is_empty().then_some(None);
            for release in releases.chain(always) {
                let key = (entry.name.as_str(), release);
                demands.entry(key).or_default().insert(&entry.hash);
            }
        }
        demands
    }

    /// Where that stands which demands something in the first of these releases.
    fn place(&self, name: &str, releases: &[String]) -> Option<Span> {
        let of_name = self.entries.iter().filter(|one| one.name == name);
        let mut there = of_name
            .clone()
            .filter(|one| releases.first().is_none_or(|release| one.releases.contains(release)));
        there.find_map(|one| one.at).or_else(|| of_name.clone().find_map(|one| one.at))
    }
}

/// All that was said of lines, each once.
fn said<'l>(entries: impl Iterator<Item = &'l Entry>) -> Vec<String> {
    let mut said = Vec::new();
    for why in entries.flat_map(|one| &one.amended) {
        if !said.contains(why) {
            said.push(why.clone());
        }
    }
    said
}

/// Whether a line is called so: by its whole name, or without the kind of block and the part.
fn is_called(name: &str, asked: &str) -> bool {
    name == asked || called(name) == asked
}

/// What a block is called, without its kind and without a part of it: `CD041`.
fn called(name: &str) -> &str {
    name.split_whitespace().nth(1).unwrap_or(name)
}
