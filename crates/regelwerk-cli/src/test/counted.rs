//! Names with how often each is there, for who need not see them all in full.

use crate::tone::Tone;

/// Most names that are told.
const MOST: usize = 20;

/// `OP192 (204), CD041`: the most frequent first, those that are as frequent in order of name.
pub(super) fn counted<'n>(names: impl IntoIterator<Item = &'n str>, tone: Tone) -> String {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    let mut groups: Vec<_> = names.chunk_by(|one, other| one == other).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let told = groups.iter().take(MOST).filter_map(|group| match (group.first()?, group.len()) {
        (name, 1) => Some((*name).to_owned()),
        (name, number) => Some(format!("{name} ({number})")),
    });
    let mut told: Vec<_> = told.collect();
    match groups.len().saturating_sub(MOST) {
        0 => {}
        more => told.push(format!("{} {more}", tone.say("en nog", "and another"))),
    }
    told.join(", ")
}
