//! A name that is in the rules and has nothing of its own to try or to change: what it is, who uses
//! it, and what to ask instead.

use std::collections::BTreeSet;
use std::path::Path;

use regelwerk::Lang;
use regelwerk_compiler::Compilation;
use regelwerk_compiler::diag::Span;
use regelwerk_compiler::model::{Asked, Standard};

use crate::catalogue;
use crate::explain::block::{self, Block};
use crate::tone::Tone;

/// Users that are named at the most.
const USERS: usize = 8;
/// Kinds of block that are there for rules and other blocks, and of which the model knows all who use
/// them: of lists and tables it does not.
const USED: [&str; 4] = ["voorwaarde", "beeld", "feit", "vraag"];

/// What someone asked for.
pub(crate) struct Wish<'w> {
    /// The rules that are gone by.
    pub(crate) compilation: &'w Compilation,
    /// The names that can be asked for.
    pub(crate) known: &'w BTreeSet<&'w str>,
    /// What a name that cannot does not have: `zonder eigen voorbeelden`.
    pub(crate) lacks: &'static str,
    /// What is written before a name to ask for it: `--only`.
    pub(crate) by: &'static str,
    /// The folder that the rules are in, if one was named.
    pub(crate) folder: Option<&'w Path>,
}

impl Wish<'_> {
    /// What to say of a name that cannot be asked for.
    pub(crate) fn refused(&self, name: &str, tone: Tone) -> String {
        let name = name.trim();
        let sources = &self.compilation.sources;
        // Of more blocks of a name one that can be used here is most likely meant.
        let rank =
            |block: &Block<'_>| (!sources.is_at_hand(block.source), !USED.contains(&block.kind));
        match block::find(sources, name).into_iter().min_by_key(rank) {
            Some(block) => self.known(&block, tone),
            None => self.unknown(name, tone),
        }
    }

    fn known(&self, block: &Block<'_>, tone: Tone) -> String {
        let sources = &self.compilation.sources;
        let (at, kind, name) = (block.at(sources), block.kind, block.name);
        if !sources.is_at_hand(block.source) {
            let elsewhere = tone.say(
                "niet in de map die u noemt; vraag het zonder --rules, of met de map waar het in staat",
                "not in the folder that you name; ask without --rules, or with the folder that has it",
            );
            return format!("{name}: {kind}, {at}, {elsewhere}");
        }
        let told = format!("{name}: {kind}, {at}, {}", self.lacks);
        let users = self.users(block);
        let askable = users.iter().find(|user| self.known.contains(**user));
        match (users.is_empty(), askable) {
            (true, _) if USED.contains(&kind) => {
                format!("{told}; {}", tone.say("niets gebruikt dit", "nothing uses it"))
            }
            (true, _) => {
                let shows = tone.say("laat zien wat er staat", "shows what it says");
                let rules = self.folder.map(|folder| format!(" --rules {}", folder.display()));
                format!("{told}; regelwerk explain {name}{} {shows}", rules.unwrap_or_default())
            }
            (false, None) => format!("{told}; {}", used_by(&users, tone)),
            (false, Some(user)) => {
                let ask = tone.say("vraag het daarvan, zoals", "ask that of those, as in");
                format!("{told}; {}; {ask} {} {user}", used_by(&users, tone), self.by)
            }
        }
    }

    fn unknown(&self, name: &str, tone: Tone) -> String {
        let what = tone.say("onbekende naam", "unknown name");
        let shown = if name.is_empty() { tone.say("(leeg)", "(empty)") } else { name };
        let known = self.known.iter().copied();
        let blocks = block::all(&self.compilation.sources).map(|block| block.name);
        let near = catalogue::near(name, known).or_else(|| catalogue::near(name, blocks));
        match near {
            Some(near) => {
                format!("{what} {shown}; {} {near}?", tone.say("bedoelt u", "did you mean"))
            }
            None => {
                let number = self.known.len();
                let like = tone.say("namen zijn te vragen, zoals", "names can be asked for, like");
                let first = self.known.first().map(|first| format!("; {number} {like} {first}"));
                format!("{what} {shown}{}", first.unwrap_or_default())
            }
        }
    }

    /// The blocks that use this one: rules, terms, views, processes and protocols.
    fn users(&self, block: &Block<'_>) -> BTreeSet<&str> {
        let sources = &self.compilation.sources;
        let is_it =
            |span: &Span| span.source == block.source && sources.position(*span).line == block.line;
        let standards = self.compilation.model.standards.iter();
        let all = standards.flat_map(|standard| {
            let uses = move |asked: &Asked<'_>| asked.blocks(&standard.dossier).iter().any(is_it);
            askers(standard).filter(move |(_, asked)| uses(asked))
        });
        all.map(|(name, _)| name).collect()
    }
}

/// Every block that can use others, with what it asks.
fn askers(standard: &Standard) -> impl Iterator<Item = (&str, Asked<'_>)> {
    let rules = standard.rule_lists().flat_map(|(_, rules)| rules);
    let rules = rules.map(|rule| (rule.code.as_str(), Asked::by_rule(rule)));
    let views = standard.dossier.views.iter();
    let views = views.map(|view| (view.name.as_str(), Asked::by_cond(&view.cond)));
    let processes = standard.dossier.processes.iter().flat_map(|process| {
        let triggers = process.triggers();
        triggers.map(|(_, one)| (process.name.as_str(), Asked::by_cond(&one.cond)))
    });
    let protocols = standard.protocols.iter().flat_map(|protocol| {
        protocol.conds().map(|cond| (protocol.name.as_str(), Asked::by_cond(cond)))
    });
    rules.chain(views).chain(processes).chain(protocols)
}

/// `gebruikt door A, B`
fn used_by(users: &BTreeSet<&str>, tone: Tone) -> String {
    let named: Vec<&str> = users.iter().copied().take(USERS).collect();
    let more = match users.len().saturating_sub(USERS) {
        0 => String::new(),
        more if tone.lang == Lang::Nl => format!(" en nog {more}"),
        more => format!(" and {more} more"),
    };
    format!("{} {}{more}", tone.say("gebruikt door", "used by"), named.join(", "))
}
