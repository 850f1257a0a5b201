//! What the schema says of elements: what must be there, what can be there, which values fit.

use regelwerk_model::core::{Listed, Value};
use regelwerk_model::dossier::List;
use regelwerk_model::{Base, CodeList, Content, FacetKind, Message, NodeId, Release};

use crate::rows::Book;

/// The releases and the lists.
pub(crate) struct Facts<'a> {
    pub(super) releases: &'a [Release],
    lists: Vec<List>,
}

/// The value space of an element.
pub(super) struct Domain<'a> {
    pub(super) base: Base,
    pub(super) sample: &'a str,
    pub(super) facets: Vec<&'a FacetKind>,
    pub(super) lists: Vec<&'a CodeList>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(book: &Book<'a>) -> Self {
        Self::of(book.releases, book.read(|all| all.lists.clone()))
    }

    pub(crate) fn of(releases: &'a [Release], lists: Vec<List>) -> Self {
        Self { releases, lists }
    }

    /// The values that have a name together.
    pub(super) fn listed(&self, of: &Listed) -> &[Value] {
        self.lists.get(of.list).map_or(&[], |list| &list.values)
    }

    /// The value space of an element; none for a group.
    pub(super) fn domain(
        &self,
        release: &'a Release,
        message: &'a Message,
        node: NodeId,
    ) -> Option<Domain<'a>> {
        let Content::Value(simple, extra) = &message.node(node)?.content else { return None };
        let simple = release.types.get(*simple)?;
        let facets: Vec<_> = simple.facets.iter().chain(extra).map(|facet| &facet.kind).collect();
        let list = |facet: &&FacetKind| match facet {
            FacetKind::CodeList(list) => release.code_lists.get(*list),
            _ => None,
        };
        let lists = facets.iter().filter_map(list).collect();
        Some(Domain { base: simple.base, sample: &simple.sample, facets, lists })
    }

    /// Whether an element that is there has a value, or has one in it.
    pub(super) fn must_fill(
        &self,
        release: &'a Release,
        message: &'a Message,
        node: NodeId,
    ) -> bool {
        match self.domain(release, message, node) {
            Some(domain) => !domain.may_be_blank(),
            None => message.children(node).iter().any(|child| {
                message.node(*child).is_some_and(|child| child.min > 0)
                    && self.must_fill(release, message, *child)
            }),
        }
    }
}

impl Domain<'_> {
    /// Whether a text keeps to every facet.
    pub(super) fn fits(&self, text: &str) -> bool {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        self.lists.iter().all(|list| list.has(text))
            && self.facets.iter().all(|facet| match facet {
                FacetKind::MinLength(least) => length >= *least,
                FacetKind::MaxLength(most) => length <= *most,
                FacetKind::Pattern(pattern) => pattern.matches(text),
                _ => true,
            })
    }

    /// Whether an element that is there may be blank: what is blank is empty to a rule.
    pub(super) fn may_be_blank(&self) -> bool {
        let least = self.facets.iter().filter_map(|facet| match facet {
            FacetKind::MinLength(least) => usize::try_from(*least).ok(),
            _ => None,
        });
        let spaces = " ".repeat(least.max().unwrap_or(1).min(10_000));
        self.base == Base::Text && ["", " ", &spaces].iter().any(|text| self.fits(text))
    }
}

/// Whether an element can have a value, or have one in it.
pub(super) fn can_fill(message: &Message, node: NodeId) -> bool {
    match message.node(node).map(|node| &node.content) {
        Some(Content::Value(..)) => true,
        Some(Content::Group(children)) => children.iter().any(|child| can_fill(message, *child)),
        None => false,
    }
}
