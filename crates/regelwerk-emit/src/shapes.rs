//! Which views the generated library has of messages: one for each group of elements, the same for
//! every release.

use std::collections::BTreeMap;

use regelwerk_model::{
    Base, CodeList, Content, Facet, FacetKind, Message, Node, NodeId, Release, SimpleType, Standard,
};

use crate::idents::{Idents, field_ident, type_ident};

/// The names of enums in Rust, by those of their code lists.
pub(crate) type Codes<'a> = BTreeMap<&'a str, String>;

/// The views of a standard.
pub(crate) struct Shapes<'a> {
    /// Of groups that messages share.
    pub(crate) shared: Vec<Shape<'a>>,
    /// Of messages, in order of name.
    pub(crate) messages: Vec<MessageShapes<'a>>,
}

/// The views of one message.
pub(crate) struct MessageShapes<'a> {
    /// The message in the newest complete release that has it.
    pub(crate) newest: Seen<'a>,
    /// The view of the whole.
    pub(crate) root: String,
    /// All views, that of the whole included.
    pub(crate) shapes: Vec<Shape<'a>>,
}

/// A view of a group of elements.
pub(crate) struct Shape<'a> {
    /// Its name in Rust.
    pub(crate) ident: String,
    /// Where it was seen, the newest complete release first; never empty.
    pub(crate) seen: Vec<Seen<'a>>,
    /// The elements in the group.
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Shape<'a> {
    /// Takes in a group that is alike.
    fn absorb(&mut self, seen: &[Seen<'a>], fields: Vec<Field<'a>>) {
        self.seen.extend(seen);
        for (own, other) in self.fields.iter_mut().zip(fields) {
            own.seen.extend(other.seen);
        }
    }
}

/// An element in a group.
pub(crate) struct Field<'a> {
    /// Its name in Rust.
    pub(crate) ident: String,
    /// Where it was seen, the newest complete release first; never empty.
    pub(crate) seen: Vec<Seen<'a>>,
    /// Whether it may occur more than once.
    pub(crate) repeats: bool,
    /// What it holds.
    pub(crate) holds: Holds,
}

/// What an element holds in the newest complete release that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Holds {
    Text,
    Integer,
    Date,
    Time,
    /// A code: this enum.
    Code(String),
    /// Elements: this view of the same module.
    Own(String),
    /// Elements: this view of a group that messages share.
    Shared(String),
}

/// An element of a message of a release.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    /// The release, as an index.
    pub(crate) at: usize,
    pub(crate) release: &'a Release,
    pub(crate) message: &'a Message,
    pub(crate) id: NodeId,
    pub(crate) node: &'a Node,
}

impl<'a> Seen<'a> {
    fn at(self, id: NodeId) -> Option<Self> {
        Some(Self { id, node: self.message.node(id)?, ..self })
    }

    /// The elements in it.
    fn children(self) -> impl Iterator<Item = Self> {
        self.message.children(self.id).iter().filter_map(move |id| self.at(*id))
    }

    /// The type of its value.
    pub(crate) fn simple(self) -> Option<&'a SimpleType> {
        match self.node.content {
            Content::Value(simple, _) => self.release.types.get(simple),
            Content::Group(_) => None,
        }
    }

    /// The facets that its place adds to those of its type.
    fn facets(self) -> &'a [Facet] {
        match &self.node.content {
            Content::Value(_, extra) => extra,
            Content::Group(_) => &[],
        }
    }

    /// How often it occurs, of which type its value is and with which facets.
    fn demands(self) -> (u32, u32, Option<&'a str>, &'a [Facet]) {
        let Node { min, max, .. } = *self.node;
        (min, max, self.simple().map(|simple| simple.name.as_str()), self.facets())
    }

    /// The code list of its value.
    pub(crate) fn list(self) -> Option<&'a CodeList> {
        let facets = self.simple()?.facets.iter().chain(self.facets());
        let mut lists = facets.filter_map(|facet| match facet.kind {
            FacetKind::CodeList(at) => self.release.code_lists.get(at),
            _ => None,
        });
        lists.next()
    }

    fn holds_value(self, codes: &Codes<'_>) -> Option<Holds> {
        let simple = self.simple()?;
        let list = self.list().and_then(|list| codes.get(list.name.as_str()));
        Some(match (list, simple.base) {
            (Some(ident), _) => Holds::Code(ident.clone()),
            (None, Base::Text) => Holds::Text,
            (None, Base::Integer) => Holds::Integer,
            (None, Base::Date) => Holds::Date,
            (None, Base::Time) => Holds::Time,
        })
    }
}

/// The views of a standard.
pub(crate) fn shapes<'a>(standard: &'a Standard, codes: &'a Codes<'a>) -> Shapes<'a> {
    let all = all(standard);
    let mut groups = Groups::new(standard, &all);
    let mut names: Vec<_> = all.iter().map(|seen| seen.message.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let messages = names.into_iter().filter_map(|name| {
        let roots = all.iter().filter(|seen| seen.message.name == name && seen.id == NodeId(0));
        let roots: Vec<_> = roots.copied().collect();
        let newest = *roots.first()?;
        let mut module = Module { idents: Idents::types(), codes, shapes: Vec::new() };
        let root = module.idents.take(&type_ident(name));
        module.shape(root.clone(), roots, &mut Vec::new(), &mut groups);
        Some(MessageShapes { newest, root, shapes: module.shapes })
    });
    let messages = messages.collect();
    Shapes { shared: groups.finish(codes), messages }
}

