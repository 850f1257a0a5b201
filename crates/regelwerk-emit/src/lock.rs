//! The lock: a line for everything that demands something, with the releases in which it is used and
//! a hash of what it demands. People review it; what a release in force demands changes only when
//! somebody says why.
//!
//! What is hashed is what is demanded of messages and of parties: text without its white space, its
//! comments and the order of clauses where that means nothing, and the elements that it is for. Titles,
//! sources, readings and examples are not. What is called by a name (a list, a table, a view) has a
//! line of its own.

mod blocks;
mod canon;
mod compare;
mod file;
mod messages;
mod replies;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use regelwerk_diag::{Sources, Span};
use regelwerk_model::{Model, Protocol, Standard};
use sha2::{Digest, Sha256};

pub use compare::{Breach, What};
pub use file::BadLine;

/// What the blocks of a standard, or of a protocol, demand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// The standard or the protocol: `ijw`, `LTA-2019`.
    pub home: String,
    /// Releases that are still being made, or the home itself: what they demand may change.
    pub preparing: Vec<String>,
    /// What demands something, in order of name.
    pub entries: Vec<Entry>,
}

/// Something that demands something, as it does in some releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The kind of block, what it is called, and the part if it has any: `regel CD041`.
    pub name: String,
    /// The releases in which it demands this, the oldest first; none of what holds whatever the
    /// release.
    pub releases: Vec<String>,
    /// The hash of what it demands, in hexadecimal.
    pub hash: String,
    /// What was changed on purpose, each with its day: `28-11-2026 een tikfout`.
    pub amended: Vec<String>,
    /// Where it stands in the rule files; none of a line that was read.
    pub at: Option<Span>,
}

/// How many bytes of a hash a line has. It guards against mistakes, not against malice.
const BYTES: usize = 8;

/// The locks of the standards and of the protocols over them, in order of name.
#[must_use]
pub fn locks(model: &Model, sources: &Sources) -> Vec<Lock> {
    let mut locks: Vec<_> = model
        .standards
        .iter()
        .flat_map(|standard| {
            let laid = standard.protocols.iter().map(Some);
            std::iter::once(None).chain(laid).map(|protocol| Home { standard, protocol, sources })
        })
        .map(lock)
        .collect();
    locks.sort_by(|one, other| one.home.cmp(&other.home));
    locks
}

fn lock(home: Home<'_>) -> Lock {
    let mut book = Book::default();
    rules::enter(home, &mut book);
    blocks::enter(home, &mut book);
    if home.protocol.is_none() {
        messages::enter(home.standard, &mut book);
        replies::enter(home.standard, &mut book);
    }
    Lock { home: home.name().to_owned(), preparing: Vec::new(), entries: book.entries(home) }
}

/// A standard, or a protocol over it.
#[derive(Clone, Copy)]
struct Home<'a> {
    standard: &'a Standard,
    protocol: Option<&'a Protocol>,
    sources: &'a Sources,
}

impl<'a> Home<'a> {
    fn name(self) -> &'a str {
        self.protocol.map_or(&self.standard.name, |protocol| &protocol.name)
    }

    /// Whether something is of this home, by the name of its protocol.
    fn has(self, protocol: Option<&str>) -> bool {
        self.protocol.map(|own| own.name.as_str()) == protocol
    }

    /// Whether it says something of a release.
    fn covers(self, release: usize) -> bool {
        self.protocol.is_none_or(|protocol| protocol.releases.contains(&release))
    }
}

/// What is entered: by name and hash the releases, and where it stands.
#[derive(Default)]
struct Book(BTreeMap<(String, String), (BTreeSet<usize>, Option<Span>)>);

impl Book {
    /// Enters what something demands in a release, or in whatever release.
    fn enter(&mut self, name: &str, release: Option<usize>, demands: &str, at: Option<Span>) {
        let entry = self.0.entry((name.to_owned(), hash(demands))).or_default();
        entry.0.extend(release);
        entry.1 = entry.1.or(at);
    }

    fn entries(self, home: Home<'_>) -> Vec<Entry> {
        let mut all: Vec<_> = self.0.into_iter().collect();
        all.sort_by(|one, other| {
            let [one, other] = [one, other].map(|((name, hash), (in_, _))| (name, in_, hash));
            one.cmp(&other)
        });
        let release = |at: &usize| Some(home.standard.releases.get(*at)?.name.clone());
        let entry = |((name, hash), (releases, at)): ((String, String), (BTreeSet<usize>, _))| {
            let releases = releases.iter().filter_map(release).collect();
            Entry { name, releases, hash, amended: Vec::new(), at }
        };
        all.into_iter().map(entry).collect()
    }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest.iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}
