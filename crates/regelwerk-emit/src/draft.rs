//! A message in the making: the least that is right, and changes to it.

use regelwerk_model::{Content, Field, Message, NodeId, Release, Standard};

/// An element with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) node: NodeId,
    pub(crate) text: String,
    pub(crate) children: Vec<Self>,
}

/// What a draft is made of: the release has the types, the message the elements.
#[derive(Clone, Copy)]
pub(crate) struct Maker<'a> {
    pub(crate) release: &'a Release,
    pub(crate) message: &'a Message,
}

impl<'a> Maker<'a> {
    /// What makes a message of a release of a standard.
    pub(crate) fn of(standard: &'a Standard, release: usize, message: usize) -> Option<Self> {
        let release = standard.releases.get(release)?;
        Some(Self { release, message: release.messages.get(message)? })
    }
}

impl Maker<'_> {
    /// The base message: every mandatory element once with a sample value, and what the message
    /// says of its base.
    pub(crate) fn base(self) -> Draft {
        let mut draft = self.least(NodeId(0));
        for field in self.header().iter().chain(&self.message.base) {
            self.set(&mut draft, &field.path, field.value.as_deref());
        }
        draft
    }

    /// The fields of the usual form of the header.
    fn header(self) -> Vec<Field> {
        let Some(header) = self.release.headers.first() else { return Vec::new() };
        let path = header.code.iter().map(|name| (name.clone(), 1)).collect();
        let code = Field { path, value: Some(self.message.code.clone()) };
        header.values.iter().cloned().chain([code]).collect()
    }

    /// An element with its mandatory elements.
    fn least(self, node: NodeId) -> Draft {
        let mut draft = Draft { node, text: String::new(), children: Vec::new() };
        match self.message.node(node).map(|node| &node.content) {
            Some(Content::Value(simple, _)) => {
                let simple = self.release.types.get(*simple);
                draft.text = simple.map_or_else(String::new, |simple| simple.sample.clone());
            }
            Some(Content::Group(children)) => {
                let mandatory = |id: &&NodeId| self.message.node(**id).is_some_and(|n| n.min > 0);
                draft.children =
                    children.iter().filter(mandatory).map(|id| self.least(*id)).collect();
            }
            None => {}
        }
        draft
    }

    /// Gives the element at `path`, from below `draft`, a value, or takes it away. What is not
    /// there yet is made; a second element of a name is made like the first.
    pub(crate) fn set(self, draft: &mut Draft, path: &[(String, usize)], value: Option<&str>) {
        let Some(((name, ordinal), rest)) = path.split_first() else {
            draft.text = value.unwrap_or_default().to_owned();
            return;
        };
        let Some(node) = self.message.child(draft.node, name) else { return };
        if rest.is_empty() && value.is_none() {
            remove(draft, node, *ordinal);
            return;
        }
        if let Some(child) = self.child(draft, node, *ordinal) {
            self.set(child, rest, value);
        }
    }

    /// Changes a draft, in order.
    pub(crate) fn change(self, draft: &mut Draft, fields: &[Field]) {
        for field in fields {
            self.set(draft, &field.path, field.value.as_deref());
        }
    }

    /// Makes the element at `path` if it is not there, without giving it a value.
    pub(crate) fn ensure(self, draft: &mut Draft, path: &[(String, usize)]) {
        let Some(((name, ordinal), rest)) = path.split_first() else { return };
        let Some(node) = self.message.child(draft.node, name) else { return };
        if let Some(child) = self.child(draft, node, *ordinal) {
            self.ensure(child, rest);
        }
    }

    /// The element with this ordinal; those up to it are made where they are not there.
    fn child(self, draft: &mut Draft, node: NodeId, ordinal: usize) -> Option<&mut Draft> {
        let alike = |child: &&Draft| child.node == node;
        for _ in draft.children.iter().filter(alike).count()..ordinal {
            let first = draft.children.iter().find(alike).cloned();
            let child = first.unwrap_or_else(|| self.least(node));
            let at = draft.children.iter().position(|child| child.node > node);
            draft.children.insert(at.unwrap_or(draft.children.len()), child);
        }
        draft.children.iter_mut().filter(|child| child.node == node).nth(ordinal.checked_sub(1)?)
    }
}

fn remove(draft: &mut Draft, node: NodeId, ordinal: usize) {
    let mut seen = 0;
    draft.children.retain(|child| {
        seen += usize::from(child.node == node);
        child.node != node || seen != ordinal
    });
}
