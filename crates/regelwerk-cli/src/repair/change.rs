//! A change of one field, and how it is told.

use std::cmp::Ordering;

use regelwerk::MessageKind;
use serde::Serialize;

use super::tree::{Stray, Trail, Tree, node_of};
use crate::tone::Tone;

/// A change of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// The element: `/Bericht/Client/Bsn`.
    pub(super) path: String,
    pub(super) what: What,
    /// Whether it is made of values in the message, and not only of what rules and types say; of what
    /// is taken away, whether its name is a text of the message.
    pub(super) is_own: bool,
}

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// It gets a value.
    Set(Option<String>, String),
    /// It is emptied, or taken away if it is a group; it held so many values.
    Empty(Option<String>, usize),
    /// A group is filled with these values.
    Fill(Vec<(String, String)>),
    /// What has no place is taken away.
    Stray(&'static str, &'static str),
}

/// A change as JSON.
#[derive(Debug, Serialize)]
pub(super) struct ChangeView {
    path: String,
    change: &'static str,
    from: Option<String>,
    to: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    with: Vec<(String, String)>,
}

impl Change {
    /// That something is taken away that has no place.
    pub(super) fn stray(stray: &Stray) -> Self {
        let is_own = matches!(stray, Stray::Element(_));
        let (path, what) = match stray {
            Stray::Element(path) => {
                (path, What::Stray("haal het element weg", "remove the element"))
            }
            Stray::Attribute(path) => {
                (path, What::Stray("haal het attribuut weg", "remove the attribute"))
            }
            Stray::Text(path) => (
                path,
                What::Stray(
                    "haal de tekst tussen de elementen weg",
                    "remove the text between the elements",
                ),
            ),
        };
        Self { path: path.clone(), what, is_own }
    }

    /// How many values it touches.
    pub(super) fn touched(&self) -> usize {
        match &self.what {
            What::Fill(values) => values.len().max(1),
            What::Empty(_, values) => (*values).max(1),
            What::Set(..) | What::Stray(..) => 1,
        }
    }

    /// The change in words: `verander Omvang.Eenheid van 04 in 01 (bij /Bericht/…)`.
    pub(super) fn text(&self, tone: Tone, redact: bool) -> String {
        let hide = |value: &str, is_own: bool| match redact && is_own {
            true => tone.say("(verborgen)", "(hidden)").to_owned(),
            false => value.to_owned(),
        };
        let (name, above) = self.label();
        let at = format!("({} {above})", tone.say("bij", "at"));
        match &self.what {
            What::Set(Some(from), to) => {
                let (from, to) = (hide(from, true), hide(to, self.is_own));
                let [change, of, to_word] = match tone.lang {
                    regelwerk::Lang::Nl => ["verander", "van", "in"],
                    regelwerk::Lang::En => ["change", "from", "to"],
                };
                format!("{change} {name} {of} {from} {to_word} {to} {at}")
            }
            What::Set(None, to) => {
                let (fill, with) = (tone.say("vul", "fill"), tone.say("met", "with"));
                format!("{fill} {name} {with} {} {at}", hide(to, self.is_own))
            }
            What::Empty(from, _) => {
                let told = match (tone.lang, from) {
                    (regelwerk::Lang::Nl, Some(_)) => format!("maak {name} leeg"),
                    (regelwerk::Lang::Nl, None) => format!("haal {name} weg"),
                    (regelwerk::Lang::En, Some(_)) => format!("empty {name}"),
                    (regelwerk::Lang::En, None) => format!("remove {name}"),
                };
                let was = tone.say("nu", "now");
                let from = from.as_ref().map(|from| format!(", {was} {}", hide(from, true)));
                format!("{told}{} {at}", from.unwrap_or_default())
            }
            What::Fill(values) => {
                let values: Vec<_> =
                    values.iter().map(|(name, value)| format!("{name} {value}")).collect();
                let (fill, with) = (tone.say("vul", "fill"), tone.say("met", "with"));
                format!("{fill} {name} {with} {} {at}", values.join(", "))
            }
            What::Stray(nl, en) => {
                let place = self.place(redact);
                format!("{} ({} {place})", tone.say(nl, en), tone.say("bij", "at"))
            }
        }
    }

