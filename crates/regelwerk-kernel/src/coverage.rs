//! What has become of the rules that a release publishes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::standard::{Content, Facet, Published, Release, Rule, Standard, Status};

/// How the published rules of one release are accounted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// [`Standard::name`]
    pub standard: &'static str,
    /// [`Release::name`]
    pub release: &'static str,
    /// A row for each kind and level, in order of both.
    pub rows: Vec<CoverageRow>,
    /// The sum of the rows.
    pub total: Counts,
    /// Published rules that no rule file has a block for, or that say nothing in this release.
    pub missing: Vec<&'static str>,
    /// Rules that are judged but that no element refers to, and why.
    pub nowhere: Vec<(&'static str, &'static str)>,
    /// Rules that are judged and lack a good or a bad example.
    pub untested: Vec<&'static str>,
}

/// What has become of the published rules of one kind and level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverageRow {
    /// In the words of the publisher: `conditie`.
    pub kind: &'static str,
    /// Level of control; none for rules outside the levels.
    pub level: Option<u8>,
    /// How many there are of each.
    #[serde(flatten)]
    pub counts: Counts,
}

/// How many rules there are, by what has become of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All that are published.
    pub published: usize,
    /// Judged by generated code.
    pub judged: usize,
    /// Declared; the machinery is still to come.
    pub not_yet: usize,
    /// Not for a machine to judge; the rule says why.
    pub not_by_machine: usize,
    /// Without a block.
    pub missing: usize,
}

impl Coverage {
    /// The coverage of a release; `None` where it is not known what the release publishes.
    #[must_use]
    pub fn of(standard: &'static Standard, release: &'static Release) -> Option<Self> {
        if release.published.is_empty() {
            return None;
        }
        let mut coverage = Self {
            standard: standard.name,
            release: release.name,
            rows: Vec::new(),
            total: Counts::default(),
            missing: Vec::new(),
            nowhere: Vec::new(),
            untested: Vec::new(),
        };
        let used = used(standard, release);
        let mut rows = BTreeMap::<_, Counts>::new();
        for published in release.published {
            let fate = coverage.fate(published, standard, &used);
            rows.entry((published.kind, published.level)).or_default().add(fate);
            coverage.total.add(fate);
        }
        let rows = rows.into_iter();
        coverage.rows =
            rows.map(|((kind, level), counts)| CoverageRow { kind, level, counts }).collect();
        Some(coverage)
    }

    /// What has become of one rule; `used` is what is judged somewhere in the release.
    fn fate(
        &mut self,
        published: &Published,
        standard: &'static Standard,
        used: &BTreeSet<u16>,
    ) -> Option<Status> {
        let at = standard.rules.iter().position(|rule| rule.code == published.code);
        let rule = at.and_then(|at| Some((u16::try_from(at).ok()?, standard.rules.get(at)?)));
        let is_used = |(at, rule): &(u16, &Rule)| rule.nowhere.is_some() || used.contains(at);
        let Some((_, rule)) = rule.filter(|it| it.1.status != Status::Judged || is_used(it)) else {
            self.missing.push(published.code);
            return None;
        };
        self.nowhere.extend(rule.nowhere.map(|why| (rule.code, why)));
        if rule.status == Status::Judged && (rule.examples.0 == 0 || rule.examples.1 == 0) {
            self.untested.push(rule.code);
        }
        Some(rule.status)
    }
}

impl Counts {
    fn add(&mut self, fate: Option<Status>) {
        self.published += 1;
        let count = match fate {
            None => &mut self.missing,
            Some(Status::Judged) => &mut self.judged,
            Some(Status::NotYet) => &mut self.not_yet,
            Some(Status::NotByMachine(_)) => &mut self.not_by_machine,
        };
        *count += 1;
    }
}

/// The numbers of the rules that are judged somewhere in a release: at an element, as a facet of a
/// value, on the form of the file, as a term, or on the order of arrival.
fn used(standard: &Standard, release: &Release) -> BTreeSet<u16> {
    let nodes = release.messages.iter().flat_map(|message| message.nodes);
    let mut used: BTreeSet<u16> = standard.forms.iter().map(|form| form.rule).collect();
    used.extend(standard.dossier.terms.iter().map(|term| term.rule));
    used.extend(standard.dossier.order_rule);
    let number = |facet: &Facet| facet.rule;
    for node in nodes {
        used.extend(node.uses.iter().map(|site| site.rule));
        if let Content::Value(simple, own) = &node.content {
            used.extend(simple.facets.iter().chain(own.iter()).filter_map(number));
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::PROEF;

    #[test]
    fn every_published_rule_has_one_fate() {
        let release = PROEF.releases.last().unwrap();
        let coverage = Coverage::of(&PROEF, release).unwrap();
        let Counts { published, judged, not_yet, not_by_machine, missing } = coverage.total;
        assert_eq!(published, judged + not_yet + not_by_machine + missing);
        assert_eq!((judged, not_yet, missing), (2, 1, 1));
        assert_eq!(coverage.missing, ["TR9"]);
        assert_eq!(coverage.untested, ["CS1", "TR1"]);
        let levels: Vec<_> = coverage.rows.iter().map(|row| (row.kind, row.level)).collect();
        assert_eq!(levels, [("constraint", Some(1)), ("regel", Some(2)), ("regel", Some(4))]);
    }

    #[test]
    fn a_release_of_which_nothing_is_published_has_no_coverage() {
        let release = PROEF.releases.first().unwrap();
        assert_eq!(Coverage::of(&PROEF, release), None);
    }
}
