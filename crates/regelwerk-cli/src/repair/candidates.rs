//! Which changes of one field may undo a finding.

use regelwerk::standard::{Base, Content, FacetKind, Name};
use regelwerk::{Date, Finding, Lexical, MessageKind, Time};

use super::change::{Candidate, Change, What, path_of};
use super::guide::Guide;
use super::tree::{Trail, Tree, declared, locate, node_of};

/// Most values of one field that are tried for one finding.
const VALUES: usize = 40;
/// Most fields in a group that are looked at.
const FIELDS: usize = 12;
/// Largest group that is taken away as one change, in values.
const LARGEST: usize = 6;

/// Makes changes of a message.
#[derive(Clone, Copy)]
pub(super) struct Candidates<'m> {
    pub(super) kind: MessageKind,
    pub(super) guide: &'m Guide<'m>,
}

impl Candidates<'_> {
    /// The changes that may undo a finding, the likeliest first.
    pub(super) fn of(&self, finding: &Finding, tree: &Tree) -> Vec<Candidate> {
        let fields = self.fields(finding, tree);
        let related: Vec<String> = fields
            .iter()
            .filter_map(|(trail, ..)| tree.get(trail))
            .map(|it| it.text().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        let mut found = Vec::new();
        for (trail, node, is_target) in fields {
            self.at((&trail, node), is_target, (finding, &related), tree, &mut found);
        }
        found
    }

    /// The fields that a finding is about, then those that were looked at.
    fn fields(&self, finding: &Finding, tree: &Tree) -> Vec<(Trail, u16, bool)> {
        let mut fields: Vec<(Trail, u16, bool)> = Vec::new();
        let mut enter = |trail: Trail, node: u16, is_target: bool| {
            if !trail.is_empty() && !fields.iter().any(|(known, ..)| *known == trail) {
                fields.push((trail, node, is_target));
            }
        };
        if let Some((trail, node)) = locate(self.kind, &finding.path) {
            enter(trail.clone(), node, true);
            let inside = tree.get(&trail).map_or_else(Vec::new, Tree::values);
            for (rest, _) in inside.into_iter().take(FIELDS) {
                let whole = [trail.as_slice(), &rest].concat();
                if let Some(node) = self.node(&whole) {
                    enter(whole, node, true);
                }
            }
        }
        for path in &finding.related {
            let at = locate(self.kind, path);
            // A group that was looked at is most of the message.
            if let Some((trail, node)) = at.filter(|(_, node)| self.is_value(*node)) {
                enter(trail, node, false);
            }
        }
        fields
    }

    fn node(&self, trail: &Trail) -> Option<u16> {
        trail.iter().try_fold(0, |node, (name, _)| {
            declared(self.kind, node).find(|(_, it)| it.name == *name).map(|(index, _)| index)
        })
    }

    fn is_value(&self, node: u16) -> bool {
        node_of(self.kind, node).is_some_and(|node| matches!(node.content, Content::Value(..)))
    }

    fn at(
        &self,
        (trail, node): (&Trail, u16),
        is_target: bool,
        (finding, related): (&Finding, &[String]),
        tree: &Tree,
        found: &mut Vec<Candidate>,
    ) {
        let Some(of) = node_of(self.kind, node) else { return };
        let path = path_of(self.kind, tree, trail);
        let current = tree.get(trail);
        let text = current.map(|it| it.text().to_owned()).filter(|text| !text.is_empty());
        let mut add = |what, is_own, element| {
            let change = Change { path: path.clone(), what, is_own };
            found.push(Candidate { change, trail: trail.clone(), element, is_target });
        };
        if self.is_value(node) {
            for (value, is_own) in self.values(node, text.as_deref(), (finding, related)) {
                let element = Tree::value(of.name, node, &value);
                add(What::Set(text.clone(), value), is_own, Some(element));
            }
        } else if current.is_none_or(|it| it.values().is_empty())
            && let Some(made) = self.complete(node, of.name)
        {
            let name = |name: Name| self.kind.standard.names.get(usize::from(name)).copied();
            let values = made.values().into_iter().map(|(trail, value)| {
                let names: Vec<_> = trail.iter().filter_map(|(it, _)| name(*it)).collect();
                (names.join("."), value.to_owned())
            });
            add(What::Fill(values.collect()), false, Some(made.clone()));
        }
        let size = current.map_or(0, |it| it.values().len());
        if current.is_some() && size <= LARGEST {
            add(What::Empty(text, size), false, None);
        }
    }

    /// The values that a field may get, the likeliest first, and whether each is of the message.
    fn values(
        &self,
        node: u16,
        current: Option<&str>,
        (finding, related): (&Finding, &[String]),
    ) -> Vec<(String, bool)> {
        let Some(Content::Value(kind, extra)) = node_of(self.kind, node).map(|it| &it.content)
        else {
            return Vec::new();
        };
        let named = self.guide.named(finding).into_iter().map(|it| (it, false));
        let reckoned = finding.comes_to.iter().map(|it| (it.clone(), true));
        let codes = kind.facets.iter().chain(*extra).filter_map(|facet| match facet.kind {
            FacetKind::CodeList(list) => Some(list.codes),
            _ => None,
        });
        let codes = codes.flatten().map(|(code, _)| ((*code).to_owned(), false));
        let sample = self.guide.sample(node).map(|it| (it.to_owned(), false));
        let others = related.iter().map(|it| (it.clone(), true));
        let near = finding.comes_to.iter().chain(related).map(String::as_str).chain(current);
        let near: Vec<_> = near.flat_map(|it| beside(it, kind.base)).map(|it| (it, true)).collect();
        let all = named.chain(reckoned).chain(others).chain(codes).chain(sample).chain(near);
        let mut values: Vec<(String, bool)> = Vec::new();
        for (value, is_own) in all {
            let is_new =
                Some(value.as_str()) != current && !values.iter().any(|(known, _)| *known == value);
            if is_new && is_of(&value, kind.base) {
                values.push((value, is_own));
            }
            if values.len() == VALUES {
                break;
            }
        }
        values
    }

    /// An element with all that it must have.
    pub(super) fn complete(&self, node: u16, name: Name) -> Option<Tree> {
        if self.is_value(node) {
            return Some(Tree::value(name, node, self.guide.sample(node)?));
        }
        let mandatory = declared(self.kind, node).filter(|(_, it)| it.min > 0);
        let parts = mandatory.map(|(index, it)| self.complete(index, it.name));
        Some(Tree::group(name, node, parts.collect::<Option<_>>()?))
    }

    /// What a group on the way to an element must have, within a place in the schema.
    pub(super) fn make(&self, above: u16, name: Name) -> Option<Tree> {
        let (node, _) = declared(self.kind, above).find(|(_, it)| it.name == name)?;
        self.complete(node, name)
    }
}

/// The day before and after, the number before and after.
fn beside(value: &str, base: Base) -> Vec<String> {
    match base {
        Base::Date => match Date::read(value) {
            Some(day) => [1, -1].map(|by| Date::plus_days(day, by).to_string()).to_vec(),
            None => Vec::new(),
        },
        Base::Integer | Base::Text => match value.parse::<u64>() {
            Ok(number) => {
                let width = value.len();
                let beside = [number.checked_add(1), number.checked_sub(1)];
                beside.into_iter().flatten().map(|it| format!("{it:0width$}")).collect()
            }
            Err(_) => Vec::new(),
        },
        Base::Time => Vec::new(),
    }
}

fn is_of(value: &str, base: Base) -> bool {
    match base {
        Base::Text => true,
        Base::Integer => i64::read(value).is_some(),
        Base::Date => Date::read(value).is_some(),
        Base::Time => Time::read(value).is_some(),
    }
}