    /// The path, without the name of an element that the standard does not know if that is hidden.
    fn place(&self, redact: bool) -> String {
        match self.path.rsplit_once('/') {
            Some((above, _)) if redact && self.is_own && matches!(self.what, What::Stray(..)) => {
                format!("{above}/…")
            }
            _ => self.path.clone(),
        }
    }

    /// The element by its last names, and the path above those.
    fn label(&self) -> (String, &str) {
        let (above, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let of_one = above.rsplit_once('/').filter(|(rest, parent)| {
            !rest.is_empty() && !parent.contains('[') && rest.matches('/').count() > 1
        });
        match of_one {
            Some((rest, parent)) if !name.contains('[') => (format!("{parent}.{name}"), rest),
            _ => (name.to_owned(), above),
        }
    }

    pub(super) fn view(&self, redact: bool) -> ChangeView {
        let hide = |value: &String, is_own: bool| match redact && is_own {
            true => "(verborgen)".to_owned(),
            false => value.clone(),
        };
        let (change, from, to, with) = match &self.what {
            What::Set(from, to) => {
                let from = from.as_ref().map(|from| hide(from, true));
                ("set", from, Some(hide(to, self.is_own)), Vec::new())
            }
            What::Empty(from, _) => {
                ("empty", from.as_ref().map(|it| hide(it, true)), None, Vec::new())
            }
            What::Fill(values) => ("fill", None, None, values.clone()),
            What::Stray(..) => ("remove", None, None, Vec::new()),
        };
        ChangeView { path: self.place(redact), change, from, to, with }
    }
}

/// A change that can be tried: how it is told, and the tree with it.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) change: Change,
    pub(super) trail: Trail,
    /// What comes there; nothing where it is emptied.
    pub(super) element: Option<Tree>,
    /// Whether the finding is about this field itself.
    pub(super) is_target: bool,
}

impl Candidate {
    /// The tree with the change.
    pub(super) fn apply(
        &self,
        tree: &Tree,
        make: &dyn Fn(u16, regelwerk::standard::Name) -> Option<Tree>,
    ) -> Option<Tree> {
        let mut tree = tree.clone();
        match &self.element {
            Some(element) => tree.put(&self.trail, element.clone(), make)?,
            None => tree.remove(&self.trail)?,
        }
        Some(tree)
    }
}

/// The path that people call an element by, as the tree has it.
pub(super) fn path_of(kind: MessageKind, tree: &Tree, trail: &Trail) -> String {
    let root = node_of(kind, 0).map(|node| node.name).unwrap_or_default();
    let name = |name: u16| kind.standard.names.get(usize::from(name)).copied().unwrap_or_default();
    let mut path = format!("/{}", name(root));
    let mut above = Vec::new();
    for (step, at) in trail {
        above.push((*step, 1));
        let has_twin = *at > 0 || tree.get(&above).is_some();
        above.pop();
        path.push('/');
        path.push_str(name(*step));
        if has_twin {
            path.push_str(&format!("[{}]", at + 1));
        }
        above.push((*step, *at));
    }
    path
}

/// The smaller of two repairs: fewer changes, more of them of what the findings are about, fewer
/// values.
pub(super) fn order(one: &[Candidate], other: &[Candidate]) -> Ordering {
    let weight = |all: &[Candidate]| {
        let aside = all.iter().filter(|it| !it.is_target).count();
        let touched: usize = all.iter().map(|it| it.change.touched()).sum();
        (all.len(), aside, touched)
    };
    weight(one).cmp(&weight(other))
}