/// Every element of every message, those of the newest complete release first.
fn all(standard: &Standard) -> Vec<Seen<'_>> {
    let messages = newest_first(standard)
        .into_iter()
        .flat_map(|(at, release)| release.messages.iter().map(move |one| (at, release, one)));
    let seen = messages.flat_map(|(at, release, message)| {
        let ids = message.ids().zip(&message.nodes);
        ids.map(move |(id, node)| Seen { at, release, message, id, node })
    });
    seen.collect()
}

/// The releases with their numbers: those that are complete first, of each kind the newest first.
pub(crate) fn newest_first(standard: &Standard) -> Vec<(usize, &Release)> {
    let mut releases: Vec<_> = standard.releases.iter().enumerate().collect();
    releases.sort_by_key(|(at, release)| (!release.is_complete, usize::MAX - at));
    releases
}

/// The groups that messages share, each made when it is first asked for.
struct Groups<'a> {
    /// For each group of the standard where it was seen.
    seen: Vec<Vec<Seen<'a>>>,
    /// For each group the name of its view.
    idents: Vec<String>,
    asked: Vec<bool>,
    /// Names of types beside them.
    types: Idents,
}

impl<'a> Groups<'a> {
    fn new(standard: &Standard, all: &[Seen<'a>]) -> Self {
        let count = standard.groups.len();
        let mut types = Idents::types();
        let idents = standard.groups.iter().map(|group| types.take_group(&group.name)).collect();
        let of = |at| all.iter().copied().filter(|seen| seen.node.group == Some(at)).collect();
        Self { seen: (0..count).map(of).collect(), idents, asked: vec![false; count], types }
    }

    fn ident(&mut self, group: usize) -> Option<String> {
        *self.asked.get_mut(group)? = true;
        self.idents.get(group).cloned()
    }

    /// The views of the groups that were asked for, and of those that these ask for.
    fn finish(mut self, codes: &'a Codes<'a>) -> Vec<Shape<'a>> {
        let idents = std::mem::take(&mut self.types);
        let mut module = Module { idents, codes, shapes: Vec::new() };
        let mut made = vec![false; self.asked.len()];
        while let Some(at) = made.iter().zip(&self.asked).position(|(made, asked)| asked & !made) {
            if let Some(made) = made.get_mut(at) {
                *made = true;
            }
            let seen = self.seen.get_mut(at).map(std::mem::take).unwrap_or_default();
            let ident = self.idents.get(at).cloned().unwrap_or_default();
            module.shape(ident, seen, &mut Vec::new(), &mut self);
        }
        module.shapes
    }
}

/// The views of one module in the making.
struct Module<'a> {
    idents: Idents,
    codes: &'a Codes<'a>,
    shapes: Vec<Shape<'a>>,
}

impl<'a> Module<'a> {
    /// Adds the view of a group. `path` has the names of the elements above it.
    fn shape(
        &mut self,
        ident: String,
        seen: Vec<Seen<'a>>,
        path: &mut Vec<&'a str>,
        groups: &mut Groups<'a>,
    ) {
        let fields = self.fields(&seen, path, groups);
        self.shapes.push(Shape { ident, seen, fields });
    }

    fn fields(
        &mut self,
        seen: &[Seen<'a>],
        path: &mut Vec<&'a str>,
        groups: &mut Groups<'a>,
    ) -> Vec<Field<'a>> {
        let mut names: Vec<&str> = Vec::new();
        let all: Vec<_> = seen.iter().flat_map(|seen| seen.children()).collect();
        for child in &all {
            if !names.contains(&child.node.name.as_str()) {
                names.push(&child.node.name);
            }
        }
        let mut idents = Idents::fields();
        let mut fields = Vec::new();
        for name in names {
            let seen: Vec<_> =
                all.iter().filter(|child| child.node.name == name).copied().collect();
            path.push(name);
            let holds = self.holds(&seen, path, groups);
            path.pop();
            let repeats = seen.iter().any(|seen| seen.node.max > 1);
            let ident = idents.take(&field_ident(name));
            fields.push(Field { ident, seen, repeats, holds });
        }
        fields
    }

    /// What an element holds: what it does in the newest complete release.
    fn holds(
        &mut self,
        seen: &[Seen<'a>],
        path: &mut Vec<&'a str>,
        groups: &mut Groups<'a>,
    ) -> Holds {
        let Some(newest) = seen.first() else { return Holds::Text };
        if let Some(value) = newest.holds_value(self.codes) {
            return value;
        }
        if let Some(ident) = newest.node.group.and_then(|group| groups.ident(group)) {
            return Holds::Shared(ident);
        }
        let fields = self.fields(seen, path, groups);
        let name = path.last().copied().unwrap_or_default();
        let alike = self.shapes.iter_mut().find(|shape| {
            let named = shape.seen.first().is_some_and(|seen| seen.node.name == name);
            named && are_alike(&shape.fields, &fields)
        });
        if let Some(shape) = alike {
            shape.absorb(seen, fields);
            return Holds::Own(shape.ident.clone());
        }
        let ident = self.idents.take_path(path);
        self.shapes.push(Shape { ident: ident.clone(), seen: seen.to_vec(), fields });
        Holds::Own(ident)
    }
}

/// Whether two groups have the same elements, as often, of the same types and with the same facets,
/// so that what is said of the one holds for the other.
fn are_alike(one: &[Field<'_>], other: &[Field<'_>]) -> bool {
    let alike = |(one, other): (&Field<'_>, &Field<'_>)| {
        let named = (&one.ident, one.repeats, &one.holds);
        named == (&other.ident, other.repeats, &other.holds)
            && one.seen.first().map(|seen| seen.demands())
                == other.seen.first().map(|seen| seen.demands())
    };
    one.len() == other.len() && one.iter().zip(other).all(alike)
}
